//! One test for every bug that was found, named by what went wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::Options;
use project::check;

fn findings(own_rules: &[&str], claims: &str) -> Vec<String> {
    let checked = check(own_rules, &[claims], &Options::default());
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    checked.findings()
}

fn claim(id: &str, rest: &str) -> String {
    format!("[[claim]]\nid = \"{id}\"\n{rest}\n")
}

/// Values and ranks of different subjects were paired by their place in the list.
#[test]
fn ranks_are_held_against_the_values_of_their_own_subjects() {
    let area = |subject: &str, value: &str| {
        claim(&format!("area-{subject}"), &format!("subject = \"{subject}\"\nmeasure = \"area\"\nvalue = \"{value}\""))
    };
    let rank = |subject: &str, value: &str| {
        claim(
            &format!("rank-{subject}"),
            &format!("subject = \"{subject}\"\nmeasure = \"area.rank\"\nvalue = \"{value}\""),
        )
    };
    let areas = [area("iceland", "900 km2"), area("malta", "500 km2"), area("cyprus", "700 km2")].concat();
    let right = [areas.clone(), rank("malta", "#3"), rank("cyprus", "#2")].concat();
    assert!(findings(&[], &right).is_empty());
    let wrong = [areas, rank("malta", "#2"), rank("cyprus", "#3")].concat();
    assert_eq!(findings(&[], &wrong).len(), 1);
}

/// A letter that marks the Gregorian year also begins or ends other words, and the first one met was taken.
#[test]
fn the_mark_of_a_year_is_the_one_that_follows_a_number() {
    let text = |hijri: &str| {
        let source = format!("source = {{ text = \"عام {hijri} هـ، الموافق 2020 م\" }}");
        claim("founding", &format!("subject = \"jordan\"\nmeasure = \"founded\"\nvalue = \"2020\"\n{source}"))
    };
    assert!(findings(&[], &text("1441")).is_empty());
    assert_eq!(findings(&[], &text("1424")), ["dual-dates-agree impossible: founding"]);
}

/// A price times a count of things is money.
#[test]
fn a_count_of_things_is_a_bare_factor_beside_another_dimension() {
    let claims = [
        claim("price", "value = \"3 USD\""),
        claim("number", "value = \"20\""),
        claim("total", "value = \"93 USD\""),
        "[[check]]\nid = \"sold\"\nassert = \"total = price * number\"\n".to_owned(),
    ]
    .concat();
    assert_eq!(findings(&[], &claims), ["sold impossible: total, price, number"]);
}

/// Bounds of a duration are days, and were compared with months.
#[test]
fn an_age_of_eighty_one_years_is_within_the_bounds_of_ages() {
    let age = |value: &str| {
        claim("age", &format!("subject = \"portugal\"\nmeasure = \"age\"\nat = \"2020\"\nvalue = \"{value}\""))
    };
    assert!(findings(&[], &age("81 years")).is_empty());
    assert_eq!(findings(&[], &age("218 years")), ["within-bounds impossible: age"]);
}

/// The arithmetic of two figures in conflict was left out when their comparison failed.
#[test]
fn a_disagreement_says_by_how_much() {
    let population = |id: &str, value: &str| {
        claim(id, &format!("subject = \"portugal\"\nmeasure = \"population\"\nvalue = \"{value}\""))
    };
    let claims = [population("rounded", "10.3 million persons"), population("counted", "10,467,366 persons")].concat();
    let checked = check(&[], &[&claims], &Options::default());
    let line = &checked.outcome.findings[0].arithmetic[0];
    assert_eq!(line.miss.as_deref(), Some("0.117366 million persons"));
}
