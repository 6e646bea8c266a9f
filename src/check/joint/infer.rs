//! What the claims imply about facts: the ends that narrowing leaves to each, and how it got there.
//!
//! Claims that cannot be true together imply anything, so those of a conflict are left out first.

use rustc_hash::FxHashSet;

use super::super::facts::Reader;
use super::super::finding::Verdict;
use super::conflict::conflicts;
use super::derivation::{Inference, derive_ends};
use super::narrow::{Outcome, narrow};
use super::network::{Component, World};
use super::paper::Paper;
use super::parts::{Least, Network};
use super::readings;
use super::unstated::AllFacts;
use crate::check::run::{self, Options};
use crate::claims::{ClaimIndex, Claims, FactKey, QualifierSets};
use crate::figure::Reading;
use crate::rules::RuleSet;

/// What follows for one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    pub key: FactKey,
    /// The fact in words.
    pub fact: String,
    /// The claim whose own word was left out, where it was asked what the others say.
    pub claim: Option<ClaimIndex>,
    pub low: Option<String>,
    pub high: Option<String>,
    pub unit: String,
    pub steps: Vec<Inference>,
}

/// What follows for the facts that nobody states, in the order of their keys.
pub fn infer(rules: &RuleSet, claims: &Claims, options: &Options) -> Vec<Inferred> {
    with_network(rules, claims, options, |network, all, reader| {
        let found = network.iter().flat_map(|component| {
            let dropped = conflicting(component, options, reader);
            let unstated = (0..component.variables.len()).filter(|index| !component.variables[*index].is_claimed());
            of_component(component, &dropped, unstated.collect(), reader, &all.sets)
        });
        let mut found: Vec<Inferred> = found.collect();
        found.sort_by_key(|inferred| inferred.key);
        found
    })
}

/// What the other claims say of the fact of one claim.
pub fn others_say(rules: &RuleSet, claims: &Claims, options: &Options, claim: ClaimIndex) -> Option<Inferred> {
    with_network(rules, claims, options, |network, all, reader| {
        network.iter().find_map(|component| {
            let index = component.variables.iter().position(|variable| variable.claims.contains(&claim))?;
            let without: FxHashSet<ClaimIndex> = component.variables[index].claims.iter().copied().collect();
            let found = of_component(component, &without, vec![index], reader, &all.sets).pop()?;
            Some(Inferred { claim: Some(claim), ..found })
        })
    })
}

fn conflicting(component: &Component<'_>, options: &Options, reader: Reader<'_>) -> FxHashSet<ClaimIndex> {
    let found = conflicts(component, readings(options.readings), reader);
    found.conflicts.into_iter().flat_map(|conflict| conflict.claims).collect()
}

fn of_component(
    component: &Component<'_>,
    dropped: &FxHashSet<ClaimIndex>,
    variables: Vec<usize>,
    reader: Reader<'_>,
    sets: &QualifierSets,
) -> Vec<Inferred> {
    let constraints = component.constraints.iter().enumerate();
    let holding = constraints.filter(|(_, check)| check.alone == Verdict::Holds).map(|(index, _)| index);
    let world = World {
        reading: Reading::Tight,
        constraints: holding.collect(),
        dropped: dropped.clone(),
        replaced: None,
        strict: false,
    };
    let Outcome::Open { state, steps, latest, .. } = narrow(component, &world, reader) else { return Vec::new() };
    let start = component.start(&world, reader);
    let paper = Paper::of(component, &world, reader, sets);
    let inferred = variables.into_iter().filter_map(|index| {
        let (low, high, unit) = paper.ends(index, &state[index]);
        // what the bounds of the measure say is no news
        if state[index] == start[index] || (low.is_none() && high.is_none()) {
            return None;
        }
        let steps = derive_ends(&paper, index, &steps, latest[index]);
        let key = component.variables[index].key?;
        Some(Inferred { key, fact: paper.name(index), claim: None, low, high, unit, steps })
    });
    inferred.collect()
}

/// Builds the network of a run and looks at it.
pub(super) fn with_network<T>(
    rules: &RuleSet,
    claims: &Claims,
    options: &Options,
    look: impl FnOnce(&[Component<'_>], &AllFacts<'_>, Reader<'_>) -> T,
) -> T {
    run::prepared(rules, claims, options, |runner, grounding, checks, alone| {
        let all = AllFacts::of(grounding, runner.claims, runner.facts, runner.rules);
        let network = Network::of(runner, checks, alone, &all, Least::OneCheck);
        let components: Vec<Component<'_>> = network.parts.iter().flat_map(|part| network.components(part)).collect();
        look(&components, &all, runner.reader)
    })
}
