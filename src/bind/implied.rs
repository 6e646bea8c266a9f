//! Figures beside the value of a qualifier that speaks for a measure by itself: `Kazakhs (70 %), Russians (15 %)` are
//! shares of a population, `the first president` is a place in the order of an office.

use rustc_hash::FxHashSet;

use super::decide::{Binder, Claims, Part};
use super::lexicon::{Hit, Sense};
use super::named::Role;
use super::{About, Confidence};
use crate::extract::{Kind, Mention};
use crate::figure::{Dimension, Quantity, Value};
use crate::rules::vocabulary::{OVER, Phrase};
use crate::rules::{MeasureId, Name, QualifierId};

/// So many figures beside values of one qualifier make clear what they are of.
const ENOUGH: usize = 2;
/// Words between a value and its figure.
const NEAR: usize = 2;

impl Binder<'_> {
    /// What a figure says by the value of a qualifier beside it.
    pub(super) fn implied(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Option<Claims> {
        let beside = self.beside(figure);
        let (hit, qualifier, word) = beside.first()?;
        if beside.iter().any(|(_, other, _)| other != qualifier) {
            return None;
        }
        let base = self.vocabulary.measure_id(self.vocabulary.qualifier(*qualifier).measure.as_deref()?)?;
        let at = self.place(figure);
        let (from, to) = self.passage.own(figure);
        if self.is_measure_spoken_of(from, to, at) && !self.is_spoken_of(base, from, to) {
            return None;
        }
        if mention.kind == Kind::Percent {
            let share = self.vocabulary.facet(base, "share")?;
            let is_list =
                self.figures_beside(*qualifier) >= ENOUGH || self.is_spoken_of(base, 0, self.passage.words.len());
            let is_modified = beside.iter().any(|(hit, _, _)| self.is_part_modified(hit));
            if !is_list
                || is_modified
                || self.facet_said(figure, "growth")
                || self.passage.does(hit.start.wrapping_sub(1), Phrase::Of)
            {
                return None;
            }
            let subject = self.subject_of(share, at)?;
            let over = (self.vocabulary.qualifier_id(OVER)?, self.vocabulary.qualifier(*qualifier).id.clone());
            let mut shared: Vec<Part> = vec![over];
            self.times(figure, share, &mut shared, periods);
            let words: Vec<Box<str>> = beside.iter().map(|(_, _, word)| word.clone()).collect();
            let is_each = self.passage.is_done(from, to, Phrase::Each);
            if words.len() > 1 && !is_each {
                return None;
            }
            let claims = words.into_iter().map(|word| {
                let mut qualifiers = shared.clone();
                qualifiers.push((*qualifier, word));
                qualifiers.sort();
                let about = About { subject, measure: share, qualifiers, confidence: Confidence::Likely };
                (value.clone(), about)
            });
            return Some(claims.collect());
        }
        if beside.len() > 1 {
            return None;
        }
        let part: Part = (*qualifier, word.clone());
        if matches!(value, Value::Rank { .. }) && self.vocabulary.measure(base).dimension == Dimension::Rank {
            let subject = self.subject_of(base, at)?;
            let about = About { subject, measure: base, qualifiers: vec![part], confidence: Confidence::Likely };
            return Some(vec![(value.clone(), about)]);
        }
        // `1.5 million Kazakhs live in China`
        let is_people = self.vocabulary.measure(base).dimension == Dimension::PERSONS;
        let start = self.passage.clause_start(at);
        if is_people && self.passage.is_done(start, self.passage.clause_end(at), Phrase::Lives) {
            let Value::Quantity(quantity) = value else { return None };
            let unit = self.vocabulary.units.find("persons")?;
            if mention.unit.is_some() && quantity.unit != unit || hit.start < self.passage.figures[figure].end {
                return None;
            }
            let mut places = self.passage.named.iter().filter(|named| {
                named.role == Role::Owner && self.passage.joined(named.start, at) && self.is_of(base, named.name)
            });
            let (place, None) = (places.next()?, places.next()) else { return None };
            let mut qualifiers = vec![part];
            self.times(figure, base, &mut qualifiers, periods);
            qualifiers.sort();
            let about = About { subject: place.name, measure: base, qualifiers, confidence: Confidence::Likely };
            return Some(vec![(Value::Quantity(Quantity { unit, ..quantity.clone() }), about)]);
        }
        None
    }

    /// The values of qualifiers beside a figure: before it, joined to each other, or else right behind it.
    fn beside(&self, figure: usize) -> Vec<(Hit, QualifierId, Box<str>)> {
        let spot = self.passage.figures[figure];
        let mut found: Vec<(Hit, QualifierId, Box<str>)> = Vec::new();
        let mut end = spot.first;
        let (from, to) = self.passage.own(figure);
        for hit in self.passage.hits.iter().rev().filter(|hit| hit.end <= spot.first && hit.start >= from) {
            let Some((qualifier, word)) = self.speaking(hit) else { continue };
            let near = if found.is_empty() { NEAR } else { 1 };
            // what stands in a bracket that is closed is of what stands before it
            let is_closed =
                self.passage.between(hit.end, end).contains(')') && !self.passage.between(hit.end, end).contains('(');
            if hit.end > end || end - hit.end > near || !self.passage.is_slight(hit.end, end) || is_closed {
                continue;
            }
            end = hit.start;
            if found.iter().all(|(_, _, other)| *other != word) {
                found.push((*hit, qualifier, word));
            }
        }
        if found.is_empty() {
            let behind = self.passage.hits.iter().filter(|hit| hit.start >= spot.first && hit.end <= to);
            for hit in behind {
                let Some((qualifier, word)) = self.speaking(hit) else { continue };
                let is_joined = !self.passage.words[hit.start].is_after_mark || hit.start < spot.end;
                let is_new = found.iter().all(|(_, _, other)| *other != word);
                if hit.start <= spot.end && is_joined && is_new {
                    found.push((*hit, qualifier, word));
                }
            }
        }
        found
    }

    /// Whether an unknown word before a value makes another of it: `other Christians`, `none/unspecified`.
    fn is_part_modified(&self, hit: &Hit) -> bool {
        let word = &self.passage.words[hit.start];
        let is_before = |before: usize| self.passage.is_unknown(before) && self.passage.joined(before, hit.start);
        (!word.is_after_mark || word.is_after_slash) && hit.start.checked_sub(1).is_some_and(is_before)
    }

    /// The qualifier that speaks for a measure, and its value, of a hit.
    fn speaking(&self, hit: &Hit) -> Option<(QualifierId, Box<str>)> {
        let Sense::Member(qualifier, value) = hit.sense else { return None };
        let own = self.vocabulary.qualifier(qualifier);
        own.measure.as_ref()?;
        Some((qualifier, own.names.get(usize::from(value))?.0.clone()))
    }

    /// How many percentages of the passage stand beside values of a qualifier.
    fn figures_beside(&self, qualifier: QualifierId) -> usize {
        let is_percent = |figure: &usize| {
            let mention = self.mentions.get(self.passage.figures[*figure].mention);
            mention.is_some_and(|mention| mention.kind == Kind::Percent)
        };
        let figures = (0..self.passage.figures.len()).filter(is_percent);
        figures.filter(|figure| self.beside(*figure).iter().any(|(_, other, _)| *other == qualifier)).count()
    }

    /// Whether a cue of a measure stands between two words.
    fn is_spoken_of(&self, measure: MeasureId, from: usize, to: usize) -> bool {
        let is_cue = |hit: &Hit| hit.sense == Sense::Measure(measure) && hit.start >= from && hit.end <= to;
        self.passage.hits.iter().any(is_cue)
    }

    /// Whose figure it is where no cue says it: the only one of the sentence that it can be of, or the document's subject.
    pub(super) fn subject_of(&self, measure: MeasureId, at: usize) -> Option<Name> {
        // `Poland 1 %` in a list of peoples is one of them
        let is_item = |named: &super::named::Named| {
            self.passage.figures.iter().any(|figure| {
                let mention = self.mentions.get(figure.mention);
                figure.first == named.end && mention.is_some_and(|mention| mention.kind == Kind::Percent)
            })
        };
        let fit = |named: &&super::named::Named| {
            self.passage.together(named.start, at)
                && !is_item(named)
                && !matches!(named.role, Role::Speaker | Role::Adjective | Role::Part)
                && self.is_of(measure, named.name)
        };
        let near = |named: &&super::named::Named| self.passage.joined(named.start, at) && named.role == Role::Bare;
        let mut close = self.passage.named.iter().filter(fit).filter(near);
        if let (Some(only), None) = (close.next(), close.next()) {
            return Some(only.name);
        }
        let mut names: Vec<Name> = self.passage.named.iter().filter(fit).map(|named| named.name).collect();
        names.sort_unstable();
        names.dedup();
        match names[..] {
            [only] => Some(only),
            [] => {
                let (start, end) = (self.passage.sentence_start(at), self.passage.sentence_end(at));
                let is_strange = (start..end).any(|word| self.passage.is_unknown_name(word));
                let is_fit = |name| self.is_of(measure, name);
                self.topic.owner(&is_fit).filter(|_| !is_strange).map(|(name, _)| name)
            }
            _ => None,
        }
    }
}
