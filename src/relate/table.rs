//! Tables: rows and columns called total, and shares beside amounts. What columns make of each other is in `columns`.
//!
//! A head that says "total" does not say of which rows. A grouping is believed where most of the other columns bear it out,
//! so that it is the table itself that ties its figures together; a single column must say "total" and nothing else.

use super::amount::{Sum, adds_up, is_amount, is_percent, unit};
use super::columns;
use super::list::{flattened, without_inner};
use super::structure::Structure;
use crate::extract::{Extraction, FigureTable, Mention, Total};
use crate::figure::Number;

/// The figures of a table by row and column, as indexes of mentions; only those that stand alone in their cell.
pub(super) struct Grid<'a> {
    pub mentions: &'a [Mention],
    pub rows: usize,
    pub columns: usize,
    /// Rows that are heads.
    pub heads: usize,
    cells: Vec<Option<usize>>,
}

/// Cells of a table beyond which it is data and not looked at.
const MOST_CELLS: usize = 200_000;

/// The structures of a table.
pub(super) fn tables(of: &FigureTable, grid: &Grid<'_>, found: &mut Vec<Structure>) {
    let first = found.len();
    let totals = |list: &[(u32, Total)]| list.iter().map(|(at, total)| (*at as usize - 1, *total)).collect::<Vec<_>>();
    grid.totals(&totals(&of.total_rows), found);
    let turned = grid.turned();
    turned.totals(&totals(&of.total_columns), found);
    let rows = totals(&of.total_rows);
    grid.shares(&rows, found);
    columns::columns(grid, first, found);
    found[first..].sort_by_key(|structure| structure.figures().into_iter().min());
}

