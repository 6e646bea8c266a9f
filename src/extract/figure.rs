//! From items to figures: the main rule of the grammar. At each item that may begin a figure it tries dates and amounts,
//! takes the longer, joins ranges, and looks around for hedges.

use super::amount::{self, Amount};
use super::bounds;
use super::date::{self, Found, Sort};
use super::exclude;
use super::hedge;
use super::item::Paragraph;
use super::mention::{Figure, Kind, Reading};
use super::number::{Form, Mark};
use super::pack::{Cue, Sense, Trait};
use super::token::{Case, Class};
use super::{range, sort};
use crate::figure::{Hedge, Number};

/// A figure found in a paragraph; offsets are bytes of the paragraph.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub figure: Figure,
    pub unit: Option<String>,
    pub date: Option<String>,
    pub hedge: Option<Hedge>,
    pub other: Option<Reading>,
    pub mark: Option<Mark>,
    pub is_scaled_far: bool,
}

/// All figures of a paragraph, in order.
pub(super) fn figures(paragraph: &Paragraph<'_>, found: &mut Vec<Stated>) {
    let mut at = 0;
    while at < paragraph.items.len() {
        if let Some(end) = exclude::no_figure(paragraph, at) {
            at = end.max(at + 1);
            continue;
        }
        if !may_begin(paragraph, at) {
            at += 1;
            continue;
        }
        match figure_at(paragraph, at) {
            Some((stated, end)) => {
                found.push(stated);
                at = end.max(at + 1);
            }
            None => at = skipped(paragraph, at),
        }
    }
}

/// Where to go on behind something that is no figure.
fn skipped(paragraph: &Paragraph<'_>, at: usize) -> usize {
    // the words of a number that names something, or the digits of one that cannot be read, are not read one by one
    let mut end = at + 1;
    if at > 0 && paragraph.is_word(at) && paragraph.is_word(at - 1) && paragraph.has_cue(at - 1, Cue::Identifier) {
        return super::number::number(paragraph, at).map_or(end, |numeral| numeral.end);
    }
    if paragraph.item(at).is_some_and(super::item::Item::is_digits) {
        while paragraph
            .item(end)
            .is_some_and(|item| item.is_glued() && (item.is_digits() || matches!(item.letter, '.' | ',' | '/')))
            && (paragraph.item(end).is_some_and(super::item::Item::is_digits)
                || paragraph.item(end + 1).is_some_and(|item| item.is_glued() && item.is_digits()))
        {
            end += 1;
        }
    }
    end
}

fn may_begin(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(item) = paragraph.item(at) else { return false };
    match item.class {
        Class::Digits => true,
        Class::Mark if matches!(item.letter, '(' | '-' | '−' | '+') => {
            paragraph.item(at + 1).is_some_and(|next| next.class != Class::Word || !next.is_unknown_word())
        }
        Class::Mark if item.letter == '.' => paragraph.item(at + 1).is_some_and(super::item::Item::is_digits),
        Class::Mark if !item.letter.is_ascii() && super::number::number(paragraph, at).is_some() => true,
        _ => {
            paragraph.senses(at).any(|sense| sense.is_number() || sense.may_stand_before_number())
                || is_roman(item)
                || paragraph.senses(at).any(|sense| match sense {
                    Sense::Cue(Cue::The | Cue::An) | Sense::Unit { .. } => may_follow(paragraph, at + 1),
                    _ => false,
                })
        }
    }
}

/// A word in capitals that starts like a Roman numeral.
fn is_roman(item: &super::item::Item) -> bool {
    item.class == Class::Word
        && item.case == Case::All
        && item.length <= 6
        && matches!(item.letter, 'i' | 'v' | 'x' | 'х' | 'l')
}

/// Whether an article or a unit may begin a figure with what follows: `the 90s`, `an hour and a half`, `$5`.
fn may_follow(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let Some(item) = paragraph.item(at) else { return false };
    item.is_digits()
        || item.joins()
        || paragraph
            .senses(at)
            .any(|sense| sense.is_number() || matches!(sense, Sense::Unit { .. } | Sense::Cue(Cue::And | Cue::Minus)))
        || matches!(item.letter, '-' | '.' | '−') && item.class == Class::Mark
        || is_roman(item)
}

