//! From a contradiction to the smallest set of claims that cannot stand together.
//!
//! The steps of narrowing say which checks a contradiction rests on; a deletion filter (Chinneck and Dravnieks 1991)
//! then leaves out one claim after the other, and one check after the other, and keeps it out where the rest
//! still contradicts itself. What remains is irreducible: every claim in it is needed. Claims of other paragraphs than
//! that of most are tried first, so that a conflict stays within one paragraph where it can.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::domain::Domain;
use super::super::facts::Reader;
use super::super::finding::Verdict;
use super::linear::{Linear, linear};
use super::narrow::{Outcome, Step, narrow};
use super::network::{Component, World};
use super::screen;
use crate::claims::ClaimIndex;
use crate::figure::Reading;
use crate::rules::Severity;

/// Claims that cannot all be true, with the checks that say so.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Sorted.
    pub claims: Vec<ClaimIndex>,
    pub verdict: Verdict,
    /// Of the mildest rule in it.
    pub severity: Severity,
    pub world: World,
}

/// The checks on which some steps rest, with those that are given.
fn core(given: impl IntoIterator<Item = usize>, steps: &[Step], rests_on: Vec<usize>) -> Vec<usize> {
    let mut core: Vec<usize> = given.into_iter().collect();
    let mut seen = vec![false; steps.len()];
    let mut left = rests_on;
    while let Some(step) = left.pop() {
        if std::mem::replace(&mut seen[step], true) {
            continue;
        }
        core.push(steps[step].constraint);
        left.extend(&steps[step].rests_on);
    }
    core.sort_unstable();
    core.dedup();
    core
}

/// What is found in a world.
pub enum Answer {
    /// No contradiction; what every variable can still be.
    Open(Vec<Domain>),
    /// The checks of a contradiction, sorted.
    Contradiction(Vec<usize>),
    GaveUp,
}

/// Narrows a world, then asks its linear part.
pub fn ask(component: &Component<'_>, world: &World, reader: Reader<'_>) -> Answer {
    match narrow(component, world, reader) {
        Outcome::Contradiction { constraint, steps, rests_on } => {
            Answer::Contradiction(core([constraint], &steps, rests_on))
        }
        Outcome::Open { state, steps, latest, is_complete } => match linear(component, world, &state, reader) {
            Linear::Feasible if is_complete => Answer::Open(state),
            Linear::Feasible | Linear::GaveUp => Answer::GaveUp,
            Linear::Infeasible { constraints, variables } => {
                let rests_on = variables.iter().filter_map(|variable| latest[*variable]).collect();
                Answer::Contradiction(core(constraints, &steps, rests_on))
            }
        },
    }
}

/// The checks of a contradiction in this world, or nothing where none is found.
fn contradiction(component: &Component<'_>, world: &World, reader: Reader<'_>) -> Option<Vec<usize>> {
    match ask(component, world, reader) {
        Answer::Contradiction(core) => Some(core),
        Answer::Open(_) | Answer::GaveUp => None,
    }
}

/// Shrinks a contradiction of a world until every claim and every check in it is needed.
///
/// First among the checks that the contradiction rests on, which are few; then, with the claims that are left, among
/// all checks, since another check may tie fewer of them.
pub fn shrink(
    component: &Component<'_>,
    world: &World,
    core: Vec<usize>,
    among: &[usize],
    reader: Reader<'_>,
) -> World {
    let (part, mut few) = component.part(&core, &World { constraints: core.clone(), ..world.clone() });
    let mut candidates = units(&part, &few);
    prefer_one_paragraph(&mut candidates, reader);
    leave_out(&part, &mut few, &candidates, None, reader);
    let kept = claims_of(&part, &few);
    // the same claims, and no others, among all checks
    let mut small = World { constraints: few.constraints.iter().map(|place| core[*place]).collect(), ..few };
    let others = component.variables.iter().flat_map(|variable| &variable.claims);
    small.dropped.extend(others.filter(|claim| !kept.contains(claim)));
    leave_out(component, &mut small, &candidates, Some(among), reader);
    let mut constraints = small.constraints.clone();
    constraints.sort_by_key(|constraint| component.constraints[*constraint].severity);
    for constraint in constraints {
        let mut without = small.clone();
        without.constraints.retain(|other| *other != constraint);
        let (part, inner) = component.part(&without.constraints, &without);
        if let Some(core) = contradiction(&part, &inner, reader) {
            without.constraints = core.into_iter().map(|place| without.constraints[place]).collect();
            small = without;
        }
    }
    small
}

