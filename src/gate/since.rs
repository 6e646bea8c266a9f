//! `--since REV`: findings that a change does not touch are held back.
//!
//! Everything is checked; then the claims of the files that differ from the revision are compared with what they were,
//! by their meaning. A finding counts if a claim, a check or a rule of it has changed. What may change the meaning of
//! any claim (units, facets, the configuration) lets all findings count: too much is told rather than too little.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::git::{Refusal, Revision};
use super::meaning;
use crate::check::{Finding, Outcome};
use crate::claims::read::{ClaimText, Content};
use crate::claims::{self, ClaimIndex, Claims};
use crate::project::{Project, config};
use crate::rules::{MeasureId, RuleSet};

/// What has changed since a revision.
#[derive(Debug, Default)]
pub struct Changes {
    claims: FxHashSet<ClaimIndex>,
    checks: FxHashSet<Box<str>>,
    rules: BTreeSet<String>,
    measures: FxHashSet<MeasureId>,
    /// Whether something has changed that may touch anything.
    everything: bool,
    named: String,
}

impl Changes {
    /// Compares the project with what it was.
    ///
    /// # Errors
    /// If git cannot tell.
    pub fn since(named: &str, project: &Project, rules: &RuleSet, claims: &Claims) -> Result<Changes, Refusal> {
        let revision = Revision::ancestor(&project.root, named)?;
        let changed: BTreeSet<PathBuf> = revision.changed()?.into_iter().collect();
        let old: BTreeSet<PathBuf> = revision.files()?.into_iter().collect();
        let mut changes = Changes { named: named.to_owned(), ..Changes::default() };
        let past = Past { revision: &revision, project, changed: &changed, old: &old };
        past.claims(rules, claims, &mut changes);
        past.rules(rules, &mut changes);
        past.configuration(&mut changes);
        Ok(changes)
    }

    /// Moves the findings aside that the change does not touch.
    pub fn apply(&self, claims: &Claims, outcome: &mut Outcome) {
        outcome.hold_back("since", |finding| {
            (!self.touches(claims, finding)).then(|| format!("untouched since {}", self.named).into())
        });
    }

    fn touches(&self, claims: &Claims, finding: &Finding) -> bool {
        self.everything
            || self.rules.contains(&*finding.rule)
            || finding.check.as_ref().is_some_and(|check| self.checks.contains(check))
            || self.checks.contains(&finding.rule)
            || finding.claims().any(|index| {
                let measure = claims.get(index).key.map(|key| key.measure);
                self.claims.contains(&index) || measure.is_some_and(|measure| self.measures.contains(&measure))
            })
    }
}

/// A revision beside the project of now.
struct Past<'a> {
    revision: &'a Revision,
    project: &'a Project,
    changed: &'a BTreeSet<PathBuf>,
    old: &'a BTreeSet<PathBuf>,
}

