//! Figures of a table that are given again: in the text around it, with the words that head their row, and in another table
//! with the same rows.
//!
//! A figure in a sentence that names a row is held against a cell of it only if no cell of the row is that figure, one slip of
//! the hand makes it one, and this can be said of one cell alone. Few digits meet by chance; then the other figures of the
//! sentence must be cells of the same row or column.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grid::Grid;
use super::words::{self, Placed};
use crate::document::{Block, BlockKind};
use crate::extract::{Kind, Mention};
use crate::figure::Number;
use crate::relate::amount::{bounds, unit};
use crate::relate::passage::blocks_with_figures;
use crate::relate::slip::{digits, significant, slips};
use crate::relate::structure::Structure;

/// Rows of a document beyond which its tables are data.
const MOST_ROWS: usize = 5000;
/// Rows of one name.
const MOST_OF_NAME: usize = 8;
/// Figures of a row; in more of them one is nearly any figure.
const MOST_CELLS: usize = 12;
/// Digits that two figures must have for a slip between them, and those with a witness.
const DIGITS: usize = 4;
const WITH_WITNESS: usize = 3;
/// Powers of ten that a table may leave to its head: thousands, millions.
const SHIFTS: [i32; 4] = [0, 3, 6, 9];

/// A row of a grid with the stems of its name.
struct Named {
    grid: usize,
    row: usize,
    stems: Vec<u64>,
}

/// A cell by its grid, row and column.
type Place = (usize, usize, usize);

/// A figure of the text and the cell that it gives again.
struct Link {
    said: usize,
    cell: usize,
    place: Place,
    shift: i32,
    is_equal: bool,
}

/// The figures of the text that a table has.
pub(super) fn said(blocks: &[Block<'_>], mentions: &[Mention], grids: &[Grid<'_>], found: &mut Vec<Structure>) {
    let names = names(grids);
    if names.is_empty() {
        return;
    }
    let mut by_stem: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, named) in names.iter().enumerate() {
        by_stem.entry(named.stems[0]).or_default().push(at);
    }
    by_stem.retain(|_, rows| rows.len() <= MOST_OF_NAME);
    let in_cells: FxHashSet<usize> = grids.iter().flat_map(Grid::figures).collect();
    let mut by_size: Vec<(Number, usize)> = grids
        .iter()
        .flat_map(Grid::figures)
        .filter_map(|cell| Some((mentions.get(cell)?.figure.nominal.as_ref()?.abs(), cell)))
        .collect();
    by_size.sort();
    let reader = Reader { mentions, grids, names: &names, by_stem: &by_stem, in_cells: &in_cells, by_size: &by_size };
    for (_, block, figures) in blocks_with_figures(blocks, mentions) {
        if !figures.is_empty() && !matches!(block.kind, BlockKind::Cell(_)) {
            reader.block(&block.text, figures, found);
        }
    }
}

fn names(grids: &[Grid<'_>]) -> Vec<Named> {
    let mut found = Vec::new();
    for (grid, of) in grids.iter().enumerate() {
        for row in of.body() {
            let cells = (0..of.columns).filter(|column| of.at(row, *column).is_some()).count();
            if found.len() >= MOST_ROWS {
                return Vec::new();
            }
            if (1..=MOST_CELLS).contains(&cells)
                && let Some(stems) = words::name(of.row_label(row))
            {
                found.push(Named { grid, row, stems });
            }
        }
    }
    found
}

struct Reader<'a, 'g> {
    mentions: &'a [Mention],
    grids: &'g [Grid<'a>],
    names: &'g [Named],
    by_stem: &'g FxHashMap<u64, Vec<usize>>,
    in_cells: &'g FxHashSet<usize>,
    /// All cells in the order of their size.
    by_size: &'g [(Number, usize)],
}

impl Reader<'_, '_> {
    fn block(&self, text: &str, all: Range<usize>, found: &mut Vec<Structure>) {
        let mut links: Vec<Link> = Vec::new();
        let mut unexplained: Vec<usize> = Vec::new();
        let mut start = 0;
        for end in sentence_ends(text) {
            let inside = |index: &usize| {
                let offset = self.mentions[*index].offset as usize;
                start <= offset && offset < end && !self.in_cells.contains(index)
            };
            let figures: Vec<usize> = all.clone().filter(inside).collect();
            if !figures.is_empty() {
                self.sentence(&text[start..end], start, &figures, &mut links, &mut unexplained);
            }
            start = end;
        }
        self.take(&links, &unexplained, found);
    }

