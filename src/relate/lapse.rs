//! Time between dates: a stretch with its length, and an age with birth and death.

use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_bracketed};
use super::structure::Structure;
use crate::extract::{Kind, Mention};

/// Words between a stretch of time and its length.
const NEAR: usize = 3;
/// Words between a date and what it is of.
const REACH: usize = 4;

/// The lengths of time of a paragraph, and the ages.
pub(super) fn lapses(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().collect();
    for pair in figures.windows(2) {
        found.extend(lasting(paragraph, pair[0], pair[1]));
    }
}

/// `it lasted 6 years, from 1939 to 1945`, `1939–1945 (six years)`.
fn lasting(paragraph: &Paragraph<'_>, one: usize, two: usize) -> Option<Structure> {
    let (first, second) = (paragraph.mention(one)?, paragraph.mention(two)?);
    let between = paragraph.between(one, two);
    let words = between.iter().filter(|piece| piece.is_word()).count();
    if between.iter().any(|piece| piece.what == What::Break || piece.is_mark(';') || piece.has(Cue::Apart)) {
        return None;
    }
    let lasts = |piece: &Piece| piece.has(Cue::Lasts);
    let (extent, length) = if is_extent(first) && is_length(second) {
        // behind its dates a length says that it is one, or stands alone between two marks
        let is_said = between.iter().any(lasts);
        let is_alone = words == 0 && between.len() == 1 && is_closed(paragraph, two);
        if !(is_said && words <= REACH || is_alone) {
            return None;
        }
        (one, two)
    } else if is_length(first) && is_extent(second) {
        let before = paragraph.pieces[..one].iter().rev().take_while(|piece| piece.is_word()).take(REACH);
        let joins = |piece: &Piece| piece.has(Cue::From) || matches!(piece.what, What::Mark(',' | '،'));
        let is_from = between.iter().all(joins) && between.iter().any(|piece| piece.has(Cue::From));
        if !(is_from && words <= 1 || before.into_iter().any(lasts) && words <= NEAR) {
            return None;
        }
        (two, one)
    } else {
        return None;
    };
    let follows = paragraph.pieces.get(length + 1).is_some_and(|piece| piece.has(Cue::Apart));
    let (duration, extent) = (paragraph.figure(length)?, paragraph.figure(extent)?);
    (!follows).then_some(Structure::Lasting { duration, extent })
}

fn is_extent(mention: &Mention) -> bool {
    let is_plain = |date: &str| date.split('/').count() == 2 && !date.contains(['X', '~', ' ', 'C']);
    mention.kind == Kind::Period && mention.hedge.is_none() && mention.date.as_deref().is_some_and(is_plain)
}

/// Whether a figure is a whole number of years or days.
fn is_length(mention: &Mention) -> bool {
    let is_whole = mention.figure.nominal.as_ref().is_some_and(crate::figure::Number::is_integer);
    let unit = mention.unit.as_deref();
    mention.kind == Kind::Duration && is_whole && mention.hedge.is_none() && matches!(unit, Some("years" | "days"))
}

/// Whether what follows a figure closes what it says.
fn is_closed(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    paragraph
        .pieces
        .get(piece + 1)
        .is_none_or(|next| matches!(next.what, What::Break | What::Mark(')' | ',' | '،' | ';' | '.')))
}

/// What a passage says of a life.
#[derive(Debug, Default)]
pub(super) struct Lives {
    lives: Vec<usize>,
    born: Vec<usize>,
    died: Vec<usize>,
    ages: Vec<usize>,
}

impl Lives {
    /// Adds what a paragraph says.
    pub(super) fn read(&mut self, paragraph: &Paragraph<'_>) {
        for piece in paragraph.figures() {
            let (Some(mention), Some(index)) = (paragraph.mention(piece), paragraph.figure(piece)) else { continue };
            let before = paragraph.pieces[..piece].iter().rev();
            let sentence: Vec<&Piece> = before.take_while(|piece| piece.what != What::Break).collect();
            let near = |cue: Cue| {
                let mut words = sentence.iter().take_while(|piece| piece.is_word() || piece.is_mark(','));
                words.by_ref().take(REACH).any(|piece| piece.has(cue))
            };
            let is_aside = paragraph.pieces[piece].depth > 0 || is_bracketed(mention);
            if is_aside && is_life(mention) {
                self.lives.push(index);
                continue;
            }
            let is_day = mention.kind == Kind::Date || mention.kind == Kind::Year;
            let is_age = mention.kind == Kind::Age || is_length(mention) && near(Cue::Aged);
            if is_age && mention.hedge.is_none() && tells_death(paragraph, piece) {
                self.ages.push(index);
            } else if is_day && near(Cue::Born) {
                self.born.push(index);
            } else if is_day && is_of_death(paragraph, piece, &sentence) {
                self.died.push(index);
            }
        }
    }

    /// Adds what another passage says.
    pub(super) fn add(&mut self, other: Lives) {
        self.lives.extend(other.lives);
        self.born.extend(other.born);
        self.died.extend(other.died);
        self.ages.extend(other.ages);
    }

    /// The age at death, where only one life is told of.
    pub(super) fn structure(&self) -> Option<Structure> {
        match (&self.lives[..], &self.born[..], &self.died[..], &self.ages[..]) {
            ([], [birth], [day], [age]) => Some(Structure::Age { age: *age, birth: *birth, day: *day }),
            ([life], [] | [_], [] | [_], [age]) => Some(Structure::AgeAlong { age: *age, life: *life }),
            _ => None,
        }
    }
}

/// Whether a stretch of time is long enough for a life.
fn is_life(mention: &Mention) -> bool {
    const SHORTEST: i64 = 15;
    let ends = mention.date.as_deref().filter(|_| is_extent(mention)).and_then(|date| date.split_once('/'));
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<i64>().ok());
    let years = ends.and_then(|(start, end)| Some(year(end)? - year(start)?));
    years.is_some_and(|years| (SHORTEST..=120).contains(&years))
}

/// Whether the sentence of a figure or the one before it tells of a death.
fn tells_death(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let end = paragraph.pieces[piece..]
        .iter()
        .position(|piece| piece.what == What::Break)
        .map_or(paragraph.pieces.len(), |at| piece + at);
    let mut breaks = (0..piece).rev().filter(|index| paragraph.pieces[*index].what == What::Break);
    let start = breaks.nth(1).unwrap_or(0);
    paragraph.pieces[start..end].iter().any(|piece| piece.has(Cue::Died))
}

/// Whether a date is that of a death: the word stands before it, or behind it in its sentence with no other figure between.
fn is_of_death(paragraph: &Paragraph<'_>, piece: usize, before: &[&Piece]) -> bool {
    let is_end = |piece: &Piece| matches!(piece.what, What::Break | What::Figure(_));
    let before = before.iter().take_while(|piece| !is_end(piece)).take(3 * REACH);
    let behind = paragraph.pieces[piece + 1..].iter().take_while(|piece| !is_end(piece)).take(3 * REACH);
    before.copied().chain(behind).any(|piece| piece.has(Cue::Died))
}
