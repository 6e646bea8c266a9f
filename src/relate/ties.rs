//! Which figure a word of a family speaks of, sentence by sentence, with what narrows it: its time, its modifiers, and
//! whether it is the figure of before. What comes of it is put together in `kin`, for a whole document.
//!
//! A word is followed by its figure, with verbs, changes and times between; a figure is followed by its word only at
//! once. Two words of one family side by side share a figure, and nothing is said of either.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::amount::{adds_up, is_percent, unit};
use super::cues::{Cue, Role};
use super::digits;
use super::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use crate::extract::Mention;
use crate::figure::Number;

/// Words between a word of a family and the figure behind it.
const AHEAD: usize = 16;
/// Words between a figure and the word of a family behind it.
const BEHIND: usize = 2;
/// Words between a figure and the cue that says what it is.
const REACH: usize = 6;
/// Less than so many are things of the sentence, and no parts of what a document counts.
const FEW: i64 = 10;
/// Letters by which words are known whatever their endings.
const STEM: usize = 5;

/// A time as far as a sentence names it: hashes of its year and of what comes behind the year, or 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    pub year: u64,
    rest: u64,
}

impl Time {
    fn of(mention: &Mention) -> Time {
        let written = mention.date.as_deref().unwrap_or(&mention.text);
        match written.get(..4) {
            Some(year) if year.bytes().all(|byte| byte.is_ascii_digit()) => {
                Time { year: hash(year), rest: written.get(4..).filter(|rest| !rest.is_empty()).map_or(0, hash) }
            }
            Some("XXXX") => Time { year: 0, rest: written.get(4..).map_or(0, hash) },
            _ => Time { year: 0, rest: hash(written) },
        }
    }

    /// Whether two times may be one.
    pub(super) fn may_be(self, other: Time) -> bool {
        let agree = |one: u64, other: u64| one == 0 || other == 0 || one == other;
        agree(self.year, other.year) && agree(self.rest, other.rest)
    }
}

/// A figure that a word of a family speaks of.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub family: u8,
    pub role: Role,
    /// Among the mentions.
    pub figure: usize,
    pub passage: usize,
    /// A hash of the words that narrow the word, or 0.
    pub narrowed: u64,
    /// Whether it is the value of before.
    pub is_old: bool,
    pub time: Time,
    /// Whether its sentence names several times, so that its own is guessed.
    pub is_time_unsure: bool,
}

/// An amount that its sentence says nothing of but itself: no old value, no size of a change, nothing for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// Among the mentions.
    pub figure: usize,
    pub passage: usize,
    /// A hash of the noun behind it, whatever its ending, or 0.
    pub noun: u64,
}

/// The amounts of a passage.
pub(super) fn amounts(paragraph: &Paragraph<'_>, passage: usize, found: &mut Vec<Amount>) {
    for sentence in sentences(paragraph, passage) {
        // a line with a label belongs to the lines around it, which are read elsewhere
        if sentence.pieces().iter().any(|piece| piece.is_mark(':')) {
            continue;
        }
        for at in sentence.start..sentence.end {
            let Some(mention) = paragraph.mention(at) else { continue };
            let is_amount = !is_time(mention)
                && adds_up(mention)
                && mention.hedge.is_none()
                && mention.figure.nominal.as_ref().is_some_and(|amount| *amount >= Number::from(FEW));
            if is_amount
                && sentence.standing(at) == Standing::Own
                && let Some(figure) = paragraph.figure(at)
            {
                found.push(Amount { figure, passage, noun: sentence.noun(at) });
            }
        }
    }
}

/// The ties of a passage.
pub(super) fn ties(paragraph: &Paragraph<'_>, passage: usize, found: &mut Vec<Tie>) {
    for sentence in sentences(paragraph, passage) {
        let own = sentence.pieces();
        if own.iter().any(|piece| piece.roles().next().is_some()) && !own.iter().any(|piece| piece.has(Cue::Each)) {
            sentence.ties(found);
        }
    }
}

/// The sentences of a paragraph; a line is one as well.
fn sentences<'p, 'a>(paragraph: &'p Paragraph<'a>, passage: usize) -> impl Iterator<Item = Sentence<'p, 'a>> {
    let ends = |piece: &Piece| piece.what == What::Break || piece.is_mark('\n');
    let mut start = 0;
    (0..=paragraph.pieces.len()).filter(move |end| paragraph.pieces.get(*end).is_none_or(ends)).map(move |end| {
        let own = start..end;
        start = end + 1;
        Sentence { paragraph, start: own.start, end: own.end, passage }
    })
}

/// What the words before a figure make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Own,
    Old,
    Change,
}

struct Sentence<'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    start: usize,
    end: usize,
    passage: usize,
}

impl Sentence<'_, '_> {
    fn pieces(&self) -> &[Piece] {
        self.paragraph.pieces.get(self.start..self.end).unwrap_or_default()
    }

