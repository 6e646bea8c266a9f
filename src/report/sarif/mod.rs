//! `--format sarif`: SARIF 2.1.0, for code scanning, editors and whatever else collects results.
//!
//! The place of a result is the value of its first claim in the TOML; the figure in its document, and both for every
//! further claim, are related locations. Columns count characters. Paths are relative to the repository, which the run
//! names `%SRCROOT%`. A problem is a notification and makes the run unsuccessful.
//!
//! Accepted findings are written only with `--all`, with their suppressions: GitHub takes no notice of suppressions and
//! would open an alert for each.

mod escape;
mod log;
mod rules;

use std::collections::BTreeMap;

use self::escape::message;
use self::log::{
    ArtifactLocation, Counts, Details, Driver, Found, Invocation, Location, Log, LogicalLocation, Notification,
    PhysicalLocation, Run, Suppression, Text, Tool, UriBase,
};
use super::located::{self, Located};
use super::statement::{self, Statement};
use super::{Report, fingerprint, json_text, totals, words};
use crate::check::Finding;
use crate::claims::ClaimIndex;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const BASE: &str = "%SRCROOT%";
/// The name of our fingerprint and the version of its algorithm.
const FINGERPRINT: &str = "kzcheckFinding/v1";

/// The whole report as one log with one run.
pub fn render(report: &Report<'_>) -> String {
    let table = rules::Table::of(report);
    let mut results: Vec<Found> = report.shown().into_iter().map(|finding| result(report, &table, finding)).collect();
    if report.all {
        results.iter_mut().for_each(|result| result.suppressions = Some(Vec::new()));
        results.extend(report.outcome.suppressed.iter().map(|suppressed| {
            let suppression = Suppression {
                kind: if suppressed.by == "allow" { "inSource" } else { "external" },
                status: "accepted",
                justification: statement::line(&suppressed.reason),
            };
            Found { suppressions: Some(vec![suppression]), ..result(report, &table, &suppressed.finding) }
        }));
    }
    let base = UriBase { description: plain("The root of the repository, or of the project where there is none.") };
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: table.descriptors,
            },
        },
        invocations: [Invocation {
            execution_successful: report.problems.is_empty(),
            tool_execution_notifications: notifications(report),
        }],
        original_uri_base_ids: BTreeMap::from([(BASE, base)]),
        column_kind: "unicodeCodePoints",
        results,
        properties: Counts { summary: totals::counts(report), not_shown: report.summary().not_shown },
    };
    json_text::pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn result(report: &Report<'_>, table: &rules::Table, finding: &Finding) -> Found {
    let statement = Statement::of(report, finding);
    let first = finding.claims().next();
    let own = located::finding(report, finding).map(|place| location(&place, None, first_id(report, first)));
    Found {
        rule_id: finding.rule.to_string(),
        rule_index: table.index(&finding.rule),
        level: finding.severity.name(),
        message: message(&statement.lines().join("\n")),
        locations: own.into_iter().collect(),
        related_locations: related(report, finding),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint::of(report, finding))]),
        suppressions: None,
        properties: Details {
            check: finding.check.as_deref().map(str::to_owned),
            verdict: finding.verdict.map(crate::check::Verdict::name),
            arithmetic: finding.arithmetic.iter().map(|shown| statement::line(&words::arithmetic(shown))).collect(),
            reservation: statement.reservation,
            claims: finding.claims().map(|claim| report.claims.id(claim).to_owned()).collect(),
        },
    }
}

fn first_id<'a>(report: &Report<'a>, first: Option<ClaimIndex>) -> Option<&'a str> {
    first.map(|claim| report.claims.id(claim))
}

/// The figure of the first claim in its document, and both places of every further claim.
fn related(report: &Report<'_>, finding: &Finding) -> Vec<Location> {
    let mut related = Vec::new();
    for (position, participant) in finding.participants.iter().enumerate() {
        let id = Some(report.claims.id(participant.claim));
        let said = statement::claim(report, participant);
        if position > 0 {
            related.push(location(&located::claim(report, finding, participant.claim), Some(&said), id));
        }
        if let Some(figure) = located::figure(report, participant.claim) {
            related.push(location(&figure, Some(&format!("{said}, as the document has it")), id));
        }
    }
    (1..).zip(&mut related).for_each(|(number, location)| location.id = Some(number));
    related
}

fn notifications(report: &Report<'_>) -> Vec<Notification> {
    let problems = report.problems.iter().map(|problem| Notification {
        level: "error",
        message: message(&statement::problem(problem).join("\n")),
        locations: located::problem(report, problem).iter().map(|place| location(place, None, None)).collect(),
    });
    let left_out = report.summary().not_shown;
    let capped = (left_out > 0).then(|| Notification {
        level: "note",
        message: plain(&format!("{} not shown.", words::count(left_out, "finding"))),
        locations: Vec::new(),
    });
    problems.chain(capped).collect()
}

fn location(place: &Located<'_>, said: Option<&str>, claim: Option<&str>) -> Location {
    let region = place.region.as_ref().map(|region| log::Region {
        start_line: region.start.line,
        start_column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
        byte_offset: region.span.start,
        byte_length: region.span.end - region.span.start,
        snippet: plain(region.text),
    });
    let artifact_location = match place.path.strip_prefix('/') {
        Some(_) => ArtifactLocation { uri: format!("file://{}", escape::path(&place.path)), uri_base_id: None },
        None => ArtifactLocation { uri: escape::path(&place.path), uri_base_id: Some(BASE) },
    };
    let claim = claim.map(|id| LogicalLocation { name: id.to_owned(), kind: "claim" });
    Location {
        id: None,
        message: said.map(message),
        physical_location: PhysicalLocation { artifact_location, region },
        logical_locations: claim.into_iter().collect(),
    }
}

/// A text as it is.
fn plain(text: &str) -> Text {
    Text { text: text.to_owned(), markdown: None }
}
