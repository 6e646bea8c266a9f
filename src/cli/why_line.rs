//! `kzcheck why report.md:12`: what was recognised on a line of a text, and what the text ties each figure to.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Exit, problems};
use crate::check::run::Made;
use crate::extract::output::meaning;
use crate::gate::{Run, Settings};
use crate::report::statement::line as visible;
use crate::report::{Report, ShownProblem, Surroundings, json_text, words};

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    path: PathBuf,
    number: usize,
}

#[derive(Default, Serialize)]
struct Output {
    version: u32,
    file: String,
    line: usize,
    figures: Vec<Figure>,
    problems: Vec<ShownProblem>,
}

#[derive(Serialize)]
struct Figure {
    text: String,
    column: usize,
    start: usize,
    end: usize,
    kind: &'static str,
    /// What it says, in the notation of claims.
    value: String,
    tied: Vec<Tied>,
}

#[derive(Serialize)]
struct Tied {
    rule: String,
    /// What the figure is in it.
    role: String,
    verdict: &'static str,
    arithmetic: String,
}

impl Line {
    /// `report.md:12`, if there is such a file.
    pub(super) fn of(argument: &str) -> Option<Line> {
        let (path, number) = argument.rsplit_once(':')?;
        let path = PathBuf::from(path);
        let is_text = path.is_file() && path.extension().is_none_or(|extension| extension != "toml");
        number.parse().ok().filter(|_| is_text).map(|number| Line { path, number })
    }
}

/// Looks, prints, and says how it went.
pub(super) fn run(line: &Line, is_json: bool) -> Exit {
    let run = Run::new(&Settings { paths: vec![line.path.clone()], keep_all: true, ..Settings::default() });
    let mut surroundings = Surroundings::default();
    let mut output = Output { version: 1, line: line.number, ..Output::default() };
    if let Some(read) = run.texts.first() {
        output.file.clone_from(&read.shown);
        surroundings.sources.add(read.shown.clone(), read.text.clone());
        let sentences = surroundings.report(&run.rules, &run.claims, &run.outcome);
        let report = Report { documents: &run.documents, failing: run.failing(), ..sentences };
        let own = read.figures.iter().filter(|mention| mention.line == line.number);
        output.figures = own
            .map(|mention| Figure {
                text: mention.text.to_string(),
                column: mention.column,
                start: mention.start,
                end: mention.end,
                kind: mention.kind.name(),
                value: meaning(mention),
                tied: tied(&report, mention.start),
            })
            .collect();
    }
    let is_read = run.problems.is_empty();
    output.problems = problems::print(&run.project, &run.problems);
    super::print(&if is_json { json_text::pretty(&output) } else { human(&line.path, &output) });
    if is_read { Exit::Clean } else { Exit::Trouble }
}

/// The checks that a figure takes part in, by where it starts.
fn tied(report: &Report<'_>, start: usize) -> Vec<Tied> {
    let role = |made: &Made| {
        let own =
            made.participants.iter().find(|one| report.claims.get(one.claim).value_span.start as usize == start)?;
        Some(own.role.to_string())
    };
    let tied = |made: &Made| {
        Some(Tied {
            rule: made.rule.to_string(),
            role: role(made)?,
            verdict: made.verdict.name(),
            arithmetic: words::all_arithmetic(&made.arithmetic),
        })
    };
    report.outcome.checks.iter().filter_map(tied).collect()
}

fn human(path: &Path, output: &Output) -> String {
    let mut lines = vec![format!("{}, line {}", path.display(), output.line)];
    for figure in &output.figures {
        lines.push(format!("  column {}: {} {}: {}", figure.column, figure.kind, figure.value, figure.text));
        for one in &figure.tied {
            let role = if one.role.is_empty() { String::new() } else { format!(", as its {}", one.role) };
            lines.push(format!("    {} {}{role}", one.verdict, one.rule));
            lines.push(format!("      {}", one.arithmetic));
        }
        if figure.tied.is_empty() {
            lines.push("    the text ties it to no other figure".to_owned());
        }
    }
    if output.figures.is_empty() && output.problems.is_empty() {
        lines.push("  no figure".to_owned());
    }
    let shown = |text: &String| {
        let rest = text.trim_start_matches(' ');
        format!("{}{}\n", &text[..text.len() - rest.len()], visible(rest))
    };
    lines.iter().filter(|line| !line.trim().is_empty()).map(shown).collect()
}
