//! Figures that follow by multiplying or dividing: so many things at so much each, and a density with population and area.

use super::amount::{adds_up, unit};
use super::cues::{Cue, Role};
use super::pieces::{Paragraph, Piece, What, is_time};
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::{Number, Units};

/// Words between an amount and the word that says that it is for each.
const BESIDE: usize = 2;

/// The products and quotients of a paragraph.
pub(super) fn rates(paragraph: &Paragraph<'_>, units: &Units, found: &mut Vec<Structure>) {
    let mut start = 0;
    for end in 0..=paragraph.pieces.len() {
        let ends = |piece: &Piece| piece.what == What::Break || piece.is_mark('\n');
        if paragraph.pieces.get(end).is_none_or(ends) {
            found.extend(product(paragraph, start, end));
            start = end + 1;
        }
    }
    found.extend(density(paragraph, units));
}

/// `5 planes at 3 million each, 15 million in all`: a sentence of these three figures and no other.
fn product(paragraph: &Paragraph<'_>, start: usize, end: usize) -> Option<Structure> {
    let pieces = paragraph.pieces.get(start..end)?;
    pieces.iter().find(|piece| piece.has(Cue::Apiece))?;
    let mut figures = (start..end).filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)));
    let all = [figures.next()?, figures.next()?, figures.next()?];
    if figures.next().is_some() || pieces.iter().any(|piece| piece.has(Cue::OfWhich) || piece.has(Cue::Compared)) {
        return None;
    }
    let each = all.into_iter().find(|piece| is_for_each(paragraph, *piece))?;
    let by = all.into_iter().find(|piece| *piece != each && paragraph.mention(*piece).is_some_and(is_count))?;
    let product = all.into_iter().find(|piece| *piece != each && *piece != by)?;
    let (of_each, of_all) = (paragraph.mention(each)?, paragraph.mention(product)?);
    let fits = unit(of_each) == unit(of_all) && !unit(of_each).is_empty() && adds_up(of_each) && adds_up(of_all);
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.clone());
    let is_near = is_near(&(&nominal(each)? * &nominal(by)?), &nominal(product)?);
    let index = |piece: usize| paragraph.figure(piece);
    (fits && is_near).then_some(Structure::Product { product: index(product)?, factor: index(each)?, by: index(by)? })
}

/// Whether a word right beside an amount says that it is for each one.
fn is_for_each(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let is_apiece = |at: usize| paragraph.pieces.get(at).is_some_and(|piece| piece.has(Cue::Apiece));
    let is_word = |at: &usize| paragraph.pieces.get(*at).is_some_and(Piece::is_word);
    // what stands before the next figure says something of that
    let leads = |at: usize| paragraph.pieces.get(at + 1).is_some_and(|next| matches!(next.what, What::Figure(_)));
    let mut behind = (piece + 1..).take_while(is_word).take(BESIDE);
    piece.checked_sub(1).is_some_and(is_apiece) || behind.any(|at| is_apiece(at) && !leads(at))
}

fn is_count(mention: &Mention) -> bool {
    let is_whole = |number: &Number| number.is_integer() && *number > Number::ONE && *number < Number::from(100_000);
    let is_bare = matches!(mention.kind, Kind::Count | Kind::Number) && unit(mention).is_empty();
    is_bare && mention.hedge.is_none() && mention.figure.nominal.as_ref().is_some_and(is_whole)
}

/// The density of a paragraph that gives one population and one area.
fn density(paragraph: &Paragraph<'_>, units: &Units) -> Option<Structure> {
    let density =
        only(paragraph, |mention, _| mention.unit.as_deref().is_some_and(|unit| unit.starts_with("persons/")))?;
    let of_density = paragraph.mention(density)?;
    let below = units.find(of_density.unit.as_deref()?.split_once('/')?.1)?;
    let is_area = |mention: &Mention, _| {
        let own = mention.unit.as_deref().and_then(|unit| units.find(unit));
        own.is_some_and(|own| units.powers(own) == units.powers(below))
    };
    let area = only(paragraph, is_area)?;
    let is_population = |mention: &Mention, piece: usize| {
        let is_people = mention.unit.as_deref() == Some("persons");
        let before = paragraph.pieces[..piece].iter().rev().take_while(|piece| piece.is_word()).take(4);
        let is_named = || before.into_iter().flat_map(Piece::roles).any(|(_, role)| role == Role::Whole);
        is_people || matches!(mention.kind, Kind::Number | Kind::Count) && unit(mention).is_empty() && is_named()
    };
    let population = only(paragraph, is_population)?;
    let nominal = |piece: usize| paragraph.mention(piece).and_then(|mention| mention.figure.nominal.clone());
    let own = paragraph.mention(area)?.unit.as_deref().and_then(|unit| units.find(unit))?;
    let made = &(&nominal(density)? * &nominal(area)?) * &units.factor(own);
    let is_near = is_near(&made, &(&nominal(population)? * &units.factor(below)));
    let index = |piece: usize| paragraph.figure(piece);
    let structure = Structure::Density { density: index(density)?, population: index(population)?, area: index(area)? };
    is_near.then_some(structure)
}

/// The one figure of a paragraph that is such, if there is only one.
fn only(paragraph: &Paragraph<'_>, is_such: impl Fn(&Mention, usize) -> bool) -> Option<usize> {
    let fits = |piece: &usize| paragraph.mention(*piece).is_some_and(|mention| is_such(mention, *piece));
    let mut all = paragraph.figures().filter(fits);
    let one = all.next().filter(|_| all.next().is_none())?;
    paragraph.mention(one).filter(|mention| mention.figure.nominal.is_some()).map(|_| one)
}

/// Whether a figure is near enough to what was computed that a mistake may explain the rest.
fn is_near(made: &Number, given: &Number) -> bool {
    const HUNDREDTHS: i64 = 40;
    let least = |number: &Number| &Number::fraction(HUNDREDTHS, 100).unwrap_or(Number::ONE) * number;
    *given >= least(made) && *made >= least(given)
}
