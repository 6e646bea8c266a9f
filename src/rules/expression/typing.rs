//! The dimension check: an expression that adds kilometres to percent is refused when it is loaded, not when it runs.
//!
//! Bare numbers fit every count and ratio. A term of unknown dimension (in a rule that is bound by name, before it is
//! bound) fits everything; it is checked again when a claim file binds it.

use super::{Arithmetic, Comparison, Function, Kind, Node};
use crate::document::Span;
use crate::figure::{Base, Dimension, Powers, Units, Value};

/// What an expression yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Boolean,
    Value(Dimension),
    /// A number without a unit, which fits any count or ratio.
    Bare,
    /// Not known yet.
    Unknown,
}

/// The type of a term: of its value, or of each value of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermType {
    pub element: Type,
    pub is_set: bool,
}

/// The type of a variable: the period that a key names, as one unknown day within it.
pub const VARIABLE: TermType = TermType { element: Type::Value(Dimension::Date), is_set: false };

/// What does not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl std::fmt::Display for Type {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Boolean => formatter.write_str("a condition"),
            Type::Value(dimension) => dimension.fmt(formatter),
            Type::Bare => formatter.write_str("number"),
            Type::Unknown => formatter.write_str("anything"),
        }
    }
}

/// Checks a whole assertion.
///
/// # Errors
/// At the first node whose parts do not fit.
pub fn check(node: &Node, terms: &[TermType], units: &Units) -> Result<(), TypeError> {
    match (Checker { terms, units }).of(node)? {
        Type::Boolean | Type::Unknown => Ok(()),
        other => Err(error(
            node,
            format!("an assertion must be a comparison, this is {other}"),
            Some("compare it with something: `total = …`"),
        )),
    }
}

/// The type of a part of a checked expression; `None` where it does not fit.
pub fn type_of(node: &Node, terms: &[TermType], units: &Units) -> Option<Type> {
    (Checker { terms, units }).of(node).ok()
}

struct Checker<'a> {
    terms: &'a [TermType],
    units: &'a Units,
}

fn error(node: &Node, message: String, help: Option<&str>) -> TypeError {
    TypeError { span: node.span, message, help: help.map(str::to_owned) }
}

type Typed = Result<Type, TypeError>;

