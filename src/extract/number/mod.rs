//! Numbers: in digits, in words, and in both (`2.5 million`, `3 hundred`, `one and a half`).
//!
//! A numeral is exact and remembers how finely it was written. Units, hedges and ranges are not its business.

mod digits;
mod fraction;
mod words;

use super::item::Paragraph;
use super::pack::{Cue, Sense};
use super::token::{Case, Class};
use crate::figure::Number;

pub(super) use digits::Mark;
pub(super) use fraction::{and_fraction, ratio};

/// A number as written.
#[derive(Clone, Debug)]
pub(super) struct Numeral {
    pub value: Number,
    /// The power of ten of the last digit that is written.
    pub step: i32,
    /// The power of ten of its scale word or suffix; 0 without.
    pub scale: u8,
    pub form: Form,
    /// The value and step of its other reading, with the mark that is in doubt.
    pub other: Option<(Number, i32)>,
    /// What its marks are.
    pub mark: Option<Mark>,
    /// A place in an order and no amount.
    pub is_ordinal: bool,
    /// A fraction such as two thirds, or a number with one.
    pub is_fraction: bool,
    /// What it may be off by, where the text says so: `2.5 ± 0.1`.
    pub spread: Option<Number>,
    pub start: usize,
    /// The item behind it.
    pub end: usize,
}

/// What a numeral is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits without any mark, so many of them.
    Plain(u32),
    /// Digits with marks.
    Marked,
    Words,
}

impl Numeral {
    pub(super) fn new(value: Number, step: i32, form: Form, start: usize, end: usize) -> Numeral {
        Numeral {
            value,
            step,
            scale: 0,
            form,
            other: None,
            mark: None,
            is_ordinal: false,
            is_fraction: false,
            spread: None,
            start,
            end,
        }
    }

    /// Ten to the power of `exponent` times as much.
    pub(super) fn scaled(mut self, exponent: u8) -> Numeral {
        let power = Number::power_of_ten(i32::from(exponent));
        self.value = &self.value * &power;
        self.step += i32::from(exponent);
        self.other = self.other.map(|(value, step)| (&value * &power, step + i32::from(exponent)));
        self.spread = self.spread.map(|spread| &spread * &power);
        self.scale = self.scale.saturating_add(exponent);
        self
    }

    pub(super) fn negated(mut self) -> Numeral {
        self.value = -&self.value;
        self.other = self.other.map(|(value, step)| (-&value, step));
        self
    }

    pub(super) fn times(mut self, factor: &Number) -> Numeral {
        self.value = &self.value * factor;
        self.spread = self.spread.map(|spread| &spread * factor);
        self
    }

    /// A whole number without marks, as a small integer.
    pub(super) fn small(&self) -> Option<i64> {
        if self.step == 0 && !self.is_fraction { self.value.to_i64() } else { None }
    }
}

/// The number that starts at an item.
pub(super) fn number(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    if paragraph.item(start)?.is_unknown_word() {
        return None;
    }
    paragraph.number(start, || read(paragraph, start))
}

fn read(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    let (negative, at) = sign(paragraph, start);
    let item = paragraph.item(at)?;
    let starts_with_point = item.is_mark('.')
        && !(at == start && item.is_glued())
        && paragraph.item(at + 1).is_some_and(|next| next.is_digits() && next.is_glued());
    let mut numeral = if item.is_digits() || starts_with_point {
        digits::digits(paragraph, at)?
    } else {
        words::words(paragraph, at)?
    };
    if !numeral.is_ordinal {
        numeral = extended(paragraph, numeral);
    }
    numeral.start = start;
    let numeral = with_spread(paragraph, numeral);
    Some(if negative { numeral.negated() } else { numeral })
}

/// `2.5 ± 0.1`, `9.83e-3 +/- 1e-5`: what a measured number may be off by.
fn with_spread(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let at = numeral.end;
    let spells = |at: usize, marks: &[char]| {
        marks
            .iter()
            .enumerate()
            .all(|(index, mark)| paragraph.is_mark(at + index, *mark) && (index == 0 || paragraph.is_glued(at + index)))
    };
    let length =
        [&['±'][..], &['+', '/', '-'], &['+', '-']].into_iter().find(|marks| spells(at, marks)).map(<[char]>::len);
    let Some(length) = length.filter(|_| numeral.form != Form::Words && !numeral.is_ordinal) else { return numeral };
    match digits::digits(paragraph, at + length).filter(|off| {
        paragraph.item(at + length).is_some_and(|item| item.is_digits()) && off.value < numeral.value.abs()
    }) {
        Some(off) => {
            let step = numeral.step.min(off.step);
            Numeral { spread: Some(off.value), step, end: off.end, ..numeral }
        }
        None => numeral,
    }
}

