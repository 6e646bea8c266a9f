//! `--format github`: workflow commands, which GitHub shows as annotations beside the lines of a pull request.
//!
//! A runner reads every line of a log that starts with `::` as a command, so nothing from a claim may begin a line or
//! end a property: data is escaped as `@actions/core` does it, and what remains of control characters is made visible.
//! GitHub shows ten errors and ten warnings of a step; the log has them all.

use super::located::{self, Located};
use super::statement::{self, Statement, clipped};
use super::{Report, totals};
use crate::check::Finding;
use crate::rules::Severity;

/// Characters of a title and of a message.
const TITLE: usize = 200;
const MESSAGE: usize = 4000;

/// The whole report: a command for each problem and finding, then the counts as a line of the log.
pub fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    for problem in report.problems {
        let place = located::problem(report, problem);
        text.push_str(&command("error", place.as_ref(), "kzcheck: a problem", &statement::problem(problem)));
    }
    for finding in report.shown() {
        text.push_str(&annotation(report, finding));
    }
    for line in totals::counts(report) {
        // counts hold nothing from outside and start with a figure or a word
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = match finding.verdict {
        Some(verdict) => format!("{} ({})", finding.rule, verdict.name()),
        None => finding.rule.to_string(),
    };
    let mut lines = Statement::of(report, finding).lines();
    lines.extend(statement::claims(report, finding));
    command(name, located::finding(report, finding).as_ref(), &title, &lines)
}

fn command(name: &str, place: Option<&Located<'_>>, title: &str, lines: &[String]) -> String {
    let mut properties: Vec<(&str, String)> = Vec::new();
    if let Some(place) = place {
        properties.push(("file", statement::line(&place.path)));
        if let Some(region) = &place.region {
            properties.push(("line", region.start.line.to_string()));
            properties.push(("endLine", region.end.line.to_string()));
            // columns are taken only for an annotation within one line
            if region.start.line == region.end.line {
                properties.push(("col", region.start.column.to_string()));
                properties.push(("endColumn", region.end.column.to_string()));
            }
        }
    }
    properties.push(("title", clipped(&statement::line(title), TITLE)));
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", escaped_property(value))).collect();
    format!("::{name} {}::{}\n", properties.join(","), escaped_data(&clipped(&lines.join("\n"), MESSAGE)))
}

fn escaped_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_the_runner_would_obey() {
        assert_eq!(escaped_data("25 %\r\n::set-env::x,y"), "25 %25%0D%0A::set-env::x,y");
        assert_eq!(escaped_property("a:b,c%"), "a%3Ab%2Cc%25");
    }

    #[test]
    fn a_problem_of_no_file_has_no_place() {
        let text = command("error", None, "a, title", &["what\u{a0}is".to_owned(), "wrong".to_owned()]);
        assert_eq!(text, "::error title=a%2C title::what\u{a0}is%0Awrong\n");
    }
}
