//! Lists that are written within lists: what is left of the parts when those of a part are taken out.

use crate::extract::Mention;
use crate::relate::amount::Sum;

/// Longer lists are data, which nobody nests by hand; every stretch of one is looked at.
const LONGEST: usize = 60;

/// Leaves out parts that are themselves parts of the part before them, where the sums say so: a list and a list within
/// it may be written alike. Such a grouping is only ever believed where it makes the whole.
pub(super) fn without_nested(mentions: &[Mention], whole: usize, parts: Vec<usize>) -> Vec<usize> {
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| mentions.get(*index)));
    let total = sum(&[whole]);
    // a list that holds another has too much
    let exceeds = |sum: &Sum| sum.low.as_ref().zip(total.high.as_ref()).is_some_and(|(low, high)| low > high);
    if !exceeds(&sum(&parts)) {
        return parts;
    }
    if let Some(outer) = flattened(&parts, &sum).filter(|outer| sum(outer).meets(&total)) {
        return outer;
    }
    if let Some(outer) = without_inner(&parts, &sum, &total) {
        return outer;
    }
    // what follows the parts may be of another kind
    let complete = (2..parts.len()).rev().find(|end| sum(&parts[..*end]).meets(&total));
    complete.map_or(parts.clone(), |end| parts[..end].to_vec())
}

/// The outer list, if parts stand in it that are themselves followed by theirs.
pub(in crate::relate) fn flattened(parts: &[usize], sum: &dyn Fn(&[usize]) -> Sum) -> Option<Vec<usize>> {
    if parts.len() > LONGEST {
        return None;
    }
    let mut outer = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        outer.push(parts[at]);
        let own = sum(&parts[at..=at]);
        let longest = (at + 3..=parts.len()).rev().find(|end| sum(&parts[at + 1..*end]).meets(&own));
        at = longest.unwrap_or(at + 1);
    }
    (outer.len() < parts.len()).then_some(outer)
}

/// The list without a run of parts that can be those of the part before them, if that makes the total: the inner ones need
/// not be complete, or may be rounded otherwise.
pub(in crate::relate) fn without_inner(
    parts: &[usize],
    sum: &dyn Fn(&[usize]) -> Sum,
    total: &Sum,
) -> Option<Vec<usize>> {
    if parts.len() > LONGEST {
        return None;
    }
    for at in 0..parts.len() {
        for end in at + 3..=parts.len() {
            let inner = sum(&parts[at + 1..end]);
            let outer: Vec<usize> = parts[..=at].iter().chain(&parts[end..]).copied().collect();
            if outer.len() > 1 && inner.is_near(&sum(&parts[at..=at]), 0, 105) && sum(&outer).meets(total) {
                return Some(outer);
            }
        }
    }
    None
}
