//! Runs the examples of rules: an example names values, here they become claims, and the claims are checked as any
//! others are.
//!
//! The claims are written as the text of a claim file and read like one, so an example shows that its rule works from
//! the file to the finding. For a rule with patterns the text follows the first of its instances that the values fit
//! (`patterns`), a rule that is bound by name gets a `[[check]]` (`bound`), and a builtin gets the claims that the
//! names of its values ask for (`builtin`). Only the rule in question is in force.

mod bound;
mod builtin;
mod patterns;
mod text;
mod words;

use rayon::prelude::*;

use self::builtin::Texts;
use super::{Finding, Options, Outcome as Checked, Verdict, run};
use crate::claims::read::Content;
use crate::claims::{self, ClaimText, Claims};
use crate::document::{Format, Quotable};
use crate::extract;
use crate::revise::Standings;
use crate::revise::unclaimed::{ClaimedText, TextFigures};
use crate::rules::RuleSet;
use crate::rules::rule::{Body, Example, Outcome, Rule};

/// How an example came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// As it says.
    Ok,
    /// Something should have been found and was not.
    Missing,
    /// Something was found that should not have been.
    Noisy,
    /// Strained in place of impossible or the other way round, or no claims can be made of the values.
    Wrong,
}

impl Judgement {
    pub const ALL: [Judgement; 4] = [Judgement::Ok, Judgement::Missing, Judgement::Noisy, Judgement::Wrong];

    pub fn name(self) -> &'static str {
        match self {
            Judgement::Ok => "ok",
            Judgement::Missing => "missing",
            Judgement::Noisy => "noisy",
            Judgement::Wrong => "wrong",
        }
    }
}

/// An example that was checked.
#[derive(Debug)]
pub struct Trial<'r> {
    pub example: &'r Example,
    pub judgement: Judgement,
    /// The claims and what came of them, or why none could be made.
    pub made: Result<Made, String>,
}

/// The claims of an example and what came of them.
#[derive(Debug)]
pub struct Made {
    pub claims: Claims,
    pub checked: Checked,
}

impl Made {
    /// What the rule finds in the claims: the worst of it.
    pub fn finding(&self) -> Option<&Finding> {
        // a finding that is no check of values stands for a failure
        self.checked.findings.iter().max_by_key(|finding| finding.verdict.unwrap_or(Verdict::Impossible))
    }

    /// The verdict on the claims.
    pub fn verdict(&self) -> Verdict {
        self.finding().map_or(Verdict::Holds, |finding| finding.verdict.unwrap_or(Verdict::Impossible))
    }
}

/// A rule with all its examples checked.
#[derive(Debug)]
pub struct Tried<'r> {
    pub rule: &'r Rule,
    pub trials: Vec<Trial<'r>>,
}

/// Checks the examples of these rules, in their order.
pub fn try_all<'r>(rules: &RuleSet, selected: &[&'r Rule]) -> Vec<Tried<'r>> {
    let alone = || RuleSet { vocabulary: rules.vocabulary.clone(), ..RuleSet::default() };
    selected
        .par_iter()
        .map_init(alone, |alone, rule| {
            alone.rules = vec![(*rule).clone()];
            let trials = rule.examples.iter().map(|example| try_one(alone, rule, example)).collect();
            Tried { rule, trials }
        })
        .collect()
}

fn try_one<'r>(alone: &RuleSet, rule: &Rule, example: &'r Example) -> Trial<'r> {
    let made = make(alone, rule, example);
    let judgement = match &made {
        Ok(made) => judge(example.outcome, made.verdict()),
        Err(_) => Judgement::Wrong,
    };
    Trial { example, judgement, made }
}

fn judge(expected: Outcome, verdict: Verdict) -> Judgement {
    match (expected, verdict) {
        (Outcome::Pass, Verdict::Holds)
        | (Outcome::Strained, Verdict::Strained)
        | (Outcome::Fail, Verdict::Impossible) => Judgement::Ok,
        (Outcome::Pass, _) => Judgement::Noisy,
        (_, Verdict::Holds) => Judgement::Missing,
        (_, _) => Judgement::Wrong,
    }
}

