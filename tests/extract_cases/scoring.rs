//! Scores extraction against the cases of other projects: how many mentions are right in span, value, unit and date.
//!
//! What the cases call a figure and what this program calls one differ in ways that are no mistakes; each allowance that
//! is made for that is written here, and nowhere else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kzcheck::extract::{Kind, Mention, Options, mentions};
use kzcheck::figure::Number;
use serde_json::Value;

use super::left_out::{has_value, is_left_out};
use super::times::{days, duration, is_date, is_period, rough};
use super::units::{converted, unit_factor};

/// The folder of the cases, where it is at hand.
pub fn cases() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let folder = std::env::var_os("KZCHECK_CASES").map_or(beside, PathBuf::from);
    folder.join("figures.jsonl").is_file().then_some(folder)
}

/// What became of the mentions of one language and kind.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Cases, and those right in everything.
    pub cases: usize,
    pub right: usize,
    /// Mentions that are expected; found; found with the right value.
    pub expected: usize,
    pub found: usize,
    pub valued: usize,
    /// Mentions that stand for nothing.
    pub false_mentions: usize,
    /// Cases that are wrong, each in a line.
    pub wrong: Vec<String>,
}

/// Scores by language and kind.
pub type Scores = BTreeMap<(String, String), Score>;

/// Records of a file, one a line.
pub fn records(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

pub fn number(text: &str) -> Option<Number> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (digits, exponent) = match digits.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = Number::from_digits(&format!("{whole}{fraction}"))?;
    let value = &all * &Number::power_of_ten(exponent - i32::try_from(fraction.len()).ok()?);
    Some(&value * &Number::from(sign))
}

/// Whether two numbers are the same to what a case writes of them (thirds are cut off there).
pub fn same(one: &Number, other: &Number) -> bool {
    let difference = (one - other).abs();
    difference <= &one.abs() * &Number::power_of_ten(-9)
}

/// Whether a mention says what a case expects.
pub fn is_right(mention: &Mention, expected: &Value, is_day_first: bool) -> bool {
    let kind = text(expected, "kind").unwrap_or_default();
    let theirs = text(expected, "unit");
    let (low, high) = (text(expected, "low"), text(expected, "high"));
    // of `eight to 10 feet` some cases expect the last number only
    let is_last = |value: &Number| mention.figure.to.as_ref().is_some_and(|to| same(to, value));
    if let Some(value) = text(expected, "value") {
        if value.starts_with('P') {
            return duration(value).is_some_and(|(value, unit)| {
                let ours = mention.unit.as_deref().unwrap_or_default();
                let factor =
                    if ours == unit { Some(Number::ONE) } else { converted(ours, unit).or_else(|| rough(ours, unit)) };
                nominal(mention).zip(factor).is_some_and(|(own, factor)| same(&(&own * &factor), &value))
            });
        }
        if kind == "date" {
            let plain = mention.date.as_deref().map(|date| date.split(' ').next_back().unwrap_or(date));
            // British and Australian cases are day first; without a word of the country that is the other reading
            let other = mention.alternatives.first().and_then(|other| other.date.as_deref());
            return plain == Some(value) || is_day_first && other == Some(value);
        }
        let factor = unit_factor(mention.unit.as_deref(), theirs);
        return number(value).zip(factor).is_some_and(|(value, factor)| {
            is_last(&value) || nominal(mention).is_some_and(|own| same(&(&own * &factor), &value))
        });
    }
    if low.or(high).is_some_and(is_date) && theirs.is_some_and(|unit| unit.starts_with("date")) {
        let other = mention.alternatives.first().and_then(|other| other.date.as_deref()).filter(|_| is_day_first);
        return [mention.date.as_deref(), other].into_iter().flatten().any(|date| is_period(mention, date, low, high));
    }
    let theirs = theirs.filter(|unit| !unit.starts_with("date"));
    let Some(factor) = unit_factor(mention.unit.as_deref(), theirs) else { return false };
    let is_end = |own: Option<&Number>, expected: Option<&str>| match expected.and_then(number) {
        Some(expected) => own.is_some_and(|own| same(&(own * &factor), &expected)),
        None => true,
    };
    let (own_low, own_high) = match (&mention.figure.from, &mention.figure.to) {
        (Some(from), Some(to)) => (Some(from), Some(to)),
        _ if low.is_some() && low == high => (mention.figure.nominal.as_ref(), mention.figure.nominal.as_ref()),
        _ => {
            let hedge = mention.hedge.map(kzcheck::figure::Hedge::sign);
            let nominal = mention.figure.nominal.as_ref();
            match hedge {
                Some(">" | ">=") => (nominal, None),
                Some("<" | "<=") => (None, nominal),
                _ => (None, None),
            }
        }
    };
    let open = |expected: Option<&str>, own: Option<&Number>| expected.is_some() || own.is_none();
    if low.is_none() && high.is_none() {
        return theirs.is_none() || mention.unit.is_some();
    }
    is_end(own_low, low) && is_end(own_high, high) && open(low, own_low) && open(high, own_high)
}

