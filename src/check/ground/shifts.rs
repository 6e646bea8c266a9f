//! The periods of keys: what days they are, which lie inside others, and where a shift of a rule leads from one to
//! another.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::claims::Claims;
use crate::figure::Days;
use crate::figure::date::CalendarUnit;
use crate::rules::rule::{Body, Slot};
use crate::rules::vocabulary::ValuesOf;
use crate::rules::{Name, QualifierId, RuleSet, periods};

/// A shift of a period by calendar units.
pub(super) type Shift = (i64, CalendarUnit);

/// The periods that keys of facts name, read once, and where shifts lead from one to another.
pub(super) struct Periods {
    days: FxHashMap<Name, Days>,
    shifted: FxHashMap<(Name, Shift), Name>,
    /// Those that lie within another.
    inner: FxHashSet<Name>,
}

impl Periods {
    pub(super) fn of(rules: &RuleSet, claims: &Claims) -> Periods {
        let vocabulary = &rules.vocabulary;
        let is_period = |id: &QualifierId| vocabulary.qualifier(*id).of == ValuesOf::Period;
        let named = claims.sets.iter().flatten().filter(|(id, _)| is_period(id)).map(|(_, name)| *name);
        let names: FxHashSet<Name> = named.collect();
        let mut days = FxHashMap::default();
        let mut shifted = FxHashMap::default();
        let shifts = shifts(rules);
        for name in names {
            let word = claims.word(name, &vocabulary.names);
            days.extend(periods::days(word).map(|days| (name, days)));
            for shift in &shifts {
                // a period that no claim names has no facts
                let target = periods::shifted(word, shift.0, shift.1)
                    .and_then(|word| vocabulary.names.find(&word).or_else(|| claims.names.find(&word)));
                shifted.extend(target.map(|target| ((name, *shift), target)));
            }
        }
        let inner = inner(&days);
        Periods { days, shifted, inner }
    }

    /// Whether one period lies within another, and is not the same.
    pub(super) fn is_within(&self, inner: Name, outer: Name) -> bool {
        match (self.days.get(&inner), self.days.get(&outer)) {
            (Some(days), Some(others)) => inner != outer && days.within(others),
            _ => false,
        }
    }

    /// Whether there is any period that this one lies within. Of a long series there mostly is none, and asking here
    /// first spares comparing each of its periods with every other.
    pub(super) fn is_inner(&self, name: Name) -> bool {
        self.inner.contains(&name)
    }

    pub(super) fn has_inner(&self) -> bool {
        !self.inner.is_empty()
    }

    pub(super) fn shifted(&self, name: Name, shift: Shift) -> Option<Name> {
        self.shifted.get(&(name, shift)).copied()
    }
}

/// The periods that lie within another, found in the order of their beginnings: of those that begin no later, the one
/// that ends last is the one to compare with.
fn inner(days: &FxHashMap<Name, Days>) -> FxHashSet<Name> {
    let ends = |days: &Days| (days.first.map_or(i64::MIN, |day| day.0), days.last.map_or(i64::MAX, |day| day.0));
    let mut sorted: Vec<(i64, std::cmp::Reverse<i64>, Name)> = Vec::with_capacity(days.len());
    for (name, days) in days {
        let (first, last) = ends(days);
        sorted.push((first, std::cmp::Reverse(last), *name));
    }
    sorted.sort_unstable();
    let mut inner = FxHashSet::default();
    let mut latest = None;
    for (index, (first, last, name)) in sorted.iter().enumerate() {
        // two names of the same days lie within each other
        let has_twin = sorted.get(index + 1).is_some_and(|(other, end, _)| (other, end) == (first, last));
        if has_twin || latest.is_some_and(|latest| last.0 <= latest) {
            inner.insert(*name);
        }
        latest = latest.max(Some(last.0));
    }
    inner
}

/// The shifts that rules ask for.
fn shifts(rules: &RuleSet) -> FxHashSet<Shift> {
    let bodies = rules.rules.iter().map(|rule| &rule.body);
    let instances = bodies.filter_map(|body| match body {
        Body::Patterns(instances) => Some(instances),
        _ => None,
    });
    let slots = instances.flatten().flat_map(|instance| &instance.patterns).flat_map(|pattern| &pattern.keys);
    slots
        .filter_map(|(_, slot)| match slot {
            Slot::Shifted { amount, unit, .. } => Some((*amount, *unit)),
            _ => None,
        })
        .collect()
}
