//! Shares: lists of percentages that make up a whole, and a share with its part and its whole.

use super::amount::{Sum, adds_up, is_percent, unit};
use super::cues::{Cue, Role, part_count};
use super::list::{flattened, without_inner};
use super::pieces::{Paragraph, What, is_bracketed, is_time};
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::{Hedge, Number};

/// Words of one item in a list of shares.
const ITEM: usize = 9;
/// Words between a part, its whole and its share.
const NEAR: usize = 4;

/// The lists of shares of a paragraph.
pub(super) fn lists(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    if paragraph.pieces.iter().any(|piece| piece.has(Cue::Overlap)) {
        return;
    }
    classes(paragraph, found);
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

fn is_share(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    paragraph.mention(piece).is_some_and(is_percent)
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
        is_parted |= piece.separates();
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
    let hundred = Sum { low: Some(Number::from(100)), high: Some(Number::from(100)) };
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
    let hundred = Sum { low: Some(Number::from(100)), high: Some(Number::from(100)) };
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

/// Shares with their part and their whole.
pub(super) fn parts(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)))
        .collect();
    for window in figures.windows(3) {
        if let Some(structure) = part_whole_share(paragraph, window) {
            found.push(structure);
        }
    }
    headed(paragraph, &figures, found);
}

/// Three figures in a row: a part, "of", its whole, and the share; or the part, the share, "of", the whole.
fn part_whole_share(paragraph: &Paragraph<'_>, window: &[usize]) -> Option<Structure> {
    let [first, second, third] = *window else { return None };
    let mention = |piece: usize| paragraph.mention(piece);
    let (one, two, three) = (mention(first)?, mention(second)?, mention(third)?);
    let index = |piece: usize| paragraph.figure(piece);
    if is_percent(three) && are_part_and_whole(one, two) {
        let is_bracketed = is_in_brackets(paragraph, third) && is_beside(paragraph, second, third);
        let cues: &[Cue] = if is_bracketed { &[Cue::Of, Cue::OutOf] } else { &[Cue::OutOf] };
        let is_of = is_tied(paragraph, first, second, cues, NEAR);
        if is_of && (is_bracketed || is_said_of(paragraph, second, third)) {
            return Some(Structure::ShareOf { share: index(third)?, part: index(first)?, whole: index(second)? });
        }
    }
    if is_percent(two) && is_in_brackets(paragraph, second) && are_part_and_whole(one, three) {
        let is_of =
            is_tied(paragraph, second, third, &[Cue::OutOf], NEAR) || is_tied(paragraph, second, third, &[Cue::Of], 1);
        if is_of && is_beside(paragraph, first, second) {
            return Some(Structure::ShareOf { share: index(second)?, part: index(first)?, whole: index(third)? });
        }
    }
    if is_percent(one) && is_in_brackets(paragraph, second) && are_part_and_whole(two, three) {
        let is_of = is_tied(paragraph, second, third, &[Cue::Of, Cue::OutOf], NEAR);
        if is_of && is_beside(paragraph, first, second) {
            return Some(Structure::ShareOf { share: index(first)?, part: index(second)?, whole: index(third)? });
        }
    }
    None
}

/// `Of 22,894 voters, 13,768 (60.1 %) … and 6,588 (28.8 %)`: each share in the sentence is of the head.
fn headed(paragraph: &Paragraph<'_>, figures: &[usize], found: &mut Vec<Structure>) {
    for (at, whole) in figures.iter().copied().enumerate() {
        let Some(of) = paragraph.mention(whole).filter(|mention| adds_up(mention)) else { continue };
        let rest = figures.get(at + 1..).unwrap_or_default();
        let Some(mut cues) = heads(paragraph, whole, rest) else { continue };
        let mut last = whole;
        for pair in rest.windows(2) {
            let [part, share] = *pair else { break };
            let between = paragraph.between(last, share);
            cues += between.iter().filter(|piece| piece.has(Cue::OfWhich)).count();
            if cues > 1 || between.iter().any(|piece| piece.what == What::Break) {
                break;
            }
            last = share.min(part);
            let (Some(one), Some(two)) = (paragraph.mention(part), paragraph.mention(share)) else { break };
            let is_pair = is_percent(two) && is_said_of(paragraph, part, share);
            if is_pair && are_part_and_whole(one, of) && !has_own_whole(paragraph, part, share) {
                last = share;
                let index = |piece: usize| paragraph.figure(piece);
                if let (Some(share), Some(part), Some(whole)) = (index(share), index(part), index(whole)) {
                    found.push(Structure::ShareOf { share, part, whole });
                }
            }
        }
    }
}

