//! How the steps of a derivation are written: a relation solved for one figure, with the other figures in place.

use super::super::arithmetic::print_day;
use super::super::domain::Domain;
use super::super::facts::Reader;
use super::derivation::Inference;
use super::network::{Component, Term, World};
use crate::claims::{FactKey, QualifierSets};
use crate::figure::value::print_rounded;
use crate::figure::{Day, Dimension, End, Number, Quantity, Scale, UnitRef, Value};
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};
use crate::rules::vocabulary::OVER;

/// Everything that is needed to write a step.
pub struct Paper<'a> {
    pub component: &'a Component<'a>,
    pub world: &'a World,
    pub reader: Reader<'a>,
    pub sets: &'a QualifierSets,
}

/// How the values of a variable are printed.
struct Format {
    unit: UnitRef,
    scale: Scale,
    decimals: i32,
}

impl Paper<'_> {
    /// What a check says of one variable.
    pub fn inference(&self, constraint: usize, variable: usize, before: &[Domain], after: &Domain) -> Inference {
        let check = &self.component.constraints[constraint];
        let writer = Writer { paper: self, constraint, state: before, hidden: variable };
        let (relation, formula) = writer.solved(check.assert).unwrap_or_else(|| ("", writer.text(check.assert, 0)));
        let (low, high, unit) = self.ends(variable, after);
        Inference {
            rule: check.rule.into(),
            check: check.check.map(Into::into),
            fact: self.name(variable),
            relation,
            formula,
            low,
            high,
            unit,
        }
    }

    /// A variable in words.
    pub fn name(&self, variable: usize) -> String {
        let variable = &self.component.variables[variable];
        match (variable.key, variable.claims.first()) {
            (Some(key), _) => fact_name(key, self.reader, self.sets),
            (None, Some(claim)) => format!("`{}`", self.reader.claims.id(*claim)),
            (None, None) => String::new(),
        }
    }

    /// The ends of a domain, rounded outwards, and their unit.
    pub fn ends(&self, variable: usize, domain: &Domain) -> (Option<String>, Option<String>, String) {
        match domain {
            Domain::Number { interval, calendar } => {
                let format = self.format(variable);
                let units = &self.reader.vocabulary.units;
                let own_scale = units.is_calendar(format.unit);
                let format = match (calendar, own_scale) {
                    (true, true) | (false, false) => format,
                    (true, false) => self.plain("months"),
                    (false, true) => self.plain("days"),
                };
                let factor = &units.factor(format.unit) * &Number::power_of_ten(format.scale as i32);
                let inverse = factor.reciprocal().unwrap_or(Number::ONE);
                let print = |end: &End, up: bool| {
                    end.number().map(|number| print_outwards(&(number * &inverse), format.decimals, up))
                };
                let unit = units.name(format.unit);
                let words = [format.scale.word().unwrap_or_default(), &unit];
                let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
                (print(interval.low(), false), print(interval.high(), true), words.join(" "))
            }
            Domain::Days(days) => (day(days.low()), day(days.high()), String::new()),
            Domain::Extent { start, end } => (day(start.low()), day(end.high()), String::new()),
        }
    }

    fn plain(&self, unit: &str) -> Format {
        let unit = self.reader.vocabulary.units.find(unit).unwrap_or(UnitRef::NONE);
        Format { unit, scale: Scale::One, decimals: 1 }
    }

    /// The unit of a variable's own figures, else of others of its kind in the same text.
    fn format(&self, variable: usize) -> Format {
        let units = &self.reader.vocabulary.units;
        let own = &self.component.variables[variable];
        let quantity = |claim: &crate::claims::ClaimIndex| match &self.reader.claims.get(*claim).value {
            Value::Quantity(quantity) => Some(quantity),
            _ => None,
        };
        let dimension = own.key.map(|key| self.reader.vocabulary.measure(key.measure).dimension);
        let alike = |quantity: &&Quantity| Some(Dimension::Quantity(units.powers(quantity.unit))) == dimension;
        let constraints = self.world.constraints.iter().map(|index| &self.component.constraints[*index]);
        let others =
            constraints.flat_map(|check| check.variables()).flat_map(|other| &self.component.variables[other].claims);
        let figures: Vec<&Quantity> =
            own.claims.iter().filter_map(quantity).chain(others.filter_map(quantity).filter(alike)).collect();
        let Some(first) = figures.first() else {
            let unit = match dimension {
                Some(Dimension::RATIO) => units.find("%").unwrap_or(UnitRef::NONE),
                _ => UnitRef::NONE,
            };
            return Format { unit, scale: Scale::One, decimals: 2 };
        };
        let scale = first.number.scale();
        let decimals = figures
            .iter()
            .filter(|quantity| quantity.unit == first.unit)
            .map(|quantity| i32::from(quantity.number.decimals()) + scale as i32 - quantity.number.scale() as i32);
        Format { unit: first.unit, scale, decimals: decimals.max().map_or(2, |decimals| decimals.max(0) + 1) }
    }

    /// A variable as it stands in a formula: its figure, or what is known of it.
    fn figure(&self, variable: usize, domain: &Domain) -> String {
        let own = &self.component.variables[variable];
        let mut claims = own.claims.iter().filter(|claim| !self.world.dropped.contains(claim));
        if let Some(claim) = claims.next()
            && own.start(self.world, self.reader) == *domain
            && !own.conflicts(self.world.reading)
        {
            return self.reader.claims.get(*claim).value.print(&self.reader.vocabulary.units);
        }
        let (low, high, unit) = self.ends(variable, domain);
        let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
        match (low, high) {
            (Some(low), Some(high)) if low == high => format!("{low}{unit}"),
            (Some(low), Some(high)) => format!("({low} to {high}{unit})"),
            (Some(low), None) => format!("({low}{unit} or more)"),
            (None, Some(high)) => format!("({high}{unit} or less)"),
            (None, None) => format!("[{}]", self.name(variable)),
        }
    }
}

