//! Sentences: what a finding says to a person. Every format takes its words from here.

use super::Report;
use crate::check::finding::Detail;
use crate::check::joint::Inference;
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
        Detail::Together => together(report, finding),
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

/// `6 figures of line 256 cannot all be true, although each fits the others`.
fn together(report: &Report<'_>, finding: &Finding) -> String {
    let mut numbers: Vec<u32> = finding.claims().map(|index| report.claims.get(index).source.line).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let place = match numbers.as_slice() {
        [line] if *line > 0 => format!(" of line {line}"),
        [first @ .., last] if !first.is_empty() && first[0] > 0 => {
            let first: Vec<String> = first.iter().map(u32::to_string).collect();
            format!(" of lines {} and {last}", first.join(", "))
        }
        _ => String::new(),
    };
    let count = finding.participants.len();
    let figures = if count == 1 { "figure" } else { "figures" };
    format!("{count} {figures}{place} cannot all be true, although every check holds by itself")
}

/// The derivation of a conflict, one step a line, the last one saying what does not fit. Empty for other findings.
pub fn derivation(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let Some(derivation) = &finding.derivation else { return Vec::new() };
    let mut lines: Vec<String> = derivation.steps.iter().map(inference).collect();
    let clash = &derivation.clash;
    let known = range(&clash.low, &clash.high, &clash.inference.unit);
    let otherwise = match clash.claim {
        Some(index) => {
            let claim = report.claims.get(index);
            let figure = claim.value.print(&report.rules.vocabulary.units);
            let says = match claim.source.line {
                0 => format!("`{}` says {figure}", report.claims.id(index)),
                line => format!("line {line} says {figure}"),
            };
            if known.is_empty() || known == figure { says } else { format!("{says} ({known})") }
        }
        None => format!("by the steps before it is {known}"),
    };
    lines.push(format!("so {}, but {otherwise}", inference(&clash.inference)));
    lines
}

/// `trade.goods.exports of kazakhstan = 12.6 billion EUR / 41 % = 30.36 to 31.24 billion EUR (share-of-whole)`.
fn inference(step: &Inference) -> String {
    let range = range(&step.low, &step.high, &step.unit);
    let rule = step.check.as_deref().unwrap_or(&step.rule);
    if step.relation.is_empty() {
        return format!("{} is {range}, for {} ({rule})", step.fact, step.formula);
    }
    let Inference { fact, relation, formula, .. } = step;
    if range.is_empty() || range == *formula || format!("({range})") == *formula {
        let formula = if range.is_empty() { formula } else { &range };
        format!("{fact} {relation} {formula} ({rule})")
    } else {
        format!("{fact} {relation} {formula}, that is {range} ({rule})")
    }
}

fn range(low: &Option<String>, high: &Option<String>, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match (low, high) {
        (Some(low), Some(high)) if low == high => format!("{low}{unit}"),
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("{low}{unit} or more"),
        (None, Some(high)) => format!("{high}{unit} or less"),
        (None, None) => String::new(),
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
