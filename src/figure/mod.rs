//! What a written figure means: numbers, intervals, units, quantities, dates, ranks, and the notation for them.
//!
//! Everything here is exact and knows nothing of files, TOML or rules; the units that exist are handed in by the
//! vocabulary. A figure keeps how it was written, because its precision decides what it stands for.

pub mod calendar;
pub mod date;
pub mod interval;
pub mod number;
mod parse;
pub mod quantity;
pub mod slip;
pub mod spelling;
pub mod unit;
pub mod value;

pub use calendar::{Day, Days, Weekday};
pub use date::{Date, Period};
pub use interval::{End, Interval};
pub use number::Number;
pub use quantity::{Decimal, Hedge, Quantity, Reading, Rounding, Scale};
pub use spelling::nearest;
pub use unit::{Base, Dimension, Powers, Unit, UnitRef, Units, months_as_days};
pub use value::{LiteralError, Value};
