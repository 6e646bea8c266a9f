//! Whether a figure is the old or the new value, and whether it rose or fell: by the words around it.

use super::{REACH, since};
use crate::figure::Number;
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};

/// What the words before a figure make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relate) enum Side {
    Old,
    New,
    Unsaid,
}

/// Whether a figure is the old or the new value, from the words before it, or else right behind it.
pub(in crate::relate) fn side_of(paragraph: &Paragraph<'_>, figures: &[usize], piece: usize) -> Side {
    let start = since(figures, piece);
    let said = side(paragraph.pieces.get(start..piece).unwrap_or_default());
    let behind = paragraph.pieces.get(piece + 1..).unwrap_or_default();
    // a share in brackets or a time may stand between
    let passes =
        |index: usize| paragraph.mention(index).is_some_and(|mention| is_bracketed(mention) || is_time(mention));
    let words = behind.iter().enumerate().take_while(|(at, next)| next.is_word() || passes(piece + 1 + at));
    let near: Vec<&Piece> = words.map(|(_, piece)| piece).take(REACH).collect();
    // `to 709 million from a year earlier` says nothing of 709 million
    let earlier = near.iter().position(|piece| piece.has(Cue::Earlier));
    let is_earlier = earlier.is_some_and(|at| {
        !near[..at].iter().any(|piece| piece.has(Cue::From) || piece.has(Cue::Compared)) && !near[at].has(Cue::Compared)
    });
    match said {
        Side::Unsaid if is_beside_time(paragraph, piece) => Side::Old,
        _ if is_earlier => Side::Old,
        _ => said,
    }
}

/// Whether a figure is what brackets say of another time: `than in 2009 (32.4 million)`, `(in 2011: 48.2 million)`, `(48.2
/// million in 2011)`.
pub(in crate::relate) fn is_beside_time(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let is_aside = paragraph.mention(piece).is_some_and(is_bracketed) || paragraph.pieces[piece].depth > 0;
    let before = paragraph.pieces[..piece].iter().enumerate().rev();
    // the ending of an ordinal may stand apart: `2009-го`
    let mut near = before.filter(|(_, piece)| !matches!(piece.what, What::Mark(_))).take(2);
    let tells = |index: usize, piece: &Piece| piece.has(Cue::Earlier) || paragraph.mention(index).is_some_and(is_time);
    let own = paragraph.pieces.iter().enumerate().skip(piece + 1).take_while(|(_, piece)| piece.depth > 0);
    let mut behind = own.take_while(|(_, piece)| !matches!(piece.what, What::Mark(_))).take(3);
    is_aside && (near.any(|(index, piece)| tells(index, piece)) || behind.any(|(index, piece)| tells(index, piece)))
}

/// What the last words before a figure say of it.
pub(in crate::relate) fn side(before: &[Piece]) -> Side {
    let sentence = before.iter().rposition(|piece| piece.what == What::Break).map_or(before, |at| &before[at + 1..]);
    let mut words = 0;
    for piece in sentence.iter().rev() {
        // what was said long before, or before a comma, is of something else
        if matches!(piece.what, What::Mark(',' | '،')) || words > REACH {
            break;
        }
        words += usize::from(piece.is_word());
        let (old, new) = (piece.has(Cue::Compared) || piece.has(Cue::From), piece.has(Cue::To));
        match (old, new) {
            (true, false) => return Side::Old,
            (false, true) => return Side::New,
            _ => {}
        }
    }
    Side::Unsaid
}

/// Whether the figure is a rise (`false`) or a fall, from its sign, or the words right before or behind it.
pub(in crate::relate) fn direction(paragraph: &Paragraph<'_>, figures: &[usize], change: usize) -> Option<bool> {
    let before = paragraph.pieces.get(change).and_then(|piece| paragraph.text.get(..piece.start)).unwrap_or_default();
    let is_below =
        paragraph.mention(change).and_then(|mention| mention.figure.nominal.as_ref()).is_some_and(Number::is_negative);
    // a figure below zero says so itself
    if is_below || before.ends_with('+') {
        return Some(false);
    }
    let start = since(figures, change);
    let end = figures.get(figures.partition_point(|other| *other <= change)).copied().unwrap_or(paragraph.pieces.len());
    let told = |pieces: &mut dyn Iterator<Item = &Piece>| {
        let near = pieces.take_while(|piece| piece.what != What::Break).filter(|piece| piece.is_word()).take(REACH);
        let (mut up, mut down) = (false, false);
        for piece in near {
            up |= piece.has(Cue::Up);
            down |= piece.has(Cue::Down);
        }
        (up, down)
    };
    let before = told(&mut paragraph.pieces[start..change].iter().rev());
    let behind = told(&mut paragraph.pieces[change + 1..end].iter());
    match (before, behind) {
        ((true, false), _) => Some(false),
        ((false, true), _) => Some(true),
        ((false, false), (true, false)) => Some(false),
        ((false, false), (false, true)) => Some(true),
        ((false, false), (false, false)) => verb(paragraph, change),
        _ => None,
    }
}

/// The rise or fall that a sentence begins with, if it speaks of no other: `imports rose to 709 from 607, or by 16.8 %`.
pub(super) fn verb(paragraph: &Paragraph<'_>, change: usize) -> Option<bool> {
    let start = paragraph.pieces[..change].iter().rposition(|piece| piece.what == What::Break).map_or(0, |at| at + 1);
    let sentence = paragraph.pieces.get(start..change)?;
    let first = sentence.iter().position(|piece| matches!(piece.what, What::Figure(_)))?;
    let moves = |piece: &&Piece| (piece.has(Cue::Up) || piece.has(Cue::Down)) && !piece.has(Cue::Compared);
    let mut found = sentence.iter().filter(moves);
    let verb = found.next()?;
    if found.any(|other| other.has(Cue::Down) != verb.has(Cue::Down)) {
        return None;
    }
    let is_first = sentence[..first].iter().any(|piece| piece.start == verb.start);
    is_first.then(|| verb.has(Cue::Down))
}
