//! A page while its tags and texts come in: what is open, what is hidden, and the block that is being composed.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::block::{Block, BlockKind, Cell, Composer, OBJECT};
use super::super::grid::Grid;
use super::super::superscript;
use super::element::{Attribute, Role};

/// Tables deeper in each other are no longer told apart.
const DEEPEST_TABLE: usize = 100;

/// How far up an element is looked for that a new one ends without saying so.
const REACH: usize = 100;

/// A start tag while it is read.
#[derive(Debug)]
struct Opening {
    name: u64,
    role: Role,
    start: usize,
    language: Option<Box<str>>,
    is_hidden: bool,
    rows: u32,
    columns: u32,
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    name: u64,
    role: Role,
    has_language: bool,
    is_silent: bool,
    /// Whether it was opened where something is shown, so that closing it means something.
    is_shown: bool,
}

/// A table that is open.
#[derive(Debug)]
struct OpenTable {
    grid: Grid,
    cell: Option<Cell>,
    /// Whether the cell has a block yet.
    is_filled: bool,
    in_head_rows: bool,
    in_caption: bool,
}

/// A page while it is read.
#[derive(Debug)]
pub(super) struct Page<'d, 'f> {
    source: &'d str,
    found: &'f mut Vec<Block<'d>>,
    composer: Composer<'d>,
    opening: Option<Opening>,
    open: Vec<Open>,
    /// How many elements of each name are open.
    named: FxHashMap<u64, u32>,
    languages: Vec<Box<str>>,
    headings: Vec<u8>,
    lists: Vec<u32>,
    tables: Vec<OpenTable>,
    silent: usize,
    raised: usize,
    preformatted: usize,
    list_count: u32,
    table_count: u32,
}

fn id(name: &[u8]) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(name)
}

impl<'d, 'f> Page<'d, 'f> {
    /// A page of which `source` is or holds the text; lists and tables before it are counted.
    pub(super) fn new(source: &'d str, lists: u32, tables: u32, found: &'f mut Vec<Block<'d>>) -> Page<'d, 'f> {
        Page {
            source,
            found,
            composer: Composer::new(source),
            opening: None,
            open: Vec::new(),
            named: FxHashMap::default(),
            languages: Vec::new(),
            headings: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            silent: 0,
            raised: 0,
            preformatted: 0,
            list_count: lists,
            table_count: tables,
        }
    }

    /// How many lists and tables there were.
    pub(super) fn counts(&self) -> (u32, u32) {
        (self.list_count, self.table_count)
    }

    /// Text that stands so in the source.
    pub(super) fn same(&mut self, range: Range<usize>) {
        if self.silent > 0 {
            return;
        }
        let Some(text) = self.source.get(range.clone()) else { return };
        if self.raised > 0
            && let Some(raised) = superscript(text)
        {
            self.composer.instead(&raised, range);
            return;
        }
        if self.preformatted > 0 {
            self.composer.same(range);
            return;
        }
        let mut at = range.start;
        let bytes = self.source.as_bytes();
        while at < range.end {
            // blanks after a blank, or at the start, are not seen
            if self.composer.is_at_blank() {
                at += bytes[at..range.end].iter().take_while(|byte| **byte == b' ').count();
            }
            let rest = &bytes[at..range.end];
            let end = memchr::memchr3(b'\n', b'\t', b'\r', rest).map_or(range.end, |length| at + length);
            self.composer.same(at..end);
            at = end;
            while at < range.end && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            if at > end && !self.composer.is_at_blank() {
                self.composer.instead(" ", end..at);
            }
        }
    }

