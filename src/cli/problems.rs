//! Problems on stderr, for the commands whose output is something else.

use std::io::Write as _;

use crate::document::Problem;
use crate::project::Project;
use crate::rulebook::ShownProblem;

/// Prints each problem with its place and a way out, and hands them on for a machine format.
pub(super) fn print(project: &Project, problems: &[Problem]) -> Vec<ShownProblem> {
    let shown: Vec<ShownProblem> = problems.iter().map(|problem| ShownProblem::new(project, problem)).collect();
    let mut err = std::io::stderr().lock();
    for problem in &shown {
        let _ = err.write_all(problem.human().as_bytes());
    }
    shown
}
