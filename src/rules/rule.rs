//! Rules as the engine uses them: every name resolved, every pattern expanded, every expression typed.
//!
//! A rule is declarative (patterns of facts and an assertion between them), bound by name (terms without a measure,
//! given by a `[[check]]`), or `builtin` (a name that `check::builtin` knows). How the TOML becomes this is in
//! [`super::resolve`].

use std::sync::Arc;

use super::expression::Node;
use super::names::Name;
use super::version::Version;
use super::vocabulary::{MeasureId, QualifierId};
use crate::document::Span;
use crate::figure::date::CalendarUnit;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub const ALL: [(Severity, &'static str); 3] =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];

    pub fn named(name: &str) -> Option<Severity> {
        Severity::ALL.iter().find(|(_, word)| *word == name).map(|(severity, _)| *severity)
    }

    pub fn name(self) -> &'static str {
        Severity::ALL.iter().find(|(severity, _)| *severity == self).map_or("", |(_, word)| word)
    }

    /// One step milder: what a strained check reports.
    pub fn milder(self) -> Severity {
        match self {
            Severity::Error => Severity::Warning,
            Severity::Warning | Severity::Note => Severity::Note,
        }
    }
}

/// The checks that are part of the program, by the names that `builtin = "…"` gives. What each does stands in the
/// rule's own TOML; the code is in `check::builtin`, where a test holds this list against it.
pub const BUILTINS: &[&str] = &[
    "called",
    "claims-agree",
    "claims-together",
    "decimal-mark",
    "dual-dates",
    "figure-as-written",
    "figure-in-text",
    "figures-claimed",
    "mark-order",
    "month-names",
    "percent-sign",
    "place-as-claimed",
    "right-dimension",
    "translations-agree",
    "translations-complete",
    "unstated-within-range",
    "value-as-in-text",
    "weekday",
    "within-bounds",
];

/// A key of a fact: its subject or a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Subject,
    Qualifier(QualifierId),
}

/// A variable of a rule, by its index.
pub type Variable = usize;

/// What a pattern asks of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// This value.
    Constant(Name),
    /// Left out, which is the total where the qualifier has one.
    Absent,
    /// Whatever the variable holds. A variable that the rule writes (`stated`) takes no left-out key; the implicit
    /// variable of an unmentioned key does.
    Variable { variable: Variable, stated: bool },
    /// The period of the variable, so much later.
    Shifted { variable: Variable, amount: i64, unit: CalendarUnit },
    /// Every stated value: the term is a set.
    Each,
}

/// Which facts a term speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub measure: MeasureId,
    /// Every key that the measure has, sorted.
    pub keys: Vec<(Key, Slot)>,
}

impl Pattern {
    /// The key over which the term is a set.
    pub fn set_key(&self) -> Option<Key> {
        self.keys.iter().find(|(_, slot)| *slot == Slot::Each).map(|(key, _)| *key)
    }
}

/// A comparison between variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    pub left: Variable,
    pub relation: Relation,
    pub right: Variable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Same,
    Different,
    /// A fixed order of words, so that of two mirrored matches one is taken.
    Before,
    /// One period within another.
    Within,
}

/// A rule for particular measures and qualifiers.
#[derive(Clone, Debug)]
pub struct Instance {
    /// One pattern for each term of the rule, in the rule's order.
    pub patterns: Vec<Pattern>,
    pub conditions: Vec<Condition>,
    /// Names of the variables, for messages.
    pub variables: Vec<Box<str>>,
    /// The variables that the assertion uses as dates, in the order of the rule's own list.
    pub used: Vec<Variable>,
}

/// A term of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub name: Box<str>,
    pub is_set: bool,
    /// Whether the assertion is true only of the complete set.
    pub needs_whole_set: bool,
}

/// How a rule finds what it checks.
#[derive(Clone, Debug)]
pub enum Body {
    /// By patterns, here expanded.
    Patterns(Vec<Instance>),
    /// Only where a `[[check]]` binds it.
    Bound,
    /// By a check in the program.
    Builtin(Box<str>),
}

/// Another relation that explains a failure.
#[derive(Clone, Debug)]
pub struct Hint {
    pub assert: Node,
    pub say: Box<str>,
}

/// What an example of a rule shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    Strained,
    Fail,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Strained => "strained",
            Outcome::Fail => "fail",
        }
    }
}

/// Values for the terms of a rule, with what should come of them.
#[derive(Clone, Debug)]
pub struct Example {
    pub outcome: Outcome,
    /// By name of the term; a set has several.
    pub values: Vec<(Box<str>, Vec<Box<str>>)>,
    pub span: Span,
}

/// Where a rule is written.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file as reports show it.
    pub file: Arc<str>,
    pub id: Span,
    /// The assertion, or the name of the builtin.
    pub body: Span,
}

/// A relation that facts must satisfy.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: Box<str>,
    pub summary: Box<str>,
    pub why: Option<Box<str>>,
    pub severity: Severity,
    /// The version of the program in which it came.
    pub since: Option<Version>,
    pub terms: Vec<Term>,
    /// Variables of the patterns that the assertion uses as dates (`$at`): periods that keys of the facts name. In
    /// the expression they follow the terms.
    pub variables: Vec<Box<str>>,
    /// Absent for a builtin.
    pub assert: Option<Node>,
    /// The assertion as written, for `explain`.
    pub assert_text: Box<str>,
    pub body: Body,
    pub hints: Vec<Hint>,
    /// Rules that see the same mistake, and for which this one speaks.
    pub instead_of: Vec<Box<str>>,
    pub examples: Vec<Example>,
    pub origin: Origin,
}
