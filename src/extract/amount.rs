//! Amounts: a number with its unit, its brackets and its sign of money, before or behind.
//!
//! `(6,467) km`, `$ 280 million`, `75 USD million`, `20 dollars and 43 cents`, `two hours and a half`.

use super::compound::with_parts;
use super::item::Paragraph;
use super::number::{Form, Numeral, and_fraction, number, ratio, scale_suffix};
use super::pack::{Cue, Sense, Trait};
use super::token::Class;
use super::unit::{Unit, is_money, per, unit, unit_at};
use crate::figure::Number;

/// A number and its unit.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub numeral: Numeral,
    pub unit: Option<Unit>,
    pub start: usize,
    pub end: usize,
}

/// The amount that starts at an item, with what the head of its column says of it.
pub(super) fn amount(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    let amount = written(paragraph, start)?;
    Some(match &paragraph.given {
        Some(given) => given.applied_to(amount),
        None => amount,
    })
}

fn written(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    if let Some(counted) = counted(paragraph, start) {
        return Some(counted);
    }
    let bracket = paragraph.item(start).is_some_and(|item| item.is_mark('('));
    if bracket {
        let inner = plain(paragraph, start + 1)?;
        // brackets belong to the figure where they hold nothing else
        return paragraph.is_mark(inner.end, ')').then(|| {
            let inner = if is_booked_negative(paragraph, &inner) { negated(inner) } else { inner };
            behind_bracket(paragraph, inner, start)
        });
    }
    plain(paragraph, start)
}

/// Accounts write a loss in brackets: `(12.5)` in a cell, `the result is ($99.99)`. A number of a note is none.
fn is_booked_negative(paragraph: &Paragraph<'_>, inner: &Amount) -> bool {
    let numeral = &inner.numeral;
    if numeral.value.is_negative()
        || numeral.is_ordinal
        || inner.unit.as_ref().is_some_and(|unit| unit.halves.is_some())
    {
        return false;
    }
    let is_money = inner.unit.as_ref().is_some_and(is_money);
    let is_marked = numeral.form == Form::Marked && !numeral.is_fraction;
    let bracket = inner.start - 1;
    let is_said = bracket > 0 && paragraph.has_cue(bracket - 1, Cue::Is) && is_money;
    is_said || (is_marked || is_money) && paragraph.is_all(bracket, inner.end + 1)
}

fn negated(amount: Amount) -> Amount {
    Amount { numeral: amount.numeral.negated(), ..amount }
}

