//! One figure twice: in another unit, in words and in digits, a date in two calendars or with its weekday.

use super::amount::Sum;
use super::cues::Cue;
use super::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use super::slip::gets_to;
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::date::Precision;
use crate::figure::{Date, Number, Units};

/// Units whose names texts use for others as well: a feddan is often an acre, a ton any ton.
const LOOSE: [&str; 5] = ["feddan", "t", "long-ton", "short-ton", "cup"];

/// The figures of a paragraph that are given twice.
pub(super) fn again(paragraph: &Paragraph<'_>, units: &Units, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().collect();
    for (at, piece) in figures.iter().copied().enumerate() {
        let Some(mention) = paragraph.mention(piece) else { continue };
        let next = figures.get(at + 1).copied();
        if let Some(next) = next
            && (is_conversion(paragraph, units, piece, next)
                || is_said_again(paragraph, piece, next)
                || is_one_day(paragraph, piece, next))
            && let (Some(one), Some(also)) = (paragraph.figure(piece), paragraph.figure(next))
        {
            found.push(Structure::SameAgain { one, also });
        }
        if let Some(next) = next
            && is_no_day(paragraph, piece, next)
            && let (Some(day), Some(month)) = (paragraph.figure(piece), paragraph.figure(next))
        {
            found.push(Structure::DayOf { day, month });
        }
        if let Some(structure) = dated(paragraph, piece, next, mention) {
            found.push(structure);
        }
    }
}

/// `160 km (99 miles)`: two units of one dimension, the second in brackets right behind the first.
fn is_conversion(paragraph: &Paragraph<'_>, units: &Units, one: usize, also: usize) -> bool {
    let (Some(first), Some(second)) = (paragraph.mention(one), paragraph.mention(also)) else { return false };
    let is_aside = is_bracketed_behind(paragraph, one, also);
    if first.kind != Kind::Quantity || second.kind != Kind::Quantity || !(is_aside || is_or(paragraph, one, also)) {
        return false;
    }
    let known = |mention: &Mention| mention.unit.as_deref().and_then(|unit| units.find(unit));
    let (Some(of_first), Some(of_second)) = (known(first), known(second)) else { return false };
    let is_degree =
        |mention: &Mention| mention.unit.as_deref().is_some_and(|unit| unit.starts_with('°') || unit == "K");
    // names that are used for units of another size, too
    let is_loose = |mention: &Mention| mention.unit.as_deref().is_some_and(|unit| LOOSE.contains(&unit));
    !is_loose(first)
        && !is_loose(second)
        && of_first != of_second
        && (units.powers(of_first) == units.powers(of_second) || is_left_out(first, second))
        && !is_degree(first)
        && !is_degree(second)
        && (is_aside || is_near(&(first, units.factor(of_first)), &(second, units.factor(of_second))))
}

/// Whether brackets leave it to the words before them what is counted to an area: `1,399.7 inhabitants per square mile
/// (540.4/km2)`.
pub(super) fn is_left_out(said: &Mention, also: &Mention) -> bool {
    let counted =
        |mention: &Mention| mention.unit.as_deref().and_then(|unit| unit.split_once('/').map(|(of, _)| of == ITEMS));
    counted(said) == Some(false) && counted(also) == Some(true)
}

/// Whatever is counted.
const ITEMS: &str = "items";

/// Whether nothing but `or` stands between two figures.
fn is_or(paragraph: &Paragraph<'_>, one: usize, also: usize) -> bool {
    match paragraph.between(one, also) {
        [or] | [Piece { what: What::Mark(',' | '،'), .. }, or] => or.has(Cue::Same) && or.has(Cue::Ratio),
        _ => false,
    }
}

/// Whether two amounts are alike enough to be one, or one slip apart; `5 km or 10 miles` leaves the choice.
fn is_near((first, by): &(&Mention, Number), (second, times): &(&Mention, Number)) -> bool {
    let amount = |mention: &Mention, factor: &Number| mention.figure.nominal.as_ref().map(|number| number * factor);
    let (Some(one), Some(other)) = (amount(first, by), amount(second, times)) else { return false };
    let least = |number: &Number| &Number::fraction(3, 4).unwrap_or(Number::ONE) * number;
    let place = |mention: &Mention, from: &Number, to: &Number| {
        let factor = from * &to.reciprocal()?;
        let end = |end: &Option<Number>| end.as_ref().map(|end| end * &factor);
        Some(Sum { low: end(&mention.figure.low), high: end(&mention.figure.high) })
    };
    let is_slip = |mention: &Mention, place: Option<Sum>| place.is_some_and(|place| gets_to(mention, &place));
    one >= least(&other) && other >= least(&one)
        || is_slip(second, place(first, by, times))
        || is_slip(first, place(second, times, by))
}

/// `31 June 2010`: a number that the month behind it does not have. It is no date, so it was read as a number and a month.
fn is_no_day(paragraph: &Paragraph<'_>, one: usize, month: usize) -> bool {
    let (Some(day), Some(date)) = (paragraph.mention(one), paragraph.mention(month)) else { return false };
    let parsed = date.date.as_deref().filter(|_| date.kind == Kind::Date).and_then(|date| Date::parse(date).ok());
    let is_month =
        parsed.is_some_and(|date| date.precision() == Precision::Month) && date.text.starts_with(char::is_alphabetic);
    let number = day.text.parse::<u8>().ok().filter(|_| day.kind == Kind::Number && day.text.len() == 2);
    let is_beside = paragraph.between(one, month).is_empty();
    // a number beyond all months may count something else: `page 45 May 2001`
    is_month && is_beside && number.is_some_and(|number| matches!(number, 29..=31))
}

