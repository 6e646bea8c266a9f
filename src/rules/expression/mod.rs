//! The expression language of rules and of checks in claim files: arithmetic, comparison and order over figures.
//!
//! `+ - * /`, `= != < <= > >=`, `within`, `and or not`, `sum min max count distinct ordered start end year abs points
//! whole`, figures as constants. This module has the tree; [`parse`] reads it, [`typing`] refuses what mixes
//! dimensions. Evaluation over intervals is the business of `check`.

pub mod parse;
pub mod typing;

use crate::document::Span;
use crate::figure::Value;

/// A node of the tree, with its place in the rule's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A term, by its index in the list that the text was parsed with.
    Term(usize),
    /// A figure that the rule itself states; it is exact.
    Constant(Value),
    Negated(Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Comparison(Comparison, Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Not(Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
    Within,
}

/// The functions. Those over sets also take several arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Sum,
    Minimum,
    Maximum,
    /// How many there are.
    Count,
    /// Whether no two values are surely the same.
    Distinct,
    /// `ordered(values, ranks)`: whoever ranks before another has no smaller value.
    Ordered,
    Start,
    End,
    /// The calendar year of a date.
    Year,
    Absolute,
    /// A difference of shares as percentage points.
    Points,
    /// Whether the value can be a whole number.
    Whole,
}

impl Arithmetic {
    pub fn sign(self) -> &'static str {
        match self {
            Arithmetic::Plus => "+",
            Arithmetic::Minus => "-",
            Arithmetic::Times => "*",
            Arithmetic::Over => "/",
        }
    }
}

impl Comparison {
    pub const ALL: [(Comparison, &'static str); 7] = [
        // two-letter signs first, so that `<=` is not read as `<`
        (Comparison::AtMost, "<="),
        (Comparison::AtLeast, ">="),
        (Comparison::Unequal, "!="),
        (Comparison::Below, "<"),
        (Comparison::Above, ">"),
        (Comparison::Equal, "="),
        (Comparison::Within, "within"),
    ];

    pub fn sign(self) -> &'static str {
        Comparison::ALL.iter().find(|(comparison, _)| *comparison == self).map_or("", |(_, sign)| sign)
    }
}

impl Function {
    pub const ALL: [(Function, &'static str); 12] = [
        (Function::Sum, "sum"),
        (Function::Minimum, "min"),
        (Function::Maximum, "max"),
        (Function::Count, "count"),
        (Function::Distinct, "distinct"),
        (Function::Ordered, "ordered"),
        (Function::Start, "start"),
        (Function::End, "end"),
        (Function::Year, "year"),
        (Function::Absolute, "abs"),
        (Function::Points, "points"),
        (Function::Whole, "whole"),
    ];

    pub fn named(name: &str) -> Option<Function> {
        Function::ALL.iter().find(|(_, word)| *word == name).map(|(function, _)| *function)
    }

    pub fn name(self) -> &'static str {
        Function::ALL.iter().find(|(function, _)| *function == self).map_or("", |(_, word)| word)
    }
}

impl Node {
    /// The direct parts of a node.
    pub fn children(&self) -> Vec<&Node> {
        match &self.kind {
            Kind::Term(_) | Kind::Constant(_) => Vec::new(),
            Kind::Negated(inner) | Kind::Not(inner) => vec![inner],
            Kind::Arithmetic(_, left, right)
            | Kind::Comparison(_, left, right)
            | Kind::And(left, right)
            | Kind::Or(left, right) => vec![left, right],
            Kind::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// The pairs of terms that `ordered(values, ranks)` takes together.
    pub fn paired_terms(&self) -> Vec<(usize, usize)> {
        if let Kind::Call(Function::Ordered, arguments) = &self.kind
            && let [Node { kind: Kind::Term(values), .. }, Node { kind: Kind::Term(ranks), .. }] = arguments.as_slice()
        {
            return vec![(*values, *ranks)];
        }
        self.children().into_iter().flat_map(Node::paired_terms).collect()
    }

    /// Whether a term of this index occurs below.
    pub fn mentions(&self, term: usize) -> bool {
        matches!(self.kind, Kind::Term(index) if index == term)
            || self.children().into_iter().any(|child| child.mentions(term))
    }

    /// Whether the node says something only of a set that is complete. A sum or count that is merely bounded from
    /// above by something needs no completeness: what is missing could only add to it.
    pub fn needs_whole_set(&self, term: usize) -> bool {
        match &self.kind {
            Kind::Comparison(Comparison::AtMost | Comparison::Below, left, right) => {
                left.folds_inside(term) || right.folds(term)
            }
            Kind::Comparison(Comparison::AtLeast | Comparison::Above, left, right) => {
                right.folds_inside(term) || left.folds(term)
            }
            _ if self.is_fold_of(term) => true,
            _ => self.children().into_iter().any(|child| child.needs_whole_set(term)),
        }
    }

    /// Whether this is `sum(term)` or `count(term)` itself.
    fn is_fold_of(&self, term: usize) -> bool {
        matches!(&self.kind, Kind::Call(Function::Sum | Function::Count, _)) && self.mentions(term)
    }

    fn folds(&self, term: usize) -> bool {
        self.is_fold_of(term) || self.children().into_iter().any(|child| child.folds(term))
    }

    /// Whether such a fold stands deeper than at the top of this side.
    fn folds_inside(&self, term: usize) -> bool {
        !self.is_fold_of(term) && self.folds(term)
    }
}
