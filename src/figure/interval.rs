//! Intervals of exact numbers, with open, closed and missing ends: what a written figure stands for.
//!
//! The operations enclose every result that values taken from the operands can have. They are exact at the ends
//! (no outward rounding), follow the closed-interval semantics of XBRL Calculations 1.1 (an end of a sum is closed
//! only where all ends that make it are closed; a negative weight swaps ends together with their openness), and are
//! loose only where one quantity occurs twice in an expression, which widens and so never accuses.
//! An [`Interval`] is never empty: what could be empty is an `Option`.

use std::cmp::Ordering;

use super::calendar::Days;
use super::number::Number;

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Unbounded,
    Closed(Number),
    Open(Number),
}

/// A non-empty interval of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    low: End,
    high: End,
}

impl End {
    pub fn number(&self) -> Option<&Number> {
        match self {
            End::Unbounded => None,
            End::Closed(number) | End::Open(number) => Some(number),
        }
    }

    pub fn is_closed(&self) -> bool {
        matches!(self, End::Closed(_))
    }

    /// The end at `number`, closed if asked for.
    fn at(number: Number, closed: bool) -> End {
        if closed { End::Closed(number) } else { End::Open(number) }
    }

    fn map(&self, change: impl Fn(&Number) -> Number) -> End {
        match self {
            End::Unbounded => End::Unbounded,
            End::Closed(number) => End::Closed(change(number)),
            End::Open(number) => End::Open(change(number)),
        }
    }

    fn plus(&self, other: &End) -> End {
        match (self.number(), other.number()) {
            (Some(a), Some(b)) => End::at(a + b, self.is_closed() && other.is_closed()),
            _ => End::Unbounded,
        }
    }
}

/// Which of two low ends admits less: the greater, or the open one of two equal ones.
fn tighter_low(a: &End, b: &End) -> Ordering {
    match (a.number(), b.number()) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(x), Some(y)) => x.cmp(y).then(b.is_closed().cmp(&a.is_closed())),
    }
}

/// Which of two high ends admits less, in the same sense.
fn tighter_high(a: &End, b: &End) -> Ordering {
    match (a.number(), b.number()) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(x), Some(y)) => y.cmp(x).then(b.is_closed().cmp(&a.is_closed())),
    }
}

impl Interval {
    /// Every number.
    pub const ALL: Interval = Interval { low: End::Unbounded, high: End::Unbounded };

    /// The interval with these ends; `None` where no number lies between them.
    pub fn new(low: End, high: End) -> Option<Interval> {
        if let (Some(a), Some(b)) = (low.number(), high.number()) {
            match a.cmp(b) {
                Ordering::Greater => return None,
                Ordering::Equal if !(low.is_closed() && high.is_closed()) => return None,
                _ => {}
            }
        }
        Some(Interval { low, high })
    }

    pub fn point(number: Number) -> Interval {
        Interval { low: End::Closed(number.clone()), high: End::Closed(number) }
    }

    /// `[low, high]`, in whichever order the two are given.
    pub fn closed(a: Number, b: Number) -> Interval {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        Interval { low: End::Closed(low), high: End::Closed(high) }
    }

    /// Days as numbers, so that dates are compared and subtracted like everything else.
    pub fn of_days(days: Days) -> Interval {
        let end =
            |day: Option<super::calendar::Day>| day.map_or(End::Unbounded, |day| End::Closed(Number::from(day.0)));
        Interval { low: end(days.first), high: end(days.last) }
    }

    /// From `low` upwards.
    pub fn above(low: End) -> Interval {
        Interval { low, high: End::Unbounded }
    }

    /// From `high` downwards.
    pub fn below(high: End) -> Interval {
        Interval { low: End::Unbounded, high }
    }

    pub fn low(&self) -> &End {
        &self.low
    }

    pub fn high(&self) -> &End {
        &self.high
    }

    /// Which of two begins lower, without regard to openness.
    pub fn order_of_lows(&self, other: &Interval) -> Ordering {
        // `None`, where there is no end, is the least
        self.low.number().cmp(&other.low.number())
    }

    /// Which of two ends lower, without regard to openness.
    pub fn order_of_highs(&self, other: &Interval) -> Ordering {
        match (self.high.number(), other.high.number()) {
            (Some(a), Some(b)) => a.cmp(b),
            (None, None) => Ordering::Equal,
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        }
    }

