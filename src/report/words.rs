//! Sentences: what a finding says to a person. Every format takes its words from here.

use super::arithmetic::{self, plain};
use super::{Report, together};
use crate::check::finding::Detail;
use crate::check::{Arithmetic, Finding, Side, Verdict};
use crate::claims::ClaimIndex;

pub use super::arithmetic::{all_arithmetic, arithmetic};

/// The headline of a finding: what cannot be, in one sentence without the rule's name.
pub fn message(report: &Report<'_>, finding: &Finding) -> String {
    let first = || finding.claims().next().map(|index| value(report, index)).unwrap_or_default();
    let what = || finding.claims().next().map(|index| fact(report, index)).unwrap_or_default();
    match &finding.detail {
        Detail::Relation => relation(report, finding),
        Detail::Disagreement if finding.verdict == Some(Verdict::Strained) => {
            format!("{}, which are one only if rounded coarsely", stated(report, finding))
        }
        Detail::Disagreement => stated(report, finding),
        Detail::SamePrecision => format!("{}, two figures of one precision", stated(report, finding)),
        Detail::OutOfBounds { bounds } => format!("{} is {}, outside {bounds}", what(), first()),
        Detail::WrongDimension { expected, found } => {
            format!(
                "{} is {}, {} {found} where {} {expected} belongs",
                what(),
                first(),
                article(found),
                article(expected)
            )
        }
        Detail::Unstated { qualifier, range } => {
            format!("{} is {} without its {qualifier}; with a {qualifier} it is {range}", what(), first())
        }
        Detail::Weekday { said, was } => format!("{} was a {was}, not a {said}", without_weekday(&first())),
        Detail::Months { names } => format!("{} is written with {}", first(), and(names)),
        Detail::Calendars { hijri, gregorian } => format!("the year {hijri} AH shares no day with {gregorian} CE"),
        Detail::DecimalMark { text, elsewhere } => {
            let (text, elsewhere) = (arithmetic::digits(text), arithmetic::digits(elsewhere));
            format!("the comma in {text} is a decimal mark; elsewhere it separates thousands, as in {elsewhere}")
        }
        Detail::PercentSign { text } => format!("a percentage without its sign: {text}"),
        Detail::Called { called, is } => {
            format!("{}, {} {is}, is called {} {called}", first(), article(is), article(called))
        }
        Detail::NotInText { text, lines } => match lines.as_slice() {
            [] => format!("{text} is no longer in the text"),
            [line] => format!("{text} is not where it was; line {line} has such a figure, which may be another"),
            lines => format!("which {text} is meant is not plain: it stands on {}", on_lines(lines)),
        },
        Detail::AnotherText { document, found, asked } => {
            format!("the text of `{document}` is another one: {found} of {} found in it", count(*asked, "figure"))
        }
        Detail::Revised { text, value: None } => format!("the claim says {}, the text now says {text}", first()),
        Detail::Revised { text, value: Some(value) } => {
            format!("the claim says {}, the text now says {}: {text}", first(), plain(value))
        }
        Detail::Unclaimed => format!("no claim is about {}", first()),
        Detail::TranslatedOtherwise => {
            let values: Vec<String> = finding.claims().map(|index| value(report, index)).collect();
            format!("a text and its translation differ: {}", values.join(" against "))
        }
        Detail::Untranslated { document } => format!("{} is not in `{document}`, a version of this text", first()),
        Detail::Moved => match finding.participants.len() {
            1 => {
                "the figure of a claim stands elsewhere or is written otherwise; `kzcheck sync` notes where".to_owned()
            }
            several => {
                format!(
                    "the figures of {several} claims stand elsewhere or are written otherwise; `kzcheck sync` notes where"
                )
            }
        },
        Detail::Written { text } => format!("the claim says {}, the text says {text}", first()),
        Detail::Marks { previous: None, mark } => format!("the first mark is {mark}"),
        Detail::Marks { previous: Some(previous), mark } if *mark == previous + 2 => {
            format!("mark {mark} follows {previous}: {} is missing", previous + 1)
        }
        Detail::Marks { previous: Some(previous), mark } if *mark == previous + 3 => {
            format!("mark {mark} follows {previous}: {} and {} are missing", previous + 1, mark - 1)
        }
        Detail::Marks { previous: Some(previous), mark } if *mark > previous + 3 => {
            format!("mark {mark} follows {previous}: {} to {} are missing", previous + 1, mark - 1)
        }
        Detail::Marks { previous: Some(previous), mark } if mark == previous => format!("mark {mark} stands twice"),
        Detail::Marks { previous: Some(previous), mark } => format!("mark {mark} follows {previous}"),
        Detail::Together => together::message(report, finding),
        Detail::UnusedAllow { rule, .. } => format!("`{rule}` is accepted here, and finds nothing here any more"),
    }
}

