//! Amounts: a number with its unit, its brackets and its sign of money, before or behind.
//!
//! `(6,467) km`, `$ 280 million`, `75 USD million`, `20 dollars and 43 cents`, `two hours and a half`.

use super::item::Paragraph;
use super::number::{Numeral, and_fraction, number, scale_suffix};
use super::pack::{Cue, Sense, UNITS};
use super::token::{Case, Class};
use crate::figure::Number;

/// A unit as written: its id, and what one of it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub id: String,
    /// One of it is `many`/`parts` of the unit named.
    pub many: u16,
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
    let bracket = paragraph.item(start).is_some_and(|item| item.is_mark('('));
    if bracket {
        let inner = plain(paragraph, start + 1)?;
        // brackets belong to the figure where they hold nothing else
        return paragraph.is_mark(inner.end, ')').then(|| behind_bracket(paragraph, inner, start));
    }
    plain(paragraph, start)
}

fn plain(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    if let Some(one) = one_of(paragraph, start) {
        return Some(one);
    }
    let before = money_before(paragraph, start).or_else(|| percent_before(paragraph, start));
    let at = before.as_ref().map_or(start, |unit| unit.end);
    let mut numeral = said_again(paragraph, number(paragraph, at)?);
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
        if let Some(longer) = per(paragraph, Unit { end, ..money.clone() }) {
            end = longer.end;
            found = Some(longer);
        }
    }
    if let Some(money) = &found {
        // `$10 USD`: said twice
        if let Some(again) =
            unit(paragraph, end).filter(|again| again.id == money.id || money.id == "USD" && is_money(again))
        {
            end = again.end;
            found = Some(again);
        }
    } else if !numeral.is_ordinal
        && let Some(mut behind) = unit_of(paragraph, &numeral)
    {
        end = behind.end;
        if behind.id == "lb" && numeral.scale >= 6 && paragraph.senses(behind.start).any(is_pound_of_money) {
            // nobody weighs millions of pounds without saying what
            "GBP".clone_into(&mut behind.id);
        }
        if is_money(&behind)
            && let Some(exponent) = scale_behind_money(paragraph, end)
        {
            end += 1;
            numeral = numeral.scaled(exponent);
        }
        found = Some(behind);
    }
    if paragraph.has_cue(end, Cue::MinusAfter) && !numeral.value.is_negative() {
        numeral = numeral.negated();
        end += 1;
    }
    Some(with_parts(paragraph, Amount { numeral, unit: found, start, end }))
}

/// An amount with all smaller units and fractions that belong to it.
fn with_parts(paragraph: &Paragraph<'_>, mut amount: Amount) -> Amount {
    while let Some(longer) = compound(paragraph, &amount) {
        amount = longer;
    }
    amount
}

fn is_pound_of_money(sense: Sense) -> bool {
    matches!(sense, Sense::Unit { unit, .. } if UNITS[usize::from(unit)] == "GBP")
}

/// The unit behind a number; behind a fraction perhaps after `of a`.
fn unit_of(paragraph: &Paragraph<'_>, numeral: &Numeral) -> Option<Unit> {
    let at = numeral.end;
    if let Some(unit) = unit(paragraph, at) {
        return Some(unit);
    }
    let is_link = |at: usize| paragraph.has_cue(at, Cue::Of) || paragraph.has_cue(at, Cue::An);
    if numeral.is_fraction && is_link(at) {
        return unit(paragraph, at + 1).or_else(|| unit(paragraph, at + 2).filter(|_| is_link(at + 1)));
    }
    None
}

/// A number that is said again in words behind it: `881 913 (восемьсот восемьдесят одна …)`.
fn said_again(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    if !paragraph.is_mark(numeral.end, '(') || numeral.form == super::number::Form::Words {
        return numeral;
    }
    match number(paragraph, numeral.end + 1) {
        Some(again) if again.value == numeral.value && paragraph.is_mark(again.end, ')') => {
            Numeral { end: again.end + 1, ..numeral }
        }
        _ => numeral,
    }
}

/// A percent sign before its number.
fn percent_before(paragraph: &Paragraph<'_>, start: usize) -> Option<Unit> {
    let next = paragraph.item(start + 1).filter(|next| next.is_digits())?;
    let is_behind = start > 0 && paragraph.item(start - 1).is_some_and(|item| item.is_digits());
    let unit = unit_at(paragraph, start, false).filter(|unit| unit.id == "%" && !is_behind)?;
    let is_sign = paragraph.is_mark(start, '%');
    (!is_sign || next.is_glued()).then_some(unit)
}

