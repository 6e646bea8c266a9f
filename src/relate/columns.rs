//! Columns of a table that follow from two others: a sum, a difference, a share, a change.
//!
//! No head says so in words that could be relied on. The rows do: a column that fits in most of them, by figures that do
//! not fit by chance, is meant so, and the others are held against it.

use super::amount::{Sum, unit};
use super::proportion::proportion;
use super::structure::{ChangeUnit, Structure};
use super::table::{Grid, most};
use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// Columns of a table that are compared.
const MOST_COLUMNS: usize = 12;
/// Rows that a relation is guessed from; it is then asked in all.
const FIRST_ROWS: usize = 40;
/// Rows that must bear a relation out.
const FEWEST: usize = 3;

/// How a column follows from two others, by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Makes {
    /// The third is the first and the second together.
    Sum,
    /// The third is the first over the second.
    Share,
    /// The third is the change from the first to the second.
    Change,
    /// The third is by how much the second lies below the first, in percent.
    Fall,
}

type Trio = [usize; 3];

/// The columns that follow from others. `first` is where the structures of this table begin.
pub(super) fn columns(grid: &Grid<'_>, first: usize, found: &mut Vec<Structure>) {
    if grid.columns > MOST_COLUMNS {
        return;
    }
    for third in 0..grid.columns {
        let ratios = [Makes::Change, Makes::Share, Makes::Fall];
        let ways = if is_of_shares(grid, third) { &ratios[..] } else { &[Makes::Sum][..] };
        let best = ways.iter().flat_map(|way| pairs(grid.columns, third, *way).map(move |pair| (*way, pair)));
        let best =
            best.filter_map(|(way, [one, two])| Some((score(grid, way, [one, two, third])?, way, [one, two, third])));
        // of several ways the one that most rows bear out, and of those the first
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
        match best {
            Some((_, way, trio)) => take(grid, way, trio, first, found),
            None if is_of_shares(grid, third) && !has_shares(grid, third, &found[first..]) => {
                proportion(grid, third, found);
            }
            None => {}
        }
    }
}

/// The pairs of columns that a third may follow from, the nearest first.
fn pairs(columns: usize, third: usize, way: Makes) -> impl Iterator<Item = [usize; 2]> {
    let near = move |column: &usize| (*column > third, column.abs_diff(third));
    let mut order: Vec<usize> = (0..columns).filter(|column| *column != third).collect();
    order.sort_by_key(near);
    let all: Vec<[usize; 2]> = order.iter().flat_map(|one| order.iter().map(move |two| [*one, *two])).collect();
    all.into_iter().filter(move |[one, two]| if way == Makes::Sum { one < two } else { one != two })
}

/// Whether the shares of a column are tied already.
fn has_shares(grid: &Grid<'_>, column: usize, known: &[Structure]) -> bool {
    let is_here = |share: &usize| (grid.heads..grid.rows).any(|row| grid.at(row, column) == Some(*share));
    known.iter().any(|structure| matches!(structure, Structure::ShareOf { share, .. } if is_here(share)))
}

fn is_of_shares(grid: &Grid<'_>, column: usize) -> bool {
    let mut cells = (grid.heads..grid.rows).filter_map(|row| grid.at(row, column));
    cells.next().is_some_and(|cell| grid.is_share(cell))
}

/// The figures of a row in three columns, if they can be held against each other.
fn trio(grid: &Grid<'_>, way: Makes, columns: Trio, row: usize) -> Option<Trio> {
    let [one, two, three] = columns;
    let trio = [grid.at(row, one)?, grid.at(row, two)?, grid.at(row, three)?];
    let of = |index: usize| grid.mentions.get(index);
    let is_plain = |mention: &Mention| mention.figure.nominal.is_some() && mention.hedge.is_none();
    let is_plain = trio.iter().all(|index| of(*index).is_some_and(is_plain));
    let fits = match way {
        Makes::Sum => {
            let parts = of(trio[0]).zip(of(trio[1])).zip(of(trio[2]));
            let is_amount =
                |mention: &Mention| matches!(mention.kind, Kind::Count | Kind::Number | Kind::Quantity | Kind::Money);
            parts.is_some_and(|((one, two), three)| {
                unit(one) == unit(three) && unit(two) == unit(three) && [one, two, three].into_iter().all(is_amount)
            })
        }
        _ => grid.is_share(trio[2]) && grid.have_one_unit(trio[0], trio[1]),
    };
    (is_plain && fits).then_some(trio)
}

fn holds(grid: &Grid<'_>, way: Makes, [one, two, three]: Trio) -> bool {
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| grid.mentions.get(*index)));
    match way {
        Makes::Sum => sum(&[one, two]).meets(&sum(&[three])),
        Makes::Share => grid.is_share_of(three, one, two),
        Makes::Change => grid.is_change([three, one, two]),
        Makes::Fall => grid.is_fall([three, one, two]),
    }
}

/// How many rows bear a relation out, if most do and not by chance.
fn score(grid: &Grid<'_>, way: Makes, columns: Trio) -> Option<usize> {
    let rows = (grid.heads..grid.rows).take(FIRST_ROWS);
    let trios: Vec<Trio> = rows.filter_map(|row| trio(grid, way, columns, row)).collect();
    let is_telling = |trio: &&Trio| {
        let [one, two, three] = trio.map(|index| grid.nominal(index));
        let is_some = |number: Option<&Number>| number.is_some_and(|number| !number.is_zero());
        is_some(one) && is_some(two) && is_some(three) && one != two
    };
    let holding = trios.iter().filter(|trio| holds(grid, way, **trio));
    let mut telling: Vec<&Trio> = holding.clone().filter(is_telling).collect();
    telling.sort_by_key(|trio| trio.map(|index| grid.nominal(index).cloned()));
    telling.dedup_by_key(|trio| trio.map(|index| grid.nominal(index).cloned()));
    let is_large = |trio: &&&Trio| {
        trio.iter().filter_map(|index| grid.nominal(*index)).all(|number| number.abs() >= Number::from(5))
    };
    let holding = holding.count();
    // of two columns and their change side by side fewer rows say enough
    let is_beside =
        way == Makes::Change && columns[0].abs_diff(columns[1]) == 1 && columns[2] == columns[0].max(columns[1]) + 1;
    let is_shown =
        telling.len() >= FEWEST && telling.iter().filter(is_large).count() >= 2 && holding * 4 >= trios.len() * 3;
    (is_shown || is_beside && trios.len() >= FEWEST && most(holding, trios.len())).then_some(holding)
}

fn take(grid: &Grid<'_>, way: Makes, columns: Trio, first: usize, found: &mut Vec<Structure>) {
    let known = found.len();
    for row in grid.heads..grid.rows {
        let Some([one, two, three]) = trio(grid, way, columns, row) else { continue };
        let is_told = |structure: &Structure| match structure {
            Structure::List { whole, parts, .. } => {
                way == Makes::Sum && (*whole == three || parts.contains(&three) && *whole == one)
            }
            Structure::ShareOf { share, .. } => *share == three,
            _ => false,
        };
        if found[first..known].iter().any(is_told) {
            continue;
        }
        found.push(match way {
            Makes::Sum => Structure::List { whole: three, parts: vec![one, two], closed: true },
            Makes::Share => Structure::ShareOf { share: three, part: one, whole: two },
            Makes::Change => {
                Structure::Change { change: three, old: one, new: two, falls: false, unit: ChangeUnit::Percent }
            }
            Makes::Fall => {
                Structure::Change { change: three, old: one, new: two, falls: true, unit: ChangeUnit::Percent }
            }
        });
    }
}