fn nominal(mention: &Mention) -> Option<Number> {
    mention.figure.nominal.clone()
}

/// Whether a mention of ours stands where a case expects one: they share their digits or words of number.
fn is_there(mention: &Mention, expected: &Value) -> bool {
    let at = |key: &str| expected.get(key).and_then(Value::as_u64).and_then(|value| usize::try_from(value).ok());
    let (Some(start), Some(end)) = (at("start_b"), at("end_b")) else { return false };
    let inside = mention.start >= start && mention.end <= end;
    let around = mention.start <= start && mention.end >= end;
    // the figure may end in its unit, and begin behind a word that limits it
    let overlaps = mention.start < end && start < mention.end;
    inside || around || overlaps
}

/// Whether all digits of an expected mention lie in ours.
fn covers_digits(text: &str, mention: &Mention, expected: &Value) -> bool {
    let at = |key: &str| {
        expected.get(key).and_then(Value::as_u64).and_then(|value| usize::try_from(value).ok()).unwrap_or(0)
    };
    let (start, end) = (at("start_b"), at("end_b"));
    let outside = [text.get(start..mention.start.max(start)), text.get(mention.end.min(end)..end)];
    outside.into_iter().flatten().all(|part| !part.chars().any(char::is_numeric))
}

/// Scores all cases of a file of figures.
pub fn score(records: &[Value]) -> Scores {
    let mut scores = Scores::new();
    for case in records.iter().filter(|case| is_left_out(case).is_none()) {
        let key = (text(case, "lang").unwrap_or("").to_owned(), text(case, "kind").unwrap_or("").to_owned());
        let words = text(case, "text").unwrap_or_default();
        let found = mentions(words, &Options::default());
        let expected = case.get("mentions").and_then(Value::as_array).cloned().unwrap_or_default();
        let is_exhaustive = case.get("exhaustive").and_then(Value::as_bool).unwrap_or(false);
        let is_day_first = text(case, "locale").is_some_and(|locale| locale != "en-US" && locale.starts_with("en-"));
        let flags = case.get("flags").and_then(Value::as_array);
        // the time of day is no part of the figure here
        let has_clock = flags.is_some_and(|flags| flags.iter().any(|flag| flag == "with_time_of_day"));
        let kind = key.1.clone();
        let score = scores.entry(key).or_default();
        let mut used = vec![false; found.len()];
        let mut is_case_right = true;
        // a unit that stands by itself is listed by some, and no figure here
        for mention in expected.iter().filter(|mention| has_value(mention)) {
            // a number inside a date is part of it
            let is_part = text(mention, "kind") == Some("number")
                && found.iter().any(|own| own.date.is_some() && own.kind != Kind::Year && is_there(own, mention));
            let candidates = || found.iter().enumerate().filter(|(_, own)| is_there(own, mention));
            let right = candidates().find(|(_, own)| {
                is_right(own, mention, is_day_first) && (has_clock || covers_digits(words, own, mention))
            });
            if is_part {
                continue;
            }
            score.expected += 1;
            score.found += usize::from(candidates().next().is_some());
            match right {
                Some((index, _)) => {
                    score.valued += 1;
                    used[index] = true;
                }
                None => is_case_right = false,
            }
        }
        if is_exhaustive || expected.is_empty() {
            for (own, used) in found.iter().zip(&used) {
                let counts = is_of_kind(own, &kind) && !expected.iter().any(|mention| is_there(own, mention));
                if !used && counts {
                    score.false_mentions += 1;
                    is_case_right = false;
                }
            }
        }
        score.cases += 1;
        score.right += usize::from(is_case_right);
        if !is_case_right {
            let own: Vec<String> = found.iter().map(shown).collect();
            let wanted: Vec<String> = expected.iter().map(wanted).collect();
            score.wrong.push(format!("{words:?} wanted [{}] found [{}]", wanted.join(" | "), own.join(" | ")));
        }
    }
    scores
}

