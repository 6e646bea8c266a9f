//! What would resolve a conflict: for each claim the values that fit, and a single slip that explains it.
//!
//! The other claims are taken as they stand. A slip is one that writers, typists and text recognition make: two digits
//! swapped, one wrong, missing or doubled, a sign lost or added, thousands for decimals, million for milliard, the
//! other century, month and day exchanged. A value is offered only if no check that held stops holding with it.

use super::super::domain::Domain;
use super::super::facts::Reader;
use super::super::finding::Verdict;
use super::conflict::{Answer, ask};
use super::network::{Component, World};
use super::{narrow, paper::Paper};
use crate::claims::{ClaimIndex, QualifierSets};
use crate::figure::slip::slips;
use crate::figure::{Dimension, Value};

/// Another value of one claim, with which there is no conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    pub claim: ClaimIndex,
    /// In the value language.
    pub value: String,
    pub reason: &'static str,
}

/// The values of one claim that would resolve a conflict, the others fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub claim: ClaimIndex,
    pub low: Option<String>,
    pub high: Option<String>,
    pub unit: String,
}

/// At most so many repairs are offered for one finding, the most plausible ones.
const MOST: usize = 3;

/// Repairs of a conflict between these claims, in the world that has it.
pub fn repairs(component: &Component<'_>, world: &World, claims: &[ClaimIndex], reader: Reader<'_>) -> Vec<Repair> {
    let (component, world) = &component.around(world, claims);
    let mut found: Vec<(u8, Repair)> = Vec::new();
    for claim in claims {
        if reader.claims.extras(*claim).is_some_and(|extras| extras.trusted) {
            continue;
        }
        // what the others leave it; most slips lie outside
        let mut without = world.clone();
        without.dropped.insert(*claim);
        let Answer::Open(left) = ask(component, &without, reader) else { continue };
        let places: Vec<usize> =
            (0..component.variables.len()).filter(|index| component.variables[*index].claims.contains(claim)).collect();
        for slip in slips(&reader.claims.get(*claim).value, dimension(*claim, reader), &reader.vocabulary.units) {
            let domain = domain_of(&slip.value, *claim, world, reader);
            let can_fit = places.iter().all(|place| left[*place].intersection(&domain).is_some());
            if can_fit && resolves(component, world, *claim, &places, &domain, reader) {
                let value = slip.value.print(&reader.vocabulary.units);
                found.push((slip.cost, Repair { claim: *claim, value, reason: slip.reason }));
            }
        }
    }
    found.sort_by_key(|(cost, _)| *cost);
    found.truncate(MOST);
    found.into_iter().map(|(_, repair)| repair).collect()
}

/// For each claim of a conflict, what the others leave it, where that does not have the claimed value in it.
pub fn resolutions(
    component: &Component<'_>,
    world: &World,
    claims: &[ClaimIndex],
    reader: Reader<'_>,
    sets: &QualifierSets,
) -> Vec<Resolution> {
    let (component, world) = &component.part(&world.constraints, world);
    let paper = Paper::of(component, world, reader, sets);
    let of = |claim: &ClaimIndex| {
        let mut without = world.clone();
        without.dropped.insert(*claim);
        let Answer::Open(state) = ask(component, &without, reader) else { return None };
        let constrained = world.constraints.iter().flat_map(|index| component.constraints[*index].variables());
        let variable = constrained.into_iter().find(|index| component.variables[*index].claims.contains(claim))?;
        // a range that has the claimed value in it would only mislead: narrowing could not tell what would fit
        if reader.claim(*claim, world.reading).intersection(&state[variable]).is_some() {
            return None;
        }
        let (low, high, unit) = paper.ends(variable, &state[variable]);
        (low.is_some() || high.is_some()).then_some(Resolution { claim: *claim, low, high, unit })
    };
    claims.iter().filter_map(of).collect()
}

fn dimension(claim: ClaimIndex, reader: Reader<'_>) -> Dimension {
    let claim = reader.claims.get(claim);
    match claim.key {
        Some(key) => reader.vocabulary.measure(key.measure).dimension,
        None => claim.value.dimension(&reader.vocabulary.units),
    }
}

fn domain_of(value: &Value, claim: ClaimIndex, world: &World, reader: Reader<'_>) -> Domain {
    let measure = reader.claims.get(claim).key.map(|key| key.measure);
    let rounding = super::super::domain::rounding_of(reader.vocabulary, measure, reader.rounding);
    Domain::of(value, dimension(claim, reader), &reader.vocabulary.units, world.reading, rounding)
}

/// Whether the conflict is gone with another value, and no check that holds stops holding.
fn resolves(
    component: &Component<'_>,
    world: &World,
    claim: ClaimIndex,
    places: &[usize],
    domain: &Domain,
    reader: Reader<'_>,
) -> bool {
    let mut other = world.clone();
    other.replaced = Some((claim, domain.clone()));
    // the value itself must be possible, and agree with other claims of the fact
    let fits = places.iter().all(|place| {
        let variable = &component.variables[*place];
        let within = variable.bounds.as_ref().is_none_or(|bounds| domain.interval().overlaps(bounds));
        let others = variable.claims.iter().filter(|other| **other != claim);
        within && others.into_iter().all(|other| reader.claim(*other, world.reading).intersection(domain).is_some())
    });
    if !fits || !matches!(ask(component, &other, reader), Answer::Open(_)) {
        return false;
    }
    // all other claims as they stand
    other.dropped.clear();
    let state = component.start(&other, reader);
    places.iter().flat_map(|place| component.around.of(*place)).all(|constraint| {
        component.constraints[constraint].alone != Verdict::Holds
            || narrow::ask(component, constraint, &state, reader).is_ok()
    })
}
