//! The schema of rule files. The structs give its shape; here it learns which words the vocabulary has, since a key
//! that is a plain string to Rust is one of a few words to an author.

use serde_json::{Value, json};

use super::{derived, words};
use crate::rules::RuleSet;
use crate::rules::file::RuleFile;
use crate::rules::rule::BUILTINS;

/// The schema of a rule file; it offers the words of the loaded vocabulary and accepts new ones.
pub(super) fn schema(rules: &RuleSet) -> Value {
    let mut schema = derived::schema::<RuleFile>("Rules and vocabulary of kzcheck");
    for (definition, key, refinement) in refinements(rules) {
        refine(&mut schema, definition, key, refinement);
    }
    for table in ["qualifier", "facet", "subject", "measure"] {
        if let Some(table) = schema.pointer_mut(&format!("/properties/{table}")) {
            table["propertyNames"] = json!({ "pattern": words::DOTTED_ID });
        }
    }
    if let Some(rule) = schema.pointer_mut("/$defs/Rule") {
        rule["oneOf"] = json!([
            { "required": ["assert"], "not": { "required": ["builtin"] } },
            { "required": ["builtin"], "not": { "required": ["assert"] } },
        ]);
    }
    if let Some(months) = schema.pointer_mut("/$defs/Notation/properties/months") {
        months["additionalProperties"] = json!({ "type": "integer", "minimum": 0, "maximum": 255 });
    }
    schema
}

/// What replaces the bare `type` of a key. Its description stays.
fn refine(schema: &mut Value, definition: &str, key: &str, refinement: Value) {
    let place = schema.pointer_mut(&format!("/$defs/{definition}/properties/{key}"));
    let (Some(Value::Object(place)), Value::Object(refinement)) = (place, refinement) else { return };
    for replaced in ["type", "items", "anyOf", "additionalProperties"] {
        if refinement.contains_key("type") || refinement.contains_key("anyOf") {
            place.remove(replaced);
        }
    }
    place.extend(refinement);
}

/// Definition, key, and what the key may hold.
fn refinements(rules: &RuleSet) -> Vec<(&'static str, &'static str, Value)> {
    let vocabulary = &rules.vocabulary;
    let any_word = || json!({ "type": "string", "pattern": words::DOTTED_ID });
    let list = |items: Value| json!({ "type": "array", "items": items, "uniqueItems": true });
    let qualifiers = || list(words::known_or(words::qualifiers(vocabulary), any_word()));
    let mut tags: Vec<&str> = vocabulary.measures().flat_map(|(_, measure)| &measure.tags).map(|tag| &**tag).collect();
    tags.sort_unstable();
    tags.dedup();
    let tags = || list(words::known_or(tags.iter().map(|tag| (*tag, None)), json!({ "type": "string" })));
    let mut facets: Vec<&str> =
        vocabulary.measures().filter_map(|(_, measure)| Some(&*measure.facet_of.as_ref()?.1)).collect();
    facets.sort_unstable();
    facets.dedup();
    let facets = list(words::known_or(facets.into_iter().map(|facet| (facet, None)), any_word()));
    let rounding = || {
        words::one_of([
            ("nearest", Some("half a unit of the last digit either way")),
            ("truncated", Some("cut off, as ages are")),
        ])
    };
    let bound = || json!({ "type": ["string", "integer"] });
    let of = words::one_of([
        ("subject", Some("a subject of the vocabulary")),
        ("period", Some("a year, a part of one, or two ends")),
        ("qualifier", Some("the name of another qualifier")),
    ]);
    let measures = words::measures(vocabulary);
    let measure = words::known_or(
        measures,
        json!({ "type": "string", "description": "A measure, or `$m` for any; `$m.share` is a facet of it" }),
    );
    let term = json!({
        "type": "object",
        "properties": {
            "measure": measure,
            "set": { "type": "boolean", "description": "Of a term without a measure: it takes a list of claims" },
        },
        "additionalProperties": {
            "type": "string",
            "description": "A value, a variable `$x`, `$y - 1 year`, `*` for every value, `total` for all together",
        },
    });
    vec![
        ("Unit", "dimension", words::dimension()),
        ("Measure", "dimension", words::dimension()),
        ("Facet", "dimension", words::dimension()),
        ("Measure", "qualifiers", qualifiers()),
        ("Facet", "qualifiers", qualifiers()),
        ("Measure", "facets", facets),
        ("Measure", "tags", tags()),
        ("Facet", "tags", tags()),
        ("Measure", "rounding", rounding()),
        ("Facet", "rounding", rounding()),
        ("Measure", "min", bound()),
        ("Measure", "max", bound()),
        ("Facet", "min", bound()),
        ("Facet", "max", bound()),
        ("Qualifier", "of", of),
        ("Rule", "id", json!({ "type": "string", "pattern": words::RULE_ID })),
        ("Rule", "severity", words::severity()),
        ("Rule", "builtin", words::one_of(BUILTINS.iter().map(|name| (*name, None)))),
        ("Rule", "terms", json!({ "type": "object", "additionalProperties": term })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refinement_finds_its_key() {
        let rules = RuleSet::default();
        let schema = derived::schema::<RuleFile>("");
        for (definition, key, _) in refinements(&rules) {
            let pointer = format!("/$defs/{definition}/properties/{key}");
            assert!(schema.pointer(&pointer).is_some(), "{pointer}");
        }
        assert!(!schema.to_string().contains("null"), "TOML has no null");
    }
}
