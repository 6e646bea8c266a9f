//! Rows and columns called total, groups with their rows below them, and averages.
//!
//! A head that says "total" does not say of which rows. A grouping is believed where most of the other columns bear it out,
//! so that it is the table itself that ties its figures together; a single column must say "total" and nothing else, or miss
//! by one slip of the hand. What misses by more in a row of sums may be an average or a rate, and is left alone.

use super::grid::Grid;
use super::words;
use crate::extract::{Mention, Total};
use crate::figure::Number;
use crate::relate::amount::{Sum, adds_up, is_amount, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::list::{flattened, without_inner};
use crate::relate::slip::{Ends, mends, mends_sum, significant};
use crate::relate::structure::Structure;

/// Digits of a total that one slip may mend although no other column tells of the grouping.
const DIGITS: usize = 4;

/// The lists of the rows that are called totals. `groups` are the rows that belong to a row above them.
pub(super) fn totals(grid: &Grid<'_>, groups: &[bool], found: &mut Vec<Structure>) {
    let is_total = |row: &usize| grid.total_rows.iter().any(|(other, _)| other == row);
    for (index, (row, total)) in grid.total_rows.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| grid.total_rows.get(index));
        let before = before.map_or(grid.heads, |(row, _)| row + 1);
        let behind = grid.total_rows.get(index + 1).map_or(grid.rows, |(row, _)| *row);
        let plain = |rows: std::ops::Range<usize>| rows.filter(|row| !is_total(row)).collect::<Vec<usize>>();
        let all = plain(grid.heads..*row);
        let outer = all.iter().copied().filter(|row| groups.get(*row) != Some(&true)).collect();
        let totals = (grid.heads..*row).filter(is_total).collect();
        let spans = [plain(before..*row), plain(row + 1..behind), all, outer, totals];
        let mut best: Option<((usize, usize), Vec<ColumnList>)> = None;
        for span in spans {
            let lists = lists(grid, *row, &span);
            let count = |fit: Fit| lists.iter().filter(|list| list.fit == fit && list.closed).count();
            let rank = (count(Fit::Holds), count(Fit::Mended));
            if is_borne_out(grid, &lists, *total) && best.as_ref().is_none_or(|(most, _)| *most < rank) {
                best = Some((rank, lists));
            }
        }
        let best = best.map(|(_, lists)| lists).unwrap_or_default();
        if best.is_empty() {
            difference(grid, *row, before..*row, *total, found);
        }
        found.extend(best.into_iter().map(ColumnList::structure));
    }
}

/// Which rows belong to a row above them: a label that begins with a dash, below one that does not.
pub(super) fn groups(grid: &Grid<'_>) -> Vec<bool> {
    let is_dashed = |label: &str| {
        let rest = label.trim_start_matches(['-', '–', '—', '•', '·', '↳', '└', '*']);
        rest.len() < label.len() && rest.starts_with(char::is_whitespace)
    };
    let mut found: Vec<bool> = (0..grid.rows).map(|row| is_dashed(grid.row_label(row))).collect();
    // where all rows begin with a dash, none is below another
    if grid.body().find(|row| !grid.row_label(*row).is_empty()).is_some_and(|first| found[first]) {
        found.fill(false);
    }
    found
}

/// The rows that have others below them, and these as their parts.
pub(super) fn grouped(grid: &Grid<'_>, groups: &[bool], found: &mut Vec<Structure>) {
    let is_below = |row: usize| groups.get(row) == Some(&true);
    let heads: Vec<(usize, Vec<usize>)> = grid
        .body()
        .filter(|row| !is_below(*row) && is_below(row + 1))
        .map(|row| (row, (row + 1..grid.rows).take_while(|row| is_below(*row)).collect()))
        .collect();
    let all: Vec<Vec<ColumnList>> = heads.iter().map(|(row, parts)| lists(grid, *row, parts)).collect();
    let holding = all.iter().flatten().filter(|list| list.fit == Fit::Holds).count();
    let telling = all.iter().flatten().filter(|list| list.fit != Fit::Near).count();
    if holding > 0 && holding * 2 >= telling {
        found.extend(all.into_iter().flatten().filter(|list| list.fit != Fit::Near).map(ColumnList::structure));
    }
}

/// How the parts of a list fit their total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Holds,
    /// One slip of the hand mends it.
    Mended,
    /// They come close.
    Near,
}

