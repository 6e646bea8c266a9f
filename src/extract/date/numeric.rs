//! Dates in digits alone: `2016-02-22`, `31/10/1974`, `10/31/74`, `27. 05.99`, and periods of them.
//!
//! The year is the part of four digits, or else the last. Of the other two the one beyond twelve is the day; where both
//! may be months, the language says which comes first.

use super::super::item::Paragraph;
use super::super::pack::{Sense, Trait};
use super::super::token::{Class, Gap};
use super::day::century_of;
use super::{Found, Sort};
use crate::figure::Date;

/// Up to three numbers with the same mark between them.
struct Chain {
    parts: Vec<(i64, u32)>,
    mark: char,
    end: usize,
}

fn digits(paragraph: &Paragraph<'_>, at: usize) -> Option<(i64, u32)> {
    let item = paragraph.item(at).filter(|item| item.is_digits() && item.length <= 4)?;
    let text: String = paragraph
        .slice(at)
        .chars()
        .filter_map(|letter| match super::super::pack::folded(letter) {
            super::super::pack::fold::Folded::Digit(digit) => Some(char::from(b'0' + digit)),
            _ => None,
        })
        .collect();
    Some((text.parse().ok()?, item.length))
}

fn chain(paragraph: &Paragraph<'_>, start: usize, longest: usize) -> Option<Chain> {
    let mut parts = vec![digits(paragraph, start)?];
    let mut end = start + 1;
    let mut mark = ' ';
    while parts.len() < longest {
        let Some(item) = paragraph.item(end) else { break };
        if item.is_digits() && longest == 3 && parts.len() == 1 {
            return spaced(paragraph, start);
        }
        if !matches!(item.letter, '/' | '-' | '.' | '−') || item.is_digits() || (parts.len() > 1 && item.letter != mark)
        {
            break;
        }
        let Some(next) = paragraph.item(end + 1) else { break };
        // a point or stroke may have a blank behind it, a dash has none or two
        let is_even = item.is_glued() == next.is_glued();
        if !(is_even || item.letter == '.' && item.is_glued()) || (!is_even || !item.is_glued()) && item.letter == '-' {
            break;
        }
        let Some(part) = digits(paragraph, end + 1) else { break };
        mark = item.letter;
        parts.push(part);
        end += 2;
    }
    (parts.len() > 1).then_some(Chain { parts, mark, end })
}

/// `10 31 1974`, `2016 10 16`: blanks between the parts, and no other number beside them.
fn spaced(paragraph: &Paragraph<'_>, start: usize) -> Option<Chain> {
    let is_free = |at: Option<usize>| {
        at.and_then(|at| paragraph.item(at)).is_none_or(|item| {
            !item.is_digits()
                && (item.class != Class::Mark || matches!(item.letter, '.' | ',' | '،' | '؟' | '?' | '!' | ')' | '('))
        })
    };
    let parts = [digits(paragraph, start)?, digits(paragraph, start + 1)?, digits(paragraph, start + 2)?];
    let is_year_first = matches!(parts, [(_, 4), (_, 2), (_, 2)]);
    let is_year_last = matches!(parts, [(_, 2), (_, 2), (_, 4)]);
    let has_blanks = [1, 2].iter().all(|at| paragraph.item(start + at).is_some_and(|item| item.gap == Gap::Blank));
    let is_near = parts.iter().any(|(value, length)| *length == 4 && POSSIBLE.contains(value));
    (has_blanks
        && is_near
        && (is_year_first || is_year_last)
        && is_free(start.checked_sub(1))
        && is_free(Some(start + 3)))
    .then(|| Chain { parts: parts.to_vec(), mark: '-', end: start + 3 })
}

