//! Claims against the text that they were read from, as it is now.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::finding::Detail;
use super::super::run::Runner;
use super::{Report, all_claims, finding};
use crate::claims::ClaimIndex;
use crate::revise::{Standing, Standings};
use crate::rules::rule::Rule;

/// The claims whose text is at hand, with what has become of their figures. Where the text is another one altogether,
/// this is said once and no more of it.
fn standing<'a>(runner: &'a Runner<'_>) -> Vec<(ClaimIndex, &'a Standing)> {
    let Some(standings) = runner.options.standings else { return Vec::new() };
    let is_other = |index: &ClaimIndex| {
        let file = runner.claims.file(runner.claims.get(*index));
        file.document.as_deref().is_some_and(|document| standings.another_text(document).is_some())
    };
    let known = all_claims(runner).filter_map(|index| Some((index, standings.get(index)?)));
    known.filter(|(index, _)| !is_other(index)).collect()
}

/// The figure of a claim is in its text.
pub(super) fn figure_in_text(runner: &Runner<'_>, rule: &Rule) -> Report {
    let mut report = Report::default();
    report
        .findings
        .extend(runner.options.standings.into_iter().flat_map(|standings| another_text(runner, rule, standings)));
    for (index, standing) in standing(runner) {
        let lines = match standing {
            Standing::Missing => Vec::new(),
            Standing::Ambiguous(lines) => lines.clone(),
            _ => continue,
        };
        let text = runner.claims.source_text(index).to_owned();
        report.findings.push(finding(rule, None, Detail::NotInText { text, lines }).with([index]));
    }
    report
}

fn another_text<'a>(
    runner: &'a Runner<'_>,
    rule: &'a Rule,
    standings: &'a Standings,
) -> impl Iterator<Item = super::Finding> + 'a {
    standings.texts.iter().filter(|text| text.is_another_text()).map(|text| {
        let claims = runner.claims;
        let of_text = |index: &ClaimIndex| {
            claims.file(claims.get(*index)).document.as_deref() == Some(&*text.document)
                && standings.get(*index).is_some()
        };
        let first = claims.iter().map(|(index, _)| index).find(of_text);
        let detail = Detail::AnotherText { document: text.document.to_string(), found: text.found, asked: text.asked };
        finding(rule, None, detail).with(first)
    })
}

/// The value of a claim is the figure that stands in its place.
pub(super) fn value_as_in_text(runner: &Runner<'_>, rule: &Rule) -> Report {
    let mut report = Report::default();
    let units = &runner.rules.vocabulary.units;
    for (index, standing) in standing(runner) {
        let Standing::Changed(changed) = standing else { continue };
        if changed.agrees {
            continue;
        }
        let detail = Detail::Revised {
            text: changed.text.to_string(),
            value: changed.value.as_ref().map(|value| value.print(units)),
        };
        report.findings.push(finding(rule, None, detail).with([index]));
    }
    report
}

/// The place of a claim is where its figure stands. One note for each file: a line at the top moves everything.
pub(super) fn place_as_claimed(runner: &Runner<'_>, rule: &Rule) -> Report {
    let mut by_file: FxHashMap<u32, Vec<ClaimIndex>> = FxHashMap::default();
    for (index, standing) in standing(runner) {
        let is_elsewhere = match standing {
            Standing::Moved(_) => true,
            Standing::Changed(changed) => changed.agrees,
            _ => false,
        };
        if is_elsewhere {
            by_file.entry(runner.claims.get(index).file).or_default().push(index);
        }
    }
    let mut report = Report::default();
    for claims in by_file.into_values() {
        report.findings.push(finding(rule, None, Detail::Moved).with(claims));
    }
    report
}

/// Every figure of a text has a claim.
pub(super) fn figures_claimed(runner: &Runner<'_>, rule: &Rule) -> Report {
    let uncovered = runner.options.figures.into_iter().flat_map(|figures| &figures.uncovered);
    let findings = uncovered.map(|claim| finding(rule, None, Detail::Unclaimed).with([*claim]));
    Report { findings: findings.collect(), ..Report::default() }
}

/// A text and its translation state the same figures.
pub(super) fn translations_agree(runner: &Runner<'_>, rule: &Rule) -> Report {
    let differing = runner.options.figures.into_iter().flat_map(|figures| &figures.differing);
    let findings = differing.map(|(own, other)| finding(rule, None, Detail::TranslatedOtherwise).with([*own, *other]));
    Report { findings: findings.collect(), ..Report::default() }
}

/// What one of two texts states, its translation states too.
pub(super) fn translations_complete(runner: &Runner<'_>, rule: &Rule) -> Report {
    let lacking = runner.options.figures.into_iter().flat_map(|figures| &figures.lacking);
    let detail = |document: &str| Detail::Untranslated { document: document.to_owned() };
    let findings = lacking.map(|(claim, document)| finding(rule, None, detail(document)).with([*claim]));
    Report { findings: findings.collect(), ..Report::default() }
}
