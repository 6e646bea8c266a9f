//! What tables tie together: totals, columns and rows that follow from others, shares, growth from row to row.
//!
//! A table may be marked as one or stand in lines of text; from `grid` on they are the same. What a head says is a hint: the
//! figures themselves show how they are meant, by how many of them fit.

mod again;
mod columns;
mod grid;
mod growth;
mod lines;
mod shares;
mod totals;
mod words;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::structure::Structure;
use crate::document::Block;
use crate::extract::Extraction;
use grid::Grid;

/// The structures of the tables of a document, and the shares of the document whose whole is told by figures alone.
pub(super) fn tables(blocks: &[Block<'_>], read: &Extraction, found: &mut Vec<Structure>) {
    let mut grids: Vec<Grid<'_>> = read.tables.iter().filter_map(|table| Grid::of(table, blocks, read)).collect();
    grids.extend(lines::grids(blocks, &read.mentions));
    again::said(blocks, &read.mentions, &grids, found);
    again::twins(&grids, found);
    let shares_from = found.len();
    shares::shares(blocks, read, &grids, found);
    let known: FxHashSet<usize> = found[shares_from..].iter().filter_map(Structure::tied_share).collect();
    found.extend(grids.par_iter().map(|grid| table(grid, &known)).collect::<Vec<_>>().into_iter().flatten());
}

/// The structures of one table. `known` are the shares that are tied already.
fn table(grid: &Grid<'_>, known: &FxHashSet<usize>) -> Vec<Structure> {
    let mut found = Vec::new();
    let groups = totals::groups(grid);
    totals::totals(grid, &groups, &mut found);
    totals::grouped(grid, &groups, &mut found);
    totals::averages(grid, &mut found);
    let turned = grid.turned();
    totals::totals(&turned, &[], &mut found);
    columns::columns(grid, &mut found);
    columns::rows(&turned, &mut found);
    growth::growth(grid, &mut found);
    for column in (0..grid.columns).filter(|column| grid.is_of_shares(*column)) {
        let of_column: FxHashSet<usize> = grid.body().filter_map(|row| grid.at(row, column)).collect();
        let is_tied = |share: &usize| known.contains(share);
        let is_here = |structure: &Structure| structure.tied_share().is_some_and(|share| of_column.contains(&share));
        if !of_column.iter().any(is_tied) && !found.iter().any(is_here) {
            shares::proportion(grid, column, &mut found);
        }
    }
    found.sort_by_key(|structure| structure.figures().into_iter().min());
    found
}
