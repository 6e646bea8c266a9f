//! The figure of a mention as a claim's value.

use crate::extract::{Kind, Mention};
use crate::figure::date::Period;
use crate::figure::{Units, Value};
use crate::relate::value;

/// The value of a mention, or `None` where claims cannot state it.
pub fn value(mention: &Mention, units: &Units) -> Option<Value> {
    if mention.kind == Kind::Rank {
        let place = u32::try_from(mention.figure.nominal.as_ref()?.to_i64()?).ok()?;
        return Some(Value::Rank { hedge: mention.hedge, place });
    }
    let stated = value::value(mention, false, units);
    let period = || Period::parse(mention.date.as_deref()?).ok().filter(|_| mention.hedge.is_none());
    stated.or_else(|| period().map(|period| Value::Period(Box::new(period))))
}
