//! Numbers in words, one grammar for all languages.
//!
//! A number below a thousand fills three places (hundreds, tens, units), each once, from the greatest to the least; where
//! the language says units before tens, a conjunction lets them change sides. A scale word closes such a group and must
//! be smaller than the one before. What a language joins and where is said by its pack.

use super::{Form, Numeral, digits};
use crate::extract::item::Paragraph;
use crate::extract::pack::{Cue, Language, Sense, Trait};
use crate::extract::token::Gap;
use crate::figure::Number;

const UNITS: u8 = 1;
const TENS: u8 = 2;
const HUNDREDS: u8 = 4;

/// A number in words while it grows.
struct Growth {
    /// Groups that a scale word has closed.
    total: u128,
    /// The open group and which of its places are taken.
    group: u128,
    places: u8,
    scale: Option<u8>,
    /// A scale word was the last thing read.
    on_scale: bool,
    is_ordinal: bool,
    is_empty: bool,
}

/// Powers of ten beyond this do not fit.
const GREATEST_SCALE: u8 = 33;

impl Growth {
    fn new() -> Growth {
        Growth { total: 0, group: 0, places: 0, scale: None, on_scale: false, is_ordinal: false, is_empty: true }
    }

    /// Adds a number below a thousand where its places are free.
    fn add(&mut self, value: u16, joined: bool, language: &Language) -> bool {
        let places = match value {
            0..=9 => UNITS,
            10..=19 => TENS | UNITS,
            20..=99 if value.is_multiple_of(10) => TENS,
            20..=99 => TENS | UNITS,
            _ if value.is_multiple_of(100) => HUNDREDS,
            _ => HUNDREDS | TENS | UNITS,
        };
        let is_swapped =
            self.places & (TENS | UNITS) == UNITS && places == TENS && joined && language.has(Trait::UnitsBeforeTens);
        let comes_after = match self.places.trailing_zeros() {
            _ if self.places == 0 => true,
            // below the least place that is taken
            least => u32::from(places) < (1 << least),
        };
        let is_backward = language.has(Trait::UnitsBeforeTens) && places == UNITS && self.places & TENS != 0;
        let is_zero_within = value == 0 && !self.is_empty;
        if self.places & places != 0 || !(comes_after || is_swapped) || is_backward || is_zero_within {
            return false;
        }
        self.group += u128::from(value);
        self.places |= places;
        (self.is_empty, self.on_scale) = (false, false);
        true
    }

    fn hundred(&mut self) -> bool {
        let (group, places) = match (self.group, self.places) {
            (0, 0) => (100, HUNDREDS),
            // `nineteen hundred` counts hundreds too
            (1..=99, _) if self.places & HUNDREDS == 0 && !self.group.is_multiple_of(10) => {
                (self.group * 100, HUNDREDS)
            }
            _ => return false,
        };
        (self.group, self.places) = (group, places);
        (self.is_empty, self.on_scale) = (false, false);
        true
    }

    fn scale(&mut self, exponent: u8, times: u8, joined: bool) -> bool {
        let power = match 10_u128.checked_pow(u32::from(exponent)) {
            Some(power) if exponent <= GREATEST_SCALE => power,
            _ => return false,
        };
        let is_bare = self.places == 0;
        if times == 0 && is_bare && !self.on_scale {
            return false;
        }
        if times == 2 && !is_bare {
            return false;
        }
        match self.scale {
            Some(last) if exponent >= last => {
                // `thousand million`: the scale of a scale
                if !is_bare || joined || !self.on_scale || times != 1 && times != 0 {
                    return false;
                }
                let Some(total) = self.total.checked_mul(power) else { return false };
                self.total = total;
                self.scale = Some(exponent.max(last));
            }
            _ => {
                let count = if is_bare { u128::from(times.max(1)) } else { self.group * u128::from(times.max(1)) };
                let Some(total) = count.checked_mul(power).and_then(|part| self.total.checked_add(part)) else {
                    return false;
                };
                self.total = total;
                self.scale = Some(exponent);
            }
        }
        (self.group, self.places, self.is_empty, self.on_scale) = (0, 0, false, true);
        true
    }
}

/// The number in words that starts at an item.
pub(super) fn words(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    if let Some(numeral) = super::fraction::fraction(paragraph, start) {
        return Some(numeral);
    }
    let counts_one = paragraph.has_cue(start, Cue::An)
        && paragraph
            .senses(start + 1)
            .any(|sense| matches!(sense, Sense::Hundred | Sense::Dozen(_) | Sense::Scale { times: 1, .. }));
    if counts_one {
        return words(paragraph, start + 1).map(|numeral| Numeral { start, ..numeral });
    }
    let tenths = paragraph.find(start, |sense| match sense {
        Sense::Tenths(tenths) => Some(tenths),
        _ => None,
    });
    if let Some(tenths) = tenths {
        let value = Number::fraction(i64::from(tenths), 10)?;
        let numeral = Numeral::new(value, -1, Form::Words, start, start + 1);
        return Some(behind_digits(paragraph, numeral));
    }
    Some(super::fraction::with_decimals(paragraph, whole(paragraph, start)?))
}

