//! One named stretch of time: a day, a month, a year, a decade and so on, or a part of one.
//!
//! A [`Span`] keeps what was written, so that it can be printed again, and knows which days that
//! may mean. It is at most eight bytes, because texts hold dates by the thousand.

use std::fmt::{self, Write as _};

use super::{Reading, calendar};
use calendar::{Day, YearText};

/// The calendar that a year, month or day is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Calendar {
    Gregorian,
    Julian,
    Hijri,
}

impl Calendar {
    /// The word that precedes a date in this calendar.
    pub(super) fn keyword(self) -> Option<&'static str> {
        match self {
            Calendar::Gregorian => None,
            Calendar::Julian => Some("julian"),
            Calendar::Hijri => Some("hijri"),
        }
    }

    /// The day of a date that exists; of the tabular calendar, if Hijri.
    pub(super) fn day(self, year: i64, month: u8, day: u8) -> Day {
        match self {
            Calendar::Gregorian => calendar::gregorian_day(year, month, day),
            Calendar::Julian => calendar::julian_day(year, month, day),
            Calendar::Hijri => calendar::hijri_day(year, month, day),
        }
    }

    /// The number of days a month may have.
    pub(super) fn days_in_month(self, year: i64, month: u8) -> Option<u8> {
        match self {
            Calendar::Gregorian => calendar::days_in_month(year, month),
            Calendar::Julian => calendar::days_in_julian_month(year, month),
            Calendar::Hijri => (1..=12).contains(&month).then_some(30),
        }
    }

    /// The first day of the month that lies `months` months after the first month of year 0.
    fn month_start(self, months: i64) -> Day {
        let (year, month) = calendar::year_and_month(months);
        self.day(year, month, 1)
    }
}

/// Which part of a span is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Whole,
    Early,
    Mid,
    Late,
}

impl Part {
    /// The word that precedes the span.
    pub(super) fn keyword(self) -> Option<&'static str> {
        match self {
            Part::Whole => None,
            Part::Early => Some("early"),
            Part::Mid => Some("mid"),
            Part::Late => Some("late"),
        }
    }

    /// Where the part begins and ends, in twelfths of the whole.
    fn twelfths(self, reading: Reading) -> (i64, i64) {
        // A date is never rounded, so truncating it changes nothing: that reading is as tight.
        let loose = reading == Reading::Loose;
        match self {
            Part::Whole => (0, 12),
            Part::Early => (0, if loose { 6 } else { 4 }),
            Part::Mid if loose => (3, 9),
            Part::Mid => (4, 8),
            Part::Late => (if loose { 6 } else { 8 }, 12),
        }
    }
}

/// A way of dividing the year into named runs of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Division {
    Season,
    Quarter,
    Half,
}

impl Division {
    /// How many months each of its runs has.
    pub(super) fn months(self) -> u8 {
        match self {
            Division::Season | Division::Quarter => 3,
            Division::Half => 6,
        }
    }

    /// How many of its runs begin in a year.
    pub(super) fn count(self) -> u8 {
        12 / self.months()
    }

    /// The month, from 0, in which its first run begins. Spring begins in March, so that winter
    /// reaches from December into the next year.
    pub(super) fn first_month(self) -> u8 {
        match self {
            Division::Season => 2,
            Division::Quarter | Division::Half => 0,
        }
    }
}

/// A named stretch of time. Years lie within `calendar::YEAR_LIMIT`, months and days exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Span {
    /// `1993-05-17`
    Day { calendar: Calendar, year: i32, month: u8, day: u8 },
    /// `XXXX-05-17`, `XXXX-05` (day 0): a day or month of some year that is not said.
    Yearly { calendar: Calendar, month: u8, day: u8 },
    /// `1993-05`
    Month { calendar: Calendar, part: Part, year: i32, month: u8 },
    /// `1993`
    Year { calendar: Calendar, part: Part, year: i32 },
    /// `2018-Q3`, `2018-H1`, `2018-21`; numbered from 1.
    Divided { division: Division, part: Part, year: i32, number: u8 },
    /// `199X`, with 199 as the leading digits. Those of a negative year count away from zero:
    /// `-004X` is -49 to -40. They are never a negative zero.
    Decade { part: Part, leading: i32 },
    /// `19XX`, with 19 as the leading digits; negative as for a decade.
    Hundred { part: Part, leading: i32 },
    /// `C06`, counted from 0: the first century is 0, the first BCE is -1.
    Century { part: Part, index: i32 },
}

impl Span {
    pub(super) fn calendar(self) -> Calendar {
        match self {
            Span::Day { calendar, .. }
            | Span::Yearly { calendar, .. }
            | Span::Month { calendar, .. }
            | Span::Year { calendar, .. } => calendar,
            _ => Calendar::Gregorian,
        }
    }

    pub(super) fn part(self) -> Part {
        match self {
            Span::Day { .. } | Span::Yearly { .. } => Part::Whole,
            Span::Month { part, .. }
            | Span::Year { part, .. }
            | Span::Divided { part, .. }
            | Span::Decade { part, .. }
            | Span::Hundred { part, .. }
            | Span::Century { part, .. } => part,
        }
    }

