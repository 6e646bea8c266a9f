//! A document held in memory: its text, and the way from places in that text to places in the file.
//!
//! Only plain text is so long that it is read without being held; see [`super::text`].

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use super::block::Block;
use super::comment::{self, Comment};
use super::encoding::{self, Damage, Encoding};
use super::format::{self, Format, Refusal};
use super::{delimited, docx, html, markdown, text};

/// Why nothing of a document could be read.
#[derive(Debug)]
pub enum Unreadable {
    Failed(io::Error),
    Refused(Refusal),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Unreadable {
        Unreadable::Failed(error)
    }
}

impl From<Refusal> for Unreadable {
    fn from(refusal: Refusal) -> Unreadable {
        Unreadable::Refused(refusal)
    }
}

/// A document as it was found.
#[derive(Debug)]
pub struct Source {
    pub format: Format,
    parts: Vec<Part>,
    /// Where it is no text.
    pub damage: Vec<Damage>,
    styles: docx::Styles,
}

/// A file, or one of an archive.
#[derive(Debug)]
pub struct Part {
    /// Its name in the archive; none where the document is one file.
    pub name: Option<Box<str>>,
    /// Its text. In UTF-8 its offsets are those of the bytes; see [`Part::places`] for the others.
    pub text: String,
    pub(super) encoding: Encoding,
}

/// A place in a file: the byte, and what people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub offset: usize,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl Spot {
    /// The first byte of a file.
    pub const START: Spot = Spot { offset: 0, line: 1, column: 1 };
}

impl Source {
    /// Reads a document of this name to its end, in the format that it is told to be in or seems to be in.
    ///
    /// # Errors
    /// As [`Source::read`], and if it is in a format that is not read.
    pub fn open(path: &Path) -> Result<Source, Unreadable> {
        let mut file = File::open(path)?;
        let start = format::start_of(&mut file)?;
        let format = Format::of(Some(path), &start)?;
        Source::read(start.chain(file), format)
    }

    /// Reads a document to its end.
    ///
    /// # Errors
    /// If reading fails, or the document is an archive that is broken, encrypted, or grows beyond all bounds.
    pub fn read(mut from: impl Read, format: Format) -> Result<Source, Unreadable> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        if format == Format::Docx {
            let docx::Package { parts, styles } = docx::open(&bytes)?;
            return Ok(Source { format, parts, damage: Vec::new(), styles });
        }
        let (part, damage) = Part::of_bytes(None, bytes);
        Ok(Source { format, parts: vec![part], damage, styles: Vec::new() })
    }

    /// A document of which the text is known.
    pub fn of_text(text: impl Into<String>, format: Format) -> Source {
        let part = Part { name: None, text: text.into(), encoding: Encoding::Utf8 };
        Source { format, parts: vec![part], damage: Vec::new(), styles: Vec::new() }
    }

    /// The text of a document that is one file.
    pub fn into_text(self) -> String {
        self.parts.into_iter().next().map(|part| part.text).unwrap_or_default()
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The blocks of the document, in its order.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        let mut found = Vec::new();
        let Some(only) = self.parts.first() else { return found };
        match self.format {
            Format::Markdown => markdown::blocks(&only.text, &mut found),
            Format::Html => html::blocks(&only.text, &mut found),
            Format::Csv => delimited::blocks(&only.text, &mut found),
            Format::Docx => docx::blocks(&self.parts, &self.styles, &mut found),
            Format::Text => text::blocks(&only.text, 0, &mut found),
        }
        found
    }

    /// The comments in a document that is one file, in their order.
    pub fn comments(&self) -> Vec<Comment<'_>> {
        self.parts.first().map(|only| comment::comments(&only.text, self.format)).unwrap_or_default()
    }
}

impl Part {
    pub(super) fn of_bytes(name: Option<Box<str>>, bytes: Vec<u8>) -> (Part, Vec<Damage>) {
        let (text, encoding, damage) = encoding::decode(bytes);
        (Part { name, text, encoding }, damage)
    }

    pub(super) fn of_archive(name: &str, text: String) -> Part {
        Part { name: Some(name.into()), text, encoding: Encoding::Utf8 }
    }

    /// A walk through the text that says where its places are in the file.
    pub fn places(&self) -> Places<'_> {
        Places::new(&self.text, self.encoding)
    }
}

/// A walk through a text from its start, for places in their order. A step back starts anew.
#[derive(Clone, Debug)]
pub struct Places<'t> {
    text: &'t str,
    encoding: Encoding,
    at: usize,
    spot: Spot,
    /// The place of the first byte.
    first: Spot,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, encoding: Encoding) -> Places<'t> {
        let spot = Spot { offset: encoding.mark_length(), ..Spot::START };
        Places { text, encoding, at: 0, spot, first: spot }
    }

    /// A walk through a stretch of a longer text in UTF-8, whose first byte is at `spot`.
    pub fn from(text: &'t str, spot: Spot) -> Places<'t> {
        Places { text, encoding: Encoding::Utf8, at: 0, spot, first: spot }
    }

    /// The place of an offset in the text.
    pub fn at(&mut self, to: usize) -> Spot {
        let to = to.min(self.text.len());
        if to < self.at {
            (self.at, self.spot) = (0, self.first);
        }
        let passed = self.text.get(self.at..to).unwrap_or_default();
        self.spot.offset += self.encoding.length_of(passed);
        match memchr::memrchr(b'\n', passed.as_bytes()) {
            Some(last) => {
                self.spot.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                self.spot.column = passed[last + 1..].chars().count() + 1;
            }
            None => self.spot.column += passed.chars().count(),
        }
        // a byte order mark stands in no column
        if self.at == 0 && self.first == Spot::START && self.spot.line == 1 && passed.starts_with('\u{feff}') {
            self.spot.column -= 1;
        }
        self.at = to;
        self.spot
    }

    /// Where a range of the text is in the file: its bytes, and the place of its start.
    pub fn of(&mut self, range: Range<usize>) -> (Spot, usize) {
        let start = self.at(range.start);
        (start, self.at(range.end).offset)
    }
}