/// The whole number in words that starts at an item, without fractions or decimals. It calls nothing that calls it.
pub(super) fn whole(paragraph: &Paragraph<'_>, start: usize) -> Option<Numeral> {
    let (growth, end) = grow(paragraph, start, Growth::new())?;
    finish(&growth, start, end)
}

/// Scale words behind a number in digits, and what they carry on: `4 thousand 3 hundred`.
pub(super) fn behind_digits(paragraph: &Paragraph<'_>, numeral: Numeral) -> Numeral {
    let scale = |at: usize| {
        paragraph.item(at).filter(|item| !item.joins())?;
        paragraph.find(at, |sense| match sense {
            Sense::Scale { exponent, times: 0 | 1 } => Some(exponent),
            Sense::Hundred => Some(2),
            _ => None,
        })
    };
    let dozen = paragraph.find(numeral.end, |sense| match sense {
        Sense::Dozen(count) => Some(i64::from(count)),
        _ => None,
    });
    if let Some(count) = dozen {
        let end = numeral.end + 1;
        return Numeral { end, ..numeral.times(&Number::from(count)) };
    }
    let Some(exponent) = scale(numeral.end) else { return numeral };
    let start = numeral.start;
    let end = numeral.end + 1;
    let scaled = Numeral { end, ..numeral.scaled(exponent) };
    if let Some(next) = scale(end) {
        return Numeral { end: end + 1, ..scaled.scaled(next) };
    }
    let Some(value) = scaled.value.to_i64().filter(|_| scaled.other.is_none() && scaled.step >= 0) else {
        return scaled;
    };
    let growth = Growth {
        total: u128::try_from(value).unwrap_or(0),
        scale: Some(exponent),
        on_scale: true,
        is_empty: false,
        ..Growth::new()
    };
    match grow(paragraph, end, growth) {
        Some((growth, end)) if !growth.is_ordinal => finish(&growth, start, end).unwrap_or(scaled),
        _ => scaled,
    }
}

fn finish(growth: &Growth, start: usize, end: usize) -> Option<Numeral> {
    let value = growth.total.checked_add(growth.group)?;
    let value = Number::from_digits(&value.to_string())?;
    let ends_on_scale = growth.on_scale;
    let step = if ends_on_scale { growth.scale.unwrap_or(0) } else { 0 };
    let mut numeral = Numeral::new(value, i32::from(step), Form::Words, start, end);
    numeral.scale = step;
    numeral.is_ordinal = growth.is_ordinal;
    Some(numeral)
}

/// Reads on as long as words fit; `None` where the first does not.
fn grow(paragraph: &Paragraph<'_>, start: usize, mut growth: Growth) -> Option<(Growth, usize)> {
    let language = paragraph.language_of(start);
    let mut end = start;
    loop {
        let is_first = growth.is_empty;
        let Some((at, joined)) = next_word(paragraph, end, &growth, language) else { break };
        if !is_first
            && !joined
            && paragraph.item(at).is_some_and(|item| item.gap == Gap::Line && at > 0)
            && language.has(Trait::UnitsBeforeTens)
        {
            // Arabic joins its numbers; a new line without conjunction is a new figure
            break;
        }
        match step(paragraph, at, joined, &mut growth, language) {
            Step::Taken => end = at + 1,
            Step::Last => {
                end = at + 1;
                break;
            }
            Step::Refused => break,
        }
    }
    (end > start).then_some((growth, end))
}

/// Where the next word of the number stands, behind a conjunction or hyphen where the language has one there.
fn next_word(paragraph: &Paragraph<'_>, at: usize, growth: &Growth, language: &Language) -> Option<(usize, bool)> {
    let item = paragraph.item(at)?;
    if growth.is_empty {
        return Some((at, false));
    }
    let may_join = if language.has(Trait::JoinsAfterHundred) {
        growth.on_scale || growth.places & HUNDREDS != 0 && growth.places & (TENS | UNITS) == 0
    } else {
        language.has(Trait::UnitsBeforeTens)
    };
    // `three million and five million` are two numbers
    let starts_anew = |behind: usize| {
        paragraph.senses(behind).any(|sense| match sense {
            Sense::Scale { exponent, .. } => growth.scale.is_some_and(|scale| exponent >= scale),
            _ => false,
        })
    };
    if item.joins() {
        return (may_join && !starts_anew(at + 1)).then_some((at, true));
    }
    if paragraph.has_cue(at, Cue::And) {
        // `a million and one half` goes on with a fraction
        let count = paragraph.find(at + 1, |sense| match sense {
            Sense::Cardinal(value) => Some(value),
            _ => None,
        });
        let is_part = paragraph
            .senses(at + 2)
            .any(|sense| matches!(sense, Sense::Fraction(parts) if count.is_none_or(|count| count < parts)));
        return (may_join && !is_part && !starts_anew(at + 2)).then_some((at + 1, true));
    }
    let is_dash = item.is_mark('-') || item.is_mark('—') || item.is_mark('–');
    if is_dash && growth.places & (TENS | UNITS) == TENS {
        let is_tight = paragraph.is_glued(at) == paragraph.is_glued(at + 1);
        let is_unit =
            paragraph.senses(at + 1).any(|sense| matches!(sense, Sense::Cardinal(1..=9) | Sense::Ordinal(1..=9)));
        return (is_tight && is_unit).then_some((at + 1, false));
    }
    Some((at, false))
}

