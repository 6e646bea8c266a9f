//! Narrowing: every variable by every check, until nothing moves.
//!
//! Interval constraint propagation over a work list (AC-3 of Mackworth 1977 with HC4-revise): a check is asked again
//! when one of its variables has moved. Only what moves an end by at least [`LEAST_STEP`] of the width counts, and for a
//! variable that has moved [`FREE_MOVES`] times only [`LARGE_STEP`] of it, so that a cycle of checks cannot creep for
//! long: whatever is linear in it is decided by [`super::linear`] at once. No component takes more than
//! [`STEPS_PER_CHECK`] steps for each of its checks. Ends that outgrow 64 bits are rounded outwards. The work list starts in the order of the checks, whose facts
//! come in the order of their keys, and is worked off by one thread: the ends are the same on any machine.
//!
//! Each step is kept with the steps that it rests on, so that a contradiction knows where it comes from.

use std::collections::VecDeque;

use super::super::domain::Domain;
use super::super::evaluate::TermDomains;
use super::super::facts::Reader;
use super::network::{Component, World};
use super::revise::{Empty, revise};
use crate::figure::{End, Interval, Number};

/// An end moves only by at least this part of the interval's width.
const LEAST_STEP: (i64, i64) = (1, 100_000);

/// So often a variable may move by little.
pub const FREE_MOVES: u32 = 30;

/// After that it moves only by at least this part of the interval's width.
const LARGE_STEP: (i64, i64) = (1, 10);

/// Checks are asked this many times on average before narrowing gives up.
const STEPS_PER_CHECK: usize = 200;

/// Digits that are kept of an end that has outgrown 64 bits.
const KEPT_DIGITS: i32 = 15;

/// One variable narrowed by one check.
#[derive(Clone, Debug)]
pub struct Step {
    pub variable: usize,
    pub constraint: usize,
    /// The last step of each other variable of the check before this one.
    pub rests_on: Vec<usize>,
}

/// What narrowing came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Nothing moves any more; what every variable can be, and its last step.
    /// `is_complete` is false where it took too many steps.
    Open { state: Vec<Domain>, steps: Vec<Step>, latest: Vec<Option<usize>>, is_complete: bool },
    /// The check cannot hold with what the steps have left.
    Contradiction { constraint: usize, steps: Vec<Step>, rests_on: Vec<usize> },
}

/// Narrows the variables of a component in a world.
pub fn narrow(component: &Component<'_>, world: &World, reader: Reader<'_>) -> Outcome {
    let mut state = component.start(world, reader);
    let mut steps: Vec<Step> = Vec::new();
    let mut latest: Vec<Option<usize>> = vec![None; component.variables.len()];
    let mut moves = vec![0_u32; component.variables.len()];
    let mut counts = vec![false; component.constraints.len()];
    let mut waiting = vec![false; component.constraints.len()];
    let mut queue: VecDeque<usize> = VecDeque::with_capacity(world.constraints.len());
    for constraint in &world.constraints {
        counts[*constraint] = true;
        waiting[*constraint] = true;
        queue.push_back(*constraint);
    }
    let mut left = world.constraints.len().saturating_mul(STEPS_PER_CHECK);
    while let Some(constraint) = queue.pop_front() {
        waiting[constraint] = false;
        if left == 0 {
            return Outcome::Open { state, steps, latest, is_complete: false };
        }
        left -= 1;
        let rests_on = || {
            let mut steps: Vec<usize> =
                component.constraints[constraint].variables().filter_map(|variable| latest[variable]).collect();
            steps.sort_unstable();
            steps.dedup();
            steps
        };
        let moved = match ask(component, constraint, &state, reader) {
            Ok(moved) => moved,
            Err(Empty) => return Outcome::Contradiction { constraint, rests_on: rests_on(), steps },
        };
        let rests_on = rests_on();
        for (variable, domain) in moved {
            moves[variable] += 1;
            if moves[variable] > FREE_MOVES && !is_large(&state[variable], &domain) {
                continue;
            }
            state[variable] = domain;
            latest[variable] = Some(steps.len());
            steps.push(Step { variable, constraint, rests_on: rests_on.clone() });
            for other in component.around.of(variable) {
                if other != constraint && counts[other] && !waiting[other] {
                    waiting[other] = true;
                    queue.push_back(other);
                }
            }
        }
    }
    Outcome::Open { state, steps, latest, is_complete: true }
}

