//! Days, closed intervals of days, and the three calendars that name them.
//!
//! Everything here is exact integer arithmetic on day numbers. There are no clocks, time zones or
//! locales, and nothing is parsed except the names of weekdays: how a date is written is the
//! business of [`super::date`].
//!
//! Years are numbered astronomically, as in ISO 8601 and EDTF: year 0 exists and is 1 BCE.
//!
//! The calendars are written out rather than taken from `icu_calendar` or
//! `calendrical_calculations`: the arithmetic is some forty lines, and the checks of what was
//! written, the uncertainty of a Hijri date and the anniversaries would have to be added anyway.

use std::fmt;
use std::ops::Neg;
use std::str::FromStr;

pub use conversion::{
    YEAR_LIMIT, days_in_julian_month, days_in_month, from_gregorian, from_hijri, from_hijri_month, from_hijri_year,
    from_julian, is_julian_leap_year, is_leap_year, month_name, to_gregorian, to_julian,
};
pub(super) use conversion::{gregorian_day, hijri_day, julian_day, sighted, year_and_month};

mod conversion;

/// Elapsed time is measured between days no farther than this from 1970 (eleven million years),
/// so that no anniversary can leave the range of `i64`.
const FARTHEST_DAY: i64 = 4_000_000_000;

/// A day: the number of days since 1970-01-01 (negative before), printed as its Gregorian date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// The day `count` days later (earlier, if negative), stopping at the last representable day.
    pub fn plus(self, count: i64) -> Day {
        Day(self.0.saturating_add(count))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = to_gregorian(*self);
        write!(out, "{}-{month:02}-{day:02}", YearText(year))
    }
}

/// A year as EDTF writes it: four digits, and `Y` before a number that needs more.
pub(super) struct YearText(pub(super) i64);

impl fmt::Display for YearText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let long = if self.0.unsigned_abs() > 9_999 { "Y" } else { "" };
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(out, "{long}{sign}{:04}", self.0.unsigned_abs())
    }
}

/// A closed interval of days; an end that is `None` is open, without bound.
///
/// An interval made by [`Days::new`] always holds at least one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// The earliest day, or `None` if there is no earliest.
    pub first: Option<Day>,
    /// The latest day, or `None` if there is no latest.
    pub last: Option<Day>,
}

impl Days {
    /// Every day there is.
    pub const ALL: Days = Days { first: None, last: None };

    /// The days from one day to another, both included, whichever of the two is earlier.
    pub fn new(one: Day, other: Day) -> Days {
        Days { first: Some(one.min(other)), last: Some(one.max(other)) }
    }

    /// Whether `day` is one of these days.
    pub fn contains(&self, day: Day) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// Whether some day belongs to both intervals.
    pub fn overlaps(&self, other: &Days) -> bool {
        self.intersection(other).is_some()
    }

    /// The days that belong to both intervals, or `None` if there are none.
    pub fn intersection(&self, other: &Days) -> Option<Days> {
        // `None` sorts below every day, which is right for a first day and wrong for a last.
        let first = self.first.max(other.first);
        let last = match (self.last, other.last) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        let empty = matches!((first, last), (Some(first), Some(last)) if last < first);
        (!empty).then_some(Days { first, last })
    }

    /// The smallest interval that holds both, with whatever lies between them.
    pub fn hull(&self, other: &Days) -> Days {
        let last = self.last.zip(other.last).map(|(one, another)| one.max(another));
        Days { first: self.first.min(other.first), last }
    }

    /// Whether every one of these days also belongs to `outer`.
    pub fn within(&self, outer: &Days) -> bool {
        let ends_inside = match outer.last {
            None => true,
            Some(limit) => self.last.is_some_and(|last| last <= limit),
        };
        outer.first <= self.first && ends_inside
    }
}

impl fmt::Display for Days {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.first {
            first.fmt(out)?;
        }
        out.write_str("..")?;
        self.last.map_or(Ok(()), |last| last.fmt(out))
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The week from Monday to Sunday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The full English name, such as `Saturday`.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// The text is not the English name of a weekday, nor its first three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWeekday;

impl fmt::Display for UnknownWeekday {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not an English weekday: write `Saturday` or `Sat`")
    }
}