/// What a claim is called: by its id, or a figure of a text by its place.
pub fn named(report: &Report<'_>, index: ClaimIndex) -> String {
    let claims = report.claims;
    if !claims.is_in_text(index) {
        return claims.id(index).to_owned();
    }
    let claim = claims.get(index);
    let path = &claims.file(claim).path;
    let place = report.sources.place(path, claim.value_span.start);
    format!("{path}:{}:{}", place.line, place.column)
}

/// A claim's value in plain words.
fn value(report: &Report<'_>, index: ClaimIndex) -> String {
    plain(&report.claims.get(index).value.print(&report.rules.vocabulary.units))
}

/// Lines of a text, the first few of many.
fn on_lines(lines: &[usize]) -> String {
    const MOST: usize = 6;
    let mut shown: Vec<String> = lines.iter().take(MOST).map(usize::to_string).collect();
    if lines.len() > MOST {
        shown.push(count(lines.len() - MOST, "other"));
    }
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, and(&shown))
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn without_weekday(date: &str) -> String {
    date.split_once(' ').map_or(date, |(_, date)| date).to_owned()
}

/// The arithmetic of a relation as its headline, or the rule's summary where there are several comparisons.
fn relation(report: &Report<'_>, finding: &Finding) -> String {
    let summary = report.rule_summary(finding);
    let comparison = match finding.arithmetic.as_slice() {
        [line] if !line.relation.is_empty() => {
            let strained = if finding.verdict == Some(Verdict::Strained) { ", unless rounded coarsely" } else { "" };
            format!("{}{strained}", negated(line))
        }
        _ => String::new(),
    };
    match (comparison.is_empty(), summary.is_empty()) {
        (false, false) => format!("{comparison}: {}", lowered(summary)),
        (true, false) => format!("not so: {}", lowered(summary)),
        (false, true) => format!("{comparison}, against a check of this text"),
        (true, true) => "a check of this text does not hold".to_owned(),
    }
}

/// A summary in the middle of a sentence.
fn lowered(summary: &str) -> String {
    let mut letters = summary.chars();
    match (letters.next(), summary.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => summary.to_owned(),
    }
}

/// What a failed comparison says.
fn negated(line: &Arithmetic) -> String {
    let says = |side: &Side| {
        let value = if side.is_figure { None } else { side.nominal.as_deref() };
        value.map_or_else(|| plain(&side.formula), |value| arithmetic::with_unit(value, side))
    };
    let (left, right) = (says(&line.left), says(&line.right));
    let words = match (line.relation, arithmetic::is_date(line)) {
        ("=", _) => "is not",
        ("!=", _) => "is",
        ("<=", true) => "is later than",
        ("<", true) => "is not earlier than",
        (">=", true) => "is earlier than",
        (">", true) => "is not later than",
        ("<=", false) => "is more than",
        ("<", false) => "is not below",
        (">=", false) => "is less than",
        (">", false) => "is not above",
        ("within", _) => "does not lie within",
        _ => return format!("{left} {} {right} is not so", line.relation),
    };
    format!("{left} {words} {right}")
}

