//! Grounding: rules joined with facts into checks.
//!
//! Each instance of a rule is a join over facts: its terms meet in their variables. Terms are taken in an order in
//! which each is found from those before it, by its whole key where every key is bound, else through an index over
//! the keys that are. So the work grows with the facts and the checks that result, not with their products.

mod join;
mod shifts;

use super::facts::{FactId, Facts};
use crate::claims::Claims;
use crate::claims::key::{Qualified, QualifierSets};
use crate::rules::expression::Node;
use crate::rules::rule::Body;
use crate::rules::{MeasureId, Name, RuleSet};
use join::Join;
use shifts::Periods;

/// A rule applied to particular facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Index of the rule in the rule set.
    pub rule: u32,
    /// The facts of each term, in the rule's order: `len` of them each.
    facts: Box<[FactId]>,
    /// The periods that the assertion uses by name.
    pub periods: Box<[Name]>,
    /// Where the facts of each term end; empty where every term is one fact.
    ends: Box<[u32]>,
}

impl Check {
    /// The facts of one term.
    pub fn term(&self, index: usize) -> &[FactId] {
        if self.ends.is_empty() {
            return self.facts.get(index..=index).unwrap_or_default();
        }
        let end = self.ends.get(index).map_or(0, |end| *end as usize);
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).map_or(0, |end| *end as usize) };
        self.facts.get(start..end).unwrap_or_default()
    }

    pub fn facts(&self) -> &[FactId] {
        &self.facts
    }
}

/// All checks of all rules with patterns, in the order of rules, instances and facts.
pub fn ground(rules: &RuleSet, claims: &Claims, facts: &Facts) -> Vec<Check> {
    Grounding::of(rules, claims).checks(&claims.sets, facts)
}

/// The rules made ready to be joined with facts, as often as there are more of them.
pub(super) struct Grounding<'a> {
    rules: &'a RuleSet,
    claims: &'a Claims,
    periods: Periods,
}

/// What a fact that nobody states would speak of.
pub(super) type Unstated = (MeasureId, Name, Vec<Qualified>);

impl<'a> Grounding<'a> {
    pub(super) fn of(rules: &'a RuleSet, claims: &'a Claims) -> Grounding<'a> {
        Grounding { rules, claims, periods: Periods::of(rules, claims) }
    }

    /// All checks among these facts; `sets` has the qualifiers of their keys.
    pub(super) fn checks(&self, sets: &QualifierSets, facts: &Facts) -> Vec<Check> {
        let mut checks = Vec::new();
        self.each_instance(sets, facts, |join| {
            checks.extend(join.run(&|join, bindings, chosen| Some(join.check(chosen, bindings))));
        });
        checks
    }

    /// The facts that rules speak of and nobody states: those of a term whose every key is given by the other terms.
    pub(super) fn unstated(&self, sets: &QualifierSets, facts: &Facts) -> Vec<Unstated> {
        let mut found = Vec::new();
        self.each_instance(sets, facts, |join| {
            for term in 0..join.instance.patterns.len() {
                if join.is_given_by_others(term) {
                    let join = Join { unstated: Some(term), ..*join };
                    found.extend(join.run(&|join, bindings, _| join.unstated_key(term, bindings)));
                }
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    fn each_instance(&self, sets: &QualifierSets, facts: &Facts, mut look: impl FnMut(&Join<'_>)) {
        let Grounding { rules, claims, periods } = self;
        for (index, rule) in rules.rules.iter().enumerate() {
            if let Body::Patterns(instances) = &rule.body {
                let pairs = &rule.assert.as_ref().map(Node::paired_terms).unwrap_or_default();
                for instance in instances {
                    // rules are counted in 32 bits
                    let index = index as u32;
                    look(&Join { rules, rule, index, instance, claims, sets, facts, periods, pairs, unstated: None });
                }
            }
        }
    }
}
