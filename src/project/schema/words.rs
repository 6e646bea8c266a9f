//! Pieces that several schemas share: ids, words of the vocabulary, lists.

use serde_json::{Value, json};

use crate::figure::Dimension;
use crate::rules::{RuleSet, Severity, Vocabulary};

/// Ids of the vocabulary: words in kebab case, joined by points.
pub(super) const DOTTED_ID: &str = r"^[a-z](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z](?:[a-z0-9_-]*[a-z0-9_])?)*$";
/// Ids of rules.
pub(super) const RULE_ID: &str = r"^[a-z](?:[a-z0-9_-]*[a-z0-9_])?$";
/// Ids of claims and checks, in any script: no blanks, capitals or signs, first a letter.
pub(super) const CLAIM_ID: &str = r"^[^\s0-9A-Z!-/:-@\[-`{-~](?:[^\sA-Z!-,./:-@\[-`{-~]*[^\sA-Z!-/:-@\[-`{-~])?$";

/// One of these words, each with a note that editors show beside it.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> Value {
    let (words, notes): (Vec<&str>, Vec<Option<&str>>) = words.into_iter().unzip();
    if notes.iter().all(Option::is_none) {
        return json!({ "type": "string", "enum": words });
    }
    // Taplo and Even Better TOML show these
    json!({ "type": "string", "enum": words, "x-taplo": { "docs": { "enumValues": notes } } })
}

/// These words are offered, and any other that fits is accepted.
pub(super) fn known_or<'a>(words: impl IntoIterator<Item = (&'a str, Option<&'a str>)>, other: Value) -> Value {
    json!({ "anyOf": [one_of(words), other] })
}

/// One of this kind, or a list of them.
pub(super) fn one_or_several(item: Value) -> Value {
    json!({ "anyOf": [item.clone(), { "type": "array", "items": item }] })
}

pub(super) fn severity() -> Value {
    one_of(Severity::ALL.map(|(severity, name)| {
        let note = match severity {
            Severity::Error => "cannot be true: the exit code is 1",
            Severity::Warning => "shown, fails nothing",
            Severity::Note => "shown where there is room for it",
        };
        (name, Some(note))
    }))
}

/// A dimension, or a quotient of dimensions and units.
pub(super) fn dimension() -> Value {
    known_or(
        Dimension::names().map(|name| (name, None)),
        json!({ "type": "string", "pattern": "^[^/]+/[^/]+$", "description": "A quotient of dimensions or units: `persons/km2`" }),
    )
}

pub(super) fn measures(vocabulary: &Vocabulary) -> Vec<(&str, Option<&str>)> {
    let mut measures: Vec<_> =
        vocabulary.measures().map(|(_, measure)| (&*measure.id, measure.summary.as_deref())).collect();
    measures.sort_unstable();
    measures
}

pub(super) fn qualifiers(vocabulary: &Vocabulary) -> Vec<(&str, Option<&str>)> {
    let mut qualifiers: Vec<_> =
        vocabulary.qualifiers().map(|(_, qualifier)| (&*qualifier.id, qualifier.summary.as_deref())).collect();
    qualifiers.sort_unstable();
    qualifiers
}

pub(super) fn rules(rules: &RuleSet) -> impl Iterator<Item = (&str, Option<&str>)> {
    rules.rules.iter().map(|rule| (&*rule.id, Some(&*rule.summary)))
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn ids_of_any_script_are_accepted() {
        let claim = Regex::new(CLAIM_ID).unwrap();
        for id in ["a", "border-with-china", "grenze-österreich", "حدود-الصين", "x1-2"] {
            assert!(claim.is_match(id), "{id}");
        }
        for id in ["", "1a", "-a", "a-", "a b", "A", "a.b", "a_b"] {
            assert!(!claim.is_match(id), "{id}");
        }
        let dotted = Regex::new(DOTTED_ID).unwrap();
        assert!(dotted.is_match("trade.goods.re-exports") && dotted.is_match("according_to"));
        assert!(!dotted.is_match("trade..goods") && !dotted.is_match("Trade") && !dotted.is_match("trade-"));
    }
}
