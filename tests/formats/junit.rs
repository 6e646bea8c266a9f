//! Test results, read by another XML reader.

use kzcheck::report::visible::visible;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::scratch::{PREFIX, Scratch, broken, clean, hostile, is_obeyed, many, single};

fn checked(scratch: &Scratch, look: impl Fn(&[Node<'_, '_>], &Value)) {
    let out = scratch.run(&["--format", "junit"]).out;
    assert!(!is_obeyed(&out), "{out}");
    let document = Document::parse(&out).unwrap();
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    let cases: Vec<Node> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
    let count = |tag: &str| cases.iter().filter(|case| has(**case, tag)).count().to_string();
    assert_eq!(suite.attribute("tests").unwrap(), cases.len().to_string());
    assert_eq!(suite.attribute("failures").unwrap(), count("failure"));
    assert_eq!(suite.attribute("errors").unwrap(), count("error"));
    assert!(cases.iter().all(|case| case.attribute("name").is_some_and(|name| !name.is_empty())));
    look(&cases, &scratch.json());
}

fn has(case: Node<'_, '_>, tag: &str) -> bool {
    case.children().any(|child| child.has_tag_name(tag))
}

#[test]
fn cases_say_what_json_says() {
    for scratch in [single(), many(40), hostile()] {
        checked(&scratch, |cases, json| {
            let findings = json["findings"].as_array().unwrap();
            let found: Vec<&Node> = cases.iter().filter(|case| case.has_children()).collect();
            assert_eq!(found.len(), findings.len());
            for (case, finding) in found.iter().zip(findings) {
                let child = case.first_element_child().unwrap();
                let message = visible(finding["message"].as_str().unwrap()).into_owned();
                if finding["severity"] == "error" {
                    assert!(child.has_tag_name("failure"));
                    assert_eq!(child.attribute("message").unwrap(), message);
                } else {
                    let line = child.text().unwrap().lines().next().unwrap();
                    assert_eq!(line, format!("{}: {message}", finding["severity"].as_str().unwrap()));
                }
                let claim = &finding["claims"][0];
                assert_eq!(case.attribute("classname").unwrap(), finding["rule"].as_str().unwrap());
                assert_eq!(case.attribute("file").unwrap(), format!("{PREFIX}{}", claim["file"].as_str().unwrap()));
                assert_eq!(case.attribute("line").unwrap(), claim["value"]["line"].to_string());
                let ids = finding["claims"].as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap());
                assert_eq!(case.attribute("name").unwrap(), ids.collect::<Vec<_>>().join(", "));
            }
        });
    }
}

#[test]
fn rules_that_find_nothing_pass_and_problems_are_errors() {
    checked(&clean(), |cases, json| {
        assert_eq!(cases.len() as u64, json["summary"]["rules"].as_u64().unwrap());
        assert!(cases.iter().all(|case| !case.has_children()));
    });
    checked(&broken(), |cases, json| {
        let problems = json["problems"].as_array().unwrap();
        let errors: Vec<Node> = cases.iter().flat_map(|case| case.children()).filter(Node::is_element).collect();
        assert_eq!(errors.len(), problems.len());
        for (error, problem) in errors.iter().zip(problems) {
            assert!(error.has_tag_name("error"));
            assert_eq!(error.attribute("message").unwrap(), visible(problem["message"].as_str().unwrap()));
        }
    });
}
