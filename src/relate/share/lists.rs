//! Shares that divide one whole among them: lists that end in the rest, classes that follow one another, families.

use super::ITEM;
use super::parts::is_share;
use crate::extract::{Kind, Mention};
use crate::figure::{Hedge, Number};
use crate::relate::amount::Sum;
use crate::relate::cues::{Cue, Role, part_count};
use crate::relate::list::{flattened, without_inner};
use crate::relate::pieces::{Paragraph, What, is_bracketed, is_time};
use crate::relate::structure::Structure;

/// The lists of shares of a paragraph.
pub(in crate::relate) fn lists(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    if paragraph.pieces.iter().any(|piece| piece.has(Cue::Overlap)) {
        return;
    }
    classes(paragraph, found);
    divided(paragraph, found);
    let percents: Vec<usize> = paragraph.figures().filter(|index| is_share(paragraph, *index)).collect();
    let mut at = 0;
    let mut was_cut = false;
    while at < percents.len() {
        let depth = paragraph.pieces[percents[at]].depth;
        let mut run = vec![percents[at]];
        let mut next = at + 1;
        let mut is_cut = false;
        while let Some(piece) = percents.get(next).copied() {
            let of = paragraph.pieces[piece].depth;
            // `less than 1 %: …` is said of each that follows
            let is_head = paragraph.pieces.get(piece + 1).is_some_and(|piece| piece.is_mark(':'));
            let ends = run.len() > 2 && is_stronger(paragraph, &run, piece);
            if ends && of == depth {
                is_cut = is_head;
                break;
            }
            if of == depth && !is_head && follows(paragraph, *run.last().unwrap_or(&0), piece, depth) {
                run.push(piece);
            } else if of <= depth {
                // a share that is neither an item nor far away leaves open where the list ends
                let between = paragraph.between(*run.last().unwrap_or(&0), piece);
                let words = between.iter().filter(|piece| piece.is_word()).count();
                is_cut = is_head || words <= ITEM && !between.iter().any(|piece| piece.what == What::Break);
                break;
            }
            next += 1;
        }
        if !is_cut && !was_cut {
            closed_by_rest(paragraph, &run, found);
        }
        was_cut = is_cut;
        at += run.len().max(1);
        while percents.get(at).is_some_and(|piece| run.contains(piece)) {
            at += 1;
        }
    }
}

/// Shares behind words that say that all follow: `the shares are distributed as follows: A 39.9 %, B 12 % and C 48 %`.
fn divided(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    for (cue, piece) in paragraph.pieces.iter().enumerate().filter(|(_, piece)| piece.has(Cue::Divided)) {
        let before = paragraph.pieces[..cue].iter().rev().take_while(|piece| piece.what != What::Break);
        let is_of_shares = before.into_iter().any(|piece| piece.has(Cue::Composition));
        let colon = paragraph.pieces.get(cue + 1).is_some_and(|next| next.is_mark(':'));
        let all = paragraph.pieces.iter().enumerate().skip(cue + 1);
        let own: Vec<usize> = all.take_while(|(_, piece)| piece.what != What::Break).map(|(index, _)| index).collect();
        let figures = || own.iter().copied().filter(|index| paragraph.mention(*index).is_some_and(|one| !is_time(one)));
        let stops = [Cue::Each, Cue::Up, Cue::Down, Cue::OfWhich, Cue::Compared, Cue::Total, Cue::Open];
        let is_stop = |index: &usize| {
            let piece = &paragraph.pieces[*index];
            stops.iter().any(|cue| piece.has(*cue)) && !piece.has(Cue::From)
        };
        let are_shares = figures().count() > 2 && figures().all(|index| is_share(paragraph, index));
        if piece.depth > 0 || !colon || !is_of_shares || !are_shares || own.iter().any(is_stop) {
            continue;
        }
        let shares = figures().filter_map(|index| paragraph.figure(index)).collect();
        push_shares(paragraph.mentions, shares, NARROW, found);
    }
}

/// Whether the items so far are parted by commas and the next one by a semicolon, which begins another list.
fn is_stronger(paragraph: &Paragraph<'_>, run: &[usize], next: usize) -> bool {
    let parts = |from: usize, to: usize, marks: &[char]| {
        paragraph.between(from, to).iter().any(|piece| marks.iter().any(|mark| piece.is_mark(*mark)))
    };
    let semicolons = [';', '؛'];
    let last = run.last().copied().unwrap_or_default();
    let pairs = || run.windows(2);
    parts(last, next, &semicolons)
        && pairs().filter(|pair| parts(pair[0], pair[1], &semicolons)).count() * 2 < pairs().count()
        && names_rest(paragraph, run, run.len() - 1)
}

