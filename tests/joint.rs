//! Claims that are each in order and cannot all be true.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::{Finding, Options, Outcome};
use project::{Checked, check};

const RULES: &str = r#"
[measure.whole]
dimension  = "money"
qualifiers = ["period"]
min        = 0

[measure.left]
dimension  = "money"
qualifiers = ["period"]
min        = 0

[measure.right]
dimension  = "money"
qualifiers = ["period"]
min        = 0

[measure.left-share]
dimension  = "ratio"
qualifiers = ["period"]

[measure.right-share]
dimension  = "ratio"
qualifiers = ["period"]

[[rule]]
id          = "two-parts"
summary     = "Both parts make the whole"
severity    = "error"
terms.whole = { measure = "whole" }
terms.left  = { measure = "left" }
terms.right = { measure = "right" }
assert      = "whole = left + right"
why         = "It is so."
pass        = [{ whole = "3 USD", left = "1 USD", right = "2 USD" }]
fail        = [{ whole = "5 USD", left = "1 USD", right = "2 USD" }]

[[rule]]
id          = "left-as-share"
summary     = "The share of the left part"
severity    = "error"
terms.share = { measure = "left-share" }
terms.part  = { measure = "left" }
terms.whole = { measure = "whole" }
assert      = "share = part / whole"
why         = "It is so."
pass        = [{ share = "50 %", part = "1 USD", whole = "2 USD" }]
fail        = [{ share = "50 %", part = "1 USD", whole = "9 USD" }]

[[rule]]
id          = "right-as-share"
summary     = "The share of the right part"
severity    = "warning"
terms.share = { measure = "right-share" }
terms.part  = { measure = "right" }
terms.whole = { measure = "whole" }
assert      = "share = part / whole"
why         = "It is so."
pass        = [{ share = "50 %", part = "1 USD", whole = "2 USD" }]
fail        = [{ share = "50 %", part = "1 USD", whole = "9 USD" }]
"#;

fn claims(values: &[(&str, &str)]) -> String {
    let mut text = String::from("[document]\nid = \"text\"\n");
    for (index, (measure, value)) in values.iter().enumerate() {
        text.push_str(&format!(
            "[[claim]]\nid = \"c-{index}\"\nsubject = \"france\"\nmeasure = \"{measure}\"\nperiod = \"2020\"\nvalue = \"{value}\"\nsource = {{ line = {} }}\n",
            index + 1
        ));
    }
    text
}

fn checked(values: &[(&str, &str)]) -> Checked {
    let checked = check(&[RULES], &[&claims(values)], &Options::default());
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    checked
}

fn joint(outcome: &Outcome) -> Vec<&Finding> {
    outcome.findings.iter().filter(|finding| &*finding.rule == "all-together").collect()
}

#[test]
fn shares_and_parts_without_a_whole_contradict_each_other() {
    // 40 USD are 40 % of 100 USD, 60 USD are 50 % of 120 USD; the amount of the right part adds nothing
    let checked =
        checked(&[("left", "40.0 USD"), ("left-share", "40.0 %"), ("right", "60.0 USD"), ("right-share", "50.0 %")]);
    assert_eq!(checked.findings(), ["all-together impossible: c-0, c-1, c-3"]);
    let findings = joint(&checked.outcome);
    // one rule in it is only a warning
    assert_eq!(findings[0].severity.name(), "warning");
    assert!(findings[0].derivation.is_some());
}

#[test]
fn only_the_claims_that_are_needed_are_named() {
    let checked = checked(&[
        ("left", "40.0 USD"),
        ("left-share", "40.0 %"),
        ("right", "60.0 USD"),
        ("right-share", "60.0 %"),
        ("right", "60 USD"),
    ]);
    assert_eq!(checked.findings(), Vec::<String>::new());
    assert!(checked.outcome.joint.unstated > 0);
}

#[test]
fn coarse_rounding_makes_it_strained() {
    let checked = checked(&[("left", "40 USD"), ("right", "60 USD"), ("right-share", "50 %")]);
    assert_eq!(checked.findings(), ["all-together strained: c-0, c-1, c-2"]);
}

#[test]
fn what_one_check_finds_is_not_reported_again() {
    let checked = checked(&[("whole", "200.0 USD"), ("left", "40.0 USD"), ("right", "60.0 USD")]);
    assert_eq!(checked.findings(), ["two-parts impossible: c-1, c-2, c-0"]);
}

#[test]
fn can_be_turned_off() {
    let text =
        claims(&[("left", "40.0 USD"), ("left-share", "40.0 %"), ("right", "60.0 USD"), ("right-share", "50.0 %")]);
    let options = Options { joint: false, ..Options::default() };
    assert!(check(&[RULES], &[&text], &options).outcome.findings.is_empty());
}

/// Three sums of two figures each, and the sum of all three: no figure alone is narrowed by any of them.
const ROUND_TRIP: &str = r#"
[document]
id = "text"

[[claim]]
id = "a"
value = "0..10 USD"

[[claim]]
id = "b"
value = "0..10 USD"

[[claim]]
id = "c"
value = "0..10 USD"

[[claim]]
id = "a-and-b"
value = "exact 10 USD"

[[claim]]
id = "b-and-c"
value = "exact 10 USD"

[[claim]]
id = "c-and-a"
value = "exact 10 USD"

[[claim]]
id = "all"
value = "exact 16 USD"

[[check]]
id = "first"
assert = "a-and-b = a + b"

[[check]]
id = "second"
assert = "b-and-c = b + c"

[[check]]
id = "third"
assert = "c-and-a = c + a"

[[check]]
id = "whole"
assert = "all = a + b + c"
"#;

#[test]
fn what_only_all_sums_at_once_exclude_is_found() {
    let checked = check(&[], &[ROUND_TRIP], &Options::default());
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    assert_eq!(checked.findings(), ["all-together impossible: a-and-b, b-and-c, c-and-a, all"]);
    // 10 + 10 + 10 is twice the whole, so 15 stands
    let fixed = ROUND_TRIP.replace("exact 16 USD", "exact 15 USD");
    assert_eq!(check(&[], &[&fixed], &Options::default()).findings(), Vec::<String>::new());
}

#[test]
fn repairs_are_one_slip_away_and_break_nothing() {
    let checked = checked(&[("whole", "100.0 USD"), ("left", "40.0 USD"), ("right", "96.0 USD")]);
    assert!(!checked.outcome.findings[0].repairs.is_empty());
    for repair in &checked.outcome.findings[0].repairs {
        let mut values = vec![("whole", "100.0 USD"), ("left", "40.0 USD"), ("right", "96.0 USD")];
        let place: usize = checked.claims.id(repair.claim)[2..].parse().unwrap();
        values[place].1 = &repair.value;
        assert_eq!(self::checked(&values).findings(), Vec::<String>::new(), "{repair:?}");
    }
}

#[test]
fn the_figure_that_meets_all_conflicts_is_to_be_looked_at() {
    let values = [
        ("whole", "100.0 USD"),
        ("left", "14.0 USD"),
        ("right", "60.0 USD"),
        ("left-share", "40.0 %"),
        ("right-share", "60.0 %"),
    ];
    let outcome = checked(&values).outcome;
    let looked: Vec<u32> = outcome.look_at.iter().flat_map(|look| &look.claims).map(|claim| claim.0).collect();
    assert_eq!(looked, [1]);
    assert_eq!(outcome.look_at[0].at_least, 1);
}
