//! Days and months with a name: `26 December 1991`, `the fifth of May`, `Jan 12, 2016`, `26 ديسمبر (كانون الأول) 1991`.

use super::super::item::Paragraph;
use super::super::number::{Form, number};
use super::super::pack::{Cue, Sense, Trait};
use super::super::token::Class;
use super::year::year_number;
use super::{Found, Sort};
use crate::figure::Weekday;

/// A month with its name; `hijri` for the other calendar.
struct Month {
    number: u8,
    is_hijri: bool,
    end: usize,
}

fn month(paragraph: &Paragraph<'_>, at: usize) -> Option<Month> {
    let named = |at: usize| {
        paragraph.find(at, |sense| match sense {
            Sense::Month(number) => Some((number, false)),
            Sense::HijriMonth(number) => Some((number, true)),
            _ => None,
        })
    };
    let (number, is_hijri) = named(at)?;
    let mut end = at + 1;
    let is_short = paragraph.item(at).is_some_and(|item| item.length <= 4);
    if is_short && paragraph.is_mark(end, '.') && paragraph.is_glued(end) {
        end += 1;
    }
    // the same month by its other name, in brackets or behind a stroke
    let is_open = paragraph.is_mark(end, '(');
    if is_open && named(end + 1).is_some() && paragraph.is_mark(end + 2, ')') {
        end += 3;
    } else if paragraph.is_mark(end, '/') && named(end + 1).is_some() {
        end += 2;
    }
    Some(Month { number, is_hijri, end })
}

/// A day of a month: `26`, `26th`, `the twenty-sixth`, `الخامس`.
fn day_number(paragraph: &Paragraph<'_>, at: usize) -> Option<(i64, usize)> {
    let numeral = number(paragraph, at)?;
    let day = numeral.small().filter(|day| (1..=31).contains(day))?;
    let mut end = numeral.end;
    if matches!(numeral.form, Form::Plain(length) if length <= 2) {
        if paragraph.is_glued(end) && paragraph.has_cue(end, Cue::OrdinalSuffix) {
            end += 1;
        } else if paragraph.is_mark(end, '-')
            && paragraph.is_glued(end)
            && paragraph.is_glued(end + 1)
            && paragraph.has_cue(end + 1, Cue::OrdinalSuffix)
            && !paragraph.senses(end + 1).any(|sense| matches!(sense, Sense::Month(_)))
        {
            end += 2;
        }
    } else if numeral.form != Form::Words {
        return None;
    }
    Some((day, end))
}

/// Skips what may stand between the parts of a date.
fn past(paragraph: &Paragraph<'_>, mut at: usize, words: bool) -> usize {
    let mut skipped = 0;
    while skipped < 3 {
        let Some(item) = paragraph.item(at) else { break };
        let is_mark = item.class == Class::Mark && matches!(item.letter, ',' | '،' | '.' | '-' | '/');
        let is_word =
            words && item.class == Class::Word && (paragraph.has_cue(at, Cue::Of) || paragraph.has_cue(at, Cue::The));
        let is_in = words && item.class == Class::Word && paragraph.has_cue(at, Cue::When) && !item.is_glued();
        if !(is_mark || is_word || is_in) {
            break;
        }
        at += 1;
        skipped += 1;
    }
    at
}

/// The year behind a month: four digits, two behind a month with a day, or with a word for it.
fn year_behind(paragraph: &Paragraph<'_>, at: usize, short: bool) -> Option<(String, usize)> {
    let mut next = past(paragraph, at, true);
    let said = paragraph.has_cue(next, Cue::Year);
    if said {
        next = past(paragraph, next + 1, true);
    }
    if paragraph.is_mark(next, '(') {
        let year = year_number(paragraph, next + 1, true).filter(|year| paragraph.is_mark(year.end, ')'))?;
        return (year.number > 999).then_some((year.edtf, year.end + 1));
    }
    if let Some(year) =
        year_number(paragraph, next, true).filter(|year| year.number > 999 || said || year.edtf.len() > 4)
    {
        return Some((year.edtf, year.end));
    }
    let apostrophe = paragraph.is_mark(next, '\'');
    let at_digits = next + usize::from(apostrophe);
    paragraph.item(at_digits).filter(|item| item.is_digits() && item.length == 2)?;
    let crosses = next > at && paragraph.is_mark(next - 1, ',')
        || paragraph.item(next).is_some_and(|item| item.gap == super::super::token::Gap::Line);
    // a time of day, or a number that goes on
    let ends = paragraph.item(at_digits + 1).is_none_or(|behind| {
        !(behind.is_glued() && (behind.is_mark(':') || behind.is_mark('%') || behind.class != Class::Mark))
    });
    if !(apostrophe || short && !crosses) || !ends || super::super::unit::unit(paragraph, at_digits + 1).is_some() {
        return None;
    }
    let value = number(paragraph, at_digits)?.small()?;
    let mut end = at_digits + 1;
    if paragraph.has_cue(end, Cue::YearAfter) {
        end += 1;
    }
    Some((format!("{:04}", century_of(value) + value), end))
}

