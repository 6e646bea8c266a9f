//! The slips of pen, key and text recognition by which a figure becomes another.
//!
//! [`slips`] gives every value that one slip turns into a written one, [`slip`] the likeliest that leads from one value
//! to another. Whether a value is possible is for the caller to ask.
//!
//! They work on the figure as the value language writes it, and what is no value of the same kind is no slip. The cost
//! says how plausible a slip is: what changes two places at once by one cause (digits exchanged, a scale word, the
//! other century) is likelier to hit upon another possible value by error than one digit of nine.

use super::{Dimension, Reading, Units, Value};

/// Another value with how it may have become the one that is written.
#[derive(Clone, Debug)]
pub struct Slip {
    pub value: Value,
    pub reason: &'static str,
    /// The lower, the likelier.
    pub cost: u8,
}

/// Digits that text recognition and handwriting confuse, in Latin and in Arabic-Indic letters (٢/٣, ٧/٨, ٠/٥, ٦/٩).
const CONFUSED: [(char, char); 12] = [
    ('1', '7'),
    ('1', '9'),
    ('0', '5'),
    ('0', '6'),
    ('0', '8'),
    ('2', '3'),
    ('2', '7'),
    ('3', '8'),
    ('5', '6'),
    ('6', '8'),
    ('6', '9'),
    ('7', '8'),
];

const SCALES: [&str; 4] = [" thousand", " million", " billion", " trillion"];

