//! Reading dates and periods, with the place and remedy of every fault.
//!
//! A literal is taken apart from the outside in: a period at its `/`, an interval at its `..`,
//! the words before a date, and last its fields, which are read in [`fields`].

use super::calendar::Weekday;
use super::span::{Calendar, Part, Span};
use super::{Date, LiteralError, Period, mistake};

mod fields;

/// A piece of a literal that remembers where it stood. Its text is ASCII.
#[derive(Clone, Copy)]
struct Fragment<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Fragment<'a> {
    /// The whole literal, without surrounding spaces.
    fn whole(text: &'a str) -> Result<Fragment<'a>, LiteralError> {
        match text.char_indices().find(|(_, character)| !character.is_ascii()) {
            None => Ok(Fragment { text, start: 0 }.trimmed()),
            Some((start, character)) => {
                let (message, help) = mistake::foreign_character(character);
                Err(LiteralError { message, start, end: start + character.len_utf8(), help })
            }
        }
    }

    fn trimmed(self) -> Fragment<'a> {
        let fragment = self.ending(self.text.trim_start());
        Fragment { text: fragment.text.trim_end(), ..fragment }
    }

    /// The piece made up of `text`, with which this one ends.
    fn ending(self, text: &'a str) -> Fragment<'a> {
        Fragment { text, start: self.start + (self.text.len() - text.len()) }
    }

    /// The pieces before and after the first `separator`.
    fn split(self, separator: &str) -> Option<(Fragment<'a>, Fragment<'a>)> {
        let (before, after) = self.text.split_once(separator)?;
        Some((Fragment { text: before, ..self }, self.ending(after)))
    }

    /// The first word and what follows it, which may be nothing.
    fn split_word(self) -> (Fragment<'a>, Fragment<'a>) {
        match self.text.split_once(|character: char| character.is_ascii_whitespace()) {
            Some((word, rest)) => (Fragment { text: word, ..self }, self.ending(rest).trimmed()),
            None => (self, self.ending("")),
        }
    }

    /// What follows the word if the piece begins with it, in capitals or not.
    fn after_word(self, keyword: Option<&str>) -> Option<Fragment<'a>> {
        let (word, rest) = self.split_word();
        word.text.eq_ignore_ascii_case(keyword?).then_some(rest)
    }

    fn error(self, message: impl Into<String>) -> LiteralError {
        let end = self.start + self.text.len();
        LiteralError { message: message.into(), start: self.start, end, help: None }
    }

    fn error_with_help(self, message: impl Into<String>, help: impl Into<String>) -> LiteralError {
        LiteralError { help: Some(help.into()), ..self.error(message) }
    }
}

/// Reads [`Date::parse`].
pub(super) fn date(text: &str) -> Result<Date, LiteralError> {
    date_in(Fragment::whole(text)?)
}

/// Reads [`Date::parse_with_qualifier`].
pub(super) fn qualified_date(text: &str) -> Result<(Date, bool), LiteralError> {
    let literal = Fragment::whole(text)?;
    let Some(unmarked) = literal.text.strip_suffix(['~', '?', '%']) else {
        return Ok((date_in(literal)?, false));
    };
    let date = date_in(Fragment { text: unmarked, ..literal }.trimmed())?;
    if date.last.is_some() {
        let mark = literal.ending(literal.text.get(unmarked.len()..).unwrap_or(""));
        let message = format!("`{}` would qualify only one end of the interval", mark.text);
        return Err(mark.error_with_help(message, "widen the interval instead"));
    }
    Ok((date, true))
}

/// Reads [`Period::parse`].
pub(super) fn period(text: &str) -> Result<Period, LiteralError> {
    let literal = Fragment::whole(text)?;
    let Some((start, end)) = literal.split("/") else {
        let help = "write `1990/1995`, or `1990/..` if there is no end";
        return Err(literal.error_with_help("a period is two dates with a `/` between", help));
    };
    if end.text.contains('/') {
        return Err(too_many_slashes(literal));
    }
    let period = Period::new(period_end(start.trimmed())?, period_end(end.trimmed())?);
    period.ok_or_else(|| literal.error("a period has a start or an end, or both"))
}

fn period_end(fragment: Fragment<'_>) -> Result<Option<Date>, LiteralError> {
    match fragment.text {
        "" | ".." => Ok(None),
        _ => date_in(fragment).map(Some),
    }
}

