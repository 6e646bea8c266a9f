//! `kzcheck-baseline.toml`: findings that were there when the project began to be checked, and are not told again.
//!
//! An entry names the rule, the claims and their values, never a line: it survives every edit but that of a figure. The
//! file is sorted and has one block for each finding, so that two branches merge.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::check::Outcome;
use crate::claims::Claims;
use crate::document::{Problem, Span, toml_problem};
use crate::project::Project;
use crate::report::fingerprint;
use crate::rules::RuleSet;

/// The name of the file, beside the configuration.
pub const FILE: &str = "kzcheck-baseline.toml";
/// The version of its layout.
const VERSION: u32 = 1;
const HEAD: &str = "\
# Findings that are known, written by `kzcheck baseline`: `kzcheck check` tells only of others. To accept a finding for
# good, say why with `allow` on one of its claims instead.
";

/// The file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[schemars(with = "u32")]
    version: Spanned<u32>,
    #[serde(default)]
    #[schemars(with = "Vec<Entry>")]
    finding: Vec<Spanned<Entry>>,
}

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// The claims by their ids, with their values.
    pub claims: BTreeMap<String, String>,
    pub fingerprint: String,
}

impl Entry {
    /// What the fields come to, which is the fingerprint unless somebody has changed them.
    fn own_fingerprint(&self) -> String {
        let claims = self.claims.iter().map(|(id, value)| (id.as_str(), value.clone())).collect();
        fingerprint::of_parts(&self.rule, self.check.as_deref(), claims)
    }

    /// For a message: the rule and its claims.
    pub fn describe(&self) -> String {
        let claims: Vec<&str> = self.claims.keys().map(String::as_str).collect();
        format!("{} ({})", self.rule, claims.join(", "))
    }
}

/// The known findings of a project.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

impl Baseline {
    /// All findings of an outcome.
    pub fn of(rules: &RuleSet, claims: &Claims, outcome: &Outcome) -> Baseline {
        let entries = outcome.findings.iter().map(|finding| {
            let fingerprint = fingerprint::of_finding(rules, claims, finding);
            let entry = Entry {
                rule: finding.rule.to_string(),
                check: finding.check.as_deref().map(str::to_owned),
                claims: fingerprint::claim_parts(rules, claims, finding).into_iter().collect(),
                fingerprint: fingerprint.clone(),
            };
            (fingerprint, entry)
        });
        Baseline { entries: entries.collect() }
    }

    /// Reads that of a project; without one, or with a broken one, nothing is known.
    pub fn load(project: &Project, problems: &mut Vec<Problem>) -> Baseline {
        let path = path(project);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Baseline::default(),
            Err(error) => {
                problems.push(Problem::new(FILE, None, format!("the baseline cannot be read: {error}")));
                return Baseline::default();
            }
        };
        if project.place.link_leads_out(&path) {
            problems.push(Problem::new(FILE, None, "the baseline is a link that leads out of the repository"));
            return Baseline::default();
        }
        parse(&text, problems)
    }

    /// Moves the findings that are known aside, and tells which entries found nothing.
    pub fn apply(&self, rules: &RuleSet, claims: &Claims, outcome: &mut Outcome) -> Vec<Entry> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        let mut left = self.entries.clone();
        let suppressed = outcome.suppressed.iter().map(|suppressed| &suppressed.finding);
        // what is accepted or off still occurs
        for finding in suppressed {
            left.remove(&fingerprint::of_finding(rules, claims, finding));
        }
        outcome.hold_back("baseline", |finding| {
            let fingerprint = fingerprint::of_finding(rules, claims, finding);
            left.remove(&fingerprint);
            self.entries.contains_key(&fingerprint).then(|| format!("known in {FILE}").into())
        });
        sorted(left.into_values())
    }

    /// These findings, and those of another one.
    pub fn with(mut self, other: &Baseline) -> Baseline {
        for (fingerprint, entry) in &other.entries {
            self.entries.entry(fingerprint.clone()).or_insert_with(|| entry.clone());
        }
        self
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries another one does not have.
    pub fn beyond(&self, other: &Baseline) -> usize {
        self.entries.keys().filter(|fingerprint| !other.entries.contains_key(*fingerprint)).count()
    }

    /// The file, sorted by rule, check and claims.
    pub fn print(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        for entry in sorted(self.entries.values().cloned()) {
            let mut claims = toml_edit::InlineTable::new();
            entry.claims.iter().for_each(|(id, value)| {
                claims.insert(id, value.as_str().into());
            });
            let string = |text: &str| toml_edit::Value::from(text).to_string();
            text.push_str(&format!("\n[[finding]]\nrule        = {}\n", string(&entry.rule)));
            if let Some(check) = &entry.check {
                text.push_str(&format!("check       = {}\n", string(check)));
            }
            text.push_str(&format!("claims      = {claims}\nfingerprint = {}\n", string(&entry.fingerprint)));
        }
        text
    }
}

/// Where the baseline of a project lies.
pub fn path(project: &Project) -> PathBuf {
    project.root.join(FILE)
}

fn sorted(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort();
    entries
}

fn parse(text: &str, problems: &mut Vec<Problem>) -> Baseline {
    // a newer layout may have keys that are not known here, and its version says so best
    let version = toml::from_str::<toml::Table>(text).ok().and_then(|table| table.get("version")?.as_integer());
    if let Some(version) = version.filter(|version| *version > i64::from(VERSION)) {
        let message = format!("this baseline has version {version}, and this kzcheck knows only {VERSION}");
        problems.push(Problem::new(FILE, None, message).with_help("upgrade kzcheck"));
        return Baseline::default();
    }
    let raw: Raw = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let help = "`kzcheck baseline` writes it anew";
            problems.push(toml_problem(FILE, &error, "config").with_help(help));
            return Baseline::default();
        }
    };
    if *raw.version.get_ref() != VERSION {
        let problem = Problem::new(FILE, Span::from(raw.version.span()), "there is no such version of the baseline");
        problems.push(problem.with_help(format!("the version is {VERSION}")));
    }
    let mut baseline = Baseline::default();
    for entry in raw.finding {
        let span = Span::from(entry.span());
        let entry = entry.into_inner();
        if entry.own_fingerprint() != entry.fingerprint {
            let problem = Problem::new(FILE, span, "the fingerprint is not that of this rule and these claims");
            problems
                .push(problem.with_help("`kzcheck baseline` writes the file anew; to drop an entry, remove all of it"));
        } else {
            baseline.entries.insert(entry.fingerprint.clone(), entry);
        }
    }
    baseline
}
