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
    for grid in &grids {
        let first = found.len();
        table(grid, shares_from, found);
        found[first..].sort_by_key(|structure| structure.figures().into_iter().min());
    }
}

fn table(grid: &Grid<'_>, shares_from: usize, found: &mut Vec<Structure>) {
    let first = found.len();
    let groups = totals::groups(grid);
    totals::totals(grid, &groups, found);
    totals::grouped(grid, &groups, found);
    totals::averages(grid, found);
    let turned = grid.turned();
    totals::totals(&turned, &[], found);
    columns::columns(grid, first, found);
    columns::rows(&turned, first, found);
    growth::growth(grid, first, found);
    for share in (0..grid.columns).filter(|share| grid.is_of_shares(*share)) {
        if !has_shares(grid, share, &found[shares_from..]) {
            shares::proportion(grid, share, found);
        }
    }
}

/// Whether the shares of a column are tied already.
fn has_shares(grid: &Grid<'_>, column: usize, known: &[Structure]) -> bool {
    let is_here = |share: &usize| grid.body().any(|row| grid.at(row, column) == Some(*share));
    known.iter().any(|structure| match structure {
        Structure::ShareOf { share, .. } | Structure::Change { change: share, .. } => is_here(share),
        _ => false,
    })
}
