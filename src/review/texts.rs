//! What follows from a revision where no claims are about the text: what each version asserts by itself, checked.
//!
//! Figures of the two versions are the same where the comparison says so; with that, their findings are held against
//! each other. Findings under a reservation are left out, since nobody has said how the figures were rounded.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Checked, Consequences, Edition};
use crate::check::{self, Finding, Options, Verdict};
use crate::claims::Claims;
use crate::document::{Format, Source};
use crate::extract::{self, Options as Reading};
use crate::project::{Documents, Project, severities};
use crate::relate::{self, drafts};
use crate::revise::compare::{Comparison, Version};
use crate::rules::RuleSet;

/// What the versions assert by themselves; nothing for archives, whose figures are counted otherwise there.
pub(super) fn consequences(
    project: &Project,
    rules: &RuleSet,
    editions: [&Edition; 2],
    versions: [&Version<'_>; 2],
    comparison: &Comparison,
) -> Option<Consequences> {
    if editions.iter().any(|edition| edition.document.format == Format::Docx) || comparison.is_another_text() {
        return None;
    }
    let (old, new) = rayon::join(|| checked(project, rules, editions[0]), || checked(project, rules, editions[1]));
    let topics = |checked: &Checked, is_new: bool| -> Vec<Topic> {
        let version = versions[usize::from(is_new)];
        checked
            .outcome
            .findings
            .iter()
            .map(|finding| topic(&checked.claims, finding, version, comparison, is_new))
            .collect()
    };
    let (before, after) = (topics(&old, false), topics(&new, true));
    let without = |checked: &Checked, own: &[Topic], other: &[Topic]| -> Vec<Finding> {
        let other: FxHashSet<&Topic> = other.iter().collect();
        let findings = checked.outcome.findings.iter().zip(own);
        findings.filter(|(_, topic)| !other.contains(topic)).map(|(finding, _)| finding.clone()).collect()
    };
    let appeared = without(&new, &after, &before);
    let resolved = without(&old, &before, &after);
    let remaining = new.outcome.findings.len() - appeared.len();
    let holding = holding(&old, &new, versions, comparison);
    Some(Consequences {
        document: Box::default(),
        fates: Vec::new(),
        found: 0,
        asked: 0,
        appeared,
        resolved,
        remaining,
        holding,
        stale: Vec::new(),
        old,
        new,
    })
}

fn checked(project: &Project, rules: &RuleSet, edition: &Edition) -> Checked {
    let source = Source::of_text(&*edition.document.text, edition.document.format);
    let blocks = source.blocks();
    let read = extract::read_blocks(&source, &blocks, &Reading::default());
    let structures = relate::structures(&blocks, &read, &rules.vocabulary.units);
    let mut claims = Claims::default();
    claims.add_text(drafts::drafts(&edition.name, &read, &structures, rules));
    let mut outcome = check::run(rules, &claims, &Options { keep_all: true, ..Options::default() });
    severities::apply(&project.config, &claims, &mut outcome);
    outcome.findings.retain(|finding| finding.verdict != Some(Verdict::Strained));
    Checked { claims, outcome, documents: Documents::default() }
}

/// A figure of either version: by its place in the old text where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Figure {
    Old(usize),
    New(usize),
    /// Something else that a structure is made of, by its byte.
    Place(bool, u32),
}

type Topic = (Box<str>, Vec<Figure>);

fn topic(claims: &Claims, finding: &Finding, version: &Version<'_>, comparison: &Comparison, is_new: bool) -> Topic {
    let mut figures: Vec<Figure> =
        finding.claims().map(|claim| figure(claims, claim, version, comparison, is_new)).collect();
    figures.sort_unstable();
    figures.dedup();
    (finding.rule.clone(), figures)
}

fn figure(
    claims: &Claims,
    claim: crate::claims::ClaimIndex,
    version: &Version<'_>,
    comparison: &Comparison,
    is_new: bool,
) -> Figure {
    let span = claims.get(claim).value_span;
    match version.mention_at(span.range()) {
        None => Figure::Place(is_new, span.start),
        Some(mention) if !is_new => Figure::Old(mention),
        Some(mention) => comparison.of_new(mention).map_or(Figure::New(mention), |pair| Figure::Old(pair.old)),
    }
}

/// Checks that hold in both versions although one of their figures has changed.
fn holding(old: &Checked, new: &Checked, versions: [&Version<'_>; 2], comparison: &Comparison) -> usize {
    let held = |checked: &Checked, is_new: bool| -> FxHashMap<Topic, bool> {
        let made = checked.outcome.checks.iter().filter(|made| made.verdict == Verdict::Holds);
        made.map(|made| {
            let version = versions[usize::from(is_new)];
            let mut figures: Vec<Figure> = made
                .participants
                .iter()
                .map(|participant| figure(&checked.claims, participant.claim, version, comparison, is_new))
                .collect();
            figures.sort_unstable();
            figures.dedup();
            let has_changed = figures.iter().any(|figure| match figure {
                Figure::Old(mention) => comparison
                    .of_old(*mention)
                    .is_some_and(|pair| pair.change == crate::revise::compare::Change::Changed),
                _ => false,
            });
            ((made.rule.clone(), figures), has_changed)
        })
        .collect()
    };
    let (before, after) = (held(old, false), held(new, true));
    before.iter().filter(|(topic, has_changed)| **has_changed && after.contains_key(topic)).count()
}
