//! Facts gathered for a join: which keys they state at all, the sets that they form, and an index over some keys.

use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHasher};

use crate::check::facts::{FactId, Facts};
use crate::claims::FactKey;
use crate::claims::key::{Qualified, QualifierSets};
use crate::rules::rule::{Instance, Key, Pattern, Slot};
use crate::rules::{MeasureId, Name, RuleSet};

/// The values that a fact has for the keys of a pattern of its measure, beside what the pattern asks. Both are sorted,
/// so one walk finds all of them.
pub(super) fn values<'p>(
    pattern: &'p Pattern,
    fact: FactKey,
    mut content: &'p [Qualified],
) -> impl Iterator<Item = (&'p Slot, Option<Name>)> {
    pattern.keys.iter().map(move |(key, slot)| {
        let Key::Qualifier(id) = key else { return (slot, Some(fact.subject)) };
        while let [(own, name), rest @ ..] = content {
            if own > id {
                break;
            }
            content = rest;
            if own == id {
                return (slot, Some(*name));
            }
        }
        (slot, None)
    })
}

/// For every measure, the keys that some of its facts state and those that all of them do.
pub(super) struct Stated {
    /// A bit for each key, in the order of the measure's keys; `None` where there are no facts.
    measures: Vec<Option<(u64, u64)>>,
}

impl Stated {
    pub(super) fn of(rules: &RuleSet, sets: &QualifierSets, facts: &Facts) -> Stated {
        let measures: Vec<MeasureId> = rules.vocabulary.measures().map(|(id, _)| id).collect();
        let look = |measure: &MeasureId| {
            let keys = &rules.vocabulary.measure(*measure).keys;
            let bits = |id: u32| {
                let content = sets.content(facts.key(FactId(id)).qualifiers);
                let bit = |(own, _): &Qualified| keys.binary_search(own).map_or(0, |at| 1_u64 << at.min(63));
                content.iter().fold(0, |bits, qualified| bits | bit(qualified))
            };
            facts.of_measure(*measure).map(|id| (bits(id), bits(id))).reduce(|a, b| (a.0 | b.0, a.1 & b.1))
        };
        Stated { measures: measures.par_iter().with_min_len(32).map(look).collect() }
    }

    /// Whether every pattern of an instance but the one left out can have a fact, as far as the keys tell that are
    /// stated.
    pub(super) fn can_match(&self, instance: &Instance, left_out: Option<usize>) -> bool {
        let patterns = instance.patterns.iter().enumerate();
        patterns.filter(|(term, _)| Some(*term) != left_out).all(|(_, pattern)| self.can_have_fact(pattern))
    }

    /// Whether all patterns but one can.
    pub(super) fn can_nearly_match(&self, instance: &Instance) -> bool {
        let lacking = instance.patterns.iter().filter(|pattern| !self.can_have_fact(pattern));
        lacking.take(2).count() < 2
    }

    fn can_have_fact(&self, pattern: &Pattern) -> bool {
        let Some((some, all)) = self.measures.get(usize::from(pattern.measure.0)).copied().flatten() else {
            return false;
        };
        let qualifiers = pattern.keys.iter().filter(|(key, _)| *key != Key::Subject);
        // beyond so many keys nothing is known
        qualifiers.enumerate().take(63).all(|(at, (_, slot))| match slot {
            Slot::Absent => all >> at & 1 == 0,
            Slot::Variable { stated: false, .. } => true,
            Slot::Constant(_) | Slot::Each | Slot::Shifted { .. } | Slot::Variable { stated: true, .. } => {
                some >> at & 1 == 1
            }
        })
    }
}

/// Facts in groups: the sets that a term can be.
#[derive(Default)]
pub(super) struct Groups {
    facts: Vec<FactId>,
    ends: Vec<u32>,
}

