//! Amounts: a number with its unit, its brackets and its sign of money, before or behind.
//!
//! `(6,467) km`, `$ 280 million`, `75 USD million`, `20 dollars and 43 cents`, `two hours and a half`.

use super::item::Paragraph;
use super::number::{Numeral, and_fraction, number, scale_suffix};
use super::pack::{Cue, Sense, UNITS};
use super::token::{Case, Class};
use crate::figure::Number;

/// A unit as written: its id, and how many make one of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub id: String,
    pub parts: u16,
    /// Half units that the word itself counts: 4 for a dual.
    pub halves: Option<u8>,
    pub start: usize,
    pub end: usize,
}

/// A number and its unit.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub numeral: Numeral,
    pub unit: Option<Unit>,
    pub start: usize,
    pub end: usize,
}

/// The amount that starts at an item.
pub(super) fn amount(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    if let Some(counted) = counted(paragraph, start) {
        return Some(counted);
    }
    let bracket = paragraph.item(start).filter(|item| item.is_mark('(') || item.is_mark('['));
    if let Some(bracket) = bracket {
        let closing = if bracket.letter == '(' { ')' } else { ']' };
        let inner = plain(paragraph, start + 1)?;
        // brackets belong to the figure where they hold nothing else
        return paragraph.is_mark(inner.end, closing).then(|| behind_bracket(paragraph, inner, start));
    }
    plain(paragraph, start)
}

fn plain(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    let before = money_before(paragraph, start);
    let at = before.as_ref().map_or(start, |unit| unit.end);
    let mut numeral = number(paragraph, at)?;
    if before.is_some() && numeral.is_ordinal {
        return None;
    }
    let mut end = numeral.end;
    let mut found = before;
    if let Some(money) = &found {
        // behind a sign of money a lone `m` is a million
        if let Some(exponent) = money_scale(paragraph, end) {
            end += 1;
            numeral = numeral.scaled(exponent);
        }
        // `$10 USD`: said twice
        if let Some(again) = unit(paragraph, end).filter(|again| again.id == money.id || money.id == "USD" && is_money(again)) {
            end = again.end;
            found = Some(again);
        }
    } else if !numeral.is_ordinal
        && let Some(behind) = unit(paragraph, end)
    {
        end = behind.end;
        if is_money(&behind)
            && let Some(exponent) = scale_behind_money(paragraph, end)
        {
            end += 1;
            numeral = numeral.scaled(exponent);
        }
        found = Some(behind);
    }
    let mut amount = Amount { numeral, unit: found, start, end };
    while let Some(longer) = compound(paragraph, &amount) {
        amount = longer;
    }
    Some(amount)
}

/// What follows a number in brackets: scale word, unit.
fn behind_bracket(paragraph: &Paragraph<'_>, inner: Amount, start: usize) -> Amount {
    let mut amount = Amount { start, end: inner.end + 1, ..inner };
    let scale = |at: usize| {
        paragraph.find(at, |sense| match sense {
            Sense::Scale { exponent, times: 0 | 1 } if exponent > 1 => Some(exponent),
            _ => None,
        })
    };
    if amount.unit.is_none() && !amount.numeral.is_ordinal {
        if let Some(exponent) = scale(amount.end) {
            amount.end += 1;
            amount.numeral = amount.numeral.scaled(exponent);
        }
        if let Some(unit) = unit(paragraph, amount.end) {
            amount.end = unit.end;
            amount.unit = Some(unit);
        }
    }
    amount
}

/// A unit that counts itself: the Arabic dual, `полчаса`.
fn counted(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    let unit = unit_at(paragraph, start, true)?;
    let halves = unit.halves;
    let (value, end) = match (halves, and_fraction(paragraph, unit.end)) {
        (Some(halves), Some((part, end))) => (&Number::fraction(i64::from(halves), 2)? + &part, end),
        (Some(halves), None) => (Number::fraction(i64::from(halves), 2)?, unit.end),
        // `a litre and a half`
        (None, Some((part, end))) => (&Number::ONE + &part, end),
        (None, None) => return None,
    };
    let is_fraction = !value.is_integer();
    let numeral = Numeral { is_fraction, ..Numeral::new(value, 0, super::number::Form::Words, start, start) };
    let mut amount = Amount { numeral, unit: Some(unit), start, end };
    while let Some(longer) = compound(paragraph, &amount) {
        amount = longer;
    }
    Some(amount)
}

