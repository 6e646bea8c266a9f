//! How well the words around a place fit the words that once stood around a figure.
//!
//! The common words in their order (a longest common subsequence, weighed by what each word says) over a window that is
//! a little longer than the context, so that words put in between do no harm.

use super::index::Index;
use crate::claims::Context;

/// Words that may have come in between on either side.
const SLACK: usize = 4;

/// Bits that it counts against a place for each word by which its context has come nearer or gone farther.
const SHIFT: u32 = 2;

/// How much of a context is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Bits of the words that are there.
    pub found: u32,
    /// Bits of all words of the context.
    pub total: u32,
}

impl Fit {
    /// Whether at least so many hundredths of the context are there.
    pub fn is_at_least(self, hundredths: u32) -> bool {
        self.found > 0 && self.found * 100 >= self.total * hundredths
    }

    fn plus(self, other: Fit) -> Fit {
        Fit { found: self.found + other.found, total: self.total + other.total }
    }
}

/// One side of a context beside a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideFit {
    pub fit: Fit,
    /// Of the words that are there, the one nearest to the figure: how many words of the context stood between it and
    /// the figure, and how many do in the text.
    pub nearest: Option<(usize, usize)>,
}

/// How the context of a figure fits words `first..end` of a text.
pub fn fit(index: &Index<'_>, context: &Context, first: usize, end: usize) -> Fit {
    let sides = [before(index, context, first), after(index, context, end)];
    let shift: usize = sides.iter().filter_map(|side| side.nearest).map(|(was, is)| was.abs_diff(is)).sum();
    let mut fit = sides[0].fit.plus(sides[1].fit);
    // the same words at another distance are those of a figure nearby
    fit.found = fit.found.saturating_sub(SHIFT * shift as u32);
    fit
}

/// The words before a place.
pub fn before(index: &Index<'_>, context: &Context, first: usize) -> SideFit {
    let hashes: Vec<u16> = context.before.hashes().iter().rev().copied().collect();
    side(index, &hashes, |distance| first.checked_sub(distance + 1))
}

/// The words behind a place.
pub fn after(index: &Index<'_>, context: &Context, end: usize) -> SideFit {
    side(index, context.after.hashes(), |distance| end.checked_add(distance))
}

/// Longest context on one side.
const MOST: usize = crate::claims::context::REACH;

/// `hashes` and the words at `place` both count away from the figure.
fn side(index: &Index<'_>, hashes: &[u16], place: impl Fn(usize) -> Option<usize>) -> SideFit {
    let width = (hashes.len() + SLACK).min(MOST + SLACK);
    let mut there = [None; MOST + SLACK];
    for (distance, slot) in there.iter_mut().take(width).enumerate() {
        *slot = index.short_at(place(distance));
    }
    let mut weights = [0; MOST];
    for (slot, hash) in weights.iter_mut().zip(hashes) {
        *slot = index.weight(*hash);
    }
    // best[i][j]: what the context from word i on has in common with the text from word j on
    let mut best = [[0_u32; MOST + SLACK + 1]; MOST + 1];
    for i in (0..hashes.len()).rev() {
        for j in (0..width).rev() {
            let same = if there[j] == Some(hashes[i]) { weights[i] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = same.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let fit = Fit { found: best[0][0], total: weights.iter().sum() };
    SideFit { fit, nearest: nearest(hashes, &there[..width], &weights, &best) }
}

/// The first pair of the best alignment.
fn nearest(
    hashes: &[u16],
    there: &[Option<u16>],
    weights: &[u32; MOST],
    best: &[[u32; MOST + SLACK + 1]; MOST + 1],
) -> Option<(usize, usize)> {
    let (mut i, mut j) = (0, 0);
    while i < hashes.len() && j < there.len() && best[i][j] > 0 {
        if there[j] == Some(hashes[i]) && best[i][j] == weights[i] + best[i + 1][j + 1] {
            return Some((i, j));
        }
        if best[i][j] == best[i][j + 1] {
            j += 1;
        } else {
            i += 1;
        }
    }
    None
}
