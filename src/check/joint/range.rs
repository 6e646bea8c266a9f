//! Ranges of binary floats, for [`super::screen`] alone: nearly what [`crate::figure::Interval`] is in exact numbers.

use crate::figure::{End, Interval, Number};

/// Two ends that are no further apart, by their size, may be the same.
pub const CLOSE: f64 = 1e-10;

/// From `low` to `high`; an end that is not there is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
}

pub const ALL: Range = Range { low: f64::NEG_INFINITY, high: f64::INFINITY };

/// The size of an end; zero where there is none.
pub fn finite(end: f64) -> f64 {
    if end.is_finite() { end.abs() } else { 0.0 }
}

/// A number that is surely above.
pub fn up(number: f64) -> f64 {
    number + finite(number).max(f64::MIN_POSITIVE) * CLOSE
}

/// A number that is surely below.
pub fn down(number: f64) -> f64 {
    number - finite(number).max(f64::MIN_POSITIVE) * CLOSE
}

/// A product in which zero times anything is zero.
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

impl Range {
    /// An open end is taken a little further in: whoever touches it asks for a closer look.
    pub fn of(interval: &Interval) -> Range {
        let number = |end: &End| end.number().map(Number::to_f64);
        let low = number(interval.low()).map(|low| if interval.low().is_closed() { low } else { up(low) });
        let high = number(interval.high()).map(|high| if interval.high().is_closed() { high } else { down(high) });
        Range { low: low.unwrap_or(f64::NEG_INFINITY), high: high.unwrap_or(f64::INFINITY) }
    }

    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    pub fn negated(self) -> Range {
        Range { low: -self.high, high: -self.low }
    }

    pub fn plus(self, other: Range) -> Range {
        Range { low: self.low + other.low, high: self.high + other.high }
    }

    pub fn times(self, other: Range) -> Range {
        let corners = [
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ];
        let low = corners.into_iter().fold(f64::INFINITY, f64::min);
        Range { low, high: corners.into_iter().fold(f64::NEG_INFINITY, f64::max) }
    }

    /// Over every divisor but zero.
    pub fn over(self, other: Range) -> Range {
        let inverse = |end: f64, infinite: f64| if end == 0.0 { infinite } else { 1.0 / end };
        let inverse = if other.low >= 0.0 {
            Range { low: inverse(other.high, 0.0), high: inverse(other.low, f64::INFINITY) }
        } else if other.high <= 0.0 {
            Range { low: inverse(other.high, f64::NEG_INFINITY), high: inverse(other.low, 0.0) }
        } else {
            return ALL;
        };
        self.times(inverse)
    }

    /// `x` where `x * y` is this: everything, if both can be zero.
    pub fn quotient(self, y: Range) -> Range {
        let has_zero = |range: Range| range.low <= 0.0 && range.high >= 0.0;
        if has_zero(y) && (has_zero(self) || y.is_point()) { ALL } else { self.over(y) }
    }

    /// A value in it, away from its ends.
    pub fn middle(self, whole: bool) -> f64 {
        let far = |end: f64| if end == 0.0 { 1.0 } else { end.abs() / 2.0 };
        let middle = match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => self.low + (self.high - self.low) / 2.0,
            (true, false) => self.low + far(self.low),
            (false, true) => self.high - far(self.high),
            (false, false) => 0.0,
        };
        if whole { middle.floor() } else { middle }
    }
}
