//! Amounts with their share, again and again: `24,801 votes (6.7 %) … 306,055 (82.8 %)`, in a list or over sentences. Of
//! what they are shares no word may say; the figures do. Where most pairs of a section are shares of one amount that the
//! document states, by more digits than chance explains, that amount is their whole, and the pair that is no share of it
//! is a mistake.
//!
//! A pair stands in brackets or is cut off by a mark, or in two columns of a table. What can be a share of anything else in
//! the document is left alone. In a table the whole may be the total below them, stand above with one digit wrong, or
//! nowhere: then the shares are held against each other.

use rustc_hash::FxHashSet;

use super::columns::most;
use super::grid::Grid;
use crate::document::{Block, BlockKind};
use crate::extract::{Extraction, Kind, Mention};
use crate::figure::Number;
use crate::relate::amount::{Sum, adds_up, is_amount, is_percent, unit};
use crate::relate::passage::blocks_with_figures;
use crate::relate::slip::{mends, significant, slips};
use crate::relate::structure::Structure;

/// Letters between the two figures of a pair: a noun or two.
const BETWEEN: usize = 30;
/// Pairs that must fit, and half digits that they must hit together, beside those by which one amount is picked out of all.
const FEWEST: usize = 3;
const EVIDENCE: usize = 8;
/// In documents with more amounts one of them fits nearly anything.
const MOST_AMOUNTS: usize = 3000;

/// An amount and its share, as indexes of mentions.
#[derive(Clone, Debug)]
struct Pair {
    amount: usize,
    share: usize,
    /// How it is written: pairs that are written otherwise may be shares of something else.
    form: Form,
    /// The least and the greatest amount that it can be the share of.
    low: Number,
    high: Number,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    is_amount_first: bool,
    is_bracketed: bool,
}

/// The shares of a document that have a whole, in its text and in its tables.
pub(super) fn shares(blocks: &[Block<'_>], read: &Extraction, grids: &[Grid<'_>], found: &mut Vec<Structure>) {
    let mentions = read.mentions.as_slice();
    let of_document = OfDocument::of(mentions);
    if let Some(of_document) = &of_document {
        in_text(of_document, blocks, found);
    }
    let known = found.len();
    for grid in grids {
        for share in (0..grid.columns).filter(|share| grid.is_of_shares(*share)) {
            let pairs = column(grid, share);
            if of_total(grid, &pairs, found) {
                continue;
            }
            if let Some(whole) = stated_above(grid, blocks, &pairs) {
                found.extend(pairs.iter().map(|pair| pair.of(whole)));
            } else if let Some(of_document) = &of_document {
                of_document.section(&pairs, known, found);
            }
        }
    }
}

/// The shares of a table whose whole is its total.
fn of_total(grid: &Grid<'_>, pairs: &[Pair], found: &mut Vec<Structure>) -> bool {
    let [(total, _)] = grid.total_rows[..] else { return false };
    let Some(column) = pairs.first().and_then(|pair| column_of(grid, pair.amount)) else { return false };
    let Some(whole) = grid.at(total, column) else { return false };
    let Some(stated) = grid.nominal(whole) else { return false };
    let parts: Vec<Pair> = pairs.iter().filter(|pair| pair.amount != whole).cloned().collect();
    let fitting = parts.iter().filter(|pair| pair.low <= *stated && *stated <= pair.high).count();
    let says_much = || {
        let digits = |index: usize| grid.mentions.get(index).map_or(0, significant);
        digits(whole) > 2 && parts.iter().all(|pair| digits(pair.share) > 1)
    };
    let is_slip =
        || agreed(&parts).is_some_and(|agreed| agreed.fitting.len() == parts.len() && agreed.is_slip(grid, whole));
    let is_whole = most(fitting, parts.len()) || says_much() && is_slip();
    if is_whole {
        found.extend(parts.into_iter().map(|pair| pair.of(whole)));
    }
    is_whole
}

fn column_of(grid: &Grid<'_>, figure: usize) -> Option<usize> {
    (0..grid.columns).find(|column| grid.body().any(|row| grid.at(row, *column) == Some(figure)))
}

/// Letters of a line above a table that says of what its shares are.
const LINE: usize = 120;

/// The only amount in the line above a table, if one slip makes it the whole of which all its shares are.
fn stated_above(grid: &Grid<'_>, blocks: &[Block<'_>], pairs: &[Pair]) -> Option<usize> {
    let agreed = agreed(pairs).filter(|agreed| agreed.fitting.len() == pairs.len() && pairs.len() > FEWEST)?;
    let above = grid.block.checked_sub(1)?;
    if blocks.get(above)?.text.chars().count() > LINE {
        return None;
    }
    let start = grid.mentions.partition_point(|mention| (mention.block as usize) < above);
    let end = grid.mentions.partition_point(|mention| (mention.block as usize) < grid.block);
    let one = grid.mentions.get(pairs.first()?.amount)?;
    let is_amount = |index: &usize| is_plain_amount(&grid.mentions[*index]);
    let mut amounts = (start..end).filter(is_amount);
    let only = amounts.next().filter(|_| amounts.next().is_none())?;
    let of = &grid.mentions[only];
    (unit(of) == unit(one) && significant(of) > 1 && agreed.is_slip(grid, only)).then_some(only)
}

