//! The text of a part: its paragraphs, styles, list items, notes and tables, without what was deleted or is hidden.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::super::block::{Block, BlockKind, Cell, Composer, OBJECT};
use super::super::grid::Grid;
use super::super::source::Part;
use super::super::superscript;
use super::archive::attribute;
use super::{Style, Styles};

/// The blocks of all parts.
pub fn blocks<'d>(parts: &'d [Part], styles: &Styles, found: &mut Vec<Block<'d>>) {
    let (mut tables, mut lists) = (0, 0);
    for (index, part) in parts.iter().enumerate() {
        let is_notes = part.name.as_deref().is_some_and(|name| name.ends_with("notes.xml"));
        let mut body = Body {
            source: &part.text,
            part: u16::try_from(index).unwrap_or(u16::MAX),
            is_notes,
            styles,
            composer: Composer::new(&part.text),
            found,
            paragraph: BlockKind::Paragraph,
            tables: Vec::new(),
            table_count: tables,
            list_count: lists,
            list: None,
            silent: 0,
            hidden_run: false,
            raised_run: false,
            in_text: false,
        };
        body.read();
        (tables, lists) = (body.table_count, body.list_count);
    }
}

/// A table that is open.
struct OpenTable {
    grid: Grid,
    is_head: bool,
    span: u32,
    merge: Merge,
    /// The cell that is open, once its properties are known.
    cell: Option<Cell>,
    has_cell: bool,
    is_filled: bool,
    /// For columns in which a cell reaches down: its first block.
    reaching: FxHashMap<u32, usize>,
}

/// Whether a cell is the upper end of a merged one, or goes on with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Starts,
    GoesOn,
}

struct Body<'d, 'f> {
    source: &'d str,
    part: u16,
    is_notes: bool,
    styles: &'f Styles,
    composer: Composer<'d>,
    found: &'f mut Vec<Block<'d>>,
    /// What the paragraph that is open is.
    paragraph: BlockKind,
    tables: Vec<OpenTable>,
    table_count: u32,
    /// How many lists there were, and the numbering of the one that is open.
    list_count: u32,
    list: Option<u32>,
    /// How many elements are open whose text is no longer or not yet part of the document.
    silent: usize,
    hidden_run: bool,
    raised_run: bool,
    in_text: bool,
}

impl Body<'_, '_> {
    fn read(&mut self) {
        let mut reader = Reader::from_str(self.source);
        reader.config_mut().expand_empty_elements = true;
        let mut start = 0;
        // the parts were found to be XML when they were opened
        while let Ok(event) = reader.read_event() {
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(self.source.len());
            match event {
                Event::Eof => break,
                Event::Start(tag) => self.start(&tag, start..end),
                Event::End(tag) => self.end(tag.local_name().as_ref(), start),
                Event::Text(_) | Event::CData(_) if self.is_read() => self.text(start..end),
                Event::GeneralRef(reference) if self.is_read() => {
                    let named = || resolve_predefined_entity(std::str::from_utf8(&reference).ok()?).map(str::to_owned);
                    let letter = reference.resolve_char_ref().ok().flatten();
                    if let Some(text) = letter.map(String::from).or_else(named) {
                        self.composer.instead(&text, start..end);
                    }
                }
                _ => {}
            }
            start = end;
        }
        self.flush(self.source.len());
    }

    fn is_read(&self) -> bool {
        self.in_text && self.silent == 0 && !self.hidden_run
    }

