//! A first look in binary floats: which components can be passed over.
//!
//! Most components hold, and asking them exactly costs ten times as much as finding that out. So every check is narrowed in
//! floats first (HC4, as [`super::revise`] does it in exact numbers), and where checks meet in cycles a world is looked
//! for by giving one figure after the other a value and narrowing the rest. Nothing is reported because of what is found
//! here: wherever two ends come closer than floats can tell apart, wherever an expression is not understood, the answer is to
//! look closer. What can be missed is a contradiction by less than [`CLOSE`] of a figure.

use std::collections::VecDeque;

use super::super::domain::Domain;
use super::linear::cyclic;
use super::narrow::FREE_MOVES;
use super::network::{Component, Shape, Term, World};
use super::range::{ALL, CLOSE, Range, down, finite, up};
use crate::figure::{Dimension, Reading, Rounding, Units};
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};

/// How exactly a value that is tried must fit, by its size.
const FITS: f64 = 1e-9;

/// As in [`super::narrow`].
const LEAST_STEP: f64 = 1e-5;
const LARGE_STEP: f64 = 0.1;
const STEPS_PER_CHECK: usize = 50;

/// Something that floats do not decide.
#[derive(Clone, Copy, Debug)]
struct LookCloser;

type Looked<T> = Result<T, LookCloser>;

/// An expression in which floats can be put.
#[derive(Clone, Debug)]
pub enum Form {
    Term(usize),
    Constant(Range),
    Negated(Box<Form>),
    Arithmetic(Arithmetic, Box<Form>, Box<Form>),
    Scaled(f64, Box<Form>),
    /// A sum, least or greatest.
    Fold(Function, Vec<Form>),
    Compared(Comparison, Box<Form>, Box<Form>),
    Both(Box<Form>, Box<Form>),
    Whole(Box<Form>),
}

impl Form {
    /// An assertion as a form; `None` where it has something that is left to the exact look.
    pub fn of(node: &Node, units: &Units) -> Option<Form> {
        let boxed = |node: &Node| Form::of(node, units).map(Box::new);
        Some(match &node.kind {
            Kind::Term(index) => Form::Term(*index),
            Kind::Constant(value) => {
                match Domain::of(value, Dimension::Date, units, Reading::Tight, Rounding::Nearest) {
                    Domain::Number { interval, calendar: false } | Domain::Days(interval) => {
                        Form::Constant(Range::of(&interval))
                    }
                    _ => return None,
                }
            }
            Kind::Negated(inner) => Form::Negated(boxed(inner)?),
            Kind::Arithmetic(operator, left, right) => Form::Arithmetic(*operator, boxed(left)?, boxed(right)?),
            Kind::Comparison(Comparison::Within, ..) => return None,
            Kind::Comparison(comparison, left, right) => Form::Compared(*comparison, boxed(left)?, boxed(right)?),
            Kind::And(left, right) => Form::Both(boxed(left)?, boxed(right)?),
            Kind::Call(Function::Points, arguments) => Form::Scaled(100.0, boxed(arguments.first()?)?),
            Kind::Call(Function::Whole, arguments) => Form::Whole(boxed(arguments.first()?)?),
            Kind::Call(function @ (Function::Sum | Function::Minimum | Function::Maximum), arguments) => {
                let parts: Option<Vec<Form>> = arguments.iter().map(|argument| Form::of(argument, units)).collect();
                Form::Fold(*function, parts?)
            }
            _ => return None,
        })
    }
}

/// Whether nothing is to be seen in a world of a component: its checks can hold together, by more than floats err.
pub fn is_clear(component: &Component<'_>, world: &World, start: &[Domain]) -> bool {
    let Some(mut floats) = Floats::of(component, &world.constraints, start) else { return false };
    if floats.narrow(&world.constraints, Mode::Narrowing).is_err() {
        return false;
    }
    let core = cyclic(component, world);
    core.is_empty() || floats.finds_world(&core)
}

/// Whether values can be found with which these checks hold, as nearly as floats can tell.
pub fn has_world(component: &Component<'_>, constraints: &[usize], state: &[Domain]) -> bool {
    Floats::of(component, constraints, state).is_some_and(|mut floats| floats.finds_world(constraints))
}

/// What every variable can be, in floats.
struct Floats<'a> {
    component: &'a Component<'a>,
    state: Vec<Range>,
    counts: Vec<bool>,
    /// How often each variable has moved.
    moves: Vec<u32>,
    waiting: Vec<bool>,
    queue: VecDeque<usize>,
    mode: Mode,
}

