//! What is said of claims that cannot be true together: the steps of the proof, what would fit, which claims to look at.

use rustc_hash::FxHashSet;

use super::Report;
use crate::check::Finding;
use crate::check::joint::{Inference, LookAt, Resolution};
use crate::claims::ClaimIndex;

/// `6 figures of line 256 cannot all be true, although each fits the others`.
pub fn message(report: &Report<'_>, finding: &Finding) -> String {
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
    if count == 1 {
        return format!("the figure{place} cannot be true, although every check holds by itself");
    }
    format!("{count} figures{place} cannot all be true, although every check holds by itself")
}

/// The derivation of a conflict: what is told once, then one step a line, the last one saying what does not fit. Empty
/// for other findings.
pub fn derivation(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let Some(derivation) = &finding.derivation else { return Vec::new() };
    let mut lines: Vec<String> = Vec::new();
    if !derivation.told_once.is_empty() {
        lines.push(format!("for {}:", derivation.told_once));
    }
    lines.extend(derivation.steps.iter().map(inference));
    let Some(clash) = &derivation.clash else {
        lines.push("but all of this cannot be so at once, whatever the figures are within their rounding".to_owned());
        return lines;
    };
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
pub fn inference(step: &Inference) -> String {
    let range = range(&step.low, &step.high, &step.unit);
    let rule = step.check.as_deref().unwrap_or(&step.rule);
    if step.fact.is_empty() {
        return format!("{} ({rule})", step.formula);
    }
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

pub fn range(low: &Option<String>, high: &Option<String>, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match (low, high) {
        (Some(low), Some(high)) if low == high => format!("{low}{unit}"),
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("{low}{unit} or more"),
        (None, Some(high)) => format!("{high}{unit} or less"),
        (None, None) => String::new(),
    }
}

/// What each claim would have to be for the others to stand: `eu-trade: 16.33 billion EUR or more, and not 18.6`.
pub fn resolutions(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let fits = |one: &Resolution| range(&one.low, &one.high, &one.unit);
    finding.resolutions.iter().map(|one| format!("{} would fit as {}", named(report, one.claim), fits(one))).collect()
}

/// Values one slip away: `27.7 % for 29.7 % (eu-share-of-trade): one digit`.
pub fn repairs(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let repairs = finding.repairs.iter();
    repairs.map(|one| format!("{} for {}: {}", one.value, named(report, one.claim), one.reason)).collect()
}

/// A claim by its figure and its id, or by its line where the text itself was checked: `29.7 % (eu-share-of-trade)`.
fn named(report: &Report<'_>, index: ClaimIndex) -> String {
    let claim = report.claims.get(index);
    let figure = claim.value.print(&report.rules.vocabulary.units);
    if report.claims.is_in_text(index) {
        let path = &report.claims.file(claim).path;
        return format!("{figure} on line {}", report.sources.place(path, claim.value_span.start).line);
    }
    format!("{figure} ({})", report.claims.id(index))
}

/// The claims to look at of which something was found, each with its group and how many of that must change.
///
/// What was held back is not asked about.
pub fn asked_about<'r>(report: &'r Report<'_>) -> impl Iterator<Item = (usize, &'r LookAt, ClaimIndex)> {
    let counted: FxHashSet<ClaimIndex> = report.outcome.findings.iter().flat_map(Finding::claims).collect();
    let groups = report.outcome.look_at.iter().enumerate();
    let all = groups.flat_map(|(group, look)| look.claims.iter().map(move |claim| (group, look, *claim)));
    all.filter(move |(.., claim)| counted.contains(claim))
}

/// The claims that must be wrong whatever else is, in one sentence; nothing where others could be it as well.
pub fn look_at(report: &Report<'_>) -> Option<String> {
    let claims: Vec<ClaimIndex> = asked_about(report)
        .filter(|(_, look, claim)| look.irreplaceable.contains(claim))
        .map(|(.., claim)| claim)
        .collect();
    if claims.is_empty() {
        return None;
    }
    let shown: Vec<String> = claims.iter().take(MOST_LOOKED_AT).map(|claim| named(report, *claim)).collect();
    let figures = match shown.len() {
        1 => "one figure, look at this".to_owned(),
        count => format!("{count} figures, look at these"),
    };
    let more = match claims.len() - shown.len() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Some(format!("If you look at {figures}: {}{more}.", shown.join(", ")))
}

/// Claims that are named in one sentence.
const MOST_LOOKED_AT: usize = 10;
