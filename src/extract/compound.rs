//! Amounts in several units, and fractions behind a unit: `7 feet 10 inches`, `20 dollars and 43 cents`, `two hours and a half`.

use super::amount::Amount;
use super::item::Paragraph;
use super::number::{Form, Numeral, and_fraction, number};
use super::pack::Cue;
use super::token::Class;
use super::unit::{self, Unit, is_money};
use crate::figure::Number;

/// An amount with all smaller units and fractions that belong to it.
pub(super) fn with_parts(paragraph: &Paragraph<'_>, mut amount: Amount) -> Amount {
    while let Some(longer) = compound(paragraph, &amount) {
        amount = longer;
    }
    amount
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
    if let Some(smaller) = unit::unit(paragraph, second.end) {
        let of = if is_money(unit) {
            let is_minor = smaller.parts > 1 && unit.parts == 1 && is_money(&smaller);
            is_minor.then_some(smaller.parts)?
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
    let is_behind = unit.end == first.end && unit.start >= numeral.end;
    // `$20 43`: two digits behind whole dollars
    let is_before = unit.end == numeral.start + 1 && matches!(second.form, Form::Plain(2)) && !has_and;
    let is_cents = is_money(unit) && unit.parts == 1 && unit.many == 1 && !is_comma && (is_behind || is_before);
    let value = second.small().filter(|value| (1..=99).contains(value))?;
    if is_cents && ends_here(second.end) && numeral.value.is_integer() {
        let value = &numeral.value + &Number::fraction(value, 100)?;
        let numeral = Numeral { value, step: -2, other: None, ..numeral.clone() };
        return Some(Amount { numeral, end: second.end, ..first.clone() });
    }
    None
}
