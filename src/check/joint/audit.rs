//! The rules themselves: whether one can never hold, can never find anything, or says only what others say.
//!
//! A rule is looked at among the facts of one of its examples, without their values: each can be whatever its measure
//! admits. It can never hold if the network finds no world for it. It can never find anything if there is no world in
//! which it fails; and it follows from others if there is none in which they hold and it fails. A rule fails by more than `LEAST`,
//! since a linear program knows no "more than". Only what can be put as comparisons is asked: that an assertion with
//! `or` or `ordered` can fail is taken for granted. Which rules no claims of a project meet is a question of its own.

use rustc_hash::FxHashSet;

use super::conflict::{Answer, ask};
use super::infer::with_network;
use super::network::{Component, Constraint, Shape, World};
use super::unstated::AllFacts;
use crate::check::facts::Reader;
use crate::check::run::{Options, prepared};
use crate::claims::Claims;
use crate::figure::{Decimal, Number, Quantity, Reading, Scale, UnitRef, Value};
use crate::rules::RuleSet;
use crate::rules::expression::{Arithmetic, Comparison, Kind, Node};
use crate::rules::rule::{Body, Rule};

/// By how much a rule must fail, in base units; dates by a day.
const LEAST: (i64, u16) = (1, 9);

/// What can be said against a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    NeverHolds,
    NeverFails,
    /// From these rules, in the order of their names.
    Follows(Vec<Box<str>>),
}

/// Looks at a rule among the facts that these claims state, which are those of one of its examples.
pub fn look_at_rule(rules: &RuleSet, id: &str, claims: &Claims) -> Option<Remark> {
    with_network(rules, claims, &Options::default(), |components, _, reader| {
        components.iter().find_map(|component| {
            let own = component.constraints.iter().position(|constraint| constraint.rule == id)?;
            look_in(component, own, reader)
        })
    })
}

/// The rules with patterns that no facts of these claims meet, also none that nobody states.
pub fn unmet<'r>(rules: &'r RuleSet, claims: &Claims) -> Vec<&'r Rule> {
    let mut is_met = vec![false; rules.rules.len()];
    prepared(rules, claims, &Options::default(), |runner, grounding, checks, _| {
        let all = AllFacts::of(grounding, runner.claims, runner.facts, runner.rules);
        for check in checks.iter().chain(&all.checks) {
            if let Some(met) = is_met.get_mut(check.rule as usize) {
                *met = true;
            }
        }
    });
    let unmet = rules.rules.iter().zip(is_met).filter(|(rule, met)| !met && matches!(rule.body, Body::Patterns(_)));
    unmet.map(|(rule, _)| rule).collect()
}

fn look_in(component: &Component<'_>, own: usize, reader: Reader<'_>) -> Option<Remark> {
    let claims = component.variables.iter().flat_map(|variable| &variable.claims).copied();
    let dropped: FxHashSet<_> = claims.collect();
    let among = |component: &Component<'_>, constraints: Vec<usize>| {
        let world =
            World { reading: Reading::Tight, constraints, dropped: dropped.clone(), replaced: None, strict: false };
        match ask(component, &world, reader) {
            Answer::Contradiction(core) => Some(core),
            Answer::Open(_) | Answer::GaveUp => None,
        }
    };
    if among(component, vec![own]).is_some() {
        return Some(Remark::NeverHolds);
    }
    let check = &component.constraints[own];
    let has_dates = check.variables().any(|variable| component.variables[variable].shape == Shape::Days);
    let least = if has_dates { constant(1, 0) } else { constant(LEAST.0, LEAST.1) };
    let ways = failures(check.assert, &least)?;
    let failing: Vec<Component<'_>> = ways.iter().map(|way| with_assertion(component, own, way)).collect();
    if failing.iter().all(|component| among(component, vec![own]).is_some()) {
        return Some(Remark::NeverFails);
    }
    let rule = check.rule;
    // from a rule that can never hold, everything would follow
    let can_hold = |index: usize| among(component, vec![index]).is_none();
    let others = component.constraints.iter().enumerate();
    let others = others.filter(|(index, other)| other.rule != rule && can_hold(*index)).map(|(index, _)| index);
    let mut constraints: Vec<usize> = others.chain([own]).collect();
    constraints.sort_unstable();
    let mut from: Vec<Box<str>> = Vec::new();
    for component in &failing {
        let mut core = among(component, constraints.clone())?;
        let mut index = 0;
        while index < core.len() {
            let mut fewer = core.clone();
            fewer.remove(index);
            match among(component, fewer) {
                Some(smaller) if core[index] != own => core = smaller,
                _ => index += 1,
            }
        }
        if !core.contains(&own) {
            // others contradict each other, and say nothing of this one
            return None;
        }
        let named = core.iter().filter(|index| **index != own);
        from.extend(named.map(|index| Box::from(component.constraints[*index].rule)));
    }
    from.sort_unstable();
    from.dedup();
    (!from.is_empty()).then_some(Remark::Follows(from))
}

/// The component with another assertion in place of one.
fn with_assertion<'n>(component: &Component<'n>, own: usize, assert: &'n Node) -> Component<'n> {
    let mut other = component.clone();
    if let Some(constraint) = other.constraints.get_mut(own) {
        *constraint = Constraint { assert, form: None, ..constraint.clone() };
    }
    other
}

/// The ways in which an assertion can fail by at least so much; `None` where they cannot be put as comparisons.
fn failures(assert: &Node, least: &Node) -> Option<Vec<Node>> {
    let node = |kind: Kind| Node { span: assert.span, kind };
    // one side at least so far above the other
    let above = |large: &Node, small: &Node| {
        let raised = node(Kind::Arithmetic(Arithmetic::Plus, Box::new(small.clone()), Box::new(least.clone())));
        node(Kind::Comparison(Comparison::AtLeast, Box::new(large.clone()), Box::new(raised)))
    };
    match &assert.kind {
        Kind::And(left, right) => {
            let mut ways = failures(left, least)?;
            ways.extend(failures(right, least)?);
            Some(ways)
        }
        Kind::Comparison(Comparison::Equal, left, right) => Some(vec![above(left, right), above(right, left)]),
        Kind::Comparison(Comparison::AtMost | Comparison::Below, left, right) => Some(vec![above(left, right)]),
        Kind::Comparison(Comparison::AtLeast | Comparison::Above, left, right) => Some(vec![above(right, left)]),
        _ => None,
    }
}

/// `digits / 10^decimals`, of whatever dimension it stands beside: the tree is evaluated and not typed again.
fn constant(digits: i64, decimals: u16) -> Node {
    let number = Decimal::new(Number::from(digits), decimals, Scale::One);
    let quantity = Quantity { hedge: None, exact: true, number, upper: None, unit: UnitRef::NONE };
    Node { span: Default::default(), kind: Kind::Constant(Value::Quantity(quantity)) }
}
