//! One instance of a rule in the joining: its terms found one after the other among the facts.

use std::borrow::Cow;
use std::cmp::Ordering;

use rayon::prelude::*;

use super::pool::{Groups, Index, values};
use super::shifts::Periods;
use super::{Check, Unstated};
use crate::check::facts::{FactId, Facts};
use crate::claims::key::{Qualified, QualifierSets};
use crate::claims::{Claims, FactKey};
use crate::rules::rule::{Condition, Instance, Key, Pattern, Relation, Rule, Slot, Term, Variable};
use crate::rules::vocabulary::ValuesOf;
use crate::rules::{Name, RuleSet};

/// Facts that one task looks at.
const CHUNK: usize = 1024;

/// The value of a variable: not yet bound, a key left out, or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binding {
    Free,
    Bound(Option<Name>),
}

/// One instance of a rule in the joining.
#[derive(Clone)]
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
    pub(super) pairs: Vec<(usize, usize)>,
    /// A term that is not joined.
    pub(super) left_out: Option<usize>,
    /// Where only what has a new fact in it is looked for: the first term that has one.
    pub(super) first_new: Option<FirstNew<'a>>,
}

/// That a term has one of the new facts, and no term before it does; so everything with a new fact is found once.
#[derive(Clone, Copy)]
pub(super) struct FirstNew<'a> {
    pub(super) term: usize,
    /// By fact.
    pub(super) is_new: &'a [bool],
}

impl FirstNew<'_> {
    fn admits(&self, term: usize, facts: &[FactId]) -> bool {
        let has_new = || facts.iter().any(|fact| self.is_new[fact.0 as usize]);
        match term.cmp(&self.term) {
            Ordering::Less => !has_new(),
            Ordering::Equal => has_new(),
            Ordering::Greater => true,
        }
    }
}

/// What a join looks for.
pub(super) trait Find: Send + Sized {
    /// What is made of one way to choose the facts of all terms.
    fn found(search: &mut Search<'_, '_, Self>) -> Option<Self>;
}

/// How the facts of one term are found when the terms before it are bound.
enum Access {
    /// All facts of the measure.
    Scan(Vec<FactId>),
    /// All sets of facts of the measure.
    ScanSets(Groups),
    /// By the whole key.
    Lookup,
    /// By the keys that are bound.
    Index(Index),
}

struct Step<'a> {
    term: usize,
    access: Access,
    /// The conditions that can be decided once this term is bound.
    decided: Vec<&'a Condition>,
    /// Periods that are bound here and must lie within others.
    inner: Vec<Variable>,
}

