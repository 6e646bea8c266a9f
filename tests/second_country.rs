//! No shipped rule knows Kazakhstan: the same rules over a small folder about another country, in another language.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::path::Path;

use kzcheck::check::{self, Options};
use kzcheck::project::{self, Project};
use kzcheck::{claims, rules};

#[test]
fn finds_the_contradictions_of_the_other_folder_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects/portugal");
    let mut problems = Vec::new();
    let project = Project::find(&folder, &mut problems);
    let rules = project::rules::load(&project, &mut problems);
    let files = project.select(&[], false, &mut problems).claim_files;
    let claims = claims::read(&files, &rules);
    let outcome =
        check::run(&rules, &claims, &Options { keep_all: true, is_whole_project: true, ..Options::default() });
    assert!(problems.is_empty() && claims.problems.is_empty(), "{problems:?} {:?}", claims.problems);
    let found: Vec<(&str, Vec<&str>)> = outcome
        .findings
        .iter()
        .map(|finding| (&*finding.rule, finding.claims().map(|claim| claims.id(claim)).collect()))
        .collect();
    assert_eq!(
        found,
        [
            ("claims-agree", vec!["population", "population-again"]),
            ("listed-parts-make-the-whole", vec!["women", "men", "population-2020"]),
            ("border-from-both-sides", vec!["border-with-spain", "border-from-spain"]),
            ("growth-from-values", vec!["exports-growth", "exports-2022", "exports-2021"]),
            ("weekday-of-date", vec!["republic-founded"]),
        ]
    );
    // what agrees is seen to agree, also with one of two claims that conflict
    for rule in ["trade-balance", "share-of-whole", "population-density", "stated-shares-within-whole"] {
        let made = outcome.checks.iter().find(|made| &*made.rule == rule).unwrap();
        assert_eq!(made.verdict, check::Verdict::Holds, "{rule}");
    }
}

#[test]
fn shipped_rules_name_no_country() {
    for (name, text) in rules::SHIPPED {
        let rules_only: String = text.split("[[rule]]").skip(1).collect();
        for word in ["kazakhstan", "russia", "portugal", "china"] {
            let terms = rules_only.lines().filter(|line| line.starts_with("terms") || line.starts_with("assert"));
            assert!(!terms.clone().any(|line| line.contains(word)), "{name} knows {word}");
        }
    }
}