/// The shares of a column in a table that does not give their whole: all rows are of one whole, whatever it is. Those that
/// are not are held against the largest of the others, or where all parts are there, against their sum.
pub(super) fn proportion(grid: &Grid<'_>, share: usize, found: &mut Vec<Structure>) {
    for parts in (0..share).rev().chain(share + 1..grid.columns) {
        let pairs = pairs_of(grid, parts, share);
        let Some(agreed) = agreed(&pairs) else { continue };
        let fitting = || agreed.fitting.iter().map(|at| &pairs[*at]);
        let mut distinct: Vec<Option<&Number>> = fitting().map(|pair| grid.nominal(pair.amount)).collect();
        distinct.sort();
        distinct.dedup();
        let is_shown = distinct.len() >= FEWEST && agreed.fitting.len() * 4 >= pairs.len() * 3;
        let broken: Vec<&Pair> =
            (0..pairs.len()).filter(|at| !agreed.fitting.contains(at)).map(|at| &pairs[at]).collect();
        // of three shares that make all of the whole two say enough, where one slip mends the third
        let all = Sum::of(pairs.iter().filter_map(|pair| grid.mentions.get(pair.share)));
        let is_whole = pairs.len() == FEWEST && all.meets(&Sum::hundred()) && distinct.len() + 1 >= FEWEST;
        let is_mended = || broken.len() < 2 && broken.iter().all(|pair| agreed.mends(grid, pair));
        if !(is_shown || is_whole && is_mended()) {
            continue;
        }
        let Some(largest) = fitting().max_by_key(|pair| grid.nominal(pair.amount)) else { continue };
        found.extend(pairs.iter().filter(|pair| pair.share != largest.share).map(|pair| Structure::Proportion {
            share: pair.share,
            part: pair.amount,
            of_share: largest.share,
            of_part: largest.amount,
        }));
        return;
    }
}

/// The whole that most pairs agree on, whatever it is.
struct Agreed {
    low: Number,
    high: Number,
    /// The pairs that agree, by their index.
    fitting: Vec<usize>,
}

impl Agreed {
    fn has(&self, whole: &Number) -> bool {
        self.low <= *whole && *whole <= self.high
    }

    /// Whether a figure is this whole but for one slip.
    fn is_slip(&self, grid: &Grid<'_>, whole: usize) -> bool {
        let Some(mention) = grid.mentions.get(whole) else { return false };
        let Some(nominal) = &mention.figure.nominal else { return false };
        self.fitting.len() > 1 && slips(mention).iter().any(|change| self.has(&(nominal + change)))
    }

    /// Whether one slip in a pair makes it agree.
    fn mends(&self, grid: &Grid<'_>, pair: &Pair) -> bool {
        mends(grid.mentions, &[pair.amount, pair.share], |ends| {
            let [amount, share] = ends else { return false };
            let hundred = Number::from(100);
            let (low, high) = (&amount.low * &hundred, &amount.high * &hundred);
            low <= &self.high * &share.high && high >= &self.low * &share.low
        })
    }
}

/// The whole on which the most pairs agree, the least one at which that many do.
fn agreed(pairs: &[Pair]) -> Option<Agreed> {
    // a whole lies within a pair if the pair has begun and not ended; both are found by halving
    let ends = |end: fn(&Pair) -> &Number| {
        let mut ends: Vec<&Number> = pairs.iter().map(end).collect();
        ends.sort();
        ends
    };
    let (lows, highs) = (ends(|pair| &pair.low), ends(|pair| &pair.high));
    let count =
        |whole: &Number| lows.partition_point(|low| *low <= whole) - highs.partition_point(|high| *high < whole);
    let best = pairs.iter().map(|pair| (count(&pair.low), &pair.low));
    let (_, at) = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let fitting: Vec<usize> =
        (0..pairs.len()).filter(|pair| pairs[*pair].low <= *at && *at <= pairs[*pair].high).collect();
    let high = fitting.iter().map(|pair| &pairs[*pair].high).min()?.clone();
    (fitting.len() > 1).then(|| Agreed { low: at.clone(), high, fitting })
}