fn plain(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    if let Some(one) = one_of(paragraph, start) {
        return Some(one);
    }
    if let Some(share) = percent_of(paragraph, start) {
        return Some(share);
    }
    let before = money_before(paragraph, start).or_else(|| percent_before(paragraph, start));
    let at = before.as_ref().map_or(start, |unit| unit.end);
    let mut numeral = said_again(paragraph, number(paragraph, at)?);
    if before.is_none()
        && let Some(ratio) = ratio(paragraph, &numeral)
    {
        let end = ratio.end;
        return Some(Amount { numeral: ratio, unit: None, start, end });
    }
    if before.is_some() && numeral.is_ordinal {
        return None;
    }
    numeral.is_ordinal &= !counts_tens(paragraph, &numeral);
    let mut end = numeral.end;
    let mut found = before;
    if let Some(money) = &found {
        // behind a sign of money a lone `m` is a million
        if let Some(exponent) = money_scale(paragraph, &numeral) {
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
        if behind.id == "lb"
            && numeral.scale >= 6
            && paragraph.senses(behind.start).any(|sense| is_pound_of_money(paragraph, sense))
        {
            // nobody weighs millions of pounds without saying what
            "GBP".clone_into(&mut behind.id);
            behind.is_money = true;
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

/// Whether tens with an article count what follows: `حرب الثلاثين عاما`.
fn counts_tens(paragraph: &Paragraph<'_>, numeral: &Numeral) -> bool {
    let is_tens = numeral.small().is_some_and(|value| (20..100).contains(&value) && value % 10 == 0);
    // or what stands before it: `السنوات العشرين الماضية`
    let is_unit = |at: usize| {
        paragraph.item(at).is_some_and(|item| item.has_article(paragraph))
            && paragraph.senses(at).any(|sense| matches!(sense, Sense::Unit { .. }))
    };
    let has_unit = unit(paragraph, numeral.end).is_some() || numeral.start > 0 && is_unit(numeral.start - 1);
    is_tens && paragraph.language_of(numeral.start).has(Trait::UnitsBeforeTens) && has_unit
}

fn is_pound_of_money(paragraph: &Paragraph<'_>, sense: Sense) -> bool {
    matches!(sense, Sense::Unit { unit, .. } if paragraph.unit_id(unit) == "GBP")
}

/// The unit behind a number; behind a fraction perhaps after `of a`.
fn unit_of(paragraph: &Paragraph<'_>, numeral: &Numeral) -> Option<Unit> {
    let at = numeral.end;
    if let Some(unit) = unit(paragraph, at) {
        return Some(unit);
    }
    // `half an hour`, but `half a million a year`
    let is_link = |at: usize| paragraph.has_cue(at, Cue::Of) || numeral.scale == 0 && paragraph.has_cue(at, Cue::An);
    if numeral.is_fraction && is_link(at) {
        return unit(paragraph, at + 1).or_else(|| unit(paragraph, at + 2).filter(|_| is_link(at + 1)));
    }
    None
}

/// A number that is said again in words behind it: `881 913 (восемьсот восемьдесят одна …)`.
fn said_again(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    if !paragraph.is_mark(numeral.end, '(') || numeral.form == Form::Words {
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
        let numeral = Numeral::new(Number::ONE, 0, Form::Words, start, end);
        Amount { numeral, unit: Some(unit), start, end }
    };
    if paragraph.has_cue(start, Cue::An) {
        let unit = unit_at(paragraph, start + 1, false).filter(|unit| unit.parts == 1 && !is_money(unit))?;
        let behind_number = start > 0 && paragraph.item(start - 1).is_some_and(|item| item.is_digits());
        let is_measure =
            matches!(unit.id.as_str(), "gal" | "l" | "ml" | "pint" | "cup" | "kg" | "g" | "lb" | "oz" | "bbl" | "t");
        let end = unit.end;
        let has_of = is_measure && paragraph.has_cue(end, Cue::Of) && !behind_number;
        let is_cell = paragraph.is_all(start, end);
        let first = one(start, unit, end);
        let longer = with_parts(paragraph, first.clone());
        return (longer.end > end || has_of || is_cell).then_some(longer);
    }
    let is_one_behind = paragraph.senses(start + 1).any(|sense| matches!(sense, Sense::Cardinal(1)))
        && paragraph.language_of(start).has(Trait::OneBehind)
        && paragraph.item(start + 1).is_some_and(|item| !item.joins());
    let unit = unit_at(paragraph, start, false).filter(|unit| is_one_behind && unit.parts == 1)?;
    let end = unit.end + 1;
    Some(with_parts(paragraph, one(start, unit, end)))
}

/// A percentage without its sign: `percent of 10`, `نسبة ١٠`.
fn percent_of(paragraph: &Paragraph<'_>, start: usize) -> Option<Amount> {
    if !paragraph.has_cue(start, Cue::PercentOf) || start > 0 && number(paragraph, start - 1).is_some() {
        return None;
    }
    // a word that is the unit, too, needs `of`
    let has_of = paragraph.has_cue(start + 1, Cue::Of);
    let is_unit = paragraph.senses(start).any(|sense| matches!(sense, Sense::Unit { .. }));
    if is_unit && !has_of {
        return None;
    }
    let numeral = number(paragraph, start + 1 + usize::from(has_of))
        .filter(|numeral| !numeral.is_ordinal && !numeral.is_fraction)?;
    let end = numeral.end;
    // what has a unit, or goes on, says itself what it is
    let goes_on = unit(paragraph, end).is_some()
        || paragraph.has_cue(end, Cue::To)
        || paragraph
            .item(end)
            .is_some_and(|next| matches!(next.letter, ':' | '/' | '-' | '–' | '%') && next.class == Class::Mark);
    let unit = paragraph.packs.unit_named("%").filter(|_| !goes_on)?;
    Some(Amount {
        numeral,
        unit: Some(Unit { id: unit.to_owned(), many: 1, parts: 1, halves: None, is_money: false, start, end }),
        start,
        end,
    })
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
    let numeral = Numeral { is_fraction, ..Numeral::new(value, 0, Form::Words, start, start) };
    let is_below = paragraph.has_cue(end, Cue::MinusAfter);
    let numeral = if is_below { numeral.negated() } else { numeral };
    Some(with_parts(paragraph, Amount { numeral, unit: Some(unit), start, end: end + usize::from(is_below) }))
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

fn money_scale(paragraph: &Paragraph<'_>, numeral: &Numeral) -> Option<u8> {
    let at = numeral.end;
    let item = paragraph.item(at).filter(|item| item.class == Class::Word)?;
    if item.letter == 'm' && item.length == 1 && item.tokens == 1 {
        return Some(6);
    }
    scale_suffix(paragraph, at, true)
}

fn scale_behind_money(paragraph: &Paragraph<'_>, at: usize) -> Option<u8> {
    paragraph.item(at).filter(|item| !item.joins() && !item.is_glued())?;
    paragraph.find(at, |sense| match sense {
        Sense::Scale { exponent, times: 1 } if exponent > 3 => Some(exponent),
        _ => None,
    })
}