/// A sign before a number, and where the number starts.
fn sign(paragraph: &Paragraph<'_>, start: usize) -> (bool, usize) {
    let Some(item) = paragraph.item(start) else { return (false, start) };
    let is_next_glued = paragraph.is_glued(start + 1);
    match item.letter {
        '-' | '−' if item.class == Class::Mark => {
            let behind_mark = || {
                let before = paragraph.item(start - 1);
                before.is_some_and(|before| {
                    before.class == Class::Mark && !matches!(before.letter, '-' | '/' | '.' | ')' | '%' | ']')
                })
            };
            let stands_alone = !item.is_glued() || start == 0 || behind_mark();
            let is_only = start == 0 && paragraph.item(start + 1).is_some_and(super::item::Item::is_digits);
            if stands_alone
                && (is_next_glued || (is_only && !has_words(paragraph)) || is_measured_below_zero(paragraph, start + 1))
            {
                return (true, start + 1);
            }
            (false, start)
        }
        '+' if item.class == Class::Mark && is_next_glued && !item.is_glued() => (false, start + 1),
        _ if item.class == Class::Word && paragraph.has_cue(start, Cue::Minus) => (true, start + 1),
        _ => (false, start),
    }
}

/// Whether digits are of percent or degrees, which are often below zero: `- 2 °C` is no item of a list.
fn is_measured_below_zero(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(end) = digits::digits(paragraph, at).map(|numeral| numeral.end) else { return false };
    paragraph.senses(end).any(|sense| match sense {
        Sense::Unit { unit, .. } => paragraph.unit_id(unit) == "%" || paragraph.unit_id(unit).starts_with('°'),
        _ => false,
    })
}

fn has_words(paragraph: &Paragraph<'_>) -> bool {
    paragraph.items.iter().any(|item| item.class == Class::Word)
}

/// What may follow the first part of a number: a suffix, scale words, a fraction.
fn extended(paragraph: &Paragraph<'_>, mut numeral: Numeral) -> Numeral {
    let is_digits = numeral.form != Form::Words;
    if is_digits && let Some(exponent) = scale_suffix(paragraph, numeral.end, numeral.form == Form::Marked) {
        let end = numeral.end + 1;
        numeral = Numeral { end, ..numeral.scaled(exponent) };
    } else if is_digits {
        if paragraph.is_word(numeral.end) && paragraph.has_cue(numeral.end, Cue::Point) {
            numeral = fraction::point(paragraph, &numeral).unwrap_or(numeral);
        }
        numeral = words::behind_digits(paragraph, numeral);
    }
    fraction::with_fraction(paragraph, numeral)
}

/// A letter or two right behind digits that stand for a power of ten. A letter that is also a unit must be a capital, and
/// one that is more than a thousand, too, unless the digits have decimals: `2b` is a name.
pub(super) fn scale_suffix(paragraph: &Paragraph<'_>, at: usize, has_decimals: bool) -> Option<u8> {
    let item = paragraph.item(at).filter(|item| item.is_glued() && item.class == Class::Word)?;
    let exponent = paragraph.find(at, |sense| match sense {
        Sense::ScaleSuffix(exponent) => Some(exponent),
        _ => None,
    })?;
    let is_unit =
        paragraph.senses(at).any(|sense| matches!(sense, Sense::Unit { unit, .. } if paragraph.unit_id(unit) != "K"));
    let needs_capital = is_unit || exponent > 3 && !has_decimals;
    // among temperatures a capital K is one, too
    if item.letter == 'k' && item.case == Case::All && has_decimals && is_among_temperatures(paragraph) {
        return None;
    }
    let behind = paragraph.item(at + 1);
    let ends = !behind.is_some_and(|next| next.is_glued() && next.is_digits());
    (ends && (!needs_capital || item.case == Case::All)).then_some(exponent)
}

fn is_among_temperatures(paragraph: &Paragraph<'_>) -> bool {
    (0..paragraph.items.len()).any(|at| {
        paragraph.senses(at).any(|sense| {
            matches!(sense, Sense::Unit { unit, .. } if matches!(paragraph.unit_id(unit), "°C" | "°F"))
                && paragraph.item(at).is_some_and(|item| item.length > 1 || item.tokens > 1)
        })
    })
}
