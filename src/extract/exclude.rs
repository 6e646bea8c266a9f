//! What looks like a figure and is none: addresses, versions, telephone numbers, times of day, scores, names with
//! numbers, numbers of notes and list items.

use super::cited;
use super::item::{Item, Paragraph};
use super::pack::{Cue, Sense, Trait};
use super::token::{Case, Class, Gap};

/// If digits at an item are no figure, the item behind what they belong to.
pub(super) fn no_figure(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let item = paragraph.item(at)?;
    if item.is_mark('[') {
        return note(paragraph, at);
    }
    if item.is_mark('+') && paragraph.item(at + 1).is_some_and(|next| next.is_digits() && next.is_glued()) {
        return telephone(paragraph, at + 1);
    }
    if item.class != Class::Digits {
        return None;
    }
    address(paragraph, at)
        .or_else(|| name(paragraph, at))
        .or_else(|| chain(paragraph, at))
        .or_else(|| numbering(paragraph, at))
        .or_else(|| cited::cited(paragraph, at))
}

/// The run of items without blanks that holds this one.
fn run(paragraph: &Paragraph<'_>, at: usize) -> (usize, usize) {
    const LONGEST: usize = 64;
    let (mut start, mut end) = (at, at + 1);
    while start > 0 && at - start < LONGEST && paragraph.is_glued(start) {
        start -= 1;
    }
    while end - at < LONGEST && paragraph.is_glued(end) {
        end += 1;
    }
    (start, end)
}

/// Web and mail addresses, paths, and identifiers with underscores.
fn address(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let (start, end) = run(paragraph, at);
    if end - start < 3 {
        return None;
    }
    let first = paragraph.item(start)?;
    let last = paragraph.item(end - 1)?;
    let text = &paragraph.text[first.start as usize..last.end as usize];
    let has_letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_address = text.contains("://")
        || text.contains("www.")
        || text.contains('@') && has_letters
        || text.contains('_')
        || text.contains('\\')
        || text.contains("::")
        || has_letters && text.matches('/').count() > 1 && !text.contains(' ') && !is_dated(text)
        || text.contains('=') && has_letters;
    is_address.then_some(end)
}

/// `12/Jan/2020` has strokes and letters and is no path.
fn is_dated(text: &str) -> bool {
    text.matches('/').count() == 2 && text.starts_with(|letter: char| letter.is_ascii_digit()) && text.len() <= 11
}

/// Digits that belong to a name: `B52`, `COVID-19`, `4a`, `R2D2`.
fn name(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let item = paragraph.item(at)?;
    if item.is_glued() && at > 0 {
        let before = paragraph.item(at - 1)?;
        if before.class == Class::Word && !may_stand_before(paragraph, at - 1) {
            return Some(end_of_name(paragraph, at));
        }
        let is_hyphen = matches!(before.letter, '-' | '‑') && before.is_glued() && at > 1;
        if is_hyphen
            && paragraph.is_word(at - 2)
            && !may_stand_before(paragraph, at - 2)
            && !is_spelled(paragraph, at - 2)
        {
            return Some(end_of_name(paragraph, at));
        }
    }
    let next = paragraph.item(at + 1)?;
    if next.class == Class::Word && next.is_glued() && !may_stand_behind(paragraph, at + 1) {
        let is_decimal = next.letter == 'ر' && paragraph.is_glued(at + 2);
        return (!is_decimal).then(|| end_of_name(paragraph, at));
    }
    None
}

fn end_of_name(paragraph: &Paragraph<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while paragraph.item(end).is_some_and(|item| {
        item.is_glued()
            && (item.class != Class::Mark
                || matches!(item.letter, '-' | '.' | '+' | ',')
                    && paragraph.item(end + 1).is_some_and(|next| next.is_glued() && next.class != Class::Mark))
    }) {
        end += 1;
    }
    end
}