/// All values that one slip turns into this one, the likeliest first.
pub fn slips(value: &Value, dimension: Dimension, units: &Units) -> Vec<Slip> {
    let written = value.print(units).replace(',', "");
    let mut texts: Vec<(String, &'static str, u8)> = Vec::new();
    let (figure, unit) = parted(&written);
    digits(&figure, &mut texts);
    if matches!(value, Value::Quantity(_)) {
        mark(&figure, &mut texts);
        sign(&figure, &mut texts);
    }
    if let Value::Date { .. } = value {
        day_and_month(&figure, &mut texts);
        century(&figure, &mut texts);
    }
    let mut candidates: Vec<(String, &'static str, u8)> =
        texts.into_iter().map(|(figure, reason, cost)| (format!("{figure}{unit}"), reason, cost)).collect();
    if matches!(value, Value::Quantity(_)) {
        scale(&figure, &unit, &mut candidates);
    }
    candidates.sort_by_key(|(_, _, cost)| *cost);
    let mut slips: Vec<Slip> = Vec::new();
    // a date has as many digits as it has
    let is_dated = matches!(value, Value::Date { .. } | Value::Period(_));
    for (text, reason, cost) in candidates {
        if is_dated && text.len() != written.len() {
            continue;
        }
        let Ok(other) = Value::parse(&text, Some(dimension), units) else { continue };
        if other != *value
            && !is_far(value, &other)
            && other.fits(dimension, units)
            && slips.iter().all(|slip| slip.value != other)
        {
            slips.push(Slip { value: other, reason, cost });
        }
    }
    slips
}

/// The likeliest slip by which somebody who meant one value wrote another; `None` where no single one does.
pub fn slip(meant: &Value, written: &Value, dimension: Dimension, units: &Units) -> Option<Slip> {
    slips(written, dimension, units).into_iter().find(|slip| slip.value == *meant)
}

/// A date so many days away is no slip but another age.
const FAR: i64 = 150 * 366;

fn is_far(value: &Value, other: &Value) -> bool {
    let first = |value: &Value| match value {
        Value::Date { date, .. } => Some(date.extent(Reading::Tight).0.0),
        Value::Period(period) => period.start_days(Reading::Tight).first.map(|day| day.0),
        _ => None,
    };
    match (first(value), first(other)) {
        (Some(a), Some(b)) => (a - b).abs() > FAR,
        _ => false,
    }
}

/// The figure up to its last digit, and what follows.
fn parted(written: &str) -> (String, String) {
    let end = written
        .char_indices()
        .skip_while(|(_, letter)| !letter.is_ascii_digit())
        .find(|(_, letter)| !(letter.is_ascii_digit() || matches!(letter, '.' | '-')))
        .map_or(written.len(), |(index, _)| index);
    (written[..end].to_owned(), written[end..].to_owned())
}

fn digits(figure: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    let letters: Vec<char> = figure.chars().collect();
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let places: Vec<usize> = (0..letters.len()).filter(|place| letters[*place].is_ascii_digit()).collect();
    for pair in places.windows(2) {
        let mut swapped = letters.clone();
        swapped.swap(pair[0], pair[1]);
        texts.push((text(&swapped), "two digits exchanged", 1));
    }
    for place in &places {
        for digit in '0'..='9' {
            let mut other = letters.clone();
            other[*place] = digit;
            let confused = CONFUSED
                .iter()
                .any(|(a, b)| (*a, *b) == (digit, letters[*place]) || (*b, *a) == (digit, letters[*place]));
            if confused {
                texts.push((text(&other), "one digit, of a similar shape", 2));
            } else {
                texts.push((text(&other), "one digit", 3));
            }
            let mut longer = letters.clone();
            longer.insert(*place, digit);
            texts.push((text(&longer), "a digit is missing", 4));
        }
        let mut shorter = letters.clone();
        let removed = shorter.remove(*place);
        let doubled = shorter.get(*place) == Some(&removed);
        texts.push((
            text(&shorter),
            if doubled { "a digit is doubled" } else { "a digit too many" },
            if doubled { 2 } else { 4 },
        ));
    }
}

/// Thousands against decimals: `14.030` for `14,030`, and the other way round.
fn mark(figure: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    match figure.rsplit_once('.') {
        Some((whole, decimals)) if decimals.len() == 3 => {
            texts.push((format!("{whole}{decimals}"), "a decimal mark for a thousands mark", 1));
        }
        None if figure.len() > 3 => {
            let (whole, decimals) = figure.split_at(figure.len() - 3);
            texts.push((format!("{whole}.{decimals}"), "a thousands mark for a decimal mark", 1));
        }
        _ => {}
    }
}

fn sign(figure: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    match figure.strip_prefix('-') {
        Some(size) => texts.push((size.to_owned(), "a minus too many", 1)),
        None => texts.push((format!("-{figure}"), "a minus is missing", 1)),
    }
}

/// `2018-03-07` for `2018-07-03`.
fn day_and_month(figure: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    if let [year, month, day] = figure.split('-').collect::<Vec<_>>().as_slice() {
        texts.push((format!("{year}-{day}-{month}"), "day and month exchanged", 1));
    }
}

fn century(figure: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    let Some(year) = figure.get(..4).and_then(|year| year.parse::<i32>().ok()) else { return };
    for other in [year - 100, year + 100] {
        if (0..=9999).contains(&other) {
            texts.push((format!("{other:04}{}", &figure[4..]), "the other century", 2));
        }
    }
}

/// Million for milliard and the like.
fn scale(figure: &str, unit: &str, texts: &mut Vec<(String, &'static str, u8)>) {
    let own = SCALES.iter().position(|word| unit.starts_with(word));
    let rest = own.map_or(unit, |own| &unit[SCALES[own].len()..]);
    let nearby = match own {
        Some(own) => [own.checked_sub(1), Some(own + 1)],
        None => return,
    };
    for word in nearby.into_iter().flatten().filter_map(|index| SCALES.get(index)) {
        texts.push((format!("{figure}{word}{rest}"), "another scale word", 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::unit::{Measure, Unit};
    use crate::figure::{Base, Number, Powers};

    fn units() -> Units {
        let mut units = Units::default();
        let factor = |factor: i64| Measure::Factor(Number::from(factor));
        for (id, powers, measure) in [
            ("km", Powers::of(Base::Length), factor(1000)),
            ("EUR", Powers::of(Base::Money), factor(1)),
            ("%", Powers::RATIO, Measure::Factor(Number::fraction(1, 100).unwrap())),
        ] {
            units.define(Unit { id: id.into(), powers, measure });
        }
        units
    }

    fn reason(meant: &str, written: &str) -> Option<&'static str> {
        let units = units();
        let value = |text: &str| Value::parse(text, None, &units).unwrap();
        let written = value(written);
        slip(&value(meant), &written, written.dimension(&units), &units).map(|slip| slip.reason)
    }

    #[test]
    fn a_slip_is_named_by_its_cause() {
        assert_eq!(reason("27.7 %", "29.7 %"), Some("one digit"));
        assert_eq!(reason("19.1 %", "16.1 %"), Some("one digit, of a similar shape"));
        assert_eq!(reason("1993", "1939"), Some("two digits exchanged"));
        assert_eq!(reason("14,030 km", "14.030 km"), Some("a decimal mark for a thousands mark"));
        assert_eq!(reason("14.030 km", "14,030 km"), Some("a thousands mark for a decimal mark"));
        assert_eq!(reason("6 billion EUR", "6 million EUR"), Some("another scale word"));
        assert_eq!(reason("-2.5 %", "2.5 %"), Some("a minus is missing"));
        assert_eq!(reason("2018-07-03", "2018-03-07"), Some("day and month exchanged"));
        assert_eq!(reason("1867", "1967"), Some("the other century"));
        assert_eq!(reason("155 km", "1555 km"), Some("a digit is doubled"));
    }

    #[test]
    fn two_figures_that_no_single_slip_ties_are_not_tied() {
        assert_eq!(reason("27.7 %", "31.2 %"), None);
        assert_eq!(reason("6 EUR", "6 km"), None);
        assert_eq!(reason("6 km", "6 km"), None);
        // that would be another age, not another century
        assert_eq!(reason("0967", "1967"), None);
    }
}