fn too_many_slashes(literal: Fragment<'_>) -> LiteralError {
    let help = mistake::year_first(literal.text)
        .unwrap_or_else(|| "write dates as `2020-05-12`, periods as `1990/1995`".to_owned());
    literal.error_with_help("slashes do not join the parts of a date", help)
}

fn date_in(fragment: Fragment<'_>) -> Result<Date, LiteralError> {
    if fragment.text.is_empty() {
        return Err(fragment.error("a date is missing"));
    }
    if let Some((_, after)) = fragment.split("/") {
        return Err(if after.text.contains('/') {
            too_many_slashes(fragment)
        } else {
            fragment.error("this is a period, not a date")
        });
    }
    match fragment.split("..") {
        Some((first, last)) => interval(fragment, first.trimmed(), last.trimmed()),
        None => single_date(fragment),
    }
}

fn interval(whole: Fragment<'_>, first: Fragment<'_>, last: Fragment<'_>) -> Result<Date, LiteralError> {
    if last.text.contains("..") || last.text.starts_with('.') {
        return Err(whole.error("an interval is two dates with two dots between"));
    }
    if first.text.is_empty() || last.text.is_empty() {
        let help = "a period without start or end is written with a `/`: `1990/..`";
        return Err(whole.error_with_help("an interval has a date at both ends", help));
    }
    let (first, last) = (interval_end(first)?, interval_end(last)?);
    Date::between(first, last).ok_or_else(|| {
        let help = format!("write `{last}..{first}`");
        whole.error_with_help("the interval ends before it starts", help)
    })
}

fn interval_end(fragment: Fragment<'_>) -> Result<Span, LiteralError> {
    let (word, _) = fragment.split_word();
    if word.text.parse::<Weekday>().is_ok() {
        return Err(word.error("the ends of an interval have no weekday"));
    }
    span(fragment)
}

fn single_date(fragment: Fragment<'_>) -> Result<Date, LiteralError> {
    let (word, rest) = fragment.split_word();
    let Ok(weekday) = word.text.parse::<Weekday>() else {
        return Ok(Date::from_span(span(fragment)?));
    };
    let first = span(rest)?;
    if !matches!(first, Span::Day { .. }) {
        let help = "write the whole date, as in `Saturday 2022-01-08`";
        return Err(word.error_with_help("a weekday goes only before a single day", help));
    }
    Ok(Date { first, last: None, weekday: Some(weekday) })
}

/// Reads what stands between the weekday and the end: part, calendar and fields.
fn span(fragment: Fragment<'_>) -> Result<Span, LiteralError> {
    let (part, after_part) = leading_part(fragment);
    let (calendar, after_calendar) = leading_calendar(after_part);
    if let (Part::Early | Part::Mid | Part::Late, _) = leading_part(after_calendar)
        && calendar != Calendar::Gregorian
    {
        let help = "write `early julian 1917`";
        return Err(after_calendar.error_with_help("the calendar follows early, mid, late", help));
    }
    let (body, excess) = after_calendar.split_word();
    if !excess.text.is_empty() {
        return Err(unknown_word(body, excess));
    }
    let span = fields::span(body, calendar, part)?;
    match span {
        Span::Day { .. } if part != Part::Whole => {
            let (word, _) = fragment.split_word();
            let message = format!("`{}` needs something longer than a day", word.text);
            Err(word.error(message))
        }
        _ => Ok(span),
    }
}

fn leading_part(fragment: Fragment<'_>) -> (Part, Fragment<'_>) {
    [Part::Early, Part::Mid, Part::Late]
        .into_iter()
        .find_map(|part| Some((part, fragment.after_word(part.keyword())?)))
        .unwrap_or((Part::Whole, fragment))
}

fn leading_calendar(fragment: Fragment<'_>) -> (Calendar, Fragment<'_>) {
    [Calendar::Julian, Calendar::Hijri]
        .into_iter()
        .find_map(|calendar| Some((calendar, fragment.after_word(calendar.keyword())?)))
        .unwrap_or((Calendar::Gregorian, fragment))
}

/// The error of a literal in which more than one word is left for the date itself.
fn unknown_word(first: Fragment<'_>, rest: Fragment<'_>) -> LiteralError {
    let begins_like_date = first.text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if begins_like_date {
        let message = format!("`{}` does not belong in a date", rest.text);
        let help = mistake::era(rest.text).unwrap_or("dates are written in digits: `1993-05-17`");
        return rest.error_with_help(message, help);
    }
    let message = format!("`{}` does not begin a date", first.text);
    let help = "only early, mid, late, julian, hijri and English weekdays do";
    first.error_with_help(message, help)
}