/// Words that may touch the digits behind them: money, part of a time, a month, a conjunction.
fn may_stand_before(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let item = match paragraph.item(at) {
        Some(item) => item,
        None => return false,
    };
    let is_code = item.case == Case::All && item.length == 3;
    let is_clitic = clitic_alone(paragraph, at);
    is_clitic
        || paragraph.senses(at).any(|sense| match sense {
            Sense::Unit { unit, .. } => {
                let id = paragraph.unit_id(unit);
                (item.class == Class::Mark || item.length > 1)
                    && id.len() == 3
                    && id.bytes().all(|byte| byte.is_ascii_uppercase())
            }
            Sense::Code(_) => is_code,
            Sense::ScaledCode { .. } => item.case == Case::All,
            Sense::Month(_) | Sense::Season(_) => true,
            Sense::Cue(Cue::Early | Cue::Mid | Cue::Late | Cue::Before | Cue::After | Cue::Year) => true,
            Sense::Cue(Cue::Quarter | Cue::HalfYear) => paragraph.item(at + 1).is_some_and(|digits| digits.length == 1),
            Sense::Cue(Cue::AtLeast | Cue::About | Cue::Above | Cue::Below | Cue::To) => item.length > 2,
            Sense::Cue(Cue::DecadeAfter) => false,
            _ => false,
        })
}

/// A conjunction or preposition that touches digits: `و15`, `ب50`, `ال27`.
fn clitic_alone(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(item) = paragraph.item(at) else { return false };
    let letters = paragraph.slice(at).chars().filter_map(|letter| match super::pack::folded(letter) {
        super::pack::fold::Folded::Letter(letter) => Some(letter),
        _ => None,
    });
    let word: String = letters.collect();
    let mut known = paragraph.packs.languages().iter().flat_map(|language| language.clitics.iter());
    item.length <= 4 && known.any(|(clitic, _)| *clitic == word)
}

fn is_spelled(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.senses(at).any(|sense| matches!(sense, Sense::Cardinal(_) | Sense::Scale { .. }))
}

/// Words that may touch the digits before them: units, endings, scales, eras.
fn may_stand_behind(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(item) = paragraph.item(at) else { return false };
    let is_code = item.case == Case::All && item.length == 3;
    let runs_on = paragraph.item(at + 1).is_some_and(|next| next.is_glued() && next.is_digits())
        && item.letter != 'e'
        && item.letter != 'q'
        && item.letter != 'h';
    !runs_on
        && (item.joins()
            || paragraph.senses(at).any(|sense| match sense {
                Sense::Unit { .. }
                | Sense::Scale { .. }
                | Sense::ScaleSuffix(_)
                | Sense::Hundred
                | Sense::Month(_)
                | Sense::Counted { .. } => true,
                Sense::Code(_) => is_code,
                Sense::ScaledCode { .. } => item.case == Case::All,
                Sense::Cue(
                    Cue::OrdinalSuffix
                    | Cue::DecadeAfter
                    | Cue::YearAfter
                    | Cue::Era
                    | Cue::BeforeEra
                    | Cue::Hijri
                    | Cue::ClockAfter
                    | Cue::Times
                    | Cue::Quarter
                    | Cue::HalfYear
                    | Cue::AgeAfter
                    | Cue::To
                    | Cue::And
                    | Cue::Or,
                ) => true,
                _ => false,
            })
            || item.letter == 'e' && item.length == 1)
}

