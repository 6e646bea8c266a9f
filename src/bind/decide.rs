//! The decision for each figure: which measure, of whom, with which qualifiers, or none.
//!
//! What speaks of a measure is asked in a fixed order: a cue ([`super::measure`]), for dates the thing beside them
//! ([`super::dates`]), the figure before ([`super::follow`]), the value of a qualifier alone ([`super::implied`]).

use rustc_hash::FxHashSet;

use super::lexicon::{Hit, Lexicon};
use super::passage::Passage;
use super::period;
use super::topic::Topic;
use super::value::value;
use super::{About, Bound, Confidence, Doubt};
use crate::extract::Mention;
use crate::figure::Value;
use crate::rules::vocabulary::{OVER, Phrase};
use crate::rules::{MeasureId, Name, QualifierId, Vocabulary};

/// A measure that fits a figure, where it is spoken of, and how it states the figure.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub cue: Hit,
    /// The measure itself, or a facet of it.
    pub measure: MeasureId,
    pub base: MeasureId,
    pub value: Value,
    pub confidence: Confidence,
}

/// Where a cue stands, seen from the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// In the clause of the figure.
    Clause,
    /// In the words that belong to the figure alone, in another clause.
    Own,
    /// Before another figure of the sentence, of which this one goes on.
    Sentence,
}

/// Part of a whole, by the qualifier that tells the parts apart.
pub(super) type Part = (QualifierId, Box<str>);

/// A figure of the passage that is bound already.
#[derive(Clone, Debug)]
pub(super) struct Before {
    pub figure: usize,
    pub value: Value,
    pub about: About,
}

pub(super) struct Binder<'a> {
    pub passage: &'a Passage<'a>,
    pub mentions: &'a [Mention],
    pub topic: &'a Topic,
    pub lexicon: &'a Lexicon,
    pub vocabulary: &'a Vocabulary,
    pub before: Vec<Before>,
}

/// What a figure states: for each claim its value and what it is about.
pub(super) type Claims = Vec<(Value, About)>;

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
    let mut binder = Binder { passage, mentions, topic, lexicon, vocabulary, before: Vec::new() };
    let first = found.len();
    for (index, figure) in passage.figures.iter().enumerate() {
        let Some(mention) = mentions.get(figure.mention) else { continue };
        let Some(value) = value(mention, &vocabulary.units) else { continue };
        match binder.bind(index, mention, &value, periods) {
            Ok(claims) if !claims.is_empty() => {
                for (value, about) in claims {
                    binder.before.push(Before { figure: index, value: value.clone(), about: about.clone() });
                    found.push(Bound { mention: figure.mention, value, about: Ok(about) });
                }
            }
            Ok(_) => found.push(Bound { mention: figure.mention, value, about: Err(Doubt::Qualifiers) }),
            Err(doubt) => found.push(Bound { mention: figure.mention, value, about: Err(doubt) }),
        }
    }
    binder.date_of_list(&mut found[first..], periods);
}

