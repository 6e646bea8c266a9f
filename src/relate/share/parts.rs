//! A share with its part and its whole, and parts with their shares where these make up everything.

use super::ITEM;
use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::amount::{Sum, adds_up, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::relate::structure::Structure;

/// Words between a part, its whole and its share.
const NEAR: usize = 4;

/// Shares with their part and their whole.
pub(in crate::relate) fn parts(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
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
    // `24 % of the 500 members (120)`
    if is_percent(one) && are_part_and_whole(three, two) && is_in_brackets(paragraph, third) {
        let is_of = is_tied(paragraph, first, second, &[Cue::Of, Cue::OutOf], NEAR);
        if is_of && is_beside(paragraph, second, third) {
            return Some(Structure::ShareOf { share: index(first)?, part: index(third)?, whole: index(second)? });
        }
    }
    // `turnout was 60 %: 300 out of 500 voted`
    if is_percent(one) && are_part_and_whole(two, three) {
        let between = paragraph.between(first, second);
        let is_opened = between.iter().any(|piece| piece.is_mark(':') || piece.has(Cue::Ratio));
        let is_of = is_tied(paragraph, second, third, &[Cue::Of, Cue::OutOf], NEAR);
        let words = between.iter().filter(|piece| piece.is_word()).count();
        let parts = |piece: &Piece| matches!(piece.what, What::Break | What::Mark(';' | '؛' | '\n'));
        if is_opened && is_of && words <= NEAR && !between.iter().any(parts) {
            return Some(Structure::ShareOf { share: index(first)?, part: index(second)?, whole: index(third)? });
        }
    }
    None
}

/// `Of 22,894 voters, 13,768 (60.1 %) … and 6,588 (28.8 %)`: each share in the sentence is of the head. Where most hold, the
/// pairs of the sentences behind it are of the same head.
fn headed(paragraph: &Paragraph<'_>, figures: &[usize], found: &mut Vec<Structure>) {
    for (at, whole) in figures.iter().copied().enumerate() {
        let Some(of) = paragraph.mention(whole).filter(|mention| adds_up(mention)) else { continue };
        let rest = figures.get(at + 1..).unwrap_or_default();
        let Some(mut cues) = heads(paragraph, whole, rest) else { continue };
        let (mut own, mut behind) = (Vec::new(), Vec::new());
        let (mut last, mut is_over) = (whole, false);
        for pair in rest.windows(2) {
            let [part, share] = *pair else { break };
            let between = paragraph.between(last, share);
            cues += between.iter().filter(|piece| piece.has(Cue::OfWhich)).count();
            is_over |= between.iter().any(|piece| piece.what == What::Break);
            if cues > 1 || between.iter().any(|piece| piece.is_mark('\n')) {
                break;
            }
            last = share.min(part);
            let (Some(one), Some(two)) = (paragraph.mention(part), paragraph.mention(share)) else { break };
            // `65 % (812)` as well as `812 (65 %)`
            let is_turned = is_percent(one) && is_in_brackets(paragraph, share) && is_beside(paragraph, part, share);
            let (part, share, one, two) = if is_turned { (share, part, two, one) } else { (part, share, one, two) };
            let is_pair = is_turned || is_percent(two) && is_said_of(paragraph, part, share);
            if !is_pair || !are_part_and_whole(one, of) || has_own_whole(paragraph, part, share) {
                continue;
            }
            last = share.max(part);
            let index = |piece: usize| paragraph.figure(piece);
            let (Some(share), Some(part), Some(whole)) = (index(share), index(part), index(whole)) else { continue };
            let structure = Structure::ShareOf { share, part, whole };
            match is_over {
                false => own.push(structure),
                true if is_share_alone(paragraph, last) => behind.push(structure),
                true => {}
            }
        }
        let all = || own.iter().chain(&behind);
        let holding = all().filter(|structure| holds(paragraph.mentions, structure)).count();
        if own.len() < 2 || holding < 3 || holding * 3 < all().count() * 2 {
            behind.clear();
        }
        found.append(&mut own);
        found.append(&mut behind);
    }
}

/// Whether nothing behind a share says what it is of.
fn is_share_alone(paragraph: &Paragraph<'_>, share: usize) -> bool {
    let next = paragraph.pieces.get(share + 1);
    next.is_none_or(|piece| !piece.has(Cue::Of) && !piece.has(Cue::OutOf))
}

/// Whether a share can be that of its part, as both are rounded.
fn holds(mentions: &[Mention], structure: &Structure) -> bool {
    let Structure::ShareOf { share, part, whole } = structure else { return false };
    let figure = |index: &usize| mentions.get(*index).map(|mention| &mention.figure);
    let ends = figure(share).and_then(|share| share.low.as_ref().zip(share.high.as_ref()));
    let nominal = |index: &usize| figure(index).and_then(|figure| figure.nominal.as_ref());
    let (Some((low, high)), Some(part), Some(whole)) = (ends, nominal(part), nominal(whole)) else { return false };
    let hundred_parts = part * &Number::from(100);
    hundred_parts >= low * whole && hundred_parts <= high * whole
}

/// Whether a figure is the whole of what follows, and how many times that was said before the next figure: `of the 40 …`
/// counts as once, as `40, of which …` is seen again.
fn heads(paragraph: &Paragraph<'_>, whole: usize, rest: &[usize]) -> Option<usize> {
    let before = paragraph.pieces[..whole].iter().rev().take(3);
    let lead: Vec<_> = before.take_while(|piece| piece.is_word()).collect();
    // `of which 317 (23.4 %), 510 (37.6 %)`: what has a share of its own is a part like the others
    let has_share = |share: &usize| {
        paragraph.mention(*share).is_some_and(is_percent)
            && is_in_brackets(paragraph, *share)
            && is_beside(paragraph, whole, *share)
    };
    if rest.first().is_some_and(has_share) {
        return None;
    }
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
pub(in crate::relate) fn is_said_of(paragraph: &Paragraph<'_>, part: usize, share: usize) -> bool {
    if is_in_brackets(paragraph, share) && is_beside(paragraph, part, share) {
        return true;
    }
    let between = paragraph.between(part, share);
    let words = between.iter().filter(|piece| piece.is_word()).count();
    let Some(cue) = between.iter().rposition(|piece| piece.has(Cue::Ratio)) else { return false };
    let is_change =
        |piece: &Piece| piece.has(Cue::Up) || piece.has(Cue::Down) || piece.has(Cue::Compared) && !piece.has(Cue::From);
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
    let around = paragraph.pieces[part + 1..].iter().enumerate().take((share + 3).saturating_sub(part));
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

/// Parts with their shares where the shares make up everything, so that the parts together are the whole: `6,588 people
/// (28 %) said yes, 13,768 (60 %) no, 2,538 (12 %) neither`.
pub(in crate::relate) fn listed(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
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
        while let Some([one, two]) = figures.get(at..at + 2).and_then(|pair| <[usize; 2]>::try_from(pair).ok()) {
            let is_turned =
                is_share(paragraph, one) && is_in_brackets(paragraph, two) && is_beside(paragraph, one, two);
            let (part, share) = if is_turned { (two, one) } else { (one, two) };
            let fits = paragraph.mention(part).is_some_and(adds_up)
                && is_share(paragraph, share)
                && (is_turned || is_said_of(paragraph, part, share))
                && pairs.first().is_none_or(|(first, _)| have_one_unit(paragraph, *first, part));
            if !fits {
                break;
            }
            pairs.push((part, share));
            at += 2;
        }
        if pairs.is_empty() {
            at += 1;
        }
        listed_pairs(paragraph, &pairs, found);
    }
}

/// The same in a list whose items give one amount and one share each, in any order.
pub(in crate::relate) fn itemized(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for end in 0..=paragraph.pieces.len() {
        if !paragraph.pieces.get(end).is_none_or(|piece| piece.is_mark('\n')) {
            continue;
        }
        match (item(paragraph, start, end), pairs.first()) {
            (Some(pair), None) => pairs.push(pair),
            (Some(pair), Some(first)) if have_one_unit(paragraph, first.0, pair.0) => pairs.push(pair),
            // the line that introduces the list says something else
            (None, None) => {}
            _ => return,
        }
        start = end + 1;
    }
    listed_pairs(paragraph, &pairs, found);
}

/// The amount and the share of an item that has nothing else.
fn item(paragraph: &Paragraph<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let pieces = paragraph.pieces.get(start..end)?;
    let stops = [Cue::Each, Cue::Up, Cue::Down, Cue::Overlap, Cue::Compared, Cue::OfWhich];
    let is_stop = |piece: &Piece| stops.iter().any(|cue| piece.has(*cue)) && !piece.has(Cue::From);
    let mut figures = (start..end).filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)));
    let (one, two) = (figures.next()?, figures.next()?);
    if figures.next().is_some() || pieces.iter().any(is_stop) {
        return None;
    }
    let (part, share) = if is_share(paragraph, one) { (two, one) } else { (one, two) };
    (is_share(paragraph, share) && paragraph.mention(part).is_some_and(adds_up)).then_some((part, share))
}

