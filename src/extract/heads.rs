//! What the head of a row or column says of the figures under it: a unit, a scale (`Exports, million USD`), or that they
//! are a total.
//!
//! A unit counts where it stands apart: in brackets, behind a comma, behind a preposition, or alone. A unit among other
//! words (`hours worked`) says nothing.

use super::amount::Amount;
use super::item::{Item, Paragraph};
use super::pack::{CLITIC_PREPOSITION, Cue, Packs, Sense};
use super::token::{Case, Class, Tokens, tokenise};
use super::unit::{Unit, is_money};

/// A scale and a unit for figures that have none of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    /// The power of ten of the scale words.
    exponent: u8,
    unit: Option<Unit>,
}

/// Whether a head says that what it stands for is all the others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// It says only that: `Total`.
    Alone,
    /// It says of what: `Total exports`. That may as well be the name of something.
    Of,
}

impl Given {
    /// An amount with what its head says of it, where it does not say it itself.
    pub(super) fn applied_to(&self, mut amount: Amount) -> Amount {
        let is_bare = amount.unit.is_none() && !amount.numeral.is_ordinal && amount.numeral.end <= amount.end;
        if !is_bare {
            return amount;
        }
        if amount.numeral.scale == 0 && self.exponent > 0 {
            amount.numeral = amount.numeral.scaled(self.exponent);
        }
        amount.unit = self.unit.as_ref().map(|unit| Unit { start: amount.end, end: amount.end, ..unit.clone() });
        amount
    }

    /// What holds where two heads speak: the nearer one's unit, and the scale that belongs to it.
    pub(super) fn or(nearer: Option<Given>, farther: Option<Given>) -> Option<Given> {
        match (nearer, farther) {
            (Some(scale), Some(other)) if scale.unit.is_none() => {
                Some(Given { exponent: scale.exponent.max(other.exponent), unit: other.unit })
            }
            (nearer, farther) => nearer.or(farther),
        }
    }
}

/// What a head says of the figures under it. `is_alone` where it counts only if it says nothing else.
pub(super) fn given(text: &str, language: usize, is_alone: bool, packs: &Packs) -> Option<Given> {
    with_items(text, language, packs, |paragraph| {
        let segments = segments(&paragraph.items);
        if is_alone && segments.len() != 1 {
            return None;
        }
        let count = segments.len();
        segments.iter().enumerate().rev().find_map(|(index, segment)| {
            let has_neighbours = count > 1 && index > 0 || segment.is_bracketed;
            said(paragraph, segment.start, segment.end, has_neighbours, is_alone)
        })
    })
}

/// Whether a head speaks of a total.
pub(super) fn total(text: &str, language: usize, packs: &Packs) -> Option<Total> {
    with_items(text, language, packs, |paragraph| {
        let first = segments(&paragraph.items).into_iter().next()?;
        let is_total = |at: usize| paragraph.has_cue(at, Cue::Total);
        let goes_on = !(first.start..first.end).all(is_total);
        is_total(first.start).then_some(if goes_on { Total::Of } else { Total::Alone })
    })
}

/// Longer texts are no heads.
const LONGEST_HEAD: usize = 300;

