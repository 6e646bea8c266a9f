//! From the `[relation]` and `[role]` sections of the language packs to a table. Runs when the program is built.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::sense::CUES;
use crate::pack::words::pieces;

/// The sections of a pack that say how a text ties figures together.
pub const SECTIONS: [&str; 2] = ["relation", "role"];

/// Phrases of all packs as they grow: the folded words, and what they mean, as Rust.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: BTreeSet<(Vec<String>, String)>,
    families: BTreeSet<String>,
    roles: Vec<(Vec<String>, String, String)>,
}

impl Phrases {
    /// Adds the two sections of one file.
    pub fn add_file(&mut self, text: &str) -> Result<(), String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        for section in SECTIONS {
            let entries = table.get(section).and_then(toml::Value::as_table).into_iter().flatten();
            for (key, phrases) in entries {
                for phrase in phrases.as_array().into_iter().flatten().filter_map(toml::Value::as_str) {
                    let words: Vec<String> = pieces(phrase).into_iter().map(|piece| piece.text).collect();
                    self.add(section, key, words)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, section: &str, key: &str, words: Vec<String>) -> Result<(), String> {
        if words.is_empty() {
            return Err(format!("[{section}] `{key}` has a phrase without letters"));
        }
        if section == "relation" {
            let found = CUES.iter().find(|(name, _)| *name == key);
            let (_, cue) = found.ok_or_else(|| format!("[relation] has no `{key}`"))?;
            self.phrases.insert((words, format!("Sense::Cue(Cue::{cue:?})")));
            return Ok(());
        }
        let (family, role) = key.split_once('/').ok_or_else(|| format!("[role] `{key}` is no `family/role`"))?;
        self.families.insert(family.to_owned());
        self.roles.push((words, family.to_owned(), role.to_owned()));
        Ok(())
    }

    /// The table, as Rust, sorted by words.
    pub fn write(mut self) -> Result<String, String> {
        let families: Vec<&String> = self.families.iter().collect();
        for (words, family, role) in &self.roles {
            let family = families.iter().position(|known| *known == family).unwrap_or_default();
            let role = match role.as_str() {
                "whole" => "Role::Whole".to_owned(),
                "gain" => "Role::Gain".to_owned(),
                "loss" => "Role::Loss".to_owned(),
                "surplus" => "Role::Surplus".to_owned(),
                "share" => "Role::Share".to_owned(),
                "deficit" => "Role::Deficit".to_owned(),
                "balance" => "Role::Balance".to_owned(),
                part => {
                    let number: u8 = part.parse().map_err(|_| format!("[role] has no role `{part}`"))?;
                    format!("Role::Part({number})")
                }
            };
            self.phrases.insert((words.clone(), format!("Sense::Role({family}, {role})")));
        }
        let parts: Vec<usize> = families
            .iter()
            .map(|family| {
                let own = self.roles.iter().filter(|(_, of, _)| of == *family);
                own.filter_map(|(_, _, role)| role.parse::<usize>().ok()).max().unwrap_or(0)
            })
            .collect();
        let mut out = String::new();
        let _ = writeln!(out, "pub static PARTS: &[usize] = &{parts:?};\npub static PHRASES: &[Phrase] = &[");
        for (words, sense) in &self.phrases {
            let _ = writeln!(out, "Phrase {{ words: &{words:?}, sense: {sense} }},");
        }
        out.push_str("];\n");
        Ok(out)
    }
}