/// A fact in words: `trade.goods.exports of kazakhstan, period 2020`.
pub fn fact_name(key: FactKey, reader: Reader<'_>, sets: &QualifierSets) -> String {
    let vocabulary = reader.vocabulary;
    let word = |name| reader.claims.word(name, &vocabulary.names);
    let mut text = format!("{} of {}", vocabulary.measure(key.measure).id, word(key.subject));
    for (qualifier, value) in sets.content(key.qualifiers) {
        let id = &vocabulary.qualifier(*qualifier).id;
        if &**id != OVER {
            text.push_str(&format!(", {id} {}", word(*value)));
        }
    }
    text
}

fn day(end: &End) -> Option<String> {
    end.number().and_then(Number::to_i64).map(|day| print_day(Day(day)))
}

/// A number with so many decimals that is not above (not below) it.
fn print_outwards(number: &Number, decimals: i32, up: bool) -> String {
    let shifted = number * &Number::power_of_ten(decimals);
    let whole = if up { shifted.ceiling() } else { shifted.floor() };
    print_rounded(&(&whole * &Number::power_of_ten(-decimals)), decimals)
}

/// Writes one check with the figures of its terms.
struct Writer<'a> {
    paper: &'a Paper<'a>,
    constraint: usize,
    state: &'a [Domain],
    /// The variable that the relation is solved for.
    hidden: usize,
}

