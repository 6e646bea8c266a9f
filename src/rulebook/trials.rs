//! The outcome of running the examples of many rules: what `kzcheck test` prints.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use super::written::Written;
use super::{Defined, Rulebook, ShownExample};
use crate::check::examples::{self, Judgement, Tried};
use crate::check::joint::audit::{self, Remark};
use crate::claims::Claims;
use crate::report::ShownProblem;
use crate::rules::rule::{Outcome, Rule};

/// Rules with their examples checked.
#[derive(Debug, Serialize)]
pub struct Trials {
    version: u32,
    rules: Vec<RuleTrials>,
    notes: Vec<Note>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<ShownRemark>,
    problems: Vec<ShownProblem>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct RuleTrials {
    rule: String,
    defined: Defined,
    examples: Vec<ShownExample>,
}

/// A rule that lacks examples of one kind.
#[derive(Debug, Serialize)]
struct Note {
    rule: String,
    /// `pass`, `fail`.
    lacks: Vec<&'static str>,
    defined: Defined,
}

/// What is to be said of a rule itself.
#[derive(Debug, Serialize)]
struct ShownRemark {
    rule: String,
    /// `never holds`, `never fails`, `follows`, `never fires`.
    remark: &'static str,
    /// The rules from which it follows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    defined: Defined,
}

/// Counts of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Summary {
    rules: usize,
    examples: usize,
    ok: usize,
    missing: usize,
    noisy: usize,
    wrong: usize,
    notes: usize,
    remarks: usize,
    problems: usize,
}

impl Trials {
    /// Checks the examples of these rules, and the rules themselves if there are claims to hold them against.
    /// `problems` kept others from being read.
    pub fn run(
        book: &Rulebook<'_>,
        selected: &[&Rule],
        claims: Option<&Claims>,
        problems: Vec<ShownProblem>,
    ) -> Trials {
        let mut trials = Trials {
            version: 1,
            rules: Vec::new(),
            notes: Vec::new(),
            remarks: Vec::new(),
            problems,
            summary: Summary::default(),
        };
        let all_tried = examples::try_all(book.rules, selected);
        if let Some(claims) = claims {
            trials.remarks = remarks(book, &all_tried, claims);
        }
        for tried in all_tried {
            let rule = tried.rule;
            let lacks = lacks(rule);
            if !lacks.is_empty() {
                trials.notes.push(Note { rule: rule.id.to_string(), lacks, defined: book.defined(rule) });
            }
            let order = Written::of(book, rule).order();
            let shown = tried.trials.iter().map(|trial| ShownExample::new(book, rule, trial, &order)).collect();
            trials.rules.push(RuleTrials { rule: rule.id.to_string(), defined: book.defined(rule), examples: shown });
        }
        let all = || trials.rules.iter().flat_map(|rule| &rule.examples);
        let count = |judgement| all().filter(|example| example.judgement == judgement).count();
        trials.summary = Summary {
            rules: trials.rules.len(),
            examples: all().count(),
            ok: count(Judgement::Ok),
            missing: count(Judgement::Missing),
            noisy: count(Judgement::Noisy),
            wrong: count(Judgement::Wrong),
            notes: trials.notes.len(),
            remarks: trials.remarks.len(),
            problems: trials.problems.len(),
        };
        trials
    }

    /// Whether every example came out as it says, and every rule can hold and can fail.
    pub fn all_ok(&self) -> bool {
        let is_broken = |remark: &ShownRemark| matches!(remark.remark, NEVER_HOLDS | NEVER_FAILS);
        self.summary.ok == self.summary.examples && !self.remarks.iter().any(is_broken)
    }

    /// As one JSON object.
    pub fn json(&self) -> String {
        super::json(self)
    }

    /// For people: what did not come out, and with `all` every rule with its count.
    pub fn human(&self, all: bool) -> String {
        let mut text = String::new();
        for rule in &self.rules {
            let failed: Vec<&ShownExample> =
                rule.examples.iter().filter(|example| example.judgement != Judgement::Ok).collect();
            if failed.is_empty() {
                if all {
                    let _ = writeln!(text, "{}: {}", rule.rule, counts(&rule.examples));
                }
                continue;
            }
            let _ = writeln!(text, "{}: {}", rule.rule, counts(&rule.examples));
            failed.iter().for_each(|example| text.push_str(&failure(example)));
        }
        for note in &self.notes {
            let _ = writeln!(
                text,
                "note: {} has no {} example ({}:{})",
                note.rule,
                note.lacks.join(" and no "),
                note.defined.file,
                note.defined.line
            );
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "{}", said(remark));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.summary_line());
        super::printable(&text)
    }

    fn summary_line(&self) -> String {
        let Summary { rules, examples, ok, missing, noisy, wrong, notes, remarks, problems } = self.summary;
        let mut line = format!("{}, {}: ", counted(rules, "rule"), counted(examples, "example"));
        if ok == examples {
            line.push_str("all ok");
        } else {
            line.push_str(&listed(&[(ok, "ok"), (missing, "missing"), (noisy, "noisy"), (wrong, "wrong")]));
        }
        if notes > 0 {
            let _ = write!(line, "; {}", counted(notes, "note"));
        }
        if remarks > 0 {
            let _ = write!(line, "; {}", counted(remarks, "remark"));
        }
        if problems > 0 {
            let _ = write!(line, "; {}", counted(problems, "problem"));
        }
        line.push('\n');
        line
    }
}

