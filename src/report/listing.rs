//! What `--all` adds: every check that was made, what was accepted, and what no check touched.
//!
//! An editor wants to know what has been verified, not only what is wrong. The lists are made here once; the formats
//! for people print them each in its own way.

use std::collections::BTreeMap;

use super::words::{self, count};
use super::{Report, arithmetic};
use crate::check::Verdict;
use crate::check::run::{Made, Suppressed, Untouched};
use crate::claims::ClaimIndex;

/// A list with a headline.
#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub groups: Vec<Group>,
}

/// What belongs together: the checks of one rule, the claims of one file.
#[derive(Debug)]
pub struct Group {
    pub title: String,
    pub entries: Vec<Entry>,
}

#[derive(Debug)]
pub struct Entry {
    /// What came of a check; `None` for what is no check.
    pub verdict: Option<Verdict>,
    pub text: String,
    /// Said below it.
    pub more: Option<String>,
}

/// The lists of a report.
pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let outcome = report.outcome;
    let mut sections = Vec::new();
    if !outcome.checks.is_empty() {
        let number = |verdict| outcome.checks.iter().filter(|made| made.verdict == verdict).count();
        let (strained, impossible) = (number(Verdict::Strained), number(Verdict::Impossible));
        let holding = number(Verdict::Holds);
        let mut title = format!("Checks: {holding} {}", if holding == 1 { "holds" } else { "hold" });
        if strained > 0 {
            title.push_str(&format!(", {strained} with a reservation"));
        }
        if impossible > 0 {
            title.push_str(&format!(", {impossible} cannot hold"));
        }
        sections.push(Section { title, groups: checks(report) });
    }
    if !outcome.suppressed.is_empty() {
        let title = format!("Not counted: {}", count(outcome.suppressed.len(), "finding"));
        let entries = outcome.suppressed.iter().map(|suppressed| accepted(report, suppressed)).collect();
        sections.push(Section { title, groups: vec![Group { title: String::new(), entries }] });
    }
    if !outcome.untouched.is_empty() {
        let title = format!("Touched by no check: {}", count(outcome.untouched.len(), "claim"));
        let entries = outcome.untouched.iter().map(|claim| (claim.claim, untouched(report, claim)));
        sections.push(Section { title, groups: by_file(report, entries) });
    }
    if !outcome.drafts.is_empty() {
        let title =
            format!("Without a measure: {}, for checks of its own file only", count(outcome.drafts.len(), "draft"));
        let entries = outcome.drafts.iter().map(|index| (*index, claim(report, *index)));
        sections.push(Section { title, groups: by_file(report, entries) });
    }
    sections
}

/// By rule, in the order of their names.
fn checks(report: &Report<'_>) -> Vec<Group> {
    let mut rules: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
    for made in &report.outcome.checks {
        rules.entry(&made.rule).or_default().push(made);
    }
    let group = |(rule, made): (&str, Vec<&Made>)| {
        let summary = report.rules.rule(rule).map_or("a check of its own file", |rule| &rule.summary);
        let entries = made.iter().map(|made| check(report, made)).collect();
        Group { title: format!("{rule}: {summary}"), entries }
    };
    rules.into_iter().map(group).collect()
}

fn check(report: &Report<'_>, made: &Made) -> Entry {
    let claims = report.claims;
    let value = |index: ClaimIndex| claims.get(index).value.print(&report.rules.vocabulary.units);
    let mut text = match made.check.as_deref() {
        Some(check) if check != &*made.rule => format!("{check}: "),
        _ => String::new(),
    };
    let first = made.participants.first().map(|participant| participant.claim);
    let key = first.and_then(|index| claims.get(index).key);
    let one_fact = made.participants.iter().all(|participant| claims.get(participant.claim).key == key);
    if let Some(index) = first.filter(|_| one_fact && key.is_some() && made.participants.len() > 1) {
        text.push_str(&format!("{}: ", words::fact(report, index)));
    }
    let sums = arithmetic::all_arithmetic(&made.arithmetic);
    match first {
        Some(index) if sums.is_empty() => {
            text.push_str(&value(index));
            let written = claims.source_text(index);
            if !written.is_empty() {
                text.push_str(&format!(" as the text writes it: {written}"));
            }
        }
        _ => text.push_str(&sums),
    }
    if let Some(index) = first.filter(|index| claims.is_in_text(*index)) {
        let claim = claims.get(index);
        let path = &claims.file(claim).path;
        let line = report.sources.place(path, claim.span.start).line;
        return Entry { verdict: Some(made.verdict), text, more: Some(format!("{path}, line {line}")) };
    }
    let ids: Vec<String> =
        made.participants.iter().map(|participant| claims.id(participant.claim).to_owned()).collect();
    let mut more = match ids.get(MOST_IDS..) {
        Some(rest) if !rest.is_empty() => format!("{} and {}", ids[..MOST_IDS].join(", "), count(rest.len(), "other")),
        _ => ids.join(", "),
    };
    if !made.fits_with.is_empty() {
        let fits: Vec<String> =
            made.fits_with.iter().map(|index| format!("{} ({})", value(*index), claims.id(*index))).collect();
        more.push_str(&format!("; of the claims that conflict it fits {}", words::and(&fits)));
    }
    Entry { verdict: Some(made.verdict), text, more: Some(more) }
}

/// How many ids a check lists.
const MOST_IDS: usize = 6;

fn accepted(report: &Report<'_>, suppressed: &Suppressed) -> Entry {
    let finding = &suppressed.finding;
    let places: Vec<String> = finding.claims().take(MOST_IDS).map(|index| report.claims.id(index).to_owned()).collect();
    let text = format!("{}: {} ({})", finding.rule, words::message(report, finding), words::and(&places));
    Entry { verdict: None, text, more: Some(format!("{}: {}", suppressed.by, suppressed.reason)) }
}

fn untouched(report: &Report<'_>, untouched: &Untouched) -> Entry {
    let mut entry = claim(report, untouched.claim);
    if !untouched.unsaid.is_empty() {
        let unsaid: Vec<String> = untouched.unsaid.iter().map(|id| format!("`{id}`")).collect();
        entry.text.push_str(&format!("; does not say its {}", words::and(&unsaid)));
    }
    entry
}

/// Where a claim stands and what it says.
fn claim(report: &Report<'_>, index: ClaimIndex) -> Entry {
    let claims = report.claims;
    let claim = claims.get(index);
    let line = report.sources.place(&claims.file(claim).path, claim.span.start).line;
    let value = claim.value.print(&report.rules.vocabulary.units);
    let mut text = format!("line {line}: {} = {value}", claims.id(index));
    if claim.key.is_some() {
        text.push_str(&format!(", {}", words::fact(report, index)));
    }
    Entry { verdict: None, text, more: None }
}

fn by_file(report: &Report<'_>, entries: impl Iterator<Item = (ClaimIndex, Entry)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, entry) in entries {
        let path = &*report.claims.file(report.claims.get(index)).path;
        match groups.last_mut() {
            Some(last) if last.title == path => last.entries.push(entry),
            _ => groups.push(Group { title: path.to_owned(), entries: vec![entry] }),
        }
    }
    groups
}
