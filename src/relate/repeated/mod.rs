//! The same figure again elsewhere in a document: in a headline and its text, in a summary and the body.
//!
//! Two figures of one unit that are equal, or differ by one slip of the hand, are taken for one figure if the words around
//! them agree and nothing they say keeps them apart. The fewer digits a figure has, the more must agree. What differs by
//! more is another figure.

mod said;
mod stem;

use rustc_hash::{FxHashMap, FxHashSet};

use super::digits::{Differ, differ};
use super::structure::Structure;
pub(super) use said::Sayings;
use said::{Part, Sentence};

/// Figures of one pattern that are compared; beyond them a document is a list of numbers.
const MOST: usize = 12;

/// Figures of a document among which a rival is looked for, before and behind.
const REACH: usize = 300;
/// How much more must speak for a figure than for its rivals.
const MARGIN: f32 = 0.6;
/// Digits that are seldom alike by chance.
const LONG: usize = 4;
/// Figures beside a figure that are compared.
const BESIDE: usize = 3;

/// Two figures that may be one, and how much says so.
#[derive(Clone, Copy, Debug)]
struct Pair {
    one: usize,
    also: usize,
    differ: Differ,
    evidence: f32,
}

/// The figures of a document that are given again.
pub(super) fn repeated(all: &Sayings, found: &mut Vec<Structure>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut places: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    let mut known: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut patterns = Vec::new();
    for (at, said) in all.said.iter().enumerate() {
        patterns.clear();
        for form in said.digits.forms() {
            form.patterns(&mut patterns);
        }
        for pattern in &patterns {
            let same = places.entry((said.unit, *pattern)).or_default();
            for before in same.iter().rev().copied() {
                let other = &all.said[before];
                if before == at || other.sentence == said.sentence || !known.insert((before, at)) {
                    continue;
                }
                let differ = differ(&other.digits, &said.digits);
                if differ == Differ::Else {
                    continue;
                }
                let evidence = evidence(all, before, at);
                if evidence > 0.0 {
                    pairs.push(Pair { one: before, also: at, differ, evidence });
                }
            }
            if same.len() < MOST && same.last() != Some(&at) {
                same.push(at);
            }
        }
    }
    for pair in &pairs {
        if is_taken(all, pair) {
            found.push(Structure::SameAgain { one: all.said[pair.one].index, also: all.said[pair.also].index });
        }
    }
}

/// Whether two figures are one beyond doubt.
fn is_taken(all: &Sayings, pair: &Pair) -> bool {
    let (one, other) = (&all.said[pair.one], &all.said[pair.also]);
    let digits = one.digits.significant().min(other.digits.significant());
    let needed = match digits {
        0 | 1 => 4.5,
        2 => 3.2,
        3 => 2.0,
        _ => 1.4,
    };
    if pair.evidence < needed {
        return false;
    }
    // of a single digit hardly anything is known
    pair.differ == Differ::Not && digits > 1
        || pair.differ != Differ::Not
            && !is_beside(all, pair.one, pair.also)
            && !is_beside(all, pair.also, pair.one)
            && !has_rival(all, pair, pair.one, pair.also)
            && !has_rival(all, pair, pair.also, pair.one)
}

/// Whether one of two figures stands beside the other as well, so that both are told there.
fn is_beside(all: &Sayings, of: usize, not: usize) -> bool {
    let (own, meant) = (&all.said[of], &all.said[not]);
    let from = not.saturating_sub(2 * BESIDE);
    let others = all.said.iter().skip(from).take(4 * BESIDE + 1);
    let mut twins = others.filter(|other| other.index != own.index && other.unit == own.unit);
    twins.any(|twin| {
        twin.sentence == meant.sentence
            && differ(&twin.digits, &own.digits) == Differ::Not
            && differ(&twin.digits, &meant.digits) != Differ::Not
    })
}

/// Whether another figure fits one of a pair as well, so that the words name more than one.
fn has_rival(all: &Sayings, pair: &Pair, of: usize, not: usize) -> bool {
    let (own, meant) = (&all.said[of], &all.said[not]);
    let from = of.saturating_sub(REACH);
    let others = all.said.iter().enumerate().skip(from).take(2 * REACH);
    let mut fits = others.filter(|(at, rival)| {
        *at != of
            && *at != not
            && rival.unit == own.unit
            && rival.sentence != own.sentence
            && differ(&rival.digits, &own.digits) != Differ::Not
            && differ(&rival.digits, &meant.digits) != Differ::Not
    });
    fits.any(|(at, _)| evidence(all, of, at) + MARGIN > pair.evidence)
}

