//! A linter for claims: figures that a text states, kept as TOML, and rules that say how they relate. It finds the
//! ones that no world can make true together, and shows the arithmetic.
//!
//! The program is [`cli`]; everything it does can be done from Rust as well:
//!
//! ```
//! use kzcheck::claims::read::{ClaimText, Content};
//! use kzcheck::{check, claims, rules};
//!
//! let text = r#"
//! [[claim]]
//! id = "area"
//! subject = "france"
//! measure = "area"
//! value = "551,500 km2"
//!
//! [[claim]]
//! id = "area-again"
//! subject = "france"
//! measure = "area"
//! value = "643,801 km2"
//! "#;
//! let (rules, _problems) = rules::load(rules::shipped());
//! let file = ClaimText { shown: "claims/france.toml".into(), content: Content::Memory(text.into()) };
//! let claims = claims::read(&[file], &rules);
//! let outcome = check::run(&rules, &claims, &check::Options::default());
//! assert_eq!(&*outcome.findings[0].rule, "claims-agree");
//! ```
//!
//! The data flows one way: document → mentions → claims → facts → checks → findings → report. `ARCHITECTURE.md` in the
//! repository says which folder does what and where to add things.

pub mod bind;
pub mod check;
pub mod claims;
pub mod cli;
pub mod document;
pub mod extract;
pub mod figure;
pub mod gate;
pub mod layout;
pub mod project;
pub mod relate;
pub mod report;
pub mod review;
pub mod revise;
pub mod rulebook;
pub mod rules;
pub mod sync;
