//! Claims about one fact agree: all of them share a value, after XBRL Calculations 1.1 (duplicate facts).

use rayon::prelude::*;

use super::super::arithmetic::{self, ShownTerm};
use super::super::evaluate::TermDomains;
use super::super::finding::{Arithmetic, Detail, Finding, Participant, Verdict};
use super::super::run::{Made, Runner};
use super::Report;
use crate::claims::ClaimIndex;
use crate::document::Span;
use crate::figure::Reading;
use crate::rules::expression::{Comparison, Kind, Node};
use crate::rules::rule::Rule;

/// Every fact with several claims, unless its measure may have several values.
pub(super) fn claims_agree(runner: &Runner<'_>, rule: &Rule) -> Report {
    let facts: Vec<&[ClaimIndex]> = runner
        .facts
        .ids()
        .filter(|fact| !runner.rules.vocabulary.measure(runner.facts.key(*fact).measure).many)
        .map(|fact| runner.facts.claims(fact))
        .filter(|claims| claims.len() > 1)
        .collect();
    let decided = facts.par_iter().map(|claims| fact(runner, rule, claims));
    // most facts have nothing to show
    let decided: Vec<(Option<Finding>, Option<Made>)> =
        decided.filter(|(finding, made)| finding.is_some() || made.is_some()).collect();
    let mut report = Report { checks: facts.len(), ..Report::default() };
    for (finding, made) in decided {
        report.findings.extend(finding);
        report.made.extend(made);
    }
    report.touched = facts.into_iter().flatten().copied().collect();
    report
}

fn fact(runner: &Runner<'_>, rule: &Rule, claims: &[ClaimIndex]) -> (Option<Finding>, Option<Made>) {
    let verdict = runner.options.readings.verdict(|reading| runner.reader.shared(claims, reading).is_some());
    if verdict == Verdict::Holds && !runner.options.keep_all {
        return (None, None);
    }
    let reading = runner.options.readings.shown(verdict);
    let (a, b) = extremes(runner, claims, reading);
    let arithmetic = comparison(runner, (a, b), reading, verdict);
    let participants: Vec<Participant> =
        claims.iter().map(|claim| Participant { claim: *claim, role: Box::default() }).collect();
    let made = runner.options.keep_all.then(|| Made {
        rule: rule.id.clone(),
        check: None,
        verdict,
        participants: participants.clone(),
        arithmetic: arithmetic.clone(),
        fits_with: Vec::new(),
    });
    if verdict == Verdict::Holds {
        return (None, made);
    }
    let same_precision = runner.reader.same_precision_conflict(claims, reading).is_some();
    let touching = arithmetic.iter().all(|line| line.miss.is_none());
    let detail = if same_precision && touching { Detail::SamePrecision } else { Detail::Disagreement };
    let mut finding = super::finding(rule, Some(verdict), detail);
    finding.participants = participants;
    finding.arithmetic = arithmetic;
    if verdict == Verdict::Strained {
        let coarse = claims
            .iter()
            .copied()
            .filter(|claim| runner.reader.claim(*claim, Reading::Tight) != runner.reader.claim(*claim, Reading::Loose));
        finding.depends_on = coarse.collect();
    }
    (Some(finding), made)
}

/// The two claims that lie farthest apart: of intervals that share no point, some two are disjoint.
fn extremes(runner: &Runner<'_>, claims: &[ClaimIndex], reading: Reading) -> (ClaimIndex, ClaimIndex) {
    if let Some(pair) = runner.reader.same_precision_conflict(claims, reading) {
        return pair;
    }
    let first = claims.first().copied().unwrap_or(ClaimIndex(0));
    let mut pair = (first, claims.get(1).copied().unwrap_or(first));
    let mut widest = None;
    // the one that begins highest and the one that ends lowest, for either end of an extent
    for ends in [false, true] {
        let interval = |claim: &ClaimIndex| {
            use super::super::domain::Domain;
            match runner.reader.claim(*claim, reading) {
                Domain::Extent { end, .. } if ends => end,
                other => other.interval().clone(),
            }
        };
        let highest = claims.iter().max_by(|a, b| interval(a).order_of_lows(&interval(b)));
        let lowest = claims.iter().min_by(|a, b| interval(a).order_of_highs(&interval(b)));
        if let (Some(a), Some(b)) = (highest, lowest) {
            let gap = interval(a).gap(&interval(b));
            if gap > widest {
                widest = gap;
                pair = (*a.min(b), *a.max(b));
            }
        }
    }
    pair
}

/// `a = b`, printed like a rule's own comparison.
fn comparison(
    runner: &Runner<'_>,
    (a, b): (ClaimIndex, ClaimIndex),
    reading: Reading,
    verdict: Verdict,
) -> Vec<Arithmetic> {
    let node = |kind| Node { span: Span::default(), kind };
    let (left, right) = (node(Kind::Term(0)), node(Kind::Term(1)));
    let equal = node(Kind::Comparison(Comparison::Equal, Box::new(left), Box::new(right)));
    let terms = [a, b].map(|claim| ShownTerm { is_set: false, claims: vec![claim], word: None });
    let domains = [a, b].map(|claim| TermDomains::One(runner.reader.claim(claim, reading)));
    // two figures of one precision may touch, so the comparison of their intervals can hold although they conflict
    let touching = super::super::evaluate::Evaluator { terms: &domains, units: &runner.rules.vocabulary.units }
        .truth(&equal)
        .can_hold;
    arithmetic::arithmetic(&equal, &terms, &domains, runner.reader, verdict != Verdict::Holds && !touching)
}
