//! Columns of a table that follow from others: a sum, a product, a share, a change. Asked of the turned table, it is rows that
//! follow from others.
//!
//! No head says so in words that could be relied on. The lines do: a column that fits in most of them, by figures that do
//! not fit by chance, is meant so, and the others are held against it. Where few lines tell, what does not fit must be one
//! slip of the hand away from it.

use super::grid::Grid;
use crate::extract::{Kind, Mention};
use crate::figure::Number;
use crate::relate::amount::{Sum, unit};
use crate::relate::pieces::is_bracketed;
use crate::relate::share::is_share;
use crate::relate::slip::{Ends, mends, mends_sum, significant};
use crate::relate::structure::{ChangeUnit, Structure};

/// Columns of a table that are compared pair by pair, and those of which runs are added.
const MOST_COLUMNS: usize = 12;
const MOST_ADDED: usize = 40;
/// How far apart two columns may stand that a third follows from in a wider table.
const NEAR: usize = 3;
/// Rows that a relation is guessed from; it is then asked in all.
const FIRST_ROWS: usize = 40;
/// Rows that must bear a relation out, or the digits that fewer rows must hit.
const FEWEST: usize = 3;
const DIGITS: usize = 7;

/// How a column follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// It is the others together.
    Sum,
    /// It is the first times the second.
    Product,
    /// It is the first over the second.
    Share,
    /// It is the change from the first to the second.
    Change,
    /// It is by how much the second lies below the first, in percent.
    Fall,
    /// It is by how many points the second lies above the first.
    Points,
}

/// Columns, the last of which follows from the others.
#[derive(Clone, Debug)]
struct Follows {
    way: Way,
    columns: Vec<usize>,
    holding: usize,
    /// Whether all rows may be held against it, and not only those that a slip explains.
    is_sure: bool,
}

/// The columns that follow from others.
pub(super) fn columns(grid: &Grid<'_>, found: &mut Vec<Structure>) {
    follow(grid, if grid.columns > MOST_COLUMNS { NEAR } else { grid.columns }, found);
}

/// The rows that follow from others near them, of which this is the turned table.
pub(super) fn rows(turned: &Grid<'_>, found: &mut Vec<Structure>) {
    follow(turned, NEAR, found);
}

fn follow(grid: &Grid<'_>, reach: usize, found: &mut Vec<Structure>) {
    if grid.columns > MOST_ADDED {
        return;
    }
    for third in 0..grid.columns {
        let ratios = [Way::Change, Way::Share, Way::Fall, Way::Points];
        let ways = if grid.is_of_shares(third) { &ratios[..] } else { &[Way::Sum, Way::Points, Way::Product][..] };
        let candidates =
            ways.iter().flat_map(|way| sources(grid.columns, third, *way, reach).map(move |own| (*way, own)));
        // of several ways the one that most rows bear out, and of those the first
        let best = candidates.filter_map(|(way, columns)| score(grid, way, columns));
        let best = best.reduce(|best, next| if next.holding > best.holding { next } else { best });
        if let Some(best) = best {
            take(grid, &best, found);
        }
    }
}

/// The columns that a third may follow from, with itself as the last; the nearest first.
fn sources(columns: usize, third: usize, way: Way, reach: usize) -> impl Iterator<Item = Vec<usize>> {
    let near = move |column: &usize| (*column > third, column.abs_diff(third));
    let mut order: Vec<usize> =
        (0..columns).filter(|column| *column != third && column.abs_diff(third) <= reach).collect();
    order.sort_by_key(near);
    let is_even = matches!(way, Way::Sum | Way::Product);
    let pairs = order.iter().flat_map(|one| order.iter().map(move |two| vec![*one, *two, third]));
    let mut all: Vec<Vec<usize>> =
        pairs.filter(|pair| if is_even { pair[0] < pair[1] } else { pair[0] != pair[1] }).collect();
    if way == Way::Sum {
        let run = |range: std::ops::Range<usize>| range.chain([third]).collect::<Vec<usize>>();
        all.extend((0..third.saturating_sub(2)).rev().map(|from| run(from..third)));
        all.extend((third + 4..=columns).map(|to| run(third + 1..to)));
    }
    all.into_iter()
}