impl Groups {
    /// Groups facts that agree in all keys but the one over which the term is a set. Both the groups and their facts
    /// keep the order of the facts.
    pub(super) fn of(pattern: &Pattern, ids: &[FactId], sets: &QualifierSets, facts: &Facts) -> Groups {
        let others = |id: FactId| {
            let fact = facts.key(id);
            values(pattern, fact, sets.content(fact.qualifiers))
                .filter(|(slot, _)| **slot != Slot::Each)
                .map(|(_, value)| value)
        };
        let hash = |id: FactId| hash_values(others(id));
        let mut table: HashTable<(FactId, u32)> = HashTable::new();
        let mut sizes: Vec<u32> = Vec::new();
        let group_of: Vec<u32> = ids
            .iter()
            .map(|id| match table.entry(hash(*id), |(own, _)| others(*own).eq(others(*id)), |(own, _)| hash(*own)) {
                Entry::Occupied(known) => {
                    let group = known.get().1;
                    sizes[group as usize] += 1;
                    group
                }
                Entry::Vacant(free) => {
                    let group = sizes.len() as u32;
                    free.insert((*id, group));
                    sizes.push(1);
                    group
                }
            })
            .collect();
        let mut end = 0;
        let mut next: Vec<u32> = Vec::with_capacity(sizes.len());
        let ends = sizes.iter().map(|size| {
            next.push(end);
            end += size;
            end
        });
        let ends = ends.collect();
        let mut grouped = vec![FactId(0); ids.len()];
        for (id, group) in ids.iter().zip(group_of) {
            let place = &mut next[group as usize];
            grouped[*place as usize] = *id;
            *place += 1;
        }
        Groups { facts: grouped, ends }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, index: usize) -> &[FactId] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.facts[start..self.ends[index] as usize]
    }
}

const NONE: u32 = u32::MAX;

/// The facts of a measure by the values of some of their keys.
pub(super) struct Index {
    /// For each key of the pattern, whether it is one of them.
    pub(super) is_key: Vec<bool>,
    /// The first of the facts that have the same values.
    first: HashTable<u32>,
    /// For each fact of the measure, the next one with its values.
    next: Vec<u32>,
    range: Range<u32>,
}

impl Index {
    pub(super) fn of(pattern: &Pattern, is_key: Vec<bool>, sets: &QualifierSets, facts: &Facts) -> Index {
        let range = facts.of_measure(pattern.measure);
        let mut index = Index { is_key, first: HashTable::new(), next: vec![NONE; range.len()], range: range.clone() };
        let Index { is_key, first, next, .. } = &mut index;
        let keys = |id: u32| keys_of(pattern, is_key, id, sets, facts);
        // backwards, so that each chain is in the order of the facts
        for id in range.clone().rev() {
            let hash = hash_values(keys(id));
            match first.entry(hash, |own| keys(*own).eq(keys(id)), |own| hash_values(keys(*own))) {
                Entry::Occupied(mut known) => {
                    next[(id - range.start) as usize] = *known.get();
                    *known.get_mut() = id;
                }
                Entry::Vacant(free) => {
                    free.insert(id);
                }
            }
        }
        index
    }

    /// The facts whose keys have these values.
    pub(super) fn find<'i>(
        &'i self,
        pattern: &Pattern,
        wanted: &[Option<Name>],
        sets: &QualifierSets,
        facts: &Facts,
    ) -> impl Iterator<Item = FactId> + use<'i> {
        let is_wanted = |id: &u32| keys_of(pattern, &self.is_key, *id, sets, facts).eq(wanted.iter().copied());
        let first = self.first.find(hash_values(wanted.iter().copied()), is_wanted).copied();
        let after = |id: &u32| Some(self.next[(*id - self.range.start) as usize]).filter(|next| *next != NONE);
        std::iter::successors(first, after).map(FactId)
    }
}

fn keys_of<'a>(
    pattern: &'a Pattern,
    is_key: &'a [bool],
    id: u32,
    sets: &'a QualifierSets,
    facts: &Facts,
) -> impl Iterator<Item = Option<Name>> + 'a {
    let fact = facts.key(FactId(id));
    let values = values(pattern, fact, sets.content(fact.qualifiers));
    values.zip(is_key).filter(|(_, is_key)| **is_key).map(|((_, value), _)| value)
}

fn hash_values(values: impl Iterator<Item = Option<Name>>) -> u64 {
    let mut hasher: FxHasher = FxBuildHasher.build_hasher();
    values.for_each(|value| value.map_or(NONE, |name| name.0).hash(&mut hasher));
    hasher.finish()
}