fn figure_at(paragraph: &Paragraph<'_>, at: usize) -> Option<(Stated, usize)> {
    let date = date::date(paragraph, at);
    let amount = amount::amount(paragraph, at).filter(|amount| is_figure(paragraph, amount));
    let range = amount.as_ref().and_then(|amount| range::range(paragraph, amount));
    let amount_end = range.as_ref().map_or(amount.as_ref().map_or(0, |amount| amount.end), |range| range.2);
    if let Some(date) = date
        .filter(|date| date.end > amount_end || date.end == amount_end && (!date.is_bare || !is_amount_rather(&amount)))
    {
        return Some((dated(paragraph, &date), date.end));
    }
    if let Some((from, to, end, unit)) = range {
        let amount = amount?;
        return Some((range::ranged(paragraph, &amount, &from, &to, unit, end), end));
    }
    let amount = amount?;
    if let Some(two_sided) = range::two_sided(paragraph, &amount) {
        return Some(two_sided);
    }
    ranked(paragraph, &amount).or_else(|| Some(amounted(paragraph, &amount)))
}

/// A number with a unit is not a year.
fn is_amount_rather(amount: &Option<Amount>) -> bool {
    amount.as_ref().is_some_and(|amount| amount.unit.is_some())
}

/// Whether an amount is a figure at all and not a word in passing.
fn is_figure(paragraph: &Paragraph<'_>, amount: &Amount) -> bool {
    let numeral = &amount.numeral;
    if numeral.form != Form::Words {
        return true;
    }
    let first = paragraph.item(amount.start);
    let is_article = paragraph.has_cue(amount.start, Cue::The);
    if is_article || first.is_none() {
        return false;
    }
    if needs_noun(paragraph, amount)
        || is_vague(paragraph, amount)
        || numeral.is_ordinal && is_of_name(paragraph, amount)
    {
        return false;
    }
    if amount.unit.as_ref().is_some_and(|unit| unit.halves.is_none() && unit.end > unit.start)
        && !paragraph.has_cue(amount.start, Cue::Never)
    {
        return !exclude::is_only_a_word(paragraph, amount.start, numeral.end, numeral.is_ordinal)
            || paragraph.item(amount.start).is_some();
    }
    !exclude::is_only_a_word(paragraph, amount.start, amount.end, numeral.is_ordinal)
}

/// `a few hundred`: a scale word without a number behind a word that says no number.
fn is_vague(paragraph: &Paragraph<'_>, amount: &Amount) -> bool {
    amount.start > 0
        && paragraph.has_cue(amount.start - 1, Cue::Vague)
        && paragraph
            .senses(amount.start)
            .any(|sense| matches!(sense, Sense::Hundred | Sense::Scale { .. } | Sense::Dozen(_)))
}

/// A place that belongs to a name: `رمسيس الثاني`, `10th Street`, `Second Avenue`.
fn is_of_name(paragraph: &Paragraph<'_>, amount: &Amount) -> bool {
    let behind = paragraph.item(amount.end);
    if behind.is_some_and(|next| next.case != Case::Small) && paragraph.has_cue(amount.end, Cue::IdentifierAfter) {
        return true;
    }
    let Some(before) = amount.start.checked_sub(1).and_then(|before| paragraph.item(before)) else { return false };
    let item = paragraph.item(amount.start);
    let language = paragraph.language_of(usize::MAX);
    item.is_some_and(|item| item.has_article(paragraph))
        && before.is_unknown_word()
        // shorter ones are verbs more often than names
        && before.length > 3
        && language.has(Trait::NameHasNoArticle)
        && !before.has_article(paragraph)
        && !language.suffixes.iter().any(|suffix| paragraph.slice(amount.start - 1).ends_with(&**suffix))
}

/// A word that is a number only beside what it counts: the Arabic thousand is also a word for writing a book, and a dual
/// without its last letter has its noun behind it.
fn needs_noun(paragraph: &Paragraph<'_>, amount: &Amount) -> bool {
    let numeral = &amount.numeral;
    let is_alone = numeral.end == amount.start + 1 && amount.unit.is_none();
    let is_thousand = || {
        numeral.value == Number::from(1000)
            && paragraph.language_of(amount.start).has(Trait::ThousandIsWord)
            && paragraph.is_word(amount.end)
    };
    let is_cut = || paragraph.has_cue(amount.start, Cue::NeedsNoun) && !paragraph.is_word(amount.end);
    is_alone
        && (is_thousand() || is_cut())
        && !paragraph.has_cue(amount.end, Cue::To)
        && hedge::before(paragraph, amount.start).is_none()
}

pub(super) fn bytes(paragraph: &Paragraph<'_>, start: usize, end: usize) -> (usize, usize) {
    let first = paragraph.item(start).map_or(0, |item| item.start as usize);
    let last = end.checked_sub(1).and_then(|last| paragraph.item(last)).map_or(first, |item| item.end as usize);
    (first, last.max(first))
}

