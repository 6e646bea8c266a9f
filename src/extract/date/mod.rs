//! Dates and periods as texts give them: days, months, years, decades, centuries, seasons, quarters, and parts of them.
//!
//! What is found is written in the notation of [`crate::figure::date`] and must be a date there: there is no 32nd of
//! January. A day without a year keeps `XXXX` in its place, as EDTF writes it.

mod day;
mod numeric;
mod vague;
mod year;

use super::item::Paragraph;
use super::pack::{Cue, Sense};
use super::token::Class;
use crate::figure::Date;

/// What a date was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The date as this program writes it.
    pub edtf: String,
    pub kind: Sort,
    pub start: usize,
    /// The item behind it.
    pub end: usize,
    /// The year, century or decade as a number.
    pub number: Option<i64>,
    /// The date in the other order of day and month, where both can be.
    pub other: Option<String>,
    /// Whether it may also be a bare number, without any word that says it is a date.
    pub is_bare: bool,
}

/// Sorts of dates, as mentions tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Day,
    Year,
    Century,
    /// A stretch of time: a decade, a quarter.
    Stretch,
    Period,
}

impl Found {
    fn new(edtf: String, kind: Sort, start: usize, end: usize) -> Found {
        Found { edtf, kind, start, end, number: None, other: None, is_bare: false }
    }
}

/// The date or period that starts at an item.
pub(super) fn date(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let bracket = paragraph.is_mark(start, '(');
    let at = start + usize::from(bracket);
    let mut found = single(paragraph, at).map(|first| period(paragraph, &first).unwrap_or(first));
    if bracket && found.as_ref().is_none_or(|found| found.kind != Sort::Period) {
        found = year::in_brackets(paragraph, at).or(found);
    }
    if let Some(range) = numeric::range(paragraph, at)
        .or_else(|| day::range(paragraph, at))
        .or_else(|| year::with_shared_era(paragraph, at))
        && found
            .as_ref()
            .is_none_or(|found| found.end < range.end || found.end == range.end && found.kind != Sort::Period)
    {
        found = Some(range);
    }
    let mut found = found.filter(|found| is_real(&found.edtf))?;
    if bracket {
        if !paragraph.is_mark(found.end, ')') {
            return None;
        }
        found.start = start;
        found.end += 1;
    }
    Some(found)
}

/// Whether a date can be: what it says must be in the calendar.
fn is_real(edtf: &str) -> bool {
    let date = |text: &str| text.is_empty() || Date::parse(text).is_ok();
    match edtf.split_once('/') {
        Some((first, last)) => date(first) && date(last),
        None => date(edtf),
    }
}

/// A date that is no period.
fn single(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if let Some(part) = part(paragraph, start) {
        return Some(part);
    }
    let all = [
        day::day(paragraph, start),
        numeric::numeric(paragraph, start),
        vague::vague(paragraph, start),
        year::year(paragraph, start),
    ];
    all.into_iter().flatten().filter(|found| is_real(&found.edtf)).max_by_key(|found| found.end)
}

/// `early 2017`, `the end of the 6th century`.
fn part(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let name = paragraph.find(start, |sense| match sense {
        Sense::Cue(Cue::Early) => Some("early"),
        Sense::Cue(Cue::Mid) => Some("mid"),
        Sense::Cue(Cue::Late) => Some("late"),
        _ => None,
    })?;
    let mut at = start + 1;
    let item = paragraph.item(at)?;
    if item.is_mark('-') && item.is_glued() {
        at += 1;
    }
    while (paragraph.has_cue(at, Cue::Of) || paragraph.has_cue(at, Cue::The) || paragraph.has_cue(at, Cue::From))
        && at < start + 4
    {
        at += 1;
    }
    let whole = [vague::vague(paragraph, at), year::year(paragraph, at), day::day(paragraph, at)];
    let whole = whole.into_iter().flatten().max_by_key(|found| found.end)?;
    let edtf = if whole.kind == Sort::Day && whole.edtf.len() > 7 {
        return None;
    } else if whole.edtf.contains("-Q") || whole.edtf.contains("-H") || whole.edtf.starts_with("XXXX") {
        whole.edtf.clone()
    } else {
        format!("{name} {}", whole.edtf)
    };
    Some(Found { edtf, start, is_bare: false, ..whole })
}

/// What stands between the two ends of a period; where the second end starts.
pub(super) fn separator(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let item = paragraph.item(at)?;
    if item.class == Class::Mark {
        let is_dash = matches!(item.letter, '-' | '–' | '—' | '~' | '−' | '/');
        let is_tight = item.is_glued() && paragraph.is_glued(at + 1);
        let is_double = item.letter == '-' && paragraph.is_mark(at + 1, '-') && paragraph.is_glued(at + 1);
        return (is_dash && (item.letter != '/' || is_tight)).then_some(at + 1 + usize::from(is_double));
    }
    let mut next = at + 1;
    if !paragraph.has_cue(at, Cue::To) {
        return None;
    }
    if paragraph.has_cue(next, Cue::The) {
        next += 1;
    }
    Some(next)
}

/// A period from one date to another.
fn period(paragraph: &Paragraph<'_>, first: &Found) -> Option<Found> {
    let between = first.start > 0 && paragraph.has_cue(first.start - 1, Cue::Between);
    let joins = paragraph.item(first.end).is_some_and(|item| item.joins());
    let at = match separator(paragraph, first.end) {
        Some(at) => at,
        None if between && joins => first.end,
        None if between && paragraph.has_cue(first.end, Cue::And) => first.end + 1,
        None => return None,
    };
    let second = single(paragraph, at)
        .or_else(|| year::short_second(paragraph, first, at))
        .or_else(|| year::second(paragraph, first, at))?;
    if matches!(first.kind, Sort::Period) || matches!(second.kind, Sort::Period) {
        return None;
    }
    let first_edtf = match first.edtf.strip_prefix("XXXX-") {
        // the year is said once, at the end
        Some(rest) => match second.edtf.get(..4).filter(|year| *year != "XXXX") {
            Some(year) => format!("{year}-{rest}"),
            None => first.edtf.clone(),
        },
        None => first.edtf.clone(),
    };
    let is_ordered = || {
        let (Ok(start), Ok(end)) = (Date::parse(&first_edtf), Date::parse(&second.edtf)) else { return true };
        let tight = crate::figure::Reading::Tight;
        start.extent(tight).0 <= end.extent(tight).1
    };
    if !is_ordered() {
        return None;
    }
    let edtf = format!("{first_edtf}/{}", second.edtf);
    let other = first.other.as_ref().zip(second.other.as_ref());
    let other = other.filter(|(first, last)| first < last).map(|(first, last)| format!("{first}/{last}"));
    Some(Found {
        other,
        is_bare: first.is_bare && second.is_bare,
        ..Found::new(edtf, Sort::Period, first.start, second.end)
    })
}