pub(super) fn is_money(unit: &Unit) -> bool {
    let code = unit.id.as_bytes();
    code.len() == 3 && code.iter().all(u8::is_ascii_uppercase) && unit.id != "BTU"
}

/// A sign or code of money before a number.
fn money_before(paragraph: &Paragraph<'_>, start: usize) -> Option<Unit> {
    let item = paragraph.item(start)?;
    let next = paragraph.item(start + 1)?;
    if !next.is_digits() && !(item.class == Class::Mark && super::number::number(paragraph, start + 1).is_some()) {
        return None;
    }
    let found = unit_at(paragraph, start, false).filter(|unit| is_money(unit) && unit.parts == 1)?;
    // a word of more than a code's length before a number is seldom its unit
    let is_short = item.class == Class::Mark || item.length <= 3 || item.tokens > 1;
    is_short.then_some(found)
}

fn money_scale(paragraph: &Paragraph<'_>, at: usize) -> Option<u8> {
    let item = paragraph.item(at).filter(|item| item.is_glued() && item.class == Class::Word)?;
    if item.letter == 'm' && item.length == 1 {
        return Some(6);
    }
    scale_suffix(paragraph, at)
}

fn scale_behind_money(paragraph: &Paragraph<'_>, at: usize) -> Option<u8> {
    paragraph.item(at).filter(|item| !item.joins() && !item.is_glued())?;
    paragraph.find(at, |sense| match sense {
        Sense::Scale { exponent, times: 1 } if exponent > 3 => Some(exponent),
        _ => None,
    })
}

/// The unit at an item behind a number, perhaps behind a hyphen or a word that changes nothing.
pub(super) fn unit(paragraph: &Paragraph<'_>, at: usize) -> Option<Unit> {
    let item = paragraph.item(at)?;
    if item.is_mark('-') && item.is_glued() && paragraph.is_glued(at + 1) {
        return unit_at(paragraph, at + 1, false).filter(|_| paragraph.is_word(at + 1));
    }
    if paragraph.has_cue(at, Cue::Filler)
        && let Some(unit) = unit_at(paragraph, at + 1, false)
    {
        return Some(unit);
    }
    let is_joined = item.joins();
    let unit = unit_at(paragraph, at, false).filter(|_| !is_joined)?;
    per(paragraph, unit)
}

fn unit_at(paragraph: &Paragraph<'_>, at: usize, counted: bool) -> Option<Unit> {
    let item = paragraph.item(at)?;
    if item.class == Class::Digits {
        return None;
    }
    let is_code = item.case == Case::All && item.length == 3;
    let mut found = None;
    for sense in paragraph.senses(at) {
        let (unit, parts, halves) = match sense {
            Sense::Counted { unit, halves } => (unit, 1, Some(halves)),
            Sense::Unit { unit, parts } => (unit, parts, None),
            Sense::Code(unit) if is_code => (unit, 1, None),
            _ => continue,
        };
        if counted == halves.is_some() || (counted && found.is_none()) {
            found = Some((unit, parts, halves));
            if !counted || halves.is_some() {
                break;
            }
        }
    }
    let (unit, parts, halves) = found?;
    let is_letter = item.class == Class::Word && item.length == 1 && item.tokens == 1;
    if is_letter && !item.is_glued() && !paragraph.has_cue(at, Cue::SpacedUnit) {
        let is_degree = item.case == Case::All && matches!(UNITS[usize::from(unit)], "°C" | "°F");
        if !is_degree {
            return None;
        }
    }
    let goes_on = paragraph.item(at + 1).is_some_and(|next| next.is_glued() && next.is_digits());
    if (is_letter || item.class == Class::Word && item.is_glued()) && goes_on {
        return None;
    }
    Some(Unit { id: UNITS[usize::from(unit)].to_owned(), parts, halves, start: at, end: at + 1 })
}

