//! The claims of this repository: exactly the known findings, whether or not the study itself is at hand.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::path::Path;

use kzcheck::check::{self, Options, Verdict};
use kzcheck::claims::{self, Claims};
use kzcheck::project::{self, Project};

fn checked() -> (Claims, check::Outcome) {
    let mut problems = Vec::new();
    let project = Project::find(Path::new(env!("CARGO_MANIFEST_DIR")), &mut problems);
    let rules = project::rules::load(&project, &mut problems);
    let files = project.select(&[], false, &mut problems).claim_files;
    let claims = claims::read(&files, &rules);
    assert!(problems.is_empty() && claims.problems.is_empty(), "{problems:?} {:?}", claims.problems);
    let outcome =
        check::run(&rules, &claims, &Options { keep_all: true, is_whole_project: true, ..Options::default() });
    (claims, outcome)
}

/// Rule, severity and claims of every known finding. A line here is a contradiction that the study states.
const KNOWN: &str = include_str!("study_findings.txt");

#[test]
fn has_exactly_the_known_findings() {
    let (claims, outcome) = checked();
    let lines: Vec<String> = outcome
        .findings
        .iter()
        .map(|finding| {
            let ids: Vec<&str> = finding.claims().map(|claim| claims.id(claim)).collect();
            format!("{} {} {}", finding.severity.name(), finding.rule, ids.join(" "))
        })
        .collect();
    assert_eq!(lines.join("\n").trim(), KNOWN.trim());
}

#[test]
fn what_agrees_is_seen_to_agree() {
    let (claims, outcome) = checked();
    let holds = |rule: &str, id: &str| {
        outcome.checks.iter().any(|made| {
            let named = &*made.rule == rule || made.check.as_deref() == Some(rule);
            let takes_part = made.participants.iter().any(|participant| claims.id(participant.claim) == id);
            named && takes_part && made.verdict == Verdict::Holds
        })
    };
    for (rule, id) in [
        ("route-legs", "route-total"),
        ("trade-balance", "russia-trade"),
        ("growth-of-both-directions", "russia-trade-growth"),
        ("trade-balance", "eu-trade"),
        ("share-of-whole", "eu-imports-fuels-share"),
        ("share-of-whole", "eu-exports-machinery-share"),
        ("share-of-whole", "eu-exports-chemicals-share"),
        ("share-of-whole", "eu-exports-manufactures-share"),
        ("religions-make-the-whole", "share-muslim"),
        ("weekday-of-date", "masimov-arrested"),
        ("weekday-of-date", "dismissals-expected"),
    ] {
        assert!(holds(rule, id), "{rule} with {id}");
    }
}

#[test]
fn every_claim_keeps_the_rules_for_sources() {
    let (claims, _) = checked();
    let study = claims.iter().filter(|(_, claim)| claims.file(claim).document.as_deref() == Some("study"));
    let mut count = 0;
    for (index, claim) in study {
        count += 1;
        assert!(claim.source.line > 0, "{} has no line", claims.id(index));
        assert!(claims.source_text(index).chars().count() <= 40, "{} quotes too much", claims.id(index));
    }
    assert!(count >= 150, "{count} claims");
}
