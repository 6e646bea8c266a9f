//! Workflow commands, undone by the rules of GitHub's runner (`ActionCommand.TryParseV2`).

use std::collections::BTreeMap;

use kzcheck::report::visible::visible;

use crate::scratch::{PREFIX, Scratch, broken, hostile, is_obeyed, stretch};

#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// What the runner makes of a line; `None` for a line of the log.
fn parse(line: &str) -> Option<Command> {
    let line = line.trim_start().strip_prefix("::")?;
    let (info, data) = line.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    let properties = properties.trim().split(',').filter(|property| !property.is_empty());
    let pairs = properties.filter_map(|property| property.split_once('=')).filter(|(_, value)| !value.is_empty());
    let unescape = |text: &str| {
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    Some(Command {
        name: name.to_owned(),
        properties: pairs.map(|(key, value)| (key.to_owned(), unescape(value))).collect(),
        data: data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"),
    })
}

fn commands(scratch: &Scratch) -> Vec<Command> {
    let out = scratch.run(&["--format", "github"]).out;
    assert!(!is_obeyed(&out), "{out}");
    let commands: Vec<Command> = out.lines().filter_map(parse).collect();
    // what is no command is the counts, and holds no command of the older kind either
    let others: Vec<&str> = out.lines().filter(|line| parse(line).is_none()).collect();
    assert!(others.len() <= 3 && others.iter().all(|line| !line.contains("##[")), "{others:?}");
    commands
}

#[test]
fn annotations_say_what_json_says() {
    let scratch = hostile();
    let json = scratch.json();
    let findings = json["findings"].as_array().unwrap();
    let commands = commands(&scratch);
    assert_eq!(commands.len(), findings.len());
    assert!(findings.len() >= 4);
    for (command, finding) in commands.iter().zip(findings) {
        let name = match finding["severity"].as_str().unwrap() {
            "note" => "notice",
            other => other,
        };
        assert_eq!(command.name, name);
        let message = visible(finding["message"].as_str().unwrap()).into_owned();
        assert_eq!(command.data.lines().next().unwrap(), message);
        assert!(command.properties["title"].starts_with(finding["rule"].as_str().unwrap()));
        let claim = &finding["claims"][0];
        let file = claim["file"].as_str().unwrap();
        assert_eq!(command.properties["file"], format!("{PREFIX}{file}"));
        let number = |key: &str| command.properties[key].parse::<usize>().unwrap();
        let (start, end) = ((number("line"), number("col")), (number("endLine"), number("endColumn")));
        assert_eq!(start.0 as u64, claim["value"]["line"].as_u64().unwrap());
        let (from, to) = (claim["value"]["start"].as_u64().unwrap(), claim["value"]["end"].as_u64().unwrap());
        let text = scratch.read(file);
        assert_eq!(stretch(&text, start, end), text[from as usize..to as usize]);
        for claim in finding["claims"].as_array().unwrap() {
            assert!(command.data.contains(claim["id"].as_str().unwrap()));
        }
    }
}

#[test]
fn problems_are_errors_at_their_place() {
    let scratch = broken();
    let json = scratch.json();
    let problems = json["problems"].as_array().unwrap();
    let commands = commands(&scratch);
    assert_eq!(commands.len(), problems.len());
    for (command, problem) in commands.iter().zip(problems) {
        assert_eq!(command.name, "error");
        assert_eq!(command.properties["file"], format!("{PREFIX}{}", problem["file"].as_str().unwrap()));
        assert_eq!(command.properties["line"], problem["line"].to_string());
        assert!(command.data.starts_with(&*visible(problem["message"].as_str().unwrap())), "{}", command.data);
    }
}
