//! The arithmetic of a check as one would write it on paper, in the value language.
//!
//! Names are replaced by the figures as written, each side gets the value that follows and the ends that rounding
//! allows, in the unit that its figures use. Nothing here decides anything; it prints what was decided.

use super::domain::Domain;
use super::evaluate::{Computed, Evaluator, TermDomains};
use super::facts::Reader;
use super::finding::{Arithmetic, Side};
use crate::claims::ClaimIndex;
use crate::figure::value::{print_number, print_rounded};
use crate::figure::{
    Base, Date, Day, Dimension, End, Interval, Number, Powers, Quantity, Reading, Scale, UnitRef, Value,
};
use crate::rules::expression::typing::{self, TermType, Type};
use crate::rules::expression::{Comparison, Kind, Node};

/// The claims that are shown for the terms of a check: one, or those of a set.
#[derive(Clone, Debug)]
pub struct ShownTerm {
    pub is_set: bool,
    pub claims: Vec<ClaimIndex>,
    /// For a variable: the period that it holds.
    pub word: Option<Box<str>>,
}

/// Prints the comparisons of an assertion: those that cannot hold, or for one that holds, those that can.
pub fn arithmetic(
    node: &Node,
    terms: &[ShownTerm],
    domains: &[TermDomains],
    reader: Reader<'_>,
    only_failing: bool,
) -> Vec<Arithmetic> {
    let types = types(terms, reader);
    let printer = Printer { terms, domains, types, reader };
    let mut comparisons = Vec::new();
    collect(node, &mut comparisons);
    let mut lines = Vec::new();
    for (comparison, left, right) in comparisons {
        let evaluator = printer.evaluator();
        let truth = super::evaluate::compare(comparison, &evaluator.value(left), &evaluator.value(right));
        // of alternatives, those that decide
        if truth.can_hold != only_failing {
            lines.push(printer.line(comparison, left, right));
        }
    }
    if lines.is_empty() {
        // a condition without a comparison (`distinct`, `ordered`, `whole`), or one that fails only as a whole
        let formula = printer.formula(node, 0);
        let side = Side { formula, is_figure: true, ..Side::default() };
        lines.push(Arithmetic { left: side, relation: "", right: Side::default(), miss: None });
    }
    lines
}

fn collect<'n>(node: &'n Node, found: &mut Vec<(Comparison, &'n Node, &'n Node)>) {
    match &node.kind {
        Kind::Comparison(comparison, left, right) => found.push((*comparison, left, right)),
        Kind::And(left, right) | Kind::Or(left, right) => {
            collect(left, found);
            collect(right, found);
        }
        Kind::Not(inner) => collect(inner, found),
        _ => {}
    }
}

/// The types of the terms of a check.
pub fn types(terms: &[ShownTerm], reader: Reader<'_>) -> Vec<TermType> {
    terms.iter().map(|term| term_type(term, reader)).collect()
}

fn term_type(term: &ShownTerm, reader: Reader<'_>) -> TermType {
    if term.word.is_some() {
        return typing::VARIABLE;
    }
    let element = term.claims.first().map_or(Type::Unknown, |index| {
        let claim = reader.claims.get(*index);
        Type::Value(match claim.key {
            Some(key) => reader.vocabulary.measure(key.measure).dimension,
            None => claim.value.dimension(&reader.vocabulary.units),
        })
    });
    TermType { element, is_set: term.is_set }
}

/// In which unit, with which scale word and how many decimals a value is printed.
#[derive(Clone, Debug)]
struct Format {
    unit: UnitRef,
    scale: Scale,
    decimals: i32,
    is_date: bool,
}

struct Printer<'a> {
    terms: &'a [ShownTerm],
    domains: &'a [TermDomains],
    types: Vec<TermType>,
    reader: Reader<'a>,
}

