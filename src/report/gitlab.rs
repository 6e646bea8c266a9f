//! `--format gitlab`: a code quality report, which GitLab shows in a merge request.
//!
//! GitLab compares fingerprints of two runs to tell what is new, and takes two entries with one fingerprint for one;
//! so of findings that share one, each but the first gets a number.

use std::collections::BTreeMap;

use serde::Serialize;

use super::located::{self, Located};
use super::statement::{self, Statement, clipped};
use super::{Report, fingerprint, json_text};
use crate::rules::Severity;

/// Characters of a description.
const DESCRIPTION: usize = 2000;

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The whole report as one JSON array.
pub fn render(report: &Report<'_>) -> String {
    let problems = report.problems.iter().map(|problem| Entry {
        description: clipped(&statement::problem(problem).join("; "), DESCRIPTION),
        check_name: "problem".to_owned(),
        fingerprint: fingerprint::of_problem(problem),
        severity: "critical",
        location: location(located::problem(report, problem)),
    });
    let findings = report.shown().into_iter().map(|finding| Entry {
        description: clipped(&Statement::of(report, finding).lines().join("; "), DESCRIPTION),
        check_name: finding.rule.to_string(),
        fingerprint: fingerprint::of(report, finding),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: location(located::finding(report, finding)),
    });
    let mut entries: Vec<Entry> = problems.chain(findings).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &mut entries {
        let times = seen.entry(entry.fingerprint.clone()).or_default();
        *times += 1;
        if *times > 1 {
            entry.fingerprint = format!("{}-{times}", entry.fingerprint);
        }
    }
    json_text::pretty(&entries)
}

/// GitLab shows no entry without a path; what is no file's is the project's.
fn location(place: Option<Located<'_>>) -> Location {
    let lines = place.as_ref().map_or(Lines { begin: 1, end: 1 }, |place| Lines {
        begin: place.start().line,
        end: place.region.as_ref().map_or(1, |region| region.end.line),
    });
    Location { path: place.map_or_else(|| ".".to_owned(), |place| place.path), lines }
}
