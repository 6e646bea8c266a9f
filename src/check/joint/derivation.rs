//! The proof of a conflict as steps that a person can follow on paper.
//!
//! The steps of narrowing that lead to a contradiction are replayed, each leaving one variable narrower, and those
//! without which the contradiction comes about all the same are left out. Each that remains is written as the figure
//! it gives: the rule's relation solved for it, with the figures in place, and the ends that rounding allows. Ends are
//! printed rounded outwards, so that what is printed is true as it stands.

use super::super::domain::Domain;
use super::super::facts::Reader;
use super::conflict::Conflict;
use super::narrow::{Outcome, Step, ask, narrow};
use super::network::{Component, World};
use super::paper::Paper;
use crate::claims::{ClaimIndex, QualifierSets};

/// Nobody follows more steps than this: checks that run in a circle narrow each other a little at a time. Then the
/// relations are listed as they are.
const MOST_STEPS: usize = 16;

/// A conflict, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// What is true of all facts in it that have such a qualifier: `period 2020, currency EUR`; may be empty.
    pub told_once: String,
    pub steps: Vec<Inference>,
    /// What the last check asks of a figure, and what is known of it. `None` where no order of steps shows it: then the
    /// steps are the relations that a linear program finds impossible at once.
    pub clash: Option<Clash>,
}

/// What a rule says of one fact, given what is known of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inference {
    pub rule: Box<str>,
    pub check: Option<Box<str>>,
    /// The fact in words: `trade.goods.exports of kazakhstan, period 2020`.
    pub fact: String,
    /// How the formula bounds it: `=`, `<=`, `>=`; empty where the formula is the whole relation.
    pub relation: &'static str,
    /// The figures that give it: `12.6 billion EUR / 41 %`.
    pub formula: String,
    /// The ends that follow; `None` where there is none.
    pub low: Option<String>,
    pub high: Option<String>,
    pub unit: String,
}

/// The end of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub inference: Inference,
    /// The claim that says otherwise; `None` where the steps before do.
    pub claim: Option<ClaimIndex>,
    /// What is known of the fact apart from this check.
    pub low: Option<String>,
    pub high: Option<String>,
}

/// Writes down how the claims of a conflict contradict each other.
pub fn derive(component: &Component<'_>, conflict: &Conflict, reader: Reader<'_>, sets: &QualifierSets) -> Derivation {
    let steps = stepwise(component, conflict, reader, sets);
    steps.filter(|derivation| derivation.steps.len() <= MOST_STEPS).unwrap_or_else(|| {
        let paper = Paper::of(component, &conflict.world, reader, sets).telling_once();
        let state = component.start(&conflict.world, reader);
        let steps = conflict.world.constraints.iter().map(|constraint| paper.relation(*constraint, &state));
        Derivation { told_once: paper.told_once(), steps: steps.collect(), clash: None }
    })
}

fn stepwise(
    component: &Component<'_>,
    conflict: &Conflict,
    reader: Reader<'_>,
    sets: &QualifierSets,
) -> Option<Derivation> {
    let world = &conflict.world;
    let Outcome::Contradiction { constraint, steps, rests_on } = narrow(component, world, reader) else {
        return None;
    };
    let mut needed = vec![false; steps.len()];
    let mut left = rests_on;
    while let Some(step) = left.pop() {
        if !std::mem::replace(&mut needed[step], true) {
            left.extend(&steps[step].rests_on);
        }
    }
    let replay = Replay { component, world, reader, last: constraint };
    let mut moves: Vec<(usize, usize)> = steps
        .iter()
        .zip(&needed)
        .filter(|(_, needed)| **needed)
        .map(|(step, _)| (step.constraint, step.variable))
        .collect();
    if replay.run(&moves, |_, _, _| {}).is_some() {
        // taken one variable at a time the steps do not lead there
        return None;
    }
    let mut index = 0;
    while index < moves.len() {
        let mut fewer = moves.clone();
        fewer.remove(index);
        if replay.run(&fewer, |_, _, _| {}).is_none() {
            moves = fewer;
        } else {
            index += 1;
        }
    }
    let paper = Paper::of(component, world, reader, sets).telling_once();
    let mut lines = Vec::new();
    let mut state = component.start(world, reader);
    replay.run(&moves, |(constraint, variable), before, after| {
        lines.push(paper.inference(constraint, variable, before, &after[variable]));
        state = after.to_vec();
    });
    let clash = clash(&paper, constraint, &state)?;
    Some(Derivation { told_once: paper.told_once(), steps: lines, clash: Some(clash) })
}

