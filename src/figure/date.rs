//! Dates as texts give them: each is one unknown day within an interval.
//!
//! `1993` is some day of that year, `late 1993` some day of its last months, `1990..1995` some day
//! of those years. A [`Date`] is kept as it was written, prints back canonically, and says which
//! days it may be. A [`Period`] is what lies between two dates, either of which may be missing.
//!
//! The notation is the Extended Date/Time Format (EDTF, ISO 8601-2), in ASCII, with additions:
//!
//! | written | is a day of |
//! |---|---|
//! | `1993-05-17`, `1993-05`, `1993` | the day, month, year |
//! | `-0043`, `Y12000` | 44 BCE (year 0 exists); a year of more than four digits |
//! | `2018-Q3`, `2018-H1` | a quarter, a half (EDTF `33`–`36`, `40`–`41` are read, too) |
//! | `2018-21` to `2018-24` | spring (March–May) to winter (December–February 2019) |
//! | `199X`, `1990s` | 1990 to 1999 |
//! | `19XX` | 1900 to 1999 |
//! | `C06`, `C-01` | the 6th century, 501 to 600; the first BCE, -99 to 0 |
//! | `early 199X`, `mid 1993`, `late C06` | a third of it; a half, in the loose reading |
//! | `1990..1995` | anything from the first day of 1990 to the last of 1995 |
//! | `julian 1917-10-25`, `hijri 1446-05` | a day, month or year of that calendar |
//! | `XXXX-05-17`, `XXXX-05` | the 17th of May, or a day of May, of a year that is not said: any day, as far as one knows |
//! | `Saturday 2022-01-08` | the day; that it was a Saturday is for others to check |
//!
//! This module judges only whether a literal makes sense in itself. It does not know what day it
//! is today, reads no prose (`May 17th`), and leaves contradictions to the rules: a wrong weekday,
//! or a period that ends before it starts.

use std::fmt;

use super::value::LiteralError;
use super::{Reading, calendar};
use calendar::{Day, Days, Weekday};
use shift::Step;
use span::{Division, Part, Span};

pub use period::Period;
pub use shift::CalendarUnit;

mod mistake;
mod parse;
mod period;
mod shift;
mod span;

/// One unknown day, and the words that limit it.
///
/// Equality compares what was written: `2018-Q1` differs from `2018-01..2018-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    first: Span,
    /// The other end of an interval such as `1990..1995`.
    last: Option<Span>,
    /// Only with a `first` that is a day, and no `last`.
    weekday: Option<Weekday>,
}

/// How precisely a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// `1993-05-17`
    Day,
    /// `1993-05`
    Month,
    /// `2018-21`
    Season,
    /// `2018-Q3`
    Quarter,
    /// `2018-H1`
    Half,
    /// `1993`
    Year,
    /// `199X`
    Decade,
    /// `C06` or `19XX`
    Century,
    /// `early 1993`
    Part,
    /// `1990..1995`
    Interval,
}

impl Date {
    /// Reads a date such as `1993-05` or `late 199X`; the module lists all forms.
    ///
    /// # Errors
    ///
    /// If the text is not a date, if no such date exists, or if it carries one of the EDTF marks
    /// `~`, `?` and `%`, for which there is [`Date::parse_with_qualifier`].
    pub fn parse(text: &str) -> Result<Date, LiteralError> {
        parse::date(text)
    }

    /// Reads a date that may end in one of the EDTF marks `~` (approximate), `?` (uncertain) and
    /// `%` (both), and returns whether it does.
    ///
    /// # Errors
    ///
    /// As for [`Date::parse`], or if a mark follows an interval, where it would qualify one end.
    pub fn parse_with_qualifier(text: &str) -> Result<(Date, bool), LiteralError> {
        parse::qualified_date(text)
    }

    /// The Gregorian date of a day, or `None` if its year is beyond [`calendar::YEAR_LIMIT`].
    pub fn from_day(day: Day) -> Option<Date> {
        shift::day_at(span::Calendar::Gregorian, day).map(Date::from_span)
    }

    fn from_span(span: Span) -> Date {
        Date { first: span, last: None, weekday: None }
    }

