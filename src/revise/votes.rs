//! Places that a context points to: each of its words says where the figure would stand.

use super::index::Index;
use crate::claims::Context;

/// Votes so far apart still speak of one place, since words come and go.
pub(super) const REACH: usize = 4;
/// Words that stand oftener say too little to be followed to every place.
const COMMON: usize = 200;
/// Places that are looked at.
const MOST: usize = 24;

/// Where the figure of this context would begin, the likeliest first.
pub(super) fn places(index: &Index<'_>, context: &Context, length: usize) -> Vec<usize> {
    let before = context.before.hashes().iter().rev().enumerate().map(|(distance, hash)| (*hash, distance as i64 + 1));
    let after = context.after.hashes().iter().enumerate().map(|(at, hash)| (*hash, -((at + length) as i64)));
    let mut votes: Vec<(i64, u32)> = Vec::new();
    for (hash, offset) in before.chain(after) {
        let places = index.places(hash);
        if places.len() > COMMON {
            continue;
        }
        let weight = index.weight(hash);
        votes.extend(places.iter().map(|place| (i64::from(*place) + offset, weight)));
    }
    votes.sort_unstable();
    let mut found: Vec<(u32, i64)> = Vec::new();
    let mut start = 0;
    while start < votes.len() {
        let mut end = start + 1;
        while end < votes.len() && votes[end].0 - votes[end - 1].0 <= REACH as i64 {
            end += 1;
        }
        let cluster = &votes[start..end];
        let weight = cluster.iter().map(|(_, weight)| weight).sum();
        // the place that most words name exactly
        let mut best = (0, cluster[0].0);
        let mut from = 0;
        while from < cluster.len() {
            let same = cluster[from..].iter().take_while(|(place, _)| *place == cluster[from].0);
            let (count, sum) = same.fold((0, 0), |(count, sum), (_, weight)| (count + 1, sum + weight));
            best = best.max((sum, cluster[from].0));
            from += count;
        }
        found.push((weight, best.1));
        start = end;
    }
    found.sort_unstable_by_key(|(weight, place)| (std::cmp::Reverse(*weight), *place));
    found.into_iter().take(MOST).filter_map(|(_, place)| usize::try_from(place).ok()).collect()
}
