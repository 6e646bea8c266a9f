//! Dimensions and units: what may be added to what, and the exact factor from one unit to another.
//!
//! A dimension is a product of powers of a few bases (an area is a length squared), so that quotients such as
//! `persons/km2` or `USD/EUR` need no table of their own. Dates, periods and ranks are no quantities and are
//! dimensions by themselves. Which units exist is not decided here: they are given to [`Units`] by the vocabulary.

use std::fmt;

use rustc_hash::FxHashMap;

use super::interval::Interval;
use super::number::Number;

/// What a quantity is a multiple of. `Points` are percentage points, which are no ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    Length,
    Mass,
    Duration,
    Money,
    Persons,
    Count,
    Points,
    Temperature,
}

const BASES: [(Base, &str); 8] = [
    (Base::Length, "length"),
    (Base::Mass, "mass"),
    (Base::Duration, "duration"),
    (Base::Money, "money"),
    (Base::Persons, "persons"),
    (Base::Count, "count"),
    (Base::Points, "points"),
    (Base::Temperature, "temperature"),
];

/// Powers of the bases; all zero is a pure ratio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Powers([i8; BASES.len()]);

impl Powers {
    pub const RATIO: Powers = Powers([0; BASES.len()]);

    pub const fn of(base: Base) -> Powers {
        Powers::power(base, 1)
    }

    pub const fn power(base: Base, exponent: i8) -> Powers {
        let mut powers = [0; BASES.len()];
        powers[base as usize] = exponent;
        Powers(powers)
    }

    pub fn exponent(&self, base: Base) -> i8 {
        self.0[base as usize]
    }

    pub fn times(&self, other: &Powers) -> Powers {
        Powers(std::array::from_fn(|index| self.0[index].saturating_add(other.0[index])))
    }

    pub fn per(&self, other: &Powers) -> Powers {
        Powers(std::array::from_fn(|index| self.0[index].saturating_sub(other.0[index])))
    }
}

/// The kind of thing that a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    Quantity(Powers),
    Date,
    Period,
    Rank,
}

impl Dimension {
    pub const RATIO: Dimension = Dimension::Quantity(Powers::RATIO);
    pub const COUNT: Dimension = Dimension::Quantity(Powers::of(Base::Count));
    pub const PERSONS: Dimension = Dimension::Quantity(Powers::of(Base::Persons));
    pub const DURATION: Dimension = Dimension::Quantity(Powers::of(Base::Duration));
    pub const MONEY: Dimension = Dimension::Quantity(Powers::of(Base::Money));
    pub const POINTS: Dimension = Dimension::Quantity(Powers::of(Base::Points));

    /// The dimension named by one word: `length`, `area`, `date`, …
    pub fn named(name: &str) -> Option<Dimension> {
        Some(match name {
            "ratio" => Dimension::RATIO,
            "area" => Dimension::Quantity(Powers::power(Base::Length, 2)),
            "volume" => Dimension::Quantity(Powers::power(Base::Length, 3)),
            "date" => Dimension::Date,
            "period" => Dimension::Period,
            "rank" => Dimension::Rank,
            _ => {
                let (base, _) = BASES.iter().find(|(_, word)| *word == name)?;
                Dimension::Quantity(Powers::of(*base))
            }
        })
    }

    /// All words that [`Dimension::named`] knows, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ["ratio", "area", "volume", "date", "period", "rank"].into_iter().chain(BASES.iter().map(|(_, word)| *word))
    }

    pub fn powers(&self) -> Option<Powers> {
        match self {
            Dimension::Quantity(powers) => Some(*powers),
            _ => None,
        }
    }

    /// Whether values of it are money or money per something, so that a currency is part of the fact.
    pub fn has_currency(&self) -> bool {
        self.powers().is_some_and(|powers| powers.exponent(Base::Money) != 0)
    }

    /// Whether its values are whole things that are counted.
    pub fn is_counted(&self) -> bool {
        *self == Dimension::COUNT || *self == Dimension::PERSONS
    }
}

