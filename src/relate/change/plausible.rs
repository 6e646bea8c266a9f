//! Whether three figures are a change at all: near to one another, or one slip away. Else they were taken together wrongly.

use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::amount::{Sum, bounds};
use crate::relate::pieces::Paragraph;
use crate::relate::slip::{gets_to, significant};

pub(super) fn are_multiple(paragraph: &Paragraph<'_>, times: usize, old: usize, new: usize) -> bool {
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.clone());
    let (Some(times), Some(old), Some(new)) = (nominal(times), nominal(old), nominal(new)) else { return false };
    is_multiple(&times, &old, &new)
}

/// Whether a multiple is about that of two values, and not one less, as `three times more` may mean either.
pub(super) fn is_multiple(times: &Number, old: &Number, new: &Number) -> bool {
    let tenth = |number: &Number, tenths: i64| &Number::fraction(tenths, 10).unwrap_or(Number::ONE) * number;
    let is_one_more = {
        let expected = old * &(times + &Number::ONE);
        *new >= tenth(&expected, 9) && *new <= tenth(&expected, 11)
    };
    let expected = old * times;
    !is_one_more && is_about(new, &expected)
}

/// Whether the new value is at least near to what the change makes of the old one, or one slip of a hand makes it so.
pub(super) fn is_plausible(paragraph: &Paragraph<'_>, change: usize, old: usize, new: usize, falls: bool) -> bool {
    let (Some(change), Some(old), Some(new)) =
        (paragraph.mention(change), paragraph.mention(old), paragraph.mention(new))
    else {
        return false;
    };
    is_near(change, old, new, falls) == Some(true) || is_one_slip(change, old, new, falls) == Some(true)
}

/// Whether a change goes the other way than its two values, and is not of their size: it is of something else then.
pub(super) fn is_of_another(paragraph: &Paragraph<'_>, change: usize, old: usize, new: usize, falls: bool) -> bool {
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.clone());
    let (Some(change), Some(before), Some(after)) = (paragraph.mention(change), nominal(old), nominal(new)) else {
        return true;
    };
    let falls = falls != change.figure.nominal.as_ref().is_some_and(Number::is_negative);
    if after == before || falls == (after < before) {
        return false;
    }
    let Some(by) = before.reciprocal() else { return true };
    let size = &(&(&after - &before).abs() * &by) * &Number::from(100);
    let (low, high) = (change.figure.low.as_ref(), change.figure.high.as_ref());
    // a single digit is met by chance
    significant(change) < 2
        || !low.zip(high).is_some_and(|(low, high)| {
            let (low, high) = (low.abs(), high.abs());
            low.clone().min(high.clone()) <= size && size <= low.max(high)
        })
}

/// Whether a change in percent along a range is near that of its ends.
pub(super) fn is_along(change: &Mention, range: &Mention) -> bool {
    let ends = || Some((range.figure.from.clone()?, range.figure.to.clone()?, change.figure.nominal.clone()?));
    ends().is_some_and(|(from, to, size)| is_about(&to, &(&from * &factor(&size, false))))
}

fn is_near(change: &Mention, old: &Mention, new: &Mention, falls: bool) -> Option<bool> {
    let nominal = |mention: &Mention| mention.figure.nominal.clone();
    Some(is_about(&nominal(new)?, &(&nominal(old)? * &factor(&nominal(change)?, falls))))
}

/// Whether a value is two fifths of what is expected, or up to five halves of it.
fn is_about(value: &Number, expected: &Number) -> bool {
    let tenths = |tenths: i64| &Number::fraction(tenths, 10).unwrap_or(Number::ONE) * expected;
    *value >= tenths(4) && *value <= tenths(25)
}

