//! `kzcheck schema`: what the program reads, the schemas accept; what it refuses, they refuse where they can.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod iceland;

use std::path::{Path, PathBuf};

use iceland::run;
use jsonschema::Validator;
use serde_json::Value;

fn validator(folder: &Path, name: &str) -> Validator {
    let ran = run(folder, &["schema", name]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{name}");
    jsonschema::draft202012::new(&schema).unwrap()
}

/// A TOML text as an editor hands it to a validator.
fn json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn errors(validator: &Validator, text: &str) -> Vec<String> {
    let value = json(text);
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

fn accepts_all(validator: &Validator, files: &[PathBuf]) {
    for file in files {
        let found = errors(validator, &std::fs::read_to_string(file).unwrap());
        assert!(found.is_empty(), "{}: {}", file.display(), found.join("\n"));
    }
}

#[test]
fn the_files_of_this_repository_are_accepted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    accepts_all(&validator(root, "claim"), &toml_files(&root.join("claims")));
    let rules = toml_files(&root.join("rules"));
    let rules: Vec<PathBuf> =
        rules.into_iter().filter(|path| !path.starts_with(root.join("rules/languages"))).collect();
    accepts_all(&validator(root, "rule"), &rules);
    accepts_all(&validator(root, "vocabulary"), &rules);
    accepts_all(&validator(root, "config"), &[root.join("kzcheck.toml")]);
}

#[test]
fn the_vocabulary_of_a_project_is_part_of_its_claim_schema() {
    let folder = iceland::project();
    let claim = validator(folder.path(), "claim");
    assert_eq!(errors(&claim, iceland::CLAIMS), [""; 0]);
    assert_eq!(errors(&validator(folder.path(), "rule"), iceland::RULES), [""; 0]);
    // another project knows nothing of it
    let elsewhere = validator(tempfile::TempDir::new().unwrap().path(), "claim");
    assert!(!errors(&elsewhere, iceland::CLAIMS).is_empty());
}

#[test]
fn what_the_program_refuses_in_claims_is_refused() {
    let folder = iceland::project();
    let schema = validator(folder.path(), "claim");
    let claim = |keys: &str| format!("[[claim]]\nid = \"afli\"\n{keys}");
    let fact = "subject = \"iceland\"\nmeasure = \"catch\"\n";
    for (what, text) in [
        ("a plain claim", claim(&format!("{fact}value = \"1,200 t\""))),
        ("members in place of a value", claim(&format!("{fact}members = [\"a\", \"b\"]"))),
        ("a draft", claim("value = \"1,200 t\"")),
        ("a total that is said", claim(&format!("{fact}species = \"all\"\ngear = \"all\"\nvalue = \"1 t\""))),
        (
            "one table for a list",
            claim(&format!("{fact}value = \"1 t\"\nallow = {{ rule = \"claims-agree\", reason = \"r\" }}")),
        ),
    ] {
        assert_eq!(errors(&schema, &text), [""; 0], "{what}");
    }
    for (what, text) in [
        ("no value", claim(fact)),
        ("a bare number", claim(&format!("{fact}value = 1200"))),
        ("both", claim(&format!("{fact}value = \"1\"\nmembers = [\"a\"]"))),
        ("no subject", claim("measure = \"catch\"\nvalue = \"1 t\"")),
        ("an unknown measure", claim("subject = \"iceland\"\nmeasure = \"catches\"\nvalue = \"1 t\"")),
        ("a qualifier of another measure", claim(&format!("{fact}partner = \"norway\"\nvalue = \"1 t\""))),
        ("a draft with a qualifier", claim("species = \"cod\"\nvalue = \"1 t\"")),
        ("no member", claim(&format!("{fact}gear = \"spear\"\nvalue = \"1 t\""))),
        (
            "a required qualifier left out",
            claim("subject = \"iceland\"\nmeasure = \"border.length\"\nvalue = \"1 km\""),
        ),
        ("no reason", claim(&format!("{fact}value = \"1 t\"\nallow = [{{ rule = \"claims-agree\" }}]"))),
        ("line 0", claim(&format!("{fact}value = \"1 t\"\nsource = {{ line = 0 }}"))),
        ("Arabic digits in a value", claim(&format!("{fact}value = \"٢٥ t\""))),
        ("an unknown section", "[claims]\n".to_owned()),
        ("an unknown rule", "[[check]]\nid = \"x\"\nrule = \"nope\"\nterms = { a = \"b\" }".to_owned()),
        ("a builtin bound", "[[check]]\nid = \"x\"\nrule = \"claims-agree\"\nterms = { a = \"b\" }".to_owned()),
        (
            "an unknown term",
            "[[check]]\nid = \"x\"\nrule = \"landed-in-turn\"\nterms = { day = [\"a\"], last = \"b\" }".to_owned(),
        ),
        ("rule and assertion", "[[check]]\nid = \"x\"\nrule = \"in-order\"\nassert = \"a = b\"".to_owned()),
    ] {
        assert_ne!(errors(&schema, &text), [""; 0], "{what}");
    }
}

#[test]
fn what_the_program_refuses_in_rules_is_refused() {
    let folder = iceland::project();
    let schema = validator(folder.path(), "rule");
    for (what, text) in [
        ("a severity that is none", "[[rule]]\nid = \"x\"\nsummary = \"s\"\nseverity = \"fatal\"\nassert = \"a = b\""),
        ("an id with capitals", "[[rule]]\nid = \"Catch\"\nsummary = \"s\"\nassert = \"a = b\""),
        ("neither assertion nor builtin", "[[rule]]\nid = \"x\"\nsummary = \"s\""),
        ("both", "[[rule]]\nid = \"x\"\nsummary = \"s\"\nassert = \"a = b\"\nbuiltin = \"weekday\""),
        ("an unknown builtin", "[[rule]]\nid = \"x\"\nsummary = \"s\"\nbuiltin = \"weekdays\""),
        ("a dimension that is none", "[measure.catch]\ndimension = \"weight\""),
        ("values of nothing", "[qualifier.port]\nof = \"place\""),
        ("an unknown key", "[measure.catch]\ndimension = \"mass\"\nunit = \"t\""),
    ] {
        assert_ne!(errors(&schema, text), [""; 0], "{what}");
    }
    for (what, text) in [
        ("a number as a bound", "[measure.catch]\ndimension = \"mass\"\nmin = 0\nmax = \"9 million t\""),
        ("a quotient", "[measure.price]\ndimension = \"money/mass\""),
    ] {
        assert_eq!(errors(&schema, text), [""; 0], "{what}");
    }
    let config = validator(folder.path(), "config");
    assert_eq!(errors(&config, "[documents]\narsskyrsla = \"texti/skýrsla.txt\""), [""; 0]);
    assert_ne!(errors(&config, "[document]\narsskyrsla = \"x\""), [""; 0]);
}

#[test]
fn schemas_are_small_enough_for_editors_and_explain_their_keys() {
    let folder = iceland::project();
    let ran = run(folder.path(), &["schema", "claim"]);
    assert!(ran.out.len() < 500_000, "{} bytes", ran.out.len());
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    let claim = &schema["$defs"]["claim"]["properties"];
    for (key, value) in claim.as_object().unwrap() {
        assert!(value["description"].is_string(), "{key} says nothing");
    }
    insta::assert_json_snapshot!("species", claim["species"]);
    insta::assert_json_snapshot!("gear", claim["gear"]);
    let measure = claim["measure"]["enum"].as_array().unwrap();
    assert!(measure.iter().any(|name| name == "catch.share") && measure.iter().any(|name| name == "population"));
}

#[test]
fn a_broken_rule_file_is_trouble_and_the_rest_has_its_schema() {
    let folder = iceland::with_rules("[measure.catch]\ndimension = \"weight\"\n");
    let ran = run(folder.path(), &["schema", "claim"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("rules/veiðar.toml:2:"), "{}", ran.err);
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(schema["$defs"]["claim"].is_object());
}
