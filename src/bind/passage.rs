//! A block of a document as the binding sees it: its words, what the vocabulary says to them, and its figures.

use super::lexicon::{Hit, Lexicon, Sense};
use super::words::{Word, words};
use crate::extract::Mention;
use crate::rules::vocabulary::Phrase;
use crate::rules::{MeasureId, Name};

/// A figure in a passage.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Among the mentions of the document.
    pub mention: usize,
    /// Its words, by index.
    pub first: usize,
    pub end: usize,
    pub is_date: bool,
    /// Whether it says per how many something is counted: `5 per 1,000`.
    pub is_base: bool,
}

/// A subject that is named, and how.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    pub name: Name,
    pub start: usize,
    pub end: usize,
    pub role: Role,
}

/// How a named subject stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Without anything that says how.
    Bare,
    /// As the place that has it, or whose it is.
    Owner,
    /// As the other side.
    Other,
    /// As an adjective.
    Adjective,
    /// As the name of a part of it: `metropolitan France`.
    Part,
    /// As who says it.
    Speaker,
}

/// A block with figures.
#[derive(Debug)]
pub struct Passage<'t> {
    pub words: Vec<Word<'t>>,
    pub hits: Vec<Hit>,
    pub figures: Vec<Spot>,
    pub named: Vec<Named>,
    /// Words that a figure is made of.
    in_figure: Vec<bool>,
    /// Words that the vocabulary knows.
    known: Vec<bool>,
    /// Words of which a preposition is a part, in their order.
    prefixed: Vec<usize>,
}

