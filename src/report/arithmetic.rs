//! The arithmetic of a finding in words: in one line for lists and machines, in two for a person to follow.

use crate::check::{Arithmetic, Side};

/// One comparison in one line: both sides, and by how much they miss each other.
pub fn arithmetic(line: &Arithmetic) -> String {
    if line.relation.is_empty() {
        return line.left.formula.clone();
    }
    let miss = miss(line).map(|miss| format!("; misses by {miss}")).unwrap_or_default();
    format!("{} {} {}{miss}", side(&line.left), line.relation, side(&line.right))
}

/// All comparisons of a finding in one text.
pub fn all_arithmetic(lines: &[Arithmetic]) -> String {
    lines.iter().map(arithmetic).collect::<Vec<_>>().join("; ")
}

/// A comparison as one would write it on paper: what the figures give, then what that must be and by how much it
/// is not. A short first part stands in one line with the second and is empty.
pub fn on_paper(line: &Arithmetic) -> (String, String) {
    if line.relation.is_empty() {
        return (String::new(), line.left.formula.clone());
    }
    let date = is_date(line);
    let must = match (line.relation, date) {
        ("=", _) => "must be",
        ("!=", _) => "must not be",
        ("<=", true) => "must not be later than",
        ("<", true) => "must be earlier than",
        (">=", true) => "must not be earlier than",
        (">", true) => "must be later than",
        ("<=", false) => "must be at most",
        ("<", false) => "must be below",
        (">=", false) => "must be at least",
        (">", false) => "must be above",
        ("within", _) => "must lie within",
        (other, _) => other,
    };
    let miss = miss(line).map(|miss| format!(": misses by {miss}")).unwrap_or_default();
    joined(spelled(&line.left, date), format!("{must} {}{miss}", spelled(&line.right, date)))
}

/// Two figures of one fact, in the same two parts.
pub fn apart(line: &Arithmetic) -> (String, String) {
    let date = is_date(line);
    let miss = miss(line).map(|miss| format!(": {miss} apart")).unwrap_or_default();
    joined(spelled(&line.left, date), format!("cannot also be {}{miss}", spelled(&line.right, date)))
}

fn joined(left: String, right: String) -> (String, String) {
    if left.chars().count() <= SHORT { (String::new(), format!("{left} {right}")) } else { (left, right) }
}

/// Characters of a first part that needs no line of its own.
const SHORT: usize = 30;

/// A side with the value it gives and the range that rounding leaves to it.
fn spelled(side: &Side, date: bool) -> String {
    let mut text = if date { plain(&side.formula) } else { side.formula.clone() };
    if let (false, Some(nominal)) = (side.is_figure, &side.nominal) {
        let value = with_unit(nominal, side);
        if value != text {
            text.push_str(&format!(" = {value}"));
        }
    }
    let unit = |value: &str| with_unit(value, side);
    let range = match (&side.low, &side.high) {
        (Some(low), Some(high)) if low == high => {
            let said = side.nominal.as_deref() == Some(low) || *low == side.formula;
            if said { String::new() } else { unit(low) }
        }
        (Some(low), Some(high)) => format!("{low} to {}", unit(high)),
        (Some(low), None) if date => format!("{low} or later"),
        (None, Some(high)) if date => format!("{high} or earlier"),
        (Some(low), None) => format!("{} or more", unit(low)),
        (None, Some(high)) => format!("{} or less", unit(high)),
        (None, None) => String::new(),
    };
    let rounded = !date && side.low.is_some() && side.high.is_some() && !side.formula.contains(['~', '<', '>']);
    match (range.is_empty(), rounded && side.low != side.high) {
        (true, _) => text,
        (false, true) => format!("{text}; rounding allows {range}"),
        (false, false) => format!("{text}, that is {range}"),
    }
}

/// A side with its arithmetic: `58.9 + 25.9 % = 84.8 % (84.7 to 84.9)`.
pub fn side(side: &Side) -> String {
    let range = match (&side.low, &side.high) {
        (Some(low), Some(high)) if low == high => {
            let exact = side.nominal.as_deref() == Some(low);
            if exact { String::new() } else { low.clone() }
        }
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} and more"),
        (None, Some(high)) => format!("{high} and less"),
        (None, None) => String::new(),
    };
    let mut text = side.formula.clone();
    if let (false, Some(nominal)) = (side.is_figure, &side.nominal) {
        let value = with_unit(nominal, side);
        if value != text {
            text.push_str(&format!(" = {value}"));
        }
    }
    if !range.is_empty() && range != side.formula {
        text.push_str(&format!(" ({range})"));
    }
    text
}

/// A number of a side with the side's unit.
pub fn with_unit(value: &str, side: &Side) -> String {
    match side.unit.as_str() {
        "" => value.to_owned(),
        unit => format!("{value} {unit}"),
    }
}

