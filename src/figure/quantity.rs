//! A written quantity: a decimal with the precision it was written in, a hedge, a range and a unit, and the interval
//! of numbers that it stands for under each reading.
//!
//! This is where a figure stops being a point. `12.6` is everything that rounds to it; `2,300` is a whole number
//! whose zeros may or may not be significant, hence the two readings. Text is not read here: see [`Value::parse`](super::Value::parse).

use super::interval::{End, Interval};
use super::number::Number;
use super::unit::{UnitRef, Units};

/// How generously a figure's precision is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reading {
    /// Every digit that is written is significant.
    Tight,
    /// Trailing zeros of a whole number are not.
    Loose,
}

/// What the writer did with the digits that are not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest; which way a tie went is unknown, so both ends are closed.
    #[default]
    Nearest,
    /// Cut off, towards zero.
    Truncated,
    /// Counted in completed units, as an age is: cut off, and a bound speaks of completed units as well. `<= 81 years`
    /// lasts until the day before the 82nd birthday.
    Completed,
}

/// A word that makes a figure a bound or an approximation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hedge {
    Above,
    AtLeast,
    Below,
    AtMost,
    About,
}

impl Hedge {
    /// The sign that claims and machine formats write.
    pub fn sign(self) -> &'static str {
        match self {
            Hedge::Above => ">",
            Hedge::AtLeast => ">=",
            Hedge::Below => "<",
            Hedge::AtMost => "<=",
            Hedge::About => "~",
        }
    }
}

/// A scale word; the number is the power of ten it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Scale {
    One = 0,
    Thousand = 3,
    Million = 6,
    Billion = 9,
    Trillion = 12,
}

impl Scale {
    pub const WORDS: [(Scale, &'static str); 4] = [
        (Scale::Thousand, "thousand"),
        (Scale::Million, "million"),
        (Scale::Billion, "billion"),
        (Scale::Trillion, "trillion"),
    ];

    pub fn named(word: &str) -> Option<Scale> {
        Scale::WORDS.iter().find(|(_, name)| *name == word).map(|(scale, _)| *scale)
    }

    pub fn word(self) -> Option<&'static str> {
        Scale::WORDS.iter().find(|(scale, _)| *scale == self).map(|(_, name)| *name)
    }
}

/// A decimal exactly as written: `2.30 million` is 230 with two decimals, in millions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(Digits);

/// The digits as one whole number, with the sign; how many of them stand after the point; the scale word. A claim has
/// such a figure, and there are millions of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Digits {
    /// Used whenever the number fits.
    Small(i64, u16, Scale),
    Wide(Box<(Number, u16, Scale)>),
}

impl Decimal {
    pub fn new(significand: Number, decimals: u16, scale: Scale) -> Decimal {
        Decimal(match significand.to_i64() {
            Some(small) => Digits::Small(small, decimals, scale),
            None => Digits::Wide(Box::new((significand, decimals, scale))),
        })
    }

    pub fn significand(&self) -> Number {
        match &self.0 {
            Digits::Small(significand, ..) => Number::from(*significand),
            Digits::Wide(wide) => wide.0.clone(),
        }
    }

    pub fn decimals(&self) -> u16 {
        match &self.0 {
            Digits::Small(_, decimals, _) => *decimals,
            Digits::Wide(wide) => wide.1,
        }
    }

    pub fn scale(&self) -> Scale {
        match &self.0 {
            Digits::Small(.., scale) => *scale,
            Digits::Wide(wide) => wide.2,
        }
    }

    /// The number written, after the scale word.
    pub fn nominal(&self) -> Number {
        match self.exponent() {
            0 => self.significand(),
            exponent => &self.significand() * &Number::power_of_ten(exponent),
        }
    }

    /// The power of ten of the last digit written.
    fn exponent(&self) -> i32 {
        self.scale() as i32 - i32::from(self.decimals())
    }

    /// The power of ten of the last significant digit.
    pub fn precision(&self, reading: Reading) -> i32 {
        let zeros = if reading == Reading::Loose { self.trailing_zeros() } else { 0 };
        self.exponent() + zeros
    }

    /// Zeros at the end of a whole number: those that may only fill up places.
    fn trailing_zeros(&self) -> i32 {
        let significand = self.significand();
        if self.decimals() > 0 || significand.is_zero() {
            return 0;
        }
        match significand.to_i64() {
            Some(mut digits) => {
                let mut zeros = 0;
                while digits % 10 == 0 {
                    digits /= 10;
                    zeros += 1;
                }
                zeros
            }
            // wider than the machine: count in the text
            None => {
                let text = significand.to_string();
                i32::try_from(text.len() - text.trim_end_matches('0').len()).unwrap_or(0)
            }
        }
    }

