//! How sums and repeated figures are read, after XBRL Calculations 1.1: what the vectors of other checkers taught, told
//! with figures of our own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::{Options, Readings};
use kzcheck::figure::Rounding;
use project::check;

fn claims(values: &[(&str, &str)]) -> String {
    values.iter().map(|(id, value)| format!("[[claim]]\nid = \"{id}\"\nvalue = \"{value}\"\n")).collect()
}

fn verdict(values: &[(&str, &str)], assert: &str, options: &Options) -> Option<String> {
    let text = format!("{}[[check]]\nid = \"sum\"\nassert = \"{assert}\"\n", claims(values));
    let checked = check(&[], &[&text], options);
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    let finding = checked.outcome.findings.first()?;
    Some(finding.verdict.unwrap().name().to_owned())
}

fn both(values: &[(&str, &str)], assert: &str) -> Option<String> {
    verdict(values, assert, &Options::default())
}

fn truncated(values: &[(&str, &str)], assert: &str) -> Option<String> {
    let options = Options { rounding: Rounding::Truncated, readings: Readings::Tight, ..Options::default() };
    verdict(values, assert, &options)
}

/// The findings about claims of one fact.
fn repeated(values: &[&str]) -> Vec<String> {
    let claim = |(index, value): (usize, &&str)| {
        format!("[[claim]]\nid = \"claim-{index}\"\nsubject = \"france\"\nmeasure = \"area\"\nvalue = \"{value}\"\n")
    };
    let text: String = values.iter().enumerate().map(claim).collect();
    let checked = check(&[], &[&text], &Options::default());
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    checked.findings()
}

#[test]
fn rounded_parts_may_miss_a_rounded_total_by_their_half_units() {
    let parts = [("whole", "100.0 km"), ("a", "33.3 km"), ("b", "33.3 km"), ("c", "33.3 km")];
    assert_eq!(both(&parts, "whole = a + b + c"), None);
    let parts = [("whole", "100.2 km"), ("a", "33.3 km"), ("b", "33.3 km"), ("c", "33.3 km")];
    assert_eq!(both(&parts, "whole = a + b + c").as_deref(), Some("impossible"));
}

#[test]
fn ends_that_touch_meet_where_both_are_closed() {
    // 11.5 to 12.5 and 44.5 to 45.5 make 56.0 to 58.0, and 58.5 begins at 58.45
    assert_eq!(
        both(&[("whole", "58.5 km"), ("a", "12 km"), ("b", "45 km")], "whole = a + b").as_deref(),
        Some("impossible")
    );
    // 58 begins at 57.5
    assert_eq!(both(&[("whole", "58 km"), ("a", "12 km"), ("b", "45 km")], "whole = a + b"), None);
}

#[test]
fn truncated_figures_are_open_above() {
    // 12 and 45 cut off make 57 up to, but not, 59
    assert_eq!(truncated(&[("whole", "58 km"), ("a", "12 km"), ("b", "45 km")], "whole = a + b"), None);
    let touching = [("whole", "59 km"), ("a", "12 km"), ("b", "45 km")];
    assert_eq!(truncated(&touching, "whole = a + b").as_deref(), Some("impossible"));
    // a part that is taken away brings its open end to the other side
    assert_eq!(truncated(&[("rest", "56 km"), ("a", "100 km"), ("b", "43 km")], "rest = a - b"), None);
    let below = [("rest", "55 km"), ("a", "100 km"), ("b", "43 km")];
    assert_eq!(truncated(&below, "rest = a - b").as_deref(), Some("impossible"));
}

#[test]
fn zeros_that_may_only_fill_up_make_a_reservation() {
    let population = [("whole", "20 million persons"), ("a", "12 million persons"), ("b", "6 million persons")];
    assert_eq!(both(&population, "whole = a + b").as_deref(), Some("strained"));
    let exact = [("whole", "exact 20 million persons"), ("a", "12 million persons"), ("b", "6 million persons")];
    assert_eq!(both(&exact, "whole = a + b").as_deref(), Some("impossible"));
}

#[test]
fn counts_are_not_rounded() {
    assert_eq!(both(&[("all", "6"), ("a", "3"), ("b", "2")], "all = a + b").as_deref(), Some("impossible"));
    assert_eq!(both(&[("all", "5"), ("a", "3"), ("b", "2")], "all = a + b"), None);
}

#[test]
fn the_same_figure_in_two_precisions_agrees_where_they_overlap() {
    assert!(repeated(&["14.3 km2", "14.34 km2"]).is_empty());
    assert_eq!(repeated(&["14.3 km2", "14.36 km2"]), ["claims-agree impossible: claim-0, claim-1"]);
    // exact beside rounded, and one figure in two units
    assert!(repeated(&["exact 100 km2", "100.0 km2"]).is_empty());
    assert!(repeated(&["28,748 km2", "11,100 mi2"]).is_empty());
    assert_eq!(repeated(&["28,748 km2", "17,864 mi2"]).len(), 1);
}

#[test]
fn figures_of_one_precision_are_the_same_figure_and_a_coarser_one_does_not_hide_it() {
    // 747.5 to 748.5 and 748.5 to 749.5 touch, and 650 to 750 holds both
    let found = repeated(&["748 thousand km2", "749 thousand km2", "0.7 million km2"]);
    assert_eq!(found, ["claims-agree impossible: claim-0, claim-1, claim-2"]);
}

#[test]
fn all_claims_of_a_fact_must_share_a_point_together() {
    // each two of them meet: 10 to 30, 24.5 to 25.5 and at least 25.2
    assert!(repeated(&["10..30 km2", "25 km2", ">= 25.2 km2"]).is_empty());
    assert_eq!(repeated(&["10..25 km2", "27 km2", ">= 25.2 km2"]).len(), 1);
}

#[test]
fn a_relation_fails_only_if_it_fails_with_every_claim_of_a_fact_in_conflict() {
    let text = |whole: &str| {
        let claim = |id: &str, measure: &str, value: &str| {
            format!("[[claim]]\nid = \"{id}\"\nsubject = \"france\"\nmeasure = \"{measure}\"\nvalue = \"{value}\"\n")
        };
        [
            claim("exports", "trade.goods.exports", "6.0 billion EUR"),
            claim("exports-again", "trade.goods.exports", "7.0 billion EUR"),
            claim("imports", "trade.goods.imports", "12.6 billion EUR"),
            claim("trade", "trade.goods", whole),
        ]
        .concat()
    };
    let found = |whole: &str| check(&[], &[&text(whole)], &Options::default()).findings();
    assert_eq!(found("18.6 billion EUR"), ["claims-agree impossible: exports, exports-again"]);
    assert_eq!(found("19.6 billion EUR"), ["claims-agree impossible: exports, exports-again"]);
    let both = found("21.6 billion EUR");
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both.iter().any(|finding| finding.starts_with("trade-balance impossible")));
}
