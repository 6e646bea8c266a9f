//! The cheapest set of claims whose change makes everything consistent.
//!
//! The error localization of Fellegi and Holt (1976), solved as an implicit hitting set (Chandrasekaran, Karp, Moreno-
//! Centeno and Vempala 2013): of the conflicts found so far, the cheapest set of claims that meets them all is left
//! out; where the rest still contradicts itself, that is one more conflict, and so on. When nothing contradicts itself
//! any more, no cheaper set can do. A claim that is trusted is never in it; a value that is stated twice costs twice,
//! since both claims must change.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::facts::Reader;
use super::conflict::{Answer, ask, claims_of, shrink};
use super::network::{Component, World};
use crate::claims::ClaimIndex;
use crate::figure::Reading;

/// What to look at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookAt {
    /// The claim that meets most conflicts first.
    pub claims: Vec<ClaimIndex>,
    /// Those of them in whose place no other would do: of a single wrong sum any figure may be the wrong one.
    pub irreplaceable: Vec<ClaimIndex>,
    /// No set smaller than this makes everything consistent.
    pub at_least: usize,
}

/// More conflicts than this are not looked for; what is found so far then bounds the answer from below.
const MOST_CONFLICTS: usize = 40;

/// In large components fewer are looked for: so many checks are asked, counting each as often as it is.
const MOST_CHECKS: usize = 40_000;

/// Choices that are tried for one hitting set.
const MOST_CHOICES: usize = 20_000;

/// Finds the claims of a component to look at, in a reading.
pub fn localize(component: &Component<'_>, reading: Reading, reader: Reader<'_>) -> Option<LookAt> {
    let mut world = World {
        reading,
        constraints: (0..component.constraints.len()).collect(),
        dropped: FxHashSet::default(),
        replaced: None,
        strict: true,
    };
    let trusted = |claim: &ClaimIndex| reader.claims.extras(*claim).is_some_and(|extras| extras.trusted);
    let blamed = |claims: Vec<ClaimIndex>| claims.into_iter().filter(|claim| !trusted(claim)).collect::<Vec<_>>();
    let mut conflicts: Vec<Vec<ClaimIndex>> = pairs(component, reading, reader).into_iter().map(blamed).collect();
    conflicts.retain(|conflict| !conflict.is_empty());
    let mut chosen = hitting_set(&conflicts);
    let mut is_certain = true;
    let mut left = MOST_CONFLICTS.min(1 + MOST_CHECKS / component.constraints.len().max(1));
    loop {
        if left == 0 {
            is_certain = false;
            break;
        }
        left -= 1;
        world.dropped = chosen.claims.iter().copied().collect();
        let core = match ask(component, &world, reader) {
            Answer::Contradiction(core) => core,
            Answer::Open(_) => break,
            Answer::GaveUp => {
                is_certain = false;
                break;
            }
        };
        let small = shrink(component, &world, core, &world.constraints, reader);
        let found = blamed(claims_of(component, &small));
        if found.is_empty() {
            // nothing but trusted claims and rules: no change of the others helps
            break;
        }
        conflicts.push(found);
        chosen = hitting_set(&conflicts);
    }
    if conflicts.is_empty() {
        return None;
    }
    let hits = |claim: &ClaimIndex| conflicts.iter().filter(|conflict| conflict.contains(claim)).count();
    let mut claims = chosen.claims;
    claims.sort_by_key(|claim| (std::cmp::Reverse(hits(claim)), *claim));
    let at_least = if chosen.is_smallest && is_certain { claims.len() } else { disjoint(&conflicts).max(1) };
    let search = Alternatives { component, conflicts: &conflicts, chosen: &claims, reader };
    let irreplaceable = claims.iter().copied().filter(|claim| search.is_irreplaceable(*claim, &mut world)).collect();
    Some(LookAt { claims, irreplaceable, at_least })
}

/// Whether others would do as well as those that were chosen.
struct Alternatives<'a> {
    component: &'a Component<'a>,
    conflicts: &'a [Vec<ClaimIndex>],
    chosen: &'a [ClaimIndex],
    reader: Reader<'a>,
}