    fn ties(&self, found: &mut Vec<Tie>) {
        let mut waiting: Option<usize> = None;
        let mut bound: Option<(usize, usize)> = None;
        let mut taken: Option<usize> = None;
        for at in self.start..self.end {
            let piece = &self.paragraph.pieces[at];
            if matches!(piece.what, What::Mark(';' | '؛')) {
                (waiting, bound) = (None, None);
            }
            if piece.roles().any(|(_, role)| role != Role::Share) && taken != Some(at) {
                if self.is_shared_out(at) {
                    (waiting, bound, taken) = (None, None, None);
                    continue;
                }
                // `exports and imports`: one figure for two words
                let shares = waiting.is_some_and(|word| self.is_joined(word, at));
                waiting = (!shares).then_some(at);
                taken = None;
                continue;
            }
            let Some(mention) = self.paragraph.mention(at) else { continue };
            if is_time(mention) || !adds_up(mention) || mention.figure.nominal.is_none() {
                continue;
            }
            let before = bound.and_then(|(_, figure)| self.paragraph.mention(figure));
            let goes_on = before.is_some_and(|before| unit(before) == unit(mention));
            match self.standing(at) {
                Standing::Change => {}
                // `34.7 billion dinars (4.4 billion dollars)`
                _ if !goes_on && bound.is_some_and(|(_, figure)| self.is_again(figure, at)) => {
                    let is_old = found.last().is_some_and(|last| last.is_old);
                    self.tie(bound.map_or(at, |(word, _)| word), at, is_old, found);
                }
                Standing::Old => {
                    if let Some(word) = waiting.or(bound.filter(|_| goes_on).map(|(word, _)| word)) {
                        self.tie(word, at, true, found);
                        bound = Some((word, at));
                    }
                }
                Standing::Own => {
                    let word = waiting.filter(|word| self.words(*word, at) <= AHEAD).or_else(|| self.behind(at));
                    if let Some(word) = word {
                        self.tie(word, at, false, found);
                        bound = Some((word, at));
                        taken = (word > at).then_some(word);
                    } else if let Some((word, figure)) = bound.filter(|_| goes_on)
                        && self.is_of_other_time(figure, at)
                    {
                        self.tie(word, at, true, found);
                    } else {
                        bound = None;
                    }
                    waiting = None;
                }
            }
        }
    }

    /// Whether a word says what a share is of, so that what follows is a part: `43 % of exports, or 217 million`.
    fn is_shared_out(&self, word: usize) -> bool {
        let is_share = |at: usize| self.paragraph.mention(at).is_some_and(is_percent);
        match word.checked_sub(1).filter(|before| *before >= self.start) {
            Some(before) if self.paragraph.pieces[before].has(Cue::Of) => before > self.start && is_share(before - 1),
            Some(before) => is_share(before),
            None => false,
        }
    }

    fn tie(&self, word: usize, at: usize, is_old: bool, found: &mut Vec<Tie>) {
        let Some(figure) = self.paragraph.figure(at) else { return };
        let (time, is_time_unsure) = self.time(at);
        let narrowed = self.narrowed(word);
        for (family, role) in self.paragraph.pieces[word].roles().filter(|(_, role)| *role != Role::Share) {
            let passage = self.passage;
            found.push(Tie { family, role, figure, passage, narrowed, is_old, time, is_time_unsure });
        }
    }

    fn words(&self, from: usize, to: usize) -> usize {
        self.paragraph.between(from, to).iter().filter(|piece| piece.is_word()).count()
    }

    /// Whether nothing but a conjunction or a mark stands between two words of families.
    fn is_joined(&self, word: usize, next: usize) -> bool {
        let between = self.paragraph.between(word, next);
        between.iter().all(|piece| piece.separates() || piece.is_mark('/')) && !between.is_empty()
    }

    /// Whether a figure gives the one before it again, in another unit, in brackets or behind a bar.
    fn is_again(&self, figure: usize, at: usize) -> bool {
        let between = self.paragraph.between(figure, at);
        let opens = between.iter().any(|piece| matches!(piece.what, What::Mark('(' | '/')) || piece.has(Cue::Same));
        let is_aside = self.paragraph.mention(at).is_some_and(is_bracketed);
        (opens || is_aside) && between.iter().filter(|piece| piece.is_word()).count() <= 2
    }

    /// Whether a figure goes on about the one before it, of another time: `it was 5 million, and in 2023 it was 4 million`.
    fn is_of_other_time(&self, figure: usize, at: usize) -> bool {
        let mut between = figure + 1..at;
        between.any(|index| {
            self.paragraph.pieces[index].has(Cue::Earlier) || self.paragraph.mention(index).is_some_and(is_time)
        })
    }

    /// The word of a family right behind a figure.
    fn behind(&self, at: usize) -> Option<usize> {
        let ahead = self.paragraph.pieces.iter().enumerate().take(self.end).skip(at + 1);
        let mut near = ahead.take_while(|(_, piece)| piece.is_word() && !piece.has(Cue::And)).take(BEHIND + 1);
        let (word, _) = near.find(|(_, piece)| piece.roles().any(|(_, role)| role != Role::Share))?;
        Some(word)
    }

