//! Units: the word or sign behind a number, a quotient of two, and what keeps a letter from being one.

use super::item::Paragraph;
use super::pack::{Cue, Sense, UNITS};
use super::token::{Case, Class};

/// A unit as written: its id, and what one of it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub id: String,
    /// One of it is `many`/`parts` of the unit named.
    pub many: u16,
    pub parts: u16,
    /// Half units that the word itself counts: 4 for a dual.
    pub halves: Option<u8>,
    pub start: usize,
    pub end: usize,
}

pub(super) fn is_money(unit: &Unit) -> bool {
    let code = unit.id.as_bytes();
    code.len() == 3 && code.iter().all(u8::is_ascii_uppercase) && unit.id != "BTU"
}

/// The unit at an item behind a number, perhaps behind a hyphen or a word that changes nothing.
pub(super) fn unit(paragraph: &Paragraph<'_>, at: usize) -> Option<Unit> {
    let item = paragraph.item(at)?;
    if item.is_mark('-') && item.is_glued() && paragraph.is_glued(at + 1) {
        return unit_at(paragraph, at + 1, false).filter(|_| paragraph.is_word(at + 1));
    }
    // `20 (kg)`
    if item.is_mark('(') && paragraph.is_mark(at + 2, ')') && paragraph.is_word(at + 1) {
        return unit_at(paragraph, at + 1, false).map(|unit| Unit { end: at + 3, ..unit });
    }
    if paragraph.has_cue(at, Cue::Filler)
        && let Some(unit) = unit_at(paragraph, at + 1, false)
    {
        return Some(unit);
    }
    let is_joined = item.joins();
    let unit = unit_at(paragraph, at, false).filter(|_| !is_joined)?;
    per(paragraph, unit)
}

pub(super) fn unit_at(paragraph: &Paragraph<'_>, at: usize, counted: bool) -> Option<Unit> {
    let item = paragraph.item(at)?;
    if item.class == Class::Digits {
        return None;
    }
    let is_code = item.case == Case::All && item.length == 3;
    let is_quotation = item.class == Class::Mark && matches!(item.letter, '"' | '\'');
    if is_quotation && (!item.is_glued() || closes_quote(paragraph, at)) {
        return None;
    }
    // a preposition makes it a word of the sentence
    if item.clitics & super::pack::CLITIC_PREPOSITION != 0 {
        return None;
    }
    let is_degree = |unit: u16| matches!(UNITS[usize::from(unit)], "°C" | "°F");
    let is_capital = item.length == 1 && item.tokens == 1 && item.case == Case::All;
    let mut found = None;
    for sense in paragraph.senses(at) {
        let (unit, worth, halves) = match sense {
            Sense::Counted { unit, halves } => (unit, (1, 1), Some(halves)),
            Sense::Unit { unit, many, parts } => (unit, (many, parts), None),
            Sense::Code(unit) if is_code => (unit, (1, 1), None),
            _ => continue,
        };
        // a capital C is a degree, a small one a cent
        let is_better = is_capital && is_degree(unit);
        if (counted == halves.is_some() || counted) && found.is_none() || is_better || counted && halves.is_some() {
            found = Some((unit, worth, halves));
        }
    }
    let (unit, (many, parts), halves) = found?;
    let is_letter = item.class == Class::Word && item.length == 1 && item.tokens == 1;
    let may_be_spaced = paragraph.has_cue(at, Cue::SpacedUnit) || is_capital && is_degree(unit);
    if is_letter && !item.is_glued() && !may_be_spaced {
        return None;
    }
    // `800,000 F-Series`: part of a name
    let is_name = is_letter && paragraph.is_mark(at + 1, '-') && paragraph.is_glued(at + 1);
    if is_name {
        return None;
    }
    let goes_on = paragraph.item(at + 1).is_some_and(|next| next.is_glued() && next.is_digits());
    if (is_letter || item.class == Class::Word && item.is_glued()) && goes_on {
        return None;
    }
    Some(Unit { id: UNITS[usize::from(unit)].to_owned(), many, parts, halves, start: at, end: at + 1 })
}

/// Whether a quotation mark closes what another one opened, and so is no inch or foot.
fn closes_quote(paragraph: &Paragraph<'_>, at: usize) -> bool {
    const FARTHEST: usize = 200;
    let mark = paragraph.items[at].letter;
    let before = &paragraph.items[at.saturating_sub(FARTHEST)..at];
    before.iter().filter(|item| item.is_mark(mark)).count() % 2 == 1
}

/// A quotient: `dollars per kilogram`, `km/h`.
pub(super) fn per(paragraph: &Paragraph<'_>, unit: Unit) -> Option<Unit> {
    let at = unit.end;
    if !paragraph.has_cue(at, Cue::Per) || unit.id.contains('/') {
        return Some(unit);
    }
    let is_slash = paragraph.is_mark(at, '/');
    let is_even = paragraph.is_glued(at) == paragraph.is_glued(at + 1);
    let below = unit_at(paragraph, at + 1, false);
    // `in the year 2020` is no rate
    let is_date = paragraph.item(at + 2).is_some_and(|item| item.is_digits()) && !is_slash;
    match below {
        Some(below) if !below.id.contains('/') && !is_money(&below) && !is_date && (!is_slash || is_even) => {
            Some(Unit { id: format!("{}/{}", unit.id, below.id), end: below.end, ..unit })
        }
        _ => Some(unit),
    }
}