fn with_items<T>(
    text: &str,
    language: usize,
    packs: &Packs,
    read: impl FnOnce(&Paragraph<'_>) -> Option<T>,
) -> Option<T> {
    if text.is_empty() || text.len() > LONGEST_HEAD {
        return None;
    }
    let mut tokens = Tokens::new(packs);
    tokenise(text, &mut tokens);
    let mut paragraph = Paragraph::new(text, &tokens, None, language);
    paragraph.read(&tokens.tokens);
    read(&paragraph)
}

/// A stretch of a head between marks.
struct Segment {
    start: usize,
    end: usize,
    is_bracketed: bool,
}

fn segments(items: &[Item]) -> Vec<Segment> {
    let mut found = Vec::new();
    let (mut start, mut is_bracketed) = (0, false);
    for (at, item) in items.iter().enumerate() {
        let divides = item.class == Class::Mark
            && matches!(
                item.letter,
                ',' | '،' | ';' | '؛' | ':' | '(' | ')' | '[' | ']' | '–' | '—' | '|' | '\u{fffc}'
            )
            || item.is_mark('-') && !item.is_glued();
        if divides {
            if at > start {
                found.push(Segment { start, end: at, is_bracketed });
            }
            start = at + 1;
            is_bracketed = matches!(item.letter, '(' | '[');
        }
    }
    if items.len() > start {
        found.push(Segment { start, end: items.len(), is_bracketed });
    }
    found
}

/// What a segment says, if it is made of units and scale words: all of it, or what follows its last preposition.
fn said(paragraph: &Paragraph<'_>, start: usize, end: usize, is_apart: bool, is_alone: bool) -> Option<Given> {
    if let Some(given) = measure(paragraph, start, end) {
        let is_whole = is_apart || is_alone || !given.unit.as_ref().is_some_and(is_of_time);
        return is_whole.then_some(given);
    }
    if is_alone {
        return None;
    }
    // `% of the total`, `в % к 2010 году`
    let first = start + usize::from(is_preposition(paragraph, start));
    if paragraph.is_mark(first, '%') || is_percent(paragraph, first) {
        return measure(paragraph, first, first + 1);
    }
    let from = (start + 1..end).rev().find(|at| is_preposition(paragraph, *at));
    if let Some(given) = from.and_then(|from| measure(paragraph, from, end)) {
        return Some(given);
    }
    // `Area km²`: a sign at the end needs no mark before it
    let last = end - 1;
    let is_sign = paragraph.slice(last).chars().any(|letter| !letter.is_alphabetic()) || is_code(paragraph, last);
    if is_sign { measure(paragraph, last, end) } else { None }
}

fn is_percent(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.senses(at).any(|sense| matches!(sense, Sense::Unit { unit, .. } if paragraph.unit_id(unit) == "%"))
}

fn is_code(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.item(at).is_some_and(|item| item.case == Case::All && item.length == 3)
        && paragraph.senses(at).any(|sense| matches!(sense, Sense::Code(_)))
}

fn is_of_time(unit: &Unit) -> bool {
    matches!(
        unit.id.as_str(),
        "seconds"
            | "minutes"
            | "hours"
            | "days"
            | "weeks"
            | "months"
            | "quarters"
            | "half-years"
            | "years"
            | "decades"
            | "centuries"
            | "millennia"
            | "times"
    )
}

/// A word for `in`, by itself or written as one with the unit: `بالمليون`.
fn is_preposition(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let is_joined = paragraph.item(at).is_some_and(|item| item.clitics & CLITIC_PREPOSITION != 0);
    is_joined || paragraph.has_cue(at, Cue::When) && !paragraph.has_cue(at, Cue::Identifier)
}

/// A scale and a unit, if these items are nothing else.
fn measure(paragraph: &Paragraph<'_>, start: usize, end: usize) -> Option<Given> {
    let mut given = Given::default();
    let (mut has_scale, mut at) = (false, start);
    let has_money = (start..end).any(|at| unit_of(paragraph, at).is_some_and(|unit| is_money(&unit)));
    while at < end {
        if let Some(exponent) = scale(paragraph, at, has_money) {
            given.exponent = given.exponent.checked_add(exponent)?;
            has_scale = true;
            at += 1;
        } else if let Some(unit) = unit_of(paragraph, at).filter(|_| given.unit.is_none()) {
            at = unit.end;
            let below = unit_of(paragraph, at + 1).filter(|below| !is_money(below) && at + 1 < end);
            match below.filter(|_| paragraph.has_cue(at, Cue::Per)) {
                Some(below) => {
                    at = below.end;
                    given.unit = Some(Unit { id: format!("{}/{}", unit.id, below.id), ..unit });
                }
                None => given.unit = Some(unit),
            }
        } else if paragraph.has_cue(at, Cue::Of)
            || at == start && is_preposition(paragraph, at)
            || paragraph.is_mark(at, '.')
        {
            at += 1;
        } else if let Some((exponent, behind)) = thousands(paragraph, at, end) {
            given.exponent = given.exponent.checked_add(exponent)?;
            has_scale = true;
            at = behind;
        } else {
            return None;
        }
    }
    (has_scale || given.unit.is_some()).then_some(given)
}

fn scale(paragraph: &Paragraph<'_>, at: usize, has_money: bool) -> Option<u8> {
    let is_letter = paragraph.item(at).is_some_and(|item| item.length == 1);
    paragraph.find(at, |sense| match sense {
        Sense::Scale { exponent, .. } if exponent > 1 => Some(exponent),
        Sense::ScaleSuffix(exponent) if has_money || !is_letter => Some(exponent),
        // `$ m`
        Sense::Unit { unit, .. } if has_money && is_letter && paragraph.unit_id(unit) == "m" => Some(6),
        _ => None,
    })
}

/// A unit as heads have it: letters alone as well, and behind prepositions.
fn unit_of(paragraph: &Paragraph<'_>, at: usize) -> Option<Unit> {
    let item = paragraph.item(at).filter(|item| item.class != Class::Digits)?;
    if item.class == Class::Mark && matches!(item.letter, '"' | '\'') {
        return None;
    }
    // `in millions` is no inch, nor is the column `In` beside `Out`; `Height (in)` is
    let is_bracketed = at > 0 && paragraph.is_mark(at - 1, '(');
    if paragraph.has_cue(at, Cue::When) && (paragraph.is_word(at + 1) || !is_bracketed) {
        return None;
    }
    paragraph.find(at, |sense| {
        let (unit, many, parts) = match sense {
            Sense::Unit { unit, many, parts } => (unit, many, parts),
            Sense::Code(unit) if item.case == Case::All && item.length == 3 => (unit, 1, 1),
            _ => return None,
        };
        Some(Unit {
            id: paragraph.unit_id(unit).to_owned(),
            many: many.into(),
            parts: parts.into(),
            halves: None,
            is_money: paragraph.packs.is_currency(paragraph.unit_id(unit)),
            start: at,
            end: at + 1,
        })
    })
}

/// A scale in digits: `1,000 tonnes`, `$ 000`.
fn thousands(paragraph: &Paragraph<'_>, at: usize, end: usize) -> Option<(u8, usize)> {
    let first = paragraph.item(at).filter(|item| item.is_digits())?;
    let digits = paragraph.slice(at);
    if first.length == 3 && digits == "000" {
        return Some((3, at + 1));
    }
    let numeral = super::number::number(paragraph, at).filter(|numeral| numeral.end <= end)?;
    let exponent = match numeral.small()? {
        1000 => 3,
        1_000_000 => 6,
        1_000_000_000 => 9,
        _ => return None,
    };
    Some((exponent, numeral.end))
}

/// The language to read heads in that have no letters.
pub(super) fn fallback(packs: &Packs) -> usize {
    packs.language("en").unwrap_or(0)
}
