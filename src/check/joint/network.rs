//! The constraint network: facts and the checks that tie them, by connected component.
//!
//! After the data-editing systems of statistics offices (Fellegi and Holt 1976), with two differences: a variable is
//! the interval of a written figure and not a number, and not every variable is claimed. What each fact can be before
//! any check is asked is [`Component::start`]: what all its claims admit, the hull of them where they conflict (which
//! is reported for itself), within the bounds of its measure.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::domain::Domain;
use super::super::evaluate::TermDomains;
use super::super::facts::Reader;
use super::super::finding::Verdict;
use crate::claims::{ClaimIndex, FactKey};
use crate::figure::{Dimension, Interval, Reading, months_as_days};
use crate::rules::expression::{Comparison, Kind, Node};
use crate::rules::{MeasureId, Severity};

/// A fact, claimed or not, or one claim that a local check takes by itself.
#[derive(Clone, Debug)]
pub struct Variable {
    pub key: Option<FactKey>,
    pub claims: Vec<ClaimIndex>,
    pub shape: Shape,
    /// Whether its own claims conflict in the tight and in the loose reading.
    pub conflicts: [bool; 2],
    pub bounds: Option<Interval>,
}

/// What a value of a variable consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Number { calendar: bool },
    Days,
    Extent,
}

/// A term of a check: one variable, a set of them, or a period that is given by the rule's own variable.
#[derive(Clone, Debug)]
pub enum Term {
    One(usize),
    Set(Vec<usize>),
    Given(Box<str>, Domain),
}

/// A check with the variables of its terms.
#[derive(Clone, Debug)]
pub struct Constraint<'a> {
    pub rule: &'a str,
    pub check: Option<&'a str>,
    pub severity: Severity,
    pub assert: &'a Node,
    pub terms: Vec<Term>,
    /// What comes of it alone.
    pub alone: Verdict,
    /// The finding of it alone, by its place in the outcome.
    pub finding: Option<usize>,
}

impl Constraint<'_> {
    /// Gives the variables other indices.
    fn place(&mut self, mut index: impl FnMut(usize) -> usize) {
        for term in &mut self.terms {
            match term {
                Term::One(variable) => *variable = index(*variable),
                Term::Set(set) => set.iter_mut().for_each(|variable| *variable = index(*variable)),
                Term::Given(..) => {}
            }
        }
    }

    /// The variables of all terms, in order.
    pub fn variables(&self) -> impl Iterator<Item = usize> {
        self.terms
            .iter()
            .flat_map(|term| match term {
                Term::One(variable) => std::slice::from_ref(variable),
                Term::Set(set) => set,
                Term::Given(..) => &[],
            })
            .copied()
    }

    /// What the terms can be.
    pub fn domains(&self, state: &[Domain]) -> Vec<TermDomains> {
        let of = |variable: &usize| state[*variable].clone();
        self.terms
            .iter()
            .map(|term| match term {
                Term::One(variable) => TermDomains::One(of(variable)),
                Term::Set(set) => TermDomains::Set(set.iter().map(of).collect()),
                Term::Given(_, domain) => TermDomains::One(domain.clone()),
            })
            .collect()
    }

    /// The variable of an element of a term.
    pub fn variable(&self, term: usize, element: usize) -> Option<usize> {
        match self.terms.get(term)? {
            Term::One(variable) => Some(*variable),
            Term::Set(set) => set.get(element).copied(),
            Term::Given(..) => None,
        }
    }
}

/// Variables and checks that hang together.
#[derive(Clone, Debug, Default)]
pub struct Component<'a> {
    pub variables: Vec<Variable>,
    pub constraints: Vec<Constraint<'a>>,
    /// The constraints of each variable.
    pub around: Vec<Vec<usize>>,
}

/// Which part of a component is looked at, and how its figures are read.
#[derive(Clone, Debug)]
pub struct World {
    pub reading: Reading,
    /// The constraints that count, sorted.
    pub constraints: Vec<usize>,
    /// Claims that say nothing here.
    pub dropped: FxHashSet<ClaimIndex>,
    /// A claim that says something else here.
    pub replaced: Option<(ClaimIndex, Domain)>,
    /// Whether all claims of a fact count, also of one that conflicts with itself.
    pub strict: bool,
}

impl<'a> Component<'a> {
    /// The checks of a world and all others that touch these claims, as a component of their own, with the same world
    /// in it: what is asked again and again should not pay for what lies far away.
    pub fn around(&self, world: &World, claims: &[ClaimIndex]) -> (Component<'a>, World) {
        let mut near = world.constraints.clone();
        for constraint in &world.constraints {
            for index in self.constraints[*constraint].variables() {
                if self.variables[index].claims.iter().any(|claim| claims.contains(claim)) {
                    near.extend(&self.around[index]);
                }
            }
        }
        near.sort_unstable();
        near.dedup();
        self.part(&near, world)
    }

