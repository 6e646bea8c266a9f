//! What the findings of a rule are worth in a project: its own severity, unless the configuration says otherwise.

use super::config::{Config, Level, Origin, Setting};
use crate::check::allow::UNUSED_ALLOW;
use crate::check::{Finding, Outcome, Verdict};
use crate::claims::Claims;
use crate::document::Problem;
use crate::figure::nearest;
use crate::rules::{RuleSet, Severity};

/// Gives the rules the severities of the configuration. Rules that are newer than the version which the project is for
/// report notes, unless the configuration names them.
pub fn set(config: &Config, rules: &mut RuleSet) {
    for rule in &mut rules.rules {
        let is_new = match (&config.rules_version, rule.since) {
            (Some(version), Some(since)) => since > version.value,
            _ => false,
        };
        match config.severity.get(&*rule.id).map(|level| level.value) {
            Some(level) => rule.severity = level.severity().unwrap_or(rule.severity),
            None if is_new => rule.severity = Severity::Note,
            None => {}
        }
    }
}

/// Applies what the configuration says about checks, about files, and about what is off.
pub fn apply(config: &Config, claims: &Claims, outcome: &mut Outcome) {
    outcome.hold_back("configuration", |finding| {
        let setting = deciding(config, claims, finding)?;
        let Some(severity) = setting.value.severity() else {
            return Some(format!("off in {}", setting.origin).into());
        };
        let is_strained = finding.verdict == Some(Verdict::Strained);
        finding.severity = if is_strained { severity.milder() } else { severity };
        None
    });
}

/// What the configuration says last about a finding: about its rule for its files, about its check, or about its rule
/// where the rule's own severity was not enough to say it.
fn deciding<'a>(config: &'a Config, claims: &Claims, finding: &Finding) -> Option<&'a Setting<Level>> {
    let named = |severity: &'a std::collections::BTreeMap<String, Setting<Level>>| {
        finding.check.as_deref().and_then(|check| severity.get(check)).or_else(|| severity.get(&*finding.rule))
    };
    let lies_in = |files: &[super::config::Pattern], path: &std::path::Path| files.iter().any(|file| file.fits(path));
    let in_files = config.overrides.iter().rev().find_map(|found| {
        let said = named(&found.severity)?;
        let mut paths = finding.claims().map(|index| config.absolute(&claims.file(claims.get(index)).path));
        let has_claims = finding.claims().next().is_some();
        (has_claims && paths.all(|path| lies_in(&found.files, &path))).then_some(said)
    });
    let by_check = finding.check.as_deref().and_then(|check| config.severity.get(check));
    // the severity of a rule is the rule's already, and a check in a claim file may have set its own
    let of_rule = config.severity.get(&*finding.rule);
    let is_needed = |level: &&Setting<Level>| level.value == Level::Off || &*finding.rule == UNUSED_ALLOW;
    in_files.or(by_check).or_else(|| of_rule.filter(is_needed))
}

/// Ids in the configuration that nothing has. What is extended may speak of rules that only other projects have.
pub fn unknown(config: &Config, own_file: &str, rules: &RuleSet, claims: &Claims, problems: &mut Vec<Problem>) {
    let checks = claims.checks.iter().map(|check| &*check.id);
    let known: Vec<&str> = rules.rule_ids().chain(checks).chain([UNUSED_ALLOW]).collect();
    let all = config.overrides.iter().flat_map(|found| &found.severity).chain(&config.severity);
    for (id, setting) in all {
        let Origin::File { file, span, .. } = &setting.origin else { continue };
        if file != own_file || known.contains(&id.as_str()) {
            continue;
        }
        let problem = Problem::new(file.as_str(), *span, format!("no rule or check is called `{id}`"));
        problems.push(match nearest(id, known.iter().copied()) {
            Some(near) => problem.with_help(format!("did you mean `{near}`?")),
            None => problem.with_help("`kzcheck explain` lists the rules"),
        });
    }
}
