//! The effective configuration as TOML, each value with where it was said: what `kzcheck config` prints.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Level, Pattern, Setting};
use crate::project::Project;

/// How far to the right the origins stand.
const COLUMN: usize = 44;

/// The configuration as a file that says the same.
pub fn show(project: &Project) -> String {
    let config = &project.config;
    let mut page = Page { project, text: String::new() };
    page.head();
    page.folders("claims", &config.claims);
    page.folders("rules", &config.rules);
    page.patterns("texts", &config.texts);
    page.patterns("exclude", &config.exclude);
    match &config.rules_version {
        Some(version) => page.string("rules-version", &version.value.to_string(), &version.origin),
        None => page.line("# rules-version: all rules apply", "default"),
    }
    page.string("fail-on", config.fail_on.value.severity().name(), &config.fail_on.origin);
    page.string("reading", config.reading.value.name(), &config.reading.origin);
    page.string("missing-document", config.missing_document.value.name(), &config.missing_document.origin);
    if !config.documents.is_empty() {
        page.text.push_str("\n[documents]\n");
        for (id, path) in &config.documents {
            page.string(&key(id), &project.shown(&path.value), &path.origin);
        }
    }
    if !config.severity.is_empty() {
        page.text.push_str("\n[severity]\n");
        config.severity.iter().for_each(|(id, level)| page.level(id, level));
    }
    for found in &config.overrides {
        page.text.push_str("\n[[override]]\n");
        let files: Vec<&str> = found.files.iter().map(|pattern| pattern.text.as_str()).collect();
        page.line(&format!("files = {}", list(&files)), &found.origin.to_string());
        for (id, level) in &found.severity {
            let line = format!("severity.{} = {}", key(id), quoted(level.value.name()));
            page.line(&line, &level.origin.to_string());
        }
    }
    page.text
}

struct Page<'a> {
    project: &'a Project,
    text: String,
}

impl Page<'_> {
    fn head(&mut self) {
        let root = self.project.root.to_string_lossy();
        let _ = writeln!(self.text, "# project: {}", quoted(&root));
        if self.project.config.files.is_empty() {
            self.text.push_str("# configuration: none; the values below are the defaults\n");
        }
        for file in &self.project.config.files {
            let _ = writeln!(self.text, "# configuration: {}", quoted(&self.project.shown(file)));
        }
        self.text.push('\n');
    }

    fn line(&mut self, line: &str, origin: &str) {
        let pad = COLUMN.saturating_sub(line.chars().count()).max(2);
        // an origin names a file, whose name may hold anything
        let origin: String = origin.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect();
        let _ = writeln!(self.text, "{line}{}# {origin}", " ".repeat(pad));
    }

    fn string(&mut self, key: &str, value: &str, origin: &super::Origin) {
        self.line(&format!("{key} = {}", quoted(value)), &origin.to_string());
    }

    fn level(&mut self, id: &str, level: &Setting<Level>) {
        self.string(&key(id), level.value.name(), &level.origin);
    }

    fn folders(&mut self, key: &str, folders: &Setting<Vec<PathBuf>>) {
        let shown: Vec<String> = folders.value.iter().map(|folder| self.project.shown(folder)).collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        self.line(&format!("{key} = {}", list(&shown)), &folders.origin.to_string());
    }

    fn patterns(&mut self, key: &str, patterns: &[Setting<Pattern>]) {
        if patterns.is_empty() {
            return self.line(&format!("{key} = []"), "default");
        }
        let _ = writeln!(self.text, "{key} = [");
        for pattern in patterns {
            let line = format!("    {},", quoted(&pattern.value.text));
            self.line(&line, &pattern.origin.to_string());
        }
        self.text.push_str("]\n");
    }
}

/// A string of TOML; characters that a terminal would obey are written as escapes.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn key(id: &str) -> String {
    let is_bare = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { id.to_owned() } else { quoted(id) }
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}
