//! Where each word of a text stands, and how much it says about a place.
//!
//! A rare word points to few places, a common one to many. What a word says is counted in bits: one for a word that is
//! everywhere, one more each time it is half as frequent. Whole numbers, so that no decision hangs on rounding.

use std::ops::Range;

use super::words::{Word, short, words};
use crate::document::{LineIndex, Quotable, Span};
use crate::extract::{Folded, folded};

/// A text, its words and their places.
pub struct Index<'t> {
    pub document: &'t Quotable,
    pub text: &'t str,
    pub lines: &'t LineIndex,
    pub words: Vec<Word>,
    /// Where the places of each short hash begin in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
}

/// Bytes of brackets and marks around a figure.
const OUTER: usize = 8;

/// Letters that may be joined to the front of a word.
const MOST_JOINED: usize = 3;

/// The words that a reader sees, by their places in the text.
pub fn words_of(document: &Quotable) -> Vec<Word> {
    if document.blocks().is_empty() {
        return words(&document.text);
    }
    let mut all = Vec::new();
    for block in document.blocks() {
        all.extend(words(&block.text).into_iter().map(|word| {
            let origin = block.origin.range(word.start as usize..word.end as usize);
            Word { start: origin.start as u32, end: origin.end as u32, ..word }
        }));
    }
    // a cell may be written inside another block
    all.sort_by_key(|word| (word.start, word.end));
    all
}

/// The letters of a word by which it is compared.
fn fold_word(text: &str, word: &Word) -> Vec<char> {
    let letters = text.get(word.start as usize..word.end as usize).unwrap_or_default().chars();
    letters
        .filter_map(|letter| match folded(letter) {
            Folded::Letter(letter) => Some(letter),
            _ => None,
        })
        .collect()
}

const HASHES: usize = 1 << 16;

impl<'t> Index<'t> {
    pub fn new(document: &'t Quotable) -> Index<'t> {
        let words = words_of(document);
        let mut starts = vec![0_u32; HASHES + 1];
        for word in &words {
            starts[usize::from(word.short()) + 1] += 1;
        }
        for hash in 0..HASHES {
            starts[hash + 1] += starts[hash];
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; words.len()];
        for (place, word) in words.iter().enumerate() {
            let slot = &mut next[usize::from(word.short())];
            places[*slot as usize] = place as u32;
            *slot += 1;
        }
        Index { document, text: &document.text, lines: &document.lines, words, starts, places }
    }

    /// The places of words with this hash, in the order of the text.
    pub fn places(&self, hash: u16) -> &[u32] {
        let at = |slot: usize| self.starts.get(slot).map_or(0, |start| *start as usize);
        self.places.get(at(usize::from(hash))..at(usize::from(hash) + 1)).unwrap_or_default()
    }

    /// What a word says about a place, in bits.
    pub fn weight(&self, hash: u16) -> u32 {
        let times = self.places(hash).len() as u32 + 1;
        1 + ((self.words.len() as u32 + 1) / times).max(1).ilog2()
    }

    /// The bits that it takes to tell one of so many places.
    pub fn bits(places: usize) -> u32 {
        places.max(1).ilog2() + u32::from(!places.is_power_of_two())
    }

    /// The line of a word, from 1.
    pub fn line(&self, word: usize) -> usize {
        self.words.get(word).map_or(0, |word| self.lines.line_of(word.start as usize) + 1)
    }

    /// Every place at which these words stand one after the other, as the index of the first.
    pub fn occurrences<'s>(&'s self, pattern: &'s [Word]) -> impl Iterator<Item = usize> + 's {
        let rarest = pattern.iter().enumerate().min_by_key(|(_, word)| self.places(word.short()).len());
        let (offset, places) = rarest.map_or((0, &[][..]), |(offset, word)| (offset, self.places(word.short())));
        places.iter().filter_map(move |place| {
            let first = (*place as usize).checked_sub(offset)?;
            let there = self.words.get(first..first + pattern.len())?;
            there.iter().zip(pattern).all(|(a, b)| a.hash == b.hash).then_some(first)
        })
    }

    /// Places at which these words stand and the first has something written before it: a conjunction, an article, a
    /// preposition, as Arabic joins them. A single word is looked for on a line (from 1) only.
    pub fn joined_occurrences(&self, pattern: &[Word], quote: &str, line: usize) -> Vec<usize> {
        let Some((first, rest)) = pattern.split_first().filter(|(first, _)| !first.is_number) else {
            return Vec::new();
        };
        let stem = fold_word(quote, first);
        let is_joined = |place: &usize| {
            self.words.get(*place).is_some_and(|word| {
                let whole = fold_word(self.text, word);
                let joined = whole.len().checked_sub(stem.len()).filter(|joined| (1..=MOST_JOINED).contains(joined));
                joined.is_some_and(|joined| whole[joined..] == stem[..])
            })
        };
        if rest.is_empty() {
            let on_line = line.checked_sub(1).and_then(|line| self.lines.line_span(self.text, line));
            let Some((start, end)) = on_line else { return Vec::new() };
            return super::words::within(&self.words, start..end).filter(is_joined).collect();
        }
        self.occurrences(rest).filter_map(|place| place.checked_sub(1)).filter(is_joined).collect()
    }

    /// How often the rarest of these words occurs, at most.
    pub fn frequency(&self, pattern: &[Word]) -> usize {
        pattern.iter().map(|word| self.places(word.short()).len()).min().unwrap_or(0)
    }

    /// The bytes of some words, with the brackets and marks around them that `quote` begins and ends with.
    pub fn span(&self, range: Range<usize>, quote: &str) -> Span {
        let Some((first, last)) = self.words.get(range).and_then(|words| words.first().zip(words.last())) else {
            return Span::default();
        };
        let (mut start, mut end) = (first.start as usize, last.end as usize);
        // exactly as quoted, also within a word
        let around = self.text.floor_char_boundary(start.saturating_sub(quote.len().min(OUTER)))
            ..self.text.ceil_char_boundary((end + OUTER).min(self.text.len()));
        let exact = self.text.get(around.clone()).filter(|_| !quote.is_empty()).and_then(|near| near.find(quote));
        if let Some(at) = exact.map(|at| around.start + at)
            && at < first.end as usize
            && at + quote.len() >= end
        {
            return Span::new(at, at + quote.len());
        }
        let quoted = words(quote);
        let before = quoted.first().and_then(|word| quote.get(..word.start as usize)).unwrap_or_default();
        let after = quoted.last().and_then(|word| quote.get(word.end as usize..)).unwrap_or_default();
        for letter in before.chars().rev() {
            match self.text.get(..start).and_then(|before| before.strip_suffix(letter)) {
                Some(before) => start = before.len(),
                None => break,
            }
        }
        for letter in after.chars() {
            match self.text.get(end..).and_then(|after| after.strip_prefix(letter)) {
                Some(after) => end = self.text.len() - after.len(),
                None => break,
            }
        }
        Span::new(start, end)
    }

    /// The words that overlap a span.
    pub fn words_of(&self, span: Span) -> Range<usize> {
        super::words::within(&self.words, span.range())
    }

    /// The hash of a word as contexts keep it; `None` beyond the text.
    pub fn short_at(&self, place: Option<usize>) -> Option<u16> {
        self.words.get(place?).map(|word| short(word.hash))
    }
}
