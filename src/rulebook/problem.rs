//! What could not be read, with its place: for stderr and for machine formats.

use std::fmt::Write as _;

use serde::Serialize;

use crate::document::{LineIndex, Problem};
use crate::project::Project;

/// A problem as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct ShownProblem {
    /// Empty where the problem is no file's: a bad argument.
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub start: u32,
    pub end: u32,
    pub message: String,
    pub help: Option<String>,
    #[serde(skip)]
    has_place: bool,
}

impl ShownProblem {
    /// Finds the place by reading the file again.
    pub fn new(project: &Project, problem: &Problem) -> ShownProblem {
        let text = problem.span.and_then(|_| std::fs::read_to_string(project.root.join(&problem.file)).ok());
        let span = problem.span.unwrap_or_default();
        let place = text.as_ref().map(|text| LineIndex::new(text).place(text, span.start as usize));
        ShownProblem {
            file: problem.file.clone(),
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            start: span.start,
            end: span.end,
            message: problem.message.clone(),
            help: problem.help.clone(),
            has_place: place.is_some(),
        }
    }

    /// For people: the place, what is wrong, and a way out.
    pub fn human(&self) -> String {
        let mut text = "error: ".to_owned();
        if self.has_place {
            let _ = write!(text, "{}:{}:{}: ", self.file, self.line, self.column);
        } else if !self.file.is_empty() {
            let _ = write!(text, "{}: ", self.file);
        }
        let _ = writeln!(text, "{}", self.message);
        if let Some(help) = &self.help {
            let _ = writeln!(text, "  help: {help}");
        }
        super::printable(&text)
    }
}
