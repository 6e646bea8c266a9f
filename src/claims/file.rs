//! The valid stage of one claim file: sections become claims, checks and documents, or problems.
//!
//! Every mistake of the file is collected with its place and a way out; a claim with a mistake is left out, the
//! others stay. What needs the whole folder (ids that occur twice, two descriptions of one document) is settled in
//! [`mod@super::read`].

mod check;
mod claim;
mod currency;
mod period;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::claim::{Allow, Claim, ClaimFile, Document, Extras, LocalCheck, Text};
use super::key::QualifierSets;
use super::sections::{self, Entry, Section, Value as Toml};
use crate::document::{Problem, Span};
use crate::figure::nearest;
use crate::rules::{Name, Names, RuleSet};

/// What a batch of files says. Names and sets are the batch's own until it is merged.
pub(super) struct Batch {
    pub files: Vec<ClaimFile>,
    pub claims: Vec<Claim>,
    /// By index of the claim in this batch.
    pub extras: Vec<(u32, Extras)>,
    /// Terms name claims by their index in this batch.
    pub checks: Vec<LocalCheck>,
    pub documents: Vec<Document>,
    pub names: Names,
    pub sets: QualifierSets,
    pub arena: String,
    pub problems: Vec<Problem>,
    periods: FxHashMap<Box<str>, Name>,
}

impl Batch {
    pub fn new(rules: &RuleSet) -> Batch {
        Batch {
            files: Vec::new(),
            claims: Vec::new(),
            extras: Vec::new(),
            checks: Vec::new(),
            documents: Vec::new(),
            names: Names::above(&rules.vocabulary.names),
            sets: QualifierSets::default(),
            arena: String::new(),
            problems: Vec::new(),
            periods: FxHashMap::default(),
        }
    }

    fn store(&mut self, text: &str) -> Text {
        let start = self.arena.len();
        self.arena.push_str(text);
        let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Text { start: size(start), length: size(text.len()) }
    }
}

/// Reads the text of one file into a batch. `path` is how reports show the file.
pub(super) fn read(path: &str, text: &str, rules: &RuleSet, batch: &mut Batch) {
    let file = u32::try_from(batch.files.len()).unwrap_or(u32::MAX);
    batch.files.push(ClaimFile { path: path.into(), arena: 0, document: None, read: None });
    let mut reader = FileReader { path, file, rules, batch, subjects: Vec::new(), pending: Vec::new() };
    let first_claim = reader.batch.claims.len();
    let mut errors = Vec::new();
    sections::read(text, |section| reader.section(section, text), |error| errors.push(error));
    for error in errors {
        reader.problem(error.span, error.message, error.help);
    }
    reader.finish_checks(first_claim);
}

/// One file in the reading.
struct FileReader<'r, 'b> {
    path: &'r str,
    file: u32,
    rules: &'r RuleSet,
    batch: &'b mut Batch,
    /// Subjects that this file declares.
    subjects: Vec<Box<str>>,
    /// Checks, which are bound when all claims of the file are known.
    pending: Vec<check::RawCheck>,
}

/// Bytes of a message.
const LONGEST_MESSAGE: usize = 300;

/// The sections of a claim file.
const SECTIONS: [&str; 4] = ["document", "subject", "claim", "check"];

