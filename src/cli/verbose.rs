//! `kzcheck check -v`: which files, which configuration, which rules fired or never did, and where the time went.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::gate::Run;
use crate::report::visible::visible;
use crate::report::words::count;

/// What a run looked at, for stderr.
pub(super) fn text(run: &Run) -> String {
    let mut text = String::new();
    let project = &run.project;
    let _ = writeln!(text, "project: {}", visible(&project.root.to_string_lossy()));
    match project.config.files.as_slice() {
        [] => text.push_str("configuration: none\n"),
        files => files.iter().rev().for_each(|file| {
            let _ = writeln!(text, "configuration: {}", visible(&project.shown(file)));
        }),
    }
    let own = run.project.rule_files(&mut Vec::new());
    list(&mut text, "own rules", own.iter().map(|(shown, _)| shown.clone()));
    list(&mut text, "claims", run.selection.claim_files.iter().map(|file| file.shown.clone()));
    list(&mut text, "excluded", run.selection.excluded.iter().map(|(file, why)| format!("{file}, by {why}")));
    let missing = run.documents.missing.iter().map(|path| format!("{path}, not there"));
    list(&mut text, "documents", missing);
    rules(run, &mut text);
    let times: Vec<String> =
        run.times.iter().map(|(step, time)| format!("{step} {:.1} ms", time.as_secs_f64() * 1000.0)).collect();
    let _ = writeln!(text, "time: {}", times.join(", "));
    text
}

fn list(text: &mut String, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        let _ = writeln!(text, "{name}: {}", items.len());
        items.iter().for_each(|item| {
            let _ = writeln!(text, "  {}", visible(item));
        });
    }
}

fn rules(run: &Run, text: &mut String) {
    let mut fired: BTreeMap<&str, usize> = BTreeMap::new();
    for made in &run.outcome.checks {
        *fired.entry(&made.rule).or_default() += 1;
    }
    for finding in &run.outcome.findings {
        fired.entry(&finding.rule).or_insert(0);
    }
    let _ = writeln!(text, "rules that fired: {}", fired.len());
    for (rule, checks) in &fired {
        let _ = writeln!(text, "  {} {}", visible(rule), count(*checks, "check"));
    }
    let never: Vec<&str> = run.rules.rule_ids().filter(|rule| !fired.contains_key(rule)).collect();
    let _ = writeln!(text, "rules that never fired: {}", never.len());
    if !never.is_empty() {
        let _ = writeln!(text, "  {}", never.join(", "));
    }
}
