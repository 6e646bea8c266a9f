//! Vectors from other projects (Arelle and the XBRL Calculations 1.1 examples, ixbrl-viewer, scrutiny), read where the
//! file with them is at hand. What they taught is carried over as cases of our own in `calculations.rs`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::{Options, Readings};
use kzcheck::figure::{Decimal, End, Interval, Number, Quantity, Reading, Rounding, Scale, UnitRef, Units};
use project::check;
use serde_json::Value;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cases/checks.jsonl");

/// The vectors of one kind; none where the file is not at hand.
fn vectors(kind: &str) -> Vec<Value> {
    let Ok(text) = std::fs::read_to_string(VECTORS) else { return Vec::new() };
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|vector| vector["check"] == kind).collect()
}

/// A decimal text as digits, decimals and power of ten.
fn number(text: &str) -> Number {
    let (mantissa, exponent) = text.split_once('E').unwrap_or((text, "0"));
    let (sign, digits) = mantissa.strip_prefix('-').map_or((1, mantissa), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let size = Number::from_digits(&format!("{whole}{fraction}")).unwrap();
    let shift = exponent.parse::<i32>().unwrap() - i32::try_from(fraction.len()).unwrap();
    &(&size * &Number::from(sign)) * &Number::power_of_ten(shift)
}

/// A literal of this value and precision in kilometres: 748,000 to the thousand is `748 thousand km`.
fn literal(fact: &Value) -> String {
    let value = number(fact[0].as_str().unwrap());
    let Some(decimals) = fact[1].as_i64() else { return format!("exact {value} km") };
    let (scale, word) = match decimals {
        0.. => (0, ""),
        -3..0 => (3, " thousand"),
        -6..-3 => (6, " million"),
        _ => (9, " billion"),
    };
    let scaled = &value * &Number::power_of_ten(-scale);
    format!("{}{word} km", scaled.with_decimals(scale + i32::try_from(decimals).unwrap()))
}

fn claims_of(measure: &str, facts: &Value) -> String {
    let claim = |(index, fact): (usize, &Value)| {
        let literal = literal(fact);
        format!(
            "[[claim]]\nid = \"{measure}-{index}\"\nsubject = \"france\"\nmeasure = \"{measure}\"\nvalue = \"{literal}\"\n"
        )
    };
    facts.as_array().unwrap().iter().enumerate().map(claim).collect()
}

fn options(mode: Option<&str>) -> Options<'static> {
    let rounding = if mode == Some("truncate") { Rounding::Truncated } else { Rounding::Nearest };
    Options { readings: Readings::Tight, rounding, ..Options::default() }
}

#[test]
fn duplicates_of_one_fact() {
    for vector in vectors("duplicates") {
        let checked = check(
            &["[measure.length]\ndimension = \"length\""],
            &[&claims_of("length", &vector["input"]["facts"])],
            &options(None),
        );
        assert!(checked.problems.is_empty(), "{:?}", checked.problems);
        assert_eq!(checked.outcome.findings.is_empty(), vector["expected"] == "consistent", "{vector}");
    }
}

#[test]
fn sums_of_weighted_parts() {
    for vector in vectors("summation") {
        let input = &vector["input"];
        let parts = input["parts"].as_array().unwrap();
        let mut rules = String::from("[measure.total]\ndimension = \"length\"\n");
        let mut claims = claims_of("total", &input["total"]);
        let mut terms = String::from("terms.total = { measure = \"total\" }\n");
        let mut sum = String::new();
        for (index, part) in parts.iter().enumerate() {
            rules.push_str(&format!("[measure.part{index}]\ndimension = \"length\"\n"));
            terms.push_str(&format!("terms.part{index} = {{ measure = \"part{index}\" }}\n"));
            claims.push_str(&claims_of(&format!("part{index}"), &part[1]));
            let sign = if part[0].as_i64() == Some(-1) { " - " } else { " + " };
            sum.push_str(if index == 0 { "" } else { sign });
            sum.push_str(&format!("part{index}"));
        }
        rules.push_str(&format!(
            "[[rule]]\nid = \"adds-up\"\nsummary = \"The parts make the total\"\n{terms}assert = \"total = {sum}\"\n"
        ));
        let checked = check(&[&rules], &[&claims], &options(input["mode"].as_str()));
        assert!(checked.problems.is_empty(), "{:?}", checked.problems);
        assert!(checked.outcome.checks_made >= 1, "{vector}");
        assert_eq!(
            checked.outcome.findings.is_empty(),
            vector["expected"] == "consistent",
            "{vector}\n{:?}",
            checked.findings()
        );
    }
}

#[test]
fn intervals_of_rounded_figures() {
    let mut read = 0;
    let vectors = vectors("unround");
    for vector in &vectors {
        let input = &vector["input"];
        let rounding = match input["mode"].as_str() {
            Some("nearest") => Rounding::Nearest,
            Some("floor") => Rounding::Truncated,
            // figures that are always rounded up, or down at a tie, are nothing that a text says of itself
            _ => continue,
        };
        read += 1;
        let decimals = input["decimals"].as_i64().unwrap();
        let significand =
            &number(input["value"].as_str().unwrap()) * &Number::power_of_ten(i32::try_from(decimals).unwrap());
        let decimal = Decimal::new(significand, u16::try_from(decimals).unwrap(), Scale::One);
        let quantity = Quantity { hedge: None, exact: false, number: decimal, upper: None, unit: UnitRef::NONE };
        let expected = &vector["expected"];
        let end = |key: &str, closed: &str| {
            let at = number(expected[key].as_str().unwrap());
            if expected[closed] == true { End::Closed(at) } else { End::Open(at) }
        };
        let interval = Interval::new(end("low", "low_closed"), end("high", "high_closed")).unwrap();
        assert_eq!(quantity.interval(&Units::default(), Reading::Tight, rounding), interval, "{vector}");
    }
    assert!(vectors.is_empty() || read == 4, "{read} vectors were read");
}

#[test]
fn digits_beyond_the_precision() {
    for vector in vectors("excess_digits") {
        let decimals = i32::try_from(vector["input"]["decimals"].as_i64().unwrap()).unwrap();
        let shifted = &number(vector["input"]["value"].as_str().unwrap()) * &Number::power_of_ten(decimals);
        assert_eq!(!shifted.is_integer(), vector["expected"].as_bool().unwrap(), "{vector}");
    }
}

#[test]
fn means_of_whole_numbers() {
    for vector in vectors("grim") {
        let input = &vector["input"];
        let count = input["n"].as_i64().unwrap() * input["items"].as_i64().unwrap();
        let x = input["x"].as_str().unwrap();
        let mean = if input["percent"] == true { format!("{x} %") } else { format!("{x} times") };
        let claims = format!(
            "[[claim]]\nid = \"mean\"\nvalue = \"{mean}\"\n[[claim]]\nid = \"size\"\nvalue = \"{count} times\"\n\
             [[check]]\nid = \"possible\"\nassert = \"whole(mean * size)\"\n"
        );
        // the size is counted, not rounded
        let claims = claims.replace(&format!("\"{count} times\""), &format!("\"exact {count} times\""));
        let checked = check(&[], &[&claims], &options(None));
        assert!(checked.problems.is_empty(), "{:?}", checked.problems);
        assert_eq!(checked.outcome.findings.is_empty(), vector["expected"].as_bool().unwrap(), "{vector}");
    }
}