/// Whether a figure is the whole of what follows, and how many times that was said before the next figure: `of the 40 …`
/// counts as once, as `40, of which …` is seen again.
fn heads(paragraph: &Paragraph<'_>, whole: usize, rest: &[usize]) -> Option<usize> {
    let before = paragraph.pieces[..whole].iter().rev().take(3);
    let lead: Vec<_> = before.take_while(|piece| piece.is_word()).collect();
    let opened = paragraph.pieces[..whole - lead.len()].last();
    let starts = opened.is_none_or(|piece| piece.what == What::Break || piece.separates());
    if starts && lead.len() <= 2 && lead.iter().any(|piece| piece.has(Cue::OutOf) || piece.has(Cue::Of)) {
        return Some(1);
    }
    let (part, share) = (*rest.first()?, *rest.get(1)?);
    if !paragraph.mention(part).is_some_and(adds_up) {
        return None;
    }
    let says = |from: usize, to: usize| {
        let between = paragraph.between(from, to);
        let words = between.iter().filter(|piece| piece.is_word()).count();
        words <= ITEM && between.iter().any(|piece| piece.has(Cue::OfWhich))
    };
    let is_near = paragraph.between(whole, part).iter().filter(|piece| piece.is_word()).count() <= NEAR;
    (says(whole, part) || is_near && says(part, share)).then_some(0)
}

/// Whether a share is that of the figure before it: in brackets behind it, or as `12, that is 30 %`.
pub(super) fn is_said_of(paragraph: &Paragraph<'_>, part: usize, share: usize) -> bool {
    if is_in_brackets(paragraph, share) && is_beside(paragraph, part, share) {
        return true;
    }
    let between = paragraph.between(part, share);
    let words = between.iter().filter(|piece| piece.is_word()).count();
    let Some(cue) = between.iter().rposition(|piece| piece.has(Cue::Ratio)) else { return false };
    let is_change = |piece: &super::pieces::Piece| {
        piece.has(Cue::Up) || piece.has(Cue::Down) || piece.has(Cue::Compared) && !piece.has(Cue::From)
    };
    let parts =
        |what: What| matches!(what, What::Break | What::Figure(_) | What::Mark(';' | '؛' | ':' | '\n' | '(' | ')'));
    let behind = paragraph.pieces[share + 1..].iter().take(3).take_while(|piece| piece.is_word()).any(is_change);
    words <= ITEM
        && between.len() - cue <= 3
        && !behind
        && !between.iter().any(|piece| parts(piece.what) || is_change(piece) && !piece.has(Cue::Of))
}

/// Whether a part says itself what it is of.
fn has_own_whole(paragraph: &Paragraph<'_>, part: usize, share: usize) -> bool {
    let around = paragraph.pieces[part + 1..].iter().enumerate().take(share - part + 3);
    let mut of = around.filter(|(_, piece)| piece.has(Cue::OutOf) || piece.has(Cue::Of));
    of.any(|(offset, _)| {
        matches!(paragraph.pieces.get(part + 2 + offset).map(|piece| piece.what), Some(What::Figure(_)))
    })
}

/// Whether a share stands in brackets by itself.
fn is_in_brackets(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let is_alone = || {
        let opened = piece > 0 && paragraph.pieces[piece - 1].is_mark('(');
        let behind = paragraph.pieces.get(piece + 1);
        opened && behind.is_some_and(|piece| piece.is_mark(')') || piece.separates())
    };
    paragraph.mention(piece).is_some_and(is_bracketed) || is_alone()
}

fn are_part_and_whole(part: &Mention, whole: &Mention) -> bool {
    let is_not_larger = match (&part.figure.low, &whole.figure.high) {
        (Some(part), Some(whole)) => part <= whole,
        _ => true,
    };
    adds_up(part) && adds_up(whole) && unit(part) == unit(whole) && is_not_larger
}

