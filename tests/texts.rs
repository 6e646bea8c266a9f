//! A text without claims, as a user checks it: what it ties together holds, one figure breaks it, and what it does not tie
//! together is left alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

mod terminal;

use std::collections::BTreeMap;

use serde::Deserialize;
use tempfile::TempDir;
use terminal::{check, write};

/// Passages by language: the text, what to replace, and by what.
#[derive(Deserialize)]
struct Case {
    name: String,
    rule: String,
    en: Option<[String; 3]>,
    ru: Option<[String; 3]>,
    ar: Option<[String; 3]>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// Passages that say less than they seem to.
#[derive(Deserialize)]
struct Trap {
    name: String,
    texts: Vec<String>,
}

#[derive(Deserialize)]
struct Traps {
    trap: Vec<Trap>,
}

/// Checks many texts in one run; the rules that held and those that found something, by file.
fn checked(texts: &BTreeMap<String, String>) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let folder = TempDir::new().unwrap();
    texts.iter().for_each(|(name, text)| write(folder.path(), name, text));
    let mut arguments = vec!["--all"];
    arguments.extend(texts.keys().map(String::as_str));
    let ran = check(folder.path(), &arguments);
    assert!(ran.problems().is_empty(), "{:?}", ran.problems());
    let json = ran.json();
    let mut found: BTreeMap<String, (Vec<String>, Vec<String>)> =
        texts.keys().map(|name| (name.clone(), Default::default())).collect();
    for finding in json["findings"].as_array().unwrap() {
        assert_eq!(finding["claims"].as_array().unwrap().len(), 0, "a text has only places");
        let file = finding["places"][0]["file"].as_str().unwrap();
        found.get_mut(file).unwrap().1.push(finding["rule"].as_str().unwrap().to_owned());
    }
    for made in json["checks"].as_array().unwrap() {
        let file = made["places"][0]["file"].as_str().unwrap();
        if made["verdict"] == "holds" {
            found.get_mut(file).unwrap().0.push(made["rule"].as_str().unwrap().to_owned());
        }
    }
    found
}

fn cases() -> Vec<(String, String, [String; 3])> {
    let cases: Cases = toml::from_str(include_str!("texts/structures.toml")).unwrap();
    let mut all = Vec::new();
    for case in cases.case {
        for (language, text) in [("en", case.en), ("ru", case.ru), ("ar", case.ar)] {
            if let Some(text) = text {
                all.push((format!("{language}: {}", case.name), case.rule.clone(), text));
            }
        }
    }
    all
}

#[test]
fn what_a_text_ties_together_holds_or_is_told() {
    let cases = cases();
    let mut texts = BTreeMap::new();
    for (index, (name, _, [text, from, to])) in cases.iter().enumerate() {
        assert_eq!(text.matches(from.as_str()).count(), 1, "{name}: {from}");
        texts.insert(format!("{index:03}-good.md"), text.clone());
        texts.insert(format!("{index:03}-wrong.md"), text.replace(from, to));
    }
    let found = checked(&texts);
    let mut complaints = Vec::new();
    for (index, (name, rule, _)) in cases.iter().enumerate() {
        let (holding, told) = &found[&format!("{index:03}-good.md")];
        // a year that is the same in both calendars is no check that is listed
        let is_listed = rule != "dual-dates-agree";
        if !told.is_empty() || is_listed && !holding.contains(rule) {
            complaints.push(format!("{name}: holds {holding:?}, told {told:?}, expected {rule} to hold"));
        }
        let (holding, told) = &found[&format!("{index:03}-wrong.md")];
        if !told.contains(rule) {
            complaints.push(format!("{name}: broken, holds {holding:?}, told {told:?}, expected {rule} to be told"));
        }
    }
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), 2 * cases.len(), complaints.join("\n"));
}

#[test]
fn what_a_text_does_not_tie_together_is_left_alone() {
    let traps: Traps = toml::from_str(include_str!("texts/traps.toml")).unwrap();
    let mut texts = BTreeMap::new();
    for (number, trap) in traps.trap.iter().enumerate() {
        for (index, text) in trap.texts.iter().enumerate() {
            texts.insert(format!("{number:02}-{index}.md"), text.clone());
        }
    }
    let mut complaints = Vec::new();
    for (file, (_, told)) in checked(&texts) {
        if !told.is_empty() {
            let name = &traps.trap[file[..2].parse::<usize>().unwrap()].name;
            complaints.push(format!("{name}: {told:?} in {}", texts[&file]));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
