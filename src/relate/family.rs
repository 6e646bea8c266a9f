//! Families of figures that are bound by definition: exports, imports and trade; births, deaths and natural increase.
//!
//! A word of a family ties to the figure beside it. A sentence in which words and figures do not alternate says too
//! little, and is left alone. Several sentences of a paragraph may give one family together, if none of its words comes
//! twice.

use super::amount::{Sum, adds_up, unit};
use super::cues::{Cue, Role, part_count};
use super::pieces::{Paragraph, What, is_time};
use super::structure::Structure;

/// Words between the word of a family and its figure.
const NEAR: usize = 8;

/// A word of a family or a figure, in the order of a sentence.
#[derive(Clone, Copy, Debug)]
enum Step {
    Word(u8, Role, usize),
    Figure(usize),
}

impl Step {
    fn family(&self) -> Option<u8> {
        match self {
            Step::Word(family, ..) => Some(*family),
            Step::Figure(_) => None,
        }
    }
}

/// What a word of a family is tied to: the family, what the word stands for, and the figure's piece.
type Tie = (u8, Role, usize);

/// The families of a paragraph.
pub(super) fn families(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let mut all: Vec<Tie> = Vec::new();
    let mut start = 0;
    for index in 0..=paragraph.pieces.len() {
        let ends = |piece: &super::pieces::Piece| piece.what == What::Break || piece.is_mark('\n');
        let ends = paragraph.pieces.get(index).is_none_or(ends);
        if ends {
            let ties = sentence(paragraph, start, index);
            for family in numbers(&ties) {
                structures(paragraph, family, &of_family(&ties, family), found);
            }
            all.extend(ties);
            start = index + 1;
        }
    }
    for family in numbers(&all) {
        structures(paragraph, family, &of_family(&all, family), found);
    }
}

fn numbers(ties: &[Tie]) -> Vec<u8> {
    let mut families: Vec<u8> = ties.iter().map(|(family, ..)| *family).collect();
    families.sort_unstable();
    families.dedup();
    families
}

fn of_family(ties: &[Tie], family: u8) -> Vec<(Role, usize)> {
    ties.iter().filter(|(of, ..)| *of == family).map(|(_, role, piece)| (*role, *piece)).collect()
}

fn sentence(paragraph: &Paragraph<'_>, start: usize, end: usize) -> Vec<Tie> {
    let pieces = paragraph.pieces.get(start..end).unwrap_or_default();
    if !pieces.iter().any(|piece| piece.role().is_some()) || pieces.iter().any(|piece| piece.has(Cue::Each)) {
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut is_old = false;
    for (index, piece) in paragraph.pieces.iter().enumerate().take(end).skip(start) {
        if let Some((family, role)) = piece.role() {
            steps.push(Step::Word(family, role, index));
        }
        if piece.has(Cue::Compared) && !piece.has(Cue::From) {
            is_old = true;
        } else if piece.separates() {
            is_old = false;
        }
        if let Some(mention) = paragraph.mention(index)
            && !is_time(mention)
            && adds_up(mention)
            && !is_old
        {
            steps.push(Step::Figure(index));
        }
    }
    let mut families: Vec<u8> = steps.iter().filter_map(Step::family).collect();
    families.sort_unstable();
    families.dedup();
    let mut ties = Vec::new();
    for family in families {
        let own: Vec<Step> = steps.iter().copied().filter(|step| step.family().is_none_or(|of| of == family)).collect();
        if let Some(bound) = bound(paragraph, &own) {
            ties.extend(bound.into_iter().map(|(role, figure)| (family, role, figure)));
        }
    }
    ties
}

/// Each word with its figure, if words and figures alternate.
fn bound(paragraph: &Paragraph<'_>, steps: &[Step]) -> Option<Vec<(Role, usize)>> {
    let mut bound = Vec::new();
    if !steps.len().is_multiple_of(2) {
        return None;
    }
    for pair in steps.chunks(2) {
        let (role, word, figure) = match pair {
            [Step::Word(_, role, word), Step::Figure(figure)] => (*role, *word, *figure),
            [Step::Figure(figure), Step::Word(_, role, word)] => (*role, *word, *figure),
            _ => return None,
        };
        let (from, to) = (word.min(figure), word.max(figure));
        let between = paragraph.between(from, to);
        if between.iter().filter(|piece| piece.is_word()).count() > NEAR {
            return None;
        }
        bound.push((role, figure));
    }
    let before = |pair: &[Step]| matches!(pair, [Step::Word(..), _]);
    let first = steps.chunks(2).next().map(before)?;
    steps.chunks(2).all(|pair| before(pair) == first).then_some(bound)
}

fn structures(paragraph: &Paragraph<'_>, family: u8, bound: &[(Role, usize)], found: &mut Vec<Structure>) {
    let mut roles: Vec<Role> = bound.iter().map(|(role, _)| *role).collect();
    roles.sort_unstable();
    if roles.windows(2).any(|pair| pair[0] == pair[1]) {
        return;
    }
    let units: Vec<&str> = bound.iter().filter_map(|(_, piece)| paragraph.mention(*piece)).map(unit).collect();
    if units.windows(2).any(|pair| pair[0] != pair[1]) {
        return;
    }
    let figure = |role: Role| {
        let (_, piece) = bound.iter().find(|(of, _)| *of == role)?;
        paragraph.figure(*piece)
    };
    let numbered: Option<Vec<usize>> = (1..=part_count(family)).map(|part| figure(Role::Part(part as u8))).collect();
    let flows = figure(Role::Gain).zip(figure(Role::Loss));
    let plain = |index: usize| paragraph.mentions.get(index).is_some_and(|mention| mention.figure.nominal.is_some());
    if bound.iter().any(|(_, piece)| !paragraph.figure(*piece).is_some_and(plain)) {
        return;
    }
    let parts = match (numbered.filter(|parts| parts.len() > 1), flows) {
        (Some(parts), _) => parts,
        (None, Some((gain, loss))) => vec![gain, loss],
        _ => return,
    };
    if let Some(whole) = figure(Role::Whole) {
        let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| paragraph.mentions.get(*index)));
        if sum(&parts).is_near(&sum(&[whole]), 50, 200) {
            found.push(Structure::List { whole, parts, closed: true });
        }
    }
    if let Some((gain, loss)) = flows {
        if let Some(difference) = figure(Role::Surplus) {
            found.push(Structure::Difference { difference, larger: gain, smaller: loss });
        }
        if let Some(difference) = figure(Role::Deficit) {
            found.push(Structure::Difference { difference, larger: loss, smaller: gain });
        }
    }
}