/// The dimension in words: `length`, `persons/area`, `money`.
impl fmt::Display for Dimension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let powers = match self {
            Dimension::Date => return formatter.write_str("date"),
            Dimension::Period => return formatter.write_str("period"),
            Dimension::Rank => return formatter.write_str("rank"),
            Dimension::Quantity(powers) => powers,
        };
        let part = |sign: i8| -> String {
            let words = BASES.iter().filter_map(|(base, word)| match powers.exponent(*base).saturating_mul(sign) {
                exponent if exponent <= 0 => None,
                1 => Some((*word).to_owned()),
                2 if *base == Base::Length => Some("area".to_owned()),
                3 if *base == Base::Length => Some("volume".to_owned()),
                exponent => Some(format!("{word}^{exponent}")),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        match (part(1).as_str(), part(-1).as_str()) {
            ("", "") => formatter.write_str("ratio"),
            (above, "") => formatter.write_str(above),
            ("", below) => write!(formatter, "1/{below}"),
            (above, below) => write!(formatter, "{above}/{below}"),
        }
    }
}

/// How a unit leads to the base unit of its dimension (metre, kilogram, day, one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// So many base units, exactly.
    Factor(Number),
    /// So many calendar months: no fixed number of days.
    Months(i64),
}

/// One unit of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Canonical name, as claims write it: `km2`, `USD`, `persons`.
    pub id: Box<str>,
    pub powers: Powers,
    pub measure: Measure,
}

impl Unit {
    pub fn is_currency(&self) -> bool {
        self.powers == Powers::of(Base::Money)
    }
}

/// A unit or a quotient of two, as an index into [`Units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitRef {
    numerator: u16,
    denominator: u16,
}

const NO_UNIT: u16 = u16::MAX;

impl UnitRef {
    /// A bare number.
    pub const NONE: UnitRef = UnitRef { numerator: NO_UNIT, denominator: NO_UNIT };

    pub fn is_none(&self) -> bool {
        self.numerator == NO_UNIT
    }
}

/// Average length of a Gregorian month in days (146,097 days in 4,800 months), for rates such as `persons/years`.
const DAYS_PER_MONTH: (i64, i64) = (146_097, 4_800);

/// How far a number of calendar months can be from its average in days: leap years and the unequal lengths of months
/// never make more than three, so five is sound.
const CALENDAR_SLACK: i64 = 5;

/// Calendar months as days, widened by what the calendar leaves open.
pub fn months_as_days(months: &Interval) -> Interval {
    let (days, of_months) = DAYS_PER_MONTH;
    let average = Number::fraction(days, of_months).unwrap_or(Number::ONE);
    let slack = Interval::closed(Number::from(-CALENDAR_SLACK), Number::from(CALENDAR_SLACK));
    months.scaled(&average).plus(&slack)
}

/// The units of a vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    by_name: FxHashMap<Box<str>, u16>,
}

impl Units {
    /// Adds a unit, or replaces the one with the same id. At most 65,000 are kept.
    pub fn define(&mut self, unit: Unit) -> Option<UnitRef> {
        if let Some(&index) = self.by_name.get(&unit.id)
            && self.units[index as usize].id == unit.id
        {
            self.units[index as usize] = unit;
            return Some(UnitRef { numerator: index, denominator: NO_UNIT });
        }
        let index = u16::try_from(self.units.len()).ok().filter(|index| *index < NO_UNIT)?;
        self.by_name.insert(unit.id.clone(), index);
        self.units.push(unit);
        Some(UnitRef { numerator: index, denominator: NO_UNIT })
    }

    /// Another spelling of a unit; it never hides an id.
    pub fn define_alias(&mut self, alias: &str, unit: UnitRef) {
        self.by_name.entry(alias.into()).or_insert(unit.numerator);
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }

    /// The units by id, in the order of their definition.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// The unit or quotient of two units that is written so: `km`, `persons/km2`, `USD/EUR`.
    pub fn find(&self, text: &str) -> Option<UnitRef> {
        if let Some(&numerator) = self.by_name.get(text) {
            return Some(UnitRef { numerator, denominator: NO_UNIT });
        }
        let (above, below) = text.split_once('/')?;
        let numerator = *self.by_name.get(above.trim())?;
        let denominator = *self.by_name.get(below.trim())?;
        Some(UnitRef { numerator, denominator })
    }

