//! Claims as the engine uses them, and everything else that claim files hold.
//!
//! A [`Claim`] is kept small, since a million of them are held at once: its words lie in the text arena of its batch,
//! and what few claims have (an accepted finding, a list of members) lies apart in [`Extras`].

use rustc_hash::FxHashMap;

use super::context::Context;
use super::key::{FactKey, QualifierSets};
use crate::document::{Problem, Span};
use crate::figure::Value;
use crate::rules::expression::Node;
use crate::rules::{Name, Names, Severity};

/// A claim, by its place in the order of files and of claims in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(pub u32);

/// A piece of text in the arena of a batch of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Text {
    /// Whether there is any.
    pub fn is_some(self) -> bool {
        self.length > 0
    }
}

/// Where a claim was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Line of the document, from 1; 0 where none is given.
    pub line: u32,
    /// The figure as written; empty where it is not given.
    pub text: Text,
}

/// One assertion.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: Text,
    /// Index into [`Claims::files`].
    pub file: u32,
    /// The whole table in the TOML, from its header.
    pub span: Span,
    /// The literal in it, with its quotes.
    pub value_span: Span,
    /// What it speaks of; `None` for a draft, which only local checks use.
    pub key: Option<FactKey>,
    pub value: Value,
    pub source: Source,
}

/// A finding that was looked at and accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    pub rule: Box<str>,
    pub reason: Box<str>,
    /// Only the findings in which all these claims take part.
    pub with: Vec<Box<str>>,
    pub span: Span,
}

/// A finding that the author of a text has accepted in the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedInText {
    /// Index into [`Claims::files`].
    pub file: u32,
    pub allow: Allow,
    /// The stretch of the text for which it holds.
    pub scope: Span,
}

/// What few claims have.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    pub allow: Vec<Allow>,
    /// What is listed, where the claim has `members` in place of a value.
    pub members: Vec<Box<str>>,
    /// What the text calls the figure, where that is not the measure's dimension.
    pub called: Option<Box<str>>,
    pub confidence: Option<Box<str>>,
    /// Not to be blamed.
    pub trusted: bool,
    /// The words around the figure.
    pub context: Option<Context>,
}

/// Claims that stand for one term of a check.
#[derive(Clone, Debug)]
pub struct BoundTerm {
    pub name: Box<str>,
    pub is_set: bool,
    pub claims: Vec<ClaimIndex>,
}

/// What a check in a claim file asserts.
#[derive(Clone, Debug)]
pub enum CheckBody {
    /// Its own expression, and the text of it.
    Own { assert: Node, text: Box<str> },
    /// A rule of the rule set, by id.
    Rule(Box<str>),
}

/// A relation that a text asserts between its own claims.
#[derive(Clone, Debug)]
pub struct LocalCheck {
    pub id: Box<str>,
    pub file: u32,
    pub span: Span,
    pub body: CheckBody,
    pub terms: Vec<BoundTerm>,
    pub severity: Option<Severity>,
    pub why: Option<Box<str>>,
    pub allow: Vec<Allow>,
}

/// A text that claims point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: Box<str>,
    pub title: Option<Box<str>>,
    pub language: Option<Box<str>>,
    /// As written, relative to the claim file.
    pub path: Option<Box<str>>,
    pub path_span: Span,
    pub translation_of: Option<Box<str>>,
    /// The claim file that describes it (or first names it).
    pub file: u32,
    pub span: Span,
}

impl Document {
    /// Whether the table says more than the id.
    pub fn is_description(&self) -> bool {
        self.title.is_some() || self.language.is_some() || self.path.is_some() || self.translation_of.is_some()
    }
}

/// A claim file that was read.
#[derive(Clone, Debug)]
pub struct ClaimFile {
    /// As reports show it.
    pub path: Box<str>,
    /// Index into the arenas.
    pub(super) arena: u32,
    /// The document that its claims point into, by id.
    pub document: Option<Box<str>>,
    /// How many figures were read in it, where it is no claim file but a text that is checked by itself.
    pub read: Option<u32>,
}

impl ClaimFile {
    /// Whether it is a text that is checked by itself.
    pub fn is_text_alone(&self) -> bool {
        self.read.is_some() && self.document.is_none()
    }

