//! `kzcheck check`: the main job.

use std::path::{Path, PathBuf};

use super::output::{self, Target};
use super::{Exit, remarks, verbose};
use crate::check;
use crate::gate::{Run, Settings};
use crate::project::Repository;
use crate::project::config::{Failing, ReadingMode};
use crate::report::format::{Format, HUMAN, NARRATED};
use crate::report::terminal::{Colour, Look};
use crate::report::{self, Report, Sources};

/// Check claims against each other
///
/// Reads the claims of the project (or only the files and folders named), applies the rules, and reports what cannot
/// be true together. Of a text it checks what the text itself ties together: lists and totals, shares, changes, dates. Exit code 0: nothing was found, 1: something was, 2: something could not be read.
#[derive(clap::Args)]
pub struct Arguments {
    /// Claim files, folders of them, or texts to check without claims; without any, the whole project
    paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_parser = output::format(), default_value = HUMAN)]
    format: Format,
    /// Write a report to a file as well, in any format; may be repeated
    #[arg(long, value_parser = output::target, value_name = "FORMAT=FILE")]
    output: Vec<Target>,
    /// Exit with 0 whatever is found; with 2 still if something could not be read
    #[arg(long)]
    exit_zero: bool,
    /// Show only so many findings, the worst; all are counted
    #[arg(long, value_name = "N")]
    max_findings: Option<usize>,
    /// Show also every check that holds, what was accepted, and claims that no check touches
    #[arg(long)]
    all: bool,
    /// Show which figures of the texts have a claim, by section; with `--all`, each that has none
    #[arg(long)]
    coverage: bool,
    /// Read figures one way only: `tight` takes every digit as significant, `loose` no trailing zeros, `truncated`
    /// takes figures as cut off and not rounded
    #[arg(long, value_enum)]
    reading: Option<ReadingMode>,
    /// Do not look for claims that cannot be true together although each check holds
    #[arg(long)]
    no_joint: bool,
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

impl Arguments {
    /// Where the project is looked for.
    pub(super) fn from(&self) -> &Path {
        self.paths.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

/// Checks, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let (run, exit) = once(arguments);
    // the program ends here, and the system takes the memory of a million claims back faster than they can be dropped
    std::mem::forget(run);
    exit
}

/// Checks and prints, for a program that goes on afterwards.
pub(super) fn once(arguments: &Arguments) -> (Run, Exit) {
    let run = Run::new(&Settings {
        paths: arguments.paths.clone(),
        no_exclude: arguments.no_exclude,
        keep_all: arguments.all || arguments.verbose,
        reading: arguments.reading,
        fail_on: arguments.fail_on,
        no_baseline: false,
        since: arguments.since.clone(),
        no_joint: arguments.no_joint,
    });
    let Run { project, rules, selection, claims, documents, outcome, problems, .. } = &run;
    let suppressed = outcome.suppressed.iter().map(|suppressed| &suppressed.finding).filter(|_| arguments.all);
    let shown = outcome.findings.iter().chain(suppressed).flat_map(check::Finding::claims);
    let also = outcome.checks.iter().flat_map(|made| made.participants.iter().map(|participant| participant.claim));
    let listed = outcome.untouched.iter().map(|untouched| untouched.claim).chain(outcome.drafts.iter().copied());
    let listed = listed.filter(|_| arguments.all);
    let mut sources = Sources::load(&selection.claim_files, claims, shown.chain(also).chain(listed), problems);
    for read in &run.texts {
        sources.add(read.shown.clone(), read.text.clone());
    }
    for file in claims.files.iter().filter(|file| file.is_document()) {
        if let Some(document) = file.document.as_deref().and_then(|id| documents.get(id)) {
            sources.add(file.path.to_string(), document.text().to_owned());
        }
    }
    sources.complete(&project.root, problems);
    let repository = Repository::of(project);
    let coverage = if arguments.coverage { run.coverage() } else { Vec::new() };
    let mut report = Report {
        rules,
        claims,
        outcome,
        problems,
        documents,
        sources: &sources,
        all: arguments.all,
        limit: arguments.max_findings,
        failing: run.failing(),
        repository: &repository,
        excluded: selection.excluded.len(),
        stale: run.stale.len(),
        coverage: &coverage,
    };
    // what goes wrong here is told in what is printed
    let mut all_problems = problems.clone();
    all_problems.append(&mut output::write(&arguments.output, &report));
    report.problems = &all_problems;
    let mut said = remarks::of_run(&run);
    if arguments.verbose {
        said.push_str(&verbose::text(&run));
    }
    let _ = output::print(std::io::stderr().lock(), &said);
    let is_printed = print(arguments, &report);
    let exit = if !is_printed || !all_problems.is_empty() {
        Exit::Trouble
    } else if !arguments.exit_zero && run.fails() {
        Exit::Findings
    } else {
        Exit::Clean
    };
    (run, exit)
}

/// How the figures of a text become claims.
fn keeping(report: &Report<'_>) -> String {
    let texts = report.claims.files.iter().filter(|file| file.read.is_some());
    match texts.map(|file| &*file.path).next().filter(|_| super::extract_writes_claims()) {
        Some(text) => {
            let name = Path::new(text).file_stem().unwrap_or_default().to_string_lossy();
            let line = format!("to keep the figures as claims: kzcheck extract {text} -o claims/{name}.toml");
            format!("{}\n", report::visible::visible(&line))
        }
        None => String::new(),
    }
}

/// Prints problems to stderr and the report to stdout, and says whether that could be done.
fn print(arguments: &Arguments, report: &Report<'_>) -> bool {
    let troubles = match arguments.format.name {
        NARRATED => report::narrated::problems(report),
        _ => report::human::problems(report.problems, report.sources, &Look::stderr(arguments.color)),
    };
    let text = match arguments.format.name {
        HUMAN => report::human::findings(report, &Look::stdout(arguments.color)) + &keeping(report),
        NARRATED => report::narrated::findings(report),
        _ => (arguments.format.render)(report),
    };
    // the counts come last, so that they are what a person sees; where stderr is gone there is nobody to tell
    let _ = output::print(std::io::stderr().lock(), &troubles);
    let printed = output::print(std::io::stdout().lock(), &text);
    if let Err(error) = &printed {
        let _ = output::print(std::io::stderr().lock(), &format!("kzcheck: the report cannot be printed: {error}\n"));
    }
    printed.is_ok()
}
