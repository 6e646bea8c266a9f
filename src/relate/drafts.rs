//! From structures to draft claims and checks of them, each by a shipped rule that is bound by name.

use rustc_hash::FxHashMap;

use super::again::is_left_out;
use super::amount::unit;
use super::structure::{ChangeUnit, Sort, Structure};
use super::value::{ends, full_years, value};
use crate::claims::text::{Stated, TextClaims, Tied};
use crate::document::Span;
use crate::extract::{Extraction, Mention};
use crate::figure::{Date, Decimal, Period, Quantity, Scale, Value};
use crate::rules::RuleSet;
use crate::rules::expression::typing::{self, TermType, Type};

/// What structures become: the figures that take part, once each, and the checks.
struct Builder<'a> {
    read: &'a Extraction,
    mentions: &'a [Mention],
    rules: &'a RuleSet,
    known: FxHashMap<(usize, bool, bool), usize>,
    claims: TextClaims,
}

/// The sort of structure that a rule is bound for.
pub fn sort(rule: &str) -> Option<Sort> {
    Some(match rule {
        "parts-of-a-whole" | "parts-within-whole" | "of-which" => Sort::List,
        "shares-of-a-whole" | "share-of-total" | "share-of-listed" | "shares-in-proportion" => Sort::Share,
        "change-between" | "change-by-amount" | "points-between" | "times-as-much" => Sort::Change,
        "at-most" => Sort::Order,
        "product-of" | "quotient-of" | "average" => Sort::Product,
        "day-of-month" => Sort::Date,
        "scale-word-again" => Sort::Notation,
        "years-between" | "days-between" | "age-of-a-life" | "age-in-full-years" => Sort::Duration,
        "difference" => Sort::Difference,
        "same-figure" | "one-exchange-rate" => Sort::SameAgain,
        "count-of-members" => Sort::Count,
        _ => return None,
    })
}

/// The drafts and checks of a text.
pub fn drafts(path: &str, read: &Extraction, structures: &[Structure], rules: &RuleSet) -> TextClaims {
    let mentions = read.mentions.as_slice();
    let claims = TextClaims { path: path.into(), read: mentions.len(), ..TextClaims::default() };
    let mut builder = Builder { read, mentions, rules, known: FxHashMap::default(), claims };
    for structure in structures {
        // a figure that claims cannot state leaves its structure out
        let _ = builder.add(structure);
    }
    builder.claims
}

/// The rule of a change, and what it calls the change.
fn rule_of(unit: ChangeUnit) -> (&'static str, &'static str) {
    match unit {
        ChangeUnit::Percent => ("change-between", "change"),
        ChangeUnit::Points => ("points-between", "change"),
        ChangeUnit::Times => ("times-as-much", "times"),
    }
}

/// How many days a month has, written as a date.
fn days_of(month: &str) -> Option<usize> {
    (28..=31).rev().find(|day| Date::parse(&format!("{month}-{day}")).is_ok())
}

