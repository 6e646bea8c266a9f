//! From a review of a revision to something to read: one account, three formats.
//!
//! The account is made here, in words that any format can show; [`human`], [`markdown`] and [`json`] decide only how.

pub mod human;
pub mod json;
pub mod markdown;

use rustc_hash::FxHashMap;

use super::statement::{Statement, line};
use super::words::{self, count};
use super::{Report, Sources};
use crate::check::Finding;
use crate::claims::ClaimIndex;
use crate::extract::Mention;
use crate::extract::output::meaning;
use crate::figure::Units;
use crate::project::Repository;
use crate::review::{Checked, Consequences, Review};
use crate::revise::compare::{Change, Pair, Version};
use crate::revise::difference::{Difference, difference};
use crate::revise::slip::slip;
use crate::revise::value::stated;

/// A review with what is needed to show it.
pub struct Account<'a> {
    pub review: &'a Review<'a>,
    /// Names of the two versions.
    pub names: [&'a str; 2],
    pub sources: &'a Sources,
    pub repository: &'a Repository,
    /// The claims on each mention, of the old and of the new version.
    claims: [FxHashMap<usize, Vec<ClaimIndex>>; 2],
}

/// A figure that changed, moved, came or went, in words.
#[derive(Debug, Default)]
pub struct Line {
    /// `line 24`, or `line 24 → 26`.
    pub place: String,
    /// What it says: `6,467 km`, or `6,467 km → 6,476 km`.
    pub says: String,
    pub difference: Option<Difference>,
    pub slip: Option<&'static str>,
    /// The facts of its claims, with their ids.
    pub about: Vec<String>,
    /// The figure among a few words of its text.
    pub excerpt: String,
}

impl<'a> Account<'a> {
    pub fn new(
        review: &'a Review<'a>,
        names: [&'a str; 2],
        sources: &'a Sources,
        repository: &'a Repository,
    ) -> Account<'a> {
        let mut claims = [FxHashMap::default(), FxHashMap::default()];
        for fate in review.consequences.iter().flat_map(|consequences| &consequences.fates) {
            for (side, state) in claims.iter_mut().zip([&fate.old, &fate.new]) {
                if let Some(mention) = state.as_ref().and_then(|state| state.mention) {
                    side.entry(mention).or_insert_with(Vec::new).push(fate.claim);
                }
            }
        }
        Account { review, names, sources, repository, claims }
    }