/// The list of one column.
struct ColumnList {
    fit: Fit,
    whole: usize,
    parts: Vec<usize>,
    closed: bool,
}

impl ColumnList {
    fn structure(self) -> Structure {
        Structure::List { whole: self.whole, parts: self.parts, closed: self.closed }
    }
}

/// For each column the total with its parts in these rows.
fn lists(grid: &Grid<'_>, total: usize, rows: &[usize]) -> Vec<ColumnList> {
    let all = |is_plain: bool| {
        (0..grid.columns).filter_map(|column| list(grid, column, total, rows, is_plain)).collect::<Vec<_>>()
    };
    // where most columns hold as they stand, none has a list within the list
    let plain = all(true);
    let holding = plain.iter().filter(|list| list.fit == Fit::Holds).count();
    if holding > 1 && holding * 2 > plain.len() { plain } else { all(false) }
}

fn list(grid: &Grid<'_>, column: usize, total: usize, rows: &[usize], is_plain: bool) -> Option<ColumnList> {
    let whole = grid.at(total, column)?;
    let of = grid.mentions.get(whole).filter(|mention| is_amount(mention) || is_percent(mention))?;
    let parts: Vec<usize> = rows.iter().filter_map(|row| grid.at(*row, column)).collect();
    if parts.len() < 2 || !parts.iter().all(|part| fits(grid, of, *part)) {
        return None;
    }
    // shares make a whole, changes do not
    let is_change = |index: &usize| grid.mentions.get(*index).is_some_and(|part| part.text.starts_with('+'));
    if is_percent(of) && (is_change(&whole) || parts.iter().any(is_change)) {
        return None;
    }
    let has_figures = |row: &&usize| (0..grid.columns).any(|column| grid.at(**row, column).is_some());
    let closed = parts.len() == rows.iter().filter(has_figures).count();
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| grid.mentions.get(*index)));
    let of_whole = sum(&[whole]);
    let exceeds =
        !is_plain && sum(&parts).low.as_ref().zip(of_whole.high.as_ref()).is_some_and(|(low, high)| low > high);
    let inner = || flattened(&parts, &sum).filter(|outer| sum(outer).meets(&of_whole));
    let outer = if exceeds { inner().or_else(|| without_inner(&parts, &sum, &of_whole)) } else { None };
    let parts = outer.unwrap_or(parts);
    // shares and rates of change have no total, though they stand in its row
    let fit = if sum(&parts).meets(&of_whole) {
        Fit::Holds
    } else if (adds_up(of) || is_percent(of) || significant(of) >= DIGITS)
        && !are_rates(grid, of, &parts)
        && mends_sum(grid.mentions, whole, &parts)
    {
        Fit::Mended
    } else if sum(&parts).is_near(&of_whole, 80, 125) && (adds_up(of) || is_percent(of)) {
        // numbers of nothing in decimals may be rates
        Fit::Near
    } else {
        return None;
    };
    Some(ColumnList { fit, whole, parts, closed })
}

/// Whether figures in percent are no parts, since several of them reach their total: pass rates, not shares.
fn are_rates(grid: &Grid<'_>, whole: &Mention, parts: &[usize]) -> bool {
    let reaches = |part: &&usize| grid.nominal(**part) >= whole.figure.nominal.as_ref();
    is_percent(whole) && parts.iter().filter(reaches).count() > 1
}

/// Whether a figure can be a part: `18-30` and `2019` label a row.
fn fits(grid: &Grid<'_>, whole: &Mention, part: usize) -> bool {
    grid.mentions.get(part).is_some_and(|part| {
        unit(part) == unit(whole)
            && is_percent(part) == is_percent(whole)
            && part.figure.nominal.is_some()
            && part.date.is_none()
    })
}

/// Whether the columns themselves show that the grouping is meant.
fn is_borne_out(grid: &Grid<'_>, lists: &[ColumnList], total: Total) -> bool {
    let count = |fit: Fit| lists.iter().filter(|list| list.fit == fit).count();
    let (holding, mended) = (count(Fit::Holds), count(Fit::Mended));
    let says_much =
        |list: &ColumnList| list.parts.len() > 2 && grid.mentions.get(list.whole).map_or(0, significant) >= DIGITS;
    match (lists, total) {
        ([], _) => false,
        ([_], Total::Alone) => true,
        ([list], Total::Of) => holding == 1 || list.fit == Fit::Mended && says_much(list),
        _ => holding > 0 && holding * 2 >= lists.len() || total == Total::Alone && holding + mended == lists.len(),
    }
}