/// Terms of one figure each.
fn singles<const N: usize>(terms: [(&'static str, usize); N]) -> Vec<(&'static str, bool, Vec<usize>)> {
    terms.into_iter().map(|(name, figure)| (name, false, vec![figure])).collect()
}

impl Builder<'_> {
    fn add(&mut self, structure: &Structure) -> Option<()> {
        match structure {
            Structure::List { whole, parts, closed } => {
                let bare = self.is_bare(std::iter::once(whole).chain(parts));
                let all = self.figures(parts, bare)?;
                let whole = self.figure(*whole, bare, false)?;
                match (closed, all.as_slice()) {
                    (true, _) => {
                        self.tie("parts-of-a-whole", vec![("whole", false, vec![whole]), ("parts", true, all)])
                    }
                    (false, [part]) => {
                        self.tie("of-which", vec![("part", false, vec![*part]), ("whole", false, vec![whole])])
                    }
                    _ => self.tie("parts-within-whole", vec![("whole", false, vec![whole]), ("parts", true, all)]),
                }
            }
            Structure::Shares { shares } => {
                let shares = self.figures(shares, false)?;
                self.tie("shares-of-a-whole", vec![("shares", true, shares)])
            }
            Structure::ShareOf { share, part, whole } => {
                let bare = self.is_bare([part, whole].into_iter());
                let share = self.figure(*share, false, false)?;
                let (part, whole) = (self.figure(*part, bare, false)?, self.figure(*whole, bare, false)?);
                let terms = [("share", share), ("part", part), ("whole", whole)];
                self.tie("share-of-total", singles(terms))
            }
            Structure::ShareOfListed { share, part, parts } => {
                let bare = self.is_bare(parts.iter());
                let all = self.figures(parts, bare)?;
                let (share, part) = (self.figure(*share, false, false)?, self.figure(*part, bare, false)?);
                let terms = vec![("share", false, vec![share]), ("part", false, vec![part]), ("parts", true, all)];
                self.tie("share-of-listed", terms)
            }
            Structure::Proportion { share, part, of_share, of_part } => {
                let bare = self.is_bare([part, of_part].into_iter());
                let (share, of_share) = (self.figure(*share, false, false)?, self.figure(*of_share, false, false)?);
                let (part, of_part) = (self.figure(*part, bare, false)?, self.figure(*of_part, bare, false)?);
                let terms = [("share", share), ("part", part), ("other-share", of_share), ("other", of_part)];
                self.tie("shares-in-proportion", singles(terms))
            }
            Structure::Change { change, old, new, falls, unit } => {
                let bare = self.is_bare([old, new].into_iter()) || self.is_left_out(*old, *new);
                let change = self.figure(*change, false, *falls)?;
                let (old, new) = (self.figure(*old, bare, false)?, self.figure(*new, bare, false)?);
                let (rule, name) = rule_of(*unit);
                let terms = [(name, change), ("old", old), ("new", new)];
                self.tie(rule, singles(terms))
            }
            Structure::ChangeAlong { change, range, unit } => {
                let change = self.figure(*change, false, false)?;
                let mention = self.mentions.get(*range)?;
                let (from, to) = ends(mention, &self.rules.vocabulary.units)?;
                let old = self.state(mention, mention.text.to_string(), from, false);
                let new = self.state(mention, mention.text.to_string(), to, false);
                let (rule, name) = rule_of(*unit);
                let terms = [(name, change), ("old", old), ("new", new)];
                self.tie(rule, singles(terms))
            }
            Structure::ChangeBy { change, by, new, falls } => {
                let is_in_points = |index: &usize| self.mentions.get(*index).is_some_and(|by| unit(by) == "points");
                let bare = self.is_bare([by, new].into_iter()) || is_in_points(by);
                let (change, by) = (self.figure(*change, false, *falls)?, self.figure(*by, bare, *falls)?);
                let new = self.figure(*new, bare, false)?;
                let terms = [("change", change), ("by", by), ("new", new)];
                self.tie("change-by-amount", singles(terms))
            }
            Structure::Order { less, more } => {
                let bare = self.is_bare([less, more].into_iter());
                let terms = [("less", self.figure(*less, bare, false)?), ("more", self.figure(*more, bare, false)?)];
                self.tie("at-most", singles(terms))
            }
            Structure::OrderAlong { range, falls } => {
                let mention = self.mentions.get(*range)?;
                let (from, to) = ends(mention, &self.rules.vocabulary.units)?;
                let (less, more) = if *falls { (to, from) } else { (from, to) };
                let less = self.state(mention, mention.text.to_string(), less, false);
                let more = self.state(mention, mention.text.to_string(), more, false);
                self.tie("at-most", singles([("less", less), ("more", more)]))
            }
            Structure::Lasting { duration, extent } => {
                let length = *duration;
                let duration = self.figure(length, false, false)?;
                let extent = self.period(*extent)?;
                let is_in_days = self.mentions.get(length).and_then(|length| length.unit.as_deref()) == Some("days");
                let rule = if is_in_days { "days-between" } else { "years-between" };
                self.tie(rule, singles([("duration", duration), ("extent", extent)]))
            }
            Structure::Product { product, factor, by } => {
                let by = if self.is_bare([product, factor, by].into_iter()) {
                    self.multiple(*by)?
                } else {
                    self.figure(*by, true, false)?
                };
                let (product, factor) = (self.figure(*product, false, false)?, self.figure(*factor, false, false)?);
                self.tie("product-of", singles([("product", product), ("factor", factor), ("by", by)]))
            }
            Structure::Density { density, population, area } => {
                let (density, area) = (self.figure(*density, false, false)?, self.figure(*area, false, false)?);
                let mention = self.mentions.get(*population)?;
                let Value::Quantity(count) = value(mention, true, &self.rules.vocabulary.units)? else { return None };
                let unit = self.rules.vocabulary.units.find("persons")?;
                let people = Value::Quantity(Quantity { unit, ..count });
                let population = self.state(mention, mention.text.to_string(), people, false);
                self.tie("quotient-of", singles([("quotient", density), ("figure", population), ("per", area)]))
            }
            Structure::AgeAlong { age, life } => {
                let age = self.age(*age)?;
                let life = self.period(*life)?;
                self.tie("age-of-a-life", singles([("age", age), ("life", life)]))
            }
            Structure::DayOf { day, month } => {
                let mention = self.mentions.get(*month)?;
                let days = days_of(mention.date.as_deref()?)?;
                let day = self.figure(*day, true, false)?;
                let days = Value::Quantity(Quantity::counted(days));
                let month = self.state(mention, mention.text.to_string(), days, false);
                self.tie("day-of-month", singles([("day", day), ("last", month)]))
            }
            Structure::WrittenOut { figure, most } => {
                let mention = self.mentions.get(*figure)?;
                let units = &self.rules.vocabulary.units;
                let unit =
                    mention.unit.as_deref().map_or(Some(crate::figure::UnitRef::NONE), |unit| units.find(unit))?;
                let most = Quantity { exact: true, unit, ..Quantity::counted(usize::try_from(*most).ok()?) };
                let figure = self.figure(*figure, false, false)?;
                let most = self.state(mention, mention.text.to_string(), Value::Quantity(most), false);
                self.tie("scale-word-again", singles([("figure", figure), ("most", most)]))
            }
            Structure::Age { age, birth, day } => {
                let age = self.age(*age)?;
                let (birth, day) = (self.figure(*birth, false, false)?, self.figure(*day, false, false)?);
                self.tie("age-in-full-years", singles([("age", age), ("birth", birth), ("day", day)]))
            }
            Structure::Difference { difference, larger, smaller } => {
                let bare = self.is_bare([difference, larger, smaller].into_iter());
                let mut terms = Vec::with_capacity(3);
                for (name, index) in [("difference", difference), ("larger", larger), ("smaller", smaller)] {
                    terms.push((name, false, vec![self.figure(*index, bare, false)?]));
                }
                self.tie("difference", terms)
            }
            Structure::SameAgain { one, also } => {
                let bare = self.is_bare([one, also].into_iter());
                let counted = self.counted_like(*one, *also);
                let one = self.figure(*one, bare, false)?;
                let also = counted.map_or_else(|| self.figure(*also, bare, false), Some)?;
                self.tie("same-figure", vec![("one", false, vec![one]), ("also", false, vec![also])])
            }
            Structure::InCell { cell, said, shift } => {
                let cell = self.cell_like(*cell, *said, *shift)?;
                let said = self.figure(*said, false, false)?;
                self.tie("same-figure", vec![("one", false, vec![said]), ("also", false, vec![cell])])
            }
            Structure::Mean { mean, values } => {
                let bare = self.is_bare(std::iter::once(mean).chain(values));
                let values = self.figures(values, bare)?;
                // an average may be a rounded one
                let mean = self.rounded(*mean, bare)?;
                self.tie("average", vec![("mean", false, vec![mean]), ("values", true, values)])
            }
            Structure::Exchange { amount, again, like, like_again } => {
                let mut terms = Vec::with_capacity(4);
                let named = [("amount", amount), ("again", again), ("other", like), ("other-again", like_again)];
                for (name, index) in named {
                    terms.push((name, false, vec![self.figure(*index, true, false)?]));
                }
                self.tie("one-exchange-rate", terms)
            }
            Structure::Count { count, items } => {
                let count = self.figure(*count, true, false)?;
                let mut members = Vec::with_capacity(items.len());
                for item in items {
                    let one = Value::Quantity(Quantity::counted(1));
                    let item = self.mentions.get(*item)?;
                    members.push(self.state(item, item.text.to_string(), one, false));
                }
                self.tie("count-of-members", vec![("count", false, vec![count]), ("members", true, members)])
            }
            Structure::Named { count, names } => {
                let count = self.figure(*count, true, false)?;
                let first = self.claims.figures.len();
                let one = || Value::Quantity(Quantity::counted(1));
                // a name is no figure; what is shown of it is its place
                let member =
                    |span: &Span| Stated { written: "1".into(), span: *span, value: one(), is_as_written: false };
                self.claims.figures.extend(names.iter().map(member));
                let members = (first..self.claims.figures.len()).collect();
                self.tie("count-of-members", vec![("count", false, vec![count]), ("members", true, members)])
            }
            Structure::Dated { date, again } => {
                let mention = self.mentions.get(*date)?;
                let value = value(mention, false, &self.rules.vocabulary.units)?;
                let again = again.and_then(|again| self.mentions.get(again));
                let written =
                    again.map_or(mention.text.to_string(), |again| format!("{} {}", mention.text, again.text));
                self.state(mention, written, value, true);
                Some(())
            }
        }
    }

    /// A rate whose brackets leave what is counted to the words before them, with that.
    fn counted_like(&mut self, said: usize, also: usize) -> Option<usize> {
        let (said, mention) = (self.mentions.get(said)?, self.mentions.get(also)?);
        let (of, _) = unit(said).split_once('/').filter(|_| is_left_out(said, mention))?;
        let (_, to) = unit(mention).split_once('/')?;
        let units = &self.rules.vocabulary.units;
        let unit = units.find(&format!("{of}/{to}"))?;
        let Value::Quantity(rate) = value(mention, false, units)? else { return None };
        Some(self.state(mention, mention.text.to_string(), Value::Quantity(Quantity { unit, ..rate }), false))
    }

    /// A cell in the unit and scale of the figure that gives it again, and with its sign: a fall is told in words.
    fn cell_like(&mut self, cell: usize, said: usize, shift: i32) -> Option<usize> {
        let (mention, said) = (self.mentions.get(cell)?, self.mentions.get(said)?);
        let units = &self.rules.vocabulary.units;
        let Value::Quantity(like) = value(said, false, units)? else { return None };
        let Value::Quantity(own) = value(mention, true, units)? else { return None };
        let shifts = [Scale::One, Scale::Thousand, Scale::Million, Scale::Billion];
        let scale = shifts.into_iter().find(|scale| *scale as i32 == shift)?;
        let number = &own.number;
        let scale = if shift == 0 { number.scale() } else { scale };
        let is_turned = number.significand().is_negative() != like.number.significand().is_negative();
        let significand = if is_turned { -&number.significand() } else { number.significand() };
        let number = Decimal::new(significand, number.decimals(), scale);
        let own = Value::Quantity(Quantity { unit: like.unit, number, ..own });
        Some(self.state(mention, mention.text.to_string(), own, false))
    }

    /// Whether one of two amounts leaves its currency to the other.
    fn is_left_out(&self, one: usize, other: usize) -> bool {
        let units = [one, other].map(|index| self.mentions.get(index).map_or("", unit));
        units[0] != units[1] && units.iter().any(|unit| unit.is_empty())
    }

    /// Whether figures are counted in units that differ only in name, or in one that no claim can be in.
    fn is_bare<'i>(&self, figures: impl Iterator<Item = &'i usize>) -> bool {
        let mut units = figures.filter_map(|index| self.mentions.get(*index)).map(unit);
        let Some(first) = units.next() else { return true };
        (first.is_empty() || self.rules.vocabulary.units.find(first).is_none()) && units.all(|unit| unit == first)
    }

    fn figures(&mut self, figures: &[usize], bare: bool) -> Option<Vec<usize>> {
        figures.iter().map(|index| self.figure(*index, bare, false)).collect()
    }

    /// A mention as a figure of the text; `falls` writes it below zero.
    fn figure(&mut self, index: usize, bare: bool, falls: bool) -> Option<usize> {
        if let Some(known) = self.known.get(&(index, bare, falls)) {
            return Some(*known);
        }
        let mention = self.mentions.get(index)?;
        let mut value = value(mention, bare, &self.rules.vocabulary.units)?;
        if falls {
            let Value::Quantity(quantity) = &mut value else { return None };
            if quantity.upper.is_some() || quantity.hedge.is_some() || quantity.number.significand().is_negative() {
                return None;
            }
            let number = &quantity.number;
            quantity.number = Decimal::new(-&number.significand(), number.decimals(), number.scale());
        }
        // a table counts; prose may round
        if bare
            && mention.hedge.is_none()
            && self.read.cell(mention).is_some()
            && let Value::Quantity(quantity) = &mut value
        {
            quantity.exact =
                quantity.upper.is_none() && quantity.number.decimals() == 0 && quantity.number.scale() == Scale::One;
        }
        let figure = self.state(mention, mention.text.to_string(), value, false);
        self.known.insert((index, bare, falls), figure);
        Some(figure)
    }

    /// A mention as a figure of the text that may be rounded, although it is a whole number in a table.
    fn rounded(&mut self, index: usize, bare: bool) -> Option<usize> {
        let mention = self.mentions.get(index)?;
        let value = value(mention, bare, &self.rules.vocabulary.units)?;
        Some(self.state(mention, mention.text.to_string(), value, false))
    }

    /// A bare number as so many times another one: two counts would make a count of counts.
    fn multiple(&mut self, index: usize) -> Option<usize> {
        let mention = self.mentions.get(index)?;
        let units = &self.rules.vocabulary.units;
        let Value::Quantity(bare) = value(mention, true, units)? else { return None };
        let times = Value::Quantity(Quantity { unit: units.find("times")?, ..bare });
        Some(self.state(mention, mention.text.to_string(), times, false))
    }

    /// An age, in full years.
    fn age(&mut self, index: usize) -> Option<usize> {
        let mention = self.mentions.get(index)?;
        let years = full_years(mention, &self.rules.vocabulary.units)?;
        Some(self.state(mention, mention.text.to_string(), years, false))
    }

    /// A stretch of time with two ends.
    fn period(&mut self, index: usize) -> Option<usize> {
        let mention = self.mentions.get(index)?;
        let period = Value::Period(Box::new(Period::parse(mention.date.as_deref()?).ok()?));
        Some(self.state(mention, mention.text.to_string(), period, false))
    }

    fn state(&mut self, mention: &Mention, written: String, value: Value, is_as_written: bool) -> usize {
        let span = Span::new(mention.start, mention.end);
        self.claims.figures.push(Stated { written: written.into(), span, value, is_as_written });
        self.claims.figures.len() - 1
    }

    /// Binds a rule, if the figures are of the kinds that it compares.
    fn tie(&mut self, rule: &str, terms: Vec<(&'static str, bool, Vec<usize>)>) -> Option<()> {
        let known = self.rules.rule(rule)?;
        let mut ordered = Vec::with_capacity(terms.len());
        let mut types = Vec::with_capacity(terms.len());
        for term in &known.terms {
            let found = terms.iter().find(|(name, ..)| *name == &*term.name)?;
            let element = |figure: &usize| self.claims.figures[*figure].value.dimension(&self.rules.vocabulary.units);
            let first = found.2.first().map(element)?;
            if found.2.iter().any(|figure| element(figure) != first) {
                return None;
            }
            types.push(TermType { element: Type::Value(first), is_set: found.1 });
            ordered.push(found.clone());
        }
        typing::check(known.assert.as_ref()?, &types, &self.rules.vocabulary.units).ok()?;
        let figures =
            || ordered.iter().flat_map(|(.., figures)| figures).filter_map(|figure| self.claims.figures.get(*figure));
        let start = figures().map(|figure| figure.span.start).min()?;
        let end = figures().map(|figure| figure.span.end).max()?;
        self.claims.ties.push(Tied { rule: rule.into(), terms: ordered, span: Span { start, end } });
        Some(())
    }
}