fn is_of_kind(mention: &Mention, kind: &str) -> bool {
    let own = match mention.kind {
        Kind::Percent => "percent",
        Kind::Quantity => "dimension",
        Kind::Money => "money",
        Kind::Date | Kind::Year | Kind::Period | Kind::Century => "date",
        Kind::Duration | Kind::Age => "duration",
        Kind::Rank => "ordinal",
        Kind::Count | Kind::Number | Kind::Ratio => "number",
    };
    own == kind
}

fn wanted(mention: &Value) -> String {
    let field = |key: &str| text(mention, key).map(|value| format!(" {key}={value}")).unwrap_or_default();
    format!(
        "{}:{}{}{}{}",
        text(mention, "text").unwrap_or(""),
        field("value"),
        field("low"),
        field("high"),
        field("unit")
    )
}

/// A mention in a few words.
pub fn shown(mention: &Mention) -> String {
    let figure = &mention.figure;
    let number = |number: &Option<Number>| {
        number.as_ref().map(|number| number.exact_decimal().unwrap_or_else(|| number.with_decimals(6)))
    };
    let mut text = format!("{}: {}", mention.text, mention.kind.name());
    let parts = [
        number(&figure.nominal),
        number(&figure.from),
        number(&figure.to),
        mention.unit.as_deref().map(str::to_owned),
        mention.date.as_deref().map(str::to_owned),
        mention.hedge.map(|hedge| hedge.sign().to_owned()),
    ];
    for part in parts.into_iter().flatten() {
        text.push(' ');
        text.push_str(&part);
    }
    text
}

/// Scores the annotated study: figures found, with the right value, and mentions where there is no figure.
pub fn score_study(study: &str, records: &[Value]) -> Score {
    let at = |record: &Value, key: &str| {
        record.get(key).and_then(Value::as_u64).and_then(|value| usize::try_from(value).ok()).unwrap_or(0)
    };
    let last = records.iter().map(|record| at(record, "byte_end")).max().unwrap_or(0);
    let found: Vec<Mention> =
        mentions(study, &Options::default()).into_iter().filter(|mention| mention.start < last).collect();
    let mut score = Score::default();
    let is_ignored = |record: &&Value| record.get("ignored").and_then(Value::as_bool).unwrap_or(false);
    for record in records.iter().filter(|record| !is_ignored(record)) {
        let (start, end) = (at(record, "byte_start"), at(record, "byte_end"));
        let own = found.iter().find(|mention| mention.start < end && start < mention.end);
        score.expected += 1;
        score.cases += 1;
        score.found += usize::from(own.is_some());
        let right = own.is_some_and(|own| is_right_in_study(own, record));
        score.valued += usize::from(right);
        score.right += usize::from(right);
        if !right {
            score.wrong.push(format!(
                "line {} {:?} found {:?}",
                at(record, "line"),
                study.get(start..end).unwrap_or(""),
                own.map(shown)
            ));
        }
    }
    for own in &found {
        let known = records
            .iter()
            .filter(|record| !is_ignored(record))
            .any(|record| own.start < at(record, "byte_end") && at(record, "byte_start") < own.end);
        if !known {
            score.false_mentions += 1;
            score.wrong.push(format!("line {} false: {}", own.line, shown(own)));
        }
    }
    score
}

fn is_right_in_study(mention: &Mention, record: &Value) -> bool {
    if let Some(date) = text(record, "date") {
        let Some(own) = mention.date.as_deref() else { return false };
        let plain = own.split(' ').next_back().unwrap_or(own);
        // the end of the nineties is annotated as a year
        let is_within = own.starts_with("late ")
            && days(own).zip(days(date)).is_some_and(|(own, date)| own.0 <= date.0 && date.1 <= own.1);
        return plain == date || own == date || plain.replace('X', "") == date.replace('X', "") || is_within;
    }
    let scale = text(record, "scale").and_then(number).unwrap_or(Number::ONE);
    let _ = scale;
    let value = text(record, "value").and_then(number);
    value.zip(nominal(mention)).is_some_and(|(value, own)| same(&own, &value))
}
