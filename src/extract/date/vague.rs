//! Stretches of time with a name: centuries, decades, quarters, halves and seasons of a year.

use super::super::item::Paragraph;
use super::super::number::{Form, number};
use super::super::pack::{Cue, Sense, Trait};
use super::super::token::{Case, Class};
use super::year::year_number;
use super::{Found, Sort};

/// The stretch that starts at an item.
pub(super) fn vague(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    let at = start + usize::from(paragraph.has_cue(start, Cue::The));
    century(paragraph, at)
        .or_else(|| decade(paragraph, at))
        .or_else(|| part_of_year(paragraph, at))
        .or_else(|| month_by_number(paragraph, at))
        .or_else(|| season(paragraph, at))
        .map(|found| Found { start, ..found })
}

/// A number that gives a place: `16th`, `السادس عشر`, `XVI`, `3-й`.
fn place(paragraph: &Paragraph<'_>, at: usize) -> Option<(i64, usize)> {
    if let Some(value) = roman(paragraph, at) {
        return Some((value, at + 1));
    }
    let numeral = number(paragraph, at)?;
    let value = numeral.small().filter(|value| (1..=99).contains(value))?;
    let mut end = numeral.end;
    if matches!(numeral.form, Form::Plain(_)) {
        if paragraph.is_glued(end) && paragraph.has_cue(end, Cue::OrdinalSuffix) {
            end += 1;
        } else if paragraph.is_mark(end, '-')
            && paragraph.is_glued(end + 1)
            && paragraph.has_cue(end + 1, Cue::OrdinalSuffix)
        {
            end += 2;
        }
    } else if !numeral.is_ordinal {
        return None;
    }
    Some((value, end))
}

