//! From a figure of a text to the value of a claim: whether the two say the same, and what the claim says once the
//! figure has changed.
//!
//! A claim may say more than its figure does, or say it otherwise (`> 0.5 t` for *half a ton and more*). So a new value
//! takes from the old one whatever the figure did not change: the scale word, the unit, the hedge. Where the old figure
//! and the old value do not say the same number, no new value is guessed.

use crate::extract::{Kind, Mention};
use crate::figure::{Dimension, Hedge, Number, Quantity, Reading, Scale, Units, Value};

/// Whether a claim's value is what a figure says. Hedges are not compared: they often stand far from the figure.
pub fn agrees(value: &Value, mention: &Mention, units: &Units) -> bool {
    match value {
        Value::Quantity(quantity) => {
            same_unit(quantity, mention, units)
                && figures(mention).any(|(nominal, from, to)| match (&quantity.upper, nominal, from, to) {
                    (None, Some(nominal), _, _) => quantity.number.nominal() == *nominal,
                    (Some(upper), _, Some(from), Some(to)) => {
                        quantity.number.nominal() == *from && upper.nominal() == *to
                    }
                    _ => false,
                })
        }
        Value::Rank { place, .. } => figures(mention)
            .any(|(nominal, ..)| nominal.is_some_and(|number| *number == Number::from(i64::from(*place)))),
        Value::Date { date, .. } => dates(mention).any(|text| match parsed_date(text, units) {
            Some(Value::Date { date: other, .. }) => date.days(Reading::Tight) == other.days(Reading::Tight),
            _ => false,
        }),
        Value::Period(period) => dates(mention).any(|text| match parsed_date(text, units) {
            Some(Value::Period(other)) => *period == other,
            _ => false,
        }),
    }
}

/// What a claim says once its figure `old` has become `new`; `None` where that is not plain.
pub fn revised(
    value: &Value,
    old: &Mention,
    new: &Mention,
    expected: Option<Dimension>,
    units: &Units,
) -> Option<Value> {
    if !agrees(value, old, units) {
        return None;
    }
    let literal = match value {
        Value::Quantity(quantity) => quantity_literal(quantity, old, new, units)?,
        Value::Rank { hedge, .. } => {
            let place = new.figure.nominal.as_ref()?.to_i64()?;
            format!("{}#{place}", hedge_sign(hedge_of(*hedge, old, new)))
        }
        Value::Date { hedge, .. } => {
            format!("{}{}", hedge_sign(hedge_of(*hedge, old, new)), new.date.as_deref()?)
        }
        Value::Period(_) => new.date.as_deref()?.to_owned(),
    };
    Value::parse(&literal, expected, units).ok()
}

/// The value that a mention states by itself; `None` where claims cannot state it.
pub fn stated(mention: &Mention, units: &Units) -> Option<Value> {
    if let Some(date) = &mention.date {
        return Value::parse(&format!("{}{date}", hedge_sign(mention.hedge)), Some(Dimension::Date), units).ok();
    }
    let figure = &mention.figure;
    if mention.kind == Kind::Rank {
        let place = figure.nominal.as_ref()?.to_i64()?;
        return Value::parse(&format!("{}#{place}", hedge_sign(mention.hedge)), Some(Dimension::Rank), units).ok();
    }
    let (first, upper) = ends(mention)?;
    let last_digit = last_digit(mention);
    let scale = scale(Scale::One, first, last_digit);
    let unit = mention.unit.as_deref().unwrap_or_default();
    let literal = literal(&hedge_sign(mention.hedge), first, upper, scale, last_digit, unit)?;
    Value::parse(&literal, None, units).ok()
}

type Numbers<'m> = (Option<&'m Number>, Option<&'m Number>, Option<&'m Number>);

/// The numbers of a mention in each of its readings.
fn figures(mention: &Mention) -> impl Iterator<Item = Numbers<'_>> {
    let others = mention.alternatives.iter().map(|reading| &reading.figure);
    std::iter::once(&mention.figure)
        .chain(others)
        .map(|figure| (figure.nominal.as_ref(), figure.from.as_ref(), figure.to.as_ref()))
}

fn dates(mention: &Mention) -> impl Iterator<Item = &str> {
    let others = mention.alternatives.iter().filter_map(|reading| reading.date.as_deref());
    mention.date.as_deref().into_iter().chain(others)
}

