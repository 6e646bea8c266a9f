//! Findings as data: which rule, which claims, what verdict, what arithmetic. Sentences are made in `report`.

use super::joint::{Derivation, Repair, Resolution};
use crate::claims::ClaimIndex;
use crate::document::Span;
use crate::rules::Severity;

/// What comes of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Holds,
    /// Only if trailing zeros are not significant, or something unsaid is as it must be.
    Strained,
    Impossible,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Strained => "strained",
            Verdict::Impossible => "impossible",
        }
    }
}

/// A claim that takes part in a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub claim: ClaimIndex,
    /// The term that it stands for; empty where the check has no terms.
    pub role: Box<str>,
}

/// One side of a comparison, printed in the value language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The expression with figures in place of names: `12.6 billion EUR + 6 billion EUR`.
    pub formula: String,
    /// What the figures give as written; `None` where one is a range or a bound.
    pub nominal: Option<String>,
    /// The ends that rounding allows; `None` where there is no end.
    pub low: Option<String>,
    pub high: Option<String>,
    /// The unit of all three, with its scale word.
    pub unit: String,
    /// Whether the formula is one figure, so that repeating its value says nothing.
    pub is_figure: bool,
}

/// A comparison of a check, with its arithmetic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arithmetic {
    pub left: Side,
    pub relation: &'static str,
    pub right: Side,
    /// How far apart the two sides stay at least, with the unit; `None` where they meet.
    pub miss: Option<String>,
}

/// What a check that is part of the program has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A rule's assertion; the arithmetic says all.
    Relation,
    /// Claims of one fact share no value.
    Disagreement,
    /// Two figures of one precision differ although their intervals touch.
    SamePrecision,
    /// The value lies outside the bounds of its measure.
    OutOfBounds { bounds: String },
    /// The value is of another dimension than the measure.
    WrongDimension { expected: String, found: String },
    /// The figure does not say a qualifier, and lies outside what others say that do.
    Unstated { qualifier: String, range: String },
    /// The date fell on another day of the week.
    Weekday { said: &'static str, was: &'static str },
    /// A date names two months that are not the same, or not that of the value.
    Months { names: Vec<String> },
    /// A Hijri and a Gregorian year that share no day.
    Calendars { hijri: String, gregorian: String },
    /// A comma is a decimal mark here and separates thousands elsewhere.
    DecimalMark { text: String, elsewhere: String },
    /// A percentage without its sign.
    PercentSign { text: String },
    /// A length that is called an area.
    Called { called: String, is: String },
    /// The digits of the text are not those of the value.
    Written { text: String },
    /// The figure is not in the text, or it may stand on any of these lines.
    NotInText { text: String, lines: Vec<usize> },
    /// The text has so few of the figures that it must be another one.
    AnotherText { document: String, found: usize, asked: usize },
    /// Another figure stands in the place of the claim's; what the claim would say, if that is plain.
    Revised { text: String, value: Option<String> },
    /// A figure of a text that no claim is about.
    Unclaimed,
    /// A text and its translation give different figures in one place.
    TranslatedOtherwise,
    /// A figure that the other text lacks.
    Untranslated { document: String },
    /// The figures stand on other lines, or are written otherwise.
    Moved,
    /// A mark that does not follow the one before it.
    Marks { previous: Option<i64>, mark: i64 },
    /// Each check holds, and all of them together cannot.
    Together,
    /// An `allow` that no finding needs. One in a text is of no claim: it has a place of its own.
    UnusedAllow { rule: String, comment: Option<InText> },
}

/// A place in a text that is checked without claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InText {
    /// Index into [`crate::claims::Claims::files`].
    pub file: u32,
    pub span: Span,
}

/// Something that cannot be as it is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, or the `[[check]]` that has its own `assert`.
    pub rule: Box<str>,
    /// The `[[check]]` in a claim file, where one bound the rule.
    pub check: Option<Box<str>>,
    pub severity: Severity,
    /// `None` for a finding that is no check of values.
    pub verdict: Option<Verdict>,
    pub detail: Detail,
    /// In the order of the terms, then of the claims.
    pub participants: Vec<Participant>,
    pub arithmetic: Vec<Arithmetic>,
    /// For a strained check: the claims on whose rounding it depends.
    pub depends_on: Vec<ClaimIndex>,
    /// What probably happened.
    pub hints: Vec<Box<str>>,
    /// Of claims that cannot be true together: why, step by step.
    pub derivation: Option<Box<Derivation>>,
    /// Of claims that cannot be true together: the values of each that would fit the others.
    pub resolutions: Vec<Resolution>,
    /// Values one slip away that would resolve it, the likeliest first.
    pub repairs: Vec<Repair>,
}

impl Finding {
    /// A finding of a rule of the program, without arithmetic.
    pub fn new(rule: &str, severity: Severity, verdict: Option<Verdict>, detail: Detail) -> Finding {
        Finding {
            rule: rule.into(),
            check: None,
            severity,
            verdict,
            detail,
            participants: Vec::new(),
            arithmetic: Vec::new(),
            depends_on: Vec::new(),
            hints: Vec::new(),
            derivation: None,
            resolutions: Vec::new(),
            repairs: Vec::new(),
        }
    }

    pub fn with(mut self, claims: impl IntoIterator<Item = ClaimIndex>) -> Finding {
        self.participants.extend(claims.into_iter().map(|claim| Participant { claim, role: Box::default() }));
        self
    }

    /// Where it lies, if that is no claim's place.
    pub fn own_place(&self) -> Option<InText> {
        match &self.detail {
            Detail::UnusedAllow { comment, .. } => *comment,
            _ => None,
        }
    }

    pub fn claims(&self) -> impl Iterator<Item = ClaimIndex> {
        self.participants.iter().map(|participant| participant.claim)
    }
}
