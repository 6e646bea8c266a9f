//! The decision for each figure: which measure, of whom, with which qualifiers, or none.

use rustc_hash::FxHashSet;

use super::lexicon::{Hit, Lexicon, Sense};
use super::passage::{Named, Passage, Role};
use super::period;
use super::subject::{self, Topic};
use super::value::value;
use super::{About, Bound, Confidence, Doubt};
use crate::extract::{Kind, Mention};
use crate::figure::quantity::Decimal;
use crate::figure::{Dimension, Reading, Value};
use crate::rules::vocabulary::{OVER, Phrase, ValuesOf};
use crate::rules::{MeasureId, Name, QualifierId, Vocabulary};

/// More unknown words between a cue and its figure, and they may say anything.
const MOST_UNKNOWN: usize = 1;
/// And so many in its whole clause.
const MOST_FOREIGN: usize = 2;

/// A measure that fits a figure, where it is spoken of, and how it states the figure.
#[derive(Clone, Debug)]
struct Candidate {
    cue: Hit,
    /// The measure itself, or a facet of it.
    measure: MeasureId,
    base: MeasureId,
    value: Value,
    confidence: Confidence,
}

/// Where a cue stands, seen from the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In the clause of the figure.
    Clause,
    /// In the words that belong to the figure alone, in another clause.
    Own,
    /// Before another figure of the sentence, of which this one goes on.
    Sentence,
}

/// Part of a whole, by the qualifier that tells the parts apart.
type Part = (QualifierId, Box<str>);

struct Binder<'a> {
    passage: &'a Passage<'a>,
    mentions: &'a [Mention],
    topic: &'a Topic,
    lexicon: &'a Lexicon,
    vocabulary: &'a Vocabulary,
}

/// Binds the figures of a passage.
pub fn passage(
    passage: &Passage<'_>,
    mentions: &[Mention],
    topic: &Topic,
    lexicon: &Lexicon,
    vocabulary: &Vocabulary,
    found: &mut Vec<Bound>,
    periods: &mut FxHashSet<usize>,
) {
    let binder = Binder { passage, mentions, topic, lexicon, vocabulary };
    for (index, figure) in passage.figures.iter().enumerate() {
        let Some(mention) = mentions.get(figure.mention) else { continue };
        let Some(value) = value(mention, &vocabulary.units) else { continue };
        let bound = binder.bind(index, mention, &value, periods);
        match bound {
            Ok(claims) if !claims.is_empty() => {
                let claims = claims.into_iter();
                found.extend(claims.map(|(value, about)| Bound { mention: figure.mention, value, about: Ok(about) }));
            }
            Ok(_) => found.push(Bound { mention: figure.mention, value, about: Err(Doubt::Qualifiers) }),
            Err(doubt) => found.push(Bound { mention: figure.mention, value, about: Err(doubt) }),
        }
    }
}