    /// Some checks as a component of their own, with a world that has only them.
    pub fn part(&self, constraints: &[usize], world: &World) -> (Component<'a>, World) {
        let mut part = Component::default();
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        for (place, constraint) in constraints.iter().enumerate() {
            let mut constraint = self.constraints[*constraint].clone();
            constraint.place(|index| {
                *places.entry(index).or_insert_with(|| {
                    part.variables.push(self.variables[index].clone());
                    part.around.push(Vec::new());
                    part.variables.len() - 1
                })
            });
            for index in constraint.variables() {
                if part.around[index].last() != Some(&place) {
                    part.around[index].push(place);
                }
            }
            part.constraints.push(constraint);
        }
        let own = constraints.iter().enumerate().filter(|(_, constraint)| world.constraints.contains(constraint));
        let world = World { constraints: own.map(|(place, _)| place).collect(), ..world.clone() };
        (part, world)
    }

    /// Whether several checks meet in it, or one fails.
    fn is_worth_it(&self) -> bool {
        self.constraints.len() > 1 || self.constraints.iter().any(|check| check.alone != Verdict::Holds)
    }

    /// What each variable can be before any check is asked.
    pub fn start(&self, world: &World, reader: Reader<'_>) -> Vec<Domain> {
        self.variables.iter().map(|variable| variable.start(world, reader)).collect()
    }
}

impl Variable {
    pub fn is_claimed(&self) -> bool {
        !self.claims.is_empty()
    }

    pub fn conflicts(&self, reading: Reading) -> bool {
        self.conflicts[usize::from(reading == Reading::Loose)]
    }

    /// What the claims that count and the bounds of the measure admit.
    pub fn start(&self, world: &World, reader: Reader<'_>) -> Domain {
        let claims = self.claims.iter().filter(|claim| !world.dropped.contains(claim));
        let domains = claims.map(|claim| match &world.replaced {
            Some((replaced, domain)) if replaced == claim => self.shaped(domain.clone()),
            _ => self.shaped(reader.claim(*claim, world.reading)),
        });
        let is_conflict = self.conflicts(world.reading) && !world.strict;
        let joined = domains.reduce(|a, b| {
            let shared = if is_conflict { None } else { a.intersection(&b) };
            shared.unwrap_or_else(|| hull(a, b))
        });
        let start = joined.unwrap_or(self.anything());
        match (&self.bounds, start) {
            // a claim beyond the bounds is reported for itself
            (Some(bounds), Domain::Number { interval, calendar: false }) => {
                Domain::Number { interval: interval.intersection(bounds).unwrap_or(interval), calendar: false }
            }
            (Some(bounds), Domain::Days(days)) => Domain::Days(days.intersection(bounds).unwrap_or(days)),
            (_, start) => start,
        }
    }

    /// What it can be if nobody says anything.
    pub fn anything(&self) -> Domain {
        match self.shape {
            Shape::Number { calendar } => Domain::Number { interval: Interval::ALL, calendar },
            Shape::Days => Domain::Days(Interval::ALL),
            Shape::Extent => Domain::Extent { start: Interval::ALL, end: Interval::ALL },
        }
    }

    /// A claim's domain on the variable's own scale.
    fn shaped(&self, domain: Domain) -> Domain {
        match (self.shape, domain) {
            (Shape::Number { calendar: false }, Domain::Number { interval, calendar: true }) => {
                Domain::Number { interval: months_as_days(&interval), calendar: false }
            }
            (_, domain) => domain,
        }
    }
}

fn hull(a: Domain, b: Domain) -> Domain {
    match (a, b) {
        (Domain::Number { interval: a, calendar }, Domain::Number { interval: b, .. }) => {
            Domain::Number { interval: a.hull(&b), calendar }
        }
        (Domain::Days(a), Domain::Days(b)) => Domain::Days(a.hull(&b)),
        (Domain::Extent { start: a, end: b }, Domain::Extent { start: c, end: d }) => {
            Domain::Extent { start: a.hull(&c), end: b.hull(&d) }
        }
        (a, _) => a,
    }
}

/// Gathers variables and constraints, then parts them into components.
pub struct Builder<'a> {
    reader: Reader<'a>,
    whole: Component<'a>,
    /// The variable of the fact of each claim.
    facts: FxHashMap<ClaimIndex, usize>,
    /// The variables of claims by themselves.
    lone: FxHashMap<ClaimIndex, usize>,
}