impl Binder<'_> {
    fn bind(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Result<Claims, Doubt> {
        if self.passage.words.is_empty() {
            return Err(Doubt::NoMeasure);
        }
        if matches!(value, Value::Date { .. } | Value::Period(_)) {
            return self.date(figure, value);
        }
        // `the third or fourth largest` is neither
        let last = self.place(figure).checked_sub(1);
        let is_either = last.is_some_and(|last| self.passage.does(last, Phrase::Either));
        if is_either && matches!(value, Value::Rank { .. }) {
            return Err(Doubt::Contradicted);
        }
        if let Some(claims) = self.partner_rank(figure, value, periods).or_else(|| self.among_first(figure, value)) {
            return Ok(claims);
        }
        if let Some(old) = self.old_value(figure, value, periods) {
            return old;
        }
        let doubt = match self.cued(figure, mention, value, periods) {
            Ok(claims) if !claims.is_empty() => {
                // a growth of the figure before it is of the same thing altogether
                let followed = self.following(figure, mention, value, periods);
                let is_same = |(_, about): &(Value, About)| {
                    claims.iter().all(|(_, own)| {
                        own.measure == about.measure
                            && own.subject == about.subject
                            && own.qualifiers.iter().all(|part| about.qualifiers.contains(part))
                    })
                };
                return Ok(followed.filter(is_same).map_or(claims, |followed| vec![followed]));
            }
            Ok(_) => Doubt::Qualifiers,
            Err(doubt) => doubt,
        };
        if let Some(claim) = self.following(figure, mention, value, periods) {
            return Ok(vec![claim]);
        }
        match self.implied(figure, mention, value, periods) {
            Some(claims) => Ok(claims),
            None => Err(doubt),
        }
    }

    /// What a figure says of which a cue speaks.
    fn cued(
        &self,
        figure: usize,
        mention: &Mention,
        value: &Value,
        periods: &mut FxHashSet<usize>,
    ) -> Result<Claims, Doubt> {
        let (candidate, reach) = self.candidate(figure, mention, value)?;
        if self.is_out_of_bounds(&candidate) {
            return Err(Doubt::NoMeasure);
        }
        // `towns with a population of` says whose it is right before it
        if self.is_had_by_unknown(&candidate) {
            return Err(Doubt::Subjects);
        }
        let is_share = self.facet(candidate.measure) == Some("share");
        if self.is_of_world(figure, &candidate) {
            return Err(Doubt::Subjects);
        }
        let mut parts = self.parts(figure, &candidate, reach, is_share).ok_or(Doubt::Qualifiers)?;
        let mut sides = self.sides(figure, &candidate, reach)?;
        if is_share
            && parts.is_empty()
            && let Some((part, name)) = self.region(figure, &candidate)
        {
            sides.rest.retain(|named| named.name != name);
            sides.named.retain(|named| named.name != name);
            parts.push(part);
        }
        let owner = self.owner(figure, &candidate, reach, &sides)?;
        let mut confidence = candidate.confidence.min(owner.confidence);
        let mut qualifiers: Vec<Part> = Vec::new();
        for other in &sides.others {
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
            if wholes.is_empty()
                && let Some(part) = self.side_of_share(figure, &candidate, owner.name)
            {
                confidence = confidence.min(Confidence::Likely);
                wholes.push(part);
            }
            for part in wholes {
                let qualifier = self.vocabulary.qualifier(part.0).id.clone();
                let time = self.time_of_shares(figure, candidate.base, owner.name, &part);
                sets.push([part, (over, qualifier)].into_iter().chain(time).collect());
            }
        } else if let [one] = &parts[..]
            && self.facet(candidate.measure) == Some("rank")
        {
            sets.extend(self.listed_with(figure, one).into_iter().map(|part| vec![part]));
        } else {
            sets.push(parts);
        }
        if self.times(figure, candidate.measure, &mut qualifiers, periods) {
            confidence = confidence.min(Confidence::Likely);
        }
        if let Some(speaker) = self.speaker(figure).filter(|speaker| *speaker != owner.name)
            && let Some(qualifier) = self.vocabulary.qualifier_id("according_to")
        {
            qualifiers.push((qualifier, self.word(speaker)));
        }
        if sides.others.is_empty() && !is_share {
            self.take_other_side(figure, &candidate, owner.name, &mut qualifiers);
        }
        let claims = sets.into_iter().map(|mut set| {
            set.extend(qualifiers.iter().cloned());
            set.sort();
            let about = About { subject: owner.name, measure: candidate.measure, qualifiers: set, confidence };
            (candidate.value.clone(), about)
        });
        Ok(claims.filter(|(_, about)| self.is_complete(about)).collect())
    }

    /// Adds for when a figure holds and what it is compared with, where the measure has these. Whether nobody says it.
    pub(super) fn times(
        &self,
        figure: usize,
        measure: MeasureId,
        qualifiers: &mut Vec<Part>,
        periods: &mut FxHashSet<usize>,
    ) -> bool {
        let mut is_open = false;
        if let Some(period) = self.vocabulary.qualifier_id("period").filter(|period| self.has(measure, *period)) {
            match period::period(self.passage, figure, self.mentions, self.base(measure)) {
                Some((written, dates)) => {
                    periods.extend(dates);
                    qualifiers.push((period, written));
                }
                None => is_open = true,
            }
        }
        if let Some(since) = self.vocabulary.qualifier_id("since").filter(|since| self.has(measure, *since))
            && let Some((written, mention)) = period::since(self.passage, figure, self.mentions)
        {
            periods.insert(mention);
            qualifiers.push((since, written));
        }
        is_open
    }

    /// Whether a claim has every qualifier without which its measure says nothing.
    pub(super) fn is_complete(&self, about: &About) -> bool {
        let measure = self.vocabulary.measure(about.measure);
        measure.qualifiers.iter().all(|id| {
            let is_needed = self.vocabulary.qualifier(*id).required || measure.needs.contains(id);
            !is_needed || about.qualifiers.iter().any(|(stated, _)| stated == id)
        })
    }

    /// The measure that a facet is of; another measure itself.
    pub(super) fn base(&self, measure: MeasureId) -> MeasureId {
        self.vocabulary.measure(measure).facet_of.as_ref().map_or(measure, |(base, _)| *base)
    }

    pub(super) fn has(&self, measure: MeasureId, qualifier: QualifierId) -> bool {
        self.vocabulary.has_qualifier(measure, qualifier)
    }

    pub(super) fn word(&self, name: Name) -> Box<str> {
        self.vocabulary.names.word(name).into()
    }

    /// The word of a figure, of those that there are.
    pub(super) fn place(&self, figure: usize) -> usize {
        self.passage.figures[figure].first.min(self.passage.words.len().saturating_sub(1))
    }

    /// What kind of thing a subject is.
    pub(super) fn kind(&self, subject: Name) -> Option<&str> {
        self.vocabulary.subject(subject)?.kind.as_deref()
    }

    /// Whether a measure can be of a subject, by its kind.
    pub(super) fn is_of(&self, measure: MeasureId, subject: Name) -> bool {
        self.vocabulary.measure(measure).is_of(self.kind(subject))
    }

    /// Whether a subject can be the value of a qualifier.
    pub(super) fn is_value(&self, qualifier: QualifierId, subject: Name) -> bool {
        let kinds = &self.vocabulary.qualifier(qualifier).kinds;
        kinds.is_empty() || self.kind(subject).is_some_and(|kind| kinds.iter().any(|known| &**known == kind))
    }
}
