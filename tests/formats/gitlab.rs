//! The code quality report, held against the fields that GitLab documents.

use std::collections::BTreeSet;

use kzcheck::report::visible::visible;
use serde_json::Value;

use crate::scratch::{PREFIX, Scratch, broken, clean, hostile, is_obeyed, many, single};

fn entries(scratch: &Scratch) -> Vec<Value> {
    let out = scratch.run(&["--format", "gitlab"]).out;
    assert!(!is_obeyed(&out), "{out}");
    let entries: Vec<Value> = serde_json::from_str(&out).unwrap();
    let fingerprints: BTreeSet<&str> = entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), entries.len(), "each has its own");
    for entry in &entries {
        let severity = entry["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(!entry["description"].as_str().unwrap().is_empty());
        assert!(!entry["check_name"].as_str().unwrap().is_empty());
        assert!(!entry["location"]["path"].as_str().unwrap().starts_with("./"));
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    entries
}

#[test]
fn entries_say_what_json_says() {
    assert!(entries(&clean()).is_empty());
    for scratch in [single(), many(40), hostile()] {
        let json = scratch.json();
        let findings = json["findings"].as_array().unwrap();
        let entries = entries(&scratch);
        assert_eq!(entries.len(), findings.len());
        for (entry, finding) in entries.iter().zip(findings) {
            let claim = &finding["claims"][0];
            let message = visible(finding["message"].as_str().unwrap()).into_owned();
            assert!(entry["description"].as_str().unwrap().starts_with(&message));
            assert_eq!(entry["check_name"], finding["rule"]);
            assert_eq!(entry["fingerprint"], finding["fingerprint"]);
            assert_eq!(entry["location"]["path"], format!("{PREFIX}{}", claim["file"].as_str().unwrap()));
            let is_value = finding["rule"] != "unused-allow";
            assert!(!is_value || entry["location"]["lines"]["begin"] == claim["value"]["line"]);
        }
    }
}

#[test]
fn problems_are_entries() {
    let scratch = broken();
    let entries = entries(&scratch);
    assert_eq!(entries.len(), scratch.json()["problems"].as_array().unwrap().len());
    assert!(entries.iter().all(|entry| entry["check_name"] == "problem" && entry["severity"] == "critical"));
}