const NEVER_HOLDS: &str = "never holds";
const NEVER_FAILS: &str = "never fails";
const FOLLOWS: &str = "follows";
const NEVER_FIRES: &str = "never fires";

/// What is to be said of rules by themselves, by each other, and by the claims of the project. That a rule which comes with
/// the program meets no claim of this project is no news.
fn remarks(book: &Rulebook<'_>, tried: &[Tried<'_>], claims: &Claims) -> Vec<ShownRemark> {
    let shown = |rule: &Rule, remark: &'static str, from: &[Box<str>]| ShownRemark {
        rule: rule.id.to_string(),
        remark,
        from: from.iter().map(|rule| rule.to_string()).collect(),
        defined: book.defined(rule),
    };
    let of_rule = |tried: &Tried<'_>| {
        let made = tried.trials.iter().filter_map(|trial| trial.made.as_ref().ok());
        let remark = made.into_iter().find_map(|made| audit::look_at_rule(book.rules, &tried.rule.id, &made.claims))?;
        Some(match remark {
            Remark::NeverHolds => shown(tried.rule, NEVER_HOLDS, &[]),
            Remark::NeverFails => shown(tried.rule, NEVER_FAILS, &[]),
            Remark::Follows(from) => shown(tried.rule, FOLLOWS, &from),
        })
    };
    let mut remarks: Vec<ShownRemark> = tried.par_iter().filter_map(of_rule).collect();
    let has_claims = !claims.claims.is_empty();
    let unmet = audit::unmet(book.rules, claims).into_iter().filter(|rule| {
        let is_selected = tried.iter().any(|tried| tried.rule.id == rule.id);
        has_claims && is_selected && !book.defined(rule).shipped
    });
    remarks.extend(unmet.map(|rule| shown(rule, NEVER_FIRES, &[])));
    remarks
}

fn said(remark: &ShownRemark) -> String {
    let ShownRemark { rule, remark, from, defined } = remark;
    let place = format!("({}:{})", defined.file, defined.line);
    match *remark {
        NEVER_HOLDS => format!("{rule} can never hold, whatever is claimed {place}"),
        NEVER_FAILS => format!("{rule} can never find anything: it holds whatever is claimed {place}"),
        FOLLOWS => format!("{rule} follows from {}: where they hold, it does {place}", from.join(" and ")),
        _ => format!("{rule} never fires: no claims of this project meet it {place}"),
    }
}

/// The kinds of example that every rule should have and this one has not. Where nothing can be more than strained, a
/// strained example stands for a failing one.
fn lacks(rule: &Rule) -> Vec<&'static str> {
    let has = |outcomes: &[Outcome]| rule.examples.iter().any(|example| outcomes.contains(&example.outcome));
    let mut lacks = Vec::new();
    if !has(&[Outcome::Pass]) {
        lacks.push(Outcome::Pass.name());
    }
    if !has(&[Outcome::Fail, Outcome::Strained]) {
        lacks.push(Outcome::Fail.name());
    }
    lacks
}

fn counts(examples: &[ShownExample]) -> String {
    let count = |judgement: Judgement| examples.iter().filter(|example| example.judgement == judgement).count();
    listed(&Judgement::ALL.map(|judgement| (count(judgement), judgement.name())))
}

/// `2 ok, 1 missing`: what is not zero.
fn listed(counts: &[(usize, &str)]) -> String {
    let words: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if words.is_empty() { "no example".to_owned() } else { words.join(", ") }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// One example that did not come out: where it stands, what was expected, what came.
fn failure(example: &ShownExample) -> String {
    let place = format!("{}:{}:{}", example.place.file, example.place.line, example.place.column);
    let came = match (&example.reason, example.verdict) {
        (Some(reason), _) => reason.clone(),
        (None, Some("holds")) => "nothing was found".to_owned(),
        (None, verdict) => format!("it is {}", verdict.unwrap_or_default()),
    };
    let mut text = format!("  {}, a `{}` example: {came}\n    at {place}\n", example.outcome, example.expected);
    let _ = writeln!(text, "    {}", example.values_line());
    for line in example.arithmetic.iter().chain(&example.message).chain(&example.reservation) {
        let _ = writeln!(text, "    {line}");
    }
    text
}
