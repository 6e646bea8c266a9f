//! SARIF's table of rules: every rule of the run once, and after them what findings name besides, which are checks of
//! claim files and what the program itself reports.

use std::collections::BTreeMap;

use super::escape::message;
use super::log::{Configuration, Descriptor, Text};
use super::plain;
use crate::check::Finding;
use crate::claims::CheckBody;
use crate::report::rule_help::{self, Help};
use crate::report::{Report, statement};
use crate::rules::Severity;
use crate::rules::rule::Rule;

/// The rules, and where each stands.
pub(super) struct Table {
    pub descriptors: Vec<Descriptor>,
    places: BTreeMap<String, usize>,
}

impl Table {
    pub fn of(report: &Report<'_>) -> Table {
        let mut table = Table { descriptors: Vec::new(), places: BTreeMap::new() };
        report.rules.rules.iter().for_each(|rule| table.add(of_rule(rule)));
        let suppressed = report.outcome.suppressed.iter().map(|suppressed| &suppressed.finding);
        let mut findings = report.shown();
        findings.extend(suppressed.filter(|_| report.all));
        for finding in findings {
            if !table.places.contains_key(&*finding.rule) {
                table.add(of_finding(report, finding));
            }
        }
        table
    }

    /// The place of a rule in the table.
    pub fn index(&self, rule: &str) -> usize {
        self.places.get(rule).copied().unwrap_or_default()
    }

    fn add(&mut self, descriptor: Descriptor) {
        if !self.places.contains_key(&descriptor.id) {
            self.places.insert(descriptor.id.clone(), self.descriptors.len());
            self.descriptors.push(descriptor);
        }
    }
}

fn of_rule(rule: &Rule) -> Descriptor {
    descriptor(&rule.id, &rule.summary, rule.why.as_deref(), rule_help::of(rule), rule.severity)
}

/// A relation that a claim file asserts, or a finding that is no rule's.
fn of_finding(report: &Report<'_>, finding: &Finding) -> Descriptor {
    let check = report.claims.checks.iter().find(|check| Some(&check.id) == finding.check.as_ref());
    let (Some(check), true) = (check, finding.verdict.is_some()) else {
        let summary = "An `allow` that accepts nothing";
        let remedy = "Nothing that it accepts is found any more: remove it.";
        let help = Help { plain: remedy.to_owned(), markdown: remedy.to_owned() };
        return descriptor(&finding.rule, summary, None, help, finding.severity);
    };
    let assert = match &check.body {
        CheckBody::Own { text, .. } => text,
        CheckBody::Rule(rule) => rule,
    };
    let help = rule_help::of_check(&finding.rule, assert, check.why.as_deref());
    let severity = check.severity.unwrap_or(Severity::Error);
    descriptor(&finding.rule, "A relation that the text itself asserts", check.why.as_deref(), help, severity)
}

/// No text of a rule may be empty, or uploads are refused.
fn descriptor(id: &str, summary: &str, why: Option<&str>, help: Help, severity: Severity) -> Descriptor {
    let summary = statement::line(if summary.is_empty() { id } else { summary });
    let why: Vec<String> = rule_help::paragraphs(why.unwrap_or_default()).map(|part| statement::line(&part)).collect();
    let full = if why.is_empty() { summary.clone() } else { why.join("\n\n") };
    Descriptor {
        id: id.to_owned(),
        short_description: message(&summary),
        full_description: message(&full),
        help: Text { markdown: Some(help.markdown), ..plain(&message(&help.plain).text) },
        default_configuration: Configuration { level: severity.name() },
    }
}