    /// The days or months of the whole span, of which its part may be less.
    pub(super) fn whole(self) -> Stretch {
        let (first, count) = match self {
            Span::Day { calendar, year, month, day } => {
                return Stretch::Days { first: calendar.day(year.into(), month, day), count: 1 };
            }
            // some day between the first and the last that there are
            Span::Yearly { .. } => {
                let first = calendar::gregorian_day(-calendar::YEAR_LIMIT, 1, 1);
                let last = calendar::gregorian_day(calendar::YEAR_LIMIT, 12, 31);
                return Stretch::Days { first, count: last.0 - first.0 + 1 };
            }
            Span::Month { year, month, .. } => (i64::from(year) * 12 + i64::from(month) - 1, 1),
            Span::Year { year, .. } => (i64::from(year) * 12, 12),
            Span::Divided { division, year, number, .. } => {
                let length = i64::from(division.months());
                let runs_before = i64::from(number) - 1;
                let first = i64::from(division.first_month()) + runs_before * length;
                (i64::from(year) * 12 + first, length)
            }
            Span::Decade { leading, .. } => (first_masked_year(leading, 10) * 12, 120),
            Span::Hundred { leading, .. } => (first_masked_year(leading, 100) * 12, 1_200),
            Span::Century { index, .. } => ((i64::from(index) * 100 + 1) * 12, 1_200),
        };
        Stretch::Months { first, count }
    }

    /// The first and last of the days that the span may be.
    pub(super) fn days(self, reading: Reading) -> (Day, Day) {
        self.stretch(reading).days(self.calendar())
    }

    /// The first and last day of the span and its two neighbours of the same length.
    pub(super) fn widened(self, reading: Reading) -> (Day, Day) {
        self.stretch(reading).with_neighbours().days(self.calendar())
    }

    fn stretch(self, reading: Reading) -> Stretch {
        let (first, count) = match self.whole() {
            Stretch::Months { first, count } => (first, count),
            day @ Stretch::Days { .. } => return day,
        };
        let (begin, end) = self.part().twelfths(reading);
        if (count * begin) % 12 == 0 && (count * end) % 12 == 0 {
            let count_in_part = count * (end - begin) / 12;
            return Stretch::Months { first: first + count * begin / 12, count: count_in_part };
        }
        let calendar = self.calendar();
        let start = calendar.month_start(first);
        let length = calendar.month_start(first + count).0 - start.0;
        // Thirds must not share days, so they end where the next begins: 1-10, 11-20, 21-31. A
        // loose part also takes in the day that its boundary divides.
        let rounding = if reading == Reading::Loose { 11 } else { 0 };
        let begin = length * begin / 12;
        let end = (length * end + rounding) / 12;
        Stretch::Days { first: start.plus(begin), count: end - begin }
    }
}

/// The earliest of the years that begin with the digits `leading`.
fn first_masked_year(leading: i32, years: i64) -> i64 {
    let first = i64::from(leading) * years;
    if leading < 0 { first - (years - 1) } else { first }
}

/// Consecutive months or days, before any uncertainty of the calendar.
pub(super) enum Stretch {
    /// Months of the calendar of the span, counted from the first month of year 0.
    Months {
        first: i64,
        count: i64,
    },
    Days {
        first: Day,
        count: i64,
    },
}

impl Stretch {
    fn with_neighbours(self) -> Stretch {
        match self {
            Stretch::Months { first, count } => Stretch::Months { first: first - count, count: 3 * count },
            Stretch::Days { first, count } => Stretch::Days { first: first.plus(-count), count: 3 * count },
        }
    }

    fn days(self, calendar: Calendar) -> (Day, Day) {
        let (first, last) = match self {
            Stretch::Months { first, count } => {
                (calendar.month_start(first), calendar.month_start(first + count).plus(-1))
            }
            Stretch::Days { first, count } => (first, first.plus(count - 1)),
        };
        match calendar {
            Calendar::Hijri => calendar::sighted(first, last),
            Calendar::Gregorian | Calendar::Julian => (first, last),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in [self.part().keyword(), self.calendar().keyword()].into_iter().flatten() {
            write!(out, "{word} ")?;
        }
        match *self {
            Span::Day { year, month, day, .. } => {
                write!(out, "{}-{month:02}-{day:02}", YearText(year.into()))
            }
            Span::Yearly { month, day: 0, .. } => write!(out, "XXXX-{month:02}"),
            Span::Yearly { month, day, .. } => write!(out, "XXXX-{month:02}-{day:02}"),
            Span::Month { year, month, .. } => write!(out, "{}-{month:02}", YearText(year.into())),
            Span::Year { year, .. } => write!(out, "{}", YearText(year.into())),
            Span::Divided { division, year, number, .. } => {
                write!(out, "{}-", YearText(year.into()))?;
                match division {
                    Division::Season => write!(out, "{}", 20 + number),
                    Division::Quarter => write!(out, "Q{number}"),
                    Division::Half => write!(out, "H{number}"),
                }
            }
            Span::Decade { leading, .. } => write_masked(out, leading, "X"),
            Span::Hundred { leading, .. } => write_masked(out, leading, "XX"),
            Span::Century { index, .. } => {
                let sign = if index < 0 { "-" } else { "" };
                let number = if index < 0 { -index } else { index + 1 };
                write!(out, "C{sign}{number:02}")
            }
        }
    }
}

/// Writes the leading digits of a year and a mask that brings them to four digits or more.
fn write_masked(out: &mut fmt::Formatter<'_>, leading: i32, mask: &str) -> fmt::Result {
    let digits = format!("{:0width$}", leading.unsigned_abs(), width = 4 - mask.len());
    if digits.len() + mask.len() > 4 {
        out.write_char('Y')?;
    }
    let sign = if leading < 0 { "-" } else { "" };
    write!(out, "{sign}{digits}{mask}")
}