/// One of a unit without a number: `an hour and 45 minutes`, `a gallon of milk`, Arabic `شهر واحد`.
fn one_of(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    let one = |start: usize, unit: Unit, end: usize| {
        let numeral = Numeral::new(Number::ONE, 0, super::number::Form::Words, start, end);
        Amount { numeral, unit: Some(unit), start, end }
    };
    if paragraph.has_cue(start, Cue::An) {
        let unit = unit_at(paragraph, start + 1, false).filter(|unit| unit.parts == 1 && !is_money(unit))?;
        let behind_number = start > 0 && paragraph.item(start - 1).is_some_and(|item| item.is_digits());
        let is_measure =
            matches!(unit.id.as_str(), "gal" | "l" | "ml" | "pint" | "cup" | "kg" | "g" | "lb" | "oz" | "bbl" | "t");
        let end = unit.end;
        let has_of = is_measure && paragraph.has_cue(end, Cue::Of) && !behind_number;
        let first = one(start, unit, end);
        let longer = with_parts(paragraph, first.clone());
        return (longer.end > end || has_of).then_some(longer);
    }
    let is_arabic_one = paragraph.senses(start + 1).any(|sense| matches!(sense, Sense::Cardinal(1)))
        && paragraph.language_of(start).units_before_tens
        && paragraph.item(start + 1).is_some_and(|item| !item.joins());
    let unit = unit_at(paragraph, start, false).filter(|unit| is_arabic_one && unit.parts == 1)?;
    let end = unit.end + 1;
    Some(one(start, unit, end))
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
    let is_below = paragraph.has_cue(end, Cue::MinusAfter);
    let numeral = if is_below { numeral.negated() } else { numeral };
    Some(with_parts(paragraph, Amount { numeral, unit: Some(unit), start, end: end + usize::from(is_below) }))
}

pub(super) fn is_money(unit: &Unit) -> bool {
    let code = unit.id.as_bytes();
    code.len() == 3 && code.iter().all(u8::is_ascii_uppercase) && unit.id != "BTU"
}