fn parsed_date(text: &str, units: &Units) -> Option<Value> {
    Value::parse(text, Some(Dimension::Date), units).ok()
}

/// A unit that the figure does not say is the claim's own.
fn same_unit(quantity: &Quantity, mention: &Mention, units: &Units) -> bool {
    match mention.unit.as_deref() {
        None => true,
        Some(unit) => quantity.unit.is_none() || units.find(unit) == Some(quantity.unit),
    }
}

fn hedge_of(own: Option<Hedge>, old: &Mention, new: &Mention) -> Option<Hedge> {
    if old.hedge == new.hedge { own } else { new.hedge }
}

fn hedge_sign(hedge: Option<Hedge>) -> String {
    hedge.map(|hedge| format!("{} ", hedge.sign())).unwrap_or_default()
}

fn quantity_literal(own: &Quantity, old: &Mention, new: &Mention, units: &Units) -> Option<String> {
    let (first, upper) = ends(new)?;
    let last_digit = last_digit(new);
    let scale = scale(own.number.scale(), first, last_digit);
    let lead = if own.exact { "exact ".to_owned() } else { hedge_sign(hedge_of(own.hedge, old, new)) };
    let unit = match (&old.unit, &new.unit) {
        (old, new) if old == new => units.name(own.unit),
        // a count keeps what is counted
        (_, None) if new.kind == Kind::Count => units.name(own.unit),
        (_, None) => String::new(),
        (_, Some(new)) => new.to_string(),
    };
    literal(&lead, first, upper, scale, last_digit, &unit)
}

/// The number of a mention, or the two of a range.
fn ends(mention: &Mention) -> Option<(&Number, Option<&Number>)> {
    let figure = &mention.figure;
    match (&figure.nominal, &figure.from, &figure.to) {
        (Some(nominal), ..) => Some((nominal, None)),
        (None, Some(from), Some(to)) => Some((from, Some(to))),
        _ => None,
    }
}

/// The power of ten of the last digit written, where the ends say it.
fn last_digit(mention: &Mention) -> Option<i32> {
    match (&mention.figure.low, &mention.figure.high, mention.hedge, &mention.figure.nominal) {
        (Some(low), Some(high), None, Some(_)) => power_of_ten(&(high - low)),
        _ => None,
    }
}

fn literal(
    lead: &str,
    first: &Number,
    upper: Option<&Number>,
    scale: Scale,
    last_digit: Option<i32>,
    unit: &str,
) -> Option<String> {
    let mut literal = format!("{lead}{}", decimal(first, scale, last_digit)?);
    if let Some(upper) = upper {
        literal.push_str(&format!("..{}", decimal(upper, scale, last_digit)?));
    }
    if let Some(word) = scale.word() {
        literal.push_str(&format!(" {word}"));
    }
    if !unit.is_empty() {
        literal.push_str(&format!(" {unit}"));
    }
    Some(literal)
}

/// The scale word of the claim, unless the new figure is written more coarsely than it or is far smaller.
fn scale(own: Scale, number: &Number, last_digit: Option<i32>) -> Scale {
    let all = [Scale::One, Scale::Thousand, Scale::Million, Scale::Billion, Scale::Trillion];
    let coarsest = last_digit.unwrap_or(0);
    let is_small = number.abs() < Number::power_of_ten(own as i32 - 3) && !number.is_zero();
    if own as i32 >= coarsest && !is_small {
        return own;
    }
    all.into_iter().find(|scale| *scale as i32 >= coarsest).unwrap_or(own)
}

/// A number in a scale, with the decimals that its last written digit asks for.
fn decimal(number: &Number, scale: Scale, last_digit: Option<i32>) -> Option<String> {
    let scaled = number * &Number::power_of_ten(-(scale as i32));
    let text = scaled.exact_decimal()?;
    let written = text.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    let asked = last_digit.map_or(0, |last| scale as i32 - last);
    Some(scaled.with_decimals(written.max(asked)))
}

/// The exponent of a power of ten.
fn power_of_ten(number: &Number) -> Option<i32> {
    (-12..=15).find(|exponent| *number == Number::power_of_ten(*exponent))
}
