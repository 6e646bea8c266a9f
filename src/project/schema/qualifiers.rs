//! Qualifiers of claims: what each may say, and which measure has which.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::words;
use crate::rules::Vocabulary;
use crate::rules::vocabulary::{Qualifier, ValuesOf};

/// The qualifiers that claims of some measure may write, with their values.
pub(super) fn properties(vocabulary: &Vocabulary) -> Map<String, Value> {
    let is_used = |qualifier: &Qualifier| {
        let id = vocabulary.qualifier_id(&qualifier.id);
        qualifier.every
            || vocabulary.measures().any(|(_, measure)| id.is_some_and(|id| measure.qualifiers.contains(&id)))
    };
    let used = vocabulary.qualifiers().map(|(_, qualifier)| qualifier).filter(|qualifier| is_used(qualifier));
    used.map(|qualifier| (qualifier.id.to_string(), values(qualifier, vocabulary))).collect()
}

/// What one qualifier may say.
fn values(qualifier: &Qualifier, vocabulary: &Vocabulary) -> Value {
    let total = qualifier.total.map(|total| vocabulary.names.word(total));
    let mut schema = match &qualifier.of {
        ValuesOf::Word => json!({ "type": "string", "pattern": r"\S" }),
        ValuesOf::Subject => json!({ "$ref": "#/$defs/knownSubject" }),
        ValuesOf::Period => json!({ "$ref": "#/$defs/period" }),
        ValuesOf::Qualifier => {
            let names = words::qualifiers(vocabulary).into_iter().chain(total.map(|total| (total, None)));
            blank_or(words::one_of(names))
        }
        ValuesOf::Members(members) => {
            let mut words: Vec<&str> = members.iter().map(|member| vocabulary.names.word(*member)).collect();
            words.extend(total);
            words.dedup();
            blank_or(words::one_of(words.into_iter().map(|word| (word, None))))
        }
    };
    schema["description"] = description(qualifier, total).into();
    schema
}

/// Words of an enumeration; the program forgives blanks around them.
fn blank_or(words: Value) -> Value {
    json!({ "anyOf": [words, { "type": "string", "pattern": r"^\s|\s$" }] })
}

fn description(qualifier: &Qualifier, total: Option<&str>) -> String {
    let mut text = match &qualifier.summary {
        Some(summary) => format!("{summary}."),
        None => format!("Which {}.", qualifier.id),
    };
    if qualifier.required {
        text.push_str(" A claim must say it.");
    }
    if let Some(total) = total {
        text.push_str(&format!(" Left out, it is `{total}`: all together."));
    }
    text
}

/// A period as a qualifier.
pub(super) fn period() -> Value {
    json!({
        "type": "string",
        "pattern": r"\S",
        "description": "A year, a part of one or two ends: `2020`, `2018-H1`, `2018-Q3`, `2005/2018-07`",
    })
}

/// For each measure the keys that its claims may have, and those that they must have. Measures with the same
/// qualifiers share an entry.
pub(super) fn by_measure(vocabulary: &Vocabulary, reserved: &[String]) -> Vec<Value> {
    let every: Vec<&str> = vocabulary.qualifiers().filter(|(_, own)| own.every).map(|(_, own)| &*own.id).collect();
    let mut groups: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for (_, measure) in vocabulary.measures() {
        let mut own: Vec<&str> = measure.qualifiers.iter().map(|id| &*vocabulary.qualifier(*id).id).collect();
        own.extend(&every);
        own.sort_unstable();
        own.dedup();
        groups.entry(own).or_default().push(&measure.id);
    }
    let keys = |own: &[&str]| -> Vec<String> {
        own.iter().map(|id| (*id).to_owned()).chain(reserved.iter().cloned()).collect()
    };
    let is_required = |id: &&&str| vocabulary.qualifier_id(id).is_some_and(|id| vocabulary.qualifier(id).required);
    let mut conditions: Vec<Value> = groups
        .into_iter()
        .map(|(own, mut measures)| {
            measures.sort_unstable();
            let required: Vec<&&str> = own.iter().filter(is_required).collect();
            json!({
                "if": { "required": ["measure"], "properties": { "measure": { "enum": measures } } },
                "then": { "propertyNames": { "enum": keys(&own) }, "required": required },
            })
        })
        .collect();
    conditions.push(json!({
        "if": { "not": { "required": ["measure"] } },
        "then": { "propertyNames": { "enum": keys(&[]) } },
    }));
    conditions
}
