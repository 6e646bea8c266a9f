//! Problems on stderr, for the commands whose output is something else.

use std::io::Write as _;

use crate::document::{LineIndex, Problem};
use crate::project::Project;

/// Prints each problem with its place and a way out.
pub(super) fn print(project: &Project, problems: &[Problem]) {
    let mut err = std::io::stderr().lock();
    for problem in problems {
        let _ = writeln!(err, "error: {}{}", place(project, problem), problem.message);
        if let Some(help) = &problem.help {
            let _ = writeln!(err, "  help: {help}");
        }
    }
}

/// `rules/own.toml:3:1: `, as far as it is known.
fn place(project: &Project, problem: &Problem) -> String {
    if problem.file.is_empty() {
        return String::new();
    }
    let text = problem.span.and_then(|_| std::fs::read_to_string(project.root.join(&problem.file)).ok());
    match (text, problem.span) {
        (Some(text), Some(span)) => {
            let place = LineIndex::new(&text).place(&text, span.start as usize);
            format!("{}:{}:{}: ", problem.file, place.line, place.column)
        }
        _ => format!("{}: ", problem.file),
    }
}
