//! Whether one check can hold in a reading.
//!
//! A term whose fact conflicts with itself offers each of its claims in turn.

use super::domain::Domain;
use super::evaluate::{Evaluator, TermDomains};
use super::facts::Reader;
use crate::claims::ClaimIndex;
use crate::figure::Reading;
use crate::rules::expression::Node;

/// The claims behind each term of a check: for each fact of the term, its claims.
#[derive(Clone, Debug, Default)]
pub struct TermClaims {
    pub is_set: bool,
    pub facts: Vec<Vec<ClaimIndex>>,
    /// For a variable in place of a term: the word and the days of the period that it holds.
    pub given: Option<(Box<str>, Domain)>,
}

/// More combinations of conflicting claims than this are not tried: the facts beyond offer all of their claims at
/// once, as the hull of them, which accuses less.
const MOST_COMBINATIONS: usize = 256;

/// Whether the assertion can hold in this reading, with some choice among conflicting claims.
pub fn can_hold(node: &Node, terms: &[TermClaims], reader: Reader<'_>, reading: Reading) -> bool {
    holding_choice(node, terms, &options(terms, reader, |_| reading), reader).is_some()
}

/// The first choice among the alternatives with which the assertion can hold.
pub fn holding_choice(
    node: &Node,
    terms: &[TermClaims],
    options: &[Vec<Domain>],
    reader: Reader<'_>,
) -> Option<Vec<usize>> {
    let units = &reader.vocabulary.units;
    choices(options).find(|choice| {
        let domains = choose(terms, options, choice);
        Evaluator { terms: &domains, units }.truth(node).can_hold
    })
}

/// The alternatives of every fact of every term, in order, each fact in the reading that is given for its place.
pub fn options(terms: &[TermClaims], reader: Reader<'_>, reading: impl Fn(usize) -> Reading) -> Vec<Vec<Domain>> {
    let mut combinations = 1_usize;
    let mut options = Vec::new();
    for (place, claims) in terms.iter().flat_map(|term| &term.facts).enumerate() {
        let mut alternatives = reader.fact(claims, reading(place));
        combinations = combinations.saturating_mul(alternatives.len().max(1));
        if combinations > MOST_COMBINATIONS {
            alternatives = hull(alternatives);
        }
        options.push(alternatives);
    }
    options
}

fn hull(alternatives: Vec<Domain>) -> Vec<Domain> {
    let joined = alternatives.into_iter().reduce(|a, b| match (a, b) {
        (Domain::Number { interval: x, calendar }, Domain::Number { interval: y, calendar: other })
            if calendar == other =>
        {
            Domain::Number { interval: x.hull(&y), calendar }
        }
        (Domain::Days(x), Domain::Days(y)) => Domain::Days(x.hull(&y)),
        (Domain::Extent { start: a, end: b }, Domain::Extent { start: c, end: d }) => {
            Domain::Extent { start: a.hull(&c), end: b.hull(&d) }
        }
        _ => Domain::Number { interval: crate::figure::Interval::ALL, calendar: false },
    });
    joined.into_iter().collect()
}

/// Every way to pick one alternative for each fact, the first ones first.
pub fn choices(options: &[Vec<Domain>]) -> impl Iterator<Item = Vec<usize>> {
    let sizes: Vec<usize> = options.iter().map(|alternatives| alternatives.len().max(1)).collect();
    let total = sizes.iter().fold(1_usize, |total, size| total.saturating_mul(*size));
    (0..total).map(move |mut number| {
        sizes
            .iter()
            .map(|size| {
                let index = number % size;
                number /= size;
                index
            })
            .collect()
    })
}

/// The domains of the terms under one choice.
pub fn choose(terms: &[TermClaims], options: &[Vec<Domain>], choice: &[usize]) -> Vec<TermDomains> {
    let mut position = 0;
    let mut domains = Vec::with_capacity(terms.len());
    for term in terms {
        let chosen: Vec<Domain> = (position..position + term.facts.len())
            .filter_map(|index| options.get(index)?.get(*choice.get(index)?).cloned())
            .collect();
        position += term.facts.len();
        if let Some((_, domain)) = &term.given {
            domains.push(TermDomains::One(domain.clone()));
            continue;
        }
        domains.push(if term.is_set {
            TermDomains::Set(chosen)
        } else {
            match chosen.into_iter().next() {
                Some(domain) => TermDomains::One(domain),
                None => TermDomains::Set(Vec::new()),
            }
        });
    }
    domains
}
