//! A project in memory for tests: rule texts and claim texts in, findings out.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::sync::Arc;

use kzcheck::check::{self, Finding, Options, Outcome, Verdict};
use kzcheck::claims::read::{ClaimText, Content};
use kzcheck::claims::{self, Claims};
use kzcheck::document::Problem;
use kzcheck::rules::{self, RuleSet, RuleText};

/// What came of checking a project.
pub struct Checked {
    pub rules: RuleSet,
    pub claims: Claims,
    pub outcome: Outcome,
    pub problems: Vec<Problem>,
}

/// The shipped rules, with further rule texts on top.
pub fn rule_set(own: &[&str]) -> (RuleSet, Vec<Problem>) {
    let own = own
        .iter()
        .enumerate()
        .map(|(index, text)| RuleText { file: Arc::from(format!("rules/own-{index}.toml")), text });
    rules::load(rules::shipped().chain(own))
}

/// Checks claim texts; the file of each is `claims/N.toml`.
pub fn check(own_rules: &[&str], claim_texts: &[&str], options: &Options) -> Checked {
    let (rules, mut problems) = rule_set(own_rules);
    let files: Vec<ClaimText> = claim_texts
        .iter()
        .enumerate()
        .map(|(index, text)| ClaimText {
            shown: format!("claims/{index}.toml"),
            content: Content::Memory((*text).to_owned()),
        })
        .collect();
    let mut claims = claims::read(&files, &rules);
    problems.append(&mut claims.problems);
    let outcome = check::run(&rules, &claims, options);
    Checked { rules, claims, outcome, problems }
}

impl Checked {
    /// `rule: claim, claim` for every finding, with the verdict.
    pub fn findings(&self) -> Vec<String> {
        self.outcome.findings.iter().map(|finding| self.describe(finding)).collect()
    }

    fn describe(&self, finding: &Finding) -> String {
        let ids: Vec<&str> = finding.claims().map(|claim| self.claims.id(claim)).collect();
        let verdict = finding.verdict.map_or("noted", Verdict::name);
        format!("{} {verdict}: {}", finding.rule, ids.join(", "))
    }

    /// Messages of the problems with their files.
    pub fn problem_messages(&self) -> Vec<String> {
        self.problems.iter().map(|problem| format!("{}: {}", problem.file, problem.message)).collect()
    }
}