impl FileReader<'_, '_> {
    fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut message = message.into();
        // a word of a megabyte is quoted only so far
        if message.len() > LONGEST_MESSAGE {
            message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
            message.push('…');
        }
        self.batch.problems.push(Problem { file: self.path.to_owned(), span: Some(span), message, help });
    }

    fn section(&mut self, section: &Section<'_, '_>, text: &str) {
        let name = |index: usize| section.path.get(index).map(|key| key.value.as_ref());
        match (name(0), name(1), section.path.len(), section.is_array) {
            (Some("claim"), _, 1, true) => self.claim(section, text),
            (Some("check"), _, 1, true) => self.check(section),
            (Some("document"), _, 1, false) => self.document(section),
            (Some("subject"), Some(subject), 2, false) => self.subject(subject, section),
            (None, ..) => self.outside(section),
            (Some(known @ ("claim" | "check")), _, 1, false) => {
                let help = format!("write `[[{known}]]`, with double brackets");
                self.problem(section.header, format!("`[{known}]` would be the only one"), Some(help));
            }
            (Some(first), ..) => {
                let known = SECTIONS.contains(&first);
                let help = match nearest(first, SECTIONS) {
                    Some(near) if !known => format!("did you mean `{near}`?"),
                    _ => "a claim file has `[document]`, `[subject.NAME]`, `[[claim]]` and `[[check]]`".to_owned(),
                };
                let message = format!("a claim file has no section `{}`", dotted(section));
                self.problem(section.header, message, Some(help));
            }
        }
    }

    fn outside(&mut self, section: &Section<'_, '_>) {
        let Some(first) = section.entries.first() else { return };
        let help = "put it below `[[claim]]` or another section".to_owned();
        self.problem(first.key.span, format!("`{}` stands outside any section", first.key.value), Some(help));
    }

    fn subject(&mut self, subject: &str, section: &Section<'_, '_>) {
        for entry in section.entries {
            match entry.key.value.as_ref() {
                "names" | "kind" | "code" | "summary" => {}
                other => self.unknown_key(entry.key.span, other, &["names", "kind", "code", "summary"]),
            }
        }
        self.batch.names_intern(subject, self.rules);
        self.subjects.push(subject.into());
    }

    fn document(&mut self, section: &Section<'_, '_>) {
        let mut document = Document {
            id: Box::default(),
            title: None,
            language: None,
            path: None,
            path_span: section.span,
            translation_of: None,
            file: self.file,
            span: section.span,
        };
        for entry in section.entries {
            let slot = match entry.key.value.as_ref() {
                "id" => {
                    if let Some(id) = self.string(entry) {
                        document.id = id.as_ref().into();
                    }
                    continue;
                }
                "title" => &mut document.title,
                "language" => &mut document.language,
                "path" => {
                    document.path_span = entry.value.span;
                    &mut document.path
                }
                "translation_of" => &mut document.translation_of,
                other => {
                    self.unknown_key(entry.key.span, other, &["id", "title", "language", "path", "translation_of"]);
                    continue;
                }
            };
            *slot = self.string(entry).map(|text| text.as_ref().into());
        }
        if document.id.is_empty() {
            if !section.damaged {
                let help = Some("write `id = \"study\"`, a name that `source` can point to".to_owned());
                self.problem(section.header, "the document has no `id`", help);
            }
            return;
        }
        if let Some(file) = self.batch.files.last_mut() {
            file.document = Some(document.id.clone());
        }
        self.batch.documents.push(document);
    }

    fn unknown_key(&mut self, span: Span, key: &str, known: &[&str]) {
        let help = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.problem(span, format!("unknown key `{key}`"), Some(help));
    }

    /// The string that a key must have.
    fn string<'a>(&mut self, entry: &'a Entry<'_>) -> Option<&'a Cow<'a, str>> {
        match &entry.value.value {
            Toml::Text(text) => Some(text),
            other => {
                let key = &entry.key.value;
                let help = match other {
                    Toml::Bare(bare) => format!("write it in quotes: `{key} = \"{bare}\"`"),
                    _ => format!("write `{key} = \"…\"`"),
                };
                self.problem(entry.value.span, format!("`{key}` must be a string"), Some(help));
                None
            }
        }
    }

    fn boolean(&mut self, entry: &Entry<'_>) -> bool {
        match entry.value.value {
            Toml::Boolean(value) => value,
            _ => {
                let help = Some(format!("write `{} = true`", entry.key.value));
                self.problem(entry.value.span, format!("`{}` is true or false", entry.key.value), help);
                false
            }
        }
    }

    /// A list of strings; one string counts as a list of one.
    fn strings(&mut self, entry: &Entry<'_>) -> Vec<Box<str>> {
        let key = &entry.key.value;
        let items = match &entry.value.value {
            Toml::Text(text) => return vec![text.as_ref().into()],
            Toml::List(items) => items,
            _ => {
                self.problem(
                    entry.value.span,
                    format!("`{key}` must be a list"),
                    Some(format!("write `{key} = [\"…\", \"…\"]`")),
                );
                return Vec::new();
            }
        };
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Toml::Text(text) => strings.push(text.as_ref().into()),
                Toml::Bare(bare) => {
                    self.problem(
                        item.span,
                        format!("`{key}` lists strings"),
                        Some(format!("write it in quotes: `\"{bare}\"`")),
                    );
                }
                _ => self.problem(item.span, format!("`{key}` lists strings"), None),
            }
        }
        strings
    }

    /// `allow = [{ rule = "…", reason = "…" }]`.
    fn allow(&mut self, entry: &Entry<'_>) -> Vec<Allow> {
        let how = "write `allow = [{ rule = \"…\", reason = \"…\" }]`";
        let single;
        let items: Vec<(&[Entry<'_>], Span)> = match &entry.value.value {
            Toml::List(items) => items
                .iter()
                .map(|item| match &item.value {
                    Toml::Table(entries) => (entries.as_slice(), item.span),
                    _ => (&[][..], item.span),
                })
                .collect(),
            Toml::Table(entries) => {
                single = (entries.as_slice(), entry.value.span);
                vec![single]
            }
            _ => {
                self.problem(entry.value.span, "`allow` must be a list of tables", Some(how.to_owned()));
                return Vec::new();
            }
        };
        items.into_iter().filter_map(|(entries, span)| self.one_allow(entries, span, how)).collect()
    }

    fn one_allow(&mut self, entries: &[Entry<'_>], span: Span, how: &str) -> Option<Allow> {
        let mut allow = Allow { rule: Box::default(), reason: Box::default(), with: Vec::new(), span };
        for entry in entries {
            match entry.key.value.as_ref() {
                "rule" => {
                    allow.rule = self.string(entry)?.as_ref().into();
                    allow.span = entry.value.span;
                }
                "reason" => allow.reason = self.string(entry)?.trim().into(),
                "with" => allow.with = self.strings(entry),
                other => self.unknown_key(entry.key.span, other, &["rule", "reason", "with"]),
            }
        }
        if allow.rule.is_empty() {
            self.problem(span, "an `allow` must name its rule", Some(how.to_owned()));
            return None;
        }
        if allow.reason.is_empty() {
            let help = "say why the finding is accepted: `reason = \"…\"`; it is printed with the finding".to_owned();
            self.problem(span, format!("`allow` of `{}` gives no reason", allow.rule), Some(help));
            return None;
        }
        Some(allow)
    }
}

impl Batch {
    /// The name of a word, of the vocabulary where that has it.
    fn names_intern(&mut self, word: &str, rules: &RuleSet) -> Name {
        rules.vocabulary.names.find(word).unwrap_or_else(|| self.names.intern(word))
    }
}

fn dotted(section: &Section<'_, '_>) -> String {
    section.path.iter().map(|key| key.value.as_ref()).collect::<Vec<_>>().join(".")
}

/// Whether an id is written as the contract asks: words in kebab case, first a letter.
fn is_claim_id(id: &str) -> bool {
    if id.is_ascii() {
        // the same, without asking what a letter is
        let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        return id.starts_with(|first: char| first.is_ascii_lowercase())
            && !id.ends_with('-')
            && id.bytes().all(is_small);
    }
    let mut letters = id.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() && !first.is_uppercase())
        && !id.ends_with('-')
        && letters.all(|letter| letter == '-' || (letter.is_alphanumeric() && !letter.is_uppercase()))
}
