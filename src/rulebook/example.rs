//! One example of a rule as it is shown: its values, and the arithmetic and words that checking it gave.

use serde::Serialize;

use super::{Defined, Rulebook};
use crate::check::examples::{Judgement, Made, Trial};
use crate::report::{Surroundings, words};
use crate::rules::rule::{Outcome, Rule};

/// An example with what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct ShownExample {
    /// `pass`, `strained` or `fail`: what the rule says of it.
    pub expected: &'static str,
    /// `ok`, `missing`, `noisy` or `wrong`.
    pub outcome: &'static str,
    /// `holds`, `strained` or `impossible`; none where no claims could be made.
    pub verdict: Option<&'static str>,
    pub values: Vec<ShownValue>,
    pub arithmetic: Option<String>,
    /// What a finding says.
    pub message: Option<String>,
    pub reservation: Option<String>,
    pub hints: Vec<String>,
    /// Why no claims could be made.
    pub reason: Option<String>,
    #[serde(flatten)]
    pub place: Defined,
    #[serde(skip)]
    pub kind: Outcome,
    #[serde(skip)]
    pub judgement: Judgement,
}

/// The value of one term, or those of a set.
#[derive(Clone, Debug, Serialize)]
pub struct ShownValue {
    pub term: String,
    pub values: Vec<String>,
    #[serde(skip)]
    pub is_list: bool,
}

impl ShownExample {
    /// Puts an example that was checked into words. Its values are shown in the `order` of the terms as written.
    pub fn new(book: &Rulebook<'_>, rule: &Rule, trial: &Trial<'_>, order: &[String]) -> ShownExample {
        let example = trial.example;
        let term_is_set = |name: &str| rule.terms.iter().find(|term| &*term.name == name).map(|term| term.is_set);
        let values = example.values.iter().map(|(name, values)| ShownValue {
            term: name.to_string(),
            values: values.iter().map(ToString::to_string).collect(),
            is_list: term_is_set(name).unwrap_or(values.len() > 1),
        });
        let mut values: Vec<ShownValue> = values.collect();
        let place = |term: &str| order.iter().position(|known| known == term).unwrap_or(order.len());
        values.sort_by_key(|value| place(&value.term));
        let mut shown = ShownExample {
            expected: example.outcome.name(),
            outcome: trial.judgement.name(),
            verdict: None,
            values,
            arithmetic: None,
            message: None,
            reservation: None,
            hints: Vec::new(),
            reason: None,
            place: book.defined_at(&rule.origin, example.span.start),
            kind: example.outcome,
            judgement: trial.judgement,
        };
        match &trial.made {
            Ok(made) => shown.take(book, made),
            Err(reason) => shown.reason = Some(reason.clone()),
        }
        shown
    }

    fn take(&mut self, book: &Rulebook<'_>, made: &Made) {
        let surroundings = Surroundings::default();
        let report = surroundings.report(book.rules, &made.claims, &made.checked);
        self.verdict = Some(made.verdict().name());
        let arithmetic = match made.finding() {
            Some(finding) => {
                self.message = Some(words::message(&report, finding));
                self.reservation = words::reservation(&report, finding);
                self.hints = finding.hints.iter().map(ToString::to_string).collect();
                words::all_arithmetic(&finding.arithmetic)
            }
            None => {
                made.checked.checks.first().map(|check| words::all_arithmetic(&check.arithmetic)).unwrap_or_default()
            }
        };
        self.arithmetic = (!arithmetic.is_empty()).then_some(arithmetic);
    }

    /// The values in one line: `total 18.6 billion EUR, exports 6 billion EUR`.
    pub fn values_line(&self) -> String {
        let one = |value: &ShownValue| {
            if value.is_list {
                format!("{} [{}]", value.term, value.values.join(", "))
            } else {
                format!("{} {}", value.term, value.values.join(", "))
            }
        };
        self.values.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}
