//! Claims that stand in no claim file: the figures of a text that is checked by itself, and what it asserts of them.
//!
//! Such claims are drafts. Their file is the text, and their places lie in it, so that everything that shows a claim
//! shows the text.

use super::claim::{
    AcceptedInText, Allow, BoundTerm, CheckBody, Claim, ClaimFile, ClaimIndex, Claims, LocalCheck, Source, Text,
};
use crate::document::Span;
use crate::figure::Value;

/// A figure of a text.
#[derive(Clone, Debug)]
pub struct Stated {
    /// As written; it serves as the claim's id.
    pub written: Box<str>,
    /// Where it stands in the text.
    pub span: Span,
    pub value: Value,
    /// Whether rules that compare a value with its notation look at it.
    pub is_as_written: bool,
}

/// A rule that the text ties to some of its figures.
#[derive(Clone, Debug)]
pub struct Tied {
    pub rule: Box<str>,
    /// For each term its name, whether it is a set, and its figures by their index in [`TextClaims::figures`].
    pub terms: Vec<(&'static str, bool, Vec<usize>)>,
    pub span: Span,
}

/// All that a text states and asserts.
#[derive(Clone, Debug, Default)]
pub struct TextClaims {
    /// As reports show it.
    pub path: Box<str>,
    /// The document that it is, where claims are about it.
    pub document: Option<Box<str>>,
    pub figures: Vec<Stated>,
    pub ties: Vec<Tied>,
    /// What its author has accepted, each with the stretch of the text for which that holds.
    pub accepted: Vec<(Allow, Span)>,
    /// All figures that were read in it, also those that nothing ties.
    pub read: usize,
}

impl Claims {
    /// Adds the figures of a text as drafts, and its assertions as checks.
    pub fn add_text(&mut self, text: TextClaims) {
        let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let file = size(self.files.len());
        let first = size(self.claims.len());
        let mut arena = String::new();
        for figure in text.figures {
            let written = Text { start: size(arena.len()), length: size(figure.written.len()) };
            arena.push_str(&figure.written);
            self.claims.push(Claim {
                id: written,
                file,
                span: figure.span,
                value_span: figure.span,
                key: None,
                value: figure.value,
                source: Source { line: 0, text: if figure.is_as_written { written } else { Text::default() } },
            });
        }
        let term = |(name, is_set, figures): (&str, bool, Vec<usize>)| BoundTerm {
            name: name.into(),
            is_set,
            claims: figures.into_iter().map(|figure| ClaimIndex(first + size(figure))).collect(),
        };
        for (index, tie) in text.ties.into_iter().enumerate() {
            self.checks.push(LocalCheck {
                id: format!("{}#{}", text.path, index + 1).into(),
                file,
                span: tie.span,
                body: CheckBody::Rule(tie.rule),
                terms: tie.terms.into_iter().map(term).collect(),
                severity: None,
                why: None,
                allow: Vec::new(),
            });
        }
        let accepted = text.accepted.into_iter().map(|(allow, scope)| AcceptedInText { file, allow, scope });
        self.accepted.extend(accepted);
        let arena_index = size(self.arenas.len());
        self.arenas.push(arena.into_boxed_str());
        self.files.push(ClaimFile {
            path: text.path,
            arena: arena_index,
            document: text.document,
            read: Some(size(text.read)),
        });
    }

    /// Whether a claim is a figure of a text that has no claim file.
    pub fn is_in_text(&self, index: ClaimIndex) -> bool {
        self.file(self.get(index)).read.is_some()
    }
}
