//! The words by which the vocabulary is found in texts, as one automaton over word forms.
//!
//! It is built when somebody binds figures, and never for a check. Looking a text up takes time in proportion to its
//! length: each word is a few hash look-ups, and phrases are followed word by word.

use rustc_hash::{FxHashMap, FxHashSet};

use super::forms;
use super::words::{Word, words};
use crate::rules::vocabulary::{Phrase, ValuesOf, Words};
use crate::rules::{MeasureId, Name, QualifierId, Vocabulary};

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A measure is spoken of.
    Measure(MeasureId),
    /// What there was not before the date that a measure states.
    Absent(MeasureId),
    /// What the other side of a measure is called where it is ranked.
    Partner(MeasureId),
    /// A facet, by its index in [`Lexicon::facets`].
    Facet(u16),
    Subject(Name),
    /// Something of a subject: `Russian`.
    Adjective(Name),
    /// The value of a qualifier, by its index among those that have names.
    Member(QualifierId, u16),
    Phrase(Phrase),
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Words, by index.
    pub start: usize,
    pub end: usize,
    pub sense: Sense,
}

/// Set in the word of a step where a mark stands before it.
const AFTER_MARK: u32 = 1 << 31;

#[derive(Debug, Default)]
struct Node {
    senses: Vec<(Sense, bool)>,
}

/// The automaton.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Names of facets.
    pub facets: Vec<Box<str>>,
    /// Subjects that a text names by one word of their name, once it has named them in full.
    shortened: FxHashSet<Name>,
    pub countries: FxHashSet<Name>,
    organisations: FxHashSet<Name>,
    /// From a form to the words of the vocabulary that have it.
    forms: FxHashMap<Box<str>, Vec<u32>>,
    known: FxHashMap<Box<str>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    nodes: Vec<Node>,
}

