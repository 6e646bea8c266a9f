//! `--format json`, version 1: a contract. These structs are its own; nothing internal is printed as it is.

use serde::Serialize;

use super::coverage::JsonCoverage;
use super::problem::ShownProblem;
use super::{Report, words};
use crate::check::arithmetic::claim_interval;
use crate::check::facts::Reader;
use crate::check::run::Made;
use crate::check::{Finding, Participant};
use crate::claims::ClaimIndex;
use crate::document::Span;
use crate::revise::Standing;

#[derive(Serialize)]
struct Output<'r> {
    version: u32,
    findings: Vec<JsonFinding>,
    look_at: Vec<JsonLookAt>,
    problems: Vec<ShownProblem>,
    summary: JsonSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Vec<JsonCheck>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untouched: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Vec<JsonSuppressed>>,
    /// Which figures of the texts have claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coverage: Vec<JsonCoverage<'r>>,
    /// Where the figure of each claim stands whose text is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    standings: Option<Vec<JsonStanding>>,
}

#[derive(Serialize)]
struct JsonStanding {
    claim: String,
    /// `kept`, `moved`, `changed`, `ambiguous` or `missing`.
    standing: &'static str,
    place: Option<JsonPlace>,
    /// What the claim would say, where its figure has changed and that is plain.
    value: Option<String>,
}

#[derive(Serialize)]
pub(super) struct JsonFinding {
    rule: String,
    check: Option<String>,
    severity: &'static str,
    verdict: Option<&'static str>,
    message: String,
    arithmetic: Option<String>,
    reservation: Option<String>,
    hints: Vec<String>,
    /// Of claims that cannot be true together: why, one step each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derivation: Vec<String>,
    claims: Vec<JsonClaim>,
    places: Vec<JsonPlace>,
    /// Of claims that cannot be true together: the values of each that would fit the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resolutions: Vec<JsonResolution>,
    repairs: Vec<JsonRepair>,
    fingerprint: String,
}

