//! The periods of keys: what days they are, and where a shift of a rule leads from one to another.

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
}

impl Periods {
    pub(super) fn of(rules: &RuleSet, claims: &Claims) -> Periods {
        let vocabulary = &rules.vocabulary;
        let is_period = |id: &QualifierId| vocabulary.qualifier(*id).of == ValuesOf::Period;
        let named = claims.sets.iter().flatten().filter(|(id, _)| is_period(id)).map(|(_, name)| *name);
        let names: FxHashSet<Name> = named.collect();
        let mut periods = Periods { days: FxHashMap::default(), shifted: FxHashMap::default() };
        let shifts = shifts(rules);
        for name in names {
            let word = claims.word(name, &vocabulary.names);
            periods.days.extend(periods::days(word).map(|days| (name, days)));
            for shift in &shifts {
                // a period that no claim names has no facts
                let target = periods::shifted(word, shift.0, shift.1)
                    .and_then(|word| vocabulary.names.find(&word).or_else(|| claims.names.find(&word)));
                periods.shifted.extend(target.map(|target| ((name, *shift), target)));
            }
        }
        periods
    }

    pub(super) fn days(&self, name: Name) -> Option<&Days> {
        self.days.get(&name)
    }

    pub(super) fn shifted(&self, name: Name, shift: Shift) -> Option<Name> {
        self.shifted.get(&(name, shift)).copied()
    }
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
