//! What only the whole document can settle: bindings that say two things of one fact.
//!
//! A flow or a stock changes from year to year. Where a text gives two figures for one of them and says of neither for
//! when it holds, they are hardly figures of one fact; then both are drafts. A contradiction that the text does state,
//! with its period or of something that stays, is left for the check to find.

use rustc_hash::FxHashMap;

use super::{About, Bound, Doubt};
use crate::rules::{MeasureId, Name, QualifierId, Vocabulary};

type Key<'a> = (Name, MeasureId, &'a [(QualifierId, Box<str>)], Option<String>);

/// Makes drafts of bindings that cannot be meant so.
pub fn settle(found: &mut [Bound], vocabulary: &Vocabulary) {
    let Some(period) = vocabulary.qualifier_id("period") else { return };
    let mut facts: FxHashMap<Key<'_>, Vec<usize>> = FxHashMap::default();
    for (index, bound) in found.iter().enumerate() {
        let Ok(about) = &bound.about else { continue };
        let changes = vocabulary.has_qualifier(about.measure, period)
            && !is_stated(about, period)
            && !is_share(about, vocabulary);
        if changes {
            let currency = vocabulary.units.currencies(bound.value.unit()).0.map(str::to_owned);
            facts.entry((about.subject, about.measure, &about.qualifiers, currency)).or_default().push(index);
        }
    }
    let doubtful: Vec<usize> = facts
        .into_values()
        .filter(|claims| claims.iter().any(|claim| found[*claim].value != found[claims[0]].value))
        .flatten()
        .collect();
    for index in doubtful {
        found[index].about = Err(Doubt::Contradicted);
    }
}

fn is_stated(about: &About, qualifier: QualifierId) -> bool {
    about.qualifiers.iter().any(|(id, _)| *id == qualifier)
}

/// A composition changes slowly, and texts give one of them at a time.
fn is_share(about: &About, vocabulary: &Vocabulary) -> bool {
    vocabulary.measure(about.measure).facet_of.as_ref().is_some_and(|(_, facet)| &**facet == "share")
}