/// Whether one of the three is a slip away from what the others make of it.
fn is_one_slip(change: &Mention, old: &Mention, new: &Mention, falls: bool) -> Option<bool> {
    let ((change_low, change_high), (old_low, old_high), (new_low, new_high)) =
        (bounds(change)?, bounds(old)?, bounds(new)?);
    if !old_low.is_positive() || !new_low.is_positive() {
        return None;
    }
    let (least, most) = (factor(&change_low, falls), factor(&change_high, falls));
    let (least, most) = if falls { (most, least) } else { (least, most) };
    let percent = |ratio: &Number| {
        let change = if falls { &Number::ONE - ratio } else { ratio - &Number::ONE };
        &change * &Number::from(100)
    };
    let (one, other) = (percent(&(&new_low * &old_high.reciprocal()?)), percent(&(&new_high * &old_low.reciprocal()?)));
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    let would_be_new = Sum::between(&old_low * &least, &old_high * &most);
    let would_be_old = Sum::between(&new_low * &most.reciprocal()?, &new_high * &least.reciprocal()?);
    Some(gets_to(change, &Sum::between(low, high)) || gets_to(new, &would_be_new) || gets_to(old, &would_be_old))
}

/// Whether a change in percent along a range of shares is one of their ratio and not their difference in points.
pub(super) fn is_relative(change: &Mention, range: &Mention) -> bool {
    let relative = || {
        let (from, to) = (range.figure.from.clone()?, range.figure.to.clone()?);
        let size = change.figure.nominal.clone()?;
        // shares that differ by so many points as are called percent are left alone
        let points = (&(&to - &from) - &size).abs();
        Some(&points * &Number::from(FAR) > size)
    };
    range.hedge.is_none() && is_along(change, range) && relative() == Some(true)
}

/// Whether a difference is at least near to that of the two figures, or one slip away from it.
pub(super) fn is_plausible_difference(size: &Mention, larger: &Mention, smaller: &Mention) -> bool {
    let near = || {
        let nominal = |mention: &Mention| mention.figure.nominal.clone();
        let (size, made) = (nominal(size)?.abs(), &nominal(larger)? - &nominal(smaller)?);
        let times = |number: &Number| number * &Number::from(FAR);
        Some(size <= times(&made) && made <= times(&size))
    };
    let slip = || {
        let ((low, high), (large_low, large_high), (small_low, small_high)) =
            (bounds(size)?, bounds(larger)?, bounds(smaller)?);
        Some(
            gets_to(size, &Sum::between(&large_low - &small_high, &large_high - &small_low))
                || gets_to(larger, &Sum::between(&small_low + &low, &small_high + &high))
                || gets_to(smaller, &Sum::between(&large_low - &high, &large_high - &low)),
        )
    };
    near() == Some(true) || slip() == Some(true)
}

/// Whether a change in percent, its amount or the value after it is a slip away from what the others make of it.
pub(super) fn is_one_slip_by(change: &Mention, by: &Mention, new: &Mention, falls: bool) -> bool {
    let slip = || {
        let ((change_low, change_high), (low, high), (new_low, new_high)) =
            (bounds(change)?, bounds(by)?, bounds(new)?);
        if !change_low.is_positive() || !low.is_positive() || !new_low.is_positive() {
            return None;
        }
        let old = |new: &Number, by: &Number| if falls { new + by } else { new - by };
        let hundred = Number::from(100);
        let (old_low, old_high) = if falls {
            (old(&new_low, &low), old(&new_high, &high))
        } else {
            (old(&new_low, &high), old(&new_high, &low))
        };
        let made = |by: &Number, old: &Number| Some(&(by * &hundred) * &old.reciprocal()?);
        let would_be_change = Sum::between(made(&low, &old_high)?, made(&high, &old_low)?);
        // the old value that the amount and the percentage make
        let (least, most) = (made(&low, &change_high)?, made(&high, &change_low)?);
        let would_be_new =
            if falls { Sum::between(&least - &high, &most - &low) } else { Sum::between(&least + &low, &most + &high) };
        Some(gets_to(change, &would_be_change) || gets_to(new, &would_be_new))
    };
    slip() == Some(true)
}

/// How many times as large a change may be as it should, to be one of the same thing.
const FAR: i64 = 5;

/// What a change in percent makes of one.
fn factor(change: &Number, falls: bool) -> Number {
    let share = change * &Number::fraction(1, 100).unwrap_or(Number::ONE);
    if falls { &Number::ONE - &share } else { &Number::ONE + &share }
}