    fn text(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        match superscript(text).filter(|_| self.raised_run) {
            Some(raised) => self.composer.instead(&raised, range),
            None => self.composer.same(range),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        let name = tag.local_name();
        let value = || attribute(tag, b"val").unwrap_or_default();
        let is_on = || !matches!(value().as_str(), "0" | "false" | "off" | "none");
        match name.as_ref() {
            b"Fallback" | b"moveFrom" | b"del" | b"pict" => self.silent += 1,
            b"footnote" | b"endnote" => {
                // separators are notes by their form only
                let is_drawn = attribute(tag, b"type").is_some_and(|kind| kind != "normal");
                self.silent += usize::from(is_drawn);
            }
            _ if self.silent > 0 => {}
            b"p" => {
                self.flush(range.start);
                self.settle_cell();
                self.paragraph = if self.is_notes { BlockKind::Note } else { BlockKind::Paragraph };
            }
            b"pStyle" => {
                let style = value();
                match self.styles.iter().find(|(id, _)| **id == *style) {
                    Some((_, Style::Heading { level })) => self.paragraph = BlockKind::Heading { level: *level },
                    Some((_, Style::ListItem)) => self.paragraph = BlockKind::ListItem { list: 0, depth: 1 },
                    None => {}
                }
            }
            b"numId" => {
                let list = value().parse().ok().filter(|list| *list > 0);
                if let (Some(list), BlockKind::Paragraph | BlockKind::ListItem { .. }) = (list, self.paragraph) {
                    let depth = if let BlockKind::ListItem { depth, .. } = self.paragraph { depth } else { 1 };
                    self.paragraph = BlockKind::ListItem { list, depth };
                }
            }
            b"ilvl" => {
                let depth = value().parse::<u8>().map_or(1, |level| level.saturating_add(1));
                if self.paragraph == BlockKind::Paragraph {
                    self.paragraph = BlockKind::ListItem { list: 0, depth };
                }
            }
            b"r" => (self.hidden_run, self.raised_run) = (false, false),
            b"vanish" => self.hidden_run = is_on(),
            b"vertAlign" => self.raised_run = value() == "superscript",
            b"t" => self.in_text = true,
            b"tab" if self.is_in_run(tag) => self.composer.instead("\t", range),
            b"br" | b"cr" => self.composer.instead("\n", range),
            b"noBreakHyphen" => self.composer.instead("-", range),
            b"sym" | b"drawing" | b"oMath" => self.composer.instead(OBJECT, range),
            b"tbl" => {
                self.flush(range.start);
                self.settle_cell();
                self.table_count += 1;
                self.tables.push(OpenTable {
                    grid: Grid::new(self.table_count),
                    is_head: false,
                    span: 1,
                    merge: Merge::None,
                    cell: None,
                    has_cell: false,
                    is_filled: false,
                    reaching: FxHashMap::default(),
                });
            }
            _ => self.start_in_table(name.as_ref(), tag),
        }
    }

    /// Tabulators also stand among the properties of a paragraph, where they have a position.
    fn is_in_run(&self, tag: &BytesStart<'_>) -> bool {
        attribute(tag, b"pos").is_none()
    }

    fn start_in_table(&mut self, name: &[u8], tag: &BytesStart<'_>) {
        let Some(table) = self.tables.last_mut() else { return };
        let value = || attribute(tag, b"val");
        let number = || value().and_then(|value| value.parse::<u32>().ok());
        match name {
            b"tr" => {
                table.grid.next_row();
                table.is_head = false;
            }
            b"tblHeader" => {
                table.is_head = value().is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
            }
            b"gridBefore" => table.grid.skip(number().unwrap_or(0)),
            b"tc" => {
                (table.span, table.merge, table.cell) = (1, Merge::None, None);
                (table.has_cell, table.is_filled) = (true, false);
            }
            b"gridSpan" => table.span = number().unwrap_or(1).clamp(1, 1000),
            b"vMerge" => {
                let starts = value().is_some_and(|value| value == "restart");
                table.merge = if starts { Merge::Starts } else { Merge::GoesOn };
            }
            _ => {}
        }
    }

    /// Gives the cell its place, now that its properties are known.
    fn settle_cell(&mut self) {
        let first = self.found.len();
        let Some(table) = self.tables.last_mut().filter(|table| table.has_cell && table.cell.is_none()) else { return };
        let cell = table.grid.next_cell(1, table.span, table.is_head);
        table.cell = Some(cell);
        match table.merge {
            Merge::None => drop(table.reaching.remove(&cell.column)),
            Merge::Starts => drop(table.reaching.insert(cell.column, first)),
            Merge::GoesOn => {
                let Some(from) = table.reaching.get(&cell.column) else { return };
                let upper = self.found.get(*from).map(|block| block.kind);
                let is_upper = |kind: BlockKind| Some(kind) == upper;
                for block in self.found[*from..].iter_mut().take_while(|block| is_upper(block.kind)) {
                    if let BlockKind::Cell(upper) = &mut block.kind {
                        upper.rows += 1;
                    }
                }
            }
        }
    }

    fn end(&mut self, name: &[u8], here: usize) {
        match name {
            b"Fallback" | b"moveFrom" | b"del" | b"pict" => self.silent = self.silent.saturating_sub(1),
            b"footnote" | b"endnote" => self.silent = 0,
            _ if self.silent > 0 => {}
            b"p" => self.flush(here),
            b"t" => self.in_text = false,
            b"tc" => {
                self.flush(here);
                self.settle_cell();
                let Some(table) = self.tables.last_mut() else { return };
                table.has_cell = false;
                // what goes on from above has no place of its own
                let is_shown = !table.is_filled && table.merge != Merge::GoesOn;
                if let Some(cell) = table.cell.take().filter(|_| is_shown) {
                    self.put(BlockKind::Cell(cell), here);
                }
            }
            b"tbl" => {
                self.flush(here);
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn flush(&mut self, here: usize) {
        if self.composer.text().trim().is_empty() {
            self.composer.take(here);
            return;
        }
        let kind = match self.tables.last_mut() {
            Some(OpenTable { cell: Some(cell), is_filled, .. }) => {
                *is_filled = true;
                BlockKind::Cell(*cell)
            }
            _ => self.paragraph,
        };
        self.put(kind, here);
    }

    fn put(&mut self, mut kind: BlockKind, here: usize) {
        // one numbering may serve many lists; what stands together is one
        let numbering = if let BlockKind::ListItem { list, .. } = kind { Some(list) } else { None };
        if let BlockKind::ListItem { list, .. } = &mut kind {
            self.list_count += u32::from(self.list != numbering);
            *list = self.list_count;
        }
        self.list = numbering;
        let (text, origin) = self.composer.take(here);
        self.found.push(Block { kind, text, origin, part: self.part, language: None });
    }
}
