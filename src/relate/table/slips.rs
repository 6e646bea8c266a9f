//! Whether one slip of the hand explains why figures do not fit: a digit that is another, or two that changed places.
//!
//! Siblings that hold say how figures are meant; that one digit mends the one that does not hold says that it is a mistake
//! and no other relation.

use crate::extract::{Folded, Mention, folded};
use crate::figure::Number;
use crate::relate::amount::Sum;

/// Figures beyond which a list is data.
const MOST: usize = 80;

/// A figure with the ends of what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    pub low: Number,
    pub nominal: Number,
    pub high: Number,
}

impl Ends {
    pub(super) fn of(mention: &Mention) -> Option<Ends> {
        let figure = &mention.figure;
        Some(Ends { low: figure.low.clone()?, nominal: figure.nominal.clone()?, high: figure.high.clone()? })
    }

    fn moved(&self, by: &Number) -> Ends {
        Ends { low: &self.low + by, nominal: &self.nominal + by, high: &self.high + by }
    }
}

/// By how much a figure changes if one of its digits is another or two neighbours change places.
pub(super) fn slips(mention: &Mention) -> Vec<Number> {
    let Some(nominal) = &mention.figure.nominal else { return Vec::new() };
    let digits = digits(&mention.text);
    if digits.is_empty() || digits.len() > 15 {
        return Vec::new();
    }
    let whole = digits.iter().fold(0_i64, |number, digit| number * 10 + i64::from(*digit));
    let Some(unit) = Number::from(whole).reciprocal().map(|one| nominal * &one) else { return Vec::new() };
    // what is no power of ten was not written in these digits alone
    let size = unit.abs();
    if !(-9..=15).any(|exponent| Number::power_of_ten(exponent) == size) {
        return Vec::new();
    }
    let place = |at: usize| 10_i64.pow((digits.len() - 1 - at) as u32);
    let mut found = Vec::with_capacity(10 * digits.len());
    for (at, own) in digits.iter().enumerate() {
        let is_lead = at == 0 && digits.len() > 1;
        let others = (i64::from(is_lead)..10).filter(|other| *other != i64::from(*own));
        found.extend(others.map(|other| (other - i64::from(*own)) * place(at)));
        if let Some(next) = digits.get(at + 1).filter(|next| *next != own && !(is_lead && **next == 0)) {
            found.push((i64::from(*next) - i64::from(*own)) * (place(at) - place(at + 1)));
        }
    }
    found.into_iter().map(|change| &Number::from(change) * &unit).collect()
}

/// The digits of a number, up to the word or mark that ends it.
pub(super) fn digits(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    for letter in text.chars() {
        match folded(letter) {
            Folded::Digit(digit) => found.push(digit),
            Folded::Letter(_) if !found.is_empty() => break,
            _ => {}
        }
    }
    found
}

/// How many digits a figure says: those from its first that is not zero, without zeros that only fill.
pub(super) fn significant(mention: &Mention) -> usize {
    let digits = digits(&mention.text);
    let first = digits.iter().position(|digit| *digit != 0);
    let last = digits.iter().rposition(|digit| *digit != 0);
    first.zip(last).map_or(0, |(first, last)| last + 1 - first)
}

/// Whether one slip in one of these figures makes a relation hold.
pub(super) fn mends(mentions: &[Mention], figures: &[usize], holds: impl Fn(&[Ends]) -> bool) -> bool {
    let ends: Option<Vec<Ends>> = figures.iter().map(|index| Ends::of(mentions.get(*index)?)).collect();
    let Some(mut ends) = ends.filter(|ends| ends.len() <= MOST) else { return false };
    for (at, index) in figures.iter().enumerate() {
        let own = ends[at].clone();
        for change in mentions.get(*index).map(slips).unwrap_or_default() {
            ends[at] = own.moved(&change);
            if holds(&ends) {
                return true;
            }
        }
        ends[at] = own;
    }
    false
}

/// Whether one slip in a whole or one of its parts makes the parts the whole.
pub(super) fn mends_sum(mentions: &[Mention], whole: usize, parts: &[usize]) -> bool {
    if parts.len() > MOST {
        return false;
    }
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| mentions.get(*index)));
    let (of_whole, of_parts) = (sum(&[whole]), sum(parts));
    let moved = |sum: &Sum, by: &Number| Sum {
        low: sum.low.as_ref().map(|low| low + by),
        high: sum.high.as_ref().map(|high| high + by),
    };
    let own = |index: &usize| mentions.get(*index).map(slips).unwrap_or_default();
    own(&whole).iter().any(|change| moved(&of_whole, change).meets(&of_parts))
        || parts.iter().any(|part| own(part).iter().any(|change| moved(&of_parts, change).meets(&of_whole)))
}
