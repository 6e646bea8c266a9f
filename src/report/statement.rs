//! What a finding or a problem says, in lines of plain text that are safe to show anywhere.
//!
//! Claims and documents come from anybody, so each part is made visible here, once, and is held to a length that a
//! reader can take in. Escaping for a notation is the business of each format.

use super::visible::visible;
use super::{Report, arithmetic, located, together, words};
use crate::check::finding::Detail;
use crate::check::{Arithmetic, Finding, Participant};
use crate::document::Problem;

/// Characters of one line.
const LONGEST: usize = 1000;
/// Claims that are told one by one.
const MOST_CLAIMS: usize = 50;

/// What a finding says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// One sentence, without the rule's name.
    pub headline: String,
    /// One line or two for each comparison.
    pub arithmetic: Vec<String>,
    /// On what a strained check depends.
    pub reservation: Option<String>,
    /// What probably happened.
    pub hints: Vec<String>,
}

impl Statement {
    pub fn of(report: &Report<'_>, finding: &Finding) -> Statement {
        Statement {
            headline: line(&words::message(report, finding)),
            arithmetic: finding
                .arithmetic
                .iter()
                .flat_map(|shown| on_paper(finding, shown))
                .chain(together::derivation(report, finding).iter().map(|step| line(step)))
                .collect(),
            reservation: words::reservation(report, finding).map(|text| line(&text)),
            hints: finding
                .hints
                .iter()
                .map(|hint| line(hint))
                .chain(together::resolutions(report, finding).iter().map(|fit| line(fit)))
                .chain(together::repairs(report, finding).iter().map(|repair| line(&format!("perhaps {repair}"))))
                .collect(),
        }
    }

    /// Everything, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.headline.clone()];
        lines.extend(self.details());
        lines
    }

    /// Everything but the headline.
    pub fn details(&self) -> Vec<String> {
        let mut lines = self.arithmetic.clone();
        lines.extend(self.reservation.clone());
        lines.extend(self.hints.iter().cloned());
        lines
    }
}

/// A comparison as one would write it on paper, in one line or two.
fn on_paper(finding: &Finding, shown: &Arithmetic) -> impl Iterator<Item = String> {
    let (left, right) = match finding.detail {
        Detail::Disagreement | Detail::SamePrecision => arithmetic::apart(shown),
        _ => arithmetic::on_paper(shown),
    };
    [left, right].into_iter().filter(|part| !part.is_empty()).map(|part| line(&part))
}

/// The claims of a finding, a line each: `imports: 12.6 billion EUR (eu-imports, claims/trade.toml:17)`.
pub fn claims(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let shown = finding.participants.iter().take(MOST_CLAIMS);
    let mut lines: Vec<String> = shown
        .map(|participant| {
            let place = located::claim(report, finding, participant.claim).written();
            let document = located::figure(report, participant.claim).map(|figure| format!(", {}", figure.written()));
            let id = report.claims.id(participant.claim);
            line(&format!("{} ({id}, {place}{})", claim(report, participant), document.unwrap_or_default()))
        })
        .collect();
    match finding.participants.len().saturating_sub(MOST_CLAIMS) {
        0 => {}
        more => lines.push(format!("and {}", words::count(more, "further claim"))),
    }
    lines
}

/// A claim with its role: `imports: 12.6 billion EUR`.
pub fn claim(report: &Report<'_>, participant: &Participant) -> String {
    let value = report.claims.get(participant.claim).value.print(&report.rules.vocabulary.units);
    let role = &participant.role;
    // a check of its own names its claims
    let has_role = !role.is_empty() && **role != *report.claims.id(participant.claim);
    line(&if has_role { format!("{role}: {value}") } else { value })
}

/// What a problem says, and the way out.
pub fn problem(problem: &Problem) -> Vec<String> {
    std::iter::once(&problem.message).chain(&problem.help).flat_map(|text| text.lines()).map(line).collect()
}

/// A text as one line that shows what is in it.
pub fn line(text: &str) -> String {
    clipped(&visible(text), LONGEST)
}

/// A text of at most so many characters.
pub fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_one_line_and_no_longer_than_they_may_be() {
        assert_eq!(line("a\nb\u{202e}c"), "a␊b\\u{202e}c");
        assert_eq!(clipped("كمكم", 4), "كمكم");
        assert_eq!(clipped("كمكمك", 4), "كمك…");
    }
}
