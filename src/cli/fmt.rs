//! `kzcheck fmt`: one layout for claim files.

use std::path::{Path, PathBuf};

use super::{Exit, problems};
use crate::claims::read::{ClaimText, Content, load};
use crate::document::Problem;
use crate::layout::{Layout, lay_out};
use crate::project::write::write_whole;
use crate::project::{self, Project};
use crate::report::visible::visible;
use crate::report::words::count;
use crate::rules::RuleSet;

/// Lay out claim files in one way
///
/// Puts keys into one order and their values into one column, writes value literals in canonical notation (`6467 km`
/// becomes `6,467 km`), and leaves comments and the order of claims alone. A file is written whole or not at all, and
/// only if it says the same as before. Exit code 0: done, 1: with `--check`, some files would be changed, 2: some
/// could not be read.
#[derive(clap::Args)]
pub struct Arguments {
    /// Claim files or folders of them; without any, the whole project
    paths: Vec<PathBuf>,
    /// Change nothing, and exit with 1 if a file would be changed
    #[arg(long)]
    check: bool,
    /// Lay out also files that the configuration excludes
    #[arg(long)]
    no_exclude: bool,
}

/// Lays out, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let from = arguments.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let project = Project::find(from, &mut found);
    let rules = project::rules::load(&project, &mut found);
    let selection = project.select(&arguments.paths, arguments.no_exclude, &mut found);
    let mut said = String::new();
    let mut changed = 0;
    for file in &selection.claim_files {
        match one(file, &rules, arguments.check) {
            Ok(false) => {}
            Ok(true) => {
                changed += 1;
                let what = if arguments.check { "would change" } else { "changed" };
                said.push_str(&format!("{what}: {}\n", visible(&file.shown)));
            }
            Err(problem) => found.push(problem),
        }
    }
    let files = count(selection.claim_files.len(), "file");
    let end = if arguments.check { "would change" } else { "changed" };
    said.push_str(&format!("{files}, {changed} {end}\n"));
    found.sort();
    problems::print(&project, &found);
    super::print(&said);
    match (found.is_empty(), arguments.check && changed > 0) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    }
}

/// Lays out a file; says whether that changes it.
fn one(file: &ClaimText, rules: &RuleSet, check: bool) -> Result<bool, Problem> {
    let text = load(file)?;
    let problem = |message: String| Problem::new(&*file.shown, None, message);
    let layout = lay_out(&text, rules).map_err(|reason| {
        problem(reason).with_help("`kzcheck check` shows what is wrong; the file is left as it is")
    })?;
    match (layout, &file.content) {
        (Layout::Changed(new), Content::File(path)) if !check => {
            write_whole(path, &new).map_err(|error| problem(format!("cannot be written: {error}")))?;
            Ok(true)
        }
        (layout, _) => Ok(layout != Layout::Same),
    }
}
