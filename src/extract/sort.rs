//! What a figure is of: by its unit, and where it has none by the words around it.

use super::amount::{self, Amount};
use super::hedge;
use super::item::Paragraph;
use super::mention::Kind;
use super::number::Form;
use super::pack::Cue;
use super::token::{Case, Class};
use super::unit::{self, Unit};
use crate::figure::Number;

/// The unit that a bare number shares with the one that it is joined to: `45 and 50 mg`.
pub(super) fn shared_unit(paragraph: &Paragraph<'_>, amount: &Amount) -> Option<Unit> {
    let is_plain = matches!(amount.numeral.form, Form::Plain(_) | Form::Marked) && amount.numeral.end == amount.end;
    if !is_plain || !paragraph.has_cue(amount.end, Cue::And) || amount.numeral.is_ordinal {
        return None;
    }
    let second = amount::amount(paragraph, amount.end + 1)?;
    let unit = second.unit.filter(|unit| unit.start >= second.numeral.end && second.numeral.form != Form::Words)?;
    let is_measure = !matches!(unit.id.as_str(), "persons" | "times") && !unit.id.contains('/');
    is_measure.then_some(unit)
}

/// What a figure is of, by its unit and what stands around it; and the name of the unit.
pub(super) fn sort(paragraph: &Paragraph<'_>, amount: &Amount, unit: Option<&Unit>) -> (Kind, Option<String>) {
    let named = |kind: Kind, unit: &Unit| (kind, Some(unit.id.clone()));
    let Some(unit) = unit else {
        if amount.numeral.is_fraction && amount.numeral.value < Number::ONE {
            return (Kind::Ratio, None);
        }
        if is_age_before(paragraph, amount.start) && amount.numeral.small().is_some_and(|age| age < 130) {
            return (Kind::Age, Some("years".to_owned()));
        }
        let counts = paragraph.item(amount.end).is_some_and(|next| {
            next.class == Class::Word && next.is_unknown_word() && !next.is_glued() && next.case != Case::All
        });
        return (if counts { Kind::Count } else { Kind::Number }, None);
    };
    match unit.id.as_str() {
        "%" | "permille" => named(Kind::Percent, unit),
        "times" => named(Kind::Ratio, unit),
        "persons" | "household" => named(Kind::Count, unit),
        "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "quarters" | "half-years" | "years"
        | "decades" | "centuries" | "millennia" | "ms" => {
            let is_age = is_age_behind(paragraph, amount.end) || is_age_before(paragraph, amount.start);
            named(if is_age { Kind::Age } else { Kind::Duration }, unit)
        }
        _ if unit::is_money(unit) => named(Kind::Money, unit),
        _ => named(Kind::Quantity, unit),
    }
}

fn is_age_before(paragraph: &Paragraph<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let at = |at: usize| paragraph.has_cue(at, Cue::Age);
    let is_behind_of =
        paragraph.has_cue(before, Cue::AgeAfter) && paragraph.item(start).is_some_and(super::item::Item::is_digits);
    at(before) || is_behind_of || before > 0 && hedge::before(paragraph, start).is_some() && at(before - 1)
}

pub(super) fn age_end(paragraph: &Paragraph<'_>, end: usize) -> usize {
    let hyphen = usize::from(paragraph.is_mark(end, '-') && paragraph.is_glued(end));
    if paragraph.has_cue(end + hyphen, Cue::AgeAfter) { end + hyphen + 1 } else { end }
}

pub(super) fn is_age_behind(paragraph: &Paragraph<'_>, end: usize) -> bool {
    age_end(paragraph, end) > end
}