impl<'a> Join<'a> {
    /// Whether the conditions can be met at all.
    pub(super) fn can_meet(&self) -> bool {
        let asks = |condition: &Condition| condition.relation == Relation::Within;
        self.periods.has_inner() || !self.instance.conditions.iter().any(asks)
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

    pub(super) fn run<T: Find>(&self) -> Vec<T> {
        let Some(steps) = self.plan() else { return Vec::new() };
        let Some((first, rest)) = steps.split_first() else { return Vec::new() };
        let look = |candidates: &mut dyn Iterator<Item = &[FactId]>| {
            let mut search = Search::of(self);
            candidates.for_each(|candidate| search.with_term(first, candidate, rest));
            search.found
        };
        let found: Vec<Vec<T>> = match &first.access {
            Access::Scan(ids) => {
                ids.par_chunks(CHUNK).map(|chunk| look(&mut chunk.iter().map(std::slice::from_ref))).collect()
            }
            Access::ScanSets(groups) => {
                let chunks: Vec<usize> = (0..groups.len()).step_by(CHUNK).collect();
                let chunk = |start: &usize| *start..(start + CHUNK).min(groups.len());
                chunks.par_iter().map(|start| look(&mut chunk(start).map(|index| groups.get(index)))).collect()
            }
            _ => return Vec::new(),
        };
        found.into_iter().flatten().collect()
    }

    /// The order of the terms, and how each is reached; `None` where one of them cannot be.
    fn plan(&self) -> Option<Vec<Step<'a>>> {
        let patterns = &self.instance.patterns;
        let mut bound = vec![false; self.instance.variables.len()];
        let mut left: Vec<usize> = (0..patterns.len()).filter(|term| Some(*term) != self.left_out).collect();
        let mut undecided: Vec<&Condition> = self.instance.conditions.iter().collect();
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
                    let is_old = self.first_new.is_some_and(|first| first.term != *term);
                    (shifted, set, usize::from(is_old), facts)
                } else {
                    (shifted, usize::from(unbound > 0), set, facts)
                }
            });
            let term = best?;
            left.retain(|other| *other != term);
            let access = self.access(term, &bound, steps.is_empty())?;
            let before = bound.clone();
            for (_, slot) in &patterns[term].keys {
                if let Slot::Variable { variable, .. } = slot {
                    bound[*variable] = true;
                }
            }
            let inner = undecided.iter().filter(|condition| condition.relation == Relation::Within);
            let inner = inner.map(|condition| condition.left).filter(|left| bound[*left] && !before[*left]).collect();
            let is_decided = |condition: &&Condition| bound[condition.left] && bound[condition.right];
            let decided = undecided.iter().copied().filter(is_decided).collect();
            undecided.retain(|condition| !is_decided(condition));
            steps.push(Step { term, access, decided, inner });
        }
        // a condition on what no term binds never holds
        undecided.is_empty().then_some(steps)
    }

    fn access(&self, term: usize, bound: &[bool], is_first: bool) -> Option<Access> {
        let pattern = &self.instance.patterns[term];
        let is_set = self.rule.terms[term].is_set;
        if is_first {
            let ids = self.facts.of_measure(pattern.measure).map(FactId);
            // a set is new if one of its facts is
            let admits = |id: &FactId| is_set || self.first_new.is_none_or(|first| first.admits(term, &[*id]));
            let candidates: Vec<FactId> = ids.filter(|id| admits(id) && self.fits_constants(pattern, *id)).collect();
            if candidates.is_empty() {
                return None;
            }
            return Some(if is_set {
                Access::ScanSets(self.groups(pattern, &candidates))
            } else {
                Access::Scan(candidates)
            });
        }
        let is_key: Vec<bool> = pattern.keys.iter().map(|(_, slot)| is_determined(slot, bound)).collect();
        let many = self.rules.vocabulary.measure(pattern.measure).many;
        if is_key.iter().all(|is_key| *is_key) && !is_set && !many {
            return Some(Access::Lookup);
        }
        Some(Access::Index(Index::of(pattern, is_key, self.sets, self.facts)))
    }

    fn groups(&self, pattern: &Pattern, ids: &[FactId]) -> Groups {
        Groups::of(pattern, ids, self.sets, self.facts)
    }

    /// Whether a fact has what the pattern asks whatever the variables hold.
    fn fits_constants(&self, pattern: &Pattern, id: FactId) -> bool {
        let fact = self.facts.key(id);
        values(pattern, fact, self.sets.content(fact.qualifiers)).all(|(slot, value)| match slot {
            Slot::Constant(name) => value == Some(*name),
            Slot::Absent => value.is_none(),
            Slot::Each | Slot::Shifted { .. } => value.is_some(),
            Slot::Variable { stated, .. } => !stated || value.is_some(),
        })
    }

    fn value(&self, fact: &FactKey, key: Key) -> Option<Name> {
        match key {
            Key::Subject => Some(fact.subject),
            Key::Qualifier(id) => self.sets.value(fact.qualifiers, id),
        }
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
        sets < self.rule.terms.len() || largest > 1
    }
}

