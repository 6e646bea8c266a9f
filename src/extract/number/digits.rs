//! Numbers in digits: which marks part thousands, which stand before decimals, and what may be either.
//!
//! `2,725,000` and `14.5` say it themselves. `14,030` does not: the language gives the first reading, the other one is
//! kept beside it until the whole document is known.

use super::{Form, Numeral};
use crate::extract::item::Paragraph;
use crate::extract::pack::{fold::Folded, folded};
use crate::extract::token::{Class, Gap};
use crate::figure::Number;

/// What a mark in a number turned out to be; the evidence by which a document settles what is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Mark {
    pub letter: char,
    pub is_decimal: bool,
    /// Whether the number itself leaves no doubt.
    pub is_certain: bool,
}

/// Digit groups and the marks between them.
struct Groups {
    groups: Vec<String>,
    marks: Vec<char>,
    end: usize,
}

/// The number in digits that starts at an item, or at the point before it.
pub(super) fn digits(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    if paragraph.is_mark(start, '.') {
        let numeral = digits(paragraph, start + 1)?;
        let Form::Plain(length) = numeral.form else { return None };
        let places = i32::try_from(length).ok()?;
        let value = &numeral.value * &Number::power_of_ten(-places);
        return Some(Numeral { value, step: -places, form: Form::Marked, start, ..numeral });
    }
    if !paragraph.item(start)?.is_digits() {
        return None;
    }
    if let Some(numeral) = plain(paragraph, start) {
        return Some(numeral);
    }
    let groups = groups(paragraph, start)?;
    let numeral = read(paragraph, start, &groups)?;
    Some(with_power(paragraph, with_slash(paragraph, numeral)))
}

/// Digits by themselves, which most are: a blank or a word behind them, or a mark that no digit follows.
fn plain(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    const FITS: u32 = 18;
    let item = paragraph.item(start).filter(|item| item.length <= FITS)?;
    let goes_on = paragraph.item(start + 1).is_some_and(|next| {
        if next.class == Class::Word {
            return next.is_glued() && matches!(next.letter, 'e' | 'ر');
        }
        next.is_digits()
            || matches!(next.letter, '½' | '⅓' | '⅔' | '¼' | '¾' | '⅕'..='⅞' | '×' | '^' | '/' | '⁄')
            || next.is_glued()
                && paragraph.item(start + 2).is_some_and(|beyond| beyond.is_digits() && beyond.is_glued())
    });
    if goes_on {
        return None;
    }
    let mut value = 0_i64;
    for letter in paragraph.slice(start).chars() {
        if let Folded::Digit(digit) = folded(letter) {
            value = value * 10 + i64::from(digit);
        }
    }
    Some(Numeral::new(Number::from(value), 0, Form::Plain(item.length), start, start + 1))
}

/// A run of digits in ASCII.
fn ascii(paragraph: &Paragraph<'_>, index: usize) -> String {
    let digit = |letter| match folded(letter) {
        Folded::Digit(digit) => Some(char::from(b'0' + digit)),
        _ => None,
    };
    paragraph.slice(index).chars().filter_map(digit).collect()
}

/// Numbers of more digits are no figures, and not worth the time of computing with them.
const MOST_DIGITS: u32 = 20_000;

fn groups(paragraph: &Paragraph<'_>, start: usize) -> Option<Groups> {
    let mut digits = paragraph.item(start)?.length;
    if digits > MOST_DIGITS {
        return None;
    }
    let mut found = Groups { groups: vec![ascii(paragraph, start)], marks: Vec::new(), end: start + 1 };
    loop {
        let at = found.end;
        let Some(next) = paragraph.item(at) else { break };
        digits = digits.saturating_add(paragraph.item(at + 1).map_or(0, |item| item.length));
        if digits > MOST_DIGITS {
            return None;
        }
        let is_group = |index: usize| paragraph.item(index).is_some_and(|item| item.is_digits() && item.is_glued());
        if next.is_digits() && next.gap == Gap::Blank && next.length == 3 {
            // a blank parts thousands: whole groups of three, and no other mark before
            let first_fits = found.groups[0].len() <= 3 && !found.groups[0].starts_with('0');
            let same = found.marks.iter().all(|mark| *mark == ' ');
            let is_last_of_run = found.groups.len() > 1 || found.groups[0].len() <= 3;
            if !(first_fits && same && is_last_of_run) {
                break;
            }
            found.marks.push(' ');
            found.groups.push(ascii(paragraph, at));
            found.end = at + 1;
        } else if next.is_glued()
            && is_mark(next.letter, next.class)
            && is_group(at + 1)
            // an apostrophe parts thousands only: `5'10"` is a height
            && (next.letter != '\'' || paragraph.item(at + 1).is_some_and(|group| group.length == 3))
        {
            found.marks.push(next.letter);
            found.groups.push(ascii(paragraph, at + 1));
            found.end = at + 2;
        } else {
            break;
        }
    }
    Some(found)
}

