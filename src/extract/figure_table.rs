//! Tables with their figures: what heads say of the cells under them, and which rows and columns are totals.
//!
//! Whether the totals add up is not asked here.

use super::heads::{Given, Total, fallback, given, total};
use super::mention::Mention;
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
    /// What holds for the whole table, each column, each row.
    given: Vec<[Vec<Option<Given>>; 2]>,
}

impl Tables {
    pub(super) fn of(blocks: &[Block<'_>]) -> Tables {
        let language = fallback();
        let mut found = Tables::default();
        for table in Table::all(blocks) {
            let whole = caption_given(&table, blocks, language);
            let columns = (1..=table.columns).map(|column| {
                let own = table.column_head(column).and_then(|head| given(head, language, false));
                Given::or(own, whole.clone())
            });
            let columns: Vec<Option<Given>> = columns.collect();
            let rows: Vec<Option<Given>> =
                (1..=table.rows).map(|row| row_given(&table, row, blocks, language)).collect();
            let totals = |count: u32, head: &dyn Fn(u32) -> Option<String>| -> Vec<(u32, Total)> {
                (1..=count).filter_map(|index| Some((index, total(&head(index)?, language)?))).collect()
            };
            let total_rows = totals(table.rows, &|row| table.row_head(row).map(str::to_owned));
            let total_columns = totals(table.columns, &|column| table.column_head(column).map(str::to_owned));
            found.given.push([columns, rows]);
            found.tables.push(FigureTable { table, total_rows, total_columns });
        }
        found
    }

    /// What the heads of a cell say of its figures.
    pub(super) fn given(&self, place: &Cell) -> Option<Given> {
        let index = self.tables.binary_search_by_key(&place.table, |table| table.table.number).ok()?;
        let table = &self.tables[index].table;
        let cell = table.cell(place.row, place.column)?;
        if table.is_head(cell) {
            return None;
        }
        let [columns, rows] = &self.given[index];
        let of = |list: &[Option<Given>], at: u32| list.get(at.checked_sub(1)? as usize)?.clone();
        Given::or(of(columns, place.column), of(rows, place.row))
    }
}

/// What is said above the table as a whole: in its caption, or in a line before it that says nothing else.
fn caption_given(table: &Table, blocks: &[Block<'_>], language: usize) -> Option<Given> {
    let caption = |index: &u32| given(&blocks.get(*index as usize)?.text, language, false);
    let before = || {
        let first = table.cells.iter().map(|cell| cell.block).min()?;
        let block = blocks.get((first as usize).checked_sub(1)?)?;
        let is_line = matches!(block.kind, BlockKind::Paragraph);
        given(block.text.trim().trim_matches(['(', ')', '[', ']']), language, true).filter(|_| is_line)
    };
    table.captions.iter().find_map(caption).or_else(before)
}

/// What a row says of its figures: its head, or a cell with a unit and nothing else.
fn row_given(table: &Table, row: u32, blocks: &[Block<'_>], language: usize) -> Option<Given> {
    if row <= table.head_rows {
        return None;
    }
    let is_unit = |cell: &TableCell| {
        let text = &blocks.get(cell.block as usize)?.text;
        given(text.trim(), language, true).filter(|_| cell.content != Content::Figure || text.contains(['²', '³']))
    };
    let own = table.row(row).iter().filter(|cell| cell.content != Content::Empty).find_map(is_unit);
    own.or_else(|| given(table.row_head(row)?, language, false))
}

impl super::Extraction {
    /// The table and the cell that a figure stands in.
    pub fn cell(&self, mention: &Mention) -> Option<(&FigureTable, &TableCell)> {
        let starts = |table: &FigureTable| table.table.cells.first().is_some_and(|first| first.block <= mention.block);
        let before = &self.tables[..self.tables.partition_point(starts)];
        // a table may stand in a cell of another one
        const DEEPEST: usize = 8;
        let near = before.iter().rev().take(DEEPEST);
        near.into_iter().find_map(|table| Some((table, table.table.cell_of_block(mention.block)?)))
    }

    /// The figures of a cell.
    pub fn in_cell(&self, cell: &TableCell) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.block < cell.block);
        let end = self.mentions.partition_point(|mention| mention.block < cell.block + cell.blocks);
        &self.mentions[start..end]
    }
}