/// Chains of numbers that are no dates: versions, addresses of machines, telephone numbers, times, scores.
fn chain(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let digits = |index: usize| paragraph.item(index).is_some_and(Item::is_digits);
    // times of day and scores
    if paragraph.is_mark(at + 1, ':') && paragraph.is_glued(at + 1) && digits(at + 2) && paragraph.is_glued(at + 2) {
        let mut end = at + 3;
        while paragraph.item(end).is_some_and(|item| item.is_glued() && matches!(item.letter, ':' | '.' | ','))
            && digits(end + 1)
            && paragraph.is_glued(end + 1)
        {
            end += 2;
        }
        if paragraph.has_cue(end, Cue::ClockAfter) {
            end += 1;
        }
        return Some(end);
    }
    if paragraph.has_cue(at + 1, Cue::ClockAfter) && paragraph.item(at).is_some_and(|item| item.length <= 2) {
        let is_unit_too = paragraph.item(at + 1).is_some_and(|item| item.length == 1 && item.tokens == 1)
            && !paragraph.is_glued(at + 1);
        let behind_clock = at > 0 && paragraph.has_cue(at - 1, Cue::Clock);
        if !is_unit_too || behind_clock {
            return Some(at + 2);
        }
    }
    let is_pointed = paragraph.is_mark(at + 1, '.')
        && paragraph.item(at + 2).is_some_and(|item| item.is_digits() && item.length == 2 && item.is_glued());
    if is_pointed && paragraph.has_cue(at + 3, Cue::ClockAfter) {
        return Some(at + 4);
    }
    let mut end = at + 1;
    let mut marks: Vec<char> = Vec::new();
    while let (Some(mark), true) = (paragraph.item(end), digits(end + 1)) {
        let is_link = matches!(mark.letter, '.' | '-' | '/')
            && mark.class == Class::Mark
            && mark.is_glued()
            && paragraph.is_glued(end + 1);
        if !is_link {
            break;
        }
        marks.push(mark.letter);
        end += 2;
    }
    // scores and numbers of resolutions: `2-1`, `36-01`; `1990-95` is a period
    let stands_free = !paragraph.is_glued(at) || at > 0 && paragraph.is_mark(at - 1, '(');
    if marks.as_slice() == ['-'] && stands_free {
        let size = |index: usize| paragraph.item(index).map_or(0, |item| item.length);
        let values = (super::number::number(paragraph, at), super::number::number(paragraph, at + 2));
        let descends = matches!(values, (Some(first), Some(second)) if first.value >= second.value);
        let is_short = size(at) == 4 && size(at + 2) == 2;
        let is_date = super::date::date(paragraph, at).is_some_and(|date| date.end >= end);
        let has_unit = super::unit::unit(paragraph, end).is_some();
        return (descends && !is_short && !is_date && !has_unit).then_some(end);
    }
    let is_international = at > 0 && paragraph.is_mark(at - 1, '+') && marks.contains(&'-');
    if marks.len() < 2 && !is_international {
        return None;
    }
    let is_grouped = marks.iter().all(|mark| *mark == '.')
        && super::number::number(paragraph, at).is_some_and(|numeral| numeral.end >= end);
    let is_date = super::date::date(paragraph, at).is_some_and(|date| date.end >= end);
    (is_international || !is_grouped && !is_date).then_some(end)
}

/// A telephone number behind its plus: at least three groups of digits, with blanks, dashes or brackets between.
fn telephone(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let (mut end, mut groups) = (at, 0);
    while let Some(item) = paragraph.item(end) {
        if item.is_digits() {
            groups += 1;
        } else if !(matches!(item.letter, '-' | '(' | ')' | '/') && item.class == Class::Mark) {
            break;
        }
        end += 1;
    }
    (groups > 2).then_some(end)
}