    /// A hash of the stem of the word behind a figure, or 0.
    fn noun(&self, at: usize) -> u64 {
        let next = self
            .paragraph
            .pieces
            .get(at + 1)
            .filter(|next| next.is_word() && !next.is_known() && next.start < next.end);
        next.map_or(0, |next| hash(&stem(&self.paragraph.text[next.start..next.end])))
    }

    /// Whether a figure is the value of before, or no value but the size of a change.
    fn standing(&self, at: usize) -> Standing {
        let pieces = &self.paragraph.pieces;
        let since = (self.start..at).rev().find(|index| {
            self.paragraph.mention(*index).is_some_and(|mention| !is_time(mention))
                && pieces[*index].depth <= pieces[at].depth
        });
        let before = pieces.get(since.map_or(self.start, |since| since + 1)..at).unwrap_or_default();
        let is_signed = self.paragraph.text[..pieces[at].start].ends_with('+');
        let mut words = 0;
        for piece in before.iter().rev() {
            if matches!(piece.what, What::Mark(',' | '،')) || words > REACH {
                break;
            }
            words += usize::from(piece.is_word());
            let compares = piece.has(Cue::Compared) && !piece.has(Cue::From);
            if compares || piece.has(Cue::From) && words <= 1 {
                return Standing::Old;
            }
            if piece.has(Cue::To) {
                break;
            }
            if words <= 3 && (piece.has(Cue::Up) || piece.has(Cue::Down)) {
                return Standing::Change;
            }
            // `in second place, by 577 votes` is no change
            if words <= 3 && piece.has(Cue::By) && before.iter().any(|piece| piece.has(Cue::Up) || piece.has(Cue::Down))
            {
                return Standing::Change;
            }
        }
        let near = pieces[at + 1..self.end]
            .iter()
            .enumerate()
            .take_while(|(next, piece)| piece.is_word() || self.paragraph.mention(at + 1 + next).is_some_and(is_time));
        let is_earlier = near.map(|(_, piece)| piece).take(REACH).any(|piece| piece.has(Cue::Earlier));
        match (is_signed, is_earlier || super::change::is_beside_time(self.paragraph, at)) {
            (true, _) => Standing::Change,
            (_, true) => Standing::Old,
            _ => Standing::Own,
        }
    }

    /// The time that a figure is of, and whether the sentence names others too.
    fn time(&self, at: usize) -> (Time, bool) {
        let depth = self.paragraph.pieces[at].depth;
        let time = |index: usize| {
            let mention = self.paragraph.mention(index).filter(|mention| is_time(mention))?;
            (self.paragraph.pieces[index].depth <= depth && !is_bracketed(mention)).then(|| Time::of(mention))
        };
        // what is named behind a figure may be another time that it is compared with
        let mut before = (self.start..at).rev().filter_map(time);
        if let Some(nearest) = before.next() {
            return (nearest, !before.all(|other| other.may_be(nearest)));
        }
        let mut behind = (at..self.end).filter_map(time);
        let Some(first) = behind.next() else { return (Time::default(), false) };
        (first, !behind.all(|other| other.may_be(first)))
    }

    /// A hash of the words beside a word of a family that make it another quantity, or 0.
    fn narrowed(&self, word: usize) -> u64 {
        let pieces = &self.paragraph.pieces;
        let is_open = |piece: &Piece| piece.is_word() && !piece.is_known() && piece.start < piece.end;
        let text = |piece: &Piece| self.paragraph.text.get(piece.start..piece.end).unwrap_or_default();
        let mut hasher = FxHasher::default();
        let mut is_narrowed = false;
        let mut add = |piece: &Piece| {
            // `Egyptian` and `Egypt`, whatever their endings
            stem(text(piece)).hash(&mut hasher);
            is_narrowed = true;
        };
        let before = word.checked_sub(1).filter(|before| *before >= self.start).and_then(|before| pieces.get(before));
        if let Some(piece) = before.filter(|piece| is_open(piece) || piece.is_mark('-')) {
            add(piece);
        }
        let behind = pieces.get(word + 1..self.end).unwrap_or_default();
        match behind {
            [next, ..] if is_open(next) => add(next),
            [link, next, ..] if leads(link) && is_open(next) => add(next),
            _ => {}
        }
        if is_narrowed { hasher.finish() | 1 } else { 0 }
    }
}

/// Whether a word leads on from a noun to what narrows it: exports *to* Peru, exports *of* oil.
fn leads(piece: &Piece) -> bool {
    [Cue::To, Cue::From, Cue::Of, Cue::OfWhich].iter().any(|cue| piece.has(*cue))
        && !piece.has(Cue::Rises)
        && !piece.has(Cue::Sinks)
}

/// The letters by which a word is known whatever its ending.
fn stem(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).take(STEM).collect()
}

/// A hash that is never 0, which stands for nothing said.
fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    digits::hash(value).max(1)
}