    /// Whether it is a document of claims, with figures that no claim is about.
    pub fn is_document(&self) -> bool {
        self.read.is_some() && self.document.is_some()
    }
}

/// Everything that the claim files of a run say.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    pub files: Vec<ClaimFile>,
    pub claims: Vec<Claim>,
    /// Words beyond those of the vocabulary.
    pub names: Names,
    pub sets: QualifierSets,
    pub extras: FxHashMap<ClaimIndex, Extras>,
    pub checks: Vec<LocalCheck>,
    /// What texts accept, in the order of the files.
    pub accepted: Vec<AcceptedInText>,
    /// By id, sorted.
    pub documents: Vec<Document>,
    pub problems: Vec<Problem>,
    pub(super) arenas: Vec<Box<str>>,
    /// All claims in the order of the hashes of their ids: finds a claim by its id.
    pub(super) by_id: Vec<ClaimIndex>,
}

/// What a claim says in another version of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restated {
    pub claim: ClaimIndex,
    pub value: Value,
    /// The figure as that text writes it.
    pub text: Box<str>,
    /// Its line, from 1.
    pub line: usize,
}

impl Claims {
    pub fn get(&self, index: ClaimIndex) -> &Claim {
        &self.claims[index.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (ClaimIndex, &Claim)> {
        // claims are counted in 32 bits when they are read
        self.claims.iter().enumerate().map(|(index, claim)| (ClaimIndex(index as u32), claim))
    }

    pub fn file(&self, claim: &Claim) -> &ClaimFile {
        &self.files[claim.file as usize]
    }

    /// A text of a claim: its id, or the figure as written in its source.
    pub fn text(&self, claim: &Claim, text: Text) -> &str {
        let arena = self.arenas.get(self.file(claim).arena as usize).map_or("", |arena| arena);
        arena.get(text.start as usize..(text.start + text.length) as usize).unwrap_or_default()
    }

    pub fn id(&self, index: ClaimIndex) -> &str {
        let claim = self.get(index);
        self.text(claim, claim.id)
    }

    /// The figure as the document writes it; empty where the claim does not say.
    pub fn source_text(&self, index: ClaimIndex) -> &str {
        let claim = self.get(index);
        self.text(claim, claim.source.text)
    }

    /// The same claims with other values and figures for some of them.
    pub fn restated(&self, changes: &[Restated]) -> Claims {
        let mut claims = self.clone();
        let mut texts: Vec<String> = claims.arenas.iter().map(|arena| arena.to_string()).collect();
        for change in changes {
            let arena = self.file(self.get(change.claim)).arena as usize;
            let (Some(claim), Some(arena)) = (claims.claims.get_mut(change.claim.0 as usize), texts.get_mut(arena))
            else {
                continue;
            };
            claim.value = change.value.clone();
            let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
            claim.source.line = size(change.line);
            claim.source.text = Text { start: size(arena.len()), length: size(change.text.len()) };
            arena.push_str(&change.text);
        }
        claims.arenas = texts.into_iter().map(String::into_boxed_str).collect();
        claims
    }

    /// Makes a claim say nothing of any fact.
    pub fn leave_out(&mut self, claim: ClaimIndex) {
        if let Some(claim) = self.claims.get_mut(claim.0 as usize) {
            claim.key = None;
        }
    }

    pub fn find(&self, id: &str) -> Option<ClaimIndex> {
        let hash = id_hash(id);
        let first = self.by_id.partition_point(|index| id_hash(self.id(*index)) < hash);
        let candidates = self.by_id.get(first..)?.iter().copied();
        candidates.take_while(|index| id_hash(self.id(*index)) == hash).find(|index| self.id(*index) == id)
    }

    pub fn extras(&self, index: ClaimIndex) -> Option<&Extras> {
        self.extras.get(&index)
    }

    /// The word of a name, of these claims or of the vocabulary below.
    pub fn word<'a>(&'a self, name: Name, vocabulary: &'a Names) -> &'a str {
        if self.names.owns(name) { self.names.word(name) } else { vocabulary.word(name) }
    }

    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| &*document.id == id)
    }
}

/// The hash by which ids are found.
pub(super) fn id_hash(id: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
}
