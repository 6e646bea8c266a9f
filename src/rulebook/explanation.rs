//! All that is known of one rule: what `kzcheck explain RULE` prints in one format or another.

use serde::Serialize;

use super::written::Written;
use super::{Defined, Rulebook, ShownExample, terms};
use crate::check::examples;
use crate::rules::Severity;
use crate::rules::rule::{Body, Rule};

/// A rule, explained.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    version: u32,
    pub rule: String,
    pub summary: String,
    pub severity: &'static str,
    /// The severity of a check that holds only if a figure is rounded coarsely.
    pub strained_severity: &'static str,
    /// The version of kzcheck in which it came, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// How it finds what it checks.
    pub applies: Applies,
    pub terms: Vec<ShownTerm>,
    /// The `where` text.
    pub condition: Option<String>,
    pub condition_words: Vec<String>,
    pub assert: Option<String>,
    pub builtin: Option<String>,
    /// Of a rule for any measure: those that it fits.
    pub measures: Vec<String>,
    /// Paragraphs.
    pub why: Vec<String>,
    pub examples: Vec<ShownExample>,
    pub hints: Vec<ShownHint>,
    /// Rules whose findings about the same claims are held back for one of this.
    pub instead_of: Vec<String>,
    /// TOML that accepts a finding of it.
    pub accept: String,
    /// TOML that binds it to claims.
    pub bind: Option<String>,
    pub defined: Defined,
}

/// How a rule finds what it checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applies {
    /// Wherever claims fit its patterns.
    Patterns,
    /// Where a `[[check]]` binds it.
    Bound,
    /// By a check in the program.
    Builtin,
}

/// A term as written and in words.
#[derive(Clone, Debug, Serialize)]
pub struct ShownTerm {
    pub name: String,
    pub written: String,
    pub words: String,
    pub set: bool,
}

/// What a finding says where another relation holds.
#[derive(Clone, Debug, Serialize)]
pub struct ShownHint {
    pub assert: String,
    pub say: String,
}

impl Explanation {
    /// Explains a rule; its examples are checked for their arithmetic.
    pub fn new(book: &Rulebook<'_>, rule: &Rule) -> Explanation {
        let written = Written::of(book, rule);
        let vocabulary = &book.rules.vocabulary;
        let tried = examples::try_all(book.rules, &[rule]);
        let trials = tried.iter().flat_map(|tried| &tried.trials);
        let shown_terms = written.terms.iter().map(|term| ShownTerm {
            name: term.name.clone(),
            written: term.toml(),
            words: terms::term(term, vocabulary),
            set: term.is_set,
        });
        let (applies, builtin) = match &rule.body {
            Body::Patterns(_) => (Applies::Patterns, None),
            Body::Bound => (Applies::Bound, None),
            Body::Builtin(name) => (Applies::Builtin, Some(name.to_string())),
        };
        Explanation {
            version: 1,
            rule: rule.id.to_string(),
            summary: rule.summary.to_string(),
            severity: rule.severity.name(),
            strained_severity: rule.severity.milder().name(),
            since: rule.since.map(|version| version.to_string()),
            applies,
            terms: shown_terms.collect(),
            condition_words: terms::conditions(&written),
            condition: written.conditions.clone(),
            assert: rule.assert.is_some().then(|| rule.assert_text.trim().to_owned()),
            builtin,
            measures: measures(book, rule, &written),
            why: rule.why.as_deref().map(paragraphs).unwrap_or_default(),
            examples: trials.map(|trial| ShownExample::new(book, rule, trial, &written.order())).collect(),
            hints: written
                .hints
                .iter()
                .map(|(assert, say)| ShownHint { assert: assert.clone(), say: say.clone() })
                .collect(),
            instead_of: rule.instead_of.iter().map(ToString::to_string).collect(),
            accept: format!("allow = [{{ rule = \"{}\", reason = \"…\" }}]", rule.id),
            bind: (applies == Applies::Bound).then(|| bind(rule)),
            defined: book.defined(rule),
        }
    }

    /// Whether a check of it can be strained: one of its examples is, or nothing says that none can be.
    pub fn can_be_strained(&self) -> bool {
        self.severity != Severity::Note.name()
            && (self.applies != Applies::Builtin || self.examples.iter().any(|example| example.expected == "strained"))
    }

    pub fn json(&self) -> String {
        super::json(self)
    }
}

/// The paragraphs of a text that was broken into lines to fit its file.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The measures that the variable of a generic rule stands for.
fn measures(book: &Rulebook<'_>, rule: &Rule, written: &Written) -> Vec<String> {
    let Body::Patterns(instances) = &rule.body else { return Vec::new() };
    let measure = |term: usize| written.terms.get(term).and_then(|term| term.measure.as_deref());
    // `$m` itself where some term has it, else one of its facets
    let generic = (0..written.terms.len())
        .filter(|term| measure(*term).is_some_and(|measure| measure.starts_with('$')))
        .min_by_key(|term| measure(*term).map_or(0, |measure| measure.matches('.').count()));
    let Some(term) = generic else { return Vec::new() };
    let vocabulary = &book.rules.vocabulary;
    let patterns = instances.iter().filter_map(|instance| instance.patterns.get(term));
    let mut found: Vec<String> = patterns.map(|pattern| vocabulary.measure(pattern.measure).id.to_string()).collect();
    found.sort();
    found.dedup();
    found
}

/// A `[[check]]` that binds the rule, with claims to be named.
fn bind(rule: &Rule) -> String {
    let terms: Vec<String> = rule
        .terms
        .iter()
        .map(|term| match term.is_set {
            true => format!("{} = [\"CLAIM\", \"CLAIM\"]", term.name),
            false => format!("{} = \"CLAIM\"", term.name),
        })
        .collect();
    format!("[[check]]\nid = \"…\"\nrule = \"{}\"\nterms = {{ {} }}", rule.id, terms.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_into_paragraphs() {
        assert_eq!(paragraphs("\nOne.\nTwo\nthree.\n\nFour."), ["One. Two three.", "Four."]);
        assert!(paragraphs("").is_empty());
    }
}
