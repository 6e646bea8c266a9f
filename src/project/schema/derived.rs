//! Schemas derived from the structs that read a file, put into the terms of TOML: there is no null, and the names of
//! Rust types mean nothing to an author.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// What the raw structs are called before their proper name.
const PREFIX: &str = "Raw";
const DEFINITIONS: &str = "#/$defs/";

/// The schema of a type.
pub(super) fn schema<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = without_null(generator.into_root_schema_for::<T>().to_value());
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        let renamed = std::mem::take(definitions)
            .into_iter()
            .map(|(name, schema)| (name.strip_prefix(PREFIX).unwrap_or(&name).to_owned(), schema));
        *definitions = renamed.collect();
    }
    schema["title"] = title.into();
    schema
}

/// Takes out what only JSON has, and gives definitions their proper names.
fn without_null(schema: Value) -> Value {
    match schema {
        Value::Array(items) => Value::Array(items.into_iter().map(without_null).collect()),
        Value::Object(keys) => {
            let keys: Map<String, Value> = keys.into_iter().map(|(key, value)| key_without_null(key, value)).collect();
            simplified(keys)
        }
        other => other,
    }
}

fn key_without_null(key: String, value: Value) -> (String, Value) {
    let value = match (key.as_str(), value) {
        ("type", Value::Array(types)) => {
            let mut types: Vec<Value> = types.into_iter().filter(|name| name != "null").collect();
            if types.len() == 1 { types.remove(0) } else { Value::Array(types) }
        }
        ("anyOf", Value::Array(options)) => {
            let is_null = |option: &Value| option.get("type").is_some_and(|name| name == "null");
            Value::Array(options.into_iter().filter(|option| !is_null(option)).map(without_null).collect())
        }
        ("$ref", Value::String(target)) => {
            let raw = format!("{DEFINITIONS}{PREFIX}");
            Value::String(target.replacen(&raw, DEFINITIONS, 1))
        }
        (_, value) => without_null(value),
    };
    (key, value)
}

/// A choice of one option is that option.
fn simplified(mut keys: Map<String, Value>) -> Value {
    let only = match keys.get("anyOf") {
        Some(Value::Array(options)) if options.len() == 1 => options.first().cloned(),
        _ => None,
    };
    if let Some(Value::Object(only)) = only {
        keys.remove("anyOf");
        only.into_iter().for_each(|(key, value)| {
            keys.entry(key).or_insert(value);
        });
    }
    Value::Object(keys)
}