    /// The dimension that a measure names by a word or a quotient of words and units: `length`, `money/persons`.
    pub fn dimension_named(&self, text: &str) -> Option<Dimension> {
        if let Some(dimension) = Dimension::named(text) {
            return Some(dimension);
        }
        let part = |word: &str| -> Option<Powers> {
            Dimension::named(word)
                .and_then(|dimension| dimension.powers())
                .or_else(|| self.find(word).map(|unit| self.powers(unit)))
        };
        let (above, below) = text.split_once('/')?;
        Some(Dimension::Quantity(part(above.trim())?.per(&part(below.trim())?)))
    }

    fn get(&self, index: u16) -> Option<&Unit> {
        self.units.get(index as usize)
    }

    pub fn name(&self, unit: UnitRef) -> String {
        match (self.get(unit.numerator), self.get(unit.denominator)) {
            (None, _) => String::new(),
            (Some(above), None) => above.id.to_string(),
            (Some(above), Some(below)) => format!("{}/{}", above.id, below.id),
        }
    }

    /// Powers of a unit; a bare number counts things.
    pub fn powers(&self, unit: UnitRef) -> Powers {
        match (self.get(unit.numerator), self.get(unit.denominator)) {
            (None, _) => Powers::of(Base::Count),
            (Some(above), None) => above.powers,
            (Some(above), Some(below)) => above.powers.per(&below.powers),
        }
    }

    /// The currencies that a unit names: above and below the line.
    pub fn currencies(&self, unit: UnitRef) -> (Option<&str>, Option<&str>) {
        let code = |index| self.get(index).filter(|unit| unit.is_currency()).map(|unit| &*unit.id);
        (code(unit.numerator), code(unit.denominator))
    }

    /// Whether amounts in this unit are counted in calendar months (months, years, decades …).
    pub fn is_calendar(&self, unit: UnitRef) -> bool {
        unit.denominator == NO_UNIT
            && self.get(unit.numerator).is_some_and(|unit| matches!(unit.measure, Measure::Months(_)))
    }

    /// The exact number of base units (for a calendar unit: of months) in one of this unit.
    pub fn factor(&self, unit: UnitRef) -> Number {
        match (self.get(unit.numerator), self.get(unit.denominator)) {
            (None, _) => Number::ONE,
            (Some(above), None) => match &above.measure {
                Measure::Factor(factor) => factor.clone(),
                Measure::Months(months) => Number::from(*months),
            },
            (Some(above), Some(below)) => {
                let inverse = in_days(below).reciprocal().unwrap_or(Number::ONE);
                &in_days(above) * &inverse
            }
        }
    }
}

/// The factor of a unit within a quotient, where a calendar unit counts with its average length.
fn in_days(unit: &Unit) -> Number {
    match &unit.measure {
        Measure::Factor(factor) => factor.clone(),
        Measure::Months(months) => {
            let (days, of_months) = DAYS_PER_MONTH;
            Number::fraction(days, of_months).map_or(Number::ONE, |month| &month * &Number::from(*months))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_print_as_they_are_named() {
        for name in ["length", "area", "volume", "ratio", "persons", "points", "date", "period", "rank", "money"] {
            assert_eq!(Dimension::named(name).unwrap().to_string(), name);
        }
        assert_eq!(Dimension::named("weight"), None);
    }

    #[test]
    fn quotients_need_no_table() {
        let mut units = Units::default();
        let mut define = |id: &str, powers, factor| {
            units.define(Unit { id: id.into(), powers, measure: Measure::Factor(factor) }).unwrap()
        };
        define("km2", Powers::power(Base::Length, 2), Number::from(1_000_000));
        define("persons", Powers::of(Base::Persons), Number::ONE);
        let density = units.find("persons/km2").unwrap();
        assert_eq!(units.name(density), "persons/km2");
        assert_eq!(units.factor(density), Number::power_of_ten(-6));
        let dimension = units.dimension_named("persons/area").unwrap();
        assert_eq!(dimension.powers(), Some(units.powers(density)));
        assert_eq!(dimension.to_string(), "persons/area");
        assert_eq!(units.find("persons/ell"), None);
    }
}