    /// The one number of a point interval.
    pub fn as_point(&self) -> Option<&Number> {
        match (&self.low, &self.high) {
            (End::Closed(a), End::Closed(b)) if a == b => Some(a),
            _ => None,
        }
    }

    pub fn contains(&self, number: &Number) -> bool {
        self.intersection(&Interval::point(number.clone())).is_some()
    }

    /// Whether every number of `self` lies in `outer`.
    pub fn is_within(&self, outer: &Interval) -> bool {
        tighter_low(&self.low, &outer.low) != Ordering::Less && tighter_high(&self.high, &outer.high) != Ordering::Less
    }

    pub fn intersection(&self, other: &Interval) -> Option<Interval> {
        let low = if tighter_low(&self.low, &other.low) == Ordering::Less { &other.low } else { &self.low };
        let high = if tighter_high(&self.high, &other.high) == Ordering::Less { &other.high } else { &self.high };
        Interval::new(low.clone(), high.clone())
    }

    pub fn overlaps(&self, other: &Interval) -> bool {
        self.is_not_above(other) && other.is_not_above(self)
    }

    /// Whether some number of `self` is at most some number of `other`: what `<=` asks of two intervals.
    pub fn is_not_above(&self, other: &Interval) -> bool {
        match (self.low.number(), other.high.number()) {
            (Some(a), Some(b)) => match a.cmp(b) {
                Ordering::Less => true,
                Ordering::Equal => self.low.is_closed() && other.high.is_closed(),
                Ordering::Greater => false,
            },
            _ => true,
        }
    }

    /// Whether some number of `self` is below some number of `other`.
    pub fn can_be_below(&self, other: &Interval) -> bool {
        match (self.low.number(), other.high.number()) {
            (Some(a), Some(b)) => a < b,
            _ => true,
        }
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let low = if tighter_low(&self.low, &other.low) == Ordering::Less { &self.low } else { &other.low };
        let high = if tighter_high(&self.high, &other.high) == Ordering::Less { &self.high } else { &other.high };
        Interval { low: low.clone(), high: high.clone() }
    }

    /// How far apart two intervals lie that share no number; zero where only an open end keeps them apart.
    pub fn gap(&self, other: &Interval) -> Option<Number> {
        if self.overlaps(other) {
            return None;
        }
        let distance = |low: &End, high: &End| match (low.number(), high.number()) {
            (Some(low), Some(high)) => Some(low - high),
            _ => None,
        };
        let gaps = [distance(&self.low, &other.high), distance(&other.low, &self.high)];
        gaps.into_iter().flatten().max()
    }

    pub fn plus(&self, other: &Interval) -> Interval {
        Interval { low: self.low.plus(&other.low), high: self.high.plus(&other.high) }
    }

    pub fn minus(&self, other: &Interval) -> Interval {
        self.plus(&other.negated())
    }

    pub fn negated(&self) -> Interval {
        let negate = |number: &Number| -number;
        Interval { low: self.high.map(negate), high: self.low.map(negate) }
    }

    /// Every number times `factor`.
    pub fn scaled(&self, factor: &Number) -> Interval {
        if factor.is_zero() {
            return Interval::point(Number::ZERO);
        }
        let scale = |number: &Number| number * factor;
        let (low, high) = (self.low.map(scale), self.high.map(scale));
        if factor.is_negative() { Interval { low: high, high: low } } else { Interval { low, high } }
    }

    pub fn times(&self, other: &Interval) -> Interval {
        if let Some(factor) = other.as_point() {
            return self.scaled(factor);
        }
        if let Some(factor) = self.as_point() {
            return other.scaled(factor);
        }
        let corners = [
            corner(&self.low, false, &other.low, false),
            corner(&self.low, false, &other.high, true),
            corner(&self.high, true, &other.low, false),
            corner(&self.high, true, &other.high, true),
        ];
        let low = corners.iter().min_by(|a, b| a.cmp_low(b)).map_or(End::Unbounded, Corner::end);
        let high = corners.iter().max_by(|a, b| a.cmp_high(b)).map_or(End::Unbounded, Corner::end);
        Interval { low, high }
    }

    /// `self / other` over every divisor but zero; `None` where the divisor can only be zero.
    pub fn divided_by(&self, other: &Interval) -> Option<Interval> {
        if other.as_point().is_some_and(Number::is_zero) {
            return None;
        }
        Some(other.reciprocal().map_or(Interval::ALL, |reciprocal| self.times(&reciprocal)))
    }

