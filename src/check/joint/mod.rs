//! All claims together: is there a world in which they are all true?
//!
//! Each check alone misses what only follows from several. Here the facts of a connected component and their checks
//! form a constraint network ([`network`]), with facts that nobody states ([`unstated`]); every fact is narrowed by
//! every check ([`revise`], [`narrow`]); what cannot be is shrunk to the claims that are needed ([`conflict`]) and
//! written down step by step ([`derivation`], [`paper`]). Narrowing can miss a contradiction and never invents one.

mod conflict;
mod derivation;
pub mod infer;
mod linear;
mod localize;
mod narrow;
mod network;
mod paper;
mod repair;
mod revise;
mod simplex;
mod slips;
mod unstated;
mod writer;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::domain::Domain;
use super::facts::FactId;
use super::finding::{Detail, Finding, Participant, Verdict};
use super::ground::Check;
use super::run::{Outcome, Readings, Runner, builtin_rules};
use crate::claims::{CheckBody, LocalCheck};
use crate::figure::{Days, Interval, Reading};
use crate::rules::rule::Rule;
use crate::rules::{Severity, periods};

pub use derivation::{Clash, Derivation, Inference};
pub use localize::LookAt;
use network::{Builder, Component, Constraint, Term, World};
pub use repair::{Repair, Resolution};
use unstated::AllFacts;

/// What the joint check looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Facts that nobody states.
    pub unstated: usize,
    /// Components in which several checks meet.
    pub components: usize,
    /// Components that were not narrowed to the end.
    pub unfinished: usize,
}

/// What came of a check by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alone {
    pub verdict: Verdict,
    /// Its finding, by its place in the outcome.
    pub finding: Option<usize>,
}

/// The name of the rule in whose name conflicts are reported.
pub(super) const BUILTIN: &str = "claims-together";

/// Looks for claims that cannot be true together although each check holds. `alone` says what came of each check by
/// itself: first the grounded ones, then those of the claim files.
pub(super) fn run(runner: &Runner<'_>, checks: &[Check], alone: &[Alone], outcome: &mut Outcome) {
    let Some(rule) = builtin_rules(runner.rules, BUILTIN) else { return };
    let all = AllFacts::of(runner.rules, runner.claims, runner.facts);
    let components = components(runner, checks, alone, &all);
    let readings = readings(runner.options.readings);
    let found: Vec<FoundIn> = components
        .par_iter()
        .map(|component| {
            let found = conflict::conflicts(component, readings, runner.reader);
            let findings =
                found.conflicts.iter().map(|conflict| finding(runner, rule, component, conflict, &all)).collect();
            FoundIn {
                look_at: look_at(component, &found, readings, runner),
                repairs: alone_repairs(component, runner),
                gave_up: found.gave_up,
                findings,
            }
        })
        .collect();
    outcome.joint = Looked {
        unstated: components.iter().flat_map(|component| &component.variables).filter(|one| !one.is_claimed()).count(),
        components: components.iter().filter(|component| component.constraints.len() > 1).count(),
        unfinished: found.iter().filter(|found| found.gave_up).count(),
    };
    for found in found {
        for (place, repairs) in found.repairs {
            if let Some(finding) = outcome.findings.get_mut(place) {
                finding.repairs = repairs;
            }
        }
        outcome.findings.extend(found.findings);
        outcome.look_at.extend(found.look_at);
    }
    // what meets most conflicts comes first
    outcome.look_at.sort_by_key(|look| look.claims.first().copied());
}

/// What was found in one component.
struct FoundIn {
    findings: Vec<Finding>,
    /// For findings of single checks.
    repairs: Vec<(usize, Vec<Repair>)>,
    look_at: Option<LookAt>,
    gave_up: bool,
}

/// The claims to look at in a component where something cannot be.
fn look_at(
    component: &Component<'_>,
    found: &conflict::Found,
    readings: &[(Reading, Verdict)],
    runner: &Runner<'_>,
) -> Option<LookAt> {
    let is_impossible = found.conflicts.iter().any(|conflict| conflict.verdict == Verdict::Impossible)
        || component.constraints.iter().any(|check| check.alone == Verdict::Impossible)
        || component.variables.iter().any(|variable| variable.conflicts(Reading::Loose));
    let is_strained = !found.conflicts.is_empty()
        || component.constraints.iter().any(|check| check.alone == Verdict::Strained)
        || component.variables.iter().any(|variable| variable.conflicts(Reading::Tight));
    let (generous, _) = readings.first()?;
    let (narrow, _) = readings.last()?;
    match (is_impossible, is_strained) {
        (true, _) => localize::localize(component, *generous, runner.reader),
        (false, true) => localize::localize(component, *narrow, runner.reader),
        (false, false) => None,
    }
}

/// Repairs of the checks that fail by themselves.
fn alone_repairs(component: &Component<'_>, runner: &Runner<'_>) -> Vec<(usize, Vec<Repair>)> {
    let checks = component.constraints.iter().enumerate();
    checks
        .filter_map(|(index, check)| {
            let reading = if check.alone == Verdict::Strained { Reading::Tight } else { Reading::Loose };
            let world = World {
                reading,
                constraints: vec![index],
                dropped: FxHashSet::default(),
                replaced: None,
                strict: false,
            };
            let claims = conflict::claims_of(component, &world);
            Some((check.finding?, repair::repairs(component, &world, &claims, runner.reader)))
        })
        .collect()
}