    /// The interval between two spans, or `None` if it would end before it starts.
    fn between(first: Span, last: Span) -> Option<Date> {
        // A loose reading only moves the ends apart, so it is enough that the tight one is valid.
        let (start, _) = first.days(Reading::Tight);
        let (_, end) = last.days(Reading::Tight);
        (start <= end).then_some(Date { first, last: Some(last), weekday: None })
    }

    /// The days that the date may be; neither end is open.
    ///
    /// The reading matters to early, mid and late only: they are thirds of the whole in the tight
    /// and truncated readings; in the loose one its halves and, for mid, the half about its
    /// middle. What has a suitable number of months is split between months (`early 1993` is
    /// January to April), the rest between days (`early 1993-05` is the 1st to the 10th).
    pub fn days(&self, reading: Reading) -> Days {
        let (first, last) = self.extent(reading);
        Days::new(first, last)
    }

    /// The first and last of [`Date::days`]: where the date starts and ends if it is used not for
    /// one unknown day but for all the time that it names, as in "the rainfall of 2020".
    pub fn extent(&self, reading: Reading) -> (Day, Day) {
        let (first, end_of_first) = self.first.days(reading);
        (first, self.last.map_or(end_of_first, |last| last.days(reading).1))
    }

    /// The days within one whole unit of the date, which is what `~ 1991` means: 1990 to 1992.
    ///
    /// The unit is the precision of the date, or the length of the part if the date is an early,
    /// mid or late one. Each end of an interval is moved by the unit it is given in.
    pub fn widened(&self, reading: Reading) -> Days {
        let (first, end_of_first) = self.first.widened(reading);
        Days::new(first, self.last.map_or(end_of_first, |last| last.widened(reading).1))
    }

    /// Whether it is counted in the Gregorian calendar at both ends.
    pub fn is_gregorian(&self) -> bool {
        let is_gregorian = |span: Span| span.calendar() == span::Calendar::Gregorian;
        is_gregorian(self.first) && self.last.is_none_or(is_gregorian)
    }

    /// The day of the week that was written, whether or not it is right.
    pub fn weekday(&self) -> Option<Weekday> {
        self.weekday
    }

    /// The month of a day or of a month, in its own calendar, from 1.
    pub fn month(&self) -> Option<u8> {
        match (self.first, self.last) {
            (Span::Day { month, .. } | Span::Yearly { month, .. } | Span::Month { month, .. }, None) => Some(month),
            _ => None,
        }
    }

    /// How precisely the date is given.
    pub fn precision(&self) -> Precision {
        if self.last.is_some() {
            return Precision::Interval;
        }
        if self.first.part() != Part::Whole {
            return Precision::Part;
        }
        match self.first {
            Span::Yearly { day: 0, .. } | Span::Month { .. } => Precision::Month,
            Span::Day { .. } | Span::Yearly { .. } => Precision::Day,
            Span::Divided { division: Division::Season, .. } => Precision::Season,
            Span::Divided { division: Division::Quarter, .. } => Precision::Quarter,
            Span::Divided { division: Division::Half, .. } => Precision::Half,
            Span::Year { .. } => Precision::Year,
            Span::Decade { .. } => Precision::Decade,
            Span::Hundred { .. } | Span::Century { .. } => Precision::Century,
        }
    }

    /// The date moved by `amount` units (back, if negative), without its weekday.
    ///
    /// A day that the new month lacks becomes its last: a year after `2020-02-29` is `2021-02-28`.
    /// A date that loses its name becomes an interval: a year before `199X` is `1989..1998`, a day
    /// before `2020-03` is `2020-02-29..2020-03-30`.
    ///
    /// `None` if a year would pass [`calendar::YEAR_LIMIT`], if an early, mid or late date would
    /// lose its name, if a Hijri date would move by days, or if an interval whose ends are in
    /// different calendars would end before it starts.
    pub fn shifted(&self, amount: i64, unit: CalendarUnit) -> Option<Date> {
        let step = Step::new(amount, unit)?;
        let (first, end_of_first) = self.first.shifted(step)?;
        match self.last {
            Some(last) => Date::between(first, last.shifted(step)?.1),
            None if first == end_of_first => Some(Date::from_span(first)),
            None => Date::between(first, end_of_first),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(weekday) = self.weekday {
            write!(out, "{weekday} ")?;
        }
        self.first.fmt(out)?;
        self.last.map_or(Ok(()), |last| write!(out, "..{last}"))
    }
}

#[cfg(test)]
mod tests;