impl std::error::Error for UnknownWeekday {}

impl FromStr for Weekday {
    type Err = UnknownWeekday;

    /// Reads `Saturday` or `Sat`, in capitals or not.
    fn from_str(text: &str) -> Result<Weekday, UnknownWeekday> {
        let named = |weekday: &Weekday| {
            let name = weekday.name();
            let short = name.get(..3).unwrap_or(name);
            text.eq_ignore_ascii_case(name) || text.eq_ignore_ascii_case(short)
        };
        Weekday::ALL.into_iter().find(named).ok_or(UnknownWeekday)
    }
}

/// The day of the week on which `day` falls.
pub fn weekday(day: Day) -> Weekday {
    match day.0.rem_euclid(7) {
        0 => Weekday::Thursday, // 1970-01-01
        1 => Weekday::Friday,
        2 => Weekday::Saturday,
        3 => Weekday::Sunday,
        4 => Weekday::Monday,
        5 => Weekday::Tuesday,
        _ => Weekday::Wednesday,
    }
}

/// The day `count` Gregorian months later (earlier, if negative). Where that month is too short
/// for the day of the month, its last day is meant: a year after 29 February is 28 February.
pub fn plus_months(from: Day, count: i64) -> Day {
    let (year, month, day) = to_gregorian(from);
    let months = year.saturating_mul(12).saturating_add(i64::from(month) - 1);
    let (year, month) = year_and_month(months.saturating_add(count));
    let length = days_in_month(year, month).unwrap_or(day);
    gregorian_day(year, month, day.min(length))
}

/// A length of time in calendar years or months: `whole` of them and `numerator / denominator`
/// of the next.
///
/// The fraction is less than one; whole and numerator are never of opposite sign, so the value is
/// `whole + numerator / denominator` for negative lengths as well. Equality compares the three
/// numbers, not the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    /// Completed years or months.
    pub whole: i64,
    /// Days since the last completion.
    pub numerator: i64,
    /// Days from the last completion to the next, always positive.
    pub denominator: i64,
}

impl Neg for Elapsed {
    type Output = Elapsed;

    fn neg(self) -> Elapsed {
        Elapsed { whole: -self.whole, numerator: -self.numerator, ..self }
    }
}

/// The calendar years from one day to another, counted from anniversary to anniversary.
///
/// The anniversary of 29 February is 28 February in common years. The value never falls when `to`
/// grows and never rises when `from` grows. If `to` comes first, it is the negated length from
/// `to` to `from`. Days more than eleven million years away count as that far away.
pub fn years_between(from: Day, to: Day) -> Elapsed {
    elapsed(from, to, 12)
}

/// The calendar months from one day to another, counted like the years of [`years_between`];
/// a month after 31 January is the last of February.
pub fn months_between(from: Day, to: Day) -> Elapsed {
    elapsed(from, to, 1)
}

fn elapsed(from: Day, to: Day, months_in_unit: i64) -> Elapsed {
    if to < from {
        return -elapsed(to, from, months_in_unit);
    }
    let from = Day(from.0.clamp(-FARTHEST_DAY, FARTHEST_DAY));
    let to = Day(to.0.clamp(-FARTHEST_DAY, FARTHEST_DAY));
    let ((from_year, from_month, _), (to_year, to_month, _)) = (to_gregorian(from), to_gregorian(to));
    let months = (to_year - from_year) * 12 + i64::from(to_month) - i64::from(from_month);
    let anniversary = |count: i64| plus_months(from, count * months_in_unit);
    let mut whole = months.div_euclid(months_in_unit);
    if anniversary(whole) > to {
        whole -= 1;
    }
    let last = anniversary(whole);
    let next = anniversary(whole + 1);
    Elapsed { whole, numerator: to.0 - last.0, denominator: next.0 - last.0 }
}

#[cfg(test)]
mod tests;
