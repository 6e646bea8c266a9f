//! Measures, facets, qualifiers, subjects and units: from raw tables to the [`Vocabulary`].

use super::{Entry, Merged, is_id, span_of};
use crate::document::{Problem, Span};
use crate::figure::unit::Measure as UnitMeasure;
use crate::figure::{
    Dimension, End, Interval, Number, Powers, Reading, Rounding, Unit, Value, months_as_days, nearest,
};
use crate::rules::file::{RawBound, RawFacet, RawMeasure, RawQualifier, RawUnit};
use crate::rules::vocabulary::{
    CURRENCY, Measure, Notation, PER_CURRENCY, Phrase, Qualifier, QualifierId, Side, Subject, ValuesOf, Vocabulary,
    Words,
};

/// Builds the vocabulary in the order in which its parts need each other.
pub(super) fn vocabulary(merged: &Merged<'_>, problems: &mut Vec<Problem>) -> Vocabulary {
    let mut builder = Builder { vocabulary: Vocabulary::default(), problems };
    for (id, entry) in &merged.units {
        builder.unit(id, entry);
    }
    for (id, entry) in &merged.subjects {
        builder.id(id, entry);
        let (names, adjectives) = (words(&entry.raw.names), words(&entry.raw.adjectives));
        let (code, kind) = (entry.raw.code.as_deref().map(Into::into), entry.raw.kind.as_deref().map(Into::into));
        let subject = Subject { names, adjectives, code, kind };
        builder.vocabulary.add_subject(id, subject);
    }
    for (id, entry) in &merged.qualifiers {
        builder.qualifier(id, entry);
    }
    builder.currency_qualifiers();
    for (id, entry) in &merged.measures {
        builder.measure(id, entry, merged);
    }
    builder.measures_of_qualifiers(merged);
    builder.vocabulary.notation = notation(merged);
    builder.phrases(merged);
    builder.vocabulary
}

fn boxed(words: &[String]) -> Vec<Box<str>> {
    words.iter().map(|word| word.as_str().into()).collect()
}

fn words(raw: &crate::rules::file::Words) -> Words {
    let listed = |words: &Vec<String>| words.iter().map(|word| word.as_str().into()).collect();
    raw.iter().map(|(language, words)| (language.as_str().into(), listed(words))).collect()
}

/// The words of all files together.
fn notation(merged: &Merged<'_>) -> Notation {
    let mut notation = Notation::default();
    let boxed = |words: &[String]| words.iter().map(|word| Box::from(word.as_str())).collect::<Vec<_>>();
    for raw in &merged.notations {
        notation.months.extend(raw.months.iter().map(|(name, month)| (Box::from(name.as_str()), *month)));
        notation.percent.extend(boxed(&raw.percent));
        notation.hijri.extend(boxed(&raw.hijri));
        notation.gregorian.extend(boxed(&raw.gregorian));
    }
    notation.months.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    notation.months.dedup();
    notation
}

struct Builder<'p> {
    vocabulary: Vocabulary,
    problems: &'p mut Vec<Problem>,
}

