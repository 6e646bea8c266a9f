//! `kzcheck sync`: claims brought up to date with their texts.

use std::path::Path;

use super::{Exit, output, problems};
use crate::claims::read::Content;
use crate::document::Problem;
use crate::gate::{Run, Settings};
use crate::project::write::write_whole;
use crate::report::human;
use crate::report::terminal::{Colour, Look};
use crate::report::visible::visible;
use crate::report::words::count;
use crate::sync::{Plan, Taken, plan};

/// Bring claims up to date with their texts
///
/// Writes the lines and quotes of figures that stand elsewhere now, and a `context` by which each figure is found again
/// after later edits. Where a figure has changed, its claim takes the new value only if it is named, or with `--accept`.
/// Comments and order stay; each file is written whole or not at all. Exit code 0: all claims are up to date, 1: some
/// need a person, or with `--dry-run` would change, 2: something could not be read or written.
#[derive(clap::Args)]
pub struct Arguments {
    /// Claims that take the value of the figure in their place
    #[arg(value_name = "CLAIM")]
    claims: Vec<String>,
    /// All claims take the value of the figure in their place
    #[arg(long)]
    accept: bool,
    /// Change nothing, and show what would be changed
    #[arg(long)]
    dry_run: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
}

/// Brings up to date, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let run = Run::new(&Settings::default());
    let mut found = run.problems.clone();
    for id in &arguments.claims {
        if run.claims.find(id).is_none() {
            let ids: Vec<&str> = run.claims.iter().map(|(index, _)| run.claims.id(index)).collect();
            let problem = Problem::new("", None, format!("no claim is called `{id}`"));
            found.push(match crate::figure::nearest(id, ids.iter().copied()) {
                Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                None => problem.with_help("claims are named by their `id`"),
            });
        }
    }
    let taken = if arguments.accept { Taken::All } else { Taken::Named(&arguments.claims) };
    // a file that could not be read may hold the claim that is missing here
    let plans = if found.is_empty() { plan(&run, taken) } else { Vec::new() };
    let mut said = String::new();
    if found.is_empty() {
        found.extend(plans.iter().flat_map(|plan| plan.problems.iter().cloned()));
    }
    let look = Look::stdout(arguments.color);
    for plan in &plans {
        said.push_str(&plan.shown(&look));
    }
    if found.is_empty() && !arguments.dry_run {
        found.extend(write(&run, &plans));
    }
    let changed: usize = plans.iter().map(|plan| plan.changes.len()).sum();
    let open: usize = plans.iter().map(|plan| plan.open.len()).sum();
    if found.is_empty() {
        said.push_str(&summary(&plans, changed, open, arguments.dry_run));
    } else {
        said.push_str("Nothing was written.\n");
    }
    problems::print(&run.project, &found);
    let _ = output::print(std::io::stdout().lock(), &human::plain_characters(said, &look));
    match (found.is_empty(), open > 0 || (arguments.dry_run && changed > 0)) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    }
}

fn summary(plans: &[Plan], changed: usize, open: usize, is_dry: bool) -> String {
    let files = plans.iter().filter(|plan| !plan.changes.is_empty()).count();
    let verb = if is_dry { "would change" } else { "changed" };
    let mut text = match changed {
        0 => "All places are up to date".to_owned(),
        _ => format!("{} in {} {verb}", count(changed, "claim"), count(files, "file")),
    };
    if open > 0 {
        let verb = if open == 1 { "needs" } else { "need" };
        text.push_str(&format!("; {} {verb} a person", count(open, "claim")));
    }
    text.push_str(".\n");
    text
}

/// Writes all files, unless one of them, or the folder, is no longer what was read.
fn write(run: &Run, plans: &[Plan]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let now = run.project.select(&[], false, &mut problems).claim_files;
    let names = |files: &[crate::claims::ClaimText]| files.iter().map(|file| file.shown.clone()).collect::<Vec<_>>();
    if names(&now) != names(&run.selection.claim_files) {
        let problem = Problem::new("", None, "files came into the claims folder or left it in the meantime");
        return vec![problem.with_help("run `kzcheck sync` again")];
    }
    for plan in plans {
        if let Content::File(path) = &plan.file.content
            && std::fs::read(path).ok().as_deref() != Some(plan.before.as_bytes())
        {
            let problem = Problem::new(&*plan.file.shown, None, "the file has changed since it was read");
            problems.push(problem.with_help("run `kzcheck sync` again"));
        }
    }
    if !problems.is_empty() {
        return problems;
    }
    for plan in plans.iter().filter(|plan| !plan.changes.is_empty()) {
        if let Content::File(path) = &plan.file.content
            && let Err(error) = write_whole(Path::new(path), &plan.after)
        {
            let message = format!("{} cannot be written: {error}", visible(&plan.file.shown));
            problems.push(Problem::new(&*plan.file.shown, None, message).with_help("the other files are written"));
        }
    }
    problems
}
