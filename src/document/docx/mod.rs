//! DOCX: an archive (`zip`) of XML (`quick-xml`), of which the text, the footnotes and the endnotes are read.
//!
//! Offsets are bytes of the part that a figure stands in (`word/document.xml`), lines count its paragraphs: that is how a
//! text without lines is cited.

mod archive;
mod body;

pub(super) use archive::{Package, open};
pub(super) use body::blocks;

/// What the styles of paragraphs make of them, by their id.
pub(super) type Styles = Vec<(Box<str>, Style)>;

/// A style that says what a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Heading { level: u8 },
    ListItem,
}
