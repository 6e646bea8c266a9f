//! `--format narrated`: the same content as sentences, for screen readers: no drawing, no colour, places in words.

use std::fmt::{self, Write};

use miette::{Diagnostic, ReportHandler, Severity};

use super::diagnose::Diagnoser;
use super::places::{Block, blocks, notes};
use super::visible::visible;
use super::{Report, listing, totals};
use crate::check::Verdict;

/// Tells diagnostics.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrated;

impl ReportHandler for Narrated {
    fn debug(&self, diagnostic: &dyn Diagnostic, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Narrated.tell(formatter, diagnostic)
    }
}

impl Narrated {
    /// Writes a diagnostic, with a line end.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn tell(self, out: &mut dyn Write, diagnostic: &dyn Diagnostic) -> fmt::Result {
        let word = match (diagnostic.severity(), diagnostic.code().is_some()) {
            (None, false) => "Problem",
            (None | Some(Severity::Error), _) => "Error",
            (Some(Severity::Warning), _) => "Warning",
            (Some(Severity::Advice), _) => "Note",
        };
        let code = diagnostic.code().map(|code| format!(", rule {}", visible(&code.to_string()))).unwrap_or_default();
        writeln!(out, "{word}{code}: {}", sentence(&visible(&diagnostic.to_string())))?;
        for block in blocks(diagnostic) {
            tell_block(out, &block)?;
        }
        for note in notes(diagnostic) {
            writeln!(out, "{}", sentence(&capital(&visible(&note.to_string()))))?;
        }
        if let Some(help) = diagnostic.help() {
            writeln!(out, "Help: {}", sentence(&visible(&help.to_string())))?;
        }
        Ok(())
    }
}

fn tell_block(out: &mut dyn Write, block: &Block) -> fmt::Result {
    let name = visible(&block.name);
    let mut labels = block.labels.iter().filter(|label| label.text.is_some()).peekable();
    if labels.peek().is_none() {
        // a problem, or a document whose places are told with the claims
        if let [label] = block.labels.as_slice() {
            let word = word(&label.word);
            let word = if word.is_empty() { word } else { format!(": {word}") };
            let said = format!("File {name}, line {}, column {}{word}", label.line, label.column);
            return writeln!(out, "{}", sentence(&said));
        }
        return Ok(());
    }
    writeln!(out, "In file {name}:")?;
    for label in labels {
        let text = label.text.as_deref().map(visible).unwrap_or_default();
        let (line, column, word) = (label.line, label.column, word(&label.word));
        // `[1]` is for the eye
        let said = match text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            Some((number, rest)) => format!("line {line}, column {column} has {word}; claim {number} is {rest}"),
            None => format!("line {line}, column {column} has {word}; it is {text}"),
        };
        writeln!(out, "{}", sentence(&capital(&said)))?;
    }
    Ok(())
}

/// As much of a marked place as can be listened to.
fn word(text: &str) -> String {
    let mut word: String = text.chars().take(LONGEST_WORD).collect();
    if word.len() < text.len() {
        word.push('…');
    }
    visible(&word).into_owned()
}

const LONGEST_WORD: usize = 100;

/// What goes to stdout.
pub fn findings(report: &Report<'_>) -> String {
    let diagnoser = Diagnoser::new(report);
    let mut text = String::new();
    for finding in report.shown() {
        // a string takes whatever is written to it
        let _ = Narrated.tell(&mut text, &diagnoser.finding(finding));
        text.push('\n');
    }
    if report.all {
        lists(report, &mut text);
    }
    for (index, line) in totals::lines(report).iter().enumerate() {
        let said = if index == 0 { format!("Summary: {line}") } else { capital(line) };
        text.push_str(&sentence(&said));
        text.push('\n');
    }
    text
}

/// What goes to stderr.
pub fn problems(report: &Report<'_>) -> String {
    let mut text = String::new();
    for problem in report.problems {
        let _ = Narrated.tell(&mut text, &Diagnoser::problem(report.sources, problem));
        text.push('\n');
    }
    text
}

fn lists(report: &Report<'_>, text: &mut String) {
    for section in listing::sections(report) {
        text.push_str(&sentence(&section.title));
        text.push('\n');
        for group in &section.groups {
            if !group.title.is_empty() {
                text.push_str(&format!("{}:\n", visible(&group.title)));
            }
            for entry in &group.entries {
                let verdict = match entry.verdict {
                    Some(Verdict::Holds) => "Holds: ",
                    Some(Verdict::Strained) => "Holds with a reservation: ",
                    Some(Verdict::Impossible) => "Cannot hold: ",
                    None => "",
                };
                let more = entry.more.as_ref().map(|more| format!(" Claims: {}", visible(more))).unwrap_or_default();
                let more = if entry.verdict.is_none() { more.replacen(" Claims: ", " By ", 1) } else { more };
                text.push_str(&format!("{verdict}{}{}\n", sentence(&visible(&entry.text)), sentence(&more)));
            }
        }
        text.push('\n');
    }
}

/// With a full stop, unless it ends in something else.
fn sentence(text: &str) -> String {
    let closed = text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']);
    if closed { text.to_owned() } else { format!("{text}.") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
