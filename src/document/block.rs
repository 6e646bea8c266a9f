//! A block: a piece of a document that is read by itself, and how its text leads back to the bytes of the file.
//!
//! Formats differ in how they write a paragraph, a heading or a cell; behind this type they do not. What the figures in
//! a block mean is not decided here.

use std::borrow::Cow;
use std::ops::Range;

/// A paragraph, a heading, a cell …, with its text as a reader sees it: without markup, with entities resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'d> {
    pub kind: BlockKind,
    /// Borrowed where it stands so in the document.
    pub text: Cow<'d, str>,
    /// From places in `text` to places in the part.
    pub origin: Origin,
    /// The part of the document that it stands in, by index; only archives have more than one.
    pub part: u16,
    /// The language that the document itself names for it, as a BCP 47 tag.
    pub language: Option<Box<str>>,
}

impl<'d> Block<'d> {
    /// A paragraph that stands so in the document, from this byte on.
    pub fn paragraph(text: &'d str, start: usize) -> Block<'d> {
        let origin = Origin::From(start);
        Block { kind: BlockKind::Paragraph, text: Cow::Borrowed(text), origin, part: 0, language: None }
    }
}

/// What a block is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    Heading {
        /// 1 is the highest.
        level: u8,
    },
    ListItem {
        /// Which list it belongs to; lists are counted through the document, from 1.
        list: u32,
        /// 1 for a list that stands in no other.
        depth: u8,
    },
    /// The text of a footnote.
    Note,
    /// What is written above or below a table.
    Caption {
        table: u32,
    },
    Cell(Cell),
}

/// The place of a cell. Tables, rows and columns are counted from 1, rows with those of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
    /// Rows that it stretches over, at least 1.
    pub rows: u32,
    /// Columns that it stretches over, at least 1.
    pub columns: u32,
    /// Whether the document says that it is a head, of rows or columns.
    pub is_head: bool,
}

/// Stands in a text for code, symbols and pictures, so that what is before and behind does not become one word.
pub(super) const OBJECT: &str = "\u{fffc}";

/// How the text of a block stands in its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Byte by byte from this offset on.
    From(usize),
    /// In pieces, in the order of the text; none is empty in the text.
    Pieces(Box<[Piece]>),
}

/// A stretch of a block's text and the bytes that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts in the text.
    at: u32,
    /// The bytes of the part.
    start: usize,
    end: usize,
    /// Whether the text is these bytes, and not what they stand for (`&nbsp;`).
    is_same: bool,
}

impl Origin {
    /// The bytes of the part that a range of the text was read from.
    pub fn range(&self, text: Range<usize>) -> Range<usize> {
        match self {
            Origin::From(start) => start + text.start..start + text.end,
            Origin::Pieces(pieces) => {
                let start = piece_at(pieces, text.start).map_or(0, |piece| match piece.is_same {
                    true => piece.start + (text.start - piece.at as usize),
                    false => piece.start,
                });
                // the end of what was read, not the start of what follows: `**12** %` ends `12` before the stars
                let last = text.end.saturating_sub(1).max(text.start);
                let end = piece_at(pieces, last).map_or(0, |piece| match piece.is_same {
                    true => (piece.start + (text.end - piece.at as usize)).min(piece.end),
                    false => piece.end,
                });
                start..end.max(start)
            }
        }
    }
}

/// The piece that a place in the text belongs to.
fn piece_at(pieces: &[Piece], at: usize) -> Option<&Piece> {
    let after = pieces.partition_point(|piece| piece.at as usize <= at);
    pieces.get(after.saturating_sub(1))
}

/// Collects the text of one block from what a parser finds, and copies only if it must.
#[derive(Debug)]
pub(super) struct Composer<'d> {
    source: &'d str,
    pieces: Vec<Piece>,
    /// The text, as long as it is more than one piece of the source.
    text: String,
}

impl<'d> Composer<'d> {
    pub(super) fn new(source: &'d str) -> Composer<'d> {
        Composer { source, pieces: Vec::new(), text: String::new() }
    }

    /// Adds bytes of the source as they are.
    pub(super) fn same(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let Some(added) = self.source.get(range.clone()) else { return };
        match self.pieces.last_mut() {
            Some(last) if last.is_same && last.end == range.start => last.end = range.end,
            _ => {
                let at = self.length() as u32;
                self.spell_out();
                self.pieces.push(Piece { at, start: range.start, end: range.end, is_same: true });
                if self.pieces.len() == 1 {
                    return;
                }
            }
        }
        if self.pieces.len() > 1 {
            self.text.push_str(added);
        }
    }

    /// Adds text that these bytes stand for.
    pub(super) fn instead(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let at = self.length() as u32;
        self.spell_out();
        self.text.push_str(text);
        self.pieces.push(Piece { at, start: range.start, end: range.end, is_same: false });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn text(&self) -> &str {
        match self.pieces.as_slice() {
            [only] if only.is_same => self.source.get(only.start..only.end).unwrap_or_default(),
            _ => &self.text,
        }
    }

    /// Whether a further blank would change nothing.
    pub(super) fn is_at_blank(&self) -> bool {
        self.text().bytes().next_back().is_none_or(|last| last.is_ascii_whitespace())
    }

    fn length(&self) -> usize {
        self.text().len()
    }

    /// Copies what so far was only a range of the source.
    fn spell_out(&mut self) {
        if let [only] = self.pieces.as_slice()
            && only.is_same
            && self.text.is_empty()
        {
            self.text.push_str(self.source.get(only.start..only.end).unwrap_or_default());
        }
    }

    /// The text and its origin; empty again afterwards. `here` is where an empty text stands.
    pub(super) fn take(&mut self, here: usize) -> (Cow<'d, str>, Origin) {
        let pieces = std::mem::take(&mut self.pieces);
        let text = std::mem::take(&mut self.text);
        match pieces.as_slice() {
            [] => (Cow::Borrowed(""), Origin::From(here)),
            [only] if only.is_same => {
                (Cow::Borrowed(self.source.get(only.start..only.end).unwrap_or_default()), Origin::From(only.start))
            }
            _ => (Cow::Owned(text), Origin::Pieces(pieces.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_stands_so_in_the_source_is_not_copied() {
        let source = "It has 12 %.";
        let mut composer = Composer::new(source);
        composer.same(0..7);
        composer.same(7..12);
        let (text, origin) = composer.take(0);
        assert!(matches!(text, Cow::Borrowed("It has 12 %.")));
        assert_eq!(origin, Origin::From(0));
    }

    #[test]
    fn a_place_in_the_text_leads_back_to_the_bytes() {
        let source = "**12**&nbsp;% of";
        let mut composer = Composer::new(source);
        composer.same(2..4);
        composer.instead("\u{a0}", 6..12);
        composer.same(12..16);
        let (text, origin) = composer.take(0);
        assert_eq!(text, "12\u{a0}% of");
        assert_eq!(origin.range(0..2), 2..4, "the number alone");
        assert_eq!(origin.range(0..5), 2..13, "with its sign");
        assert_eq!(origin.range(2..4), 6..12, "an entity is one place");
        assert_eq!(&source[origin.range(4..5)], "%");
    }
}
