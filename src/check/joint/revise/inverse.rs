//! The inverses of single operations over intervals, and the scales on which durations meet.

use super::Empty;
use crate::check::domain::Domain;
use crate::check::evaluate::{Computed, months};
use crate::figure::{Day, End, Interval, Number, calendar, months_as_days};
use crate::rules::expression::Comparison;

/// How far an anniversary can fall from the day that a count of months leads to.
const CALENDAR_SLACK: i64 = 5;

/// On which scale a target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Months,
    /// Base units, days for durations and dates.
    Base,
}

/// A domain cut to a target.
pub(super) fn narrowed(domain: &Domain, target: &Interval) -> Result<Domain, Empty> {
    Ok(match domain {
        Domain::Number { interval, calendar } => {
            Domain::Number { interval: interval.intersection(target).ok_or(Empty)?, calendar: *calendar }
        }
        Domain::Days(days) => Domain::Days(whole_days(&days.intersection(target).ok_or(Empty)?)?),
        Domain::Extent { .. } => domain.clone(),
    })
}

/// A day is a whole number.
pub(super) fn whole_days(days: &Interval) -> Result<Interval, Empty> {
    let low = days.low().number().map_or(End::Unbounded, |low| {
        let day = low.ceiling();
        End::Closed(if days.low().is_closed() || &day != low { day } else { &day + &Number::ONE })
    });
    let high = days.high().number().map_or(End::Unbounded, |high| {
        let day = high.floor();
        End::Closed(if days.high().is_closed() || &day != high { day } else { &day - &Number::ONE })
    });
    Interval::new(low, high).ok_or(Empty)
}

/// What each of several numbers can be if they add up to `total`: the total less all the others.
pub(super) fn summands(parts: &[Interval], total: &Interval) -> Vec<Interval> {
    let zero = || Interval::point(Number::ZERO);
    let mut after = vec![zero()];
    for part in parts.iter().rev() {
        after.push(after[after.len() - 1].plus(part));
    }
    let mut before = zero();
    parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            let others = before.plus(&after[parts.len() - 1 - index]);
            before = before.plus(part);
            total.minus(&others)
        })
        .collect()
}

/// What each of several numbers can be if the least of them is `target`.
pub(super) fn least(values: &[Interval], target: &Interval) -> Vec<Interval> {
    let reaches = |value: &Interval| value.is_not_above(&up_to(target.high()));
    let reaching = values.iter().filter(|value| reaches(value)).count();
    values
        .iter()
        .map(|value| if reaching == 1 && reaches(value) { target.clone() } else { from(target.low()) })
        .collect()
}

/// `x` where `x * y = product`: everything, if both can be zero.
pub(super) fn quotient(product: &Interval, y: &Interval) -> Interval {
    if product.contains(&Number::ZERO) && y.contains(&Number::ZERO) {
        return Interval::ALL;
    }
    product.divided_by(y).unwrap_or(Interval::ALL)
}

pub(super) fn up_to(end: &End) -> Interval {
    Interval::below(end.clone())
}

pub(super) fn from(end: &End) -> Interval {
    Interval::above(end.clone())
}

pub(super) fn open(end: &End) -> End {
    end.number().map_or(End::Unbounded, |number| End::Open(number.clone()))
}

pub(super) fn slackened(days: &Interval) -> Interval {
    days.plus(&Interval::closed(Number::from(-CALENDAR_SLACK), Number::from(CALENDAR_SLACK)))
}

pub(super) fn scale_of(value: &Computed) -> Scale {
    if matches!(value, Computed::Number { calendar: true, .. }) { Scale::Months } else { Scale::Base }
}

/// Two values on one scale: months where both are, or where the other is a difference of dates.
pub(super) fn on_one_scale(a: &Computed, b: &Computed) -> (Interval, Interval, Scale) {
    match (scale_of(a), scale_of(b)) {
        (Scale::Months, Scale::Base) => match b {
            Computed::Difference { from, to } => (a.interval(), months(from, to), Scale::Months),
            _ => (months_as_days(&a.interval()), b.interval(), Scale::Base),
        },
        (Scale::Base, Scale::Months) => match a {
            Computed::Difference { from, to } => (months(from, to), b.interval(), Scale::Months),
            _ => (a.interval(), months_as_days(&b.interval()), Scale::Base),
        },
        (scale, _) => (a.interval(), b.interval(), scale),
    }
}

pub(super) fn in_days(value: &Computed) -> Interval {
    if scale_of(value) == Scale::Months { months_as_days(&value.interval()) } else { value.interval() }
}

/// The months that can be so many days: the inverse of [`months_as_days`].
pub(super) fn days_as_months(days: &Interval) -> Interval {
    let month = months_as_days(&Interval::point(Number::ONE));
    let middle = match (month.low().number(), month.high().number()) {
        (Some(low), Some(high)) => &(low + high) * &Number::fraction(1, 2).unwrap_or(Number::ONE),
        _ => return Interval::ALL,
    };
    slackened(days).scaled(&middle.reciprocal().unwrap_or(Number::ONE))
}

/// The days whose year lies in an interval.
pub(super) fn days_of_years(years: &Interval) -> Interval {
    let first = years.low().number().and_then(|year| year.ceiling().to_i64());
    let last = years.high().number().and_then(|year| year.floor().to_i64());
    let day = |day: Option<Day>| day.map_or(End::Unbounded, |day| End::Closed(Number::from(day.0)));
    let start = |year: i64| calendar::from_gregorian(year, 1, 1);
    let low = day(first.and_then(start));
    let high = day(last.and_then(|year| start(year.checked_add(1)?)).map(|next| next.plus(-1)));
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

pub(super) fn inverse(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Unequal,
        Comparison::Unequal => Comparison::Equal,
        Comparison::Below => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Above,
        Comparison::Above => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Below,
        Comparison::Within => Comparison::Within,
    }
}
