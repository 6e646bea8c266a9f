//! A change with its old and its new value in one sentence: `rose by 12 % to 5 billion from 4.5 billion`.

use super::amount::{adds_up, is_percent, unit};
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use super::structure::{ChangeUnit, Structure};
use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// Words between a figure and the cue that says what it is.
const REACH: usize = 6;
/// Words between two of the three figures.
const NEAR: usize = 14;

/// How many times as large a change may be as the amount that it is given with makes it, to be one of the same thing.
const FAR: i64 = 5;

/// What the words before a figure make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
    Unsaid,
}

/// The changes of a paragraph.
pub(super) fn changes(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().filter(|piece| may_take_part(paragraph, *piece)).collect();
    let mut at = 0;
    while at + 2 <= figures.len() {
        if let Some(structure) = along(paragraph, &figures, at) {
            found.push(structure);
            at += 2;
        } else if let Some(structure) = change(paragraph, &figures, at).or_else(|| by_amount(paragraph, &figures, at)) {
            found.push(structure);
            at += 3;
        } else {
            at += 1;
        }
    }
}

/// Whether a figure can be part of a change: no time, no share that says what it is of, nothing aside.
pub(super) fn may_take_part(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let Some(mention) = paragraph.mention(piece).filter(|mention| !is_time(mention)) else { return false };
    if !is_percent(mention) {
        return true;
    }
    let is_aside = is_bracketed(mention) && !mention.text.contains(['+', '-', '−', '–']);
    let behind = paragraph.pieces.get(piece + 1..).unwrap_or_default();
    let is_of = match behind {
        [of, next, ..] => of.has(Cue::OutOf) || of.has(Cue::Of) && next.is_word(),
        _ => false,
    };
    let moves = |piece: &Piece| piece.has(Cue::Up) || piece.has(Cue::Down);
    let is_moved = || paragraph.pieces[..piece].iter().rev().take_while(|piece| piece.is_word()).take(3).any(moves);
    !(is_aside || is_of) || is_moved()
}

