//! Families of figures that are bound by definition: exports, imports and trade; births, deaths and natural increase.
//!
//! A word of a family ties to the figure beside it. A sentence in which words and figures do not alternate says too
//! little, and is left alone. Several sentences of a paragraph may give a share with its part and its whole, if none of
//! their words comes twice; amounts over several sentences are put together in `kin`.

use super::amount::{Sum, adds_up, is_percent, unit};
use super::cues::{Cue, Role, has_share, part_count};
use super::pieces::{Paragraph, What, is_time};
use super::share::is_said_of;
use super::structure::Structure;

/// Words between the word of a family and its figure.
const NEAR: usize = 8;

/// A word of a family or a figure, in the order of a sentence.
#[derive(Clone, Copy, Debug)]
enum Step {
    Word(u8, usize),
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
    let said: Vec<Tie> = all.iter().filter_map(|tie| share_behind(paragraph, tie)).collect();
    all.extend(said);
    // over sentences, amounts are put together in `kin`, which knows what narrows them
    let mut over = Vec::new();
    for family in numbers(&all) {
        structures(paragraph, family, &of_family(&all, family), &mut over);
    }
    found.extend(over.into_iter().filter(|structure| matches!(structure, Structure::ShareOf { .. })));
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
    if !pieces.iter().any(|piece| piece.roles().next().is_some()) || pieces.iter().any(|piece| piece.has(Cue::Each)) {
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut shares: Vec<Tie> = Vec::new();
    let mut is_old = false;
    for (index, piece) in paragraph.pieces.iter().enumerate().take(end).skip(start) {
        for (family, role) in piece.roles() {
            match role {
                Role::Share => shares.extend(share(paragraph, index, end).map(|piece| (family, role, piece))),
                _ => steps.push(Step::Word(family, index)),
            }
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
    let mut ties = shares;
    // all words of the sentence with their figures, or else those of each family by itself
    if let Some(bound) = bound(paragraph, &merged(&steps)) {
        for (word, figure) in bound {
            let own = paragraph.pieces[word].roles().filter(|(_, role)| *role != Role::Share);
            ties.extend(own.map(|(family, role)| (family, role, figure)));
        }
        return ties;
    }
    let mut families: Vec<u8> = steps.iter().filter_map(Step::family).collect();
    families.sort_unstable();
    families.dedup();
    for family in families {
        let own: Vec<Step> = steps.iter().copied().filter(|step| step.family().is_none_or(|of| of == family)).collect();
        for (word, figure) in bound(paragraph, &own).unwrap_or_default() {
            let roles = paragraph.pieces[word].roles().filter(|(of, role)| *of == family && *role != Role::Share);
            ties.extend(roles.map(|(family, role)| (family, role, figure)));
        }
    }
    ties
}

/// The steps with each word once, whatever families it belongs to.
fn merged(steps: &[Step]) -> Vec<Step> {
    let mut merged: Vec<Step> = steps.to_vec();
    merged.dedup_by_key(|step| match step {
        Step::Word(_, piece) | Step::Figure(piece) => *piece,
    });
    merged
}

/// The share that is said right behind the part of a family that has shares: `9,289,166 came, that is 29.5 %`.
fn share_behind(paragraph: &Paragraph<'_>, (family, role, part): &Tie) -> Option<Tie> {
    if *role != Role::Part(1) || !has_share(*family) {
        return None;
    }
    let next = (part + 1..paragraph.pieces.len()).find(|piece| paragraph.mention(*piece).is_some())?;
    let is_share = paragraph.mention(next).is_some_and(is_percent) && is_said_of(paragraph, *part, next);
    is_share.then_some((*family, Role::Share, next))
}

/// The percentage that a word for a share speaks of: the next one, if no other figure stands before it.
fn share(paragraph: &Paragraph<'_>, word: usize, end: usize) -> Option<usize> {
    let mut ahead = (word + 1..end).filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)));
    let next = ahead.next()?;
    let words = paragraph.between(word, next).iter().filter(|piece| piece.is_word()).count();
    (words <= NEAR && paragraph.mention(next).is_some_and(is_percent)).then_some(next)
}

