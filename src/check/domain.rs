//! What a value can be: the set of numbers or days that a claim leaves open, in one reading.

use crate::figure::{Date, Dimension, End, Hedge, Interval, Number, Reading, Rounding, Units, Value, months_as_days};
use crate::rules::MeasureId;
use crate::rules::Vocabulary;

/// The possible values of a claim or fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Domain {
    /// Numbers of base units; of calendar months where `calendar`.
    Number { interval: Interval, calendar: bool },
    /// One unknown day; ends are whole days and closed.
    Days(Interval),
    /// An extent with two unknown ends.
    Extent { start: Interval, end: Interval },
}

impl Domain {
    /// What `value` stands for. `dimension` is what its measure expects: a date may stand for the extent it names.
    pub fn of(value: &Value, dimension: Dimension, units: &Units, reading: Reading, rounding: Rounding) -> Domain {
        match value {
            Value::Quantity(quantity) => Domain::Number {
                interval: quantity.interval(units, reading, rounding),
                calendar: units.is_calendar(quantity.unit),
            },
            Value::Rank { hedge, place } => {
                Domain::Number { interval: ranks(*hedge, i64::from(*place)), calendar: false }
            }
            Value::Date { hedge: None, date } if dimension == Dimension::Period => {
                let (first, last) = date.extent(reading);
                let point = |day: crate::figure::Day| Interval::point(Number::from(day.0));
                Domain::Extent { start: point(first), end: point(last) }
            }
            Value::Date { hedge, date } if dimension == Dimension::Period => {
                // a hedged date says of an extent only where it may lie
                let days = dates(*hedge, date, reading);
                Domain::Extent { start: days.clone(), end: days }
            }
            Value::Date { hedge, date } => Domain::Days(dates(*hedge, date, reading)),
            Value::Period(period) => Domain::Extent {
                start: Interval::of_days(period.start_days(reading)),
                end: Interval::of_days(period.end_days(reading)),
            },
        }
    }

    /// What both admit; `None` where nothing, or where the two are of different kinds.
    pub fn intersection(&self, other: &Domain) -> Option<Domain> {
        match (self, other) {
            (Domain::Number { interval: a, calendar: x }, Domain::Number { interval: b, calendar: y }) if x == y => {
                Some(Domain::Number { interval: a.intersection(b)?, calendar: *x })
            }
            (Domain::Number { interval: a, calendar: x }, Domain::Number { interval: b, .. }) => {
                // one in months, one in days: they meet as days
                let (a, b) = if *x { (months_as_days(a), b.clone()) } else { (a.clone(), months_as_days(b)) };
                Some(Domain::Number { interval: a.intersection(&b)?, calendar: false })
            }
            (Domain::Days(a), Domain::Days(b)) => Some(Domain::Days(a.intersection(b)?)),
            (Domain::Extent { start: a, end: b }, Domain::Extent { start: c, end: d }) => {
                Some(Domain::Extent { start: a.intersection(c)?, end: b.intersection(d)? })
            }
            _ => None,
        }
    }

    /// The interval of a number or a day; of an extent its start.
    pub fn interval(&self) -> &Interval {
        match self {
            Domain::Number { interval, .. } | Domain::Days(interval) | Domain::Extent { start: interval, .. } => {
                interval
            }
        }
    }
}

fn ranks(hedge: Option<Hedge>, place: i64) -> Interval {
    let at = |place: i64| Number::from(place);
    let first = Number::ONE;
    match hedge {
        None => Interval::point(at(place)),
        Some(Hedge::Above) => Interval::above(End::Closed(at(place + 1))),
        Some(Hedge::AtLeast) => Interval::above(End::Closed(at(place))),
        // "among the first ten" is a rank from 1 to 10
        Some(Hedge::AtMost) => Interval::closed(first, at(place)),
        Some(Hedge::Below) => Interval::closed(first, at((place - 1).max(1))),
        Some(Hedge::About) => Interval::closed(at((place - 1).max(1)), at(place + 1)),
    }
}

fn dates(hedge: Option<Hedge>, date: &Date, reading: Reading) -> Interval {
    let (first, last) = date.extent(reading);
    let at = |day: i64| End::Closed(Number::from(day));
    match hedge {
        None => Interval::of_days(date.days(reading)),
        Some(Hedge::About) => Interval::of_days(date.widened(reading)),
        Some(Hedge::Above) => Interval::above(at(last.0.saturating_add(1))),
        Some(Hedge::AtLeast) => Interval::above(at(first.0)),
        Some(Hedge::Below) => Interval::below(at(first.0.saturating_sub(1))),
        Some(Hedge::AtMost) => Interval::below(at(last.0)),
    }
}

/// How the figures of a measure are rounded in a run: its own mode, or that of the run.
pub fn rounding_of(vocabulary: &Vocabulary, measure: Option<MeasureId>, run: Rounding) -> Rounding {
    match measure.map(|measure| vocabulary.measure(measure).rounding) {
        Some(Rounding::Truncated | Rounding::Completed) => Rounding::Completed,
        _ => run,
    }
}
