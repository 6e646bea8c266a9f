//! Problems on stderr, for the commands whose output is something else.

use std::io::Write as _;

use crate::document::Problem;
use crate::project::Project;
use crate::report::visible::visible;
use crate::rulebook::ShownProblem;

/// Prints what the owner of the project should know, and each problem with its place and a way out, and hands them on for a machine format.
pub(super) fn print(project: &Project, problems: &[Problem]) -> Vec<ShownProblem> {
    let shown: Vec<ShownProblem> = problems.iter().map(|problem| ShownProblem::new(project, problem)).collect();
    let mut err = std::io::stderr().lock();
    for remark in &project.remarks {
        let _ = err.write_all(format!("note: {}\n", visible(remark)).as_bytes());
    }
    for problem in &shown {
        let _ = err.write_all(problem.human().as_bytes());
    }
    shown
}