/// The wholes of pairs in the text, by what most pairs of a section say.
fn in_text(of_document: &OfDocument<'_>, blocks: &[Block<'_>], found: &mut Vec<Structure>) {
    let mentions = of_document.mentions;
    let known = found.len();
    let mut section: Vec<Pair> = Vec::new();
    for (_, block, figures) in blocks_with_figures(blocks, mentions) {
        if matches!(block.kind, BlockKind::Heading { .. }) {
            of_document.section(&section, known, found);
            section.clear();
        }
        // what a table says of its columns is asked elsewhere
        if !matches!(block.kind, BlockKind::Cell(_)) {
            section.extend(figures.skip(1).filter_map(|second| pair(mentions, &block.text, second)));
        }
    }
    of_document.section(&section, known, found);
}

/// The pairs that a column of shares makes with the amounts nearest to it, the left ones first.
fn column(grid: &Grid<'_>, share: usize) -> Vec<Pair> {
    let sides = (0..share).rev().chain(share + 1..grid.columns);
    sides.map(|amounts| pairs_of(grid, amounts, share)).find(|pairs| !pairs.is_empty()).unwrap_or_default()
}

/// The pairs that two columns make.
fn pairs_of(grid: &Grid<'_>, amounts: usize, share: usize) -> Vec<Pair> {
    let form = Form { is_amount_first: amounts < share, is_bracketed: false };
    let pair = |row| {
        let (amount, share) = (grid.at(row, amounts)?, grid.at(row, share)?);
        let of = grid.mentions.get(amount)?;
        let is_positive = of.figure.nominal.as_ref().is_some_and(Number::is_positive);
        let is_amount = is_amount(of) && of.kind != Kind::Percent && of.hedge.is_none() && is_positive;
        // `+1.7 (+23%)` is no amount but a change
        let is_change = of.text.starts_with(['+', '-', '−', '–']);
        let is_pair = grid.is_share(share) && is_amount && !is_change;
        is_pair.then(|| paired(grid.mentions, amount, share, form)).flatten()
    };
    grid.body().filter_map(pair).collect()
}

fn is_plain_amount(mention: &Mention) -> bool {
    let is_positive = mention.figure.nominal.as_ref().is_some_and(Number::is_positive);
    adds_up(mention) && mention.hedge.is_none() && is_positive
}

/// The pair that a figure makes with the one before it.
fn pair(mentions: &[Mention], text: &str, second: usize) -> Option<Pair> {
    let (before, behind) = (mentions.get(second - 1)?, mentions.get(second)?);
    let is_amount_first = is_percent(behind) && is_plain_amount(before);
    if !(is_amount_first || is_percent(before) && is_plain_amount(behind)) {
        return None;
    }
    let (amount, share) = if is_amount_first { (second - 1, second) } else { (second, second - 1) };
    let between = text.get(before.offset as usize + before.text.len()..behind.offset as usize)?.trim();
    let rest = text.get(behind.offset as usize + behind.text.len()..).unwrap_or_default().trim_start();
    let opens = |letter: char| matches!(letter, '(' | '[');
    let divides = |letter: char| matches!(letter, ',' | '،' | '—' | '–' | ':' | '/' | '|' | '-');
    // brackets around a figure alone are read as part of it
    let is_whole = behind.text.starts_with(opens) && behind.text.ends_with([')', ']']);
    let is_bracketed = is_whole || between.ends_with(opens);
    let noun = between.trim_end_matches(|letter: char| opens(letter) || divides(letter) || letter.is_whitespace());
    let is_tied = if is_bracketed { is_whole || rest.starts_with([')', ']']) } else { between.ends_with(divides) };
    let is_noun = noun.chars().count() <= BETWEEN && !noun.contains(|letter: char| ".;:()،,".contains(letter));
    if !is_tied || !is_noun {
        return None;
    }
    paired(mentions, amount, share, Form { is_amount_first, is_bracketed })
}

/// An amount and its share, if both say enough.
fn paired(mentions: &[Mention], amount: usize, share: usize, form: Form) -> Option<Pair> {
    let share_of = |end: &Number| end.reciprocal().map(|one| &one * &Number::from(100));
    let (amount_figure, share_figure) = (&mentions[amount].figure, &mentions[share].figure);
    if share_figure.low.as_ref().is_none_or(|low| !low.is_positive()) || mentions[share].hedge.is_some() {
        return None;
    }
    let low = amount_figure.low.as_ref()? * &share_of(share_figure.high.as_ref()?)?;
    let high = amount_figure.high.as_ref()? * &share_of(share_figure.low.as_ref()?)?;
    Some(Pair { amount, share, form, low, high })
}

impl Pair {
    fn of(&self, whole: usize) -> Structure {
        Structure::ShareOf { share: self.share, part: self.amount, whole }
    }
}

/// The figures of a document, and its amounts in the order of their size.
struct OfDocument<'a> {
    mentions: &'a [Mention],
    amounts: Vec<usize>,
}

