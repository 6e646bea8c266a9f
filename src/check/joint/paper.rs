//! How the steps of a derivation are written: a relation solved for one figure, with the other figures in place.

use super::super::arithmetic::print_day;
use super::super::domain::Domain;
use super::super::facts::Reader;
use super::derivation::Inference;
use super::network::{Component, World};
use super::writer::Writer;
use crate::claims::key::Qualified;
use crate::claims::{FactKey, QualifierSets};
use crate::figure::value::print_rounded;
use crate::figure::{Day, Dimension, End, Number, Quantity, Scale, UnitRef, Value};
use crate::rules::vocabulary::OVER;

/// Everything that is needed to write a step.
pub struct Paper<'a> {
    pub component: &'a Component<'a>,
    pub world: &'a World,
    pub reader: Reader<'a>,
    pub sets: &'a QualifierSets,
    /// Qualifiers that are said once for all facts, and left out of the name of each.
    pub shared: Vec<Qualified>,
}

/// How the values of a variable are printed.
struct Format {
    unit: UnitRef,
    scale: Scale,
    decimals: i32,
}

impl<'a> Paper<'a> {
    pub fn of(
        component: &'a Component<'a>,
        world: &'a World,
        reader: Reader<'a>,
        sets: &'a QualifierSets,
    ) -> Paper<'a> {
        Paper { component, world, reader, sets, shared: Vec::new() }
    }

    /// The same, with what all facts of the world say alike told once. A fact whose measure has the qualifier and that does
    /// not say it is another one, so then it stays in each name.
    pub fn telling_once(mut self) -> Paper<'a> {
        let constraints = self.world.constraints.iter().map(|index| &self.component.constraints[*index]);
        let mut facts: Vec<FactKey> = constraints
            .flat_map(|check| check.variables())
            .filter_map(|variable| self.component.variables[variable].key)
            .collect();
        facts.sort_unstable();
        facts.dedup();
        let mut said: Vec<Qualified> =
            facts.iter().flat_map(|key| self.sets.content(key.qualifiers)).copied().collect();
        said.sort_unstable();
        said.dedup();
        let says_alike = |(qualifier, value): &Qualified, key: &FactKey| {
            let can_say = self.reader.vocabulary.measure(key.measure).keys.contains(qualifier);
            !can_say || self.sets.value(key.qualifiers, *qualifier) == Some(*value)
        };
        said.retain(|one| facts.len() > 1 && facts.iter().all(|key| says_alike(one, key)));
        self.shared = said;
        self
    }

    /// What is told once, in words: `period 2020, currency EUR`.
    pub fn told_once(&self) -> String {
        let parts: Vec<String> = self.shared.iter().filter_map(|one| self.qualifier(one)).collect();
        parts.join(", ")
    }

    fn qualifier(&self, (qualifier, value): &Qualified) -> Option<String> {
        let vocabulary = self.reader.vocabulary;
        let id = &vocabulary.qualifier(*qualifier).id;
        (&**id != OVER).then(|| format!("{id} {}", self.reader.claims.word(*value, &vocabulary.names)))
    }

    /// A fact in words: `trade.goods.exports of kazakhstan, period 2020`.
    fn fact_name(&self, key: FactKey) -> String {
        let vocabulary = self.reader.vocabulary;
        let subject = self.reader.claims.word(key.subject, &vocabulary.names);
        let mut text = format!("{} of {subject}", vocabulary.measure(key.measure).id);
        let own = self.sets.content(key.qualifiers).iter().filter(|one| !self.shared.contains(one));
        for part in own.filter_map(|one| self.qualifier(one)) {
            text.push_str(", ");
            text.push_str(&part);
        }
        text
    }

    /// What a check says of one variable.
    pub fn inference(&self, constraint: usize, variable: usize, before: &[Domain], after: &Domain) -> Inference {
        let check = &self.component.constraints[constraint];
        let writer = Writer { paper: self, constraint, state: before, hidden: variable };
        let (relation, formula) = writer.solved(check.assert).unwrap_or_else(|| ("", writer.text(check.assert, 0)));
        let (low, high, unit) = self.ends(variable, after);
        Inference {
            rule: check.rule.into(),
            check: check.check.map(Into::into),
            fact: self.name(variable),
            relation,
            formula,
            low,
            high,
            unit,
        }
    }

    /// A whole check, with names for the figures that nobody states.
    pub fn relation(&self, constraint: usize, state: &[Domain]) -> Inference {
        let check = &self.component.constraints[constraint];
        let writer = Writer { paper: self, constraint, state, hidden: usize::MAX };
        Inference {
            rule: check.rule.into(),
            check: check.check.map(Into::into),
            formula: writer.text(check.assert, 0),
            ..Inference::default()
        }
    }

    /// A variable in words.
    pub fn name(&self, variable: usize) -> String {
        let variable = &self.component.variables[variable];
        match (variable.key, variable.claims.first()) {
            (Some(key), _) => self.fact_name(key),
            (None, Some(claim)) => format!("`{}`", self.reader.claims.id(*claim)),
            (None, None) => String::new(),
        }
    }

    /// The ends of a domain, rounded outwards, and their unit.
    pub fn ends(&self, variable: usize, domain: &Domain) -> (Option<String>, Option<String>, String) {
        match domain {
            Domain::Number { interval, calendar } => {
                let format = self.format(variable);
                let units = &self.reader.vocabulary.units;
                let own_scale = units.is_calendar(format.unit);
                let format = match (calendar, own_scale) {
                    (true, true) | (false, false) => format,
                    (true, false) => self.plain("months"),
                    (false, true) => self.plain("days"),
                };
                let factor = &units.factor(format.unit) * &Number::power_of_ten(format.scale as i32);
                let inverse = factor.reciprocal().unwrap_or(Number::ONE);
                let print = |end: &End, up: bool| {
                    end.number().map(|number| print_outwards(&(number * &inverse), format.decimals, up))
                };
                let unit = units.name(format.unit);
                let words = [format.scale.word().unwrap_or_default(), &unit];
                let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
                (print(interval.low(), false), print(interval.high(), true), words.join(" "))
            }
            Domain::Days(days) => (day(days.low()), day(days.high()), String::new()),
            Domain::Extent { start, end } => (day(start.low()), day(end.high()), String::new()),
        }
    }

    fn plain(&self, unit: &str) -> Format {
        let unit = self.reader.vocabulary.units.find(unit).unwrap_or(UnitRef::NONE);
        Format { unit, scale: Scale::One, decimals: 1 }
    }

    /// The unit of a variable's own figures, else of others of its kind in the same text.
    fn format(&self, variable: usize) -> Format {
        let units = &self.reader.vocabulary.units;
        let own = &self.component.variables[variable];
        let quantity = |claim: &crate::claims::ClaimIndex| match &self.reader.claims.get(*claim).value {
            Value::Quantity(quantity) => Some(quantity),
            _ => None,
        };
        let dimension = own.key.map(|key| self.reader.vocabulary.measure(key.measure).dimension);
        let alike = |quantity: &&Quantity| Some(Dimension::Quantity(units.powers(quantity.unit))) == dimension;
        let constraints = self.world.constraints.iter().map(|index| &self.component.constraints[*index]);
        let others =
            constraints.flat_map(|check| check.variables()).flat_map(|other| &self.component.variables[other].claims);
        let figures: Vec<&Quantity> =
            own.claims.iter().filter_map(quantity).chain(others.filter_map(quantity).filter(alike)).collect();
        let Some(first) = figures.first() else {
            let unit = match dimension {
                Some(Dimension::RATIO) => units.find("%").unwrap_or(UnitRef::NONE),
                _ => UnitRef::NONE,
            };
            return Format { unit, scale: Scale::One, decimals: 2 };
        };
        let scale = first.number.scale();
        let decimals = figures
            .iter()
            .filter(|quantity| quantity.unit == first.unit)
            .map(|quantity| i32::from(quantity.number.decimals()) + scale as i32 - quantity.number.scale() as i32);
        Format { unit: first.unit, scale, decimals: decimals.max().map_or(2, |decimals| decimals.max(0) + 1) }
    }

    /// A variable as it stands in a formula: its figure, or what is known of it.
    pub fn figure(&self, variable: usize, domain: &Domain) -> String {
        let own = &self.component.variables[variable];
        let mut claims = own.claims.iter().filter(|claim| !self.world.dropped.contains(claim));
        if let Some(claim) = claims.next()
            && own.start(self.world, self.reader) == *domain
            && !own.conflicts(self.world.reading)
        {
            return self.reader.claims.get(*claim).value.print(&self.reader.vocabulary.units);
        }
        let (low, high, unit) = self.ends(variable, domain);
        let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
        match (low, high) {
            (Some(low), Some(high)) if low == high => format!("{low}{unit}"),
            (Some(low), Some(high)) => format!("({low} to {high}{unit})"),
            (Some(low), None) => format!("({low}{unit} or more)"),
            (None, Some(high)) => format!("({high}{unit} or less)"),
            (None, None) => format!("[{}]", self.name(variable)),
        }
    }
}

fn day(end: &End) -> Option<String> {
    end.number().and_then(Number::to_i64).map(|day| print_day(Day(day)))
}

/// A number with so many decimals that is not above (not below) it.
fn print_outwards(number: &Number, decimals: i32, up: bool) -> String {
    let shifted = number * &Number::power_of_ten(decimals);
    let whole = if up { shifted.ceiling() } else { shifted.floor() };
    print_rounded(&(&whole * &Number::power_of_ten(-decimals)), decimals)
}
