//! A change with its old and its new value in one sentence: `rose by 12 % to 5 billion from 4.5 billion`.

mod beside;
mod by_amount;
mod difference;
mod plausible;
mod side;

use super::amount::{adds_up, is_percent, share_unit};
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, is_bracketed, is_time};
use super::structure::{ChangeUnit, Structure};
use crate::extract::{Kind, Mention};
pub(super) use beside::beside;
use by_amount::{by_amount, is_joint};
pub(super) use difference::differences;
use plausible::{are_multiple, is_along, is_multiple, is_of_another, is_plausible, is_relative};
use side::direction;
pub(super) use side::{Side, is_beside_time, side_of};

/// Words between a figure and the cue that says what it is.
const REACH: usize = 6;
/// Words between two of the three figures.
const NEAR: usize = 14;

/// The changes of a paragraph.
pub(super) fn changes(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let all: Vec<usize> = without_asides(paragraph, |piece| may_take_part(paragraph, piece));
    // a time, and an amount that says the same as the percentage behind it, are none of the three
    let is_beside =
        |pair: &[usize]| matches!(pair, [one, next] if is_joint(paragraph, *one, *next) && has_by(paragraph, *one));
    let takes_part = |(at, piece): (usize, &usize)| {
        let is_length =
            paragraph.mention(*piece).is_some_and(|mention| matches!(mention.kind, Kind::Duration | Kind::Age));
        (!is_length && !all.get(at..at + 2).is_some_and(is_beside)).then_some(*piece)
    };
    let figures: Vec<usize> = all.iter().enumerate().filter_map(takes_part).collect();
    let mut at = 0;
    while at + 2 <= figures.len() {
        if let Some(structure) = along(paragraph, &figures, at) {
            found.push(structure);
            at += 2;
        } else if let Some(structure) = change(paragraph, &figures, at) {
            found.push(structure);
            at += 3;
        } else {
            at += 1;
        }
    }
    let is_figure = |piece: usize| paragraph.mention(piece).is_some_and(|mention| !is_time(mention));
    let figures: Vec<usize> = without_asides(paragraph, is_figure);
    found.extend((0..figures.len()).filter_map(|at| by_amount(paragraph, &figures, at)));
}

/// The figures that fit, but for those that brackets give again in another currency or unit: `34.7 billion pounds (4.43
/// billion dollars)`.
fn without_asides(paragraph: &Paragraph<'_>, fits: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for piece in paragraph.figures().filter(|piece| fits(*piece)) {
        let is_again = found.last().is_some_and(|before| is_in_other_unit(paragraph, *before, piece));
        if !is_again {
            found.push(piece);
        }
    }
    found
}

/// Whether brackets right behind an amount give it in another unit.
fn is_in_other_unit(paragraph: &Paragraph<'_>, one: usize, also: usize) -> bool {
    let (Some(first), Some(second)) = (paragraph.mention(one), paragraph.mention(also)) else { return false };
    let of_one_kind = first.kind == second.kind && matches!(first.kind, Kind::Money | Kind::Quantity);
    let between = paragraph.between(one, also);
    let is_aside = is_bracketed(second) || between.first().is_some_and(|piece| piece.is_mark('('));
    of_one_kind && first.unit != second.unit && is_aside && words(between) <= 1
}

/// Where the pieces begin that stand between a figure and the one before it.
fn since(figures: &[usize], piece: usize) -> usize {
    let at = figures.partition_point(|other| *other < piece);
    at.checked_sub(1).and_then(|at| figures.get(at)).map_or(0, |before| before + 1)
}

/// Whether the words right before a figure say that something rose or fell by it.
fn has_by(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let before = paragraph.pieces[..piece].iter().rev().take_while(|piece| piece.is_word()).take(2);
    before.into_iter().any(|piece| piece.has(Cue::By) || piece.has(Cue::Up) || piece.has(Cue::Down))
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
    let is_size = || {
        let before = (0..piece).rev().find(|before| paragraph.figure(*before).is_some());
        before.is_some_and(|before| is_joint(paragraph, before, piece) && has_by(paragraph, before))
    };
    !(is_aside || is_of) || is_moved() || is_aside && (is_beside_time(paragraph, piece) || is_size())
}

