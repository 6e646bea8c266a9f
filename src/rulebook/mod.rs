//! The rules as people read them: a page for each, a list of all, and whether their examples come out as they say.
//!
//! Everything is taken from the rules' own TOML. An [`Explanation`] joins what the engine knows of a rule with what its
//! file says in words, and with the arithmetic of its examples; [`Index`] lists all rules by theme; [`Trials`] is the
//! outcome of `kzcheck test`. Each is data first and is turned into text by a file of its own format.

mod example;
mod explanation;
mod human;
mod index;
mod local;
mod markdown;
mod terms;
mod trials;
mod written;

use crate::document::Place;
use crate::project::Project;
use crate::report::Sources;
use crate::report::visible::visible;
use crate::rules::rule::{Origin, Rule};
use crate::rules::{RuleSet, SHIPPED};
use serde::Serialize;

pub use example::ShownExample;
pub use explanation::Explanation;
pub use index::Index;
pub use local::LocalExplanation;
pub use trials::Trials;

/// What shipped files are called before their name.
const SHIPPED_PREFIX: &str = "<shipped>/";

/// The rules of a project and the texts of the files that they stand in.
pub struct Rulebook<'a> {
    pub rules: &'a RuleSet,
    pub sources: Sources,
}

/// Where a rule is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Defined {
    /// The path within the project, or within the program's own sources.
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// Whether it comes with the program.
    pub shipped: bool,
}

impl<'a> Rulebook<'a> {
    /// Reads the files of the rules again, so that places in them can be shown.
    pub fn open(project: &Project, rules: &'a RuleSet) -> Rulebook<'a> {
        let mut files: Vec<&str> = rules.rules.iter().map(|rule| &*rule.origin.file).collect();
        files.sort_unstable();
        files.dedup();
        let mut sources = Sources::default();
        for file in files {
            let text = match file.strip_prefix(SHIPPED_PREFIX) {
                Some(name) => SHIPPED.iter().find(|(own, _)| *own == name).map(|(_, text)| (*text).to_owned()),
                // it was readable a moment ago; where it no longer is, places in it are not shown
                None => std::fs::read_to_string(project.root.join(file)).ok(),
            };
            if let Some(text) = text {
                sources.add(file.to_owned(), text);
            }
        }
        Rulebook { rules, sources }
    }

    /// The rules of the file and order in which they are written.
    pub fn in_order(&self) -> Vec<&'a Rule> {
        let mut rules: Vec<&Rule> = self.rules.rules.iter().collect();
        rules.sort_by_key(|rule| (file_of(&rule.origin), rule.origin.id));
        rules
    }

    fn defined(&self, rule: &Rule) -> Defined {
        self.defined_at(&rule.origin, rule.origin.id.start)
    }

    fn defined_at(&self, origin: &Origin, offset: u32) -> Defined {
        let (shipped, file) = file_of(origin);
        let Place { line, column } = self.sources.place(&origin.file, offset);
        Defined { file, line, column, shipped }
    }
}

/// A rule's file, with a shipped one where the program's sources have it.
fn file_of(origin: &Origin) -> (bool, String) {
    match origin.file.strip_prefix(SHIPPED_PREFIX) {
        Some(name) => (true, format!("rules/{name}")),
        None => (false, origin.file.to_string()),
    }
}

/// A text for a terminal, line by line: control characters, and those that turn the direction, are made visible.
fn printable(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// One JSON object with a line end.
fn json(data: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(data).unwrap_or_default();
    text.push('\n');
    text
}
