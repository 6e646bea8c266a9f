//! Years: with a word that says so, with an era, behind a word of time, or bare where they can hardly be anything else.

use super::super::item::Paragraph;
use super::super::number::{Form, Numeral, number};
use super::super::pack::{CLITIC_PREPOSITION, Cue, Sense, Trait};
use super::super::token::Class;
use super::{Found, Sort};
use crate::figure::calendar;

/// Years that a bare number of four digits is taken for.
const LIKELY: std::ops::RangeInclusive<i64> = 1800..=2099;
/// The same behind a word of time.
const POSSIBLE: std::ops::RangeInclusive<i64> = 1000..=2199;

/// An era behind a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Common,
    Before,
    Hijri,
}

/// A year and where it ends.
pub(super) struct Year {
    pub edtf: String,
    pub number: i64,
    pub end: usize,
    /// Nothing but the number says that it is a year.
    pub is_bare: bool,
}

fn era(paragraph: &Paragraph<'_>, at: usize) -> Option<Era> {
    paragraph.find(at, |sense| match sense {
        Sense::Cue(Cue::Era) => Some(Era::Common),
        Sense::Cue(Cue::BeforeEra) => Some(Era::Before),
        Sense::Cue(Cue::Hijri) => Some(Era::Hijri),
        _ => None,
    })
}

/// The year as a number with its era and the words behind it. `is_said` where a word before says that it is a year.
pub(super) fn year_number(paragraph: &Paragraph<'_>, at: usize, is_said: bool) -> Option<Year> {
    let numeral = year_words(paragraph, at).or_else(|| number(paragraph, at))?;
    let value = numeral.small().filter(|value| (1..=9999).contains(value) && !numeral.is_ordinal)?;
    let is_plain = matches!(numeral.form, Form::Plain(length) if length <= 4);
    let digits = if let Form::Plain(length) = numeral.form { length } else { 0 };
    let is_words = numeral.form == Form::Words;
    if !(is_plain || is_words && is_said && value > 100) {
        return None;
    }
    let mut end = numeral.end;
    let mut is_bare = !is_said;
    let mut found_era = None;
    // `434م`, `453 م`, `1443هـ`, `44 BC`; an era of one letter must be near
    let mut behind = end;
    let behind_time =
        at > 0 && paragraph.has_cue(at - 1, Cue::When) && digits == 3 && paragraph.has_cue(behind, Cue::Year);
    let has_era = era(paragraph, behind + 1).is_some() && !paragraph.is_mark(behind, ')');
    if paragraph.has_cue(behind, Cue::YearAfter)
        && (behind_time || has_era || !is_unit_rather(paragraph, behind, digits, is_said))
    {
        behind += 1;
        is_bare = false;
        end = behind;
    }
    if let Some(era) = era(paragraph, behind).filter(|_| !is_unit_rather(paragraph, behind, digits, is_said)) {
        let capital = !paragraph.language_of(behind).has(Trait::EraInCapitals)
            || paragraph.slice(behind).starts_with(|letter: char| letter.is_uppercase());
        if capital {
            found_era = Some(era);
            is_bare = false;
            end = behind + 1;
        }
    }
    let is_long = digits == 4 || is_words;
    if is_bare && !is_long || (digits < 3 && found_era.is_none() && !is_words) {
        return None;
    }
    let edtf = match found_era {
        Some(Era::Hijri) => format!("hijri {value:04}"),
        Some(Era::Before) => format!("-{:04}", value - 1),
        _ => format!("{value:04}"),
    };
    if found_era == Some(Era::Hijri) {
        calendar::from_hijri_year(value)?;
    }
    let number = if found_era == Some(Era::Before) { -value } else { value };
    Some(Year { edtf, number, end, is_bare })
}

/// Whether a letter behind a number is a unit rather than an era: `5 م` is a length.
fn is_unit_rather(paragraph: &Paragraph<'_>, at: usize, digits: u32, is_said: bool) -> bool {
    let is_unit = paragraph.senses(at).any(|sense| matches!(sense, Sense::Unit { .. }));
    let is_plural = paragraph.has_cue(at, Cue::Years) && !paragraph.has_cue(at, Cue::Year);
    if is_plural && is_unit && !is_said && digits < 4 {
        return true;
    }
    let is_word = paragraph.item(at).is_some_and(|item| item.length > 2 && item.tokens == 1);
    is_unit && !is_said && (digits < 3 || (is_word && digits < 4))
}

