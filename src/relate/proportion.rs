//! Shares beside amounts in a table that does not give their whole: all rows are of one whole, whatever it is.
//!
//! Each row says within which ends the whole lies. Where most rows agree on it, those that do not are held against the
//! largest of the others.

use super::structure::Structure;
use super::table::Grid;
use crate::figure::Number;

/// Rows that must agree on the whole.
const FEWEST: usize = 3;

/// A share with its part, and the ends of the whole that they leave.
struct Row {
    share: usize,
    part: usize,
    low: Number,
    high: Number,
}

/// The shares of a column over the nearest column of amounts before it that they are in proportion to.
pub(super) fn proportion(grid: &Grid<'_>, shares: usize, found: &mut Vec<Structure>) {
    for parts in (0..shares).rev() {
        let rows: Vec<Row> = (grid.heads..grid.rows).filter_map(|row| row_of(grid, row, parts, shares)).collect();
        if let Some(whole) = whole(&rows).filter(|whole| is_shown(grid, &rows, whole)) {
            return take(grid, &rows, &whole, found);
        }
    }
}

fn row_of(grid: &Grid<'_>, row: usize, parts: usize, shares: usize) -> Option<Row> {
    let (part, share) = (grid.at(row, parts)?, grid.at(row, shares)?);
    let amount = grid.nominal(part).filter(|part| part.is_positive())?;
    let mention = grid.mentions.get(share).filter(|mention| grid.is_share(share) && mention.hedge.is_none())?;
    let (least, most) = (mention.figure.low.as_ref()?, mention.figure.high.as_ref()?);
    if grid.is_share(part) || !grid.have_one_unit(part, part) || !least.is_positive() {
        return None;
    }
    let hundred = amount * &Number::from(100);
    Some(Row { share, part, low: &hundred * &most.reciprocal()?, high: &hundred * &least.reciprocal()? })
}

/// The whole that most rows agree on: the least one at which that many do.
fn whole(rows: &[Row]) -> Option<Number> {
    // a whole lies within a row if the row has begun and not ended; both are found by halving
    let ends = |end: fn(&Row) -> &Number| {
        let mut ends: Vec<&Number> = rows.iter().map(end).collect();
        ends.sort();
        ends
    };
    let (lows, highs) = (ends(|row| &row.low), ends(|row| &row.high));
    let begun = |whole: &Number| lows.partition_point(|low| *low <= whole);
    let count = |whole: &Number| begun(whole) - highs.partition_point(|high| *high < whole);
    let best = rows.iter().map(|row| (count(&row.low), &row.low));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 >= FEWEST && best.0 * 4 >= rows.len() * 3).then(|| best.1.clone())
}

fn agrees(row: &Row, whole: &Number) -> bool {
    row.low <= *whole && *whole <= row.high
}

/// Whether the rows that agree differ, so that they do not agree by being the same.
fn is_shown(grid: &Grid<'_>, rows: &[Row], whole: &Number) -> bool {
    let mut parts: Vec<&Number> =
        rows.iter().filter(|row| agrees(row, whole)).filter_map(|row| grid.nominal(row.part)).collect();
    parts.sort();
    parts.dedup();
    parts.len() >= FEWEST
}

fn take(grid: &Grid<'_>, rows: &[Row], whole: &Number, found: &mut Vec<Structure>) {
    let agreeing = rows.iter().filter(|row| agrees(row, whole));
    let Some(largest) = agreeing.max_by_key(|row| grid.nominal(row.part)) else { return };
    for row in rows.iter().filter(|row| row.share != largest.share) {
        found.push(Structure::Proportion {
            share: row.share,
            part: row.part,
            of_share: largest.share,
            of_part: largest.part,
        });
    }
}
