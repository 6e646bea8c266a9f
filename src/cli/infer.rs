//! `kzcheck infer`: what the claims imply about facts that nobody states.

use clap::ValueEnum;
use serde::Serialize;

use super::{Exit, problems};
use crate::check::Options;
use crate::check::joint::infer::{Inferred, infer};
use crate::claims;
use crate::project::{self, Project};
use crate::report::statement::line;
use crate::report::together::{inference, range};
use crate::report::{ShownProblem, json_text};

/// Say what follows from the claims about facts that nobody states
///
/// A share and its part say how large the whole is; two wholes say how large their sum is. Prints each such fact with
/// the ends that follow (both, unless you ask for a fact), and the steps that lead there. Claims that cannot be true together are left out.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only facts of these subjects or measures (`trade.goods` stands for `trade.goods.exports` too)
    #[arg(value_name = "SUBJECT|MEASURE")]
    only: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Serialize)]
struct Output {
    version: u32,
    facts: Vec<JsonFact>,
    problems: Vec<ShownProblem>,
}

#[derive(Serialize)]
struct JsonFact {
    fact: String,
    low: Option<String>,
    high: Option<String>,
    unit: String,
    steps: Vec<String>,
}

/// Infers, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let project = Project::find(".".as_ref(), &mut found);
    let rules = project::rules::load(&project, &mut found);
    let selection = project.select(&[], false, &mut found);
    let mut claims = claims::read(&selection.claim_files, &rules);
    found.append(&mut claims.problems);
    let mut inferred = infer(&rules, &claims, &Options::default());
    inferred.retain(|one| {
        let measure = &*rules.vocabulary.measure(one.key.measure).id;
        let subject = claims.word(one.key.subject, &rules.vocabulary.names);
        let is_meant = |word: &String| {
            let below = measure.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with('.'));
            subject == word || measure == word || below
        };
        // one end alone says little; who asks for a fact gets it all the same
        let has_both = one.low.is_some() && one.high.is_some();
        if arguments.only.is_empty() { has_both } else { arguments.only.iter().any(is_meant) }
    });
    let shown = problems::print(&project, &found);
    super::print(&match arguments.format {
        Format::Human => human(&inferred),
        Format::Json => json(&inferred, shown),
    });
    if found.is_empty() { Exit::Clean } else { Exit::Trouble }
}

fn human(inferred: &[Inferred]) -> String {
    let mut text = String::new();
    for one in inferred {
        text.push_str(&line(&format!("{}: {}", one.fact, range(&one.low, &one.high, &one.unit))));
        text.push('\n');
        for step in &one.steps {
            text.push_str(&format!("  {}\n", line(&inference(step))));
        }
    }
    if inferred.is_empty() {
        text.push_str("nothing follows about facts that nobody states\n");
    }
    text
}

fn json(inferred: &[Inferred], problems: Vec<ShownProblem>) -> String {
    let facts = inferred.iter().map(|one| JsonFact {
        fact: one.fact.clone(),
        low: one.low.clone(),
        high: one.high.clone(),
        unit: one.unit.clone(),
        steps: one.steps.iter().map(inference).collect(),
    });
    json_text::pretty(&Output { version: 1, facts: facts.collect(), problems })
}
