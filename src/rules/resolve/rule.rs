//! One rule: from the raw table to a [`Rule`] whose expression is parsed and typed for every expansion.

use std::sync::Arc;

use toml::Spanned;

use super::pattern::{self, RawPattern};
use super::{Entry, is_id, span_of};
use crate::document::{Problem, Span};
use crate::figure::{LiteralError, nearest};
use crate::rules::expression::typing::{self, TermType, Type};
use crate::rules::expression::{Node, parse};
use crate::rules::file::{RawExampleValue, RawRule, RawTermValue};
use crate::rules::rule::{Body, Example, Hint, Instance, Key, Origin, Outcome, Rule, Severity, Slot, Term};
use crate::rules::version::Version;
use crate::rules::vocabulary::{MeasureId, ValuesOf, Vocabulary};

/// The keys of a term that are no keys of facts.
const SET: &str = "set";
const MEASURE: &str = "measure";

/// Resolves one rule; `None` where it is too broken to run.
pub(super) fn rule(entry: &Entry<'_, RawRule>, vocabulary: &Vocabulary, problems: &mut Vec<Problem>) -> Option<Rule> {
    Resolver { entry, vocabulary, problems }.rule()
}

struct Resolver<'e, 'p> {
    entry: &'e Entry<'e, RawRule>,
    vocabulary: &'e Vocabulary,
    problems: &'p mut Vec<Problem>,
}

/// Terms of a rule as names for its expression, followed by the variables that it uses.
struct TermNames<'a> {
    terms: &'a [Term],
    variables: &'a mut Vec<Box<str>>,
}

impl parse::Names for TermNames<'_> {
    fn term(&mut self, name: &str) -> Option<usize> {
        let Some(variable) = name.strip_prefix('$') else {
            return self.terms.iter().position(|term| &*term.name == name);
        };
        let known = self.variables.iter().position(|known| &**known == variable);
        let index = known.unwrap_or_else(|| {
            self.variables.push(variable.into());
            self.variables.len() - 1
        });
        Some(self.terms.len() + index)
    }

    fn known(&self) -> Vec<String> {
        self.terms.iter().map(|term| term.name.to_string()).collect()
    }
}

