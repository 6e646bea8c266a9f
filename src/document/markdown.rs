//! Markdown: CommonMark with tables, footnotes and crossed-out text, as `pulldown-cmark` reads it.
//!
//! Emphasis and links are taken off, so that `**12** %` is one figure; addresses, code and marks of footnotes are no
//! prose. HTML within is read as HTML.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, BlockKind, Cell, Composer, OBJECT};
use super::{html, superscript};

/// The blocks of a Markdown text.
pub(super) fn blocks<'d>(text: &'d str, found: &mut Vec<Block<'d>>) {
    let mut reader = Reader {
        source: text,
        found,
        composer: Composer::new(text),
        heading: None,
        lists: Vec::new(),
        list_count: 0,
        table_count: 0,
        cell: None,
        notes: 0,
        silent: 0,
        is_raised: false,
    };
    for (event, range) in events(text) {
        reader.event(&event, range);
    }
    reader.close(text.len());
}

/// Where HTML stands in a Markdown text: the stretches of it, in their order.
pub(super) fn html(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in events(text) {
        // a block is told line by line
        match (event, found.last_mut()) {
            (Event::Html(_), Some(last)) if last.end == range.start => last.end = range.end,
            (Event::Html(_) | Event::InlineHtml(_), _) => found.push(range),
            _ => {}
        }
    }
    found
}

/// What the parser finds, with its place.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let parser = Parser::new_ext(&text[start..], options).into_offset_iter();
    parser.map(move |(event, range)| (event, range.start + start..range.end + start))
}

struct Reader<'d, 'f> {
    source: &'d str,
    found: &'f mut Vec<Block<'d>>,
    composer: Composer<'d>,
    heading: Option<u8>,
    /// The numbers of the lists that are open.
    lists: Vec<u32>,
    list_count: u32,
    table_count: u32,
    /// The last cell of the table that is open.
    cell: Option<Cell>,
    /// How many footnotes are open.
    notes: usize,
    /// How many things are open that are no prose.
    silent: usize,
    /// Whether `<sup>` is open.
    is_raised: bool,
}

impl<'d> Reader<'d, '_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.silent > 0 => {}
            Event::Text(text) => self.text(text, range),
            Event::Code(_) => self.composer.instead(OBJECT, range),
            Event::SoftBreak | Event::HardBreak => self.composer.same(range),
            Event::InlineHtml(tag) => self.tag(tag, range),
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
            Event::Rule => self.close(range.start),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_raised
            && let Some(raised) = superscript(text)
        {
            self.composer.instead(&raised, range);
        } else if self.source.get(range.clone()) == Some(text) {
            self.composer.same(range);
        } else {
            self.composer.instead(text, range);
        }
    }

    /// The few tags that change what a figure is.
    fn tag(&mut self, tag: &str, range: Range<usize>) {
        let tag = tag.to_ascii_lowercase();
        let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        match name.split_whitespace().next().unwrap_or_default() {
            "sup" => self.is_raised = true,
            "/sup" => self.is_raised = false,
            "br" => self.composer.instead("\n", range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close(range.start);
                self.heading = Some(level_number(*level));
            }
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {
                self.close(range.start);
            }
            Tag::List(_) => {
                self.close(range.start);
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            Tag::FootnoteDefinition(_) => {
                self.close(range.start);
                self.notes += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::HtmlBlock => {
                self.close(range.start);
                self.silent += 1;
            }
            Tag::Table(_) => {
                self.close(range.start);
                self.table_count += 1;
                self.cell =
                    Some(Cell { table: self.table_count, row: 0, column: 0, rows: 1, columns: 1, is_head: false });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(cell) = &mut self.cell {
                    cell.row += 1;
                    cell.column = 0;
                    cell.is_head = matches!(tag, Tag::TableHead);
                }
            }
            Tag::TableCell => {
                if let Some(cell) = &mut self.cell {
                    cell.column += 1;
                }
            }
            Tag::Strikethrough if self.source[range.start..].starts_with("~~") => self.silent += 1,
            Tag::Image { .. } => self.composer.instead(OBJECT, range.start..range.start + 1),
            Tag::Link { link_type, .. } => {
                use pulldown_cmark::LinkType::{Autolink, Email};
                if matches!(link_type, Autolink | Email) {
                    self.composer.instead(OBJECT, range);
                    self.silent += 1;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: &TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.close(range.end);
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.close(range.end);
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.close(range.end);
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.silent = self.silent.saturating_sub(1),
            TagEnd::HtmlBlock => {
                self.silent = self.silent.saturating_sub(1);
                html::fragment(self.source, range, &mut self.list_count, &mut self.table_count, self.found);
            }
            TagEnd::TableCell => {
                // an empty cell is one as well
                if let Some(cell) = self.cell {
                    self.put(BlockKind::Cell(cell), range.start);
                }
            }
            TagEnd::Table => self.cell = None,
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => self.close(range.end),
            TagEnd::Strikethrough if self.source[range.start..].starts_with("~~") => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::Link if self.source[range.start..].starts_with('<') => self.silent = self.silent.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the block that is open, if it has any text.
    fn close(&mut self, here: usize) {
        self.is_raised = false;
        if self.composer.is_empty() {
            return;
        }
        let kind = match (self.heading, self.cell, self.notes, self.lists.last()) {
            (Some(level), ..) => BlockKind::Heading { level },
            (None, Some(cell), ..) => BlockKind::Cell(cell),
            (None, None, 1.., _) => BlockKind::Note,
            (None, None, 0, Some(list)) => BlockKind::ListItem { list: *list, depth: depth(self.lists.len()) },
            (None, None, 0, None) => BlockKind::Paragraph,
        };
        self.put(kind, here);
    }

    fn put(&mut self, kind: BlockKind, here: usize) {
        let (text, origin) = self.composer.take(here);
        self.found.push(Block { kind, text, origin, part: 0, language: None });
    }
}

fn depth(open: usize) -> u8 {
    u8::try_from(open).unwrap_or(u8::MAX)
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
