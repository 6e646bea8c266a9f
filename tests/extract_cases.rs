//! The cases of other projects, where they are at hand: what was right stays right.
//!
//! `cargo run --example extraction_scores` prints the scores and `-- --wrong` each case that is wrong.

#[path = "extract_cases/left_out.rs"]
mod left_out;
#[path = "extract_cases/scoring.rs"]
mod scoring;
#[path = "extract_cases/times.rs"]
mod times;
#[path = "extract_cases/units.rs"]
mod units;

use scoring::{cases, records, score, score_study};

/// Shares of cases that are right in everything, by language and kind.
const REACHED: &[(&str, &str, f64)] = &[
    ("ar", "date", 0.94),
    ("ar", "dimension", 0.96),
    ("ar", "duration", 0.9),
    ("ar", "money", 1.0),
    ("ar", "number", 0.99),
    ("ar", "ordinal", 0.97),
    ("ar", "percent", 1.0),
    ("ar", "range", 0.95),
    ("en", "date", 0.97),
    ("en", "dimension", 0.94),
    ("en", "duration", 0.93),
    ("en", "money", 0.96),
    ("en", "number", 0.95),
    ("en", "ordinal", 1.0),
    ("en", "range", 0.98),
    ("ru", "date", 1.0),
    ("ru", "dimension", 1.0),
    ("ru", "duration", 1.0),
    ("ru", "money", 1.0),
    ("ru", "number", 0.99),
    ("ru", "ordinal", 1.0),
];

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
