//! `kzcheck explain`: what the rules check and why.

use clap::ValueEnum;

use super::test::unknown_rule;
use super::{Exit, problems};
use crate::claims;
use crate::document::Problem;
use crate::project::{self, Project};
use crate::rulebook::{Explanation, Index, LocalExplanation, Rulebook};
use crate::rules::RuleSet;

/// Explain a rule, or list all of them
///
/// Without a rule, lists the rules by theme: those that come with the program and those of the project. With one, says
/// what it checks and why, with examples and their arithmetic, and how to accept a finding. The id of a `[[check]]` in
/// a claim file is explained too.
#[derive(clap::Args)]
pub struct Arguments {
    /// The rule's id, as findings name it, or that of a check of a claim file
    rule: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Markdown,
    Json,
}

/// Explains, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let project = Project::find(".".as_ref(), &mut found);
    let rules = project::rules::load(&project, &mut found);
    let text = match &arguments.rule {
        None => {
            let index = Index::new(&Rulebook::open(&project, &rules));
            Some(match arguments.format {
                Format::Human => index.human(),
                Format::Markdown => index.markdown(),
                Format::Json => index.json(),
            })
        }
        Some(id) => explain(id, arguments.format, &project, &rules, &mut found),
    };
    problems::print(&project, &found);
    super::print(text.as_deref().unwrap_or_default());
    if found.is_empty() { Exit::Clean } else { Exit::Trouble }
}

fn explain(id: &str, format: Format, project: &Project, rules: &RuleSet, found: &mut Vec<Problem>) -> Option<String> {
    if let Some(rule) = rules.rule(id) {
        let explanation = Explanation::new(&Rulebook::open(project, rules), rule);
        return Some(match format {
            Format::Human => explanation.human(),
            Format::Markdown => explanation.markdown(),
            Format::Json => explanation.json(),
        });
    }
    // claims may be absent or broken: only whether one of their checks has this id is asked here
    let selection = project.select(&[], false, &mut Vec::new());
    let claims = claims::read(&selection.claim_files, rules);
    if let Some(local) = LocalExplanation::find(id, project, rules, &claims) {
        return Some(match format {
            Format::Human => local.human(),
            Format::Markdown => local.markdown(),
            Format::Json => local.json(),
        });
    }
    let checks = claims.checks.iter().map(|check| &*check.id);
    found.push(unknown_rule(id, &rules.rule_ids().chain(checks).collect::<Vec<_>>()));
    None
}
