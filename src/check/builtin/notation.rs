//! The figure as the text writes it, held against the value: decimal marks, percent signs, month names, two calendars.
//!
//! These checks compare a claim's `value` with its `source.text`, so they work where the document is not at hand.

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::finding::{Detail, Finding, Participant, Verdict};
use super::super::run::{Made, Runner};
use super::written::{Run, runs, significant};
use super::{Report, all_claims, each_claim, finding};
use crate::claims::ClaimIndex;
use crate::extract::{self, SHIPPED};
use crate::figure::date::Precision;
use crate::figure::{Quantity, Value, calendar};
use crate::rules::rule::Rule;

/// The checks of a builtin that hold, for `--all`.
pub(super) fn made(
    runner: &Runner<'_>,
    rule: &Rule,
    findings: &[Finding],
    applies: impl Fn(ClaimIndex) -> bool + Sync,
) -> Report {
    let mut report = Report::default();
    let all_failed: FxHashSet<ClaimIndex> = findings.iter().flat_map(Finding::claims).collect();
    let found: Vec<ClaimIndex> = all_claims(runner).filter(|index| applies(*index)).collect();
    report.checks = found.len();
    report.touched = found;
    if !runner.options.keep_all {
        return report;
    }
    for index in report.touched.iter().copied() {
        let failed = all_failed.contains(&index);
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
    let with_comma = |index| {
        let text = claims.source_text(index);
        let quantity = quantity(runner, index).filter(|_| text.as_bytes().contains(&b','))?;
        comma(quantity, text).map(|comma| (index, comma))
    };
    let commas: Vec<(ClaimIndex, Comma)> = all_claims(runner).filter_map(with_comma).collect();
    for (index, comma) in commas {
        let file = claims.file(claims.get(index));
        documents.entry(file.document.as_deref().unwrap_or(&file.path)).or_default().push((index, comma));
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
        let has_sign = |text: &str| vocabulary.notation.percent.iter().any(|word| text.contains(&**word));
        if has_sign(text) || has_sign(&text.to_lowercase()) || runs(text).is_empty() {
            return None;
        }
        Some(finding(rule, None, Detail::PercentSign { text: text.to_owned() }).with([index]))
    })
}

/// Whether the text surely has the digits of the value, at a glance: it begins with one run of European digits.
fn is_written_plainly(quantity: &Quantity, text: &str) -> bool {
    let (Some(number), None) = (quantity.number.significand().to_i64(), &quantity.upper) else { return false };
    let Some(start) = text.find(|letter: char| !letter.is_ascii() || letter.is_ascii_digit()) else { return false };
    let mut written = 0_u64;
    let mut count = 0;
    let mut after_mark = false;
    let mut rest = text.as_bytes()[start..].iter().peekable();
    while let Some(byte) = rest.next_if(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',')) {
        if byte.is_ascii_digit() {
            written = written.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            count += 1;
        } else if after_mark {
            return false;
        }
        after_mark = !byte.is_ascii_digit();
    }
    // any other sign could go on with the number
    let ends = matches!(rest.peek(), None | Some(b')'));
    ends && (1..=18).contains(&count) && without_zeros(written) == without_zeros(number.unsigned_abs())
}

/// A whole number without the zeros at its end.
fn without_zeros(mut number: u64) -> u64 {
    while number != 0 && number.is_multiple_of(10) {
        number /= 10;
    }
    number
}

/// The digits of the text are those of the value.
pub(super) fn figure_as_written(runner: &Runner<'_>, rule: &Rule) -> Report {
    each_claim(runner, |index| {
        let text = runner.claims.source_text(index);
        if text.is_empty() {
            return None;
        }
        let mut expected: Vec<String> = match &runner.claims.get(index).value {
            Value::Quantity(quantity) if is_written_plainly(quantity, text) => return None,
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
        if expected.is_empty() || is_read_from(runner, index, text) {
            return None;
        }
        Some(finding(rule, None, Detail::Written { text: text.to_owned() }).with([index]))
    })
}

/// Whether a text is read as the value of its claim although it has not its digits: `3 ملايين و555 ألفا`, `8/8`.
fn is_read_from(runner: &Runner<'_>, index: ClaimIndex, text: &str) -> bool {
    let units = &runner.rules.vocabulary.units;
    let Some(value) = quantity(runner, index) else { return false };
    // the number as written, without its unit
    let own = value.number.nominal();
    let read = extract::mentions(text, &extract::Options::of(None, &SHIPPED));
    let is_own = |mention: &extract::Mention| {
        let factor = mention.unit.as_deref().and_then(|unit| units.find(unit)).map(|unit| units.factor(unit));
        let nominal = mention.figure.nominal.as_ref();
        let in_base = nominal.zip(factor).map(|(nominal, factor)| nominal * &factor);
        nominal == Some(&own) || in_base.is_some() && in_base == value.nominal(units)
    };
    value.upper.is_none() && read.iter().any(is_own)
}

/// A month that a text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Month {
    start: usize,
    end: usize,
    name: String,
    number: u8,
}