    /// Text that these bytes stand for.
    pub(super) fn instead(&mut self, text: &str, range: Range<usize>) {
        if self.silent > 0 {
            return;
        }
        if self.preformatted == 0 && text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if !self.composer.is_at_blank() {
                self.composer.instead(" ", range);
            }
            return;
        }
        match superscript(text).filter(|_| self.raised > 0) {
            Some(raised) => self.composer.instead(&raised, range),
            None => self.composer.instead(text, range),
        }
    }

    /// A start tag, of which the attributes are still to come.
    pub(super) fn open(&mut self, name: &[u8], range: Range<usize>) {
        self.opening = Some(Opening {
            name: id(name),
            role: Role::of(name),
            start: range.start,
            language: None,
            is_hidden: false,
            rows: 1,
            columns: 1,
        });
    }

    pub(super) fn attribute(&mut self, attribute: Attribute, value: &[u8]) {
        const MOST_ROWS: u32 = 65_534;
        const MOST_COLUMNS: u32 = 1000;
        let Some(opening) = &mut self.opening else { return };
        let value = String::from_utf8_lossy(value);
        let number = |most: u32| value.trim().parse::<u32>().map_or(1, |number| number.clamp(1, most));
        match attribute {
            Attribute::Language if !value.is_empty() && value.len() < 36 => {
                opening.language = Some(value.as_ref().into())
            }
            Attribute::Language => {}
            Attribute::Hidden => opening.is_hidden = value != "until-found",
            Attribute::Style => {
                let style: String = value.chars().filter(|letter| !letter.is_whitespace()).collect();
                opening.is_hidden |= style.to_ascii_lowercase().contains("display:none");
            }
            Attribute::Rows => opening.rows = number(MOST_ROWS),
            Attribute::Columns => opening.columns = number(MOST_COLUMNS),
        }
    }

    /// The end of a start tag.
    pub(super) fn opened(&mut self, end: usize) {
        let Some(opening) = self.opening.take() else { return };
        let (role, start) = (opening.role, opening.start);
        self.end_implied(role, start);
        let is_shown = self.silent == 0;
        if is_shown {
            match role {
                Role::Break => self.composer.instead("\n", start..end),
                Role::Object | Role::Code => self.composer.instead(OBJECT, start..end),
                _ if role.divides() => self.flush(start),
                _ => {}
            }
        }
        if role.is_void() {
            return;
        }
        let is_silent = opening.is_hidden || matches!(role, Role::Silent | Role::Code);
        self.silent += usize::from(is_silent);
        let has_language = opening.language.is_some();
        self.languages.extend(opening.language);
        *self.named.entry(opening.name).or_default() += 1;
        let is_shown = is_shown && !is_silent;
        self.open.push(Open { name: opening.name, role, has_language, is_silent, is_shown });
        if is_shown {
            self.begin(role, opening.rows, opening.columns, start);
        }
    }

    fn begin(&mut self, role: Role, rows: u32, columns: u32, here: usize) {
        match role {
            Role::Heading(level) => self.headings.push(level),
            Role::List => {
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            Role::Table => {
                if self.tables.len() < DEEPEST_TABLE {
                    self.table_count += 1;
                }
                let grid = Grid::new(self.table_count);
                let table = OpenTable { grid, cell: None, is_filled: false, in_head_rows: false, in_caption: false };
                self.tables.push(table);
            }
            Role::Preformatted => self.preformatted += 1,
            Role::Raised => self.raised += 1,
            Role::HeadRows | Role::Row | Role::Cell { .. } | Role::Caption => {
                self.end_cell(here);
                let is_too_deep = self.tables.len() > DEEPEST_TABLE;
                let Some(table) = self.tables.last_mut().filter(|_| !is_too_deep) else { return };
                match role {
                    Role::HeadRows => table.in_head_rows = true,
                    Role::Caption => table.in_caption = true,
                    Role::Row => table.grid.next_row(),
                    Role::Cell { is_head } => {
                        let is_head = is_head || table.in_head_rows;
                        table.cell = Some(table.grid.next_cell(rows, columns, is_head));
                        table.is_filled = false;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// An end tag. What was opened within ends as well; one that nothing was opened for means nothing.
    pub(super) fn close(&mut self, name: &[u8], range: Range<usize>) {
        let name = id(name);
        if self.named.get(&name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.end(open, range.start);
            if open.name == name {
                break;
            }
        }
    }

    fn end(&mut self, open: Open, here: usize) {
        if let Some(count) = self.named.get_mut(&open.name) {
            *count = count.saturating_sub(1);
        }
        self.silent -= usize::from(open.is_silent).min(self.silent);
        if open.is_shown {
            if open.role.divides() {
                self.flush(here);
            }
            match open.role {
                Role::Heading(_) => drop(self.headings.pop()),
                Role::List => drop(self.lists.pop()),
                Role::Table => {
                    self.end_cell(here);
                    self.tables.pop();
                }
                Role::Cell { .. } => self.end_cell(here),
                Role::HeadRows | Role::Caption => {
                    if let Some(table) = self.tables.last_mut() {
                        let in_caption = open.role == Role::Caption;
                        table.in_caption &= !in_caption;
                        table.in_head_rows &= in_caption;
                    }
                }
                Role::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
                Role::Raised => self.raised = self.raised.saturating_sub(1),
                _ => {}
            }
        }
        if open.has_language {
            self.languages.pop();
        }
    }

    /// Ends what a new element ends without saying so: a paragraph, an item, a cell, a row.
    fn end_implied(&mut self, role: Role, here: usize) {
        if !role.divides() {
            return;
        }
        let is_ended = |open: Role| match role {
            Role::Item => open == Role::Item,
            Role::Cell { .. } => matches!(open, Role::Cell { .. }),
            Role::Row => matches!(open, Role::Cell { .. } | Role::Row),
            _ => open == Role::Paragraph,
        };
        let is_barrier = |open: Role| match role {
            Role::Item => matches!(open, Role::List | Role::Table | Role::Cell { .. }),
            Role::Cell { .. } => matches!(open, Role::Row | Role::Table),
            Role::Row => open == Role::Table,
            _ => matches!(open, Role::Cell { .. } | Role::Table | Role::Item),
        };
        let near = self.open.iter().rev().take(REACH);
        let mut outermost = None;
        for (depth, open) in near.enumerate() {
            if is_barrier(open.role) {
                break;
            }
            if is_ended(open.role) {
                outermost = Some(depth + 1);
            }
        }
        for _ in 0..outermost.unwrap_or(0) {
            if let Some(open) = self.open.pop() {
                self.end(open, here);
            }
        }
    }

    /// Ends the cell that is open; one without any text is a block too.
    fn end_cell(&mut self, here: usize) {
        self.flush(here);
        let Some(table) = self.tables.last_mut() else { return };
        let is_filled = table.is_filled;
        if let Some(cell) = table.cell.take().filter(|_| !is_filled) {
            self.put(BlockKind::Cell(cell), here);
        }
    }

    /// Ends the block that is being composed, if there is any text.
    fn flush(&mut self, here: usize) {
        if self.composer.text().trim().is_empty() {
            self.composer.take(here);
            return;
        }
        let table = self.tables.last_mut();
        let kind = match (table, self.headings.last(), self.lists.last()) {
            (Some(OpenTable { in_caption: true, grid, .. }), ..) => BlockKind::Caption { table: grid.table },
            (Some(OpenTable { cell: Some(cell), is_filled, .. }), ..) => {
                *is_filled = true;
                BlockKind::Cell(*cell)
            }
            (_, Some(level), _) => BlockKind::Heading { level: *level },
            (_, None, Some(list)) => {
                BlockKind::ListItem { list: *list, depth: u8::try_from(self.lists.len()).unwrap_or(u8::MAX) }
            }
            (_, None, None) => BlockKind::Paragraph,
        };
        self.put(kind, here);
    }

    fn put(&mut self, kind: BlockKind, here: usize) {
        let (text, origin) = self.composer.take(here);
        self.found.push(Block { kind, text, origin, part: 0, language: self.languages.last().cloned() });
    }

    /// The end of the page.
    pub(super) fn finish(&mut self, here: usize) {
        while let Some(open) = self.open.pop() {
            self.end(open, here);
        }
        self.flush(here);
    }
}