/// English says years in two halves: nineteen ninety-six.
fn year_words(paragraph: &Paragraph<'_>, at: usize) -> Option<Numeral> {
    let first = paragraph.find(at, |sense| match sense {
        Sense::Cardinal(value @ 10..=21) => Some(i64::from(value)),
        _ => None,
    })?;
    paragraph.item(at + 1).filter(|item| item.class == Class::Word && !item.joins())?;
    let second = number(paragraph, at + 1).filter(|second| second.form == Form::Words && !second.is_ordinal)?;
    let low = second.small().filter(|low| (10..=99).contains(low))?;
    paragraph.language_of(at).has(Trait::YearInHalves).then_some(())?;
    let value = crate::figure::Number::from(first * 100 + low);
    Some(Numeral::new(value, 0, Form::Words, at, second.end))
}

/// Whether number words behind a word of time say a year: `in nineteen ninety-six`, `in two thousand and fifteen.`
fn is_spoken(paragraph: &Paragraph<'_>, at: usize) -> bool {
    if year_words(paragraph, at).is_some() {
        return true;
    }
    let numeral = number(paragraph, at).filter(|numeral| numeral.form == Form::Words && !numeral.is_ordinal);
    let Some(numeral) = numeral else { return false };
    let is_year = numeral.small().is_some_and(|value| (2001..=2099).contains(&value));
    is_year
        && paragraph.item(numeral.end).is_none_or(|next| {
            next.class == Class::Mark && matches!(next.letter, '.' | ',' | ';' | '؛' | '،' | '?' | '!')
        })
}

/// A word that says a year follows.
fn year_cue(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.has_cue(at, Cue::Year) || paragraph.has_cue(at, Cue::Years)
}

/// The year that starts at an item.
pub(super) fn year(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let mut at = start;
    let mut said = year_cue(paragraph, at);
    // words are a year behind a word of time: `in nineteen ninety-six`
    let is_spoken = start > 0 && paragraph.has_cue(start - 1, Cue::When) && is_spoken(paragraph, at);
    if said {
        at += 1;
        if paragraph.has_cue(at, Cue::Of) {
            at += 1;
        }
        if paragraph.is_mark(at, '(') {
            let year = year_number(paragraph, at + 1, true).filter(|year| paragraph.is_mark(year.end, ')'))?;
            return Some(found(year, start, 1));
        }
    }
    said |= is_spoken;
    let year = year_number(paragraph, at, said)?;
    if said && year.number < 1000 && paragraph.language_of(start).has(Trait::YearIsLong) {
        return None;
    }
    if year.is_bare && !is_likely(paragraph, start, &year) {
        return None;
    }
    Some(found(year, start, 0))
}

fn found(year: Year, start: usize, closing: usize) -> Found {
    let kind = Sort::Year;
    Found { number: Some(year.number), is_bare: year.is_bare, ..Found::new(year.edtf, kind, start, year.end + closing) }
}

/// Whether a bare number is a year by its size and what stands around it.
fn is_likely(paragraph: &Paragraph<'_>, at: usize, year: &Year) -> bool {
    let before = at.checked_sub(1);
    let behind_time = before
        .is_some_and(|before| paragraph.has_cue(before, Cue::When) || paragraph.has_cue(before, Cue::Between))
        || paragraph.item(at).is_some_and(|item| item.clitics & CLITIC_PREPOSITION != 0);
    let in_brackets = before.is_some_and(|before| paragraph.is_mark(before, '('));
    let follows_month =
        before.is_some_and(|before| paragraph.senses(before).any(|sense| matches!(sense, Sense::Month(_))));
    let is_unit = super::super::unit::unit(paragraph, year.end).is_some();
    let hedged = before.is_some_and(|before| {
        [Cue::Above, Cue::AtLeast, Cue::Below, Cue::AtMost, Cue::Minus]
            .iter()
            .any(|cue| paragraph.has_cue(before, *cue))
            && !paragraph.has_cue(before, Cue::When)
    });
    // a small word behind a bare number is a thing that is counted
    let counts = paragraph.item(year.end).is_some_and(|next| {
        year.number % 100 == 0
            && next.is_unknown_word()
            && !next.is_glued()
            && next.case == super::super::token::Case::Small
            && !behind_time
            && !in_brackets
    });
    if is_unit || hedged || counts {
        return false;
    }
    // `1644 - 1646 гг.`: the word stands behind the second
    let second = super::separator(paragraph, year.end).and_then(|next| year_number(paragraph, next, false));
    if second.is_some_and(|second| !second.is_bare && second.number > year.number) && POSSIBLE.contains(&year.number) {
        return true;
    }
    if behind_time || in_brackets || follows_month {
        POSSIBLE.contains(&year.number)
    } else {
        LIKELY.contains(&year.number)
    }
}

