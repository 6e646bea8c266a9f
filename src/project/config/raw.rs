//! What `kzcheck.toml` says, with the place of every value. The comments below become the text of its JSON Schema.

use std::collections::BTreeMap;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::rules::Severity;

/// The configuration of a project: `kzcheck.toml` in its root. Everything is optional. Paths and patterns are relative
/// to the file that holds them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawConfig {
    /// Another configuration on which this one builds: what is set here goes before what is set there, patterns and
    /// overrides of both hold.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// Folders of claim files; `["claims"]` where nothing is said.
    #[schemars(with = "Option<Vec<String>>")]
    pub claims: Option<Spanned<Vec<String>>>,
    /// Patterns of texts that are checked with the claims, by themselves: a report, a folder of articles. As in `exclude`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub texts: Vec<Spanned<String>>,
    /// Folders of the project's own rules and vocabulary; `["rules"]` where nothing is said.
    #[schemars(with = "Option<Vec<String>>")]
    pub rules: Option<Spanned<Vec<String>>>,
    /// Files that are not read, also where the command line names them. `*` stands for anything within a name, `**` for
    /// any folders; a pattern without `/` fits a name in any folder, and what fits a folder excludes all that is in it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// The version of kzcheck whose rules apply. Newer rules report notes only, so that an upgrade fails nobody's run.
    #[schemars(with = "Option<String>")]
    pub rules_version: Option<Spanned<String>>,
    /// The severity from which on a finding makes the run fail; `error` where nothing is said.
    #[schemars(with = "Option<Failing>")]
    pub fail_on: Option<Spanned<Failing>>,
    /// How figures are read; `both` where nothing is said.
    #[schemars(with = "Option<ReadingMode>")]
    pub reading: Option<Spanned<ReadingMode>>,
    /// What a document is worth whose path is known and where nothing is: `note` (it is counted) or `problem`.
    #[schemars(with = "Option<MissingDocument>")]
    pub missing_document: Option<Spanned<MissingDocument>>,
    /// Where documents lie, by their id. These paths may lead out of the project; those in claim files may not.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub documents: BTreeMap<String, Spanned<String>>,
    /// Severities by the id of a rule or of a check in a claim file.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Level>")]
    pub severity: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Severities for some files only; later ones go before earlier ones.
    #[serde(default, rename = "override")]
    pub overrides: Vec<RawOverride>,
}

/// Severities for the findings whose claims all lie in these files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOverride {
    /// Patterns of files, as in `exclude`.
    #[schemars(with = "Vec<String>")]
    pub files: Spanned<Vec<String>>,
    /// Severities by the id of a rule or of a check in a claim file.
    #[schemars(with = "BTreeMap<String, Level>")]
    pub severity: BTreeMap<Spanned<String>, Spanned<Level>>,
}

/// What the findings of a rule are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Error,
    Warning,
    Note,
    /// Not reported; `--all` lists what would have been.
    Off,
}

impl Level {
    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Note => Some(Severity::Note),
            Level::Off => None,
        }
    }

    pub fn name(self) -> &'static str {
        self.severity().map_or("off", Severity::name)
    }
}

/// The severity from which on a finding makes the run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Failing {
    #[default]
    Error,
    Warning,
    Note,
}

impl Failing {
    pub fn severity(self) -> Severity {
        match self {
            Failing::Error => Severity::Error,
            Failing::Warning => Severity::Warning,
            Failing::Note => Severity::Note,
        }
    }
}

/// How figures are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingMode {
    /// As rounded, tight and loose: what only the loose reading saves is strained
    #[default]
    Both,
    /// Every digit is significant
    Tight,
    /// Trailing zeros of a whole number are not significant
    Loose,
    /// As cut off and not rounded
    Truncated,
}

impl ReadingMode {
    pub fn name(self) -> &'static str {
        match self {
            ReadingMode::Both => "both",
            ReadingMode::Tight => "tight",
            ReadingMode::Loose => "loose",
            ReadingMode::Truncated => "truncated",
        }
    }
}

/// What a missing document is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingDocument {
    /// It is counted.
    #[default]
    Note,
    /// The run fails with exit code 2.
    Problem,
}

impl MissingDocument {
    pub fn name(self) -> &'static str {
        match self {
            MissingDocument::Note => "note",
            MissingDocument::Problem => "problem",
        }
    }
}
