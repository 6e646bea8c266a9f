//! `--format markdown`: a table for the summary of a job or a comment on a merge request, worst findings first.
//!
//! GitHub takes 1 MiB for a summary and GitLab a million characters for a comment, so rows beyond that are left out and
//! counted.

pub mod escape;

use super::located::{self, Located};
use super::statement::{self, Statement};
use super::{Report, totals, words};
use crate::check::Finding;
use crate::rules::Severity;
use escape::{code, text};

/// Bytes of the tables, so that all stays below what forges take.
const LONGEST: usize = 900_000;

/// The whole report.
pub fn render(report: &Report<'_>) -> String {
    let mut page = String::from("### kzcheck\n\n");
    let mut counts = totals::counts(report).into_iter();
    if let Some(verdict) = counts.next() {
        page.push_str(&format!("**{}**\n", text(&verdict)));
    }
    let problems = report.problems.iter().map(|problem| {
        let place = located::problem(report, problem);
        vec![
            where_it_is(place.as_ref()),
            statement::problem(problem).iter().map(|line| text(line)).collect::<Vec<_>>().join("<br>"),
        ]
    });
    table(&mut page, &["problem in", "what"], problems.collect());
    let mut findings = report.shown();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let rows = findings.into_iter().map(|finding| row(report, finding)).collect();
    table(&mut page, &["severity", "rule", "where", "what"], rows);
    if report.all && !report.outcome.suppressed.is_empty() {
        let rows = report.outcome.suppressed.iter().map(|suppressed| {
            let mut cells = row(report, &suppressed.finding);
            cells.push(text(&statement::line(&suppressed.reason)));
            cells
        });
        table(&mut page, &["would be", "rule", "where", "what", "accepted because"], rows.collect());
    }
    let rest: Vec<String> = counts.map(|line| text(&line)).collect();
    if !rest.is_empty() {
        page.push_str(&format!("\n{}\n", rest.join("<br>\n")));
    }
    page
}

fn row(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let severity = match finding.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut rule = code(&finding.rule);
    if let Some(check) = finding.check.as_deref().filter(|check| **check != *finding.rule) {
        rule.push_str(&format!("<br>{}", code(check)));
    }
    let mut places: Vec<String> = Vec::new();
    for participant in finding.participants.iter().take(MOST_PLACES) {
        places.push(where_it_is(Some(&located::claim(report, finding, participant.claim))));
        if let Some(line) = document_line(report, participant.claim) {
            places.push(line);
        }
    }
    if places.is_empty() {
        places.push(where_it_is(located::finding(report, finding).as_ref()));
    }
    places.dedup();
    match finding.participants.len().saturating_sub(MOST_PLACES) {
        0 => {}
        more => places.push(format!("and {}", words::count(more, "further claim"))),
    }
    let what: Vec<String> = Statement::of(report, finding).lines().iter().map(|line| text(line)).collect();
    vec![severity.to_owned(), rule, places.join("<br>"), what.join("<br>")]
}

/// Claims whose places are listed.
const MOST_PLACES: usize = 12;

fn where_it_is(place: Option<&Located<'_>>) -> String {
    place.map_or_else(|| "the run".to_owned(), |place| text(&statement::line(&place.written())))
}

/// Where a figure stands in its document: with the path where that is at hand, else with its id.
fn document_line(report: &Report<'_>, index: crate::claims::ClaimIndex) -> Option<String> {
    if let Some(figure) = located::figure(report, index) {
        return Some(where_it_is(Some(&figure)));
    }
    let claim = report.claims.get(index);
    let document = report.claims.file(claim).document.as_deref()?;
    (claim.source.line > 0).then(|| text(&format!("{document}, line {}", claim.source.line)))
}

/// A table of rows that are already Markdown; nothing where there are none.
pub(super) fn table(page: &mut String, titles: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let rule = vec!["---"; titles.len()];
    page.push_str(&format!("\n| {} |\n| {} |\n", titles.join(" | "), rule.join(" | ")));
    let total = rows.len();
    for (written, row) in rows.into_iter().enumerate() {
        let row = format!("| {} |\n", row.join(" | "));
        if page.len() + row.len() > LONGEST {
            page.push_str(&format!(
                "\n{} left out, since the page would be too long\n",
                words::count(total - written, "row")
            ));
            return;
        }
        page.push_str(&row);
    }
}
