//! Facts that nobody states and the claims pin down all the same.
//!
//! An unstated fact is made where the other terms of a rule say every key of it: the share and the part speak of a
//! whole, the exports of one side of the imports of the other. This is done in [`ROUNDS`] rounds, each with the facts
//! of the one before; then the rules are applied once more among all facts. An unstated fact in fewer than two checks
//! can contradict nothing, and neither can one that is only bounded from below; so they are dropped, and their checks
//! with them, until every one left can.

use rustc_hash::FxHashSet;

use super::super::facts::{FactId, Facts};
use super::super::ground::{Check, Grounding, Unstated};
use crate::claims::{Claims, FactKey, QualifierSets};
use crate::rules::RuleSet;
use crate::rules::expression::{Comparison, Kind, Node};

/// Two rounds lead from amounts as the other side gives them to the totals of a country.
const ROUNDS: usize = 2;

/// The facts of a run with those that nobody states.
pub(in super::super) struct AllFacts {
    pub facts: Facts,
    /// The qualifiers of all keys.
    pub sets: QualifierSets,
    /// Where each claimed fact is found among them.
    pub places: Vec<FactId>,
    /// The checks in which an unstated fact takes part.
    pub checks: Vec<Check>,
}

impl AllFacts {
    pub fn of(rules: &RuleSet, claims: &Claims, claimed: &Facts) -> AllFacts {
        let grounding = Grounding::of(rules, claims);
        let mut sets = claims.sets.clone();
        let mut keys: Vec<FactKey> = Vec::new();
        let (mut facts, mut places) = claimed.with_unstated(&keys);
        for _ in 0..ROUNDS {
            let found = grounding.unstated(&sets, &facts);
            if found.is_empty() {
                break;
            }
            keys.extend(found.into_iter().map(|unstated| key(&mut sets, unstated)));
            (facts, places) = claimed.with_unstated(&keys);
        }
        let mut checks = if keys.is_empty() { Vec::new() } else { grounding.checks(&sets, &facts) };
        let is_claimed = |fact: &FactId| !facts.claims(*fact).is_empty();
        checks.retain(|check| !check.facts().iter().all(is_claimed));
        prune(rules, &facts, &mut checks);
        AllFacts { facts, sets, places, checks }
    }

    /// The facts of a check among claimed facts.
    pub fn moved(&self, check: &Check) -> Vec<FactId> {
        check.facts().iter().map(|fact| self.places[fact.0 as usize]).collect()
    }
}

fn key(sets: &mut QualifierSets, (measure, subject, qualifiers): Unstated) -> FactKey {
    FactKey { measure, subject, qualifiers: sets.intern(&qualifiers) }
}

/// Drops unstated facts that fewer than two checks meet in, or that all their checks only bound from below (such a fact
/// can always be large enough, unless its measure has a greatest value); and those checks with them.
fn prune(rules: &RuleSet, facts: &Facts, checks: &mut Vec<Check>) {
    let open_above: Vec<Option<usize>> =
        rules.rules.iter().map(|rule| bounded_from_below(rule.assert.as_ref()?)).collect();
    loop {
        let mut met = vec![0_u32; facts.len()];
        let mut pinned = vec![false; facts.len()];
        for check in checks.iter() {
            let open = open_above.get(check.rule as usize).copied().flatten().map(|term| check.term(term));
            let members: FxHashSet<FactId> = check.facts().iter().copied().collect();
            for fact in members {
                met[fact.0 as usize] += 1;
                pinned[fact.0 as usize] |= open != Some(&[fact]);
            }
        }
        let before = checks.len();
        checks.retain(|check| {
            check.facts().iter().all(|fact| {
                let bounds = rules.vocabulary.measure(facts.key(*fact).measure).bounds.as_ref();
                let has_greatest = bounds.is_some_and(|bounds| bounds.high().number().is_some());
                let place = fact.0 as usize;
                !facts.claims(*fact).is_empty() || (met[place] > 1 && (pinned[place] || has_greatest))
            })
        });
        if checks.len() == before {
            return;
        }
    }
}

/// The term that an assertion only bounds from below: `whole` in `part <= whole`.
fn bounded_from_below(assert: &Node) -> Option<usize> {
    let Kind::Comparison(comparison, left, right) = &assert.kind else { return None };
    let (small, large) = match comparison {
        Comparison::AtMost | Comparison::Below => (left, right),
        Comparison::AtLeast | Comparison::Above => (right, left),
        _ => return None,
    };
    match large.kind {
        Kind::Term(term) if !small.mentions(term) => Some(term),
        _ => None,
    }
}
