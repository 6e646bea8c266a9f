//! Finding a figure again in a text that has been edited since.
//!
//! After the selectors of the W3C's Web Annotation model (a quote with what stands before and behind it, and a position)
//! and the order in which Hypothesis tries them: the exact place; then the figure wherever it stands, told apart by its
//! context; then the place that the context alone points to, where another figure may stand now. Each step takes only
//! what is plain. Among equals the neighbours decide: claims whose place is settled say how far their part of the text
//! has moved. What is still not plain is ambiguous, and is said to be.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::align::{self, Fit};
use super::index::Index;
use super::neighbours::Neighbours;
use super::votes;
use super::words::{Word, words};
use crate::claims::Context;

/// What is known of a figure's place.
#[derive(Clone, Copy, Debug)]
pub struct Anchor<'a> {
    /// From 1; 0 where it is not known.
    pub line: u32,
    /// The figure as written.
    pub text: &'a str,
    pub context: Option<Context>,
}

/// Where a figure is found. Ranges are of words of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The same figure.
    Found(Range<usize>),
    /// The context is here; the figure is not, and these words stand in its place.
    Replaced(Range<usize>),
    /// It may stand at any of these places.
    Ambiguous(Vec<usize>),
    Missing,
}

/// Hundredths of a context that are enough wherever the figure stands.
const PLAIN: u32 = 50;
/// Hundredths that are enough where the neighbours agree.
const LIKELY: u32 = 34;
/// Hundredths that are enough for another figure where there are no neighbours to ask.
const ALONE: u32 = 60;
/// … where the neighbours have gone elsewhere.
const FAR: u32 = 80;
/// Bits by which one place must be better than the next.
const MARGIN: u32 = 4;
/// A figure that stands oftener is looked for only on its line and where its context points to.
const MANY: usize = 512;
/// Places of an ambiguous figure that are remembered.
const MOST_PLACES: usize = 64;

/// A place where the figure stands, and how its context fits.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    first: usize,
    fit: Fit,
    line: usize,
}

/// What the first look at an anchor gives.
enum Look {
    Settled(Candidate),
    Open(Vec<Candidate>),
}

/// Finds all figures of a text; the result has the order of the anchors.
pub fn find(index: &Index<'_>, anchors: &[Anchor<'_>]) -> Vec<Place> {
    let patterns: Vec<Vec<Word>> = anchors.iter().map(|anchor| words(anchor.text)).collect();
    let looks: Vec<Look> =
        anchors.par_iter().zip(&patterns).map(|(anchor, pattern)| first_look(index, anchor, pattern)).collect();
    let looks = in_order_on_a_line(index, anchors, &patterns, looks);
    let settled = anchors.iter().zip(&looks).filter_map(|(anchor, look)| match look {
        Look::Settled(candidate) => Some((anchor.line, candidate.line)),
        Look::Open(_) => None,
    });
    let neighbours = Neighbours::new(settled.collect());
    let mut places: Vec<Place> = Vec::with_capacity(anchors.len());
    let mut chosen: Vec<Option<Candidate>> = Vec::with_capacity(anchors.len());
    for ((anchor, pattern), look) in anchors.iter().zip(&patterns).zip(looks) {
        let (candidate, place) = match look {
            Look::Settled(candidate) => (Some(candidate), Place::Missing),
            Look::Open(candidates) => decide(anchor, &neighbours, &candidates),
        };
        let found = candidate.map(|candidate| Place::Found(candidate.first..candidate.first + pattern.len()));
        places.push(found.unwrap_or(place));
        chosen.push(candidate);
    }
    one_claim_one_place(anchors, &chosen, &mut places);
    let taken = Taken::of(anchors, &places);
    let replaced: Vec<(usize, (Place, u32))> = (0..anchors.len())
        .into_par_iter()
        .filter(|at| places[*at] == Place::Missing)
        .map(|at| (at, replaced(index, &anchors[at], &patterns[at], &taken, &neighbours)))
        .collect();
    // another figure stands in the place of one, whatever else its sentence is like
    let mut best: FxHashMap<usize, (u32, usize)> = FxHashMap::default();
    for (at, (place, found)) in &replaced {
        if let Place::Replaced(range) = place {
            let known = best.entry(range.start).or_insert((*found, *at));
            if known.0 < *found {
                *known = (*found, *at);
            }
        }
    }
    for (at, (place, _)) in replaced {
        let is_best = match &place {
            Place::Replaced(range) => best.get(&range.start).is_none_or(|(_, best)| is_one_figure(anchors, at, *best)),
            _ => true,
        };
        if is_best {
            places[at] = place;
        }
    }
    places
}

