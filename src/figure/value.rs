//! The value language: one small notation for everything that a claim can state.
//!
//! `[exact | > | >= | < | <= | ~] number[..number] [scale] [unit]` · `#2` · `[weekday] date` · `period`.
//! A [`Value`] keeps what was written; [`Value::parse`] and [`Value::print`] are inverse to each other, so the same
//! notation serves claims, rules, extraction and output. What a value means (its interval) lies in
//! [`super::quantity`] and [`super::date`].

use super::date::{Date, Period};
use super::number::Number;
use super::parse;
use super::quantity::{Decimal, Hedge, Quantity};
use super::unit::{Dimension, UnitRef, Units};

/// A stated value, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// An amount of something, a count, a share.
    Quantity(Quantity),
    /// A place in an order: `#1` is the first.
    Rank { hedge: Option<Hedge>, place: u32 },
    /// One unknown day within an interval.
    Date { hedge: Option<Hedge>, date: Date },
    /// An extent with two ends.
    Period(Box<Period>),
}

/// What is wrong with a literal, where (bytes within it), and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiteralError {
    pub message: String,
    pub start: usize,
    pub end: usize,
    pub help: Option<String>,
}

impl std::fmt::Display for LiteralError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for LiteralError {}

impl Value {
    /// Reads a literal. `expected` settles what the notation leaves open: whether `1993` is a year or a number.
    ///
    /// # Errors
    /// Where the text is no literal of the language, with the place within the text and a way out. A literal of
    /// another dimension than expected is no error here.
    pub fn parse(text: &str, expected: Option<Dimension>, units: &Units) -> Result<Value, LiteralError> {
        parse::value(text, expected, units)
    }

    /// The canonical notation.
    pub fn print(&self, units: &Units) -> String {
        let hedged = |hedge: &Option<Hedge>, text: String| match hedge {
            Some(hedge) => format!("{} {text}", hedge.sign()),
            None => text,
        };
        match self {
            Value::Quantity(quantity) => print_quantity(quantity, units),
            Value::Rank { hedge, place } => hedged(hedge, format!("#{place}")),
            Value::Date { hedge, date } => hedged(hedge, date.to_string()),
            Value::Period(period) => period.to_string(),
        }
    }

    pub fn dimension(&self, units: &Units) -> Dimension {
        match self {
            Value::Quantity(quantity) => Dimension::Quantity(units.powers(quantity.unit)),
            Value::Rank { .. } => Dimension::Rank,
            Value::Date { .. } => Dimension::Date,
            Value::Period(_) => Dimension::Period,
        }
    }

    /// Whether a value of this kind can stand for a measure of `dimension`: a date also as the extent that it is
    /// (`2020` is a period too).
    pub fn fits(&self, dimension: Dimension, units: &Units) -> bool {
        let own = self.dimension(units);
        own == dimension || (own == Dimension::Date && dimension == Dimension::Period)
    }

    pub fn unit(&self) -> UnitRef {
        match self {
            Value::Quantity(quantity) => quantity.unit,
            _ => UnitRef::NONE,
        }
    }

    pub fn hedge(&self) -> Option<Hedge> {
        match self {
            Value::Quantity(Quantity { hedge, .. }) | Value::Rank { hedge, .. } | Value::Date { hedge, .. } => *hedge,
            Value::Period(_) => None,
        }
    }
}

fn print_quantity(quantity: &Quantity, units: &Units) -> String {
    let mut text = String::new();
    if quantity.exact {
        text.push_str("exact ");
    }
    if let Some(hedge) = quantity.hedge {
        text.push_str(hedge.sign());
        text.push(' ');
    }
    text.push_str(&print_number(&quantity.number));
    let mut scale = quantity.number.scale();
    if let Some(upper) = &quantity.upper {
        text.push_str("..");
        text.push_str(&print_number(upper));
        scale = upper.scale();
    }
    if let Some(word) = scale.word() {
        text.push(' ');
        text.push_str(word);
    }
    let unit = units.name(quantity.unit);
    if !unit.is_empty() {
        text.push(' ');
        text.push_str(&unit);
    }
    text
}

/// The digits as written, with a comma between thousands: `2,725,000`, `-0.14`.
pub fn print_number(number: &Decimal) -> String {
    let decimals = usize::from(number.decimals());
    let digits = number.significand().abs().to_string();
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 2);
    if number.significand().is_negative() {
        text.push('-');
    }
    text.push_str(&grouped(whole));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A whole number's digits with a comma between thousands.
pub fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number for a reader: exact where it ends within `decimals` places, else rounded to them; with grouped thousands.
pub fn print_rounded(number: &Number, decimals: i32) -> String {
    let text = match number.exact_decimal() {
        Some(exact) if exact.rsplit_once('.').is_none_or(|(_, places)| places.len() <= decimals.max(0) as usize) => {
            exact
        }
        _ => number.with_decimals(decimals),
    };
    let (sign, size) = text.strip_prefix('-').map_or(("", text.as_str()), |size| ("-", size));
    match size.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{}.{fraction}", grouped(whole)),
        None => format!("{sign}{}", grouped(size)),
    }
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
