//! The same figure again elsewhere in a document: in a headline and its text, in a summary and the body.
//!
//! Two figures of four digits and more that count the same thing and differ by one slip of the hand are taken for one
//! figure, if the words around them agree and nothing they say keeps them apart. What differs by more is another figure.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::amount::unit;
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_time};
use super::structure::Structure;
use crate::extract::{Kind, Mention};

/// Digits that must not be fewer for two figures to be known as one.
const DIGITS: usize = 4;
/// Words that both contexts must have.
const SHARED: usize = 2;
/// Words and marks before and behind a figure that name it.
const BEFORE: usize = 10;
const BEHIND: usize = 5;
/// Letters of a word that is no mere particle.
const LETTERS: usize = 4;
/// Figures of one pattern that are compared; beyond them a document is a list of numbers.
const MOST: usize = 8;

/// A figure with what its sentence says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    index: usize,
    digits: Vec<u8>,
    /// The thing that is counted, and the unit.
    thing: u64,
    /// Hashes of the words around it, sorted.
    words: Vec<u64>,
    /// Hashes of the times that the sentence names, sorted.
    times: Vec<u64>,
    /// The sentence, by passage and number, so that two figures of one are told apart.
    sentence: (usize, usize),
}

/// What the figures of a paragraph are said of.
pub(super) fn said(paragraph: &Paragraph<'_>, passage: usize) -> Vec<Said> {
    let mut found = Vec::new();
    let (mut start, mut number) = (0, 0);
    for end in 0..=paragraph.pieces.len() {
        let ends = |piece: &Piece| piece.what == What::Break || piece.is_mark('\n');
        if !paragraph.pieces.get(end).is_none_or(ends) {
            continue;
        }
        let mut times: Vec<u64> = (start..end)
            .filter_map(|piece| paragraph.mention(piece))
            .filter(|mention| is_time(mention))
            .map(|mention| hash(mention.date.as_deref().unwrap_or(&mention.text)))
            .collect();
        times.sort_unstable();
        for piece in start..end {
            found.extend(one(paragraph, start..end, piece, &times, (passage, number)));
        }
        (start, number) = (end + 1, number + 1);
    }
    found
}

fn one(
    paragraph: &Paragraph<'_>,
    own: std::ops::Range<usize>,
    piece: usize,
    times: &[u64],
    sentence: (usize, usize),
) -> Option<Said> {
    let mention = paragraph.mention(piece)?;
    let is_amount = matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Count | Kind::Number | Kind::Percent);
    if !is_amount || mention.hedge.is_some() || mention.figure.nominal.is_none() {
        return None;
    }
    let digits: Vec<u8> = mention.text.chars().filter_map(digit).collect();
    if significant(&digits) < DIGITS {
        return None;
    }
    let word = |piece: &Piece| {
        let text = paragraph.text.get(piece.start..piece.end).unwrap_or_default();
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        (piece.is_word() && !piece.has(Cue::Nothing) && letters >= LETTERS).then(|| hash(&text.to_lowercase()))
    };
    // only what stands near names a figure, up to the next one
    let ends = |index: &usize| {
        let piece = &paragraph.pieces[*index];
        matches!(piece.what, What::Mark(';' | '؛'))
            || paragraph.mention(*index).is_some_and(|mention| !is_time(mention))
    };
    let before = (own.start..piece).rev().take_while(|index| !ends(index)).take(BEFORE);
    let behind = (piece + 1..own.end).take_while(|index| !ends(index)).take(BEHIND);
    let mut words: Vec<u64> = before.chain(behind).filter_map(|index| word(&paragraph.pieces[index])).collect();
    words.sort_unstable();
    words.dedup();
    let behind = paragraph.pieces.get(piece + 1).filter(|next| next.is_word()).and_then(word).unwrap_or(0);
    let mut hasher = FxHasher::default();
    (behind, unit(mention), mention.kind == Kind::Percent, scale(mention)).hash(&mut hasher);
    Some(Said {
        index: paragraph.figure(piece)?,
        digits,
        thing: hasher.finish(),
        words,
        times: times.to_vec(),
        sentence,
    })
}

/// The figures of a document that are given again.
pub(super) fn repeated(all: &[Said], found: &mut Vec<Structure>) {
    let mut places: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    for (at, said) in all.iter().enumerate() {
        for pattern in patterns(&said.digits) {
            let same = places.entry((said.thing, pattern)).or_default();
            let before = same.iter().rev().map(|at| &all[*at]).find(|before| are_one(before, said));
            if let Some(before) = before {
                let structure = Structure::SameAgain { one: before.index, also: said.index };
                if !found.contains(&structure) {
                    found.push(structure);
                }
            }
            if same.len() < MOST {
                same.push(at);
            }
        }
    }
}

/// Whether two figures are one: other sentences, the same times or none, and words enough in common.
fn are_one(one: &Said, other: &Said) -> bool {
    let is_apart = !one.times.is_empty() && !other.times.is_empty() && one.times != other.times;
    let shared = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
    let fewer = one.words.len().min(other.words.len());
    one.sentence != other.sentence && !is_apart && shared >= SHARED && shared * 3 >= fewer * 2
}

/// What digits have in common with those that one slip makes of them: themselves, each digit left open, two neighbours
/// in any order.
fn patterns(digits: &[u8]) -> Vec<u64> {
    let mut found = Vec::with_capacity(2 * digits.len());
    for at in 0..digits.len() {
        let mut open = digits.to_vec();
        open[at] = b'*';
        found.push(hash(&open));
        if let Some([one, two]) = digits.get(at..at + 2).filter(|pair| pair[0] != pair[1]) {
            let mut turned = digits.to_vec();
            (turned[at], turned[at + 1]) = (b'a' + one.min(two), b'a' + one.max(two));
            found.push(hash(&turned));
        }
    }
    found
}

fn significant(digits: &[u8]) -> usize {
    let first = digits.iter().position(|digit| *digit != 0);
    let last = digits.iter().rposition(|digit| *digit != 0);
    first.zip(last).map_or(0, |(first, last)| last + 1 - first)
}

/// Letters of a scale word, so that thousands and millions are not taken for one another.
fn scale(mention: &Mention) -> u64 {
    let letters: String = mention.text.chars().filter(|letter| letter.is_alphabetic()).collect();
    hash(&letters.to_lowercase())
}

/// The value of a digit of any script.
fn digit(letter: char) -> Option<u8> {
    match crate::extract::folded(letter) {
        crate::extract::Folded::Digit(digit) => Some(digit),
        _ => None,
    }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
