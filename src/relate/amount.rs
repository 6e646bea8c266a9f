//! What figures can be added to one another, and sums of them with all that rounding allows.

use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// Units in which amounts are counted one by one, so that a bare number beside them is in the same unit.
const COUNTED: [&str; 3] = ["persons", "items", "household"];

/// The unit of a figure, with bare numbers and things that are counted as one.
pub(super) fn unit(mention: &Mention) -> &str {
    match mention.unit.as_deref() {
        None => "",
        Some(unit) if COUNTED.contains(&unit) => "",
        Some(unit) => unit,
    }
}

/// Whether two figures are in one unit, where one may leave its unit to the other: `40 million euros … 35 million`, `21 tons,
/// compared to 67`.
pub(super) fn share_unit(one: &Mention, other: &Mention) -> bool {
    let is_scaled = |mention: &Mention| unit(mention).is_empty() && mention.text.contains(char::is_alphabetic);
    // a thing that is weighed or paid is not counted
    let is_plain = |bare: &Mention| bare.kind == Kind::Number && bare.unit.is_none();
    let leaves_it = |bare: &Mention, full: &Mention| match full.kind {
        Kind::Money => is_scaled(bare),
        Kind::Quantity => is_plain(bare),
        _ => false,
    };
    unit(one) == unit(other) || leaves_it(one, other) || leaves_it(other, one)
}

/// Whether the parts of such a figure add up to it. Rates, times, ages, temperatures and places in an order do not.
pub(super) fn adds_up(mention: &Mention) -> bool {
    let is_amount = match mention.kind {
        Kind::Quantity | Kind::Money => true,
        Kind::Count | Kind::Number => is_whole(mention),
        _ => false,
    };
    let unit = unit(mention);
    is_amount && !unit.contains('/') && !["points", "basis-points", "°", "°C", "°F", "K", "times"].contains(&unit)
}

/// Whether a figure is an amount, also one in decimals without a unit, as cells and indices are.
pub(super) fn is_amount(mention: &Mention) -> bool {
    adds_up(mention) || matches!(mention.kind, Kind::Number | Kind::Count)
}

/// Whether a bare number is a whole one, or has a scale word.
fn is_whole(mention: &Mention) -> bool {
    let figure = &mention.figure;
    let whole = |number: &Number| number.is_integer();
    figure.nominal.as_ref().is_some_and(whole)
}

/// Whether it is a share in hundredths.
pub(super) fn is_percent(mention: &Mention) -> bool {
    mention.kind == Kind::Percent
}

/// The least and the greatest that a figure stands for, where it has both ends.
pub(super) fn bounds(mention: &Mention) -> Option<(Number, Number)> {
    mention.figure.low.clone().zip(mention.figure.high.clone())
}

/// A sum, as far as rounding leaves it open; an end that is missing is beyond all numbers.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub low: Option<Number>,
    pub high: Option<Number>,
}

impl Sum {
    pub(super) fn of<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Sum {
        let mut sum = Sum { low: Some(Number::ZERO), high: Some(Number::ZERO) };
        for mention in mentions {
            sum.low = sum.low.zip(mention.figure.low.as_ref()).map(|(sum, low)| &sum + low);
            sum.high = sum.high.zip(mention.figure.high.as_ref()).map(|(sum, high)| &sum + high);
        }
        sum
    }

    /// All from one number to another.
    pub(super) fn between(low: Number, high: Number) -> Sum {
        Sum { low: Some(low), high: Some(high) }
    }

    /// All of a whole, in hundredths.
    pub(super) fn hundred() -> Sum {
        Sum::between(Number::from(100), Number::from(100))
    }

    /// Whether it can be this figure.
    pub(super) fn meets(&self, other: &Sum) -> bool {
        let not_above = |low: &Option<Number>, high: &Option<Number>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        not_above(&self.low, &other.high) && not_above(&other.low, &self.high)
    }

    /// Whether a figure differs from it by one digit, as a hand slips: 29 for 79 is far away and still no wrong guess.
    pub(super) fn is_one_digit_off(&self, whole: &Sum) -> bool {
        let middle = |sum: &Sum| {
            let (low, high) = (sum.low.as_ref()?, sum.high.as_ref()?);
            (&(low + high) * &Number::fraction(1, 2)?).exact_decimal()
        };
        let (Some(own), Some(other)) = (middle(self), middle(whole)) else { return false };
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        own.len() == other.len()
            && digits(&own) >= 2
            && own.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count() == 1
    }

    /// Whether it is within so many hundredths of a figure, so that a mistake may explain what is missing.
    pub(super) fn is_near(&self, whole: &Sum, least: i64, most: i64) -> bool {
        let scaled =
            |number: &Number, hundredths: i64| &Number::fraction(hundredths, 100).unwrap_or(Number::ONE) * number;
        let is_enough =
            self.high.as_ref().zip(whole.low.as_ref()).is_none_or(|(high, low)| *high >= scaled(low, least));
        let is_not_more =
            self.low.as_ref().zip(whole.high.as_ref()).is_none_or(|(low, high)| *low <= scaled(high, most));
        is_enough && is_not_more
    }
}