/// The figures of a row in some columns, if they can be held against each other.
fn figures(grid: &Grid<'_>, way: Way, columns: &[usize], row: usize) -> Option<Vec<usize>> {
    let mut figures = Vec::with_capacity(columns.len());
    for column in columns {
        let index = grid.at(row, *column)?;
        let mention = grid.mentions.get(index)?;
        if mention.figure.nominal.is_none() || mention.hedge.is_some() {
            return None;
        }
        figures.push(index);
    }
    let (last, of) = figures.split_last()?;
    let mention = |index: &usize| grid.mentions.get(*index);
    let is_amount =
        |mention: &Mention| matches!(mention.kind, Kind::Count | Kind::Number | Kind::Quantity | Kind::Money);
    let result = mention(last)?;
    let fits = match way {
        Way::Sum => {
            let is_part = |part: &Mention| is_amount(part) && unit(part) == unit(result);
            is_amount(result) && of.iter().filter_map(mention).all(is_part)
        }
        Way::Product => {
            let (factor, by) = (mention(of.first()?)?, mention(of.get(1)?)?);
            let are_amounts = [factor, by, result].into_iter().all(is_amount);
            let has_bare = |one: &Mention, other: &Mention| unit(one) == unit(result) && unit(other).is_empty();
            are_amounts && (has_bare(factor, by) || has_bare(by, factor))
        }
        Way::Points => {
            let is_change = matches!(unit(result), "points" | "%");
            is_change && of.iter().all(|index| grid.is_share(*index))
        }
        _ => grid.is_share(*last) && grid.have_one_unit(*of.first()?, *of.get(1)?),
    };
    fits.then_some(figures)
}

fn ends(grid: &Grid<'_>, figures: &[usize]) -> Option<Vec<Ends>> {
    figures.iter().map(|index| Ends::of(grid.mentions.get(*index)?)).collect()
}

fn holds(grid: &Grid<'_>, way: Way, figures: &[usize]) -> bool {
    if way == Way::Sum {
        let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| grid.mentions.get(*index)));
        return figures.split_last().is_some_and(|(last, parts)| sum(parts).meets(&sum(&[*last])));
    }
    ends(grid, figures).is_some_and(|ends| fits(way, falls(grid, way, figures), &ends))
}

/// Whether a change stands in brackets, as accounts write what is below zero.
fn falls(grid: &Grid<'_>, way: Way, figures: &[usize]) -> bool {
    let is_in_brackets = || figures.last().and_then(|last| grid.mentions.get(*last)).is_some_and(is_bracketed);
    way == Way::Fall || way == Way::Change && is_in_brackets()
}

/// Whether three figures fit within their rounding.
pub(super) fn fits(way_is: impl Into<Fits>, falls: bool, ends: &[Ends]) -> bool {
    let [one, two, three] = ends else { return false };
    let hundred = Number::from(100);
    match way_is.into() {
        Fits::Product => {
            let product = |one: &Number, two: &Number| one * two;
            let all = [
                product(&one.low, &two.low),
                product(&one.low, &two.high),
                product(&one.high, &two.low),
                product(&one.high, &two.high),
            ];
            all.iter().min() <= Some(&three.high) && all.iter().max() >= Some(&three.low)
        }
        Fits::Share => two.low.is_positive() && is_share(three, one, two),
        Fits::Change => {
            let (low, high) = if falls { (-&three.high, -&three.low) } else { (three.low.clone(), three.high.clone()) };
            let (least, most) = (&(&low + &hundred) * &one.low, &(&high + &hundred) * &one.high);
            one.low.is_positive() && &two.high * &hundred >= least && &two.low * &hundred <= most
        }
        Fits::Points => &two.high - &one.low >= three.low && &two.low - &one.high <= three.high,
    }
}

/// How three figures may fit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fits {
    Product,
    Share,
    Change,
    Points,
}

impl From<Way> for Fits {
    fn from(way: Way) -> Fits {
        match way {
            Way::Product | Way::Sum => Fits::Product,
            Way::Share => Fits::Share,
            Way::Change | Way::Fall => Fits::Change,
            Way::Points => Fits::Points,
        }
    }
}

/// Whether one slip makes the figures of a row fit.
fn is_mended(grid: &Grid<'_>, way: Way, figures: &[usize]) -> bool {
    match (way, figures.split_last()) {
        (Way::Sum, Some((last, parts))) => mends_sum(grid.mentions, *last, parts),
        _ => mends(grid.mentions, figures, |ends| fits(way, falls(grid, way, figures), ends)),
    }
}

/// Digits that a row hits by chance as seldom.
fn digits(grid: &Grid<'_>, way: Way, figures: &[usize]) -> usize {
    let of = |index: &usize| grid.mentions.get(*index).map_or(0, significant);
    match (way, figures) {
        (Way::Product, [one, two, three]) => of(one).max(of(two)).min(of(three)),
        (_, [.., last]) => of(last),
        _ => 0,
    }
}

