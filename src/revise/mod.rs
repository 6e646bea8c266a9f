//! What a revision does to figures: finding them again in a text that has changed, and what has become of them.
//!
//! [`words`] makes a text comparable, [`index`] says where its words stand, [`anchor`] finds the figures of claims
//! again. Nothing here knows what follows from a changed figure; that is for the rules.

mod align;
pub mod anchor;
pub mod compare;
pub mod coverage;
pub mod difference;
pub mod index;
mod neighbours;
pub mod slip;
pub mod standing;
pub mod translation;
pub mod unclaimed;
pub mod value;
mod votes;
pub mod words;

pub use standing::{Standing, Standings};
