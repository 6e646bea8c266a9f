//! The language packs of a project: the shipped ones, with those of its `rules/languages/` laid over them.

use super::Project;
use crate::document::{Problem, Span};
use crate::extract::Packs;

/// Loads the packs that the project's documents are read with. A file `ru.toml` adds to the pack of that code; the name up
/// to its first point is the code, so `ru.ships.toml` adds to it as well. After a mistake the shipped packs are given.
pub fn load(project: &Project, problems: &mut Vec<Problem>) -> Packs {
    let known = problems.len();
    let mut texts: Vec<(String, String, String)> = Vec::new();
    for (shown, path) in project.language_pack_files(problems) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let code = name.split('.').next().unwrap_or_default().to_owned();
        match std::fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => texts.push((shown, code, text)),
            Ok(Err(_)) => {
                problems.push(Problem::new(shown, None, "the file is not UTF-8").with_help("save it as UTF-8"));
            }
            Err(error) => problems.push(Problem::new(shown, None, format!("cannot be read: {error}"))),
        }
    }
    let packs: Vec<(&str, &str)> = texts.iter().map(|(_, code, text)| (code.as_str(), text.as_str())).collect();
    if !packs.is_empty() && problems.len() == known {
        match Packs::with(&packs) {
            Ok(packs) => return packs,
            Err((index, fault)) => {
                let file = texts.get(index).map(|(shown, ..)| shown.clone()).unwrap_or_default();
                let help = "sections and keys are those of the packs that `kzcheck` ships, in rules/languages/";
                problems.push(Problem::new(file, fault.span.map(Span::from), fault.message).with_help(help));
            }
        }
    }
    Packs::default()
}
