//! Rules as Markdown: the page of a rule, and the table of contents that leads to the pages.
//!
//! Pages are kept beside the rules and compared with what is generated, so they name files and no lines, which move.

use std::fmt::Write as _;

use super::explanation::Applies;
use super::{Explanation, Index, LocalExplanation, ShownExample};

impl Explanation {
    /// The page of the rule.
    pub fn markdown(&self) -> String {
        let mut page = format!("# {}\n\n{}.\n\n", self.rule, cell(&self.summary));
        let _ = write!(page, "Severity: **{}**", self.severity);
        if self.can_be_strained() {
            let _ = write!(page, " ({} where only coarse rounding saves it)", self.strained_severity);
        }
        let whose = if self.defined.shipped { "comes with kzcheck" } else { "of this project" };
        let _ = write!(page, " · `{}`, {whose}", self.defined.file);
        if let Some(since) = &self.since {
            let _ = write!(page, " since {since}");
        }
        page.push('\n');
        self.checks_section(&mut page);
        if !self.why.is_empty() {
            let _ = write!(page, "\n## Why\n\n{}\n", self.why.join("\n\n"));
        }
        let kinds = [("pass", "## Holds"), ("strained", "## Holds with a reservation"), ("fail", "## Cannot hold")];
        for (kind, title) in kinds {
            let examples: Vec<&ShownExample> =
                self.examples.iter().filter(|example| example.expected == kind).collect();
            if !examples.is_empty() {
                let _ = write!(page, "\n{title}\n");
                examples.iter().for_each(|example| page.push_str(&self::example(example)));
            }
        }
        if !self.hints.is_empty() {
            page.push_str("\n## Hints\n\nA finding adds what holds in place of the assertion:\n\n");
            page.push_str("| if this holds | it says |\n| --- | --- |\n");
            for hint in &self.hints {
                let _ = writeln!(page, "| `{}` | {} |", code_cell(&hint.assert), cell(&hint.say));
            }
        }
        if !self.instead_of.is_empty() {
            let others: Vec<String> = self.instead_of.iter().map(|rule| format!("[{rule}]({rule}.md)")).collect();
            let _ = write!(page, "\n## Speaks for\n\nWhat it finds is not told again by {}.\n", others.join(", "));
        }
        let _ = write!(
            page,
            "\n## Accepting a finding\n\nWrite on one of its claims, with the reason:\n\n```toml\n{}\n```\n",
            self.accept
        );
        page
    }

    fn checks_section(&self, page: &mut String) {
        page.push_str("\n## What it checks\n\n");
        if let Some(builtin) = &self.builtin {
            let _ = writeln!(page, "A check that is part of the program: `builtin = \"{builtin}\"`.");
        }
        if !self.terms.is_empty() {
            page.push_str("| term | stands for | pattern |\n| --- | --- | --- |\n");
            for term in &self.terms {
                let (name, words) = (&term.name, cell(&term.words));
                let _ = writeln!(page, "| `{name}` | {words} | `{}` |", code_cell(&term.written));
            }
        }
        if let Some(condition) = &self.condition {
            let _ = write!(page, "\nWhere `{condition}`: {}.\n", self.condition_words.join("; "));
        }
        if let Some(assert) = &self.assert {
            let _ = write!(page, "\nIt asserts:\n\n```text\n{assert}\n```\n");
        }
        if self.applies == Applies::Patterns {
            let _ = write!(page, "\n{}\n", super::index::MEETING);
        }
        if let Some(bind) = &self.bind {
            let _ = write!(page, "\nIt applies only where a claim file binds it:\n\n```toml\n{bind}\n```\n");
        }
        if !self.measures.is_empty() {
            let list: Vec<String> = self.measures.iter().map(|measure| format!("`{measure}`")).collect();
            let _ = write!(page, "\nMeasures that it fits: {}.\n", list.join(", "));
        }
    }
}

impl Index {
    /// The table of contents of the pages.
    pub fn markdown(&self) -> String {
        let mut page = "# Rules\n".to_owned();
        for theme in &self.themes {
            let _ = write!(page, "\n## {}\n\n`{}`\n\n", theme.title, theme.file);
            page.push_str("| rule | severity | what it asserts |\n| --- | --- | --- |\n");
            for rule in &theme.rules {
                let by_name = if rule.applies == Applies::Bound { " (bound by name)" } else { "" };
                let (id, severity, summary) = (&rule.rule, rule.severity, cell(&rule.summary));
                let _ = writeln!(page, "| [{id}]({id}.md) | {severity} | {summary}{by_name} |");
            }
        }
        page
    }
}

impl LocalExplanation {
    /// A page for a check of a claim file.
    pub fn markdown(&self) -> String {
        let mut page = format!("# {}\n\n{}.\n\n", self.check, cell(&self.summary));
        let _ = writeln!(page, "Severity: **{}** · `{}`", self.severity, self.defined.file);
        let _ = write!(page, "\n## What it checks\n\n```text\n{}\n```\n\n", self.assert);
        page.push_str("| term | claim | value |\n| --- | --- | --- |\n");
        for term in &self.terms {
            for claim in &term.claims {
                let _ = writeln!(page, "| `{}` | `{}` | {} |", term.name, claim.claim, cell(&claim.value));
            }
        }
        if let Some(rule) = &self.rule {
            let _ = write!(page, "\nIt binds the rule `{rule}`.\n");
        }
        if !self.why.is_empty() {
            let _ = write!(page, "\n## Why\n\n{}\n", self.why.join("\n\n"));
        }
        let _ = write!(page, "\n## Accepting its finding\n\n```toml\n{}\n```\n", self.accept);
        page
    }
}

fn example(example: &ShownExample) -> String {
    let mut text = "\n| term | value |\n| --- | --- |\n".to_owned();
    for value in &example.values {
        let _ = writeln!(text, "| `{}` | {} |", value.term, cell(&value.values.join(", ")));
    }
    let lines: Vec<&String> = example.arithmetic.iter().chain(&example.message).chain(&example.reservation).collect();
    if !lines.is_empty() {
        text.push_str("\n```text\n");
        lines.iter().for_each(|line| {
            let _ = writeln!(text, "{line}");
        });
        text.push_str("```\n");
    }
    for hint in &example.hints {
        let _ = write!(text, "\nHint: {hint}\n");
    }
    text
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}

/// Code in a cell of a table: GitHub takes the bar for the end of the cell even there.
fn code_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