    /// A report on one version of the claims.
    pub fn report(&'a self, checked: &'a Checked) -> Report<'a> {
        Report {
            rules: &self.review.rules,
            claims: &checked.claims,
            outcome: &checked.outcome,
            problems: &self.review.problems,
            documents: &checked.documents,
            sources: self.sources,
            all: false,
            limit: None,
            failing: crate::rules::Severity::Error,
            repository: self.repository,
            excluded: 0,
            stale: 0,
            coverage: &[],
        }
    }

    pub fn pairs(&self, change: Change) -> impl Iterator<Item = &Pair> {
        self.review.comparison.pairs.iter().filter(move |pair| pair.is_shown && pair.change == change)
    }

    /// The ids of the claims on a pair of mentions.
    pub fn claims_of(&self, old: Option<usize>, new: Option<usize>) -> Vec<ClaimIndex> {
        let [of_old, of_new] = &self.claims;
        let old = old.and_then(|mention| of_old.get(&mention));
        let new = new.and_then(|mention| of_new.get(&mention));
        let mut claims: Vec<ClaimIndex> = old.into_iter().chain(new).flatten().copied().collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// What happened, in one sentence.
    pub fn headline(&self) -> String {
        let comparison = &self.review.comparison;
        let figures = comparison.found() + comparison.removed.len();
        if comparison.is_another_text() {
            let claims = self.review.consequences.as_ref().map_or(String::new(), |consequences| {
                format!("; {} of {} are found in both", found_in_both(consequences), count(consequences.asked, "claim"))
            });
            let found = comparison.found();
            return format!(
                "This is a different text: {found} of {} are found again{claims}.",
                count(figures, "figure")
            );
        }
        let parts = [
            (comparison.count(Change::Changed), "changed"),
            (comparison.added.len(), "added"),
            (comparison.removed.len(), "removed"),
            (comparison.count(Change::Moved), "moved"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
        let same = comparison.count(Change::Same);
        match parts.is_empty() {
            true if figures == 0 => "Neither text has a figure.".to_owned(),
            true => format!("{} and none has changed.", count(figures, "figure")),
            false => format!("{}, {same} as they were.", words::and(&parts).replace(" and ", ", ")),
        }
    }

    /// A pair of figures.
    pub fn pair(&self, pair: &Pair) -> Option<Line> {
        let old = self.review.old.mentions.get(pair.old)?;
        let new = self.review.new.mentions.get(pair.new)?;
        let place = if old.line == new.line {
            format!("line {}", new.line)
        } else {
            format!("line {} → {}", old.line, new.line)
        };
        let is_changed = pair.change == Change::Changed;
        let (before, after) = (self.shown(old), self.shown(new));
        let says = match (is_changed, before == after) {
            (false, _) => after,
            (true, false) => format!("{before} → {after}"),
            // what differs is how it is written
            (true, true) => format!("{before} → {after} ({} → {})", line(&old.text), line(&new.text)),
        };
        Some(Line {
            place,
            says,
            difference: difference(old, new).filter(|_| is_changed),
            slip: slip(old, new, self.units()).filter(|_| is_changed),
            about: self.about(&self.claims_of(Some(pair.old), Some(pair.new))),
            excerpt: excerpt(&self.review.new, new),
        })
    }

    /// Figures that moved, those that moved together in one line: a paragraph, a section.
    pub fn moved(&self) -> Vec<Line> {
        let mut groups: Vec<Vec<&Pair>> = Vec::new();
        for pair in self.pairs(Change::Moved) {
            let shift = |pair: &Pair| {
                let (old, new) = (self.review.old.mentions.get(pair.old)?, self.review.new.mentions.get(pair.new)?);
                Some(new.line as i64 - old.line as i64)
            };
            match groups.last_mut() {
                Some(group) if group.last().is_some_and(|last| shift(last) == shift(pair)) => group.push(pair),
                _ => groups.push(vec![pair]),
            }
        }
        groups.iter().filter_map(|group| self.moved_together(group)).collect()
    }

    fn moved_together(&self, group: &[&Pair]) -> Option<Line> {
        let (first, last) = (group.first()?, group.last()?);
        if group.len() == 1 {
            return self.pair(first);
        }
        let old = |pair: &Pair| self.review.old.mentions.get(pair.old);
        let new = |pair: &Pair| self.review.new.mentions.get(pair.new);
        let lines = |from: usize, to: usize| if from == to { from.to_string() } else { format!("{from}–{to}") };
        let (before, after) = (lines(old(first)?.line, old(last)?.line), lines(new(first)?.line, new(last)?.line));
        const MOST: usize = 6;
        let mut says: Vec<String> = group
            .iter()
            .take(MOST)
            .filter_map(|pair| Some(self.shown(self.review.new.mentions.get(pair.new)?)))
            .collect();
        if group.len() > MOST {
            says.push(format!("{} more", group.len() - MOST));
        }
        let word = if before.contains('–') { "lines" } else { "line" };
        Some(Line { place: format!("{word} {before} → {after}"), says: says.join(", "), ..Line::default() })
    }

    /// A figure that one version alone has.
    pub fn single(&self, version: &Version<'_>, at: usize, is_new: bool) -> Option<Line> {
        let mention = version.mentions.get(at)?;
        let claims = if is_new { self.claims_of(None, Some(at)) } else { self.claims_of(Some(at), None) };
        Some(Line {
            place: format!("line {}", mention.line),
            says: self.shown(mention),
            about: self.about(&claims),
            excerpt: excerpt(version, mention),
            ..Line::default()
        })
    }

    pub fn units(&self) -> &Units {
        &self.review.rules.vocabulary.units
    }

    /// What a mention says, or how it is written where it says nothing that can be printed.
    pub fn shown(&self, mention: &Mention) -> String {
        let value = stated(mention, self.units()).map(|value| value.print(self.units()));
        let meaning = value.unwrap_or_else(|| meaning(mention));
        line(if meaning.trim().is_empty() { &mention.text } else { &meaning })
    }

    fn about(&self, claims: &[ClaimIndex]) -> Vec<String> {
        let Some(consequences) = &self.review.consequences else { return Vec::new() };
        let report = self.report(&consequences.new);
        // what left a version has no key there
        let old = self.report(&consequences.old);
        claims
            .iter()
            .map(|claim| {
                let report = if report.claims.get(*claim).key.is_some() { &report } else { &old };
                let id = report.claims.id(*claim);
                let fact = report.claims.get(*claim).key.map(|_| words::fact(report, *claim));
                line(&fact.map_or_else(|| id.to_owned(), |fact| format!("{fact} ({id})")))
            })
            .collect()
    }

    /// What a finding says, with the claims that it is about; of one that is resolved, only the headline.
    pub fn finding(&self, checked: &Checked, finding: &Finding, is_new: bool) -> Vec<String> {
        const MOST_DETAILS: usize = 4;
        const MOST_IDS: usize = 6;
        let report = self.report(checked);
        let mut lines = Statement::of(&report, finding).lines();
        lines.truncate(if is_new { 1 + MOST_DETAILS } else { 1 });
        let is_own = |claim: &ClaimIndex| !report.claims.is_in_text(*claim);
        let mut ids: Vec<&str> = finding.claims().filter(is_own).map(|claim| report.claims.id(claim)).collect();
        ids.dedup();
        let more = ids.len().saturating_sub(MOST_IDS);
        ids.truncate(MOST_IDS);
        let mut about = line(&ids.join(", "));
        if more > 0 {
            about.push_str(&format!(" and {}", count(more, "other")));
        }
        lines.extend((!about.is_empty()).then_some(about));
        lines
    }

    /// Claims that no longer say what the text says, by what is to be done: ids that take a new value, that need a
    /// person, that have no figure any more.
    pub fn stale(&self) -> [Vec<&str>; 3] {
        let mut stale = [Vec::new(), Vec::new(), Vec::new()];
        let Some(consequences) = &self.review.consequences else { return stale };
        for fate in consequences.fates.iter().filter(|fate| consequences.stale.contains(&fate.claim)) {
            let kind = match &fate.new {
                Some(state) if state.is_known => 0,
                Some(_) => 1,
                None => 2,
            };
            stale[kind].push(consequences.new.claims.id(fate.claim));
        }
        stale
    }
}

/// Claims whose figure both versions have.
pub fn found_in_both(consequences: &Consequences) -> usize {
    consequences.fates.iter().filter(|fate| fate.old.is_some() && fate.new.is_some()).count()
}

/// Words on either side of a figure that are shown.
const AROUND: usize = 5;

/// A figure among a few words of its paragraph, on one line.
fn excerpt(version: &Version<'_>, mention: &Mention) -> String {
    let (text, words) = (version.index.text, &version.index.words);
    let range = crate::revise::words::within(words, mention.start..mention.end);
    // an empty line ends a paragraph
    let is_apart = |before: usize, after: usize| {
        let between =
            words.get(before).zip(words.get(after)).and_then(|(a, b)| text.get(a.end as usize..b.start as usize));
        between.is_none_or(|between| between.bytes().filter(|byte| *byte == b'\n').count() > 1)
    };
    let (mut from, mut to) = (range.start, range.end);
    while from > 0 && range.start - from < AROUND && !is_apart(from - 1, from) {
        from -= 1;
    }
    while to < words.len() && to - range.end < AROUND && !is_apart(to - 1, to) {
        to += 1;
    }
    let start = words.get(from).map_or(mention.start, |word| (word.start as usize).min(mention.start));
    let last = to.checked_sub(1).and_then(|last| words.get(last));
    let end = last.map_or(mention.end, |word| (word.end as usize).max(mention.end));
    let seen = version.index.document.seen(start..end);
    let shown = line(&seen.split_whitespace().collect::<Vec<_>>().join(" "));
    let goes_on = |is_more: bool| if is_more { "…" } else { "" };
    let before = goes_on(from > 0 && !is_apart(from - 1, from));
    let after = goes_on(to < words.len() && !is_apart(to - 1, to));
    format!("{before} {shown} {after}").trim().to_owned()
}
