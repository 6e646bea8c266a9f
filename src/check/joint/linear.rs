//! The linear part of a component, all of it at once.
//!
//! Narrowing is complete only where checks meet in no cycle: three sums of the same figures can contradict each other
//! though each leaves every figure some room. So the sums, differences and orders of a component, and its shares and
//! changes with one factor within its ends, are also put to a linear program. `microlp` answers in binary floats, and
//! its answer only says whether to look further: what it calls infeasible is decided again by [`super::simplex`] in
//! exact arithmetic, and only the certificate of that is believed.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use super::super::domain::Domain;
use super::super::evaluate::{Computed, Evaluator, TermDomains};
use super::super::facts::Reader;
use super::network::{Component, Constraint, Term, World};
use super::screen;
use super::simplex::{Answer, Bounds, Row, decide};
use crate::figure::{Interval, Number, Units};
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};

/// Above and below the line of a quotient; and what stands beside it, `true` where added.
type Quotient<'n> = (&'n Node, &'n Node, Option<(&'n Node, bool)>);

/// Exchanges of the exact simplex before it gives up.
const EXCHANGES: usize = 5_000;

/// So few rows are asked in exact arithmetic at once.
const FEW_ROWS: usize = 100;

/// A component with more rows is only narrowed.
const MOST_ROWS: usize = 6_000;

/// What the linear part says.
#[derive(Clone, Debug)]
pub enum Linear {
    Feasible,
    /// The checks whose sum cannot be, and the variables whose ends it uses.
    Infeasible {
        constraints: Vec<usize>,
        variables: Vec<usize>,
    },
    GaveUp,
}

/// Asks whether the linear relations of a world can hold at once within what narrowing has left.
pub fn linear(component: &Component<'_>, world: &World, state: &[Domain], reader: Reader<'_>) -> Linear {
    let core = cyclic(component, world);
    if core.is_empty() || screen::has_world(component, &core, state) {
        return Linear::Feasible;
    }
    let bounds: Vec<Bounds> = state
        .iter()
        .map(|domain| match domain {
            Domain::Number { interval, .. } | Domain::Days(interval) => {
                (interval.low().number().cloned(), interval.high().number().cloned())
            }
            Domain::Extent { .. } => (None, None),
        })
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut origins: Vec<usize> = Vec::new();
    for constraint in &core {
        let check = &component.constraints[*constraint];
        let terms = check.domains(state);
        let reading = Rows { check, terms: &terms, bounds: &bounds, units: &reader.vocabulary.units };
        let before = rows.len();
        reading.of(check.assert, &mut rows);
        origins.resize(origins.len() + rows.len() - before, *constraint);
    }
    if rows.len() > MOST_ROWS {
        return Linear::GaveUp;
    }
    if rows.len() < 2 || (rows.len() > FEW_ROWS && !seems_infeasible(&bounds, &rows)) {
        return Linear::Feasible;
    }
    match decide(&bounds, &rows, EXCHANGES) {
        Answer::Feasible => Linear::Feasible,
        Answer::GaveUp => Linear::GaveUp,
        Answer::Infeasible { rows, mut variables } => {
            let mut constraints: Vec<usize> = rows.iter().map(|(row, _)| origins[*row]).collect();
            constraints.sort_unstable();
            constraints.dedup();
            // a ranged factor rests on the ends of every figure of its check
            variables.extend(constraints.iter().flat_map(|index| component.constraints[*index].variables()));
            variables.sort_unstable();
            variables.dedup();
            Linear::Infeasible { constraints, variables }
        }
    }
}

