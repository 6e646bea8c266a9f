//! Periods: the time between two dates, either of which may be missing.

use std::fmt;

use super::calendar::Days;
use super::{CalendarUnit, Date, LiteralError, Reading, parse};

/// The time from one date to another, such as `1456/1847`.
///
/// `1991/..` (also read `1991/`) has no end and `../1991` (also read `/1991`) no start; at least
/// one of the two is given. The ends are in the order written, even if that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start: Option<Date>,
    end: Option<Date>,
}

impl Period {
    /// The period between two dates, or `None` if neither is given.
    pub fn new(start: Option<Date>, end: Option<Date>) -> Option<Period> {
        (start.is_some() || end.is_some()).then_some(Period { start, end })
    }

    /// Reads a period such as `1456/1847` or `1991/..`.
    ///
    /// # Errors
    ///
    /// If there is not exactly one `/`, if both ends are open, or if one is not a date.
    pub fn parse(text: &str) -> Result<Period, LiteralError> {
        parse::period(text)
    }

    /// The date on which the period starts, or `None` if it has no start.
    pub fn start(&self) -> Option<Date> {
        self.start
    }

    /// The date on which the period ends, its last day, or `None` if it has no end.
    pub fn end(&self) -> Option<Date> {
        self.end
    }

    /// The days on which the period may start: every day, if it has no start.
    pub fn start_days(&self, reading: Reading) -> Days {
        self.start.map_or(Days::ALL, |start| start.days(reading))
    }

    /// The days on which the period may end: every day, if it has no end.
    pub fn end_days(&self, reading: Reading) -> Days {
        self.end.map_or(Days::ALL, |end| end.days(reading))
    }

    /// The days that the period may hold, from the earliest on which it may start to the latest on
    /// which it may end. `None` if it ends before it starts.
    pub fn days(&self, reading: Reading) -> Option<Days> {
        let from_start = Days { last: None, ..self.start_days(reading) };
        let to_end = Days { first: None, ..self.end_days(reading) };
        from_start.intersection(&to_end)
    }

    /// The period with both dates moved as by [`Date::shifted`]; `None` if one cannot be.
    pub fn shifted(&self, amount: i64, unit: CalendarUnit) -> Option<Period> {
        let shifted = |date: Option<Date>| match date {
            None => Some(None),
            Some(date) => date.shifted(amount, unit).map(Some),
        };
        Some(Period { start: shifted(self.start)?, end: shifted(self.end)? })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.start {
            Some(start) => write!(out, "{start}/")?,
            None => out.write_str("../")?,
        }
        match self.end {
            Some(end) => end.fmt(out),
            None => out.write_str(".."),
        }
    }
}