/// The second end of a period of years, which needs no word of its own: `1693 - 1748`.
pub(super) fn second(paragraph: &Paragraph<'_>, first: &Found, at: usize) -> Option<Found> {
    let start = first.number.filter(|_| first.kind == Sort::Year)?;
    let year = year_number(paragraph, at, false).filter(|year| year.is_bare && year.number > start)?;
    let counts = super::super::unit::unit(paragraph, year.end).is_some();
    (!counts && POSSIBLE.contains(&year.number)).then(|| found(year, at, 0))
}

/// The second end of a period that leaves its century out: `1990–95`.
pub(super) fn short_second(paragraph: &Paragraph<'_>, first: &Found, at: usize) -> Option<Found> {
    let item = paragraph.item(at).filter(|item| item.is_digits() && item.length == 2)?;
    // `1890–91`, and with blanks on both sides
    let is_even = item.is_glued() == paragraph.is_glued(at - 1) && paragraph.item(at - 1)?.class == Class::Mark;
    is_even.then_some(())?;
    let start = first.number.filter(|year| *year > 999 && first.kind == Sort::Year)?;
    let last = number(paragraph, at)?.small()?;
    let ends = paragraph
        .item(at + 1)
        .is_none_or(|next| !next.is_glued() || next.class == Class::Mark && !matches!(next.letter, '-' | '%' | '/'));
    let year = start / 100 * 100 + last;
    (ends && last > start % 100).then(|| Found::new(format!("{year:04}"), Sort::Year, at, at + 1))
}

/// Two years whose era is said once, behind the second: `478 — 477 до н. э.`, `434-453 م`.
pub(super) fn with_shared_era(paragraph: &Paragraph<'_>, at: usize) -> Option<Found> {
    if !paragraph.knows(&[Cue::Era, Cue::BeforeEra, Cue::Hijri]) {
        return None;
    }
    let first = number(paragraph, at).filter(|first| matches!(first.form, Form::Plain(1..=4)) && !first.is_ordinal)?;
    let first_year = first.small()?;
    let next = super::separator(paragraph, first.end)?;
    let second = year_number(paragraph, next, true)?;
    let era = (next..second.end).find_map(|at| era(paragraph, at))?;
    let edtf = match era {
        Era::Before => (first_year > -second.number).then(|| format!("-{:04}", first_year - 1)),
        Era::Common => (first_year < second.number).then(|| format!("{first_year:04}")),
        Era::Hijri => (first_year < second.number).then(|| format!("hijri {first_year:04}")),
    }?;
    Some(Found::new(format!("{edtf}/{}", second.edtf), Sort::Period, at, second.end))
}

/// Two bare years in brackets, as lives and reigns are written: `(618 - 907)`.
pub(super) fn in_brackets(paragraph: &Paragraph<'_>, at: usize) -> Option<Found> {
    let bare = |at: usize| {
        let numeral = number(paragraph, at)?;
        let is_year = matches!(numeral.form, Form::Plain(3 | 4)) && !numeral.is_ordinal;
        numeral.small().filter(|_| is_year).map(|year| (year, numeral.end))
    };
    let (first, end) = bare(at)?;
    let (last, end) = bare(super::separator(paragraph, end)?)?;
    let is_life = first < last && last <= *POSSIBLE.end() && paragraph.is_mark(end, ')');
    is_life.then(|| Found::new(format!("{first:04}/{last:04}"), Sort::Period, at, end))
}
