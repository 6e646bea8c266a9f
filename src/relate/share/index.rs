//! A value in hundredths of an old or a planned one: `560 million, or 112 % of the plan (500 million)`, `3,389 million
//! (104.6 % of 2017)` where the value of 2017 stands before.

use super::parts::is_said_of;
use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::amount::{adds_up, is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, What, is_time};
use crate::relate::structure::Structure;

/// Words between a percentage and what it is of.
const NEAR: usize = 4;
/// Words that two values of one thing share.
const SHARED: usize = 2;
/// Letters of a word that is no mere particle.
const LETTERS: usize = 4;

/// The values of a paragraph that are given in hundredths of others.
pub(in crate::relate) fn indexes(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph
        .figures()
        .filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)))
        .collect();
    for pair in figures.windows(2) {
        let [new, percent] = *pair else { continue };
        let fits = paragraph.mention(new).is_some_and(adds_up) && paragraph.mention(percent).is_some_and(is_percent);
        let is_of = paragraph.pieces.get(percent + 1).is_some_and(|piece| piece.has(Cue::Index));
        if !fits || !is_of || !is_said_of(paragraph, new, percent) && !is_opened(paragraph, new, percent) {
            continue;
        }
        let old = beside(paragraph, &figures, percent).or_else(|| of_time(paragraph, &figures, new, percent));
        let index = |piece: usize| paragraph.figure(piece);
        if let Some(old) = old.filter(|old| is_near(paragraph, *old, new, percent))
            && let (Some(share), Some(part), Some(whole)) = (index(percent), index(new), index(old))
        {
            found.push(Structure::ShareOf { share, part, whole });
        }
    }
}

/// Whether a percentage begins the brackets right behind a value.
fn is_opened(paragraph: &Paragraph<'_>, value: usize, percent: usize) -> bool {
    let between = paragraph.between(value, percent);
    between.len() <= 2 && between.last().is_some_and(|piece| piece.is_mark('('))
}

/// The old value in brackets or behind a dash: `to the plan (500 million)`.
fn beside(paragraph: &Paragraph<'_>, figures: &[usize], percent: usize) -> Option<usize> {
    let old = figures.iter().copied().find(|piece| *piece > percent)?;
    let between = paragraph.between(percent, old);
    let words = between.iter().filter(|piece| piece.is_word()).count();
    let is_own = paragraph.mention(old).is_some_and(crate::relate::pieces::is_bracketed);
    let is_aside =
        is_own || between.last().is_some_and(|piece| matches!(piece.what, What::Mark('(' | '—' | '–' | '-')));
    (is_aside && words <= NEAR && !between.iter().any(|piece| piece.what == What::Break)).then_some(old)
}

/// The value that the paragraph gave before for the time that the percentage is of.
fn of_time(paragraph: &Paragraph<'_>, figures: &[usize], new: usize, percent: usize) -> Option<usize> {
    let time = (percent + 1..paragraph.pieces.len()).take(NEAR).find_map(|piece| paragraph.mention(piece))?;
    let date = time.date.as_deref().filter(|_| is_time(time))?;
    let of_new = words(paragraph, new);
    let fits = |piece: &usize| {
        let of_old = words(paragraph, *piece);
        let shared = of_new.iter().filter(|word| of_old.contains(word)).count();
        dates(paragraph, *piece) == [date] && shared >= SHARED
    };
    let mut old = figures.iter().copied().filter(|piece| *piece < new && is_like(paragraph, *piece, new)).filter(fits);
    old.next().filter(|_| old.next().is_none())
}

fn is_like(paragraph: &Paragraph<'_>, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (paragraph.mention(one), paragraph.mention(other)) else { return false };
    unit(one) == unit(other) && adds_up(one) && one.figure.nominal.is_some()
}

/// The pieces of the sentence before a figure, back to its start.
fn before<'p>(paragraph: &'p Paragraph<'_>, piece: usize) -> impl Iterator<Item = usize> + 'p {
    (0..piece).rev().take_while(|index| paragraph.pieces[*index].what != What::Break)
}

/// The times that the sentence names before a figure.
fn dates<'p>(paragraph: &'p Paragraph<'_>, piece: usize) -> Vec<&'p str> {
    let own = before(paragraph, piece).filter_map(|index| paragraph.mention(index)).filter(|mention| is_time(mention));
    own.filter_map(|mention| mention.date.as_deref()).collect()
}

/// The words of the sentence before a figure that are no mere particles.
fn words<'p>(paragraph: &'p Paragraph<'_>, piece: usize) -> Vec<&'p str> {
    let own = before(paragraph, piece).map(|index| &paragraph.pieces[index]).filter(|piece| piece.is_word());
    let text = own.filter_map(|piece| paragraph.text.get(piece.start..piece.end));
    text.filter(|word| word.chars().count() >= LETTERS).collect()
}

/// Whether a percentage is about that of two values; else they are of different things.
fn is_near(paragraph: &Paragraph<'_>, old: usize, new: usize, percent: usize) -> bool {
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention: &Mention| mention.figure.nominal.clone());
    let (Some(old), Some(new), Some(percent)) = (nominal(old), nominal(new), nominal(percent)) else { return false };
    let (given, made) = (&percent * &old, &new * &Number::from(100));
    let half = |number: &Number| &Number::fraction(2, 3).unwrap_or(Number::ONE) * number;
    given >= half(&made) && made >= half(&given)
}
