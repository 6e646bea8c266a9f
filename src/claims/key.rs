//! Keys of facts: measure, subject and qualifiers, small enough to sort and hash by the million.
//!
//! The qualifiers of a key are interned as a whole, since most facts share theirs with many others (all figures of
//! one year and partner); comparing two keys is then comparing three numbers.

use rustc_hash::FxHashMap;

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

/// All sets of qualifiers that occur.
#[derive(Clone, Debug)]
pub struct QualifierSets {
    by_content: FxHashMap<Box<[Qualified]>, SetId>,
    sets: Vec<Box<[Qualified]>>,
}

impl Default for QualifierSets {
    fn default() -> QualifierSets {
        let empty: Box<[Qualified]> = Box::default();
        QualifierSets { by_content: FxHashMap::from_iter([(empty.clone(), SetId::EMPTY)]), sets: vec![empty] }
    }
}

impl QualifierSets {
    /// The number of a set; `content` is sorted by qualifier.
    pub fn intern(&mut self, content: &[Qualified]) -> SetId {
        if let Some(id) = self.find(content) {
            return id;
        }
        let id = SetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(content.into());
        self.by_content.insert(content.into(), id);
        id
    }

    pub fn find(&self, content: &[Qualified]) -> Option<SetId> {
        self.by_content.get(content).copied()
    }

    pub fn content(&self, id: SetId) -> &[Qualified] {
        self.sets.get(id.0 as usize).map_or(&[], |content| content)
    }

    /// The value of a qualifier in a set; `None` where it is left out.
    pub fn value(&self, id: SetId, qualifier: QualifierId) -> Option<Name> {
        self.content(id).iter().find(|(own, _)| *own == qualifier).map(|(_, value)| *value)
    }

    pub fn iter(&self) -> impl Iterator<Item = &[Qualified]> {
        self.sets.iter().map(|content| &**content)
    }
}