/// Whether a cue ties two figures, with few words between them and nothing that parts them.
fn is_tied(paragraph: &Paragraph<'_>, from: usize, to: usize, cues: &[Cue], most: usize) -> bool {
    let between = paragraph.between(from, to);
    let words = between.iter().filter(|piece| piece.is_word()).count();
    let parts =
        |what: What| matches!(what, What::Break | What::Figure(_) | What::Mark(';' | '؛' | ':' | '\n' | '/' | '-'));
    let Some(last) = between.iter().rev().find(|piece| cues.iter().any(|cue| piece.has(*cue))) else { return false };
    let behind = between.iter().filter(|piece| piece.is_word() && piece.start > last.start).count();
    words <= most && behind <= 1 && !between.iter().any(|piece| parts(piece.what))
}

/// Whether two figures stand side by side, with a word or two between them.
fn is_beside(paragraph: &Paragraph<'_>, from: usize, to: usize) -> bool {
    let between = paragraph.between(from, to);
    let is_word = |what: What| matches!(what, What::Word(_) | What::Mark('('));
    between.len() <= 4
        && between.iter().all(|piece| is_word(piece.what) && !piece.has(Cue::Up) && !piece.has(Cue::Down))
}

/// Shares of all parts of a family in a sentence that speaks of shares: agriculture, industry, services.
pub(super) fn families(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
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

/// Parts with their shares where the shares make up everything, so that the parts together are the whole: `6,588 people
/// (28 %) said yes, 13,768 (60 %) no, 2,538 (12 %) neither`.
pub(super) fn listed(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    if paragraph.pieces.iter().any(|piece| piece.has(Cue::Overlap)) {
        return;
    }
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)))
        .collect();
    let mut at = 0;
    while at + 1 < figures.len() {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        while let Some([part, share]) = figures.get(at..at + 2).and_then(|pair| <[usize; 2]>::try_from(pair).ok()) {
            let fits = paragraph.mention(part).is_some_and(adds_up)
                && is_share(paragraph, share)
                && is_said_of(paragraph, part, share)
                && pairs
                    .first()
                    .is_none_or(|(first, _)| paragraph.mention(*first).map(unit) == paragraph.mention(part).map(unit));
            if !fits {
                break;
            }
            pairs.push((part, share));
            at += 2;
        }
        if pairs.is_empty() {
            at += 1;
        }
        if pairs.len() < 3 {
            continue;
        }
        let all = |pick: fn(&(usize, usize)) -> usize| -> Vec<usize> {
            pairs.iter().map(pick).filter_map(|piece| paragraph.figure(piece)).collect()
        };
        let (parts, shares) = (all(|(part, _)| *part), all(|(_, share)| *share));
        let hundred = Sum { low: Some(Number::from(100)), high: Some(Number::from(100)) };
        if !Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index))).meets(&hundred) {
            continue;
        }
        for (part, share) in parts.iter().zip(&shares) {
            found.push(Structure::ShareOfListed { share: *share, part: *part, parts: parts.clone() });
        }
    }
}

/// Whether a share in hundredths of a percent misses by less than one of them: it was cut off, or taken of unrounded
/// figures, and says nothing either way.
pub(super) fn is_cut_off(mentions: &[Mention], structure: &Structure) -> bool {
    let Structure::ShareOf { share, part, whole } = structure else { return false };
    let of = |index: &usize| mentions.get(*index).map(|mention| &mention.figure);
    let ends = of(share).and_then(|share| share.low.as_ref().zip(share.high.as_ref()));
    let nominal = |index: &usize| of(index).and_then(|figure| figure.nominal.as_ref());
    let (Some((low, high)), Some(share), Some(part), Some(whole)) =
        (ends, nominal(share), nominal(part), nominal(whole))
    else {
        return false;
    };
    let width = high - low;
    let is_fine = width <= Number::fraction(1, 100).unwrap_or(Number::ONE);
    let apart = (&(part * &Number::from(100)) - &(share * whole)).abs();
    is_fine
        && apart < &width * whole
        && (part * &Number::from(100) < low * whole || part * &Number::from(100) > high * whole)
}
