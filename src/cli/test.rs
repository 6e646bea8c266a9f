//! `kzcheck test`: whether the examples of the rules come out as they say.

use clap::ValueEnum;

use super::{Exit, problems};
use crate::claims;
use crate::document::Problem;
use crate::figure::nearest;
use crate::project::{self, Project};
use crate::rulebook::{Rulebook, Trials};
use crate::rules::rule::Rule;

/// Run the examples that rules carry
///
/// Every rule shows by examples what it accepts (`pass`), what it accepts with a reservation (`strained`) and what it
/// finds (`fail`). Each example is made into claims and checked; only the findings of its own rule count. The rules of
/// the project and those that come with the program are run.
///
/// An example is `ok`; `missing` where nothing was found that should have been; `noisy` where something was found that
/// should not have been; or `wrong` where it is strained in place of impossible or the other way round, or where no
/// claims can be made of its values. Exit code 0: all are ok, 1: some are not, 2: a rule is unknown or broken.
#[derive(clap::Args)]
pub struct Arguments {
    /// Rules to run, by their ids; without any, all rules
    rules: Vec<String>,
    /// Look at the rules themselves too: whether one can never hold or never find anything, follows from others, or
    /// meets no claim of this project
    #[arg(long = "rules")]
    themselves: bool,
    /// How to print the outcome
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show every rule, also those whose examples are all ok
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Runs the examples, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let project = Project::find(".".as_ref(), &mut found);
    let rules = project::rules::load(&project, &mut found);
    let book = Rulebook::open(&project, &rules);
    let mut selected: Vec<&Rule> = book.in_order();
    if !arguments.rules.is_empty() {
        for id in &arguments.rules {
            if rules.rule(id).is_none() {
                found.push(unknown_rule(id, &rules.rule_ids().collect::<Vec<_>>()));
            }
        }
        selected.retain(|rule| arguments.rules.iter().any(|id| **id == *rule.id));
    }
    let claims = arguments.themselves.then(|| {
        // rules can be looked at where nothing is claimed yet
        let selection = project.select(&[], false, &mut Vec::new());
        let mut claims = claims::read(&selection.claim_files, &rules);
        found.append(&mut claims.problems);
        claims
    });
    let shown = problems::print(&project, &found);
    if selected.is_empty() && !found.is_empty() && matches!(arguments.format, Format::Human) {
        return Exit::Trouble;
    }
    let trials = Trials::run(&book, &selected, claims.as_ref(), shown);
    super::print(&match arguments.format {
        Format::Human => trials.human(arguments.all),
        Format::Json => trials.json(),
    });
    if !found.is_empty() {
        Exit::Trouble
    } else if trials.all_ok() {
        Exit::Clean
    } else {
        Exit::Findings
    }
}

/// A rule that nobody knows, with what may have been meant.
pub(super) fn unknown_rule(id: &str, known: &[&str]) -> Problem {
    let problem = Problem::new("", None, format!("no rule is called `{id}`"));
    let near: Vec<&str> = match nearest(id, known.iter().copied()) {
        Some(near) => vec![near],
        // a part of the name may be all that is remembered
        None => known.iter().copied().filter(|known| id.len() > 2 && known.contains(id)).take(5).collect(),
    };
    match near.as_slice() {
        [] => problem.with_help("`kzcheck explain` lists the rules"),
        near => {
            let quoted: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            problem.with_help(format!("did you mean {}?", quoted.join(", ")))
        }
    }
}
