//! Examples of builtin rules. The names of the values say what claims they make:
//!
//! | values | claims |
//! | --- | --- |
//! | `value`, with `text`, `measure`, `called` | one claim, read from that text |
//! | … with `document` and `revised` | the same, from that document, which then became the other |
//! | `original`, `translation` | two texts, and no claims |
//! | `values`, `texts` | claims of one document, each with its text |
//! | `claims` | claims of one fact |
//! | `marks` | footnote marks, line by line |
//! | `unstated`, `stated` | a fact that leaves a qualifier unsaid, and others that say it |
//! | `figures`, `asserts` | claims `a`, `b`, `c` and so on, and what the text asserts of them |

use super::Failure;
use super::text::{ClaimFileText, claim_id};
use crate::figure::{Rounding, Value};
use crate::revise::words::{context, within, words};
use crate::rules::MeasureId;
use crate::rules::rule::Example;
use crate::rules::vocabulary::{CURRENCY, Measure, OVER, PER_CURRENCY, Qualifier, ValuesOf, Vocabulary};

/// What an example is about.
const SUBJECT: &str = "example";

/// A claim file for an example.
pub(super) fn text(example: &Example, vocabulary: &Vocabulary) -> Result<String, Failure> {
    let mut maker = Maker { example, vocabulary, file: ClaimFileText::default() };
    maker.file.subject(SUBJECT);
    let names: Vec<&str> = example.values.iter().map(|(name, _)| &**name).collect();
    match names.as_slice() {
        ["claims"] => maker.one_fact(),
        ["asserts", "figures"] => maker.asserted(),
        ["marks"] => maker.marks(),
        ["stated", "unstated"] => maker.unstated(),
        ["texts", "values"] => maker.document(),
        ["original", "translation"] => Ok(()),
        names if names.contains(&"value") => maker.one_claim(),
        _ => Err(Failure::fit(format!("an example of a builtin never gives {}", names.join(" and ")))),
    }?;
    Ok(maker.file.finish())
}

/// The texts of an example.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Texts<'e> {
    /// The text that the claims point into: as it was revised, or as it was read.
    pub document: Option<&'e str>,
    /// The text that translates it, which no claims are about.
    pub translation: Option<&'e str>,
}

impl<'e> Texts<'e> {
    pub fn of(example: &'e Example) -> Texts<'e> {
        let one = |name: &str| {
            let (_, values) = example.values.iter().find(|(own, _)| **own == *name)?;
            values.first().map(|text| &**text)
        };
        let document = one("revised").or_else(|| one("document")).or_else(|| one("original"));
        Texts { document, translation: one("translation") }
    }
}

struct Maker<'a> {
    example: &'a Example,
    vocabulary: &'a Vocabulary,
    file: ClaimFileText,
}