fn dated(paragraph: &Paragraph<'_>, date: &Found) -> Stated {
    let (start, end) = bytes(paragraph, date.start, date.end);
    let kind = match date.kind {
        Sort::Day => Kind::Date,
        Sort::Year => Kind::Year,
        Sort::Century => Kind::Century,
        Sort::Stretch | Sort::Period => Kind::Period,
    };
    let number = date.number.filter(|_| matches!(date.kind, Sort::Year | Sort::Century)).map(Number::from);
    Stated {
        start,
        end,
        kind,
        figure: Figure { nominal: number, ..Figure::default() },
        unit: None,
        date: Some(date.edtf.clone()),
        hedge: hedge::before_date(paragraph, date.start),
        other: date
            .other
            .as_ref()
            .map(|other| Reading { figure: Figure::default(), date: Some(other.as_str().into()) }),
        mark: None,
        is_scaled_far: false,
    }
}

/// A place in an order: an ordinal, digits with an ordinal ending, or a number behind a word for a place.
fn ranked(paragraph: &Paragraph<'_>, amount: &Amount) -> Option<(Stated, usize)> {
    let numeral = &amount.numeral;
    let mut end = amount.end;
    let mut start = amount.start;
    if !numeral.is_ordinal {
        let is_plain = matches!(numeral.form, Form::Plain(_)) && amount.unit.is_none();
        let suffix = if paragraph.is_glued(end) && paragraph.has_cue(end, Cue::OrdinalSuffix) && paragraph.is_word(end)
        {
            Some(end + 1)
        } else if paragraph.is_mark(end, '-')
            && paragraph.is_glued(end)
            && paragraph.is_glued(end + 1)
            && paragraph.has_cue(end + 1, Cue::OrdinalSuffix)
        {
            Some(end + 2)
        } else {
            None
        };
        let behind_rank =
            start > 0 && paragraph.has_cue(start - 1, Cue::Rank) && amount.unit.is_none() && numeral.small().is_some();
        match suffix.filter(|_| is_plain || amount.unit.is_some() && numeral.end + 1 == end) {
            Some(suffix) => end = suffix,
            None if behind_rank && paragraph.is_word(start - 1) => {}
            None => return None,
        }
    }
    if start > 0
        && paragraph.has_cue(start - 1, Cue::Rank)
        && paragraph.is_word(start - 1)
        && paragraph.language_of(start).has(Trait::RankHasWord)
    {
        start -= 1;
    }
    let (first, last) = bytes(paragraph, start, end);
    let stated = Stated {
        start: first,
        end: last,
        kind: Kind::Rank,
        figure: bounds::of_number(&numeral.value, 0, hedge::before(paragraph, start), true),
        unit: None,
        date: None,
        hedge: hedge::before(paragraph, start),
        other: None,
        mark: None,
        is_scaled_far: false,
    };
    Some((stated, end))
}

fn amounted(paragraph: &Paragraph<'_>, amount: &Amount) -> (Stated, usize) {
    let mut amount = amount.clone();
    if amount.unit.is_none() {
        amount.unit = sort::shared_unit(paragraph, &amount);
    }
    let (kind, name) = sort::sort(paragraph, &amount, amount.unit.as_ref());
    let mut end = amount.end;
    if kind == Kind::Age && sort::is_age_behind(paragraph, end) {
        end = sort::age_end(paragraph, end);
    }
    let (many, parts) = amount.unit.as_ref().map_or((1, 1), |unit| (unit.many, unit.parts));
    if (many, parts) != (1, 1)
        && let Some(factor) = Number::fraction(many, parts)
    {
        amount.numeral = amount.numeral.times(&factor);
        amount.numeral.step += if many > 1 {
            many.ilog10() as i32
        } else if parts == 1000 {
            -3
        } else {
            -2
        };
    }
    let numeral = &amount.numeral;
    // `about 500 or less`: the bound says more
    let bound = hedge::behind(paragraph, end).filter(|hedge| *hedge != Hedge::About);
    let hedge = bound
        .or_else(|| hedge::before(paragraph, amount.start))
        .or_else(|| hedge::behind(paragraph, end))
        .or_else(|| paragraph.is_mark(end, ')').then(|| hedge::behind(paragraph, end + 1)).flatten());
    let is_counted = matches!(kind, Kind::Count | Kind::Number);
    let is_point = bounds::is_exact(numeral, is_counted);
    let figure = match &numeral.spread {
        Some(spread) => bounds::of_measured(&numeral.value, spread),
        None => bounds::of_number(&numeral.value, numeral.step, hedge, is_point),
    };
    let other = numeral.other.as_ref().map(|(value, step)| Reading {
        figure: bounds::of_number(value, *step, hedge, is_counted && *step == 0 && numeral.scale == 0),
        date: None,
    });
    let (start, last) = bytes(paragraph, amount.start, end);
    let stated = Stated {
        start,
        end: last,
        kind,
        figure,
        unit: name,
        date: None,
        hedge,
        other,
        mark: numeral.mark,
        is_scaled_far: numeral.scale >= 9,
    };
    (stated, end)
}
