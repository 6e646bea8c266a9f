//! Moving a date by calendar units: what `2020-03` less one month is.
//!
//! A span moved by a multiple of its own length is a span of the same kind. Moved by anything else
//! it has no name of its own and becomes an interval of years, months or days, with exactly the
//! days it should have. This is not arithmetic on lengths of time; for those see
//! [`years_between`](super::calendar::years_between).

use super::Reading;
use super::calendar::{self, Day};
use super::span::{Calendar, Division, Part, Span, Stretch};

/// A unit by which dates are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarUnit {
    /// 100 years
    Century,
    /// 10 years
    Decade,
    /// 12 months
    Year,
    /// 3 months
    Quarter,
    /// A month of the calendar that the date is written in
    Month,
    /// 7 days
    Week,
    /// A day
    Day,
}

/// A distance in the unit that the calendar counts in.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Months(i64),
    Days(i64),
}

impl Step {
    /// `None` if the distance is beyond any representable date.
    pub(super) fn new(amount: i64, unit: CalendarUnit) -> Option<Step> {
        match unit {
            CalendarUnit::Century => amount.checked_mul(1_200).map(Step::Months),
            CalendarUnit::Decade => amount.checked_mul(120).map(Step::Months),
            CalendarUnit::Year => amount.checked_mul(12).map(Step::Months),
            CalendarUnit::Quarter => amount.checked_mul(3).map(Step::Months),
            CalendarUnit::Month => Some(Step::Months(amount)),
            CalendarUnit::Week => amount.checked_mul(7).map(Step::Days),
            CalendarUnit::Day => Some(Step::Days(amount)),
        }
    }
}

impl Span {
    /// The span moved, as the first and last of the consecutive spans it becomes: twice the same
    /// one if it keeps its kind.
    ///
    /// `None` if the result leaves the range of years, if an early, mid or late part does not keep
    /// its kind, or if a Hijri date is moved by days, for the lengths of its months are not known.
    pub(super) fn shifted(self, step: Step) -> Option<(Span, Span)> {
        match step {
            Step::Months(count) => self.shifted_by_months(count),
            Step::Days(count) => self.shifted_by_days(count),
        }
    }

    fn shifted_by_months(self, distance: i64) -> Option<(Span, Span)> {
        let calendar = self.calendar();
        if let Span::Day { year, month, day, .. } = self {
            let months = i64::from(year) * 12 + i64::from(month) - 1;
            let (year, month) = calendar::year_and_month(months.checked_add(distance)?);
            let day = day.min(calendar.days_in_month(year, month)?);
            let year = year_in_range(calendar, year)?;
            let span = Span::Day { calendar, year, month, day };
            return Some((span, span));
        }
        // whole years later it is the same day of some year
        if let Span::Yearly { .. } = self {
            return (distance % 12 == 0).then_some((self, self));
        }
        let Stretch::Months { first, count } = self.whole() else {
            return None;
        };
        let first = first.checked_add(distance)?;
        if let Some(span) = self.renamed(first) {
            return Some((span, span));
        }
        if self.part() != Part::Whole {
            return None;
        }
        let last = first.checked_add(count - 1)?;
        if first % 12 == 0 && count % 12 == 0 {
            Some((year_at(calendar, first)?, year_at(calendar, last)?))
        } else {
            Some((month_at(calendar, first)?, month_at(calendar, last)?))
        }
    }

    fn shifted_by_days(self, distance: i64) -> Option<(Span, Span)> {
        let calendar = self.calendar();
        let has_no_year = matches!(self, Span::Yearly { .. });
        if calendar == Calendar::Hijri || self.part() != Part::Whole || has_no_year {
            return None;
        }
        // Of a whole span every reading gives the same days.
        let (first, last) = self.days(Reading::Tight);
        let moved = |day: Day| day_at(calendar, Day(day.0.checked_add(distance)?));
        Some((moved(first)?, moved(last)?))
    }