    fn sentence(
        &self,
        text: &str,
        start: usize,
        figures: &[usize],
        links: &mut Vec<Link>,
        unexplained: &mut Vec<usize>,
    ) {
        let words = words::placed(text);
        let rows = self.rows(&words);
        if rows.is_empty() {
            return;
        }
        let years: Vec<&str> = figures.iter().filter_map(|index| year(&self.mentions[*index])).collect();
        for index in figures.iter().filter(|index| is_amount(&self.mentions[**index])) {
            let offset = self.mentions[*index].offset as usize - start;
            let own: Vec<&Named> = rows.iter().filter(|(end, _)| *end <= offset).map(|(_, named)| *named).collect();
            let before = links.len();
            self.links(*index, &own, &years, links);
            if links[before..].iter().all(|link| !link.is_equal) {
                unexplained.push(*index);
            }
        }
    }

    /// The rows that a sentence names, with the end of each name. A name within a longer one is none.
    fn rows(&self, words: &[Placed]) -> Vec<(usize, &Named)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let known = self.by_stem.get(&words[at].stem).map(Vec::as_slice).unwrap_or_default();
            let begins = |named: &&Named| {
                let own = words.get(at..at + named.stems.len());
                own.is_some_and(|own| own.iter().zip(&named.stems).all(|(word, stem)| word.stem == *stem))
            };
            let fitting: Vec<&Named> = known.iter().map(|named| &self.names[*named]).filter(begins).collect();
            let longest = fitting.iter().map(|named| named.stems.len()).max().unwrap_or(0);
            let end = words.get(at + longest.max(1) - 1).map_or(0, |word| word.end);
            found.extend(fitting.into_iter().filter(|named| named.stems.len() == longest).map(|named| (end, named)));
            at += longest.max(1);
        }
        found
    }

    /// The cells of the rows that a figure is, or would be but for a slip.
    fn links(&self, said: usize, rows: &[&Named], years: &[&str], links: &mut Vec<Link>) {
        let of = &self.mentions[said];
        let mut slipped: Vec<Link> = Vec::new();
        for named in rows {
            let grid = &self.grids[named.grid];
            for column in 0..grid.columns {
                let Some(cell) = grid.at(named.row, column) else { continue };
                let Some(shift) = shift(of, &self.mentions[cell]) else { continue };
                let place = (named.grid, named.row, column);
                if is_same(of, &self.mentions[cell], shift) {
                    links.push(Link { said, cell, place, shift, is_equal: true });
                    return;
                }
                let is_of_other_year = || {
                    let own = words::years(grid.column_label(column));
                    !own.is_empty() && !years.is_empty() && !own.iter().any(|year| years.contains(&year.as_str()))
                };
                if is_slip(of, &self.mentions[cell], shift) && !is_of_other_year() {
                    slipped.push(Link { said, cell, place, shift, is_equal: false });
                }
            }
        }
        slipped.dedup_by_key(|link| link.cell);
        if slipped.len() == 1 && of.hedge.is_none() {
            links.append(&mut slipped);
        }
    }

    /// The links that can be believed.
    fn take(&self, links: &[Link], unexplained: &[usize], found: &mut Vec<Structure>) {
        let equal = || links.iter().filter(|link| link.is_equal);
        for link in links {
            let digits = significant(&self.mentions[link.said]).min(significant(&self.mentions[link.cell]));
            let (grid, row, column) = link.place;
            let is_witness = |other: &&Link| {
                let (other_grid, other_row, other_column) = other.place;
                let is_scaled = other.shift == link.shift;
                other_grid == grid && is_scaled && (other_row == row) != (other_column == column)
            };
            let witnesses = equal().filter(is_witness).count();
            // a cell that another figure gives again is none that this one misses
            let is_taken = || equal().any(|other| other.cell == link.cell);
            // another figure of the sentence that no cell has says that it speaks of other things
            let kind = self.mentions[link.said].kind;
            let is_other = |index: &&usize| **index != link.said && self.mentions[**index].kind == kind;
            let is_only = || !unexplained.iter().filter(is_other).any(|index| !self.is_elsewhere(*index));
            let is_believed = if link.is_equal {
                digits > 1 && (link.shift == 0 || witnesses > 0 || digits >= DIGITS)
            } else {
                let is_shown = link.shift == 0 && digits >= DIGITS
                    || witnesses > 0 && (digits >= DIGITS || digits >= WITH_WITNESS && is_only());
                is_shown && !is_taken() && !self.is_elsewhere(link.said)
            };
            if is_believed {
                found.push(Structure::InCell { cell: link.cell, said: link.said, shift: link.shift });
            }
        }
    }

    /// Whether any cell is the figure that was said, in any scale that a head may give it.
    fn is_elsewhere(&self, said: usize) -> bool {
        /// Cells that are looked at in one scale.
        const MOST: usize = 100;
        let of = &self.mentions[said];
        let Some(nominal) = of.figure.nominal.as_ref().map(Number::abs) else { return false };
        let scaled = |tenths: i64, shift: i32| &(&nominal * &Number::from(tenths)) * &Number::power_of_ten(-shift - 1);
        SHIFTS.iter().any(|by| {
            let (least, most) = (scaled(9, *by), scaled(11, *by));
            let from = self.by_size.partition_point(|(size, _)| *size < least);
            let near = self.by_size[from..].iter().take_while(|(size, _)| *size <= most).take(MOST);
            near.map(|(_, cell)| &self.mentions[*cell])
                .any(|other| shift(of, other).is_some_and(|shift| is_same(of, other, shift)))
        })
    }
}

