//! For when a figure holds: the date beside it, as the period of its claim.

use rustc_hash::FxHashSet;

use super::decide::Binder;
use super::passage::Passage;
use super::{About, Bound};
use crate::extract::{Kind, Mention};
use crate::figure::date::{Date, Period};
use crate::rules::vocabulary::{OVER, Phrase};
use crate::rules::{MeasureId, Name};

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
        date.0.first < spot.end
            || !passage.is_cue_of_other(spot.end, date.0.first, measure)
                && !is_of_next(passage, figure, date.0.mention, mentions)
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

/// Whether a date behind a figure opens a bracket in which another figure follows: `5 billion (in 2019: 4 billion)`.
pub fn is_of_next(passage: &Passage<'_>, figure: usize, date: usize, mentions: &[Mention]) -> bool {
    let place = |mention: usize| {
        let mention = mentions.get(mention)?;
        Some((mention.offset as usize, mention.offset as usize + mention.text.len()))
    };
    let next = passage.figures[figure + 1..].iter().find(|other| !other.is_date);
    let Some(((_, end), (from, to), (next, _))) =
        (|| Some((place(passage.figures[figure].mention)?, place(date)?, place(next?.mention)?)))()
    else {
        return false;
    };
    let text = |from: usize, to: usize| passage.text.get(from..to).unwrap_or_default();
    let opens = text(end, from).contains('(') || text(from, to).starts_with('(');
    opens && to <= next && !text(to, next).contains([')', '.'])
}

impl Binder<'_> {
    /// A list may say at its end for when it holds: `Muslims 70 %, Christians 26 % (2009 est.)`. The date is of all shares
    /// of one whole in its sentence that have none.
    pub(super) fn date_of_list(&self, found: &mut [Bound], periods: &mut FxHashSet<usize>) {
        let (Some(period), Some(over)) = (self.vocabulary.qualifier_id("period"), self.vocabulary.qualifier_id(OVER))
        else {
            return;
        };
        for date in self.passage.figures.iter().filter(|date| date.is_date) {
            let at = date.first.min(self.passage.words.len().saturating_sub(1));
            let end = self.passage.sentence_end(at);
            let is_estimate = |word: usize| self.passage.does(word, Phrase::AccordingTo);
            let near = (date.first.saturating_sub(2)..date.first).chain(date.end..(date.end + 1).min(end));
            let is_last = self.passage.is_slight(date.end, end)
                && !self.passage.figures.iter().any(|other| other.first >= date.end && other.first < end);
            let Some(written) = self.mentions.get(date.mention).and_then(written).filter(|_| is_last) else { continue };
            if !near.into_iter().any(is_estimate) {
                continue;
            }
            let place = |mention: usize| self.passage.figures.iter().find(|figure| figure.mention == mention);
            let whole =
                |about: &About| about.qualifiers.iter().find(|(id, _)| *id == over).map(|(_, word)| word.clone());
            let mut wholes: Vec<(Name, MeasureId, Box<str>)> = Vec::new();
            let mut open: Vec<&mut About> = Vec::new();
            for bound in found.iter_mut() {
                let is_here = place(bound.mention).is_some_and(|figure| self.passage.together(figure.first, at));
                let Some(about) = bound.about.as_mut().ok().filter(|_| is_here) else { continue };
                let Some(whole) = whole(about) else { continue };
                if about.qualifiers.iter().any(|(id, _)| *id == period) || !self.has(about.measure, period) {
                    continue;
                }
                wholes.push((about.subject, about.measure, whole));
                open.push(about);
            }
            wholes.dedup();
            if wholes.len() == 1 {
                periods.insert(date.mention);
                for about in open {
                    about.qualifiers.push((period, written.clone()));
                    about.qualifiers.sort();
                }
            }
        }
    }
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

/// The period of an old figure: its date, or where that is a year and the new figure is of a part of a year, the same part of
/// that year.
pub fn earlier(new: Option<&str>, mention: &Mention) -> Option<Box<str>> {
    let old = written(mention)?;
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    match new.and_then(|new| new.split_at_checked(4)) {
        Some((year, part)) if is_year(&old) && is_year(year) && !part.is_empty() && !part.contains('/') => {
            Some(format!("{old}{part}").into())
        }
        // of a stretch with two ends the same of another year is not told
        Some((_, part)) if is_year(&old) && part.contains('/') => None,
        _ => Some(old),
    }
}

/// The same time a year before: of a year, a half, a quarter, a month or a day, no stretch with two ends.
pub fn year_before(period: &str) -> Option<Box<str>> {
    let (year, part) = period.split_at_checked(4)?;
    let year: u16 = year.parse().ok()?;
    let is_one = !part.contains('/') && !part.starts_with(|first: char| first.is_ascii_digit());
    is_one.then(|| format!("{:04}{part}", year.saturating_sub(1)).into())
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