impl Binder<'_> {
    fn bind(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Result<Vec<(Value, About)>, Doubt> {
        let (candidate, reach) = self.candidate(figure, mention, value)?;
        let is_share = self.facet(candidate.measure) == Some("share");
        let parts = self.parts(figure, &candidate, reach, is_share).ok_or(Doubt::Qualifiers)?;
        let (others, rest) = self.others(figure, &candidate, reach).ok_or(Doubt::Subjects)?;
        let owner = self.owner(figure, &candidate, reach, &others, &rest)?;
        let mut confidence = candidate.confidence.min(owner.confidence);
        let mut qualifiers: Vec<Part> = Vec::new();
        for other in &others {
            let qualifier = self.other_side(candidate.base).ok_or(Doubt::Subjects)?;
            if other.name == owner.name {
                return Err(Doubt::Subjects);
            }
            qualifiers.push((qualifier, self.word(other.name)));
        }
        let mut sets = Vec::new();
        if is_share {
            let over = self.vocabulary.qualifier_id(OVER).ok_or(Doubt::Qualifiers)?;
            let is_of = candidate.cue.start >= self.passage.figures[figure].end;
            if parts.is_empty() && !is_of && !self.facet_said(figure, "share") {
                return Err(Doubt::Qualifiers);
            }
            let mut wholes: Vec<Part> = parts;
            if wholes.is_empty() {
                wholes.append(&mut qualifiers);
            }
            for part in wholes {
                let qualifier = self.vocabulary.qualifier(part.0).id.clone();
                sets.push(vec![part, (over, qualifier)]);
            }
        } else {
            sets.push(parts);
        }
        if let Some(period) =
            self.vocabulary.qualifier_id("period").filter(|period| self.has(candidate.measure, *period))
        {
            match period::period(self.passage, figure, self.mentions) {
                Some((written, dates)) => {
                    periods.extend(dates);
                    qualifiers.push((period, written));
                }
                None => confidence = confidence.min(Confidence::Likely),
            }
        }
        if let Some(since) = self.vocabulary.qualifier_id("since").filter(|since| self.has(candidate.measure, *since))
            && let Some((written, mention)) = period::since(self.passage, figure, self.mentions)
        {
            periods.insert(mention);
            qualifiers.push((since, written));
        }
        if let Some(speaker) = self.speaker(figure).filter(|speaker| *speaker != owner.name)
            && let Some(qualifier) = self.vocabulary.qualifier_id("according_to")
        {
            qualifiers.push((qualifier, self.word(speaker)));
        }
        let required = |about: &About| {
            let measure = self.vocabulary.measure(about.measure);
            measure.qualifiers.iter().all(|id| {
                let is_needed = self.vocabulary.qualifier(*id).required || measure.needs.contains(id);
                !is_needed || about.qualifiers.iter().any(|(stated, _)| stated == id)
            })
        };
        let claims = sets.into_iter().map(|mut set| {
            set.extend(qualifiers.iter().cloned());
            set.sort();
            About { subject: owner.name, measure: candidate.measure, qualifiers: set, confidence }
        });
        if self.is_out_of_bounds(&candidate) {
            return Err(Doubt::NoMeasure);
        }
        Ok(claims.filter(required).map(|about| (candidate.value.clone(), about)).collect())
    }

    // ---- the measure

    fn candidate(&self, figure: usize, mention: &Mention, value: &Value) -> Result<(Candidate, Reach), Doubt> {
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
    fn is_measure_spoken_of(&self, from: usize, to: usize, at: usize) -> bool {
        self.passage.hits.iter().any(|hit| {
            matches!(hit.sense, Sense::Measure(_))
                && hit.start >= from
                && hit.end <= to
                && self.passage.joined(hit.start, at)
        })
    }

    /// Whether a cue follows its figure as what the figure is of: `6 billion in exports`, `70 % of the population`.
    fn is_right_behind(&self, figure: usize, candidate: &Candidate) -> bool {
        const NEAR: usize = 3;
        let end = self.passage.figures[figure].end;
        let between = end..candidate.cue.start;
        let is_new = |word: usize| {
            let word = self.passage.words[word].folded.as_str();
            matches!(word, "and" | "but" | "or" | "while" | "и" | "а" | "но" | "или" | "при" | "او" | "بينما" | "و")
        };
        // the conjunction that Arabic writes as one with the word
        let joins =
            self.passage.words[candidate.cue.start].text.starts_with('و') && self.is_of_next(figure, &candidate.cue);
        between.len() <= NEAR
            && !between.clone().any(is_new)
            && self.passage.unknown(between.start, between.end) == 0
            && !joins
    }

    /// Whether another figure follows a cue in its clause.
    fn is_of_next(&self, figure: usize, cue: &Hit) -> bool {
        let next = self.passage.figures[figure + 1..].iter().find(|other| !other.is_date);
        next.is_some_and(|next| next.first >= cue.end && self.passage.joined(next.first, cue.start))
    }

    /// The one measure that candidates agree on, in its nearest place.
    fn only(&self, candidates: Vec<Candidate>, figure: usize) -> Result<Candidate, Doubt> {
        let first = self.passage.figures[figure].first;
        let id = |candidate: &Candidate| &*self.vocabulary.measure(candidate.base).id;
        let is_general = |candidate: &Candidate| {
            candidates
                .iter()
                .any(|other| id(other).strip_prefix(id(candidate)).is_some_and(|rest| rest.starts_with('.')))
        };
        let specific: Vec<&Candidate> = candidates.iter().filter(|candidate| !is_general(candidate)).collect();
        let nearest =
            *specific.iter().min_by_key(|candidate| first.abs_diff(candidate.cue.start)).ok_or(Doubt::NoMeasure)?;
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
    fn is_modified(&self, candidate: &Candidate) -> bool {
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
    fn fitted(&self, figure: usize, cue: &Hit, mention: &Mention, value: &Value) -> Option<Candidate> {
        let Sense::Measure(base) = cue.sense else { return None };
        let units = &self.vocabulary.units;
        let dimension = self.vocabulary.measure(base).dimension;
        // of two readings the first is only likely
        let most = if mention.alternatives.is_empty() { Confidence::Sure } else { Confidence::Likely };
        let candidate = |measure, value: Value, confidence: Confidence| {
            Some(Candidate { cue: *cue, measure, base, value, confidence: confidence.min(most) })
        };
        let spot = self.passage.figures[figure];
        let unitless = mention.unit.is_none() && matches!(mention.kind, Kind::Count | Kind::Number);
        if mention.kind == Kind::Age || spot.is_base {
            return None;
        }
        let is_whole = mention.figure.nominal.as_ref().is_none_or(crate::figure::Number::is_integer);
        let is_counted = dimension.is_counted() && mention.kind != Kind::Percent;
        if is_counted && !is_whole {
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
            let measure =
                self.vocabulary.facet(base, "rank").filter(|_| is_close && self.facet_said(figure, "rank"))?;
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

    /// Whether the measure can never have the value.
    fn is_out_of_bounds(&self, candidate: &Candidate) -> bool {
        let measure = self.vocabulary.measure(candidate.measure);
        let (Some(bounds), Value::Quantity(quantity)) = (&measure.bounds, &candidate.value) else { return false };
        quantity.interval(&self.vocabulary.units, Reading::Tight, measure.rounding).intersection(bounds).is_none()
    }

    /// Whether a cue stands beside the figure or in it.
    fn is_near(&self, figure: usize, cue: &Hit) -> bool {
        let spot = self.passage.figures[figure];
        let behind = cue.start >= spot.first && cue.start <= spot.end;
        let before =
            cue.end <= spot.first && self.passage.unknown(cue.end, spot.first) == 0 && spot.first - cue.end <= 2;
        behind || before
    }

    /// Whether words of a facet stand in the words of the figure.
    fn facet_said(&self, figure: usize, name: &str) -> bool {
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
    fn signed(&self, figure: usize, value: &Value) -> Option<Value> {
        let (from, to) = self.passage.own(figure);
        let at = self.passage.figures[figure].first.min(self.passage.words.len().saturating_sub(1));
        let falls = (from..to).any(|word| self.passage.joined(word, at) && self.passage.does(word, Phrase::Fall));
        if falls { negative(value) } else { Some(value.clone()) }
    }

    /// Whether the words of a cue say that what may lie below zero does.
    fn is_deficit(&self, base: MeasureId, cue: &Hit) -> bool {
        let is_signed = self.vocabulary.measure(base).tags.iter().any(|tag| &**tag == "signed");
        is_signed && (cue.start..cue.end).any(|word| self.lexicon.means(&self.passage.words[word], Phrase::Deficit))
    }

    fn facet(&self, measure: MeasureId) -> Option<&str> {
        self.vocabulary.measure(measure).facet_of.as_ref().map(|(_, facet)| &**facet)
    }

    // ---- the qualifiers

    fn has(&self, measure: MeasureId, qualifier: QualifierId) -> bool {
        self.vocabulary.has_qualifier(measure, qualifier)
    }

    fn word(&self, name: Name) -> Box<str> {
        self.vocabulary.names.word(name).into()
    }

    /// The values of qualifiers that are named beside the figure: of a share the parts that it is of, one for each claim;
    /// of anything else at most one of each qualifier. `None` where they leave doubt.
    fn parts(&self, figure: usize, candidate: &Candidate, reach: Reach, is_share: bool) -> Option<Vec<Part>> {
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
            found.retain(|(_, start)| self.passage.joined(*start, at));
        }
        if !is_share {
            // what is measured may be named with its cue
            let cue = &candidate.cue;
            found.extend(members(cue.start.saturating_sub(2), (cue.end + 2).min(self.passage.words.len())));
        }
        let own = |part: &Part| self.has(candidate.base, part.0);
        let is_beside = |start: usize| start + 1 == candidate.cue.start || start == candidate.cue.end;
        if found.iter().any(|(part, start)| !own(part) && is_beside(*start)) {
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
    fn is_told_apart(&self, figure: usize) -> bool {
        let (from, to) = self.passage.own(figure);
        let named = self.passage.named.iter().any(|named| named.start >= from && named.end <= to);
        named || self.passage.figures.iter().any(|date| date.is_date && date.first >= from && date.end <= to)
    }

    /// The qualifier that names the other side, where a measure has one.
    fn other_side(&self, measure: MeasureId) -> Option<QualifierId> {
        let mut sides = self.vocabulary.measure(measure).qualifiers.iter().copied();
        sides.find(|id| self.vocabulary.qualifier(*id).of == ValuesOf::Subject)
    }

    /// Who stands beside the figure as the other side, and who else. `None` where that is not clear.
    fn others(&self, figure: usize, candidate: &Candidate, reach: Reach) -> Option<(Vec<Named>, Vec<Named>)> {
        let spot = self.passage.figures[figure];
        let (from, to) = self.passage.own(figure);
        let cue = &candidate.cue;
        let reaches = |named: &&Named| {
            let is_own = named.start >= from
                && named.end <= to
                && self.passage.joined(named.start, spot.first.min(self.passage.words.len() - 1));
            let is_of_cue =
                named.start >= cue.start && named.end <= spot.first && self.passage.joined(named.start, cue.start);
            let between = named.start >= cue.end && named.end <= spot.first;
            named.role != Role::Speaker && (is_own || reach != Reach::Sentence && (between || is_of_cue))
        };
        let near: Vec<Named> = self.passage.named.iter().filter(reaches).copied().collect();
        let Some(side) = self.other_side(candidate.base) else { return Some((Vec::new(), near)) };
        let is_required = self.vocabulary.qualifier(side).required;
        let mut others: Vec<Named> = near.iter().filter(|named| named.role == Role::Other).copied().collect();
        if others.is_empty()
            && let Some((_, second)) = self.between(cue)
        {
            others.push(second);
        }
        // the last one named before the figure, of those that are not the owner
        if others.is_empty() && (is_required || reach == Reach::Sentence) {
            let is_behind_cue = |named: &&Named| reach == Reach::Sentence || named.start >= cue.end;
            others.extend(
                near.iter().filter(is_behind_cue).filter(|named| matches!(named.role, Role::Bare | Role::Owner)),
            );
        }
        others.dedup_by_key(|named| named.name);
        if others.len() > 1 {
            return None;
        }
        let is_other = |named: &Named| others.iter().any(|other| other.start == named.start);
        let rest = near.iter().filter(|named| !is_other(named)).copied().collect();
        Some((others, rest))
    }

    /// The two sides between which something is, where a cue is followed by `between A and B`.
    fn between(&self, cue: &Hit) -> Option<(Named, Named)> {
        let opens = (cue.end..cue.end + 2).find(|word| self.passage.does(*word, Phrase::Between))?;
        let mut sides =
            self.passage.named.iter().filter(|named| named.start > opens && self.passage.joined(named.start, opens));
        let (first, second) = (sides.next()?, sides.next()?);
        (first.start <= opens + 2 && second.start - first.end <= 2).then_some((*first, *second))
    }

    /// The owner; of a list that goes on, whom the figure names itself.
    fn owner(
        &self,
        figure: usize,
        candidate: &Candidate,
        reach: Reach,
        others: &[Named],
        rest: &[Named],
    ) -> Result<subject::Owner, Doubt> {
        let free: Vec<&Named> = rest.iter().filter(|named| matches!(named.role, Role::Bare | Role::Owner)).collect();
        if reach == Reach::Sentence
            && let [only] = free[..]
        {
            return Ok(subject::Owner { name: only.name, confidence: Confidence::Likely, place: Some(only.start) });
        }
        if let Some((first, _)) = self.between(&candidate.cue) {
            return Ok(subject::Owner { name: first.name, confidence: Confidence::Likely, place: Some(first.start) });
        }
        let side = self.other_side(candidate.base);
        let has_other = side.is_some_and(|side| self.vocabulary.qualifier(side).required);
        let owner = subject::owner(
            self.passage,
            &candidate.cue,
            figure,
            others,
            self.topic,
            subject::List { goes_on: reach == Reach::Sentence, has_other },
        )?;
        // nobody stands beside the figure without a part in it
        let is_idle = |named: &&Named| named.name != owner.name;
        if rest.iter().any(|named| is_idle(&named)) {
            return Err(Doubt::Subjects);
        }
        // an event is of whom its own clause names
        let is_counted = self.vocabulary.measure(candidate.measure).dimension == Dimension::COUNT;
        if is_counted && owner.place.is_none() && owner.confidence == Confidence::Guess {
            return Err(Doubt::Subjects);
        }
        let is_event = matches!(self.vocabulary.measure(candidate.base).dimension, Dimension::Date | Dimension::Period);
        let first = self.passage.figures[figure].first;
        let is_told = |place: usize| {
            self.passage.joined(place, candidate.cue.start)
                && self.passage.unknown(place.min(first), first.max(place)) == 0
        };
        let named = self.passage.named.iter().find(|named| Some(named.start) == owner.place);
        let is_itself = named.is_some_and(|named| named.role != Role::Adjective && !self.passage.is_place(named));
        let is_second =
            self.passage.figures[..figure].iter().any(|date| date.is_date && date.first >= candidate.cue.start);
        if is_event && (!owner.place.is_some_and(is_told) || !is_itself || is_second) {
            return Err(Doubt::Subjects);
        }
        Ok(owner)
    }

    /// Who says what the sentence of a figure says.
    fn speaker(&self, figure: usize) -> Option<Name> {
        let at = self.passage.figures[figure].first.min(self.passage.words.len().saturating_sub(1));
        let speakers = self
            .passage
            .named
            .iter()
            .filter(|named| named.role == Role::Speaker && self.passage.together(named.start, at));
        let mut names: Vec<Name> = speakers.map(|named| named.name).collect();
        names.dedup();
        match names[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// A figure below zero; not a bound or a range, whose ends would change places.
fn negative(value: &Value) -> Option<Value> {
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
