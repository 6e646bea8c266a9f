//! DOCX: an archive (`zip`) of XML (`quick-xml`), of which the text, the footnotes and the endnotes are read.
//!
//! Offsets are bytes of the part that a figure stands in (`word/document.xml`), lines count its paragraphs: that is how a
//! text without lines is cited.

mod archive;
mod body;

pub(super) use archive::{Package, open};
pub(super) use body::blocks;

/// Which styles of paragraphs are headings, and of what level.
pub(super) type Headings = Vec<(Box<str>, u8)>;
