//! Shares: lists of percentages that make up a whole, and a share with its part and its whole.

mod explained;
mod implied;
mod index;
mod lists;
mod parts;

use super::structure::Structure;
use crate::extract::Mention;
use crate::figure::{Hedge, Number};
pub(super) use explained::is_share;
pub(super) use implied::implied;
pub(super) use index::indexes;
pub(super) use lists::{families, lists};
pub(super) use parts::{is_said_of, itemized, listed, parts};

/// Words of one item in a list of shares.
const ITEM: usize = 9;
/// Whether a share in hundredths of a percent misses by less than one of them: it was cut off, or taken of unrounded
/// figures, and says nothing either way.
pub(super) fn is_cut_off(mentions: &[Mention], structure: &Structure) -> bool {
    let Structure::ShareOf { share, part, whole } = structure else { return false };
    let share_at = share;
    let of = |index: &usize| mentions.get(*index).map(|mention| &mention.figure);
    let ends = of(share).and_then(|share| share.low.as_ref().zip(share.high.as_ref()));
    let nominal = |index: &usize| of(index).and_then(|figure| figure.nominal.as_ref());
    let (Some((low, high)), Some(share), Some(part), Some(whole)) =
        (ends, nominal(share), nominal(part), nominal(whole))
    else {
        return false;
    };
    let width = high - low;
    let is_about = mentions.get(*share_at).is_some_and(|mention| mention.hedge == Some(Hedge::About));
    let is_fine = width <= Number::fraction(if is_about { 2 } else { 1 }, 100).unwrap_or(Number::ONE);
    let apart = (&(part * &Number::from(100)) - &(share * whole)).abs();
    // what is said to be about so much may miss by a little more
    let reach = if is_about { &width * &Number::from(5) } else { width };
    is_fine
        && apart < &reach * whole
        && (part * &Number::from(100) < low * whole || part * &Number::from(100) > high * whole)
}