impl<'t> Passage<'t> {
    /// Reads a block; `mentions` are those of the document that stand in it, with their indexes.
    pub fn read<'m>(
        text: &'t str,
        mentions: impl Iterator<Item = (usize, &'m Mention)>,
        lexicon: &Lexicon,
    ) -> Passage<'t> {
        let words = words(text);
        let hits = lexicon.find(&words);
        let (mut in_figure, mut known) = (vec![false; words.len()], vec![false; words.len()]);
        let mut figures = Vec::new();
        for (index, mention) in mentions {
            let start = mention.offset as usize;
            let end = start + mention.text.len();
            let first = words.partition_point(|word| word.end <= start);
            let last = words.partition_point(|word| word.start < end);
            in_figure[first..last.max(first)].fill(true);
            let before = text.get(..start).unwrap_or_default().trim_end();
            let is_base = before.ends_with(['/', '×'])
                || first.checked_sub(1).is_some_and(|last| matches!(words[last].folded.as_str(), "per" | "لكل"));
            figures.push(Spot {
                mention: index,
                first,
                end: last.max(first),
                is_date: mention.date.is_some(),
                is_base,
            });
        }
        for hit in &hits {
            known[hit.start..hit.end].fill(true);
        }
        let prefixed = (0..words.len()).filter(|word| is_prefixed(&words[*word].folded, lexicon)).collect();
        let mut passage = Passage { words, hits, figures, named: Vec::new(), in_figure, known, prefixed };
        passage.named = passage.hits.iter().filter_map(|hit| passage.named_at(hit)).collect();
        passage
    }

    fn named_at(&self, hit: &Hit) -> Option<Named> {
        // `долларов США` names no country
        if self.in_figure[hit.start..hit.end].iter().any(|is_in| *is_in) {
            return None;
        }
        let (name, role) = match hit.sense {
            Sense::Subject(name) => (name, self.role(hit)),
            Sense::Adjective(name) => (name, Role::Adjective),
            _ => return None,
        };
        Some(Named { name, start: hit.start, end: hit.end, role })
    }

    fn role(&self, hit: &Hit) -> Role {
        // `said` directly behind, or a word that names a source shortly before
        if (hit.end..hit.end + 2).any(|at| self.joined(hit.end, at) && self.does(at, Phrase::Said)) {
            return Role::Speaker;
        }
        let before = hit.start.saturating_sub(3)..hit.start;
        if before.clone().any(|at| self.joined(at, hit.start) && self.does(at, Phrase::AccordingTo)) {
            return Role::Speaker;
        }
        let Some(last) = hit.start.checked_sub(1).filter(|last| self.joined(*last, hit.start)) else {
            return self.prefix_role(hit).unwrap_or(Role::Bare);
        };
        if let Some(role) = self.prefix_role(hit) {
            return role;
        }
        // what stands before a name may change it where adjectives stand before their nouns
        let has_case = self.words[hit.start].is_capital;
        if has_case && self.is_unknown(last) && !self.words[hit.start].is_after_mark {
            return Role::Part;
        }
        // an article between
        let last = match self.words[last].folded.as_str() {
            "the" => last.saturating_sub(1),
            _ => last,
        };
        if self.does(last, Phrase::Of) || self.does(last, Phrase::Within) {
            Role::Owner
        } else if self.does(last, Phrase::Towards) {
            Role::Other
        } else {
            Role::Bare
        }
    }

    /// What an Arabic preposition written as one with the name says.
    fn prefix_role(&self, hit: &Hit) -> Option<Role> {
        self.prefixed.contains(&hit.start).then_some(Role::Owner)
    }

    /// Whether a word is part of a phrase that does this.
    pub fn does(&self, word: usize, phrase: Phrase) -> bool {
        self.hits_at(word).any(|hit| hit.sense == Sense::Phrase(phrase))
    }

    /// Whether a word is of the name of a subject or of a cue.
    pub fn is_name_or_cue(&self, word: usize) -> bool {
        self.hits_at(word).any(|hit| matches!(hit.sense, Sense::Subject(_) | Sense::Measure(_)))
    }

    fn hits_at(&self, word: usize) -> impl Iterator<Item = &Hit> {
        // hits stand in the order of their starts, and phrases are short
        let from = self.hits.partition_point(|hit| hit.start + 12 < word);
        let near = self.hits[from..].iter().take_while(move |hit| hit.start <= word);
        near.filter(move |hit| hit.end > word)
    }

    /// Whether a name stands as the place of something.
    pub fn is_place(&self, named: &Named) -> bool {
        (named.start.saturating_sub(2)..named.start)
            .any(|word| self.does(word, Phrase::Within) && self.joined(word, named.start))
    }

    /// Whether two words stand in one clause.
    pub fn joined(&self, one: usize, other: usize) -> bool {
        matches!((self.words.get(one), self.words.get(other)), (Some(one), Some(other)) if one.clause == other.clause)
    }

    /// Whether two words stand in one sentence.
    pub fn together(&self, one: usize, other: usize) -> bool {
        matches!((self.words.get(one), self.words.get(other)), (Some(one), Some(other)) if one.sentence == other.sentence)
    }

    /// Whether nobody knows what a word means.
    pub fn is_unknown(&self, word: usize) -> bool {
        let Some(known) = self.known.get(word) else { return false };
        let own = &self.words[word];
        !known
            && !self.in_figure[word]
            && own.folded.chars().count() > 1
            && !own.folded.starts_with(|first: char| first.is_ascii_digit())
    }

    /// Whether a word is a name that nobody knows.
    pub fn is_unknown_name(&self, word: usize) -> bool {
        let is_first = word == 0 || !self.together(word - 1, word);
        self.is_unknown(word) && self.words[word].is_capital && !is_first
    }

    /// The words between two places that nobody knows.
    pub fn unknown(&self, from: usize, to: usize) -> usize {
        (from..to).filter(|word| self.is_unknown(*word)).count()
    }

    /// The words between two places, in the clause of a third, that say something else than this measure: words that
    /// nobody knows, and cues of other measures.
    pub fn foreign(&self, from: usize, to: usize, at: usize, measure: MeasureId) -> usize {
        let is_other = |word: usize| {
            let mut hits = self.hits_at(word).peekable();
            let is_cue = |hit: &Hit| matches!(hit.sense, Sense::Measure(other) if other != measure);
            hits.peek().is_some() && hits.all(is_cue)
        };
        let in_clause = |word: &usize| self.joined(*word, at) && !self.in_figure[*word];
        (from..to).filter(in_clause).filter(|word| self.is_unknown(*word) || is_other(*word)).count()
    }

    /// Whether a word behind a figure says what is counted and is not known.
    pub fn counts_unknown(&self, figure: usize) -> bool {
        let end = self.figures[figure].end;
        self.is_unknown(end) && !self.words[end].is_after_mark && end > 0 && self.joined(end - 1, end)
    }

    /// The first word of the sentence of a word.
    pub fn sentence_start(&self, word: usize) -> usize {
        let Some(own) = self.words.get(word) else { return self.words.len() };
        self.words.partition_point(|other| other.sentence < own.sentence)
    }

    /// The word behind the sentence of a word.
    pub fn sentence_end(&self, word: usize) -> usize {
        let Some(own) = self.words.get(word) else { return self.words.len() };
        self.words.partition_point(|other| other.sentence <= own.sentence)
    }

    /// The stretch that belongs to a figure alone: from the figure before it to the one behind it, in its sentence. Dates
    /// divide nothing, since they say when.
    pub fn own(&self, figure: usize) -> (usize, usize) {
        let spot = self.figures[figure];
        let before = self.figures[..figure].iter().rev().find(|other| !other.is_date).map_or(0, |other| other.end);
        let behind = self.figures[figure + 1..]
            .iter()
            .find(|other| !other.is_date)
            .map_or(self.words.len(), |other| other.first);
        let at = spot.first.min(self.words.len().saturating_sub(1));
        (before.max(self.sentence_start(at)).min(spot.first), behind.min(self.sentence_end(at)).max(spot.end))
    }
}

/// Whether an Arabic word begins with `ل` or `ب` as a preposition: without it the vocabulary knows the word, with it not.
fn is_prefixed(word: &str, lexicon: &Lexicon) -> bool {
    let word = word.strip_prefix('و').filter(|_| !lexicon.knows(word)).unwrap_or(word);
    word.starts_with(['ل', 'ب']) && !lexicon.knows(word)
}
