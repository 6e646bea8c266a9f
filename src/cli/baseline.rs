//! `kzcheck baseline`: what is found now is known, and only what is new will be told.

use std::path::PathBuf;

use super::{Exit, problems};
use crate::document::Problem;
use crate::gate::{Baseline, Run, Settings, baseline};
use crate::project::write::write_whole;
use crate::report::words::count;

/// Write the present findings to a file, so that `check` tells only of new ones
///
/// Writes `kzcheck-baseline.toml` beside the configuration. From then on `kzcheck check` holds the findings in it back,
/// says how many, and fails only on others; `check --all` lists them. A finding is known by its rule, its claims and
/// their values, so a changed figure is a new finding; one in a text without claims, by its figures in their order. Run
/// it again to drop what has been mended.
#[derive(clap::Args)]
pub struct Arguments {
    /// Claim files, texts or folders whose findings are added to those that are known; without any, the file is written
    /// anew from all claims and texts of the project
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Print the file instead of writing it
    #[arg(long)]
    dry_run: bool,
}

/// Checks, writes, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let settings = Settings { paths: arguments.paths.clone(), no_baseline: true, ..Settings::default() };
    let mut run = Run::new(&settings);
    if !run.problems.is_empty() {
        // a baseline without what was not read would be one that lies
        problems::print(&run.project, &run.problems);
        super::tell("nothing was written, because not everything was read");
        return Exit::Trouble;
    }
    let mut unread = Vec::new();
    let before = Baseline::load(&run.project, &mut unread);
    let mut now = Baseline::of(&run.rules, &run.claims, &run.outcome);
    if !run.selection.is_whole_project {
        if !unread.is_empty() {
            problems::print(&run.project, &unread);
            super::tell("nothing was written, because what is known could not be read");
            return Exit::Trouble;
        }
        now = now.with(&before);
    }
    let path = baseline::path(&run.project);
    if arguments.dry_run {
        super::print(&now.print());
        return Exit::Clean;
    }
    if now.is_empty() && !path.exists() {
        super::print("nothing found, so no baseline is needed\n");
        return Exit::Clean;
    }
    let written = if run.project.place.link_leads_out(&path) {
        Err("it is a link that leads out of the repository".to_owned())
    } else {
        write_whole(&path, &now.print()).map_err(|error| error.to_string())
    };
    if let Err(reason) = written {
        run.problems.push(Problem::new(baseline::FILE, None, format!("cannot be written: {reason}")));
        problems::print(&run.project, &run.problems);
        return Exit::Trouble;
    }
    problems::print(&run.project, &[]);
    let (new, gone) = (now.beyond(&before), before.beyond(&now));
    let written = count(now.len(), "finding");
    super::print(&format!("{}: {written}, {new} of them new; {gone} gone\n", baseline::FILE));
    Exit::Clean
}
