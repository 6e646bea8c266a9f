//! Problems on stderr, for the commands whose output is something else.

use std::io::Write as _;

use super::remarks;
use crate::document::Problem;
use crate::project::Project;
use crate::report::terminal::{Colour, Look};
use crate::report::{ShownProblem, Sources, human};

/// Prints what the owner of the project should know, and each problem with its place and a way out; hands the problems
/// on for a machine format.
pub(super) fn print(project: &Project, problems: &[Problem]) -> Vec<ShownProblem> {
    let mut sources = Sources::default();
    sources.complete(&project.root, problems);
    let mut text = remarks::of_project(project);
    text += &human::problems(problems, &sources, &Look::stderr(Colour::Auto));
    // a closed pipe is no error
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    problems.iter().map(|problem| ShownProblem::new(&sources, problem)).collect()
}