/// `8,991, which is 5 fewer, or 0.06 %`: a new value, by how much it changed, and the same in percent.
fn by_amount(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> Option<Structure> {
    let [value, amount, percent] = *figures.get(at..at + 3)? else { return None };
    let (new, by, change) = (paragraph.mention(value)?, paragraph.mention(amount)?, paragraph.mention(percent)?);
    if side_of(paragraph, figures, value) == Side::Old {
        return None;
    }
    let has_value = |mention: &Mention| adds_up(mention) && mention.figure.nominal.is_some() && mention.hedge.is_none();
    if !has_value(new) || !has_value(by) || unit(new) != unit(by) || !is_percent(change) || is_percent(new) {
        return None;
    }
    let (lead, joint) = (paragraph.between(value, amount), paragraph.between(amount, percent));
    let stops = |piece: &Piece| {
        matches!(piece.what, What::Break | What::Mark(';' | '؛' | '\n'))
            || piece.has(Cue::OfWhich)
            || piece.has(Cue::Each)
    };
    let is_joint = |piece: &Piece| {
        piece.has(Cue::Ratio)
            || piece.has(Cue::And)
            || piece.has(Cue::By)
            || piece.start == piece.end
            || matches!(piece.what, What::Mark('(' | ',' | '،'))
    };
    let is_said = !joint.is_empty() || is_bracketed(change);
    if words(lead) > NEAR || lead.iter().any(stops) || !is_said || !joint.iter().all(is_joint) {
        return None;
    }
    let told = |pieces: &mut dyn Iterator<Item = &Piece>| {
        let (mut up, mut down) = (false, false);
        for piece in pieces {
            up |= piece.has(Cue::Up) && !piece.has(Cue::Compared);
            down |= piece.has(Cue::Down) && !piece.has(Cue::Compared);
        }
        (up != down).then_some(down)
    };
    let behind = paragraph.pieces.get(percent + 1..).unwrap_or_default();
    let before = lead.iter().rev().take_while(|piece| piece.is_word()).take(REACH);
    let falls =
        told(&mut before.into_iter()).or_else(|| told(&mut behind.iter().filter(|piece| piece.is_word()).take(1)))?;
    // a share of another whole is not near
    let nominal = |mention: &Mention| mention.figure.nominal.clone();
    let (new_value, by_value, size) = (nominal(new)?, nominal(by)?, nominal(change)?);
    let old = if falls { &new_value + &by_value } else { &new_value - &by_value };
    let (given, made) = (&size * &old, &by_value * &Number::from(100));
    let is_near = old.is_positive() && given <= &made * &Number::from(FAR) && made <= &given * &Number::from(FAR);
    let index = |piece: usize| paragraph.figure(piece);
    let structure = Structure::ChangeBy { change: index(percent)?, by: index(amount)?, new: index(value)?, falls };
    is_near.then_some(structure)
}

/// A range with the change from its first end to its last. Ranges rise, so a fall is given in two figures.
fn along(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> Option<Structure> {
    let [one, two] = *figures.get(at..at + 2)? else { return None };
    let is_range = |piece: usize| paragraph.mention(piece).is_some_and(|mention| mention.figure.from.is_some());
    let (range, change) = if is_range(one) { (one, two) } else { (two, one) };
    let given_in = size(paragraph, change)?;
    let of = paragraph.mention(range).filter(|_| is_range(range) && !is_range(change))?;
    let fits = if given_in == ChangeUnit::Points { is_percent(of) } else { amounts_to_range(of) };
    let between = paragraph.between(one, two);
    let stops = |piece: &Piece| {
        piece.what == What::Break || matches!(piece.what, What::Mark(';' | '؛' | '\n')) || piece.has(Cue::OfWhich)
    };
    let is_old = |piece: &Piece| piece.has(Cue::Compared) && !piece.has(Cue::From);
    if !fits || words(between) > REACH || between.iter().any(|piece| stops(piece) || is_old(piece)) {
        return None;
    }
    let rises = direction(paragraph, figures, change) == Some(false);
    // `by 14 % or 2 million to 19 million` is an amount of change and a new value
    let before = range.checked_sub(1).and_then(|before| paragraph.pieces.get(before));
    if before.is_some_and(|piece| piece.has(Cue::Ratio) || piece.has(Cue::By)) {
        return None;
    }
    let says_from =
        paragraph.pieces[..range].iter().rev().take(3).any(|piece| piece.has(Cue::Up) || piece.has(Cue::From))
            || of.text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let index = |piece: usize| paragraph.figure(piece);
    (rises && says_from).then_some(Structure::ChangeAlong {
        change: index(change)?,
        range: index(range)?,
        unit: given_in,
    })
}

/// Whether a range is one of amounts, with both ends.
fn amounts_to_range(mention: &Mention) -> bool {
    let is_amount = matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Count | Kind::Number);
    is_amount && mention.figure.to.is_some() && mention.hedge.is_none()
}

fn change(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> Option<Structure> {
    let window = figures.get(at..at + 3)?;
    let sizes: Vec<usize> = window.iter().copied().filter(|piece| size(paragraph, *piece).is_some()).collect();
    let mut values: Vec<usize> = window.iter().copied().filter(|piece| size(paragraph, *piece).is_none()).collect();
    let mut change = sizes.first().copied();
    // between two shares the change is in points
    if values.is_empty() || sizes.len() == 3 {
        return None;
    }
    if values.len() == 1 {
        let points = window.iter().copied().find(|piece| size(paragraph, *piece) == Some(ChangeUnit::Points))?;
        values = window.iter().copied().filter(|piece| *piece != points).collect();
        if values.iter().any(|piece| !paragraph.mention(*piece).is_some_and(is_percent)) {
            return None;
        }
        change = Some(points);
    }
    let change = change?;
    let given_in = size(paragraph, change)?;
    let [one, two] = values[..] else { return None };
    let (first, second) = (paragraph.mention(one)?, paragraph.mention(two)?);
    if unit(first) != unit(second) || given_in != ChangeUnit::Points && !(adds_up(first) && adds_up(second)) {
        return None;
    }
    if given_in == ChangeUnit::Points && !(is_percent(first) && is_percent(second)) {
        return None;
    }
    let (start, end) = (*window.first()?, *window.last()?);
    let inside = paragraph.between(start, end);
    let far = window.windows(2).any(|pair| words(paragraph.between(pair[0], pair[1])) > NEAR);
    let stops = |piece: &Piece| {
        piece.what == What::Break
            || matches!(piece.what, What::Mark(';' | '؛' | '\n'))
            || piece.has(Cue::Each)
            || piece.has(Cue::OfWhich)
    };
    if far || inside.iter().any(stops) {
        return None;
    }
    let falls = direction(paragraph, figures, change)?;
    let (old, new) = match (side_of(paragraph, figures, one), side_of(paragraph, figures, two)) {
        (Side::Old, Side::New) => (one, two),
        (Side::New | Side::Unsaid, Side::Old) => (two, one),
        _ => return None,
    };
    if given_in == ChangeUnit::Percent && !is_plausible(paragraph, change, old, new, falls) {
        return None;
    }
    let index = |piece: usize| paragraph.figure(piece);
    Some(Structure::Change { change: index(change)?, old: index(old)?, new: index(new)?, falls, unit: given_in })
}

/// What a change is given in, if the figure can be one.
fn size(paragraph: &Paragraph<'_>, piece: usize) -> Option<ChangeUnit> {
    let mention: &Mention = paragraph.mention(piece)?;
    match mention.unit.as_deref() {
        _ if is_percent(mention) => Some(ChangeUnit::Percent),
        Some("points") => Some(ChangeUnit::Points),
        _ if mention.kind == Kind::Ratio => None,
        _ => None,
    }
}

/// Whether the new value is at least near to what the change makes of the old one; else they were taken together wrongly.
fn is_plausible(paragraph: &Paragraph<'_>, change: usize, old: usize, new: usize, falls: bool) -> bool {
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.clone());
    let (Some(change), Some(old), Some(new)) = (nominal(change), nominal(old), nominal(new)) else { return false };
    let share = &change * &Number::fraction(1, 100).unwrap_or(Number::ONE);
    let factor = if falls { &Number::ONE - &share } else { &Number::ONE + &share };
    let expected = &old * &factor;
    let (half, double) = (Number::fraction(2, 5).unwrap_or(Number::ONE), Number::fraction(5, 2).unwrap_or(Number::ONE));
    new >= &expected * &half && new <= &expected * &double
}

fn words(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.is_word()).count()
}