impl Writer<'_> {
    /// The relation solved for the hidden variable, where that stands in it once.
    fn solved(&self, node: &Node) -> Option<(&'static str, String)> {
        match &node.kind {
            Kind::And(left, right) => match (self.count(left), self.count(right)) {
                (1.., 0) => self.solved(left),
                (0, 1..) => self.solved(right),
                _ => None,
            },
            Kind::Comparison(comparison, left, right) => {
                let (own, other, is_left) = match (self.count(left), self.count(right)) {
                    (1, 0) => (left, right, true),
                    (0, 1) => (right, left, false),
                    _ => return None,
                };
                let (formula, turned) = self.isolated(own, (self.text(other, 0), level(other)), false)?;
                let relation = match (comparison, is_left != turned) {
                    (Comparison::Equal, _) => "=",
                    (Comparison::AtMost, true) | (Comparison::AtLeast, false) => "<=",
                    (Comparison::AtMost, false) | (Comparison::AtLeast, true) => ">=",
                    (Comparison::Below, true) | (Comparison::Above, false) => "<",
                    (Comparison::Below, false) | (Comparison::Above, true) => ">",
                    _ => return None,
                };
                Some((relation, formula))
            }
            _ => None,
        }
    }

    /// How often the hidden variable stands below a node.
    fn count(&self, node: &Node) -> usize {
        match node.kind {
            Kind::Term(index) => match self.paper.component.constraints[self.constraint].terms.get(index) {
                Some(Term::One(variable)) => usize::from(*variable == self.hidden),
                Some(Term::Set(set)) => set.iter().filter(|variable| **variable == self.hidden).count(),
                _ => 0,
            },
            _ => node.children().into_iter().map(|child| self.count(child)).sum(),
        }
    }

    /// Moves everything around the hidden variable to the other side; also, whether that turned an inequality round.
    fn isolated(&self, node: &Node, other: (String, u8), turned: bool) -> Option<(String, bool)> {
        let in_sum = |text: &(String, u8)| text.0.clone();
        let bracketed =
            |text: &(String, u8), least: u8| if text.1 < least { format!("({})", text.0) } else { text.0.clone() };
        match &node.kind {
            Kind::Term(_) => Some((other.0, turned)),
            Kind::Negated(inner) => self.isolated(inner, (format!("−{}", bracketed(&other, 3)), 2), !turned),
            Kind::Arithmetic(operator, left, right) => {
                let is_left = self.count(left) == 1;
                let rest = if is_left { right } else { left };
                let (next, turned) = match (operator, is_left) {
                    (Arithmetic::Plus, _) => ((format!("{} − {}", in_sum(&other), self.text(rest, 2)), 1), turned),
                    (Arithmetic::Minus, true) => ((format!("{} + {}", in_sum(&other), self.text(rest, 1)), 1), turned),
                    (Arithmetic::Minus, false) => {
                        ((format!("{} − {}", self.text(rest, 1), bracketed(&other, 2)), 1), !turned)
                    }
                    // only for equations is it certain which way a factor turns an inequality
                    (Arithmetic::Times, _) => {
                        ((format!("{} / {}", bracketed(&other, 2), self.text(rest, 3)), 2), turned)
                    }
                    (Arithmetic::Over, true) => {
                        ((format!("{} × {}", bracketed(&other, 2), self.text(rest, 2)), 2), turned)
                    }
                    (Arithmetic::Over, false) => {
                        ((format!("{} / {}", self.text(rest, 2), bracketed(&other, 3)), 2), !turned)
                    }
                };
                self.isolated(if is_left { left } else { right }, next, turned)
            }
            Kind::Call(Function::Sum, arguments) => {
                let mut parts = Vec::new();
                let mut inner = None;
                for argument in arguments {
                    match argument.kind {
                        Kind::Term(index) => parts.extend(self.elements(index)),
                        _ if self.count(argument) == 1 => inner = Some(argument),
                        _ => parts.push(self.text(argument, 1)),
                    }
                }
                let next = match parts.len() {
                    0 => other,
                    1 => (format!("{} − {}", other.0, parts[0]), 1),
                    _ => (format!("{} − ({})", other.0, parts.join(" + ")), 1),
                };
                match inner {
                    Some(inner) => self.isolated(inner, next, turned),
                    None => Some((next.0, turned)),
                }
            }
            _ => None,
        }
    }

    /// The figures of a term without the hidden one.
    fn elements(&self, index: usize) -> Vec<String> {
        let figures = |set: &[usize]| -> Vec<String> {
            let others = set.iter().filter(|variable| **variable != self.hidden);
            others.map(|variable| self.paper.figure(*variable, &self.state[*variable])).collect()
        };
        match self.paper.component.constraints[self.constraint].terms.get(index) {
            Some(Term::One(variable)) => figures(&[*variable]),
            Some(Term::Set(set)) => figures(set),
            Some(Term::Given(word, _)) => vec![word.to_string()],
            None => Vec::new(),
        }
    }

    /// An expression with figures for names; brackets where `above` binds tighter.
    fn text(&self, node: &Node, above: u8) -> String {
        let pair =
            |left: &Node, sign: &str, right: &Node| format!("{} {sign} {}", self.text(left, 0), self.text(right, 0));
        match &node.kind {
            Kind::Term(index) => match self.paper.component.constraints[self.constraint].terms.get(*index) {
                Some(Term::One(variable)) if *variable == self.hidden => format!("[{}]", self.paper.name(*variable)),
                Some(Term::Set(set)) => {
                    let figures = set.iter().map(|variable| self.paper.figure(*variable, &self.state[*variable]));
                    figures.collect::<Vec<_>>().join(", ")
                }
                _ => self.elements(*index).concat(),
            },
            Kind::Constant(value) => {
                value.print(&self.paper.reader.vocabulary.units).trim_start_matches("exact ").to_owned()
            }
            Kind::Negated(inner) => format!("−{}", self.text(inner, 3)),
            Kind::Arithmetic(operator, left, right) => {
                let own = level(node);
                let sign = match operator {
                    Arithmetic::Minus => "−",
                    Arithmetic::Times => "×",
                    other => other.sign(),
                };
                let text = format!("{} {sign} {}", self.text(left, own), self.text(right, own + 1));
                if own < above { format!("({text})") } else { text }
            }
            Kind::Comparison(comparison, left, right) => pair(left, comparison.sign(), right),
            Kind::And(left, right) => pair(left, "and", right),
            Kind::Or(left, right) => pair(left, "or", right),
            Kind::Not(inner) => format!("not {}", self.text(inner, 0)),
            Kind::Call(Function::Sum, arguments) => {
                let parts = arguments.iter().flat_map(|argument| match argument.kind {
                    Kind::Term(index) => self.elements(index),
                    _ => vec![self.text(argument, 1)],
                });
                let text = parts.collect::<Vec<_>>().join(" + ");
                if above > 1 { format!("({text})") } else { text }
            }
            Kind::Call(function, arguments) => {
                let parts: Vec<String> = arguments.iter().map(|argument| self.text(argument, 0)).collect();
                format!("{}({})", function.name(), parts.join(", "))
            }
        }
    }
}

/// How tightly an expression binds: sums 1, products 2, everything else 3.
fn level(node: &Node) -> u8 {
    match &node.kind {
        Kind::Arithmetic(Arithmetic::Plus | Arithmetic::Minus, ..) | Kind::Call(Function::Sum, _) => 1,
        Kind::Arithmetic(..) => 2,
        _ => 3,
    }
}
