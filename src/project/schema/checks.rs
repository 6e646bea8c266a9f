//! Checks of claim files: an assertion of their own, or a rule with claims for its terms.

use serde_json::{Map, Value, json};

use super::words;
use crate::rules::RuleSet;
use crate::rules::rule::Rule;

/// The schema of a `[[check]]`.
pub(super) fn check(rules: &RuleSet) -> Value {
    let bindable: Vec<&Rule> = rules.rules.iter().filter(|rule| rule.assert.is_some()).collect();
    let mut rule = words::one_of(bindable.iter().map(|rule| (&*rule.id, Some(&*rule.summary))));
    rule["description"] = "A rule whose terms are bound here; its name, explanation and severity are kept.".into();
    let mut severity = words::severity();
    severity["description"] = "In place of the rule's own, or of `error`.".into();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "oneOf": [{ "required": ["assert"] }, { "required": ["rule"] }],
        "dependentRequired": { "rule": ["terms"] },
        "properties": {
            "id": {
                "type": "string",
                "pattern": blanks_around(words::CLAIM_ID),
                "description": "Words in kebab case, first a letter; unique in the folder.",
            },
            "assert": {
                "type": "string",
                "description": "What must hold between claims of this file, named by their ids: `total = sum(leg-*)`. \
                    Minus and times stand between blanks, else they belong to an id.",
            },
            "rule": rule,
            "terms": {
                "type": "object",
                "additionalProperties": claims(),
                "description": "For each term of the rule the claims that stand for it.",
            },
            "why": { "type": "string", "description": "Why it must hold, for `kzcheck explain`." },
            "severity": severity,
            "allow": { "$ref": "#/$defs/allow", "description": "Its finding was looked at and accepted." },
        },
        "allOf": bindable.iter().map(|rule| terms(rule)).collect::<Vec<_>>(),
    })
}

/// A claim's id or a pattern of ids, or a list of them.
fn claims() -> Value {
    words::one_or_several(
        json!({ "type": "string", "description": "The id of a claim of this file, or a pattern: `leg-*`, which leaves out what is named by itself." }),
    )
}

/// Which terms a rule has.
fn terms(rule: &Rule) -> Value {
    let names: Vec<&str> = rule.terms.iter().map(|term| &*term.name).collect();
    let properties: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), json!(true))).collect();
    json!({
        "if": { "required": ["rule"], "properties": { "rule": { "const": &*rule.id } } },
        "then": {
            "properties": {
                "terms": { "required": names, "additionalProperties": false, "properties": properties },
            },
        },
    })
}

/// The program forgives blanks around an id.
fn blanks_around(pattern: &str) -> String {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    format!(r"^\s*{inner}\s*$")
}
