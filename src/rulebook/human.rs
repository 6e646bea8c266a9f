//! Rules on a terminal: plain text, wrapped at a fixed width, so that the same rule always gives the same lines.

use std::fmt::Write as _;

use super::explanation::Applies;
use super::{Defined, Explanation, Index, LocalExplanation, ShownExample};

/// Characters in a line.
const WIDTH: usize = 96;

impl Explanation {
    /// For people at a terminal.
    pub fn human(&self) -> String {
        let mut text = format!("{} ({}", self.rule, self.severity);
        if self.can_be_strained() {
            let _ = write!(text, "; {} where only coarse rounding saves it", self.strained_severity);
        }
        text.push_str(")\n");
        wrapped(&mut text, &self.summary, "");
        self.checks_lines(&mut text);
        if !self.why.is_empty() {
            heading(&mut text, "Why");
            for (index, paragraph) in self.why.iter().enumerate() {
                if index > 0 {
                    text.push('\n');
                }
                wrapped(&mut text, paragraph, "  ");
            }
        }
        for (kind, title) in [("pass", "Holds"), ("strained", "Holds with a reservation"), ("fail", "Cannot hold")] {
            if let Some(example) = self.examples.iter().find(|example| example.expected == kind) {
                heading(&mut text, title);
                self::example(&mut text, example);
            }
        }
        if !self.hints.is_empty() {
            heading(&mut text, "What a finding adds, where one of these holds in place of the assertion");
            for hint in &self.hints {
                wrapped(&mut text, &hint.assert, "  ");
                wrapped(&mut text, &hint.say, "      ");
            }
        }
        if !self.instead_of.is_empty() {
            heading(&mut text, "A finding of it stands for what these say of the same claims");
            self.instead_of.iter().for_each(|rule| wrapped(&mut text, rule, "  "));
        }
        heading(&mut text, "To accept a finding, write on one of its claims, with the reason");
        indented(&mut text, &self.accept);
        let _ = write!(text, "\n{}\n", defined(&self.defined));
        super::printable(&text)
    }

    fn checks_lines(&self, text: &mut String) {
        heading(text, "Checks");
        if let Some(builtin) = &self.builtin {
            wrapped(text, &format!("by `{builtin}`, which is part of the program"), "  ");
        }
        for term in &self.terms {
            let _ = writeln!(text, "  {} = {}", term.name, term.written);
            wrapped(text, &term.words, "      ");
        }
        if let Some(condition) = &self.condition {
            let _ = writeln!(text, "  where {condition}");
            self.condition_words.iter().for_each(|words| wrapped(text, words, "      "));
        }
        if let Some(assert) = &self.assert {
            wrapped(text, &format!("assert {assert}"), "  ");
        }
        match self.applies {
            Applies::Patterns => {
                text.push('\n');
                wrapped(text, super::index::MEETING, "  ");
            }
            Applies::Bound => {
                heading(text, "It applies only where a claim file binds it");
                self.bind.iter().for_each(|bind| indented(text, bind));
            }
            Applies::Builtin => {}
        }
        if !self.measures.is_empty() {
            let shown = self.measures.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
            let more = self.measures.len().saturating_sub(8);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            wrapped(text, &format!("It fits {shown}{more}."), "  ");
        }
    }
}

impl Index {
    /// For people at a terminal.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for theme in &self.themes {
            let _ = writeln!(text, "{} ({})", theme.title, theme.file);
            let width = theme.rules.iter().map(|rule| rule.rule.chars().count()).max().unwrap_or(0);
            for rule in &theme.rules {
                let mark = if rule.applies == Applies::Bound { "  by name: " } else { "  " };
                let head = format!("  {:width$}  {:<7}{mark}", rule.rule, rule.severity);
                let _ = writeln!(text, "{head}{}", rule.summary);
            }
            text.push('\n');
        }
        text.push_str("Rules that apply by name need a `[[check]]` in a claim file.\n");
        let _ = writeln!(text, "{} rules; `kzcheck explain RULE` explains one of them.", self.count());
        super::printable(&text)
    }
}

impl LocalExplanation {
    /// For people at a terminal.
    pub fn human(&self) -> String {
        let mut text = format!("{} ({})\n", self.check, self.severity);
        wrapped(&mut text, &self.summary, "");
        heading(&mut text, "Checks");
        wrapped(&mut text, &format!("assert {}", self.assert), "  ");
        for term in &self.terms {
            for claim in &term.claims {
                let _ = writeln!(text, "  {}: {} ({})", term.name, claim.value, claim.claim);
            }
        }
        if !self.why.is_empty() {
            heading(&mut text, "Why");
            self.why.iter().for_each(|paragraph| wrapped(&mut text, paragraph, "  "));
        }
        heading(&mut text, "To accept its finding, write in the check or on one of its claims, with the reason");
        indented(&mut text, &self.accept);
        let _ = write!(text, "\nA check of {}, line {}.\n", self.defined.file, self.defined.line);
        if let Some(rule) = &self.rule {
            let _ = writeln!(text, "It binds a rule: `kzcheck explain {rule}`.");
        }
        super::printable(&text)
    }
}

/// `Defined in rules/own.toml, line 3.`
fn defined(defined: &Defined) -> String {
    let shipped = if defined.shipped { ", which comes with kzcheck" } else { " of this project" };
    format!("Defined in {}{shipped}, line {}.", defined.file, defined.line)
}

fn example(text: &mut String, example: &ShownExample) {
    wrapped(text, &example.values_line(), "  ");
    for line in example.arithmetic.iter().chain(&example.message).chain(&example.reservation) {
        wrapped(text, line, "      ");
    }
    for hint in &example.hints {
        wrapped(text, &format!("hint: {hint}"), "      ");
    }
    if let Some(reason) = &example.reason {
        wrapped(text, &format!("(this example cannot be checked: {reason})"), "      ");
    }
}

fn heading(text: &mut String, title: &str) {
    let _ = write!(text, "\n{title}:\n");
}

fn indented(text: &mut String, block: &str) {
    block.lines().for_each(|line| {
        let _ = writeln!(text, "  {line}");
    });
}

/// Adds a paragraph, broken between words; continued lines go in by four more.
fn wrapped(text: &mut String, paragraph: &str, indent: &str) {
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            text.push_str(indent);
            column = indent.len();
        } else if column + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(indent);
            column = indent.len();
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        let mut text = String::new();
        wrapped(&mut text, &"word ".repeat(40), "  ");
        assert!(text.lines().all(|line| line.starts_with("  word") && line.len() <= WIDTH));
        assert_eq!(text.lines().count(), 3);
    }
}
