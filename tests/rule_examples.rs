//! `kzcheck test`: examples of rules become claims, and the outcome says whether a rule does what it shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod iceland;

use iceland::run;
use kzcheck::check::examples::{self, Judgement};
use kzcheck::rules;

#[test]
fn every_shipped_example_comes_out_as_it_says() {
    let (set, problems) = rules::load(rules::shipped());
    assert_eq!(problems, []);
    let selected: Vec<_> = set.rules.iter().collect();
    let tried = examples::try_all(&set, &selected);
    let failed: Vec<String> = tried
        .iter()
        .flat_map(|tried| tried.trials.iter().map(|trial| (&*tried.rule.id, trial)))
        .filter(|(_, trial)| trial.judgement != Judgement::Ok)
        .map(|(id, trial)| {
            let reason = trial.made.as_ref().err().map_or("", |reason| reason);
            format!("{id}: {} {:?} {reason}", trial.judgement.name(), trial.example.values)
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_shipped_rule_shows_what_it_accepts_and_what_it_finds() {
    let folder = iceland::with_rules("");
    let ran = run(folder.path(), &["test"]);
    assert!(!ran.out.contains("note:"), "{}", ran.out);
}

#[test]
fn rules_of_a_project_are_run_with_the_shipped_ones() {
    let folder = iceland::project();
    let ids = ["catch-within-quota", "catch-grows-each-season", "gear-makes-the-catch", "landed-in-turn"];
    let mut arguments = vec!["test", "--all"];
    arguments.extend(ids);
    let ran = run(folder.path(), &arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r"
    catch-within-quota: 3 ok
    catch-grows-each-season: 2 ok
    gear-makes-the-catch: 2 ok
    landed-in-turn: 2 ok

    4 rules, 9 examples: all ok
    ");
    let all = run(folder.path(), &["test"]);
    let shipped = run(iceland::with_rules("").path(), &["test"]);
    let rules = |out: &str| -> usize {
        let line = out.lines().last().unwrap();
        line.split(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(rules(&all.out), rules(&shipped.out) + ids.len());
}

/// One rule for each way in which an example can fail.
const WRONG: &str = r#"
[measure."catch"]
dimension  = "mass"
qualifiers = ["period"]

[measure."quota"]
dimension  = "mass"
qualifiers = ["period"]

[[rule]]
id          = "finds-nothing"
summary     = "A failing example holds"
terms.catch = { measure = "catch" }
terms.quota = { measure = "quota" }
assert      = "catch <= quota"
pass        = [{ catch = "1 t", quota = "2 t" }]
fail        = [{ catch = "3 t", quota = "4 t" }]

[[rule]]
id          = "finds-too-much"
summary     = "A passing example does not hold"
terms.catch = { measure = "catch" }
terms.quota = { measure = "quota" }
assert      = "catch <= quota"
pass        = [{ catch = "9 t", quota = "2 t" }]
fail        = [{ catch = "9 t", quota = "2 t" }]

[[rule]]
id          = "strained-only"
summary     = "A failing example holds with a reservation"
terms.catch = { measure = "catch" }
terms.quota = { measure = "quota" }
assert      = "catch <= quota"
pass        = [{ catch = "1 t", quota = "2 t" }]
fail        = [{ catch = "240 t", quota = "200 t" }]

[[rule]]
id          = "cannot-be-made"
summary     = "Values of another dimension, a value too many, a value too few, values that never meet"
terms.catch = { measure = "catch" }
terms.quota = { measure = "quota" }
assert      = "catch <= quota"
pass        = [
    { catch = "1 km", quota = "2 t" },
    { catch = ["1 t", "2 t"], quota = "2 t" },
    { catch = "1 t" },
]
fail        = [{ catch = "twelve tonnes", quota = "2 t" }]

[[rule]]
id       = "no-examples"
summary  = "Nothing is shown"
terms.a  = {}
terms.b  = {}
assert   = "a = b"
"#;

#[test]
fn each_way_to_fail_has_its_name_and_its_place() {
    let folder = iceland::with_rules(WRONG);
    let ids = ["finds-nothing", "finds-too-much", "strained-only", "cannot-be-made", "no-examples"];
    let mut arguments = vec!["test"];
    arguments.extend(ids);
    let ran = run(folder.path(), &arguments);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!("ways_to_fail", ran.out);
    arguments.extend(["--format", "json"]);
    let json = run(folder.path(), &arguments);
    assert_eq!(json.code, 1);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    insta::assert_json_snapshot!("ways_to_fail_json_summary", value["summary"]);
    insta::assert_json_snapshot!("ways_to_fail_json_rule", value["rules"][2]);
}

#[test]
fn an_unknown_rule_is_trouble_and_the_nearest_is_named() {
    let folder = iceland::project();
    let ran = run(folder.path(), &["test", "catch-within-qouta"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err, @r"
    problem: no rule is called `catch-within-qouta`
      help: did you mean `catch-within-quota`?
    ");
    // the others are run all the same
    let ran = run(folder.path(), &["test", "quota", "landed-in-turn"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out, "1 rule, 2 examples: all ok; 1 problem\n");
    assert!(ran.err.contains("did you mean `catch-within-quota`?"), "{}", ran.err);
}

#[test]
fn a_broken_rule_is_trouble_and_the_others_are_run() {
    let broken = r#"
[[rule]]
id      = "lengths-and-weights"
summary = "Kilometres are not tonnes"
terms.a = { measure = "border.length" }
terms.b = { measure = "production" }
assert  = "a = b"
"#;
    let folder = iceland::with_rules(&format!("{WRONG}{broken}"));
    let ran = run(folder.path(), &["test"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("[rules/veiðar.toml:"), "{}", ran.err);
    assert!(ran.out.contains("finds-too-much: 1 ok, 1 noisy"), "{}", ran.out);
}

/// Rules with each thing that can be said against a rule.
const QUESTIONABLE: &str = r#"
[measure."catch"]
dimension  = "mass"
qualifiers = ["period"]
min        = 0

[measure."catch-by-net"]
dimension  = "mass"
qualifiers = ["period"]
min        = 0

[measure."catch-by-line"]
dimension  = "mass"
qualifiers = ["period"]
min        = 0

[measure."catch-in-port"]
dimension  = "mass"
qualifiers = ["period"]
min        = 0

[measure."full-nets"]
dimension  = "ratio"
qualifiers = ["period"]
min        = 0
max        = 1

[[rule]]
id         = "all-gear"
summary    = "Nets and lines bring in the whole catch"
terms.all  = { measure = "catch" }
terms.net  = { measure = "catch-by-net" }
terms.line = { measure = "catch-by-line" }
assert     = "all = net + line"
pass       = [{ all = "9 t", net = "4 t", line = "5 t" }]
fail       = [{ all = "9 t", net = "4 t", line = "8 t" }]

[[rule]]
id         = "net-within-catch"
summary    = "Nets bring in no more than the whole catch"
terms.all  = { measure = "catch" }
terms.net  = { measure = "catch-by-net" }
assert     = "net <= all"
pass       = [{ all = "9 t", net = "4 t" }]
fail       = [{ all = "9 t", net = "40 t" }]

[[rule]]
id         = "less-than-nothing"
summary    = "What is landed in port and the catch are below zero"
terms.all  = { measure = "catch" }
terms.port = { measure = "catch-in-port" }
assert     = "all + port < 0 t"
fail       = [{ all = "9 t", port = "4 t" }]

[[rule]]
id         = "at-most-twice-full"
summary    = "Nets are at most twice full"
terms.full = { measure = "full-nets" }
assert     = "full <= 200 %"
pass       = [{ full = "90 %" }]

[[rule]]
id         = "port-within-catch"
summary    = "No more is landed in port than was caught"
terms.all  = { measure = "catch" }
terms.port = { measure = "catch-in-port" }
assert     = "port <= all"
pass       = [{ all = "9 t", port = "4 t" }]
fail       = [{ all = "9 t", port = "40 t" }]
"#;

#[test]
fn rules_are_looked_at_themselves() {
    let folder = iceland::with_rules(QUESTIONABLE);
    let claim = |id: &str, measure: &str, value: &str| {
        let keys = "subject = \"iceland\"\nperiod = \"2019\"";
        format!("[[claim]]\nid = \"{id}\"\n{keys}\nmeasure = \"{measure}\"\nvalue = \"{value}\"\n")
    };
    let claims = [claim("all", "catch", "9 t"), claim("by-net", "catch-by-net", "4 t")].concat();
    std::fs::create_dir_all(folder.path().join("claims")).unwrap();
    std::fs::write(folder.path().join("claims/afli.toml"), format!("[document]\nid = \"text\"\n\n{claims}")).unwrap();
    let ids = ["all-gear", "net-within-catch", "less-than-nothing", "at-most-twice-full", "port-within-catch"];
    let mut arguments = vec!["test", "--rules"];
    arguments.extend(ids);
    let ran = run(folder.path(), &arguments);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!("rules_themselves", ran.out);
}

#[test]
fn shipped_rules_can_hold_and_can_fail() {
    let folder = iceland::with_rules("");
    let ran = run(folder.path(), &["test", "--rules"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!ran.out.contains("can never"), "{}", ran.out);
    assert!(ran.out.contains("exports-within-trade follows from trade-balance"), "{}", ran.out);
}