/// `five (5)`: once in words and once in digits.
fn is_said_again(paragraph: &Paragraph<'_>, one: usize, also: usize) -> bool {
    let (Some(first), Some(second)) = (paragraph.mention(one), paragraph.mention(also)) else { return false };
    let has_digits = |mention: &Mention| mention.text.chars().any(char::is_numeric);
    let is_bare =
        |mention: &Mention| matches!(mention.kind, Kind::Count | Kind::Number) && mention.figure.from.is_none();
    let plain = is_bare(first) && is_bare(second) && has_digits(first) != has_digits(second);
    plain && !is_bracketed(first) && paragraph.between(one, also).is_empty() && is_bracketed(second)
}

/// Whether a figure stands in brackets right behind another, alone or first in them.
fn is_bracketed_behind(paragraph: &Paragraph<'_>, one: usize, also: usize) -> bool {
    let between = paragraph.between(one, also);
    let is_own = paragraph.mention(also).is_some_and(is_bracketed);
    let mut opened = is_own;
    for piece in between {
        match piece.what {
            What::Mark('(') if !opened => opened = true,
            What::Word(_) if piece.has(Cue::Same) && opened => {}
            _ => return false,
        }
    }
    let closes = |piece: &super::pieces::Piece| piece.is_mark(')') || piece.separates();
    opened && (is_own || paragraph.pieces.get(also + 1).is_some_and(closes))
}

/// A date that says more than needed.
fn dated(paragraph: &Paragraph<'_>, piece: usize, next: Option<usize>, mention: &Mention) -> Option<Structure> {
    let date = mention.date.as_deref()?;
    let index = paragraph.figure(piece)?;
    if date.contains('X') || !mention.alternatives.is_empty() || mention.hedge.is_some() {
        return None;
    }
    // days of the months of the Hijra are sighted, and older days may be of the Julian calendar
    let is_known = !date.contains(HIJRI) && year_of(date).is_none_or(|year| year >= GREGORIAN);
    let has_weekday =
        is_known && Date::parse(date).is_ok_and(|date| date.weekday().is_some()) && !is_in_name(paragraph, piece);
    if has_weekday || has_two_months(mention) {
        return Some(Structure::Dated { date: index, again: None });
    }
    let next = next?;
    let other = paragraph.mention(next)?;
    let other_date = other.date.as_deref()?;
    let years = mention.kind == Kind::Year && other.kind == Kind::Year && is_time(other);
    let is_beside = paragraph.between(piece, next).iter().all(joins);
    if !years || is_hijri(date) == is_hijri(other_date) || !is_beside {
        return None;
    }
    let (date, again) = if is_hijri(date) { (next, piece) } else { (piece, next) };
    Some(Structure::Dated { date: paragraph.figure(date)?, again: paragraph.figure(again) })
}

/// How a date of the Hijra begins.
const HIJRI: &str = "hijri";

fn is_hijri(date: &str) -> bool {
    date.starts_with(HIJRI)
}

/// The year of a date, which its weekday or calendar may stand before.
fn year_of(date: &str) -> Option<u16> {
    date.split('-').next()?.rsplit(' ').next()?.parse().ok()
}

/// The first full year of the Gregorian calendar.
const GREGORIAN: u16 = 1583;

/// Marks between a date and the same in another calendar.
fn joins(piece: &Piece) -> bool {
    piece.is_mark('(') || piece.is_mark('/') || piece.is_mark('-')
}

/// Whether days of two calendars stand beside each other: `9 Dhu al-Hijja 1434, which is 14 October 2013`.
fn is_one_day(paragraph: &Paragraph<'_>, one: usize, also: usize) -> bool {
    let date = |piece: usize| {
        let mention = paragraph.mention(piece).filter(|mention| mention.kind == Kind::Date)?;
        let is_plain = mention.hedge.is_none() && mention.alternatives.is_empty();
        mention.date.as_deref().filter(|date| is_plain && is_full(date))
    };
    let (Some(first), Some(second)) = (date(one), date(also)) else { return false };
    // days of the time before are mostly given by the Julian calendar
    let is_old = |date: &str| !is_hijri(date) && year_of(date).is_none_or(|year| year < GREGORIAN);
    if is_old(first) || is_old(second) {
        return false;
    }
    let between = paragraph.between(one, also);
    let is_said = |piece: &Piece| joins(piece) || piece.is_mark('،') || piece.is_mark(',') || piece.is_word();
    is_hijri(first) != is_hijri(second) && between.len() <= 2 && between.iter().all(is_said)
}

/// Whether a date has its year, its month and its day.
fn is_full(date: &str) -> bool {
    Date::parse(date).is_ok_and(|date| date.precision() == Precision::Day) && !date.contains('X')
}

/// Whether what looks like a short weekday ends a name: `Edmonton Sun, 16 August 2008`.
fn is_in_name(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    const SHORT: usize = 3;
    let Some(mention) = paragraph.mention(piece) else { return false };
    let weekday = mention.text.chars().take_while(|letter| letter.is_alphabetic()).count();
    let before = paragraph.text[..paragraph.pieces[piece].start].trim_end_matches(' ');
    let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    weekday <= SHORT && word.starts_with(char::is_uppercase)
}

/// Whether a date names its month twice, as Arabic texts do.
fn has_two_months(mention: &Mention) -> bool {
    mention.kind == Kind::Date && mention.text.contains('(') && !mention.text.starts_with('(')
}