/// Leaves out one unit of claims after the other, where the rest still contradicts itself, by the checks that it then
/// rests on, or by any of `among`.
fn leave_out(
    component: &Component<'_>,
    small: &mut World,
    units: &[Vec<ClaimIndex>],
    among: Option<&[usize]>,
    reader: Reader<'_>,
) {
    for unit in units {
        if unit.iter().all(|claim| small.dropped.contains(claim)) {
            continue;
        }
        let mut without = small.clone();
        without.dropped.extend(unit);
        if let Some(constraints) = among {
            without.constraints = constraints.to_vec();
        }
        if let Some(core) = contradiction(component, &without, reader) {
            without.constraints = core;
            *small = without;
        }
    }
}

/// The claims that count in a world, sorted.
pub fn claims_of(component: &Component<'_>, world: &World) -> Vec<ClaimIndex> {
    let mut claims: Vec<ClaimIndex> = units(component, world).into_iter().flatten().collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// What can be left out at once: a claim, or all claims of a fact that conflicts with itself, whose hull counts.
fn units(component: &Component<'_>, world: &World) -> Vec<Vec<ClaimIndex>> {
    let mut units: Vec<Vec<ClaimIndex>> = Vec::new();
    let mut seen: FxHashSet<usize> = FxHashSet::default();
    for constraint in &world.constraints {
        for index in component.constraints[*constraint].variables() {
            let variable = &component.variables[index];
            if !seen.insert(index) {
                continue;
            }
            let claims = variable.claims.iter().copied().filter(|claim| !world.dropped.contains(claim));
            if variable.conflicts(world.reading) && !world.strict {
                units.push(claims.collect());
            } else {
                units.extend(claims.map(|claim| vec![claim]));
            }
        }
    }
    units.retain(|unit| !unit.is_empty());
    units.sort();
    units.dedup();
    units
}

/// Puts claims first that stand outside the paragraph from which most come.
fn prefer_one_paragraph(units: &mut [Vec<ClaimIndex>], reader: Reader<'_>) {
    let paragraph = |unit: &Vec<ClaimIndex>| {
        let claim = reader.claims.get(*unit.first()?);
        let document = reader.claims.file(claim).document.as_deref();
        (claim.source.line > 0).then_some((document, claim.source.line))
    };
    let mut counts: FxHashMap<(Option<&str>, u32), usize> = FxHashMap::default();
    for place in units.iter().filter_map(&paragraph) {
        *counts.entry(place).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)));
    let Some((most, _)) = most else { return };
    // later claims first: what a text says first is what the rest is held against
    units.sort_by_key(|unit| (paragraph(unit) == Some(most), std::cmp::Reverse(unit.first().copied())));
}