/// The piece of each word with that of its figure, if words and figures alternate.
fn bound(paragraph: &Paragraph<'_>, steps: &[Step]) -> Option<Vec<(usize, usize)>> {
    let mut bound = Vec::new();
    if !steps.len().is_multiple_of(2) {
        return None;
    }
    for pair in steps.chunks(2) {
        let (word, figure) = match pair {
            [Step::Word(_, word), Step::Figure(figure)] | [Step::Figure(figure), Step::Word(_, word)] => {
                (*word, *figure)
            }
            _ => return None,
        };
        let (from, to) = (word.min(figure), word.max(figure));
        let between = paragraph.between(from, to);
        if between.iter().filter(|piece| piece.is_word()).count() > NEAR {
            return None;
        }
        bound.push((word, figure));
    }
    let before = |pair: &[Step]| matches!(pair, [Step::Word(..), _]);
    let first = steps.chunks(2).next().map(before)?;
    steps.chunks(2).all(|pair| before(pair) == first).then_some(bound)
}

/// The structures of a family. Where its parts are given several times, each time is a round, all of one whole.
fn structures(paragraph: &Paragraph<'_>, family: u8, bound: &[(Role, usize)], found: &mut Vec<Structure>) {
    let single = |role: Role| {
        let mut own = bound.iter().filter(|(of, _)| *of == role);
        own.next().filter(|_| own.next().is_none()).copied()
    };
    let is_part = |role: &Role| matches!(role, Role::Part(_) | Role::Gain | Role::Loss);
    let common: Vec<(Role, usize)> = [Role::Whole, Role::Share].into_iter().filter_map(single).collect();
    let repeats = |role: Role| bound.iter().filter(|(of, _)| *of == role).count() > 1;
    let has_rounds = bound.iter().any(|(role, _)| is_part(role) && repeats(*role));
    if !has_rounds {
        return round(paragraph, family, bound, found);
    }
    if !single(Role::Whole).is_some_and(|(_, whole)| bound.iter().all(|(role, piece)| !is_part(role) || *piece > whole))
    {
        return;
    }
    let mut rounds: Vec<Vec<(Role, usize)>> = Vec::new();
    for tie in bound.iter().filter(|(role, _)| is_part(role)) {
        match rounds.last_mut() {
            Some(last) if !last.iter().any(|(role, _)| *role == tie.0) => last.push(*tie),
            _ => rounds.push(vec![*tie]),
        }
    }
    for parts in rounds {
        let all: Vec<(Role, usize)> = common.iter().copied().chain(parts).collect();
        round(paragraph, family, &all, found);
    }
}

fn round(paragraph: &Paragraph<'_>, family: u8, bound: &[(Role, usize)], found: &mut Vec<Structure>) {
    let mut roles: Vec<Role> = bound.iter().map(|(role, _)| *role).collect();
    roles.sort_unstable();
    if roles.windows(2).any(|pair| pair[0] == pair[1]) {
        return;
    }
    let amounts = bound.iter().filter(|(role, _)| *role != Role::Share);
    let units: Vec<&str> = amounts.filter_map(|(_, piece)| paragraph.mention(*piece)).map(unit).collect();
    if units.windows(2).any(|pair| pair[0] != pair[1]) {
        return;
    }
    let figure = |role: Role| {
        let (_, piece) = bound.iter().find(|(of, _)| *of == role)?;
        paragraph.figure(*piece)
    };
    if let (Some(share), Some(part), Some(whole)) = (figure(Role::Share), figure(Role::Part(1)), figure(Role::Whole)) {
        found.push(Structure::ShareOf { share, part, whole });
    }
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