/// Marks that may stand inside a number; `ر` is how some typesetters write the Arabic decimal comma.
fn is_mark(letter: char, class: Class) -> bool {
    (class == Class::Mark && matches!(letter, '.' | ',' | '٫' | '٬' | '،' | '\'' | '·'))
        || (class == Class::Word && letter == 'ر')
}

fn read(paragraph: &Paragraph<'_>, start: usize, groups: &Groups) -> Option<Numeral> {
    let Groups { groups, marks, end } = groups;
    let all: String = groups.concat();
    let whole = |form| Some(Numeral::new(Number::from_digits(&all)?, 0, form, start, *end));
    let Some(last) = marks.last().copied() else { return whole(Form::Plain(u32::try_from(all.len()).ok()?)) };
    let after = groups.last()?.len();
    let before_last = &marks[..marks.len() - 1];
    let decimals = |places: usize| {
        let places = i32::try_from(places).ok()?;
        let value = &Number::from_digits(&all)? * &Number::power_of_ten(-places);
        Some(Numeral::new(value, -places, Form::Marked, start, *end))
    };
    let mark = |is_decimal, is_certain| Some(Mark { letter: last, is_decimal, is_certain });
    let grouped = |groups: &[String]| {
        let first_fits = (1..=3).contains(&groups[0].len()) && !groups[0].starts_with('0');
        let threes = groups[1..].iter().all(|group| group.len() == 3);
        // in South Asia all groups but the last have two digits
        let twos =
            groups[1..groups.len() - 1].iter().all(|group| group.len() == 2) && groups[groups.len() - 1].len() == 3;
        first_fits && (threes || twos)
    };
    if !before_last.is_empty() {
        let same = before_last.iter().all(|mark| *mark == before_last[0]);
        if same && before_last[0] != last && last != ' ' && grouped(&groups[..groups.len() - 1]) {
            return Some(Numeral { mark: mark(true, true), ..decimals(after)? });
        }
        let all_same = same && before_last[0] == last;
        // set from right to left the groups of thousands stand in the other order: `302ر529ر16` for 16,529,302
        let turned: Vec<String> = groups.iter().rev().cloned().collect();
        if all_same && last == 'ر' && after < 3 && grouped(&turned) {
            let value = Number::from_digits(&turned.concat())?;
            return Some(Numeral { mark: mark(false, true), ..Numeral::new(value, 0, Form::Marked, start, *end) });
        }
        return if all_same && grouped(groups) {
            Some(Numeral { mark: mark(false, true), ..whole(Form::Marked)? })
        } else {
            None
        };
    }
    match last {
        ' ' | '٬' | '\'' if grouped(groups) => Some(Numeral { mark: mark(false, true), ..whole(Form::Marked)? }),
        ' ' | '٬' | '\'' => None,
        // where text was set from right to left the sides of the comma may be exchanged: `1ر91` for 91.1
        'ر' => {
            let turned = Number::from_digits(&[groups[1].as_str(), groups[0].as_str()].concat())?;
            let places = i32::try_from(groups[0].len()).ok()?;
            let other = (&turned * &Number::power_of_ten(-places), -places);
            Some(Numeral { mark: mark(true, true), other: Some(other), ..decimals(after)? })
        }
        '٫' | '·' => Some(Numeral { mark: mark(true, true), ..decimals(after)? }),
        _ if !grouped(groups) => Some(Numeral { mark: mark(true, true), ..decimals(after)? }),
        _ => {
            // one mark before three digits: either
            let language = paragraph.language_of(usize::MAX);
            // decimals of three zeros are thousands
            let is_decimal = language.decimal == last && groups[1] != "000";
            let (own, other) = if is_decimal {
                (decimals(after)?, whole(Form::Marked)?)
            } else {
                (whole(Form::Marked)?, decimals(after)?)
            };
            Some(Numeral { mark: mark(is_decimal, false), other: Some((other.value, other.step)), ..own })
        }
    }
}

