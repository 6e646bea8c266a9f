//! Parts with their shares in a passage that names their whole without saying so, or not at all: the whole that most of them
//! agree on is it. Of what does not agree only that is taken which one slip of the hand explains.

use super::ITEM;
use super::explained::{Fit, ends, fit, is_share};
use crate::extract::Mention;
use crate::figure::{Hedge, Number};
use crate::relate::amount::{adds_up, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::digits::Digits;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::relate::slip::Ends;
use crate::relate::structure::Structure;

/// Pairs that must agree on a whole that is stated, and on one that is not.
const STATED: usize = 2;
const UNSTATED: usize = 3;
/// Pairs and figures of a passage beyond which it is a list of numbers.
const MOST: usize = 300;
/// Pairs on either side of a pair that bear witness to its whole.
const BESIDE: usize = 2;
/// Figures beyond which each line of a passage is taken by itself.
const LINES: usize = 24;

/// A part with its share.
#[derive(Clone, Copy, Debug)]
struct Pair {
    part: usize,
    share: usize,
}

/// The shares of a passage whose whole the others show.
pub(in crate::relate) fn implied(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    if !paragraph.figures().any(|piece| paragraph.mention(piece).is_some_and(is_percent)) {
        return;
    }
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)))
        .collect();
    if figures.len() > MOST {
        return;
    }
    beside(paragraph, &figures, found);
    let mut pairs = pairs(paragraph, &figures);
    while let Some(first) = pairs.first().copied() {
        let unit_of = |pair: &Pair| paragraph.mention(pair.part).map(unit);
        let own: Vec<Pair> = pairs.iter().copied().filter(|pair| unit_of(pair) == unit_of(&first)).collect();
        pairs.retain(|pair| unit_of(pair) != unit_of(&first));
        if own.len() >= STATED {
            agree(paragraph, &figures, &own, found);
        }
    }
}

/// `1,130 of the 3,588 …, which puts it at 31.5 %`: a part, its whole, and the next percentage, if it fits or nearly does.
fn beside(paragraph: &Paragraph<'_>, figures: &[usize], found: &mut Vec<Structure>) {
    for window in figures.windows(3) {
        let [part, whole, share] = *window else { continue };
        let (Some(one), Some(two), Some(three)) =
            (paragraph.mention(part), paragraph.mention(whole), paragraph.mention(share))
        else {
            continue;
        };
        if !is_percent(three) || !adds_up(one) || !adds_up(two) || unit(one) != unit(two) {
            continue;
        }
        let of = paragraph.between(part, whole);
        let is_of = of.iter().any(|piece| piece.has(Cue::OutOf) || piece.has(Cue::Of))
            && of.iter().all(|piece| piece.is_word())
            && of.len() <= ITEM;
        let is_out_of = of.iter().any(|piece| piece.has(Cue::OutOf));
        let behind = paragraph.between(whole, share);
        let breaks = behind.iter().filter(|piece| piece.what == What::Break).count();
        let is_free = !behind.iter().any(is_other) && behind.len() <= 2 * ITEM && breaks <= usize::from(is_out_of);
        let next = paragraph.pieces.get(share + 1);
        let is_of_else = next.is_some_and(|piece| piece.has(Cue::Of) || is_other(piece));
        // `78 of 125, and 63 % of …`: the next item
        let is_next = behind.iter().any(|piece| piece.has(Cue::And) || piece.has(Cue::Joined))
            && !behind.iter().any(|piece| piece.has(Cue::Ratio));
        if is_of
            && is_free
            && !is_of_else
            && !is_next
            && matches!(fit(three, one, two), Some(Fit::Holds | Fit::Slipped))
        {
            push(paragraph, Pair { part, share }, whole, found);
        }
    }
}

/// Whether a piece says that a percentage is something else than a share.
fn is_other(piece: &Piece) -> bool {
    let is_change = piece.has(Cue::Up) || piece.has(Cue::Down) || piece.has(Cue::Earlier);
    is_change || piece.has(Cue::Compared) && !piece.has(Cue::From) || matches!(piece.what, What::Mark('\n'))
}

