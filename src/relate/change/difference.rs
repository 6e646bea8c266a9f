//! By how much something rose or fell, as an amount, with its old and its new value: `up 1.9 billion from 500.4 billion`.

use super::by_amount::is_joint;
use super::plausible::is_plausible_difference;
use super::side::{Side, side, side_of, verb};
use super::{since, without_asides};
use crate::extract::Mention;
use crate::relate::amount::{adds_up, is_amount, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::relate::structure::Structure;

/// Words between what rose or fell and the size of it.
const TO_VERB: usize = 4;

/// Changes that are given as an amount: `$502.3 billion, up $1.9 billion from $500.4 billion`.
pub(in crate::relate) fn differences(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let is_figure = |piece: usize| paragraph.mention(piece).is_some_and(|mention| !is_time(mention));
    let all = without_asides(paragraph, is_figure);
    // the same change in percent, before or behind the amount, is looked through
    let is_same_change = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let behind = all.get(at + 1);
        let is_percent = all.get(at).and_then(|piece| paragraph.mention(*piece)).is_some_and(is_percent);
        let aside = |before: &usize| {
            paragraph.mention(all[at]).is_some_and(is_bracketed)
                && paragraph.between(*before, all[at]).iter().all(Piece::is_word)
        };
        is_percent
            && (before.is_some_and(|before| is_joint(paragraph, *before, all[at]) || aside(before))
                || behind.is_some_and(|behind| is_percent_first(paragraph, all[at], *behind)))
    };
    let figures: Vec<usize> = (0..all.len()).filter(|at| !is_same_change(*at)).map(|at| all[at]).collect();
    let mut at = 0;
    while let Some(window) = figures.get(at..at + 3) {
        match difference(paragraph, &figures, window) {
            Some(structure) => {
                found.push(structure);
                at += 3;
            }
            None => at += 1,
        }
    }
}

/// Digits of which bare numbers are not met by accident.
const MANY: usize = 4;

fn digits(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_numeric()).count()
}

/// `by 12 %, or 24 million`.
fn is_percent_first(paragraph: &Paragraph<'_>, percent: usize, amount: usize) -> bool {
    let between = paragraph.between(percent, amount);
    let joins = |piece: &Piece| piece.has(Cue::Ratio) || piece.has(Cue::By) || piece.is_mark(',') || piece.is_mark('،');
    !between.is_empty() && between.iter().any(Piece::is_word) && between.iter().all(joins)
}

fn difference(paragraph: &Paragraph<'_>, figures: &[usize], window: &[usize]) -> Option<Structure> {
    let mentions: Vec<&Mention> = window.iter().filter_map(|piece| paragraph.mention(*piece)).collect();
    let (first, last) = (*window.first()?, *window.last()?);
    let stops = |piece: &Piece| {
        piece.what == What::Break
            || matches!(piece.what, What::Mark(';' | '؛' | '\n' | ':'))
            || piece.has(Cue::Each)
            || piece.has(Cue::OfWhich)
    };
    let one_unit = mentions.windows(2).all(|pair| unit(pair[0]) == unit(pair[1]));
    if mentions.len() != 3 || !one_unit || paragraph.between(first, last).iter().any(stops) {
        return None;
    }
    let before = |piece: usize| {
        let start = since(figures, piece);
        paragraph.pieces.get(start..piece).unwrap_or_default()
    };
    // the words of a rise or fall stand right before its size, or right behind it
    let told = |piece: &Piece| match (piece.has(Cue::Up), piece.has(Cue::Down)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    let behind = |piece: usize| paragraph.pieces.get(piece + 1).filter(|piece| piece.is_word()).and_then(told);
    let is_by = |piece: usize| piece > 0 && paragraph.pieces[piece - 1].has(Cue::By);
    let moves = |piece: usize| {
        let reach = if is_by(piece) { TO_VERB } else { 2 };
        let mut near = before(piece).iter().rev().take_while(|piece| piece.is_word()).take(reach);
        let near = near.find_map(told).or_else(|| behind(piece));
        near.or_else(|| verb(paragraph, piece).filter(|_| is_by(piece)))
    };
    let is_plain_size = |piece: &usize| is_by(*piece) || behind(*piece).is_some();
    // what says itself that it is a size leaves the others to be values
    let says = window.iter().any(is_plain_size);
    let mut sizes = window.iter().copied().filter(|piece| {
        (!says || is_plain_size(piece)) && moves(*piece).is_some() && side(before(*piece)) != Side::Old
    });
    let size = sizes.next().filter(|_| sizes.next().is_none())?;
    // bare numbers may be of anything, unless the size says what it is, or they have many digits
    let is_said = is_plain_size(&size) || mentions.iter().all(|mention| digits(&mention.text) >= MANY);
    let is_value = |mention: &&Mention| {
        let is_one = if is_said { is_amount(mention) } else { adds_up(mention) && !unit(mention).is_empty() };
        is_one && mention.figure.nominal.is_some()
    };
    if !mentions.iter().all(is_value) {
        return None;
    }
    let values: Vec<usize> = window.iter().copied().filter(|piece| *piece != size).collect();
    let [one, two] = values[..] else { return None };
    let falls = moves(size)?;
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.as_ref());
    let (old, new) = match (side_of(paragraph, figures, one), side_of(paragraph, figures, two)) {
        (Side::Old, Side::New) => (one, two),
        (Side::New | Side::Unsaid, Side::Old) => (two, one),
        _ => return None,
    };
    let (larger, smaller) = if falls { (old, new) } else { (new, old) };
    // a change as large as what changed was something else
    let is_small = nominal(size)?.abs() < nominal(old)?.abs().max(nominal(new)?.abs());
    let index = |piece: usize| paragraph.figure(piece);
    let structure =
        Structure::Difference { difference: index(size)?, larger: index(larger)?, smaller: index(smaller)? };
    let [size, larger, smaller] = [size, larger, smaller].map(|piece| paragraph.mention(piece));
    (is_small && is_plausible_difference(size?, larger?, smaller?)).then_some(structure)
}
