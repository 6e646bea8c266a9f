//! Facts, checks, findings: where it is decided whether claims can be true together.
//!
//! Claims about one thing are one fact ([`facts`]); rules are joined with facts into checks ([`ground`]); each check is
//! decided by evaluating its expression over intervals ([`evaluate`], [`decide`]); all checks that hang together are
//! asked whether they can hold at once ([`joint`]); what cannot hold becomes a [`Finding`], as data. Nothing here knows files or terminals, and the result is the same in any order of claims
//! and with any number of threads.

pub mod allow;
pub mod arithmetic;
pub mod builtin;
mod currencies;
pub mod decide;
pub mod domain;
pub mod evaluate;
pub mod examples;
pub mod facts;
pub mod finding;
pub mod ground;
pub mod instead;
pub mod joint;
pub mod readings;
pub mod run;

pub use finding::{Arithmetic, Finding, Participant, Side, Verdict};
pub use readings::Readings;
pub use run::{Options, Outcome, run};
