//! Evaluating an expression over what its terms can be.
//!
//! The result of arithmetic is the set of values that it can have; the result of a comparison is whether it can hold
//! and whether it can fail. A term that occurs twice counts as two independent values: that only widens, so a check
//! that cannot hold here cannot hold at all.

use super::domain::Domain;
use crate::figure::calendar::{self, Elapsed};
use crate::figure::{Day, Dimension, End, Interval, Number, Reading, Rounding, Units, Value, months_as_days};
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};

/// The domains that stand for the terms of an expression: one, or those of a set.
#[derive(Clone, Debug)]
pub enum TermDomains {
    One(Domain),
    Set(Vec<Domain>),
}

/// Whether a condition can hold, and whether it can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    pub can_hold: bool,
    pub can_fail: bool,
}

/// The value of a part of an expression.
#[derive(Clone, Debug)]
pub enum Computed {
    Number {
        interval: Interval,
        calendar: bool,
    },
    Days(Interval),
    Extent {
        start: Interval,
        end: Interval,
    },
    /// `to - from` in days, kept apart because years and months are counted along the calendar.
    Difference {
        from: Interval,
        to: Interval,
    },
    Truth(Truth),
}

impl Truth {
    const OPEN: Truth = Truth { can_hold: true, can_fail: true };

    fn not(self) -> Truth {
        Truth { can_hold: self.can_fail, can_fail: self.can_hold }
    }

    fn and(self, other: Truth) -> Truth {
        Truth { can_hold: self.can_hold && other.can_hold, can_fail: self.can_fail || other.can_fail }
    }

    fn or(self, other: Truth) -> Truth {
        self.not().and(other.not()).not()
    }
}

impl From<&Domain> for Computed {
    fn from(domain: &Domain) -> Computed {
        match domain {
            Domain::Number { interval, calendar } => {
                Computed::Number { interval: interval.clone(), calendar: *calendar }
            }
            Domain::Days(days) => Computed::Days(days.clone()),
            Domain::Extent { start, end } => Computed::Extent { start: start.clone(), end: end.clone() },
        }
    }
}

fn number(interval: Interval) -> Computed {
    Computed::Number { interval, calendar: false }
}

impl Computed {
    /// The value as a number: of base units, days or months.
    pub fn interval(&self) -> Interval {
        match self {
            Computed::Number { interval, .. } | Computed::Days(interval) => interval.clone(),
            Computed::Extent { start, end } => start.hull(end),
            Computed::Difference { from, to } => to.minus(from),
            Computed::Truth(_) => Interval::ALL,
        }
    }

    /// The truth of a condition; anything else is left open.
    pub fn truth(&self) -> Truth {
        match self {
            Computed::Truth(truth) => *truth,
            _ => Truth::OPEN,
        }
    }
}

/// Evaluates expressions with given terms.
pub struct Evaluator<'a> {
    pub terms: &'a [TermDomains],
    pub units: &'a Units,
}

