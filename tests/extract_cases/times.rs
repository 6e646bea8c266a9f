//! Dates, periods and durations of the cases, compared with ours.

use kzcheck::extract::Mention;
use kzcheck::figure::{Date, Number, Reading};

use super::scoring::number;
use super::units::converted;

/// An ISO 8601 duration as an amount and a unit of ours; those of several units in the smallest.
pub fn duration(text: &str) -> Option<(Number, &'static str)> {
    let text = text.strip_prefix('P')?.replace("WE", "W");
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    let mut total: Option<(Number, &'static str)> = None;
    for (part, names) in [
        (date, [('Y', "years"), ('M', "months"), ('W', "weeks"), ('D', "days"), ('Q', "quarters")]),
        (time, [('H', "hours"), ('M', "minutes"), ('S', "seconds"), (' ', ""), (' ', "")]),
    ] {
        let mut digits = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                digits.push(letter);
                continue;
            }
            let unit = names.iter().find(|(sign, _)| *sign == letter)?.1;
            let value = number(&digits)?;
            digits.clear();
            total = Some(match total {
                None => (value, unit),
                Some((sum, before)) => (&(&sum * &converted(before, unit)?) + &value, unit),
            });
        }
    }
    total
}

/// The days of a date of ours, by its first and its last.
pub fn days(edtf: &str) -> Option<(String, String)> {
    let extent = |text: &str| Date::parse(text).ok().map(|date| date.extent(Reading::Tight));
    match edtf.split_once('/') {
        Some((first, last)) => Some((extent(first)?.0.to_string(), extent(last)?.1.to_string())),
        None => extent(edtf).map(|(first, last)| (first.to_string(), last.to_string())),
    }
}

pub fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 4 && bytes[..4].iter().all(u8::is_ascii_digit) && (bytes.len() == 4 || bytes[4] == b'-')
}

/// Months as 30 days, years as 365, where a case of durations converts so.
pub fn rough(from: &str, to: &str) -> Option<Number> {
    match (from, to) {
        ("months", "days") => Some(Number::from(30)),
        ("years", "days") => Some(Number::from(365)),
        _ => None,
    }
}

/// Periods: the end of a case may lie behind the period or in it, as its suite has it.
pub fn is_period(mention: &Mention, date: &str, low: Option<&str>, high: Option<&str>) -> bool {
    let Some((first, last)) = days(date) else { return false };
    let hedge = mention.hedge.map(kzcheck::figure::Hedge::sign);
    let is_low = low.is_none_or(|low| first.starts_with(low) || low.starts_with(&first));
    let is_high = high.is_none_or(|high| {
        let next = Date::parse(high).ok().map(|date| date.extent(Reading::Tight).0.plus(-1).to_string());
        last.starts_with(high)
            || high.starts_with(&last)
            || next.as_deref() == Some(&last)
            || begins_with_end(date, high)
            || hedge == Some("<") && first.starts_with(high)
    });
    is_low && is_high
}

/// `2014-2018` ends on 2018-01-01 in some suites: the start of what is named last.
pub fn begins_with_end(date: &str, high: &str) -> bool {
    let last = date.split_once('/').map(|(_, last)| last);
    last.and_then(days).is_some_and(|(first, _)| first == high)
}