/// Whether two claims are about one figure: they name one line, and the same words around it.
fn is_one_figure(anchors: &[Anchor<'_>], at: usize, other: usize) -> bool {
    let (a, b) = (&anchors[at], &anchors[other]);
    a.line == b.line && (a.context == b.context || a.context.is_none() || b.context.is_none() || a.text != b.text)
}

fn first_look(index: &Index<'_>, anchor: &Anchor<'_>, pattern: &[Word]) -> Look {
    if pattern.is_empty() {
        return Look::Open(Vec::new());
    }
    let starts = candidates(index, anchor, pattern);
    let context = anchor.context.filter(|context| !context.is_empty());
    let Some(context) = context else { return without_context(index, anchor, &starts) };
    let mut found: Vec<Candidate> = starts
        .iter()
        .map(|first| Candidate {
            first: *first,
            fit: align::fit(index, &context, *first, first + pattern.len()),
            line: index.line(*first),
        })
        .filter(|candidate| candidate.fit.is_at_least(LIKELY))
        .collect();
    found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.fit.found), candidate.first));
    match found[..] {
        [best] if best.fit.is_at_least(PLAIN) => Look::Settled(best),
        [best, next, ..] if best.fit.is_at_least(PLAIN) && best.fit.found >= next.fit.found + MARGIN => {
            Look::Settled(best)
        }
        // equals only: what fits worse than the best by a margin is out
        [best, ..] => {
            found.retain(|candidate| candidate.fit.found + MARGIN > best.fit.found);
            Look::Open(found)
        }
        [] => Look::Open(found),
    }
}

/// Where the figure stands, as indexes of its first word.
fn candidates(index: &Index<'_>, anchor: &Anchor<'_>, pattern: &[Word]) -> Vec<usize> {
    let all = || index.occurrences(pattern);
    if index.frequency(pattern) <= MANY {
        let found: Vec<usize> = all().collect();
        return if found.is_empty() {
            index.joined_occurrences(pattern, anchor.text, anchor.line as usize)
        } else {
            found
        };
    }
    match anchor.context.filter(|context| !context.is_empty()) {
        None => all().take(MANY).collect(),
        Some(context) => {
            let near = votes::places(index, &context, pattern.len());
            let mut starts: Vec<usize> = near
                .iter()
                .flat_map(|place| place.saturating_sub(votes::REACH)..=place + votes::REACH)
                .filter(|first| {
                    let there = index.words.get(*first..first + pattern.len());
                    there.is_some_and(|there| there.iter().zip(pattern).all(|(a, b)| a.hash == b.hash))
                })
                .collect();
            starts.sort_unstable();
            starts.dedup();
            starts
        }
    }
}

/// Without a context only the line is known: the figure on it, or else all that there are.
fn without_context(index: &Index<'_>, anchor: &Anchor<'_>, starts: &[usize]) -> Look {
    let candidate = |first: &usize| Candidate { first: *first, fit: Fit::default(), line: index.line(*first) };
    let mut all: Vec<Candidate> = starts.iter().map(candidate).collect();
    let on_line = all.iter().find(|candidate| candidate.line == anchor.line as usize);
    match on_line {
        Some(first) => Look::Settled(*first),
        None => {
            all.truncate(MOST_PLACES);
            Look::Open(all)
        }
    }
}

