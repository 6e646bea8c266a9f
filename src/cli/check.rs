//! `kzcheck check`: the main job.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Exit, verbose};
use crate::check;
use crate::gate::{Run, Settings, baseline};
use crate::project::Project;
use crate::project::config::{Failing, ReadingMode};
use crate::report::terminal::{Colour, Look};
use crate::report::visible::visible;
use crate::report::words;
use crate::report::{self, Report, Sources};

/// Check claims against each other
///
/// Reads the claims of the project (or only the files and folders named), applies the rules, and reports what cannot
/// be true together. Exit code 0: nothing was found, 1: something was, 2: something could not be read.
#[derive(clap::Args)]
pub struct Arguments {
    /// Claim files or folders of them; without any, the whole project
    paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show also every check that holds, what was accepted, and claims that no check touches
    #[arg(long)]
    all: bool,
    /// Read figures one way only: `tight` takes every digit as significant, `loose` no trailing zeros, `truncated`
    /// takes figures as cut off and not rounded
    #[arg(long, value_enum)]
    reading: Option<ReadingMode>,
    /// The severity from which on a finding makes the run fail
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Failing>,
    /// Tell only of findings that a change since this revision touches (git; since the common ancestor)
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Check also files that the configuration excludes
    #[arg(long)]
    no_exclude: bool,
    /// Tell on stderr which files, configuration and rules took part, and where the time went
    #[arg(short, long)]
    verbose: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Narrated,
    Json,
}

/// Checks, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let run = Run::new(&Settings {
        paths: arguments.paths.clone(),
        no_exclude: arguments.no_exclude,
        keep_all: arguments.all || arguments.verbose,
        reading: arguments.reading,
        fail_on: arguments.fail_on,
        no_baseline: false,
        since: arguments.since.clone(),
    });
    let Run { project, rules, selection, claims, documents, outcome, problems, .. } = &run;
    let shown = outcome.findings.iter().flat_map(check::Finding::claims);
    let also = outcome.checks.iter().flat_map(|made| made.participants.iter().map(|participant| participant.claim));
    let listed = outcome.untouched.iter().map(|untouched| untouched.claim).chain(outcome.drafts.iter().copied());
    let listed = listed.filter(|_| arguments.all);
    let others = texts_of_rules(project, problems);
    let sources = Sources::load(&selection.claim_files, others, claims, shown.chain(also).chain(listed), problems);
    let report = Report { rules, claims, outcome, problems, documents, sources: &sources, all: arguments.all };
    let troubles = match arguments.format {
        Format::Narrated => report::narrated::problems(&report),
        _ => report::human::problems(&report, &Look::stderr(arguments.color)),
    };
    let text = match arguments.format {
        Format::Human => report::human::findings(&report, &Look::stdout(arguments.color)),
        Format::Narrated => report::narrated::findings(&report),
        Format::Json => report::json::render(&report),
    };
    remarks(&run);
    if arguments.verbose {
        print(std::io::stderr().lock(), &verbose::text(&run));
    }
    // the counts come last, so that they are what a person sees
    print(std::io::stderr().lock(), &troubles);
    print(std::io::stdout().lock(), &text);
    if !problems.is_empty() {
        Exit::Trouble
    } else if run.fails() {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// Tells on stderr what the owner of the project should know although nothing is wrong.
fn remarks(run: &Run) {
    let mut text = String::new();
    for remark in &run.project.remarks {
        text.push_str(&format!("note: {}\n", visible(remark)));
    }
    for (file, why) in run.selection.excluded.iter().filter(|_| !run.selection.is_whole_project) {
        let line = format!("`{file}` is excluded by {why}; `--no-exclude` checks it all the same");
        text.push_str(&format!("note: {}\n", visible(&line)));
    }
    if let Some(stale) = stale(run) {
        text.push_str(&format!("note: {}\n", visible(&stale)));
    }
    print(std::io::stderr().lock(), &text);
}

/// What is said of entries of the baseline that found nothing.
fn stale(run: &Run) -> Option<String> {
    let some: Vec<String> = run.stale.iter().take(MOST_STALE).map(baseline::Entry::describe).collect();
    let more = match run.stale.len().saturating_sub(some.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (count, file) = (words::count(run.stale.len(), "known finding"), baseline::FILE);
    let text = format!("{count} of {file} no longer occur, so run `kzcheck baseline`: {}{more}", some.join(", "));
    (!some.is_empty()).then_some(text)
}

/// How many entries of the baseline that found nothing are named.
const MOST_STALE: usize = 5;

/// Files other than claim files that problems point into: rules and the configuration.
fn texts_of_rules(project: &Project, problems: &[crate::document::Problem]) -> Vec<(String, String)> {
    let mut names: Vec<&str> =
        problems.iter().filter(|problem| problem.span.is_some()).map(|problem| problem.file.as_str()).collect();
    names.dedup();
    let read =
        |name: &&str| Some(((*name).to_owned(), std::fs::read_to_string(project.root.join(Path::new(name))).ok()?));
    names.iter().filter_map(read).collect()
}

/// Prints; a closed pipe is no error.
fn print(mut out: impl Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
