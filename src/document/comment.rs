//! Comments of a document: what its author wrote between `<!--` and `-->`, for programs and not for readers.
//!
//! Markdown and HTML have them; plain text may have them too, where they are read as text as well. What a comment says
//! is not decided here.

use std::ops::Range;

use memchr::memmem;

use super::format::Format;
use super::markdown;

const OPENING: &str = "<!--";
const CLOSING: &str = "-->";

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'d> {
    /// With its marks, in the text of the document.
    pub range: Range<usize>,
    /// What stands between them.
    pub text: &'d str,
}

/// The comments of a text in their order. One that does not end is none.
pub(super) fn comments(text: &str, format: Format) -> Vec<Comment<'_>> {
    // nearly no text has any
    if memmem::find(text.as_bytes(), OPENING.as_bytes()).is_none() {
        return Vec::new();
    }
    match format {
        Format::Text | Format::Html => within(text, 0..text.len()),
        // what stands in code is an example
        Format::Markdown => markdown::html(text).into_iter().flat_map(|range| within(text, range)).collect(),
        Format::Csv | Format::Docx => Vec::new(),
    }
}

fn within(text: &str, range: Range<usize>) -> Vec<Comment<'_>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(open) = text.get(at..range.end).and_then(|rest| rest.find(OPENING)) {
        let start = at + open;
        let inside = start + OPENING.len();
        let Some(length) = text.get(inside..range.end).and_then(|rest| rest.find(CLOSING)) else { break };
        at = inside + length + CLOSING.len();
        found.push(Comment { range: start..at, text: &text[inside..inside + length] });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, format: Format) -> Vec<&str> {
        comments(text, format).into_iter().map(|comment| comment.text).collect()
    }

    #[test]
    fn are_found_where_they_are_comments() {
        let text = "<!-- a -->\n\nTwo <!-- b\nc --> words.\n\n```\n<!-- code -->\n```\n\n`<!-- too -->`\n\n<!-- open";
        assert_eq!(said(text, Format::Markdown), [" a ", " b\nc "]);
        assert_eq!(said("<p>x<!--y--></p><!---->", Format::Html), ["y", ""]);
        assert_eq!(said("x <!--y--> z", Format::Text), ["y"]);
        assert_eq!(said("x,<!--y-->", Format::Csv), Vec::<&str>::new());
    }

    #[test]
    fn have_their_place() {
        let text = "\u{feff}واحد <!-- اثنان -->";
        let found = comments(text, Format::Markdown);
        assert_eq!(&text[found[0].range.clone()], "<!-- اثنان -->");
    }
}
