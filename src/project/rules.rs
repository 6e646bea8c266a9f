//! The rule set of a project: the shipped rules, extended and overridden by the project's own.

use std::sync::Arc;

use super::Project;
use crate::document::Problem;
use crate::rules::{self, RuleSet, RuleText};

/// Loads the shipped rules and those of the project.
pub fn load(project: &Project, problems: &mut Vec<Problem>) -> RuleSet {
    load_with(rules::shipped(), None, project, problems)
}

/// Loads them with the subjects that a claim file declares, by whose names a text may call them. `None` where that
/// cannot be done: what is wrong is told when the claim file is read.
pub fn load_with_subjects(project: &Project, claim_file: &str) -> Option<RuleSet> {
    let mut table: toml::Table = claim_file.parse().ok()?;
    let subjects = toml::Table::from_iter([("subject".to_owned(), table.remove("subject")?)]).to_string();
    let mut problems = Vec::new();
    let text = RuleText { file: Arc::from("subjects of the claim file"), text: &subjects };
    let rules = load_with(rules::shipped(), Some(text), project, &mut problems);
    problems.is_empty().then_some(rules)
}

/// Loads them for a check, which needs no reasons, examples or names of the shipped ones.
pub fn load_to_check(project: &Project, problems: &mut Vec<Problem>) -> RuleSet {
    load_with(rules::shipped_brief(), None, project, problems)
}

fn load_with<'a>(
    shipped: impl Iterator<Item = RuleText<'a>>,
    more: Option<RuleText<'a>>,
    project: &Project,
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let mut own: Vec<(String, String)> = Vec::new();
    for (shown, path) in project.rule_files(problems) {
        match std::fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => own.push((shown, text)),
            Ok(Err(_)) => {
                problems.push(Problem::new(shown, None, "the file is not UTF-8").with_help("save it as UTF-8"))
            }
            Err(error) => problems.push(Problem::new(shown, None, format!("cannot be read: {error}"))),
        }
    }
    // a project that keeps a shipped file as it is need not have it read twice
    own.retain(|(_, text)| !rules::SHIPPED.iter().any(|(_, shipped)| shipped == text));
    let own_texts = own.iter().map(|(shown, text)| RuleText { file: Arc::from(shown.as_str()), text: text.as_str() });
    let shipped = shipped.map(|RuleText { file, text }| RuleText { file, text });
    let more = more.map(|RuleText { file, text }| RuleText { file, text });
    let (mut set, found) = rules::load(shipped.chain(own_texts).chain(more));
    problems.extend(found);
    super::severities::set(&project.config, &mut set);
    set
}
