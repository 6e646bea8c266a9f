//! A relation as a formula: solved for one of its figures, where that stands in it once, else as it is.

use super::super::domain::Domain;
use super::network::Term;
use super::paper::Paper;
use crate::rules::expression::{Arithmetic, Comparison, Function, Kind, Node};

/// Writes one check with the figures of its terms.
pub struct Writer<'a> {
    pub paper: &'a Paper<'a>,
    pub constraint: usize,
    pub state: &'a [Domain],
    /// The variable that the relation is solved for.
    pub hidden: usize,
}

impl Writer<'_> {
    /// The relation solved for the hidden variable, where that stands in it once.
    pub fn solved(&self, node: &Node) -> Option<(&'static str, String)> {
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
            Some(Term::Given(period)) => vec![period.word.to_string()],
            None => Vec::new(),
        }
    }

    /// An expression with figures for names; brackets where `above` binds tighter.
    pub fn text(&self, node: &Node, above: u8) -> String {
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