impl Past<'_> {
    fn is_same(&self, path: &Path) -> bool {
        self.old.contains(path) && !self.changed.contains(path)
    }

    /// Texts of the files of a folder that are no longer as they were.
    fn old_texts<'b>(&'b self, folders: &'b [PathBuf]) -> impl Iterator<Item = (&'b Path, String)> {
        let within = |path: &&PathBuf| folders.iter().any(|folder| path.starts_with(folder));
        let changed = self.changed.iter().filter(move |path| self.old.contains(*path) && within(path));
        changed.filter_map(|path| Some((path.as_path(), self.revision.text(path)?)))
    }

    fn claims(&self, rules: &RuleSet, claims: &Claims, changes: &mut Changes) {
        let is_same: Vec<bool> =
            claims.files.iter().map(|file| self.is_same(&self.project.config.absolute(&file.path))).collect();
        let is_same = |file: u32| is_same.get(file as usize).copied().unwrap_or(false);
        // a claim may have come from any file that differs, also one that is gone
        let mut folders = self.project.config.claims.value.clone();
        folders.extend(claims.files.iter().map(|file| self.project.config.absolute(&file.path)));
        let texts = self
            .old_texts(&folders)
            .map(|(path, text)| ClaimText { shown: self.project.shown(path), content: Content::Memory(text) });
        let past = claims::read(&texts.collect::<Vec<_>>(), rules);
        let meanings: FxHashMap<&str, String> =
            past.iter().map(|(index, _)| (past.id(index), meaning::of_claim(rules, &past, index))).collect();
        let new = claims.iter().filter(|(_, claim)| !is_same(claim.file)).map(|(index, _)| index);
        let differs = |index: &ClaimIndex| {
            meanings.get(claims.id(*index)).is_none_or(|old| *old != meaning::of_claim(rules, claims, *index))
        };
        changes.claims.extend(new.filter(differs));
        let checks: FxHashMap<&str, String> =
            past.checks.iter().map(|check| (&*check.id, meaning::of_check(&past, check))).collect();
        let new = claims.checks.iter().filter(|check| !is_same(check.file));
        let differs = |id: &str, now: String| checks.get(id).is_none_or(|old| *old != now);
        let changed = new.filter(|check| differs(&check.id, meaning::of_check(claims, check)));
        changes.checks.extend(changed.map(|check| check.id.clone()));
    }

    fn rules(&self, rules: &RuleSet, changes: &mut Changes) {
        let folders = &self.project.config.rules.value;
        let now: Vec<(String, PathBuf)> = self.project.rule_files(&mut Vec::new());
        let new = now.iter().filter(|(_, path)| !self.is_same(path));
        let new = Tables::of(new.filter_map(|(_, path)| std::fs::read_to_string(path).ok()));
        let old = Tables::of(self.old_texts(folders).map(|(_, text)| text));
        for (kind, id) in new.differing(&old) {
            match kind {
                "rule" => {
                    changes.rules.insert(id);
                }
                "measure" => changes.measures.extend(measures(rules, |measure| {
                    measure == id || measure.strip_prefix(&id).is_some_and(|rest| rest.starts_with('.'))
                })),
                // names say nothing to a rule
                "subject" => {}
                _ => changes.everything = true,
            }
        }
    }

    /// Whether the configuration says anything else about findings.
    fn configuration(&self, changes: &mut Changes) {
        let own = self.project.root.join(config::FILE);
        let files = self.project.config.files.iter().chain([&own]);
        for file in files {
            if self.is_same(file) || (!file.exists() && !self.old.contains(file)) {
                continue;
            }
            let now = std::fs::read_to_string(file).unwrap_or_default();
            changes.everything |= deciding(&now) != deciding(&self.revision.text(file).unwrap_or_default());
        }
    }
}

/// The keys of a configuration that decide what is found.
fn deciding(text: &str) -> Option<toml::Table> {
    let mut table = toml::from_str::<toml::Table>(text).ok()?;
    for key in ["documents", "missing-document", "fail-on"] {
        table.remove(key);
    }
    Some(table)
}

fn measures(rules: &RuleSet, fits: impl Fn(&str) -> bool) -> Vec<MeasureId> {
    let ids = rules.vocabulary.measures().filter(|(_, measure)| fits(&measure.id));
    ids.map(|(id, _)| id).collect()
}

/// The tables of rule files by kind and id, without what only people read.
#[derive(Debug, Default, PartialEq)]
struct Tables(BTreeMap<(&'static str, String), toml::Value>);

/// The kinds of tables in a rule file.
const KINDS: [&str; 7] = ["unit", "qualifier", "facet", "subject", "measure", "notation", "rule"];
/// Keys that change nothing in what is found.
const WORDS: [&str; 8] = ["summary", "why", "pass", "strained", "fail", "names", "code", "hint"];

impl Tables {
    fn of(texts: impl Iterator<Item = String>) -> Tables {
        let mut tables = Tables::default();
        for text in texts {
            let Ok(file) = toml::from_str::<toml::Table>(&text) else { continue };
            for (name, value) in file {
                let Some(kind) = KINDS.into_iter().find(|kind| *kind == name) else { continue };
                match value {
                    toml::Value::Array(rules) => rules.into_iter().for_each(|rule| {
                        let id = rule.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
                        tables.take(kind, id, rule);
                    }),
                    toml::Value::Table(named) if kind != "notation" => {
                        named.into_iter().for_each(|(id, table)| tables.take(kind, id, table));
                    }
                    other => tables.take(kind, String::new(), other),
                }
            }
        }
        tables
    }

    fn take(&mut self, kind: &'static str, id: String, mut value: toml::Value) {
        if let Some(table) = value.as_table_mut() {
            WORDS.iter().for_each(|word| {
                table.remove(*word);
            });
        }
        self.0.insert((kind, id), value);
    }

    /// What one has and the other has not, or otherwise.
    fn differing(&self, old: &Tables) -> Vec<(&'static str, String)> {
        let keys: BTreeSet<&(&'static str, String)> = self.0.keys().chain(old.0.keys()).collect();
        keys.into_iter().filter(|key| self.0.get(*key) != old.0.get(*key)).cloned().collect()
    }
}
