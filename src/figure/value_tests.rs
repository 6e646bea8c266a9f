//! The value language: what is printed reads back as the same, and what cannot be read says why.

use proptest::prelude::*;

use super::*;
use crate::figure::unit::{Measure, Unit};
use crate::figure::{Base, Powers, Scale};

#[test]
fn a_value_is_small() {
    assert!(size_of::<Value>() <= 40);
}

fn units() -> Units {
    let mut units = Units::default();
    let factor = |factor: i64| Measure::Factor(Number::from(factor));
    for (id, powers, measure) in [
        ("km", Powers::of(Base::Length), factor(1000)),
        ("km2", Powers::power(Base::Length, 2), factor(1_000_000)),
        ("persons", Powers::of(Base::Persons), factor(1)),
        ("EUR", Powers::of(Base::Money), factor(1)),
        ("USD", Powers::of(Base::Money), factor(1)),
        ("times", Powers::RATIO, factor(1)),
        ("years", Powers::of(Base::Duration), Measure::Months(12)),
    ] {
        units.define(Unit { id: id.into(), powers, measure });
    }
    let percent = Measure::Factor(Number::fraction(1, 100).unwrap());
    units.define(Unit { id: "%".into(), powers: Powers::RATIO, measure: percent });
    units
}

fn printed(text: &str) -> String {
    let units = units();
    Value::parse(text, None, &units).unwrap().print(&units)
}

fn refused(text: &str) -> (String, String, Option<String>) {
    let error = Value::parse(text, None, &units()).unwrap_err();
    (error.message, text[error.start..error.end].to_owned(), error.help)
}

#[test]
fn prints_one_canonical_form() {
    assert_eq!(printed("2300 km"), "2,300 km");
    assert_eq!(printed(">19 billion USD"), "> 19 billion USD");
    assert_eq!(printed("  ~   1.50 million persons "), "~ 1.50 million persons");
    assert_eq!(printed("18..21 %"), "18..21 %");
    assert_eq!(printed("exact 100 %"), "exact 100 %");
    assert_eq!(printed("-0.14 %"), "-0.14 %");
    assert_eq!(printed("1.1 USD/EUR"), "1.1 USD/EUR");
    assert_eq!(printed("<= #10"), "<= #10");
    assert_eq!(printed("1991~"), "~ 1991");
    assert_eq!(printed(">= 1991-12"), ">= 1991-12");
    assert_eq!(printed("1456/1847"), "1456/1847");
}

#[test]
fn four_digits_are_a_year_unless_a_number_is_expected() {
    let units = units();
    let read = |expected| Value::parse("1993", expected, &units).unwrap();
    assert!(matches!(read(None), Value::Date { .. }));
    assert!(matches!(read(Some(Dimension::Period)), Value::Date { .. }));
    assert!(matches!(read(Some(Dimension::COUNT)), Value::Quantity(_)));
    assert_eq!(read(Some(Dimension::COUNT)).print(&units), "1,993");
    assert!(matches!(Value::parse("1993..1995", None, &units).unwrap(), Value::Date { .. }));
}

#[test]
fn says_what_to_write_instead() {
    assert_eq!(refused("19,5 km").0, "the commas do not separate thousands");
    assert_eq!(
        refused("12 parsons"),
        ("no unit is called `parsons`".into(), "parsons".into(), Some("did you mean `persons`?".into()))
    );
    assert_eq!(refused("12.6 milliard EUR").2.as_deref(), Some("the scale word is `billion`"));
    assert_eq!(refused("٢٥ %").1, "٢");
    assert_eq!(refused("5 − 3").2.as_deref(), Some("write `-` for minus and `..` between the ends of a range"));
    assert_eq!(refused("21..18 %").0, "the range ends below its start");
    assert_eq!(refused("> 18..21 %").0, "a range cannot be a bound as well");
    assert_eq!(refused("").0, "the value is empty");
    assert_eq!(refused("#0").0, "this is not a rank");
    assert_eq!(refused("~ 1990/2000").0, "a period takes no hedge");
}

fn decimal() -> impl Strategy<Value = (String, u16)> {
    ("-?[0-9]{1,25}", 0_u16..12).prop_filter("the digits must reach the point", |(digits, decimals)| {
        digits.trim_start_matches('-').len() > usize::from(*decimals)
    })
}

fn number((digits, decimals): &(String, u16), scale: Scale) -> Decimal {
    let size = Number::from_digits(digits.trim_start_matches('-')).unwrap();
    let significand = if digits.starts_with('-') { -&size } else { size };
    Decimal::new(significand, *decimals, scale)
}

proptest! {
    /// parse ∘ print is the identity on every quantity.
    #[test]
    fn what_is_printed_reads_back_as_the_same(
        low in decimal(),
        high in proptest::option::of(decimal()),
        hedge in proptest::option::of(prop_oneof![
            Just(Hedge::Above), Just(Hedge::AtLeast), Just(Hedge::Below), Just(Hedge::AtMost), Just(Hedge::About),
        ]),
        exact: bool,
        scale in prop_oneof![Just(Scale::One), Just(Scale::Thousand), Just(Scale::Million), Just(Scale::Billion), Just(Scale::Trillion)],
        unit in prop_oneof![Just("km"), Just("km2"), Just("%"), Just("USD/EUR"), Just("persons/km2"), Just("years"), Just("")],
    ) {
        let units = units();
        let number_low = number(&low, scale);
        let upper = high.map(|high| Box::new(number(&high, scale)));
        let ordered = upper.as_ref().is_none_or(|upper| number_low.nominal() <= upper.nominal());
        let bound = matches!(hedge, Some(Hedge::Above | Hedge::AtLeast | Hedge::Below | Hedge::AtMost));
        prop_assume!(ordered && !(bound && upper.is_some()) && !(exact && hedge.is_some()));
        let unit = if unit.is_empty() { UnitRef::NONE } else { units.find(unit).unwrap() };
        let value = Value::Quantity(Quantity { hedge, exact, number: number_low, upper, unit });
        let text = value.print(&units);
        // a bare number of four digits is printed with its comma, so nothing is taken for a year
        prop_assert_eq!(Value::parse(&text, None, &units).unwrap(), value, "{}", text);
    }

    /// The loose reading never excludes what the tight one admits.
    #[test]
    fn the_loose_reading_is_the_wider_one(low in decimal(), about: bool, truncated: bool) {
        use crate::figure::{Reading, Rounding};
        let units = units();
        let hedge = about.then_some(Hedge::About);
        let quantity = Quantity { hedge, exact: false, number: number(&low, Scale::Thousand), upper: None, unit: units.find("km").unwrap() };
        let rounding = if truncated { Rounding::Truncated } else { Rounding::Nearest };
        let tight = quantity.interval(&units, Reading::Tight, rounding);
        prop_assert!(tight.is_within(&quantity.interval(&units, Reading::Loose, rounding)));
    }

    /// Nothing that anyone writes brings the reader down, and places of errors are places of the text.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        if let Err(error) = Value::parse(&text, None, &units()) {
            prop_assert!(error.start <= error.end && error.end <= text.len());
            prop_assert!(text.is_char_boundary(error.start) && text.is_char_boundary(error.end));
        }
    }
}
