//! The marks of notes: numbers in the text that count up one by one, with numbered notes that open with the same numbers.
//!
//! The grammar of figures rightly passes them over. Here they are found again as what they are, so that a mark that was
//! lost or stands twice is found by a rule. All of it or none: without notes at the end of lines of their own, or where
//! numbers come back (a bibliography cited by number), nothing is taken for a mark. Only what is written into the text is
//! read; footnotes that a format keeps apart count themselves.

use crate::document::{Place, Places};
use crate::extract::{Folded, Mention, folded};
use crate::figure::Number;

/// Fewer notes are a list like any other.
const FEWEST: usize = 3;
/// So many numbers may be left out at a time where notes count up.
const MOST_LEFT_OUT: u32 = 2;
/// Of so many steps from mark to mark, so many go up by one.
const STEPS: (usize, usize) = (4, 3);
/// And of so many at most one does not go up.
const REPEATED: usize = 10;
/// Digits of the number of a note.
const LONGEST: usize = 3;

/// What the number of a note stands for where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In the running text.
    InText,
    /// It opens the note.
    OpensNote,
}

/// How much the place of a number alone says that it is a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Behind a word at the end of its sentence, as any number may stand.
    Weak,
    /// Behind the end of a sentence or a quotation, or right behind a word.
    Firm,
    /// Raised, or alone in square brackets.
    Plain,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Bytes of the text, digits alone.
    start: usize,
    end: usize,
    number: u32,
    strength: Strength,
}

/// The numbers of notes in a text, each with where it starts there.
pub(super) fn numbers(text: &str, places: &mut Places<'_>, mentions: &[Mention]) -> Vec<(Mention, Mark, usize)> {
    let notes = notes(text);
    let Some(first) = notes.first() else { return Vec::new() };
    let last = notes.iter().map(|note| note.number).max().unwrap_or(0);
    let Some(mut found) = candidates(&text[..first.start]) else { return Vec::new() };
    found.retain(|mark| mark.number > 0 && mark.number <= last + MOST_LEFT_OUT);
    // what is part of a longer figure is none: the raised two of a square metre
    let mut mentions = mentions.iter().peekable();
    found.retain(|mark| {
        let (start, end) = places.of(mark.start..mark.end);
        while mentions.next_if(|mention| mention.end <= start.offset).is_some() {}
        mentions
            .peek()
            .is_none_or(|mention| mention.start >= end || mention.start == start.offset && mention.end == end)
    });
    let marks = chain(&found);
    let steps = || marks.windows(2).map(|pair| (pair[0].number, pair[1].number));
    let (by_one, back) =
        (steps().filter(|(one, next)| *next == one + 1).count(), steps().filter(|(one, next)| next <= one).count());
    if marks.len() < FEWEST || by_one * STEPS.0 < steps().count() * STEPS.1 || back * REPEATED > marks.len() {
        return Vec::new();
    }
    let all =
        marks.into_iter().map(|mark| (mark, Mark::InText)).chain(notes.into_iter().map(|note| (note, Mark::OpensNote)));
    all.map(|(number, kind)| {
        let (start, end) = places.of(number.start..number.end);
        let nominal = Some(Number::from(i64::from(number.number)));
        let place = Place { line: start.line, column: start.column };
        let mut mention = Mention::bare(&text[number.start..number.end], start.offset, place, nominal);
        mention.end = end;
        (mention, kind, number.start)
    })
    .collect()
}

/// The numbers that open the notes: of lines that count up from one, the last such run in the text.
fn notes(text: &str) -> Vec<Candidate> {
    let mut opened = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        opened.extend(opening(line).map(|(start, end, number)| Candidate {
            start: at + start,
            end: at + end,
            number,
            strength: Strength::Plain,
        }));
        at += line.len();
    }
    let run = |from: usize| {
        let mut run = vec![opened[from]];
        for next in &opened[from + 1..] {
            let last = run.last().map_or(0, |last| last.number);
            if next.number > last && next.number <= last + 1 + MOST_LEFT_OUT {
                run.push(*next);
            }
        }
        run
    };
    let firsts = (0..opened.len()).rev().filter(|at| opened[*at].number == 1);
    firsts.map(run).find(|run| run.len() >= FEWEST).unwrap_or_default()
}

/// The number at the start of a line that says more: `¹ Title`, `[1] Title`, `1. Title`, `1 Title`.
fn opening(line: &str) -> Option<(usize, usize, u32)> {
    let start = line.len() - line.trim_start().len();
    let bracket = usize::from(line[start..].starts_with('['));
    let (end, number) = digits(line, start + bracket)?;
    let rest = &line[end..];
    let rest = if bracket == 1 { rest.strip_prefix(']')? } else { rest.strip_prefix(['.', ')', ':']).unwrap_or(rest) };
    let is_raised = raised(line[start..].chars().next()?).is_some();
    let stands_free = is_raised || bracket == 1 || rest.starts_with(char::is_whitespace);
    let says_more = rest.chars().any(char::is_alphabetic);
    (stands_free && says_more).then_some((start + bracket, end, number))
}

