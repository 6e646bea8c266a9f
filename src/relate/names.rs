//! A number of things against the names that are listed: `three groups: A, B and C`, or the items of a list below.

use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_bracketed};
use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// Words between a number and the sign that opens its list.
const LEAD: usize = 3;
/// Words of one name that begins with a capital, and of one that does not.
const NAME: usize = 4;
const WORD: usize = 2;
/// Letters of a word that is no mere preposition.
const LETTERS: usize = 4;
/// Things that are listed by name.
const MOST: i64 = 30;

/// A number with the names that are listed, as bytes of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub count: usize,
    pub names: Vec<(usize, usize)>,
}

/// The numbers of a paragraph that are followed by names.
pub(super) fn named(paragraph: &Paragraph<'_>) -> Vec<Listed> {
    let all = paragraph.figures().filter_map(|piece| {
        let sign = opened(paragraph, piece)?;
        let names = names(paragraph, sign)?;
        Some(Listed { count: paragraph.figure(piece)?, names })
    });
    all.collect()
}

/// The sign that opens a list behind a number of things: a colon, or a word that says that all of them follow.
pub(super) fn opened(paragraph: &Paragraph<'_>, piece: usize) -> Option<usize> {
    let mention = paragraph.mention(piece).filter(|mention| is_count(mention))?;
    if is_bracketed(mention) || paragraph.pieces[piece].depth > 0 {
        return None;
    }
    // `one of the three groups`, `more than two`, `first two`
    let before = paragraph.pieces[..piece].iter().rev().take_while(|piece| piece.is_word()).take(2);
    let is_some =
        |piece: &Piece| [Cue::Of, Cue::OutOf, Cue::Each, Cue::Other, Cue::Open].iter().any(|cue| piece.has(*cue));
    if before.into_iter().any(is_some) {
        return None;
    }
    let (mut words, mut is_short) = (0, false);
    for (index, next) in paragraph.pieces.iter().enumerate().skip(piece + 1) {
        let stops = [Cue::OfWhich, Cue::Open, Cue::Each, Cue::Other, Cue::And, Cue::Compared];
        match next.what {
            // `two keys for:` lists something else
            What::Mark(':') => return (words < 2 || !is_short).then_some(index),
            What::Word(_) if next.has(Cue::Divided) => {
                let colon = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.is_mark(':'));
                return colon.then_some(index + 1);
            }
            What::Word(_) if words < LEAD && !stops.iter().any(|cue| next.has(*cue) && !next.has(Cue::From)) => {
                words += 1;
                is_short = paragraph.text.get(next.start..next.end)?.chars().count() < LETTERS;
            }
            _ => return None,
        }
    }
    None
}

fn is_count(mention: &Mention) -> bool {
    let in_range = |number: &Number| number.is_integer() && *number >= Number::from(2) && *number <= Number::from(MOST);
    let is_bare = mention.unit.as_deref().is_none_or(|unit| matches!(unit, "persons" | "items"));
    let is_number = matches!(mention.kind, Kind::Count | Kind::Number);
    is_number && is_bare && mention.hedge.is_none() && mention.figure.nominal.as_ref().is_some_and(in_range)
}

/// The names behind a sign up to the end of the sentence, where every item is one.
fn names(paragraph: &Paragraph<'_>, sign: usize) -> Option<Vec<(usize, usize)>> {
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut item: Option<(usize, usize, usize)> = None;
    let (mut joined, mut is_over) = (0, false);
    for piece in paragraph.pieces.iter().skip(sign + 1) {
        if piece.what == What::Break {
            is_over = true;
            break;
        }
        if piece.depth > 0 || piece.is_mark('(') || piece.is_mark(')') {
            return None;
        }
        let is_mark = matches!(piece.what, What::Mark(',' | '،'));
        if is_mark || piece.has(Cue::And) {
            // behind a conjunction the last name follows
            if joined > 0 {
                return None;
            }
            joined += usize::from(piece.has(Cue::And));
            match item.take() {
                Some(item) => names.push(name(paragraph, item)?),
                // `a, b, and c`
                None if piece.has(Cue::And) && !names.is_empty() => {}
                None => return None,
            }
            if piece.has(Cue::And) && piece.start == piece.end {
                // written as one with the next word
                continue;
            }
            continue;
        }
        match piece.what {
            What::Word(_) if !piece.is_known() || piece.roles().next().is_some() => {
                let (start, _, words) = item.unwrap_or((piece.start, piece.end, 0));
                item = Some((start, piece.end, words + 1));
            }
            What::Mark('"' | '«' | '»' | '“' | '”') => {}
            What::Mark('-' | '’' | '\'') if item.is_some() => {}
            _ => return None,
        }
    }
    names.push(name(paragraph, item?)?);
    (joined == 1 && names.len() >= 2 && (is_over || paragraph.pieces.len() > sign)).then_some(names)
}

/// An item, if it is short enough for a name.
fn name(paragraph: &Paragraph<'_>, (start, end, words): (usize, usize, usize)) -> Option<(usize, usize)> {
    let is_capital = paragraph.text.get(start..end)?.starts_with(char::is_uppercase);
    (words <= if is_capital { NAME } else { WORD }).then_some((start, end))
}
