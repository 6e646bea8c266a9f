//! Grounding: rules joined with facts into checks.
//!
//! Each instance of a rule is a join over facts: its terms meet in their variables. Terms are taken in an order in
//! which each is found from those before it, by its whole key where every key is bound, else through an index over
//! the keys that are. So the work grows with the facts and the checks that result, not with their products.

mod join;
mod pool;
mod shifts;

use rayon::prelude::*;

use super::facts::{FactId, Facts};
use crate::claims::Claims;
use crate::claims::key::{Qualified, QualifierSets};
use crate::rules::expression::Node;
use crate::rules::rule::Body;
use crate::rules::{MeasureId, Name, RuleSet};
use join::{Find, FirstNew, Join};
use pool::Stated;
use shifts::Periods;

/// A rule applied to particular facts. Kept small, as there may be as many as claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Index of the rule in the rule set.
    pub rule: u32,
    content: Content,
}

/// What most checks need fits without an allocation.
const FEW: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    /// Terms of one fact each, and no periods.
    Few {
        count: u8,
        facts: [FactId; FEW],
    },
    Many(Box<Many>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Many {
    /// The facts of all terms, in the rule's order.
    facts: Box<[FactId]>,
    /// The periods that the assertion uses by name.
    periods: Box<[Name]>,
    /// Where the facts of each term end; empty where every term is one fact.
    ends: Box<[u32]>,
}

impl Check {
    fn new(rule: u32, facts: &[FactId], periods: Box<[Name]>, ends: Box<[u32]>) -> Check {
        let content = if facts.len() <= FEW && periods.is_empty() && ends.is_empty() {
            let mut few = [FactId(0); FEW];
            few[..facts.len()].copy_from_slice(facts);
            Content::Few { count: facts.len() as u8, facts: few }
        } else {
            Content::Many(Box::new(Many { facts: facts.into(), periods, ends }))
        };
        Check { rule, content }
    }

    /// The facts of one term.
    pub fn term(&self, index: usize) -> &[FactId] {
        match &self.content {
            Content::Many(many) if !many.ends.is_empty() => {
                let end = |index: usize| many.ends.get(index).map_or(0, |end| *end as usize);
                let start = if index == 0 { 0 } else { end(index - 1) };
                many.facts.get(start..end(index)).unwrap_or_default()
            }
            _ => self.facts().get(index..=index).unwrap_or_default(),
        }
    }

    pub fn facts(&self) -> &[FactId] {
        match &self.content {
            Content::Few { count, facts } => facts.get(..usize::from(*count)).unwrap_or_default(),
            Content::Many(many) => &many.facts,
        }
    }

    /// The periods that the assertion uses by name.
    pub fn periods(&self) -> &[Name] {
        match &self.content {
            Content::Few { .. } => &[],
            Content::Many(many) => &many.periods,
        }
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
        self.run(sets, facts, |join, joins| joins.push(join))
    }

    /// The checks that have a new fact in them; `is_new` says of each fact whether it is.
    pub(super) fn checks_with(&self, sets: &QualifierSets, facts: &Facts, is_new: &[bool]) -> Vec<Check> {
        let new = New::of(facts, is_new);
        self.run(sets, facts, |join, joins| joins.extend(new.joins(&join)))
    }

    /// The facts that rules speak of and nobody states: those of a term whose every key is given by the other terms,
    /// where `is_wanted` and, if not all facts are new, at least one of the other terms has a new fact.
    pub(super) fn unstated(
        &self,
        sets: &QualifierSets,
        facts: &Facts,
        is_new: Option<&[bool]>,
        is_wanted: impl Fn(u32, usize) -> bool,
    ) -> Vec<Unstated> {
        let new = is_new.map(|is_new| New::of(facts, is_new));
        let mut found: Vec<Unstated> = self.run(sets, facts, |join, joins| {
            let terms = 0..join.instance.patterns.len();
            let left_out = terms.filter(|term| is_wanted(join.index, *term) && join.is_given_by_others(*term));
            let of = left_out.map(|term| Join { left_out: Some(term), ..join.clone() });
            match &new {
                None => joins.extend(of),
                Some(new) => joins.extend(of.flat_map(|join| new.joins(&join))),
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What the joins find that are made of each instance.
    fn run<'j, T: Find>(
        &'j self,
        sets: &'j QualifierSets,
        facts: &'j Facts,
        joins_of: impl Fn(Join<'j>, &mut Vec<Join<'j>>),
    ) -> Vec<T> {
        let Grounding { rules, claims, periods } = self;
        let stated = Stated::of(rules, sets, facts);
        let mut joins = Vec::new();
        for (index, rule) in rules.rules.iter().enumerate() {
            let Body::Patterns(instances) = &rule.body else { continue };
            let pairs = rule.assert.as_ref().map(Node::paired_terms).unwrap_or_default();
            for instance in instances.iter().filter(|instance| stated.can_nearly_match(instance)) {
                // rules are counted in 32 bits
                let index = index as u32;
                let pairs = pairs.clone();
                let (left_out, first_new) = (None, None);
                let join =
                    Join { rules, rule, index, instance, claims, sets, facts, periods, pairs, left_out, first_new };
                joins_of(join, &mut joins);
            }
        }
        joins.retain(|join| stated.can_match(join.instance, join.left_out) && join.can_meet());
        let mut all = Vec::new();
        // some at a time, so that few checks lie in memory twice
        for joins in joins.chunks(64) {
            let found: Vec<Vec<T>> = joins.par_iter().map(Join::run).collect();
            all.extend(found.into_iter().flatten());
        }
        all
    }
}

/// Which facts are new, and the measures of these.
struct New<'a> {
    is_new: &'a [bool],
    measures: Vec<bool>,
}

impl<'a> New<'a> {
    fn of(facts: &Facts, is_new: &'a [bool]) -> New<'a> {
        let mut measures = Vec::new();
        for id in facts.ids().filter(|id| is_new[id.0 as usize]) {
            let measure = usize::from(facts.key(id).measure.0);
            if measures.len() <= measure {
                measures.resize(measure + 1, false);
            }
            measures[measure] = true;
        }
        New { is_new, measures }
    }

    /// A join as several, by the first of its terms that has a new fact.
    fn joins<'j>(&self, join: &Join<'j>) -> Vec<Join<'j>>
    where
        'a: 'j,
    {
        let has_new = |term: &usize| {
            let measure = usize::from(join.instance.patterns[*term].measure.0);
            Some(*term) != join.left_out && self.measures.get(measure).copied().unwrap_or(false)
        };
        let terms = (0..join.instance.patterns.len()).filter(has_new);
        terms.map(|term| Join { first_new: Some(FirstNew { term, is_new: self.is_new }), ..join.clone() }).collect()
    }
}