/// A range with the change from its first end to its last. Ranges rise, so a fall is given in two figures.
fn along(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> Option<Structure> {
    let [one, two] = *figures.get(at..at + 2)? else { return None };
    let is_range = |piece: usize| paragraph.mention(piece).is_some_and(|mention| mention.figure.from.is_some());
    let (range, change) = if is_range(one) { (one, two) } else { (two, one) };
    let given_in = size(paragraph, change)?;
    let of = paragraph.mention(range).filter(|_| is_range(range) && !is_range(change))?;
    let fits = match given_in {
        ChangeUnit::Points => is_percent(of),
        // `rose by 37 percent, from 0.90 to 1.23 percent`, where percent is not said for points
        ChangeUnit::Percent if is_percent(of) => {
            let says_from = range > 0 && paragraph.pieces[range - 1].has(Cue::From);
            says_from && is_relative(paragraph.mention(change)?, of)
        }
        ChangeUnit::Percent => amounts_to_range(of) && is_along(paragraph.mention(change)?, of),
        ChangeUnit::Times => amounts_to_range(of),
    };
    // `fell from 31.8 % to 22.4 %, while others rose from …`: a value is no size
    if change > 0 && paragraph.pieces[change - 1].has(Cue::To) && !paragraph.pieces[change - 1].has(Cue::By) {
        return None;
    }
    let between = paragraph.between(one, two);
    let stops = |piece: &Piece| piece.ends_clause() || piece.has(Cue::OfWhich);
    let is_old = |piece: &Piece| piece.has(Cue::Compared) && !piece.has(Cue::From);
    if !fits || words(between) > REACH || between.iter().any(|piece| stops(piece) || is_old(piece)) {
        return None;
    }
    if given_in == ChangeUnit::Times {
        let nominal = paragraph.mention(change)?.figure.nominal.clone()?;
        if !is_multiple(&nominal, of.figure.from.as_ref()?, of.figure.to.as_ref()?) {
            return None;
        }
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
    // between two shares the change is in points
    let is_size = |given_in: ChangeUnit| move |piece: &usize| size(paragraph, *piece) == Some(given_in);
    let mut points = window.iter().copied().filter(is_size(ChangeUnit::Points));
    let change = match (points.next(), points.next()) {
        (Some(points), None) => points,
        (None, _) => {
            let mut sizes = window.iter().copied().filter(|piece| size(paragraph, *piece).is_some());
            sizes.next().filter(|_| sizes.next().is_none())?
        }
        _ => return None,
    };
    let values: Vec<usize> = window.iter().copied().filter(|piece| *piece != change).collect();
    let given_in = size(paragraph, change)?;
    let [one, two] = values[..] else { return None };
    let (first, second) = (paragraph.mention(one)?, paragraph.mention(two)?);
    if !share_unit(first, second) || given_in != ChangeUnit::Points && !(adds_up(first) && adds_up(second)) {
        return None;
    }
    if given_in == ChangeUnit::Points && !(is_percent(first) && is_percent(second)) {
        return None;
    }
    let (start, end) = (*window.first()?, *window.last()?);
    let inside = paragraph.between(start, end);
    let far = window.windows(2).any(|pair| words(paragraph.between(pair[0], pair[1])) > NEAR);
    let stops = |piece: &Piece| piece.ends_clause() || piece.has(Cue::Each) || piece.has(Cue::OfWhich);
    if far || inside.iter().any(stops) {
        return None;
    }
    // `three times as many as` says how many times, and may say no word of rising
    let falls = match direction(paragraph, figures, change) {
        None if given_in == ChangeUnit::Times => false,
        told => told?,
    };
    let (old, new) = match (side_of(paragraph, figures, one), side_of(paragraph, figures, two)) {
        (Side::Old, Side::New) => (one, two),
        (Side::New | Side::Unsaid, Side::Old) => (two, one),
        _ => return None,
    };
    // what fell to a third was three times as much
    let (old, new) = if given_in == ChangeUnit::Times && falls { (new, old) } else { (old, new) };
    let falls = falls && given_in != ChangeUnit::Times;
    if given_in == ChangeUnit::Times && !are_multiple(paragraph, change, old, new) {
        return None;
    }
    if given_in == ChangeUnit::Percent
        && (!is_plausible(paragraph, change, old, new, falls) || is_of_another(paragraph, change, old, new, falls))
    {
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
        Some("points" | "basis-points") => Some(ChangeUnit::Points),
        Some("times") if mention.figure.nominal.is_some() => Some(ChangeUnit::Times),
        _ => None,
    }
}

fn words(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.is_word()).count()
}
