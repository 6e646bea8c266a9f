//! A diagnostic as miette knows it: a headline, places in several files, notes, a way out.
//!
//! miette gives one source to a diagnostic. A finding has places in claim files and in documents, so each further file
//! is a related diagnostic without a headline, and so is each note, without a place.

use std::fmt::{self, Display};

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};

use super::sources::NamedText;

/// A finding or a problem, ready to be shown.
#[derive(Debug, Default)]
pub struct Notice<'a> {
    /// The rule; `None` for a problem.
    pub code: Option<&'a str>,
    /// `None` for a problem.
    pub severity: Option<Severity>,
    pub headline: String,
    pub sources: Vec<Part<'a>>,
    pub notes: Vec<Part<'a>>,
    pub help: Option<String>,
}

/// The places in one file, or a note.
#[derive(Debug, Default)]
pub struct Part<'a> {
    pub source: Option<NamedText<'a>>,
    pub labels: Vec<LabeledSpan>,
    pub note: String,
    /// Given to a note that matters as much as the headline.
    pub severity: Option<Severity>,
}

impl Part<'_> {
    pub fn note(text: impl Into<String>) -> Self {
        Part { note: text.into(), ..Part::default() }
    }

    pub fn strong_note(text: impl Into<String>, severity: Severity) -> Self {
        Part { note: text.into(), severity: Some(severity), ..Part::default() }
    }
}

impl Display for Notice<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.headline)
    }
}

impl std::error::Error for Notice<'_> {}

impl Diagnostic for Notice<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn Display>)
    }

    fn severity(&self) -> Option<Severity> {
        self.severity
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.sources.first()?.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.sources.first()?.labels()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.sources.iter().skip(1).chain(&self.notes).map(|part| part as &dyn Diagnostic)))
    }
}

impl Display for Part<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.note)
    }
}

impl std::error::Error for Part<'_> {}

impl Diagnostic for Part<'_> {
    fn severity(&self) -> Option<Severity> {
        self.severity
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}