impl Builder<'_> {
    fn problem(&mut self, file: &str, span: Span, message: String, help: Option<String>) {
        self.problems.push(Problem { file: file.to_owned(), span: Some(span), message, help });
    }

    fn id<T>(&mut self, id: &str, entry: &Entry<'_, T>) {
        if !is_id(id) {
            let help = "write words in kebab case, first a letter: `border.length`, `united-states`";
            self.problem(entry.file, entry.span, format!("`{id}` is no id"), Some(help.to_owned()));
        }
    }

    fn unit(&mut self, id: &str, entry: &Entry<'_, RawUnit>) {
        let raw = entry.raw;
        let Some(powers) = self.dimension(entry, &raw.dimension).and_then(|dimension| dimension.powers()) else {
            return;
        };
        let measure = match (&raw.factor, raw.months) {
            (None, Some(months)) => UnitMeasure::Months(i64::from(months)),
            (Some(factor), None) => match parse_factor(factor.get_ref()) {
                Some(factor) => UnitMeasure::Factor(factor),
                None => {
                    let help = Some("write a positive decimal or a fraction: `0.3048`, `1/7`".to_owned());
                    return self.problem(entry.file, span_of(factor), "this is no factor".to_owned(), help);
                }
            },
            (None, None) if powers == Powers::of(crate::figure::Base::Money) => UnitMeasure::Factor(Number::ONE),
            _ => {
                let message = format!("the unit `{id}` needs either `factor` or `months`");
                return self.problem(entry.file, entry.span, message, None);
            }
        };
        if let Some(unit) = self.vocabulary.units.define(Unit { id: id.into(), powers, measure }) {
            for alias in &raw.aliases {
                self.vocabulary.units.define_alias(alias, unit);
            }
        }
    }

    fn dimension<T>(&mut self, entry: &Entry<'_, T>, raw: &toml::Spanned<String>) -> Option<Dimension> {
        let found = self.vocabulary.units.dimension_named(raw.get_ref());
        if found.is_none() {
            let name = raw.get_ref();
            let help = match nearest(name, Dimension::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("there are {}, and quotients of them", Dimension::names().collect::<Vec<_>>().join(", "))
                }
            };
            self.problem(entry.file, span_of(raw), format!("no dimension is called `{name}`"), Some(help));
        }
        found
    }

    fn qualifier(&mut self, id: &str, entry: &Entry<'_, RawQualifier>) {
        self.id(id, entry);
        let raw = entry.raw;
        let of = match raw.of.as_ref().map(|of| (of.get_ref().as_str(), of)) {
            None if raw.members.is_empty() => ValuesOf::Word,
            None => {
                let names = &mut self.vocabulary.names;
                ValuesOf::Members(raw.members.iter().map(|member| names.intern(member)).collect())
            }
            Some(("subject", _)) => ValuesOf::Subject,
            Some(("period", _)) => ValuesOf::Period,
            Some(("qualifier", _)) => ValuesOf::Qualifier,
            Some((other, of)) => {
                let help = Some("`of` is `subject`, `period` or `qualifier`; leave it out for any word".to_owned());
                return self.problem(entry.file, span_of(of), format!("values cannot be of `{other}`"), help);
            }
        };
        let total = raw.total.as_deref().map(|total| self.vocabulary.names.intern(total));
        self.vocabulary.names.intern(id);
        let names = raw.names.iter().map(|(value, named)| (value.as_str().into(), words(named))).collect();
        self.vocabulary.add_qualifier(Qualifier {
            id: id.into(),
            of,
            total,
            required: raw.required,
            every: raw.every,
            tags: raw.tags.iter().map(|tag| tag.as_str().into()).collect(),
            names,
            kinds: boxed(&raw.kinds),
            measure: raw.measure.as_ref().map(|measure| measure.get_ref().as_str().into()),
            summary: raw.summary.as_deref().map(Into::into),
        });
    }

    /// The measures that figures beside values of qualifiers state must exist.
    fn measures_of_qualifiers(&mut self, merged: &Merged<'_>) {
        for entry in merged.qualifiers.values() {
            let Some(measure) = &entry.raw.measure else { continue };
            if self.vocabulary.measure_id(measure.get_ref()).is_none() {
                let near = self.vocabulary.nearest_measure(measure.get_ref());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.problem(
                    entry.file,
                    span_of(measure),
                    format!("no measure is called `{}`", measure.get_ref()),
                    help,
                );
            }
        }
    }

    /// What words do, from all files.
    fn phrases(&mut self, merged: &Merged<'_>) {
        for (file, id, raw) in &merged.phrases {
            match Phrase::ALL.iter().find(|(name, _)| *name == id.get_ref().as_str()) {
                Some((_, phrase)) => self.vocabulary.phrases.push((*phrase, words(raw))),
                None => {
                    let known: Vec<&str> = Phrase::ALL.iter().map(|(name, _)| *name).collect();
                    let help = match nearest(id.get_ref(), known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("there are {}", known.join(", ")),
                    };
                    self.problem(file, span_of(id), format!("no phrases are called `{}`", id.get_ref()), Some(help));
                }
            }
        }
    }

    /// The qualifiers that are read from a value's unit exist whether or not the vocabulary describes them.
    fn currency_qualifiers(&mut self) {
        for id in [CURRENCY, PER_CURRENCY] {
            if self.vocabulary.qualifier_id(id).is_none() {
                self.vocabulary.add_qualifier(Qualifier {
                    id: id.into(),
                    of: ValuesOf::Word,
                    total: None,
                    required: false,
                    every: false,
                    tags: Vec::new(),
                    names: Vec::new(),
                    kinds: Vec::new(),
                    measure: None,
                    summary: None,
                });
            }
        }
        let codes: Vec<Box<str>> =
            self.vocabulary.units.iter().filter(|unit| unit.is_currency()).map(|unit| unit.id.clone()).collect();
        for code in codes {
            self.vocabulary.names.intern(&code);
        }
    }

    fn measure(&mut self, id: &str, entry: &Entry<'_, RawMeasure>, merged: &Merged<'_>) {
        self.id(id, entry);
        let raw = entry.raw;
        let Some(dimension) = self.dimension(entry, &raw.dimension) else { return };
        let qualifiers = self.qualifier_list(entry.file, &raw.qualifiers);
        let needs = self.qualifier_list(entry.file, &raw.needs);
        let measure = Measure {
            id: id.into(),
            dimension,
            qualifiers: qualifiers.clone(),
            keys: Vec::new(),
            tags: raw.tags.iter().map(|tag| tag.as_str().into()).collect(),
            bounds: self.bounds(entry.file, dimension, raw.min.as_ref(), raw.max.as_ref()),
            rounding: self.rounding(entry.file, raw.rounding.as_ref()),
            many: raw.many,
            facet_of: None,
            needs: needs.clone(),
            of: boxed(&raw.of),
            bare: boxed(&raw.bare),
            other_side: self.other_side(entry.file, &raw.other_side),
            cues: words(&raw.cues),
            absent: words(&raw.absent),
            partners: words(&raw.partners),
            summary: raw.summary.as_deref().map(Into::into),
        };
        let (of, other_side) = (measure.of.clone(), measure.other_side.clone());
        let Some(base) = self.vocabulary.add_measure(measure) else { return };
        for facet in &raw.facets {
            let name = facet.get_ref().as_str();
            let own = format!("{id}.{name}");
            let Some(facet_entry) = merged.facets.get(name) else {
                let near = nearest(name, merged.facets.keys().copied());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.problem(entry.file, span_of(facet), format!("no facet is called `{name}`"), help);
                continue;
            };
            // a measure that is declared under the facet's name is that facet, in its own words
            if !merged.measures.contains_key(own.as_str())
                && let Some(measure) = self.facet(&own, facet_entry, &qualifiers)
            {
                self.vocabulary.add_measure(Measure {
                    facet_of: Some((base, name.into())),
                    needs: needs.clone(),
                    of: of.clone(),
                    other_side: other_side.clone(),
                    ..measure
                });
            }
        }
    }

    fn facet(&mut self, id: &str, entry: &Entry<'_, RawFacet>, of_measure: &[QualifierId]) -> Option<Measure> {
        let raw = entry.raw;
        let dimension = self.dimension(entry, &raw.dimension)?;
        let mut qualifiers = self.qualifier_list(entry.file, &raw.qualifiers);
        qualifiers.extend_from_slice(of_measure);
        qualifiers.sort_unstable();
        qualifiers.dedup();
        Some(Measure {
            id: id.into(),
            dimension,
            qualifiers,
            keys: Vec::new(),
            tags: raw.tags.iter().map(|tag| tag.as_str().into()).collect(),
            bounds: self.bounds(entry.file, dimension, raw.min.as_ref(), raw.max.as_ref()),
            rounding: self.rounding(entry.file, raw.rounding.as_ref()),
            many: raw.many,
            facet_of: None,
            needs: Vec::new(),
            of: Vec::new(),
            bare: Vec::new(),
            other_side: Vec::new(),
            cues: words(&raw.cues),
            absent: Words::new(),
            partners: Words::new(),
            summary: raw.summary.as_deref().map(Into::into),
        })
    }

    fn qualifier_list(&mut self, file: &str, raw: &[toml::Spanned<String>]) -> Vec<QualifierId> {
        let mut list = Vec::with_capacity(raw.len());
        for name in raw {
            match self.vocabulary.qualifier_id(name.get_ref()) {
                Some(id) => list.push(id),
                None => {
                    let known = self.vocabulary.qualifiers().map(|(_, qualifier)| &*qualifier.id);
                    let help = match nearest(name.get_ref(), known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("declare it: `[qualifier.{}]`", name.get_ref()),
                    };
                    let message = format!("no qualifier is called `{}`", name.get_ref());
                    self.problem(file, span_of(name), message, Some(help));
                }
            }
        }
        list.sort_unstable();
        list.dedup();
        list
    }

    fn other_side(&mut self, file: &str, raw: &[toml::Spanned<String>]) -> Vec<Side> {
        let mut sides = Vec::with_capacity(raw.len());
        for name in raw {
            match Side::ALL.iter().find(|(known, _)| known == name.get_ref()) {
                Some((_, side)) => sides.push(*side),
                None => {
                    let known: Vec<&str> = Side::ALL.iter().map(|(known, _)| *known).collect();
                    let message = format!("no other side is named by `{}`", name.get_ref());
                    self.problem(file, span_of(name), message, Some(format!("there are {}", known.join(", "))));
                }
            }
        }
        sides
    }

    fn bounds(
        &mut self,
        file: &str,
        dimension: Dimension,
        min: Option<&toml::Spanned<RawBound>>,
        max: Option<&toml::Spanned<RawBound>>,
    ) -> Option<Interval> {
        let low = min.and_then(|bound| self.bound(file, dimension, bound));
        let high = max.and_then(|bound| self.bound(file, dimension, bound));
        if low.is_none() && high.is_none() {
            return None;
        }
        let low = low.map_or(End::Unbounded, |low| low.low().clone());
        let high = high.map_or(End::Unbounded, |high| high.high().clone());
        let bounds = Interval::new(low, high);
        if bounds.is_none()
            && let Some(max) = max
        {
            self.problem(file, span_of(max), "`max` lies below `min`".to_owned(), None);
        }
        bounds
    }

    /// A bound as an interval: a figure is exact here, a date is the days that it covers.
    fn bound(&mut self, file: &str, dimension: Dimension, raw: &toml::Spanned<RawBound>) -> Option<Interval> {
        let text = match raw.get_ref() {
            RawBound::Number(number) => return Some(Interval::point(Number::from(*number))),
            RawBound::Text(text) => text,
        };
        match Value::parse(text, Some(dimension), &self.vocabulary.units) {
            Ok(Value::Quantity(mut quantity)) => {
                quantity.exact = true;
                let units = &self.vocabulary.units;
                let interval = quantity.interval(units, Reading::Tight, Rounding::Nearest);
                // bounds of durations are in days, whatever unit they are written in
                Some(if units.is_calendar(quantity.unit) { months_as_days(&interval) } else { interval })
            }
            Ok(Value::Date { date, .. }) => Some(Interval::of_days(date.days(Reading::Tight))),
            Ok(Value::Rank { place, .. }) => Some(Interval::point(Number::from(i64::from(place)))),
            Ok(Value::Period(_)) => None,
            Err(error) => {
                self.problem(file, span_of(raw), error.message, error.help);
                None
            }
        }
    }

    fn rounding(&mut self, file: &str, raw: Option<&toml::Spanned<String>>) -> Rounding {
        match raw.map(|raw| (raw.get_ref().as_str(), raw)) {
            None | Some(("nearest", _)) => Rounding::Nearest,
            Some(("truncated", _)) => Rounding::Completed,
            Some((other, raw)) => {
                let help = Some("`rounding` is `nearest` or `truncated`".to_owned());
                self.problem(file, span_of(raw), format!("figures are not rounded `{other}`"), help);
                Rounding::Nearest
            }
        }
    }
}

/// A positive decimal, or a fraction of two.
fn parse_factor(text: &str) -> Option<Number> {
    let decimal = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = Number::from_digits(&format!("{whole}{fraction}"))?;
        Some(&digits * &Number::power_of_ten(-i32::try_from(fraction.len()).ok()?))
    };
    let factor = match text.split_once('/') {
        Some((above, below)) => &decimal(above.trim())? * &decimal(below.trim())?.reciprocal()?,
        None => decimal(text.trim())?,
    };
    factor.is_positive().then_some(factor)
}
