//! One check asked in all directions: what each of its terms can still be, given the others.
//!
//! This is HC4-revise (Benhamou, Goualard, Granvilliers and Puget 1999): every part of the expression is evaluated
//! forward over intervals, then the result that is asked for is handed down through the inverse of each operation. All
//! of it is exact; where a calendar operation has no exact inverse, the result is widened by a few days, which can
//! only miss a contradiction. A divisor is never zero, unless zero is what is claimed: then the check says nothing.

mod inverse;

use super::super::domain::Domain;
use super::super::evaluate::{Computed, Evaluator, TermDomains, later, months};
use crate::figure::{Interval, Number, Units};
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};
use inverse::*;

/// The check cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empty;

/// Narrows the terms of an assertion that must hold.
///
/// # Errors
/// Where it cannot hold.
pub fn revise(assert: &Node, terms: &mut [TermDomains], units: &Units) -> Result<(), Empty> {
    Reviser { terms, units }.require(assert, true)
}

struct Reviser<'a> {
    terms: &'a mut [TermDomains],
    units: &'a Units,
}

type Revised = Result<(), Empty>;

impl Reviser<'_> {
    fn value(&self, node: &Node) -> Computed {
        Evaluator { terms: self.terms, units: self.units }.value(node)
    }

    /// Makes a condition hold, or fail.
    fn require(&mut self, node: &Node, holds: bool) -> Revised {
        let can = |reviser: &Self, node: &Node| {
            let truth = Evaluator { terms: reviser.terms, units: reviser.units }.truth(node);
            if holds { truth.can_hold } else { truth.can_fail }
        };
        if !can(self, node) {
            return Err(Empty);
        }
        match &node.kind {
            Kind::And(left, right) | Kind::Or(left, right) => {
                let both = matches!(node.kind, Kind::And(..)) == holds;
                match (both, can(self, left), can(self, right)) {
                    (true, ..) => {
                        self.require(left, holds)?;
                        self.require(right, holds)
                    }
                    // of alternatives, the only one that is left
                    (false, true, false) => self.require(left, holds),
                    (false, false, true) => self.require(right, holds),
                    (false, ..) => Ok(()),
                }
            }
            Kind::Not(inner) => self.require(inner, !holds),
            Kind::Comparison(comparison, left, right) => {
                let comparison = if holds { *comparison } else { inverse(*comparison) };
                self.compare(comparison, left, right, holds)
            }
            _ => Ok(()),
        }
    }

    fn compare(&mut self, comparison: Comparison, left: &Node, right: &Node, holds: bool) -> Revised {
        let (a, b) = (self.value(left), self.value(right));
        match (comparison, &a, &b) {
            (Comparison::Unequal, ..) => Ok(()),
            (Comparison::Within, ..) if !holds => Ok(()),
            (Comparison::Within, _, Computed::Extent { start, end }) => self.within(left, &a, right, (start, end)),
            (Comparison::Within, ..) => Ok(()),
            (Comparison::Equal, Computed::Extent { start: s, end: e }, Computed::Extent { start: t, end: f }) => {
                self.ends(left, Some(t), Some(f))?;
                self.ends(right, Some(s), Some(e))
            }
            (_, Computed::Extent { .. }, _) | (_, _, Computed::Extent { .. }) => Ok(()),
            _ => {
                let (x, y, scale) = on_one_scale(&a, &b);
                let (for_left, for_right) = match comparison {
                    Comparison::AtMost => (up_to(y.high()), from(x.low())),
                    Comparison::AtLeast => (from(y.low()), up_to(x.high())),
                    Comparison::Below => (up_to(&open(y.high())), from(&open(x.low()))),
                    Comparison::Above => (from(&open(y.low())), up_to(&open(x.high()))),
                    _ => (y, x),
                };
                self.narrow(left, &for_left, scale)?;
                self.narrow(right, &for_right, scale)
            }
        }
    }

    /// A day or an extent inside an extent.
    fn within(&mut self, left: &Node, inner: &Computed, right: &Node, outer: (&Interval, &Interval)) -> Revised {
        match inner {
            Computed::Extent { start, end } => {
                self.ends(left, Some(&from(outer.0.low())), Some(&up_to(outer.1.high())))?;
                self.ends(right, Some(&up_to(start.high())), Some(&from(end.low())))
            }
            Computed::Days(day) => {
                if let Some(target) = Interval::new(outer.0.low().clone(), outer.1.high().clone()) {
                    self.narrow(left, &target, Scale::Base)?;
                }
                self.ends(right, Some(&up_to(day.high())), Some(&from(day.low())))
            }
            _ => Ok(()),
        }
    }

    /// Narrows the ends of an extent.
    fn ends(&mut self, node: &Node, start: Option<&Interval>, end: Option<&Interval>) -> Revised {
        let Kind::Term(index) = node.kind else { return Ok(()) };
        let Some(TermDomains::One(Domain::Extent { start: s, end: e })) = self.terms.get_mut(index) else {
            return Ok(());
        };
        for (own, target) in [(s, start), (e, end)] {
            if let Some(target) = target {
                *own = whole_days(&own.intersection(target).ok_or(Empty)?)?;
            }
        }
        Ok(())
    }

    /// Hands a target down to the terms of an expression.
    fn narrow(&mut self, node: &Node, target: &Interval, scale: Scale) -> Revised {
        if *target == Interval::ALL {
            return Ok(());
        }
        let own = self.value(node);
        let target = match (&own, scale) {
            (Computed::Number { calendar: true, .. }, Scale::Base) => &days_as_months(target),
            (Computed::Difference { .. }, Scale::Months) => return self.months_between(node, target),
            (Computed::Truth(_) | Computed::Extent { .. }, _) => return Ok(()),
            _ => target,
        };
        let target = &own.interval().intersection(target).ok_or(Empty)?;
        match &node.kind {
            Kind::Term(index) => self.term(*index, target),
            Kind::Negated(inner) => self.narrow(inner, &target.negated(), scale_of(&own)),
            Kind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, target),
            Kind::Call(function, arguments) => self.call(*function, arguments, target),
            _ => Ok(()),
        }
    }

    fn term(&mut self, index: usize, target: &Interval) -> Revised {
        if let Some(TermDomains::One(domain)) = self.terms.get_mut(index) {
            *domain = narrowed(domain, target)?;
        }
        Ok(())
    }

    fn arithmetic(&mut self, operator: Arithmetic, left: &Node, right: &Node, target: &Interval) -> Revised {
        let (a, b) = (self.value(left), self.value(right));
        match (operator, &a, &b) {
            (Arithmetic::Minus, Computed::Days(to), Computed::Days(from)) => {
                // between two days lies a whole number of them
                let target = &whole_days(target)?;
                self.narrow(left, &target.plus(from), Scale::Base)?;
                self.narrow(right, &to.minus(target), Scale::Base)
            }
            (Arithmetic::Plus | Arithmetic::Minus, Computed::Days(day), Computed::Number { interval, calendar }) => {
                let back = if operator == Arithmetic::Plus { interval.negated() } else { interval.clone() };
                self.narrow(left, &slackened(&later(target, &back, *calendar)), Scale::Base)?;
                if *calendar {
                    return Ok(());
                }
                let moved = slackened(&target.minus(day));
                let by = if operator == Arithmetic::Plus { moved } else { moved.negated() };
                self.narrow(right, &by, Scale::Base)
            }
            (_, Computed::Days(_) | Computed::Difference { .. }, _)
            | (_, _, Computed::Days(_) | Computed::Difference { .. }) => Ok(()),
            (Arithmetic::Plus, ..) => {
                let (x, y, scale) = on_one_scale(&a, &b);
                self.narrow(left, &target.minus(&y), scale)?;
                self.narrow(right, &target.minus(&x), scale)
            }
            (Arithmetic::Minus, ..) => {
                let (x, y, scale) = on_one_scale(&a, &b);
                self.narrow(left, &target.plus(&y), scale)?;
                self.narrow(right, &x.minus(target), scale)
            }
            (Arithmetic::Times, ..) => {
                let (x, y) = (in_days(&a), in_days(&b));
                self.narrow(left, &quotient(target, &y), Scale::Base)?;
                self.narrow(right, &quotient(target, &x), Scale::Base)
            }
            (Arithmetic::Over, ..) => {
                let (x, y, scale) = on_one_scale(&a, &b);
                if y.as_point().is_some_and(Number::is_zero) {
                    return Ok(());
                }
                self.narrow(left, &target.times(&y), scale)?;
                self.narrow(right, &quotient(&x, target), scale)
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[Node], target: &Interval) -> Revised {
        match (function, arguments) {
            (Function::Sum | Function::Minimum | Function::Maximum, _) => self.fold(function, arguments, target),
            (Function::Start | Function::End, [argument]) => match self.value(argument) {
                Computed::Extent { .. } if function == Function::Start => self.ends(argument, Some(target), None),
                Computed::Extent { .. } => self.ends(argument, None, Some(target)),
                _ => self.narrow(argument, target, Scale::Base),
            },
            (Function::Year, [argument]) => self.narrow(argument, &days_of_years(target), Scale::Base),
            (Function::Absolute, [argument]) => {
                let own = self.value(argument);
                let inner = own.interval();
                let both = target.hull(&target.negated());
                let one_sided = match (inner.low().number(), inner.high().number()) {
                    (Some(low), _) if !low.is_negative() => target.clone(),
                    (_, Some(high)) if !high.is_positive() => target.negated(),
                    _ => both,
                };
                self.narrow(argument, &one_sided, scale_of(&own))
            }
            (Function::Points, [argument]) => {
                let hundredth = Number::fraction(1, 100).unwrap_or(Number::ONE);
                self.narrow(argument, &target.scaled(&hundredth), Scale::Base)
            }
            _ => Ok(()),
        }
    }

    /// A sum, least or greatest of sets and single values.
    fn fold(&mut self, function: Function, arguments: &[Node], target: &Interval) -> Revised {
        let mut places: Vec<(usize, Option<usize>)> = Vec::new();
        let mut values: Vec<Computed> = Vec::new();
        for (place, argument) in arguments.iter().enumerate() {
            match (&argument.kind, self.set(argument)) {
                (Kind::Term(_), Some(set)) => {
                    places.extend((0..set.len()).map(|element| (place, Some(element))));
                    values.extend(set.iter().map(Computed::from));
                }
                _ => {
                    places.push((place, None));
                    values.push(self.value(argument));
                }
            }
        }
        let is_calendar = |value: &Computed| matches!(value, Computed::Number { calendar: true, .. });
        if values.iter().any(is_calendar) != values.iter().all(is_calendar) {
            return Ok(());
        }
        let scale = values.first().map_or(Scale::Base, scale_of);
        let intervals: Vec<Interval> = values.iter().map(Computed::interval).collect();
        let targets = match function {
            Function::Sum => summands(&intervals, target),
            Function::Minimum => least(&intervals, target),
            _ => {
                let negated: Vec<Interval> = intervals.iter().map(Interval::negated).collect();
                least(&negated, &target.negated()).iter().map(Interval::negated).collect()
            }
        };
        for ((place, element), target) in places.into_iter().zip(targets) {
            match (element, &arguments[place].kind) {
                (Some(element), Kind::Term(index)) => {
                    if let Some(TermDomains::Set(set)) = self.terms.get_mut(*index)
                        && let Some(domain) = set.get_mut(element)
                    {
                        *domain = narrowed(domain, &target)?;
                    }
                }
                _ => self.narrow(&arguments[place], &target, scale)?,
            }
        }
        Ok(())
    }

    fn set(&self, node: &Node) -> Option<&[Domain]> {
        match node.kind {
            Kind::Term(index) => match self.terms.get(index) {
                Some(TermDomains::Set(set)) => Some(set),
                _ => None,
            },
            _ => None,
        }
    }

    /// Two dates so many months apart.
    fn months_between(&mut self, node: &Node, target: &Interval) -> Revised {
        let Kind::Arithmetic(Arithmetic::Minus, left, right) = &node.kind else { return Ok(()) };
        let (Computed::Days(to), Computed::Days(from)) = (self.value(left), self.value(right)) else { return Ok(()) };
        if !months(&from, &to).overlaps(target) {
            return Err(Empty);
        }
        self.narrow(left, &slackened(&later(&from, target, true)), Scale::Base)?;
        self.narrow(right, &slackened(&later(&to, &target.negated(), true)), Scale::Base)
    }
}
