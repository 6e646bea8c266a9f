//! Words around a figure that make it a bound or an approximation: `more than`, `около`, `لا يقل عن`, `or so`.

use super::item::Paragraph;
use super::pack::{Cue, Sense};
use super::token::Class;
use crate::figure::Hedge;

/// The hedge right before an item.
pub(super) fn before(paragraph: &Paragraph<'_>, start: usize) -> Option<Hedge> {
    let mut at = start.checked_sub(1)?;
    let is_bracket = paragraph.is_mark(at, '(') || paragraph.is_mark(at, '"') || paragraph.has_cue(at, Cue::The);
    if is_bracket
        || paragraph.has_cue(at, Cue::An)
        || paragraph.has_cue(at, Cue::Between)
        || paragraph.has_cue(at, Cue::From)
    {
        at = at.checked_sub(1)?;
    }
    let is_tilde = paragraph.is_mark(at, '~') && at > 0 && paragraph.item(at - 1).is_some_and(|item| item.is_digits());
    if is_tilde {
        return None;
    }
    // `or less than` stands behind one figure and before another
    let is_phrase = paragraph.item(at).is_some_and(|item| item.tokens > 1);
    paragraph.find(at, |sense| match sense {
        Sense::Cue(Cue::Above) => Some(Hedge::Above),
        Sense::Cue(Cue::AboveAfter) if is_phrase => Some(Hedge::Above),
        Sense::Cue(Cue::AtLeastAfter) if is_phrase => Some(Hedge::AtLeast),
        Sense::Cue(Cue::AtMostAfter) if is_phrase => Some(Hedge::AtMost),
        Sense::Cue(Cue::AtLeast) => Some(Hedge::AtLeast),
        Sense::Cue(Cue::Below) => Some(Hedge::Below),
        Sense::Cue(Cue::AtMost) => Some(Hedge::AtMost),
        Sense::Cue(Cue::About) => Some(Hedge::About),
        _ => None,
    })
}

/// The hedge right behind a figure.
pub(super) fn behind(paragraph: &Paragraph<'_>, end: usize) -> Option<Hedge> {
    let item = paragraph.item(end)?;
    let is_plus = item.is_mark('+');
    if is_plus && !item.is_glued() {
        return None;
    }
    let follows_number = |at: usize| {
        let next = paragraph.item(at);
        next.is_some_and(|next| next.class == Class::Digits)
            || !paragraph.has_cue(at, Cue::When)
                && paragraph
                    .senses(at)
                    .any(|sense| matches!(sense, Sense::Cardinal(_) | Sense::Unit { parts: 1, .. } if !is_plus))
    };
    let hedge = paragraph.find(end, |sense| match sense {
        Sense::Cue(Cue::AboveAfter) => Some(Hedge::Above),
        Sense::Cue(Cue::AtLeastAfter) => Some(Hedge::AtLeast),
        Sense::Cue(Cue::AtMostAfter) => Some(Hedge::AtMost),
        Sense::Cue(Cue::AboutAfter) => Some(Hedge::About),
        _ => None,
    });
    hedge.filter(|_| !follows_number(end + 1) && !paragraph.has_cue(end + 1, Cue::Of))
}

/// The hedge before a date: before and after are bounds there, and `more than` is none.
pub(super) fn before_date(paragraph: &Paragraph<'_>, start: usize) -> Option<Hedge> {
    let at = start.checked_sub(1)?;
    let at = if paragraph.has_cue(at, Cue::The) { at.checked_sub(1)? } else { at };
    paragraph.find(at, |sense| match sense {
        Sense::Cue(Cue::Before) => Some(Hedge::Below),
        Sense::Cue(Cue::After) => Some(Hedge::Above),
        Sense::Cue(Cue::About) => Some(Hedge::About),
        _ => None,
    })
}
