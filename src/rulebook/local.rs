//! Checks that claim files make themselves: what each asserts, and of which claims.

use serde::Serialize;

use super::Defined;
use crate::claims::{CheckBody, Claims, LocalCheck};
use crate::document::LineIndex;
use crate::project::Project;
use crate::rules::{RuleSet, Severity};

/// A `[[check]]`, explained.
#[derive(Clone, Debug, Serialize)]
pub struct LocalExplanation {
    version: u32,
    pub check: String,
    /// The rule that it binds.
    pub rule: Option<String>,
    pub summary: String,
    pub severity: &'static str,
    pub assert: String,
    pub terms: Vec<LocalTerm>,
    pub why: Vec<String>,
    pub accept: String,
    pub defined: Defined,
}

/// A name in a check, and the claims that stand for it.
#[derive(Clone, Debug, Serialize)]
pub struct LocalTerm {
    pub name: String,
    pub claims: Vec<LocalClaim>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LocalClaim {
    pub claim: String,
    pub value: String,
}

impl LocalExplanation {
    /// Explains the check of this id, if the claims have one.
    pub fn find(id: &str, project: &Project, rules: &RuleSet, claims: &Claims) -> Option<LocalExplanation> {
        claims.checks.iter().find(|check| &*check.id == id).map(|check| explain(check, project, rules, claims))
    }

    pub fn json(&self) -> String {
        super::json(self)
    }
}

fn explain(check: &LocalCheck, project: &Project, rules: &RuleSet, claims: &Claims) -> LocalExplanation {
    let rule = match &check.body {
        CheckBody::Rule(id) => rules.rule(id),
        CheckBody::Own { .. } => None,
    };
    let (assert, summary) = match (&check.body, rule) {
        (CheckBody::Own { text, .. }, _) => (text.to_string(), "A relation that the text itself asserts".to_owned()),
        (_, Some(rule)) => (rule.assert_text.trim().to_owned(), rule.summary.to_string()),
        (CheckBody::Rule(id), None) => (String::new(), format!("The rule {id}")),
    };
    let severity = check.severity.or(rule.map(|rule| rule.severity)).unwrap_or(Severity::Error);
    let terms = check.terms.iter().map(|term| LocalTerm {
        name: term.name.to_string(),
        claims: term
            .claims
            .iter()
            .map(|index| LocalClaim {
                claim: claims.id(*index).to_owned(),
                value: claims.get(*index).value.print(&rules.vocabulary.units),
            })
            .collect(),
    });
    LocalExplanation {
        version: 1,
        check: check.id.to_string(),
        rule: rule.map(|rule| rule.id.to_string()),
        summary,
        severity: severity.name(),
        assert,
        terms: terms.collect(),
        why: check.why.as_deref().map(super::explanation::paragraphs).unwrap_or_default(),
        accept: format!("allow = [{{ rule = \"{}\", reason = \"…\" }}]", rule.map_or(&*check.id, |rule| &rule.id)),
        defined: defined(check, project, claims),
    }
}

fn defined(check: &LocalCheck, project: &Project, claims: &Claims) -> Defined {
    let file = claims.files.get(check.file as usize).map_or("", |file| &file.path);
    let text = std::fs::read_to_string(project.root.join(file)).unwrap_or_default();
    let place = LineIndex::new(&text).place(&text, check.span.start as usize);
    Defined { file: file.to_owned(), line: place.line, column: place.column, shipped: false }
}