    /// `1 / self` without zero; `None` where zero lies inside, so that nothing can be said.
    fn reciprocal(&self) -> Option<Interval> {
        let invert = |end: &End| match end {
            End::Unbounded => End::Open(Number::ZERO),
            End::Closed(number) | End::Open(number) => match number.reciprocal() {
                Some(inverse) => End::at(inverse, end.is_closed()),
                None => End::Unbounded,
            },
        };
        let positive = self.low.number().is_some_and(|low| !low.is_negative());
        let negative = self.high.number().is_some_and(|high| !high.is_positive());
        (positive || negative).then(|| Interval { low: invert(&self.high), high: invert(&self.low) })
    }

    /// The absolute values of the numbers in it.
    pub fn absolute(&self) -> Interval {
        let zero = Interval::point(Number::ZERO);
        if zero.is_not_above(self) && !self.can_be_below(&zero) {
            return self.clone();
        }
        let negated = self.negated();
        if !self.contains(&Number::ZERO) {
            return if self.can_be_below(&zero) { negated } else { self.clone() };
        }
        let high =
            if tighter_high(&self.high, &negated.high) == Ordering::Less { self.high.clone() } else { negated.high };
        Interval { low: End::Closed(Number::ZERO), high }
    }

    /// Where the lesser of a number of `self` and one of `other` can lie.
    pub fn minimum(&self, other: &Interval) -> Interval {
        let low = if tighter_low(&self.low, &other.low) == Ordering::Less { &self.low } else { &other.low };
        let high = if tighter_high(&self.high, &other.high) == Ordering::Less { &other.high } else { &self.high };
        Interval { low: low.clone(), high: high.clone() }
    }

    /// Where the greater of the two can lie.
    pub fn maximum(&self, other: &Interval) -> Interval {
        self.negated().minimum(&other.negated()).negated()
    }
}

/// The product of two ends, where a missing end counts as infinite.
#[derive(Clone, Debug)]
enum Corner {
    Minus,
    Finite(Number, bool),
    Plus,
}

fn corner(a: &End, a_is_high: bool, b: &End, b_is_high: bool) -> Corner {
    match (a.number(), b.number()) {
        (Some(x), Some(y)) => {
            // zero times anything is reached as soon as the zero itself is
            let closed =
                (a.is_closed() && b.is_closed()) || (x.is_zero() && a.is_closed()) || (y.is_zero() && b.is_closed());
            Corner::Finite(x * y, closed)
        }
        (Some(x), None) => infinite(x, a.is_closed(), b_is_high),
        (None, Some(y)) => infinite(y, b.is_closed(), a_is_high),
        (None, None) if a_is_high == b_is_high => Corner::Plus,
        (None, None) => Corner::Minus,
    }
}

fn infinite(finite: &Number, closed: bool, other_is_high: bool) -> Corner {
    if finite.is_zero() {
        Corner::Finite(Number::ZERO, closed)
    } else if finite.is_negative() == other_is_high {
        Corner::Minus
    } else {
        Corner::Plus
    }
}

impl Corner {
    fn end(&self) -> End {
        match self {
            Corner::Minus | Corner::Plus => End::Unbounded,
            Corner::Finite(number, closed) => End::at(number.clone(), *closed),
        }
    }

    fn place(&self) -> (i8, Option<&Number>) {
        match self {
            Corner::Minus => (-1, None),
            Corner::Finite(number, _) => (0, Some(number)),
            Corner::Plus => (1, None),
        }
    }

    fn is_closed(&self) -> bool {
        matches!(self, Corner::Finite(_, true))
    }

    /// Order for picking the low end: the smaller, and of equal ones the closed, comes first.
    fn cmp_low(&self, other: &Corner) -> Ordering {
        self.place().cmp(&other.place()).then(other.is_closed().cmp(&self.is_closed()))
    }

    /// Order for picking the high end: the greater, and of equal ones the closed, comes last.
    fn cmp_high(&self, other: &Corner) -> Ordering {
        self.place().cmp(&other.place()).then(self.is_closed().cmp(&other.is_closed()))
    }
}

#[cfg(test)]
#[path = "interval_tests.rs"]
mod tests;