/// How many rows bear a relation out, if most do and not by chance.
fn score(grid: &Grid<'_>, way: Way, columns: Vec<usize>) -> Option<Follows> {
    let (mut all, mut holding): (usize, Vec<Vec<usize>>) = (0, Vec::new());
    let mut broken: Vec<Vec<usize>> = Vec::new();
    for row in grid.body().take(FIRST_ROWS) {
        let Some(figures) = figures(grid, way, &columns, row) else { continue };
        all += 1;
        if holds(grid, way, &figures) {
            holding.push(figures);
        } else {
            broken.push(figures);
            if broken.len() > FIRST_ROWS / 4 || broken.len() > 2 && holding.is_empty() {
                return None;
            }
        }
    }
    let is_telling = |figures: &&Vec<usize>| {
        let numbers: Option<Vec<&Number>> = figures.iter().map(|index| grid.nominal(*index)).collect();
        numbers.is_some_and(|numbers| match &numbers[..] {
            [one, two, three] => !one.is_zero() && !two.is_zero() && !three.is_zero() && one != two,
            numbers => numbers.iter().filter(|number| !number.is_zero()).count() > 2,
        })
    };
    let nominals = |figures: &&Vec<usize>| {
        figures.iter().map(|index| grid.nominal(*index).cloned()).collect::<Vec<Option<Number>>>()
    };
    let mut telling: Vec<&Vec<usize>> = holding.iter().filter(is_telling).collect();
    telling.sort_by_cached_key(nominals);
    telling.dedup_by_key(|figures| nominals(&&**figures));
    let five = Number::from(5);
    let is_large = |figures: &&&Vec<usize>| {
        let own = figures.iter().filter_map(|index| grid.nominal(*index));
        own.filter(|number| number.abs() >= five).count() * 2 > figures.len()
    };
    let is_pair = columns.len() == 3;
    let all_large = |figures: &&&Vec<usize>| {
        figures.iter().filter_map(|index| grid.nominal(*index)).all(|number| number.abs() >= five)
    };
    let large = telling.iter().filter(|figures| if is_pair { all_large(figures) } else { is_large(figures) }).count();
    // of two columns and their change side by side fewer rows say enough
    let is_beside =
        way == Way::Change && columns[0].abs_diff(columns[1]) == 1 && columns[2] == columns[0].max(columns[1]) + 1;
    let is_shown = telling.len() >= FEWEST && large >= 2 && holding.len() * 4 >= all * 3;
    let is_sure = (is_shown || is_beside && all >= FEWEST && most(holding.len(), all)) && way != Way::Product;
    let evidence: usize = telling.iter().map(|figures| digits(grid, way, figures)).sum();
    let by_digits = telling.len() >= 2 && evidence >= DIGITS + usize::from(way == Way::Product);
    // to look for a slip takes longer than all before
    let is_mostly = || broken.is_empty() || broken.len() == 1 && is_mended(grid, way, &broken[0]);
    (is_sure || (by_digits || is_shown) && is_mostly()).then_some(Follows {
        way,
        columns,
        holding: holding.len(),
        is_sure,
    })
}

/// Whether so many bear out that all are meant so.
pub(super) fn most(holding: usize, all: usize) -> bool {
    holding >= 2 && holding * 3 >= all * 2
}

fn take(grid: &Grid<'_>, follows: &Follows, found: &mut Vec<Structure>) {
    let known = found.len();
    let way = follows.way;
    for row in grid.body() {
        let Some(figures) = figures(grid, way, &follows.columns, row) else { continue };
        let Some((last, of)) = figures.split_last() else { continue };
        let is_told = |structure: &Structure| match structure {
            Structure::List { whole, parts, .. } => {
                way == Way::Sum && (whole == last || parts.contains(last) && of.contains(whole))
            }
            other => other.tied_share() == Some(*last),
        };
        if found[..known].iter().any(is_told) {
            continue;
        }
        if !(follows.is_sure || holds(grid, way, &figures) || is_mended(grid, way, &figures)) {
            continue;
        }
        found.push(structure(grid, way, &figures, of, *last));
    }
}

fn structure(grid: &Grid<'_>, way: Way, figures: &[usize], of: &[usize], last: usize) -> Structure {
    let falls = falls(grid, way, figures);
    match (way, of) {
        (Way::Share, [part, whole]) => Structure::ShareOf { share: last, part: *part, whole: *whole },
        (Way::Change | Way::Fall, [old, new]) => {
            Structure::Change { change: last, old: *old, new: *new, falls, unit: ChangeUnit::Percent }
        }
        (Way::Points, [old, new]) => {
            Structure::Change { change: last, old: *old, new: *new, falls, unit: ChangeUnit::Points }
        }
        (Way::Product, [one, two]) => {
            let is_bare = grid.mentions.get(*two).is_some_and(|mention| unit(mention).is_empty());
            let (factor, by) = if is_bare { (*one, *two) } else { (*two, *one) };
            Structure::Product { product: last, factor, by }
        }
        _ => Structure::List { whole: last, parts: of.to_vec(), closed: true },
    }
}
