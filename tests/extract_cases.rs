//! The cases of other projects, where they are at hand: what was right stays right.
//!
//! `cargo run --example extraction_scores` prints the scores and `-- --wrong` each case that is wrong.

#[path = "extract_cases/scoring.rs"]
mod scoring;

use scoring::{cases, records, score, score_study};

/// Shares of cases that are right in everything, by language and kind.
const REACHED: &[(&str, &str, f64)] = &[];

#[test]
fn figures_of_other_suites_are_read_as_well_as_before() {
    let Some(folder) = cases() else {
        // nothing to measure against
        return;
    };
    let scores = score(&records(&folder.join("figures.jsonl")));
    for (language, kind, share) in REACHED {
        let score = &scores[&((*language).to_owned(), (*kind).to_owned())];
        let reached = score.right as f64 / score.cases as f64;
        assert!(reached >= *share, "{language} {kind}: {reached:.3} of {} cases, was {share}", score.cases);
    }
}

#[test]
fn every_figure_of_the_study_is_found() {
    let Some(folder) = cases() else {
        // nothing to measure against
        return;
    };
    let Ok(study) = std::fs::read_to_string(folder.join("../study.ar.txt")) else { return };
    let score = score_study(&study, &records(&folder.join("study-figures.jsonl")));
    assert_eq!(score.found, score.expected, "{:#?}", score.wrong);
    assert!(score.valued * 100 >= score.expected * 97, "{:#?}", score.wrong);
}
