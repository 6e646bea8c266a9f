//! What numbers a written figure stands for: half a unit of its last digit to either side, and what a hedge makes of it.

use super::mention::Figure;
use super::number::Numeral;
use crate::figure::{Hedge, Number};

/// The tight reading of one number. What is counted and written to the last unit is itself and nothing else.
pub(super) fn of_number(value: &Number, step: i32, hedge: Option<Hedge>, is_point: bool) -> Figure {
    let about = |width: &Number| (Some(value - width), Some(value + width));
    let unit = Number::power_of_ten(step);
    let (low, high) = match hedge {
        Some(Hedge::Above | Hedge::AtLeast) => (Some(value.clone()), None),
        Some(Hedge::Below | Hedge::AtMost) => (None, Some(value.clone())),
        Some(Hedge::About) => about(&unit),
        None if is_point => (Some(value.clone()), Some(value.clone())),
        None => about(&(&unit * &Number::fraction(1, 2).unwrap_or(Number::ONE))),
    };
    Figure { nominal: Some(value.clone()), low, high, from: None, to: None }
}

/// A number with what it may be off by.
pub(super) fn of_measured(value: &Number, spread: &Number) -> Figure {
    Figure { nominal: Some(value.clone()), low: Some(value - spread), high: Some(value + spread), from: None, to: None }
}

/// A range: each end rounded.
pub(super) fn of_range(from: &Numeral, to: &Numeral, hedge: Option<Hedge>, is_counted: bool) -> Figure {
    let end = |numeral: &Numeral| {
        let hedge = hedge.filter(|hedge| *hedge == Hedge::About);
        of_number(&numeral.value, numeral.step, hedge, is_exact(numeral, is_counted))
    };
    Figure {
        nominal: None,
        low: end(from).low,
        high: end(to).high,
        from: Some(from.value.clone()),
        to: Some(to.value.clone()),
    }
}

/// Whether a numeral is a point: counted to the last unit, or a fraction, which is defined.
pub(super) fn is_exact(numeral: &Numeral, is_counted: bool) -> bool {
    numeral.is_fraction || (is_counted && numeral.step == 0 && numeral.scale == 0)
}