/// The months that a text names, in their order.
fn months(text: &str, names: &[(Box<str>, u8)]) -> Vec<Month> {
    let mut found: Vec<Month> = Vec::new();
    // most dates are written in digits alone
    if !text.contains(char::is_alphabetic) {
        return found;
    }
    let mut taken = vec![false; text.len()];
    // the longest names come first, so that a name inside another is not counted
    for (name, number) in names {
        for (start, _) in text.match_indices(&**name) {
            let end = start + name.len();
            let letter = |letter: char| letter.is_alphabetic();
            let alone = !text[..start].ends_with(letter) && !text[end..].starts_with(letter);
            if alone && taken[start..end].iter().all(|taken| !taken) {
                taken[start..end].fill(true);
                found.push(Month { start, end, name: name.to_string(), number: *number });
            }
        }
    }
    found.sort();
    found
}

/// The names that belong to one date: two names of which the second explains the first (`ديسمبر (كانون الأول)`), or the
/// only name that stands beside a number. Several dates in one text, a march and a may are no names of one date.
fn names_of_one_date(text: &str, months: &[Month]) -> Vec<Month> {
    let explains = |pair: &&[Month]| {
        let between = text.get(pair[0].end..pair[1].start).unwrap_or_default().trim();
        matches!(between, "(" | "/" | "")
    };
    if let Some(pair) = months.windows(2).find(explains) {
        return pair.to_vec();
    }
    let beside_number = |month: &&Month| {
        let before = text[..month.start].trim_end_matches([' ', '\u{a0}', '.', ',', '،']);
        let after = text[month.end..].trim_start_matches([' ', '\u{a0}', '.', ',', '،', ')']);
        before.ends_with(char::is_numeric) || after.starts_with(char::is_numeric)
    };
    match months.iter().filter(beside_number).collect::<Vec<_>>()[..] {
        [only] => vec![only.clone()],
        _ => Vec::new(),
    }
}

/// A date's month names are one month, and that of the value. A date of another calendar has months of its own.
pub(super) fn month_names(runner: &Runner<'_>, rule: &Rule) -> Report {
    let names = &runner.rules.vocabulary.notation.months;
    let dated = |index: ClaimIndex| match &runner.claims.get(index).value {
        Value::Date { date, .. } if matches!(date.precision(), Precision::Day | Precision::Month) => {
            if !date.is_gregorian() {
                return None;
            }
            let month = date.month()?;
            let text = runner.claims.source_text(index).to_lowercase();
            let found = names_of_one_date(&text, &months(&text, names));
            (!found.is_empty()).then_some((month, found))
        }
        _ => None,
    };
    let mut report = each_claim(runner, |index| {
        let (month, found) = dated(index)?;
        if found.iter().all(|named| named.number == month) {
            return None;
        }
        let names = found.into_iter().map(|named| named.name).collect();
        Some(finding(rule, Some(Verdict::Impossible), Detail::Months { names }).with([index]))
    });
    report.append(made(runner, rule, &report.findings, |index| dated(index).is_some_and(|(_, found)| found.len() > 1)));
    report
}

/// A year given in two calendars is one year.
pub(super) fn dual_dates(runner: &Runner<'_>, rule: &Rule) -> Report {
    let notation = &runner.rules.vocabulary.notation;
    let hijri: Vec<Finder<'_>> = notation.hijri.iter().map(|mark| Finder::new(mark.as_bytes())).collect();
    each_claim(runner, |index| {
        let text = runner.claims.source_text(index);
        // hardly any text has the mark
        if hijri.iter().all(|mark| mark.find(text.as_bytes()).is_none()) {
            return None;
        }
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