impl Evaluator<'_> {
    /// Whether the assertion can hold and can fail.
    pub fn truth(&self, node: &Node) -> Truth {
        self.value(node).truth()
    }

    pub fn value(&self, node: &Node) -> Computed {
        match &node.kind {
            Kind::Term(index) => match self.terms.get(*index) {
                Some(TermDomains::One(domain)) => domain.into(),
                _ => number(Interval::ALL),
            },
            Kind::Constant(value) => constant(value, self.units),
            Kind::Negated(inner) => {
                let inner = self.value(inner);
                let calendar = matches!(inner, Computed::Number { calendar: true, .. });
                Computed::Number { interval: inner.interval().negated(), calendar }
            }
            Kind::Arithmetic(operator, left, right) => arithmetic(*operator, &self.value(left), &self.value(right)),
            Kind::Comparison(comparison, left, right) => {
                Computed::Truth(compare(*comparison, &self.value(left), &self.value(right)))
            }
            Kind::And(left, right) => Computed::Truth(self.truth(left).and(self.truth(right))),
            Kind::Or(left, right) => Computed::Truth(self.truth(left).or(self.truth(right))),
            Kind::Not(inner) => Computed::Truth(self.truth(inner).not()),
            Kind::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    /// The values that arguments stand for, sets unfolded.
    fn elements(&self, arguments: &[Node]) -> Vec<Computed> {
        let mut elements = Vec::new();
        for argument in arguments {
            match (&argument.kind, self.set(argument)) {
                (_, Some(set)) => elements.extend(set.iter().map(Computed::from)),
                _ => elements.push(self.value(argument)),
            }
        }
        elements
    }

    fn set(&self, node: &Node) -> Option<&[Domain]> {
        match node.kind {
            Kind::Term(index) => match self.terms.get(index) {
                Some(TermDomains::Set(set)) => Some(set),
                _ => None,
            },
            _ => None,
        }
    }

    fn call(&self, function: Function, arguments: &[Node]) -> Computed {
        let elements = self.elements(arguments);
        let first = || elements.first().cloned().unwrap_or(number(Interval::ALL));
        match function {
            Function::Sum => fold(elements, |a, b| a.plus(b)),
            Function::Minimum => fold(elements, Interval::minimum),
            Function::Maximum => fold(elements, Interval::maximum),
            Function::Count => {
                let count = i64::try_from(elements.len()).unwrap_or(i64::MAX);
                number(Interval::point(Number::from(count)))
            }
            Function::Distinct => Computed::Truth(distinct(&elements)),
            Function::Ordered => Computed::Truth(self.ordered(arguments)),
            Function::Start => Computed::Days(match first() {
                Computed::Extent { start, .. } => start,
                other => other.interval(),
            }),
            Function::End => Computed::Days(match first() {
                Computed::Extent { end, .. } => end,
                other => other.interval(),
            }),
            Function::Year => number(years(&first().interval())),
            Function::Absolute => match first() {
                Computed::Number { interval, calendar } => Computed::Number { interval: interval.absolute(), calendar },
                other => number(other.interval().absolute()),
            },
            Function::Points => number(first().interval().scaled(&Number::from(100))),
            Function::Whole => Computed::Truth(Truth { can_hold: holds_integer(&first().interval()), can_fail: true }),
        }
    }

    /// Whether values can fall as ranks rise: no earlier rank is surely smaller than a later one.
    fn ordered(&self, arguments: &[Node]) -> Truth {
        let [values, ranks] = arguments else { return Truth::OPEN };
        let (Some(values), Some(ranks)) = (self.set(values), self.set(ranks)) else { return Truth::OPEN };
        let pairs: Vec<(&Interval, &Interval)> =
            ranks.iter().map(Domain::interval).zip(values.iter().map(Domain::interval)).collect();
        Truth { can_hold: can_be_ordered(&pairs), can_fail: true }
    }
}

/// Whether of pairs (rank, value) none with a surely later rank has a surely greater value. One sweep: the smallest
/// value among all earlier ranks is the one to beat.
fn can_be_ordered(pairs: &[(&Interval, &Interval)]) -> bool {
    let mut by_last: Vec<usize> = (0..pairs.len()).collect();
    by_last.sort_by(|a, b| pairs[*a].0.order_of_highs(pairs[*b].0));
    let mut by_first = by_last.clone();
    by_first.sort_by(|a, b| pairs[*a].0.order_of_lows(pairs[*b].0));
    let mut earlier = by_last.into_iter().peekable();
    let mut smallest: Option<&Interval> = None;
    for index in by_first {
        let (rank, value) = pairs[index];
        while let Some(other) = earlier.next_if(|other| !rank.is_not_above(pairs[*other].0)) {
            let candidate = pairs[other].1;
            if smallest.is_none_or(|smallest| candidate.order_of_highs(smallest).is_lt()) {
                smallest = Some(candidate);
            }
        }
        if smallest.is_some_and(|smallest| !value.is_not_above(smallest)) {
            return false;
        }
    }
    true
}

/// A constant of a rule, exact.
fn constant(value: &Value, units: &Units) -> Computed {
    let dimension = if matches!(value, Value::Period(_)) { Dimension::Period } else { Dimension::Date };
    (&Domain::of(value, dimension, units, Reading::Tight, Rounding::Nearest)).into()
}

/// Joins numbers two by two. Durations in months and in days meet as days.
fn fold(elements: Vec<Computed>, join: impl Fn(&Interval, &Interval) -> Interval) -> Computed {
    let mut elements = elements.into_iter();
    let Some(first) = elements.next() else { return number(Interval::point(Number::ZERO)) };
    elements.fold(first, |so_far, next| {
        let days = matches!((&so_far, &next), (Computed::Days(_), Computed::Days(_)));
        let (a, b, calendar) = same_scale(&so_far, &next);
        let joined = join(&a, &b);
        if days { Computed::Days(joined) } else { Computed::Number { interval: joined, calendar } }
    })
}

/// Two numbers on one scale: months where both are, else days or base units.
fn same_scale(a: &Computed, b: &Computed) -> (Interval, Interval, bool) {
    let is_calendar = |value: &Computed| matches!(value, Computed::Number { calendar: true, .. });
    match (is_calendar(a), is_calendar(b)) {
        (true, true) => (a.interval(), b.interval(), true),
        (true, false) => match b {
            Computed::Difference { from, to } => (a.interval(), months(from, to), true),
            _ => (months_as_days(&a.interval()), b.interval(), false),
        },
        (false, true) => match a {
            Computed::Difference { from, to } => (months(from, to), b.interval(), true),
            _ => (a.interval(), months_as_days(&b.interval()), false),
        },
        (false, false) => (a.interval(), b.interval(), false),
    }
}

fn arithmetic(operator: Arithmetic, a: &Computed, b: &Computed) -> Computed {
    match (operator, a, b) {
        (Arithmetic::Minus, Computed::Days(to), Computed::Days(from)) => {
            Computed::Difference { from: from.clone(), to: to.clone() }
        }
        (Arithmetic::Plus, Computed::Days(day), Computed::Number { interval, calendar }) => {
            Computed::Days(later(day, interval, *calendar))
        }
        (Arithmetic::Minus, Computed::Days(day), Computed::Number { interval, calendar }) => {
            Computed::Days(later(day, &interval.negated(), *calendar))
        }
        (Arithmetic::Plus | Arithmetic::Minus, ..) => {
            let (x, y, calendar) = same_scale(a, b);
            let interval = if operator == Arithmetic::Plus { x.plus(&y) } else { x.minus(&y) };
            Computed::Number { interval, calendar }
        }
        (Arithmetic::Times, ..) => number(plain(a).times(&plain(b))),
        // a division by zero says nothing
        (Arithmetic::Over, ..) => {
            let (x, y, _) = same_scale(a, b);
            number(x.divided_by(&y).unwrap_or(Interval::ALL))
        }
    }
}

/// A factor: calendar months count as days.
fn plain(value: &Computed) -> Interval {
    match value {
        Computed::Number { interval, calendar: true } => months_as_days(interval),
        other => other.interval(),
    }
}

/// Days so much later.
pub(super) fn later(days: &Interval, by: &Interval, calendar: bool) -> Interval {
    if !calendar {
        let sum = days.plus(by);
        // a day is a whole number
        let low = sum.low().number().map_or(End::Unbounded, |low| End::Closed(low.floor()));
        let high = sum.high().number().map_or(End::Unbounded, |high| End::Closed(high.ceiling()));
        return Interval::new(low, high).unwrap_or(Interval::ALL);
    }
    let moved = |day: &End, months: &End, round: fn(&Number) -> Number| -> End {
        let day = day.number().and_then(Number::to_i64);
        let months = months.number().and_then(|months| round(months).to_i64());
        match (day, months) {
            (Some(day), Some(months)) => End::Closed(Number::from(calendar::plus_months(Day(day), months).0)),
            _ => End::Unbounded,
        }
    };
    let low = moved(days.low(), by.low(), Number::floor);
    let high = moved(days.high(), by.high(), Number::ceiling);
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

/// The months from one date to another, counted from anniversary to anniversary.
pub fn months(from: &Interval, to: &Interval) -> Interval {
    let between = |from: &End, to: &End| -> End {
        let day = |end: &End| end.number().and_then(Number::to_i64).map(Day);
        match (day(from), day(to)) {
            (Some(from), Some(to)) => End::Closed(elapsed(calendar::months_between(from, to))),
            _ => End::Unbounded,
        }
    };
    let low = between(from.high(), to.low());
    let high = between(from.low(), to.high());
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

fn elapsed(elapsed: Elapsed) -> Number {
    let part = Number::fraction(elapsed.numerator, elapsed.denominator).unwrap_or(Number::ZERO);
    &Number::from(elapsed.whole) + &part
}

/// The calendar years of days.
fn years(days: &Interval) -> Interval {
    let year = |end: &End| match end.number().and_then(Number::to_i64) {
        Some(day) => End::Closed(Number::from(calendar::to_gregorian(Day(day)).0)),
        None => End::Unbounded,
    };
    Interval::new(year(days.low()), year(days.high())).unwrap_or(Interval::ALL)
}

fn holds_integer(interval: &Interval) -> bool {
    let Some(low) = interval.low().number() else { return true };
    let least = low.ceiling();
    let least = if interval.low().is_closed() || &least > low { least } else { &least + &Number::ONE };
    interval.contains(&least)
}

fn distinct(elements: &[Computed]) -> Truth {
    let mut points: Vec<Number> =
        elements.iter().filter_map(|element| element.interval().as_point().cloned()).collect();
    points.sort();
    let surely_twice = points.windows(2).any(|pair| pair[0] == pair[1]);
    Truth { can_hold: !surely_twice, can_fail: true }
}

/// Compares two values.
pub fn compare(comparison: Comparison, a: &Computed, b: &Computed) -> Truth {
    match (comparison, a, b) {
        (Comparison::Within, ..) => within(a, b),
        (Comparison::Equal, Computed::Extent { start: s, end: e }, Computed::Extent { start: t, end: f }) => {
            equal(s, t).and(equal(e, f))
        }
        (Comparison::Unequal, Computed::Extent { .. }, Computed::Extent { .. }) => {
            compare(Comparison::Equal, a, b).not()
        }
        _ => {
            let (x, y, _) = same_scale(a, b);
            match comparison {
                Comparison::Equal => equal(&x, &y),
                Comparison::Unequal => equal(&x, &y).not(),
                Comparison::Below => below(&x, &y),
                Comparison::AtMost => below(&y, &x).not(),
                Comparison::Above => below(&y, &x),
                Comparison::AtLeast => below(&x, &y).not(),
                Comparison::Within => Truth::OPEN,
            }
        }
    }
}

fn equal(a: &Interval, b: &Interval) -> Truth {
    let same_point = a.as_point().is_some_and(|point| b.as_point() == Some(point));
    Truth { can_hold: a.overlaps(b), can_fail: !same_point }
}

fn below(a: &Interval, b: &Interval) -> Truth {
    Truth { can_hold: a.can_be_below(b), can_fail: b.is_not_above(a) }
}

fn at_most(a: &Interval, b: &Interval) -> Truth {
    below(b, a).not()
}

/// Whether the first lies inside the second. A date in the second place is the extent that it names.
fn within(a: &Computed, b: &Computed) -> Truth {
    match (a, b) {
        (Computed::Extent { start: s, end: e }, Computed::Extent { start: t, end: f }) => {
            at_most(t, s).and(at_most(e, f))
        }
        (Computed::Days(day), Computed::Extent { start, end }) => at_most(start, day).and(at_most(day, end)),
        (Computed::Days(day), Computed::Days(days)) => {
            Truth { can_hold: day.overlaps(days), can_fail: !day.is_within(days) }
        }
        (Computed::Extent { start, end }, Computed::Days(days)) => Truth {
            can_hold: start.overlaps(days) && end.overlaps(days),
            can_fail: !(start.is_within(days) && end.is_within(days)),
        },
        _ => Truth::OPEN,
    }
}