impl Printer<'_> {
    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator { terms: self.domains, units: &self.reader.vocabulary.units }
    }

    fn line(&self, comparison: Comparison, left: &Node, right: &Node) -> Arithmetic {
        let format = self.format(left, right);
        let (a, b) = (self.evaluator().value(left), self.evaluator().value(right));
        let calendar = self.is_calendar(&format);
        let can_hold = super::evaluate::compare(comparison, &a, &b).can_hold;
        let miss = self.gap(&a, &b, calendar).filter(|_| !can_hold).map(|gap| {
            if format.is_date {
                let days = gap.to_i64().unwrap_or(0);
                return format!("{days} {}", if days == 1 { "day" } else { "days" });
            }
            let unit = self.difference_unit(&format);
            format!("{}{}", self.scaled_gap(&gap, &format), if unit.is_empty() { unit } else { format!(" {unit}") })
        });
        Arithmetic {
            left: self.side(left, &a, &format, calendar),
            relation: comparison.sign(),
            right: self.side(right, &b, &format, calendar),
            miss,
        }
    }

    fn gap(&self, a: &Computed, b: &Computed, calendar: bool) -> Option<Number> {
        let (x, y) = (shown_interval(a, calendar), shown_interval(b, calendar));
        x.gap(&y).filter(|gap| !gap.is_zero())
    }

    fn side(&self, node: &Node, value: &Computed, format: &Format, calendar: bool) -> Side {
        let is_figure = matches!(node.kind, Kind::Term(_) | Kind::Constant(_));
        let interval = shown_interval(value, calendar);
        let end = |end: &End| end.number().map(|number| self.printed(number, format));
        Side {
            formula: self.formula(node, 0),
            nominal: self.nominal(node, format, calendar),
            low: end(interval.low()),
            high: end(interval.high()),
            unit: if format.is_date { String::new() } else { self.unit_text(format) },
            is_figure,
        }
    }

    /// The value that the figures give exactly as written.
    fn nominal(&self, node: &Node, format: &Format, calendar: bool) -> Option<String> {
        if format.is_date {
            return None;
        }
        let point = |index: &ClaimIndex| -> Option<Domain> {
            let value = &self.reader.claims.get(*index).value;
            let units = &self.reader.vocabulary.units;
            match value {
                Value::Quantity(quantity) if value.hedge().is_none() => Some(Domain::Number {
                    interval: Interval::point(quantity.nominal(units)?),
                    calendar: units.is_calendar(quantity.unit),
                }),
                Value::Rank { hedge: None, place } => {
                    Some(Domain::Number { interval: Interval::point(Number::from(i64::from(*place))), calendar: false })
                }
                _ => None,
            }
        };
        let mut terms = Vec::with_capacity(self.terms.len());
        for (index, term) in self.terms.iter().enumerate() {
            if term.word.is_some() {
                terms.push(self.domains.get(index)?.clone());
                continue;
            }
            let points: Option<Vec<Domain>> = term.claims.iter().map(point).collect();
            terms.push(match (points, node.mentions(index)) {
                (Some(points), _) if term.is_set => TermDomains::Set(points),
                (Some(points), _) => TermDomains::One(points.into_iter().next()?),
                (None, true) => return None,
                (None, false) => TermDomains::Set(Vec::new()),
            });
        }
        let units = &self.reader.vocabulary.units;
        let value = Evaluator { terms: &terms, units }.value(node);
        let interval = shown_interval(&value, calendar);
        interval.as_point().map(|number| self.printed(number, format))
    }

    /// The unit that both sides are shown in: that of a figure of the same dimension, first on the left.
    fn format(&self, left: &Node, right: &Node) -> Format {
        let units = &self.reader.vocabulary.units;
        let kind = typing::type_of(left, &self.types, units).or_else(|| typing::type_of(right, &self.types, units));
        let mut format = Format { unit: UnitRef::NONE, scale: Scale::One, decimals: 2, is_date: false };
        let powers = match kind {
            Some(Type::Value(Dimension::Date | Dimension::Period)) => {
                format.is_date = true;
                return format;
            }
            Some(Type::Value(Dimension::Quantity(powers))) => powers,
            _ => return format,
        };
        let figures: Vec<&Quantity> = self
            .quantities(left)
            .chain(self.quantities(right))
            .filter(|quantity| units.powers(quantity.unit) == powers)
            .collect();
        match figures.first() {
            Some(first) => {
                format.unit = first.unit;
                format.scale = first.number.scale();
            }
            None if powers == Powers::RATIO => format.unit = units.find("%").unwrap_or(UnitRef::NONE),
            None if powers == Powers::of(Base::Points) => format.unit = units.find("points").unwrap_or(UnitRef::NONE),
            None => {}
        }
        // one digit more than the most precise figure shows where its rounding ends
        let alike = figures.iter().filter(|quantity| quantity.unit == format.unit);
        let decimals = alike.map(|quantity| {
            i32::from(quantity.number.decimals()) + format.scale as i32 - quantity.number.scale() as i32
        });
        format.decimals = decimals.max().map_or(2, |decimals| decimals.max(0) + 1);
        format
    }

    fn quantities<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = &'s Quantity> {
        let mut found = Vec::new();
        self.find_quantities(node, &mut found);
        found.into_iter()
    }

    fn find_quantities<'s>(&'s self, node: &'s Node, found: &mut Vec<&'s Quantity>) {
        match &node.kind {
            Kind::Term(index) => {
                for claim in self.terms.get(*index).into_iter().flat_map(|term| &term.claims) {
                    if let Value::Quantity(quantity) = &self.reader.claims.get(*claim).value {
                        found.push(quantity);
                    }
                }
            }
            // a constant has no precision that would say how many digits to show
            Kind::Constant(_) => {}
            _ => node.children().into_iter().for_each(|child| self.find_quantities(child, found)),
        }
    }

    fn is_calendar(&self, format: &Format) -> bool {
        self.reader.vocabulary.units.is_calendar(format.unit)
    }

    fn printed(&self, number: &Number, format: &Format) -> String {
        if format.is_date {
            return number.to_i64().map_or_else(|| number.to_string(), |day| print_day(Day(day)));
        }
        self.scaled(number, format)
    }

    fn scaled(&self, number: &Number, format: &Format) -> String {
        let factor = &self.reader.vocabulary.units.factor(format.unit) * &Number::power_of_ten(format.scale as i32);
        let inverse = factor.reciprocal().unwrap_or(Number::ONE);
        print_rounded(&(number * &inverse), format.decimals)
    }

    /// A difference, with as many decimals as it takes not to print a zero.
    fn scaled_gap(&self, gap: &Number, format: &Format) -> String {
        let finer = (0..8).map(|more| Format { decimals: format.decimals + more, ..format.clone() });
        let mut texts = finer.map(|format| self.scaled(gap, &format));
        let is_zero = |text: &str| text.chars().all(|letter| matches!(letter, '0' | '.'));
        texts.find(|text| !is_zero(text)).unwrap_or_else(|| self.scaled(gap, format))
    }

    fn unit_text(&self, format: &Format) -> String {
        let unit = self.reader.vocabulary.units.name(format.unit);
        match format.scale.word() {
            Some(word) if unit.is_empty() => word.to_owned(),
            Some(word) => format!("{word} {unit}"),
            None => unit,
        }
    }

    /// A difference of percentages is in points.
    fn difference_unit(&self, format: &Format) -> String {
        let text = self.unit_text(format);
        if text == "%" { "points".to_owned() } else { text }
    }

    /// The expression with figures for names; brackets where `above` binds tighter.
    fn formula(&self, node: &Node, above: u8) -> String {
        let units = &self.reader.vocabulary.units;
        match &node.kind {
            Kind::Term(index) => self.term(*index, ", "),
            Kind::Constant(value) => value.print(units).trim_start_matches("exact ").to_owned(),
            Kind::Negated(inner) => format!("-{}", self.formula(inner, 3)),
            Kind::Arithmetic(operator, left, right) => {
                use crate::rules::expression::Arithmetic::{Over, Times};
                let own = if matches!(operator, Times | Over) { 2 } else { 1 };
                // the right side of - and / needs brackets around its own level
                let text =
                    format!("{} {} {}", self.formula(left, own), sign(operator.sign()), self.formula(right, own + 1));
                if own < above { format!("({text})") } else { text }
            }
            Kind::Comparison(comparison, left, right) => {
                format!("{} {} {}", self.formula(left, 0), comparison.sign(), self.formula(right, 0))
            }
            Kind::And(left, right) => format!("{} and {}", self.formula(left, 0), self.formula(right, 0)),
            Kind::Or(left, right) => format!("{} or {}", self.formula(left, 0), self.formula(right, 0)),
            Kind::Not(inner) => format!("not {}", self.formula(inner, 0)),
            Kind::Call(crate::rules::expression::Function::Sum, arguments) => {
                let parts: Vec<String> = arguments
                    .iter()
                    .map(|argument| match argument.kind {
                        Kind::Term(index) => self.term(index, " + "),
                        _ => self.formula(argument, 1),
                    })
                    .collect();
                let text = parts.join(" + ");
                if above > 1 { format!("({text})") } else { text }
            }
            Kind::Call(function, arguments) => {
                let parts: Vec<String> = arguments.iter().map(|argument| self.formula(argument, 0)).collect();
                format!("{}({})", function.name(), parts.join(", "))
            }
        }
    }

    fn term(&self, index: usize, separator: &str) -> String {
        let Some(term) = self.terms.get(index) else { return String::new() };
        if let Some(word) = &term.word {
            return word.to_string();
        }
        let units = &self.reader.vocabulary.units;
        let values: Vec<&Value> = term.claims.iter().map(|claim| &self.reader.claims.get(*claim).value).collect();
        // a long sum of one unit names it once
        if values.len() > 2
            && separator == " + "
            && let Some(text) = sum_of_one_unit(&values, units)
        {
            return text;
        }
        values.iter().map(|value| value.print(units)).collect::<Vec<_>>().join(separator)
    }
}

