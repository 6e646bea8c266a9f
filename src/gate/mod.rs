//! What of all findings counts: a run from a path to what fails.
//!
//! A [`Run`] finds the project, reads and checks everything, and then holds back what need not be told again: what the
//! configuration has switched off, what the baseline knows, and what a change since a revision does not touch. Nothing
//! held back is lost: it is counted, and listed on demand.

mod accepted;
pub mod baseline;
mod figures;
pub mod git;
mod meaning;
pub mod run;
pub mod since;
pub mod texts;

pub use baseline::Baseline;
pub use run::{Run, Settings};
