//! `--format human`: findings drawn for a terminal, then what `--all` adds, then the counts.

use owo_colors::{OwoColorize, Style};

use super::diagnose::Diagnoser;
use super::graphical::Graphical;
use super::listing::{self, Entry};
use super::terminal::Look;
use super::visible::{is_right_to_left, visible, width, wrap};
use super::{Report, Sources, totals};
use crate::check::Verdict;
use crate::document::Problem;

/// What goes to stdout.
pub fn findings(report: &Report<'_>, look: &Look) -> String {
    let handler = Graphical { look: look.clone() };
    let diagnoser = Diagnoser::new(report);
    let mut text = String::new();
    for finding in report.shown() {
        // a string takes whatever is written to it
        let _ = handler.draw(&mut text, &diagnoser.finding(finding));
        text.push('\n');
    }
    if report.all {
        lists(report, look, &mut text);
    }
    text.push_str(&super::coverage::table(report.coverage, look, report.all));
    summary(report, look, &mut text);
    plain_characters(text, look)
}

/// What goes to stderr, for every command.
pub fn problems(problems: &[Problem], sources: &Sources, look: &Look) -> String {
    let handler = Graphical { look: look.clone() };
    let mut text = String::new();
    for problem in problems {
        let _ = handler.draw(&mut text, &Diagnoser::problem(sources, problem));
        text.push('\n');
    }
    plain_characters(text, look)
}

fn lists(report: &Report<'_>, look: &Look, text: &mut String) {
    for section in listing::sections(report) {
        text.push_str(&painted(&section.title, bold(), look));
        text.push('\n');
        for group in &section.groups {
            if !group.title.is_empty() {
                text.push_str("  ");
                text.push_str(&painted(&visible(&group.title), look.theme.styles.help, look));
                text.push('\n');
            }
            group.entries.iter().for_each(|item| entry(item, look, text));
        }
        text.push('\n');
    }
}

fn entry(entry: &Entry, look: &Look, text: &mut String) {
    let styles = &look.theme.styles;
    let (mark, style) = match entry.verdict {
        Some(Verdict::Holds) => ("✓ ", Style::new().green()),
        Some(Verdict::Strained) => ("~ ", styles.warning),
        Some(Verdict::Impossible) => ("× ", styles.error),
        None => ("", Style::new()),
    };
    let start = text.len();
    text.push_str("    ");
    text.push_str(&painted(mark, style, look));
    push_wrapped(&visible(&entry.text), 6, look, text);
    if let Some(more) = &entry.more {
        let more = visible(more);
        // a short list of claims stands beside a short sum
        let last = text[start..].lines().last().map_or(0, width);
        let crowded = last + width(&more) + 5 > look.columns || entry.text.contains(is_right_to_left);
        if look.has_colour || crowded {
            let mut wrapped = String::new();
            push_wrapped(&more, 6, look, &mut wrapped);
            text.push_str("\n      ");
            text.push_str(&painted(&wrapped, styles.linum, look));
        } else {
            text.push_str(&format!("  ({more})"));
        }
    }
    text.push('\n');
}

fn summary(report: &Report<'_>, look: &Look, text: &mut String) {
    let styles = &look.theme.styles;
    for (index, line) in totals::lines(report).iter().enumerate() {
        let found = report.outcome.findings.iter().map(|finding| finding.severity).max();
        let style = match (index, found) {
            (0, Some(crate::rules::Severity::Error)) => styles.error,
            (0, Some(_)) => styles.warning,
            (0, None) => bold(),
            _ if line.contains("exit code is 2") => styles.error,
            _ => Style::new(),
        };
        let mut wrapped = String::new();
        push_wrapped(line, 2, look, &mut wrapped);
        text.push_str(&painted(&wrapped, style, look));
        text.push('\n');
    }
}

fn push_wrapped(line: &str, indent: usize, look: &Look, text: &mut String) {
    if !look.wraps {
        return text.push_str(line);
    }
    for (index, part) in wrap(line, look.columns.saturating_sub(indent).max(20)).iter().enumerate() {
        if index > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
        }
        text.push_str(part);
    }
}

fn bold() -> Style {
    Style::new().bold()
}

fn painted(text: &str, style: Style, look: &Look) -> String {
    if look.has_colour && !text.is_empty() && style != Style::new() {
        text.style(style).to_string()
    } else {
        text.to_owned()
    }
}

/// Our own typography in ASCII, for a terminal that shows nothing else.
pub fn plain_characters(text: String, look: &Look) -> String {
    if look.is_unicode {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '…' => plain.push_str("..."),
            '×' => plain.push('x'),
            '−' | '–' => plain.push('-'),
            '✓' => plain.push_str("ok"),
            // a control that was made visible, `␛`: `^[`
            '\u{2400}'..='\u{241f}' => {
                plain.push('^');
                plain.extend(char::from_u32(u32::from(letter) - 0x2400 + 0x40));
            }
            other => plain.push(other),
        }
    }
    plain
}
