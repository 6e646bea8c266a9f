//! Fractions in words, and decimals in words: two thirds, a half, three and a quarter, `one point five`, `две целых`.

use super::{Form, Numeral, digits};
use crate::extract::item::Paragraph;
use crate::extract::pack::{CLITIC_ARTICLE, Cue, Sense};
use crate::extract::token::Class;
use crate::figure::Number;

/// Into how many parts a word divides, as the denominator of `count` of them.
fn parts(paragraph: &Paragraph<'_>, at: usize, count: i64) -> Option<i64> {
    let by_name = paragraph.find(at, |sense| match sense {
        Sense::Fraction(parts) => Some(i64::from(parts)),
        _ => None,
    });
    let by_place = || {
        // `one fifth`: a place behind a one is a part
        let is_joined = paragraph.item(at).is_some_and(|item| item.joins());
        let place = super::words::whole(paragraph, at).filter(|numeral| numeral.is_ordinal && numeral.end == at + 1);
        place.and_then(|place| place.small()).filter(|parts| *parts > 2 && count == 1 && !is_joined)
    };
    by_name.or_else(by_place)
}

/// Skips a hyphen between words.
fn past_hyphen(paragraph: &Paragraph<'_>, at: usize) -> usize {
    let is_hyphen = paragraph.item(at).is_some_and(|item| item.is_mark('-') && item.is_glued());
    at + usize::from(is_hyphen && paragraph.is_glued(at + 1))
}

/// A fraction that starts at an item: `two thirds`, `a quarter`, `half`.
pub(super) fn fraction(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    if let Some(item) = paragraph.item(start).filter(|item| item.class == Class::Mark) {
        let value = digits::vulgar_fraction(item.letter)?;
        return Some(Numeral { is_fraction: true, ..Numeral::new(value, 0, Form::Marked, start, start + 1) });
    }
    let share = paragraph.find(start, |sense| match sense {
        Sense::Share { count, parts } => Some((i64::from(count), i64::from(parts))),
        _ => None,
    });
    if let Some((count, parts)) = share {
        let value = Number::fraction(count, parts)?;
        return Some(Numeral { is_fraction: true, ..Numeral::new(value, 0, Form::Words, start, start + 1) });
    }
    let has_name = paragraph.senses(start).any(|sense| matches!(sense, Sense::Fraction(_)))
        || start == 0
            && parts(paragraph, start, 1).is_some()
            && paragraph.has_cue(start + 1, Cue::Of)
            && paragraph.senses(start + 2).any(|sense| matches!(sense, Sense::Unit { .. }));
    // `الخمس سنوات` are five years
    let counts = paragraph.item(start).is_some_and(|item| item.has_article(paragraph))
        && paragraph.senses(start).any(|sense| matches!(sense, Sense::Cardinal(3..=10)))
        && paragraph.senses(start + 1).any(|sense| matches!(sense, Sense::Unit { .. }));
    if counts {
        return None;
    }
    let has_article = paragraph.has_cue(start, Cue::An);
    let small = |at: usize| {
        let plain = paragraph.find(at, |sense| match sense {
            Sense::Cardinal(value @ 1..=99) => Some(i64::from(value)),
            _ => None,
        });
        plain.map(|value| (value, past_hyphen(paragraph, at + 1)))
    };
    let (count, at) = match small(start) {
        _ if has_article => (1, start + 1),
        Some((count, at))
            if paragraph.senses(at).any(|sense| matches!(sense, Sense::Fraction(_) | Sense::Ordinal(_))) =>
        {
            (count, at)
        }
        _ if has_name => (1, start),
        _ => return None,
    };
    let is_joined = at > start && paragraph.item(at).is_some_and(|item| item.joins());
    if has_article && let Some(part) = small_part(paragraph, start, at) {
        return Some(part);
    }
    let below = parts(paragraph, at, count).filter(|_| !is_joined)?;
    let end = at + 1;
    let is_cardinal = paragraph.senses(start).any(|sense| matches!(sense, Sense::Cardinal(_)));
    let is_hundreds = paragraph.senses(end).any(|sense| matches!(sense, Sense::Hundred | Sense::Scale { .. }));
    if (at == start || has_article) && (!is_amount(paragraph, at, end) || is_cardinal && is_hundreds) {
        return None;
    }
    if at == start && is_cardinal && paragraph.item(end).is_none() {
        return None;
    }
    let value = Number::fraction(count, below)?;
    let numeral = Numeral { is_fraction: true, ..Numeral::new(value, 0, Form::Words, start, end) };
    Some(with_scale(paragraph, numeral))
}

/// `a millionth`: a part as small as a power of ten.
fn small_part(paragraph: &Paragraph<'_>, start: usize, at: usize) -> Option<Numeral> {
    let exponent = paragraph.find(at, |sense| match sense {
        Sense::OrdinalScale(exponent) => Some(exponent),
        _ => None,
    })?;
    let value = Number::power_of_ten(-i32::from(exponent));
    Some(Numeral { is_fraction: true, ..Numeral::new(value, 0, Form::Words, start, at + 1) })
}

