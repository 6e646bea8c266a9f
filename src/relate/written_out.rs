//! Figures that are written out in full and have a scale word all the same: `27,136,977 million people`.
//!
//! Money is written so, in millions of a currency that is worth little. Of people and of land there are not that many, and
//! what is counted in a passage that speaks of no money is not counted in millions of millions, so that no text can mean it.

use super::pieces::Paragraph;
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::{Hedge, Number, Units};

/// Digits of a number that is written out in millions.
const FEWEST: usize = 7;
/// More people than ever lived: 117 thousand million by the estimate of the Population Reference Bureau of 2022.
const PEOPLE: i64 = 120_000_000_000;
/// The surface of the Earth in square kilometres.
const LAND: i64 = 510_072_000;

/// The figures of a paragraph that are a million times too large.
pub(super) fn written_out(paragraph: &Paragraph<'_>, units: &Units, found: &mut Vec<Structure>) {
    let is_money = |piece: usize| paragraph.mention(piece).is_some_and(|mention| mention.kind == Kind::Money);
    // a bare amount beside money may be money as well
    let has_money = paragraph.figures().any(is_money);
    for piece in paragraph.figures() {
        let Some(mention) = paragraph.mention(piece) else { continue };
        let most = most(mention, units).or_else(|| written(mention).filter(|_| !has_money));
        if let (Some(most), Some(figure)) = (most, paragraph.figure(piece)) {
            found.push(Structure::WrittenOut { figure, most });
        }
    }
}

/// What the digits of a count say by themselves, where they are whole millions in groups and have a scale word as well.
fn written(mention: &Mention) -> Option<i64> {
    let is_bare = matches!(mention.kind, Kind::Count)
        && mention.unit.is_none()
        && matches!(mention.hedge, None | Some(Hedge::About));
    let nominal = mention.figure.nominal.as_ref().filter(|_| is_bare)?;
    let own = nominal * &Number::power_of_ten(-MILLION);
    // set from right to left the short group stands last
    let is_grouped = matches!(*mention.digit_groups(), [1..=3, 3, 3] | [3, 3, 1..=3]);
    let is_written = is_grouped && own >= Number::power_of_ten(MILLION);
    own.to_i64().filter(|_| is_written)
}

/// Zeros of a million.
const MILLION: i32 = 6;

/// The most that there can be, where a figure is more.
fn most(mention: &Mention, units: &Units) -> Option<i64> {
    let digits = mention.text.chars().filter(|letter| letter.is_numeric()).count();
    let nominal = mention.figure.nominal.as_ref()?;
    if digits < FEWEST || mention.hedge.is_some() || !matches!(mention.kind, Kind::Count | Kind::Quantity) {
        return None;
    }
    let unit = mention.unit.as_deref()?;
    let most = if unit == "persons" { PEOPLE } else { LAND };
    let is_known = unit == "persons" || {
        let (own, area) = (units.find(unit)?, units.find("km2")?);
        own == area
    };
    (is_known && *nominal > Number::from(most)).then_some(most)
}
