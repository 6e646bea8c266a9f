//! Tables with their figures: what heads say of the cells under them, and which rows and columns are totals.
//!
//! Whether the totals add up is not asked here.

use super::heads::{Given, Total, fallback, given, total};
use super::mention::Mention;
use super::pack::Packs;
use crate::document::{Block, BlockKind, Cell, Content, Table, TableCell};

/// A table, with what its heads say. The figures of a cell are found by its blocks; see [`super::Extraction::in_cell`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureTable {
    pub table: Table,
    /// Rows whose head says that they are a total.
    pub total_rows: Vec<(u32, Total)>,
    /// Columns whose head says so.
    pub total_columns: Vec<(u32, Total)>,
}

/// The tables of a document and what holds for their cells, before the cells are read.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub tables: Vec<FigureTable>,
    /// For each table, what its columns and its rows say, and what holds for all of it.
    said: Vec<Said>,
}

/// What the heads of a table say, by column and by row, in order.
#[derive(Debug, Default)]
struct Said {
    whole: Option<Given>,
    columns: Vec<(u32, Given)>,
    rows: Vec<(u32, Given)>,
    /// Whether the first column only counts the rows.
    is_numbered: bool,
}

impl Tables {
    pub(super) fn of(blocks: &[Block<'_>], packs: &Packs) -> Tables {
        let language = fallback(packs);
        let mut found = Tables::default();
        for table in Table::all(blocks) {
            let columns =
                table.column_heads().filter_map(|(column, head)| Some((column, given(head, language, false, packs)?)));
            let rows = table.cells.chunk_by(|one, other| one.place.row == other.place.row);
            let said = Said {
                whole: caption_given(&table, blocks, language, packs),
                columns: columns.collect(),
                rows: rows.filter_map(|cells| row_given(&table, cells, blocks, language, packs)).collect(),
                is_numbered: is_numbered(&table, blocks),
            };
            let called_total = |(at, head): (u32, &str)| Some((at, total(head, language, packs)?));
            let total_rows = table.row_heads().filter_map(called_total).collect();
            let total_columns = table.column_heads().filter_map(called_total).collect();
            found.said.push(said);
            found.tables.push(FigureTable { table, total_rows, total_columns });
        }
        found
    }

    /// Whether a block is there to say what others are.
    pub(super) fn is_head(&self, kind: BlockKind) -> bool {
        match kind {
            BlockKind::Caption { .. } => true,
            BlockKind::Cell(place) => {
                let index = self.tables.binary_search_by_key(&place.table, |table| table.table.number);
                let table = index.ok().map(|index| &self.tables[index].table);
                table.is_some_and(|table| table.cell(place.row, place.column).is_some_and(|cell| table.is_head(cell)))
            }
            _ => false,
        }
    }

    /// Whether a block is the number of its row in the table and no figure.
    pub(super) fn is_row_number(&self, kind: BlockKind) -> bool {
        let BlockKind::Cell(Cell { table, row, column: 1, .. }) = kind else { return false };
        let index = self.tables.binary_search_by_key(&table, |table| table.table.number);
        index.is_ok_and(|index| self.said[index].is_numbered && row > self.tables[index].table.head_rows)
    }

    /// What the heads of a cell say of its figures.
    pub(super) fn given(&self, place: &Cell) -> Option<Given> {
        let index = self.tables.binary_search_by_key(&place.table, |table| table.table.number).ok()?;
        let table = &self.tables[index].table;
        let cell = table.cell(place.row, place.column)?;
        if table.is_head(cell) {
            return None;
        }
        let Said { whole, columns, rows, .. } = &self.said[index];
        let of = |list: &[(u32, Given)], at: u32| {
            let index = list.binary_search_by_key(&at, |(at, _)| *at).ok()?;
            Some(list[index].1.clone())
        };
        Given::or(Given::or(of(columns, place.column), of(rows, place.row)), whole.clone())
    }
}

/// What is said above the table as a whole: in its caption, or in a line before it that says nothing else.
fn caption_given(table: &Table, blocks: &[Block<'_>], language: usize, packs: &Packs) -> Option<Given> {
    let caption = |index: &u32| given(&blocks.get(*index as usize)?.text, language, false, packs);
    let before = || {
        let first = table.cells.iter().map(|cell| cell.block).min()?;
        let block = blocks.get((first as usize).checked_sub(1)?)?;
        let is_line = matches!(block.kind, BlockKind::Paragraph);
        given(block.text.trim().trim_matches(['(', ')', '[', ']']), language, true, packs).filter(|_| is_line)
    };
    table.captions.iter().find_map(caption).or_else(before)
}

/// Whether the first column says 1, 2, 3 and so on, up to a last row that may say nothing.
fn is_numbered(table: &Table, blocks: &[Block<'_>]) -> bool {
    const FEWEST: usize = 3;
    let body = table.cells.iter().filter(|cell| cell.place.column == 1 && cell.place.row > table.head_rows);
    let mut next = 1;
    for cell in body.clone().filter(|cell| cell.content == Content::Figure) {
        let text = blocks.get(cell.block as usize).map_or("", |block| block.text.trim());
        if text.trim_end_matches(['.', ')']).parse() != Ok(next) {
            return false;
        }
        next += 1;
    }
    next > FEWEST && table.columns > 1 && body.count() <= next
}

/// What a row says of its figures: its head, or a cell with a unit and nothing else.
fn row_given(
    table: &Table,
    cells: &[TableCell],
    blocks: &[Block<'_>],
    language: usize,
    packs: &Packs,
) -> Option<(u32, Given)> {
    let row = cells.first()?.place.row;
    if row <= table.head_rows {
        return None;
    }
    let is_unit = |cell: &TableCell| {
        let text = &blocks.get(cell.block as usize)?.text;
        // a unit may have a digit in it: `km2`
        given(text.trim(), language, true, packs).filter(|_| text.contains(char::is_alphabetic) || text.contains('%'))
    };
    const FARTHEST: usize = 16;
    let own = cells.iter().filter(|cell| cell.content != Content::Empty).take(FARTHEST).find_map(is_unit);
    let said = own.or_else(|| given(table.row_head(row)?, language, false, packs))?;
    Some((row, said))
}

/// Which blocks with figures are cells: the block, the index of its table, its row and column.
pub(super) type CellBlocks = Vec<(u32, u32, (u32, u32))>;

pub(super) fn cell_blocks(tables: &[FigureTable], blocks: &[Block<'_>], mentions: &[Mention]) -> CellBlocks {
    let mut found = CellBlocks::new();
    for mention in mentions {
        if let Some(BlockKind::Cell(place)) = blocks.get(mention.block as usize).map(|block| block.kind)
            && found.last().is_none_or(|(block, ..)| *block != mention.block)
            && let Ok(index) = tables.binary_search_by_key(&place.table, |table| table.table.number)
        {
            found.push((mention.block, index as u32, (place.row, place.column)));
        }
    }
    found
}

impl super::Extraction {
    /// The table and the cell that a figure stands in.
    pub fn cell(&self, mention: &Mention) -> Option<(&FigureTable, &TableCell)> {
        let index = self.cells.binary_search_by_key(&mention.block, |(block, ..)| *block).ok()?;
        let (_, table, place) = self.cells[index];
        let table = &self.tables[table as usize];
        Some((table, table.table.cell(place.0, place.1)?))
    }

    /// The figures of a cell.
    pub fn in_cell(&self, cell: &TableCell) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.block < cell.block);
        let end = self.mentions.partition_point(|mention| mention.block < cell.block + cell.blocks);
        &self.mentions[start..end]
    }
}