enum Step {
    Taken,
    Last,
    Refused,
}

fn step(paragraph: &Paragraph<'_>, at: usize, joined: bool, growth: &mut Growth, language: &Language) -> Step {
    let needs_join = language.has(Trait::UnitsBeforeTens) && !growth.is_empty && !joined;
    if let Some(group) = digit_group(paragraph, at, joined, growth) {
        growth.group += group;
        growth.places = if group < 10 && growth.places == 0 { UNITS } else { UNITS | TENS | HUNDREDS };
        growth.on_scale = false;
        return Step::Taken;
    }
    let is_plural_scale = paragraph.senses(at).any(|sense| matches!(sense, Sense::Scale { times: 0, .. }));
    // a plain number is a place only where the language makes places of its tens, behind another place
    let mut best = Step::Refused;
    for sense in paragraph.senses(at) {
        let taken = match sense {
            Sense::Cardinal(value) if !needs_join => growth.add(value, joined, language),
            Sense::Ordinal(value) if !needs_join && growth.add(value, joined, language) => {
                growth.is_ordinal = true;
                if !language.has(Trait::UnitsBeforeTens) {
                    return Step::Last;
                }
                true
            }
            Sense::Hundred if !needs_join || growth.places & UNITS != 0 => growth.hundred(),
            Sense::Dozen(count) if growth.scale.is_none() && growth.group < 1000 => {
                growth.total = growth.group.max(1) * u128::from(count);
                (growth.group, growth.places, growth.is_empty) = (0, HUNDREDS | TENS | UNITS, false);
                return Step::Last;
            }
            Sense::Scale { exponent, times } => growth.scale(exponent, if is_plural_scale { 0 } else { times }, joined),
            Sense::OrdinalScale(exponent) if growth.scale(exponent, 1, joined) => {
                growth.is_ordinal = true;
                return Step::Last;
            }
            _ => false,
        };
        if taken {
            best = Step::Taken;
            break;
        }
    }
    best
}

/// Digits between scale words: `4 thousand 3 hundred`.
fn digit_group(paragraph: &Paragraph<'_>, at: usize, joined: bool, growth: &Growth) -> Option<u128> {
    let item = paragraph.item(at).filter(|item| item.is_digits() && item.length <= 3)?;
    // `3 hundred and 21`
    let ends_hundreds =
        joined && growth.places == HUNDREDS && item.length <= 2 || joined && growth.on_scale && growth.scale == Some(2);
    if ends_hundreds {
        let goes_on = paragraph.senses(at + 1).any(|sense| matches!(sense, Sense::Hundred | Sense::Scale { .. }));
        if goes_on {
            return None;
        }
        let value = digits::digits(paragraph, at)?.small()?;
        return u128::try_from(value).ok().filter(|value| (1..100).contains(value));
    }
    if let Some(units) = units_behind_thousands(paragraph, at, joined, growth) {
        return Some(units);
    }
    if !growth.on_scale {
        return None;
    }
    let smaller = paragraph.senses(at + 1).any(|sense| match sense {
        Sense::Scale { exponent, .. } => growth.scale.is_some_and(|scale| exponent < scale),
        Sense::Hundred => growth.scale.is_some_and(|scale| scale > 2),
        _ => false,
    });
    if !smaller {
        return None;
    }
    let numeral = digits::digits(paragraph, at)?;
    u128::try_from(numeral.small()?).ok()
}

/// What follows thousands in digits: `370 ألف و740`. What is counted would stand behind the thousand if the number ended
/// there.
fn units_behind_thousands(paragraph: &Paragraph<'_>, at: usize, joined: bool, growth: &Growth) -> Option<u128> {
    let item = paragraph.item(at)?;
    let is_open = growth.on_scale && growth.scale == Some(3);
    let goes_down = paragraph.language_of(at.saturating_sub(1)).has(Trait::UnitsBeforeTens);
    // without a conjunction only all three places are surely the rest: `15 тыс. 829`
    let fits = if joined { goes_down && item.length <= 3 } else { item.length == 3 && item.gap == Gap::Blank };
    if !is_open || !fits {
        return None;
    }
    let is_other = paragraph.senses(at + 1).any(|sense| match sense {
        Sense::Scale { .. } | Sense::Hundred | Sense::Month(_) => true,
        Sense::Unit { unit, .. } => matches!(paragraph.unit_id(unit), "%" | "points"),
        _ => false,
    });
    let is_longer = paragraph.is_glued(at + 1) && !paragraph.is_word(at + 1) && !paragraph.is_mark(at + 1, '.')
        || paragraph.is_mark(at + 1, '%');
    if is_other || is_longer {
        return None;
    }
    let value = digits::digits(paragraph, at).filter(|numeral| numeral.end == at + 1)?.small()?;
    u128::try_from(value).ok().filter(|value| (1..1000).contains(value))
}
