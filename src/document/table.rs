//! A table: its rows and columns, and which of its cells say what the others are.
//!
//! Formats say where cells stand; most do not say which are heads, so where a document is silent they are told from what
//! the cells hold. What the figures in them mean, and which rows are totals, is for `extract`.

use super::block::{Block, BlockKind, Cell};

/// A table of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Counted through the document, from 1.
    pub number: u32,
    pub rows: u32,
    pub columns: u32,
    /// Rows at the top that say what the columns are.
    pub head_rows: u32,
    /// All cells, by row and column.
    pub cells: Vec<TableCell>,
    /// What stands above or below it, by the index of its blocks.
    pub captions: Vec<u32>,
    row_heads: Vec<Option<Box<str>>>,
    column_heads: Vec<Option<Box<str>>>,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableCell {
    pub place: Cell,
    /// Its first block, by index in the document; a cell of several paragraphs has several.
    pub block: u32,
    pub blocks: u32,
    pub content: Content,
}

/// What a cell holds, as far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing. That is not zero.
    Empty,
    /// A sign that there is no figure: `:`, `..`, `–`. That is not zero either.
    Missing,
    /// No digits.
    Words,
    /// A year and nothing else.
    Year,
    /// Digits.
    Figure,
}

impl Content {
    fn of(text: &str) -> Content {
        let text = text.trim();
        if text.is_empty() {
            return Content::Empty;
        }
        if text.chars().any(char::is_numeric) {
            let is_year = text.len() == 4
                && text.bytes().all(|byte| byte.is_ascii_digit())
                && matches!(text.as_bytes()[0], b'1' | b'2');
            return if is_year { Content::Year } else { Content::Figure };
        }
        if text.chars().any(char::is_alphabetic) { Content::Words } else { Content::Missing }
    }

    /// Whether a row with it may say what columns are.
    fn may_be_head(self) -> bool {
        self != Content::Figure
    }
}

impl Table {
    /// The tables of a document, of which these are all blocks.
    pub fn all(blocks: &[Block<'_>]) -> Vec<Table> {
        let mut tables: Vec<Table> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let index = index as u32;
            match block.kind {
                BlockKind::Cell(place) => table_of(&mut tables, place.table).add(place, index, &block.text),
                BlockKind::Caption { table } => table_of(&mut tables, table).captions.push(index),
                _ => {}
            }
        }
        tables.retain(|table| !table.cells.is_empty());
        for table in &mut tables {
            table.cells.sort_by_key(|cell| (cell.place.row, cell.place.column));
            table.find_heads(blocks);
        }
        tables
    }

    fn add(&mut self, place: Cell, index: u32, text: &str) {
        let content = Content::of(text);
        if let Some(last) = self.cells.last_mut()
            && (last.place.row, last.place.column) == (place.row, place.column)
        {
            last.blocks = index + 1 - last.block;
            if last.content != Content::Figure && content != Content::Empty {
                last.content = content;
            }
            return;
        }
        self.rows = self.rows.max(place.row + place.rows - 1);
        self.columns = self.columns.max(place.column + place.columns - 1);
        self.cells.push(TableCell { place, block: index, blocks: 1, content });
    }

    /// The cells that start in a row.
    pub fn row(&self, row: u32) -> &[TableCell] {
        let start = self.cells.partition_point(|cell| cell.place.row < row);
        let end = self.cells.partition_point(|cell| cell.place.row <= row);
        &self.cells[start..end]
    }

    /// The cell that starts in this row and covers this column.
    pub fn cell(&self, row: u32, column: u32) -> Option<&TableCell> {
        let cells = self.row(row);
        let after = cells.partition_point(|cell| cell.place.column <= column);
        let cell = cells.get(after.checked_sub(1)?)?;
        (column < cell.place.column + cell.place.columns).then_some(cell)
    }

    /// The cell that a block belongs to.
    pub fn cell_of_block(&self, block: u32) -> Option<&TableCell> {
        // cells are numbered as they stand, except where one is merged from above
        let after = self.cells.partition_point(|cell| cell.block <= block);
        let cell = self.cells.get(after.checked_sub(1)?)?;
        (block < cell.block + cell.blocks).then_some(cell)
    }