/// `3/4`, `1 4/5`: a number over another, by itself or behind a whole one.
fn with_slash(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let part = |at: usize| {
        let item = paragraph.item(at).filter(|item| item.is_digits() && item.length < 10)?;
        ascii(paragraph, at).parse::<i64>().ok().map(|value| (value, item.gap))
    };
    let over = |at: usize| {
        let (above, _) = part(at)?;
        let slash = paragraph.item(at + 1).filter(|item| item.is_mark('/') || item.is_mark('⁄'))?;
        let (below, gap) = part(at + 2)?;
        if paragraph.item(at).is_some_and(|item| item.length == 4)
            && paragraph.item(at + 2).is_some_and(|item| item.length == 4)
        {
            return None;
        }
        let is_tight = slash.is_glued() && gap == Gap::Nothing;
        let goes_on =
            paragraph.item(at + 3).is_some_and(|item| item.is_glued() && (item.is_mark('/') || item.is_digits()));
        (is_tight && !goes_on && below > 1).then_some(())?;
        Number::fraction(above, below).map(|value| (value, above < below))
    };
    if !matches!(numeral.form, Form::Plain(_)) {
        return numeral;
    }
    let start = numeral.start;
    if let Some((value, _)) = over(start) {
        return Numeral { is_fraction: true, end: start + 3, ..Numeral::new(value, 0, Form::Marked, start, start + 3) };
    }
    let follows = paragraph.item(numeral.end).is_some_and(|item| item.gap == Gap::Blank);
    if follows && let Some((part, true)) = over(numeral.end) {
        let end = numeral.end + 3;
        return Numeral { is_fraction: true, ..Numeral::new(&numeral.value + &part, 0, Form::Marked, start, end) };
    }
    vulgar(paragraph, numeral)
}

/// The one-character fractions behind a whole number: `2½`.
fn vulgar(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let Some(item) = paragraph.item(numeral.end).filter(|item| item.class == Class::Mark) else { return numeral };
    let Some(part) = vulgar_fraction(item.letter) else { return numeral };
    let (start, end) = (numeral.start, numeral.end + 1);
    Numeral { is_fraction: true, ..Numeral::new(&numeral.value + &part, 0, Form::Marked, start, end) }
}

/// The value of a fraction that is one character.
pub(super) fn vulgar_fraction(letter: char) -> Option<Number> {
    let (above, below) = match letter {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Number::fraction(above, below)
}

/// `1.5e10`, `2.5×10^6`, `10^9`.
fn with_power(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let at = numeral.end;
    let signed = |at: usize| {
        let minus = paragraph.item(at).is_some_and(|item| item.is_mark('-') || item.is_mark('−'));
        let at = at + usize::from(minus);
        paragraph.item(at).filter(|item| item.is_digits() && item.is_glued() && item.length < 4)?;
        let size: i32 = ascii(paragraph, at).parse().ok()?;
        Some((if minus { -size } else { size }, at + 1))
    };
    let Some(item) = paragraph.item(at).filter(|item| item.is_glued()) else { return numeral };
    let is_exponent = item.class == Class::Word && item.letter == 'e' && item.length == 1;
    if is_exponent && let Some((exponent, end)) = signed(at + 1) {
        let value = &numeral.value * &Number::power_of_ten(exponent);
        return Numeral { value, step: numeral.step + exponent, end, other: None, form: Form::Marked, ..numeral };
    }
    let is_times = item.class == Class::Mark && item.letter == '×';
    let is_ten =
        is_times && paragraph.item(at + 1).is_some_and(|ten| ten.is_digits() && ascii(paragraph, at + 1) == "10");
    if is_ten {
        let power = at + 2 + usize::from(paragraph.is_mark(at + 2, '^'));
        if let Some((exponent, end)) = signed(power) {
            let value = &numeral.value * &Number::power_of_ten(exponent);
            return Numeral { value, step: numeral.step + exponent, end, other: None, form: Form::Marked, ..numeral };
        }
    }
    if item.is_mark('^')
        && let Some((exponent @ 0..=64, end)) = signed(at + 1)
    {
        let mut value = Number::ONE;
        for _ in 0..exponent {
            value = &value * &numeral.value;
        }
        return Numeral { value, end, other: None, form: Form::Marked, ..numeral };
    }
    numeral
}
