//! The constraint network: facts and the checks that tie them, by connected component.
//!
//! After the data-editing systems of statistics offices (Fellegi and Holt 1976), with two differences: a variable is
//! the interval of a written figure and not a number, and not every variable is claimed. What each fact can be before
//! any check is asked is [`Component::start`]: what all its claims admit, the hull of them where they conflict (which
//! is reported for itself), within the bounds of its measure.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::domain::Domain;
use super::super::evaluate::TermDomains;
use super::super::facts::Reader;
use super::super::finding::Verdict;
use super::screen::Form;
use crate::claims::{ClaimIndex, FactKey};
use crate::figure::{Dimension, Interval, Reading, Value, months_as_days};
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
    Given(Box<Given>),
}

/// A period that a rule names by its own variable: the word, and its days.
#[derive(Clone, Debug)]
pub struct Given {
    pub word: Box<str>,
    pub days: Interval,
}

/// A check with the variables of its terms.
#[derive(Clone, Debug)]
pub struct Constraint<'a> {
    pub rule: &'a str,
    pub check: Option<&'a str>,
    pub severity: Severity,
    pub assert: &'a Node,
    /// The assertion in floats, where it is understood.
    pub form: Option<Arc<Form>>,
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
                Term::Given(period) => TermDomains::One(Domain::Days(period.days.clone())),
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
    pub around: Around,
}

/// The constraints in which each variable stands, each once and in their order.
#[derive(Clone, Debug, Default)]
pub struct Around {
    constraints: Vec<u32>,
    /// Where those of each variable begin, and one end more.
    starts: Vec<u32>,
}

impl Around {
    fn among(variables: usize, constraints: &[Constraint<'_>]) -> Around {
        let mut starts = vec![0_u32; variables + 1];
        let each = |take: &mut dyn FnMut(usize, u32)| {
            let mut last = vec![u32::MAX; variables];
            // constraints are counted in 32 bits
            for (index, constraint) in constraints.iter().enumerate() {
                for variable in constraint.variables() {
                    if std::mem::replace(&mut last[variable], index as u32) != index as u32 {
                        take(variable, index as u32);
                    }
                }
            }
        };
        each(&mut |variable, _| starts[variable + 1] += 1);
        for variable in 0..variables {
            starts[variable + 1] += starts[variable];
        }
        let mut next = starts.clone();
        let mut around = vec![0; starts[variables] as usize];
        each(&mut |variable, index| {
            around[next[variable] as usize] = index;
            next[variable] += 1;
        });
        Around { constraints: around, starts }
    }

    pub fn of(&self, variable: usize) -> impl Iterator<Item = usize> + use<'_> {
        let range = self.starts[variable] as usize..self.starts[variable + 1] as usize;
        self.constraints[range].iter().map(|constraint| *constraint as usize)
    }
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
                    near.extend(self.around.of(index));
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
        for constraint in constraints {
            let mut constraint = self.constraints[*constraint].clone();
            constraint.place(|index| {
                *places.entry(index).or_insert_with(|| {
                    part.variables.push(self.variables[index].clone());
                    part.variables.len() - 1
                })
            });
            part.constraints.push(constraint);
        }
        part.around = Around::among(part.variables.len(), &part.constraints);
        let own = constraints.iter().enumerate().filter(|(_, constraint)| world.constraints.contains(constraint));
        let world = World { constraints: own.map(|(place, _)| place).collect(), ..world.clone() };
        (part, world)
    }

    /// Whether several checks meet in it, or one fails.
    pub fn is_worth_it(&self) -> bool {
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
    /// The variables of claims by themselves.
    lone: FxHashMap<ClaimIndex, usize>,
}

impl<'a> Builder<'a> {
    pub fn new(reader: Reader<'a>) -> Builder<'a> {
        Builder { reader, whole: Component::default(), lone: FxHashMap::default() }
    }

    /// The variable of a fact: as many as there were before.
    pub fn fact(&mut self, key: FactKey, claims: &[ClaimIndex]) -> usize {
        self.add(Some(key), claims)
    }

    /// The variable of a claim in a local check: that of its fact, or where the claims of the fact conflict (or there
    /// is no fact) one of its own.
    pub fn claim(&mut self, claim: ClaimIndex, fact: Option<usize>) -> usize {
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
        let Reader { claims: all, vocabulary, .. } = self.reader;
        let is_calendar = |claim: &ClaimIndex| match &all.get(*claim).value {
            Value::Quantity(quantity) => vocabulary.units.is_calendar(quantity.unit),
            _ => false,
        };
        let calendar = !claims.is_empty() && claims.iter().all(is_calendar);
        let measure = measure.map(|measure| vocabulary.measure(measure));
        let dimension = measure.map(|measure| measure.dimension);
        let dimension = dimension.or(claims.first().map(|claim| all.get(*claim).value.dimension(&vocabulary.units)));
        let shape = match dimension {
            Some(Dimension::Date) => Shape::Days,
            Some(Dimension::Period) => Shape::Extent,
            _ => Shape::Number { calendar },
        };
        (shape, measure.and_then(|measure| measure.bounds.clone()))
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

    /// The components, in the order of their first variable.
    pub fn components(self) -> Vec<Component<'a>> {
        let Builder { mut whole, lone, .. } = self;
        if lone.is_empty() {
            // nothing has come apart
            whole.around = Around::among(whole.variables.len(), &whole.constraints);
            return vec![whole];
        }
        let mut forest = Forest::of(whole.variables.len());
        whole.constraints.iter().for_each(|constraint| forest.join_all(constraint.variables()));
        let mut components: Vec<Component<'a>> = Vec::new();
        let mut group_of: Vec<Option<usize>> = vec![None; whole.variables.len()];
        let mut places = vec![0; whole.variables.len()];
        for (index, variable) in whole.variables.into_iter().enumerate() {
            let group = *group_of[forest.root(index)].get_or_insert_with(|| {
                components.push(Component::default());
                components.len() - 1
            });
            places[index] = components[group].variables.len();
            components[group].variables.push(variable);
        }
        for mut constraint in whole.constraints {
            let Some(first) = constraint.variables().next() else { continue };
            let Some(group) = group_of[forest.root(first)] else { continue };
            constraint.place(|index| places[index]);
            components[group].constraints.push(constraint);
        }
        for component in &mut components {
            component.around = Around::among(component.variables.len(), &component.constraints);
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

/// What hangs together, as trees of indices.
pub struct Forest(Vec<u32>);

impl Forest {
    pub fn of(size: usize) -> Forest {
        // facts are counted in 32 bits
        Forest((0..size as u32).collect())
    }

    /// The smallest index that hangs together with this one.
    pub fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] as usize != index {
            self.0[index] = self.0[self.0[index] as usize];
            index = self.0[index] as usize;
        }
        index
    }

    pub fn join_all(&mut self, mut indices: impl Iterator<Item = usize>) {
        let Some(first) = indices.next() else { return };
        for other in indices {
            // the smaller root wins, so that components come in the order of their variables
            let (a, b) = (self.root(first), self.root(other));
            self.0[a.max(b)] = a.min(b) as u32;
        }
    }
}
