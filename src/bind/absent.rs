//! What there was not before a date, and so began then or later: `there was no state before 1991`.
//!
//! The date is a bound of the measure whose absence the words tell; its hedge turns round.

use super::decide::{Binder, Claims};
use super::lexicon::Sense;
use super::named::{Named, Role};
use super::{About, Confidence};
use crate::figure::Value;
use crate::figure::quantity::Hedge;
use crate::rules::vocabulary::Phrase;
use crate::rules::{MeasureId, Name};

impl Binder<'_> {
    /// What a date before which something was not says of it.
    pub(super) fn absent(&self, figure: usize, value: &Value) -> Option<Claims> {
        let Value::Date { hedge: Some(hedge @ (Hedge::Below | Hedge::AtMost)), date } = value else { return None };
        let at = self.place(figure);
        let (start, end) = (self.passage.sentence_start(at), self.passage.sentence_end(at));
        let said: Vec<(MeasureId, usize)> = self
            .passage
            .hits
            .iter()
            .filter(|hit| hit.start >= start && hit.end <= end && self.is_close(hit.start, at))
            .filter_map(|hit| match hit.sense {
                Sense::Absent(measure) => Some((measure, hit.end)),
                _ => None,
            })
            .collect();
        let last = said.iter().map(|(_, end)| *end).max()?;
        let from = self.passage.clause_start(said.iter().map(|(_, end)| end - 1).min()?);
        let is_negated = (from..last).any(|word| self.lexicon.means(&self.passage.words[word], Phrase::Not));
        if !is_negated || said.iter().any(|(measure, _)| !self.is_event(*measure)) {
            return None;
        }
        let hedge = if *hedge == Hedge::Below { Hedge::AtLeast } else { Hedge::Above };
        let value = Value::Date { hedge: Some(hedge), date: date.clone() };
        let mut found: Claims = Vec::new();
        for (measure, _) in said {
            let (subject, confidence) = self.without(measure, at, last)?;
            let mut qualifiers = Vec::new();
            if let Some(speaker) = self.speaker(figure).filter(|speaker| *speaker != subject)
                && let Some(qualifier) = self.vocabulary.qualifier_id("according_to")
            {
                qualifiers.push((qualifier, self.word(speaker)));
            }
            let about = About { subject, measure, qualifiers, confidence };
            if !found.iter().any(|(_, known)| known.measure == measure) && self.is_complete(&about) {
                found.push((value.clone(), about));
            }
        }
        Some(found)
    }

    /// Whether two words stand in one clause, or in two that follow each other.
    fn is_close(&self, one: usize, other: usize) -> bool {
        let clause = |word: usize| self.passage.words.get(word).map_or(0, |word| word.clause);
        clause(one).abs_diff(clause(other)) <= 1
    }

    /// Who was without it: the only one whom the clauses name, or whom section and document speak of.
    fn without(&self, measure: MeasureId, at: usize, last: usize) -> Option<(Name, Confidence)> {
        let fits = |named: &&Named| {
            (self.passage.joined(named.start, at) || self.passage.joined(named.start, last - 1))
                && !matches!(named.role, Role::Speaker | Role::Part)
                && self.is_of(measure, named.name)
        };
        let names = |is_bare: bool| {
            let own = |named: &&Named| !is_bare || named.role == Role::Bare;
            let named = self.passage.named.iter().filter(fits).filter(own);
            let mut names: Vec<Name> = named.map(|named| named.name).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        // who is named for himself goes before what is somebody's
        let bare = names(true);
        let names = if bare.is_empty() { names(false) } else { bare };
        match names[..] {
            [only] => Some((only, Confidence::Likely)),
            [] => {
                let (start, end) = (self.passage.clause_start(at), self.passage.clause_end(at));
                let is_strange = (start..end).any(|word| self.passage.is_unknown_name(word));
                let owner = self.topic.owner(&|name| self.is_of(measure, name)).filter(|_| !is_strange);
                owner.map(|(name, _)| (name, Confidence::Guess))
            }
            _ => None,
        }
    }
}
