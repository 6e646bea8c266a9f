//! Which measure a figure states: the cue that speaks of it, and whether dimension, unit and neighbours bear it out.
//!
//! Dates of events are bound in [`super::dates`].

use super::decide::{Binder, Candidate, Reach};
use super::lexicon::{Hit, Sense};
use super::{Confidence, Doubt};
use crate::extract::{Kind, Mention};
use crate::figure::quantity::Decimal;
use crate::figure::{Dimension, Reading, Value};
use crate::rules::MeasureId;
use crate::rules::vocabulary::Phrase;

/// More unknown words between a cue and its figure, and they may say anything.
const MOST_UNKNOWN: usize = 1;
/// And so many in its whole clause.
const MOST_FOREIGN: usize = 2;

/// Words behind a place that say what has it.
const BEHIND_RANK: usize = 4;

impl Binder<'_> {
    pub(super) fn candidate(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
    ) -> Result<(Candidate, Reach), Doubt> {
        let spot = self.passage.figures[figure];
        let (from, to) = self.passage.own(figure);
        let at = spot.first.min(self.passage.words.len().checked_sub(1).ok_or(Doubt::NoMeasure)?);
        let cues = |range: std::ops::Range<usize>| {
            let inside = move |hit: &&Hit| hit.start >= range.start && hit.end <= range.end;
            self.passage.hits.iter().filter(inside).filter_map(|hit| self.fitted(figure, hit, mention, value))
        };
        let in_clause = |candidate: &Candidate| self.passage.joined(candidate.cue.start, at);
        let before: Vec<Candidate> = cues(from..spot.end).collect();
        let close: Vec<Candidate> = before.iter().filter(|candidate| in_clause(candidate)).cloned().collect();
        if !close.is_empty() {
            return self.only(close, figure).map(|candidate| (candidate, Reach::Clause));
        }
        let behind: Vec<Candidate> = cues(spot.end..to)
            .filter(|candidate| in_clause(candidate) && self.is_right_behind(figure, candidate))
            .collect();
        if !behind.is_empty() {
            return self.only(behind, figure).map(|candidate| (candidate, Reach::Clause));
        }
        if mention.date.is_some() {
            return Err(Doubt::NoMeasure);
        }
        if let Some(last) = before.last() {
            let clause = self.passage.words[last.cue.start].clause;
            let same = before.iter().filter(|other| self.passage.words[other.cue.start].clause == clause).cloned();
            let mut found = self.only(same.collect(), figure)?;
            found.confidence = found.confidence.min(Confidence::Likely);
            return Ok((found, Reach::Own));
        }
        // a list goes on: nothing stands here that might be another measure, and something that tells the figure apart
        if self.passage.unknown(from, spot.first) > 0 || self.is_measure_spoken_of(from, to, at) {
            return Err(Doubt::NoMeasure);
        }
        let earlier: Vec<Candidate> = cues(self.passage.sentence_start(at)..from).collect();
        let last = earlier.last().ok_or(Doubt::NoMeasure)?;
        let clause = self.passage.words[last.cue.start].clause;
        let start = self.passage.words.partition_point(|word| word.clause < clause);
        let mut found = self.only(cues(start..from).collect(), figure)?;
        found.confidence = found.confidence.min(Confidence::Likely);
        Ok((found, Reach::Sentence))
    }

    /// Whether any measure is spoken of between two words, in the clause of the figure.
    pub(super) fn is_measure_spoken_of(&self, from: usize, to: usize, at: usize) -> bool {
        self.passage.hits.iter().any(|hit| {
            matches!(hit.sense, Sense::Measure(_))
                && hit.start >= from
                && hit.end <= to
                && self.passage.joined(hit.start, at)
        })
    }

    /// Whether a cue follows its figure as what the figure is of: `6 billion in exports`, `70 % of the population`.
    pub(super) fn is_right_behind(&self, figure: usize, candidate: &Candidate) -> bool {
        const NEAR: usize = 3;
        let end = self.passage.figures[figure].end;
        let between = end..candidate.cue.start;
        let is_new = |word: usize| self.passage.does(word, Phrase::Joins);
        // the conjunction that Arabic writes as one with the word
        let joins =
            self.passage.words[candidate.cue.start].text.starts_with('و') && self.is_of_next(figure, &candidate.cue);
        between.len() <= NEAR
            && !between.clone().any(is_new)
            && self.passage.unknown(between.start, between.end) == 0
            && !joins
    }

    /// Whether another figure follows a cue in its clause.
    pub(super) fn is_of_next(&self, figure: usize, cue: &Hit) -> bool {
        let next = self.passage.figures[figure + 1..].iter().find(|other| !other.is_date);
        next.is_some_and(|next| next.first >= cue.end && self.passage.joined(next.first, cue.start))
    }

    /// The one measure that candidates agree on, in its nearest place.
    pub(super) fn only(&self, candidates: Vec<Candidate>, figure: usize) -> Result<Candidate, Doubt> {
        let first = self.passage.figures[figure].first;
        let id = |candidate: &Candidate| &*self.vocabulary.measure(candidate.base).id;
        let is_general = |candidate: &Candidate| {
            candidates
                .iter()
                .any(|other| id(other).strip_prefix(id(candidate)).is_some_and(|rest| rest.starts_with('.')))
        };
        let specific: Vec<&Candidate> = candidates.iter().filter(|candidate| !is_general(candidate)).collect();
        // a unit that speaks of a measure says less than a word for it: `a population of 40 inhabitants`
        let end = self.passage.figures[figure].end;
        let is_unit = |candidate: &&&Candidate| candidate.cue.start >= first && candidate.cue.end <= end;
        let nearest = specific
            .iter()
            .min_by_key(|candidate| (is_unit(candidate), first.abs_diff(candidate.cue.start)))
            .copied()
            .ok_or(Doubt::NoMeasure)?;
        if specific.iter().any(|other| other.measure != nearest.measure) {
            return Err(Doubt::Measures);
        }
        // a measure that is named twice is spoken of from the first time on
        let earliest = specific.iter().min_by_key(|candidate| candidate.cue.start).copied().unwrap_or(nearest);
        let goes_on = earliest.cue.end <= first && self.passage.unknown(earliest.cue.end, first) == 0;
        let nearest = if goes_on { earliest } else { nearest };
        let unknown = self.passage.unknown(nearest.cue.end.min(first), first);
        let (from, _) = self.passage.own(figure);
        let at = first.min(self.passage.words.len().saturating_sub(1));
        let end = self.passage.figures[figure].end.max(nearest.cue.end);
        let foreign = self.passage.foreign(from.min(nearest.cue.start), end, at, nearest.base);
        // `rate of urbanization: 2 %`: what stands before a colon is the name of the figure
        let before = self.mentions.get(self.passage.figures[figure].mention).map(|mention| mention.offset as usize);
        let before = before.and_then(|start| self.passage.text.get(..start)).unwrap_or_default();
        if unknown > 0 && before.trim_end().ends_with(':') {
            return Err(Doubt::UnknownWords);
        }
        if unknown > MOST_UNKNOWN || foreign > MOST_FOREIGN || self.is_modified(nearest) {
            return Err(Doubt::UnknownWords);
        }
        let confidence = match unknown.max(foreign) {
            0 => nearest.confidence,
            1 => nearest.confidence.min(Confidence::Likely),
            _ => Confidence::Guess,
        };
        Ok(Candidate { confidence, ..nearest.clone() })
    }

    /// Whether an unknown word stands right beside a cue and so may make something else of it: `arms exports`.
    pub(super) fn is_modified(&self, candidate: &Candidate) -> bool {
        let cue = &candidate.cue;
        let is_unknown = |word: usize| self.passage.is_unknown(word) && self.passage.joined(word, cue.start);
        let before = cue
            .start
            .checked_sub(1)
            .is_some_and(|word| is_unknown(word) && !self.passage.words[cue.start].is_after_mark);
        let behind = is_unknown(cue.end) && !self.passage.words[cue.end].is_after_mark;
        before || behind
    }

    /// The measure of a cue as it can state the figure.
    pub(super) fn fitted(&self, figure: usize, cue: &Hit, mention: &Mention, value: &Value) -> Option<Candidate> {
        let Sense::Measure(base) = cue.sense else { return None };
        let units = &self.vocabulary.units;
        let dimension = self.vocabulary.measure(base).dimension;
        // of two readings the first is only likely
        let most = if mention.alternatives.is_empty() { Confidence::Sure } else { Confidence::Likely };
        let candidate = |measure, value: Value, confidence: Confidence| {
            Some(Candidate { cue: *cue, measure, base, value, confidence: confidence.min(most) })
        };
        let spot = self.passage.figures[figure];
        // `rose by 3 to 28 million` is no range
        if matches!(value, Value::Quantity(quantity) if quantity.upper.is_some()) && self.facet_said(figure, "growth")
            || self.is_of_share_before(figure, cue)
            || self.is_part_of_next(figure)
        {
            return None;
        }
        let unitless = mention.unit.is_none() && matches!(mention.kind, Kind::Count | Kind::Number);
        // `per 100 inhabitants` speaks of no inhabitants
        let is_of_base =
            self.passage.figures.iter().any(|base| base.is_base && cue.start >= base.first && cue.start <= base.end);
        if mention.kind == Kind::Age || spot.is_base || is_of_base {
            return None;
        }
        let is_whole = mention.figure.nominal.as_ref().is_none_or(crate::figure::Number::is_integer);
        let is_counted = dimension.is_counted() && mention.kind != Kind::Percent;
        if is_counted && !is_whole {
            return None;
        }
        // `2.6 million Cairo` is of the town
        let is_of_town = unitless && self.is_town(spot.end);
        if is_of_town {
            return None;
        }
        if value.fits(dimension, units) {
            if unitless && self.passage.counts_unknown(figure) {
                return None;
            }
            let value = if self.is_deficit(base, cue) { negative(value)? } else { value.clone() };
            let is_near = dimension != Dimension::COUNT || self.is_near(figure, cue);
            // a number of things says nothing of its unit, and a date is of an event only where it stands beside it
            return if is_near { candidate(base, value, Confidence::Sure) } else { None };
        }
        if unitless && self.passage.counts_unknown(figure) {
            return None;
        }
        if let Value::Quantity(quantity) = value {
            let with = |unit: &str| {
                let unit = units.find(unit)?;
                let value = Value::Quantity(crate::figure::Quantity { unit, ..quantity.clone() });
                value.fits(dimension, units).then_some(value)
            };
            if unitless && dimension == Dimension::PERSONS {
                return candidate(base, with("persons")?, Confidence::Likely);
            }
            if let Some(unit) = &mention.unit
                && let Some(value) = with(&format!("{unit}/persons"))
            {
                return candidate(base, value, Confidence::Likely);
            }
        }
        if let Value::Rank { .. } = value {
            let is_close =
                self.is_near(figure, cue) || self.passage.joined(cue.start, self.passage.figures[figure].first);
            // what stands right behind a place is ranked: `the second largest producer`
            let behind = cue.end <= spot.first && self.passage.unknown(spot.end, spot.end + BEHIND_RANK) > 0;
            let measure = self.vocabulary.facet(base, "rank");
            let measure = measure.filter(|_| is_close && !behind && self.facet_said(figure, "rank"))?;
            return candidate(measure, value.clone(), Confidence::Likely);
        }
        if mention.kind == Kind::Ratio && mention.unit.as_deref() == Some("times") {
            let measure = self.vocabulary.facet(base, "multiple").filter(|_| !self.falls(figure))?;
            return candidate(measure, value.clone(), Confidence::Likely);
        }
        if mention.kind == Kind::Percent {
            let (share, growth) = (self.facet_said(figure, "share"), self.facet_said(figure, "growth"));
            let is_of = cue.start >= self.passage.figures[figure].end;
            let growth = growth || mention.figure.nominal.as_ref().is_some_and(crate::figure::Number::is_negative);
            let share = share && !mention.figure.nominal.as_ref().is_some_and(crate::figure::Number::is_negative);
            let (name, confidence) = match (share || is_of, growth) {
                (true, false) => ("share", Confidence::Sure),
                (false, true) => ("growth", Confidence::Sure),
                (false, false) => ("share", Confidence::Likely),
                (true, true) => return None,
            };
            let measure = self.vocabulary.facet(base, name)?;
            let value = if name == "growth" { self.signed(figure, value)? } else { value.clone() };
            return candidate(measure, value, confidence);
        }
        None
    }

    /// Whether a count is part of the next: `22 voters out of 69`.
    fn is_part_of_next(&self, figure: usize) -> bool {
        let spot = self.passage.figures[figure];
        let Some(next) = self.passage.figures.get(figure + 1).filter(|next| !next.is_date) else { return false };
        let is_count = |spot: &super::passage::Spot| {
            let mention = self.mentions.get(spot.mention);
            mention.is_some_and(|mention| matches!(mention.kind, Kind::Count | Kind::Number))
        };
        let end = next.first.min(spot.end + 4);
        let is_out_of = next.first.checked_sub(1).is_some_and(|word| self.passage.does(word, Phrase::OutOf));
        is_count(&spot)
            && is_count(next)
            && is_out_of
            && end == next.first
            && self.passage.joined(spot.first, next.first)
    }

    /// Whether a cue says what the share before it is of: `oil is 69 % of exports and grew by 2 %`.
    fn is_of_share_before(&self, figure: usize, cue: &Hit) -> bool {
        let before = self.passage.figures[..figure].iter().rev().find(|other| !other.is_date && other.end <= cue.start);
        let is_share = |spot: &&super::passage::Spot| {
            let kind = self.mentions.get(spot.mention).map(|mention| mention.kind);
            let between = spot.end..cue.start;
            kind == Some(Kind::Percent)
                && between.len() <= 2
                && between
                    .clone()
                    .any(|word| self.passage.does(word, Phrase::Of) || self.passage.does(word, Phrase::From))
                && cue.end <= self.passage.figures[figure].first
        };
        before.filter(is_share).is_some()
    }

    /// Whether a word opens the name of a place.
    fn is_town(&self, word: usize) -> bool {
        let is_place = |hit: &Hit| match hit.sense {
            Sense::Member(qualifier, _) => &*self.vocabulary.qualifier(qualifier).id == "place",
            _ => false,
        };
        self.passage.hits.iter().any(|hit| hit.start == word && is_place(hit))
    }

    /// Whether the measure can never have the value.
    pub(super) fn is_out_of_bounds(&self, candidate: &Candidate) -> bool {
        let measure = self.vocabulary.measure(candidate.measure);
        let (Some(bounds), Value::Quantity(quantity)) = (&measure.bounds, &candidate.value) else { return false };
        quantity.interval(&self.vocabulary.units, Reading::Tight, measure.rounding).intersection(bounds).is_none()
    }

    /// Whether a cue stands beside the figure or in it.
    pub(super) fn is_near(&self, figure: usize, cue: &Hit) -> bool {
        let spot = self.passage.figures[figure];
        let behind = cue.start >= spot.first && cue.start <= spot.end;
        let before =
            cue.end <= spot.first && self.passage.unknown(cue.end, spot.first) == 0 && spot.first - cue.end <= 2;
        behind || before
    }

    /// Whether words of a facet stand in the words of the figure.
    pub(super) fn facet_said(&self, figure: usize, name: &str) -> bool {
        let (from, to) = self.passage.own(figure);
        let spot = self.passage.figures[figure];
        let at = spot.first.min(self.passage.words.len().saturating_sub(1));
        self.passage.hits.iter().any(|hit| match hit.sense {
            Sense::Facet(facet) => {
                hit.start >= from
                    && hit.end <= to
                    && self.passage.joined(hit.start, at)
                    && self.lexicon.facets.get(usize::from(facet)).is_some_and(|facet| &**facet == name)
            }
            _ => false,
        })
    }

    /// A growth below zero where the words say that it is a fall.
    pub(super) fn signed(&self, figure: usize, value: &Value) -> Option<Value> {
        if self.falls(figure) { negative(value) } else { Some(value.clone()) }
    }

    /// Whether the words of a figure say that it is of a fall.
    fn falls(&self, figure: usize) -> bool {
        let (from, to) = self.passage.own(figure);
        let at = self.place(figure);
        (from..to).any(|word| self.passage.joined(word, at) && self.passage.does(word, Phrase::Fall))
    }

    /// Whether the words of a cue say that what may lie below zero does.
    pub(super) fn is_deficit(&self, base: MeasureId, cue: &Hit) -> bool {
        let is_signed = self.vocabulary.measure(base).tags.iter().any(|tag| &**tag == "signed");
        is_signed && (cue.start..cue.end).any(|word| self.lexicon.means(&self.passage.words[word], Phrase::Deficit))
    }

    pub(super) fn facet(&self, measure: MeasureId) -> Option<&str> {
        self.vocabulary.measure(measure).facet_of.as_ref().map(|(_, facet)| &**facet)
    }
}

/// A figure below zero; not a bound or a range, whose ends would change places.
pub(super) fn negative(value: &Value) -> Option<Value> {
    let Value::Quantity(quantity) = value else { return None };
    if quantity.upper.is_some() || quantity.hedge.is_some() {
        return None;
    }
    let number = &quantity.number;
    if number.significand().is_negative() {
        return Some(value.clone());
    }
    let number = Decimal::new(-&number.significand(), number.decimals(), number.scale());
    Some(Value::Quantity(crate::figure::Quantity { number, ..quantity.clone() }))
}
