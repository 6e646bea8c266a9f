//! Ranges: two numbers with a dash or a word between them, or with a bound on either side.
//!
//! `18 to 21 %`, `10$-20$`, `between 5 and 6 km`, `more than 10 and less than 20`. What is said once (unit, scale word)
//! holds for both ends.

use super::amount::{self, Amount};
use super::bounds;
use super::date;
use super::figure::{Stated, bytes};
use super::hedge;
use super::item::Paragraph;
use super::mention::{Figure, Kind};
use super::number::{Form, Numeral};
use super::pack::Cue;
use super::sort;
use super::token::Class;
use super::unit::Unit;
use crate::figure::{Hedge, Number};

/// A second end behind an amount: `18 to 21 %`, `10$-20$`, `between 5 and 6 km`.
pub(super) fn range(paragraph: &Paragraph<'_>, first: &Amount) -> Option<(Numeral, Numeral, usize, Option<Unit>)> {
    if first.numeral.is_ordinal && first.numeral.form != Form::Words {
        return None;
    }
    let start = first.start;
    let behind_article = usize::from(start > 1 && paragraph.has_cue(start - 1, Cue::The));
    let opens = |cue| start > behind_article && paragraph.has_cue(start - 1 - behind_article, cue);
    let between = opens(Cue::Between);
    let next = paragraph.item(first.end)?;
    // `8- to 16-meter`
    let hangs = next.is_mark('-')
        && next.is_glued()
        && paragraph.item(first.end + 1).is_some_and(|item| !item.is_glued() && item.class == Class::Word);
    let reaches = next.clitics & super::pack::CLITIC_PREPOSITION != 0
        && opens(Cue::From)
        && !paragraph.has_cue(first.end, Cue::To);
    let at = if hangs {
        date::separator(paragraph, first.end + 1)?
    } else if between && next.joins() || reaches {
        first.end
    } else if between && paragraph.has_cue(first.end, Cue::And) {
        first.end + 1 + usize::from(paragraph.has_cue(first.end + 1, Cue::The))
    } else if next.class == Class::Mark
        && next.letter == '.'
        && paragraph.is_mark(first.end + 1, '.')
        && paragraph.is_glued(first.end + 1)
    {
        first.end + 2
    } else {
        date::separator(paragraph, first.end).filter(|_| next.letter != '/')?
    };
    if next.joins() && !between {
        return None;
    }
    let at = if hedge::before(paragraph, at + 1).is_some() && !paragraph.item(at)?.is_digits() { at + 1 } else { at };
    let second = amount::amount(paragraph, at)?;
    // `ten days to 31 May`
    if date::date(paragraph, at).is_some_and(|date| date.end > second.end) {
        return None;
    }
    let (mut from, mut to) = (first.numeral.clone(), second.numeral.clone());
    let is_wordy = opens(Cue::From) || between;
    if (from.is_ordinal || to.is_ordinal) && !is_wordy {
        return None;
    }
    let (one, two) = (first.unit.as_ref(), second.unit.as_ref());
    let unit = match (one, two) {
        (Some(one), Some(two)) if one.id == two.id && one.parts == two.parts => Some(two.clone()),
        (Some(_), Some(_)) => return None,
        // `fell by 25% to 47`
        (Some(one), None) if one.id == "%" && next.class == Class::Word && !is_wordy => return None,
        (Some(one), None) => Some(one.clone()),
        (None, two) => two.cloned(),
    };
    // the scale word is said once
    if from.scale == 0 && to.scale > 0 && from.step <= 0 {
        let mantissa = &to.value * &Number::power_of_ten(-i32::from(to.scale));
        if from.value < mantissa {
            from = from.scaled(to.scale);
        }
    }
    if from.value >= to.value {
        return None;
    }
    // `from 500,000 in 2019 to 440,000`
    let is_year = |number: &Number| {
        number.is_integer()
            && *number > Number::from(1900)
            && *number < Number::from(2100)
            && *number != Number::from(2000)
    };
    if first.numeral.mark.is_none()
        && from.scale == 0
        && is_year(&from.value)
        && to.value >= Number::from(10_000)
        && one.is_none_or(|unit| unit.id == "years")
    {
        return None;
    }
    // a dash between whole bare numbers that touches neither: an aside, not a range
    let is_dash = next.class == Class::Mark;
    if is_dash && to.value.is_negative() {
        return None;
    }
    to.is_ordinal = false;
    from.is_ordinal = false;
    Some((from, to, second.end, unit))
}