/// On what a strained check depends.
pub fn reservation(report: &Report<'_>, finding: &Finding) -> Option<String> {
    if finding.verdict != Some(Verdict::Strained) {
        return None;
    }
    if let Detail::Unstated { qualifier, .. } = &finding.detail {
        return Some(format!("holds only if the figure is meant for another {qualifier} than those that are stated"));
    }
    let units = &report.rules.vocabulary.units;
    let names: Vec<String> = finding
        .depends_on
        .iter()
        .map(|index| format!("{} ({})", report.claims.get(*index).value.print(units), report.claims.id(*index)))
        .collect();
    Some(match names.as_slice() {
        [] => "holds only if the figures are rounded more coarsely than they are written".to_owned(),
        [only] => format!("holds only if {only} is rounded more coarsely than it is written"),
        several => format!("holds only if {} are rounded more coarsely than they are written", and(several)),
    })
}

/// `population.share of kazakhstan is 25.9 % on line 99 and 20 % on line 250`.
fn stated(report: &Report<'_>, finding: &Finding) -> String {
    let mut values: Vec<(String, Vec<String>)> = Vec::new();
    for index in finding.claims() {
        let (value, place) = (value(report, index), place(report, finding, index));
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => values.push((value, vec![place])),
        }
    }
    let subject = finding.claims().next().map(|index| fact(report, index)).unwrap_or_default();
    let one_place = values.iter().all(|(_, places)| places == &values[0].1);
    if let (true, Some((_, places))) = (one_place, values.first()) {
        let said: Vec<String> = values.iter().map(|(value, _)| value.clone()).collect();
        return format!("{subject} is {} {}", and(&said), and(places));
    }
    let rest = values.len().saturating_sub(MOST_VALUES);
    let mut said: Vec<String> =
        values.iter().take(MOST_VALUES).map(|(value, places)| format!("{value} {}", and(places))).collect();
    if rest > 0 {
        said.push(format!("{rest} other {}", if rest == 1 { "value" } else { "values" }));
    }
    format!("{subject} is {}", and(&said))
}

/// How many values of one fact a headline lists.
const MOST_VALUES: usize = 4;

/// `on line 99`, with the document where the finding has several; the id where no line is known.
fn place(report: &Report<'_>, finding: &Finding, index: ClaimIndex) -> String {
    let claims = report.claims;
    let document = |index: ClaimIndex| claims.file(claims.get(index)).document.as_deref();
    let own = document(index);
    let elsewhere = finding.claims().any(|other| document(other) != own);
    match (claims.get(index).source.line, own) {
        (0, Some(name)) if elsewhere => format!("in `{name}`"),
        (0, _) => format!("in `{}`", claims.id(index)),
        (line, Some(name)) if elsewhere => format!("on line {line} of `{name}`"),
        (line, _) => format!("on line {line}"),
    }
}

/// `a, b and c`.
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 claim`, `2 claims`.
pub fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// What a claim speaks of: `population.share of kazakhstan, ethnicity russian`; a draft by its id.
pub fn fact(report: &Report<'_>, index: ClaimIndex) -> String {
    let claims = report.claims;
    let vocabulary = &report.rules.vocabulary;
    let Some(key) = claims.get(index).key else { return format!("`{}`", claims.id(index)) };
    let word = |name| claims.word(name, &vocabulary.names);
    let mut text = format!("{} of {}", vocabulary.measure(key.measure).id, word(key.subject));
    for (qualifier, value) in claims.sets.content(key.qualifiers) {
        let id = &vocabulary.qualifier(*qualifier).id;
        // which qualifier a share is over follows from the qualifiers that are there
        if &**id != crate::rules::vocabulary::OVER {
            text.push_str(&format!(", {id} {}", word(*value)));
        }
    }
    text
}