    /// Everything that is written so when rounded to the precision of this reading.
    fn interval(&self, reading: Reading, rounding: Rounding) -> Interval {
        let unit = Number::power_of_ten(self.precision(reading));
        let nominal = self.nominal();
        match rounding {
            Rounding::Nearest => {
                let half = &unit * &Number::fraction(1, 2).unwrap_or(Number::ONE);
                Interval::closed(&nominal - &half, &nominal + &half)
            }
            Rounding::Truncated | Rounding::Completed => {
                let (low, high) = if nominal.is_zero() {
                    (End::Open(-&unit), End::Open(unit))
                } else if nominal.is_negative() {
                    (End::Open(&nominal - &unit), End::Closed(nominal))
                } else {
                    (End::Closed(nominal.clone()), End::Open(&nominal + &unit))
                };
                Interval::new(low, high).unwrap_or(Interval::ALL)
            }
        }
    }

    /// One whole unit of the last significant digit to either side. Whoever says "about" lays no claim to the zeros at
    /// the end, in either reading.
    fn about(&self) -> Interval {
        let unit = Number::power_of_ten(self.precision(Reading::Loose));
        let nominal = self.nominal();
        Interval::closed(&nominal - &unit, &nominal + &unit)
    }
}

/// A quantity as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    pub hedge: Option<Hedge>,
    /// Counted or defined, not rounded.
    pub exact: bool,
    pub number: Decimal,
    /// The upper number of a range `18..21 %`; `number` is the lower one.
    pub upper: Option<Box<Decimal>>,
    pub unit: UnitRef,
}

impl Quantity {
    /// An exact whole number without a unit: what a list of `count` members says.
    pub fn counted(count: usize) -> Quantity {
        let significand = i64::try_from(count).map_or(Number::ZERO, Number::from);
        let number = Decimal::new(significand, 0, Scale::One);
        Quantity { hedge: None, exact: true, number, upper: None, unit: UnitRef::NONE }
    }

    /// Whether it is one figure without hedge or range, so that another of the same precision must be the same.
    pub fn is_plain(&self) -> bool {
        self.hedge.is_none() && self.upper.is_none() && !self.exact
    }

    /// The interval that it stands for, in base units (calendar units: in months).
    pub fn interval(&self, units: &Units, reading: Reading, rounding: Rounding) -> Interval {
        let written = self.written_interval(units, reading, rounding);
        if self.unit.is_none() {
            return written;
        }
        let factor = units.factor(self.unit);
        if factor == Number::ONE { written } else { written.scaled(&factor) }
    }

    /// The same in the unit that is written.
    fn written_interval(&self, units: &Units, reading: Reading, rounding: Rounding) -> Interval {
        if rounding == Rounding::Completed
            && let Some(interval) = self.completed_bound(reading)
        {
            return interval;
        }
        match self.hedge {
            Some(Hedge::Above) => return Interval::above(End::Open(self.number.nominal())),
            Some(Hedge::AtLeast) => return Interval::above(End::Closed(self.number.nominal())),
            Some(Hedge::Below) => return Interval::below(End::Open(self.number.nominal())),
            Some(Hedge::AtMost) => return Interval::below(End::Closed(self.number.nominal())),
            Some(Hedge::About) | None => {}
        }
        let low = self.end_interval(&self.number, units, reading, rounding);
        match &self.upper {
            Some(upper) => low.hull(&self.end_interval(upper, units, reading, rounding)),
            None => low,
        }
    }

    /// A bound, or an exact figure, of completed units; `None` for any other.
    fn completed_bound(&self, reading: Reading) -> Option<Interval> {
        let nominal = self.number.nominal();
        let next = &nominal + &Number::power_of_ten(self.number.precision(reading));
        match self.hedge {
            Some(Hedge::AtMost) => Some(Interval::below(End::Open(next))),
            Some(Hedge::Above) => Some(Interval::above(End::Closed(next))),
            None if self.exact && self.upper.is_none() => Interval::new(End::Closed(nominal), End::Open(next)),
            _ => None,
        }
    }

    fn end_interval(&self, number: &Decimal, units: &Units, reading: Reading, rounding: Rounding) -> Interval {
        if self.exact {
            Interval::point(number.nominal())
        } else if self.hedge == Some(Hedge::About) {
            number.about()
        } else if self.is_point(number, units, reading) {
            Interval::point(number.nominal())
        } else {
            number.interval(reading, rounding)
        }
    }

    /// A count without a scale word is the number itself, or 3 + 2 could be 6; only its trailing zeros are loosened.
    fn is_point(&self, number: &Decimal, units: &Units, reading: Reading) -> bool {
        if number.decimals() > 0 || number.scale() != Scale::One {
            return false;
        }
        let counted = self.unit.is_none() || super::unit::Dimension::Quantity(units.powers(self.unit)).is_counted();
        counted && (reading == Reading::Tight || number.trailing_zeros() == 0)
    }

    /// Size of one unit of the last significant digit, in base units.
    pub fn precision(&self, units: &Units, reading: Reading) -> Number {
        &Number::power_of_ten(self.number.precision(reading)) * &units.factor(self.unit)
    }

    /// The number written, in base units; `None` for a range.
    pub fn nominal(&self, units: &Units) -> Option<Number> {
        self.upper.is_none().then(|| &self.number.nominal() * &units.factor(self.unit))
    }
}
