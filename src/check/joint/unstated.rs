//! Facts that nobody states and the claims pin down all the same.
//!
//! An unstated fact is made where the other terms of a rule say every key of it: the share and the part speak of a
//! whole, the exports of one side of the imports of the other; but not where the rule only says that it is at least so
//! large. This is done in [`ROUNDS`] rounds, each with the facts of the one before; then the rules are applied once more
//! among all facts. An unstated fact in fewer than two checks
//! can contradict nothing, and neither can one that is only bounded from below; so they are dropped, and their checks
//! with them, until every one left can.

use std::borrow::Cow;

use super::super::facts::{FactId, Facts};
use super::super::ground::{Check, Grounding, Unstated};
use crate::claims::{Claims, FactKey, QualifierSets};
use crate::rules::RuleSet;
use crate::rules::expression::{Comparison, Kind, Node};

/// Two rounds lead from amounts as the other side gives them to the totals of a country.
const ROUNDS: usize = 2;

/// The facts of a run with those that nobody states.
pub(in super::super) struct AllFacts<'a> {
    pub facts: Cow<'a, Facts>,
    /// The qualifiers of all keys.
    pub sets: Cow<'a, QualifierSets>,
    /// Where each claimed fact is found among them; `None` where there are no others.
    places: Option<Vec<FactId>>,
    /// The checks in which an unstated fact takes part.
    pub checks: Vec<Check>,
}

impl<'a> AllFacts<'a> {
    pub fn of(grounding: &Grounding<'_>, claims: &'a Claims, claimed: &'a Facts, rules: &RuleSet) -> AllFacts<'a> {
        let open_above: Vec<Option<usize>> =
            rules.rules.iter().map(|rule| bounded_from_below(rule.assert.as_ref()?)).collect();
        // what a rule only bounds from below is not made because of that rule
        let is_wanted = |rule: u32, term: usize| open_above.get(rule as usize) != Some(&Some(term));
        let mut all = AllFacts {
            facts: Cow::Borrowed(claimed),
            sets: Cow::Borrowed(&claims.sets),
            places: None,
            checks: Vec::new(),
        };
        let mut keys: Vec<FactKey> = Vec::new();
        let mut is_new: Option<Vec<bool>> = None;
        for _ in 0..ROUNDS {
            let found = grounding.unstated(&all.sets, &all.facts, is_new.as_deref(), is_wanted);
            if found.is_empty() {
                break;
            }
            let sets = all.sets.to_mut();
            let first_new = keys.len();
            keys.extend(found.into_iter().map(|unstated| key(sets, unstated)));
            let (facts, places) = claimed.with_unstated(&keys);
            let mut flags = vec![false; facts.len()];
            for id in keys[first_new..].iter().filter_map(|key| facts.find(key)) {
                flags[id.0 as usize] = true;
            }
            is_new = Some(flags);
            all.facts = Cow::Owned(facts);
            all.places = Some(places);
        }
        if all.places.is_some() {
            let is_unstated: Vec<bool> = all.facts.ids().map(|id| all.facts.claims(id).is_empty()).collect();
            all.checks = grounding.checks_with(&all.sets, &all.facts, &is_unstated);
            prune(rules, &open_above, &all.facts, &mut all.checks);
        }
        all
    }

    /// The facts of a check among claimed facts.
    pub fn moved(&self, check: &Check) -> impl Iterator<Item = FactId> {
        let place = |fact: &FactId| self.places.as_ref().map_or(*fact, |places| places[fact.0 as usize]);
        check.facts().iter().map(place)
    }
}

fn key(sets: &mut QualifierSets, (measure, subject, qualifiers): Unstated) -> FactKey {
    FactKey { measure, subject, qualifiers: sets.intern(&qualifiers) }
}

/// Drops unstated facts that fewer than two checks meet in, or that all their checks only bound from below (such a fact
/// can always be large enough, unless its measure has a greatest value); and those checks with them.
fn prune(rules: &RuleSet, open_above: &[Option<usize>], facts: &Facts, checks: &mut Vec<Check>) {
    let mut around: Vec<Vec<u32>> = vec![Vec::new(); facts.len()];
    // of each fact, the checks that are left, and those of them that bound it from above
    let mut met = vec![0_u32; facts.len()];
    let mut pinned = vec![0_u32; facts.len()];
    let pins = |check: &Check, fact: FactId| {
        let open = open_above.get(check.rule as usize).copied().flatten();
        open.is_none_or(|term| check.term(term) != [fact])
    };
    let unstated = |check: &Check| {
        let mut members: Vec<FactId> =
            check.facts().iter().copied().filter(|fact| facts.claims(*fact).is_empty()).collect();
        members.sort_unstable();
        members.dedup();
        members
    };
    for (index, check) in checks.iter().enumerate() {
        for fact in unstated(check) {
            let place = fact.0 as usize;
            // checks are counted in 32 bits
            around[place].push(index as u32);
            met[place] += 1;
            pinned[place] += u32::from(pins(check, fact));
        }
    }
    let is_idle = |fact: FactId, met: &[u32], pinned: &[u32]| {
        let bounds = rules.vocabulary.measure(facts.key(fact).measure).bounds.as_ref();
        let has_greatest = bounds.is_some_and(|bounds| bounds.high().number().is_some());
        met[fact.0 as usize] < 2 || (pinned[fact.0 as usize] == 0 && !has_greatest)
    };
    let mut is_left = vec![true; checks.len()];
    let mut idle: Vec<FactId> =
        facts.ids().filter(|id| facts.claims(*id).is_empty() && is_idle(*id, &met, &pinned)).collect();
    while let Some(fact) = idle.pop() {
        for index in std::mem::take(&mut around[fact.0 as usize]) {
            if !std::mem::replace(&mut is_left[index as usize], false) {
                continue;
            }
            let check = &checks[index as usize];
            for other in unstated(check) {
                met[other.0 as usize] -= 1;
                pinned[other.0 as usize] -= u32::from(pins(check, other));
                if is_idle(other, &met, &pinned) {
                    idle.push(other);
                }
            }
        }
    }
    let mut left = is_left.into_iter();
    checks.retain(|_| left.next().unwrap_or(false));
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
