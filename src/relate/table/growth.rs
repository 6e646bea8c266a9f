//! Columns of changes from each row to the next: sales by year, with their growth over the year before.

use super::columns::{Fits, fits};
use super::grid::Grid;
use super::words;
use crate::extract::Mention;
use crate::relate::amount::is_amount;
use crate::relate::cues::Cue;
use crate::relate::pieces::is_bracketed;
use crate::relate::slip::{Ends, mends, significant};
use crate::relate::structure::{ChangeUnit, Structure};

/// Digits that the changes of a column must hit, and those that one must hit where its head says what it is.
const DIGITS: usize = 5;
const OF_ONE: usize = 3;

/// The changes of a table from row to row.
pub(super) fn growth(grid: &Grid<'_>, found: &mut Vec<Structure>) {
    for change in (0..grid.columns).filter(|column| is_of_changes(grid, *column)) {
        let amounts = (0..change).rev().chain(change + 1..grid.columns).filter(|column| !grid.is_of_shares(*column));
        let ways = amounts.flat_map(|amounts| [false, true].map(|is_newest_first| (amounts, is_newest_first)));
        let best = ways.filter_map(|(amounts, is_newest_first)| along(grid, change, amounts, is_newest_first));
        let Some(best) = best.max_by_key(|changes| changes.iter().filter(|change| change.holds).count()) else {
            continue;
        };
        let is_told = |change: usize| found.iter().any(|known| known.tied_share() == Some(change));
        let told = best.into_iter().filter(|change| change.holds || change.is_mended);
        let told: Vec<Structure> = told.filter(|own| !is_told(own.figures[2])).map(|own| own.structure()).collect();
        found.extend(told);
    }
}

fn is_of_changes(grid: &Grid<'_>, column: usize) -> bool {
    grid.body().filter_map(|row| grid.at(row, column)).any(|cell| grid.is_share(cell))
}

/// A change with the amount of the row before it and that of its own.
struct Change {
    figures: [usize; 3],
    falls: bool,
    holds: bool,
    is_mended: bool,
}

impl Change {
    fn structure(&self) -> Structure {
        let [old, new, change] = self.figures;
        Structure::Change { change, old, new, falls: self.falls, unit: ChangeUnit::Percent }
    }
}

/// The changes along a column of amounts, if enough of them hold.
fn along(grid: &Grid<'_>, change: usize, amounts: usize, is_newest_first: bool) -> Option<Vec<Change>> {
    let mut found = Vec::new();
    for row in grid.body() {
        let before = if is_newest_first { row + 1 } else { row.wrapping_sub(1) };
        let is_total = |row: usize| grid.total_rows.iter().any(|(total, _)| *total == row);
        if !grid.body().contains(&before) || is_total(row) || is_total(before) {
            continue;
        }
        let figures = [grid.at(before, amounts), grid.at(row, amounts), grid.at(row, change)];
        let [Some(old), Some(new), Some(change)] = figures else { continue };
        let own: Vec<&Mention> = [old, new, change].iter().filter_map(|index| grid.mentions.get(*index)).collect();
        let [of_old, of_new, of_change] = own[..] else { continue };
        let are_amounts = is_amount(of_old) && is_amount(of_new) && grid.have_one_unit(old, new);
        if !are_amounts || !grid.is_share(change) || own.iter().any(|mention| mention.hedge.is_some()) {
            continue;
        }
        let falls = is_bracketed(of_change);
        let ends: Option<Vec<Ends>> = own.iter().map(|mention| Ends::of(mention)).collect();
        let holds = ends.is_some_and(|ends| fits(Fits::Change, falls, &ends));
        let figures = [old, new, change];
        let is_mended = !holds && mends(grid.mentions, &figures, |ends| fits(Fits::Change, falls, ends));
        found.push(Change { figures, falls, holds, is_mended });
    }
    let count = |of: fn(&Change) -> bool| found.iter().filter(|change| of(change)).count();
    let (holding, mended) = (count(|change| change.holds), count(|change| change.is_mended));
    let digits = |change: &Change| grid.mentions.get(change.figures[2]).map_or(0, significant);
    let evidence: usize = found.iter().filter(|change| change.holds).map(digits).sum();
    let is_named =
        || words::has(grid.column_label(change), Cue::Up) || words::has(grid.column_label(change), Cue::Down);
    let is_mostly = holding * 3 >= found.len() * 2 && (holding + mended == found.len() || holding >= 3);
    let is_shown = holding >= 2 && evidence >= DIGITS && is_mostly;
    // an amount between two changes breaks both
    let by_name = holding >= 1 && evidence >= OF_ONE && holding + mended == found.len() && mended <= 2 && is_named();
    (is_shown || by_name).then_some(found)
}