impl Alternatives<'_> {
    /// Whether no other claim can stand for this one. Where there are too many to ask, one of them is taken to.
    fn is_irreplaceable(&self, claim: ClaimIndex, world: &mut World) -> bool {
        const MOST_ASKED: usize = 8;
        let is_met =
            |conflict: &[ClaimIndex]| conflict.iter().any(|other| *other != claim && self.chosen.contains(other));
        let mut own = self.conflicts.iter().filter(|conflict| !is_met(conflict));
        let Some(first) = own.next() else { return false };
        let rest: Vec<&Vec<ClaimIndex>> = own.collect();
        let is_candidate = |other: &ClaimIndex| *other != claim && rest.iter().all(|conflict| conflict.contains(other));
        let candidates: Vec<ClaimIndex> = first.iter().copied().filter(is_candidate).collect();
        let would_do = |other: &ClaimIndex| {
            world.dropped = self.chosen.iter().copied().filter(|chosen| *chosen != claim).chain([*other]).collect();
            !matches!(ask(self.component, world, self.reader), Answer::Contradiction(_))
        };
        candidates.len() <= MOST_ASKED && !candidates.iter().any(would_do)
    }
}

/// Claims of one fact that conflict two by two.
fn pairs(component: &Component<'_>, reading: Reading, reader: Reader<'_>) -> Vec<Vec<ClaimIndex>> {
    let mut pairs = Vec::new();
    for variable in component.variables.iter().filter(|variable| variable.conflicts(reading)) {
        for (place, a) in variable.claims.iter().enumerate() {
            for b in &variable.claims[place + 1..] {
                if reader.shared(&[*a, *b], reading).is_none() {
                    pairs.push(vec![*a, *b]);
                }
            }
        }
    }
    pairs
}

/// A set of claims that meets every conflict.
#[derive(Clone, Debug, Default)]
struct Hitting {
    claims: Vec<ClaimIndex>,
    is_smallest: bool,
}

fn hitting_set(conflicts: &[Vec<ClaimIndex>]) -> Hitting {
    let mut hits: FxHashMap<ClaimIndex, usize> = FxHashMap::default();
    for claim in conflicts.iter().flatten() {
        *hits.entry(*claim).or_default() += 1;
    }
    let mut search = Search { conflicts, hits, best: None, left: MOST_CHOICES };
    search.extend(&mut Vec::new());
    Hitting { claims: search.best.unwrap_or_default(), is_smallest: search.left > 0 }
}

/// Branch and bound over the claims of the first conflict that is not met yet.
struct Search<'a> {
    conflicts: &'a [Vec<ClaimIndex>],
    hits: FxHashMap<ClaimIndex, usize>,
    best: Option<Vec<ClaimIndex>>,
    left: usize,
}

impl Search<'_> {
    fn extend(&mut self, chosen: &mut Vec<ClaimIndex>) {
        let open: Vec<&Vec<ClaimIndex>> =
            self.conflicts.iter().filter(|conflict| !conflict.iter().any(|claim| chosen.contains(claim))).collect();
        if open.is_empty() {
            if self.best.as_ref().is_none_or(|best| chosen.len() < best.len()) {
                self.best = Some(chosen.clone());
            }
            return;
        }
        if self.left == 0 && self.best.is_some() {
            return;
        }
        self.left = self.left.saturating_sub(1);
        let needed = chosen.len() + disjoint(open.iter().copied());
        if self.best.as_ref().is_some_and(|best| needed >= best.len()) {
            return;
        }
        let Some(smallest) = open.iter().min_by_key(|conflict| conflict.len()) else { return };
        let mut candidates = (*smallest).clone();
        candidates.sort_by_key(|claim| (std::cmp::Reverse(self.hits.get(claim).copied().unwrap_or(0)), *claim));
        for claim in candidates {
            chosen.push(claim);
            self.extend(chosen);
            chosen.pop();
        }
    }
}

/// So many conflicts that share no claim: each needs a claim of its own.
fn disjoint<'a>(conflicts: impl IntoIterator<Item = &'a Vec<ClaimIndex>>) -> usize {
    let mut taken: FxHashSet<ClaimIndex> = FxHashSet::default();
    let mut count = 0;
    for conflict in conflicts {
        if conflict.iter().all(|claim| !taken.contains(claim)) {
            taken.extend(conflict);
            count += 1;
        }
    }
    count
}
