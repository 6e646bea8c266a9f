//! Finding a quote again: where in a document the words stand that somebody saw in it.
//!
//! What was seen may stand otherwise in the file (`12&nbsp;%`), so where the line does not have the words as they are,
//! the blocks of the document are looked through.

use std::ops::Range;

use super::block::Block;
use super::format::Format;
use super::lines::LineIndex;
use super::source::Source;

/// A document that quotes are looked up in.
#[derive(Debug)]
pub struct Quotable {
    /// The text as reports show it: the file, or the paragraphs of an archive, each on a line.
    pub text: String,
    pub lines: LineIndex,
    pub format: Format,
    /// The blocks of a format with markup, by their place in `text`.
    blocks: Vec<Block<'static>>,
}

impl Quotable {
    /// Takes over a document.
    pub fn of(source: Source) -> Quotable {
        let format = source.format;
        let (text, blocks) = match format {
            Format::Text => (source.into_text(), Vec::new()),
            Format::Docx => (paragraphs(&source), Vec::new()),
            _ => {
                let blocks: Vec<Block<'static>> = source.blocks().into_iter().map(Block::into_owned).collect();
                (source.into_text(), blocks)
            }
        };
        let lines = LineIndex::new(&text);
        Quotable { text, lines, format, blocks }
    }

    /// A document of which the text is known.
    pub fn of_text(text: impl Into<String>, format: Format) -> Quotable {
        Quotable::of(Source::of_text(text, format))
    }

    /// The blocks of a format with markup; none where the text is as a reader sees it.
    pub fn blocks(&self) -> &[Block<'static>] {
        &self.blocks
    }

    /// What a reader sees of a stretch of `text`: without markup.
    pub fn seen(&self, range: Range<usize>) -> String {
        let as_written = || self.text.get(range.clone()).unwrap_or_default().to_owned();
        let before = &self.blocks[..self.blocks.partition_point(|block| extent(block).start <= range.start)];
        let Some(block) = before.iter().rev().find(|block| extent(block).end > range.start) else {
            return as_written();
        };
        let is_inside = |(at, letter): &(usize, char)| {
            let origin = block.origin.range(*at..at + letter.len_utf8());
            range.start <= origin.start && origin.end <= range.end
        };
        let mut inside = block.text.char_indices().filter(is_inside);
        let Some((first, letter)) = inside.next() else { return as_written() };
        let (last, letter) = inside.next_back().unwrap_or((first, letter));
        block.text.get(first..last + letter.len_utf8()).unwrap_or_default().to_owned()
    }

    /// Where in `text` a quote stands that begins on this line (from 1).
    pub fn find(&self, line: usize, quote: &str) -> Option<Range<usize>> {
        if quote.is_empty() {
            return None;
        }
        let (start, end) = self.lines.line_span(&self.text, line.checked_sub(1)?)?;
        let as_written = memchr::memmem::find(self.text.get(start..end)?.as_bytes(), quote.as_bytes());
        if let Some(at) = as_written {
            return Some(start + at..start + at + quote.len());
        }
        let before = &self.blocks[..self.blocks.partition_point(|block| extent(block).start < end)];
        let near = before.iter().rev().take_while(|block| extent(block).end > start);
        near.into_iter().find_map(|block| {
            let quotes = block.text.match_indices(quote);
            let mut places = quotes.map(|(at, _)| block.origin.range(at..at + quote.len()));
            places.find(|place| (start..end).contains(&place.start))
        })
    }
}

/// The bytes that a block was read from.
fn extent(block: &Block<'_>) -> Range<usize> {
    block.origin.range(0..block.text.len())
}

/// The blocks of an archive as lines, as they are counted where figures are extracted.
fn paragraphs(source: &Source) -> String {
    let mut text = String::new();
    for block in source.blocks() {
        text.extend(block.text.chars().map(|letter| if matches!(letter, '\n' | '\r') { ' ' } else { letter }));
        text.push('\n');
    }
    text
}

impl Block<'_> {
    fn into_owned(self) -> Block<'static> {
        let Block { kind, text, origin, part, language } = self;
        Block { kind, text: text.into_owned().into(), origin, part, language }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, format: Format, line: usize, quote: &str) -> Option<String> {
        let document = Quotable::of(Source::of_text(text, format));
        document.find(line, quote).map(|range| document.text[range].to_owned())
    }

    #[test]
    fn what_was_seen_is_found_where_it_is_written() {
        let html = "<p>one\n<p>It has <b>12</b>&nbsp;% of\n12&nbsp;km<p>6&#44;467 km";
        assert_eq!(found(html, Format::Html, 2, "12\u{a0}%").as_deref(), Some("12</b>&nbsp;%"));
        assert_eq!(found(html, Format::Html, 3, "6,467 km").as_deref(), Some("6&#44;467 km"));
        assert_eq!(found(html, Format::Html, 1, "12\u{a0}%"), None, "it begins on another line");
        assert_eq!(found("It has **12** %", Format::Markdown, 1, "12 %").as_deref(), Some("12** %"));
        assert_eq!(found("It has **12** %", Format::Text, 1, "12 %"), None);
        assert_eq!(found("It has 12 %", Format::Text, 1, "12 %").as_deref(), Some("12 %"));
    }

    #[test]
    fn what_is_written_is_seen_without_markup() {
        let seen = |text: &str, format, written: &str| {
            let start = text.find(written).unwrap();
            Quotable::of_text(text, format).seen(start..start + written.len())
        };
        assert_eq!(seen("It has **12** % of it", Format::Markdown, "12** %"), "12 %");
        assert_eq!(seen("<p>It has 6&#44;467&nbsp;km", Format::Html, "6&#44;467&nbsp;km"), "6,467\u{a0}km");
        assert_eq!(seen("It has 12 %", Format::Text, "12 %"), "12 %");
    }
}
