//! Sentences: what a finding says to a person. Every format takes its words from here.

use super::Report;
use crate::check::finding::Detail;
use crate::check::{Arithmetic, Finding, Side, Verdict};
use crate::claims::{ClaimIndex, Claims};

/// The headline of a finding: what cannot be, in one sentence without the rule's name.
pub fn message(report: &Report<'_>, finding: &Finding) -> String {
    let value = |index: ClaimIndex| report.claims.get(index).value.print(&report.rules.vocabulary.units);
    let first = || finding.claims().next().map(value).unwrap_or_default();
    match &finding.detail {
        Detail::Relation => relation(report, finding),
        Detail::Disagreement => format!("{} {} differently", lines(report.claims, finding), fact_name(report, finding)),
        Detail::SamePrecision => {
            format!(
                "{} {} differently, with the same precision",
                lines(report.claims, finding),
                fact_name(report, finding)
            )
        }
        Detail::OutOfBounds { bounds } => format!("{} is {}, outside {bounds}", fact_subject(report, finding), first()),
        Detail::WrongDimension { expected, found } => {
            format!("{} is {}, a {found} where a {expected} belongs", fact_subject(report, finding), first())
        }
        Detail::Unstated { qualifier, range } => format!(
            "{} is {} without its {qualifier}; with a {qualifier} it is {range}",
            fact_subject(report, finding),
            first()
        ),
        Detail::Weekday { said, was } => format!("{} was a {was}, not a {said}", without_weekday(&first())),
        Detail::Months { names } => format!("the text names the months {} for {}", names.join(" and "), first()),
        Detail::Calendars { hijri, gregorian } => format!("the year {hijri} AH shares no day with {gregorian} CE"),
        Detail::DecimalMark { text, elsewhere } => {
            format!("the comma of `{text}` is a decimal mark; elsewhere it separates thousands: `{elsewhere}`")
        }
        Detail::PercentSign { text } => format!("`{text}` is a percentage without its sign"),
        Detail::Called { called, is } => format!("{}, a {is}, is called {} {called}", first(), article(called)),
        Detail::Written { text } => format!("the claim says {}, the text `{text}`", first()),
        Detail::Marks { previous: None, mark } => format!("the first mark is {mark}"),
        Detail::Marks { previous: Some(previous), mark } if *mark == previous + 2 => {
            format!("mark {mark} follows {previous}: {} is missing", previous + 1)
        }
        Detail::Marks { previous: Some(previous), mark } if *mark > previous + 2 => {
            format!("mark {mark} follows {previous}: {} to {} are missing", previous + 1, mark - 1)
        }
        Detail::Marks { previous: Some(previous), mark } if mark == previous => format!("mark {mark} stands twice"),
        Detail::Marks { previous: Some(previous), mark } => format!("mark {mark} follows {previous}"),
        Detail::UnusedAllow { rule } => format!("nothing of `{rule}` is found here any more"),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn without_weekday(date: &str) -> String {
    date.split_once(' ').map_or(date, |(_, date)| date).to_owned()
}

/// The arithmetic of a relation as its headline, or the rule's summary where there are several comparisons.
fn relation(report: &Report<'_>, finding: &Finding) -> String {
    match finding.arithmetic.as_slice() {
        [line] if !line.relation.is_empty() => {
            let says = |side: &Side| {
                let value =
                    if side.is_figure { side.formula.clone() } else { with_unit(side.nominal.as_deref(), side) };
                if value.is_empty() { side.formula.clone() } else { value }
            };
            let summary = report.rule_summary(finding);
            let comparison = negated(line.relation, &says(&line.left), &says(&line.right));
            if summary.is_empty() {
                format!("`{}` does not hold: {comparison}", finding.rule)
            } else {
                format!("{comparison}: {}", lowered(summary))
            }
        }
        _ => {
            let summary = report.rule_summary(finding);
            if summary.is_empty() {
                format!("`{}` does not hold", finding.rule)
            } else {
                format!("not so: {}", lowered(summary))
            }
        }
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
fn negated(relation: &str, left: &str, right: &str) -> String {
    match relation {
        "=" => format!("{left} is not {right}"),
        "!=" => format!("{left} is {right}"),
        "<=" => format!("{left} is more than {right}"),
        "<" => format!("{left} is not below {right}"),
        ">=" => format!("{left} is less than {right}"),
        ">" => format!("{left} is not above {right}"),
        "within" => format!("{left} does not lie within {right}"),
        _ => format!("{left} {relation} {right} is not so"),
    }
}

fn with_unit(value: Option<&str>, side: &Side) -> String {
    match (value, side.unit.as_str()) {
        (None, _) => String::new(),
        (Some(value), "") => value.to_owned(),
        (Some(value), unit) => format!("{value} {unit}"),
    }
}

/// A side with its arithmetic: `58.9 + 25.9 % = 84.8 % (84.7 to 84.9)`.
pub fn side(side: &Side) -> String {
    let range = match (&side.low, &side.high) {
        (Some(low), Some(high)) if low == high => {
            let exact = side.nominal.as_deref() == Some(low);
            if exact { String::new() } else { low.clone() }
        }
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} and more"),
        (None, Some(high)) => format!("{high} and less"),
        (None, None) => String::new(),
    };
    let value = if side.is_figure { String::new() } else { with_unit(side.nominal.as_deref(), side) };
    let mut text = side.formula.clone();
    if !value.is_empty() {
        text.push_str(" = ");
        text.push_str(&value);
    }
    if !range.is_empty() && range != side.formula {
        text.push_str(&format!(" ({range})"));
    }
    text
}

/// One comparison in one line: both sides, and by how much they miss each other.
pub fn arithmetic(line: &Arithmetic) -> String {
    if line.relation.is_empty() {
        return line.left.formula.clone();
    }
    let miss = line.miss.as_ref().map(|miss| format!("; misses by {miss}")).unwrap_or_default();
    format!("{} {} {}{miss}", side(&line.left), line.relation, side(&line.right))
}

/// All comparisons of a finding in one text.
pub fn all_arithmetic(lines: &[Arithmetic]) -> String {
    lines.iter().map(arithmetic).collect::<Vec<_>>().join("; ")
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
        several => format!("holds only if {} are rounded more coarsely than they are written", several.join(" and ")),
    })
}

/// `lines 99 and 250 give`, or the ids where no lines are known.
fn lines(claims: &Claims, finding: &Finding) -> String {
    let mut numbers: Vec<u32> =
        finding.claims().map(|index| claims.get(index).source.line).filter(|line| *line > 0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let complete = finding.claims().all(|index| claims.get(index).source.line > 0);
    match numbers.as_slice() {
        [one] if complete => format!("line {one} gives"),
        several if complete && !several.is_empty() => {
            let words: Vec<String> = several.iter().map(u32::to_string).collect();
            format!("lines {} give", and(&words))
        }
        _ => {
            let ids: Vec<String> = finding.claims().map(|index| format!("`{}`", claims.id(index))).collect();
            format!("{} give", and(&ids))
        }
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

fn fact_name(report: &Report<'_>, finding: &Finding) -> String {
    finding.claims().next().map(|index| fact(report, index)).unwrap_or_default()
}

fn fact_subject(report: &Report<'_>, finding: &Finding) -> String {
    fact_name(report, finding)
}

/// What a claim speaks of: `kazakhstan: population.share, ethnicity russian`.
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