/// A quotient: `dollars per kilogram`, `km/h`.
fn per(paragraph: &Paragraph<'_>, unit: Unit) -> Option<Unit> {
    let at = unit.end;
    if !paragraph.has_cue(at, Cue::Per) || unit.id.contains('/') {
        return Some(unit);
    }
    let is_slash = paragraph.is_mark(at, '/');
    let below = unit_at(paragraph, at + 1, false);
    match below {
        Some(below) if !below.id.contains('/') && !is_money(&below) && (!is_slash || paragraph.is_glued(at + 1)) => {
            Some(Unit { id: format!("{}/{}", unit.id, below.id), end: below.end, ..unit })
        }
        _ => Some(unit),
    }
}

/// Units of which the second part of a compound is made: how many of the smaller one make one of the greater.
const PARTS: &[(&str, &str, i64)] = &[
    ("ft", "in", 12),
    ("yd", "ft", 3),
    ("yd", "in", 36),
    ("mi", "yd", 1760),
    ("mi", "ft", 5280),
    ("km", "m", 1000),
    ("m", "cm", 100),
    ("m", "dm", 10),
    ("m", "mm", 1000),
    ("cm", "mm", 10),
    ("kg", "g", 1000),
    ("g", "mg", 1000),
    ("lb", "oz", 16),
    ("stone", "lb", 14),
    ("t", "kg", 1000),
    ("l", "ml", 1000),
    ("hours", "minutes", 60),
    ("hours", "seconds", 3600),
    ("minutes", "seconds", 60),
    ("days", "hours", 24),
    ("weeks", "days", 7),
    ("years", "months", 12),
];

/// An amount with a second part in a smaller unit of the same kind, or with a fraction behind its unit.
fn compound(paragraph: &Paragraph<'_>, first: &Amount) -> Option<Amount> {
    let unit = first.unit.as_ref()?;
    let numeral = &first.numeral;
    if numeral.value.is_negative() {
        return None;
    }
    if let Some((part, end)) = and_fraction(paragraph, first.end).filter(|_| numeral.value.is_integer()) {
        let value = &numeral.value + &part;
        let numeral = Numeral { is_fraction: true, other: None, ..Numeral { value, ..numeral.clone() } };
        return Some(Amount { numeral, end, ..first.clone() });
    }
    let is_comma = paragraph.is_mark(first.end, ',') && paragraph.item(first.end + 1).is_some_and(|item| !item.is_glued());
    let has_and = paragraph.has_cue(first.end + usize::from(is_comma), Cue::And) && paragraph.is_word(first.end + usize::from(is_comma));
    let at = first.end + usize::from(is_comma) + usize::from(has_and);
    let joined = has_and || paragraph.item(at).is_some_and(|item| item.joins());
    let second = number(paragraph, at).filter(|second| !second.is_ordinal && !second.value.is_negative() && second.scale == 0)?;
    if let Some(smaller) = self::unit(paragraph, second.end) {
        let of = if is_money(unit) {
            let is_minor = smaller.parts > 1 && unit.parts == 1 && is_money(&smaller);
            i64::from(is_minor.then_some(smaller.parts)?)
        } else {
            PARTS.iter().find(|(greater, lesser, _)| *greater == unit.id && *lesser == smaller.id)?.2
        };
        let part = Number::fraction(1, of)?;
        if &second.value * &part >= Number::ONE || !(numeral.value.is_integer() || joined) {
            return None;
        }
        if is_money(unit) {
            let value = &numeral.value + &(&second.value * &part);
            let numeral = Numeral { value, step: -2, other: None, ..numeral.clone() };
            return Some(Amount { numeral, end: smaller.end, ..first.clone() });
        }
        let value = &(&numeral.value * &Number::from(of)) + &second.value;
        let numeral = Numeral { value, step: second.step, other: None, ..numeral.clone() };
        return Some(Amount { numeral, unit: Some(smaller.clone()), end: smaller.end, ..first.clone() });
    }
    // `15 dollars 50`
    let is_cents = is_money(unit) && unit.parts == 1 && !is_comma && unit.end == first.end && unit.start >= numeral.end;
    let value = second.small().filter(|value| (1..=99).contains(value))?;
    let ends = paragraph.item(second.end).is_none_or(|next| next.class == Class::Mark && !next.is_glued() || matches!(next.letter, '.' | ',' | ';'));
    if is_cents && ends && numeral.value.is_integer() {
        let value = &numeral.value + &Number::fraction(value, 100)?;
        let numeral = Numeral { value, step: -2, other: None, ..numeral.clone() };
        return Some(Amount { numeral, end: second.end, ..first.clone() });
    }
    None
}
