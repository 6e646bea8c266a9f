//! One instance of a rule in the joining: its terms found one after the other among the facts.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::shifts::Periods;
use super::{Check, Unstated};
use crate::check::facts::{FactId, Facts};
use crate::claims::key::{Qualified, QualifierSets};
use crate::claims::{Claims, FactKey};
use crate::rules::rule::{Condition, Instance, Key, Pattern, Relation, Rule, Slot, Term};
use crate::rules::vocabulary::ValuesOf;
use crate::rules::{Name, RuleSet};

/// The value of a variable: not yet bound, a key left out, or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    Free,
    Bound(Option<Name>),
}

/// One instance of a rule in the joining.
#[derive(Clone, Copy)]
pub(super) struct Join<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) rule: &'a Rule,
    pub(super) index: u32,
    pub(super) instance: &'a Instance,
    pub(super) claims: &'a Claims,
    pub(super) sets: &'a QualifierSets,
    pub(super) facts: &'a Facts,
    pub(super) periods: &'a Periods,
    /// Sets that the assertion takes member by member.
    pub(super) pairs: &'a [(usize, usize)],
    /// A term that is left out of the join.
    pub(super) unstated: Option<usize>,
}

/// What is made of one way to choose the facts of all terms.
pub(super) type Make<'m, T> = &'m (dyn Fn(&Join<'_>, &Bindings, &[Vec<FactId>]) -> Option<T> + Sync);

/// How the facts of one term are found when the terms before it are bound.
enum Access {
    /// All facts of the measure; of a set, all its groups.
    Scan(Vec<Vec<FactId>>),
    /// By the whole key.
    Lookup,
    /// By the hash of the bound keys.
    Index { keys: Vec<Key>, buckets: FxHashMap<u64, Vec<FactId>> },
}

struct Step {
    term: usize,
    access: Access,
}

pub(super) type Bindings = Vec<Binding>;

impl Join<'_> {
    pub(super) fn run<T: Send>(&self, make: Make<'_, T>) -> Vec<T> {
        let patterns = &self.instance.patterns;
        let mut joined = patterns.iter().enumerate().filter(|(term, _)| Some(*term) != self.unstated);
        if joined.any(|(_, pattern)| self.facts.of_measure(pattern.measure).is_empty()) {
            return Vec::new();
        }
        let steps = self.plan();
        let Some((first, rest)) = steps.split_first() else { return Vec::new() };
        let Access::Scan(candidates) = &first.access else { return Vec::new() };
        let found: Vec<Vec<T>> = candidates
            .par_chunks(1024)
            .map(|chunk| {
                let mut found = Vec::new();
                let mut bindings = vec![Binding::Free; self.instance.variables.len()];
                let mut chosen = vec![Vec::new(); patterns.len()];
                for candidate in chunk {
                    self.with_term(first.term, candidate, &mut bindings, &mut chosen, &mut |bindings, chosen| {
                        self.extend(rest, bindings, chosen, make, &mut found);
                    });
                }
                found
            })
            .collect();
        found.into_iter().flatten().collect()
    }

    /// Whether the other terms say every key of this one, so that its fact is known without being claimed. What the rule
    /// itself names must come from one of them: two periods from two terms would make a fact of every pair of years.
    pub(super) fn is_given_by_others(&self, term: usize) -> bool {
        let pattern = &self.instance.patterns[term];
        let others = || self.instance.patterns.iter().enumerate().filter(|(other, _)| *other != term);
        let bind = |pattern: &Pattern, bound: &mut Vec<bool>| {
            for (_, slot) in &pattern.keys {
                if let Slot::Variable { variable, .. } = slot {
                    bound[*variable] = true;
                }
            }
        };
        let mut bound = vec![false; self.instance.variables.len()];
        others().for_each(|(_, other)| bind(other, &mut bound));
        let named = |slot: &Slot| matches!(slot, Slot::Variable { stated: true, .. } | Slot::Shifted { .. });
        let names_all = |other: &Pattern| {
            let mut alone = vec![false; self.instance.variables.len()];
            bind(other, &mut alone);
            pattern.keys.iter().all(|(_, slot)| !named(slot) || is_determined(slot, &alone))
        };
        !self.rule.terms[term].is_set
            && !self.rules.vocabulary.measure(pattern.measure).many
            && pattern.keys.iter().all(|(_, slot)| is_determined(slot, &bound))
            && others().any(|(_, other)| names_all(other))
    }

    /// What the term that was left out speaks of, unless there is such a fact.
    pub(super) fn unstated_key(&self, term: usize, bindings: &Bindings) -> Option<Unstated> {
        let pattern = &self.instance.patterns[term];
        if self.lookup(pattern, bindings).is_some() {
            return None;
        }
        let (subject, qualifiers) = self.key(pattern, bindings)?;
        Some((pattern.measure, subject, qualifiers))
    }

    /// The order of the terms, and how each is reached.
    fn plan(&self) -> Vec<Step> {
        let patterns = &self.instance.patterns;
        let mut bound = vec![false; self.instance.variables.len()];
        let mut left: Vec<usize> = (0..patterns.len()).filter(|term| Some(*term) != self.unstated).collect();
        let mut steps = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let best = left.iter().copied().min_by_key(|term| {
                let pattern = &patterns[*term];
                let unbound = pattern.keys.iter().filter(|(_, slot)| !is_determined(slot, &bound)).count();
                let shifted = pattern.keys.iter().filter(|(_, slot)| is_unbound_shift(slot, &bound)).count();
                let set = usize::from(self.rule.terms[*term].is_set);
                let facts = self.facts.of_measure(pattern.measure).len();
                // a term whose key is known costs nothing; a shift needs its variable first; sets come last
                if steps.is_empty() {
                    (shifted, set, 0, facts)
                } else {
                    (shifted, usize::from(unbound > 0), set, facts)
                }
            });
            let Some(term) = best else { break };
            left.retain(|other| *other != term);
            let access = self.access(term, &bound, steps.is_empty());
            for (_, slot) in &patterns[term].keys {
                if let Slot::Variable { variable, .. } = slot {
                    bound[*variable] = true;
                }
            }
            steps.push(Step { term, access });
        }
        steps
    }

    fn access(&self, term: usize, bound: &[bool], is_first: bool) -> Access {
        let pattern = &self.instance.patterns[term];
        let is_set = self.rule.terms[term].is_set;
        let ids = self.facts.of_measure(pattern.measure).map(FactId);
        if is_first {
            let candidates: Vec<FactId> = ids.filter(|id| self.fits_constants(pattern, *id)).collect();
            return Access::Scan(if is_set {
                self.groups(pattern, candidates)
            } else {
                candidates.into_iter().map(|id| vec![id]).collect()
            });
        }
        let keys: Vec<Key> =
            pattern.keys.iter().filter(|(_, slot)| is_determined(slot, bound)).map(|(key, _)| *key).collect();
        let many = self.rules.vocabulary.measure(pattern.measure).many;
        if keys.len() == pattern.keys.len() && !is_set && !many {
            return Access::Lookup;
        }
        let mut buckets: FxHashMap<u64, Vec<FactId>> = FxHashMap::default();
        for id in ids.filter(|id| self.fits_constants(pattern, *id)) {
            let fact = self.facts.key(id);
            let hash = hash_values(keys.iter().map(|key| self.value(&fact, *key)));
            buckets.entry(hash).or_default().push(id);
        }
        Access::Index { keys, buckets }
    }

    /// Sets with nothing bound before them: one for each combination of their other keys.
    fn groups(&self, pattern: &Pattern, candidates: Vec<FactId>) -> Vec<Vec<FactId>> {
        let mut groups: FxHashMap<Vec<Option<Name>>, Vec<FactId>> = FxHashMap::default();
        for id in candidates {
            let fact = self.facts.key(id);
            let others = pattern.keys.iter().filter(|(_, slot)| *slot != Slot::Each);
            let key = others.map(|(key, _)| self.value(&fact, *key)).collect();
            groups.entry(key).or_default().push(id);
        }
        let mut groups: Vec<Vec<FactId>> = groups.into_values().collect();
        groups.sort();
        groups
    }

    fn value(&self, fact: &FactKey, key: Key) -> Option<Name> {
        match key {
            Key::Subject => Some(fact.subject),
            Key::Qualifier(id) => self.sets.value(fact.qualifiers, id),
        }
    }

    /// Whether a fact has what the pattern asks whatever the variables hold.
    fn fits_constants(&self, pattern: &Pattern, id: FactId) -> bool {
        let fact = self.facts.key(id);
        pattern.keys.iter().all(|(key, slot)| {
            let value = self.value(&fact, *key);
            match slot {
                Slot::Constant(name) => value == Some(*name),
                Slot::Absent => value.is_none(),
                Slot::Each | Slot::Shifted { .. } => value.is_some(),
                Slot::Variable { stated, .. } => !stated || value.is_some(),
            }
        })
    }

    /// Finds the facts of the remaining terms.
    fn extend<T>(
        &self,
        steps: &[Step],
        bindings: &mut Bindings,
        chosen: &mut Vec<Vec<FactId>>,
        make: Make<'_, T>,
        found: &mut Vec<T>,
    ) {
        let Some((step, rest)) = steps.split_first() else {
            if self.conditions_hold(bindings) && self.sets_are_whole(chosen) {
                let paired = self.paired(chosen);
                if self.says_something(&paired) {
                    found.extend(make(self, bindings, &paired));
                }
            }
            return;
        };
        let pattern = &self.instance.patterns[step.term];
        let is_set = self.rule.terms[step.term].is_set;
        let mut go_on = |candidate: &[FactId], bindings: &mut Bindings, chosen: &mut Vec<Vec<FactId>>| {
            self.with_term(step.term, candidate, bindings, chosen, &mut |bindings, chosen| {
                self.extend(rest, bindings, chosen, make, found);
            });
        };
        match &step.access {
            Access::Scan(candidates) => candidates.iter().for_each(|candidate| go_on(candidate, bindings, chosen)),
            Access::Lookup => {
                if let Some(id) = self.lookup(pattern, bindings) {
                    go_on(&[id], bindings, chosen);
                }
            }
            Access::Index { keys, buckets } => {
                let slots = pattern.keys.iter().filter(|(key, _)| keys.contains(key)).map(|(_, slot)| slot);
                let Some(values) = slots.map(|slot| self.bound_value(slot, bindings)).collect::<Option<Vec<_>>>()
                else {
                    return;
                };
                let Some(bucket) = buckets.get(&hash_values(values.iter().copied())) else { return };
                let fits = |id: &FactId| {
                    let fact = self.facts.key(*id);
                    keys.iter().zip(&values).all(|(key, value)| self.value(&fact, *key) == *value)
                };
                let matching: Vec<FactId> = bucket.iter().copied().filter(fits).collect();
                if is_set {
                    self.groups(pattern, matching).iter().for_each(|group| go_on(group, bindings, chosen));
                } else {
                    matching.iter().for_each(|id| go_on(std::slice::from_ref(id), bindings, chosen));
                }
            }
        }
    }

    /// Binds the variables of a term to a candidate, goes on, and unbinds them.
    fn with_term(
        &self,
        term: usize,
        candidate: &[FactId],
        bindings: &mut Bindings,
        chosen: &mut Vec<Vec<FactId>>,
        go_on: &mut dyn FnMut(&mut Bindings, &mut Vec<Vec<FactId>>),
    ) {
        let Some(first) = candidate.first() else { return };
        let fact = self.facts.key(*first);
        let mut newly = Vec::new();
        let mut fits = true;
        for (key, slot) in &self.instance.patterns[term].keys {
            let value = self.value(&fact, *key);
            fits = match slot {
                Slot::Constant(name) => value == Some(*name),
                Slot::Absent => value.is_none(),
                Slot::Each => value.is_some(),
                Slot::Shifted { .. } => self.bound_value(slot, bindings) == Some(value),
                Slot::Variable { variable, stated } => match bindings[*variable] {
                    Binding::Bound(bound) => bound == value,
                    Binding::Free if *stated && value.is_none() => false,
                    Binding::Free => {
                        bindings[*variable] = Binding::Bound(value);
                        newly.push(*variable);
                        true
                    }
                },
            };
            if !fits {
                break;
            }
        }
        if fits {
            chosen[term].extend_from_slice(candidate);
            go_on(bindings, chosen);
            chosen[term].clear();
        }
        for variable in newly {
            bindings[variable] = Binding::Free;
        }
    }

    /// The value that a slot asks for, where it is determined; `None` where nothing can match.
    fn bound_value(&self, slot: &Slot, bindings: &Bindings) -> Option<Option<Name>> {
        match slot {
            Slot::Constant(name) => Some(Some(*name)),
            Slot::Absent => Some(None),
            Slot::Each => None,
            Slot::Variable { variable, stated } => match bindings[*variable] {
                Binding::Bound(None) if *stated => None,
                Binding::Bound(value) => Some(value),
                Binding::Free => None,
            },
            Slot::Shifted { variable, amount, unit } => match bindings[*variable] {
                Binding::Bound(Some(name)) => self.periods.shifted(name, (*amount, *unit)).map(Some),
                _ => None,
            },
        }
    }

    /// The fact of a term whose keys are all determined.
    fn lookup(&self, pattern: &Pattern, bindings: &Bindings) -> Option<FactId> {
        let (subject, qualifiers) = self.key(pattern, bindings)?;
        let set = self.sets.find(&qualifiers)?;
        self.facts.find(&FactKey { measure: pattern.measure, subject, qualifiers: set })
    }

    /// What a term whose keys are all determined speaks of.
    fn key(&self, pattern: &Pattern, bindings: &Bindings) -> Option<(Name, Vec<Qualified>)> {
        let mut subject = None;
        let mut qualifiers = Vec::with_capacity(pattern.keys.len());
        for (key, slot) in &pattern.keys {
            match (key, self.bound_value(slot, bindings)?) {
                (Key::Subject, value) => subject = value,
                (Key::Qualifier(id), Some(name)) => qualifiers.push((*id, name)),
                (Key::Qualifier(_), None) => {}
            }
        }
        Some((subject?, qualifiers))
    }

    fn conditions_hold(&self, bindings: &Bindings) -> bool {
        let word = |name: Name| self.claims.word(name, &self.rules.vocabulary.names);
        self.instance.conditions.iter().all(|Condition { left, relation, right }| {
            let (Binding::Bound(left), Binding::Bound(right)) = (bindings[*left], bindings[*right]) else {
                return false;
            };
            match relation {
                Relation::Same => left == right,
                Relation::Different => left != right,
                Relation::Before => left.map(word) < right.map(word),
                Relation::Within => match (
                    left.and_then(|name| self.periods.days(name)),
                    right.and_then(|name| self.periods.days(name)),
                ) {
                    (Some(inner), Some(outer)) => left != right && inner.within(outer),
                    _ => false,
                },
            }
        })
    }

    /// A set is complete only where the vocabulary lists all members and all of them are there.
    fn sets_are_whole(&self, chosen: &[Vec<FactId>]) -> bool {
        self.rule.terms.iter().zip(&self.instance.patterns).zip(chosen).all(|((term, pattern), facts)| {
            let Term { needs_whole_set: true, .. } = term else { return true };
            let Some(Key::Qualifier(id)) = pattern.set_key() else { return false };
            let ValuesOf::Members(members) = &self.rules.vocabulary.qualifier(id).of else { return false };
            members.iter().all(|member| {
                facts.iter().any(|fact| self.value(&self.facts.key(*fact), Key::Qualifier(id)) == Some(*member))
            })
        })
    }

    /// Sets that are taken together, such as values and their ranks, member by member: those without a partner in the
    /// other set are left out, and partners get the same place.
    fn paired<'c>(&self, chosen: &'c [Vec<FactId>]) -> Cow<'c, [Vec<FactId>]> {
        let mut paired = Cow::Borrowed(chosen);
        for (left, right) in self.pairs.iter().copied() {
            let patterns = &self.instance.patterns;
            let (Some(a), Some(b)) = (patterns.get(left), patterns.get(right)) else { continue };
            let (Some(a), Some(b)) = (a.set_key(), b.set_key()) else { continue };
            let of = |facts: &[FactId], key: Key| -> Vec<(Option<Name>, FactId)> {
                let mut keyed: Vec<_> =
                    facts.iter().map(|fact| (self.value(&self.facts.key(*fact), key), *fact)).collect();
                keyed.sort_unstable();
                keyed
            };
            let (a, b) = (of(&paired[left], a), of(&paired[right], b));
            let partner =
                |name: Option<Name>| b.binary_search_by_key(&name, |(other, _)| *other).ok().map(|at| b[at].1);
            let both: Vec<(FactId, FactId)> =
                a.iter().filter_map(|(name, fact)| partner(*name).map(|other| (*fact, other))).collect();
            let sets = paired.to_mut();
            (sets[left], sets[right]) = both.into_iter().unzip();
        }
        paired
    }

    /// A set of one fact by itself relates nothing, and neither does an empty one or a single pair.
    fn says_something(&self, chosen: &[Vec<FactId>]) -> bool {
        let largest = chosen.iter().map(Vec::len).max().unwrap_or(0);
        let sets = self.rule.terms.iter().filter(|term| term.is_set).count();
        self.unstated.is_some() || sets < self.rule.terms.len() || largest > 1
    }

    pub(super) fn check(&self, chosen: &[Vec<FactId>], bindings: &Bindings) -> Check {
        let period = |variable: &usize| match bindings[*variable] {
            Binding::Bound(name) => name,
            Binding::Free => None,
        };
        let facts: Box<[FactId]> = chosen.iter().flatten().copied().collect();
        let ends = if self.rule.terms.iter().any(|term| term.is_set) {
            let mut end = 0_u32;
            chosen
                .iter()
                .map(|facts| {
                    end += facts.len() as u32;
                    end
                })
                .collect()
        } else {
            Box::default()
        };
        let periods = self.instance.used.iter().filter_map(period).collect();
        Check { rule: self.index, facts, periods, ends }
    }
}

/// Whether the terms before already say what this key is.
fn is_determined(slot: &Slot, bound: &[bool]) -> bool {
    match slot {
        Slot::Constant(_) | Slot::Absent => true,
        Slot::Each => false,
        Slot::Variable { variable, .. } | Slot::Shifted { variable, .. } => bound[*variable],
    }
}

fn is_unbound_shift(slot: &Slot, bound: &[bool]) -> bool {
    matches!(slot, Slot::Shifted { variable, .. } if !bound[*variable])
}

fn hash_values(values: impl Iterator<Item = Option<Name>>) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    values.for_each(|value| value.hash(&mut hasher));
    hasher.finish()
}
