//! Bad input gets a diagnostic with file, place, what was expected and a way out; the other files are still checked.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::fs;
use std::path::Path;

mod terminal;

use serde_json::Value;
use tempfile::TempDir;
use terminal::write;

/// A project in a folder of its own, with one sound contradiction beside what is broken.
fn project(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let sound = r#"
[[claim]]
id = "area"
subject = "france"
measure = "area"
value = "551,500 km2"

[[claim]]
id = "area-again"
subject = "france"
measure = "area"
value = "643,801 km2"
"#;
    write(folder.path(), "claims/sound.toml", sound.as_bytes());
    for (name, content) in files {
        write(folder.path(), name, content);
    }
    folder
}

/// Runs `check --format json` there: exit code and output.
fn check(folder: &Path) -> (i32, Value) {
    let ran = terminal::check(folder, &[]);
    (ran.code, ran.json())
}

/// Each problem as `file:line:column message (help)`, while the sound contradiction is still found and the exit code is 2.
fn problems(files: &[(&str, &[u8])]) -> Vec<String> {
    let folder = project(files);
    let (code, json) = check(folder.path());
    assert_eq!(code, 2, "{json:#}");
    assert!(json["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "claims-agree"));
    json["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
            format!("{}:{}:{} {} ({})", text("file"), problem["line"], problem["column"], text("message"), text("help"))
        })
        .collect()
}

fn claim_file(content: &str) -> Vec<String> {
    problems(&[("claims/broken.toml", content.as_bytes())])
}

#[test]
fn every_mistake_of_a_claim_is_told_at_once() {
    let found = claim_file(
        "[[claim]]\nid = \"Big\"\nsubject = \"frnce\"\nmeasure = \"popluation\"\nvalue = 12.5\n\n\
         [[claim]]\nid = \"kind\"\nsubject = \"france\"\nmeasure = \"population\"\nperid = \"2020\"\nvalue = \"12 parsons\"\n",
    );
    assert_eq!(
        found,
        [
            "claims/broken.toml:2:6 `Big` is no id (write words in kebab case, first a letter: `border-with-china`)",
            "claims/broken.toml:3:11 no subject is called `frnce` (did you mean `france`?)",
            "claims/broken.toml:4:11 no measure is called `popluation` (did you mean `population`?)",
            "claims/broken.toml:5:9 a bare number stands where a string belongs (write it in quotes: `value = \"12.5\"`, so that its precision is kept)",
            "claims/broken.toml:11:1 unknown key `perid` (did you mean `period`?)",
            "claims/broken.toml:12:13 no unit is called `parsons` (did you mean `persons`?)",
        ]
    );
}

#[test]
fn a_claim_says_something() {
    let found = claim_file("[[claim]]\nid = \"empty\"\nsubject = \"france\"\nmeasure = \"population\"\n");
    assert_eq!(
        found,
        [
            "claims/broken.toml:1:1 the claim has neither `value` nor `members` (write `value = \"…\"`, or `members = [\"…\"]` for a list that is counted)"
        ]
    );
    let found =
        claim_file("[[claim]]\nid = \"date\"\nsubject = \"france\"\nmeasure = \"founded\"\nvalue = 2020-01-02\n");
    assert!(found[0].contains("a bare date stands where a string belongs"), "{found:?}");
}

#[test]
fn a_share_says_of_which_whole() {
    let found = claim_file(
        "[[claim]]\nid = \"share\"\nsubject = \"france\"\nmeasure = \"trade.goods.share\"\npartner = \"germany\"\nproduct = \"fuels\"\nvalue = \"5 %\"\n",
    );
    assert_eq!(
        found,
        [
            "claims/broken.toml:1:1 of which whole this is a share is not plain (say in which qualifier part and whole differ: `over = \"partner\"` or `over = \"product\"`)"
        ]
    );
}

#[test]
fn ids_are_unique_in_the_folder() {
    let found = claim_file("[[claim]]\nid = \"area\"\nsubject = \"france\"\nmeasure = \"founded\"\nvalue = \"1792\"\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("another claim is called `area`"), "{found:?}");
}

#[test]
fn a_check_names_claims_of_its_file() {
    let found = claim_file(
        "[[check]]\nid = \"sum\"\nassert = \"total = sum(leg-*)\"\n\n[[check]]\nid = \"nothing\"\nassert = \"1 = 1\"\n",
    );
    assert!(found[0].contains("nothing is called `total`"), "{found:?}");
    assert!(found[1].contains("the check names no claim"), "{found:?}");
}

#[test]
fn broken_toml_is_told_line_by_line() {
    let found = claim_file("[[claim]]\nid = \"x\"\nvalue = \"1\n[[claim]\nid = \"y\"\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("claims/broken.toml:3:9 the closing quote is missing"), "{found:?}");
    assert!(found[1].starts_with("claims/broken.toml:4:9 the header is not closed"), "{found:?}");
    let found = claim_file("<<<<<<< HEAD\n[[claim]]\nid = \"m\"\n=======\n>>>>>>> other\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("unresolved merge conflict"), "{found:?}");
}

#[test]
fn a_file_that_is_no_text_is_named_with_the_place() {
    let found = problems(&[("claims/latin.toml", b"[[claim]]\nid = \"caf\xe9\"\n")]);
    assert_eq!(
        found,
        ["claims/latin.toml:2:10 the file is not UTF-8: byte 19 on line 2 belongs to no character (save it as UTF-8)"]
    );
}

#[test]
fn deep_nesting_and_endless_numbers_are_refused() {
    let deep = format!("x = {}", "[".repeat(100_000));
    assert!(claim_file(&deep)[0].contains("more than 32 levels inside each other"));
    let long = format!("[[claim]]\nid = \"long\"\nvalue = \"{}\"\n", "9".repeat(100_000));
    assert!(claim_file(&long)[0].contains("no figure has more than 100 digits"));
}

#[test]
fn rules_that_mix_dimensions_or_fit_nothing_are_broken() {
    let rules = r#"
[[rule]]
id = "mixes"
summary = "Adds inhabitants to land"
terms.a = { measure = "area" }
terms.b = { measure = "population" }
assert = "a + b = 3 km2"

[[rule]]
id = "fits-nothing"
summary = "Speaks of a measure that nobody has"
terms.a = { measure = "arrea" }
assert = "a > 0 km2"
"#;
    let found = problems(&[("rules/own.toml", rules.as_bytes())]);
    assert_eq!(
        found,
        [
            "rules/own.toml:7:11 persons cannot be added to area ()",
            "rules/own.toml:10:6 no measure is called `arrea`; did you mean `area`? (a rule that fits nothing can never fire)",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = project(&[]);
    std::os::unix::fs::symlink(folder.path().join("claims"), folder.path().join("claims/loop")).unwrap();
    let (code, json) = check(folder.path());
    assert_eq!(code, 2);
    assert!(json["problems"][0]["message"].as_str().unwrap().contains("leads back"), "{json:#}");
    assert_eq!(json["summary"]["claims"], 2);
}

#[test]
fn an_empty_folder_is_no_clean_project() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("claims")).unwrap();
    let (code, json) = check(folder.path());
    assert_eq!(code, 2);
    assert_eq!(json["problems"][0]["message"], "the folder holds no claim files");
}

#[test]
fn a_document_outside_the_project_is_not_read_for_a_claim_file() {
    let found = claim_file("[document]\nid = \"secret\"\npath = \"../../../../etc/passwd\"\n");
    assert!(found[0].contains("lies outside the project"), "{found:?}");
}
