//! From findings to something that a person or a program reads.
//!
//! A [`Report`] joins what a run found with what is needed to show it: the claims, the rules, the documents and the
//! few claim files that findings point into. Sentences are made in [`words`] and [`arithmetic`], places in [`sources`];
//! each format is a file of its own that turns a report into text and decides nothing.
//!
//! What people read goes through miette's protocol: [`diagnose`] makes a [`notice`] of a finding or a problem, which
//! [`graphical`] draws and [`narrated`] tells.

pub mod arithmetic;
pub mod coverage;
pub mod diagnose;
pub mod excerpt;
pub mod fingerprint;
pub mod format;
pub mod github;
pub mod gitlab;
pub mod graphical;
pub mod human;
pub mod json;
pub mod json_text;
pub mod junit;
pub mod listing;
pub mod located;
pub mod markdown;
pub mod narrated;
pub mod notice;
pub mod places;
mod problem;
pub mod revision;
pub mod rule_help;
pub mod sarif;
pub mod sources;
pub mod statement;
pub mod terminal;
pub mod texts;
pub mod together;
pub mod totals;
pub mod visible;
pub mod words;

use crate::check::{Finding, Outcome, Verdict};
use crate::claims::Claims;
use crate::document::Problem;
use crate::project::{Documents, Repository};
use crate::rules::{RuleSet, Severity};
pub use problem::ShownProblem;
pub use sources::Sources;

/// Everything that a format needs.
pub struct Report<'a> {
    pub rules: &'a RuleSet,
    pub claims: &'a Claims,
    pub outcome: &'a Outcome,
    pub problems: &'a [Problem],
    pub documents: &'a Documents,
    pub sources: &'a Sources,
    /// Whether to show every check, what was accepted and what was not touched.
    pub all: bool,
    /// How many findings to show at most; the counts still have all.
    pub limit: Option<usize>,
    /// The severity from which on a finding fails the run.
    pub failing: Severity,
    /// How paths look from the repository, for formats that a forge reads.
    pub repository: &'a Repository,
    /// Claim files that the configuration excludes.
    pub excluded: usize,
    /// Entries of the baseline that found nothing.
    pub stale: usize,
    /// Which figures of the texts have claims, where that was asked for.
    pub coverage: &'a [coverage::TextCoverage],
}

/// Counts of everything; nothing vanishes silently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub files: usize,
    pub claims: usize,
    pub facts: usize,
    pub rules: usize,
    pub checks: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub allowed: usize,
    pub held_back: usize,
    pub problems: usize,
    pub drafts: usize,
    pub untouched: usize,
    pub documents: usize,
    pub documents_missing: usize,
    /// Findings beyond the number that was asked for.
    pub not_shown: usize,
    /// Facts that nobody states and several checks meet in.
    pub unstated: usize,
    /// Groups of claims that were not compared to the end.
    pub unfinished: usize,
    /// Claim files that the configuration excludes.
    pub excluded: usize,
    /// Entries of the baseline that found nothing.
    pub stale: usize,
}

/// What a report points into, where nothing is printed whole but sentences about single claims and checks.
#[derive(Debug, Default)]
pub struct Surroundings {
    pub documents: Documents,
    pub sources: Sources,
    pub repository: Repository,
}

impl Surroundings {
    /// A report from which sentences are taken: of everything, without limit.
    pub fn report<'a>(&'a self, rules: &'a RuleSet, claims: &'a Claims, outcome: &'a Outcome) -> Report<'a> {
        Report {
            rules,
            claims,
            outcome,
            problems: &[],
            documents: &self.documents,
            sources: &self.sources,
            all: true,
            limit: None,
            failing: Severity::Error,
            repository: &self.repository,
            excluded: 0,
            stale: 0,
            coverage: &[],
        }
    }
}

impl<'a> Report<'a> {
    pub fn summary(&self) -> Summary {
        let count = |severity| self.outcome.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary {
            files: self.claims.files.iter().filter(|file| !file.is_document()).count(),
            claims: self.claims.claims.len() - self.unclaimed(),
            facts: self.outcome.facts,
            rules: self.rules.rules.len(),
            checks: self.outcome.checks_made,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: self.outcome.suppressed.iter().filter(|suppressed| suppressed.by == "allow").count(),
            held_back: self.outcome.suppressed.iter().filter(|suppressed| suppressed.by != "allow").count(),
            problems: self.problems.len(),
            drafts: self.outcome.drafts.len(),
            untouched: self.outcome.untouched.len(),
            documents: self.documents.named,
            documents_missing: self.documents.missing.len(),
            unstated: self.outcome.joint.unstated,
            unfinished: self.outcome.joint.unfinished,
            excluded: self.excluded,
            stale: self.stale,
            not_shown: self.outcome.findings.len() - self.shown().len(),
        }
    }

    /// Figures that stand beside the claims and are none.
    fn unclaimed(&self) -> usize {
        if !self.claims.files.iter().any(crate::claims::ClaimFile::is_document) {
            return 0;
        }
        self.claims.claims.iter().filter(|claim| self.claims.file(claim).is_document()).count()
    }

    /// The findings to show, in their order; of too many, the worst.
    pub fn shown(&self) -> Vec<&'a Finding> {
        let findings = &self.outcome.findings;
        let Some(limit) = self.limit.filter(|limit| *limit < findings.len()) else { return findings.iter().collect() };
        let mut worst: Vec<usize> = (0..findings.len()).collect();
        worst.sort_by_key(|index| findings.get(*index).map(|finding| std::cmp::Reverse(finding.severity)));
        worst.truncate(limit);
        worst.sort_unstable();
        worst.into_iter().filter_map(|index| findings.get(index)).collect()
    }

    /// The one-line summary of a rule; empty for a check of a claim file.
    pub fn rule_summary(&self, finding: &Finding) -> &str {
        self.rules.rule(&finding.rule).map_or("", |rule| &rule.summary)
    }

    /// Whether a check that does not hold is strained.
    pub fn is_strained(finding: &Finding) -> bool {
        finding.verdict == Some(Verdict::Strained)
    }
}