impl Checker<'_> {
    fn of(&self, node: &Node) -> Typed {
        match &node.kind {
            Kind::Term(index) => self.term(node, *index),
            Kind::Constant(value) => Ok(self.constant(value)),
            Kind::Negated(inner) => match self.of(inner)? {
                Type::Boolean => Err(error(inner, "a condition has no negative".to_owned(), Some("write `not …`"))),
                other => Ok(other),
            },
            Kind::Arithmetic(operator, left, right) => self.arithmetic(node, *operator, left, right),
            Kind::Comparison(comparison, left, right) => self.comparison(node, *comparison, left, right),
            Kind::And(left, right) | Kind::Or(left, right) => {
                self.condition(left)?;
                self.condition(right)
            }
            Kind::Not(inner) => self.condition(inner),
            Kind::Call(function, arguments) => self.call(node, *function, arguments),
        }
    }

    fn term(&self, node: &Node, index: usize) -> Typed {
        match self.terms.get(index) {
            Some(term) if term.is_set => {
                let help = "fold it: `sum(…)`, `min(…)`, `max(…)`, `count(…)`";
                Err(error(node, "a set stands where one value belongs".to_owned(), Some(help)))
            }
            Some(term) => Ok(term.element),
            None => Ok(Type::Unknown),
        }
    }

    fn constant(&self, value: &Value) -> Type {
        match value {
            Value::Quantity(quantity) if quantity.unit.is_none() => Type::Bare,
            other => Type::Value(other.dimension(self.units)),
        }
    }

    fn condition(&self, node: &Node) -> Typed {
        match self.of(node)? {
            Type::Boolean | Type::Unknown => Ok(Type::Boolean),
            other => Err(error(node, format!("a condition should stand here, this is {other}"), None)),
        }
    }

    fn arithmetic(&self, node: &Node, operator: Arithmetic, left: &Node, right: &Node) -> Typed {
        let (a, b) = (self.of(left)?, self.of(right)?);
        let duration = Type::Value(Dimension::DURATION);
        let date = Type::Value(Dimension::Date);
        let fits = match (operator, a, b) {
            (_, Type::Boolean, _) | (_, _, Type::Boolean) => None,
            (_, Type::Unknown, _) | (_, _, Type::Unknown) => Some(Type::Unknown),
            (Arithmetic::Minus, _, _) if a == date && b == date => Some(duration),
            (Arithmetic::Plus | Arithmetic::Minus, _, _) if a == date && b == duration => Some(date),
            (Arithmetic::Plus | Arithmetic::Minus, _, _) => added(a, b),
            (Arithmetic::Times, _, _) => multiplied(a, b, |x, y| x.times(&y)),
            (Arithmetic::Over, _, _) => multiplied(a, b, |x, y| x.per(&y)),
        };
        fits.ok_or_else(|| {
            let verb = match operator {
                Arithmetic::Plus => "added to",
                Arithmetic::Minus => "subtracted from",
                Arithmetic::Times => "multiplied by",
                Arithmetic::Over => "divided by",
            };
            let (a, b) = if operator == Arithmetic::Times || operator == Arithmetic::Over { (a, b) } else { (b, a) };
            error(node, format!("{a} cannot be {verb} {b}"), points_help(a, b))
        })
    }

    fn comparison(&self, node: &Node, comparison: Comparison, left: &Node, right: &Node) -> Typed {
        let (a, b) = (self.of(left)?, self.of(right)?);
        let extent = |kind: Type| matches!(kind, Type::Value(Dimension::Date | Dimension::Period) | Type::Unknown);
        let fits = match comparison {
            Comparison::Within => extent(a) && extent(b),
            _ if a == Type::Boolean || b == Type::Boolean => false,
            Comparison::Equal | Comparison::Unequal => added(a, b).is_some() || (a == b) || comparable(a, b),
            _ => added(a, b).is_some() || comparable(a, b),
        };
        if fits {
            return Ok(Type::Boolean);
        }
        let message = format!("{a} cannot be compared with {b} by `{}`", comparison.sign());
        let is_period = |kind: Type| kind == Type::Value(Dimension::Period);
        let ends = (is_period(a) || is_period(b)).then_some("compare its ends: `start(…)`, `end(…)`");
        Err(error(node, message, ends.or(points_help(a, b))))
    }

    fn call(&self, node: &Node, function: Function, arguments: &[Node]) -> Typed {
        match function {
            Function::Count => self.fold(node, arguments).map(|_| Type::Bare),
            Function::Distinct => self.fold(node, arguments).map(|_| Type::Boolean),
            Function::Sum | Function::Minimum | Function::Maximum => self.fold(node, arguments),
            Function::Ordered => self.ordered(node, arguments),
            Function::Start | Function::End => {
                let kind = self.single(node, function, arguments)?;
                match kind {
                    Type::Value(Dimension::Period | Dimension::Date) | Type::Unknown => {
                        Ok(Type::Value(Dimension::Date))
                    }
                    other => Err(error(node, format!("only a period has an end, this is {other}"), None)),
                }
            }
            Function::Year => match self.single(node, function, arguments)? {
                Type::Value(Dimension::Date) | Type::Unknown => Ok(Type::Bare),
                other => Err(error(node, format!("only a date has a year, this is {other}"), None)),
            },
            Function::Absolute => match self.single(node, function, arguments)? {
                kind @ (Type::Value(Dimension::Quantity(_)) | Type::Bare | Type::Unknown) => Ok(kind),
                other => Err(error(node, format!("{other} has no absolute value"), None)),
            },
            Function::Points => match self.single(node, function, arguments)? {
                Type::Value(Dimension::Quantity(Powers::RATIO)) | Type::Bare | Type::Unknown => {
                    Ok(Type::Value(Dimension::POINTS))
                }
                other => Err(error(node, format!("only a ratio becomes percentage points, this is {other}"), None)),
            },
            Function::Whole => match self.single(node, function, arguments)? {
                Type::Value(Dimension::Quantity(_)) | Type::Bare | Type::Unknown => Ok(Type::Boolean),
                other => Err(error(node, format!("{other} is never a whole number"), None)),
            },
        }
    }

    fn single(&self, node: &Node, function: Function, arguments: &[Node]) -> Typed {
        match arguments {
            [one] => self.of(one),
            _ => Err(error(node, format!("`{}` takes one argument", function.name()), None)),
        }
    }

    /// The common type of what is folded: sets and single values, all of one dimension.
    fn fold(&self, node: &Node, arguments: &[Node]) -> Typed {
        let mut common: Option<Type> = None;
        for argument in arguments {
            let kind = self.element(argument)?;
            common = match common {
                None => Some(kind),
                Some(so_far) => match added(so_far, kind).or((so_far == kind).then_some(kind)) {
                    Some(kind) => Some(kind),
                    None => return Err(error(argument, format!("{kind} stands among values of {so_far}"), None)),
                },
            };
        }
        match common {
            Some(Type::Boolean) | None => Err(error(node, "conditions cannot be folded".to_owned(), None)),
            Some(kind) => Ok(kind),
        }
    }

    fn element(&self, node: &Node) -> Typed {
        match node.kind {
            Kind::Term(index) => Ok(self.terms.get(index).map_or(Type::Unknown, |term| term.element)),
            _ => self.of(node),
        }
    }

    fn ordered(&self, node: &Node, arguments: &[Node]) -> Typed {
        let [values, ranks] = arguments else {
            return Err(error(node, "`ordered` takes the values and their ranks".to_owned(), None));
        };
        self.element(values)?;
        match self.element(ranks)? {
            Type::Value(Dimension::Rank) | Type::Unknown => Ok(Type::Boolean),
            other => Err(error(ranks, format!("ranks should stand here, this is {other}"), None)),
        }
    }
}

