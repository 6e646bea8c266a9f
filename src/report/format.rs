//! The formats of a report, by name. A new one is a file in this folder and a row here.

use super::terminal::Look;
use super::{Report, github, gitlab, human, json, junit, markdown, narrated, sarif};

/// A way to write a report.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--format` and `--output` take.
    pub name: &'static str,
    /// One line for the help text.
    pub about: &'static str,
    /// The whole report as it stands in a file: without colour, and with the problems.
    pub render: fn(&Report<'_>) -> String,
}

/// What people get who ask for nothing. Only this one looks at the terminal that it is printed on.
pub const HUMAN: &str = "human";
/// The same content as sentences.
pub const NARRATED: &str = "narrated";

/// All formats, in the order in which help lists them.
pub const FORMATS: &[Format] = &[
    Format { name: HUMAN, about: "For a terminal, with the places drawn", render: drawn },
    Format { name: NARRATED, about: "The same as sentences, for screen readers", render: told },
    Format { name: "json", about: "One object with everything, for programs; a stable contract", render: json::render },
    Format { name: "sarif", about: "SARIF 2.1.0, for code scanning and editors", render: sarif::render },
    Format { name: "github", about: "Annotations of a GitHub workflow", render: github::render },
    Format { name: "gitlab", about: "A GitLab code quality report", render: gitlab::render },
    Format { name: "junit", about: "JUnit test results", render: junit::render },
    Format { name: "markdown", about: "A table for a job summary or a comment", render: markdown::render },
];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        FORMATS.iter().find(|format| format.name == name).copied()
    }
}

/// Columns of a report that no terminal shows.
const COLUMNS: usize = 100;

fn drawn(report: &Report<'_>) -> String {
    let look = Look::new(false, true, COLUMNS, false);
    human::problems(report.problems, report.sources, &look) + &human::findings(report, &look)
}

fn told(report: &Report<'_>) -> String {
    narrated::problems(report) + &narrated::findings(report)
}
