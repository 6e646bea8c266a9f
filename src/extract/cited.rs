//! Numbers by which something is cited or named: pages, versions, streets, numbers of laws and licences.

use super::item::{Item, Paragraph};
use super::pack::Cue;
use super::token::{Case, Class, Gap};

/// Numbers that name something: behind `version`, `page`, `No.`, `№`.
pub(super) fn cited(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    if let Some(end) = of_street(paragraph, at) {
        return Some(end);
    }
    let mut before = at.checked_sub(1)?;
    // `paragraphs 1 & 2`, `pages 3, 5`
    for _ in 0..3 {
        let is_join =
            paragraph.has_cue(before, Cue::And) || paragraph.is_mark(before, ',') || paragraph.has_cue(before, Cue::Or);
        if !(is_join && before > 1 && paragraph.item(before - 1).is_some_and(Item::is_digits)) {
            break;
        }
        before -= 2;
    }
    if let Some(end) = versioned(paragraph, at) {
        return Some(end);
    }
    // `Почтовый индекс — 27040`
    let is_dash = matches!(paragraph.item(before)?.letter, '-' | '–' | '—' | ':') && !paragraph.is_glued(at);
    let dashes = [before, before.saturating_sub(1)]
        .iter()
        .filter(|at| matches!(paragraph.item(**at), Some(item) if matches!(item.letter, '-' | '–' | '—' | ':')))
        .count();
    if is_dash && before > dashes && paragraph.item(at)?.length > 2 {
        before -= dashes;
    }
    let item = paragraph.item(before)?;
    let is_definite = item.clitics & super::pack::CLITIC_ARTICLE != 0;
    if item.joins() || is_definite || !paragraph.has_cue(before, Cue::Identifier) {
        return None;
    }
    let mut end = at + 1;
    while paragraph.item(end).is_some_and(|item| matches!(item.letter, '.' | '-' | '–' | ',') && item.is_glued())
        && paragraph.item(end + 1).is_some_and(|item| item.is_digits() && item.is_glued())
    {
        end += 2;
    }
    // `table 5 %` is no table
    let is_amount = super::unit::unit(paragraph, end).is_some();
    (!is_amount).then_some(end)
}

/// A place that names something: `10th Street`, `2nd Battalion`.
fn of_street(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let has_ending = paragraph.is_glued(at + 1) && paragraph.has_cue(at + 1, Cue::OrdinalSuffix);
    let names = paragraph.has_cue(at + 2, Cue::IdentifierAfter)
        && paragraph.item(at + 2).is_some_and(|next| next.case != Case::Small);
    (has_ending && names).then_some(at + 3)
}

/// Numbers behind a word in capitals, in another script, or with a zero behind their point: `JA 261`, `Persona 4` in a
/// Russian text, `Attribution 3.0`.
fn versioned(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let before = paragraph.item(at.checked_sub(1)?)?;
    let item = paragraph.item(at)?;
    // `CC BY 4.0`: capitals, whatever the word means in small letters
    let is_name = before.is_unknown_word() || before.case == Case::All && before.length > 1;
    let is_spaced = !item.is_glued() && item.gap != Gap::Line;
    if before.class != Class::Word || !is_name || !is_spaced || before.case == Case::Small {
        return None;
    }
    let numeral = super::number::number(paragraph, at)?;
    let end = numeral.end;
    let next = paragraph.item(end);
    let ends = next.is_none_or(|next| {
        next.class == Class::Mark && matches!(next.letter, '.' | ',' | ')' | '(' | ';' | '»' | '"' | '”')
    });
    let is_version = numeral.form == super::number::Form::Marked
        && numeral.value.is_integer()
        && paragraph.text[item.start as usize..paragraph.item(end - 1)?.end as usize].ends_with(".0");
    let is_capitals = before.case == Case::All
        && before.is_unknown_word()
        && before.length > 1
        && item.length < 4
        && ends
        && !next.is_some_and(|next| next.case == Case::All);
    let is_foreign = paragraph.is_foreign(at - 1) && item.length < 3 && numeral.end == at + 1 && ends;
    let is_amount = super::unit::unit(paragraph, end).is_some();
    ((is_version || is_capitals || is_foreign) && !is_amount).then_some(end)
}