/// Where the sentences of a text end.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_end = move |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'.' | b'!' | b'?' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    };
    (0..text.len()).filter(is_end).map(|at| at + 1).chain((!text.ends_with('\n')).then_some(text.len()))
}

fn year(mention: &Mention) -> Option<&str> {
    mention.date.as_deref().filter(|_| matches!(mention.kind, Kind::Year | Kind::Date | Kind::Period))?.get(..4)
}

fn is_amount(mention: &Mention) -> bool {
    let is_amount = matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Count | Kind::Number | Kind::Percent);
    is_amount && mention.figure.nominal.is_some() && mention.figure.low.is_some() && mention.figure.high.is_some()
}

/// The power of ten that a cell leaves to its head, if it can be this figure: what it is counted in must not be another thing.
fn shift(said: &Mention, cell: &Mention) -> Option<i32> {
    if !is_amount(cell) {
        return None;
    }
    let is_bare = unit(cell).is_empty();
    // a head may say of what a bare number of the text is
    let says_nothing = said.kind == Kind::Number && cell.kind == Kind::Quantity;
    if unit(cell) != unit(said) && !is_bare && !says_nothing
        || (cell.kind == Kind::Percent) != (said.kind == Kind::Percent) && !is_bare
    {
        return None;
    }
    let (said, cell) = (said.figure.nominal.as_ref()?.abs(), cell.figure.nominal.as_ref()?.abs());
    if cell.is_zero() {
        return None;
    }
    // a slip in the first digit is the farthest that one goes
    let fits = |shift: &i32| {
        let own = &cell * &Number::power_of_ten(*shift);
        let ten = Number::from(10);
        said < &own * &ten && &said * &ten > own
    };
    let shifts = if is_bare { &SHIFTS[..] } else { &SHIFTS[..1] };
    shifts.iter().copied().find(fits)
}

/// Whether a figure of the text is that of a cell, as far as both are rounded.
fn is_same(said: &Mention, cell: &Mention, shift: i32) -> bool {
    is_within(said, cell, shift, &Number::ZERO, &Number::ZERO)
}

/// Whether one slip in either makes them one.
fn is_slip(said: &Mention, cell: &Mention, shift: i32) -> bool {
    // a figure that was rounded says how many digits it has
    let far = digits(&said.text).len() > 9 || digits(&cell.text).len() > 9;
    !far && (slips(said).iter().any(|by| is_within(said, cell, shift, by, &Number::ZERO))
        || slips(cell).iter().any(|by| is_within(said, cell, shift, &Number::ZERO, by)))
}