/// Whether a comparison is one of dates.
pub fn is_date(line: &Arithmetic) -> bool {
    let is_day = |end: &Option<String>| {
        end.as_deref().is_some_and(|text| {
            let body = text.strip_prefix('-').unwrap_or(text);
            body.split('-').count() == 3 && body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
    };
    [&line.left, &line.right].into_iter().any(|side| is_day(&side.low) || is_day(&side.high))
}

/// By how much a comparison misses; a long time in years.
fn miss(line: &Arithmetic) -> Option<String> {
    let miss = line.miss.as_deref()?;
    let days: Option<f64> = miss.strip_suffix(" days").and_then(|days| days.replace(',', "").parse().ok());
    Some(match days {
        Some(days) if is_date(line) && days >= 2.0 * YEAR => format!("more than {:.0} years", (days / YEAR).floor()),
        _ => miss.to_owned(),
    })
}

/// Days of a Gregorian year, on average. No verdict hangs on it.
const YEAR: f64 = 365.2425;

/// The digits of a figure with the marks between them: `14,030` of `(14,030) مليار`.
pub fn digits(written: &str) -> &str {
    let is_part = |letter: char| letter.is_numeric() || matches!(letter, ',' | '.' | '٬' | '٫' | '\'' | '’');
    let runs = written.split(|letter: char| !is_part(letter)).map(|run| run.trim_matches([',', '.', '’', '\'']));
    runs.max_by_key(|run| (run.contains(','), run.len())).filter(|run| !run.is_empty()).unwrap_or(written)
}

/// A single figure of the value language in words: `early C16` is the early 16th century.
pub fn plain(figure: &str) -> String {
    for end in ["start", "end"] {
        let call = figure.strip_prefix(end).and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
        if let Some(inner) = call.filter(|inner| !inner.contains(['(', ',', ')'])) {
            return format!("the {end} of {}", plain(inner));
        }
    }
    if figure.contains(" + ") || figure.contains(" − ") || figure.contains('(') || figure.contains(" and ") {
        return figure.to_owned();
    }
    let (hedge, rest) = figure.split_once(' ').unwrap_or(("", figure));
    let date = is_dated(rest);
    let words = match (hedge, date) {
        ("~" | "~=", _) => "about",
        (">", true) => "after",
        (">=", true) => "not before",
        ("<", true) => "before",
        ("<=", true) => "not after",
        (">", false) => "more than",
        (">=", false) => "at least",
        ("<", false) => "less than",
        ("<=", false) => "at most",
        ("exact", _) => return plain(rest),
        _ => return century(figure).unwrap_or_else(|| figure.to_owned()),
    };
    format!("{words} {}", plain(rest))
}

/// A year, a day, a century: what a hedge speaks of in terms of before and after.
fn is_dated(figure: &str) -> bool {
    let is_day = figure.len() >= 7 && figure.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_year = figure.len() == 4 && figure.bytes().all(|byte| byte.is_ascii_digit());
    (is_day && figure.contains('-')) || is_year || century(figure).is_some()
}

/// `C16`, `early C16`.
fn century(figure: &str) -> Option<String> {
    let (part, name) = figure.rsplit_once(' ').unwrap_or(("", figure));
    let number: u32 = name.strip_prefix('C')?.parse().ok()?;
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    match part {
        "" => Some(format!("the {number}{ending} century")),
        "early" | "mid" | "late" => Some(format!("the {part} {number}{ending} century")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Side {
        let ends = Some(text.to_owned());
        Side { formula: text.to_owned(), low: ends.clone(), high: ends, is_figure: true, ..Side::default() }
    }

    #[test]
    fn long_times_are_told_in_years() {
        let line = |miss: &str| Arithmetic {
            left: day("1936-12-05"),
            relation: "<=",
            right: day("1880-01-01"),
            miss: Some(miss.to_owned()),
        };
        assert_eq!(miss(&line("19750 days")).unwrap(), "more than 54 years");
        assert_eq!(miss(&line("366 days")).unwrap(), "366 days");
        let (left, right) = on_paper(&line("10 days"));
        assert_eq!((&*left, &*right), ("", "1936-12-05 must not be later than 1880-01-01: misses by 10 days"));
    }

    #[test]
    fn figures_read_as_words() {
        for (figure, words) in [
            ("early C16", "the early 16th century"),
            ("C21", "the 21st century"),
            ("C12", "the 12th century"),
            (">= 1991-12-26", "not before 1991-12-26"),
            ("> 19 billion USD", "more than 19 billion USD"),
            (">= 1991", "not before 1991"),
            ("start(1456/1847)", "the start of 1456/1847"),
            ("start(early C16)", "the start of the early 16th century"),
            ("58.9 %", "58.9 %"),
            ("exact 5", "5"),
            ("~ 10,000 km", "about 10,000 km"),
        ] {
            assert_eq!(plain(figure), words);
        }
    }

    #[test]
    fn rounding_is_shown_with_its_unit() {
        let sum = Side {
            formula: "40 + 59 %".to_owned(),
            nominal: Some("99".to_owned()),
            low: Some("98".to_owned()),
            high: Some("99.9".to_owned()),
            unit: "%".to_owned(),
            is_figure: false,
        };
        assert_eq!(spelled(&sum, false), "40 + 59 % = 99 %; rounding allows 98 to 99.9 %");
        assert_eq!(side(&sum), "40 + 59 % = 99 % (98 to 99.9)");
    }
}
