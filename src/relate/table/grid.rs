//! The figures of a table by row and column, whatever it was written as, with the words that head them.
//!
//! A column whose cells hold two figures each, `1,234 (56%)`, stands here as two columns.

use crate::document::{Block, TableCell};
use crate::extract::{Extraction, FigureTable, Kind, Mention, Total};
use crate::figure::Number;
use crate::relate::amount::{is_amount, is_percent, unit};

/// Cells of a table beyond which it is data and not looked at.
const MOST_CELLS: usize = 200_000;

/// The figures of a table, as indexes of mentions.
pub(super) struct Grid<'a> {
    pub mentions: &'a [Mention],
    pub rows: usize,
    pub columns: usize,
    /// Rows that are heads.
    pub heads: usize,
    /// The first block of it.
    pub block: usize,
    pub total_rows: Vec<(usize, Total)>,
    pub total_columns: Vec<(usize, Total)>,
    row_labels: Vec<&'a str>,
    column_labels: Vec<&'a str>,
    cells: Vec<Option<usize>>,
}

/// A row as it is read: what heads it, and its figures by column.
pub(super) struct Row<'a> {
    pub label: &'a str,
    pub total: Option<Total>,
    pub cells: Vec<Option<usize>>,
}

impl<'a> Grid<'a> {
    /// The grid of a table that the document marks as one; none where it is data.
    pub(super) fn of(of: &'a FigureTable, blocks: &[Block<'_>], read: &'a Extraction) -> Option<Grid<'a>> {
        let (rows, columns) = (of.table.rows as usize, of.table.columns as usize);
        if rows * columns > MOST_CELLS {
            return None;
        }
        let cells = of.table.cells.iter().filter(|cell| !of.table.is_head(cell));
        let figures: Vec<(&TableCell, Figures)> =
            cells.filter_map(|cell| Some((cell, Figures::of(cell, blocks, read)?))).collect();
        let slots = Slots::of(columns, &figures, &read.mentions);
        let columns = slots.starts.last().copied().unwrap_or(0);
        let at = |(at, total): &(u32, Total)| (*at as usize - 1, *total);
        let total_columns = of.total_columns.iter().map(at).flat_map(|(column, total)| {
            let (from, to) = slots.of_column(column);
            (from..to).map(move |column| (column, total))
        });
        let mut column_labels = vec![""; columns];
        for (column, label) in of.table.column_heads() {
            let (from, to) = slots.of_column(column as usize - 1);
            column_labels[from..to].fill(label);
        }
        let mut grid = Grid {
            mentions: &read.mentions,
            rows,
            columns,
            heads: of.table.head_rows as usize,
            block: of.table.cells.iter().map(|cell| cell.block as usize).min()?,
            total_rows: of.total_rows.iter().map(at).collect(),
            total_columns: total_columns.collect(),
            row_labels: (1..=of.table.rows).map(|row| of.table.row_head(row).unwrap_or_default()).collect(),
            column_labels,
            cells: vec![None; rows * columns],
        };
        for (cell, figures) in figures {
            let row = cell.place.row as usize - 1;
            for (column, figure) in slots.placed(cell.place.column as usize - 1, figures, grid.mentions) {
                if let Some(slot) = grid.cells.get_mut(row * columns + column) {
                    *slot = Some(figure);
                }
            }
        }
        Some(grid)
    }

    /// The grid of rows that were read from lines of text.
    pub(super) fn of_rows(mentions: &'a [Mention], block: usize, labels: Vec<&'a str>, rows: Vec<Row<'a>>) -> Grid<'a> {
        let columns = labels.len();
        Grid {
            mentions,
            rows: rows.len(),
            columns,
            heads: 0,
            block,
            total_rows: rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.total?))).collect(),
            total_columns: labels
                .iter()
                .enumerate()
                .filter_map(|(at, label)| Some((at, super::words::total(label)?)))
                .collect(),
            row_labels: rows.iter().map(|row| row.label).collect(),
            column_labels: labels,
            cells: rows.into_iter().flat_map(|row| row.cells).collect(),
        }
    }

    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.cells.get(row * self.columns + column).copied().flatten()
    }

    /// All figures.
    pub(super) fn figures(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().flatten().copied()
    }

    pub(super) fn row_label(&self, row: usize) -> &'a str {
        self.row_labels.get(row).copied().unwrap_or_default()
    }

    pub(super) fn column_label(&self, column: usize) -> &'a str {
        self.column_labels.get(column).copied().unwrap_or_default()
    }

    /// Rows below the heads.
    pub(super) fn body(&self) -> std::ops::Range<usize> {
        self.heads..self.rows
    }

    /// Rows as columns.
    pub(super) fn turned(&self) -> Grid<'a> {
        let cells = (0..self.columns).flat_map(|column| (0..self.rows).map(move |row| self.at(row, column))).collect();
        Grid {
            mentions: self.mentions,
            rows: self.columns,
            columns: self.rows,
            heads: 0,
            block: self.block,
            total_rows: self.total_columns.clone(),
            total_columns: self.total_rows.clone(),
            row_labels: self.column_labels.clone(),
            column_labels: self.row_labels.clone(),
            cells,
        }
    }

    pub(super) fn is_share(&self, index: usize) -> bool {
        self.mentions.get(index).is_some_and(is_percent)
    }

    pub(super) fn have_one_unit(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.mentions.get(one), self.mentions.get(other)) else { return false };
        unit(one) == unit(other) && is_amount(one) && is_amount(other)
    }

    pub(super) fn nominal(&self, index: usize) -> Option<&'a Number> {
        self.mentions.get(index)?.figure.nominal.as_ref()
    }

    /// Whether a column holds shares.
    pub(super) fn is_of_shares(&self, column: usize) -> bool {
        let mut cells = self.body().filter_map(|row| self.at(row, column));
        cells.next().is_some_and(|cell| self.is_share(cell))
    }
}