/// The type of a sum or difference, where there is one.
fn added(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (Type::Unknown, other) | (other, Type::Unknown) => Some(other),
        (Type::Bare, Type::Bare) => Some(Type::Bare),
        (Type::Bare, Type::Value(Dimension::Quantity(powers)))
        | (Type::Value(Dimension::Quantity(powers)), Type::Bare) => {
            let fits = powers == Powers::RATIO || Dimension::Quantity(powers).is_counted();
            fits.then_some(Type::Value(Dimension::Quantity(powers)))
        }
        (Type::Value(Dimension::Quantity(x)), Type::Value(Dimension::Quantity(y))) => {
            same_but_for_counts(x, y).map(|powers| Type::Value(Dimension::Quantity(powers)))
        }
        _ => None,
    }
}

/// Twenty times 3 USD is 60 USD: a count of things beside another dimension is a bare factor.
fn same_but_for_counts(x: Powers, y: Powers) -> Option<Powers> {
    let uncounted = |powers: Powers| powers.per(&Powers::power(Base::Count, powers.exponent(Base::Count)));
    if x == y {
        return Some(x);
    }
    let rest = uncounted(x);
    (rest == uncounted(y) && rest != Powers::RATIO).then_some(rest)
}

fn multiplied(a: Type, b: Type, combine: impl Fn(Powers, Powers) -> Powers) -> Option<Type> {
    let powers = |kind: Type| match kind {
        Type::Bare => Some(Powers::RATIO),
        Type::Value(Dimension::Quantity(powers)) => Some(powers),
        _ => None,
    };
    if a == Type::Bare && b == Type::Bare {
        return Some(Type::Bare);
    }
    Some(Type::Value(Dimension::Quantity(combine(powers(a)?, powers(b)?))))
}

/// Kinds that have an order without having sums.
fn comparable(a: Type, b: Type) -> bool {
    let rank = Type::Value(Dimension::Rank);
    match (a, b) {
        (Type::Value(x), Type::Value(y)) => x == y && x != Dimension::Period,
        _ => (a == rank && b == Type::Bare) || (a == Type::Bare && b == rank),
    }
}

/// The commonest mixture of all deserves its own advice.
fn points_help(a: Type, b: Type) -> Option<&'static str> {
    let points = |kind: Type| kind == Type::Value(Dimension::Quantity(Powers::of(Base::Points)));
    let ratio = |kind: Type| matches!(kind, Type::Value(Dimension::Quantity(Powers::RATIO)) | Type::Bare);
    ((points(a) && ratio(b)) || (ratio(a) && points(b))).then_some(
        "percent and percentage points are different things; `points(…)` makes points of a difference of shares",
    )
}
