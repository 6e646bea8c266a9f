//! Which readings of the figures decide, and what verdict follows from them.
//!
//! A check holds if it can hold in the tight reading, is impossible if it cannot even in the loose one, and is
//! strained in between. How a figure is read is told in `figure`.

use super::finding::Verdict;
use crate::figure::Reading;

/// Which readings decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readings {
    /// Tight and loose: holds, strained or impossible.
    #[default]
    Both,
    /// Every digit is significant; nothing is strained.
    Tight,
    /// Trailing zeros are not; nothing is strained.
    Loose,
}

impl Readings {
    /// The verdict on what can be tested in each reading.
    pub fn verdict(self, can_hold: impl Fn(Reading) -> bool) -> Verdict {
        match self {
            Readings::Tight | Readings::Both if can_hold(Reading::Tight) => Verdict::Holds,
            Readings::Loose if can_hold(Reading::Loose) => Verdict::Holds,
            Readings::Both if can_hold(Reading::Loose) => Verdict::Strained,
            _ => Verdict::Impossible,
        }
    }

    /// The reading in which a verdict is shown: the one that decided it last.
    pub fn shown(self, verdict: Verdict) -> Reading {
        match (self, verdict) {
            (Readings::Loose, _) | (Readings::Both, Verdict::Impossible) => Reading::Loose,
            _ => Reading::Tight,
        }
    }
}
