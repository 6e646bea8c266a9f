//! Whether one slip of a hand explains why a figure is not where the others put it: a digit, or two exchanged.
//!
//! Figures that are far from what they should be were mostly taken together wrongly. Where one slip puts them right they
//! were not. What the slip was is for the report.

use super::amount::Sum;
use crate::extract::Mention;
use crate::figure::Number;

/// Figures of fewer digits meet another by one slip too often to prove anything.
const FEWEST: usize = 3;

/// Whether a figure gets to a place by one slip.
pub(super) fn mends(mention: &Mention, place: &Sum) -> bool {
    let figure = &mention.figure;
    let (Some(nominal), Some(low), Some(high)) = (&figure.nominal, &figure.low, &figure.high) else { return false };
    let (Some(from), Some(to)) = (&place.low, &place.high) else { return false };
    let Some(written) = nominal.abs().exact_decimal() else { return false };
    let (from, to) = (from - &(high - nominal), to + &(nominal - low));
    let (from, to) = if nominal.is_negative() { (-&to, -&from) } else { (from, to) };
    let digits: Vec<u8> = written.bytes().filter(u8::is_ascii_digit).collect();
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    // the zeros of a scale word are no digits that were written
    let own = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    let first = digits.iter().position(|digit| *digit != b'0').unwrap_or(own);
    if own - first.min(own) < FEWEST {
        return false;
    }
    let is_there = |digits: &[u8]| {
        let Some(number) = std::str::from_utf8(digits).ok().and_then(Number::from_digits) else { return false };
        let places = i32::try_from(decimals).unwrap_or(i32::MAX);
        let number = &number * &Number::power_of_ten(-places);
        from <= number && number <= to
    };
    let mut other = digits.clone();
    for at in first..own {
        for digit in b'0'..=b'9' {
            other[at] = digit;
            if is_there(&other) {
                return true;
            }
        }
        other[at] = digits[at];
        if at + 1 < own {
            other.swap(at, at + 1);
            if is_there(&other) {
                return true;
            }
            other.swap(at, at + 1);
        }
    }
    false
}