impl<'a> Maker<'a> {
    fn list(&self, name: &str) -> &'a [Box<str>] {
        let found = self.example.values.iter().find(|(own, _)| **own == *name);
        found.map_or(&[], |(_, values)| values)
    }

    fn one(&self, name: &str) -> Option<&'a str> {
        self.list(name).first().map(|value| &**value)
    }

    fn one_claim(&mut self) -> Result<(), Failure> {
        let known = ["called", "document", "measure", "revised", "text", "value"];
        if let Some((name, _)) = self.example.values.iter().find(|(name, _)| !known.contains(&&**name)) {
            return Err(Failure::fit(format!("beside `value` there is no `{name}`")));
        }
        let value = self.one("value").unwrap_or_default();
        let called = self.one("called");
        self.file.claim("value");
        match self.one("measure") {
            Some(name) => {
                let id = self.vocabulary.measure_id(name);
                let id = id.ok_or_else(|| Failure::fit(format!("no measure is called `{name}`")))?;
                self.fact(id);
            }
            // what is compared with its text needs no measure
            None if called.is_none() => {}
            None => {
                let id = self.measure(&[value.into()], |_| true)?;
                self.fact(id);
            }
        }
        if let Some(called) = called {
            self.file.key("called", called);
        }
        self.file.key("value", value);
        let text = self.one("text");
        let context = self.one("document").zip(text).and_then(|(document, text)| {
            let found = document.find(text)?;
            let words = words(document);
            Some(context(&words, within(&words, found..found + text.len())))
        });
        self.file.source(1, text, context);
        Ok(())
    }

    fn document(&mut self) -> Result<(), Failure> {
        let (values, texts) = (self.list("values"), self.list("texts"));
        if values.len() != texts.len() {
            return Err(Failure::fit("`values` and `texts` are not equally long".to_owned()));
        }
        for (index, (value, text)) in values.iter().zip(texts).enumerate() {
            self.file.claim(&claim_id("values", Some(index)));
            self.file.key("value", value);
            self.file.source(index + 1, Some(text), None);
        }
        Ok(())
    }

    fn asserted(&mut self) -> Result<(), Failure> {
        for (letter, value) in ('a'..='z').zip(self.list("figures")) {
            self.file.claim(&letter.to_string());
            self.file.key("value", value);
        }
        for (index, assertion) in self.list("asserts").iter().enumerate() {
            self.file.assertion(&claim_id("check", Some(index)), assertion);
        }
        Ok(())
    }

    fn one_fact(&mut self) -> Result<(), Failure> {
        let values = self.list("claims");
        let id = self.measure(values, |measure| !measure.many)?;
        for (index, value) in values.iter().enumerate() {
            self.file.claim(&claim_id("claims", Some(index)));
            self.fact(id);
            self.file.key("value", value);
        }
        Ok(())
    }

    fn marks(&mut self) -> Result<(), Failure> {
        let values = self.list("marks");
        let id = self.measure(values, |measure| measure.tags.iter().any(|tag| &**tag == "mark"))?;
        for (index, value) in values.iter().enumerate() {
            self.file.claim(&claim_id("marks", Some(index)));
            self.fact(id);
            self.file.key("value", value);
            self.file.source(index + 1, None, None);
        }
        Ok(())
    }

    fn unstated(&mut self) -> Result<(), Failure> {
        let (unstated, stated) = (self.list("unstated"), self.list("stated"));
        let vocabulary = self.vocabulary;
        let all: Vec<Box<str>> = unstated.iter().chain(stated).cloned().collect();
        let id = self.measure(&all, |measure| !measure.many && optional_period(measure, vocabulary).is_some())?;
        let period = optional_period(vocabulary.measure(id), vocabulary).map_or("", |qualifier| &*qualifier.id);
        for (index, value) in unstated.iter().enumerate() {
            self.file.claim(&claim_id("unstated", (unstated.len() > 1).then_some(index)));
            self.fact(id);
            self.file.key("value", value);
        }
        for (index, value) in stated.iter().enumerate() {
            self.file.claim(&claim_id("stated", Some(index)));
            self.fact(id);
            self.file.key(period, &(2015 + index).to_string());
            self.file.key("value", value);
        }
        Ok(())
    }

    /// A measure that these values fit: best one whose claims need nothing but a subject.
    fn measure(&self, values: &[Box<str>], wanted: impl Fn(&Measure) -> bool) -> Result<MeasureId, Failure> {
        let vocabulary = self.vocabulary;
        let fits = |value: &str, measure: &Measure| {
            let parsed = Value::parse(value, Some(measure.dimension), &vocabulary.units);
            parsed.is_ok_and(|parsed| parsed.fits(measure.dimension, &vocabulary.units))
        };
        let fitting = vocabulary.measures().filter(|(_, measure)| {
            wanted(measure) && !values.is_empty() && values.iter().all(|value| fits(value, measure))
        });
        let effort = |measure: &Measure| {
            let needs = |id: &crate::rules::QualifierId| {
                let qualifier = vocabulary.qualifier(*id);
                qualifier.required || &*qualifier.id == OVER
            };
            let (facet, rounding) = (measure.facet_of.is_some(), measure.rounding != Rounding::Nearest);
            (measure.qualifiers.iter().any(needs), rounding, facet)
        };
        let best = fitting.min_by_key(|(_, measure)| effort(measure)).map(|(id, _)| id);
        best.ok_or_else(|| Failure::fit(format!("no measure fits {}", values.join(", "))))
    }

    /// The keys of a claim of a measure: those that it cannot do without.
    fn fact(&mut self, id: MeasureId) {
        let measure = self.vocabulary.measure(id);
        self.file.key("subject", SUBJECT);
        self.file.key("measure", &measure.id);
        let qualifiers: Vec<&Qualifier> = measure.qualifiers.iter().map(|id| self.vocabulary.qualifier(*id)).collect();
        let is_share = qualifiers.iter().any(|qualifier| &*qualifier.id == OVER);
        let whole = qualifiers.iter().find(|qualifier| is_share && qualifier.total.is_some());
        for qualifier in &qualifiers {
            let is_whole = whole.is_some_and(|whole| whole.id == qualifier.id);
            if qualifier.required || is_whole {
                let word = some_word(qualifier, self.vocabulary);
                if qualifier.of == ValuesOf::Subject {
                    self.file.subject(&word);
                }
                self.file.key(&qualifier.id, &word);
            }
        }
        if let Some(whole) = whole {
            self.file.key(OVER, &whole.id);
        }
    }
}

/// The qualifier that an example about something unsaid leaves out: a period that a claim may leave open.
fn optional_period<'v>(measure: &Measure, vocabulary: &'v Vocabulary) -> Option<&'v Qualifier> {
    let qualifiers = measure.qualifiers.iter().map(|id| vocabulary.qualifier(*id));
    qualifiers.into_iter().find(|qualifier| {
        let is_open = qualifier.total.is_none() && !qualifier.required && !qualifier.every;
        is_open && qualifier.of == ValuesOf::Period && !matches!(&*qualifier.id, CURRENCY | PER_CURRENCY)
    })
}

fn some_word(qualifier: &Qualifier, vocabulary: &Vocabulary) -> String {
    match &qualifier.of {
        ValuesOf::Members(members) => {
            members.first().map(|member| vocabulary.names.word(*member).to_owned()).unwrap_or_default()
        }
        ValuesOf::Period => "2015".to_owned(),
        ValuesOf::Subject => "other-example".to_owned(),
        ValuesOf::Word | ValuesOf::Qualifier => "some".to_owned(),
    }
}