impl<'a> Builder<'a> {
    pub fn new(reader: Reader<'a>) -> Builder<'a> {
        Builder { reader, whole: Component::default(), facts: FxHashMap::default(), lone: FxHashMap::default() }
    }

    /// The variable of a fact.
    pub fn fact(&mut self, key: FactKey, claims: &[ClaimIndex]) -> usize {
        let variable = self.add(Some(key), claims);
        self.facts.extend(claims.iter().map(|claim| (*claim, variable)));
        variable
    }

    /// The variable of a claim in a local check: that of its fact, or where the claims of the fact conflict (or no
    /// other check knows it) one of its own.
    pub fn claim(&mut self, claim: ClaimIndex) -> usize {
        let fact = self.facts.get(&claim).or(self.lone.get(&claim)).copied();
        if let Some(variable) = fact.filter(|variable| !self.whole.variables[*variable].conflicts.contains(&true)) {
            return variable;
        }
        if let Some(variable) = self.lone.get(&claim) {
            return *variable;
        }
        let variable = self.add(self.reader.claims.get(claim).key, &[claim]);
        self.lone.insert(claim, variable);
        variable
    }

    fn add(&mut self, key: Option<FactKey>, claims: &[ClaimIndex]) -> usize {
        let conflicts = [Reading::Tight, Reading::Loose]
            .map(|reading| claims.len() > 1 && self.reader.shared(claims, reading).is_none());
        let (shape, bounds) = self.shape(key.map(|key| key.measure), claims);
        self.whole.variables.push(Variable { key, claims: claims.to_vec(), shape, conflicts, bounds });
        self.whole.variables.len() - 1
    }

    fn shape(&self, measure: Option<MeasureId>, claims: &[ClaimIndex]) -> (Shape, Option<Interval>) {
        let domains = || claims.iter().map(|claim| self.reader.claim(*claim, Reading::Tight));
        let is_calendar = |domain: Domain| matches!(domain, Domain::Number { calendar: true, .. });
        let calendar = !claims.is_empty() && domains().all(is_calendar);
        let measure = measure.map(|measure| self.reader.vocabulary.measure(measure));
        let bounds = measure.and_then(|measure| measure.bounds.clone());
        let shape = match (measure.map(|measure| measure.dimension), domains().next()) {
            (Some(Dimension::Date), _) | (None, Some(Domain::Days(_))) => Shape::Days,
            (Some(Dimension::Period), _) | (None, Some(Domain::Extent { .. })) => Shape::Extent,
            _ => Shape::Number { calendar },
        };
        (shape, bounds)
    }

    /// Adds a check, unless it cannot be part of a network.
    pub fn constrain(&mut self, constraint: Option<Constraint<'a>>) {
        self.whole.constraints.extend(constraint.filter(|constraint| {
            let is_date = |term: &Term| match term {
                Term::One(variable) => self.whole.variables[*variable].shape == Shape::Days,
                Term::Set(_) | Term::Given(..) => false,
            };
            !takes_date_as_extent(constraint.assert, &|index| constraint.terms.get(index).is_some_and(is_date))
        }));
    }

    /// The components in which at least two checks meet, in the order of their first variable.
    pub fn components(self) -> Vec<Component<'a>> {
        let Builder { whole, .. } = self;
        let mut roots: Vec<usize> = (0..whole.variables.len()).collect();
        for constraint in &whole.constraints {
            let mut variables = constraint.variables();
            if let Some(first) = variables.next() {
                for other in variables {
                    join(&mut roots, first, other);
                }
            }
        }
        let mut groups: BTreeMap<usize, Component<'a>> = BTreeMap::new();
        let mut places = vec![0; whole.variables.len()];
        for (index, variable) in whole.variables.into_iter().enumerate() {
            let group = groups.entry(root(&mut roots, index)).or_default();
            places[index] = group.variables.len();
            group.variables.push(variable);
        }
        for mut constraint in whole.constraints {
            let Some(first) = constraint.variables().next() else { continue };
            let Some(group) = groups.get_mut(&root(&mut roots, first)) else { continue };
            constraint.place(|index| places[index]);
            group.constraints.push(constraint);
        }
        let mut components: Vec<Component<'a>> = groups.into_values().filter(Component::is_worth_it).collect();
        for component in &mut components {
            component.around = vec![Vec::new(); component.variables.len()];
            for (index, constraint) in component.constraints.iter().enumerate() {
                for variable in constraint.variables() {
                    if component.around[variable].last() != Some(&index) {
                        component.around[variable].push(index);
                    }
                }
            }
        }
        components
    }
}

/// Whether a date stands in the second place of `within`, where it means the extent that is written and not the one
/// unknown day, so that narrowing it would be wrong.
fn takes_date_as_extent(node: &Node, is_date: &dyn Fn(usize) -> bool) -> bool {
    let here = match &node.kind {
        Kind::Comparison(Comparison::Within, _, right) => matches!(right.kind, Kind::Term(index) if is_date(index)),
        _ => false,
    };
    here || node.children().into_iter().any(|child| takes_date_as_extent(child, is_date))
}

fn root(roots: &mut [usize], mut index: usize) -> usize {
    while roots[index] != index {
        roots[index] = roots[roots[index]];
        index = roots[index];
    }
    index
}

/// Joins two trees of a forest. The smaller root wins, so that components come in the order of their variables.
fn join(roots: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(roots, a), root(roots, b));
    roots[a.max(b)] = a.min(b);
}
