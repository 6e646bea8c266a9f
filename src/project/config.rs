//! `kzcheck.toml`: what a project says about itself. Everything in it is optional, and so is the file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::document::{Problem, Span};

/// The name of the configuration file.
pub const FILE: &str = "kzcheck.toml";

/// The configuration of a project.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where documents lie, by their id; paths are relative to this file and may lead out of the project.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub documents: BTreeMap<String, Spanned<String>>,
}

/// Reads a configuration; a broken one is reported and counts as empty.
pub fn parse(shown: &str, text: &str, problems: &mut Vec<Problem>) -> Config {
    toml::from_str(text).unwrap_or_else(|error| {
        let problem = Problem::new(shown, error.span().map(Span::from), error.message().trim());
        problems.push(problem.with_help("`kzcheck schema config` lists the keys"));
        Config::default()
    })
}