/// `more than 10 and less than 20`.
pub(super) fn two_sided(paragraph: &Paragraph<'_>, first: &Amount) -> Option<(Stated, usize)> {
    let one = hedge::before(paragraph, first.start)?;
    let mut at = first.end;
    let comma = usize::from(paragraph.is_mark(at, ',') || paragraph.is_mark(at, '،'));
    at += comma;
    let joined =
        paragraph.item(at).is_some_and(|item| item.joins()) || comma == 1 && hedge::before(paragraph, at + 1).is_some();
    if !joined {
        let joins = paragraph.has_cue(at, Cue::And) || paragraph.has_cue(at, Cue::But);
        if !joins {
            return None;
        }
        // `and less than` is one phrase
        at += usize::from(hedge::before(paragraph, at + 1).is_none());
    }
    // `the tenth`
    at += usize::from(paragraph.has_cue(at + 1, Cue::The));
    let second = amount::amount(paragraph, at + 1)?;
    let two = hedge::before(paragraph, at + 1).filter(|_| second.numeral.end > at + 1)?;
    let is_low = |hedge| matches!(hedge, Hedge::Above | Hedge::AtLeast);
    let is_high = |hedge| matches!(hedge, Hedge::Below | Hedge::AtMost);
    let (from, to) = if is_low(one) && is_high(two) {
        (first, &second)
    } else if is_high(one) && is_low(two) {
        (&second, first)
    } else {
        return None;
    };
    if from.numeral.value >= to.numeral.value
        || first.unit.is_some() && second.unit.as_ref().map(|unit| &unit.id) != first.unit.as_ref().map(|unit| &unit.id)
    {
        return None;
    }
    let (start, end) = bytes(paragraph, first.start, second.end);
    let figure = Figure {
        nominal: None,
        low: Some(from.numeral.value.clone()),
        high: Some(to.numeral.value.clone()),
        from: Some(from.numeral.value.clone()),
        to: Some(to.numeral.value.clone()),
    };
    let unit = second.unit.clone();
    let (kind, unit) = sort::sort(paragraph, &second, unit.as_ref());
    Some((
        Stated {
            start,
            end,
            kind,
            figure,
            unit,
            date: None,
            hedge: None,
            other: None,
            mark: first.numeral.mark,
            is_scaled_far: false,
        },
        second.end,
    ))
}

pub(super) fn ranged(
    paragraph: &Paragraph<'_>,
    first: &Amount,
    from: &Numeral,
    to: &Numeral,
    unit: Option<Unit>,
    end: usize,
) -> Stated {
    let (start, last) = bytes(paragraph, first.start, end);
    let whole = Amount { numeral: to.clone(), unit: unit.clone(), start: first.start, end };
    let (kind, name) = sort::sort(paragraph, &whole, unit.as_ref());
    let worth = |unit: &Unit| Number::fraction(unit.many, unit.parts);
    let factor = unit.as_ref().and_then(worth).unwrap_or(Number::ONE);
    let (from, to) = (from.clone().times(&factor), to.clone().times(&factor));
    let hedge = hedge::before(paragraph, first.start).filter(|hedge| *hedge == Hedge::About);
    let is_counted = matches!(kind, Kind::Count | Kind::Number);
    Stated {
        start,
        end: last,
        kind,
        figure: bounds::of_range(&from, &to, hedge, is_counted),
        unit: name,
        date: None,
        hedge,
        other: None,
        mark: to.mark.or(from.mark),
        is_scaled_far: false,
    }
}
