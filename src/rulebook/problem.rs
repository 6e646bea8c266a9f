//! What could not be read, with its place, for machine formats.

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
        }
    }
}