/// What is left of the first of two rows when the second is taken off: income, expenditure, and the total of both.
fn difference(grid: &Grid<'_>, total: usize, rows: std::ops::Range<usize>, called: Total, found: &mut Vec<Structure>) {
    if rows.len() != 2 || called == Total::Of {
        return;
    }
    let trio = |column: usize| Some([rows.start, rows.start + 1, total].map(|row| grid.at(row, column)));
    let all: Vec<[usize; 3]> = (0..grid.columns)
        .filter_map(|column| match trio(column)? {
            [Some(larger), Some(smaller), Some(rest)] => Some([larger, smaller, rest]),
            _ => None,
        })
        .filter(|[larger, smaller, rest]| {
            let of = grid.mentions.get(*larger);
            of.is_some_and(|of| is_amount(of) && fits(grid, of, *smaller) && fits(grid, of, *rest))
                && grid.mentions.get(*rest).map_or(0, significant) >= DIGITS
        })
        .collect();
    let fit = |[larger, smaller, rest]: &[usize; 3]| {
        let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| grid.mentions.get(*index)));
        sum(&[*smaller, *rest]).meets(&sum(&[*larger])) || mends_sum(grid.mentions, *larger, &[*smaller, *rest])
    };
    if all.iter().all(fit) {
        found.extend(all.into_iter().map(|[larger, smaller, rest]| Structure::List {
            whole: larger,
            parts: vec![smaller, rest],
            closed: true,
        }));
    }
}

/// The averages of the rows that a row calls so.
pub(super) fn averages(grid: &Grid<'_>, found: &mut Vec<Structure>) {
    let is_mean = |row: &usize| words::begins(grid.row_label(*row), Cue::Mean);
    let means: Vec<usize> = grid.body().filter(is_mean).collect();
    let [mean] = means[..] else { return };
    let is_value = |row: &usize| *row != mean && !grid.total_rows.iter().any(|(total, _)| total == row);
    let rows: Vec<usize> = grid.body().filter(is_value).collect();
    let mut lists: Vec<(Fit, usize, Vec<usize>)> = Vec::new();
    for column in 0..grid.columns {
        let Some(whole) = grid.at(mean, column) else { continue };
        let values: Vec<usize> = rows.iter().filter_map(|row| grid.at(*row, column)).collect();
        let is_value = |of: &Mention| values.iter().all(|value| fits(grid, of, *value));
        if values.len() < 3 || values.len() < rows.len() || !grid.mentions.get(whole).is_some_and(is_value) {
            continue;
        }
        let figures: Vec<usize> = std::iter::once(whole).chain(values.iter().copied()).collect();
        let fit = if mends_nothing(grid, &figures) {
            Fit::Holds
        } else if mends(grid.mentions, &figures, is_average) {
            Fit::Mended
        } else {
            Fit::Near
        };
        lists.push((fit, whole, values));
    }
    let holding = lists.iter().filter(|(fit, ..)| *fit == Fit::Holds).count();
    let mended = lists.iter().filter(|(fit, ..)| *fit == Fit::Mended).count();
    let only = lists.len() == 1 && mended == 1 && lists[0].2.len() > 3;
    if holding > 0 && holding >= mended || only {
        let telling = lists.into_iter().filter(|(fit, ..)| *fit != Fit::Near);
        found.extend(telling.map(|(_, mean, values)| Structure::Mean { mean, values }));
    }
}

/// Whether the first figure is the average of the others as they stand.
fn mends_nothing(grid: &Grid<'_>, figures: &[usize]) -> bool {
    let ends: Option<Vec<_>> = figures.iter().map(|index| Ends::of(grid.mentions.get(*index)?)).collect();
    ends.is_some_and(|ends| is_average(&ends))
}

/// Whether the first can be the average of the others. A whole number may be a rounded one.
fn is_average(ends: &[Ends]) -> bool {
    let [mean, values @ ..] = ends else { return false };
    let count = Number::from(values.len() as i64);
    let sum = |end: fn(&Ends) -> &Number| values.iter().fold(Number::ZERO, |sum, value| &sum + end(value));
    let half = match Number::fraction(1, 2) {
        Some(half) if mean.low == mean.high => half,
        _ => Number::ZERO,
    };
    let (low, high) = (&(&mean.low - &half) * &count, &(&mean.high + &half) * &count);
    sum(|value| &value.low) <= high && sum(|value| &value.high) >= low
}
