//! Periods as words: the one name that all ways of writing the same days share.
//!
//! Facts are keyed by words, so a period must have one spelling: `2018-Q1`, `2018-01/2018-03` and
//! `2018-01-01/2018-03-31` all become `2018-Q1`.

use crate::figure::date::CalendarUnit;
use crate::figure::{Date, Day, Days, Period, Reading, Value, calendar};

/// The days that a value names as an extent; `None` for what is no period, or one that ends before it begins.
pub fn days_of(value: &Value) -> Option<Days> {
    match value {
        Value::Date { hedge: None, date } => {
            let (first, last) = date.extent(Reading::Tight);
            Some(Days { first: Some(first), last: Some(last) })
        }
        Value::Period(period) => period.days(Reading::Tight),
        _ => None,
    }
}

/// The name of an extent of days.
pub fn name(days: Days) -> String {
    if let (Some(first), Some(last)) = (days.first, days.last)
        && let Some(name) = calendar_name(first, last)
    {
        return name;
    }
    let start = days.first.map_or("..".to_owned(), start_name);
    let end = days.last.map_or("..".to_owned(), end_name);
    format!("{start}/{end}")
}

/// The days of a name that [`name`] made.
pub fn days(name: &str) -> Option<Days> {
    let whole = |date: Date| {
        let (first, last) = date.extent(Reading::Tight);
        Days { first: Some(first), last: Some(last) }
    };
    if name.contains('/') { Period::parse(name).ok()?.days(Reading::Tight) } else { Date::parse(name).ok().map(whole) }
}

/// The name of the period so much later; `None` where it has none.
pub fn shifted(name: &str, amount: i64, unit: CalendarUnit) -> Option<String> {
    let days = if name.contains('/') {
        Period::parse(name).ok()?.shifted(amount, unit)?.days(Reading::Tight)?
    } else {
        let (first, last) = Date::parse(name).ok()?.shifted(amount, unit)?.extent(Reading::Tight);
        Days { first: Some(first), last: Some(last) }
    };
    Some(self::name(days))
}

/// A day, month, quarter, half, year or decade, if the days are just that.
fn calendar_name(first: Day, last: Day) -> Option<String> {
    let (year, month, day) = calendar::to_gregorian(first);
    if first == last {
        return Some(format!("{first}"));
    }
    let year_text = year_name(year);
    let mut candidates = vec![format!("{year_text}-{month:02}")];
    if day == 1 && month % 3 == 1 {
        candidates.push(format!("{year_text}-Q{}", month / 3 + 1));
    }
    if day == 1 && month % 6 == 1 {
        candidates.push(format!("{year_text}-H{}", month / 6 + 1));
    }
    if day == 1 && month == 1 {
        candidates.push(year_text.clone());
        if year.rem_euclid(10) == 0 {
            candidates.push(format!("{}X", &year_text[..year_text.len() - 1]));
        }
    }
    candidates.into_iter().find(|text| Date::parse(text).is_ok_and(|date| date.extent(Reading::Tight) == (first, last)))
}

/// The shortest date that starts on this day.
fn start_name(day: Day) -> String {
    match calendar::to_gregorian(day) {
        (year, 1, 1) => year_name(year),
        (year, month, 1) => format!("{}-{month:02}", year_name(year)),
        _ => format!("{day}"),
    }
}

/// The shortest date that ends on this day.
fn end_name(day: Day) -> String {
    let (year, month, _) = calendar::to_gregorian(day);
    match calendar::to_gregorian(day.plus(1)) {
        (_, 1, 1) => year_name(year),
        (_, _, 1) => format!("{}-{month:02}", year_name(year)),
        _ => format!("{day}"),
    }
}

/// A year as dates write it: four digits, more after `Y`.
fn year_name(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        let value = Value::parse(text, Some(crate::figure::Dimension::Period), &Default::default()).unwrap();
        name(days_of(&value).unwrap())
    }

    #[test]
    fn the_same_days_have_one_name() {
        for text in ["2018-Q1", "2018-01/2018-03", "2018-01-01/2018-03-31"] {
            assert_eq!(named(text), "2018-Q1");
        }
        assert_eq!(named("2018-01/2018-12"), "2018");
        assert_eq!(named("2010/2019"), "201X");
        assert_eq!(named("2005/2018-07"), "2005/2018-07");
        assert_eq!(named("mid 2020"), "2020-05/2020-08");
        assert_eq!(named("1991/.."), "1991/..");
        assert_eq!(named("2020-02-29"), "2020-02-29");
    }

    #[test]
    fn names_lead_back_to_the_days_and_can_be_shifted() {
        for text in ["2018-Q1", "2018", "201X", "2005/2018-07", "2020-05/2020-08", "1991/..", "../1991", "2020-02-29"] {
            assert_eq!(name(days(text).unwrap()), text);
        }
        assert_eq!(shifted("2020", -1, CalendarUnit::Year).as_deref(), Some("2019"));
        assert_eq!(shifted("2020-H1", -1, CalendarUnit::Year).as_deref(), Some("2019-H1"));
        assert_eq!(shifted("2005/2018-07", 1, CalendarUnit::Year).as_deref(), Some("2006/2019-07"));
    }
}