/// `58.9 + 25.9 + 2.9 %`, where all are plain figures of one unit and scale.
fn sum_of_one_unit(values: &[&Value], units: &crate::figure::Units) -> Option<String> {
    let quantities: Vec<&Quantity> = values
        .iter()
        .map(|value| match value {
            Value::Quantity(quantity) if quantity.is_plain() => Some(quantity),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let first = quantities.first()?;
    let alike = |other: &&Quantity| other.unit == first.unit && other.number.scale() == first.number.scale();
    if !quantities.iter().all(alike) {
        return None;
    }
    let numbers: Vec<String> = quantities.iter().map(|quantity| print_number(&quantity.number)).collect();
    let mut text = numbers.join(" + ");
    for word in [first.number.scale().word().unwrap_or_default(), units.name(first.unit).as_str()] {
        if !word.is_empty() {
            text.push(' ');
            text.push_str(word);
        }
    }
    Some(text)
}

fn sign(sign: &str) -> &str {
    match sign {
        "*" => "×",
        "-" => "−",
        other => other,
    }
}

/// The interval of a value on the scale that it is shown in: months for calendar units, else base units or days.
fn shown_interval(value: &Computed, calendar: bool) -> Interval {
    match value {
        Computed::Difference { from, to } if calendar => super::evaluate::months(from, to),
        other => other.interval(),
    }
}

pub(super) fn print_day(day: Day) -> String {
    Date::from_day(day).map_or_else(|| day.0.to_string(), |date| date.to_string())
}

/// The interval of one claim as decimal strings in its own unit, for machine formats: low and high, `None` for no end.
pub fn claim_interval(index: ClaimIndex, reader: Reader<'_>) -> (Option<String>, Option<String>) {
    let claim = reader.claims.get(index);
    let factor = reader.vocabulary.units.factor(claim.value.unit());
    let inverse = factor.reciprocal().unwrap_or(Number::ONE);
    let plain = |end: &End| end.number().map(|number| (number * &inverse).to_string());
    let day = |end: &End| end.number().and_then(Number::to_i64).map(|day| print_day(Day(day)));
    match reader.claim(index, Reading::Tight) {
        Domain::Number { interval, .. } => (plain(interval.low()), plain(interval.high())),
        Domain::Days(days) => (day(days.low()), day(days.high())),
        Domain::Extent { start, end } => (day(start.low()), day(end.high())),
    }
}
