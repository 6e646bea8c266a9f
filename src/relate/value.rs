//! The figure of a mention as a claim's value: with the precision that it was written in.

use crate::extract::{Kind, Mention};
use crate::figure::date::Date;
use crate::figure::quantity::{Decimal, Scale};
use crate::figure::{Hedge, Number, Quantity, Units, Value};

/// The value of a mention, or `None` where claims cannot state it. `bare` leaves the unit out.
pub(crate) fn value(mention: &Mention, bare: bool, units: &Units) -> Option<Value> {
    if let Some(date) = &mention.date {
        let date = Date::parse(date).ok()?;
        return Some(Value::Date { hedge: mention.hedge, date });
    }
    if matches!(mention.kind, Kind::Rank | Kind::Age) {
        return None;
    }
    Some(Value::Quantity(quantity(mention, bare, units)?))
}

/// An age in years that are full.
pub(super) fn full_years(mention: &Mention, units: &Units) -> Option<Value> {
    Some(Value::Quantity(Quantity { exact: true, unit: units.find("years")?, ..quantity(mention, true, units)? }))
}

fn quantity(mention: &Mention, bare: bool, units: &Units) -> Option<Quantity> {
    let unit = match mention.unit.as_deref().filter(|_| !bare) {
        Some(unit) => units.find(unit)?,
        None => crate::figure::UnitRef::NONE,
    };
    let figure = &mention.figure;
    let (number, upper) = match (&figure.nominal, &figure.from, &figure.to) {
        (Some(nominal), ..) => (decimal(nominal, step(mention, nominal))?, None),
        // digits that were read as a range and run backwards are none
        (None, Some(from), Some(to)) if from <= to => {
            let low = figure.low.as_ref().map(|low| from - low);
            let high = figure.high.as_ref().map(|high| high - to);
            (decimal(from, low.map(doubled))?, Some(Box::new(decimal(to, high.map(doubled))?)))
        }
        _ => return None,
    };
    Some(Quantity { hedge: mention.hedge, exact: false, number, upper, unit })
}

/// The two ends of a range as values of their own.
pub(super) fn ends(mention: &Mention, units: &Units) -> Option<(Value, Value)> {
    let Value::Quantity(range) = value(mention, false, units)? else { return None };
    let upper = range.upper.as_deref()?.clone();
    let end = |number: Decimal| Value::Quantity(Quantity { upper: None, number, ..range.clone() });
    Some((end(range.number.clone()), end(upper)))
}

fn doubled(half: Number) -> Number {
    &half + &half
}

/// The unit of the last digit written, where the ends say it.
fn step(mention: &Mention, nominal: &Number) -> Option<Number> {
    let figure = &mention.figure;
    match (&figure.low, &figure.high, mention.hedge) {
        (Some(_), Some(high), Some(Hedge::About)) => Some(high - nominal),
        (Some(low), Some(high), _) => Some(high - low),
        // a bound is exact: the digits that it was written with are not known any more
        _ => None,
    }
}

/// A number with the digits that its step says: a step of a hundred million is one decimal of a milliard.
fn decimal(number: &Number, step: Option<Number>) -> Option<Decimal> {
    let exponent = match step.filter(|step| !step.is_zero()) {
        Some(step) => exponent(&step)?,
        None => shortest(number, MILLION)?,
    };
    if exponent <= 0 {
        let significand = number * &Number::power_of_ten(-exponent);
        let decimals = u16::try_from(-exponent).ok()?;
        return significand.is_integer().then(|| Decimal::new(significand, decimals, Scale::One));
    }
    let scales = [Scale::Thousand, Scale::Million, Scale::Billion, Scale::Trillion];
    let scale = scales.into_iter().find(|scale| *scale as i32 >= exponent)?;
    // twelve thousand six hundred million is written in milliards where nothing is lost
    let larger = scales.into_iter().rev().find(|larger| {
        *larger as i32 >= scale as i32 && (number * &Number::power_of_ten(-(*larger as i32))).abs() >= Number::from(1)
    });
    let scale = larger.unwrap_or(scale);
    let significand = number * &Number::power_of_ten(-exponent);
    let decimals = u16::try_from(scale as i32 - exponent).ok()?;
    significand.is_integer().then(|| Decimal::new(significand, decimals, scale))
}

/// Zeros of a million.
const MILLION: i32 = 6;

/// The power of ten that a number is.
fn exponent(number: &Number) -> Option<i32> {
    (-30..=15).find(|exponent| Number::power_of_ten(*exponent) == *number)
}

/// The last digit that is needed to write a number out; zeros that fill so many places or more were a scale word.
pub(super) fn shortest(number: &Number, fewest: i32) -> Option<i32> {
    if let Some(decimals) = (0..=12).find(|decimals| (number * &Number::power_of_ten(*decimals)).is_integer())
        && decimals > 0
    {
        return Some(-decimals);
    }
    let zeros = (1..=15).take_while(|zeros| (number * &Number::power_of_ten(-zeros)).is_integer()).last().unwrap_or(0);
    Some(if zeros >= fewest && !number.is_zero() { zeros - zeros % 3 } else { 0 })
}