fn is_within(said: &Mention, cell: &Mention, shift: i32, by: &Number, cell_by: &Number) -> bool {
    let (Some((low, high)), Some((from, to))) = (bounds(said), bounds(cell)) else { return false };
    let power = Number::power_of_ten(shift);
    let (low, high) = (&low + by, &high + by);
    let (from, to) = (&(&from + cell_by) * &power, &(&to + cell_by) * &power);
    // a whole number of the text may be a rounded one
    let half = match Number::fraction(1, 2) {
        Some(half) if low == high && from != to => half,
        _ => Number::ZERO,
    };
    let (low, high) = (&low - &half, &high + &half);
    low <= to && from <= high || -&high <= to && from <= -&low
}

/// Columns of two tables that give the same figures for the same rows.
pub(super) fn twins(grids: &[Grid<'_>], found: &mut Vec<Structure>) {
    const MOST_TABLES: usize = 60;
    const FEWEST: usize = 3;
    if grids.len() > MOST_TABLES {
        return;
    }
    let rows: Vec<FxHashMap<Vec<u64>, usize>> = grids.iter().map(by_name).collect();
    for (first, of) in grids.iter().enumerate() {
        for (second, other) in grids.iter().enumerate().skip(first + 1) {
            let shared: Vec<(usize, usize)> = of
                .body()
                .filter_map(|row| {
                    let name = words::name(of.row_label(row))?;
                    (rows[first].get(&name) == Some(&row)).then(|| Some((row, *rows[second].get(&name)?)))?
                })
                .collect();
            if shared.len() <= FEWEST {
                continue;
            }
            for one in 0..of.columns.min(MOST_CELLS) {
                for two in 0..other.columns.min(MOST_CELLS) {
                    columns_again(of, other, &shared, [one, two], found);
                }
            }
        }
    }
}

/// The rows of a table by their names, where one row has the name.
fn by_name(grid: &Grid<'_>) -> FxHashMap<Vec<u64>, usize> {
    let mut found: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    if grid.rows > MOST_ROWS / 10 {
        return found;
    }
    let mut twice = FxHashSet::default();
    for row in grid.body() {
        let Some(name) = words::name(grid.row_label(row)) else { continue };
        if found.insert(name.clone(), row).is_some() {
            twice.insert(name);
        }
    }
    found.retain(|name, _| !twice.contains(name));
    found
}

/// Whether one figure may have grown to the other between two tables.
fn is_step(one: Option<&Number>, other: Option<&Number>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let (one, other) = (one.abs(), other.abs());
    &(&one - &other).abs() * &Number::from(20) <= one.max(other)
}

/// Digits that equal rows of two tables must have together.
const DIGITS_AGAIN: usize = 8;

fn columns_again(
    of: &Grid<'_>,
    other: &Grid<'_>,
    shared: &[(usize, usize)],
    [one, two]: [usize; 2],
    found: &mut Vec<Structure>,
) {
    const FEWEST: usize = 3;
    let pairs: Vec<(usize, usize)> =
        shared.iter().filter_map(|(row, again)| Some((of.at(*row, one)?, other.at(*again, two)?))).collect();
    let nominal = |index: usize| of.nominal(index);
    let is_equal = |(one, two): &&(usize, usize)| nominal(*one) == nominal(*two) && of.have_one_unit(*one, *two);
    let equal: Vec<&(usize, usize)> = pairs.iter().filter(is_equal).collect();
    let mut values: Vec<Option<&Number>> = equal.iter().map(|(one, _)| nominal(*one)).collect();
    values.sort();
    values.dedup();
    let digits: usize =
        equal.iter().filter_map(|(one, _)| of.mentions.get(*one)).map(|mention| significant(mention).min(4)).sum();
    let broken: Vec<&(usize, usize)> = pairs.iter().filter(|pair| !is_equal(pair)).collect();
    let mention = |index: usize| of.mentions.get(index);
    let is_mended = |(cell, again): &&(usize, usize)| {
        mention(*cell).zip(mention(*again)).is_some_and(|(one, two)| {
            is_amount(one)
                && is_amount(two)
                && unit(one) == unit(two)
                && significant(one) > 1
                && !is_step(nominal(*cell), nominal(*again))
                && is_slip(one, two, 0)
        })
    };
    if values.len() >= FEWEST && digits >= DIGITS_AGAIN && broken.len() < 2 && broken.iter().all(is_mended) {
        let all = equal.into_iter().chain(broken);
        found.extend(all.map(|(cell, again)| Structure::SameAgain { one: *cell, also: *again }));
    }
}
