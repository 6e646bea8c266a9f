//! Keys of facts: measure, subject and qualifiers, small enough to sort and hash by the million.
//!
//! The qualifiers of a key are interned as a whole, since most facts share theirs with many others (all figures of
//! one year and partner); comparing two keys is then comparing three numbers.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::rules::{MeasureId, Name, QualifierId};

/// An interned set of qualifiers with their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(pub u32);

impl SetId {
    /// No qualifier is stated.
    pub const EMPTY: SetId = SetId(0);
}

/// What a claim speaks of. Two claims with equal keys are about one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactKey {
    pub measure: MeasureId,
    pub subject: Name,
    pub qualifiers: SetId,
}

/// A qualifier and its value. A qualifier that stands at its total is left out.
pub type Qualified = (QualifierId, Name);

/// All sets of qualifiers that occur, one after the other.
#[derive(Clone, Debug)]
pub struct QualifierSets {
    content: Vec<Qualified>,
    /// Where each set ends in `content`.
    ends: Vec<u32>,
    by_content: HashTable<SetId>,
}

impl Default for QualifierSets {
    fn default() -> QualifierSets {
        let mut sets = QualifierSets { content: Vec::new(), ends: Vec::new(), by_content: HashTable::new() };
        // the first set is the empty one
        sets.intern(&[]);
        sets
    }
}

fn hash(content: &[Qualified]) -> u64 {
    FxBuildHasher.hash_one(content)
}

impl QualifierSets {
    /// The number of a set; `content` is sorted by qualifier.
    pub fn intern(&mut self, content: &[Qualified]) -> SetId {
        if let Some(id) = self.find(content) {
            return id;
        }
        let id = SetId(u32::try_from(self.ends.len()).unwrap_or(u32::MAX));
        self.content.extend_from_slice(content);
        self.ends.push(u32::try_from(self.content.len()).unwrap_or(u32::MAX));
        let (all, ends) = (&self.content, &self.ends);
        self.by_content.insert_unique(hash(content), id, |other| hash(stretch(all, ends, *other)));
        id
    }

    pub fn find(&self, content: &[Qualified]) -> Option<SetId> {
        self.by_content.find(hash(content), |id| self.content(*id) == content).copied()
    }

    pub fn content(&self, id: SetId) -> &[Qualified] {
        stretch(&self.content, &self.ends, id)
    }

    /// The value of a qualifier in a set; `None` where it is left out.
    pub fn value(&self, id: SetId, qualifier: QualifierId) -> Option<Name> {
        self.content(id).iter().find(|(own, _)| *own == qualifier).map(|(_, value)| *value)
    }

    pub fn iter(&self) -> impl Iterator<Item = &[Qualified]> {
        (0..self.ends.len() as u32).map(|id| self.content(SetId(id)))
    }
}

fn stretch<'a>(content: &'a [Qualified], ends: &[u32], id: SetId) -> &'a [Qualified] {
    let end = |index: u32| ends.get(index as usize).map_or(0, |end| *end as usize);
    content.get(id.0.checked_sub(1).map_or(0, end)..end(id.0)).unwrap_or_default()
}