/// A sign or code of money before a number.
fn money_before(paragraph: &Paragraph<'_>, start: usize) -> Option<Unit> {
    let item = paragraph.item(start)?;
    let next = paragraph.item(start + 1)?;
    let has_number = next.is_digits() || item.class == Class::Mark && number(paragraph, start + 1).is_some();
    if !has_number {
        return None;
    }
    let found = unit_at(paragraph, start, false).filter(|unit| is_money(unit) && unit.parts == 1)?;
    let is_short = item.class == Class::Mark || item.length <= 3 || item.tokens > 1;
    // a word before a number is its unit only where nothing else is
    let is_free = || {
        let behind = number(paragraph, start + 1).map_or(start, |numeral| numeral.end);
        let before = start.checked_sub(1).and_then(|before| paragraph.item(before));
        before.is_none_or(|before| !before.is_digits())
            && paragraph.item(behind).is_none_or(|next| next.class == Class::Mark && !next.is_mark('%'))
    };
    (is_short || is_free()).then_some(found)
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
    // `20 (kg)`
    if item.is_mark('(') && paragraph.is_mark(at + 2, ')') && paragraph.is_word(at + 1) {
        return unit_at(paragraph, at + 1, false).map(|unit| Unit { end: at + 3, ..unit });
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
    if item.class == Class::Mark && matches!(item.letter, '"' | '\'') && closes_quote(paragraph, at) {
        return None;
    }
    let is_degree = |unit: u16| matches!(UNITS[usize::from(unit)], "°C" | "°F");
    let is_capital = item.length == 1 && item.tokens == 1 && item.case == Case::All;
    let mut found = None;
    for sense in paragraph.senses(at) {
        let (unit, worth, halves) = match sense {
            Sense::Counted { unit, halves } => (unit, (1, 1), Some(halves)),
            Sense::Unit { unit, many, parts } => (unit, (many, parts), None),
            Sense::Code(unit) if is_code => (unit, (1, 1), None),
            _ => continue,
        };
        // a capital C is a degree, a small one a cent
        let is_better = is_capital && is_degree(unit);
        if (counted == halves.is_some() || counted) && found.is_none() || is_better || counted && halves.is_some() {
            found = Some((unit, worth, halves));
        }
    }
    let (unit, (many, parts), halves) = found?;
    let is_letter = item.class == Class::Word && item.length == 1 && item.tokens == 1;
    let may_be_spaced = paragraph.has_cue(at, Cue::SpacedUnit) || is_capital && is_degree(unit);
    if is_letter && !item.is_glued() && !may_be_spaced {
        return None;
    }
    // `800,000 F-Series`: part of a name
    let is_name = is_letter && paragraph.is_mark(at + 1, '-') && paragraph.is_glued(at + 1);
    if is_name {
        return None;
    }
    let goes_on = paragraph.item(at + 1).is_some_and(|next| next.is_glued() && next.is_digits());
    if (is_letter || item.class == Class::Word && item.is_glued()) && goes_on {
        return None;
    }
    Some(Unit { id: UNITS[usize::from(unit)].to_owned(), many, parts, halves, start: at, end: at + 1 })
}

/// Whether a quotation mark closes what another one opened, and so is no inch or foot.
fn closes_quote(paragraph: &Paragraph<'_>, at: usize) -> bool {
    const FARTHEST: usize = 200;
    let mark = paragraph.items[at].letter;
    let before = &paragraph.items[at.saturating_sub(FARTHEST)..at];
    before.iter().filter(|item| item.is_mark(mark)).count() % 2 == 1
}

/// A quotient: `dollars per kilogram`, `km/h`.
fn per(paragraph: &Paragraph<'_>, unit: Unit) -> Option<Unit> {
    let at = unit.end;
    if !paragraph.has_cue(at, Cue::Per) || unit.id.contains('/') {
        return Some(unit);
    }
    let is_slash = paragraph.is_mark(at, '/');
    let is_even = paragraph.is_glued(at) == paragraph.is_glued(at + 1);
    let below = unit_at(paragraph, at + 1, false);
    // `in the year 2020` is no rate
    let is_date = paragraph.item(at + 2).is_some_and(|item| item.is_digits()) && !is_slash;
    match below {
        Some(below) if !below.id.contains('/') && !is_money(&below) && !is_date && (!is_slash || is_even) => {
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
    let is_comma =
        paragraph.is_mark(first.end, ',') && paragraph.item(first.end + 1).is_some_and(|item| !item.is_glued());
    let has_and = paragraph.has_cue(first.end + usize::from(is_comma), Cue::And)
        && paragraph.is_word(first.end + usize::from(is_comma));
    let at = first.end + usize::from(is_comma) + usize::from(has_and);
    let joined = has_and || paragraph.item(at).is_some_and(|item| item.joins());
    let second = number(paragraph, at)
        .filter(|second| !second.is_ordinal && !second.value.is_negative() && second.scale == 0)?;
    if let Some(smaller) = self::unit(paragraph, second.end) {
        let of = if is_money(unit) {
            let is_minor = smaller.parts > 1 && unit.parts == 1 && is_money(&smaller);
            i64::from(is_minor.then_some(smaller.parts)?)
        } else {
            PARTS.iter().find(|(greater, lesser, _)| *greater == unit.id && *lesser == smaller.id)?.2
        };
        let part = Number::fraction(1, of)?;
        if &second.value * &part > Number::from(3) || !(numeral.value.is_integer() || joined) {
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
    let ends_here = |end: usize| {
        paragraph.item(end).is_none_or(|next| {
            next.class == Class::Mark && (!next.is_glued() || matches!(next.letter, '.' | ',' | ';'))
        })
    };
    // `1 hour thirty`
    if unit.id == "hours" && unit.end == first.end && !is_comma && ends_here(second.end) && numeral.value.is_integer() {
        let minutes = second.small().filter(|minutes| (1..60).contains(minutes))?;
        let value = &(&numeral.value * &Number::from(60)) + &Number::from(minutes);
        let smaller = Unit { id: "minutes".to_owned(), ..unit.clone() };
        let numeral = Numeral { value, step: 0, other: None, ..numeral.clone() };
        return Some(Amount { numeral, unit: Some(smaller), end: second.end, ..first.clone() });
    }
    // `15 dollars 50`
    let is_cents = is_money(unit) && unit.parts == 1 && !is_comma && unit.end == first.end && unit.start >= numeral.end;
    let value = second.small().filter(|value| (1..=99).contains(value))?;
    if is_cents && ends_here(second.end) && numeral.value.is_integer() {
        let value = &numeral.value + &Number::fraction(value, 100)?;
        let numeral = Numeral { value, step: -2, other: None, ..numeral.clone() };
        return Some(Amount { numeral, end: second.end, ..first.clone() });
    }
    None
}
