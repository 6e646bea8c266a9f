//! The place of the other side in an order: `China is the second largest trading partner of Norway`, and of somebody
//! among the first: `one of the ten largest exporters of coal`.

use rustc_hash::FxHashSet;

use super::decide::{Binder, Claims, Part};
use super::lexicon::{Hit, Sense};
use super::named::{Named, Role};
use super::{About, Confidence};
use crate::figure::quantity::Hedge;
use crate::figure::{Dimension, Value};
use crate::rules::vocabulary::Phrase;
use crate::rules::{MeasureId, Name, QualifierId};

/// Words between a place and the word for what has it.
const NEAR: usize = 3;
/// Words between that and whose it is.
const BESIDE: usize = 2;
/// More than so many are not told as the first.
const MOST: i64 = 100;

impl Binder<'_> {
    /// What a place says of the other side of a measure.
    pub(super) fn partner_rank(&self, figure: usize, value: &Value, periods: &mut FxHashSet<usize>) -> Option<Claims> {
        let Value::Rank { hedge: None, place } = value else { return None };
        let (measure, cue) = self.partner_cue(figure)?;
        let rank = self.vocabulary.facet(measure, "rank")?;
        let (side, among) = (self.other_side(measure)?, self.vocabulary.qualifier_id("among")?);
        let at = self.place(figure);
        let spot = self.passage.figures[figure];
        let (first, last) = (spot.first.min(cue.start), spot.end.max(cue.end));
        let named =
            |named: &&Named| self.passage.joined(named.start, at) && !matches!(named.role, Role::Speaker | Role::Part);
        let mut near = self.passage.named.iter().filter(named);
        // whose partner it is: right behind, or right before as who has it
        let owner = near.clone().find(|named| {
            let is_behind = matches!(named.role, Role::Owner | Role::To | Role::Bare | Role::Adjective)
                && named.start >= last
                && named.start - last <= BESIDE
                && self.passage.is_slight(last, named.start)
                && (named.role != Role::Bare || named.start == last);
            let is_before = matches!(named.role, Role::Owner | Role::Adjective)
                && named.end <= first
                && self.passage.unknown(named.end, first) == 0
                && first - named.end <= BESIDE;
            (is_behind || is_before) && self.is_of(rank, named.name)
        })?;
        let after = near.clone().find(|named| {
            named.start > owner.start
                && (named.start.saturating_sub(2)..named.start).any(|word| self.passage.does(word, Phrase::After))
        });
        let is_partner = |named: &&Named| {
            named.name != owner.name
                && named.role == Role::Bare
                && named.end <= first
                && self.is_value(side, named.name)
                && self.passage.unknown(named.end, first) <= 1
        };
        let partner: Name = match near.rfind(is_partner) {
            Some(partner) => partner.name,
            // the sentence begins with its place: who has it is whom the section speaks of
            None => {
                let start = self.passage.sentence_start(at);
                let opens = first <= start + 1 && after.is_some();
                self.topic.section().filter(|name| opens && *name != owner.name && self.is_value(side, *name))?
            }
        };
        // the first after somebody else is the second
        let place = match after.is_some_and(|named| named.name != partner) {
            true if *place == 1 => 2,
            true => return None,
            false => *place,
        };
        let mut qualifiers: Vec<Part> =
            vec![(side, self.word(partner)), (among, self.vocabulary.qualifier(side).id.clone())];
        self.times(figure, rank, &mut qualifiers, periods);
        qualifiers.sort();
        let about = About { subject: owner.name, measure: rank, qualifiers, confidence: Confidence::Likely };
        Some(vec![(Value::Rank { hedge: None, place }, about)])
    }

    /// The word for the other side of a measure beside a place.
    fn partner_cue(&self, figure: usize) -> Option<(MeasureId, Hit)> {
        let spot = self.passage.figures[figure];
        let at = self.place(figure);
        let cues = self.passage.hits.iter().filter(|hit| self.passage.joined(hit.start, at));
        cues.filter_map(|hit| match hit.sense {
            Sense::Partner(measure) => Some((measure, *hit)),
            _ => None,
        })
        .find(|(_, hit)| {
            let between = if hit.end <= spot.first { hit.end..spot.first } else { spot.end..hit.start.max(spot.end) };
            between.len() <= NEAR && self.passage.unknown(between.start, between.end) == 0
        })
    }

    /// Places among the first: `among the first ten countries in the export of coal and gold`, one claim for each.
    pub(super) fn among_first(&self, figure: usize, value: &Value) -> Option<Claims> {
        let count = match value {
            Value::Quantity(quantity) if value.dimension(&self.vocabulary.units) == Dimension::COUNT => {
                quantity.number.nominal().to_i64().filter(|count| (2..=MOST).contains(count))?
            }
            _ => return None,
        };
        let spot = self.passage.figures[figure];
        let at = self.place(figure);
        let (from, to) = (self.passage.clause_start(at), self.passage.sentence_end(at));
        let near = spot.first.saturating_sub(BESIDE).max(from)..(spot.end + BESIDE).min(to);
        let is_first = near.clone().any(|word| self.passage.does(word, Phrase::First));
        let is_among = (spot.first.saturating_sub(NEAR + 1).max(from)..spot.first)
            .any(|word| self.passage.does(word, Phrase::Among));
        if !is_first || !is_among {
            return None;
        }
        let cue = self.passage.hits.iter().find(|hit| {
            matches!(hit.sense, Sense::Measure(_)) && hit.start >= spot.end && self.passage.joined(hit.start, at)
        })?;
        let Sense::Measure(base) = cue.sense else { return None };
        let rank = self.vocabulary.facet(base, "rank")?;
        if cue.start - spot.end > NEAR + 1 || self.passage.unknown(spot.end, cue.start) > 0 {
            return None;
        }
        let subject = self.subject_of(rank, at)?;
        let products = self.listed(cue.end, to, rank);
        let value = Value::Rank { hedge: Some(Hedge::AtMost), place: u32::try_from(count).ok()? };
        let about =
            |part: Part| About { subject, measure: rank, qualifiers: vec![part], confidence: Confidence::Likely };
        (!products.is_empty()).then(|| products.into_iter().map(|part| (value.clone(), about(part))).collect())
    }

    /// A part that a place is of, with those that a list goes on with before the next figure: `the second largest
    /// reserves of uranium, lead and zinc`.
    pub(super) fn listed_with(&self, figure: usize, part: &Part) -> Vec<Part> {
        let spot = self.passage.figures[figure];
        let next = self.passage.figures[figure + 1..].iter().find(|other| !other.is_date).map(|other| other.first);
        let to = self.passage.sentence_end(self.place(figure)).min(next.unwrap_or(self.passage.words.len()));
        let is_part = |hit: &&Hit| match hit.sense {
            Sense::Member(qualifier, value) => {
                let names = &self.vocabulary.qualifier(qualifier).names;
                qualifier == part.0 && names.get(usize::from(value)).is_some_and(|(word, _)| *word == part.1)
            }
            _ => false,
        };
        let first = self.passage.hits.iter().filter(|hit| hit.start >= spot.end && hit.end <= to).find(is_part);
        let Some(first) = first else { return vec![part.clone()] };
        let mut all = vec![part.clone()];
        all.extend(self.listed_of(part.0, first.end, to).into_iter().filter(|other| other != part));
        all
    }

    /// The values of one qualifier that a list names, from its first word on.
    fn listed(&self, from: usize, to: usize, measure: MeasureId) -> Vec<Part> {
        let first =
            self.passage.hits.iter().filter(|hit| hit.start >= from && hit.end <= to).find_map(|hit| match hit.sense {
                Sense::Member(qualifier, _) if self.has(measure, qualifier) => Some(qualifier),
                _ => None,
            });
        first.map(|qualifier| self.listed_of(qualifier, from, to)).unwrap_or_default()
    }

    fn listed_of(&self, own: QualifierId, from: usize, to: usize) -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        let mut end = from;
        for hit in self.passage.hits.iter().filter(|hit| hit.start >= from && hit.end <= to) {
            let Sense::Member(qualifier, value) = hit.sense else { continue };
            let is_next = hit.start <= end + 1 && self.passage.is_slight(end.min(hit.start), hit.start);
            if qualifier != own || hit.start < end {
                continue;
            }
            if !is_next {
                break;
            }
            if let Some((word, _)) = self.vocabulary.qualifier(qualifier).names.get(usize::from(value)) {
                found.push((qualifier, word.clone()));
            }
            end = hit.end;
        }
        found
    }
}
