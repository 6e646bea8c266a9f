//! Checks that TOML cannot express. Each is a name that a rule's `builtin` gives; what it means stands in that rule.
//!
//! They come in two kinds: between the claims of a fact or a document, and between a claim's value and the figure as
//! its text writes it. A builtin without a rule in the rule set does not run.

mod agreement;
mod marks;
mod notation;
mod revision;
mod unstated;
mod values;
mod written;

use rayon::prelude::*;

use super::finding::{Detail, Finding, Verdict};
use super::run::{Outcome, Runner, Touched, builtin_rules};
use crate::claims::ClaimIndex;
use crate::rules::rule::Rule;

/// What the builtins have to report.
#[derive(Default)]
pub(super) struct Report {
    pub findings: Vec<Finding>,
    pub made: Vec<super::run::Made>,
    pub checks: usize,
    pub touched: Vec<ClaimIndex>,
}

impl Report {
    fn append(&mut self, other: Report) {
        self.findings.extend(other.findings);
        self.made.extend(other.made);
        self.checks += other.checks;
        self.touched.extend(other.touched);
    }
}

/// A builtin over a whole run.
type Builtin = fn(&Runner<'_>, &Rule) -> Report;

/// The builtins by name; `rules::rule::BUILTINS` has the same names.
const BUILTINS: [(&str, Builtin); 18] = [
    ("called", values::called),
    ("claims-agree", agreement::claims_agree),
    ("decimal-mark", notation::decimal_mark),
    ("dual-dates", notation::dual_dates),
    ("figure-as-written", notation::figure_as_written),
    ("figure-in-text", revision::figure_in_text),
    ("figures-claimed", revision::figures_claimed),
    ("mark-order", marks::mark_order),
    ("month-names", notation::month_names),
    ("percent-sign", notation::percent_sign),
    ("place-as-claimed", revision::place_as_claimed),
    ("right-dimension", values::right_dimension),
    ("translations-agree", revision::translations_agree),
    ("translations-complete", revision::translations_complete),
    ("unstated-within-range", unstated::unstated_within_range),
    ("value-as-in-text", revision::value_as_in_text),
    ("weekday", values::weekday),
    ("within-bounds", values::within_bounds),
];

/// Runs every builtin that a rule names.
pub(super) fn run(runner: &Runner<'_>, outcome: &mut Outcome, touched: &mut Touched) {
    for (name, builtin) in BUILTINS {
        if let Some(rule) = builtin_rules(runner.rules, name) {
            let report = builtin(runner, rule);
            outcome.findings.extend(report.findings);
            outcome.checks_made += report.checks;
            if runner.options.keep_all {
                outcome.checks.extend(report.made);
            }
            touched.extend(&report.touched);
        }
    }
}

/// A finding of a builtin rule: of its severity, a step milder where it is strained.
fn finding(rule: &Rule, verdict: Option<Verdict>, detail: Detail) -> Finding {
    let severity = if verdict == Some(Verdict::Strained) { rule.severity.milder() } else { rule.severity };
    Finding::new(&rule.id, severity, verdict, detail)
}

/// Looks at every claim by itself, in parallel; the order of the findings is that of the claims.
fn each_claim(runner: &Runner<'_>, look: impl Fn(ClaimIndex) -> Option<Finding> + Sync + Send) -> Report {
    Report { findings: all_claims(runner).filter_map(look).collect(), ..Report::default() }
}

fn all_claims(runner: &Runner<'_>) -> impl ParallelIterator<Item = ClaimIndex> + use<> {
    // claims are counted in 32 bits
    let count = runner.claims.claims.len() as u32;
    (0..count).into_par_iter().with_min_len(512).map(ClaimIndex)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_builtin_is_known_to_the_rules() {
        let mut names: Vec<&str> = super::BUILTINS.iter().map(|(name, _)| *name).collect();
        // the joint check runs after all others
        names.push(crate::check::joint::BUILTIN);
        names.sort_unstable();
        assert_eq!(names, crate::rules::rule::BUILTINS);
    }
}