/// Whether a lone part is meant as an amount: something it is of follows, or nothing at all.
fn is_amount(paragraph: &Paragraph<'_>, at: usize, end: usize) -> bool {
    let Some(next) = paragraph.item(end) else { return true };
    let is_ordinal_before = at > 0 && paragraph.senses(at - 1).any(|sense| matches!(sense, Sense::Ordinal(_)));
    if is_ordinal_before {
        return false;
    }
    let follows = paragraph.senses(end).any(|sense| {
        matches!(
            sense,
            Sense::Cue(Cue::Of | Cue::An | Cue::The)
                | Sense::Scale { .. }
                | Sense::Unit { .. }
                | Sense::Hundred
                | Sense::Dozen(_)
        )
    });
    let has_article = next.clitics & CLITIC_ARTICLE != 0;
    let is_hyphen = next.is_mark('-') && paragraph.senses(end + 1).any(|sense| matches!(sense, Sense::Unit { .. }));
    let mut articles = paragraph.language_of(usize::MAX).clitics.iter().filter(|(_, bits)| *bits == CLITIC_ARTICLE);
    let begins_with_article = articles.any(|(article, _)| paragraph.slice(end).starts_with(&**article));
    let is_definite = next.class == Class::Word && begins_with_article && !is_place(paragraph, end);
    follows || is_hyphen || is_definite || (has_article && !is_place(paragraph, end))
}

fn is_place(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.senses(at).any(|sense| matches!(sense, Sense::Ordinal(_)))
}

fn scale(paragraph: &Paragraph<'_>, at: usize) -> Option<u8> {
    paragraph.item(at).filter(|item| !item.joins())?;
    paragraph.find(at, |sense| match sense {
        Sense::Scale { exponent, times: 0 | 1 } => Some(exponent),
        Sense::Hundred => Some(2),
        _ => None,
    })
}

/// `half a million`: a scale word behind a fraction, perhaps behind an article.
fn with_scale(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let skip = usize::from(paragraph.has_cue(numeral.end, Cue::An) || paragraph.has_cue(numeral.end, Cue::Of));
    match scale(paragraph, numeral.end + skip) {
        Some(exponent) => {
            let end = numeral.end + skip + 1;
            Numeral { end, is_fraction: true, ..numeral.scaled(exponent) }
        }
        None => numeral,
    }
}

/// `three and a half`, `a million and a half`, `one and a half million`.
pub(super) fn with_fraction(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    if numeral.is_fraction || numeral.is_ordinal {
        return numeral;
    }
    if let Some((value, end)) = digits_of(paragraph, &numeral) {
        return Numeral { is_fraction: true, ..Numeral::new(value, 0, numeral.form, numeral.start, end) };
    }
    let Some((part, end)) = and_fraction(paragraph, numeral.end) else { return numeral };
    if numeral.scale == 0 {
        let value = &numeral.value + &part;
        let start = numeral.start;
        let mixed = Numeral { is_fraction: true, ..Numeral::new(value, 0, numeral.form, start, end) };
        return match scale(paragraph, end) {
            Some(exponent) => Numeral { end: end + 1, ..mixed.scaled(exponent) },
            None => mixed,
        };
    }
    // `a million and a half (million)`, `a billion and a half million`
    let own = i32::from(numeral.scale);
    let (exponent, end) = match scale(paragraph, end) {
        Some(exponent) if i32::from(exponent) <= own => (i32::from(exponent), end + 1),
        _ => (own, end),
    };
    let value = &numeral.value + &(&part * &Number::power_of_ten(exponent));
    Numeral { value, step: exponent - 1, end, other: None, is_fraction: false, ..numeral }
}

/// Digits or many in words before a part by name: `3 quarters of an hour`, `ninety-five fifths`.
fn digits_of(paragraph: &Paragraph<'_>, numeral: &Numeral) -> Option<(Number, usize)> {
    let count = numeral.small().filter(|count| (1..10_000).contains(count) && numeral.form != Form::Marked)?;
    let at = past_hyphen(paragraph, numeral.end);
    let item = paragraph.item(at)?;
    let below = parts(paragraph, at, 0).filter(|below| !item.joins() && *below > 2 && (item.class == Class::Word))?;
    let end = at + 1;
    let is_words = numeral.form == Form::Words;
    let follows = paragraph.senses(end).any(|sense| matches!(sense, Sense::Unit { .. } | Sense::Cue(Cue::Of)));
    let ends = paragraph.item(end).is_none_or(|next| next.class == Class::Mark && !next.is_mark('-'));
    (if is_words { count > 2 } else { count < 100 && (count < below || follows) && (follows || ends) }).then_some(())?;
    Number::fraction(count, below).map(|value| (value, end))
}