/// Numbers of list items, sections and notes.
fn numbering(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let item = paragraph.item(at)?;
    let next = paragraph.item(at + 1);
    let starts_line = at == 0
        || item.gap == Gap::Line
        || (at == 1 || paragraph.item(at - 1).is_some_and(|before| before.gap == Gap::Line))
            && matches!(paragraph.item(at - 1)?.letter, '(' | '[' | '#' | '-' | '*')
            && !item.is_digits();
    let more = paragraph.item(at + 2).is_some();
    if starts_line && item.length <= 3 && more {
        let closes = next.is_some_and(|next| {
            next.is_glued() && matches!(next.letter, '.' | ')' | ']')
                || at == 0
                    && matches!(next.letter, '-' | '–')
                    && next.class == Class::Mark
                    && !next.is_glued()
                    && !starts_number(paragraph, at + 2)
        });
        let behind = paragraph.item(at + 2).is_some_and(|behind| !behind.is_glued() && behind.class == Class::Word);
        // the number of a section before its title: `1.1 Government`
        let is_section = next.is_some_and(|next| next.is_mark('.') && next.is_glued())
            && paragraph.item(at + 2).is_some_and(|item| item.is_digits() && item.is_glued())
            && paragraph.item(at + 3).is_some_and(|title| title.case == Case::First && !title.is_glued())
            && super::unit::unit(paragraph, at + 3).is_none();
        if is_section {
            return Some(at + 3);
        }
        if closes && behind && !paragraph.senses(at + 2).any(|sense| matches!(sense, Sense::Month(_))) {
            return Some(at + 2);
        }
    }
    let before = at.checked_sub(1).and_then(|before| paragraph.item(before))?;
    let ends = next.is_none_or(|next| {
        next.class == Class::Mark
            && matches!(next.letter, '.' | ',' | '،' | '؛' | ';')
            && next.is_glued()
            && !paragraph.item(at + 2).is_some_and(|item| item.is_glued())
            || next.gap == Gap::Line
    });
    // a note behind the end of a sentence or a quotation: `… relatives. 10`, `… Union» 6.`
    let is_small = item.length <= 2 || item.length == 3 && !paragraph.text[item.range()].starts_with('0');
    let closes_sentence =
        matches!(before.letter, '.' | '!' | '?' | '؟' | '»' | '”' | '"') && before.class == Class::Mark;
    let touches_quote = matches!(before.letter, '»' | '”') && item.is_glued();
    (is_small
        && at > 1
        && closes_sentence
        && (ends
            && next.is_none_or(|next| next.gap == Gap::Line || before.letter != '.')
            && (next.is_none() || before.letter != '.')
            || touches_quote))
        .then_some(at + 1)
}

/// Numbers of notes in brackets: `[12]`, `[3, 4]`, `[21]–[24]`.
fn note(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    loop {
        paragraph.item(end).filter(|item| item.is_digits() && item.length <= 3)?;
        end += 1;
        match paragraph.item(end)?.letter {
            ']' => return Some(end + 1),
            ',' | '-' | '–' | ';' => end += 1,
            _ => return None,
        }
    }
}

fn starts_number(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.item(at).is_some_and(Item::is_digits)
}

/// Number words that are no figure where they stand: `which one`, `one may ask`, `at first`.
pub(super) fn is_only_a_word(paragraph: &Paragraph<'_>, at: usize, end: usize, is_ordinal: bool) -> bool {
    let Some(item) = paragraph.item(at) else { return false };
    if paragraph.has_cue(at, Cue::Never) {
        return end == at + 1;
    }
    // `one- and two-digit`
    let hangs = paragraph.is_mark(end, '-')
        && paragraph.is_glued(end)
        && paragraph.item(end + 1).is_some_and(|item| !item.is_glued());
    // `a drop or two`
    let is_idiom = at > 2
        && end == at + 1
        && paragraph.has_cue(at - 1, Cue::Or)
        && paragraph.has_cue(at - 3, Cue::An)
        && paragraph.senses(at).any(|sense| matches!(sense, Sense::Cardinal(2)));
    if is_idiom {
        return true;
    }
    let is_named = at > 0 && paragraph.has_cue(at - 1, Cue::Identifier) && paragraph.is_word(at - 1);
    if item.class == Class::Word && (hangs || is_named) {
        return true;
    }
    if item.class != Class::Word || end != at + 1 {
        return false;
    }
    let is_one = paragraph.senses(at).any(|sense| matches!(sense, Sense::Cardinal(1)));
    if !is_one || is_ordinal {
        return false;
    }
    let before = at.checked_sub(1).is_some_and(|before| {
        paragraph.has_cue(before, Cue::NoCount)
            || paragraph.senses(before).any(|sense| matches!(sense, Sense::Ordinal(_)))
    });
    let behind = paragraph.has_cue(end, Cue::Pronoun);
    let is_last = paragraph.language_of(at).has(Trait::OneIsPronoun)
        && at > 0
        && paragraph.item(end).is_none_or(|next| {
            next.class == Class::Mark && matches!(next.letter, '.' | ',' | '?' | '!' | ';' | ')' | ':')
        })
        && paragraph.is_word(at - 1);
    before || behind || is_last
}