/// The century that two digits mean: until 49 this one.
pub(super) fn century_of(year: i64) -> i64 {
    if year < 50 { 2000 } else { 1900 }
}

fn weekday(paragraph: &Paragraph<'_>, at: usize) -> Option<Weekday> {
    let number = paragraph.find(at, |sense| match sense {
        Sense::Weekday(number) => Some(number),
        _ => None,
    })?;
    Weekday::ALL.get(usize::from(number).checked_sub(1)?).copied()
}

/// A day or month with a name, perhaps behind a weekday.
pub(super) fn day(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if let Some(weekday) = weekday(paragraph, start) {
        let mut at = past(paragraph, start + 1, false);
        if paragraph.has_cue(at, Cue::The) || paragraph.has_cue(at, Cue::When) && paragraph.is_word(at) {
            at += 1;
        }
        let numeric = super::numeric::numeric(paragraph, at);
        let found =
            undated(paragraph, at).or(numeric).filter(|found| found.edtf.len() >= 10 && found.kind == Sort::Day)?;
        let is_whole = !found.edtf.starts_with("XXXX") && !found.edtf.contains(' ');
        let edtf = if is_whole { format!("{weekday} {}", found.edtf) } else { found.edtf.clone() };
        return Some(Found { edtf, start, ..found });
    }
    undated(paragraph, start)
}

fn undated(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows_month() {
        return None;
    }
    if let Some(month) = month(paragraph, start) {
        return from_month(paragraph, start, &month);
    }
    let mut at = start;
    if paragraph.has_cue(at, Cue::The) {
        at += 1;
    }
    if let Some(found) = year_then_month(paragraph, at) {
        return Some(found);
    }
    let (day, mut end) = day_number(paragraph, at)?;
    // `8 (20) октября 1802`: the day of the other calendar in brackets
    if paragraph.is_mark(end, '(')
        && let Some((_, inner)) = day_number(paragraph, end + 1)
        && paragraph.is_mark(inner, ')')
        && month(paragraph, inner + 1).is_some()
    {
        end = inner + 1;
    }
    let next = past(paragraph, end, true);
    if let Some(month) = month(paragraph, next) {
        if let Some(found) = two_calendars(paragraph, at, &month) {
            return Some(Found { start, ..found });
        }
        let year = year_behind(paragraph, month.end, true);
        // `one may ask` has no year and no place
        let is_place = number(paragraph, at).is_some_and(|numeral| numeral.is_ordinal || numeral.form != Form::Words);
        if year.is_none() && !is_place && paragraph.language_of(at).has(Trait::DayIsPlace) {
            return None;
        }
        let end = year.as_ref().map_or(month.end, |(_, end)| *end);
        return Some(Found::new(written(year, &month, Some(day)), Sort::Day, start, end));
    }
    None
}

/// `26 марта (5 апреля) 1656`: a day by the Julian calendar and, in brackets, by ours.
fn two_calendars(paragraph: &Paragraph<'_>, start: usize, first: &Month) -> Option<Found> {
    if !paragraph.is_mark(first.end, '(') {
        return None;
    }
    let (day, end) = day_number(paragraph, first.end + 1)?;
    let month = month(paragraph, end).filter(|month| paragraph.is_mark(month.end, ')'))?;
    let (year, end) = year_behind(paragraph, month.end + 1, false)?;
    Some(Found::new(written(Some((year, end)), &month, Some(day)), Sort::Day, start, end))
}

/// `2015 May`, `2016, Nov`.
fn year_then_month(paragraph: &Paragraph<'_>, at: usize) -> Option<Found> {
    paragraph.item(at).filter(|item| item.is_digits() && item.length == 4)?;
    let year = year_number(paragraph, at, true)?;
    let comma = usize::from(paragraph.is_mark(year.end, ','));
    let month = month(paragraph, year.end + comma)?;
    let item = paragraph.item(year.end + comma)?;
    // `in 2015, May resigned`: a day or the end must follow
    let ends = paragraph.item(month.end).is_none_or(|next| next.class == Class::Mark || !next.is_unknown_word());
    let is_plain = item.class == Class::Word && ends && !paragraph.item(month.end).is_some_and(|next| next.is_digits());
    is_plain.then(|| Found::new(format!("{}-{:02}", year.edtf, month.number), Sort::Day, at, month.end))
}