/// How strictly ends are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Whatever comes close to nothing asks for a closer look.
    Narrowing,
    /// Values are tried, which fit as nearly as floats can tell.
    Trying,
}

impl<'a> Floats<'a> {
    /// `None` where one of the checks is not understood.
    fn of(component: &'a Component<'a>, constraints: &[usize], start: &[Domain]) -> Option<Floats<'a>> {
        let is_plain = |variable: usize| {
            matches!(component.variables[variable].shape, Shape::Number { calendar: false } | Shape::Days)
        };
        let is_understood = |constraint: &usize| {
            let check = &component.constraints[*constraint];
            check.form.is_some() && check.variables().all(is_plain)
        };
        constraints.iter().all(is_understood).then(|| Floats {
            component,
            state: start.iter().map(|domain| Range::of(domain.interval())).collect(),
            counts: Vec::new(),
            moves: vec![0; start.len()],
            waiting: vec![false; component.constraints.len()],
            queue: VecDeque::new(),
            mode: Mode::Narrowing,
        })
    }

    /// Narrows until nothing moves.
    fn narrow(&mut self, constraints: &[usize], mode: Mode) -> Looked<()> {
        self.mode = mode;
        self.counts = vec![false; self.component.constraints.len()];
        for constraint in constraints {
            self.counts[*constraint] = true;
            self.wait_for(*constraint);
        }
        let mut left = constraints.len().saturating_mul(STEPS_PER_CHECK);
        self.work_off(&mut left)
    }

    fn wait_for(&mut self, constraint: usize) {
        if self.counts[constraint] && !std::mem::replace(&mut self.waiting[constraint], true) {
            self.queue.push_back(constraint);
        }
    }

    fn work_off(&mut self, left: &mut usize) -> Looked<()> {
        while let Some(constraint) = self.queue.pop_front() {
            self.waiting[constraint] = false;
            *left = left.checked_sub(1).ok_or(LookCloser)?;
            self.ask(constraint)?;
        }
        Ok(())
    }

    /// Gives one figure after the other a value and narrows the rest: a dive without a way back.
    fn finds_world(&mut self, constraints: &[usize]) -> bool {
        let members = |constraint: &usize| self.component.constraints[*constraint].variables().count();
        let mut left = constraints.iter().map(members).sum::<usize>().saturating_mul(STEPS_PER_CHECK);
        if self.narrow(constraints, Mode::Trying).is_err() {
            return false;
        }
        let component = self.component;
        for constraint in constraints {
            for variable in component.constraints[*constraint].variables() {
                let value = self.state[variable].middle(component.variables[variable].shape == Shape::Days);
                if self.state[variable].is_point() {
                    continue;
                }
                self.state[variable] = Range { low: value, high: value };
                component.around.of(variable).for_each(|other| self.wait_for(other));
                if self.work_off(&mut left).is_err() {
                    return false;
                }
            }
        }
        constraints.iter().all(|constraint| self.ask(*constraint).is_ok())
    }

    fn ask(&mut self, constraint: usize) -> Looked<()> {
        let check = &self.component.constraints[constraint];
        let form = check.form.as_ref().ok_or(LookCloser)?;
        self.require(&check.terms, form)
    }

    /// Makes a condition hold.
    fn require(&mut self, terms: &[Term], form: &Form) -> Looked<()> {
        match form {
            Form::Both(left, right) => {
                self.require(terms, left)?;
                self.require(terms, right)
            }
            Form::Compared(comparison, left, right) => {
                let (a, b) = (self.value(terms, left)?, self.value(terms, right)?);
                let (for_left, for_right) = match comparison {
                    Comparison::Equal => (b, a),
                    Comparison::AtMost => (Range { high: b.high, ..ALL }, Range { low: a.low, ..ALL }),
                    Comparison::AtLeast => (Range { low: b.low, ..ALL }, Range { high: a.high, ..ALL }),
                    // what is strict is strict by more than floats err
                    Comparison::Below => (Range { high: down(b.high), ..ALL }, Range { low: up(a.low), ..ALL }),
                    Comparison::Above => (Range { low: up(b.low), ..ALL }, Range { high: down(a.high), ..ALL }),
                    Comparison::Unequal if !(a.is_point() && b.is_point()) => return Ok(()),
                    Comparison::Unequal | Comparison::Within => return Err(LookCloser),
                };
                self.hand_down(terms, left, a, for_left)?;
                self.hand_down(terms, right, b, for_right)
            }
            // whatever is tried, a whole number is a claim about what is counted and narrows nothing
            Form::Whole(inner) if self.mode == Mode::Narrowing => {
                let inner = self.value(terms, inner)?;
                let has_whole = up(inner.low).ceil() <= down(inner.high).floor();
                let is_whole = inner.is_point() && inner.low.fract() == 0.0;
                if has_whole || is_whole { Ok(()) } else { Err(LookCloser) }
            }
            Form::Whole(_) => Ok(()),
            _ => Err(LookCloser),
        }
    }

    fn value(&self, terms: &[Term], form: &Form) -> Looked<Range> {
        Ok(match form {
            Form::Term(index) => match terms.get(*index) {
                Some(Term::One(variable)) => self.state[*variable],
                Some(Term::Given(period)) => Range::of(&period.days),
                _ => return Err(LookCloser),
            },
            Form::Constant(range) => *range,
            Form::Negated(inner) => self.value(terms, inner)?.negated(),
            Form::Scaled(factor, inner) => self.value(terms, inner)?.times(Range { low: *factor, high: *factor }),
            Form::Arithmetic(operator, left, right) => {
                let (a, b) = (self.value(terms, left)?, self.value(terms, right)?);
                match operator {
                    Arithmetic::Plus => a.plus(b),
                    Arithmetic::Minus => a.plus(b.negated()),
                    Arithmetic::Times => a.times(b),
                    // a division by zero says nothing, and is not said here
                    Arithmetic::Over if b.is_point() && b.low == 0.0 => return Err(LookCloser),
                    Arithmetic::Over => a.over(b),
                }
            }
            Form::Fold(function, arguments) => {
                let parts = self.parts(terms, arguments)?;
                let join = joins(*function);
                parts.into_iter().map(|(_, range)| range).reduce(join).unwrap_or(Range { low: 0.0, high: 0.0 })
            }
            Form::Compared(..) | Form::Both(..) | Form::Whole(_) => return Err(LookCloser),
        })
    }

    /// The values that a fold goes over, with the variable or the argument of each.
    fn parts<'f>(&self, terms: &[Term], arguments: &'f [Form]) -> Looked<Vec<(Part<'f>, Range)>> {
        let mut parts = Vec::new();
        for argument in arguments {
            let set = match argument {
                Form::Term(index) => terms.get(*index),
                _ => None,
            };
            match set {
                Some(Term::Set(set)) => {
                    parts.extend(set.iter().map(|variable| (Part::Variable(*variable), self.state[*variable])));
                }
                _ => parts.push((Part::Argument(argument), self.value(terms, argument)?)),
            }
        }
        Ok(parts)
    }

    /// Hands what an expression can be, beside what it is by its terms, down to these.
    fn hand_down(&mut self, terms: &[Term], form: &Form, own: Range, target: Range) -> Looked<()> {
        let target = self.cut(own, target)?;
        let is_date = matches!(form, Form::Arithmetic(Arithmetic::Minus, ..));
        if target == own && !is_date {
            return Ok(());
        }
        match form {
            Form::Term(index) => match terms.get(*index) {
                // it may stand elsewhere too, and be narrower by now
                Some(Term::One(variable)) => {
                    let target = self.cut(self.state[*variable], target)?;
                    self.set(*variable, target)
                }
                _ => Ok(()),
            },
            Form::Negated(inner) => self.hand_down(terms, inner, own.negated(), target.negated()),
            Form::Scaled(factor, inner) => {
                let own = self.value(terms, inner)?;
                self.hand_down(terms, inner, own, target.over(Range { low: *factor, high: *factor }))
            }
            Form::Arithmetic(operator, left, right) => {
                let (a, b) = (self.value(terms, left)?, self.value(terms, right)?);
                let is_in_days =
                    *operator == Arithmetic::Minus && self.is_day(terms, left) && self.is_day(terms, right);
                // between two days lies a whole number of them
                let target = if is_in_days { whole(target)? } else { target };
                let (for_left, for_right) = match operator {
                    Arithmetic::Plus => (target.plus(b.negated()), target.plus(a.negated())),
                    Arithmetic::Minus => (target.plus(b), a.plus(target.negated())),
                    Arithmetic::Times => (target.quotient(b), target.quotient(a)),
                    Arithmetic::Over => (target.times(b), a.quotient(target)),
                };
                self.hand_down(terms, left, a, for_left)?;
                self.hand_down(terms, right, b, for_right)
            }
            Form::Fold(function, arguments) => {
                let parts = self.parts(terms, arguments)?;
                for ((part, own), target) in parts.iter().zip(targets(*function, &parts, target)) {
                    match part {
                        Part::Variable(variable) => {
                            let target = self.cut(self.state[*variable], target)?;
                            self.set(*variable, target)?;
                        }
                        Part::Argument(argument) => self.hand_down(terms, argument, *own, target)?,
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn is_day(&self, terms: &[Term], form: &Form) -> bool {
        let Form::Term(index) = form else { return false };
        match terms.get(*index) {
            Some(Term::One(variable)) => self.component.variables[*variable].shape == Shape::Days,
            Some(Term::Given(..)) => true,
            _ => false,
        }
    }

    /// What two ranges share, where that is certain.
    fn cut(&self, own: Range, target: Range) -> Looked<Range> {
        let (low, high) = (own.low.max(target.low), own.high.min(target.high));
        let size = finite(low).max(finite(high));
        if high - low > size * CLOSE {
            return Ok(Range { low, high });
        }
        if self.mode == Mode::Trying {
            let middle = low + (high - low) / 2.0;
            let fits = low - high <= size * FITS;
            return if fits { Ok(Range { low: middle, high: middle }) } else { Err(LookCloser) };
        }
        let (point, other) = if own.is_point() { (own, target) } else { (target, own) };
        let lies_inside = point.is_point() && other.low < down(point.low) && up(point.low) < other.high;
        let is_whole = low == high && low.fract() == 0.0;
        if lies_inside || is_whole { Ok(Range { low, high }) } else { Err(LookCloser) }
    }

    fn set(&mut self, variable: usize, target: Range) -> Looked<()> {
        let before = self.state[variable];
        if before == target {
            return Ok(());
        }
        let mut after = target;
        if self.component.variables[variable].shape == Shape::Days {
            after = whole(after)?;
        }
        let least = match self.mode {
            Mode::Trying => finite(before.low).max(finite(before.high)) * CLOSE / 100.0,
            Mode::Narrowing => {
                let step = if self.moves[variable] < FREE_MOVES { LEAST_STEP } else { LARGE_STEP };
                let is_bounded = before.low.is_finite() && before.high.is_finite();
                let width =
                    if is_bounded { before.high - before.low } else { finite(before.low).max(finite(before.high)) };
                width * step
            }
        };
        let moved =
            |before: f64, after: f64| before != after && (!before.is_finite() || (before - after).abs() >= least);
        if moved(before.low, after.low) || moved(before.high, after.high) {
            self.moves[variable] += 1;
            self.state[variable] = after;
            let component = self.component;
            component.around.of(variable).for_each(|other| self.wait_for(other));
        }
        Ok(())
    }
}

/// The whole numbers of a range.
fn whole(range: Range) -> Looked<Range> {
    let whole = Range { low: (range.low - FITS).ceil(), high: (range.high + FITS).floor() };
    if whole.low > whole.high { Err(LookCloser) } else { Ok(whole) }
}

/// One of the values of a fold.
#[derive(Clone, Copy)]
enum Part<'f> {
    Variable(usize),
    Argument(&'f Form),
}

fn joins(function: Function) -> fn(Range, Range) -> Range {
    match function {
        Function::Minimum => |a, b| Range { low: a.low.min(b.low), high: a.high.min(b.high) },
        Function::Maximum => |a, b| Range { low: a.low.max(b.low), high: a.high.max(b.high) },
        _ => Range::plus,
    }
}

/// What each part of a fold can be if the whole is `target`.
fn targets(function: Function, parts: &[(Part<'_>, Range)], target: Range) -> Vec<Range> {
    match function {
        Function::Minimum => least(parts.iter().map(|(_, range)| *range), target),
        Function::Maximum => {
            let mirrored = least(parts.iter().map(|(_, range)| range.negated()), target.negated());
            mirrored.into_iter().map(Range::negated).collect()
        }
        _ => {
            let zero = Range { low: 0.0, high: 0.0 };
            let mut after: Vec<Range> = Vec::with_capacity(parts.len());
            let mut sum = zero;
            for (_, part) in parts.iter().rev() {
                after.push(sum);
                sum = sum.plus(*part);
            }
            let mut before = zero;
            let others = parts.iter().zip(after.into_iter().rev());
            others
                .map(|((_, part), after)| {
                    let others = before.plus(after);
                    before = before.plus(*part);
                    target.plus(others.negated())
                })
                .collect()
        }
    }
}

/// As in [`super::revise`]: only one that is alone in reaching the least is held to it.
fn least(values: impl Iterator<Item = Range> + Clone, target: Range) -> Vec<Range> {
    let reaches = |value: &Range| value.low <= target.high;
    let reaching = values.clone().filter(reaches).count();
    let of = |value: Range| if reaching == 1 && reaches(&value) { target } else { Range { low: target.low, ..ALL } };
    values.map(of).collect()
}
