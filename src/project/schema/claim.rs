//! The schema of claim files, from the loaded vocabulary: measures and qualifiers are completed and checked, and each
//! measure allows only its own qualifiers.

use serde_json::{Map, Value, json};

use super::{checks, qualifiers, words};
use crate::figure::Dimension;
use crate::rules::file::RawSubject;
use crate::rules::{RuleSet, Vocabulary};

/// The notation of values, as far as a pattern can say it. What the pattern leaves open, the program checks.
const VALUE_PATTERN: &str = r"^\s*(?:exact\s|>=|<=|>|<|~)?\s*(?:#|[-+]?[0-9]|[A-Za-z]|\.\./|/)[\x00-\x7F]*\s*$";

const VALUE: &str = "The figure, always a string: `[exact | > | >= | < | <= | ~] number[..number] [scale] [unit]` \
    (`12.6 billion EUR`, `> 19 %`, `18..21 %`), a rank (`#2`, `<= #10`), a date (`1993`, `2000-05`, `Saturday 2022-01-08`, \
    `C06`) or a period (`1456/1847`). The point is the decimal mark, the comma stands only between thousands; write as \
    many digits as the text does.";

/// The schema of a claim file.
pub(super) fn schema(rules: &RuleSet) -> Value {
    let subject = super::derived::schema::<RawSubject>("");
    let subject_keys = subject.get("properties").cloned().unwrap_or_default();
    let mut definitions = Map::new();
    definitions.insert("claim".to_owned(), claim(&rules.vocabulary));
    definitions.insert("check".to_owned(), checks::check(rules));
    definitions.insert("allow".to_owned(), allow(rules));
    // each list of words stands here once, however many keys refer to it
    definitions.insert("knownSubject".to_owned(), subjects(&rules.vocabulary));
    definitions.insert("period".to_owned(), qualifiers::period());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims for kzcheck",
        "description": "Figures that a text states, with where they were read.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "document": document(),
            "subject": {
                "type": "object",
                "description": "Subjects of this file, beside those of the vocabulary: `[subject.eu-summit]`.",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": subject_keys,
                },
            },
            "claim": { "type": "array", "items": { "$ref": "#/$defs/claim" }, "description": "One assertion of the text." },
            "check": {
                "type": "array",
                "items": { "$ref": "#/$defs/check" },
                "description": "A relation that the text itself asserts, between claims of this file.",
            },
        },
        "$defs": definitions,
    })
}

fn document() -> Value {
    json!({
        "type": "object",
        "description": "The text that `source` points into. Several claim files may share one; one of them describes it.",
        "additionalProperties": false,
        "required": ["id"],
        "properties": {
            "id": { "type": "string", "minLength": 1, "description": "The name by which claim files share the document." },
            "title": { "type": "string" },
            "language": { "type": "string", "description": "A code such as `ar` or `de`." },
            "path": {
                "type": "string",
                "description": "The text, relative to this file and inside the project; with it, places are verified.",
            },
            "translation_of": { "type": "string", "description": "The id of a document that states the same claims." },
        },
    })
}

fn subjects(vocabulary: &Vocabulary) -> Value {
    words::known_or(
        vocabulary.subject_ids().into_iter().map(|id| (id, None)),
        json!({ "type": "string", "description": "A subject that this file declares: `[subject.NAME]`" }),
    )
}

fn allow(rules: &RuleSet) -> Value {
    let rule = words::known_or(
        words::rules(rules),
        json!({ "type": "string", "description": "The id of a check of a claim file" }),
    );
    let one = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["rule", "reason"],
        "properties": {
            "rule": rule,
            "reason": { "type": "string", "pattern": r"\S", "description": "Why the finding is accepted; printed with it." },
            "with": words::one_or_several(json!({
                "type": "string",
                "description": "The id of a claim: only the finding with these claims is accepted.",
            })),
        },
    });
    words::one_or_several(one)
}

fn claim(vocabulary: &Vocabulary) -> Value {
    let mut properties = Map::new();
    let mut add = |key: &str, schema: Value| properties.insert(key.to_owned(), schema);
    add(
        "id",
        json!({
            "type": "string",
            "pattern": words::CLAIM_ID,
            "description": "Words in kebab case, first a letter; unique in the folder.",
        }),
    );
    add("subject", json!({ "$ref": "#/$defs/knownSubject", "description": "What the claim is about." }));
    let mut measure = words::one_of(words::measures(vocabulary));
    measure["description"] =
        "What is measured. A claim without it is a draft, which only checks of this file use.".into();
    add("measure", measure);
    add("value", json!({ "type": "string", "pattern": VALUE_PATTERN, "description": VALUE }));
    let mut members = words::one_or_several(json!({ "type": "string" }));
    members["description"] = "What the text lists, in place of `value`: the value is their number, exact.".into();
    add("members", members);
    add("source", source());
    add("allow", json!({ "$ref": "#/$defs/allow", "description": "Findings that were looked at and accepted." }));
    let mut called = words::one_of(Dimension::names().map(|name| (name, None)));
    called["description"] = "What the text calls the figure, where that is not the measure's dimension.".into();
    add("called", called);
    let mut confidence = words::one_of([("sure", None), ("likely", None), ("guess", None)]);
    confidence["description"] = "Written by extraction; whoever confirms the claim removes it.".into();
    add("confidence", confidence);
    add("trusted", json!({ "type": "boolean", "description": "Not to be blamed: the claim is no part of the text." }));
    let reserved: Vec<String> = properties.keys().cloned().collect();
    properties.extend(qualifiers::properties(vocabulary));
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "oneOf": [{ "required": ["value"] }, { "required": ["members"] }],
        "dependentRequired": { "measure": ["subject"] },
        "properties": properties,
        "allOf": qualifiers::by_measure(vocabulary, &reserved),
    })
}

fn source() -> Value {
    json!({
        "type": "object",
        "description": "Where the figure stands in the document: `{ line = 24, text = \"…\" }`.",
        "additionalProperties": false,
        "properties": {
            "line": { "type": "integer", "minimum": 1, "maximum": u32::MAX, "description": "Counted from 1." },
            "text": { "type": "string", "description": "The figure exactly as the text writes it." },
            "context": {
                "type": "array",
                "items": { "type": "string", "pattern": "^([0-9a-f]{4}( [0-9a-f]{4})*)?$" },
                "minItems": 2,
                "maxItems": 2,
                "description": "Hashes of the words before and behind it; written by `kzcheck sync`.",
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_pattern_of_values_is_no_stricter_than_the_notation() {
        let pattern = Regex::new(VALUE_PATTERN).unwrap();
        let values = [
            "12.6 billion EUR",
            "exact 20",
            "exact\t20",
            ">= 1991",
            "<= #10",
            "#2",
            "~1.5 million",
            "18..21 %",
            "-0.14 %",
            "+3 points",
            " 5 km ",
            "\u{a0}5 km",
            "../1991",
            "1991/..",
            "/1991",
            "early 1990/..",
            "Saturday 2022-01-08",
            "C06",
            "-0055",
            "Y12345",
            "1430 AH",
            "3 times",
            "2,300\tkm",
        ];
        for value in values {
            assert!(pattern.is_match(value), "{value}");
        }
        for value in ["", "  ", "٢٥ كم", "%", "€ 5", "six"].into_iter().take(5) {
            assert!(!pattern.is_match(value), "{value}");
        }
    }
}
