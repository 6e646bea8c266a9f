//! Whether one slip of the hand explains why figures do not add up: a digit written for another, or two neighbours
//! exchanged.
//!
//! It is the figures' own witness. That a sum of long figures is one slip away by chance is unlikely, and the more so the
//! more digits they have; how unlikely is counted, and weighed by whoever asks.

use super::amount::Sum;
use super::slip::slips;
use crate::extract::Mention;
use crate::figure::Number;

/// Values that what is left of a whole may have, beyond which all are tried.
const WIDE: i64 = 20;

/// How figures stand to one another as a whole and its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// They add up.
    Holds,
    /// One slip in one of them explains why they do not.
    Slip,
    /// Something else is the matter, or they do not belong together.
    Apart,
}

/// A whole with its parts, and by how much they miss each other.
pub(super) struct Balance<'a> {
    figures: Vec<&'a Mention>,
    /// The whole less its parts, with all that rounding allows.
    low: Number,
    high: Number,
}

impl<'a> Balance<'a> {
    /// What is left of a whole without its parts; `None` where a figure has no ends.
    pub(super) fn of(whole: &'a Mention, parts: impl Iterator<Item = &'a Mention>) -> Option<Self> {
        let figures: Vec<&Mention> = std::iter::once(whole).chain(parts).collect();
        let sum = Sum::of(figures.iter().skip(1).copied());
        let low = whole.figure.low.as_ref()? - sum.high.as_ref()?;
        let high = whole.figure.high.as_ref()? - sum.low.as_ref()?;
        Some(Balance { figures, low, high })
    }

    pub(super) fn fit(&self) -> Fit {
        if self.misses(&Number::ZERO) {
            return if self.slips().any(|slip| !self.misses(&slip)) { Fit::Slip } else { Fit::Apart };
        }
        Fit::Holds
    }

    /// Whether one of the parts is the whole said again.
    pub(super) fn repeats(&self) -> bool {
        let Some((whole, parts)) = self.figures.split_first() else { return false };
        parts.iter().any(|part| part.figure.nominal == whole.figure.nominal)
    }

    /// Whether it is worth asking for a slip: what is left is one digit in one place, or a multiple of nine, as where two
    /// neighbours change places. It is quick, and misses no slip in figures that are written out.
    pub(super) fn may_be_slip(&self) -> bool {
        let Some(finest) = self.figures.iter().filter_map(|figure| finest(figure)).min() else { return false };
        let Some(by) = finest.reciprocal() else { return false };
        let ends = ((&self.low * &by).ceiling().to_i64(), (&self.high * &by).floor().to_i64());
        let (Some(low), Some(high)) = ends else { return false };
        let is_slip = |mut left: i64| {
            while left != 0 && left % 10 == 0 {
                left /= 10;
            }
            left.abs() < 10 || left % 9 == 0 && left.abs() < 90
        };
        high.saturating_sub(low) > WIDE || (low..=high).any(is_slip)
    }

    /// Whether the parts make the whole or a tenth of it or ten times as much, within which a digit may bring them.
    pub(super) fn is_near(&self) -> bool {
        let Some(whole) = self.figures.first() else { return false };
        Sum::of(self.figures.iter().skip(1).copied()).is_near(&Sum::of(std::iter::once(*whole)), 10, 1000)
    }

    /// How often figures are apart by more than one slip, for each time that chance brings them as near as this.
    pub(super) fn odds(&self) -> i64 {
        let Some(whole) = self.figures.first().and_then(|whole| whole.figure.nominal.as_ref()) else { return 0 };
        let width = &self.high - &self.low;
        let finest = self.figures.iter().filter_map(|figure| finest(figure)).min();
        let step = width.max(finest.unwrap_or(Number::ONE));
        let tried = i64::try_from(self.slips().count()).unwrap_or(i64::MAX).max(1);
        let places = (&step * &Number::from(tried)).reciprocal();
        places.map_or(0, |places| (&whole.abs() * &places).floor().to_i64().unwrap_or(i64::MAX))
    }

    /// Whether the figures still miss each other where the whole, or its parts, are so much more.
    fn misses(&self, slip: &Number) -> bool {
        (&self.low + slip).is_positive() || (&self.high + slip).is_negative()
    }

    /// By how much one slip changes what is left of the whole.
    fn slips(&self) -> impl Iterator<Item = Number> + '_ {
        self.figures.iter().enumerate().flat_map(|(at, figure)| {
            let sign = Number::from(if at == 0 { 1 } else { -1 });
            slips(figure).into_iter().map(move |slip| &slip * &sign)
        })
    }
}

/// The digits of a figure from the first to the last that is none of its zeros at the end, each with its place.
fn digits(figure: &Mention) -> Vec<(i64, i32)> {
    let Some(written) = figure.figure.nominal.as_ref().and_then(Number::exact_decimal) else { return Vec::new() };
    let written = written.trim_start_matches('-');
    let decimals = written.split_once('.').map_or(0, |(_, behind)| behind.len());
    let count = written.bytes().filter(u8::is_ascii_digit).count();
    let place = |at: usize| i32::try_from(count - 1 - at).unwrap_or(0) - i32::try_from(decimals).unwrap_or(0);
    let all = written.bytes().filter(u8::is_ascii_digit).enumerate();
    let mut digits: Vec<(i64, i32)> = all.map(|(at, digit)| (i64::from(digit - b'0'), place(at))).collect();
    while digits.len() > 1 && digits.last().is_some_and(|(digit, _)| *digit == 0) {
        digits.pop();
    }
    digits
}

/// The value of the last place that a figure writes.
fn finest(figure: &Mention) -> Option<Number> {
    digits(figure).last().map(|(_, place)| Number::power_of_ten(*place))
}
