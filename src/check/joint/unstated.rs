//! Facts that nobody states and the claims pin down all the same.
//!
//! An unstated fact is made where the other terms of a rule say every key of it: the share and the part speak of a
//! whole, the exports of one side of the imports of the other. This is done in [`ROUNDS`] rounds, each with the facts
//! of the one before; then the rules are applied once more among all facts. An unstated fact in fewer than two checks
//! can contradict nothing, so it is dropped, and its check with it, until every one left is met by two.

use rustc_hash::FxHashSet;

use super::super::facts::{FactId, Facts};
use super::super::ground::{Check, Grounding, Unstated};
use crate::claims::{Claims, FactKey, QualifierSets};
use crate::rules::RuleSet;

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
        prune(&facts, &mut checks);
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

/// Drops unstated facts that fewer than two checks meet in, with those checks.
fn prune(facts: &Facts, checks: &mut Vec<Check>) {
    loop {
        let mut met = vec![0_u32; facts.len()];
        for check in checks.iter() {
            let members: FxHashSet<FactId> = check.facts().iter().copied().collect();
            members.into_iter().for_each(|fact| met[fact.0 as usize] += 1);
        }
        let before = checks.len();
        checks.retain(|check| {
            check.facts().iter().all(|fact| met[fact.0 as usize] > 1 || !facts.claims(*fact).is_empty())
        });
        if checks.len() == before {
            return;
        }
    }
}
