//! Checks that differ only in their currency: growth of 10 % is claimed once, the values in dollars and in euros. The text
//! does not say in which currency it grew, so where one check holds the others say nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{FactId, Facts};
use super::ground::Check;
use crate::claims::{Claims, FactKey};
use crate::rules::vocabulary::{CURRENCY, PER_CURRENCY};
use crate::rules::{QualifierId, Vocabulary};

/// Finds, of checks that fail, those that hold in another currency.
pub(super) struct OtherCurrencies<'a> {
    claims: &'a Claims,
    facts: &'a Facts,
    currencies: Vec<QualifierId>,
}

/// What checks in several currencies have in common: the rule, and its facts without their currency.
type Group = (u32, Vec<FactKeyWithout>);
/// A fact by its measure, its subject and its qualifiers, but not its currency.
type FactKeyWithout = (FactKey, Vec<crate::claims::key::Qualified>);

impl<'a> OtherCurrencies<'a> {
    pub fn new(claims: &'a Claims, facts: &'a Facts, vocabulary: &Vocabulary) -> OtherCurrencies<'a> {
        let currencies = [CURRENCY, PER_CURRENCY].into_iter().filter_map(|id| vocabulary.qualifier_id(id)).collect();
        OtherCurrencies { claims, facts, currencies }
    }

    /// The checks among those that fail of which another one holds. `fails` says it of each check.
    pub fn settled(&self, checks: &[Check], fails: impl Fn(usize) -> bool) -> Vec<usize> {
        let failing: Vec<usize> = (0..checks.len()).filter(|at| fails(*at) && self.is_open(&checks[*at])).collect();
        if failing.is_empty() {
            return Vec::new();
        }
        let mut groups: FxHashMap<Group, bool> = failing.iter().map(|at| (self.group(&checks[*at]), false)).collect();
        let rules: FxHashSet<u32> = failing.iter().map(|at| checks[*at].rule).collect();
        for (at, check) in checks.iter().enumerate().filter(|(_, check)| rules.contains(&check.rule)) {
            if !fails(at)
                && let Some(holds) = groups.get_mut(&self.group(check))
            {
                *holds = true;
            }
        }
        failing.into_iter().filter(|at| groups.get(&self.group(&checks[*at])) == Some(&true)).collect()
    }

    /// Whether some of its facts have a currency and others have none.
    fn is_open(&self, check: &Check) -> bool {
        let has = |fact: &FactId| {
            let key = self.facts.key(*fact);
            self.currencies.iter().any(|currency| self.claims.sets.value(key.qualifiers, *currency).is_some())
        };
        let with = check.facts().iter().filter(|fact| has(fact)).count();
        with > 0 && with < check.facts().len()
    }

    fn group(&self, check: &Check) -> Group {
        let without = |fact: &FactId| {
            let key = self.facts.key(*fact);
            let rest = self.claims.sets.content(key.qualifiers).iter();
            let rest = rest.filter(|(qualifier, _)| !self.currencies.contains(qualifier)).copied().collect();
            (FactKey { qualifiers: crate::claims::SetId::EMPTY, ..key }, rest)
        };
        (check.rule, check.facts().iter().map(without).collect())
    }
}
