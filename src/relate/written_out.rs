//! Figures that are written out in full and have a scale word all the same: `27,136,977 million people`.
//!
//! Money is written so, in millions of a currency that is worth little. Of people and of land there are not that many, so
//! that no text can mean it.

use super::pieces::Paragraph;
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use crate::figure::{Number, Units};

/// Digits of a number that is written out in millions.
const FEWEST: usize = 7;
/// More people than ever lived: 117 thousand million by the estimate of the Population Reference Bureau of 2022.
const PEOPLE: i64 = 120_000_000_000;
/// The surface of the Earth in square kilometres.
const LAND: i64 = 510_072_000;

/// The figures of a paragraph that are a million times too large.
pub(super) fn written_out(paragraph: &Paragraph<'_>, units: &Units, found: &mut Vec<Structure>) {
    for piece in paragraph.figures() {
        let Some(mention) = paragraph.mention(piece) else { continue };
        if let (Some(most), Some(figure)) = (most(mention, units), paragraph.figure(piece)) {
            found.push(Structure::WrittenOut { figure, most });
        }
    }
}

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