fn have_one_unit(paragraph: &Paragraph<'_>, one: usize, other: usize) -> bool {
    paragraph.mention(one).map(unit) == paragraph.mention(other).map(unit)
}

/// Whether nothing but a conjunction parts a figure from the one before it, so that one number may have been read as two.
fn is_rest_of_number(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let mut before = paragraph.pieces[..piece].iter().rev().skip_while(|piece| piece.has(Cue::And));
    let is_aside = paragraph.mention(piece).is_some_and(is_bracketed);
    !is_aside && before.next().is_some_and(|piece| matches!(piece.what, What::Figure(_)))
}

/// Takes parts with their shares, if the shares make up everything.
fn listed_pairs(paragraph: &Paragraph<'_>, pairs: &[(usize, usize)], found: &mut Vec<Structure>) {
    // two pairs are all only within one sentence
    let is_sentence = |pairs: &[(usize, usize)]| match pairs {
        [(one, _), (_, other)] => {
            let (from, to) = (*one.min(other), *one.max(other));
            !paragraph.between(from, to).iter().any(|piece| piece.what == What::Break || piece.is_mark('\n'))
        }
        _ => pairs.len() > 2,
    };
    if !is_sentence(pairs) || pairs.iter().any(|(part, _)| is_rest_of_number(paragraph, *part)) {
        return;
    }
    let all = |pick: fn(&(usize, usize)) -> usize| -> Vec<usize> {
        pairs.iter().map(pick).filter_map(|piece| paragraph.figure(piece)).collect()
    };
    let (parts, shares) = (all(|(part, _)| *part), all(|(_, share)| *share));
    if !Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index))).meets(&Sum::hundred()) {
        return;
    }
    for (part, share) in parts.iter().zip(&shares) {
        found.push(Structure::ShareOfListed { share: *share, part: *part, parts: parts.clone() });
    }
}

/// Whether a piece is a share in hundredths.
pub(super) fn is_share(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    paragraph.mention(piece).is_some_and(is_percent)
}
