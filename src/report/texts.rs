//! What was verified in texts without claims, counted as a reader would: lists, shares, changes.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Report;
use super::words::count;
use crate::check::Finding;
use crate::claims::{CheckBody, ClaimFile, ClaimIndex};
use crate::relate::{Sort, drafts};

/// Whether anything else than texts was checked.
pub fn has_claims(report: &Report<'_>) -> bool {
    report.claims.files.iter().any(|file| !file.is_text_alone())
}

/// Whether a text was checked.
pub fn has_any(report: &Report<'_>) -> bool {
    report.claims.files.iter().any(ClaimFile::is_text_alone)
}

/// `1 text, 43 figures: 2 lists, 9 shares verified`, if a text was checked.
pub fn verified(report: &Report<'_>) -> Option<String> {
    let read: Vec<usize> = report
        .claims
        .files
        .iter()
        .filter(|file| file.is_text_alone())
        .filter_map(|file| file.read)
        .map(|read| read as usize)
        .collect();
    if read.is_empty() {
        return None;
    }
    let mut sorts: BTreeMap<Sort, usize> = BTreeMap::new();
    for sort in holding(report) {
        *sorts.entry(sort).or_default() += 1;
    }
    let sorts: Vec<String> = sorts.into_iter().map(|(sort, number)| named(sort, number)).collect();
    let texts = format!("{}, {}", count(read.len(), "text"), count(read.iter().sum(), "figure"));
    if sorts.is_empty() { Some(texts) } else { Some(format!("{texts}: {} verified", sorts.join(", "))) }
}

fn named(sort: Sort, number: usize) -> String {
    match (sort, number) {
        (Sort::SameAgain, 1) => "1 figure given twice".to_owned(),
        (Sort::SameAgain, number) => format!("{number} figures given twice"),
        _ => count(number, sort.word()),
    }
}

/// The structures of texts that hold.
fn holding(report: &Report<'_>) -> Vec<Sort> {
    let claims = report.claims;
    let suppressed = report.outcome.suppressed.iter().map(|suppressed| &suppressed.finding);
    let failed: FxHashSet<(&str, Vec<ClaimIndex>)> =
        report.outcome.findings.iter().chain(suppressed).map(key).collect();
    let is_text = |file: u32| claims.files.get(file as usize).is_some_and(|file| file.read.is_some());
    let checks = claims.checks.iter().filter(|check| is_text(check.file));
    let mut sorts: Vec<Sort> = checks
        .filter_map(|check| {
            let CheckBody::Rule(rule) = &check.body else { return None };
            let mut participants: Vec<ClaimIndex> =
                check.terms.iter().flat_map(|term| term.claims.iter().copied()).collect();
            participants.sort_unstable();
            if failed.contains(&(&**rule, participants)) { None } else { drafts::sort(rule) }
        })
        .collect();
    let dated: FxHashSet<ClaimIndex> = report.outcome.findings.iter().flat_map(Finding::claims).collect();
    let dates = claims.iter().filter(|(index, claim)| {
        is_text(claim.file) && !claims.source_text(*index).is_empty() && !dated.contains(index)
    });
    sorts.extend(dates.map(|_| Sort::Date));
    sorts
}

fn key(finding: &Finding) -> (&str, Vec<ClaimIndex>) {
    let mut participants: Vec<ClaimIndex> = finding.claims().collect();
    participants.sort_unstable();
    (&finding.rule, participants)
}