/// The checks that meet in cycles. A check that shares one variable with the rest is decided by narrowing alone: whatever
/// that variable is within its ends, the others can follow. So such checks are taken off, as long as there are any.
pub fn cyclic(component: &Component<'_>, world: &World) -> Vec<usize> {
    let mut counts = vec![false; component.constraints.len()];
    let mut met = vec![0_usize; component.variables.len()];
    for constraint in &world.constraints {
        counts[*constraint] = true;
        component.constraints[*constraint].variables().for_each(|variable| met[variable] += 1);
    }
    let mut waiting = world.constraints.clone();
    while let Some(constraint) = waiting.pop() {
        let check = &component.constraints[constraint];
        let shared = check.variables().filter(|variable| met[*variable] > 1).count();
        if !counts[constraint] || shared > 1 {
            continue;
        }
        counts[constraint] = false;
        for variable in check.variables() {
            met[variable] -= 1;
            waiting.extend(component.around.of(variable).filter(|other| counts[*other]));
        }
    }
    world.constraints.iter().copied().filter(|constraint| counts[*constraint]).collect()
}

/// What binary floats say: a hint whether the exact question is worth asking.
fn seems_infeasible(bounds: &[Bounds], rows: &[Row]) -> bool {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    // figures range from fractions to trillions: each variable is measured by its own size
    let size = |(low, high): &Bounds| {
        let ends = [low, high].map(|end| end.as_ref().map_or(0.0, |end| end.to_f64().abs()));
        let size = ends[0].max(ends[1]);
        if size > 0.0 { size } else { 1.0 }
    };
    let sizes: Vec<f64> = bounds.iter().map(size).collect();
    let used: BTreeSet<usize> = rows.iter().flat_map(|row| row.factors.keys().copied()).collect();
    let variables: BTreeMap<usize, _> = used
        .into_iter()
        .map(|index| {
            let ((low, high), size) = (&bounds[index], sizes[index]);
            let low = low.as_ref().map_or(f64::NEG_INFINITY, |low| low.to_f64() / size);
            let high = high.as_ref().map_or(f64::INFINITY, |high| high.to_f64() / size);
            (index, problem.add_var(0.0, (low, high.max(low))))
        })
        .collect();
    for row in rows {
        let factors: Vec<f64> =
            row.factors.iter().map(|(variable, factor)| factor.to_f64() * sizes[*variable]).collect();
        let largest = factors.iter().fold(0.0_f64, |largest, factor| largest.max(factor.abs()));
        if largest == 0.0 {
            continue;
        }
        let terms: Vec<_> = row
            .factors
            .keys()
            .zip(&factors)
            .map(|(variable, factor)| (variables[variable], factor / largest))
            .collect();
        if let Some(low) = &row.low {
            problem.add_constraint(&terms, ComparisonOp::Ge, low.to_f64() / largest);
        }
        if let Some(high) = &row.high {
            problem.add_constraint(&terms, ComparisonOp::Le, high.to_f64() / largest);
        }
    }
    // an internal error is no answer, and the exact question decides
    matches!(problem.solve(), Err(Error::Infeasible | Error::InternalError(_)))
}

/// A sum of variables, each times a factor that lies within an interval.
#[derive(Clone, Debug)]
struct Sum {
    factors: BTreeMap<usize, Interval>,
    constant: Interval,
}

impl Sum {
    fn constant(constant: Interval) -> Sum {
        Sum { factors: BTreeMap::new(), constant }
    }

    fn plus(mut self, other: &Sum) -> Sum {
        for (variable, factor) in &other.factors {
            let sum = self.factors.get(variable).map_or_else(|| factor.clone(), |own| own.plus(factor));
            self.factors.insert(*variable, sum);
        }
        self.constant = self.constant.plus(&other.constant);
        self
    }

    fn times(&self, factor: &Interval) -> Sum {
        Sum {
            factors: self.factors.iter().map(|(variable, own)| (*variable, own.times(factor))).collect(),
            constant: self.constant.times(factor),
        }
    }

    fn negated(&self) -> Sum {
        self.times(&Interval::point(Number::from(-1)))
    }
}

/// Reads the rows of one check.
struct Rows<'a> {
    check: &'a Constraint<'a>,
    terms: &'a [TermDomains],
    bounds: &'a [Bounds],
    units: &'a Units,
}