/// How much says that two figures are one; nothing, where something keeps them apart.
fn evidence(all: &Sayings, at: usize, also: usize) -> f32 {
    let (one, other) = (&all.said[at], &all.said[also]);
    let (of_one, of_other) = (&all.sentences[one.sentence], &all.sentences[other.sentence]);
    let apart = |one: &[u64], other: &[u64]| !one.is_empty() && !other.is_empty() && shared(one, other) == 0;
    if apart(&of_one.years, &of_other.years) || apart(&of_one.months, &of_other.months) {
        return 0.0;
    }
    // lines that begin with their figures list things of one kind
    if one.leads && other.leads && of_one.passage == of_other.passage {
        return 0.0;
    }
    if one.part != other.part && one.part != Part::Value && other.part != Part::Value {
        return 0.0;
    }
    let near = shared(&one.near, &other.near);
    let (in_other, in_one) = (shared(&one.near, &of_other.words), shared(&other.near, &of_one.words));
    let farther = in_other.max(in_one).saturating_sub(near);
    // a bare number is told by what it counts
    let is_same_thing = shared_any(&one.behind, &other.near) || shared_any(&other.behind, &one.near);
    if near + farther == 0 || !one.has_unit && !is_same_thing {
        return 0.0;
    }
    let missing = (one.near.len() - in_other).min(other.near.len() - in_one);
    let names = |own: &[u64], sentence: &Sentence| own.len() - shared(own, &sentence.words).min(own.len());
    let foreign = names(&one.names, of_other).min(names(&other.names, of_one));
    let is_headline = of_one.is_headline || of_other.is_headline;
    // sentences that are alike but for a word on each side are of two things
    let digits = one.digits.significant().min(other.digits.significant());
    if missing > 0 && !is_headline && digits < LONG {
        return 0.0;
    }
    let change = if one.part == Part::Change || other.part == Part::Change { 0.5 } else { 0.0 };
    let parts = if one.part == other.part { change } else { 1.5 };
    let base = near as f32
        + 0.4 * farther as f32
        + if is_same_thing { 0.4 } else { 0.0 }
        + if is_headline { 0.5 } else { 0.0 }
        - missing as f32
        - 1.5 * foreign as f32
        - parts;
    if base > 0.0 { base + company(all, at, also) } else { 0.0 }
}

/// What the figures beside two figures say: the same figures on both sides speak for them, other figures of the same
/// things against.
fn company(all: &Sayings, at: usize, also: usize) -> f32 {
    let beside = |of: usize| {
        let passage = all.sentences[all.said[of].sentence].passage;
        let from = of.saturating_sub(BESIDE);
        let own = all.said.iter().enumerate().skip(from).take(2 * BESIDE + 1);
        own.filter(move |(index, said)| *index != of && all.sentences[said.sentence].passage == passage)
            .map(|(_, said)| said)
    };
    let mut sum: f32 = 0.0;
    for one in beside(at) {
        let of_unit = || beside(also).filter(|other| other.unit == one.unit && other.index != one.index);
        let are_alike = |other: &said::Said| {
            shared(&one.near, &other.near) * 3 >= one.near.len().max(other.near.len()) * 2
                && differ(&one.digits, &other.digits) == Differ::Else
        };
        if of_unit().any(|other| other.digits == one.digits) {
            sum += match one.digits.significant() {
                0 | 1 => 0.2,
                2 => 0.6,
                _ => 1.2,
            };
        } else if !one.near.is_empty() && of_unit().any(are_alike) {
            sum -= 1.5;
        }
    }
    sum.clamp(-4.0, 2.0)
}

fn shared_any(one: &[u64], other: &[u64]) -> bool {
    one.iter().any(|word| other.binary_search(word).is_ok())
}

/// How many of two sorted lists are the same.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut at, mut count) = (0, 0);
    for word in one {
        while other.get(at).is_some_and(|next| next < word) {
            at += 1;
        }
        count += usize::from(other.get(at) == Some(word));
    }
    count
}
