//! The text of a claim file, written key by key.

use std::fmt::Write as _;

use crate::claims::Context;

/// A claim file in the making.
#[derive(Debug, Default)]
pub(super) struct ClaimFileText {
    text: String,
    subjects: Vec<String>,
}

impl ClaimFileText {
    /// Declares a subject, once.
    pub fn subject(&mut self, subject: &str) {
        if !self.subjects.iter().any(|known| known == subject) {
            self.subjects.push(subject.to_owned());
        }
    }

    /// Begins a claim; its keys follow.
    pub fn claim(&mut self, id: &str) {
        self.text.push_str("\n[[claim]]\n");
        self.key("id", id);
    }

    pub fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{} = {}", quoted(key), quoted(value));
    }

    /// Where the claim was read.
    pub fn source(&mut self, line: usize, text: Option<&str>, context: Option<Context>) {
        let text = text.map(|text| format!(", text = {}", quoted(text))).unwrap_or_default();
        let context = context.map(|context| format!(", context = {:?}", context.print())).unwrap_or_default();
        let _ = writeln!(self.text, "source = {{ line = {line}{text}{context} }}");
    }

    /// A check that binds a rule: for each term its claims.
    pub fn check(&mut self, rule: &str, terms: &[(&str, Vec<String>)]) {
        self.text.push_str("\n[[check]]\nid = \"example\"\n");
        self.key("rule", rule);
        let list = |ids: &[String]| ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ");
        let terms: Vec<String> =
            terms.iter().map(|(name, ids)| format!("{} = [{}]", quoted(name), list(ids))).collect();
        let _ = writeln!(self.text, "terms = {{ {} }}", terms.join(", "));
    }

    /// A check that asserts something of its own.
    pub fn assertion(&mut self, id: &str, assert: &str) {
        self.text.push_str("\n[[check]]\n");
        self.key("id", id);
        self.key("assert", assert);
    }

    /// The whole file.
    pub fn finish(self) -> String {
        let mut text = "[document]\nid = \"example\"\n".to_owned();
        for subject in &self.subjects {
            let _ = writeln!(text, "\n[subject.{}]", quoted(subject));
        }
        text.push_str(&self.text);
        text
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// An id for the claim of a term, or for one of a set: `total`, `parts-2`.
pub(super) fn claim_id(term: &str, of_set: Option<usize>) -> String {
    let word: String = term
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    let word = word.trim_matches('-');
    let word = if word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        word.to_owned()
    } else {
        format!("claim-{word}").trim_end_matches('-').to_owned()
    };
    match of_set {
        Some(index) => format!("{word}-{}", index + 1),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_that_claim_files_accept() {
        assert_eq!(claim_id("new_Total", None), "new-total");
        assert_eq!(claim_id("parts", Some(1)), "parts-2");
        assert_eq!(claim_id("2nd", None), "claim-2nd");
        assert_eq!(claim_id("_", None), "claim");
    }

    #[test]
    fn strings_keep_quotes_and_letters_of_any_script() {
        let mut file = ClaimFileText::default();
        file.claim("mark");
        file.source(3, Some("\"(6,467) كم\"\n"), None);
        let text = file.finish();
        let parsed: toml::Table = toml::from_str(&text).unwrap();
        assert_eq!(parsed["claim"][0]["source"]["text"].as_str(), Some("\"(6,467) كم\"\n"));
    }
}
