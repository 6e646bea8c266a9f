//! What a changed figure looks like, if it looks like a slip of the pen and not like news.

use super::value::stated;
use crate::extract::Mention;
use crate::figure::Units;
use crate::figure::slip;

/// The slip by which one figure may have become the other.
pub fn slip(old: &Mention, new: &Mention, units: &Units) -> Option<&'static str> {
    let same_number = old.figure.nominal.is_some() && old.figure.nominal == new.figure.nominal;
    match (&old.unit, &new.unit) {
        (Some(unit), None) if same_number && &**unit == "%" => return Some("the percent sign is lost"),
        (Some(_), None) if same_number => return Some("the unit is lost"),
        (Some(_), Some(_)) if same_number && old.unit != new.unit => return Some("another unit"),
        _ => {}
    }
    let (meant, written) = (stated(old, units)?, stated(new, units)?);
    slip::slip(&meant, &written, meant.dimension(units), units).map(|slip| slip.reason)
}
