//! Two values that an arrow or brackets set beside each other, with their change right before or behind them: `200 → 224
//! (+12 %)`, `+4.75 pp (4.7 % → 9.45 %)`, `a gap of 14 points (men 42 %, women 28 %)`.

use super::plausible::{is_plausible, is_plausible_difference};
use super::{size, words};
use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::amount::{is_amount, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::relate::structure::{ChangeUnit, Structure};

/// Words of a label within the brackets.
const LABEL: usize = 3;

/// Values of a paragraph that are set beside each other, with their change.
pub(in crate::relate) fn beside(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let is_figure = |piece: &usize| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention));
    let figures: Vec<usize> = paragraph.figures().filter(is_figure).collect();
    for window in figures.windows(3) {
        let [first, second, third] = *window else { continue };
        if is_arrow(paragraph.between(second, third)) && opens(paragraph, first, second) {
            found.extend(change(paragraph, first, second, third));
        } else if is_arrow(paragraph.between(first, second)) && is_aside(paragraph, second, third) {
            found.extend(change(paragraph, third, first, second));
        } else if size(paragraph, first) == Some(ChangeUnit::Points) && opens(paragraph, first, second) {
            found.extend(gap(paragraph, first, second, third));
        }
    }
}

/// `→`, `->`.
fn is_arrow(between: &[Piece]) -> bool {
    match between {
        [arrow] => arrow.is_mark('→') || arrow.is_mark('⟶') || arrow.is_mark('➔'),
        [dash, head] => dash.is_mark('-') && head.is_mark('>') && dash.end == head.start,
        _ => false,
    }
}

/// Whether a figure is followed by nothing but the bracket or the colon before another.
fn opens(paragraph: &Paragraph<'_>, one: usize, next: usize) -> bool {
    let between = paragraph.between(one, next);
    let opened = between.iter().position(|piece| piece.is_mark('('));
    opened.is_some_and(|at| words(&between[..at]) == 0 && words(&between[at..]) <= LABEL)
        && !between.iter().any(Piece::ends_clause)
}

/// Whether a figure stands in brackets right behind another.
fn is_aside(paragraph: &Paragraph<'_>, one: usize, next: usize) -> bool {
    let between = paragraph.between(one, next);
    let is_bracket = |piece: &Piece| piece.is_mark('(') || matches!(piece.what, What::Mark('+' | '-' | '−'));
    let is_own = paragraph.mention(next).is_some_and(is_bracketed);
    between.iter().all(is_bracket) && (is_own || between.first().is_some_and(|piece| piece.is_mark('(')))
}

fn nominal(paragraph: &Paragraph<'_>, piece: usize) -> Option<Number> {
    paragraph.mention(piece).filter(|mention| mention.hedge.is_none())?.figure.nominal.clone()
}

/// What a figure says of the change from one value to another.
fn change(paragraph: &Paragraph<'_>, by: usize, old: usize, new: usize) -> Option<Structure> {
    let (size_of, first, second) = (paragraph.mention(by)?, paragraph.mention(old)?, paragraph.mention(new)?);
    let (before, after) = (nominal(paragraph, old)?, nominal(paragraph, new)?);
    let amounts = |mention: &Mention| is_amount(mention) || is_percent(mention);
    if !amounts(first) || !amounts(second) || unit(first) != unit(second) || nominal(paragraph, by)?.is_zero() {
        return None;
    }
    // a figure below zero says itself that it fell
    let falls = after < before && !nominal(paragraph, by)?.is_negative();
    let is_signed = paragraph.text[..paragraph.pieces[by].start].ends_with('+') || size_of.text.contains('+');
    if falls && is_signed {
        return None;
    }
    let index = |piece: usize| paragraph.figure(piece);
    match size(paragraph, by) {
        Some(ChangeUnit::Points) if is_percent(first) => {
            points(paragraph, by, old, new).then_some(())?;
            let unit = ChangeUnit::Points;
            Some(Structure::Change { change: index(by)?, old: index(old)?, new: index(new)?, falls, unit })
        }
        Some(ChangeUnit::Percent) if !is_percent(first) => {
            is_plausible(paragraph, by, old, new, falls).then_some(())?;
            let unit = ChangeUnit::Percent;
            Some(Structure::Change { change: index(by)?, old: index(old)?, new: index(new)?, falls, unit })
        }
        None if unit(size_of) == unit(first)
            && is_amount(size_of)
            && !size_of.figure.nominal.as_ref()?.is_negative() =>
        {
            let (larger, smaller) = if after < before { (old, new) } else { (new, old) };
            let [large, small] = [larger, smaller].map(|piece| paragraph.mention(piece));
            let is_said = is_signed && is_plausible_difference(size_of, large?, small?);
            let structure =
                Structure::Difference { difference: index(by)?, larger: index(larger)?, smaller: index(smaller)? };
            is_said.then_some(structure)
        }
        _ => None,
    }
}

/// Whether a change in points is near that of two shares, or a slip away.
fn points(paragraph: &Paragraph<'_>, by: usize, old: usize, new: usize) -> bool {
    let (Some(size), Some(old), Some(new)) = (paragraph.mention(by), paragraph.mention(old), paragraph.mention(new))
    else {
        return false;
    };
    let (larger, smaller) = if old.figure.nominal > new.figure.nominal { (old, new) } else { (new, old) };
    is_plausible_difference(size, larger, smaller)
}

/// A distance in points and, in brackets, the two shares that it lies between.
fn gap(paragraph: &Paragraph<'_>, by: usize, one: usize, other: usize) -> Option<Structure> {
    let (first, second) = (paragraph.mention(one)?, paragraph.mention(other)?);
    let between = paragraph.between(one, other);
    let depth = paragraph.pieces[one].depth;
    let is_within = depth > 0
        && paragraph.pieces[other].depth == depth
        && !between.iter().any(|piece| piece.ends_clause() || piece.is_mark(')') || piece.is_mark('('));
    // more figures in the brackets are a list
    let next = paragraph.pieces[other + 1..].iter().take_while(|piece| piece.depth >= depth);
    let is_pair = next.clone().all(|piece| !matches!(piece.what, What::Figure(_)));
    let is_plain = !between.iter().any(|piece| piece.has(Cue::To) || piece.has(Cue::Each)) && words(between) <= LABEL;
    if !is_percent(first) || !is_percent(second) || !is_within || !is_pair || !is_plain {
        return None;
    }
    let (high, low) = (nominal(paragraph, one)?, nominal(paragraph, other)?);
    let (new, old) = if high >= low { (one, other) } else { (other, one) };
    let index = |piece: usize| paragraph.figure(piece);
    let is_near = !nominal(paragraph, by)?.is_negative() && points(paragraph, by, old, new);
    is_near.then_some(Structure::Change {
        change: index(by)?,
        old: index(old)?,
        new: index(new)?,
        falls: false,
        unit: ChangeUnit::Points,
    })
}