/// Writes down how a variable got the ends that narrowing has left it.
pub fn derive_ends(paper: &Paper<'_>, variable: usize, steps: &[Step], latest: Option<usize>) -> Vec<Inference> {
    let (component, world, reader) = (paper.component, paper.world, paper.reader);
    let mut needed = vec![false; steps.len()];
    let mut left: Vec<usize> = latest.into_iter().collect();
    while let Some(step) = left.pop() {
        if !std::mem::replace(&mut needed[step], true) {
            left.extend(&steps[step].rests_on);
        }
    }
    let of_step = |step: &Step| (step.constraint, step.variable);
    let mut moves: Vec<(usize, usize)> =
        steps.iter().zip(&needed).filter(|(_, needed)| **needed).map(|(step, _)| of_step(step)).collect();
    let Some(last) = moves.last().map(|(constraint, _)| *constraint) else { return Vec::new() };
    let replay = Replay { component, world, reader, last };
    let Some(known) = replay.run(&moves, |_, _, _| {}) else { return Vec::new() };
    let mut index = 0;
    while index < moves.len() {
        let mut fewer = moves.clone();
        fewer.remove(index);
        if replay.run(&fewer, |_, _, _| {}).is_some_and(|state| state[variable] == known[variable]) {
            moves = fewer;
        } else {
            index += 1;
        }
    }
    let mut lines = Vec::new();
    replay.run(&moves, |(constraint, variable), before, after| {
        lines.push(paper.inference(constraint, variable, before, &after[variable]));
    });
    lines
}

/// Takes steps again, one variable at a time.
struct Replay<'a> {
    component: &'a Component<'a>,
    world: &'a World,
    reader: Reader<'a>,
    last: usize,
}

impl Replay<'_> {
    /// What is left after the moves; `None` where the last check cannot hold then.
    fn run(
        &self,
        moves: &[(usize, usize)],
        mut each: impl FnMut((usize, usize), &[Domain], &[Domain]),
    ) -> Option<Vec<Domain>> {
        let mut state = self.component.start(self.world, self.reader);
        for (constraint, variable) in moves {
            // a check that fails before the last would be a shorter proof; it is found when the steps are made
            let moved = ask(self.component, *constraint, &state, self.reader).ok()?;
            if let Some((_, domain)) = moved.into_iter().find(|(other, _)| other == variable) {
                let before = state.clone();
                state[*variable] = domain;
                each((*constraint, *variable), &before, &state);
            }
        }
        ask(self.component, self.last, &state, self.reader).ok().map(|_| state)
    }
}

/// The figure that the last check cannot do with: a claimed one that no step has touched, if there is one.
fn clash(paper: &Paper<'_>, constraint: usize, state: &[Domain]) -> Option<Clash> {
    let component = paper.component;
    let start = component.start(paper.world, paper.reader);
    let mut candidates: Vec<usize> = component.constraints[constraint].variables().collect();
    candidates.sort_by_key(|index| {
        let untouched = state[*index] == start[*index];
        (!(component.variables[*index].is_claimed() && untouched), !component.variables[*index].is_claimed())
    });
    candidates.dedup();
    candidates.into_iter().find_map(|index| {
        let mut open = state.to_vec();
        open[index] = component.variables[index].anything();
        let asked = ask(component, constraint, &open, paper.reader).ok()?;
        let (_, implied) = asked.into_iter().find(|(other, _)| *other == index)?;
        if implied.intersection(&state[index]).is_some() {
            return None;
        }
        let inference = paper.inference(constraint, index, &open, &implied);
        let claims = component.variables[index].claims.iter();
        let claim = claims.copied().find(|claim| !paper.world.dropped.contains(claim));
        let (low, high, _) = paper.ends(index, &state[index]);
        Some(Clash { inference, claim: claim.filter(|_| state[index] == start[index]), low, high })
    })
}
