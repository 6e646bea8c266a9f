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
    /// Words for each row that has any, and for each column in which a cell starts; both in order.
    row_heads: Vec<(u32, Box<str>)>,
    column_heads: Vec<(u32, Box<str>)>,
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
    /// No digits, but perhaps those of a unit: `km²`.
    Words,
    /// Words before digits: `Quarter 1`, `about 12`.
    Mixed,
    /// A year, perhaps with what marks it: `2020`, `2019/20`, `2020 г.`
    Year,
    /// Digits first.
    Figure,
}

impl Content {
    fn of(text: &str) -> Content {
        let text = text.trim();
        let is_digit = |letter: char| letter.is_numeric() && !matches!(letter, '²' | '³' | '¹' | '⁰'..='⁹');
        let Some(first) = text.find(|letter: char| letter.is_alphabetic() || is_digit(letter)) else {
            return if text.is_empty() { Content::Empty } else { Content::Missing };
        };
        if !text[first..].starts_with(is_digit) {
            return if text.contains(is_digit) { Content::Mixed } else { Content::Words };
        }
        if first == 0 && is_year(text) { Content::Year } else { Content::Figure }
    }

    /// Whether a row with it may say what columns are.
    fn may_be_head(self) -> bool {
        self != Content::Figure
    }
}

