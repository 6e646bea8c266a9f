//! What could not be read, with its place, for machine formats.

use serde::Serialize;

use super::sources::Sources;
use crate::document::Problem;

/// A problem in the fields of the machine format.
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
    /// With its place, if the sources have the file.
    pub fn new(sources: &Sources, problem: &Problem) -> ShownProblem {
        let span = problem.span.unwrap_or_default();
        let place = sources.place(&problem.file, span.start);
        ShownProblem {
            file: problem.file.clone(),
            line: place.line,
            column: place.column,
            start: span.start,
            end: span.end,
            message: problem.message.clone(),
            help: problem.help.clone(),
        }
    }
}
