//! Old values: what a figure of the sentence was in an earlier period, as in `5 billion, against 4 billion in 2019`.
//!
//! Such a figure is of the same thing as the new one and of another time. Where the text does not say which, it is a draft:
//! with the period of the new one it would contradict it.

use rustc_hash::FxHashSet;

use super::decide::{Before, Binder, Claims};
use super::lexicon::Sense;
use super::passage::Spot;
use super::{About, Confidence, Doubt, period};
use crate::extract::Kind;
use crate::figure::{Quantity, Value};
use crate::rules::vocabulary::Phrase;

impl Binder<'_> {
    /// What a figure says that is told as the old value of one bound before it; nothing where it is not told so.
    pub(super) fn old_value(
        &self,
        figure: usize,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Option<Result<Claims, Doubt>> {
        let id = self.vocabulary.qualifier_id("period")?;
        let last = self.new_value(figure, value)?;
        let spot = self.passage.figures[figure];
        let (start, at) = (self.passage.figures[last.figure].end, self.place(figure));
        let (_, to) = self.passage.own(figure);
        let against = (start..spot.first).rfind(|word| self.passage.does(*word, Phrase::Against));
        let clause = self.passage.clause_end(at).min(to);
        let is_year_before = (against.unwrap_or(start)..clause).any(|word| self.passage.does(word, Phrase::YearBefore));
        let opens_bracket = |date: &Spot| {
            date.is_date
                && date.first < spot.first
                && period::is_of_next(self.passage, last.figure, date.mention, self.mentions)
        };
        let is_bracketed = self.passage.figures[last.figure + 1..figure].iter().any(opens_bracket);
        if against.is_none() && !is_year_before && !is_bracketed {
            return None;
        }
        let from = against.unwrap_or(start);
        let is_named = self.passage.named.iter().any(|named| named.start >= from && named.start < spot.first);
        if is_named || self.passage.unknown(from, spot.first) > 0 || !self.has(last.about.measure, id) {
            return Some(Err(Doubt::UnknownWords));
        }
        let own = last.about.qualifiers.iter().find(|(known, _)| *known == id).map(|(_, written)| &**written);
        // its date stands between the word and the figure in its clause, or behind it
        let is_near = |date: &&Spot| {
            let is_own = date.first >= spot.end || self.passage.joined(date.first, at);
            let is_there = date.is_date && date.first >= from && date.end <= to;
            is_there && is_own && self.passage.together(date.first, at) && (!is_bracketed || opens_bracket(date))
        };
        let mut dates = self.passage.figures.iter().filter(is_near);
        let written = match (dates.next(), dates.next()) {
            (Some(date), None) => {
                let written = self.mentions.get(date.mention).and_then(|mention| period::earlier(own, mention));
                periods.extend(written.is_some().then_some(date.mention));
                written
            }
            (None, _) if is_year_before => own.and_then(period::year_before),
            _ => None,
        };
        let Some(written) = written.filter(|written| Some(&**written) != own) else {
            return Some(Err(Doubt::Contradicted));
        };
        let mut qualifiers = last.about.qualifiers.clone();
        qualifiers.retain(|(known, _)| *known != id);
        qualifiers.push((id, written));
        qualifiers.sort();
        let confidence = last.about.confidence.min(Confidence::Likely);
        let about = About { subject: last.about.subject, measure: last.about.measure, qualifiers, confidence };
        Some(self.in_unit_of(value, &last.value).map(|value| vec![(value, about)]).ok_or(Doubt::NoMeasure))
    }

    /// The figure that this one may be the old value of: bound before it in its sentence, of the same unit, with nothing
    /// between them but by how much it has changed, and no other measure.
    fn new_value(&self, figure: usize, value: &Value) -> Option<&Before> {
        let is_change = |last: &Before| matches!(self.facet(last.about.measure), Some("growth" | "share" | "rank"));
        let last = self.before.iter().rev().find(|last| !is_change(last))?;
        let is_between = |other: &Spot| {
            let mention = self.mentions.get(other.mention);
            let is_bare = mention.is_some_and(|mention| mention.unit.is_none());
            other.is_date
                || is_bare
                || mention.is_some_and(|mention| matches!(mention.kind, Kind::Percent | Kind::Ratio))
        };
        let between = self.passage.figures.get(last.figure + 1..figure)?;
        let (start, first) = (self.passage.figures[last.figure].end, self.passage.figures[figure].first);
        let is_cue = |hit: &super::lexicon::Hit| {
            matches!(hit.sense, Sense::Measure(measure) if self.base(measure) != self.base(last.about.measure))
                && hit.start >= start
                && hit.end <= first
        };
        let is_one = self.in_unit_of(value, &last.value).is_some()
            && between.iter().all(is_between)
            && self.passage.together(self.place(last.figure), self.place(figure))
            && !self.passage.hits.iter().any(is_cue);
        is_one.then_some(last)
    }

    /// An old value in the unit of the new one; people are often counted without a word for them.
    fn in_unit_of(&self, old: &Value, new: &Value) -> Option<Value> {
        let (Value::Quantity(old), Value::Quantity(new)) = (old, new) else { return None };
        let persons = self.vocabulary.units.find("persons");
        let is_counted = old.unit == Quantity::counted(0).unit && Some(new.unit) == persons;
        (old.unit == new.unit || is_counted).then(|| Value::Quantity(Quantity { unit: new.unit, ..old.clone() }))
    }
}
