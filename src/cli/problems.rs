//! Problems on stderr, for the commands whose output is something else.

use std::io::Write as _;

use super::remarks;
use crate::document::Problem;
use crate::project::Project;
use crate::report::terminal::{Colour, Look};
use crate::report::{Sources, human};
use crate::rulebook::ShownProblem;

/// Prints what the owner of the project should know, and each problem with its place and a way out; hands the problems
/// on for a machine format.
pub(super) fn print(project: &Project, problems: &[Problem]) -> Vec<ShownProblem> {
    let mut sources = Sources::default();
    for problem in problems.iter().filter(|problem| problem.span.is_some()) {
        if sources.get(&problem.file).is_none()
            && let Ok(text) = std::fs::read_to_string(project.root.join(&problem.file))
        {
            sources.add(problem.file.clone(), text);
        }
    }
    let mut text = remarks::of_project(project);
    text += &human::problems(problems, &sources, &Look::stderr(Colour::Auto));
    // a closed pipe is no error
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    problems.iter().map(|problem| ShownProblem::new(project, problem)).collect()
}