/// The readings that decide, the generous one first, and what a conflict in them is.
fn readings(readings: Readings) -> &'static [(Reading, Verdict)] {
    match readings {
        Readings::Both => &[(Reading::Loose, Verdict::Impossible), (Reading::Tight, Verdict::Strained)],
        Readings::Tight => &[(Reading::Tight, Verdict::Impossible)],
        Readings::Loose => &[(Reading::Loose, Verdict::Impossible)],
    }
}

fn finding(
    runner: &Runner<'_>,
    rule: &Rule,
    component: &Component<'_>,
    conflict: &conflict::Conflict,
    all: &AllFacts,
) -> Finding {
    let severity = conflict.severity.min(rule.severity);
    let severity = if conflict.verdict == Verdict::Strained { severity.milder() } else { severity };
    let mut finding = Finding::new(&rule.id, severity, Some(conflict.verdict), Detail::Together);
    finding.participants =
        conflict.claims.iter().map(|claim| Participant { claim: *claim, role: Box::default() }).collect();
    finding.derivation = Some(Box::new(derivation::derive(component, conflict, runner.reader, &all.sets)));
    finding.repairs = repair::repairs(component, &conflict.world, &conflict.claims, runner.reader);
    finding.resolutions = repair::resolutions(component, &conflict.world, &conflict.claims, runner.reader, &all.sets);
    if conflict.verdict == Verdict::Strained {
        let coarse =
            conflict.claims.iter().copied().filter(|claim| {
                runner.reader.claim(*claim, Reading::Tight) != runner.reader.claim(*claim, Reading::Loose)
            });
        finding.depends_on = coarse.collect();
    }
    finding
}

/// The network of a run, by component.
fn components<'a>(runner: &Runner<'a>, checks: &[Check], alone: &[Alone], all: &AllFacts) -> Vec<Component<'a>> {
    let mut builder = Builder::new(runner.reader);
    let claimed: Vec<Vec<FactId>> = checks.iter().map(|check| all.moved(check)).collect();
    let mut used: Vec<FactId> = claimed.iter().flatten().copied().collect();
    used.extend(all.checks.iter().flat_map(|check| check.facts()));
    used.sort_unstable();
    used.dedup();
    // variables come in the order of the keys of their facts
    let variables: FxHashMap<FactId, usize> =
        used.into_iter().map(|id| (id, builder.fact(all.facts.key(id), all.facts.claims(id)))).collect();
    for ((check, facts), alone) in checks.iter().zip(&claimed).zip(alone) {
        let facts: Vec<usize> = facts.iter().map(|fact| variables[fact]).collect();
        builder.constrain(grounded(runner, check, &facts, *alone));
    }
    for check in &all.checks {
        let facts: Vec<usize> = check.facts().iter().map(|fact| variables[fact]).collect();
        builder.constrain(grounded(runner, check, &facts, Alone { verdict: Verdict::Holds, finding: None }));
    }
    for (check, alone) in runner.claims.checks.iter().zip(alone.iter().skip(checks.len())) {
        let constraint = local(runner, check, &mut builder, *alone);
        builder.constrain(constraint);
    }
    builder.components()
}

/// A grounded check with the variables of its facts.
fn grounded<'a>(runner: &Runner<'a>, check: &Check, variables: &[usize], alone: Alone) -> Option<Constraint<'a>> {
    let rule = runner.rules.rules.get(check.rule as usize)?;
    let mut rest = variables;
    let mut terms = Vec::with_capacity(rule.terms.len());
    for (index, term) in rule.terms.iter().enumerate() {
        let (own, others) = rest.split_at_checked(check.term(index).len())?;
        rest = others;
        terms.push(if term.is_set { Term::Set(own.to_vec()) } else { Term::One(*own.first()?) });
    }
    for name in check.periods() {
        let word = runner.claims.word(*name, &runner.rules.vocabulary.names);
        let days = periods::days(word).unwrap_or(Days::ALL);
        terms.push(Term::Given(word.into(), Domain::Days(Interval::of_days(days))));
    }
    Some(Constraint {
        rule: &rule.id,
        check: None,
        severity: rule.severity,
        assert: rule.assert.as_ref()?,
        terms,
        alone: alone.verdict,
        finding: alone.finding,
    })
}

/// A check of a claim file with the variables of its claims.
fn local<'a>(
    runner: &Runner<'a>,
    check: &'a LocalCheck,
    builder: &mut Builder<'a>,
    alone: Alone,
) -> Option<Constraint<'a>> {
    let (assert, rule, severity) = match &check.body {
        CheckBody::Own { assert, .. } => (assert, &*check.id, Severity::Error),
        CheckBody::Rule(id) => {
            let rule = runner.rules.rule(id)?;
            (rule.assert.as_ref()?, &*rule.id, rule.severity)
        }
    };
    let severity = check.severity.unwrap_or(severity);
    let terms = check.terms.iter().map(|term| {
        let variables: Vec<usize> = term.claims.iter().map(|claim| builder.claim(*claim)).collect();
        if term.is_set { Some(Term::Set(variables)) } else { variables.first().copied().map(Term::One) }
    });
    let terms = terms.collect::<Option<Vec<Term>>>()?;
    Some(Constraint {
        rule,
        check: Some(&check.id),
        severity,
        assert,
        terms,
        alone: alone.verdict,
        finding: alone.finding,
    })
}