/// Figures with a percentage right beside them.
fn pairs(paragraph: &Paragraph<'_>, figures: &[usize]) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some([one, two]) = figures.get(at..at + 2).and_then(|pair| <[usize; 2]>::try_from(pair).ok()) {
        at += 1;
        let (Some(first), Some(second)) = (paragraph.mention(one), paragraph.mention(two)) else { continue };
        let between = paragraph.between(one, two);
        let words = between.iter().filter(|piece| piece.is_word()).count();
        let is_told = between.iter().any(|piece| piece.has(Cue::Ratio));
        let is_near = words <= if is_told { ITEM / 2 } else { 2 };
        let is_plain = between.iter().all(|piece| {
            matches!(piece.what, What::Word(_) | What::Mark('(' | ',' | '،' | '—' | '–' | '-' | '/' | '*'))
                && !is_other(piece)
        });
        if !is_near || !is_plain || second.hedge.is_some_and(|hedge| hedge != Hedge::About) {
            continue;
        }
        let pair = if is_percent(second) && adds_up(first) {
            Pair { part: one, share: two }
        } else if is_percent(first) && adds_up(second) && between.iter().any(|piece| piece.is_mark('('))
            || is_percent(first) && adds_up(second) && is_bracketed(second)
        {
            Pair { part: two, share: one }
        } else {
            continue;
        };
        // `a rise of 12 (3 %)`
        let lead = paragraph.pieces[..one].iter().rev().take(3).take_while(|piece| piece.is_word());
        if lead
            .into_iter()
            .any(|piece| piece.has(Cue::By) || (piece.has(Cue::Up) || piece.has(Cue::Down)) && !piece.has(Cue::To))
        {
            continue;
        }
        found.push(pair);
        at += 1;
    }
    found
}

/// Takes the pairs of one unit whose whole is stated and borne out by those beside them; where none is, those that agree
/// among themselves.
fn agree(paragraph: &Paragraph<'_>, figures: &[usize], pairs: &[Pair], found: &mut Vec<Structure>) {
    let ends = |piece: usize| paragraph.mention(piece).and_then(ends);
    let is_part = |piece: &usize| pairs.iter().any(|pair| pair.part == *piece);
    let of_unit = |piece: &usize| {
        let (own, first) = (paragraph.mention(*piece), pairs.first().and_then(|pair| paragraph.mention(pair.part)));
        own.is_some_and(|own| adds_up(own) && first.is_some_and(|first| unit(first) == unit(own)))
    };
    let wholes: Vec<usize> = figures.iter().copied().filter(|piece| !is_part(piece) && of_unit(piece)).collect();
    let fits = |pair: &Pair, whole: &Ends| {
        let (Some(share), Some(part)) = (ends(pair.share), ends(pair.part)) else { return false };
        is_share(&share, &part, whole)
    };
    // which pairs hold with which of the stated figures
    let held: Vec<Vec<bool>> = wholes
        .iter()
        .map(|whole| match ends(*whole) {
            Some(of) => pairs.iter().map(|pair| fits(pair, &of)).collect(),
            None => vec![false; pairs.len()],
        })
        .collect();
    let sharp: Vec<bool> = pairs.iter().map(|pair| is_sharp(paragraph, pair)).collect();
    let mut is_borne_out = vec![false; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let around = at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(pairs.len());
        let support =
            |row: &Vec<bool>| around.clone().filter(|other| *other != at && row[*other] && sharp[*other]).count();
        let own = (0..wholes.len()).filter(|row| held[*row][at]).max_by_key(|row| support(&held[*row]));
        let best = own.or_else(|| (0..wholes.len()).max_by_key(|row| support(&held[*row])));
        let Some(row) = best.filter(|row| support(&held[*row]) >= STATED) else { continue };
        is_borne_out[at] = true;
        let (Some(share), Some(part), Some(whole)) =
            (paragraph.mention(pair.share), paragraph.mention(pair.part), paragraph.mention(wholes[row]))
        else {
            continue;
        };
        // what has a whole of its own is of that
        let is_slipped = || !is_of_else(paragraph, pair) && fit(share, part, whole) == Some(Fit::Slipped);
        if held[row][at] || is_slipped() {
            push(paragraph, *pair, wholes[row], found);
        }
    }
    // the pairs of a line, where no figure is borne out as their whole
    let mut line: Vec<Pair> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let is_new = line.last().is_some_and(|last| {
            let text = |piece: usize| paragraph.pieces[piece].start;
            let gap = paragraph.text.get(text(last.part.min(last.share))..text(pair.part.min(pair.share)));
            gap.is_none_or(|gap| gap.contains('\n')) && figures.len() > LINES
        });
        if is_new {
            unstated(paragraph, &wholes, &std::mem::take(&mut line), found);
        }
        if !is_borne_out[at] && !is_of_else(paragraph, pair) {
            line.push(*pair);
        }
    }
    unstated(paragraph, &wholes, &line, found);
}

/// Whether a percentage says itself what it is of, behind it.
fn is_of_else(paragraph: &Paragraph<'_>, pair: &Pair) -> bool {
    let is_aside = paragraph.pieces[pair.share].depth > 0 || paragraph.mention(pair.share).is_some_and(is_bracketed);
    // `, or 34 % of …`, in a language that needs no word for `of`
    if !is_aside && paragraph.pieces.get(pair.share + 1).is_some_and(Piece::is_word) {
        return true;
    }
    let behind = paragraph.pieces.iter().skip(pair.share + 1).take(2);
    behind.take_while(|piece| piece.is_word()).any(|piece| piece.has(Cue::Of) || piece.has(Cue::OutOf))
}