impl Rows<'_> {
    fn of(&self, node: &Node, rows: &mut Vec<Row>) {
        match &node.kind {
            Kind::And(left, right) => {
                self.of(left, rows);
                self.of(right, rows);
            }
            Kind::Comparison(comparison, left, right) => {
                for (left, right) in self.sides(left, right) {
                    let difference = left.plus(&right.negated());
                    if matches!(comparison, Comparison::Equal | Comparison::AtMost | Comparison::Below) {
                        rows.extend(self.at_most_zero(&difference));
                    }
                    if matches!(comparison, Comparison::Equal | Comparison::AtLeast | Comparison::Above) {
                        rows.extend(self.at_most_zero(&difference.negated()));
                    }
                }
            }
            _ => {}
        }
    }

    /// Both sides as sums; a quotient is multiplied by its divisor, in each way that leaves sums.
    fn sides(&self, left: &Node, right: &Node) -> Vec<(Sum, Sum)> {
        let mut sides = Vec::new();
        for (own, other, swapped) in [(left, right, false), (right, left, true)] {
            let Some((above, below, rest)) = self.quotient(own) else { continue };
            let Some(divisor) = self.sum(below, false).filter(|_| self.is_positive(below)) else { continue };
            let Some(dividend) = self.sum(above, false) else { continue };
            // above / below + rest = other, so above = (other - rest) * below
            let rest_value =
                rest.map_or(Interval::point(Number::ZERO), |(rest, sign)| signed(&self.interval(rest), sign));
            let ratio = self.interval(other).minus(&rest_value);
            sides.push(in_order(dividend.clone(), divisor.times(&ratio), swapped));
            let rest = rest.map(|(rest, sign)| self.sum(rest, false).map(|sum| if sign { sum } else { sum.negated() }));
            let other = match rest {
                None => self.sum(other, false),
                Some(rest) => rest.and_then(|rest| Some(self.sum(other, false)?.plus(&rest.negated()))),
            };
            sides.extend(other.map(|other| in_order(dividend, other.times(&self.interval(below)), swapped)));
        }
        if sides.is_empty() {
            for second in [false, true] {
                if let (Some(left), Some(right)) = (self.sum(left, second), self.sum(right, second)) {
                    sides.push((left, right));
                }
            }
        }
        sides
    }

    /// A side that is a quotient, or one with something added or subtracted (`true` where added).
    fn quotient<'n>(&self, node: &'n Node) -> Option<Quotient<'n>> {
        let plain = |node: &'n Node| match &node.kind {
            Kind::Arithmetic(Arithmetic::Over, above, below) if !matches!(below.kind, Kind::Constant(_)) => {
                Some((&**above, &**below))
            }
            _ => None,
        };
        if let Some((above, below)) = plain(node) {
            return Some((above, below, None));
        }
        match &node.kind {
            Kind::Arithmetic(operator @ (Arithmetic::Plus | Arithmetic::Minus), left, right) => {
                plain(left).map(|(above, below)| (above, below, Some((&**right, *operator == Arithmetic::Plus))))
            }
            _ => None,
        }
    }

    fn value(&self, node: &Node) -> Computed {
        Evaluator { terms: self.terms, units: self.units }.value(node)
    }

    fn interval(&self, node: &Node) -> Interval {
        self.value(node).interval()
    }

    fn is_positive(&self, node: &Node) -> bool {
        self.interval(node).low().number().is_some_and(|low| !low.is_negative())
    }

    /// An expression as a sum; of a product the first factor (or the second, if asked for) is taken at its ends.
    fn sum(&self, node: &Node, second: bool) -> Option<Sum> {
        match &node.kind {
            Kind::Term(index) => match self.check.terms.get(*index)? {
                Term::One(variable) => match self.terms.get(*index)? {
                    TermDomains::One(Domain::Number { calendar: false, .. } | Domain::Days(_)) => Some(one(*variable)),
                    _ => None,
                },
                Term::Set(_) => None,
                Term::Given(..) => Some(Sum::constant(self.interval(node))),
            },
            Kind::Constant(_) => match self.value(node) {
                Computed::Number { interval, calendar: false } | Computed::Days(interval) => {
                    Some(Sum::constant(interval))
                }
                _ => None,
            },
            Kind::Negated(inner) => Some(self.sum(inner, second)?.negated()),
            Kind::Arithmetic(Arithmetic::Plus, left, right) => {
                Some(self.sum(left, second)?.plus(&self.sum(right, second)?))
            }
            Kind::Arithmetic(Arithmetic::Minus, left, right) => {
                Some(self.sum(left, second)?.plus(&self.sum(right, second)?.negated()))
            }
            Kind::Arithmetic(Arithmetic::Times, left, right) => {
                let (factor, sum) = if second { (right, left) } else { (left, right) };
                let calendar = matches!(self.value(factor), Computed::Number { calendar: true, .. });
                if calendar { None } else { Some(self.sum(sum, second)?.times(&self.interval(factor))) }
            }
            Kind::Arithmetic(Arithmetic::Over, left, right) => {
                let inverse = Interval::point(Number::ONE).divided_by(&self.interval(right))?;
                let constant = matches!(right.kind, Kind::Constant(_));
                if constant { Some(self.sum(left, second)?.times(&inverse)) } else { None }
            }
            Kind::Call(Function::Sum, arguments) => {
                let mut total = Sum::constant(Interval::point(Number::ZERO));
                for argument in arguments {
                    total = match &argument.kind {
                        Kind::Term(index) if matches!(self.check.terms.get(*index), Some(Term::Set(_))) => {
                            self.members(*index)?.into_iter().fold(total, |total, variable| total.plus(&one(variable)))
                        }
                        _ => total.plus(&self.sum(argument, second)?),
                    };
                }
                Some(total)
            }
            Kind::Call(Function::Points, arguments) => {
                Some(self.sum(arguments.first()?, second)?.times(&Interval::point(Number::from(100))))
            }
            _ => None,
        }
    }

    /// The variables of a set of plain numbers.
    fn members(&self, index: usize) -> Option<Vec<usize>> {
        let (Some(Term::Set(set)), Some(TermDomains::Set(domains))) =
            (self.check.terms.get(index), self.terms.get(index))
        else {
            return None;
        };
        let plain = |domain: &Domain| matches!(domain, Domain::Number { calendar: false, .. });
        domains.iter().all(plain).then(|| set.clone())
    }

    /// `sum <= 0`, with each ranged factor at the end that admits most.
    fn at_most_zero(&self, sum: &Sum) -> Option<Row> {
        let mut factors = BTreeMap::new();
        for (variable, factor) in &sum.factors {
            let (low, high) = &self.bounds[*variable];
            let end = match factor.as_point() {
                Some(point) => point,
                None if low.as_ref().is_some_and(|low| !low.is_negative()) => factor.low().number()?,
                None if high.as_ref().is_some_and(|high| !high.is_positive()) => factor.high().number()?,
                None => return None,
            };
            if !end.is_zero() {
                factors.insert(*variable, end.clone());
            }
        }
        let high = -sum.constant.low().number()?;
        Some(Row { factors, low: None, high: Some(high) })
    }
}

fn one(variable: usize) -> Sum {
    Sum { factors: BTreeMap::from([(variable, Interval::point(Number::ONE))]), constant: Interval::point(Number::ZERO) }
}

fn signed(interval: &Interval, positive: bool) -> Interval {
    if positive { interval.clone() } else { interval.negated() }
}

fn in_order(own: Sum, other: Sum, swapped: bool) -> (Sum, Sum) {
    if swapped { (other, own) } else { (own, other) }
}
