//! A change given twice, in percent and as an amount, with the value before or behind it: `8,991, which is 5 fewer, or
//! 0.06 %`.

use super::plausible::is_one_slip_by;
use super::side::{Side, side_of};
use super::{NEAR, REACH, has_by, since, words};
use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::amount::{is_amount, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::relate::structure::Structure;

/// How many times as large a change may be as the amount that it is given with makes it, to be one of the same thing.
const FAR: i64 = 5;

/// Three figures of which two are the change: the value stands before it, or behind it as the new one.
pub(in crate::relate) fn by_amount(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> Option<Structure> {
    let [first, second, third] = *figures.get(at..at + 3)? else { return None };
    let next = figures.get(at + 3).copied().filter(|next| is_new(paragraph, figures, *next));
    let is_pair = |amount: usize, percent: usize| {
        is_joint(paragraph, amount, percent) || is_said_later(paragraph, amount, percent)
    };
    if is_pair(first, second) && is_new(paragraph, figures, third) {
        return structure(paragraph, figures, [first, second, third]);
    }
    if is_pair(second, third) && side_of(paragraph, figures, first) != Side::Old {
        // `500 was cut by 60, or 12 %, to 440`
        let behind = next.and_then(|next| structure(paragraph, figures, [second, third, next]));
        return behind.or_else(|| {
            let is_left = next.is_none_or(|next| paragraph.between(third, next).iter().any(Piece::ends_clause));
            structure(paragraph, figures, [second, third, first]).filter(|_| is_left)
        });
    }
    None
}

/// Whether a figure is said to be the new value.
fn is_new(paragraph: &Paragraph<'_>, figures: &[usize], piece: usize) -> bool {
    side_of(paragraph, figures, piece) == Side::New
}

/// Whether a figure is said to be the size of a change: `compared with last year it fell by 147`.
fn is_by(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let mut before = paragraph.pieces[..piece].iter().rev();
    let is_by = before.next().is_some_and(|piece| piece.has(Cue::By));
    is_by && !before.next().is_some_and(|piece| piece.has(Cue::Compared))
}

/// Whether the word right behind an amount and its percentage says that something rose or fell by them: `43 or 15 % fewer
/// than last year`, but not `12 (58 % decline)`.
fn is_moved_behind(paragraph: &Paragraph<'_>, amount: usize, percent: usize) -> bool {
    let moves = paragraph.pieces.get(percent + 1).is_some_and(|next| next.has(Cue::Up) || next.has(Cue::Down));
    let is_aside = paragraph.mention(percent).is_some_and(is_bracketed);
    moves && !is_aside && paragraph.pieces[amount].depth == paragraph.pieces[percent].depth
}

/// Whether an amount and a percentage say the same: `147, or 1.6 %`, `147 (1.6 %)`.
pub(super) fn is_joint(paragraph: &Paragraph<'_>, amount: usize, percent: usize) -> bool {
    let joint = paragraph.between(amount, percent);
    let Some(mention) = paragraph.mention(percent).filter(|mention| is_percent(mention)) else { return false };
    let joins = |piece: &Piece| {
        piece.has(Cue::Ratio)
            || piece.has(Cue::And)
            || piece.has(Cue::By)
            || piece.start == piece.end
            || matches!(piece.what, What::Mark('(' | ',' | '،'))
    };
    // the thing that is counted may follow its number
    let named = joint.iter().take_while(|piece| piece.is_word() && !piece.is_known()).take(1).count();
    let said = joint.get(named..).unwrap_or_default();
    (!said.is_empty() || is_bracketed(mention)) && said.iter().all(joins)
}

/// Whether the words between an amount of change and a percentage only say since when: `up 112,228 from December 2015, a
/// growth of 6.1 %`.
fn is_said_later(paragraph: &Paragraph<'_>, amount: usize, percent: usize) -> bool {
    let between = paragraph.between(amount, percent);
    let is_plain = |(at, piece): (usize, &Piece)| match piece.what {
        What::Word(_) => true,
        What::Figure(_) => paragraph.mention(amount + 1 + at).is_some_and(is_time),
        What::Mark(mark) => matches!(mark, ',' | '،'),
        What::Break => false,
    };
    let is_size = |piece: &Piece| piece.has(Cue::Ratio) || piece.has(Cue::By);
    let leads = between.iter().rev().take_while(|piece| piece.is_word()).take(3);
    paragraph.mention(percent).is_some_and(is_percent)
        && has_by(paragraph, amount)
        && words(between) <= REACH
        && between.iter().enumerate().all(is_plain)
        && leads.into_iter().any(is_size)
}

fn structure(paragraph: &Paragraph<'_>, figures: &[usize], [amount, percent, value]: [usize; 3]) -> Option<Structure> {
    let (by, change, new) = (paragraph.mention(amount)?, paragraph.mention(percent)?, paragraph.mention(value)?);
    let may_change = |mention: &Mention| is_amount(mention) || unit(mention) == "points";
    let has_value =
        |mention: &Mention| may_change(mention) && mention.figure.nominal.is_some() && mention.hedge.is_none();
    // an index counts in points and is given without them
    let is_index = unit(by) == "points" && unit(new).is_empty();
    if !has_value(new) || !has_value(by) || unit(new) != unit(by) && !is_index {
        return None;
    }
    let is_size = is_by(paragraph, amount) || is_moved_behind(paragraph, amount, percent);
    if side_of(paragraph, figures, amount) == Side::Old && !is_size {
        return None;
    }
    let (start, end) = (amount.min(value), percent.max(value));
    let stops = |piece: &Piece| piece.ends_clause() || piece.has(Cue::OfWhich) || piece.has(Cue::Each);
    if words(paragraph.between(start, end)) > NEAR || paragraph.between(start, end).iter().any(stops) {
        return None;
    }
    let falls = falls(paragraph, figures, amount, percent)?;
    // a share of another whole is not near
    let nominal = |mention: &Mention| mention.figure.nominal.clone();
    let (new_value, by_value, size) = (nominal(new)?, nominal(by)?, nominal(change)?);
    let old = if falls { &new_value + &by_value } else { &new_value - &by_value };
    let (given, made) = (&size * &old, &by_value * &Number::from(100));
    let is_near = old.is_positive() && given <= &made * &Number::from(FAR) && made <= &given * &Number::from(FAR);
    let index = |piece: usize| paragraph.figure(piece);
    let structure = Structure::ChangeBy { change: index(percent)?, by: index(amount)?, new: index(value)?, falls };
    (is_near || is_one_slip_by(change, by, new, falls)).then_some(structure)
}

/// The direction, from the words right before the amount or the first one behind the percentage.
fn falls(paragraph: &Paragraph<'_>, figures: &[usize], amount: usize, percent: usize) -> Option<bool> {
    let told = |pieces: &mut dyn Iterator<Item = &Piece>, compares: bool| {
        let (mut up, mut down) = (false, false);
        for piece in pieces.filter(|piece| compares || !piece.has(Cue::Compared)) {
            up |= piece.has(Cue::Up);
            down |= piece.has(Cue::Down);
        }
        (up != down).then_some(down)
    };
    let start = since(figures, amount);
    let lead = paragraph.pieces.get(start..amount).unwrap_or_default();
    let before = lead.iter().rev().take_while(|piece| piece.is_word()).take(REACH);
    let behind = paragraph.pieces.get(percent + 1..).unwrap_or_default();
    let mut behind = behind.iter().take(2).filter(|piece| piece.is_word()).take(1);
    told(&mut before.into_iter(), false).or_else(|| told(&mut behind, true))
}
