//! Units: the word or sign behind a number, a quotient of two, and what keeps a letter from being one.

use super::item::{Item, Paragraph};
use super::pack::{Cue, Sense};
use super::token::{Case, Class};

/// A unit as written: its id, and what one of it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub id: String,
    /// One of it is `many`/`parts` of the unit named.
    pub many: i64,
    pub parts: i64,
    /// Half units that the word itself counts: 4 for a dual.
    pub halves: Option<u8>,
    /// Whether it is a currency by itself.
    pub is_money: bool,
    pub start: usize,
    pub end: usize,
}

pub(super) fn is_money(unit: &Unit) -> bool {
    unit.is_money
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
    let Some(unit) = unit_at(paragraph, at, false).filter(|_| !is_joined) else { return per_area(paragraph, at) };
    per(paragraph, unit)
}

/// What is counted to an area, where only the area is said: `540.4/km2`, `688.9 per square mile`.
fn per_area(paragraph: &Paragraph<'_>, at: usize) -> Option<Unit> {
    let is_glued = paragraph.is_mark(at, '/') && paragraph.is_glued(at) && paragraph.is_glued(at + 1);
    let is_said = || paragraph.is_word(at) && !paragraph.has_cue(at, Cue::When);
    if !paragraph.has_cue(at, Cue::Per) || !(is_glued || is_said()) {
        return None;
    }
    let below = unit_at(paragraph, at + 1, false).filter(|below| AREAS.contains(&below.id.as_str()))?;
    Some(Unit { id: format!("items/{}", below.id), is_money: false, start: at, ..below })
}

/// Units of area that things are counted to.
const AREAS: [&str; 4] = ["km2", "mi2", "ha", "acre"];

pub(super) fn unit_at(paragraph: &Paragraph<'_>, at: usize, counted: bool) -> Option<Unit> {
    let item = paragraph.item(at)?;
    if item.class == Class::Digits {
        return None;
    }
    let is_code = item.case == Case::All && item.length == 3;
    let is_quotation = item.class == Class::Mark && matches!(item.letter, '"' | '\'');
    if is_quotation && (closes_quote(paragraph, at) || !item.is_glued() && opens_quote(paragraph, at)) {
        return None;
    }
    // a preposition makes it a word of the sentence
    if item.clitics & super::pack::CLITIC_PREPOSITION != 0 {
        return None;
    }
    // signs of one letter that may stand behind a blank where they are capitals
    let is_capital_unit = |unit: u16| matches!(paragraph.unit_id(unit), "°C" | "°F" | "W" | "V");
    let is_capital = item.length == 1 && item.tokens == 1 && item.case == Case::All;
    let mut found = None;
    for sense in paragraph.senses(at) {
        let (unit, worth, halves) = match sense {
            Sense::Counted { unit, halves } => (unit, (1, 1), Some(halves)),
            Sense::Unit { unit, many, parts } => (unit, (i64::from(many), i64::from(parts)), None),
            Sense::Code(unit) if is_code => (unit, (1, 1), None),
            Sense::ScaledCode { unit, exponent } if item.case == Case::All => {
                (unit, (10_i64.pow(u32::from(exponent)), 1), None)
            }
            _ => continue,
        };
        // a small k is a thousand
        if paragraph.unit_id(unit) == "K" && item.length == 1 && !is_capital {
            continue;
        }
        // a capital C is a degree, a small one a cent
        let is_better = is_capital && is_capital_unit(unit);
        if (counted == halves.is_some() || counted) && found.is_none() || is_better || counted && halves.is_some() {
            found = Some((unit, worth, halves));
        }
    }
    let (unit, (many, parts), halves) = found?;
    let is_letter = item.class == Class::Word && item.length == 1 && item.tokens == 1;
    // in a cell of a table there is nothing that a letter could be but a unit
    let is_cell =
        || at > 0 && at == 1 + usize::from(paragraph.items[0].class == Class::Mark) && paragraph.is_all(0, at + 1);
    let may_be_spaced = paragraph.has_cue(at, Cue::SpacedUnit) || is_capital && is_capital_unit(unit);
    if is_letter && !item.is_glued() && !may_be_spaced && !is_cell() {
        return None;
    }
    // `23456 F Block`, `14.7C/`: a letter of something else
    let is_of_name = paragraph.item(at + 1).is_some_and(|next| {
        next.is_mark('/') && next.is_glued() && !paragraph.is_glued(at + 2)
            || !item.is_glued() && next.case == Case::First && next.class == Class::Word && !next.is_glued()
    });
    if is_letter && is_capital && is_of_name {
        return None;
    }
    if is_preposition(paragraph, at) {
        return None;
    }
    // `800,000 F-Series`: part of a name
    let is_name = is_letter && paragraph.is_mark(at + 1, '-') && paragraph.is_glued(at + 1);
    if is_name {
        return None;
    }
    let goes_on = paragraph.item(at + 1).is_some_and(|next| next.is_glued() && next.is_digits());
    if (is_letter || item.class == Class::Word && item.is_glued()) && goes_on && !is_squared(paragraph, at) {
        return None;
    }
    let id = paragraph.unit_id(unit);
    let is_money = paragraph.packs.is_currency(id);
    Some(Unit { id: id.to_owned(), many, parts, halves, is_money, start: at, end: at + 1 })
}