/// Pairs that agree on a whole that nobody states.
fn unstated(paragraph: &Paragraph<'_>, wholes: &[usize], pairs: &[Pair], found: &mut Vec<Structure>) {
    let ends = |piece: usize| paragraph.mention(piece).and_then(ends);
    let hundred = Number::from(100);
    let reach = |pair: &Pair| {
        let (share, part) = (ends(pair.share)?, ends(pair.part)?);
        Some((&(&part.low * &hundred) * &share.high.reciprocal()?, &(&part.high * &hundred) * &share.low.reciprocal()?))
    };
    let reaches: Vec<(Pair, Number, Number)> =
        pairs.iter().filter_map(|pair| reach(pair).map(|(low, high)| (*pair, low, high))).collect();
    let count = |whole: &Number| reaches.iter().filter(|(_, low, high)| low <= whole && whole <= high).count();
    let Some(whole) = reaches.iter().map(|(_, low, _)| low).max_by_key(|low| count(low)) else { return };
    let agreeing: Vec<&(Pair, Number, Number)> =
        reaches.iter().filter(|(_, low, high)| low <= whole && whole <= high).collect();
    let sharp = agreeing.iter().filter(|(pair, ..)| is_sharp(paragraph, pair)).count();
    if sharp < UNSTATED || agreeing.len() * 4 < pairs.len() * 3 {
        return;
    }
    // a figure before them that one slip keeps from being their whole
    let least = agreeing.iter().map(|(_, low, _)| low).max();
    let most = agreeing.iter().map(|(.., high)| high).min();
    if let (Some(least), Some(most), Some(first)) = (least, most, pairs.first()) {
        let slipped = |piece: &&usize| {
            let digits = paragraph.mention(**piece).and_then(Digits::of);
            digits.is_some_and(|digits| {
                digits.digits.len() > 1 && digits.slips().any(|slip| *least <= slip && slip <= *most)
            })
        };
        let mut meant = wholes.iter().filter(|piece| **piece < first.part).filter(slipped);
        if let (Some(whole), None) = (meant.next(), meant.next()) {
            for (pair, ..) in agreeing.iter().filter(|(pair, ..)| is_sharp(paragraph, pair)).take(1) {
                push(paragraph, *pair, *whole, found);
            }
        }
    }
    // the whole of a list may stand elsewhere, which says more
    if paragraph.text.contains("\n• ") {
        return;
    }
    let nominal = |pair: &Pair| paragraph.mention(pair.part).and_then(|part| part.figure.nominal.clone());
    let Some((largest, ..)) = agreeing.iter().max_by_key(|(pair, ..)| nominal(pair)) else { return };
    for (pair, low, high) in &reaches {
        let (Some(share), Some(part)) = (paragraph.mention(pair.share), paragraph.mention(pair.part)) else { continue };
        let is_off = !(low <= whole && whole <= high);
        // a whole as exact as the sharpest of them says
        let slips = |mention: &Mention| Digits::of(mention);
        let mended = |part_of: &Number, share_of: &Number| {
            let made = &(part_of * &hundred) - &(share_of * whole);
            made.abs() <= &(high - low) * share_of
        };
        let is_mended = || {
            let (Some(of_part), Some(of_share)) = (part.figure.nominal.as_ref(), share.figure.nominal.as_ref()) else {
                return false;
            };
            slips(part).is_some_and(|digits| digits.slips().any(|slip| mended(&slip, of_share)))
                || slips(share)
                    .is_some_and(|digits| digits.slips().any(|slip| slip.is_positive() && mended(of_part, &slip)))
        };
        let index = |piece: usize| paragraph.figure(piece);
        if pair.part != largest.part
            && is_off
            && is_mended()
            && let (Some(share), Some(part), Some(of_share), Some(of_part)) =
                (index(pair.share), index(pair.part), index(largest.share), index(largest.part))
        {
            found.push(Structure::Proportion { share, part, of_share, of_part });
        }
    }
}

/// Whether a pair says closely what its whole is.
fn is_sharp(paragraph: &Paragraph<'_>, pair: &Pair) -> bool {
    const HUNDREDTHS: i64 = 8;
    let share = paragraph.mention(pair.share).and_then(ends);
    let part = paragraph.mention(pair.part).and_then(ends);
    let narrow = |ends: &Ends| &(&ends.high - &ends.low) * &Number::from(100) <= &ends.high * &Number::from(HUNDREDTHS);
    share.as_ref().is_some_and(narrow) && part.as_ref().is_some_and(narrow)
}

fn push(paragraph: &Paragraph<'_>, pair: Pair, whole: usize, found: &mut Vec<Structure>) {
    let index = |piece: usize| paragraph.figure(piece);
    let (Some(share), Some(part), Some(whole)) = (index(pair.share), index(pair.part), index(whole)) else { return };
    let is_known = |known: &Structure| matches!(known, Structure::ShareOf { share: of, .. } | Structure::ShareOfListed { share: of, .. } if *of == share);
    if !found.iter().any(is_known) {
        found.push(Structure::ShareOf { share, part, whole });
    }
}
