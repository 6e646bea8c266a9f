//! `check --coverage`: how many figures of each text have a claim, section by section.

use std::fmt::Write as _;

use serde::Serialize;

use super::statement::{clipped, line};
use super::terminal::Look;
use crate::extract::output::{Line, meaning};
use crate::revise::coverage::Coverage;

/// The coverage of a text, with its names.
pub struct TextCoverage {
    pub document: Box<str>,
    /// The path of the text as reports show it.
    pub shown: String,
    pub coverage: Coverage,
}

/// Characters of a heading that are shown.
const LONGEST_TITLE: usize = 60;

/// A table for people; `all` lists each figure without a claim.
pub fn table(texts: &[TextCoverage], look: &Look, all: bool) -> String {
    let mut out = String::new();
    for text in texts {
        let coverage = &text.coverage;
        let (covered, total) = (coverage.covered(), coverage.covered() + coverage.uncovered());
        let _ = writeln!(
            out,
            "{} ({}): {covered} of {total} figures have a claim",
            line(&text.document),
            line(&text.shown)
        );
        let _ = writeln!(out, "  {:>11}  {:>7}  {:>7}  section", "lines", "with", "without");
        for section in &coverage.sections {
            let dash = if look.is_unicode { '–' } else { '-' };
            let lines = format!("{}{dash}{}", section.first_line, section.last_line);
            // last, where a terminal may reorder what it likes
            let title = clipped(&line(&section.title), LONGEST_TITLE);
            let row = format!("  {lines:>11}  {:>7}  {:>7}  {title}", section.covered, section.uncovered.len());
            let _ = writeln!(out, "{}", row.trim_end());
            for mention in section.uncovered.iter().filter(|_| all) {
                let place = format!("{}:{}", mention.line, mention.column);
                let _ = writeln!(out, "  {place:>11}  {}  {}", line(&meaning(mention)), line(&mention.text));
            }
        }
        out.push('\n');
    }
    out
}

/// The same for machine formats.
#[derive(Serialize)]
pub struct JsonCoverage<'a> {
    document: &'a str,
    file: &'a str,
    covered: usize,
    uncovered: usize,
    sections: Vec<JsonSection<'a>>,
}

#[derive(Serialize)]
struct JsonSection<'a> {
    title: &'a str,
    first_line: usize,
    last_line: usize,
    covered: usize,
    /// Figures without a claim, in the fields of `extract`.
    uncovered: Vec<Line<'a>>,
}

impl<'a> JsonCoverage<'a> {
    pub fn new(text: &'a TextCoverage) -> JsonCoverage<'a> {
        let sections = text.coverage.sections.iter().map(|section| JsonSection {
            title: &section.title,
            first_line: section.first_line,
            last_line: section.last_line,
            covered: section.covered,
            uncovered: section.uncovered.iter().map(|mention| Line::new(&text.shown, mention)).collect(),
        });
        JsonCoverage {
            document: &text.document,
            file: &text.shown,
            covered: text.coverage.covered(),
            uncovered: text.coverage.uncovered(),
            sections: sections.collect(),
        }
    }
}
