//! For when a figure holds: the date beside it, as the period of its claim.

use super::passage::Passage;
use crate::extract::{Kind, Mention};
use crate::figure::date::{Date, Period};
use crate::rules::MeasureId;
use crate::rules::vocabulary::Phrase;

/// The period of a figure, as claims write it, and the mentions that say it. A date of the same clause goes before one
/// that opens the sentence; two of them say nothing, and one that something is compared with is another.
pub fn period(
    passage: &Passage<'_>,
    figure: usize,
    mentions: &[Mention],
    measure: MeasureId,
) -> Option<(Box<str>, Vec<usize>)> {
    let spot = passage.figures[figure];
    let (from, to) = passage.own(figure);
    let at = spot.first.min(passage.words.len().saturating_sub(1));
    let dates: Vec<_> = passage
        .figures
        .iter()
        .filter(|date| !is_compared(passage, date.first))
        .filter(|date| date.is_date && passage.together(date.first.min(passage.words.len() - 1), at))
        .filter_map(|date| Some((*date, written(mentions.get(date.mention)?)?)))
        .collect();
    let only = |found: Vec<&(super::passage::Spot, Box<str>)>| {
        let written = found.first()?.1.clone();
        let is_one = found.iter().all(|date| date.1 == written);
        is_one.then(|| (written, found.iter().map(|date| date.0.mention).collect()))
    };
    let own = |date: &&(super::passage::Spot, Box<str>)| date.0.first >= from && date.0.end <= to;
    // behind the next cue a date is of another figure
    let is_before_cue = |date: &&(super::passage::Spot, Box<str>)| {
        date.0.first < spot.end || !passage.is_cue_of_other(spot.end, date.0.first, measure)
    };
    let close: Vec<_> =
        dates.iter().filter(own).filter(|date| passage.joined(date.0.first, at)).filter(is_before_cue).collect();
    if !close.is_empty() {
        return only(close);
    }
    // `In 2020, …` holds for all that follows in its sentence
    let first = passage
        .figures
        .iter()
        .find(|other| !other.is_date && passage.together(other.first.min(passage.words.len() - 1), at));
    let opens = |date: &&(super::passage::Spot, Box<str>)| date.0.end <= spot.first;
    let before: Vec<_> = dates.iter().filter(opens).collect();
    let is_opening = before.iter().all(|date| first.is_none_or(|first| date.0.end <= first.first));
    if is_opening { only(before) } else { None }
}

/// The date that a figure is compared with, as claims write it: the only one of its own words.
pub fn since(passage: &Passage<'_>, figure: usize, mentions: &[Mention]) -> Option<(Box<str>, usize)> {
    let (from, to) = passage.own(figure);
    let own = passage.figures.iter().filter(|date| date.is_date && date.first >= from && date.end <= to);
    let mut compared = own.filter(|date| is_compared(passage, date.first));
    match (compared.next(), compared.next()) {
        (Some(date), None) => Some((written(mentions.get(date.mention)?)?, date.mention)),
        _ => None,
    }
}

/// Whether a date is what something is compared with: `than in 2019`, `مقارنة بعام 2019`.
fn is_compared(passage: &Passage<'_>, date: usize) -> bool {
    const NEAR: usize = 6;
    let at = date.min(passage.words.len().saturating_sub(1));
    for word in (date.saturating_sub(NEAR)..date).rev() {
        if !passage.joined(word, at) || passage.is_unknown(word) || passage.is_name_or_cue(word) {
            return false;
        }
        if passage.does(word, Phrase::Against) {
            return true;
        }
    }
    false
}

/// A date as the period that it is; a day of which only a bound is known is none.
fn written(mention: &Mention) -> Option<Box<str>> {
    if mention.hedge.is_some() || !matches!(mention.kind, Kind::Year | Kind::Date | Kind::Period) {
        return None;
    }
    let text = mention.date.as_deref()?;
    match Date::parse(text) {
        Ok(date) => Some(date.to_string().into()),
        Err(_) => Period::parse(text).ok().map(|period| period.to_string().into()),
    }
}