/// A Roman numeral in capitals, as centuries are numbered.
fn roman(paragraph: &Paragraph<'_>, at: usize) -> Option<i64> {
    paragraph.item(at).filter(|item| item.class == Class::Word && item.case == Case::All && item.length <= 6)?;
    let (mut total, mut last) = (0, 0);
    for letter in paragraph.slice(at).chars().rev() {
        let value = match letter {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            'L' => 50,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    (1..=30).contains(&total).then_some(total)
}

fn century(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows(&[Cue::Century]) {
        return None;
    }
    let (value, mut end) = if paragraph.has_cue(start, Cue::Century) {
        let (value, end) = place(paragraph, start + 1).or_else(|| {
            let plain = number(paragraph, start + 1).filter(|numeral| matches!(numeral.form, Form::Plain(1 | 2)))?;
            Some((plain.small()?, plain.end))
        })?;
        (value, end)
    } else {
        let (value, end) = place(paragraph, start)?;
        let dash = usize::from(paragraph.is_mark(end, '-'));
        if paragraph.has_cue(end + dash, Cue::Century) {
            (value, end + dash + 1)
        } else {
            // `the late 19th and early 20th century`: the word is said once, behind the second
            shared_century(paragraph, end).then_some((value, end))?
        }
    };
    if !(1..=30).contains(&value) {
        return None;
    }
    let mut before = false;
    if paragraph.has_cue(end, Cue::BeforeEra) {
        (before, end) = (true, end + 1);
    } else if paragraph.has_cue(end, Cue::Era) {
        end += 1;
    }
    let hijri = paragraph.has_cue(end, Cue::Hijri);
    if hijri {
        return None;
    }
    let edtf = if before { format!("C-{value:02}") } else { format!("C{value:02}") };
    Some(Found { number: Some(value), ..Found::new(edtf, Sort::Century, start, end) })
}

/// Whether another place and the word for a century follow.
fn shared_century(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let joins = paragraph.item(at).is_some_and(|item| item.joins());
    let mut next = at;
    if !joins {
        let is_link = paragraph.has_cue(at, Cue::And)
            || paragraph.has_cue(at, Cue::Or)
            || super::separator(paragraph, at).is_some();
        if !is_link {
            return false;
        }
        next = super::separator(paragraph, at).unwrap_or(at + 1);
    }
    for _ in 0..3 {
        let is_part =
            [Cue::Early, Cue::Mid, Cue::Late, Cue::The, Cue::Of].iter().any(|cue| paragraph.has_cue(next, *cue));
        if !is_part {
            break;
        }
        next += 1;
    }
    let dash = |at: usize| at + usize::from(paragraph.is_mark(at, '-'));
    place(paragraph, dash(next)).is_some_and(|(_, end)| paragraph.has_cue(dash(end), Cue::Century))
}

fn decade(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows_decade() && !paragraph.knows(&[Cue::DecadeAfter]) {
        return None;
    }
    let stretch = |first: i64, end: usize| {
        let edtf = format!("{}X", first / 10);
        Some(Found { number: Some(first), ..Found::new(edtf, Sort::Stretch, start, end) })
    };
    let named = |at: usize| {
        paragraph.find(at, |sense| match sense {
            Sense::Decade(decade) => Some(i64::from(decade)),
            _ => None,
        })
    };
    let at = start + usize::from(paragraph.has_cue(start, Cue::Years));
    if let Some(item) = paragraph.item(at).filter(|item| item.is_digits()) {
        let numeral = number(paragraph, at)?;
        let value = numeral.small().filter(|value| value % 10 == 0 && matches!(numeral.form, Form::Plain(2 | 4)))?;
        let mut end = numeral.end;
        let apostrophe = paragraph.is_mark(end, '\'') && paragraph.is_glued(end);
        let hyphen = paragraph.is_mark(end, '-') && paragraph.is_glued(end);
        let suffix = end + usize::from(apostrophe || hyphen);
        if !(paragraph.is_glued(suffix) && paragraph.has_cue(suffix, Cue::DecadeAfter)) {
            return None;
        }
        end = suffix + 1;
        if paragraph.has_cue(end, Cue::Years) {
            end += 1;
        } else if hyphen && item.length == 2 {
            return None;
        }
        // `20s` may be seconds; `the 90s`, `'90s` and `90-е годы` are not
        let has_article = |at: usize| {
            paragraph.has_cue(at, Cue::The)
                || paragraph.has_cue(at, Cue::Of) && paragraph.item(at).is_some_and(|item| item.tokens > 1)
        };
        // `the 20s and 30s`
        let follows_other = start > 1
            && (paragraph.has_cue(start - 1, Cue::And) || paragraph.has_cue(start - 1, Cue::Or))
            && paragraph.has_cue(start - 2, Cue::DecadeAfter);
        let is_said = apostrophe || hyphen || at > start || follows_other || start > 0 && has_article(start - 1);
        let behind_mark = start > 0 && paragraph.is_mark(start - 1, '\'');
        let behind_part = start > 1
            && [Cue::Early, Cue::Mid, Cue::Late]
                .iter()
                .any(|cue| paragraph.has_cue(start - 1, *cue) || paragraph.has_cue(start - 2, *cue));
        // `wanting the good 90s back`
        let behind_adjective = start > 1
            && value >= 20
            && has_article(start - 2)
            && paragraph.item(start - 1).is_some_and(super::super::item::Item::is_unknown_word);
        if item.length == 2 && !(is_said || behind_mark || behind_part || behind_adjective) {
            return None;
        }
        let first = if item.length == 2 { value + 1900 } else { value };
        return if item.length == 4 && !(1000..=2090).contains(&value) { None } else { stretch(first, end) };
    }
    // `in his fifties` is an age
    if start > 0 && paragraph.has_cue(start - 1, Cue::Whose) {
        return None;
    }
    if let Some(decade) = named(at) {
        let mut end = at + 1;
        if paragraph.has_cue(end, Cue::Years) {
            end += 1;
        } else if paragraph.language_of(at).has(Trait::DecadeNeedsYears) {
            return None;
        }
        let mut century = 19;
        let of = end + usize::from(paragraph.has_cue(end, Cue::Of));
        if let Some(found) = self::century(paragraph, of + usize::from(paragraph.has_cue(of, Cue::The))) {
            (century, end) = (found.number? - 1, found.end);
        }
        let is_age = decade < 20;
        return if is_age { None } else { stretch(century * 100 + decade, end) };
    }
    // `nineteen seventies`, `ألفين والعشرات`
    let numeral = number(paragraph, at).filter(|numeral| numeral.form == Form::Words && !numeral.is_ordinal)?;
    let decade = named(numeral.end)?;
    let base = numeral.value.to_i64()?;
    let hundreds = if (10..=21).contains(&base) { base * 100 } else { base };
    (1000..=2100).contains(&hundreds).then(|| stretch(hundreds + decade, numeral.end + 1))?
}

/// The year that a quarter or season is of.
fn of_year(paragraph: &Paragraph<'_>, mut at: usize) -> Option<(i64, usize)> {
    let mut skipped = 0;
    while skipped < 3
        && (paragraph.has_cue(at, Cue::Of)
            || paragraph.has_cue(at, Cue::Year)
            || paragraph.is_mark(at, ',')
            || paragraph.is_mark(at, '-')
            || paragraph.has_cue(at, Cue::The))
    {
        at += 1;
        skipped += 1;
    }
    let year = year_number(paragraph, at, true).filter(|year| year.number > 999 && !year.edtf.contains(' '))?;
    Some((year.number, year.end))
}

fn part_of_year(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows(&[Cue::Quarter, Cue::HalfYear]) {
        return None;
    }
    let sort = |at: usize| {
        paragraph.find(at, |sense| match sense {
            Sense::Cue(Cue::Quarter) => Some(('Q', 4)),
            Sense::Cue(Cue::HalfYear) => Some(('H', 2)),
            _ => None,
        })
    };
    let stretch = |year: i64, (letter, most): (char, i64), number: i64, end: usize| {
        let fits = (1..=most).contains(&number);
        fits.then(|| Found::new(format!("{year:04}-{letter}{number}"), Sort::Stretch, start, end))
    };
    let short = |at: usize| {
        // `Q3`: a letter and a digit
        let part = sort(at).filter(|_| paragraph.item(at).is_some_and(|item| item.length == 1))?;
        paragraph.item(at + 1).filter(|item| item.is_digits() && item.is_glued() && item.length == 1)?;
        Some((part, number(paragraph, at + 1)?.small()?, at + 2))
    };
    if let Some((part, place, end)) = short(start) {
        let (year, end) = of_year(paragraph, end)?;
        return stretch(year, part, place, end);
    }
    if paragraph.item(start)?.is_digits()
        && let Some(year) = year_number(paragraph, start, true).filter(|year| (1000..2200).contains(&year.number))
    {
        let at = year.end + usize::from(paragraph.is_mark(year.end, '-'));
        if let Some((part, place, end)) = short(at) {
            return stretch(year.number, part, place, end);
        }
    }
    if let Some(part) = sort(start)
        && let Some((number, end)) = place(paragraph, start + 1)
    {
        let (year, end) = of_year(paragraph, end)?;
        return stretch(year, part, number, end);
    }
    let (number, end) = place(paragraph, start)?;
    let part = sort(end)?;
    let (year, end) = of_year(paragraph, end + 1)?;
    stretch(year, part, number, end)
}

/// `the third month of 2021`.
fn month_by_number(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows(&[Cue::MonthWord]) {
        return None;
    }
    let (month, end) = place(paragraph, start).filter(|(month, _)| (1..=12).contains(month))?;
    if !paragraph.has_cue(end, Cue::MonthWord) {
        return None;
    }
    let (year, end) = of_year(paragraph, end + 1)?;
    Some(Found::new(format!("{year:04}-{month:02}"), Sort::Day, start, end))
}

fn season(paragraph: &Paragraph<'_>, start: usize) -> Option<Found> {
    if !paragraph.knows_season() {
        return None;
    }
    let season = paragraph.find(start, |sense| match sense {
        Sense::Season(season) => Some(season),
        _ => None,
    })?;
    let (year, end) = of_year(paragraph, start + 1)?;
    Some(Found::new(format!("{year:04}-{season}"), Sort::Stretch, start, end))
}
