//! What texts say beside their claims: figures that no claim is about, and translations that differ.
//!
//! A figure without a claim becomes a draft whose place is in its text, as in texts that are checked by themselves.

use super::standing;
use super::translation;
use super::value::stated;
use crate::claims::text::{Stated, TextClaims};
use crate::claims::{ClaimIndex, Claims};
use crate::document::{Quotable, Span};
use crate::extract::{Mention, Options};
use crate::figure::Units;

/// What the texts of claims say beside them.
#[derive(Clone, Debug, Default)]
pub struct TextFigures {
    /// Figures that no claim is about; empty unless they were asked for.
    pub uncovered: Vec<ClaimIndex>,
    /// Figures of a text and of its translation that stand in one place and are not the same.
    pub differing: Vec<(ClaimIndex, ClaimIndex)>,
    /// Figures that one of two texts has, and the document that lacks them.
    pub lacking: Vec<(ClaimIndex, Box<str>)>,
}

/// A text with its figures and where its claims stand.
pub struct ClaimedText {
    /// The document's id.
    pub id: Box<str>,
    /// The path as reports show it.
    shown: String,
    mentions: Vec<Mention>,
    /// Spans of claims, by their start.
    claimed: Vec<(Span, ClaimIndex)>,
}

impl ClaimedText {
    pub fn new(
        id: &str,
        shown: &str,
        document: &Quotable,
        options: &Options<'_>,
        mut claimed: Vec<(Span, ClaimIndex)>,
    ) -> ClaimedText {
        claimed.sort_unstable();
        let mentions = standing::mentions(document, options);
        ClaimedText { id: id.into(), shown: shown.to_owned(), mentions, claimed }
    }

    /// The claim on a figure.
    fn claim_at(&self, mention: usize) -> Option<ClaimIndex> {
        let mention = self.mentions.get(mention)?;
        let before = self.claimed.partition_point(|(span, _)| (span.start as usize) < mention.end);
        // claims on one figure stand close together
        const NEAR: usize = 8;
        let near = self.claimed.get(before.saturating_sub(NEAR)..before).unwrap_or_default();
        near.iter().rev().find(|(span, _)| span.end as usize > mention.start).map(|(_, claim)| *claim)
    }

    /// A claim for each of these figures: its own, or else a draft in the text; none for what claims cannot state.
    fn drafts(&self, claims: &mut Claims, units: &Units, wanted: &[usize]) -> Vec<Option<ClaimIndex>> {
        let mut text =
            TextClaims { path: self.shown.as_str().into(), document: Some(self.id.clone()), ..TextClaims::default() };
        let mut found = Vec::with_capacity(wanted.len());
        for at in wanted {
            let (own, mention) = (self.claim_at(*at), &self.mentions[*at]);
            found.push(own.map(Ok).or_else(|| {
                let value = stated(mention, units)?;
                let span = Span::new(mention.start, mention.end);
                text.figures.push(Stated { written: mention.text.clone(), span, value, is_as_written: false });
                Some(Err(text.figures.len() - 1))
            }));
        }
        // claims are counted in 32 bits
        let first = claims.claims.len() as u32;
        if !text.figures.is_empty() {
            claims.add_text(text);
        }
        let index = |claim: Result<ClaimIndex, usize>| claim.unwrap_or_else(|draft| ClaimIndex(first + draft as u32));
        found.into_iter().map(|claim| claim.map(index)).collect()
    }
}

impl TextFigures {
    /// Adds the figures of a text that no claim is about.
    pub fn uncovered(&mut self, text: &ClaimedText, claims: &mut Claims, units: &Units) {
        let uncovered: Vec<usize> = (0..text.mentions.len()).filter(|at| text.claim_at(*at).is_none()).collect();
        self.uncovered.extend(text.drafts(claims, units, &uncovered).into_iter().flatten());
    }

    /// Adds what a text and its translation do not share.
    pub fn unshared(&mut self, own: &ClaimedText, other: &ClaimedText, claims: &mut Claims, units: &Units) {
        let unshared = translation::compare(&own.mentions, &other.mentions);
        let (left, right): (Vec<usize>, Vec<usize>) = unshared.differing.into_iter().unzip();
        let (left, right) = (own.drafts(claims, units, &left), other.drafts(claims, units, &right));
        self.differing.extend(left.into_iter().zip(right).filter_map(|(left, right)| Some((left?, right?))));
        for (text, only, lacks) in
            [(own, unshared.only_original, &other.id), (other, unshared.only_translation, &own.id)]
        {
            let only = text.drafts(claims, units, &only);
            self.lacking.extend(only.into_iter().flatten().map(|claim| (claim, lacks.clone())));
        }
    }
}
