//! `kzcheck.toml`: what a project says about itself. Everything in it is optional, and so is the file.
//!
//! [`raw`] is what a file says; [`load`] reads it and those that it extends; here is what comes of them, each value with
//! where it was said, so that `kzcheck config` can answer "why".

pub mod load;
pub mod pattern;
pub mod raw;
pub mod show;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::document::Span;
use crate::rules::Version;
pub use pattern::Pattern;
pub use raw::{Failing, Level, MissingDocument, RawConfig, ReadingMode};

/// The name of the configuration file.
pub const FILE: &str = "kzcheck.toml";

/// Where a value was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere.
    #[default]
    Default,
    /// In a configuration file, as reports show it.
    File {
        file: String,
        span: Span,
        line: usize,
    },
    CommandLine,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Default => formatter.write_str("default"),
            Origin::File { file, line, .. } => write!(formatter, "{file}:{line}"),
            Origin::CommandLine => formatter.write_str("command line"),
        }
    }
}

/// A value and where it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub origin: Origin,
}

impl<T> Setting<T> {
    pub fn default_of(value: T) -> Setting<T> {
        Setting { value, origin: Origin::Default }
    }

    /// Takes what the command line says, if it says anything.
    pub fn overridden(&mut self, value: Option<T>) {
        if let Some(value) = value {
            *self = Setting { value, origin: Origin::CommandLine };
        }
    }
}

/// Severities for some files.
#[derive(Clone, Debug)]
pub struct Override {
    pub files: Vec<Pattern>,
    pub severity: BTreeMap<String, Setting<Level>>,
    pub origin: Origin,
}

/// The configuration of a project, as it holds.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The root of the project, absolute.
    pub root: PathBuf,
    /// The files that it was read from: what is extended before what extends it.
    pub files: Vec<PathBuf>,
    /// Folders of claims, absolute.
    pub claims: Setting<Vec<PathBuf>>,
    /// Texts that are checked without claims.
    pub texts: Vec<Setting<Pattern>>,
    /// Folders of rules, absolute.
    pub rules: Setting<Vec<PathBuf>>,
    pub exclude: Vec<Setting<Pattern>>,
    pub rules_version: Option<Setting<Version>>,
    pub fail_on: Setting<Failing>,
    pub reading: Setting<ReadingMode>,
    pub missing_document: Setting<MissingDocument>,
    /// Absolute paths by the documents' ids.
    pub documents: BTreeMap<String, Setting<PathBuf>>,
    pub severity: BTreeMap<String, Setting<Level>>,
    pub overrides: Vec<Override>,
}

impl Config {
    /// What holds in a folder where nothing is said.
    pub fn default_in(root: &Path) -> Config {
        Config {
            root: root.to_path_buf(),
            claims: Setting::default_of(vec![root.join("claims")]),
            rules: Setting::default_of(vec![root.join("rules")]),
            ..Config::default()
        }
    }

    /// The pattern that excludes a file.
    pub fn excluding(&self, path: &Path) -> Option<&Setting<Pattern>> {
        self.exclude.iter().find(|pattern| pattern.value.fits(path))
    }

    /// Whether a file is one of the texts that are checked without claims.
    pub fn is_text(&self, path: &Path) -> bool {
        self.texts.iter().any(|pattern| pattern.value.fits(path))
    }

    /// A path that reports show, as an absolute one.
    pub fn absolute(&self, shown: &str) -> PathBuf {
        load::tidy(&self.root.join(shown))
    }
}
