//! The figure as the text writes it, held against the value: decimal marks, percent signs, month names, two calendars.
//!
//! These checks compare a claim's `value` with its `source.text`, so they work where the document is not at hand.

use rustc_hash::FxHashMap;

use super::super::finding::{Detail, Finding, Participant, Verdict};
use super::super::run::{Made, Runner};
use super::written::{Run, runs, significant};
use super::{Report, each_claim, finding};
use crate::claims::ClaimIndex;
use crate::figure::date::Precision;
use crate::figure::{Quantity, Reading, Value, calendar};
use crate::rules::rule::Rule;

/// The checks of a builtin that hold, for `--all`.
pub(super) fn made(
    runner: &Runner<'_>,
    rule: &Rule,
    findings: &[Finding],
    applies: impl Fn(ClaimIndex) -> bool,
) -> Report {
    let mut report = Report::default();
    for (index, _) in runner.claims.iter().filter(|(index, _)| applies(*index)) {
        report.checks += 1;
        report.touched.push(index);
        let failed = findings.iter().any(|finding| finding.claims().any(|claim| claim == index));
        report.made.push(Made {
            rule: rule.id.clone(),
            check: None,
            verdict: if failed { Verdict::Impossible } else { Verdict::Holds },
            participants: vec![Participant { claim: index, role: Box::default() }],
            arithmetic: Vec::new(),
            fits_with: Vec::new(),
        });
    }
    report
}

fn quantity<'a>(runner: &'a Runner<'_>, index: ClaimIndex) -> Option<&'a Quantity> {
    match &runner.claims.get(index).value {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}

/// Digits of a number without its sign.
fn digits(quantity: &Quantity) -> String {
    quantity.number.significand().abs().to_string()
}

/// What the commas of a claim's text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comma {
    Decimal,
    Thousands,
}

fn comma(quantity: &Quantity, text: &str) -> Option<Comma> {
    let own = digits(quantity);
    let run: Run =
        runs(text).into_iter().find(|run| run.digits.trim_start_matches('0') == own.trim_start_matches('0'))?;
    let decimals = usize::from(quantity.number.decimals());
    match run.after_last_mark()? {
        (',', after) if decimals > 0 && after == decimals => Some(Comma::Decimal),
        (',', 3) if decimals == 0 => Some(Comma::Thousands),
        _ => None,
    }
}

/// One document reads its commas one way. The rarer reading is reported, with an example of the other.
pub(super) fn decimal_mark(runner: &Runner<'_>, rule: &Rule) -> Report {
    let claims = runner.claims;
    let mut documents: FxHashMap<&str, Vec<(ClaimIndex, Comma)>> = FxHashMap::default();
    for (index, claim) in claims.iter() {
        let text = claims.source_text(index);
        if !text.contains(',') {
            continue;
        }
        if let Some(comma) = quantity(runner, index).and_then(|quantity| comma(quantity, text)) {
            let file = claims.file(claim);
            documents.entry(file.document.as_deref().unwrap_or(&file.path)).or_default().push((index, comma));
        }
    }
    let mut report = Report::default();
    for commas in documents.into_values() {
        let count = |kind: Comma| commas.iter().filter(|(_, comma)| *comma == kind).count();
        let (decimal, thousands) = (count(Comma::Decimal), count(Comma::Thousands));
        if decimal == 0 || thousands == 0 {
            continue;
        }
        let odd = if decimal <= thousands { Comma::Decimal } else { Comma::Thousands };
        let Some((other, _)) = commas.iter().find(|(_, comma)| *comma != odd) else { continue };
        for (index, _) in commas.iter().filter(|(_, comma)| *comma == odd) {
            let detail = Detail::DecimalMark {
                text: claims.source_text(*index).to_owned(),
                elsewhere: claims.source_text(*other).to_owned(),
            };
            report.findings.push(finding(rule, None, detail).with([*index]));
        }
    }
    report
}

/// A percentage is written with its sign.
pub(super) fn percent_sign(runner: &Runner<'_>, rule: &Rule) -> Report {
    let vocabulary = &runner.rules.vocabulary;
    let percent = vocabulary.units.find("%");
    each_claim(runner, |index| {
        let text = runner.claims.source_text(index);
        let is_percent = quantity(runner, index).is_some_and(|quantity| Some(quantity.unit) == percent);
        if !is_percent || text.is_empty() {
            return None;
        }
        let lower = text.to_lowercase();
        let signed = vocabulary.notation.percent.iter().any(|word| lower.contains(&**word));
        if signed || runs(text).is_empty() {
            return None;
        }
        Some(finding(rule, None, Detail::PercentSign { text: text.to_owned() }).with([index]))
    })
}

