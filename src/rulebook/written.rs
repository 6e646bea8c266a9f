//! A rule as its file has it: terms, conditions and hints in the words of their author.

use super::Rulebook;
use crate::rules::file::{RawRule, RawTermValue, RuleFile};
use crate::rules::rule::Rule;

/// A rule in the words of its file.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// In the order in which they are written.
    pub terms: Vec<WrittenTerm>,
    pub conditions: Option<String>,
    /// What each hint asserts, and what it says.
    pub hints: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct WrittenTerm {
    pub name: String,
    pub is_set: bool,
    pub measure: Option<String>,
    /// Without `measure` and `set`.
    pub keys: Vec<(String, String)>,
}

impl WrittenTerm {
    /// The term as TOML: `{ measure = "$m.share", over = "$q" }`.
    pub fn toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let key = |key: &str| {
            let is_bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            if is_bare { key.to_owned() } else { quoted(key) }
        };
        let measure = self.measure.iter().map(|measure| format!("measure = {}", quoted(measure)));
        let keys = self.keys.iter().map(|(name, value)| format!("{} = {}", key(name), quoted(value)));
        let set = (self.is_set && self.measure.is_none()).then(|| "set = true".to_owned());
        let parts: Vec<String> = measure.chain(keys).chain(set).collect();
        if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
    }
}

impl Written {
    /// Reads the rule's file again and takes the rule from it; empty where the file has changed meanwhile.
    pub fn of(book: &Rulebook<'_>, rule: &Rule) -> Written {
        let text = book.sources.get(&rule.origin.file).map(|source| source.text.as_str());
        let file: Option<RuleFile> = text.and_then(|text| toml::from_str(text).ok());
        let rules = file.map(|file| file.rule).unwrap_or_default();
        let found = rules.iter().map(|raw| raw.get_ref()).find(|raw| *raw.id.get_ref() == *rule.id);
        found.map(|raw| Written::from_raw(raw, rule)).unwrap_or_default()
    }

    /// The names of the terms as they are written.
    pub fn order(&self) -> Vec<String> {
        self.terms.iter().map(|term| term.name.clone()).collect()
    }

    fn from_raw(raw: &RawRule, rule: &Rule) -> Written {
        // tables are sorted by name; their authors had another order in mind
        let mut terms: Vec<_> = raw.terms.iter().collect();
        terms.sort_by_key(|(name, _)| name.span().start);
        let terms = terms.into_iter().map(|(name, keys)| {
            let mut keys: Vec<_> = keys.iter().collect();
            keys.sort_by_key(|(key, _)| key.span().start);
            let texts = keys.into_iter().filter_map(|(key, value)| match value.get_ref() {
                RawTermValue::Text(text) => Some((key.get_ref().clone(), text.trim().to_owned())),
                RawTermValue::Flag(_) => None,
            });
            let (measure, keys): (Vec<_>, Vec<_>) = texts.partition(|(key, _)| key == "measure");
            WrittenTerm {
                is_set: rule.terms.iter().any(|term| term.is_set && *term.name == **name.get_ref()),
                name: name.get_ref().clone(),
                measure: measure.into_iter().next().map(|(_, measure)| measure),
                keys,
            }
        });
        Written {
            terms: terms.collect(),
            conditions: raw.conditions.as_ref().map(|text| text.get_ref().trim().to_owned()),
            hints: raw.hint.iter().map(|hint| (hint.assert.get_ref().trim().to_owned(), hint.say.clone())).collect(),
        }
    }
}
