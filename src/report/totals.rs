//! The end of a report for people: counts of everything that was found, accepted, held back or not read.

use super::words::count;
use super::{Report, texts, together};

/// What a report comes to and what can be done about it, a line each; the first is the verdict.
pub fn lines(report: &Report<'_>) -> Vec<String> {
    let summary = report.summary();
    let mut lines = counts(report);
    lines.extend(together::look_at(report).map(|sentence| super::statement::line(&sentence)));
    let mut advice = Vec::new();
    if summary.errors + summary.warnings + summary.notes > 0 {
        advice.push(match texts::has_claims(report) {
            true => "to accept a finding, give one of its claims: allow = [{ rule = \"…\", reason = \"…\" }]",
            false => "to accept a finding: <!-- kzcheck: allow RULE: REASON --> before its paragraph, or `kzcheck baseline FILE`",
        });
    }
    if !report.all && texts::has_any(report) && !texts::has_claims(report) {
        advice.push("`--all` shows all that the text ties together, with its arithmetic");
    } else if !report.all && summary.untouched + summary.drafts + summary.allowed + summary.held_back > 0 {
        advice.push("`--all` lists every check, and what was allowed or not touched");
    }
    lines.extend(advice.into_iter().map(str::to_owned));
    lines
}

/// Counts of everything, a line each; the first is the verdict.
pub fn counts(report: &Report<'_>) -> Vec<String> {
    let summary = report.summary();
    let mut found: Vec<String> = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    if found.is_empty() {
        found.push("nothing found".to_owned());
    }
    let mut verdict = found.join(", ");
    if summary.allowed > 0 {
        verdict.push_str(&format!("; {} allowed", summary.allowed));
    }
    if summary.held_back > 0 {
        verdict.push_str(&format!("; {} held back", summary.held_back));
    }
    if summary.stale > 0 {
        verdict.push_str(&format!("; {} of the baseline gone", summary.stale));
    }
    if summary.not_shown > 0 {
        verdict.push_str(&format!("; {} not shown", summary.not_shown));
    }
    let mut lines = vec![verdict];
    let mut looked_at = format!(
        "{}, {} about {}, {} by {}",
        count(summary.files, "file"),
        count(summary.claims, "claim"),
        count(summary.facts, "fact"),
        count(summary.checks, "check"),
        count(summary.rules, "rule"),
    );
    if summary.untouched > 0 {
        looked_at.push_str(&format!("; {} untouched", count(summary.untouched, "claim")));
    }
    if summary.drafts > 0 {
        looked_at.push_str(&format!("; {}", count(summary.drafts, "draft")));
    }
    if summary.documents > 0 {
        looked_at.push_str(&format!("; {}", count(summary.documents, "document")));
    }
    match summary.documents_missing {
        0 => {}
        missing if missing == summary.documents => looked_at.push_str(" not at hand"),
        missing => looked_at.push_str(&format!(", {missing} of them not at hand")),
    }
    if summary.excluded > 0 {
        looked_at.push_str(&format!("; {} excluded", count(summary.excluded, "file")));
    }
    // texts without claims have no facts, and no rules find them
    let only_texts = !report.claims.files.is_empty() && report.claims.files.iter().all(|file| file.read.is_some());
    if !only_texts {
        lines.push(looked_at);
    }
    lines.extend(texts::verified(report));
    if summary.unfinished > 0 {
        let groups = count(summary.unfinished, "group");
        lines.push(format!("{groups} of claims too large to be compared to the end; something may have been missed"));
    }
    if summary.problems > 0 {
        let problems = count(summary.problems, "problem");
        lines.push(format!("{problems}: not everything was read or understood, so the exit code is 2"));
    }
    lines
}
