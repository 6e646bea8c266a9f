//! Answers to one question over clauses and sentences: `72.6 % are against, 17.5 % for it, and 9.9 % do not know`.
//!
//! Whoever counts those that have no answer has counted all the others. So the shares that lead up to them are all there
//! are, as long as nothing else stands between.

use super::amount::{Sum, is_percent};
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use super::structure::Structure;

/// Words around a share that may say that nothing was answered.
const NEAR: usize = 7;
/// Words between two answers.
const FAR: usize = 25;
/// Words between two answers that are sentences and not labels.
const FEWEST: usize = 2;
/// Answers to one question.
const MOST: usize = 8;

/// The polls of a paragraph.
pub(super) fn polls(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention) && !is_bracketed(mention)))
        .collect();
    for (at, last) in figures.iter().enumerate() {
        let next = figures.get(at + 1).copied().unwrap_or(paragraph.pieces.len());
        let ends =
            figures.len() == at + 1 || paragraph.between(*last, next).iter().any(|piece| piece.what == What::Break);
        if ends && is_unanswered(paragraph, &figures, at) {
            found.extend(answers(paragraph, &figures[..=at], *last));
        }
    }
}

/// Whether the words of a share say that these have no answer.
fn is_unanswered(paragraph: &Paragraph<'_>, figures: &[usize], at: usize) -> bool {
    let ends = |piece: &&Piece| !matches!(piece.what, What::Break | What::Figure(_) | What::Mark(';' | '؛' | '\n'));
    let before = at.checked_sub(1).and_then(|at| figures.get(at)).map_or(0, |before| before + 1);
    let own = paragraph.pieces.get(before..figures[at]).unwrap_or_default().iter().rev();
    let behind = paragraph.pieces.get(figures[at] + 1..).unwrap_or_default().iter();
    let says = |piece: &Piece| piece.has(Cue::Unanswered);
    own.take_while(|piece| ends(piece) && !matches!(piece.what, What::Mark(',' | '،'))).take(NEAR).any(says)
        || behind.take_while(ends).take(NEAR).any(says)
}

/// The shares of all answers, of which this is the last.
fn answers(paragraph: &Paragraph<'_>, figures: &[usize], last: usize) -> Option<Structure> {
    let mut shares: Vec<usize> = Vec::new();
    let mut next = last;
    for piece in figures.iter().rev().take(MOST) {
        let mention = paragraph.mention(*piece)?;
        let between = paragraph.between(*piece, next);
        let stops = |piece: &Piece| piece.has(Cue::Overlap) || piece.has(Cue::Each);
        let right_before = paragraph.pieces[..*piece].iter().rev().take_while(|piece| piece.is_word()).take(2);
        let moves = [Cue::Up, Cue::Down, Cue::Compared];
        let is_change =
            right_before.into_iter().any(|piece| moves.iter().any(|cue| piece.has(*cue)) && !piece.has(Cue::From));
        let is_far = between.iter().filter(|piece| piece.is_word()).count() > FAR;
        // a label and its share is a list, which is read as one
        let is_labelled = between.iter().any(|piece| matches!(piece.what, What::Mark(':' | ';' | '؛' | '\n')))
            || !shares.is_empty() && between.iter().filter(|piece| piece.is_word()).count() < FEWEST;
        if is_labelled || mention.hedge.is_some() {
            return None;
        }
        if !is_percent(mention) || mention.figure.nominal.is_none() || is_far || is_change || between.iter().any(stops)
        {
            break;
        }
        shares.push(paragraph.figure(*piece)?);
        next = *piece;
        let sum = Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index)));
        let is_full = |least: i64| sum.is_near(&Sum::hundred(), least, 100_000);
        // a question begins with its sentence
        let start = paragraph.pieces[..*piece].iter().rposition(|piece| piece.what == What::Break);
        let is_first = !figures.iter().any(|other| other < piece && start.is_none_or(|start| *other > start));
        if shares.len() > 2 && is_full(100) || shares.len() > 2 && is_first && is_full(80) {
            break;
        }
    }
    let sum = Sum::of(shares.iter().filter_map(|index| paragraph.mentions.get(*index)));
    shares.reverse();
    (shares.len() > 2 && sum.is_near(&Sum::hundred(), 80, 125)).then_some(Structure::Shares { shares })
}