/// The one or two figures of a cell.
#[derive(Clone, Copy)]
enum Figures {
    One(usize),
    Two(usize, usize),
}

impl Figures {
    fn of(cell: &TableCell, blocks: &[Block<'_>], read: &Extraction) -> Option<Figures> {
        let count = read.in_cell(cell).len();
        let first = read.mentions.partition_point(|mention| mention.block < cell.block);
        let figure = |at: usize| first + at;
        match count {
            1 => Some(Figures::One(figure(0))),
            // `85 × 4 = 340`
            2.. if is_result(blocks, read, figure(count - 1)) => Some(Figures::One(figure(count - 1))),
            2 => {
                let is_time = |index: usize| {
                    let kind = read.mentions.get(index).map(|mention| mention.kind);
                    matches!(kind, Some(Kind::Date | Kind::Year | Kind::Period))
                };
                let is_timed = is_time(figure(0)) || is_time(figure(1));
                (!is_timed).then(|| Figures::Two(figure(0), figure(1)))
            }
            _ => None,
        }
    }
}

/// Whether a figure stands behind a sign of equality.
fn is_result(blocks: &[Block<'_>], read: &Extraction, figure: usize) -> bool {
    let text = || {
        let mention = read.mentions.get(figure)?;
        blocks.get(mention.block as usize)?.text.get(..mention.offset as usize)
    };
    text().is_some_and(|before| before.trim_end().ends_with('='))
}

/// Which columns of a grid the columns of its table become.
struct Slots {
    /// Where each column starts, and the end of the last.
    starts: Vec<usize>,
    /// Whether the second figures of a column are shares.
    second_is_share: Vec<bool>,
}

impl Slots {
    fn of(columns: usize, figures: &[(&TableCell, Figures)], mentions: &[Mention]) -> Slots {
        let (mut twos, mut filled) = (vec![0_usize; columns], vec![0_usize; columns]);
        let mut second_is_share = vec![false; columns];
        for (cell, figures) in figures {
            let Some(column) = (cell.place.column as usize).checked_sub(1).filter(|column| *column < columns) else {
                continue;
            };
            filled[column] += 1;
            if let Figures::Two(_, second) = figures {
                twos[column] += 1;
                second_is_share[column] |= mentions.get(*second).is_some_and(is_percent);
            }
        }
        let mut starts = vec![0];
        for (twos, filled) in twos.into_iter().zip(filled) {
            let width = if twos >= 2 && twos * 2 >= filled { 2 } else { 1 };
            starts.push(starts[starts.len() - 1] + width);
        }
        Slots { starts, second_is_share }
    }

    /// The columns of the grid that a column has become.
    fn of_column(&self, column: usize) -> (usize, usize) {
        let end = self.starts.last().copied().unwrap_or(0);
        let at = |column: usize| self.starts.get(column).copied().unwrap_or(end);
        (at(column), at(column + 1))
    }

    /// Where the figures of a cell come to stand.
    fn placed(
        &self,
        column: usize,
        figures: Figures,
        mentions: &[Mention],
    ) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (from, to) = self.of_column(column);
        let placed = match figures {
            _ if to <= from => [None, None],
            Figures::One(only) => {
                let is_share = mentions.get(only).is_some_and(is_percent);
                let is_second = to - from == 2 && is_share && self.second_is_share.get(column) == Some(&true);
                [Some((from + usize::from(is_second), only)), None]
            }
            Figures::Two(one, two) if to - from == 2 => [Some((from, one)), Some((from + 1, two))],
            Figures::Two(..) => [None, None],
        };
        placed.into_iter().flatten()
    }
}