/// The number that starts here, and where it ends.
fn digits(text: &str, start: usize) -> Option<(usize, u32)> {
    let is_raised = raised(text[start..].chars().next()?).is_some();
    let (mut end, mut number, mut length) = (start, 0_u32, 0);
    for letter in text[start..].chars() {
        let digit = match (raised(letter), folded(letter)) {
            (Some(digit), _) if is_raised => digit,
            (None, Folded::Digit(digit)) if !is_raised => u32::from(digit),
            _ => break,
        };
        length += 1;
        if length > LONGEST || length == 1 && digit == 0 {
            return None;
        }
        number = number * 10 + digit;
        end += letter.len_utf8();
    }
    (length > 0).then_some((end, number))
}

/// A raised digit.
fn raised(letter: char) -> Option<u32> {
    match letter {
        '\u{b9}' => Some(1),
        '\u{b2}' => Some(2),
        '\u{b3}' => Some(3),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => Some(u32::from(letter) - 0x2070),
        _ => None,
    }
}

/// Every number of a text that may be a mark; none at all where brackets name several, which are never told apart.
fn candidates(text: &str) -> Option<Vec<Candidate>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let is_digit = raised(letter).is_some() || matches!(folded(letter), Folded::Digit(_));
        if !is_digit {
            at += letter.len_utf8();
            continue;
        }
        let end = text[at..].find(|next| raised(next).is_none() && !matches!(folded(next), Folded::Digit(_)));
        let end = end.map_or(text.len(), |length| at + length);
        if let Some((own_end, number)) = digits(text, at).filter(|(own_end, _)| *own_end == end) {
            let (before, behind) = (&text[..at], &text[own_end..]);
            if before.ends_with('[') && behind.starts_with([',', '–', '-', ';']) {
                let inside = behind.split(']').next().unwrap_or_default();
                let is_list = inside.chars().all(|next| !next.is_alphabetic()) && inside.len() < behind.len();
                if is_list {
                    return None;
                }
            }
            let strength = strength(before, behind, raised(letter).is_some());
            found.extend(strength.map(|strength| Candidate { start: at, end, number, strength }));
        }
        at = end;
    }
    Some(found)
}

fn strength(before: &str, behind: &str, is_raised: bool) -> Option<Strength> {
    let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if is_raised {
        let is_unit = matches!(word, "m" | "km" | "cm" | "mm" | "м" | "км" | "см" | "мм" | "م" | "كم" | "سم");
        return (!is_unit).then_some(Strength::Plain);
    }
    if before.ends_with('[') && behind.starts_with(']') {
        return Some(Strength::Plain);
    }
    let last = before.trim_end_matches([' ', '\u{a0}']);
    let gap = before.len() - last.len();
    let closes = last.ends_with(['.', '!', '?', '؟', '»', '”', '"']);
    let ends_line = behind.trim_start_matches([' ', '\u{a0}']).starts_with(['\n', '\r']) || behind.trim().is_empty();
    let ends_sentence = behind
        .strip_prefix(['.', '؛', ';'])
        .is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphanumeric()));
    let is_spelled_name = word.chars().all(char::is_uppercase) || word.chars().count() < 2;
    let is_behind_word = gap == 0 && !is_spelled_name && (ends_line || ends_sentence);
    if closes && (ends_line || ends_sentence) && gap <= 2 || is_behind_word {
        return Some(Strength::Firm);
    }
    let is_after_word = gap == 1 && last.ends_with(char::is_alphabetic);
    (is_after_word && (ends_line || ends_sentence)).then_some(Strength::Weak)
}

/// The marks among the candidates: the plain ones, the firm ones that stand in order between them, and the weak ones that
/// fill a gap at its edge.
fn chain(found: &[Candidate]) -> Vec<Candidate> {
    let mut marks: Vec<Candidate> = found.iter().filter(|mark| mark.strength == Strength::Plain).copied().collect();
    for strength in [Strength::Firm, Strength::Weak] {
        let mut all: Vec<Candidate> = Vec::new();
        let mut sure = marks.iter().peekable();
        for mark in found.iter().filter(|mark| mark.strength >= strength) {
            if let Some(known) = sure.next_if(|known| known.start == mark.start) {
                all.push(*known);
                continue;
            }
            if mark.strength != strength {
                continue;
            }
            let last = all.last().map_or(0, |last| last.number);
            let next = sure.peek().map(|next| next.number);
            let is_between = mark.number > last && next.is_none_or(|next| mark.number < next);
            let is_edge = mark.number == last + 1 || next == Some(mark.number + 1);
            let is_near = mark.number <= last + 1 + MOST_LEFT_OUT;
            if is_between && (is_edge || strength == Strength::Firm && (next.is_some() || is_near)) {
                all.push(*mark);
            }
        }
        marks = all;
    }
    marks
}
