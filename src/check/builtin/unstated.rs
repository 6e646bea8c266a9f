//! A fact that leaves a qualifier unsaid lies within the range of the facts that say it.
//!
//! "The share is 20 %" without a year must be true of some year for which the text gives the share; where it lies
//! outside all of them, it can only be meant for another year, which is a reservation and not an error.

use rustc_hash::FxHashMap;

use super::super::domain::Domain;
use super::super::facts::FactId;
use super::super::finding::{Detail, Finding, Verdict};
use super::super::run::Runner;
use super::Report;
use crate::claims::FactKey;
use crate::claims::key::Qualified;
use crate::figure::{Interval, Reading};
use crate::rules::rule::Rule;
use crate::rules::vocabulary::{CURRENCY, PER_CURRENCY};
use crate::rules::{MeasureId, Name, QualifierId};

/// Compares every fact that leaves one qualifier unsaid with those that say it and are otherwise the same.
pub(super) fn unstated_within_range(runner: &Runner<'_>, rule: &Rule) -> Report {
    let vocabulary = &runner.rules.vocabulary;
    let mut report = Report::default();
    for (measure, definition) in vocabulary.measures() {
        let facts = runner.facts.of_measure(measure);
        if facts.len() < 2 || definition.dimension.powers().is_none() || definition.many {
            continue;
        }
        for qualifier in &definition.qualifiers {
            let known = vocabulary.qualifier(*qualifier);
            let optional = known.total.is_none() && !known.required && !known.every;
            if optional && &*known.id != CURRENCY && &*known.id != PER_CURRENCY {
                look(runner, rule, measure, *qualifier, &mut report);
            }
        }
    }
    report
}

/// The other keys of a fact: what must be equal.
type Others = (Name, Box<[Qualified]>);

fn look(runner: &Runner<'_>, rule: &Rule, measure: MeasureId, qualifier: QualifierId, report: &mut Report) {
    let facts = || runner.facts.of_measure(measure).map(FactId);
    let sets = &runner.claims.sets;
    let says = |key: &FactKey| sets.value(key.qualifiers, qualifier).is_some();
    let others = |key: &FactKey| -> Others {
        let content = sets.content(key.qualifiers);
        (key.subject, content.iter().copied().filter(|(id, _)| *id != qualifier).collect())
    };
    let mut silent: FxHashMap<Others, (FactId, Vec<FactId>)> = facts()
        .filter(|fact| !says(&runner.facts.key(*fact)))
        .map(|fact| (others(&runner.facts.key(fact)), (fact, Vec::new())))
        .collect();
    if silent.is_empty() {
        return;
    }
    for fact in facts().filter(|fact| says(&runner.facts.key(*fact))) {
        if let Some((_, stating)) = silent.get_mut(&others(&runner.facts.key(fact))) {
            stating.push(fact);
        }
    }
    let mut groups: Vec<(FactId, Vec<FactId>)> =
        silent.into_values().filter(|(_, stating)| !stating.is_empty()).collect();
    groups.sort();
    for (fact, stating) in groups {
        report.checks += 1;
        report
            .touched
            .extend(runner.facts.claims(fact).iter().chain(stating.iter().flat_map(|fact| runner.facts.claims(*fact))));
        report.findings.extend(compare(runner, rule, qualifier, fact, &stating));
    }
}

fn hull(runner: &Runner<'_>, fact: FactId, reading: Reading) -> Interval {
    let domains = runner.reader.fact(runner.facts.claims(fact), reading);
    let intervals = domains.iter().map(Domain::interval).cloned();
    intervals.reduce(|a, b| a.hull(&b)).unwrap_or(Interval::ALL)
}

fn compare(
    runner: &Runner<'_>,
    rule: &Rule,
    qualifier: QualifierId,
    fact: FactId,
    stating: &[FactId],
) -> Option<Finding> {
    let range = |reading| {
        let hulls = stating.iter().map(|fact| hull(runner, *fact, reading));
        hulls.reduce(|a, b| a.hull(&b)).unwrap_or(Interval::ALL)
    };
    let fits = |reading| hull(runner, fact, reading).overlaps(&range(reading));
    if runner.options.readings.verdict(fits) == Verdict::Holds {
        return None;
    }
    let units = &runner.rules.vocabulary.units;
    let printed = |fact: &FactId| {
        let claims = runner.facts.claims(*fact);
        claims.iter().map(|claim| runner.claims.get(*claim).value.print(units)).collect::<Vec<_>>()
    };
    let mut values: Vec<String> = stating.iter().flat_map(printed).collect();
    values.dedup();
    let detail = Detail::Unstated {
        qualifier: runner.rules.vocabulary.qualifier(qualifier).id.to_string(),
        range: values.join(", "),
    };
    let claims = runner.facts.claims(fact).iter().chain(stating.iter().flat_map(|fact| runner.facts.claims(*fact)));
    Some(super::finding(rule, Some(Verdict::Strained), detail).with(claims.copied()))
}
