//! Amounts that a text gives in two currencies again and again: `540 billion riyals (144 billion dollars)`. One text takes
//! one rate for all, so that an amount which alone takes another, and would not but for one digit, was written wrongly.
//!
//! Texts may well use several rates, as for two years. Then more than one amount leaves the others, and nothing is said.

use super::amount::{Sum, bounds};
use super::pieces::{Paragraph, is_bracketed};
use super::slip::gets_to;
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::Number;

/// How many amounts must agree on a rate for another to be wrong.
const FEWEST: usize = 3;

/// An amount and the same in another currency, by their indexes among the mentions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exchanged {
    amount: usize,
    again: usize,
}

/// The amounts of a paragraph that brackets give in another currency.
pub(super) fn exchanged(paragraph: &Paragraph<'_>) -> Vec<Exchanged> {
    let figures: Vec<usize> = paragraph.figures().collect();
    let pair = |pair: &[usize]| {
        let [one, also] = *pair else { return None };
        let (first, second) = (paragraph.mention(one)?, paragraph.mention(also)?);
        let is_money = |mention: &Mention| mention.kind == Kind::Money && mention.hedge.is_none();
        let between = paragraph.between(one, also);
        let is_aside = is_bracketed(second) && between.is_empty() || matches!(between, [open] if open.is_mark('('));
        (is_aside && is_money(first) && is_money(second) && first.unit != second.unit)
            .then_some(Exchanged { amount: paragraph.figure(one)?, again: paragraph.figure(also)? })
    };
    figures.windows(2).filter_map(pair).collect()
}

/// The amount of a document that alone is not exchanged at the rate of all others.
pub(super) fn rates(pairs: &[Exchanged], mentions: &[Mention], found: &mut Vec<Structure>) {
    let mut left = pairs.to_vec();
    while let Some(first) = left.first().copied() {
        let units =
            |pair: &Exchanged| Some((mentions.get(pair.amount)?.unit.clone(), mentions.get(pair.again)?.unit.clone()));
        let of = units(&first);
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|pair| units(pair) == of);
        left = others;
        if own.len() > FEWEST {
            match one_rate(&own, mentions) {
                true => found.extend(own.windows(2).map(|pair| structure(&pair[1], &pair[0]))),
                false => found.extend(alone(&own, mentions)),
            }
        }
    }
}

/// Whether one rate fits all.
fn one_rate(pairs: &[Exchanged], mentions: &[Mention]) -> bool {
    let rates: Option<Vec<(Number, Number)>> = pairs.iter().map(|pair| rate(pair, mentions)).collect();
    rates.is_some_and(|rates| common(rates.iter()).is_some())
}

/// What several rates have in common.
fn common<'r>(rates: impl Iterator<Item = &'r (Number, Number)> + Clone) -> Option<(Number, Number)> {
    let low = rates.clone().map(|(low, _)| low).max()?;
    let high = rates.map(|(_, high)| high).min()?;
    (low <= high).then(|| (low.clone(), high.clone()))
}

/// The one pair that leaves the rate of all others and is one slip away from it.
fn alone(pairs: &[Exchanged], mentions: &[Mention]) -> Option<Structure> {
    let rates: Vec<(Number, Number)> = pairs.iter().map(|pair| rate(pair, mentions)).collect::<Option<_>>()?;
    let without =
        |left_out: usize| common(rates.iter().enumerate().filter(move |(at, _)| *at != left_out).map(|(_, rate)| rate));
    let mut alone = (0..pairs.len()).filter_map(|at| Some((at, without(at)?)));
    let (at, (low, high)) = alone.next().filter(|_| alone.next().is_none())?;
    let pair = &pairs[at];
    let (amount, again) = (mentions.get(pair.amount)?, mentions.get(pair.again)?);
    let ((amount_low, amount_high), (again_low, again_high)) = (bounds(amount)?, bounds(again)?);
    let is_slip = gets_to(amount, &Sum::between(&again_low * &low, &again_high * &high))
        || gets_to(again, &Sum::between(&amount_low * &high.reciprocal()?, &amount_high * &low.reciprocal()?));
    // the narrowest of the others shows it best
    let others = (0..pairs.len()).filter(|other| *other != at);
    let best = others.min_by(|one, other| {
        let width = |at: usize| &rates[at].1 - &rates[at].0;
        width(*one).cmp(&width(*other))
    })?;
    is_slip.then(|| structure(pair, &pairs[best]))
}

fn structure(pair: &Exchanged, like: &Exchanged) -> Structure {
    Structure::Exchange { amount: pair.amount, again: pair.again, like: like.amount, like_again: like.again }
}

/// How many of the first currency one of the second is, as far as rounding leaves it open.
fn rate(pair: &Exchanged, mentions: &[Mention]) -> Option<(Number, Number)> {
    let ends = |index: usize| bounds(mentions.get(index)?).filter(|(low, _)| low.is_positive());
    let ((low, high), (again_low, again_high)) = (ends(pair.amount)?, ends(pair.again)?);
    Some((&low * &again_high.reciprocal()?, &high * &again_low.reciprocal()?))
}