/// A conjunction and a fraction below one.
pub(in crate::extract) fn and_fraction(paragraph: &Paragraph<'_>, at: usize) -> Option<(Number, usize)> {
    let item = paragraph.item(at)?;
    let at = if item.joins() {
        at
    } else if paragraph.has_cue(at, Cue::And) {
        at + 1
    } else {
        return None;
    };
    let (count, at) = if paragraph.has_cue(at, Cue::An) {
        (1, at + 1)
    } else {
        let count = paragraph.find(at, |sense| match sense {
            Sense::Cardinal(value @ 1..=99) => Some(i64::from(value)),
            _ => None,
        });
        match count {
            Some(count) if paragraph.senses(at + 1).any(|sense| matches!(sense, Sense::Fraction(_))) => (count, at + 1),
            _ => (1, at),
        }
    };
    let below = paragraph.find(at, |sense| match sense {
        Sense::Fraction(parts) => Some(i64::from(parts)),
        _ => None,
    })?;
    Some((Number::fraction(count, below).filter(|part| *part < Number::ONE)?, at + 1))
}

/// Decimals in words or digits behind a number in words.
pub(super) fn with_decimals(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let at = numeral.end;
    if numeral.is_ordinal {
        return numeral;
    }
    if paragraph.has_cue(at, Cue::Whole) {
        let at = at + 1 + usize::from(paragraph.has_cue(at + 1, Cue::And));
        return match fraction(paragraph, at) {
            Some(part) => {
                let value = &numeral.value + &part.value;
                Numeral { is_fraction: true, ..Numeral::new(value, 0, Form::Words, numeral.start, part.end) }
            }
            None => numeral,
        };
    }
    if !paragraph.has_cue(at, Cue::Point) {
        return numeral;
    }
    point(paragraph, &numeral).unwrap_or(numeral)
}

/// What stands behind the word for the decimal mark: digits one by one, or one number.
pub(super) fn point(paragraph: &Paragraph<'_>, numeral: &Numeral) -> Option<Numeral> {
    let mut at = numeral.end + 1;
    let mut digits = String::new();
    while digits.len() < 12 {
        let digit = paragraph.find(at, |sense| match sense {
            Sense::Cardinal(value @ 0..=9) => Some(value),
            _ => None,
        });
        let Some(digit) = digit else { break };
        digits.push_str(&digit.to_string());
        at += 1;
    }
    if digits.is_empty() {
        let behind = digits::digits(paragraph, at)
            .or_else(|| super::words::whole(paragraph, at))
            .filter(|behind| behind.value.is_positive() && behind.small().is_some())?;
        digits = behind.value.to_string();
        at = behind.end;
    }
    let places = i32::try_from(digits.len()).ok()?;
    let part = &Number::from_digits(&digits)? * &Number::power_of_ten(-places);
    let decimal = Numeral::new(&numeral.value + &part, -places, Form::Words, numeral.start, at);
    Some(match scale(paragraph, at) {
        Some(exponent) => Numeral { end: at + 1, ..decimal.scaled(exponent) },
        None => decimal,
    })
}

/// A ratio of two counts: `one in five`, `3 out of 10`, `ثلاثة من كل عشرة`. Years and things that are counted are none.
pub(in crate::extract) fn ratio(paragraph: &Paragraph<'_>, first: &Numeral) -> Option<Numeral> {
    let whole = |numeral: &Numeral| {
        numeral.small().filter(|value| *value > 0 && !numeral.is_ordinal && numeral.other.is_none())
    };
    let count = whole(first).filter(|count| *count < 1000)?;
    if !paragraph.has_cue(first.end, Cue::InEvery) {
        return None;
    }
    let second = super::number(paragraph, first.end + 1)?;
    let all = whole(&second).filter(|all| *all > count && !second.is_fraction)?;
    let is_alike = (first.form == Form::Words) == (second.form == Form::Words)
        || count == 1
        || paragraph.item(first.end).is_some_and(|cue| cue.tokens > 1);
    let may_be_year = matches!(second.form, Form::Plain(4)) && all != 1000;
    // `5 in 10 days`, `3 in 4 May`, `2 in 12:30`, but `one in five people`
    let is_measured = super::super::unit::unit(paragraph, second.end)
        .is_some_and(|unit| !matches!(unit.id.as_str(), "persons" | "household"));
    let goes_on = is_measured
        || paragraph.senses(second.end).any(|sense| {
            matches!(sense, Sense::Month(_) | Sense::HijriMonth(_) | Sense::Code(_) | Sense::Cue(Cue::OrdinalSuffix))
        })
        || paragraph
            .item(second.end)
            .is_some_and(|next| next.is_glued() && matches!(next.letter, ':' | '/' | '-' | '%'));
    (is_alike && !may_be_year && !goes_on).then_some(())?;
    let value = Number::fraction(count, all)?;
    Some(Numeral { is_fraction: true, ..Numeral::new(value, 0, first.form, first.start, second.end) })
}