impl Lexicon {
    /// The lexicon of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Lexicon {
        let mut lexicon = Lexicon { nodes: vec![Node::default()], ..Lexicon::default() };
        for (id, measure) in vocabulary.measures() {
            match &measure.facet_of {
                None => {
                    lexicon.add_all(&measure.cues, Sense::Measure(id), false);
                    lexicon.add_all(&measure.absent, Sense::Absent(id), false);
                    lexicon.add_all(&measure.partners, Sense::Partner(id), false);
                }
                Some((_, facet)) if !lexicon.facets.contains(facet) => {
                    let sense = Sense::Facet(lexicon.facets.len() as u16);
                    lexicon.facets.push(facet.clone());
                    lexicon.add_all(&measure.cues, sense, false);
                }
                Some(_) => {}
            }
        }
        for (id, qualifier) in vocabulary.qualifiers().filter(|(_, qualifier)| qualifier.of != ValuesOf::Subject) {
            for (value, (_, named)) in qualifier.names.iter().enumerate() {
                lexicon.add_all(named, Sense::Member(id, value as u16), false);
            }
        }
        let mut subjects = vocabulary.subject_ids();
        subjects.retain(|id| *id != "world");
        for id in subjects {
            let Some(name) = vocabulary.names.find(id) else { continue };
            let Some(subject) = vocabulary.subject(name) else { continue };
            lexicon.add_all(&subject.names, Sense::Subject(name), true);
            // `the States`, `the Arabia` are not said
            if !matches!(subject.kind.as_deref(), None | Some("country" | "region" | "person" | "work")) {
                lexicon.shortened.insert(name);
            }
            match subject.kind.as_deref() {
                Some("country") => lexicon.countries.insert(name),
                Some("organisation" | "union") => lexicon.organisations.insert(name),
                _ => false,
            };
            lexicon.add_all(&subject.adjectives, Sense::Adjective(name), true);
        }
        for (phrase, listed) in &vocabulary.phrases {
            lexicon.add_all(listed, Sense::Phrase(*phrase), false);
        }
        lexicon
    }

    fn add_all(&mut self, listed: &Words, sense: Sense, is_name: bool) {
        for phrase in listed.iter().flat_map(|(_, phrases)| phrases) {
            self.add(phrase, sense, is_name);
        }
    }

    fn add(&mut self, phrase: &str, sense: Sense, is_name: bool) {
        let mut node = 0;
        for (place, word) in words(phrase).into_iter().enumerate() {
            let mark = if place > 0 && word.is_after_mark { AFTER_MARK } else { 0 };
            let word = self.word(&word.folded) | mark;
            let next = self.nodes.len() as u32;
            node = *self.steps.entry((node, word)).or_insert(next);
            if node == next {
                self.nodes.push(Node::default());
            }
        }
        // capitals tell a name from a word, where the script has them
        let is_capital = is_name && phrase.chars().next().is_some_and(char::is_uppercase);
        if node != 0 && !self.nodes[node as usize].senses.contains(&(sense, is_capital)) {
            self.nodes[node as usize].senses.push((sense, is_capital));
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let id = self.known.len() as u32;
        self.known.insert(word.into(), id);
        forms::of_vocabulary(word, &mut |form| match self.forms.get_mut(form) {
            Some(ids) if ids.contains(&id) => {}
            Some(ids) => ids.push(id),
            None => {
                self.forms.insert(form.into(), vec![id]);
            }
        });
        id
    }

    /// The phrases of a text, of those that overlap the longest. Two of the same length may be two senses.
    pub fn find(&self, text: &[Word<'_>]) -> Vec<Hit> {
        let ids: Vec<Vec<u32>> = text.iter().map(|word| self.ids(word)).collect();
        let mut hits: Vec<Hit> = Vec::new();
        let mut covered = 0;
        for start in 0..text.len() {
            let (mut longest, mut found): (usize, Vec<Sense>) = (0, Vec::new());
            let mut front = vec![0_u32];
            for (length, ids) in ids[start..].iter().enumerate() {
                // a phrase goes on behind a mark only where it has one there itself
                let mark = if length > 0 && text[start + length].is_after_mark { AFTER_MARK } else { 0 };
                front = front
                    .iter()
                    .flat_map(|node| ids.iter().filter_map(|id| self.steps.get(&(*node, *id | mark)).copied()))
                    .collect();
                front.sort_unstable();
                front.dedup();
                if front.is_empty() {
                    break;
                }
                let senses = front.iter().flat_map(|node| &self.nodes[*node as usize].senses);
                let meant =
                    senses.filter(|(_, is_capital)| !is_capital || text[start].is_capital).map(|(sense, _)| *sense);
                let meant: Vec<Sense> = meant.collect();
                if !meant.is_empty() {
                    (longest, found) = (length + 1, meant);
                }
            }
            if start + longest > covered {
                covered = start + longest;
                hits.extend(found.into_iter().map(|sense| Hit { start, end: start + longest, sense }));
            }
        }
        hits
    }

    /// Whether a line with its name alone may be the heading of a section about it.
    pub fn divides(&self, name: Name) -> bool {
        self.countries.contains(&name) || self.organisations.contains(&name)
    }

    /// Whether one word of its name stands for a subject.
    pub fn has_short_name(&self, name: Name) -> bool {
        self.shortened.contains(&name)
    }

    /// Whether a folded word is one of the vocabulary as it stands.
    pub fn knows(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }

    /// Whether a word alone does this, also within a longer phrase.
    pub fn means(&self, word: &Word<'_>, phrase: Phrase) -> bool {
        let nodes = self.ids(word).into_iter().filter_map(|id| self.steps.get(&(0, id)));
        nodes.flat_map(|node| &self.nodes[*node as usize].senses).any(|(sense, _)| *sense == Sense::Phrase(phrase))
    }

    fn ids(&self, word: &Word<'_>) -> Vec<u32> {
        let mut ids = Vec::new();
        forms::of_text(&word.folded, &mut |form| ids.extend(self.forms.get(form).into_iter().flatten().copied()));
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
