//! Facts: claims about one thing, and what all of them together leave open.
//!
//! Claims are sorted by their key, so that a fact is a stretch of claims, the facts of one measure lie together, and
//! everything later runs in one order. A fact whose own claims conflict keeps each of them as an alternative: a check
//! that uses it fails only if it fails with all of them.

use std::ops::Range;

use hashbrown::HashTable;
use rayon::prelude::*;

use super::domain::{Domain, rounding_of};
use crate::claims::{Claim, ClaimIndex, Claims, FactKey};
use crate::figure::{Number, Reading, Rounding, Value};
use crate::rules::{MeasureId, Vocabulary};

/// A fact, by its place in the order of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// All facts that are claimed.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    keys: Vec<FactKey>,
    /// Where the claims of each fact begin in `claims`, and one end more.
    starts: Vec<u32>,
    claims: Vec<ClaimIndex>,
    by_key: HashTable<u32>,
    /// The facts of each measure.
    measures: Vec<Range<u32>>,
}

fn hash(key: &FactKey) -> u64 {
    use std::hash::BuildHasher;
    rustc_hash::FxBuildHasher.hash_one(key)
}

impl Facts {
    /// Groups claims into facts. Drafts, and claims whose value is not of their measure's dimension, take no part.
    pub fn of(claims: &Claims, vocabulary: &Vocabulary) -> Facts {
        let fitting = |(index, claim): (usize, &Claim)| {
            let key = claim.key?;
            let fits = claim.value.fits(vocabulary.measure(key.measure).dimension, &vocabulary.units);
            // claims are counted in 32 bits
            fits.then_some((key, ClaimIndex(index as u32)))
        };
        let mut keyed: Vec<(FactKey, ClaimIndex)> = claims.claims.par_iter().enumerate().filter_map(fitting).collect();
        keyed.par_sort_unstable();
        let mut facts = Facts { claims: keyed.iter().map(|(_, index)| *index).collect(), ..Facts::default() };
        for (position, (key, _)) in keyed.iter().enumerate() {
            // each value of a measure that may have many is a fact of its own
            if facts.keys.last() != Some(key) || vocabulary.measure(key.measure).many {
                facts.keys.push(*key);
                // claims are counted in 32 bits
                facts.starts.push(position as u32);
            }
        }
        facts.starts.push(keyed.len() as u32);
        drop(keyed);
        facts.index();
        facts
    }

    /// These facts and, among them, some that nobody claims; and where each of these facts is then found.
    pub fn with_unstated(&self, unstated: &[FactKey]) -> (Facts, Vec<FactId>) {
        let own = self.ids().map(|id| (self.key(id), Some(id)));
        let mut merged: Vec<(FactKey, Option<FactId>)> = own.chain(unstated.iter().map(|key| (*key, None))).collect();
        // facts come in the order of their keys; the sort keeps the order of several values of one key
        merged.sort_by_key(|(key, _)| *key);
        let mut facts = Facts { claims: self.claims.clone(), ..Facts::default() };
        let mut places = vec![FactId(0); self.len()];
        let mut claims = 0;
        for (place, (key, id)) in merged.into_iter().enumerate() {
            facts.keys.push(key);
            facts.starts.push(claims);
            if let Some(id) = id {
                // facts are counted in 32 bits
                places[id.0 as usize] = FactId(place as u32);
                claims += self.claims(id).len() as u32;
            }
        }
        facts.starts.push(claims);
        facts.index();
        (facts, places)
    }

    fn index(&mut self) {
        self.by_key = HashTable::with_capacity(self.keys.len());
        for (index, key) in self.keys.iter().enumerate() {
            self.by_key.insert_unique(hash(key), index as u32, |other| hash(&self.keys[*other as usize]));
        }
        let measures = self.keys.last().map_or(0, |key| usize::from(key.measure.0) + 1);
        self.measures = vec![0..0; measures];
        let mut first = 0;
        for group in self.keys.chunk_by(|a, b| a.measure == b.measure) {
            let last = first + group.len() as u32;
            self.measures[usize::from(group[0].measure.0)] = first..last;
            first = last;
        }
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn ids(&self) -> impl Iterator<Item = FactId> {
        (0..self.keys.len() as u32).map(FactId)
    }

    pub fn key(&self, id: FactId) -> FactKey {
        self.keys[id.0 as usize]
    }

    /// The claims of a fact, in their order.
    pub fn claims(&self, id: FactId) -> &[ClaimIndex] {
        let index = id.0 as usize;
        &self.claims[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// The fact with this key; of a measure that may have many values, one of them.
    pub fn find(&self, key: &FactKey) -> Option<FactId> {
        self.by_key.find(hash(key), |index| self.keys[*index as usize] == *key).map(|index| FactId(*index))
    }

    pub fn of_measure(&self, measure: MeasureId) -> Range<u32> {
        self.measures.get(usize::from(measure.0)).cloned().unwrap_or(0..0)
    }
}

/// How values are read in a run.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub claims: &'a Claims,
    pub vocabulary: &'a Vocabulary,
    /// The mode of the run; a measure may truncate all the same.
    pub rounding: Rounding,
}

impl Reader<'_> {
    /// What one claim leaves open.
    pub fn claim(&self, index: ClaimIndex, reading: Reading) -> Domain {
        let claim = self.claims.get(index);
        let measure = claim.key.map(|key| key.measure);
        let dimension = match measure {
            Some(measure) => self.vocabulary.measure(measure).dimension,
            None => claim.value.dimension(&self.vocabulary.units),
        };
        let rounding = rounding_of(self.vocabulary, measure, self.rounding);
        Domain::of(&claim.value, dimension, &self.vocabulary.units, reading, rounding)
    }

    /// What a fact can be: one domain where its claims agree, else one for each claim.
    pub fn fact(&self, claims: &[ClaimIndex], reading: Reading) -> Vec<Domain> {
        match claims {
            [] => Vec::new(),
            [only] => vec![self.claim(*only, reading)],
            _ => match self.shared(claims, reading) {
                Some(domain) => vec![domain],
                None => claims.iter().map(|index| self.claim(*index, reading)).collect(),
            },
        }
    }

    /// What all claims of one fact admit together; `None` where they conflict.
    ///
    /// After XBRL Calculations 1.1: the intervals must share a point, all together, and two plain figures of one
    /// precision must be the same figure even where their intervals touch.
    pub fn shared(&self, claims: &[ClaimIndex], reading: Reading) -> Option<Domain> {
        if self.same_precision_conflict(claims, reading).is_some() {
            return None;
        }
        let (first, rest) = claims.split_first()?;
        rest.iter()
            .try_fold(self.claim(*first, reading), |so_far, index| so_far.intersection(&self.claim(*index, reading)))
    }

    /// Two plain figures of one precision that are not the same figure.
    pub fn same_precision_conflict(&self, claims: &[ClaimIndex], reading: Reading) -> Option<(ClaimIndex, ClaimIndex)> {
        let units = &self.vocabulary.units;
        let plain = |index: &ClaimIndex| -> Option<(Number, Number, ClaimIndex)> {
            match &self.claims.get(*index).value {
                Value::Quantity(quantity) if quantity.is_plain() => {
                    Some((quantity.precision(units, reading), quantity.nominal(units)?, *index))
                }
                _ => None,
            }
        };
        let mut figures: Vec<_> = claims.iter().filter_map(plain).collect();
        figures.sort();
        figures
            .windows(2)
            .find(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
            .map(|pair| (pair[0].2.min(pair[1].2), pair[0].2.max(pair[1].2)))
    }
}