/// `08/12, 15`: the year in two digits behind a comma, and the end.
fn with_late_year(paragraph: &Paragraph<'_>, chain: Chain) -> Chain {
    let is_day = matches!(chain.parts.as_slice(), [(a, 1 | 2), (b, 1 | 2)] if *a.max(b) <= 31 && *a.min(b) <= 12);
    let ends = || {
        paragraph.item(chain.end + 2).is_none_or(|next| next.is_mark('.') && paragraph.item(chain.end + 3).is_none())
    };
    if !(is_day && chain.mark == '/' && paragraph.is_mark(chain.end, ',') && ends()) {
        return chain;
    }
    match digits(paragraph, chain.end + 1) {
        Some(year @ (_, 2)) => {
            let mut parts = chain.parts;
            parts.push(year);
            Chain { parts, mark: chain.mark, end: chain.end + 2 }
        }
        _ => chain,
    }
}

/// The date that is written in digits from an item on.
pub(super) fn numeric(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if let Some(found) = with_name(paragraph, start) {
        return Some(found);
    }
    let month_first = paragraph.language_of(usize::MAX).has(Trait::MonthFirst);
    let chain = with_late_year(paragraph, chain(paragraph, start, 3)?);
    let ends = paragraph.item(chain.end).is_none_or(|next| {
        !(next.is_glued()
            && (next.letter == chain.mark && digits(paragraph, chain.end + 1).is_some() && chain.mark == '.'))
    });
    let mut other = None;
    let edtf = match chain.parts.as_slice() {
        [a, b, c] if ends => {
            let edtf = day(*a, *b, *c, month_first, chain.mark)?;
            // the other order of day and month, where it is a date too
            let turned = if a.1 == 4 { None } else { day(*b, *a, *c, month_first, chain.mark) };
            other = turned.filter(|turned| *turned != edtf && a.0 <= 12 && b.0 <= 12);
            edtf
        }
        [(year, 4), (next, 4)] if chain.mark == '/' && *next == year + 1 && POSSIBLE.contains(year) => {
            let end = chain.end + usize::from(paragraph.has_cue(chain.end, super::super::pack::Cue::YearAfter));
            return Some(Found::new(format!("{year:04}/{next:04}"), Sort::Period, start, end));
        }
        // `2011/12` is a season of two years
        [(year, 4), (next, 2)] if chain.mark == '/' && *next == (year + 1) % 100 && POSSIBLE.contains(year) => {
            other = (1..=12).contains(next).then(|| format!("{year:04}-{next:02}"));
            let edtf = format!("{year:04}/{:04}", year + 1);
            return Some(Found { other, ..Found::new(edtf, Sort::Period, start, chain.end) });
        }
        [(year, 4), (month, length)] if POSSIBLE.contains(year) && (1..=12).contains(month) && *length <= 2 => {
            if chain.mark == '.' && *length == 2 && *month > 12 {
                return None;
            }
            format!("{year:04}-{month:02}")
        }
        [(month, length), (year, 4)]
            if POSSIBLE.contains(year) && (1..=12).contains(month) && *length <= 2 && chain.mark != '-' =>
        {
            format!("{year:04}-{month:02}")
        }
        _ => return None,
    };
    Date::parse(&edtf).ok()?;
    let mut end = chain.end;
    if paragraph.senses(end).any(|sense| sense == Sense::Cue(super::super::pack::Cue::YearAfter))
        && chain.parts.len() == 3
    {
        end += 1;
    }
    Some(Found { other, ..Found::new(edtf, Sort::Day, start, end) })
}

const POSSIBLE: std::ops::RangeInclusive<i64> = 1500..=2199;

