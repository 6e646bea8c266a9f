//! One mistake told once: where two rules see it, the finding of the rule that is given for the other stands.
//!
//! That one rule speaks for another is said in its TOML (`instead_of`), because it is knowledge of what they assert: a
//! part above its whole also makes the sum of all parts too large. It is applied to what is left when the
//! configuration has switched rules off, so that a rule that is off takes no other with it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::finding::{Finding, Verdict};
use super::run::Outcome;
use crate::claims::ClaimIndex;
use crate::rules::RuleSet;

/// A finding that speaks for findings of other rules.
struct Speaker<'a> {
    rule: &'a str,
    instead_of: &'a [Box<str>],
    verdict: Option<Verdict>,
    claims: FxHashSet<ClaimIndex>,
}

impl Speaker<'_> {
    /// Whether another finding tells nothing more: its claims are those of this one, or these with others around them,
    /// or some of these; and it is no graver.
    fn covers(&self, finding: &Finding) -> bool {
        let is_named = self.instead_of.contains(&finding.rule);
        let as_grave = self.verdict == finding.verdict || self.verdict == Some(Verdict::Impossible);
        let shared = || finding.claims().filter(|claim| self.claims.contains(claim)).count();
        is_named
            && as_grave
            && (shared() == self.claims.len() || finding.claims().all(|claim| self.claims.contains(&claim)))
    }
}

/// Moves findings aside for which another rule speaks.
pub fn apply(rules: &RuleSet, outcome: &mut Outcome) {
    let accepted =
        outcome.suppressed.iter().filter(|suppressed| suppressed.by == "allow").map(|suppressed| &suppressed.finding);
    let mut speakers: Vec<Speaker<'_>> = Vec::new();
    let mut by_claim: FxHashMap<ClaimIndex, Vec<usize>> = FxHashMap::default();
    for finding in outcome.findings.iter().chain(accepted) {
        let Some(rule) = rules.rule(&finding.rule).filter(|rule| !rule.instead_of.is_empty()) else { continue };
        let claims: FxHashSet<ClaimIndex> = finding.claims().collect();
        claims.iter().for_each(|claim| by_claim.entry(*claim).or_default().push(speakers.len()));
        speakers.push(Speaker { rule: &rule.id, instead_of: &rule.instead_of, verdict: finding.verdict, claims });
    }
    outcome.hold_back("rule", |finding| {
        let mut candidates = finding.claims().filter_map(|claim| by_claim.get(&claim)).flatten();
        let speaker = candidates.find_map(|index| speakers.get(*index).filter(|speaker| speaker.covers(finding)))?;
        Some(format!("told by {}", speaker.rule).into())
    });
}
