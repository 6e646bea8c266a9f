//! What rose or fell without a word on by how much: the new value must lie above or below the old one. `It rose from 4.1
//! to 4.6 million`, `revenue of £184m, up from £154m`.

use super::change::{Side, may_take_part, side_of};
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What};
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// Words between two figures that are compared.
const NEAR: usize = 6;
/// Words between the verb and its first figure.
const REACH: usize = 5;

/// The comparisons of a paragraph.
pub(super) fn orders(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().filter(|piece| may_take_part(paragraph, *piece)).collect();
    found.extend(figures.iter().filter_map(|piece| along(paragraph, *piece)));
    for pair in figures.windows(2) {
        found.extend(order(paragraph, &figures, pair[0], pair[1]));
    }
}

/// `It fell from 4.1 to 4.6`, read as one range, whose first end is the lower.
fn along(paragraph: &Paragraph<'_>, piece: usize) -> Option<Structure> {
    let mention = paragraph.mention(piece)?;
    let (from, to) = (mention.figure.from.as_ref()?, mention.figure.to.as_ref()?);
    let before = paragraph.pieces.get(piece.checked_sub(1)?)?;
    let is_told = before.has(Cue::From) && mention.hedge.is_none() && !from.is_negative() && from < to;
    let falls = verb(paragraph, piece).filter(|_| is_told)?;
    Some(Structure::OrderAlong { range: paragraph.figure(piece)?, falls })
}

fn order(paragraph: &Paragraph<'_>, figures: &[usize], one: usize, two: usize) -> Option<Structure> {
    let (first, second) = (paragraph.mention(one)?, paragraph.mention(two)?);
    if !is_plain(first) || !is_plain(second) || first.unit != second.unit || first.kind != second.kind {
        return None;
    }
    // `fell by 202 to 9,580` gives the size first
    if one > 0 && paragraph.pieces[one - 1].has(Cue::By) {
        return None;
    }
    let between = paragraph.between(one, two);
    let stops = |piece: &Piece| {
        matches!(piece.what, What::Break | What::Mark(';' | '؛' | '\n' | ':' | '(' | ')' | '/'))
            || [Cue::Each, Cue::OfWhich, Cue::Of].iter().any(|cue| piece.has(*cue)) && !piece.has(Cue::From)
    };
    if between.iter().filter(|piece| piece.is_word()).count() > NEAR || between.iter().any(stops) {
        return None;
    }
    let sides = (side_of(paragraph, figures, one), side_of(paragraph, figures, two));
    let (old, new, falls) = match sides {
        // a verb right before both: `fell from 5 to 4`, `rose to 5 from 4`
        (Side::Old, Side::New) => (one, two, verb(paragraph, one)?),
        (Side::New, Side::Old) if verb(paragraph, one).is_some() => (two, one, verb(paragraph, one)?),
        // `5, up from 4`
        (Side::New | Side::Unsaid, Side::Old) => (two, one, beside(between)?),
        _ => return None,
    };
    let (less, more) = if falls { (new, old) } else { (old, new) };
    Some(Structure::Order { less: paragraph.figure(less)?, more: paragraph.figure(more)? })
}

/// Whether a figure is one amount or share that is not below zero and no bound.
fn is_plain(mention: &Mention) -> bool {
    let is_amount = matches!(
        mention.kind,
        Kind::Quantity | Kind::Money | Kind::Count | Kind::Number | Kind::Percent | Kind::Duration
    );
    let is_above_zero = |number: &Number| !number.is_negative();
    is_amount && mention.hedge.is_none() && mention.figure.nominal.as_ref().is_some_and(is_above_zero)
}

/// Whether a verb of rising (`false`) or falling stands before a figure, with its preposition and little else between.
fn verb(paragraph: &Paragraph<'_>, piece: usize) -> Option<bool> {
    let before = paragraph.pieces[..piece].iter().rev().take_while(|piece| piece.is_word()).take(REACH);
    let mut verbs = before.filter(|piece| piece.has(Cue::Rises) || piece.has(Cue::Sinks));
    verbs.next().map(|verb| verb.has(Cue::Sinks))
}

/// Whether two figures are compared by `up from` or `down from` and nothing else.
fn beside(between: &[Piece]) -> Option<bool> {
    let mut told = between.iter().filter(|piece| piece.has(Cue::Up) || piece.has(Cue::Down));
    let one = told.next().filter(|piece| piece.has(Cue::Compared) && told.next().is_none())?;
    (one.has(Cue::Up) != one.has(Cue::Down)).then(|| one.has(Cue::Down))
}
