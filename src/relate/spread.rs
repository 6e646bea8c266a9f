//! A whole and its parts that are told over several sentences, with nothing to tie them but what is counted: `there were
//! 1,845,045 pilgrims … 1,660,915 came from abroad … 184,130 from within`.
//!
//! No word says here what belongs together, so the figures must: parts that follow each other make the whole before or
//! behind them, by more digits than chance explains, or would if it were not for one slip of the hand.

use rustc_hash::{FxHashMap, FxHashSet};

use super::amount::unit;
use super::balance::{Balance, Fit};
use super::kin::{is_far, sorted};
use super::slip::significant;
use super::structure::Structure;
use super::ties::Amount;
use crate::document::Block;
use crate::extract::Mention;
use crate::figure::Number;

/// Amounts between a whole and its first part.
const LEAD: usize = 5;
/// Runs that one slip keeps from making a whole: where it stands in the whole, in each that it has.
const SLIPPED: usize = 2;
/// Parts of one whole.
const PARTS: usize = 14;
/// Amounts of one stretch beyond which it is a table in prose.
const MOST: usize = 300;
/// How seldom chance may bring figures together: where the parts follow their whole to the end of what is told, and where
/// they may begin and end anywhere.
const SELDOM: i64 = 150;
const SELDOM_OF_MANY: i64 = 4000;

/// How many times more one part may be than all others together.
const LOPSIDED: i64 = 100;
/// Significant digits of a whole.
const DIGITS: usize = 4;

/// The wholes of a document with their parts.
pub(super) fn lists(blocks: &[Block<'_>], mentions: &[Mention], amounts: &[Amount], found: &mut Vec<Structure>) {
    let mut known: FxHashSet<Vec<usize>> = found.iter().map(sorted).collect();
    // what is a whole already may have other parts besides, but not these again
    let mut divided: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for structure in found.iter() {
        if let Structure::List { whole, parts, closed: true } = structure {
            divided.entry(*whole).or_default().extend(parts);
        }
    }
    let mut fresh = Vec::new();
    for stretch in amounts.chunk_by(|one, next| !is_far(blocks, one.passage, next.passage)) {
        let unit = |amount: &Amount| mentions.get(amount.figure).map_or("", unit);
        // by what is counted, and by the unit alone: `pilgrims` are not called so each time
        let mut things: Vec<(&str, Option<u64>)> = Vec::new();
        for amount in stretch {
            things.extend([(unit(amount), None), (unit(amount), Some(amount.noun))]);
        }
        things.sort_unstable();
        things.dedup();
        for (own, noun) in things.into_iter().filter(|(_, noun)| *noun != Some(0)) {
            let is_own = |amount: &&Amount| unit(amount) == own && noun.is_none_or(|noun| amount.noun == noun);
            let indexes: Vec<usize> = stretch.iter().filter(is_own).map(|amount| amount.figure).collect();
            let all: Vec<&Mention> = indexes.iter().filter_map(|index| mentions.get(*index)).collect();
            if (3..=MOST).contains(&all.len()) {
                Stretch { all, indexes }.structures(&divided, &mut fresh);
            }
        }
    }
    found.extend(fresh.into_iter().filter(|structure| known.insert(sorted(structure))));
}

/// Whether a whole is written with digits enough.
fn is_long(mention: &Mention) -> bool {
    significant(mention) >= DIGITS
}

/// Amounts of one unit that are told together.
struct Stretch<'a> {
    all: Vec<&'a Mention>,
    indexes: Vec<usize>,
}

impl Stretch<'_> {
    fn structures(&self, divided: &FxHashMap<usize, Vec<usize>>, found: &mut Vec<Structure>) {
        for (whole, of) in self.all.iter().enumerate().filter(|(_, of)| is_long(of)) {
            let mut taken: Vec<usize> = divided.get(&self.indexes[whole]).cloned().unwrap_or_default();
            let mut slipped: Vec<(usize, usize)> = Vec::new();
            for (start, end, is_closed) in self.runs(whole) {
                let Some(balance) = Balance::of(of, self.all[start..end].iter().copied()) else { continue };
                if !balance.may_be_slip() || !balance.is_near() || balance.repeats() || self.is_lopsided(start, end) {
                    continue;
                }
                let seldom = if is_closed { SELDOM } else { SELDOM_OF_MANY };
                match balance.fit() {
                    Fit::Apart => continue,
                    _ if balance.odds() < seldom => continue,
                    Fit::Slip => slipped.push((start, end)),
                    Fit::Holds => {
                        taken.extend(&self.indexes[start..end]);
                        found.extend(self.structure(whole, start, end));
                    }
                }
            }
            slipped.retain(|(start, end)| !self.indexes[*start..*end].iter().any(|part| taken.contains(part)));
            if slipped.len() <= SLIPPED {
                found.extend(slipped.into_iter().filter_map(|(start, end)| self.structure(whole, start, end)));
            }
        }
    }

    /// Whether all parts but one are so little that the whole is that one.
    fn is_lopsided(&self, start: usize, end: usize) -> bool {
        let mut parts: Vec<&Number> =
            self.all[start..end].iter().filter_map(|part| part.figure.nominal.as_ref()).collect();
        parts.sort_unstable();
        let Some((most, rest)) = parts.split_last() else { return true };
        let rest = rest.iter().fold(Number::ZERO, |sum, part| &sum + part);
        &rest * &Number::from(LOPSIDED) < **most
    }

    /// The runs of amounts that may be parts of one, and whether one begins and ends with what is told.
    fn runs(&self, whole: usize) -> impl Iterator<Item = (usize, usize, bool)> + '_ {
        let count = self.all.len();
        let behind = (whole + 1..count.min(whole + 2 + LEAD)).flat_map(move |start| {
            let ends = start + 2..=count.min(start + PARTS);
            ends.map(move |end| (start, end, start == whole + 1 && end == count))
        });
        let before = (whole.saturating_sub(PARTS)..whole.saturating_sub(1))
            .map(move |start| (start, whole, start == 0 && whole + 1 == count));
        behind.chain(before)
    }

    fn structure(&self, whole: usize, start: usize, end: usize) -> Option<Structure> {
        let parts = self.indexes.get(start..end)?.to_vec();
        Some(Structure::List { whole: *self.indexes.get(whole)?, parts, closed: true })
    }
}