    /// The span of the same kind and part that begins with the given month, if there is one.
    fn renamed(self, first: i64) -> Option<Span> {
        let starts_year = first.rem_euclid(12) == 0;
        let year = first.div_euclid(12);
        match self {
            Span::Day { .. } | Span::Yearly { .. } => None,
            Span::Month { calendar, part, .. } => {
                let (year, month) = calendar::year_and_month(first);
                let year = year_in_range(calendar, year)?;
                Some(Span::Month { calendar, part, year, month })
            }
            Span::Year { calendar, part, .. } if starts_year => {
                Some(Span::Year { calendar, part, year: year_in_range(calendar, year)? })
            }
            Span::Divided { division, part, .. } => {
                let (year, number) = division_at(division, first)?;
                Some(Span::Divided { division, part, year, number })
            }
            Span::Decade { part, .. } if starts_year => Some(Span::Decade { part, leading: leading_digits(year, 10)? }),
            Span::Hundred { part, .. } if starts_year => {
                Some(Span::Hundred { part, leading: leading_digits(year, 100)? })
            }
            Span::Century { part, .. } if starts_year && (year - 1).rem_euclid(100) == 0 => {
                let last = year_in_range(Calendar::Gregorian, year.checked_add(99)?)?;
                year_in_range(Calendar::Gregorian, year)?;
                Some(Span::Century { part, index: last.div_euclid(100) - 1 })
            }
            Span::Year { .. } | Span::Decade { .. } | Span::Hundred { .. } | Span::Century { .. } => None,
        }
    }
}

/// The year, if a date may have it.
pub(super) fn year_in_range(calendar: Calendar, year: i64) -> Option<i32> {
    let earliest = match calendar {
        Calendar::Gregorian | Calendar::Julian => -calendar::YEAR_LIMIT,
        Calendar::Hijri => 1,
    };
    let valid = (earliest..=calendar::YEAR_LIMIT).contains(&year);
    i32::try_from(year).ok().filter(|_| valid)
}

/// The year and number of the season, quarter or half that begins with the given month.
fn division_at(division: Division, first: i64) -> Option<(i32, u8)> {
    let (year, month) = calendar::year_and_month(first);
    let months_before = (month - 1).checked_sub(division.first_month())?;
    let begins = months_before % division.months() == 0;
    let number = months_before / division.months() + 1;
    begins.then_some((year_in_range(Calendar::Gregorian, year)?, number))
}

/// The digits before a mask that stands for the `years` years from `first` on. The years from -9
/// to 0, which count down to a negative zero, have none.
fn leading_digits(first: i64, years: i64) -> Option<i32> {
    let last = first.checked_add(years - 1)?;
    year_in_range(Calendar::Gregorian, first)?;
    year_in_range(Calendar::Gregorian, last)?;
    let nearest_to_zero = if first < 0 { last } else { first };
    let named = nearest_to_zero % years == 0 && (first >= 0 || last < 0);
    i32::try_from(nearest_to_zero / years).ok().filter(|_| named)
}

fn year_at(calendar: Calendar, months: i64) -> Option<Span> {
    let year = year_in_range(calendar, months.div_euclid(12))?;
    Some(Span::Year { calendar, part: Part::Whole, year })
}

fn month_at(calendar: Calendar, months: i64) -> Option<Span> {
    let (year, month) = calendar::year_and_month(months);
    let year = year_in_range(calendar, year)?;
    Some(Span::Month { calendar, part: Part::Whole, year, month })
}

/// The date of a day, in a calendar whose months have known lengths.
pub(super) fn day_at(calendar: Calendar, day: Day) -> Option<Span> {
    let (year, month, day) = match calendar {
        Calendar::Gregorian => calendar::to_gregorian(day),
        Calendar::Julian => calendar::to_julian(day),
        Calendar::Hijri => return None,
    };
    Some(Span::Day { calendar, year: year_in_range(calendar, year)?, month, day })
}
