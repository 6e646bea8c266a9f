//! What a figure takes over from the one bound before it: a change of it, its share, its rank, its other side.

use rustc_hash::FxHashSet;

use super::decide::{Before, Binder, Candidate, Part};
use super::lexicon::{Hit, Sense};
use super::named::Named;
use super::period;
use super::{About, Confidence};
use crate::extract::{Kind, Mention};
use crate::figure::{Reading, Value};
use crate::rules::vocabulary::{OVER, ValuesOf};
use crate::rules::{MeasureId, Name, QualifierId};

impl Binder<'_> {
    /// What a figure says of the one before it in its sentence: by how much it grew, which share it is, which place it has.
    pub(super) fn following(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Option<(Value, About)> {
        let (from, _) = self.passage.own(figure);
        let at = self.place(figure);
        let last = self.last(figure)?;
        // nothing may stand between that could be what the figure is of
        if self.is_measure_spoken_of(from, at, at) {
            return None;
        }
        if matches!(value, Value::Rank { .. }) {
            return self.rank_of(last, figure, value);
        }
        if mention.kind == Kind::Percent {
            return self
                .growth_of(last, figure, mention, value, periods)
                .or_else(|| self.share_of(last, figure, mention, value));
        }
        None
    }

    /// The last figure bound before one in its sentence, with no other between them.
    fn last(&self, figure: usize) -> Option<&Before> {
        let last = self.before.last()?;
        let between = self.passage.figures.get(last.figure + 1..figure)?;
        let is_next = between.iter().all(|other| other.is_date);
        (is_next && self.passage.together(self.place(last.figure), self.place(figure))).then_some(last)
    }

    /// `The border is 90 km long, which is the second longest border`.
    fn rank_of(&self, last: &Before, figure: usize, value: &Value) -> Option<(Value, About)> {
        let base = self.base(last.about.measure);
        let rank = self.vocabulary.facet(base, "rank")?;
        if self.facet(last.about.measure) == Some("share") {
            return self.rank_of_share(last, figure, value);
        }
        let (start, spot) = (self.passage.figures[last.figure].end, self.passage.figures[figure]);
        let (_, to) = self.passage.own(figure);
        // the same is spoken of, or nothing else is
        let is_same = |hit: &Hit| matches!(hit.sense, Sense::Measure(measure) if measure == base);
        let near = |hit: &&Hit| hit.start >= spot.first && hit.end <= to && hit.start <= spot.end + 1;
        let is_told = self.passage.hits.iter().filter(near).any(is_same);
        let is_named = self.passage.named.iter().any(|named| named.start >= start && named.start < spot.first);
        if base != last.about.measure || !is_told || is_named || self.passage.unknown(start, spot.first) > 0 {
            return None;
        }
        let mut qualifiers = last.about.qualifiers.clone();
        qualifiers.retain(|(id, _)| self.has(rank, *id));
        let confidence = last.about.confidence.min(Confidence::Likely);
        Some((value.clone(), About { subject: last.about.subject, measure: rank, qualifiers, confidence }))
    }

    /// `Its share in the trade of Norway was 3 %, which makes it the tenth`: the place of the part that the share is of.
    fn rank_of_share(&self, last: &Before, figure: usize, value: &Value) -> Option<(Value, About)> {
        let rank = self.vocabulary.facet(self.base(last.about.measure), "rank")?;
        let (over, among) = (self.vocabulary.qualifier_id(OVER)?, self.vocabulary.qualifier_id("among")?);
        let whole = last.about.qualifiers.iter().find(|(id, _)| *id == over).map(|(_, word)| word.clone())?;
        let side = self.other_side(last.about.measure).filter(|side| self.vocabulary.qualifier(*side).id == whole)?;
        let partner = last.about.qualifiers.iter().find(|(id, _)| *id == side).map(|(_, word)| word.clone())?;
        let (start, spot) = (self.passage.figures[last.figure].end, self.passage.figures[figure]);
        let clause = self.passage.clause_start(self.place(figure));
        // nobody else is named in its clause, and nothing stands there that nobody knows
        let is_other = |named: &Named| {
            named.start >= clause.max(start)
                && self.passage.together(named.start, self.place(figure))
                && named.name != last.about.subject
                && self.vocabulary.names.word(named.name) != &*partner
        };
        let is_strange = self.passage.unknown(clause.max(start), spot.first) > 0;
        if is_strange || !self.facet_said(figure, "rank") || self.passage.named.iter().any(is_other) {
            return None;
        }
        let mut qualifiers = last.about.qualifiers.clone();
        qualifiers.retain(|(id, _)| self.has(rank, *id) && *id != over);
        qualifiers.push((among, whole));
        qualifiers.sort();
        let confidence = last.about.confidence.min(Confidence::Likely);
        Some((value.clone(), About { subject: last.about.subject, measure: rank, qualifiers, confidence }))
    }

    /// `18 million, which is 2 % less than in 2019`; `18 million (- 2 %)`.
    fn growth_of(
        &self,
        last: &Before,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Option<(Value, About)> {
        let growth = self.vocabulary.facet(last.about.measure, "growth")?;
        let is_negative = mention.figure.nominal.as_ref().is_some_and(crate::figure::Number::is_negative);
        let says = is_negative || self.facet_said(figure, "growth") && !self.facet_said(figure, "share");
        let start = self.passage.figures[last.figure].end;
        if !says || self.passage.unknown(start, self.place(figure)) > 0 {
            return None;
        }
        let value = self.signed(figure, value)?;
        let period = self.vocabulary.qualifier_id("period");
        let mut qualifiers: Vec<Part> = last.about.qualifiers.clone();
        qualifiers.retain(|(id, _)| self.vocabulary.qualifier(*id).id.as_ref() != "since");
        if let Some(since) = self.vocabulary.qualifier_id("since")
            && let Some((written, mention)) = period::since(self.passage, figure, self.mentions)
        {
            periods.insert(mention);
            // one period is not compared with itself
            qualifiers.retain(|(id, own)| Some(*id) != period || *own != written);
            qualifiers.push((since, written));
        }
        qualifiers.sort();
        let confidence = last.about.confidence.min(Confidence::Likely);
        Some((value, About { subject: last.about.subject, measure: growth, qualifiers, confidence }))
    }

    /// `(2.9 million, 48.3 %)`: the share that a part is of its whole, in the bracket of the part.
    fn share_of(&self, last: &Before, figure: usize, mention: &Mention, value: &Value) -> Option<(Value, About)> {
        let share = self.vocabulary.facet(last.about.measure, "share")?;
        let over = self.vocabulary.qualifier_id(OVER)?;
        let is_negative = mention.figure.nominal.as_ref().is_some_and(crate::figure::Number::is_negative);
        let (start, at) = (self.passage.figures[last.figure].end, self.place(figure));
        let is_beside = at - start.min(at) <= 2 && self.passage.unknown(start, at) == 0;
        if is_negative || !is_beside || !self.is_bracketed(last.figure, figure) {
            return None;
        }
        let is_part = |(id, _): &&Part| {
            let qualifier = self.vocabulary.qualifier(*id);
            matches!(qualifier.of, ValuesOf::Word | ValuesOf::Members(_)) && !qualifier.names.is_empty()
        };
        let mut parts = last.about.qualifiers.iter().filter(is_part);
        let (part, None) = (parts.next()?, parts.next()) else { return None };
        let mut qualifiers = last.about.qualifiers.clone();
        qualifiers.push((over, self.vocabulary.qualifier(part.0).id.clone()));
        qualifiers.sort();
        let confidence = last.about.confidence.min(Confidence::Likely);
        Some((value.clone(), About { subject: last.about.subject, measure: share, qualifiers, confidence }))
    }

    /// Whether two figures stand in one bracket and nothing else does but words of grammar.
    fn is_bracketed(&self, one: usize, other: usize) -> bool {
        let mention = |figure: usize| self.mentions.get(self.passage.figures[figure].mention);
        let (Some(one), Some(other)) = (mention(one), mention(other)) else { return false };
        let (start, end) = (one.offset as usize, other.offset as usize + other.text.len());
        let opens = one.text.starts_with(['(', '（'])
            || self.passage.text.get(..start).is_some_and(|text| text.trim_end().ends_with('('));
        let closes = other.text.ends_with(')')
            || self.passage.text.get(end..).is_some_and(|text| text.trim_start().starts_with(')'));
        let between = self.passage.text.get(start + one.text.len()..other.offset as usize).unwrap_or_default();
        opens && closes && !between.contains([')', '('])
    }

    /// Where a sentence goes on about what the one before spoke of: imports of one side after the trade of both have the
    /// same other side, if they are no more than it.
    pub(super) fn take_other_side(
        &self,
        figure: usize,
        candidate: &Candidate,
        owner: Name,
        qualifiers: &mut Vec<Part>,
    ) {
        let Some(side) = self.other_side(candidate.measure) else { return };
        let own = &*self.vocabulary.measure(candidate.measure).id;
        let Some(last) = self.before.iter().rev().find(|last| {
            let id = &*self.vocabulary.measure(last.about.measure).id;
            last.about.subject == owner && (own == id || own.strip_prefix(id).is_some_and(|rest| rest.starts_with('.')))
        }) else {
            return;
        };
        let (here, there) = (self.place(figure), self.place(last.figure));
        let gap = self.passage.words[here].sentence - self.passage.words[there].sentence;
        if gap > 1 || !self.is_at_most(&candidate.value, &last.value) {
            return;
        }
        let whole = |id: &QualifierId| {
            *id == side
                || self.vocabulary.qualifier(*id).of == ValuesOf::Period
                    && &*self.vocabulary.qualifier(*id).id == "period"
        };
        if !last.about.qualifiers.iter().any(|(id, _)| *id == side) {
            return;
        }
        for taken in last.about.qualifiers.iter().filter(|(id, _)| whole(id)) {
            if qualifiers.iter().all(|(id, _)| *id != taken.0) {
                qualifiers.push(taken.clone());
            }
        }
    }

    /// For when a share holds that says nothing of it, after one of the same part in the sentence before: `The Union has 30 %
    /// of the trade of Norway in 2020. 16 % of its imports come from the Union.`
    pub(super) fn time_of_shares(&self, figure: usize, base: MeasureId, owner: Name, part: &Part) -> Option<Part> {
        let period = self.vocabulary.qualifier_id("period")?;
        if period::period(self.passage, figure, self.mentions, base).is_some() {
            return None;
        }
        let here = self.place(figure);
        let of_part = |last: &&Before| {
            self.facet(last.about.measure) == Some("share")
                && last.about.subject == owner
                && last.about.qualifiers.contains(part)
                && self.passage.words[here].sentence - self.passage.words[self.place(last.figure)].sentence <= 1
        };
        let last = self.before.iter().rev().find(of_part)?;
        let family =
            |measure: MeasureId| self.vocabulary.measure(self.base(measure)).id.split('.').next().map(str::to_owned);
        let taken = last.about.qualifiers.iter().find(|(id, _)| *id == period)?;
        (family(last.about.measure) == family(base)).then(|| taken.clone())
    }

    /// Whether a figure can be at most another one, of the same unit.
    fn is_at_most(&self, part: &Value, whole: &Value) -> bool {
        let (Value::Quantity(part), Value::Quantity(whole)) = (part, whole) else { return false };
        let units = &self.vocabulary.units;
        let interval = |quantity: &crate::figure::Quantity| {
            quantity.interval(units, Reading::Tight, crate::figure::Rounding::Nearest)
        };
        part.unit == whole.unit && !part.number.significand().is_negative() && {
            let (part, whole) = (interval(part), interval(whole));
            crate::figure::Interval::new(part.low().clone(), whole.high().clone()).is_some()
        }
    }
}