/// The digits of the text are those of the value.
pub(super) fn figure_as_written(runner: &Runner<'_>, rule: &Rule) -> Report {
    each_claim(runner, |index| {
        let text = runner.claims.source_text(index);
        if text.is_empty() {
            return None;
        }
        let mut expected: Vec<String> = match &runner.claims.get(index).value {
            Value::Quantity(quantity) if !quantity.exact => {
                let upper = quantity.upper.iter().map(|upper| upper.significand().abs().to_string());
                std::iter::once(digits(quantity)).chain(upper).collect()
            }
            Value::Rank { place, .. } => vec![place.to_string()],
            _ => return None,
        };
        let found = runs(text);
        if found.is_empty() {
            return None;
        }
        expected.retain(|digits| !found.iter().any(|run| run.significant() == significant(digits)));
        if expected.is_empty() {
            return None;
        }
        Some(finding(rule, None, Detail::Written { text: text.to_owned() }).with([index]))
    })
}

/// The months that a text names, in their order.
fn months(text: &str, names: &[(Box<str>, u8)]) -> Vec<(String, u8)> {
    let mut found: Vec<(usize, String, u8)> = Vec::new();
    let mut taken = vec![false; text.len()];
    // the longest names come first, so that a name inside another is not counted
    for (name, month) in names {
        for (start, _) in text.match_indices(&**name) {
            let end = start + name.len();
            let letter = |letter: char| letter.is_alphabetic();
            let alone = !text[..start].ends_with(letter) && !text[end..].starts_with(letter);
            if alone && taken[start..end].iter().all(|taken| !taken) {
                taken[start..end].fill(true);
                found.push((start, name.to_string(), *month));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, name, month)| (name, month)).collect()
}

/// A date's month names are one month, and that of the value.
pub(super) fn month_names(runner: &Runner<'_>, rule: &Rule) -> Report {
    let names = &runner.rules.vocabulary.notation.months;
    let dated = |index: ClaimIndex| match &runner.claims.get(index).value {
        Value::Date { date, .. } if matches!(date.precision(), Precision::Day | Precision::Month) => {
            let day = date.days(Reading::Tight).first?;
            let found = months(&runner.claims.source_text(index).to_lowercase(), names);
            (!found.is_empty()).then(|| (calendar::to_gregorian(day).1, found))
        }
        _ => None,
    };
    let mut report = each_claim(runner, |index| {
        let (month, found) = dated(index)?;
        if found.iter().all(|(_, named)| *named == month) {
            return None;
        }
        let names = found.into_iter().map(|(name, _)| name).collect();
        Some(finding(rule, Some(Verdict::Impossible), Detail::Months { names }).with([index]))
    });
    report.append(made(runner, rule, &report.findings, |index| dated(index).is_some_and(|(_, found)| found.len() > 1)));
    report
}

/// A year given in two calendars is one year.
pub(super) fn dual_dates(runner: &Runner<'_>, rule: &Rule) -> Report {
    let notation = &runner.rules.vocabulary.notation;
    each_claim(runner, |index| {
        let text = runner.claims.source_text(index);
        let marked = |marks: &[Box<str>]| {
            let places = marks.iter().flat_map(|mark| text.match_indices(&**mark));
            places.into_iter().find_map(|(at, mark)| {
                let before = text[..at].trim_end();
                let after = &text[at + mark.len()..];
                // the mark stands alone after the year, it does not begin a word
                let alone = !after.starts_with(|letter: char| letter.is_alphabetic());
                let run =
                    runs(before).pop().filter(|_| alone && before.ends_with(|letter: char| letter.is_numeric()))?;
                run.digits.parse::<i64>().ok()
            })
        };
        let (hijri, gregorian) = (marked(&notation.hijri)?, marked(&notation.gregorian)?);
        let days = calendar::from_hijri_year(hijri)?;
        let first = calendar::from_gregorian(gregorian, 1, 1)?;
        let last = calendar::from_gregorian(gregorian, 12, 31)?;
        if days.overlaps(&crate::figure::Days::new(first, last)) {
            return None;
        }
        let detail = Detail::Calendars { hijri: hijri.to_string(), gregorian: gregorian.to_string() };
        Some(finding(rule, Some(Verdict::Impossible), detail).with([index]))
    })
}
