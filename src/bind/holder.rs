//! Who an event is of and who else takes part in it: whom a date of [`super::dates`] is said of.

use super::decide::{Binder, Part};
use super::lexicon::{Hit, Sense};
use super::named::{Named, Role};
use super::{About, Confidence, Doubt};
use crate::figure::Value;
use crate::rules::vocabulary::{Phrase, ValuesOf};
use crate::rules::{MeasureId, Name, QualifierId};

/// Who an event is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub name: Name,
    pub confidence: Confidence,
}

impl Binder<'_> {
    /// Who an event is of, of which a cue speaks.
    pub(super) fn holder(&self, cue: &Hit, measure: MeasureId, at: usize) -> Result<Holder, Doubt> {
        let passage = self.passage;
        let start = passage.clause_start(cue.start);
        let fits = |named: &&Named| {
            let is_there = passage.is_place(named) && self.is_land(named.name);
            let is_idle = matches!(named.role, Role::Speaker | Role::Part | Role::Adjective);
            self.is_of(measure, named.name) && !is_there && !is_idle && !passage.is_part_of_name(named)
        };
        let in_clause: Vec<&Named> =
            passage.named.iter().filter(|named| passage.joined(named.start, cue.start)).collect();
        // right beside the cue
        let before = in_clause.iter().rev().find(|named| named.end <= cue.start);
        if let Some(named) = before
            && named.role == Role::Bare
            && fits(named)
            && cue.start - named.end <= 1
            && passage.is_slight(named.end, cue.start)
        {
            return Ok(Holder { name: named.name, confidence: Confidence::Sure });
        }
        let behind = in_clause.iter().find(|named| named.start >= cue.end);
        if let Some(named) = behind
            && matches!(named.role, Role::Bare | Role::Owner)
            && fits(named)
            && named.start - cue.end <= 2
            && passage.is_slight(cue.end, named.start)
        {
            return Ok(Holder { name: named.name, confidence: Confidence::Sure });
        }
        // right behind the date of a cue: `In 1945 was founded`, `ظهرت عام 1945 الجامعة`
        let end =
            passage.figures.iter().find(|figure| figure.is_date && figure.first == at).map_or(at, |date| date.end);
        if let Some(named) = in_clause.iter().find(|named| named.start == end && cue.end <= at)
            && named.role == Role::Bare
            && fits(named)
            && passage.is_slight(cue.end, at)
        {
            return Ok(Holder { name: named.name, confidence: Confidence::Likely });
        }
        let of = |names: &[&Named], confidence| {
            let mut names: Vec<Name> = names.iter().map(|named| named.name).collect();
            names.sort_unstable();
            names.dedup();
            match names[..] {
                [only] => Some(Ok(Holder { name: only, confidence })),
                [] => None,
                _ => Some(Err(Doubt::Subjects)),
            }
        };
        let free: Vec<&Named> = in_clause
            .iter()
            .copied()
            .filter(|named| named.role == Role::Bare && fits(named) && named.start < at.max(cue.start))
            .filter(|named| passage.unknown(named.end.min(cue.end), named.start.max(cue.start)) == 0)
            .collect();
        // `its end` is of whom the clause begins with
        let is_its = cue.start > 0 && passage.does(cue.start - 1, Phrase::Its);
        let first = free.first().is_none_or(|named| passage.unknown(start, named.start) == 0);
        if is_its && !first {
            return Err(Doubt::Subjects);
        }
        if let Some(found) = of(&free, Confidence::Likely) {
            return found;
        }
        if passage.unknown(start, cue.start) > 0 {
            return Err(Doubt::UnknownWords);
        }
        // `which was founded`: what is named right before
        let from = passage.sentence_start(cue.start);
        if passage.is_done(start, cue.start, Phrase::Which) {
            let last = passage.named.iter().rev().find(|named| named.start >= from && named.end <= start);
            return match last.filter(|named| fits(named) && start.saturating_sub(passage.behind_names(named)) <= 1) {
                Some(named) => Ok(Holder { name: named.name, confidence: Confidence::Likely }),
                None => Err(Doubt::Subjects),
            };
        }
        // an event that somebody holds is told of itself, and not of whom the clause before speaks of
        let is_held = self.vocabulary.measure(measure).tags.iter().any(|tag| &**tag == "held");
        let goes_on = |named: &&Named| {
            !is_held
                && named.start >= from
                && named.end <= start
                && named.role == Role::Bare
                && passage.unknown(named.end, start) == 0
        };
        let earlier: Vec<&Named> = passage.named.iter().filter(goes_on).filter(fits).collect();
        if let Some(found) = of(&earlier, Confidence::Likely) {
            return found;
        }
        let end = passage.sentence_end(cue.start);
        if (from..end).any(|word| passage.is_unknown_name(word)) {
            return Err(Doubt::Subjects);
        }
        let is_fit = |name| self.is_of(measure, name);
        // the text as a whole says whose it is only where the sentence names nobody who could be
        let in_sentence = passage.named.iter().filter(|named| named.start >= from && named.end <= cue.start);
        if in_clause.iter().copied().chain(in_sentence).any(|named| is_fit(named.name)) {
            return Err(Doubt::Subjects);
        }
        let (name, confidence) = self.topic.owner(&is_fit).ok_or(Doubt::NoSubject)?;
        Ok(Holder { name, confidence: confidence.min(Confidence::Guess) })
    }

    /// The claim of an event, with the qualifiers that its sentence names.
    pub(super) fn claim(
        &self,
        figure: usize,
        subject: Name,
        measure: MeasureId,
        cue: &Hit,
        value: &Value,
        confidence: Confidence,
    ) -> Option<(Value, About)> {
        let mut confidence = confidence;
        let mut qualifiers: Vec<Part> = Vec::new();
        for id in &self.vocabulary.measure(measure).qualifiers {
            let qualifier = self.vocabulary.qualifier(*id);
            match qualifier.of {
                // who else is named beside a thing alone has no part in it
                ValuesOf::Subject if matches!(cue.sense, Sense::Subject(_)) => {}
                ValuesOf::Subject => match self.party(figure, *id, subject, cue) {
                    Ok(Some(name)) => qualifiers.push((*id, self.word(name))),
                    // without it all of them together are meant, which nobody says
                    Ok(None) if qualifier.total.is_some() => confidence = confidence.min(Confidence::Guess),
                    Ok(None) => {}
                    Err(()) => return None,
                },
                ValuesOf::Word | ValuesOf::Members(_) => {
                    let word = self.value_near(figure, *id, subject, cue);
                    qualifiers.extend(word.map(|word| (*id, word)));
                }
                _ => {}
            }
        }
        if let Some(speaker) = self.speaker(figure).filter(|speaker| *speaker != subject)
            && let Some(qualifier) = self.vocabulary.qualifier_id("according_to")
        {
            qualifiers.push((qualifier, self.word(speaker)));
        }
        qualifiers.sort();
        let about = About { subject, measure, qualifiers, confidence };
        self.is_complete(&about).then(|| (value.clone(), about))
    }

    /// Who else takes part in an event as this qualifier says; an error where that is not clear.
    fn party(&self, figure: usize, qualifier: QualifierId, subject: Name, cue: &Hit) -> Result<Option<Name>, ()> {
        let at = self.place(figure);
        let start = self.passage.sentence_start(at);
        let can_be = |named: &&Named| {
            named.name != subject
                && !matches!(named.role, Role::Speaker | Role::Part | Role::Adjective)
                && self.is_value(qualifier, named.name)
                && !self.passage.is_place(named)
        };
        let names = |found: Vec<&Named>| {
            let mut names: Vec<Name> = found.into_iter().map(|named| named.name).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let near = |named: &&Named| {
            self.passage.joined(named.start, cue.start) && named.start < self.passage.clause_end(cue.start)
        };
        let in_clause = names(self.passage.named.iter().filter(can_be).filter(near).collect());
        let found = match in_clause.len() {
            0 => {
                let earlier = |named: &&Named| named.start >= start && named.end <= cue.start;
                names(self.passage.named.iter().filter(can_be).filter(earlier).collect())
            }
            _ => in_clause,
        };
        let is_required = self.vocabulary.qualifier(qualifier).required;
        match found[..] {
            [only] => Ok(Some(only)),
            [] => Ok(None),
            _ if is_required => Err(()),
            // several sign for themselves
            _ => Ok(None),
        }
    }

    /// The value of a qualifier that is named beside an event: between its cue and the date, or as where it was.
    fn value_near(&self, figure: usize, qualifier: QualifierId, subject: Name, cue: &Hit) -> Option<Box<str>> {
        let at = self.place(figure);
        let spot = self.passage.figures[figure];
        let (clause, end) = (self.passage.clause_start(cue.start.min(at)), self.passage.clause_end(at));
        let mut found: Vec<(usize, Box<str>)> = Vec::new();
        for hit in self.passage.hits.iter().filter(|hit| hit.start >= clause && hit.end <= end) {
            if let Sense::Member(id, value) = hit.sense
                && id == qualifier
                && let Some((word, _)) = self.vocabulary.qualifier(id).names.get(usize::from(value))
            {
                found.push((hit.start, word.clone()));
            }
        }
        if !self.vocabulary.qualifier(qualifier).kinds.is_empty() && found.is_empty() {
            let places = self.passage.named.iter().filter(|named| {
                named.start >= clause
                    && named.end <= end
                    && named.name != subject
                    && self.is_value(qualifier, named.name)
                    && named.role != Role::Speaker
            });
            found.extend(places.map(|named| (named.start, self.word(named.name))));
        }
        // the nearest before the date; of a list of places with their dates each has its own
        let before = found.iter().filter(|(start, _)| *start < spot.first).max_by_key(|(start, _)| *start);
        before.or_else(|| found.first()).map(|(_, word)| word.clone())
    }

    /// Whether something can be in a subject as in a place.
    pub(super) fn is_land(&self, name: Name) -> bool {
        matches!(self.kind(name), None | Some("country" | "state" | "region" | "city"))
    }
}