impl<'a> Grid<'a> {
    /// The grid of a table; none where it is data.
    pub(super) fn of(of: &FigureTable, read: &'a Extraction) -> Option<Grid<'a>> {
        let (rows, columns) = (of.table.rows as usize, of.table.columns as usize);
        if rows * columns > MOST_CELLS {
            return None;
        }
        let heads = of.table.head_rows as usize;
        let mut grid = Grid { mentions: &read.mentions, rows, columns, heads, cells: vec![None; rows * columns] };
        for cell in of.table.cells.iter().filter(|cell| !of.table.is_head(cell)) {
            let figures = read.in_cell(cell);
            let start = read.mentions.partition_point(|mention| mention.block < cell.block);
            let (row, column) = (cell.place.row as usize - 1, cell.place.column as usize - 1);
            if let ([_], Some(slot)) = (figures, grid.cells.get_mut(row * columns + column)) {
                *slot = Some(start);
            }
        }
        Some(grid)
    }
}

impl Grid<'_> {
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.cells.get(row * self.columns + column).copied().flatten()
    }

    fn mention(&self, row: usize, column: usize) -> Option<&Mention> {
        self.mentions.get(self.at(row, column)?)
    }

    /// Rows as columns.
    fn turned(&self) -> Grid<'_> {
        let cells = (0..self.columns).flat_map(|column| (0..self.rows).map(move |row| self.at(row, column))).collect();
        Grid { mentions: self.mentions, rows: self.columns, columns: self.rows, heads: 0, cells }
    }

    /// The lists of which these rows are the totals.
    fn totals(&self, totals: &[(usize, Total)], found: &mut Vec<Structure>) {
        for (index, (row, total)) in totals.iter().enumerate() {
            let before =
                index.checked_sub(1).and_then(|index| totals.get(index)).map_or(self.heads, |(row, _)| row + 1);
            let behind = totals.get(index + 1).map_or(self.rows, |(row, _)| *row);
            let all_before = self.heads..*row;
            let spans = [before..*row, row + 1..behind, all_before];
            let best = spans
                .into_iter()
                .map(|span| self.lists(*row, span, totals))
                .find(|lists| self.is_borne_out(lists, *total));
            found.extend(best.into_iter().flatten().map(|list| list.structure));
        }
    }

    /// For each column the total with its parts in these rows.
    fn lists(&self, total: usize, span: std::ops::Range<usize>, totals: &[(usize, Total)]) -> Vec<ColumnList> {
        let mut lists = Vec::new();
        for column in 0..self.columns {
            let Some(whole) = self.at(total, column) else { continue };
            let Some(of) = self.mentions.get(whole).filter(|mention| adds_up(mention) || is_percent(mention)) else {
                continue;
            };
            let rows = span.clone().filter(|row| *row != total && !totals.iter().any(|(other, _)| other == row));
            let parts: Vec<usize> = rows.clone().filter_map(|row| self.at(row, column)).collect();
            let fits = |part: &usize| {
                // `18-30` and `2019` label a row
                self.mentions.get(*part).is_some_and(|part| {
                    unit(part) == unit(of)
                        && is_percent(part) == is_percent(of)
                        && part.figure.nominal.is_some()
                        && part.date.is_none()
                })
            };
            if parts.len() < 2 || !parts.iter().all(fits) {
                continue;
            }
            let is_full = parts.len() == rows.count();
            let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| self.mentions.get(*index)));
            let of_whole = sum(&[whole]);
            let exceeds = sum(&parts).low.as_ref().zip(of_whole.high.as_ref()).is_some_and(|(low, high)| low > high);
            let inner = || flattened(&parts, &sum).filter(|outer| sum(outer).meets(&of_whole));
            let outer = if exceeds { inner().or_else(|| without_inner(&parts, &sum, &of_whole)) } else { None };
            let parts = outer.unwrap_or(parts);
            let holds = sum(&parts).meets(&of_whole);
            let is_near = sum(&parts).is_near(&of_whole, 80, 125) || sum(&parts).is_one_digit_off(&of_whole);
            // shares and rates of change have no total, though they stand in its row
            if !is_near {
                continue;
            }
            lists.push(ColumnList { holds, structure: Structure::List { whole, parts, closed: is_full } });
        }
        lists
    }

    /// Whether the columns themselves show that the grouping is meant.
    fn is_borne_out(&self, lists: &[ColumnList], total: Total) -> bool {
        let holding = lists.iter().filter(|list| list.holds).count();
        match (lists.len(), total) {
            (0, _) => false,
            (1, Total::Alone) => true,
            (1, Total::Of) => holding == 1,
            (count, _) => holding * 2 >= count && holding > 0,
        }
    }

    /// Columns of shares of the column of amounts before them, of which a total is given.
    fn shares(&self, totals: &[(usize, Total)], found: &mut Vec<Structure>) {
        let [(total, _)] = totals else { return };
        for share in 1..self.columns {
            let amounts = (0..share).rev().find(|column| self.mention(*total, *column).is_some_and(adds_up));
            let Some(amounts) = amounts else { continue };
            let Some(whole) = self.at(*total, amounts) else { continue };
            let rows = (self.heads..self.rows).filter(|row| row != total);
            let trios: Vec<(usize, usize)> = rows
                .filter_map(|row| Some((self.at(row, share)?, self.at(row, amounts)?)))
                .filter(|(share, part)| self.is_share(*share) && self.have_one_unit(*part, whole))
                .collect();
            let holds = |(share, part): &(usize, usize)| self.is_share_of(*share, *part, whole);
            if most(trios.iter().filter(|trio| holds(trio)).count(), trios.len()) {
                found.extend(trios.into_iter().map(|(share, part)| Structure::ShareOf { share, part, whole }));
            }
        }
    }

    pub(super) fn is_share(&self, index: usize) -> bool {
        self.mentions.get(index).is_some_and(is_percent)
    }

    pub(super) fn have_one_unit(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.mentions.get(one), self.mentions.get(other)) else { return false };
        unit(one) == unit(other) && is_amount(one) && is_amount(other)
    }

    pub(super) fn nominal(&self, index: usize) -> Option<&Number> {
        self.mentions.get(index)?.figure.nominal.as_ref()
    }

    /// Whether a share is that of a part, within its rounding.
    pub(super) fn is_share_of(&self, share: usize, part: usize, whole: usize) -> bool {
        let ends = self.mentions.get(share).map(|share| (&share.figure.low, &share.figure.high));
        let (Some((Some(low), Some(high))), Some(part), Some(whole)) = (ends, self.nominal(part), self.nominal(whole))
        else {
            return false;
        };
        let hundred_parts = part * &Number::from(100);
        whole.is_positive() && hundred_parts >= low * whole && hundred_parts <= high * whole
    }

    /// Whether a change leads from one value to the other, within its rounding.
    pub(super) fn is_change(&self, [change, old, new]: [usize; 3]) -> bool {
        self.is_apart([change, old, new], |old, new| new - old)
    }

    /// Whether a change that is written without its sign is a fall from one value to the other.
    pub(super) fn is_fall(&self, [change, old, new]: [usize; 3]) -> bool {
        self.is_apart([change, old, new], |old, new| old - new)
    }

    fn is_apart(&self, [change, old, new]: [usize; 3], apart: impl Fn(&Number, &Number) -> Number) -> bool {
        let ends = self.mentions.get(change).map(|change| (&change.figure.low, &change.figure.high));
        let (Some((Some(low), Some(high))), Some(old), Some(new)) = (ends, self.nominal(old), self.nominal(new)) else {
            return false;
        };
        let difference = &apart(old, new) * &Number::from(100);
        old.is_positive() && difference >= low * old && difference <= high * old
    }
}

/// Whether so many bear out that all are meant so.
pub(super) fn most(holding: usize, all: usize) -> bool {
    holding >= 2 && holding * 3 >= all * 2
}

/// The list of one column.
struct ColumnList {
    holds: bool,
    structure: Structure,
}