/// Claims without a context that quote one figure of a line: where the line has it as often as there are claims, each
/// has its own, in their order.
fn in_order_on_a_line(
    index: &Index<'_>,
    anchors: &[Anchor<'_>],
    patterns: &[Vec<Word>],
    mut looks: Vec<Look>,
) -> Vec<Look> {
    let mut alike: FxHashMap<(u32, &str), Vec<usize>> = FxHashMap::default();
    for (at, anchor) in anchors.iter().enumerate() {
        if anchor.context.is_none() && anchor.line > 0 && matches!(looks[at], Look::Settled(_)) {
            alike.entry((anchor.line, anchor.text)).or_default().push(at);
        }
    }
    for ((line, _), claims) in alike.into_iter().filter(|(_, claims)| claims.len() > 1) {
        let Some(pattern) = claims.first().and_then(|at| patterns.get(*at)) else { continue };
        let on_line: Vec<usize> = index
            .occurrences(pattern)
            .filter(|first| index.line(*first) == line as usize)
            .take(claims.len() + 1)
            .collect();
        if on_line.len() == claims.len() {
            for (at, first) in claims.into_iter().zip(on_line) {
                looks[at] = Look::Settled(Candidate { first, fit: Fit::default(), line: line as usize });
            }
        }
    }
    looks
}

/// Lets the neighbours decide among places that are equally good.
fn decide(anchor: &Anchor<'_>, neighbours: &Neighbours, candidates: &[Candidate]) -> (Option<Candidate>, Place) {
    let ambiguous = || Place::Ambiguous(candidates.iter().take(MOST_PLACES).map(|candidate| candidate.first).collect());
    match candidates {
        [] => return (None, Place::Missing),
        // alone and far from where its part of the text has gone: another figure that looks like it
        [only] if anchor.context.is_none() && !neighbours.agree(anchor.line, only.line) => {
            return (None, ambiguous());
        }
        [only] if !neighbours.agree(anchor.line, only.line) => {
            return (None, if only.fit.is_at_least(PLAIN) { ambiguous() } else { Place::Missing });
        }
        [only] => return (Some(*only), Place::Missing),
        _ => {}
    }
    let mut costs: Vec<(usize, usize)> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| (neighbours.distance(anchor.line, candidate.line).unwrap_or(usize::MAX), at))
        .collect();
    costs.sort_unstable();
    // with nobody to ask, the place that the claim names is as good as known
    if costs.iter().all(|(cost, _)| *cost == usize::MAX)
        && let Some(exact) = candidates.iter().find(|candidate| candidate.line == anchor.line as usize)
    {
        return (Some(*exact), Place::Missing);
    }
    match costs[..] {
        [(best, at), (next, _), ..] if best < usize::MAX && next > best * 2 + 1 => {
            let candidate = candidates.get(at).copied();
            match candidate.filter(|candidate| neighbours.agree(anchor.line, candidate.line)) {
                Some(candidate) => (Some(candidate), Place::Missing),
                None => (None, ambiguous()),
            }
        }
        _ => (None, ambiguous()),
    }
}

/// Claims of different lines or contexts are not about one figure: the one that fits best keeps the place.
fn one_claim_one_place(anchors: &[Anchor<'_>], chosen: &[Option<Candidate>], places: &mut [Place]) {
    let mut by_place: FxHashMap<(usize, usize), Vec<usize>> = FxHashMap::default();
    for (at, place) in places.iter().enumerate() {
        if let Place::Found(range) = place {
            by_place.entry((range.start, range.end)).or_default().push(at);
        }
    }
    for (_, claims) in by_place {
        let Some(first) = claims.first() else { continue };
        if claims.iter().all(|at| is_one_figure(anchors, *at, *first)) {
            continue;
        }
        let rank = |at: usize| {
            chosen[at]
                .map_or((0, false), |candidate| (candidate.fit.found, candidate.line == anchors[at].line as usize))
        };
        let best = claims.iter().map(|at| rank(*at)).max().unwrap_or_default();
        let winners: Vec<usize> = claims.iter().copied().filter(|at| rank(*at) == best).collect();
        let is_plain = winners.iter().all(|at| is_one_figure(anchors, *at, winners[0]));
        for at in claims {
            if is_plain && rank(at) == best {
                continue;
            }
            let first = chosen[at].map(|candidate| candidate.first);
            let equal = rank(at).0 == best.0 && !is_plain;
            places[at] = if equal { Place::Ambiguous(first.into_iter().collect()) } else { Place::Missing };
        }
    }
}

/// The words that figures which were found stand on, with the line and text of their claims.
struct Taken<'a>(FxHashMap<usize, Vec<(u32, &'a str)>>);

