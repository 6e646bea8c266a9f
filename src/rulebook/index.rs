//! All rules by theme: what `kzcheck explain` lists. A theme is a rule file; its title is how the file begins.

use serde::Serialize;

use super::explanation::Applies;
use super::{Defined, Rulebook, file_of};
use crate::rules::rule::Body;

/// How terms meet, said for every rule with patterns.
pub(super) const MEETING: &str = "It applies wherever claims fit all terms. What a term leaves unsaid (the subject, the period, any other \
     qualifier) must be the same in all of them.";

/// The rules of a project.
#[derive(Clone, Debug, Serialize)]
pub struct Index {
    version: u32,
    pub themes: Vec<Theme>,
}

/// A rule file.
#[derive(Clone, Debug, Serialize)]
pub struct Theme {
    pub title: String,
    pub file: String,
    pub shipped: bool,
    /// In the order of the file.
    pub rules: Vec<Listed>,
}

/// A rule in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub rule: String,
    pub severity: &'static str,
    pub summary: String,
    pub applies: Applies,
    pub defined: Defined,
}

impl Index {
    pub fn new(book: &Rulebook<'_>) -> Index {
        let mut themes: Vec<Theme> = Vec::new();
        for rule in book.in_order() {
            let (shipped, file) = file_of(&rule.origin);
            if themes.last().is_none_or(|theme| theme.file != file || theme.shipped != shipped) {
                let text = book.sources.get(&rule.origin.file).map_or("", |source| &source.text);
                themes.push(Theme { title: title(text, &file), file, shipped, rules: Vec::new() });
            }
            let listed = Listed {
                rule: rule.id.to_string(),
                severity: rule.severity.name(),
                summary: rule.summary.to_string(),
                applies: match &rule.body {
                    Body::Patterns(_) => Applies::Patterns,
                    Body::Bound => Applies::Bound,
                    Body::Builtin(_) => Applies::Builtin,
                },
                defined: book.defined(rule),
            };
            if let Some(theme) = themes.last_mut() {
                theme.rules.push(listed);
            }
        }
        Index { version: 1, themes }
    }

    pub fn count(&self) -> usize {
        self.themes.iter().map(|theme| theme.rules.len()).sum()
    }

    pub fn json(&self) -> String {
        super::json(self)
    }
}

/// The first words of the comment that a file begins with, up to the first colon or full stop; else its name.
fn title(text: &str, file: &str) -> String {
    let comment: Vec<&str> =
        text.lines().take_while(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim()).collect();
    let comment = comment.join(" ");
    let end = comment.find(": ").or_else(|| comment.find(". ")).unwrap_or(comment.len());
    let first_stop = comment.find(". ").unwrap_or(end).min(end);
    let title = comment.get(..first_stop).unwrap_or_default().trim_end_matches(['.', ':']).trim();
    if title.is_empty() { file.to_owned() } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_called_as_its_file_begins() {
        assert_eq!(title("# Ranks: who holds which. More.\n[[rule]]", "a.toml"), "Ranks");
        assert_eq!(title("# The order of dates. What\n# comes: first", "a.toml"), "The order of dates");
        assert_eq!(title("[[rule]]\n# late", "a.toml"), "a.toml");
    }
}
