//! Which part of a whole a figure is of: the values of qualifiers that are named beside it.

use rustc_hash::FxHashSet;

use super::decide::{Binder, Candidate, Part, Reach};
use super::lexicon::Sense;
use crate::rules::QualifierId;
use crate::rules::vocabulary::Phrase;

impl Binder<'_> {
    /// The values of qualifiers that are named beside the figure: of a share the parts that it is of, one for each claim;
    /// of anything else at most one of each qualifier. `None` where they leave doubt.
    pub(super) fn parts(
        &self,
        figure: usize,
        candidate: &Candidate,
        reach: Reach,
        is_share: bool,
    ) -> Option<Vec<Part>> {
        let spot = self.passage.figures[figure];
        let (from, to) = self.passage.own(figure);
        let at = spot.first.min(self.passage.words.len().saturating_sub(1));
        // what stands before a figure is of it; what stands behind only if nothing stands before
        let members = |from: usize, to: usize| -> Vec<(Part, usize)> {
            let inside = self.passage.hits.iter().filter(|hit| hit.start >= from && hit.end <= to);
            let mut found: Vec<(Part, usize)> = inside
                .filter_map(|hit| match hit.sense {
                    Sense::Member(qualifier, value) => {
                        let (value, _) = self.vocabulary.qualifier(qualifier).names.get(usize::from(value))?;
                        Some(((qualifier, value.clone()), hit.start))
                    }
                    _ => None,
                })
                .collect();
            found.dedup_by(|one, other| one.0 == other.0);
            found
        };
        let mut found = members(from, spot.first);
        found.retain(|(_, start)| self.passage.joined(*start, at) || reach == Reach::Own);
        if found.is_empty() {
            found = members(spot.first, to);
            // behind a mark stands the name of the next figure: `total: 90 (2020), men: 40`
            found.retain(|(_, start)| self.passage.joined(*start, at) && !self.is_beyond(figure, *start));
        }
        if !is_share {
            // what is measured may be named with its cue
            let cue = &candidate.cue;
            found.extend(members(cue.start.saturating_sub(2), (cue.end + 2).min(self.passage.words.len())));
        }
        let own = |part: &Part| self.has(candidate.base, part.0);
        let is_beside = |start: usize| start + 1 == candidate.cue.start || start == candidate.cue.end;
        // `Russian exports` are no exports of Russians
        let is_adjective = |start: usize| {
            let is_adjective = |hit: &super::lexicon::Hit| {
                hit.start == start && matches!(hit.sense, Sense::Adjective(_) | Sense::Subject(_))
            };
            self.passage.hits.iter().any(is_adjective)
        };
        // a word may be a value of two qualifiers
        let is_own = |start: usize| found.iter().any(|(part, other)| *other == start && own(part));
        let is_strange =
            |(part, start): &(Part, usize)| !own(part) && is_beside(*start) && !is_adjective(*start) && !is_own(*start);
        if found.iter().any(is_strange) {
            return None;
        }
        let mut parts: Vec<Part> = found.into_iter().map(|(part, _)| part).filter(own).collect();
        parts.sort();
        parts.dedup();
        let qualifiers: FxHashSet<QualifierId> = parts.iter().map(|(qualifier, _)| *qualifier).collect();
        if parts.len() > qualifiers.len() {
            let is_each = (from..to).any(|word| self.passage.does(word, Phrase::Each) && self.passage.joined(word, at));
            return (is_share && is_each && qualifiers.len() == 1).then_some(parts);
        }
        if is_share && qualifiers.len() > 1 {
            return None;
        }
        if reach == Reach::Sentence && parts.is_empty() && !self.is_told_apart(figure) {
            return None;
        }
        Some(parts)
    }

    /// Whether a figure that goes on a list has a subject or a date of its own.
    pub(super) fn is_told_apart(&self, figure: usize) -> bool {
        let (from, to) = self.passage.own(figure);
        let named = self.passage.named.iter().any(|named| named.start >= from && named.end <= to);
        named || self.passage.figures.iter().any(|date| date.is_date && date.first >= from && date.end <= to)
    }

    /// Whether a word behind a figure stands behind a mark that begins something else: `total: 90 (2020), men: 40`.
    pub(super) fn is_beyond(&self, figure: usize, word: usize) -> bool {
        let spot = self.passage.figures[figure];
        let end = |mention: &crate::extract::Mention| mention.offset as usize + mention.text.len();
        let behind = self.mentions.get(spot.mention).map_or(0, end);
        let text = self.passage.words.get(word).and_then(|word| self.passage.text.get(behind..word.start));
        text.is_some_and(|text| text.contains(['(', ':', ';', '؛']))
    }
}
