//! `kzcheck why CLAIM`: what supports and what contradicts one claim.

use clap::ValueEnum;
use serde::Serialize;

use super::{Exit, problems};
use crate::check::joint::infer::others_say;
use crate::check::{self, Options, Verdict};
use crate::claims;
use crate::document::Problem;
use crate::figure::nearest;
use crate::project::{self, Project};
use crate::report::statement::line;
use crate::report::together::{inference, range};
use crate::report::{ShownProblem, Surroundings, json_text, together, words};

/// Say what supports and what contradicts one claim, or what was recognised on a line of a text
///
/// Lists the checks that hold with it and those that do not, and what the other claims say of the same fact.
#[derive(clap::Args)]
pub struct Arguments {
    /// The id of the claim; or a line of a text that is checked without claims, as in `report.md:12`
    claim: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Default, Serialize)]
struct Output {
    version: u32,
    claim: String,
    value: String,
    fact: String,
    supports: Vec<JsonCheck>,
    contradicts: Vec<JsonCheck>,
    others_say: Option<JsonOthers>,
    problems: Vec<ShownProblem>,
}

#[derive(Serialize)]
struct JsonCheck {
    rule: String,
    says: Vec<String>,
}

#[derive(Serialize)]
struct JsonOthers {
    low: Option<String>,
    high: Option<String>,
    unit: String,
    steps: Vec<String>,
}

/// Looks, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    if let Some(line) = super::why_line::Line::of(&arguments.claim) {
        return super::why_line::run(&line, matches!(arguments.format, Format::Json));
    }
    let mut found = Vec::new();
    let project = Project::find(".".as_ref(), &mut found);
    let rules = project::rules::load(&project, &mut found);
    let selection = project.select(&[], false, &mut found);
    let mut claims = claims::read(&selection.claim_files, &rules);
    found.append(&mut claims.problems);
    let options = Options { keep_all: true, ..Options::default() };
    let mut output = Output { version: 1, claim: arguments.claim.clone(), ..Output::default() };
    match claims.find(&arguments.claim) {
        None => {
            let ids: Vec<&str> = claims.iter().map(|(index, _)| claims.id(index)).collect();
            let problem = Problem::new("", None, format!("there is no claim `{}`", arguments.claim));
            found.push(match nearest(&arguments.claim, ids) {
                Some(id) => problem.with_help(format!("did you mean `{id}`?")),
                None => problem,
            });
        }
        Some(claim) => {
            let outcome = check::run(&rules, &claims, &options);
            let surroundings = Surroundings::default();
            let report = surroundings.report(&rules, &claims, &outcome);
            output.value = claims.get(claim).value.print(&rules.vocabulary.units);
            output.fact = words::fact(&report, claim);
            for made in &outcome.checks {
                if made.verdict == Verdict::Holds && made.participants.iter().any(|one| one.claim == claim) {
                    let rule = made.check.as_ref().unwrap_or(&made.rule).to_string();
                    output.supports.push(JsonCheck { rule, says: vec![words::all_arithmetic(&made.arithmetic)] });
                }
            }
            for finding in outcome.findings.iter().filter(|finding| finding.claims().any(|one| one == claim)) {
                let mut says = vec![words::message(&report, finding)];
                says.extend(Some(words::all_arithmetic(&finding.arithmetic)).filter(|text| !text.is_empty()));
                says.extend(together::derivation(&report, finding));
                let rule = finding.check.as_ref().unwrap_or(&finding.rule).to_string();
                output.contradicts.push(JsonCheck { rule, says });
            }
            output.others_say = others_say(&rules, &claims, &options, claim).map(|one| JsonOthers {
                low: one.low,
                high: one.high,
                unit: one.unit,
                steps: one.steps.iter().map(inference).collect(),
            });
        }
    }
    output.problems = problems::print(&project, &found);
    let is_known = !output.fact.is_empty();
    super::print(&match arguments.format {
        Format::Human if is_known => human(&output),
        Format::Human => String::new(),
        Format::Json => json_text::pretty(&output),
    });
    if found.is_empty() { Exit::Clean } else { Exit::Trouble }
}

fn human(output: &Output) -> String {
    let mut lines = vec![format!("{}: {} ({})", output.fact, output.value, output.claim)];
    for (title, checks) in [("supported by", &output.supports), ("contradicted by", &output.contradicts)] {
        for one in checks {
            lines.push(format!("  {title} {}", one.rule));
            lines.extend(one.says.iter().map(|line| format!("    {line}")));
        }
    }
    if output.supports.is_empty() && output.contradicts.is_empty() {
        lines.push("  no check touches it".to_owned());
    }
    if let Some(others) = &output.others_say {
        lines.push(format!("  the other claims say {}", range(&others.low, &others.high, &others.unit)));
        lines.extend(others.steps.iter().map(|step| format!("    {step}")));
    }
    let mut text: String = lines.iter().map(|text| shown(text)).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// A line that shows what is in it, with its indent.
fn shown(text: &str) -> String {
    let rest = text.trim_start_matches(' ');
    format!("{}{}", &text[..text.len() - rest.len()], line(rest))
}
