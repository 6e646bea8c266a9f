//! JSON Schemas (draft 2020-12) of the files that people write, so that editors complete and check them.
//!
//! Those of rule files and of `kzcheck.toml` are derived from the structs that read them (`derived`), sharpened where
//! a Rust type says less than the file may hold. That of claim files is built from the loaded vocabulary (`claim`):
//! what a claim may say depends on the measures, qualifiers and subjects that there are. What the
//! program forgives (blanks around a word, one string where a list may stand), a schema forgives too.

mod checks;
mod claim;
mod derived;
mod qualifiers;
mod rule;
mod words;

use serde_json::Value;

use crate::project::config::RawConfig;
use crate::rules::RuleSet;

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A claim file.
    Claim,
    /// A rule file, which also holds the vocabulary.
    Rule,
    /// `kzcheck.toml`.
    Config,
}

/// The schema of a kind of file.
pub fn schema(kind: Kind, rules: &RuleSet) -> Value {
    match kind {
        Kind::Claim => claim::schema(rules),
        Kind::Rule => rule::schema(rules),
        Kind::Config => derived::schema::<RawConfig>("Configuration of a kzcheck project"),
    }
}
