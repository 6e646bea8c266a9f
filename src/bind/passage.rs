//! A block of a document as the binding sees it: its words, what the vocabulary says to them, and its figures.

use super::lexicon::{Hit, Lexicon, Sense};
use super::named::{Named, is_prefixed};
use super::words::{Word, words};
use crate::extract::Mention;
use crate::rules::MeasureId;
use crate::rules::vocabulary::Phrase;

/// A figure in a passage.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Among the mentions of the document.
    pub mention: usize,
    /// Its words, by index.
    pub first: usize,
    pub end: usize,
    pub is_date: bool,
    /// Whether the words behind it are not of another figure's: a date says when, `the two countries` says who.
    pub is_aside: bool,
    /// Whether it says per how many something is counted: `5 per 1,000`.
    pub is_base: bool,
}

/// A block with figures.
#[derive(Debug)]
pub struct Passage<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
    pub hits: Vec<Hit>,
    pub figures: Vec<Spot>,
    pub named: Vec<Named>,
    /// Words that a figure is made of.
    pub(super) in_figure: Vec<bool>,
    /// Words that the vocabulary knows.
    pub(super) known: Vec<bool>,
    /// Words of which a preposition is a part, in their order.
    pub(super) prefixed: Vec<usize>,
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
                || first.checked_sub(1).is_some_and(|last| {
                    let from = hits.partition_point(|hit| hit.start < last);
                    let here = hits[from..].iter().take_while(|hit| hit.start == last);
                    here.into_iter().any(|hit| hit.sense == Sense::Phrase(Phrase::Per))
                });
            figures.push(Spot {
                mention: index,
                first,
                end: last.max(first),
                is_date: mention.date.is_some(),
                is_aside: mention.date.is_some()
                    || hits.iter().any(|hit| {
                        hit.sense == Sense::Phrase(Phrase::Both)
                            && hit.start <= first
                            && hit.end >= last
                            && last > first
                    }),
                is_base,
            });
        }
        // a word like `economy` or `among` says only there what is meant where it is looked for
        const OPEN: [Phrase; 6] =
            [Phrase::Land, Phrase::Among, Phrase::OutOf, Phrase::Either, Phrase::Joins, Phrase::Per];
        let is_open = |sense: Sense| OPEN.iter().any(|phrase| sense == Sense::Phrase(*phrase));
        for hit in hits.iter().filter(|hit| !is_open(hit.sense)) {
            known[hit.start..hit.end].fill(true);
        }
        let prefixed = (0..words.len()).filter(|word| is_prefixed(&words[*word].folded, lexicon)).collect();
        let mut passage = Passage { text, words, hits, figures, named: Vec::new(), in_figure, known, prefixed };
        passage.named = passage.hits.iter().filter_map(|hit| passage.named_at(hit)).collect();
        passage.add_short_names(lexicon);
        passage
    }

    /// Whether a word is part of a phrase that does this.
    pub fn does(&self, word: usize, phrase: Phrase) -> bool {
        self.hits_at(word).any(|hit| hit.sense == Sense::Phrase(phrase))
    }

    /// Whether a word is of the name of a subject or of a cue.
    pub fn is_name_or_cue(&self, word: usize) -> bool {
        self.hits_at(word).any(|hit| matches!(hit.sense, Sense::Subject(_) | Sense::Measure(_)))
    }

    pub(super) fn hits_at(&self, word: usize) -> impl Iterator<Item = &Hit> {
        // hits stand in the order of their starts, and phrases are short
        let from = self.hits.partition_point(|hit| hit.start + 12 < word);
        let near = self.hits[from..].iter().take_while(move |hit| hit.start <= word);
        near.filter(move |hit| hit.end > word)
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

    /// The text between the end of the words before one and the start of another.
    pub fn between(&self, from: usize, to: usize) -> &str {
        let start = from.checked_sub(1).and_then(|last| self.words.get(last)).map_or(0, |word| word.end);
        let end = self.words.get(to).map_or(self.text.len(), |word| word.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The first word of the clause of a word.
    pub fn clause_start(&self, word: usize) -> usize {
        let Some(own) = self.words.get(word) else { return self.words.len() };
        self.words.partition_point(|other| other.clause < own.clause)
    }

    /// The word behind the clause of a word.
    pub fn clause_end(&self, word: usize) -> usize {
        let Some(own) = self.words.get(word) else { return self.words.len() };
        self.words.partition_point(|other| other.clause <= own.clause)
    }

    /// Whether words do this somewhere between two places.
    pub fn is_done(&self, from: usize, to: usize, phrase: Phrase) -> bool {
        (from..to).any(|word| self.does(word, phrase))
    }

    /// Whether a cue of another measure stands between two places.
    pub fn is_cue_of_other(&self, from: usize, to: usize, measure: MeasureId) -> bool {
        let is_other = |hit: &Hit| matches!(hit.sense, Sense::Measure(other) if other != measure);
        self.hits.iter().any(|hit| is_other(hit) && hit.start >= from && hit.end <= to)
    }

    /// Whether a measure or a facet of one is spoken of between two places.
    pub fn is_told(&self, from: usize, to: usize) -> bool {
        let is_cue = |hit: &Hit| matches!(hit.sense, Sense::Measure(_) | Sense::Facet(_));
        self.hits.iter().any(|hit| is_cue(hit) && hit.start >= from && hit.end <= to)
    }

    /// Whether words between two places only tie together: nobody is named, nothing is measured, all are known.
    pub fn is_slight(&self, from: usize, to: usize) -> bool {
        (from..to).all(|word| {
            let says = |hit: &Hit| !matches!(hit.sense, Sense::Phrase(_) | Sense::Facet(_) | Sense::Member(..));
            self.in_figure[word] || !self.is_unknown(word) && !self.hits_at(word).any(says)
        })
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
        let before = self.figures[..figure].iter().rev().find(|other| !other.is_aside).map_or(0, |other| other.end);
        let behind = self.figures[figure + 1..]
            .iter()
            .find(|other| !other.is_aside)
            .map_or(self.words.len(), |other| other.first);
        let at = spot.first.min(self.words.len().saturating_sub(1));
        (before.max(self.sentence_start(at)).min(spot.first), behind.min(self.sentence_end(at)).max(spot.end))
    }
}