impl<'a> OfDocument<'a> {
    /// None where there are too many amounts for one of them to tell.
    fn of(mentions: &'a [Mention]) -> Option<OfDocument<'a>> {
        let mut amounts: Vec<usize> =
            (0..mentions.len()).filter(|index| mentions.get(*index).is_some_and(is_plain_amount)).collect();
        if amounts.len() > MOST_AMOUNTS {
            return None;
        }
        amounts.sort_by(|one, other| mentions[*one].figure.nominal.cmp(&mentions[*other].figure.nominal));
        Some(OfDocument { mentions, amounts })
    }
}

impl OfDocument<'_> {
    fn nominal(&self, index: usize) -> Option<&Number> {
        self.mentions[index].figure.nominal.as_ref()
    }

    /// The amounts that a pair can be the share of.
    fn wholes(&self, pair: &Pair) -> impl Iterator<Item = usize> {
        let from = self.amounts.partition_point(|index| self.nominal(*index) < Some(&pair.low));
        let own = self.nominal(pair.amount);
        let own_unit = unit(&self.mentions[pair.amount]);
        let within = self.amounts[from..].iter().take_while(|index| self.nominal(**index) <= Some(&pair.high));
        within.copied().filter(move |index| {
            unit(&self.mentions[*index]) == own_unit && self.nominal(*index) > own && *index != pair.amount
        })
    }

    /// How many half digits of a whole a pair says: 24,801 as 6.7 % says less than two digits of it.
    fn half_digits(&self, pair: &Pair) -> usize {
        let width = &pair.high - &pair.low;
        let (mut left, mut digits, tenth) = (pair.high.clone(), 0_usize, Number::power_of_ten(-1));
        while left >= width && digits < 12 {
            digits += 1;
            left = &left * &tenth;
        }
        (2 * digits).saturating_sub(1)
    }

    /// What the pairs of one section come to.
    fn section(&self, pairs: &[Pair], known: usize, found: &mut Vec<Structure>) {
        let told: FxHashSet<usize> = found[..known].iter().flat_map(Structure::figures).collect();
        for form in distinct(pairs.iter().map(|pair| pair.form)) {
            let own: Vec<&Pair> = pairs.iter().filter(|pair| pair.form == form).collect();
            let Some((whole, fitting)) = self.whole(&own) else { continue };
            let least = fitting.iter().min().copied().unwrap_or(0);
            let most = fitting.iter().max().copied().unwrap_or(0);
            let missing: Vec<usize> = (0..own.len())
                .filter(|at| !fitting.contains(at) && self.wholes(own[*at]).next().is_none())
                // one that stands outside of the others may be of something else
                .filter(|at| *at > least && *at < most || own.len() == fitting.len() + 1)
                .collect();
            let accused = if missing.len() * 3 <= fitting.len() { &missing[..] } else { &[] };
            for pair in fitting.iter().chain(accused).map(|at| own[*at]).filter(|pair| !told.contains(&pair.share)) {
                let is_within = self.nominal(whole) > self.nominal(pair.amount);
                if is_within && unit(&self.mentions[pair.amount]) == unit(&self.mentions[whole]) {
                    found.push(Structure::ShareOf { share: pair.share, part: pair.amount, whole });
                }
            }
        }
    }

    /// The amount that most pairs are shares of, with these pairs.
    fn whole(&self, pairs: &[&Pair]) -> Option<(usize, Vec<usize>)> {
        let mut votes: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, pair) in pairs.iter().enumerate() {
            for whole in self.wholes(pair) {
                // one amount stated twice is one
                match votes.iter_mut().find(|(known, _)| self.nominal(*known) == self.nominal(whole)) {
                    Some((_, fitting)) if fitting.last() != Some(&at) => fitting.push(at),
                    Some(_) => {}
                    None => votes.push((whole, vec![at])),
                }
            }
        }
        let (whole, fitting) =
            votes.into_iter().max_by_key(|(whole, fitting)| (fitting.len(), std::cmp::Reverse(*whole)))?;
        // the same share twice says nothing new
        let mut telling: Vec<&Pair> = fitting.iter().map(|at| pairs[*at]).collect();
        telling.sort_by(|one, other| (&one.low, &one.high).cmp(&(&other.low, &other.high)));
        telling.dedup_by(|one, other| self.nominal(one.amount) == self.nominal(other.amount));
        let evidence: usize = telling.iter().map(|pair| self.half_digits(pair)).sum();
        let picked = 2 * self.amounts.len().checked_ilog10().unwrap_or(0) as usize;
        (telling.len() >= FEWEST && evidence >= EVIDENCE + picked && fitting.len() * 3 >= pairs.len() * 2)
            .then_some((whole, fitting))
    }
}

fn distinct(forms: impl Iterator<Item = Form>) -> Vec<Form> {
    let mut found = Vec::new();
    for form in forms {
        if !found.contains(&form) {
            found.push(form);
        }
    }
    found
}
