//! All claims together: is there a world in which they are all true?
//!
//! Each check alone misses what only follows from several. Here the facts of a connected component and their checks
//! form a constraint network (`network`), with facts that nobody states (`unstated`); every fact is narrowed by
//! every check (`revise`, `narrow`); what cannot be is shrunk to the claims that are needed (`conflict`) and
//! written down step by step (`derivation`, `paper`). Narrowing can miss a contradiction and never invents one.

pub mod audit;
mod conflict;
mod derivation;
pub mod infer;
mod linear;
mod localize;
mod narrow;
mod network;
mod paper;
mod parts;
mod range;
mod repair;
mod revise;
mod screen;
mod simplex;
mod unstated;
mod writer;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::finding::{Detail, Finding, Participant, Verdict};
use super::ground::{Check, Grounding};
use super::readings::Readings;
use super::run::{Outcome, Runner, builtin_rules};
use crate::figure::Reading;
use crate::rules::rule::Rule;

pub use derivation::{Clash, Derivation, Inference};
pub use localize::LookAt;
use network::{Component, World};
use parts::{Least, Network, Part};
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
pub(super) fn run(
    runner: &Runner<'_>,
    grounding: &Grounding<'_>,
    checks: &[Check],
    alone: &[Alone],
    outcome: &mut Outcome,
) {
    let Some(rule) = builtin_rules(runner.rules, BUILTIN) else { return };
    let all = AllFacts::of(grounding, runner.claims, runner.facts, runner.rules);
    let network = Network::of(runner, checks, alone, &all, Least::TwoChecks);
    let readings = readings(runner.options.readings);
    // each part is built, asked and dropped, so that few lie in memory at once
    let look = |part: &Part| -> Vec<FoundIn> {
        network
            .components(part)
            .iter()
            .filter(|component| component.is_worth_it())
            .map(|component| found_in(runner, rule, component, readings, &all))
            .collect()
    };
    let found: Vec<Vec<FoundIn>> = network.parts.par_iter().map(look).collect();
    let found: Vec<FoundIn> = found.into_iter().flatten().collect();
    outcome.joint = Looked {
        unstated: found.iter().map(|found| found.unstated).sum(),
        components: found.iter().filter(|found| found.has_several_checks).count(),
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
    /// Facts that nobody states.
    unstated: usize,
    has_several_checks: bool,
}

fn found_in(
    runner: &Runner<'_>,
    rule: &Rule,
    component: &Component<'_>,
    readings: &[(Reading, Verdict)],
    all: &AllFacts<'_>,
) -> FoundIn {
    let found = conflict::conflicts(component, readings, runner.reader);
    FoundIn {
        findings: found.conflicts.iter().map(|conflict| finding(runner, rule, component, conflict, all)).collect(),
        repairs: alone_repairs(component, runner),
        look_at: look_at(component, &found, readings, runner),
        gave_up: found.gave_up,
        unstated: component.variables.iter().filter(|variable| !variable.is_claimed()).count(),
        has_several_checks: component.constraints.len() > 1,
    }
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
            let finding = check.finding?;
            let reading = if check.alone == Verdict::Strained { Reading::Tight } else { Reading::Loose };
            let world = World {
                reading,
                constraints: vec![index],
                dropped: FxHashSet::default(),
                replaced: None,
                strict: false,
            };
            let claims = conflict::claims_of(component, &world);
            Some((finding, repair::repairs(component, &world, &claims, runner.reader)))
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
    all: &AllFacts<'_>,
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