/// Asks one check; the variables that it narrows worth mentioning, each once, with what they can still be.
///
/// # Errors
/// Where it cannot hold.
pub fn ask(
    component: &Component<'_>,
    constraint: usize,
    state: &[Domain],
    reader: Reader<'_>,
) -> Result<Vec<(usize, Domain)>, Empty> {
    let check = &component.constraints[constraint];
    let mut terms = check.domains(state);
    revise(check.assert, &mut terms, &reader.vocabulary.units)?;
    let mut moved: Vec<(usize, Domain)> = Vec::new();
    for (term, domains) in terms.iter().enumerate() {
        let domains = match domains {
            TermDomains::One(domain) => std::slice::from_ref(domain),
            TermDomains::Set(set) => set,
        };
        for (element, domain) in domains.iter().enumerate() {
            let Some(variable) = check.variable(term, element) else { continue };
            match moved.iter_mut().find(|(other, _)| *other == variable) {
                // the same variable in two terms
                Some((_, so_far)) => *so_far = so_far.intersection(domain).ok_or(Empty)?,
                None => moved.push((variable, domain.clone())),
            }
        }
    }
    moved.retain_mut(|(variable, domain)| settle(&state[*variable], domain));
    Ok(moved)
}

/// Rounds a narrowed domain outwards, where needed, and says whether it is worth more than what was known.
fn settle(known: &Domain, domain: &mut Domain) -> bool {
    match (known, domain) {
        (Domain::Number { interval: before, .. }, Domain::Number { interval: after, .. })
        | (Domain::Days(before), Domain::Days(after)) => settle_interval(before, after),
        (Domain::Extent { start: s, end: e }, Domain::Extent { start: t, end: f }) => {
            let moved = [settle_interval(s, t), settle_interval(e, f)];
            moved.contains(&true)
        }
        _ => false,
    }
}

fn settle_interval(before: &Interval, after: &mut Interval) -> bool {
    if before == after {
        return false;
    }
    let low = outwards(after.low(), false);
    let high = outwards(after.high(), true);
    if let Some(rounded) = Interval::new(low, high).and_then(|rounded| rounded.intersection(before)) {
        *after = rounded;
    }
    let least = Number::fraction(LEAST_STEP.0, LEAST_STEP.1).unwrap_or(Number::ZERO);
    let moved = has_moved(before, after, &least);
    if !moved {
        *after = before.clone();
    }
    moved
}

/// Whether a domain has become much narrower.
fn is_large(before: &Domain, after: &Domain) -> bool {
    let least = Number::fraction(LARGE_STEP.0, LARGE_STEP.1).unwrap_or(Number::ZERO);
    match (before, after) {
        (Domain::Number { interval: before, .. }, Domain::Number { interval: after, .. })
        | (Domain::Days(before), Domain::Days(after)) => has_moved(before, after, &least),
        _ => true,
    }
}

/// Whether an end has moved by at least this part of the width.
fn has_moved(before: &Interval, after: &Interval, least: &Number) -> bool {
    is_worth_it(before.low(), after.low(), before, least) || is_worth_it(before.high(), after.high(), before, least)
}

/// Whether an end has moved far enough.
fn is_worth_it(before: &End, after: &End, known: &Interval, least: &Number) -> bool {
    match (before.number(), after.number()) {
        (None, Some(_)) => true,
        (Some(a), Some(b)) if a == b => before != after,
        (Some(a), Some(b)) => match (known.low().number(), known.high().number()) {
            (Some(low), Some(high)) => (a - b).abs() >= &(high - low) * least,
            // of an interval without one end, the size of the end itself is the measure
            _ => (a - b).abs() >= &a.abs() * least,
        },
        _ => false,
    }
}

/// An end that has outgrown the machine, moved outwards to a short number.
fn outwards(end: &End, up: bool) -> End {
    let Some(number) = end.number().filter(|number| number.is_wide()) else { return end.clone() };
    let size = number.abs();
    let mut exponent = 0;
    // as many places as keep the digits; 64 bits hold eighteen, so the search is short
    while size >= Number::power_of_ten(exponent + 8) {
        exponent += 8;
    }
    while exponent > -4_000 && size < Number::power_of_ten(exponent) {
        exponent -= 8;
    }
    let places = KEPT_DIGITS - exponent;
    let shifted = number * &Number::power_of_ten(places);
    let whole = if up { shifted.ceiling() } else { shifted.floor() };
    End::Closed(&whole * &Number::power_of_ten(-places))
}