/// A date that begins with its month: `January 12, 2016`, `May 2020`, `May 4th`.
fn from_month(paragraph: &Paragraph<'_>, start: usize, month: &Month) -> Option<Found> {
    let mut next = past(paragraph, month.end, false);
    if paragraph.has_cue(next, Cue::The) {
        next += 1;
    }
    let is_of_month =
        paragraph.item(next).is_some_and(|item| item.gap != super::super::token::Gap::Line || next > start + 1);
    if is_of_month
        && let Some((day, end)) = day_number(paragraph, next)
        && !paragraph.is_mark(end, ':')
        && paragraph.language_of(start).has(Trait::DayBehindMonth)
    {
        let is_word = paragraph.item(next).is_some_and(|item| item.class == Class::Word);
        if let Some(year) = year_behind(paragraph, end, paragraph.is_mark(end, '-') || paragraph.is_mark(end, ',')) {
            let end = year.1;
            return Some(Found::new(written(Some(year), month, Some(day)), Sort::Day, start, end));
        }
        // `May 96` is a month of a year only where the day cannot be; `May one ask` is neither
        let is_glued_apostrophe = paragraph.is_mark(month.end, '\'');
        if !is_word && !is_glued_apostrophe {
            return Some(Found::new(written(None, month, Some(day)), Sort::Day, start, end));
        }
        let is_place = number(paragraph, next).is_some_and(|numeral| numeral.is_ordinal);
        if is_place {
            return Some(Found::new(written(None, month, Some(day)), Sort::Day, start, end));
        }
        return None;
    }
    let year = year_behind(paragraph, month.end, paragraph.is_mark(month.end, '\''))?;
    let end = year.1;
    Some(Found::new(written(Some(year), month, None), Sort::Day, start, end))
}

/// The date in the notation of this program.
fn written(year: Option<(String, usize)>, month: &Month, day: Option<i64>) -> String {
    let year = year.map_or_else(|| "XXXX".to_owned(), |(year, _)| year);
    let calendar = if month.is_hijri && !year.starts_with("hijri") { "hijri " } else { "" };
    match day {
        Some(day) => format!("{calendar}{year}-{:02}-{day:02}", month.number),
        None => format!("{calendar}{year}-{:02}", month.number),
    }
}

/// Days of one month: `10 - 22 августа 2012`, `from 4 to 22 January, 1995`, `May 5-7, 2020`.
pub(super) fn range(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows_month() {
        return None;
    }
    let span = |year: Option<(String, usize)>, month: &Month, first: i64, last: i64, end: usize| {
        let edtf = format!("{}/{}", written(year.clone(), month, Some(first)), written(year, month, Some(last)));
        (first < last).then(|| Found::new(edtf, Sort::Period, start, end))
    };
    let second = |at: usize| {
        let between = start > 0 && paragraph.has_cue(start - 1, Cue::Between) && paragraph.has_cue(at, Cue::And);
        let at = super::separator(paragraph, at).or(between.then_some(at + 1))?;
        day_number(paragraph, at + usize::from(paragraph.has_cue(at, Cue::The)))
    };
    if let Some(found) = months(paragraph, start) {
        return Some(found);
    }
    if let Some(month) = month(paragraph, start) {
        let (first, end) = day_number(paragraph, month.end)?;
        let (last, end) = second(end)?;
        let year = year_behind(paragraph, end, false);
        let end = year.as_ref().map_or(end, |(_, end)| *end);
        return span(year, &month, first, last, end);
    }
    let (first, end) = day_number(paragraph, start + usize::from(paragraph.has_cue(start, Cue::The)))?;
    let first_end = if paragraph.is_mark(end, '.') { end + 1 } else { end };
    let separated = super::separator(paragraph, first_end)
        .or((start > 0 && paragraph.has_cue(start - 1, Cue::Between) && paragraph.has_cue(end, Cue::And))
            .then_some(end + 1))?;
    // `4 to January 22, 1995`
    if let Some(month) = month(paragraph, separated) {
        let (last, end) = day_number(paragraph, month.end)?;
        let year = year_behind(paragraph, end, false);
        let end = year.as_ref().map_or(end, |(_, end)| *end);
        return span(year, &month, first, last, end);
    }
    let (last, end) = day_number(paragraph, separated + usize::from(paragraph.has_cue(separated, Cue::The)))?;
    let month = month(paragraph, past(paragraph, end, true))?;
    let year = year_behind(paragraph, month.end, true);
    let end = year.as_ref().map_or(month.end, |(_, end)| *end);
    span(year, &month, first, last, end)
}

/// Months of one year, or of two that follow: `from May to Oct 2020`, `Nov-Feb 2017`.
fn months(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let first = month(paragraph, start)?;
    let between = start > 0 && paragraph.has_cue(start - 1, Cue::Between) && paragraph.has_cue(first.end, Cue::And);
    let at = super::separator(paragraph, first.end).or(between.then_some(first.end + 1))?;
    let second = month(paragraph, at)?;
    let (year, end) = year_behind(paragraph, second.end, false)?;
    let number: i64 = year.parse().ok()?;
    let before = if first.number > second.number { number - 1 } else { number };
    let edtf = format!("{before:04}-{:02}/{year}-{:02}", first.number, second.number);
    Some(Found::new(edtf, Sort::Period, start, end))
}
