//! `kzcheck diff --format json`, version 1: a contract. Mentions have the fields of `extract`, findings those of `check`.

use serde::Serialize;

use super::{Account, found_in_both};
use crate::check::Finding;
use crate::claims::ClaimIndex;
use crate::extract::output::Line;
use crate::report::json::{JsonFinding, finding};
use crate::report::json_text;
use crate::report::problem::ShownProblem;
use crate::review::Checked;
use crate::revise::compare::{Change, Pair};
use crate::revise::difference::difference;
use crate::revise::slip::slip;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    changed: Vec<Changed<'a>>,
    added: Vec<Single<'a>>,
    removed: Vec<Single<'a>>,
    moved: Vec<Moved<'a>>,
    appeared: Vec<JsonFinding>,
    resolved: Vec<JsonFinding>,
    stale: Vec<&'a str>,
    problems: Vec<ShownProblem>,
    summary: Summary,
}

#[derive(Serialize)]
struct Changed<'a> {
    old: Line<'a>,
    new: Line<'a>,
    slip: Option<&'static str>,
    /// In the unit of the figure, with its sign.
    difference: Option<String>,
    /// In hundredths of the old figure.
    relative: Option<String>,
    claims: Vec<&'a str>,
}

#[derive(Serialize)]
struct Moved<'a> {
    old: Line<'a>,
    new: Line<'a>,
    claims: Vec<&'a str>,
}

#[derive(Serialize)]
struct Single<'a> {
    #[serde(flatten)]
    mention: Line<'a>,
    claims: Vec<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    changed: usize,
    added: usize,
    removed: usize,
    moved: usize,
    unchanged: usize,
    /// Whether too little is found again for these to be versions of one text.
    another_text: bool,
    document: Option<String>,
    claims: usize,
    claims_found: usize,
    appeared: usize,
    resolved: usize,
    remaining: usize,
    holding: usize,
    stale: usize,
    problems: usize,
}

/// The whole review as one JSON object, with a line end.
pub fn render(account: &Account<'_>) -> String {
    let review = account.review;
    let comparison = &review.comparison;
    let consequences = review.consequences.as_ref();
    let single = |at: usize, is_new: bool| {
        let version = if is_new { &review.new } else { &review.old };
        let claims = if is_new { account.claims_of(None, Some(at)) } else { account.claims_of(Some(at), None) };
        let mention = Line::new(account.names[usize::from(is_new)], version.mentions.get(at)?);
        Some(Single { mention, claims: ids(account, &claims) })
    };
    let findings = |checked: Option<&Checked>, found: &[Finding]| -> Vec<JsonFinding> {
        let Some(checked) = checked else { return Vec::new() };
        let report = account.report(checked);
        found.iter().map(|found| finding(&report, found)).collect()
    };
    let count = |of: fn(&crate::review::Consequences) -> usize| consequences.map_or(0, of);
    let output = Output {
        version: 1,
        changed: account.pairs(Change::Changed).filter_map(|pair| changed(account, pair)).collect(),
        added: comparison.added.iter().filter_map(|at| single(*at, true)).collect(),
        removed: comparison.removed.iter().filter_map(|at| single(*at, false)).collect(),
        moved: account.pairs(Change::Moved).filter_map(|pair| moved(account, pair)).collect(),
        appeared: findings(
            consequences.map(|consequences| &consequences.new),
            consequences.map_or(&[], |consequences| &consequences.appeared),
        ),
        resolved: findings(
            consequences.map(|consequences| &consequences.old),
            consequences.map_or(&[], |consequences| &consequences.resolved),
        ),
        stale: consequences.map_or(Vec::new(), |consequences| ids(account, &consequences.stale)),
        problems: review.problems.iter().map(|problem| ShownProblem::new(account.sources, problem)).collect(),
        summary: Summary {
            changed: comparison.count(Change::Changed),
            added: comparison.added.len(),
            removed: comparison.removed.len(),
            moved: comparison.count(Change::Moved),
            unchanged: comparison.count(Change::Same),
            another_text: comparison.is_another_text(),
            document: consequences.map(|consequences| consequences.document.to_string()).filter(|id| !id.is_empty()),
            claims: count(|consequences| consequences.asked),
            claims_found: count(found_in_both),
            appeared: count(|consequences| consequences.appeared.len()),
            resolved: count(|consequences| consequences.resolved.len()),
            remaining: count(|consequences| consequences.remaining),
            holding: count(|consequences| consequences.holding),
            stale: count(|consequences| consequences.stale.len()),
            problems: review.problems.len(),
        },
    };
    json_text::pretty(&output)
}

fn ids<'a>(account: &Account<'a>, claims: &[ClaimIndex]) -> Vec<&'a str> {
    let Some(consequences) = account.review.consequences.as_ref() else { return Vec::new() };
    claims.iter().map(|claim| consequences.new.claims.id(*claim)).collect()
}

fn changed<'a>(account: &'a Account<'a>, pair: &Pair) -> Option<Changed<'a>> {
    let (old, new) = (account.review.old.mentions.get(pair.old)?, account.review.new.mentions.get(pair.new)?);
    let difference = difference(old, new);
    Some(Changed {
        old: Line::new(account.names[0], old),
        new: Line::new(account.names[1], new),
        slip: slip(old, new, account.units()),
        relative: difference.as_ref().and_then(|difference| difference.relative.clone()),
        difference: difference.map(|difference| difference.absolute),
        claims: ids(account, &account.claims_of(Some(pair.old), Some(pair.new))),
    })
}

fn moved<'a>(account: &'a Account<'a>, pair: &Pair) -> Option<Moved<'a>> {
    Some(Moved {
        old: Line::new(account.names[0], account.review.old.mentions.get(pair.old)?),
        new: Line::new(account.names[1], account.review.new.mentions.get(pair.new)?),
        claims: ids(account, &account.claims_of(Some(pair.old), Some(pair.new))),
    })
}
