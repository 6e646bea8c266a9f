//! How far a changed figure is from what it was.

use crate::extract::Mention;
use crate::figure::value::print_rounded;
use crate::figure::{Number, Scale};

/// A difference in the unit of the figures, and in hundredths of the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// With its sign and unit: `+9 km`.
    pub absolute: String,
    /// With its sign: `+0.14 %`; none where the old figure is zero, or a date.
    pub relative: Option<String>,
}

/// Decimals that a difference is shown with.
const DECIMALS: i32 = 6;

/// The difference of two figures of one unit.
pub fn difference(old: &Mention, new: &Mention) -> Option<Difference> {
    if let (Some(old), Some(new)) = (year(old), year(new)) {
        let years = new - old;
        let word = if years.abs() == 1 { "year" } else { "years" };
        return (years != 0).then(|| Difference {
            absolute: format!("{}{} {word}", if years < 0 { '−' } else { '+' }, years.abs()),
            relative: None,
        });
    }
    let (before, after) = (old.figure.nominal.as_ref()?, new.figure.nominal.as_ref()?);
    if old.unit != new.unit || old.date.is_some() || new.date.is_some() || before == after {
        return None;
    }
    let change = after - before;
    let (scaled, word) = scaled(&change);
    let unit = match new.unit.as_deref() {
        Some("%") if change.abs() == Number::from(1) => " point".to_owned(),
        Some("%") => " points".to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    let absolute = format!("{}{word}{unit}", signed(&scaled, DECIMALS));
    let relative = before.abs().reciprocal().map(|one| {
        let share = &(&change * &one) * &Number::from(100);
        let decimals = if share.abs() < Number::from(10) { 2 } else { 0 };
        format!("{} %", signed(&share, decimals))
    });
    Some(Difference { absolute, relative })
}

/// A large number in the scale in which it is short.
fn scaled(number: &Number) -> (Number, String) {
    let fitting = Scale::WORDS.iter().rev().find(|(scale, _)| {
        let size = number.abs();
        *scale != Scale::Thousand && size >= Number::power_of_ten(*scale as i32)
    });
    let shorter = fitting.map(|(scale, word)| (number * &Number::power_of_ten(-(*scale as i32)), format!(" {word}")));
    let is_short = |number: &Number| number.exact_decimal().is_some_and(|text| text.len() <= MOST_DIGITS);
    shorter.filter(|(number, _)| is_short(number)).unwrap_or_else(|| (number.clone(), String::new()))
}

/// Characters of a number with a scale word.
const MOST_DIGITS: usize = 7;

fn signed(number: &Number, decimals: i32) -> String {
    let text = print_rounded(number, decimals);
    if number.is_negative() { text.replacen('-', "−", 1) } else { format!("+{text}") }
}

/// The year of a mention that is one.
fn year(mention: &Mention) -> Option<i64> {
    mention.date.as_deref().and_then(|date| date.parse().ok())
}
