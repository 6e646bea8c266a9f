//! By how much something rose or fell, as an amount, with its old and its new value: `up 1.9 billion from 500.4 billion`.

use super::side::{Side, side, side_of};
use crate::extract::Mention;
use crate::relate::amount::{adds_up, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_time};
use crate::relate::structure::Structure;

/// Changes that are given as an amount: `$502.3 billion, up $1.9 billion from $500.4 billion`.
pub(in crate::relate) fn differences(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)))
        .collect();
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

fn difference(paragraph: &Paragraph<'_>, figures: &[usize], window: &[usize]) -> Option<Structure> {
    let mentions: Vec<&Mention> = window.iter().filter_map(|piece| paragraph.mention(*piece)).collect();
    let is_amount = |mention: &&&Mention| adds_up(mention) && mention.figure.nominal.is_some();
    let (first, last) = (*window.first()?, *window.last()?);
    let stops = |piece: &Piece| {
        piece.what == What::Break
            || matches!(piece.what, What::Mark(';' | '؛' | '\n' | ':'))
            || piece.has(Cue::Each)
            || piece.has(Cue::OfWhich)
    };
    let one_unit = mentions.windows(2).all(|pair| unit(pair[0]) == unit(pair[1]));
    if mentions.iter().filter(is_amount).count() != 3 || !one_unit || paragraph.between(first, last).iter().any(stops) {
        return None;
    }
    let before = |piece: usize| {
        let start = figures.iter().rev().find(|other| **other < piece).map_or(0, |other| other + 1);
        paragraph.pieces.get(start..piece).unwrap_or_default()
    };
    // the words of a rise or fall stand right before its size, or right behind it
    let told = |piece: &Piece| match (piece.has(Cue::Up), piece.has(Cue::Down)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    let behind = |piece: usize| paragraph.pieces.get(piece + 1).filter(|piece| piece.is_word()).and_then(told);
    let moves = |piece: usize| {
        let mut near = before(piece).iter().rev().take_while(|piece| piece.is_word()).take(2);
        near.find_map(told).or_else(|| behind(piece))
    };
    let is_by = |piece: usize| piece > 0 && paragraph.pieces[piece - 1].has(Cue::By);
    let is_plain_size = |piece: &usize| is_by(*piece) || behind(*piece).is_some();
    // what says itself that it is a size leaves the others to be values
    let says = window.iter().any(is_plain_size);
    let mut sizes = window.iter().copied().filter(|piece| {
        (!says || is_plain_size(piece)) && moves(*piece).is_some() && side(before(*piece)) != Side::Old
    });
    let size = sizes.next().filter(|_| sizes.next().is_none())?;
    let values: Vec<usize> = window.iter().copied().filter(|piece| *piece != size).collect();
    let [one, two] = values[..] else { return None };
    // bare numbers may be of anything, unless the size says what it is
    if mentions.iter().any(|mention| unit(mention).is_empty()) && !is_plain_size(&size) {
        return None;
    }
    let (old, new) = match (side_of(paragraph, figures, one), side_of(paragraph, figures, two)) {
        (Side::Old, Side::New) => (one, two),
        (Side::New | Side::Unsaid, Side::Old) => (two, one),
        _ => return None,
    };
    let (larger, smaller) = if moves(size)? { (old, new) } else { (new, old) };
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.as_ref());
    // a change as large as what changed was something else
    let is_small = nominal(size)?.abs() < nominal(old)?.abs().max(nominal(new)?.abs());
    let index = |piece: usize| paragraph.figure(piece);
    let structure =
        Structure::Difference { difference: index(size)?, larger: index(larger)?, smaller: index(smaller)? };
    is_small.then_some(structure)
}
