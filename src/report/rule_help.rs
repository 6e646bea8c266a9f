//! What a rule is, for formats that bring their own table of rules: taken from the rule's TOML.

use super::markdown::escape;
use super::statement::line;
use crate::rules::rule::{Outcome, Rule};

/// The same text twice: plain, and as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    pub plain: String,
    pub markdown: String,
}

/// Why the rule is there, what it asserts, what it lets pass and what not, and how a finding is accepted.
pub fn of(rule: &Rule) -> Help {
    let mut parts: Vec<Part> = paragraphs(rule.why.as_deref().unwrap_or_default()).map(Part::Text).collect();
    if rule.assert.is_some() {
        parts.push(Part::Code("It asserts", rule.assert_text.trim().to_owned()));
    }
    for (outcome, title) in
        [(Outcome::Pass, "Holds"), (Outcome::Strained, "Holds with a reservation"), (Outcome::Fail, "Cannot hold")]
    {
        for example in rule.examples.iter().filter(|example| example.outcome == outcome) {
            let values = example.values.iter().map(|(name, values)| format!("{name} {}", values.join(", ")));
            parts.push(Part::Code(title, values.collect::<Vec<_>>().join("; ")));
        }
    }
    parts.push(accepting(&rule.id));
    joined(&parts)
}

/// The same for a relation that a claim file asserts itself.
pub fn of_check(id: &str, assert: &str, why: Option<&str>) -> Help {
    let mut parts: Vec<Part> = paragraphs(why.unwrap_or_default()).map(Part::Text).collect();
    if !assert.is_empty() {
        parts.push(Part::Code("The text asserts", assert.to_owned()));
    }
    parts.push(accepting(id));
    joined(&parts)
}

/// The paragraphs of a text that was broken into lines to fit its file.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let paragraphs = text.trim().split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|part| !part.is_empty())
}

enum Part {
    Text(String),
    /// What it is, and a piece of code.
    Code(&'static str, String),
}

fn accepting(id: &str) -> Part {
    Part::Code(
        "To accept a finding, write in the `allow` of one of its claims",
        format!("rule = \"{id}\", reason = \"…\""),
    )
}

fn joined(parts: &[Part]) -> Help {
    let plain: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => line(text),
            Part::Code(title, code) => line(&format!("{title}: {code}")),
        })
        .collect();
    let markdown: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => escape::text(text),
            Part::Code(title, code) => format!("{}: {}", escape::text(title), escape::code(code)),
        })
        .collect();
    Help { plain: plain.join("\n\n"), markdown: markdown.join("\n\n") }
}
