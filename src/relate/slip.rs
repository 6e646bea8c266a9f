//! Whether one slip of the hand explains why figures do not fit: a digit that is another, or two that changed places.
//!
//! Figures that are far from what they should be were mostly taken together wrongly. Where one slip puts them right they
//! were not; siblings that hold say how figures are meant, and a digit that mends the last one says that it is a mistake. What
//! the slip was is for the report, and by what chance digits meet for `balance`.

use super::amount::Sum;
use crate::extract::{Folded, Mention, folded};
use crate::figure::Number;

/// A figure by itself gets to a place by one slip too often to prove anything if it has fewer digits.
const FEWEST: usize = 3;
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
    let Some((digits, unit)) = written(mention) else { return Vec::new() };
    let place = |at: usize| 10_i64.pow((digits.len() - 1 - at) as u32);
    // no figure begins with a zero, but before its decimals
    let may_be_zero = digits.len() == 1 || has_one_digit_before_mark(&mention.text);
    let mut found = Vec::with_capacity(10 * digits.len());
    for (at, own) in digits.iter().enumerate() {
        let is_lead = at == 0 && !may_be_zero;
        let others = (i64::from(is_lead)..10).filter(|other| *other != i64::from(*own));
        found.extend(others.map(|other| (other - i64::from(*own)) * place(at)));
        if let Some(next) = digits.get(at + 1).filter(|next| *next != own && !(is_lead && **next == 0)) {
            found.push((i64::from(*next) - i64::from(*own)) * (place(at) - place(at + 1)));
        }
    }
    found.into_iter().map(|change| &Number::from(change) * &unit).collect()
}

/// `6.23`, but not `16.23`; `6,230` counts as well, which `0,230` is not written for.
fn has_one_digit_before_mark(text: &str) -> bool {
    let mut letters = text.chars().skip_while(|letter| !letter.is_numeric()).skip(1);
    letters.next().is_some_and(|next| matches!(next, '.' | ',' | '٫' | '،' | 'ر'))
}

/// More digits than any hand writes.
const LONGEST: usize = 15;

/// The digits of a figure, and what the last of them is worth: as it was written, or where words say a part of it, as it
/// would be in digits alone.
fn written(mention: &Mention) -> Option<(Vec<u8>, Number)> {
    let nominal = mention.figure.nominal.as_ref()?;
    let own = digits(&mention.text);
    let is_short = |digits: &[u8]| !digits.is_empty() && digits.len() <= LONGEST;
    let whole = own.iter().take(LONGEST).fold(0_i64, |number, digit| number * 10 + i64::from(*digit));
    let unit = Number::from(whole).reciprocal().filter(|_| is_short(&own)).map(|one| nominal * &one);
    if let Some(unit) = unit.filter(|unit| (-9..=15).any(|exponent| Number::power_of_ten(exponent) == unit.abs())) {
        return Some((own, unit));
    }
    let text = nominal.abs().exact_decimal()?;
    let decimals = text.split_once('.').map_or(0, |(_, behind)| behind.len());
    let mut digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let mut exponent = -i32::try_from(decimals).ok()?;
    while digits.len() > 1 && digits.last() == Some(&0) {
        digits.pop();
        exponent += 1;
    }
    let unit = Number::power_of_ten(exponent);
    let unit = if nominal.is_negative() { -&unit } else { unit };
    is_short(&digits).then_some((digits, unit))
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

/// Whether a figure, which may have either sign, gets to a place by one slip.
pub(super) fn gets_to(mention: &Mention, place: &Sum) -> bool {
    let Some(own) = Ends::of(mention).filter(|_| significant(mention) >= FEWEST) else { return false };
    let is_there = |change: Number| {
        let moved = own.moved(&change);
        Sum::between(moved.low, moved.high).meets(place)
    };
    slips(mention).into_iter().any(is_there)
}
