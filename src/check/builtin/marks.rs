//! Footnote marks and other running numbers: each follows the one before it.

use rustc_hash::FxHashMap;

use super::super::finding::Detail;
use super::super::run::Runner;
use super::{Report, finding};
use crate::claims::{ClaimIndex, FactKey};
use crate::figure::{Number, Value};
use crate::rules::rule::Rule;

/// The tag of measures whose values run on.
const TAG: &str = "mark";

/// A mark with its line and claim.
type Mark = (u32, ClaimIndex, i64);

/// In every document, the marks of one fact in the order of their lines rise one by one.
pub(super) fn mark_order(runner: &Runner<'_>, rule: &Rule) -> Report {
    let claims = runner.claims;
    let is_tagged: Vec<bool> =
        runner.rules.vocabulary.measures().map(|(_, measure)| measure.tags.iter().any(|tag| &**tag == TAG)).collect();
    let mut series: FxHashMap<(&str, FactKey), Vec<Mark>> = FxHashMap::default();
    for (index, claim) in claims.iter() {
        let Some(key) = claim.key.filter(|key| is_tagged[usize::from(key.measure.0)]) else { continue };
        let number = match &claim.value {
            Value::Quantity(quantity) => quantity.number.nominal().to_i64(),
            Value::Rank { place, .. } => Number::from(i64::from(*place)).to_i64(),
            _ => None,
        };
        if let Some(number) = number {
            let document = claims.file(claim).document.as_deref().unwrap_or_default();
            series.entry((document, key)).or_default().push((claim.source.line, index, number));
        }
    }
    let mut report = Report::default();
    for mut marks in series.into_values() {
        marks.sort_by_key(|(line, index, _)| (*line, *index));
        report.checks += 1;
        report.touched.extend(marks.iter().map(|(_, index, _)| *index));
        let mut previous: Option<(ClaimIndex, i64)> = None;
        for (_, index, mark) in marks {
            let expected = previous.map_or(1, |(_, number)| number + 1);
            if mark != expected {
                let detail = Detail::Marks { previous: previous.map(|(_, number)| number), mark };
                let involved = previous.map(|(index, _)| index).into_iter().chain([index]);
                report.findings.push(finding(rule, None, detail).with(involved));
            }
            previous = Some((index, mark));
        }
    }
    report
}
