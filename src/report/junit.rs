//! `--format junit`: test results, which GitLab, Jenkins and others show beside those of tests.
//!
//! Each finding is a test case, of the class that its rule is, so that its history can be followed; at or above the
//! failing severity it has failed, below it has passed and says what it found. A rule without a finding is a case that
//! has passed. A problem is a case with an error. So the results are red exactly when the exit code is not 0.
//!
//! There is no one schema of JUnit. `file` and `line` of a case, which GitLab and editors read, and the crate's sum of
//! `skipped` are not in that of Jenkins' xunit plugin; its junit plugin takes them.

use std::collections::BTreeSet;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::located::{self, Located};
use super::statement::{self, Statement, clipped};
use super::{Report, totals};
use crate::check::Finding;

/// Characters of a case's name.
const NAME: usize = 200;

/// The whole report as one suite.
pub fn render(report: &Report<'_>) -> String {
    let mut suite = TestSuite::new("kzcheck");
    for problem in report.problems {
        let lines = statement::problem(problem);
        let place = located::problem(report, problem);
        let what = lines.first().map_or("", String::as_str);
        let name = place.as_ref().map_or_else(|| what.to_owned(), |place| format!("{}: {what}", place.path));
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("problem").set_message(what).set_description(text(&lines, place.as_ref()));
        suite.add_test_case(case(&name, "problem", status, place));
    }
    let findings = report.shown();
    findings.iter().for_each(|finding| {
        suite.add_test_case(of_finding(report, finding));
    });
    let found: BTreeSet<&str> = report.outcome.findings.iter().map(|finding| &*finding.rule).collect();
    for rule in report.rules.rules.iter().filter(|rule| !found.contains(&*rule.id)) {
        suite.add_test_case(case(&rule.summary, &rule.id, TestCaseStatus::success(), None));
    }
    suite.set_system_out(totals::counts(report).join("\n"));
    let mut junit = quick_junit::Report::new("kzcheck");
    junit.add_test_suite(suite);
    // writing to memory does not fail
    junit.to_string().unwrap_or_default()
}

fn of_finding(report: &Report<'_>, finding: &Finding) -> TestCase {
    let statement = Statement::of(report, finding);
    let place = located::finding(report, finding);
    let mut lines = statement.details();
    lines.extend(statement::claims(report, finding));
    let ids: Vec<&str> = finding.claims().map(|claim| report.claims.id(claim)).collect();
    let name = match &finding.check {
        Some(check) if **check != *finding.rule => format!("{check}: {}", ids.join(", ")),
        _ => ids.join(", "),
    };
    if finding.severity < report.failing {
        let mut all = vec![statement.headline];
        all.append(&mut lines);
        let mut passed = case(&name, &finding.rule, TestCaseStatus::success(), place);
        passed.set_system_out(format!("{}: {}", finding.severity.name(), all.join("\n")));
        return passed;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let kind = finding.verdict.map_or(finding.severity.name(), |verdict| verdict.name());
    status.set_type(kind).set_message(statement.headline.as_str()).set_description(text(&lines, place.as_ref()));
    case(&name, &finding.rule, status, place)
}

fn case(name: &str, class: &str, status: TestCaseStatus, place: Option<Located<'_>>) -> TestCase {
    let name = statement::line(name);
    let name = if name.is_empty() { class.to_owned() } else { clipped(&name, NAME) };
    let mut case = TestCase::new(name, status);
    case.set_classname(statement::line(class));
    if let Some(place) = place {
        case.extra.insert("file".into(), statement::line(&place.path).into());
        if place.region.is_some() {
            case.extra.insert("line".into(), place.start().line.to_string().into());
        }
    }
    case
}

fn text(lines: &[String], place: Option<&Located<'_>>) -> String {
    let place = place.map(|place| format!("at {}", statement::line(&place.written())));
    lines.iter().cloned().chain(place).collect::<Vec<_>>().join("\n")
}