/// Whether a figure is the old or the new value, from the words before it, or else right behind it.
pub(super) fn side_of(paragraph: &Paragraph<'_>, figures: &[usize], piece: usize) -> Side {
    let start = figures.iter().rev().find(|other| **other < piece).map_or(0, |other| other + 1);
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

/// Whether a figure is what brackets say of another time: `than in 2009 (32.4 million)`, `(in 2011: 48.2 million)`.
fn is_beside_time(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let is_aside = paragraph.mention(piece).is_some_and(is_bracketed) || paragraph.pieces[piece].depth > 0;
    let before = paragraph.pieces[..piece].iter().enumerate().rev();
    // the ending of an ordinal may stand apart: `2009-го`
    let mut near = before.skip_while(|(_, piece)| matches!(piece.what, What::Mark(_))).take(2);
    is_aside && near.any(|(index, piece)| piece.has(Cue::Earlier) || paragraph.mention(index).is_some_and(is_time))
}

/// What the last words before a figure say of it.
fn side(before: &[Piece]) -> Side {
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

/// Whether the figure is a rise (`false`) or a fall, from the words right before or behind it.
fn direction(paragraph: &Paragraph<'_>, figures: &[usize], change: usize) -> Option<bool> {
    let start = figures.iter().rev().find(|other| **other < change).map_or(0, |other| other + 1);
    let end = figures.iter().find(|other| **other > change).copied().unwrap_or(paragraph.pieces.len());
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

/// The rise or fall that a sentence begins with, if it speaks of one only: `imports rose to 709 from 607, or by 16.8 %`.
fn verb(paragraph: &Paragraph<'_>, change: usize) -> Option<bool> {
    let start = paragraph.pieces[..change].iter().rposition(|piece| piece.what == What::Break).map_or(0, |at| at + 1);
    let sentence = paragraph.pieces.get(start..change)?;
    let first = sentence.iter().position(|piece| matches!(piece.what, What::Figure(_)))?;
    let moves = |piece: &&Piece| (piece.has(Cue::Up) || piece.has(Cue::Down)) && !piece.has(Cue::Compared);
    let mut found = sentence.iter().filter(moves);
    let verb = found.next().filter(|_| found.next().is_none())?;
    let is_first = sentence[..first].iter().any(|piece| piece.start == verb.start);
    is_first.then(|| verb.has(Cue::Down))
}

/// Changes that are given as an amount: `$502.3 billion, up $1.9 billion from $500.4 billion`.
pub(super) fn differences(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
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
    let is_amount =
        |mention: &&&Mention| adds_up(mention) && mention.figure.nominal.is_some() && !unit(mention).is_empty();
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
    // the words of a rise or fall stand right before its size
    let moves = |piece: usize| {
        let mut near = before(piece).iter().rev().take_while(|piece| piece.is_word()).take(2);
        near.find_map(|piece| match (piece.has(Cue::Up), piece.has(Cue::Down)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        })
    };
    let mut sizes = window.iter().copied().filter(|piece| moves(*piece).is_some() && side(before(*piece)) != Side::Old);
    let size = sizes.next().filter(|_| sizes.next().is_none())?;
    let values: Vec<usize> = window.iter().copied().filter(|piece| *piece != size).collect();
    let [one, two] = values[..] else { return None };
    let (old, new) = match (side(before(one)), side(before(two))) {
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
