//! Everything that is knowledge and not program: the vocabulary and the rules, from TOML.
//!
//! Two stages: [`mod@file`] is what the TOML says, [`resolve`] resolves it into a [`Vocabulary`] and [`Rule`]s. The files
//! of the repository's `rules/` folder are compiled in; a project's own `rules/` extend or override them by id.

pub mod expression;
pub mod file;
pub mod names;
pub mod periods;
pub mod resolve;

pub mod rule;
pub mod version;
pub mod vocabulary;

use std::sync::Arc;

use rayon::prelude::*;

use crate::document::{Problem, toml_problem};
use file::RuleFile;
pub use names::{Name, Names};
pub use rule::{Rule, Severity};
pub use version::Version;
pub use vocabulary::{MeasureId, QualifierId, Vocabulary};

/// A rule file's text and the name under which reports show it.
pub struct RuleText<'a> {
    pub file: Arc<str>,
    pub text: &'a str,
}

/// The vocabulary and rules of a run.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    pub vocabulary: Vocabulary,
    /// Sorted by id.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let index = self.rules.binary_search_by(|rule| (*rule.id).cmp(id)).ok()?;
        self.rules.get(index)
    }

    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| &*rule.id)
    }

    /// What is wrong where a rule is named that is not there, and what to do.
    pub fn unknown_rule(&self, id: &str) -> (String, String) {
        let help = match crate::figure::nearest(id, self.rule_ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`kzcheck explain` lists the rules".to_owned(),
        };
        (format!("no rule is called `{id}`"), help)
    }
}

/// The files of the repository's `rules/` folder, as they were when the program was built.
pub const SHIPPED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/shipped_rules.rs"));

/// The same files without what a check does not use; what is left stands in the same places.
const BRIEF: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/brief_rules.rs"));

/// The shipped files, ready for [`load`].
pub fn shipped<'a>() -> impl Iterator<Item = RuleText<'a>> {
    texts(SHIPPED)
}

/// The shipped files without the reasons and examples of rules and the names of subjects.
pub fn shipped_brief<'a>() -> impl Iterator<Item = RuleText<'a>> {
    texts(BRIEF)
}

fn texts<'a>(files: &'static [(&'static str, &'static str)]) -> impl Iterator<Item = RuleText<'a>> {
    files.iter().map(|(name, text)| RuleText { file: Arc::from(format!("<shipped>/{name}")), text })
}

/// Builds a rule set from files; later files override earlier ones by id. Every mistake is collected, and whatever
/// is sound is kept, so that claims are still checked.
pub fn load<'a>(texts: impl IntoIterator<Item = RuleText<'a>>) -> (RuleSet, Vec<Problem>) {
    let texts: Vec<RuleText<'a>> = texts.into_iter().collect();
    let parsed: Vec<_> = texts.par_iter().map(|RuleText { text, .. }| toml::from_str::<RuleFile>(text)).collect();
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for (RuleText { file, .. }, parsed) in texts.into_iter().zip(parsed) {
        match parsed {
            Ok(raw) => files.push((file, raw)),
            Err(error) => problems.push(toml_problem(&file, &error, "rule")),
        }
    }
    let set = resolve::resolve(&files, &mut problems);
    (set, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brief_rules_check_the_same() {
        let (mut full, problems) = load(shipped());
        let (brief, others) = load(shipped_brief());
        assert_eq!((problems, others), (Vec::new(), Vec::new()));
        for rule in &mut full.rules {
            rule.why = None;
            rule.examples.clear();
        }
        assert!(brief.rules.iter().all(|rule| rule.why.is_none() && rule.examples.is_empty()));
        assert_eq!(format!("{:?}", full.rules), format!("{:?}", brief.rules));
        assert_eq!(full.vocabulary.subject_ids(), brief.vocabulary.subject_ids());
    }
}