/// Whether a word that is also a preposition, as `in` is, stands for itself: something follows that it belongs to.
fn is_preposition(paragraph: &Paragraph<'_>, at: usize) -> bool {
    if !(paragraph.has_cue(at, Cue::When) && paragraph.is_word(at))
        || paragraph.item(at).is_some_and(|item| item.tokens > 1)
    {
        return false;
    }
    let is_inch_of_feet = at > 1
        && paragraph.item(at - 1).is_some_and(Item::is_digits)
        && paragraph
            .senses(at - 2)
            .any(|sense| matches!(sense, Sense::Unit { unit, .. } if matches!(paragraph.unit_id(unit), "ft" | "yd")));
    let ends = paragraph.item(at + 1).is_none_or(|next| {
        next.class == Class::Mark
            && matches!(next.letter, '.' | ',' | ')' | ';' | ':' | '"' | '×')
            && (!next.is_mark('(') || next.is_glued())
    });
    !(ends || is_inch_of_feet)
}

/// Whether a quotation mark opens a quotation: another one closes it.
fn opens_quote(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let mark = paragraph.items[at].letter;
    paragraph.items[at + 1..].iter().any(|item| item.is_mark(mark))
}

/// Whether a quotation mark closes what another one opened, and so is no inch or foot.
fn closes_quote(paragraph: &Paragraph<'_>, at: usize) -> bool {
    const FARTHEST: usize = 1000;
    let item = &paragraph.items[at];
    let before = &paragraph.text.as_bytes()[(item.start as usize).saturating_sub(FARTHEST)..item.start as usize];
    let mark = if item.letter == '"' { b'"' } else { b'\'' };
    memchr::memchr_iter(mark, before).count() % 2 == 1
}

/// A quotient: `dollars per kilogram`, `km/h`.
pub(super) fn per(paragraph: &Paragraph<'_>, unit: Unit) -> Option<Unit> {
    let at = unit.end;
    if unit.id.ends_with("/seconds") {
        let (power, end) = power(paragraph, at);
        return Some(Unit { id: format!("{}{power}", unit.id), end, ..unit });
    }
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
            let (power, end) = power(paragraph, below.end);
            Some(Unit { id: format!("{}/{}{power}", unit.id, below.id), is_money: false, end, ..unit })
        }
        _ => Some(unit),
    }
}

/// The power of a unit of time, in digits or raised: the 2 of `m/s2` and `m/s²`; and the item behind it.
fn power(paragraph: &Paragraph<'_>, at: usize) -> (&'static str, usize) {
    let at_digit = at + usize::from(paragraph.is_mark(at, '^') && paragraph.is_glued(at));
    let Some(item) = paragraph.item(at_digit).filter(|item| item.is_glued()) else { return ("", at) };
    match (item.class, item.letter) {
        (Class::Digits, '2') | (Class::Mark, '²') if item.length == 1 => ("2", at_digit + 1),
        (Class::Digits, '3') | (Class::Mark, '³') if item.length == 1 => ("3", at_digit + 1),
        _ => ("", at),
    }
}

/// Whether a unit below a stroke has its power behind it.
fn is_squared(paragraph: &Paragraph<'_>, at: usize) -> bool {
    at > 0
        && paragraph.is_mark(at - 1, '/')
        && power(paragraph, at + 1).1 > at + 1
        && !paragraph.item(at + 2).is_some_and(|next| next.is_glued() && next.class != Class::Mark)
}