impl<'e> Resolver<'e, '_> {
    fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let file = self.entry.file.to_string();
        self.problems.push(Problem { file, span: Some(span), message: message.into(), help });
    }

    fn rule(mut self) -> Option<Rule> {
        let raw = self.entry.raw;
        let id = raw.id.get_ref().as_str();
        if !is_id(id) || id.contains('.') {
            let help = "write words in kebab case that read well after \"allow\": `trade-balance`";
            self.problem(self.entry.span, format!("`{id}` is no rule id"), Some(help.to_owned()));
        }
        let severity = self.severity();
        let since = self.since();
        let mut terms = self.terms()?;
        let mut variables = Vec::new();
        let mut hints = Vec::new();
        let (assert, text, body, place) = match (&raw.builtin, &raw.assert) {
            (Some(name), None) => {
                let known = crate::rules::rule::BUILTINS;
                if !known.contains(&name.get_ref().as_str()) {
                    let help =
                        nearest(name.get_ref(), known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                    self.problem(span_of(name), format!("no builtin is called `{}`", name.get_ref()), help);
                    return None;
                }
                (None, "", Body::Builtin(name.get_ref().as_str().into()), span_of(name))
            }
            (None, Some(text)) => {
                let node = self.expression(text, &terms, &mut variables)?;
                for (index, term) in terms.iter_mut().enumerate() {
                    term.needs_whole_set = term.is_set && node.needs_whole_set(index);
                }
                hints = self.hints(&terms, &mut variables);
                let body = self.body(&node, &terms, &variables, text)?;
                (Some(node), text.get_ref().as_str(), body, span_of(text))
            }
            _ => {
                let help = "write `terms` and `assert`; `builtin` stands in place of both".to_owned();
                self.problem(
                    self.entry.span,
                    format!("the rule `{id}` needs either `assert` or `builtin`"),
                    Some(help),
                );
                return None;
            }
        };
        let examples = self.examples(&terms, &variables, matches!(body, Body::Builtin(_)));
        Some(Rule {
            id: id.into(),
            summary: raw.summary.as_str().into(),
            why: raw.why.as_deref().map(Into::into),
            severity,
            since,
            terms,
            variables,
            assert,
            assert_text: text.into(),
            body,
            hints,
            instead_of: raw.instead_of.iter().map(|rule| rule.get_ref().as_str().into()).collect(),
            examples,
            origin: Origin { file: Arc::clone(self.entry.file), id: self.entry.span, body: place },
        })
    }

    fn severity(&mut self) -> Severity {
        let Some(raw) = &self.entry.raw.severity else { return Severity::Error };
        Severity::named(raw.get_ref()).unwrap_or_else(|| {
            let help = Some("severities are `error`, `warning` and `note`".to_owned());
            self.problem(span_of(raw), format!("`{}` is no severity", raw.get_ref()), help);
            Severity::Error
        })
    }

    fn since(&mut self) -> Option<Version> {
        let raw = self.entry.raw.since.as_ref()?;
        let version = Version::parse(raw.get_ref());
        if version.is_none() {
            let help = Some("write the version of kzcheck: `since = \"0.1\"`".to_owned());
            self.problem(span_of(raw), format!("`{}` is no version", raw.get_ref()), help);
        }
        version
    }

    /// The terms with their names; whether each is a set is written (`set = true`) or follows from a `"*"`.
    fn terms(&mut self) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        let mut with_measure = 0;
        for (name, keys) in &self.entry.raw.terms {
            if !name.get_ref().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
                self.problem(span_of(name), format!("`{}` is no name for a term", name.get_ref()), None);
                return None;
            }
            let flag = |value: &RawTermValue| matches!(value, RawTermValue::Flag(true));
            let each = |value: &RawTermValue| matches!(value, RawTermValue::Text(text) if text == "*");
            let is_set = keys
                .iter()
                .any(|(key, value)| (key.get_ref() == SET && flag(value.get_ref())) || each(value.get_ref()));
            with_measure += usize::from(keys.keys().any(|key| key.get_ref() == MEASURE));
            terms.push(Term { name: name.get_ref().as_str().into(), is_set, needs_whole_set: false });
        }
        if with_measure != 0 && with_measure != terms.len() {
            let help = "give every term a `measure`, or none (then a [[check]] binds them)".to_owned();
            self.problem(self.entry.span, "some terms have a measure and some have none", Some(help));
            return None;
        }
        Some(terms)
    }

    fn expression(&mut self, text: &Spanned<String>, terms: &[Term], variables: &mut Vec<Box<str>>) -> Option<Node> {
        match parse::parse(text.get_ref(), &mut TermNames { terms, variables }, &self.vocabulary.units) {
            Ok(node) => Some(node),
            Err(error) => {
                self.problem(self.inside(text, &error), error.message, error.help);
                None
            }
        }
    }

    /// The span in the file of a place in a text; after the opening quote.
    fn inside(&self, text: &Spanned<String>, error: &LiteralError) -> Span {
        literal_part(span_of(text), text.get_ref(), error.start, error.end)
    }

    fn body(&mut self, node: &Node, terms: &[Term], variables: &[Box<str>], text: &Spanned<String>) -> Option<Body> {
        let raw = self.entry.raw;
        let bound = raw.terms.values().all(|keys| !keys.keys().any(|key| key.get_ref() == MEASURE));
        if bound {
            if let Some(variable) = variables.first() {
                let help = Some("variables are keys of patterns; give the terms a `measure`".to_owned());
                self.problem(span_of(text), format!("no term has the variable `${variable}`"), help);
                return None;
            }
            let types: Vec<TermType> =
                terms.iter().map(|term| TermType { element: Type::Unknown, is_set: term.is_set }).collect();
            self.typed(node, &types, text)?;
            return Some(Body::Bound);
        }
        let patterns = self.raw_patterns()?;
        let conditions = match raw.conditions.as_ref().map(|text| (pattern::conditions(text.get_ref()), text)) {
            None => Vec::new(),
            Some((Ok(conditions), _)) => conditions,
            Some((Err(message), text)) => {
                self.problem(span_of(text), message, None);
                return None;
            }
        };
        // most expansions fail by their dimensions, which can be told before they are made
        let may_fit = |measures: &[MeasureId]| self.fits(node, measures, terms, variables).is_ok();
        let (instances, _) = pattern::expand(&patterns, &conditions, self.vocabulary, may_fit);
        let mut kept = self.fitting(instances, node, (terms, variables)).0;
        if kept.is_empty() {
            let (instances, reason) = pattern::expand(&patterns, &conditions, self.vocabulary, |_| true);
            let (fitting, mismatch) = self.fitting(instances, node, (terms, variables));
            kept = fitting;
            if kept.is_empty() {
                self.refuse(mismatch, reason, text);
                return None;
            }
        }
        Some(Body::Patterns(kept))
    }

    /// Whether the dimensions of these measures fit the expression.
    fn fits(
        &self,
        node: &Node,
        measures: &[MeasureId],
        terms: &[Term],
        variables: &[Box<str>],
    ) -> Result<(), typing::TypeError> {
        let elements = measures.iter().map(|measure| self.vocabulary.measure(*measure).dimension);
        let of_terms = elements
            .zip(terms)
            .map(|(dimension, term)| TermType { element: Type::Value(dimension), is_set: term.is_set });
        let types: Vec<TermType> = of_terms.chain(variables.iter().map(|_| typing::VARIABLE)).collect();
        typing::check(node, &types, &self.vocabulary.units)
    }

    fn raw_patterns(&mut self) -> Option<Vec<RawPattern<'e>>> {
        let mut patterns = Vec::new();
        let raw: &'e RawRule = self.entry.raw;
        for keys in raw.terms.values() {
            let mut pattern = RawPattern { measure: "", keys: Vec::new() };
            for (key, value) in keys {
                match (key.get_ref().as_str(), value.get_ref()) {
                    (SET, RawTermValue::Flag(_)) => {}
                    (MEASURE, RawTermValue::Text(text)) => pattern.measure = text,
                    (key, RawTermValue::Text(text)) => pattern.keys.push((key, text.trim())),
                    (key, RawTermValue::Flag(_)) => {
                        let help = Some("write a value, `\"$x\"`, `\"*\"` or `\"total\"`".to_owned());
                        self.problem(span_of(value), format!("`{key}` takes no true or false"), help);
                        return None;
                    }
                }
            }
            patterns.push(pattern);
        }
        Some(patterns)
    }

    /// The expansions whose dimensions fit the expression, and why the first of the others does not.
    fn fitting(
        &self,
        instances: Vec<Instance>,
        node: &Node,
        (terms, variables): (&[Term], &[Box<str>]),
    ) -> (Vec<Instance>, Option<typing::TypeError>) {
        let mut mismatch = None;
        let mut kept = Vec::with_capacity(instances.len());
        for mut instance in instances {
            match self.used_variables(&instance, variables) {
                Ok(used) => instance.used = used,
                Err(message) => {
                    mismatch.get_or_insert(typing::TypeError { span: node.span, message, help: None });
                    continue;
                }
            }
            let measures: Vec<MeasureId> = instance.patterns.iter().map(|pattern| pattern.measure).collect();
            if let Err(error) = self.fits(node, &measures, terms, variables) {
                mismatch.get_or_insert(error);
            } else if let Some(name) = self.never_whole(&instance, terms) {
                mismatch.get_or_insert(typing::TypeError {
                    span: node.span,
                    message: format!("the set `{name}` is never known to be complete"),
                    help: Some("list the qualifier's `members`, or bound the sum by `<=`".to_owned()),
                });
            } else {
                kept.push(instance);
            }
        }
        (kept, mismatch)
    }

    /// A rule left without any expansion is broken.
    fn refuse(&mut self, mismatch: Option<typing::TypeError>, reason: Option<String>, text: &Spanned<String>) {
        match (mismatch, reason) {
            (Some(error), _) => {
                let span =
                    literal_part(span_of(text), text.get_ref(), error.span.start as usize, error.span.end as usize);
                self.problem(span, error.message, error.help);
            }
            (None, reason) => {
                let message = reason.unwrap_or_else(|| "no measure of the vocabulary fits the terms".to_owned());
                let help = "a rule that fits nothing can never fire".to_owned();
                self.problem(self.entry.span, message, Some(help));
            }
        }
    }

    /// The variables that an assertion uses, in an instance: keys whose values are periods.
    fn used_variables(&self, instance: &Instance, variables: &[Box<str>]) -> Result<Vec<usize>, String> {
        let period = |variable: usize| {
            instance.patterns.iter().flat_map(|pattern| &pattern.keys).any(|(key, slot)| match (key, slot) {
                (Key::Qualifier(id), Slot::Variable { variable: own, .. }) => {
                    *own == variable && self.vocabulary.qualifier(*id).of == ValuesOf::Period
                }
                _ => false,
            })
        };
        variables
            .iter()
            .map(|name| match instance.variables.iter().position(|known| known == name) {
                Some(index) if period(index) => Ok(index),
                Some(_) => Err(format!("`${name}` is no period; only a period can be used as a date")),
                None => Err(format!("no term has the variable `${name}`")),
            })
            .collect()
    }

    /// The name of a set that the assertion needs whole although its qualifier lists no members.
    fn never_whole<'t>(&self, instance: &Instance, terms: &'t [Term]) -> Option<&'t str> {
        instance.patterns.iter().zip(terms).find_map(|(pattern, term)| {
            let listed = match pattern.set_key() {
                Some(Key::Qualifier(id)) => matches!(self.vocabulary.qualifier(id).of, ValuesOf::Members(_)),
                _ => false,
            };
            (term.needs_whole_set && !listed).then_some(&*term.name)
        })
    }

    fn typed(&mut self, node: &Node, types: &[TermType], text: &Spanned<String>) -> Option<()> {
        match typing::check(node, types, &self.vocabulary.units) {
            Ok(()) => Some(()),
            Err(error) => {
                let span =
                    literal_part(span_of(text), text.get_ref(), error.span.start as usize, error.span.end as usize);
                self.problem(span, error.message, error.help);
                None
            }
        }
    }

    fn hints(&mut self, terms: &[Term], variables: &mut Vec<Box<str>>) -> Vec<Hint> {
        let mut hints = Vec::new();
        for raw in &self.entry.raw.hint {
            if let Some(assert) = self.expression(&raw.assert, terms, variables) {
                hints.push(Hint { assert, say: raw.say.as_str().into() });
            }
        }
        hints
    }

    fn examples(&mut self, terms: &[Term], variables: &[Box<str>], is_builtin: bool) -> Vec<Example> {
        let raw = self.entry.raw;
        let kinds = [(Outcome::Pass, &raw.pass), (Outcome::Strained, &raw.strained), (Outcome::Fail, &raw.fail)];
        let mut examples = Vec::new();
        for (outcome, list) in kinds {
            for example in list {
                let mut values = Vec::new();
                for (name, value) in example.get_ref() {
                    let known = terms.iter().map(|term| &term.name).chain(variables).any(|known| &**known == name);
                    if !known && !is_builtin {
                        let near = nearest(name, terms.iter().map(|term| &*term.name));
                        let help = near.map(|near| format!("did you mean `{near}`?"));
                        self.problem(span_of(example), format!("the rule has no term `{name}`"), help);
                    }
                    let list = match value {
                        RawExampleValue::One(value) => vec![value.as_str().into()],
                        RawExampleValue::Several(list) => list.iter().map(|value| value.as_str().into()).collect(),
                    };
                    values.push((name.as_str().into(), list));
                }
                examples.push(Example { outcome, values, span: span_of(example) });
            }
        }
        examples
    }
}

/// A part of a TOML string, in the file: exact where the string has no escapes, else the whole string.
fn literal_part(literal: Span, text: &str, start: usize, end: usize) -> Span {
    let quotes = (literal.end - literal.start) as usize - text.len().min((literal.end - literal.start) as usize);
    match quotes {
        2 => literal.part(1 + start, 1 + end),
        6 => literal.part(3 + start, 3 + end),
        _ => literal,
    }
}
