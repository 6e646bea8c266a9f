//! `kzcheck check`: the main job.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Exit;
use crate::check::{self, Options, Readings};
use crate::claims;
use crate::figure::Rounding;
use crate::project::{self, Documents, Project};
use crate::report::{self, Report, Sources};
use crate::rules::Severity;

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
    /// Do not look for claims that cannot be true together although each check holds
    #[arg(long)]
    no_joint: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Narrated,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReadingMode {
    Tight,
    Loose,
    Truncated,
}

/// Checks, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut problems = Vec::new();
    let here = PathBuf::from(".");
    let project = Project::find(arguments.paths.first().unwrap_or(&here), &mut problems);
    let rules = project::rules::load(&project, &mut problems);
    let selection = project.select(&arguments.paths, &mut problems);
    let mut claims = claims::read(&selection.claim_files, &rules);
    problems.append(&mut claims.problems);
    let documents = Documents::load(&project, &claims, &mut problems);
    problems.sort();
    let options = Options {
        readings: match arguments.reading {
            None | Some(ReadingMode::Truncated) => Readings::Both,
            Some(ReadingMode::Tight) => Readings::Tight,
            Some(ReadingMode::Loose) => Readings::Loose,
        },
        rounding: match arguments.reading {
            Some(ReadingMode::Truncated) => Rounding::Truncated,
            _ => Rounding::Nearest,
        },
        keep_all: arguments.all,
        is_whole_project: selection.is_whole_project,
        joint: !arguments.no_joint,
    };
    let outcome = check::run(&rules, &claims, &options);
    let shown = outcome.findings.iter().flat_map(check::Finding::claims);
    let also = outcome.checks.iter().flat_map(|made| made.participants.iter().map(|participant| participant.claim));
    let others = texts_of_rules(&project, &problems);
    let sources = Sources::load(&selection.claim_files, others, &claims, shown.chain(also), &problems);
    let report = Report {
        rules: &rules,
        claims: &claims,
        outcome: &outcome,
        problems: &problems,
        documents: &documents,
        sources: &sources,
        all: arguments.all,
    };
    let text = match arguments.format {
        Format::Human | Format::Narrated | Format::Json => report::json::render(&report),
    };
    print(&text);
    if !problems.is_empty() {
        Exit::Trouble
    } else if outcome.findings.iter().any(|finding| finding.severity >= Severity::Error) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// Files other than claim files that problems point into: rules and the configuration.
fn texts_of_rules(project: &Project, problems: &[crate::document::Problem]) -> Vec<(String, String)> {
    let mut names: Vec<&str> =
        problems.iter().filter(|problem| problem.span.is_some()).map(|problem| problem.file.as_str()).collect();
    names.dedup();
    let read =
        |name: &&str| Some(((*name).to_owned(), std::fs::read_to_string(project.root.join(Path::new(name))).ok()?));
    names.iter().filter_map(read).collect()
}

/// Prints to stdout; a closed pipe is no error.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
