//! Checks of one value by itself: its dimension, its bounds, its weekday, what the text calls it.

use super::super::domain::Domain;
use super::super::finding::{Detail, Verdict};
use super::super::run::Runner;
use super::{Report, each_claim, finding};
use crate::figure::value::print_rounded;
use crate::figure::{Date, Day, Dimension, End, Hedge, Interval, Number, Reading, Value, calendar};
use crate::rules::rule::Rule;

/// The value is of the dimension that its measure has.
pub(super) fn right_dimension(runner: &Runner<'_>, rule: &Rule) -> Report {
    let vocabulary = &runner.rules.vocabulary;
    each_claim(runner, |index| {
        let claim = runner.claims.get(index);
        let expected = vocabulary.measure(claim.key?.measure).dimension;
        if claim.value.fits(expected, &vocabulary.units) {
            return None;
        }
        let found = claim.value.dimension(&vocabulary.units).to_string();
        let detail = Detail::WrongDimension { expected: expected.to_string(), found };
        Some(finding(rule, Some(Verdict::Impossible), detail).with([index]))
    })
}

/// The value lies within the bounds of its measure.
pub(super) fn within_bounds(runner: &Runner<'_>, rule: &Rule) -> Report {
    let vocabulary = &runner.rules.vocabulary;
    each_claim(runner, |index| {
        let claim = runner.claims.get(index);
        let measure = vocabulary.measure(claim.key?.measure);
        let bounds = measure.bounds.as_ref()?;
        if is_above_zero(&claim.value) && is_from_zero(bounds) {
            return None;
        }
        if !claim.value.fits(measure.dimension, &vocabulary.units) {
            return None;
        }
        let inside = |reading| match runner.reader.claim(index, reading) {
            // bounds of durations are in days; a month has about thirty
            Domain::Number { interval, calendar: true } => crate::figure::months_as_days(&interval).overlaps(bounds),
            Domain::Number { interval, .. } | Domain::Days(interval) => interval.overlaps(bounds),
            Domain::Extent { start, end } => start.overlaps(bounds) && end.overlaps(bounds),
        };
        let verdict = runner.options.readings.verdict(inside);
        if verdict == Verdict::Holds {
            return None;
        }
        let detail = Detail::OutOfBounds { bounds: print_bounds(bounds, &claim.value, measure.dimension, runner) };
        Some(finding(rule, Some(verdict), detail).with([index]))
    })
}

/// Whether some of what a value stands for is surely not below zero, at a glance.
fn is_above_zero(value: &Value) -> bool {
    match value {
        Value::Quantity(quantity) => {
            !quantity.number.significand().is_negative()
                && !matches!(quantity.hedge, Some(Hedge::Below | Hedge::AtMost))
        }
        _ => false,
    }
}

/// Whether the bounds are "zero or more", as those of nearly every measure.
fn is_from_zero(bounds: &Interval) -> bool {
    bounds.high().number().is_none() && *bounds.low() == End::Closed(Number::ZERO)
}

/// `at least 0 km`, `0 to 100 %`: in the unit of the value.
fn print_bounds(bounds: &Interval, value: &Value, dimension: Dimension, runner: &Runner<'_>) -> String {
    let units = &runner.rules.vocabulary.units;
    let calendar = units.is_calendar(value.unit());
    let unit = if calendar { "days".to_owned() } else { units.name(value.unit()) };
    let inverse = if calendar { None } else { units.factor(value.unit()).reciprocal() };
    let print = |number: &crate::figure::Number| {
        if matches!(dimension, Dimension::Date | Dimension::Period) {
            return number
                .to_i64()
                .and_then(|day| Date::from_day(Day(day)))
                .map_or_else(String::new, |date| date.to_string());
        }
        if dimension == Dimension::Rank {
            return format!("#{number}");
        }
        let text = print_rounded(&inverse.as_ref().map_or_else(|| number.clone(), |inverse| number * inverse), 3);
        if unit.is_empty() { text } else { format!("{text} {unit}") }
    };
    match (bounds.low().number(), bounds.high().number()) {
        (Some(low), Some(high)) => format!("{} to {}", print(low), print(high)),
        (Some(low), None) => format!("at least {}", print(low)),
        (None, Some(high)) => format!("at most {}", print(high)),
        (None, None) => String::new(),
    }
}

/// The date fell on the day of the week that is said.
pub(super) fn weekday(runner: &Runner<'_>, rule: &Rule) -> Report {
    let dated = |index| match &runner.claims.get(index).value {
        Value::Date { date, .. } => Some((date.weekday()?, date.days(Reading::Tight).first?)),
        _ => None,
    };
    let mut report = each_claim(runner, |index| {
        let (said, day) = dated(index)?;
        let was = calendar::weekday(day);
        if said == was {
            return None;
        }
        let detail = Detail::Weekday { said: said.name(), was: was.name() };
        Some(finding(rule, Some(Verdict::Impossible), detail).with([index]))
    });
    report.append(super::notation::made(runner, rule, &report.findings, |index| dated(index).is_some()));
    report
}

/// What the text calls the figure is what it is.
pub(super) fn called(runner: &Runner<'_>, rule: &Rule) -> Report {
    let mut indexes: Vec<_> = runner.claims.extras.keys().copied().collect();
    indexes.sort_unstable();
    let mut report = Report::default();
    for index in indexes {
        let claim = runner.claims.get(index);
        let called = runner.claims.extras(index).and_then(|extras| extras.called.as_deref());
        let (Some(called), Some(key)) = (called, claim.key) else { continue };
        let dimension = runner.rules.vocabulary.measure(key.measure).dimension;
        if Dimension::named(called).is_some_and(|called| called != dimension) {
            let detail = Detail::Called { called: called.to_owned(), is: dimension.to_string() };
            report.findings.push(finding(rule, None, detail).with([index]));
        }
    }
    report
}