    /// The words that say what a row is about.
    pub fn row_head(&self, row: u32) -> Option<&str> {
        self.row_heads.get(row.checked_sub(1)? as usize)?.as_deref()
    }

    /// The words that say what a column is about, from the highest row of the head down.
    pub fn column_head(&self, column: u32) -> Option<&str> {
        self.column_heads.get(column.checked_sub(1)? as usize)?.as_deref()
    }

    /// Whether a cell is one of those that say what others are.
    pub fn is_head(&self, cell: &TableCell) -> bool {
        cell.place.is_head
            || cell.place.row <= self.head_rows
            || cell.place.column == 1 && matches!(cell.content, Content::Words | Content::Year)
    }

    fn find_heads(&mut self, blocks: &[Block<'_>]) {
        let says = self.cells.iter().any(|cell| cell.place.is_head);
        let mut reach = 0;
        for row in 1..=self.rows {
            let cells = self.row(row);
            let filled = || cells.iter().filter(|cell| cell.content != Content::Empty);
            let is_head = if row <= reach {
                true
            } else if says {
                cells.iter().any(|cell| cell.place.is_head) && filled().all(|cell| cell.place.is_head)
            } else {
                let first_is_empty = cells.first().is_none_or(|cell| cell.content == Content::Empty);
                self.rows > 1 && filled().all(|cell| cell.content.may_be_head()) && (row == 1 || first_is_empty)
            };
            if !is_head {
                break;
            }
            reach = reach.max(cells.iter().map(|cell| row + cell.place.rows - 1).max().unwrap_or(row));
            self.head_rows = row;
        }
        if self.head_rows == self.rows {
            // a table of words only has a head all the same
            self.head_rows = self.head_rows.min(1);
        }
        let text = |cell: &TableCell| words(blocks, cell);
        let mut columns: Vec<String> = vec![String::new(); self.columns as usize];
        for cell in self.cells.iter().take_while(|cell| cell.place.row <= self.head_rows) {
            let words = text(cell);
            let last = cell.place.column + cell.place.columns - 1;
            for column in cell.place.column..=last {
                join(&mut columns[column as usize - 1], &words);
            }
        }
        let mut rows: Vec<String> = vec![String::new(); self.rows as usize];
        let mut from = 0;
        while let Some(first) = self.cells.get(from) {
            let row = first.place.row;
            let count = self.cells[from..].iter().take_while(|cell| cell.place.row == row).count();
            let cells = &self.cells[from..from + count];
            from += count;
            let says_something = |cell: &&TableCell| cell.place.is_head || cell.content == Content::Words;
            let heads = cells.iter().skip_while(|cell| !says_something(cell)).take_while(says_something);
            let (mut head, mut reach) = (String::new(), row);
            for cell in heads {
                join(&mut head, &text(cell));
                reach = reach.max(row + cell.place.rows - 1);
            }
            if head.is_empty()
                && let [first, _, ..] = cells
                && first.place.column == 1
            {
                head = text(first);
            }
            for below in row..=reach {
                join(&mut rows[below as usize - 1], &head);
            }
        }
        let boxed = |text: String| (!text.is_empty()).then(|| text.into_boxed_str());
        self.column_heads = columns.into_iter().map(boxed).collect();
        self.row_heads = rows.into_iter().map(boxed).collect();
    }
}

fn table_of(tables: &mut Vec<Table>, number: u32) -> &mut Table {
    let known = tables.iter().rposition(|table| table.number == number);
    let index = known.unwrap_or_else(|| {
        tables.push(Table { number, ..Table::default() });
        tables.len() - 1
    });
    &mut tables[index]
}

/// The text of a cell on one line.
fn words(blocks: &[Block<'_>], cell: &TableCell) -> String {
    let own = blocks.get(cell.block as usize..(cell.block + cell.blocks) as usize).unwrap_or_default();
    let mut text = String::new();
    for word in own
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Cell(_)))
        .flat_map(|block| block.text.split_whitespace())
    {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Adds the words of a further head.
fn join(text: &mut String, more: &str) {
    if more.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str(", ");
    }
    text.push_str(more);
}