impl<'a> Taken<'a> {
    fn of(anchors: &[Anchor<'a>], places: &[Place]) -> Taken<'a> {
        let mut taken: FxHashMap<usize, Vec<(u32, &'a str)>> = FxHashMap::default();
        for (anchor, place) in anchors.iter().zip(places) {
            if let Place::Found(range) = place {
                for word in range.clone() {
                    taken.entry(word).or_default().push((anchor.line, anchor.text));
                }
            }
        }
        Taken(taken)
    }

    /// Whether a word belongs to the figure of another claim.
    fn by_another(&self, anchor: &Anchor<'_>, word: usize) -> bool {
        let own = (anchor.line, anchor.text);
        self.0.get(&word).is_some_and(|claims| claims.iter().all(|claim| *claim != own))
    }
}

/// The words that stand where the context says that the figure stood.
fn replaced(
    index: &Index<'_>,
    anchor: &Anchor<'_>,
    pattern: &[Word],
    taken: &Taken<'_>,
    neighbours: &Neighbours,
) -> (Place, u32) {
    let Some(context) = anchor.context.filter(|context| !context.is_empty()) else { return (Place::Missing, 0) };
    let is_number = |word: usize| index.words.get(word).is_some_and(|word| word.is_number);
    let mut gaps: Vec<(Fit, Range<usize>)> = votes::places(index, &context, pattern.len())
        .into_iter()
        .filter_map(|place| gap(index, &context, place, pattern.len()))
        .filter(|(fit, range)| {
            // a sentence like it far away is more likely another sentence than this one with another figure
            let needed = match neighbours.distance(anchor.line, index.line(range.start)) {
                Some(_) if neighbours.agree(anchor.line, index.line(range.start)) => PLAIN,
                None => ALONE,
                Some(_) => FAR,
            };
            fit.is_at_least(needed)
        })
        // figures of other claims that were found stand for themselves
        .filter(|(_, range)| !range.clone().any(|word| is_number(word) && taken.by_another(anchor, word)))
        .collect();
    gaps.sort_by_key(|(fit, range)| (std::cmp::Reverse(fit.found), range.start, range.end));
    gaps.dedup_by(|a, b| a.1 == b.1);
    let Some((best, range)) = gaps.first().cloned() else { return (Place::Missing, 0) };
    if gaps.get(1).is_some_and(|(next, other)| {
        let is_apart = other.end <= range.start || range.end <= other.start;
        is_apart && next.found + MARGIN > best.found
    }) {
        let places = gaps.iter().take(MOST_PLACES).map(|(_, range)| range.start).collect();
        return (Place::Ambiguous(places), best.found);
    }
    let was_number = pattern.iter().any(|word| word.is_number);
    let numbers: Vec<usize> = range.clone().filter(|at| is_number(*at)).collect();
    let is_free = |at: &usize| !taken.by_another(anchor, *at);
    let place = match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if was_number && numbers.iter().all(is_free) => Place::Replaced(*first..last + 1),
        _ if !was_number && !range.is_empty() && range.clone().all(|at| is_free(&at)) => Place::Replaced(range),
        _ => Place::Missing,
    };
    (place, best.found)
}

/// The words between the two sides of a context near a place, without those that other words of the context stood for.
fn gap(index: &Index<'_>, context: &Context, place: usize, length: usize) -> Option<(Fit, Range<usize>)> {
    let before = align::before(index, context, place);
    let after = align::after(index, context, place + length);
    let fit = Fit { found: before.fit.found + after.fit.found, total: before.fit.total + after.fit.total };
    let range = match (before.nearest, after.nearest) {
        (Some((kept_before, at_before)), Some((kept_after, at_after))) => {
            let (first, end) =
                ((place + kept_before).checked_sub(at_before)?, (place + length + at_after).checked_sub(kept_after)?);
            let outer = (place - at_before.min(place))..(place + length + at_after);
            // where words went away on either side, what is left between may be less than expected
            if first < end { first..end.min(outer.end) } else { outer }
        }
        (Some((kept, at)), None) if kept <= 1 => {
            let first = (place + kept).checked_sub(at)?;
            first..first + length
        }
        (None, Some((kept, at))) if kept <= 1 => {
            let end = (place + length + at).checked_sub(kept)?;
            end.checked_sub(length)?..end
        }
        _ => return None,
    };
    (range.start < range.end && range.end <= index.words.len()).then_some((fit, range))
}
