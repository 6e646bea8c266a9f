//! The rule set of a project: the shipped rules, extended and overridden by the project's own.

use std::sync::Arc;

use super::Project;
use crate::document::Problem;
use crate::rules::{self, RuleSet, RuleText};

/// Loads the shipped rules and those of the project.
pub fn load(project: &Project, problems: &mut Vec<Problem>) -> RuleSet {
    load_with(rules::shipped(), project, problems)
}

/// Loads them for a check, which needs no reasons, examples or names of the shipped ones.
pub fn load_to_check(project: &Project, problems: &mut Vec<Problem>) -> RuleSet {
    load_with(rules::shipped_brief(), project, problems)
}

fn load_with<'a>(
    shipped: impl Iterator<Item = RuleText<'a>>,
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
    let (mut set, found) = rules::load(shipped.chain(own_texts));
    problems.extend(found);
    super::severities::set(&project.config, &mut set);
    set
}