/// Makes claims of an example and checks them.
fn make(alone: &RuleSet, rule: &Rule, example: &Example) -> Result<Made, String> {
    let made = match &rule.body {
        Body::Bound => bound::text(rule, example).and_then(|text| check(alone, text, true, Texts::default())),
        Body::Builtin(_) => {
            builtin::text(example, &alone.vocabulary).and_then(|text| check(alone, text, false, Texts::of(example)))
        }
        Body::Patterns(instances) => {
            let mut reason = None;
            for instance in instances {
                let text = patterns::text(rule, instance, example, &alone.vocabulary);
                match text.and_then(|text| check(alone, text, true, Texts::default())) {
                    Ok(made) => return Ok(made),
                    // the reason of the instance that came farthest tells most
                    Err(why) if reason.as_ref().is_none_or(|known: &Failure| known.stage < why.stage) => {
                        reason = Some(why);
                    }
                    Err(_) => {}
                }
            }
            Err(reason.unwrap_or_else(|| Failure::fit("the rule has no instance".to_owned())))
        }
    };
    made.map_err(|failure| failure.reason)
}

/// Why no claims could be made of an example.
#[derive(Debug)]
struct Failure {
    stage: Stage,
    reason: String,
}

/// How far the making came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// The values do not fit the terms.
    Fit,
    /// The keys of the claims cannot be filled.
    Keys,
    /// The claims cannot be read.
    Read,
    /// The claims meet in no check.
    Check,
}

impl Failure {
    fn fit(reason: String) -> Failure {
        Failure { stage: Stage::Fit, reason }
    }

    fn keys(reason: String) -> Failure {
        Failure { stage: Stage::Keys, reason }
    }
}

/// Reads the text of a claim file and checks its claims. With `must_meet`, a check has to come of them: else a passing
/// example would pass because nothing was compared.
fn check(alone: &RuleSet, text: String, must_meet: bool, texts: Texts<'_>) -> Result<Made, Failure> {
    let file = ClaimText { shown: "example".to_owned(), content: Content::Memory(text) };
    let mut claims = claims::read(&[file], alone);
    if let Some(problem) = claims.problems.first() {
        let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        return Err(Failure { stage: Stage::Read, reason: format!("{}{help}", problem.message) });
    }
    let quotable = |text: &str| Quotable::of_text(text, Format::Text);
    let document = texts.document.map(quotable);
    let standings = Standings::of(&claims, &alone.vocabulary, &extract::SHIPPED, |_| document.as_ref());
    let translation = texts.translation.map(quotable);
    let figures = figures(alone, &mut claims, &standings, document.as_ref(), translation.as_ref());
    let options =
        Options { keep_all: true, standings: Some(&standings), figures: Some(&figures), ..Options::default() };
    let checked = run(alone, &claims, &options);
    if must_meet && checked.checks.is_empty() {
        let reason = "no check comes of the values: the claims do not meet".to_owned();
        return Err(Failure { stage: Stage::Check, reason });
    }
    Ok(Made { claims, checked })
}

/// What the texts of an example say beside its claims.
fn figures(
    alone: &RuleSet,
    claims: &mut Claims,
    standings: &Standings,
    document: Option<&Quotable>,
    translation: Option<&Quotable>,
) -> TextFigures {
    let units = &alone.vocabulary.units;
    let mut figures = TextFigures::default();
    let Some(document) = document else { return figures };
    let claimed = claims.iter().filter_map(|(index, _)| Some((standings.get(index)?.span()?, index))).collect();
    let own = ClaimedText::new("example", "example", document, &extract::Options::default(), claimed);
    match translation {
        Some(translation) => {
            let other =
                ClaimedText::new("translation", "translation", translation, &extract::Options::default(), Vec::new());
            figures.unshared(&own, &other, claims, units);
        }
        None => figures.uncovered(&own, claims, units),
    }
    figures
}
