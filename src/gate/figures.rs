//! Which documents of a run are read for what they say beside their claims.

use crate::claims::Claims;
use crate::extract::{Options, Packs};
use crate::project::Documents;
use crate::review::claims_of;
use crate::revise::unclaimed::{ClaimedText, TextFigures};
use crate::rules::RuleSet;

/// Figures of the documents at hand, as far as rules ask for them.
pub(super) fn read(
    rules: &RuleSet,
    packs: &Packs,
    claims: &mut Claims,
    documents: &Documents,
    with_uncovered: bool,
) -> TextFigures {
    let units = &rules.vocabulary.units;
    let mut figures = TextFigures::default();
    let all: Vec<(Box<str>, Option<Box<str>>)> =
        claims.documents.iter().map(|document| (document.id.clone(), document.translation_of.clone())).collect();
    for (id, original) in &all {
        if with_uncovered && let Some(text) = text(claims, packs, documents, id) {
            figures.uncovered(&text, claims, units);
        }
        let Some(original) = original else { continue };
        if let (Some(own), Some(other)) = (text(claims, packs, documents, original), text(claims, packs, documents, id))
        {
            figures.unshared(&own, &other, claims, units);
        }
    }
    figures
}

fn text(claims: &Claims, packs: &Packs, documents: &Documents, id: &str) -> Option<ClaimedText> {
    let document = documents.get(id)?;
    let options = Options::of(claims.document(id)?.language.as_deref(), packs);
    let standings = documents.standings();
    let claimed = claims_of(claims, id).into_iter().filter_map(|claim| Some((standings.get(claim)?.span()?, claim)));
    Some(ClaimedText::new(id, &document.shown, document.content(), &options, claimed.collect()))
}
