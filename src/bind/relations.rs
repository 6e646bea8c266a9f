//! The relations that a text states between its figures, as checks of a claim file.
//!
//! One is written together with the first of its claims; the others may be there already, if they state what it needs.
//! Where all are, it was there once too, or somebody has deleted it. A range of which a relation takes the two ends
//! becomes two drafts, one for each.

use rustc_hash::{FxHashMap, FxHashSet};

use super::file::quoted;
use super::known::Known;
use super::{Bound, naming};
use crate::claims::text::{Stated, TextClaims};
use crate::document::Span;
use crate::extract::Mention;
use crate::figure::Value;

/// A claim of a document, and by index the one that it is already.
#[derive(Clone, Debug)]
pub(super) struct Drafted {
    pub bound: Bound,
    pub known: Option<usize>,
}

/// A rule and, for each of its terms, the name, whether it is a set, and its claims.
pub(super) struct Relation<'t> {
    rule: &'t str,
    terms: Vec<(&'t str, bool, Vec<usize>)>,
}

/// What a relation makes of the claims.
#[derive(Default)]
struct Changes {
    /// Drafts that take another value: a fall is below zero, a number of things has no unit.
    values: Vec<(usize, Value)>,
    /// Drafts of the second ends of ranges.
    ends: Vec<Bound>,
}

/// The relations between claims of which one at least is new.
pub(super) fn relations<'t>(
    claims: &mut Vec<Drafted>,
    mentions: &[Mention],
    ties: &'t TextClaims,
    known: &[Known],
) -> Vec<Relation<'t>> {
    let mut places: FxHashMap<Span, Vec<usize>> = FxHashMap::default();
    for (index, claim) in claims.iter().enumerate() {
        let mention = &mentions[claim.bound.mention];
        places.entry(Span::new(mention.start, mention.end)).or_default().push(index);
    }
    let mut settled: FxHashSet<usize> = FxHashSet::default();
    let mut found = Vec::new();
    for tie in &ties.ties {
        let mut changes = Changes::default();
        let mut taken: FxHashSet<usize> = FxHashSet::default();
        let mut terms = Vec::with_capacity(tie.terms.len());
        for (name, is_set, figures) in &tie.terms {
            let stated = figures.iter().filter_map(|figure| ties.figures.get(*figure));
            let claims: Option<Vec<usize>> = stated
                .map(|figure| {
                    let [claim] = places.get(&figure.span).map(Vec::as_slice)? else { return None };
                    term(claims, known, *claim, figure, &settled, &mut taken, &mut changes)
                })
                .collect();
            let Some(claims) = claims else { break };
            terms.push((*name, *is_set, claims));
        }
        let all = || terms.iter().flat_map(|(.., claims)| claims.iter().copied());
        let is_new = |claim: usize| claims.get(claim).is_none_or(|claim| claim.known.is_none());
        if terms.len() < tie.terms.len() || !all().any(is_new) {
            continue;
        }
        settled.extend(all());
        for (claim, value) in changes.values {
            claims[claim].bound.value = value;
        }
        claims.extend(changes.ends.into_iter().map(|bound| Drafted { bound, known: None }));
        found.push(Relation { rule: &tie.rule, terms });
    }
    found
}

/// The claim that states a figure as a relation needs it, and what has to change for that.
fn term(
    claims: &[Drafted],
    known: &[Known],
    claim: usize,
    figure: &Stated,
    settled: &FxHashSet<usize>,
    taken: &mut FxHashSet<usize>,
    changes: &mut Changes,
) -> Option<usize> {
    let Drafted { bound, known: place } = &claims[claim];
    if let Some(place) = place {
        let (_, value) = known[*place].claim.as_ref()?;
        return (*value == figure.value && taken.insert(claim)).then_some(claim);
    }
    let is_open = bound.about.is_err() && !settled.contains(&claim);
    if !taken.insert(claim) {
        // the second end of a range
        let end = Bound { value: figure.value.clone(), ..bound.clone() };
        let is_range = matches!(&bound.value, Value::Quantity(range) if range.upper.is_some());
        if !is_range || !is_open || changes.ends.iter().any(|other| other.mention == end.mention) {
            return None;
        }
        changes.ends.push(end);
        return Some(claims.len() + changes.ends.len() - 1);
    }
    if bound.value != figure.value {
        if !is_open {
            return None;
        }
        changes.values.push((claim, figure.value.clone()));
    }
    Some(claim)
}

/// A relation as a section of a claim file; `named` are the ids of the claims.
pub(super) fn check(relation: &Relation<'_>, named: &[String], taken: &mut FxHashSet<String>) -> String {
    let ids = |claims: &[usize]| claims.iter().map(|claim| quoted(&named[*claim])).collect::<Vec<_>>().join(", ");
    let terms = relation.terms.iter().map(|(name, is_set, claims)| match is_set {
        true => format!("{name} = [{}]", ids(claims)),
        false => format!("{name} = {}", ids(claims)),
    });
    let first = relation.terms.iter().flat_map(|(.., claims)| claims).map(|claim| named[*claim].as_str()).next();
    let id = naming::free(&format!("{}-{}", first.unwrap_or("figures"), relation.rule), taken);
    let terms: Vec<String> = terms.collect();
    format!("[[check]]\nid = {}\nrule = {}\nterms = {{ {} }}\n\n", quoted(&id), quoted(relation.rule), terms.join(", "))
}