#[derive(Serialize)]
struct JsonSuppressed {
    #[serde(flatten)]
    finding: JsonFinding,
    by: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct JsonClaim {
    id: String,
    role: Option<String>,
    written: String,
    low: Option<String>,
    high: Option<String>,
    file: String,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
    value: JsonSpan,
    source: Option<JsonSource>,
}

#[derive(Serialize)]
struct JsonSpan {
    line: usize,
    column: usize,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct JsonSource {
    document: Option<String>,
    line: Option<u32>,
    text: Option<String>,
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    text: String,
}

#[derive(Serialize)]
struct JsonResolution {
    claim: String,
    low: Option<String>,
    high: Option<String>,
    unit: String,
}

/// One of the claims whose change would make everything consistent.
#[derive(Serialize)]
struct JsonLookAt {
    claim: String,
    value: String,
    /// Claims with the same number are to be changed together.
    group: usize,
    /// No fewer claims of the group can do.
    at_least: usize,
}

#[derive(Serialize)]
struct JsonRepair {
    claim: String,
    value: String,
    reason: String,
}

#[derive(Serialize)]
struct JsonCheck {
    rule: String,
    check: Option<String>,
    verdict: &'static str,
    arithmetic: Option<String>,
    /// Of a fact whose claims conflict, those with which the check holds.
    fits_with: Vec<String>,
    claims: Vec<JsonClaim>,
    places: Vec<JsonPlace>,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    claims: usize,
    facts: usize,
    rules: usize,
    checks: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    allowed: usize,
    held_back: usize,
    problems: usize,
    drafts: usize,
    untouched: usize,
    documents: usize,
    documents_missing: usize,
    unstated: usize,
    unfinished: usize,
    excluded: usize,
    stale: usize,
    not_shown: usize,
}

/// The whole report as one JSON object, with a line end.
pub fn render(report: &Report<'_>) -> String {
    let summary = report.summary();
    let ids =
        |claims: &mut dyn Iterator<Item = ClaimIndex>| claims.map(|index| report.claims.id(index).to_owned()).collect();
    let output = Output {
        version: 1,
        findings: report.shown().into_iter().map(|found| finding(report, found)).collect(),
        look_at: look_at(report),
        problems: report.problems.iter().map(|problem| ShownProblem::new(report.sources, problem)).collect(),
        summary: JsonSummary {
            files: summary.files,
            claims: summary.claims,
            facts: summary.facts,
            rules: summary.rules,
            checks: summary.checks,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            allowed: summary.allowed,
            held_back: summary.held_back,
            problems: summary.problems,
            drafts: summary.drafts,
            untouched: summary.untouched,
            documents: summary.documents,
            documents_missing: summary.documents_missing,
            unstated: summary.unstated,
            unfinished: summary.unfinished,
            excluded: summary.excluded,
            stale: summary.stale,
            not_shown: summary.not_shown,
        },
        checks: report.all.then(|| report.outcome.checks.iter().map(|made| check(report, made)).collect()),
        coverage: report.coverage.iter().map(JsonCoverage::new).collect(),
        standings: report.all.then(|| report.claims.iter().filter_map(|(index, _)| standing(report, index)).collect()),
        untouched: report.all.then(|| ids(&mut report.outcome.untouched.iter().map(|untouched| untouched.claim))),
        suppressed: report.all.then(|| {
            let suppressed = report.outcome.suppressed.iter();
            suppressed
                .map(|suppressed| JsonSuppressed {
                    finding: finding(report, &suppressed.finding),
                    by: suppressed.by,
                    reason: suppressed.reason.to_string(),
                })
                .collect()
        }),
    };
    super::json_text::pretty(&output)
}

fn look_at(report: &Report<'_>) -> Vec<JsonLookAt> {
    super::together::asked_about(report)
        .map(|(group, look, claim)| JsonLookAt {
            claim: words::named(report, claim),
            value: report.claims.get(claim).value.print(&report.rules.vocabulary.units),
            group,
            at_least: look.at_least,
        })
        .collect()
}

pub(super) fn finding(report: &Report<'_>, found: &Finding) -> JsonFinding {
    let arithmetic = words::all_arithmetic(&found.arithmetic);
    let places = found.claims().filter_map(|index| place(report, index)).chain(own_place(report, found)).collect();
    JsonFinding {
        rule: found.rule.to_string(),
        check: found.check.as_deref().map(str::to_owned),
        severity: found.severity.name(),
        verdict: found.verdict.map(crate::check::Verdict::name),
        message: words::message(report, found),
        arithmetic: (!arithmetic.is_empty()).then_some(arithmetic),
        reservation: words::reservation(report, found),
        hints: found.hints.iter().map(|hint| hint.to_string()).collect(),
        derivation: super::together::derivation(report, found),
        claims: json_claims(report, &found.participants),
        places,
        resolutions: found
            .resolutions
            .iter()
            .map(|resolution| JsonResolution {
                claim: words::named(report, resolution.claim),
                low: resolution.low.clone(),
                high: resolution.high.clone(),
                unit: resolution.unit.clone(),
            })
            .collect(),
        repairs: found
            .repairs
            .iter()
            .map(|repair| JsonRepair {
                claim: words::named(report, repair.claim),
                value: repair.value.clone(),
                reason: repair.reason.to_owned(),
            })
            .collect(),
        fingerprint: super::fingerprint::of(report, found),
    }
}

fn claim(report: &Report<'_>, participant: &Participant) -> JsonClaim {
    let claims = report.claims;
    let index = participant.claim;
    let claim = claims.get(index);
    let path = &*claims.file(claim).path;
    let reader = Reader { claims, vocabulary: &report.rules.vocabulary, rounding: report.outcome.rounding };
    let (low, high) = claim_interval(index, reader);
    let start = report.sources.place(path, claim.span.start);
    let text = claims.source_text(index);
    let is_sourced = claim.source.line > 0 || !text.is_empty();
    JsonClaim {
        id: claims.id(index).to_owned(),
        role: (!participant.role.is_empty()).then(|| participant.role.to_string()),
        written: claim.value.print(&report.rules.vocabulary.units),
        low,
        high,
        file: path.to_owned(),
        line: start.line,
        column: start.column,
        start: claim.span.start,
        end: claim.span.end,
        value: json_span(report, path, claim.value_span),
        source: is_sourced.then(|| JsonSource {
            document: claims.file(claim).document.as_deref().map(str::to_owned),
            line: (claim.source.line > 0).then_some(claim.source.line),
            text: (!text.is_empty()).then(|| text.to_owned()),
        }),
    }
}

fn json_span(report: &Report<'_>, path: &str, span: Span) -> JsonSpan {
    let place = report.sources.place(path, span.start);
    JsonSpan { line: place.line, column: place.column, start: span.start, end: span.end }
}

fn standing(report: &Report<'_>, index: ClaimIndex) -> Option<JsonStanding> {
    let standing = report.documents.standings().get(index)?;
    let value = match standing {
        Standing::Changed(changed) => changed.value.as_ref(),
        _ => None,
    };
    Some(JsonStanding {
        claim: report.claims.id(index).to_owned(),
        standing: standing.name(),
        place: place(report, index),
        value: value.map(|value| value.print(&report.rules.vocabulary.units)),
    })
}

/// The place of a finding that is of no claim.
fn own_place(report: &Report<'_>, found: &Finding) -> Option<JsonPlace> {
    let place = found.own_place()?;
    place_in_text(report, place.file, place.span)
}

fn place_in_text(report: &Report<'_>, file: u32, span: Span) -> Option<JsonPlace> {
    let path = &*report.claims.files.get(file as usize)?.path;
    let source = report.sources.get(path)?;
    let at = source.lines.place(&source.text, span.start as usize);
    Some(JsonPlace {
        file: path.to_owned(),
        start: span.start,
        end: span.end,
        line: at.line,
        column: at.column,
        text: span.of(&source.text).to_owned(),
    })
}

fn place(report: &Report<'_>, index: ClaimIndex) -> Option<JsonPlace> {
    if report.claims.is_in_text(index) {
        let claim = report.claims.get(index);
        return place_in_text(report, claim.file, claim.value_span);
    }
    let (document, span) = report.documents.place(report.claims, index)?;
    let at = document.lines().place(document.text(), span.start as usize);
    Some(JsonPlace {
        file: document.shown.clone(),
        start: span.start,
        end: span.end,
        line: at.line,
        column: at.column,
        text: span.of(document.text()).to_owned(),
    })
}

fn check(report: &Report<'_>, made: &Made) -> JsonCheck {
    let arithmetic = words::all_arithmetic(&made.arithmetic);
    JsonCheck {
        rule: made.rule.to_string(),
        check: made.check.as_deref().map(str::to_owned),
        verdict: made.verdict.name(),
        arithmetic: (!arithmetic.is_empty()).then_some(arithmetic),
        fits_with: made.fits_with.iter().map(|index| report.claims.id(*index).to_owned()).collect(),
        claims: json_claims(report, &made.participants),
        places: made.participants.iter().filter_map(|participant| place(report, participant.claim)).collect(),
    }
}

/// The claims that take part. Figures of a text without claims are none, and have only places.
fn json_claims(report: &Report<'_>, participants: &[Participant]) -> Vec<JsonClaim> {
    let own = participants.iter().filter(|participant| !report.claims.is_in_text(participant.claim));
    own.map(|participant| claim(report, participant)).collect()
}