/// Whether a text is a year, or one and a part of the next.
fn is_year(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(text) != 4 || !matches!(text.as_bytes()[0], b'1' | b'2') {
        return false;
    }
    let mut rest = &text[4..];
    if let Some(second) = rest.strip_prefix(['/', '-', '–']) {
        rest = &second[digits(second)..];
    }
    rest.chars().count() <= 5 && !rest.contains(char::is_numeric) && !rest.starts_with(['.', ','])
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
        tables.sort_by_key(|table| table.number);
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
        // what a cell reaches into counts only where others start
        self.rows = self.rows.max(place.row);
        self.columns = self.columns.max(place.column);
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

    /// The words that say what a row is about.
    pub fn row_head(&self, row: u32) -> Option<&str> {
        head(&self.row_heads, row)
    }

    /// The words that say what a column is about, from the highest row of the head down.
    pub fn column_head(&self, column: u32) -> Option<&str> {
        head(&self.column_heads, column)
    }

    /// All rows with such words.
    pub fn row_heads(&self) -> impl Iterator<Item = (u32, &str)> {
        self.row_heads.iter().map(|(row, words)| (*row, &**words))
    }

    /// All columns with such words.
    pub fn column_heads(&self) -> impl Iterator<Item = (u32, &str)> {
        self.column_heads.iter().map(|(column, words)| (*column, &**words))
    }

    /// Whether a cell is one of those that say what others are.
    pub fn is_head(&self, cell: &TableCell) -> bool {
        cell.place.is_head
            || cell.place.row <= self.head_rows
            || cell.place.column == 1 && matches!(cell.content, Content::Words | Content::Mixed | Content::Year)
    }

    fn find_heads(&mut self, blocks: &[Block<'_>]) {
        self.head_rows = self.count_head_rows();
        self.column_heads = self.words_of_columns(blocks);
        self.row_heads = self.words_of_rows(blocks);
    }

    /// Rows at the top that are heads: as the document says, or else those without figures.
    fn count_head_rows(&self) -> u32 {
        const MOST: u32 = 8;
        let says = self.cells.iter().any(|cell| cell.place.is_head);
        // captions may take the rows before it
        let first = self.cells.first().map_or(1, |cell| cell.place.row);
        let (mut found, mut reach) = (0, 0);
        for row in first..=self.rows.min(first + MOST) {
            let cells = self.row(row);
            let mut filled = cells.iter().filter(|cell| cell.content != Content::Empty);
            let is_head = if row <= reach {
                true
            } else if says {
                cells.iter().any(|cell| cell.place.is_head) && filled.all(|cell| cell.place.is_head)
            } else {
                let first_is_empty = cells.first().is_none_or(|cell| cell.content == Content::Empty);
                self.rows > first && filled.all(|cell| cell.content.may_be_head()) && (row == first || first_is_empty)
            };
            if !is_head {
                break;
            }
            reach = reach.max(cells.iter().map(|cell| row + cell.place.rows - 1).max().unwrap_or(row));
            found = row;
        }
        // a table of words only has a head all the same
        if found == self.rows { found.min(first) } else { found }
    }

    fn words_of_columns(&self, blocks: &[Block<'_>]) -> Vec<(u32, Box<str>)> {
        let mut starts: Vec<u32> = self.cells.iter().map(|cell| cell.place.column).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut heads = vec![String::new(); starts.len()];
        for cell in self.cells.iter().take_while(|cell| cell.place.row <= self.head_rows) {
            let words = words(blocks, cell);
            let from = starts.partition_point(|start| *start < cell.place.column);
            let to = starts.partition_point(|start| *start < cell.place.column + cell.place.columns);
            heads[from..to].iter_mut().for_each(|head| join(head, &words));
        }
        let filled = starts.into_iter().zip(heads).filter(|(_, head)| !head.is_empty());
        filled.map(|(start, head)| (start, head.into_boxed_str())).collect()
    }

    fn words_of_rows(&self, blocks: &[Block<'_>]) -> Vec<(u32, Box<str>)> {
        let mut found: Vec<(u32, Box<str>)> = Vec::new();
        // heads that reach down into further rows, with the last of those
        let mut above: Vec<(u32, String)> = Vec::new();
        for cells in self.cells.chunk_by(|one, other| one.place.row == other.place.row) {
            let Some(first) = cells.first() else { continue };
            let row = first.place.row;
            if row <= self.head_rows {
                continue;
            }
            above.retain(|(last, _)| *last >= row);
            let mut head = String::new();
            above.iter().for_each(|(_, words)| join(&mut head, words));
            let says_something = |cell: &&TableCell| cell.place.is_head || cell.content == Content::Words;
            let is_first = |cell: &TableCell| cell.place.column == 1 && cell.content == Content::Mixed;
            let heads = cells.iter().skip_while(|cell| !says_something(cell) && !is_first(cell));
            for cell in heads.take_while(|cell| says_something(cell) || is_first(cell)) {
                let words = words(blocks, cell);
                join(&mut head, &words);
                if cell.place.rows > 1 {
                    above.push((row + cell.place.rows - 1, words));
                }
            }
            if head.is_empty() && first.place.column == 1 && cells.len() > 1 {
                head = words(blocks, first);
            }
            if !head.is_empty() {
                found.push((row, clipped(head).into_boxed_str()));
            }
        }
        found
    }
}

fn head(heads: &[(u32, Box<str>)], at: u32) -> Option<&str> {
    let index = heads.binary_search_by_key(&at, |(start, _)| *start).ok()?;
    Some(&heads[index].1)
}

fn table_of(tables: &mut Vec<Table>, number: u32) -> &mut Table {
    let known = tables.iter().rposition(|table| table.number == number);
    let index = known.unwrap_or_else(|| {
        tables.push(Table { number, ..Table::default() });
        tables.len() - 1
    });
    &mut tables[index]
}

/// Longer heads are cut; all of it stands in the blocks.
const LONGEST_HEAD: usize = 200;

/// The text of a cell on one line.
fn words(blocks: &[Block<'_>], cell: &TableCell) -> String {
    let own = blocks.get(cell.block as usize..(cell.block + cell.blocks) as usize).unwrap_or_default();
    let own = own.iter().filter(|block| matches!(block.kind, BlockKind::Cell(place) if place == cell.place));
    let mut text = String::new();
    for word in own.flat_map(|block| block.text.split_whitespace()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        if text.len() > LONGEST_HEAD {
            break;
        }
    }
    clipped(text)
}

/// Adds the words of a further head.
fn join(text: &mut String, more: &str) {
    if more.is_empty() || text.len() > LONGEST_HEAD {
        return;
    }
    if !text.is_empty() {
        text.push_str(", ");
    }
    text.push_str(more);
}

fn clipped(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST_HEAD));
    text
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn what_a_cell_holds_is_told_from_its_letters() {
        for (text, expected) in [
            (" ", Content::Empty),
            (":", Content::Missing),
            ("…", Content::Missing),
            ("Area, km²", Content::Words),
            ("Q1 2020", Content::Mixed),
            ("около 12", Content::Mixed),
            ("2020", Content::Year),
            ("2019/20", Content::Year),
            ("2020 г.", Content::Year),
            ("1990–1995", Content::Year),
            ("2020.5", Content::Figure),
            ("12", Content::Figure),
            ("€ 2020 million", Content::Figure),
            ("٢٥٫٩٪", Content::Figure),
        ] {
            assert_eq!(Content::of(text), expected, "{text}");
        }
    }
}