fn day(a: (i64, u32), b: (i64, u32), c: (i64, u32), month_first: bool, mark: char) -> Option<String> {
    let (year, first, second, is_year_first) = match (a.1, c.1) {
        (4, 1 | 2) => (a.0, b, c, true),
        (1 | 2, 4) => (c.0, a, b, false),
        (1 | 2, 2) if b.1 <= 2 && (mark != '.' || a.1 == 2 || b.1 == 2) => (c.0 + century_of(c.0), a, b, false),
        _ => return None,
    };
    if first.1 > 2 || second.1 > 2 {
        return None;
    }
    let (month, day) = if is_year_first || (month_first && mark != '.' || second.0 > 12) && first.0 <= 12 {
        (first.0, second.0)
    } else {
        (second.0, first.0)
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// `2019/aug/01`, `05-Aug-2016`: the month as a word between digits and marks.
fn with_name(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows_month() {
        return None;
    }
    let (first, length) = digits(paragraph, start)?;
    let mark = paragraph.item(start + 1).filter(|item| item.is_glued() && matches!(item.letter, '/' | '-' | '.'))?;
    let month = paragraph.find(start + 2, |sense| match sense {
        Sense::Month(month) => Some(month),
        _ => None,
    })?;
    paragraph.item(start + 3).filter(|item| item.is_glued() && item.letter == mark.letter)?;
    let (last, last_length) = digits(paragraph, start + 4)?;
    let (year, day) = match (length, last_length) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) => (last, first),
        (1 | 2, 2) => (last + century_of(last), first),
        _ => return None,
    };
    let edtf = format!("{year:04}-{month:02}-{day:02}");
    Date::parse(&edtf).ok()?;
    Some(Found::new(edtf, Sort::Day, start, start + 5))
}

/// Periods whose ends share what is written once: `5/1-5/7, 2020`, `10/1-11/2/2017`, `14. - 15.10.18`.
pub(super) fn range(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let month_first = paragraph.language_of(usize::MAX).has(Trait::MonthFirst);
    let whole = |at: usize| {
        let found = numeric(paragraph, at)?;
        (found.edtf.len() == 10).then_some(found)
    };
    let (first, first_end) = match chain(paragraph, start, 3) {
        Some(chain) if chain.parts.len() == 3 => return dashed(paragraph, start),
        Some(chain) if chain.mark != '-' => (chain.parts.clone(), chain.end),
        _ => {
            let end = start + 1 + usize::from(paragraph.is_mark(start + 1, '.'));
            if end == start + 1 {
                return None;
            }
            (vec![digits(paragraph, start)?], end)
        }
    };
    let at = super::separator(paragraph, first_end)?;
    let second = whole(at).or_else(|| {
        let chain = chain(paragraph, at, 2)?;
        let comma = usize::from(paragraph.is_mark(chain.end, ','));
        let (year, _) =
            digits(paragraph, chain.end + comma).filter(|(year, length)| *length == 4 && POSSIBLE.contains(year))?;
        let written = |month_first: bool| {
            let (month, day) = ordered(chain.parts[0].0, chain.parts[1].0, month_first);
            format!("{year:04}-{month:02}-{day:02}")
        };
        let other = Some(written(!month_first)).filter(|other| *other != written(month_first));
        Some(Found { other, ..Found::new(written(month_first), Sort::Day, at, chain.end + comma + 1) })
    })?;
    let year = second.edtf.get(..4)?;
    let written = |month_first: bool| match first.as_slice() {
        [(day, _)] => Some(format!("{}-{day:02}", second.edtf.get(..7)?)),
        [(a, _), (b, _)] => {
            let (month, day) = ordered(*a, *b, month_first);
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    };
    let edtf = written(month_first)?;
    let other = second.other.as_ref().zip(written(!month_first)).and_then(|(last, first)| period_of(&first, last));
    Some(Found { other, ..Found::new(period_of(&edtf, &second.edtf)?, Sort::Period, start, second.end) })
}

/// A period of two days, the first before the last.
fn period_of(first: &str, last: &str) -> Option<String> {
    Date::parse(first).ok()?;
    (first < last).then(|| format!("{first}/{last}"))
}

fn ordered(first: i64, second: i64, month_first: bool) -> (i64, i64) {
    if (month_first || second > 12) && first <= 12 { (first, second) } else { (second, first) }
}

/// `10-1-2018-10-7-2018`: two dates with dashes inside and between.
fn dashed(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let first = numeric(paragraph, start)?;
    paragraph.item(first.end).filter(|item| item.is_mark('-') && item.is_glued())?;
    let second = numeric(paragraph, first.end + 1).filter(|second| second.edtf.len() == 10)?;
    let other = first.other.as_ref().zip(second.other.as_ref()).and_then(|(first, last)| period_of(first, last));
    Some(Found { other, ..Found::new(period_of(&first.edtf, &second.edtf)?, Sort::Period, start, second.end) })
}