/// Whether a percentage is the next item of a list.
fn follows(paragraph: &Paragraph<'_>, last: usize, next: usize, depth: u8) -> bool {
    let (mut is_parted, mut words) = (false, 0);
    for (offset, piece) in paragraph.between(last, next).iter().enumerate() {
        if piece.what == What::Break || piece.depth < depth {
            return false;
        }
        if piece.depth > depth {
            continue;
        }
        let stops = [Cue::Each, Cue::Up, Cue::Down, Cue::OfWhich, Cue::Note, Cue::Total];
        let is_compared = piece.has(Cue::Compared) && !piece.has(Cue::From);
        if stops.iter().any(|cue| piece.has(*cue)) || is_compared {
            return false;
        }
        is_parted |= piece.separates() || piece.has(Cue::Joined);
        words += usize::from(piece.is_word());
        if let Some(mention) = paragraph.mention(last + 1 + offset)
            && !is_time(mention)
            && !is_bracketed(mention)
            && piece.depth == depth
            && !is_class(mention)
            && mention.text.contains(char::is_numeric)
        {
            return false;
        }
    }
    is_parted && words <= ITEM
}

/// A list of shares that ends in the rest.
fn closed_by_rest(paragraph: &Paragraph<'_>, run: &[usize], found: &mut Vec<Structure>) {
    let Some(first) = run.first().copied() else { return };
    if run.len() < 3 {
        return;
    }
    let depth = paragraph.pieces[first].depth;
    // in brackets it divides what stands before them, which need not be the whole
    if depth > 0 || is_of_part(paragraph, first) {
        return;
    }
    let hundred = Sum::hundred();
    for end in 3..run.len() {
        let shares: Vec<usize> = run[..end].iter().filter_map(|piece| paragraph.figure(*piece)).collect();
        let sum = Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index)));
        // behind the rest another list may begin
        if names_rest(paragraph, run, end - 1) && sum.meets(&hundred) {
            return found.push(Structure::Shares { shares });
        }
    }
    for start in 1..run.len().saturating_sub(2) {
        let shares: Vec<usize> = run[start..].iter().filter_map(|piece| paragraph.figure(*piece)).collect();
        let sum = Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index)));
        // or another list may end before this one
        let begins =
            paragraph.between(run[start - 1], run[start]).iter().any(|piece| piece.is_mark(';') || piece.is_mark('؛'));
        if begins && names_rest(paragraph, run, run.len() - 1) && sum.meets(&hundred) {
            return found.push(Structure::Shares { shares });
        }
    }
    let rest = (0..run.len()).filter(|item| names_rest(paragraph, run, *item)).count();
    let is_at_end = (run.len().saturating_sub(3)..run.len()).any(|item| names_rest(paragraph, run, item));
    if rest == 0 || rest > 3 || !is_at_end {
        return;
    }
    let shares: Vec<usize> = run.iter().filter_map(|piece| paragraph.figure(*piece)).collect();
    // in a block of lines a list may hold another; in a sentence brackets would say so
    let last = run.last().copied().unwrap_or(first);
    let is_block = paragraph.between(first, last).iter().any(|piece| piece.is_mark('\n'));
    push_shares(paragraph.mentions, shares, if is_block { NARROW } else { WIDE }, found);
}

/// How many hundredths shares may make together to be taken for one whole: in a list that is surely one, and in others.
const WIDE: (i64, i64) = (60, 300);
const NARROW: (i64, i64) = (75, 125);

/// Takes a list of shares that is closed, unless it is too far from the whole to be one.
fn push_shares(mentions: &[Mention], shares: Vec<usize>, reach: (i64, i64), found: &mut Vec<Structure>) {
    let hundred = Sum::hundred();
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| mentions.get(*index)));
    let shares = match sum(&shares).low.is_none_or(|low| low <= Number::from(100)) {
        true => shares,
        false => match without_inner(&shares, &sum, &hundred) {
            Some(outer) => outer,
            None => flattened(&shares, &sum).unwrap_or(shares),
        },
    };
    let is_cut_off = || {
        let all = sum(&shares);
        let width = all.low.as_ref().zip(all.high.as_ref()).map(|(low, high)| high - low);
        // where digits were cut off, everything is up to a unit larger
        let high = all.high.as_ref().zip(width).map(|(high, width)| high + &width);
        !all.meets(&hundred) && Sum { low: all.high, high }.meets(&hundred)
    };
    let (least, most) = reach;
    if sum(&shares).is_near(&hundred, least, most) && !is_cut_off() {
        found.push(Structure::Shares { shares });
    }
}