/// A walk through the terms of a join, with what is bound and chosen so far.
pub(super) struct Search<'j, 'a, T> {
    join: &'j Join<'a>,
    bindings: Vec<Binding>,
    /// The variables that are bound, in their order, so that they can be freed again.
    trail: Vec<Variable>,
    chosen: Vec<Vec<FactId>>,
    /// Room for the qualifiers of a key.
    qualifiers: Vec<Qualified>,
    found: Vec<T>,
}

impl<'j, 'a, T: Find> Search<'j, 'a, T> {
    fn of(join: &'j Join<'a>) -> Search<'j, 'a, T> {
        Search {
            join,
            bindings: vec![Binding::Free; join.instance.variables.len()],
            trail: Vec::new(),
            chosen: vec![Vec::new(); join.instance.patterns.len()],
            qualifiers: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Binds the variables of a term to a candidate, goes on with the other terms, and frees them again.
    fn with_term(&mut self, step: &Step<'_>, candidate: &[FactId], rest: &[Step<'_>]) {
        let Some(first) = candidate.first() else { return };
        if self.join.first_new.is_some_and(|new| !new.admits(step.term, candidate)) {
            return;
        }
        let bound = self.trail.len();
        if self.bind(step.term, *first) && self.conditions_hold(step) {
            self.chosen[step.term].extend_from_slice(candidate);
            self.extend(rest);
            self.chosen[step.term].clear();
        }
        for variable in self.trail.drain(bound..) {
            self.bindings[variable] = Binding::Free;
        }
    }

    /// Binds the variables of a term to the keys of a fact, if that has what the term asks.
    fn bind(&mut self, term: usize, id: FactId) -> bool {
        let join = self.join;
        let fact = join.facts.key(id);
        for (slot, value) in values(&join.instance.patterns[term], fact, join.sets.content(fact.qualifiers)) {
            let fits = match slot {
                Slot::Constant(name) => value == Some(*name),
                Slot::Absent => value.is_none(),
                Slot::Each => value.is_some(),
                Slot::Shifted { .. } => self.bound_value(slot) == Some(value),
                Slot::Variable { variable, stated } => match self.bindings[*variable] {
                    Binding::Bound(bound) => bound == value,
                    Binding::Free if *stated && value.is_none() => false,
                    Binding::Free => {
                        self.bindings[*variable] = Binding::Bound(value);
                        self.trail.push(*variable);
                        true
                    }
                },
            };
            if !fits {
                return false;
            }
        }
        true
    }

    /// Finds the facts of the remaining terms.
    fn extend(&mut self, steps: &[Step<'_>]) {
        let Some((step, rest)) = steps.split_first() else { return self.finish() };
        let pattern = &self.join.instance.patterns[step.term];
        match &step.access {
            // only the first term is found by going through all facts
            Access::Scan(_) | Access::ScanSets(_) => {}
            Access::Lookup => {
                if let Some(id) = self.lookup(pattern) {
                    self.with_term(step, &[id], rest);
                }
            }
            Access::Index(index) => {
                let slots = pattern.keys.iter().zip(&index.is_key).filter(|(_, is_key)| **is_key);
                let wanted: Option<Vec<_>> = slots.map(|((_, slot), _)| self.bound_value(slot)).collect();
                let Some(wanted) = wanted else { return };
                let (sets, facts) = (self.join.sets, self.join.facts);
                let matching = index.find(pattern, &wanted, sets, facts);
                if self.join.rule.terms[step.term].is_set {
                    let ids: Vec<FactId> = matching.filter(|id| self.join.fits_constants(pattern, *id)).collect();
                    let groups = self.join.groups(pattern, &ids);
                    (0..groups.len()).for_each(|index| self.with_term(step, groups.get(index), rest));
                } else {
                    matching.for_each(|id| self.with_term(step, &[id], rest));
                }
            }
        }
    }

    /// The value that a slot asks for, where it is determined; `None` where nothing can match.
    fn bound_value(&self, slot: &Slot) -> Option<Option<Name>> {
        match slot {
            Slot::Constant(name) => Some(Some(*name)),
            Slot::Absent => Some(None),
            Slot::Each => None,
            Slot::Variable { variable, stated } => match self.bindings[*variable] {
                Binding::Bound(None) if *stated => None,
                Binding::Bound(value) => Some(value),
                Binding::Free => None,
            },
            Slot::Shifted { variable, amount, unit } => match self.bindings[*variable] {
                Binding::Bound(Some(name)) => self.join.periods.shifted(name, (*amount, *unit)).map(Some),
                _ => None,
            },
        }
    }

    /// The fact of a term whose keys are all determined.
    fn lookup(&mut self, pattern: &Pattern) -> Option<FactId> {
        let subject = self.key(pattern)?;
        let qualifiers = self.join.sets.find(&self.qualifiers)?;
        self.join.facts.find(&FactKey { measure: pattern.measure, subject, qualifiers })
    }

    /// What a term whose keys are all determined speaks of: the subject, and `qualifiers`.
    fn key(&mut self, pattern: &Pattern) -> Option<Name> {
        let mut subject = None;
        self.qualifiers.clear();
        for (key, slot) in &pattern.keys {
            match (key, self.bound_value(slot)?) {
                (Key::Subject, value) => subject = value,
                (Key::Qualifier(id), Some(name)) => self.qualifiers.push((*id, name)),
                (Key::Qualifier(_), None) => {}
            }
        }
        subject
    }

    /// The conditions that the variables of this step decide.
    fn conditions_hold(&self, step: &Step<'_>) -> bool {
        let periods = self.join.periods;
        let word = |name: Name| self.join.claims.word(name, &self.join.rules.vocabulary.names);
        let is_inner = |variable: &Variable| match self.bindings[*variable] {
            Binding::Bound(Some(name)) => periods.is_inner(name),
            _ => false,
        };
        step.inner.iter().all(is_inner)
            && step.decided.iter().all(|Condition { left, relation, right }| {
                let (Binding::Bound(left), Binding::Bound(right)) = (self.bindings[*left], self.bindings[*right])
                else {
                    return false;
                };
                match relation {
                    Relation::Same => left == right,
                    Relation::Different => left != right,
                    Relation::Before => left.map(word) < right.map(word),
                    Relation::Within => left.zip(right).is_some_and(|(inner, outer)| periods.is_within(inner, outer)),
                }
            })
    }

    /// All terms have their facts.
    fn finish(&mut self) {
        if self.join.sets_are_whole(&self.chosen) {
            let found = T::found(self);
            self.found.extend(found);
        }
    }
}

impl Find for Check {
    fn found(search: &mut Search<'_, '_, Check>) -> Option<Check> {
        let join = search.join;
        let chosen = join.paired(&search.chosen);
        if !join.says_something(&chosen) {
            return None;
        }
        let period = |variable: &usize| match search.bindings[*variable] {
            Binding::Bound(name) => name,
            Binding::Free => None,
        };
        let periods = join.instance.used.iter().filter_map(period).collect();
        let mut facts = Vec::with_capacity(chosen.iter().map(Vec::len).sum());
        let mut ends = Vec::with_capacity(chosen.len());
        for term in chosen.iter() {
            facts.extend_from_slice(term);
            ends.push(facts.len() as u32);
        }
        if !join.rule.terms.iter().any(|term| term.is_set) {
            ends.clear();
        }
        Some(Check::new(join.index, &facts, periods, ends.into_boxed_slice()))
    }
}

impl Find for Unstated {
    /// What the term that is left out speaks of, unless there is such a fact.
    fn found(search: &mut Search<'_, '_, Unstated>) -> Option<Unstated> {
        let pattern = &search.join.instance.patterns[search.join.left_out?];
        if search.lookup(pattern).is_some() {
            return None;
        }
        let subject = search.key(pattern)?;
        Some((pattern.measure, subject, search.qualifiers.clone()))
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
