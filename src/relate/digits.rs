//! The digits of a figure, as they were written: two figures are compared in the coarser of their precisions.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::value::shortest;
use crate::extract::Mention;
use crate::figure::{Hedge, Number};

/// Digits below which no figure is rounded to compare it.
const FEWEST: usize = 2;
/// Zeros of a thousand, which fill where no scale word is said.
const THOUSAND: i32 = 3;
/// How many digits more a figure may have than the one that it is rounded to.
const FINER: usize = 5;

/// A number as its digits, and the power of ten of the last one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Digits {
    pub digits: Vec<u8>,
    pub exponent: i32,
}

impl Digits {
    /// Those of a mention, as far as it was written out.
    pub(super) fn of(mention: &Mention) -> Option<Digits> {
        let figure = &mention.figure;
        let nominal = figure.nominal.as_ref().filter(|nominal| nominal.is_positive())?;
        let step = match (&figure.low, &figure.high, mention.hedge) {
            (_, Some(high), Some(Hedge::About)) => Some(high - nominal),
            (Some(low), Some(high), _) => Some(high - low),
            _ => None,
        };
        let written = step.and_then(|step| (-12..=15).find(|exponent| Number::power_of_ten(*exponent) == step));
        let exponent = written.or_else(|| shortest(nominal, THOUSAND))?;
        let scaled = nominal * &Number::power_of_ten(-exponent);
        let digits: Vec<u8> = scaled.exact_decimal()?.bytes().collect();
        let all = digits.iter().all(u8::is_ascii_digit);
        (all && digits.len() < 16).then_some(Digits { digits, exponent })
    }

    /// The figures that one slip of the hand makes of it.
    pub(super) fn slips(&self) -> impl Iterator<Item = Number> + '_ {
        let one = (0..self.digits.len()).flat_map(move |at| {
            (b'0'..=b'9').filter(move |digit| *digit != self.digits[at] && !(at == 0 && *digit == b'0')).map(
                move |digit| {
                    let mut digits = self.digits.clone();
                    digits[at] = digit;
                    digits
                },
            )
        });
        let turned = (1..self.digits.len()).filter(|at| self.digits[*at] != self.digits[at - 1]).map(|at| {
            let mut digits = self.digits.clone();
            digits.swap(at - 1, at);
            digits
        });
        let by = Number::power_of_ten(self.exponent);
        one.chain(turned)
            .filter_map(move |digits| Some(&Number::from_digits(std::str::from_utf8(&digits).ok()?)? * &by))
    }

    /// How many digits say something: the zeros at the end may only fill.
    pub(super) fn significant(&self) -> usize {
        let last = self.digits.iter().rposition(|digit| *digit != b'0');
        last.map_or(0, |last| last + 1)
    }

    /// The same number to fewer digits.
    pub(super) fn rounded(&self, drop: usize) -> Option<Digits> {
        let kept = self.digits.len().checked_sub(drop).filter(|kept| *kept >= FEWEST)?;
        let mut digits = self.digits[..kept].to_vec();
        if self.digits.get(kept).is_some_and(|next| *next >= b'5') {
            let mut at = kept;
            while at > 0 {
                at -= 1;
                if digits[at] < b'9' {
                    digits[at] += 1;
                    break;
                }
                digits[at] = b'0';
                if at == 0 {
                    digits.insert(0, b'1');
                }
            }
        }
        Some(Digits { digits, exponent: self.exponent + drop as i32 })
    }

    /// The figure as it was written, and as it may be given again with fewer digits.
    pub(super) fn forms(&self) -> Vec<Digits> {
        let coarser = (1..=FINER.min(self.digits.len())).filter_map(|drop| self.rounded(drop));
        std::iter::once(self.clone()).chain(coarser).collect()
    }

    /// What it has in common with the figures that one slip makes of it: itself, each digit left open, two neighbours in
    /// any order.
    pub(super) fn patterns(&self, found: &mut Vec<u64>) {
        for at in 0..self.digits.len() {
            let mut open = self.digits.clone();
            open[at] = b'*';
            found.push(hash(&(open, self.exponent)));
            if let Some([one, two]) = self.digits.get(at..at + 2).filter(|pair| pair[0] != pair[1]) {
                let mut turned = self.digits.clone();
                (turned[at], turned[at + 1]) = (b'a' + one.min(two), b'a' + one.max(two));
                found.push(hash(&(turned, self.exponent)));
            }
        }
    }

    /// The two figures in the coarser of their precisions, if that is not too coarse.
    pub(super) fn aligned(&self, other: &Digits) -> Option<(Digits, Digits)> {
        let at = |digits: &Digits, exponent: i32| match usize::try_from(exponent - digits.exponent).ok()? {
            0 => Some(digits.clone()),
            drop if drop <= FINER => digits.rounded(drop),
            _ => None,
        };
        let exponent = self.exponent.max(other.exponent);
        Some((at(self, exponent)?, at(other, exponent)?))
    }
}

/// How two figures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differ {
    Not,
    /// By one slip of the hand.
    OneSlip,
    Else,
}

/// How two figures differ in the coarser of their precisions.
pub(super) fn differ(one: &Digits, other: &Digits) -> Differ {
    let Some((one, other)) = one.aligned(other) else { return Differ::Else };
    if one == other {
        return Differ::Not;
    }
    if one.digits.len() != other.digits.len() {
        return Differ::Else;
    }
    let wrong: Vec<usize> = (0..one.digits.len()).filter(|at| one.digits[*at] != other.digits[*at]).collect();
    match wrong[..] {
        [_] => Differ::OneSlip,
        [first, next] if next == first + 1 => {
            let is_turned = one.digits[first] == other.digits[next] && one.digits[next] == other.digits[first];
            if is_turned { Differ::OneSlip } else { Differ::Else }
        }
        _ => Differ::Else,
    }
}

pub(super) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