/// Whether the words of an item say that it is the rest: before the figure, or behind it up to the next separator.
fn names_rest(paragraph: &Paragraph<'_>, run: &[usize], item: usize) -> bool {
    let piece = run[item];
    let depth = paragraph.pieces[piece].depth;
    let before = paragraph.pieces[..piece].iter().rev();
    let mut own = before.take_while(|piece| !piece.separates() && !matches!(piece.what, What::Figure(_) | What::Break));
    if own.any(|piece| piece.depth == depth && piece.has(Cue::Other)) {
        return true;
    }
    let behind = paragraph.pieces[piece + 1..].iter();
    let mut own = behind.take_while(|piece| !piece.separates() && !matches!(piece.what, What::Figure(_) | What::Break));
    own.any(|piece| piece.depth == depth && piece.has(Cue::Other))
}

/// Whether the list divides a part that was named before, and not the whole.
fn is_of_part(paragraph: &Paragraph<'_>, first: usize) -> bool {
    let before = paragraph.pieces[..first].iter().rev().take_while(|piece| piece.what != What::Break);
    let own = before.take_while(|piece| !matches!(piece.what, What::Figure(_)));
    own.into_iter().any(|piece| piece.has(Cue::OfWhich))
}

/// Whether a figure is a class of ages.
fn is_class(mention: &Mention) -> bool {
    matches!(mention.kind, Kind::Age | Kind::Duration) || mention.kind == Kind::Number && mention.figure.from.is_some()
}

/// Shares of classes that follow one another from the first to one without an upper end: `0-14 years: 28 % …
/// 65 years and over: 9 %`.
fn classes(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().collect();
    let mut shares: Vec<usize> = Vec::new();
    let mut next: Option<Number> = None;
    let mut at = 0;
    while at < figures.len() {
        let Some(class) = paragraph.mention(figures[at]).filter(|mention| is_class(mention)) else {
            at += 1;
            continue;
        };
        let starts = class.figure.from.as_ref().is_some_and(Number::is_zero)
            || matches!(class.hedge, Some(Hedge::Below | Hedge::AtMost));
        let from = class.figure.from.clone().or_else(|| class.figure.nominal.clone());
        let continues = next.as_ref().zip(from.as_ref()).is_some_and(|(next, from)| next == from);
        if starts {
            shares.clear();
        } else if !continues {
            next = None;
            at += 1;
            continue;
        }
        let Some(share) = figures.get(at + 1).copied().filter(|piece| is_share(paragraph, *piece)) else {
            next = None;
            at += 1;
            continue;
        };
        shares.extend(paragraph.figure(share));
        if matches!(class.hedge, Some(Hedge::Above | Hedge::AtLeast)) {
            if shares.len() > 1 {
                push_shares(paragraph.mentions, std::mem::take(&mut shares), WIDE, found);
            }
            next = None;
        } else {
            let end = class.figure.to.as_ref().or(class.figure.nominal.as_ref());
            let step = if class.figure.to.is_some() || class.hedge == Some(Hedge::AtMost) { 1 } else { 0 };
            next = end.map(|end| end + &Number::from(step));
        }
        at += 2;
    }
}

/// Shares of all parts of a family in a sentence that speaks of shares: agriculture, industry, services.
pub(in crate::relate) fn families(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let says = |cue| paragraph.pieces.iter().any(|piece| piece.has(cue));
    if !says(Cue::Composition) || says(Cue::Overlap) {
        return;
    }
    let mut seen: Vec<(u8, Role, usize)> = Vec::new();
    let mut role = None;
    for (index, piece) in paragraph.pieces.iter().enumerate() {
        if let Some(next) = piece.roles().find(|(_, role)| matches!(role, Role::Part(_))) {
            role = Some(next);
        } else if is_share(paragraph, index)
            && let Some((family, part)) = role.take()
        {
            seen.push((family, part, index));
        }
    }
    let Some((family, ..)) = seen.first().copied() else { return };
    let count = part_count(family);
    let mut parts: Vec<Role> = seen.iter().filter(|(of, ..)| *of == family).map(|(_, part, _)| *part).collect();
    parts.sort_unstable();
    parts.dedup();
    if count < 3 || parts.len() != count || seen.len() != count {
        return;
    }
    let shares = seen.iter().filter_map(|(.., piece)| paragraph.figure(*piece)).collect();
    push_shares(paragraph.mentions, shares, NARROW, found);
}