/// All conflicts of a component that share no claim: those that hold in the loose reading first, the severe first.
pub fn conflicts(component: &Component<'_>, readings: &[(Reading, Verdict)], reader: Reader<'_>) -> Found {
    let mut found = Found::default();
    let mut dropped: FxHashSet<ClaimIndex> = FxHashSet::default();
    if !may_conflict(component, readings, reader, &mut found) {
        return found;
    }
    for (reading, verdict) in readings {
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            let constraints = in_force(component, *reading, severity);
            if constraints.len() < 2 {
                continue;
            }
            let mut world =
                World { reading: *reading, constraints, dropped: dropped.clone(), replaced: None, strict: false };
            while let Some(core) = contradiction(component, &world, reader) {
                // with fewer claims, a check that fails alone may hold again and show that still fewer are needed
                let among = at_least(component, severity);
                let small = shrink(component, &world, core, &among, reader);
                let claims = claims_of(component, &small);
                if claims.is_empty() {
                    // rules that contradict each other whatever is claimed
                    world.constraints.retain(|constraint| !small.constraints.contains(constraint));
                    continue;
                }
                if let Some(reported) = follows(component, &small, &claims, reader) {
                    world.dropped.extend(reported);
                    continue;
                }
                world.dropped.extend(&claims);
                let mildest = small.constraints.iter().map(|index| component.constraints[*index].severity).min();
                found.conflicts.push(Conflict {
                    claims,
                    verdict: *verdict,
                    severity: mildest.unwrap_or(severity),
                    world: small,
                });
            }
            dropped.clone_from(&world.dropped);
        }
    }
    found
}

/// The claims of a check that cannot hold alone (which is reported for itself), where these claims are among them: then
/// the conflict only follows from it.
fn follows(
    component: &Component<'_>,
    small: &World,
    claims: &[ClaimIndex],
    reader: Reader<'_>,
) -> Option<Vec<ClaimIndex>> {
    let in_conflict = |index: &usize| component.variables[*index].claims.iter().any(|claim| claims.contains(claim));
    let world = World { constraints: Vec::new(), ..small.clone() };
    component.constraints.iter().enumerate().find_map(|(index, check)| {
        if holds_alone(check.alone, small.reading) || !check.variables().all(|variable| in_conflict(&variable)) {
            return None;
        }
        super::narrow::ask(component, index, &component.start(&world, reader), reader).err()?;
        Some(check.variables().flat_map(|variable| component.variables[variable].claims.iter().copied()).collect())
    })
}

/// Whether a check that came to this alone can hold in a reading.
fn holds_alone(alone: Verdict, reading: Reading) -> bool {
    match reading {
        Reading::Tight => alone == Verdict::Holds,
        Reading::Loose => alone != Verdict::Impossible,
    }
}

/// What was found in a component.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub conflicts: Vec<Conflict>,
    /// Whether narrowing took too many steps, so that something may have been missed.
    pub gave_up: bool,
}

/// Whether the narrowest reading of all checks contradicts itself: if not, no part of it does.
fn may_conflict(
    component: &Component<'_>,
    readings: &[(Reading, Verdict)],
    reader: Reader<'_>,
    found: &mut Found,
) -> bool {
    // what is left out of the narrowest reading may hold in the other
    let differs = component.constraints.iter().any(|constraint| constraint.alone == Verdict::Strained)
        || component.variables.iter().any(|variable| variable.conflicts.contains(&true));
    // the tight reading comes last, and is the narrowest
    let Some((reading, _)) = readings.last() else { return false };
    let world = World {
        reading: *reading,
        constraints: in_force(component, *reading, Severity::Note),
        dropped: FxHashSet::default(),
        replaced: None,
        strict: false,
    };
    if world.constraints.len() < 2 || screen::is_clear(component, &world, &component.start(&world, reader)) {
        return differs;
    }
    match ask(component, &world, reader) {
        Answer::Open(_) => differs,
        Answer::Contradiction(_) => true,
        Answer::GaveUp => {
            found.gave_up = true;
            true
        }
    }
}

/// The checks of at least this severity.
fn at_least(component: &Component<'_>, severity: Severity) -> Vec<usize> {
    (0..component.constraints.len()).filter(|index| component.constraints[*index].severity >= severity).collect()
}

/// The checks of at least this severity that can hold alone in a reading.
fn in_force(component: &Component<'_>, reading: Reading, severity: Severity) -> Vec<usize> {
    let all = component.constraints.iter().enumerate();
    all.filter(|(_, check)| check.severity >= severity && holds_alone(check.alone, reading))
        .map(|(index, _)| index)
        .collect()
}
