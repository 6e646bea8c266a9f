//! SARIF, held against the published schema and read back.

use std::collections::BTreeSet;
use std::path::Path;

use kzcheck::report::visible::visible;
use serde_json::Value;

use crate::scratch::{PREFIX, Scratch, broken, clean, hostile, is_obeyed, many, single, stretch};

fn log(scratch: &Scratch, arguments: &[&str]) -> Value {
    let out = scratch.run(&[&["--format", "sarif"], arguments].concat()).out;
    assert!(!is_obeyed(&out), "{out}");
    let log: Value = serde_json::from_str(&out).unwrap();
    is_valid(&log);
    is_uploadable(&log);
    log
}

/// The schema is not part of the repository; it lies beside it where the project is developed.
fn is_valid(log: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas/sarif-2.1.0.schema.json");
    let Ok(schema) = std::fs::read_to_string(path) else { return };
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::draft4::new(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// What services refuse although the schema has it.
fn is_uploadable(log: &Value) {
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "no rule stands twice");
    assert!(!rules.is_empty());
    let filled = |text: &Value| text.as_str().is_some_and(|text| !text.trim().is_empty());
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(filled(&rule[key]["text"]), "{key} of {}", rule["id"]);
        }
        assert!(filled(&rule["help"]["markdown"]));
        assert!(rule["shortDescription"]["text"].as_str().unwrap().chars().count() <= 1024);
    }
    for result in run["results"].as_array().unwrap() {
        assert!(filled(&result["message"]["text"]));
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}

/// The file that a location names, from its address, relative to the repository.
fn file(location: &Value) -> String {
    let artifact = &location["physicalLocation"]["artifactLocation"];
    assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
    let mut bytes = Vec::new();
    let uri = artifact["uri"].as_str().unwrap().as_bytes();
    let mut at = 0;
    while at < uri.len() {
        if uri[at] == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&uri[at + 1..at + 3]).unwrap(), 16).unwrap());
            at += 3;
        } else {
            assert!(uri[at].is_ascii_graphic());
            bytes.push(uri[at]);
            at += 1;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What stands at a location, found by lines and columns, by bytes, and in the snippet.
fn text_at(scratch: &Scratch, location: &Value) -> String {
    let region = &location["physicalLocation"]["region"];
    let number = |key: &str| region[key].as_u64().unwrap() as usize;
    let text = std::fs::read_to_string(scratch.folder.path().join(file(location))).unwrap();
    assert!(number("startColumn") >= 1 && number("endColumn") >= 1);
    let found = stretch(&text, (number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    let start = number("byteOffset");
    assert_eq!(found, text[start..start + number("byteLength")]);
    assert_eq!(found, region["snippet"]["text"].as_str().unwrap());
    found
}

/// Undoes what §3.11.5 and §3.11.6 ask for.
fn unescaped(message: &Value) -> String {
    message["text"].as_str().unwrap().replace("{{", "{").replace("}}", "}").replace("\\](", "](")
}

#[test]
fn results_say_what_json_says() {
    for scratch in [clean(), single(), many(40), hostile()] {
        let json = scratch.json();
        let log = log(&scratch, &[]);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let findings = json["findings"].as_array().unwrap();
        assert_eq!(results.len(), findings.len());
        for (result, finding) in results.iter().zip(findings) {
            same(&scratch, result, finding);
            assert!(result.get("suppressions").is_none());
        }
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    }
}

fn same(scratch: &Scratch, result: &Value, finding: &Value) {
    assert_eq!(result["ruleId"], finding["rule"]);
    assert_eq!(result["level"], finding["severity"]);
    assert_eq!(unescaped(&result["message"]).lines().next().unwrap(), visible(finding["message"].as_str().unwrap()));
    assert_eq!(result["partialFingerprints"]["kzcheckFinding/v1"], finding["fingerprint"]);
    assert_eq!(result["properties"].get("verdict").unwrap_or(&Value::Null), &finding["verdict"]);
    let claims = finding["claims"].as_array().unwrap();
    let empty = Vec::new();
    let related = result["relatedLocations"].as_array().unwrap_or(&empty);
    let all: Vec<&Value> = result["locations"].as_array().unwrap().iter().chain(related).collect();
    let mut expected = 0;
    for claim in claims {
        let name = format!("{PREFIX}{}", claim["file"].as_str().unwrap());
        let of_claim = all.iter().filter(|location| location["logicalLocations"][0]["name"] == claim["id"]);
        let in_file: Vec<_> = of_claim.filter(|location| file(location) == name).collect();
        let place = &in_file[0]["physicalLocation"]["region"];
        assert_eq!(place["startLine"], claim["value"]["line"]);
        assert_eq!(place["startColumn"], claim["value"]["column"]);
        assert!(text_at(scratch, in_file[0]).starts_with('"'));
        expected += 1;
    }
    for place in finding["places"].as_array().unwrap() {
        let name = format!("{PREFIX}{}", place["file"].as_str().unwrap());
        let found = related.iter().find(|location| {
            file(location) == name && location["physicalLocation"]["region"]["startLine"] == place["line"]
        });
        assert_eq!(text_at(scratch, found.unwrap()), place["text"].as_str().unwrap());
        assert_eq!(found.unwrap()["physicalLocation"]["region"]["startColumn"], place["column"]);
        expected += 1;
    }
    assert_eq!(all.len(), expected);
    let ids: BTreeSet<u64> = related.iter().map(|location| location["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), related.len());
}

#[test]
fn accepted_findings_come_on_demand_with_their_reason() {
    let log = log(&hostile(), &["--all"]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let (accepted, open): (Vec<&Value>, Vec<&Value>) =
        results.iter().partition(|result| !result["suppressions"].as_array().unwrap().is_empty());
    assert_eq!((accepted.len(), open.len()), (1, results.len() - 1));
    let suppression = &accepted[0]["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "no | <b>reason</b> \\u{202e}::error::");
}

#[test]
fn problems_are_notifications_and_make_the_run_unsuccessful() {
    let scratch = broken();
    let json = scratch.json();
    let log = log(&scratch, &[]);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notifications = invocation["toolExecutionNotifications"].as_array().unwrap();
    let problems = json["problems"].as_array().unwrap();
    assert_eq!(notifications.len(), problems.len());
    for (notification, problem) in notifications.iter().zip(problems) {
        assert_eq!(file(&notification["locations"][0]), format!("{PREFIX}{}", problem["file"].as_str().unwrap()));
        text_at(&scratch, &notification["locations"][0]);
        assert!(unescaped(&notification["message"]).starts_with(&*visible(problem["message"].as_str().unwrap())));
    }
}

#[test]
fn fingerprints_stay_when_lines_move_and_change_with_a_figure() {
    let fingerprints = |scratch: &Scratch| -> Vec<String> {
        let log = log(scratch, &[]);
        let results = log["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect()
    };
    let scratch = single();
    let before = fingerprints(&scratch);
    let text = scratch.read("claims/one.toml");
    scratch.write("claims/one.toml", &format!("# a comment\n\n{}", text.replace("subject =", "subject   =")));
    assert_eq!(fingerprints(&scratch), before);
    scratch.write("claims/one.toml", &text.replace("25.9 %", "25.8 %"));
    assert_ne!(fingerprints(&scratch), before);
}
