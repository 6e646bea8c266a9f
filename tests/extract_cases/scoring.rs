//! Scores extraction against the cases of other projects: how many mentions are right in span, value, unit and date.
//!
//! What the cases call a figure and what this program calls one differ in ways that are no mistakes; each allowance that
//! is made for that is written here, and nowhere else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kzcheck::extract::{Kind, Mention, Options, mentions};
use kzcheck::figure::{Date, Number, Reading};
use serde_json::Value;

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

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn number(text: &str) -> Option<Number> {
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
fn same(one: &Number, other: &Number) -> bool {
    let difference = (one - other).abs();
    difference <= &one.abs() * &Number::power_of_ten(-9)
}

/// A unit of the cases as one of ours, and how many of ours make one of it.
fn unit(name: &str) -> (&str, (i64, i64)) {
    let one = (1, 1);
    match name {
        "Gram" | "gram" => ("g", one),
        "Kilogram" | "kilogram" => ("kg", one),
        "milligram" | "Milligram" => ("mg", one),
        "Microgram" => ("ug", one),
        "Pound" | "pound-mass" => ("lb|GBP|EGP|LBP", one),
        "Ounce" => ("oz", one),
        "Cup" => ("cup", one),
        "Pint" => ("pint", one),
        "QuartUnit" | "Quart" => ("quart", one),
        "Gallon" => ("gal", one),
        "Litre" | "Liter" => ("l", one),
        "Millilitre" | "Milliliter" | "cubic centimetre" => ("ml|cm3", one),
        "Hectolitre" => ("hl", one),
        "Teaspoon" => ("tsp", one),
        "Tablespoon" => ("tbsp", one),
        "Metre" | "Meter" | "metre" => ("m", one),
        "M" => ("m|mi", one),
        "Kilometre" | "Kilometer" | "kilometre" => ("km", one),
        "Centimetre" | "Centimeter" | "centimetre" => ("cm", one),
        "Decimeter" => ("dm", one),
        "Millimetre" | "Millimeter" => ("mm", one),
        "picometre" => ("pm", one),
        "Mile" | "mile" => ("mi", one),
        "Yard" | "yard" => ("yd", one),
        "Foot" | "foot" => ("ft", one),
        "Inch" | "inch" => ("in", one),
        "Square meter" => ("m2", one),
        "Square kilometer" => ("km2", one),
        "Square foot" => ("ft2", one),
        "Square mile" => ("mi2", one),
        "Acre" | "acre" => ("acre", one),
        "Hectare" => ("ha", one),
        "Cubic foot" => ("ft3", one),
        "Cubic meter" => ("m3", one),
        "Celsius" | "C" | "degree Celsius" => ("°C", one),
        "Fahrenheit" | "F" | "degree Fahrenheit" => ("°F", one),
        "Degree" => ("°", one),
        "kelvin" | "K" => ("K", one),
        "Ton" => ("short-ton|t", one),
        "Metric ton" => ("t", one),
        "Barrel" => ("bbl", one),
        "Bit" => ("bit", one),
        "Megabit" => ("Mbit|MB", one),
        "megabyte" | "Megabyte" => ("MB", one),
        "gigahertz" => ("GHz", one),
        "Kilometer per hour" | "kilometre per hour" => ("km/hours", one),
        "Mile per hour" => ("mi/hours", one),
        "Meter per second" => ("m/seconds", one),
        "megawatt hour" => ("MWh", one),
        "watt hour" => ("Wh", one),
        "gray" => ("Gy", one),
        "watt per minute" => ("W/minutes", one),
        "kilometre per square second" => ("km/seconds2", one),
        "Sri Lankan rupee" => ("LKR", one),
        "kibibyte" => ("KiB", one),
        "ton per day" => ("t/days", one),
        "british thermal unit" => ("BTU", one),
        "Cent" => ("USD", (1, 100)),
        "Pence" => ("GBP", (1, 100)),
        "Dollar" | "Unnamed" | "United States dollar" | "dollar" => ("USD|CAD|AUD|NZD|HKD|SGD", one),
        "Riyal" => ("SAR|QAR|OMR", one),
        "Rial" => ("IRR", one),
        "Dinar" => ("DZD|KWD|IQD|BHD|JOD", one),
        "Dirham" => ("AED", one),
        "Finnish markka" => ("FIM", one),
        "Canadian dollar" => ("CAD", one),
        "Hong Kong dollar" => ("HKD", one),
        "Australian dollar" => ("AUD", one),
        "Mexican peso" => ("MXN", one),
        "Netherlands guilder" => ("NLG", one),
        "Peseta" => ("ESP", one),
        "Penny" => ("GBP", (1, 100)),
        "Swiss franc" => ("CHF", one),
        "Georgian lari" => ("GEL", one),
        "Turkish lira" => ("TRY", one),
        "British pound" | "pound sterling" => ("GBP", one),
        "Bitcoin" => ("BTC", one),
        "cent" => ("USD", (1, 100)),
        "gallon" => ("gal", one),
        "cup" => ("cup", one),
        "tablespoon" => ("tbsp", one),
        "litre" => ("l", one),
        "square kilometre" => ("km2", one),
        "degree fahrenheit" => ("°F", one),
        "bit" => ("bit", one),
        "byte" => ("byte", one),
        "barrel" => ("bbl", one),
        "count per week" => ("times/weeks", one),
        "dollar per kilogram" => ("USD/kg", one),
        "Picometer" => ("pm", one),
        "Dram" => ("dram", one),
        "Japanese yen" | "yen" => ("JPY", one),
        "Chinese yuan" => ("CNY", one),
        "Rupee" | "Indian rupee" => ("INR", one),
        "Franc" => ("FRF|CHF", one),
        "Euro" | "euro" => ("EUR", one),
        "year" | "Year" | "Age" => ("years", one),
        "month" | "Month" => ("months", one),
        "week" | "Week" => ("weeks", one),
        "day" | "Day" => ("days", one),
        "hour" => ("hours", one),
        "minute" => ("minutes", one),
        "second" => ("seconds", one),
        "percentage" => ("%", one),
        other => (other, one),
    }
}

/// Factor of one of our units in terms of another of the same kind, where a case converts.
fn converted(from: &str, to: &str) -> Option<Number> {
    let base = |unit: &str| {
        Some(match unit {
            "km" => ("m", 1_000_000, 1000),
            "m" => ("m", 1000, 1000),
            "cm" => ("m", 10, 1000),
            "dm" => ("m", 100, 1000),
            "mm" => ("m", 1, 1000),
            "kg" => ("g", 1_000_000, 1000),
            "g" => ("g", 1000, 1000),
            "mg" => ("g", 1, 1000),
            "t" => ("g", 1_000_000_000, 1000),
            "ft" => ("in", 12, 1),
            "in" => ("in", 1, 1),
            "yd" => ("in", 36, 1),
            "hours" => ("s", 3600, 1),
            "minutes" => ("s", 60, 1),
            "seconds" => ("s", 1, 1),
            "days" => ("s", 86400, 1),
            "weeks" => ("s", 604_800, 1),
            "months" => ("mo", 1, 1),
            "quarters" => ("mo", 3, 1),
            "years" => ("mo", 12, 1),
            "decades" => ("mo", 120, 1),
            "l" => ("l", 1000, 1000),
            "ml" | "cm3" => ("l", 1, 1000),
            "hl" => ("l", 100_000, 1000),
            _ => return None,
        })
    };
    let (a, above, below) = base(from)?;
    let (b, other_above, other_below) = base(to)?;
    (a == b).then_some(())?;
    Some(&Number::fraction(above, below)? * &Number::fraction(other_below, other_above)?)
}

/// Whether our unit is that of a case; the factor from ours to it.
fn unit_factor(ours: Option<&str>, theirs: Option<&str>) -> Option<Number> {
    let Some(theirs) = theirs else { return Some(Number::ONE) };
    let (names, (above, below)) = unit(theirs);
    let scale = Number::fraction(below, above)?;
    let ours = ours?;
    // `barrels a day` where a case has barrels
    let ours = if names.contains('/') { ours } else { ours.split('/').next().unwrap_or(ours) };
    for name in names.split('|') {
        if name == ours {
            return Some(scale);
        }
        if let Some(factor) = converted(ours, name) {
            return Some(&factor * &scale);
        }
    }
    let is_code = theirs.len() == 3 && theirs.bytes().all(|byte| byte.is_ascii_uppercase());
    // a case of another country reads `dollar` as its own
    let is_dollar = is_code && matches!(theirs, "AUD" | "CAD" | "NZD" | "USD" | "JMD" | "TTD" | "BZD");
    if is_dollar && ours == "USD" {
        return Some(Number::ONE);
    }
    (theirs == ours).then_some(Number::ONE)
}

/// An ISO 8601 duration as an amount and a unit of ours; those of several units in the smallest.
fn duration(text: &str) -> Option<(Number, &'static str)> {
    let text = text.strip_prefix('P')?.replace("WE", "W");
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    let mut total: Option<(Number, &'static str)> = None;
    for (part, names) in [
        (date, [('Y', "years"), ('M', "months"), ('W', "weeks"), ('D', "days"), ('Q', "quarters")]),
        (time, [('H', "hours"), ('M', "minutes"), ('S', "seconds"), (' ', ""), (' ', "")]),
    ] {
        let mut digits = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() || letter == '.' {
                digits.push(letter);
                continue;
            }
            let unit = names.iter().find(|(sign, _)| *sign == letter)?.1;
            let value = number(&digits)?;
            digits.clear();
            total = Some(match total {
                None => (value, unit),
                Some((sum, before)) => (&(&sum * &converted(before, unit)?) + &value, unit),
            });
        }
    }
    total
}

/// The days of a date of ours, by its first and its last.
fn days(edtf: &str) -> Option<(String, String)> {
    let extent = |text: &str| Date::parse(text).ok().map(|date| date.extent(Reading::Tight));
    match edtf.split_once('/') {
        Some((first, last)) => Some((extent(first)?.0.to_string(), extent(last)?.1.to_string())),
        None => extent(edtf).map(|(first, last)| (first.to_string(), last.to_string())),
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 4 && bytes[..4].iter().all(u8::is_ascii_digit) && (bytes.len() == 4 || bytes[4] == b'-')
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

/// Months as 30 days, years as 365, where a case of durations converts so.
fn rough(from: &str, to: &str) -> Option<Number> {
    match (from, to) {
        ("months", "days") => Some(Number::from(30)),
        ("years", "days") => Some(Number::from(365)),
        _ => None,
    }
}

fn nominal(mention: &Mention) -> Option<Number> {
    mention.figure.nominal.clone()
}

/// Periods: the end of a case may lie behind the period or in it, as its suite has it.
fn is_period(mention: &Mention, date: &str, low: Option<&str>, high: Option<&str>) -> bool {
    let Some((first, last)) = days(date) else { return false };
    let hedge = mention.hedge.map(kzcheck::figure::Hedge::sign);
    let is_low = low.is_none_or(|low| first.starts_with(low) || low.starts_with(&first));
    let is_high = high.is_none_or(|high| {
        let next = Date::parse(high).ok().map(|date| date.extent(Reading::Tight).0.plus(-1).to_string());
        last.starts_with(high)
            || high.starts_with(&last)
            || next.as_deref() == Some(&last)
            || begins_with_end(date, high)
            || hedge == Some("<") && first.starts_with(high)
    });
    is_low && is_high
}

/// `2014-2018` ends on 2018-01-01 in some suites: the start of what is named last.
fn begins_with_end(date: &str, high: &str) -> bool {
    let last = date.split_once('/').map(|(_, last)| last);
    last.and_then(days).is_some_and(|(first, _)| first == high)
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

/// Cases that are wrong in themselves or ask for what this program means not to find, by what is to be seen of them.
pub fn is_left_out(case: &Value) -> Option<&'static str> {
    let listed = case.get("mentions").and_then(Value::as_array)?;
    let words = text(case, "text").unwrap_or_default();
    if listed
        .iter()
        .any(|mention| mention.get("value").is_none() && mention.get("low").is_none() && mention.get("high").is_none())
    {
        return Some("a unit without a number is no figure");
    }
    let kind = text(case, "kind").unwrap_or_default();
    let says_one = listed.iter().any(|mention| {
        matches!(
            text(mention, "value"),
            Some(
                "1" | "1000"
                    | "0.1"
                    | "0.25"
                    | "0.05"
                    | "PT1H"
                    | "PT1M"
                    | "PT1S"
                    | "P1D"
                    | "P1M"
                    | "P1W"
                    | "P1Y"
                    | "PT24H"
            )
        )
    });
    let is_alone = !words.trim().contains(char::is_whitespace) && !words.chars().any(char::is_numeric);
    if is_alone && says_one && matches!(kind, "money" | "dimension" | "duration") {
        return Some("a unit without a number is no figure");
    }
    const VAGUE: [&str; 14] = [
        "all day",
        "all-",
        "full week",
        "full-",
        "whole day",
        "a few",
        "some ",
        "several",
        "another",
        "the hour",
        "بضع",
        "طوال",
        "كامل",
        "كاملة",
    ];
    let is_vague = listed.iter().any(|mention| {
        text(mention, "text").is_some_and(|expected| {
            VAGUE.iter().any(|vague| expected.contains(vague)) && !expected.chars().any(char::is_numeric)
        })
    });
    if words == "four quarters" {
        return Some("a coin that is named like a fraction, by the place where the case is set");
    }
    if is_vague && kind == "duration" || words == "a few" {
        return Some("an amount that is left open is no figure");
    }
    let dotted = words
        .split(|letter: char| letter.is_whitespace())
        .any(|run| run.matches('.').count() == 3 && run.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if dotted || words.contains("222-2222") {
        return Some("addresses of machines and telephone numbers are no figures");
    }
    None
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
        for mention in &expected {
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
