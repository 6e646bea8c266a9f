//! One `[[check]]`: a relation that a text asserts between its own claims.
//!
//! Its names are claims of the same file, or patterns of their ids (`leg-*`); a pattern leaves out the claims that the
//! check names by themselves, so that a total is never among its own parts. They are bound when the whole file is
//! read, and the expression is then typed by the dimensions of the claims, like that of a rule.

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::claim::{Allow, BoundTerm, CheckBody, Claim, ClaimIndex, LocalCheck};
use super::super::sections::{Entry, Section, Value as Toml};
use super::{FileReader, currency};
use crate::document::Span;
use crate::figure::nearest;
use crate::rules::expression::typing::{self, TermType, Type};
use crate::rules::expression::{Node, parse};
use crate::rules::rule::{Body, Rule};
use crate::rules::{RuleSet, Severity};

/// What to do where currencies meet.
const NO_RATE: &str = "currencies never convert by themselves; tie them by a claim of the rate: `a = b * rate`";

/// A check as written.
pub(super) struct RawCheck {
    id: Box<str>,
    header: Span,
    span: Span,
    assert: Option<Literal>,
    rule: Option<Literal>,
    /// Name of the term, and the ids that stand for it.
    terms: Vec<(Literal, Vec<Literal>)>,
    severity: Option<Severity>,
    why: Option<Box<str>>,
    allow: Vec<Allow>,
}

/// A string with its place.
#[derive(Clone)]
struct Literal {
    text: Box<str>,
    span: Span,
}

/// Claims of the file by id.
type Ids<'a> = FxHashMap<&'a str, ClaimIndex>;

impl FileReader<'_, '_> {
    pub(super) fn check(&mut self, section: &Section<'_, '_>) {
        let problems = self.batch.problems.len();
        let mut check = RawCheck {
            id: Box::default(),
            header: section.header,
            span: section.span,
            assert: None,
            rule: None,
            terms: Vec::new(),
            severity: None,
            why: None,
            allow: Vec::new(),
        };
        for entry in section.entries {
            match entry.key.value.as_ref() {
                "id" => check.id = self.literal_of(entry).map(|literal| literal.text).unwrap_or_default(),
                "assert" => check.assert = self.literal_of(entry),
                "rule" => check.rule = self.literal_of(entry),
                "terms" => check.terms = self.check_terms(entry),
                "why" => check.why = self.literal_of(entry).map(|literal| literal.text),
                "severity" => check.severity = self.check_severity(entry),
                "allow" => check.allow = self.allow(entry),
                other => {
                    let known = ["id", "assert", "rule", "terms", "why", "severity", "allow"];
                    self.unknown_key(entry.key.span, other, &known);
                }
            }
        }
        if section.damaged || self.batch.problems.len() != problems {
            return;
        }
        if check.id.is_empty() || !super::is_claim_id(&check.id) {
            let help = Some("write words in kebab case: `id = \"route-legs\"`".to_owned());
            return self.problem(section.header, "the check needs an `id`", help);
        }
        if check.assert.is_some() == check.rule.is_some() {
            let help = "write `assert = \"total = sum(leg-*)\"`, or `rule = \"…\"` with `terms`".to_owned();
            return self.problem(section.header, "a check has either `assert` or `rule`", Some(help));
        }
        if check.assert.is_some() && self.rules.rule(&check.id).is_some() {
            let help = format!("rename it, or write `rule = \"{}\"` with `terms` in place of `assert`", check.id);
            return self.problem(check.span, format!("a rule is called `{}`", check.id), Some(help));
        }
        self.pending.push(check);
    }

    fn literal_of(&mut self, entry: &Entry<'_>) -> Option<Literal> {
        let span = entry.value.span;
        self.string(entry).map(|text| Literal { text: text.trim().into(), span })
    }

    fn check_severity(&mut self, entry: &Entry<'_>) -> Option<Severity> {
        let name = self.string(entry)?;
        let severity = Severity::named(name);
        if severity.is_none() {
            let help = Some("severities are `error`, `warning` and `note`".to_owned());
            self.problem(entry.value.span, format!("`{name}` is no severity"), help);
        }
        severity
    }

    fn check_terms(&mut self, entry: &Entry<'_>) -> Vec<(Literal, Vec<Literal>)> {
        let Toml::Table(terms) = &entry.value.value else {
            let help = "write `terms = { shares = [\"claim-a\", \"claim-b\"] }`".to_owned();
            self.problem(entry.value.span, "`terms` must be a table", Some(help));
            return Vec::new();
        };
        let mut list = Vec::with_capacity(terms.len());
        for term in terms {
            let name = Literal { text: term.key.value.as_ref().into(), span: term.key.span };
            let ids = self.strings(term);
            let spans: Vec<Span> = match &term.value.value {
                Toml::List(items) => items.iter().map(|item| item.span).collect(),
                _ => vec![term.value.span],
            };
            list.push((name, ids.into_iter().zip(spans).map(|(text, span)| Literal { text, span }).collect()));
        }
        list
    }

    /// Binds the checks of the file to its claims, which begin at `first` in the batch.
    pub(super) fn finish_checks(&mut self, first: usize) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        let claims: Vec<(String, ClaimIndex)> = self.batch.claims[first..]
            .iter()
            .enumerate()
            .map(|(index, claim)| {
                (self.id_of(claim).to_owned(), ClaimIndex(u32::try_from(first + index).unwrap_or(u32::MAX)))
            })
            .collect();
        let ids: Ids<'_> = claims.iter().map(|(id, index)| (id.as_str(), *index)).collect();
        for raw in pending {
            let bound = if raw.rule.is_some() { self.bind_rule(&raw, &ids) } else { self.bind_own(&raw, &ids) };
            if let Some((body, terms)) = bound {
                let RawCheck { id, span, severity, why, allow, .. } = raw;
                self.batch.checks.push(LocalCheck { id, file: self.file, span, body, terms, severity, why, allow });
            }
        }
    }

    fn id_of(&self, claim: &Claim) -> &str {
        let (start, length) = (claim.id.start as usize, claim.id.length as usize);
        self.batch.arena.get(start..start + length).unwrap_or_default()
    }

    fn bind_own(&mut self, raw: &RawCheck, ids: &Ids<'_>) -> Option<(CheckBody, Vec<BoundTerm>)> {
        let text = raw.assert.as_ref()?;
        let mut names = ClaimNames { ids, terms: Vec::new() };
        let node = match parse::parse(&text.text, &mut names, &self.rules.vocabulary.units) {
            Ok(node) => node,
            Err(error) => {
                self.problem(text.span.part(1 + error.start, 1 + error.end), error.message, error.help);
                return None;
            }
        };
        let mut terms = names.terms;
        leave_out_named(&mut terms);
        if let Some(empty) = terms.iter().find(|term| term.claims.is_empty()) {
            let message = format!("every claim of `{}` is named by another part of the check", empty.name);
            self.problem(text.span, message, Some("a pattern leaves out what is named beside it".to_owned()));
            return None;
        }
        if terms.is_empty() {
            self.problem(
                text.span,
                "the check names no claim",
                Some("name claims of this file by their ids".to_owned()),
            );
            return None;
        }
        self.typed(&node, &terms, text)?;
        Some((CheckBody::Own { assert: node, text: text.text.clone() }, terms))
    }

    fn bind_rule(&mut self, raw: &RawCheck, ids: &Ids<'_>) -> Option<(CheckBody, Vec<BoundTerm>)> {
        let name = raw.rule.as_ref()?;
        let rules = self.rules;
        let Some(rule) = rules.rule(&name.text) else {
            let help = nearest(&name.text, rules.rule_ids()).map(|near| format!("did you mean `{near}`?"));
            self.problem(name.span, format!("no rule is called `{}`", name.text), help);
            return None;
        };
        let (Some(assert), false) = (&rule.assert, matches!(rule.body, Body::Builtin(_))) else {
            let help = Some("a builtin applies by itself wherever it can".to_owned());
            self.problem(name.span, format!("`{}` cannot be bound by hand", rule.id), help);
            return None;
        };
        let terms = self.rule_terms(raw, rule, ids)?;
        self.typed(assert, &terms, name)?;
        Some((CheckBody::Rule(rule.id.clone()), terms))
    }

    /// The claims for each term of a rule, in the rule's order.
    fn rule_terms(&mut self, raw: &RawCheck, rule: &Rule, ids: &Ids<'_>) -> Option<Vec<BoundTerm>> {
        for (name, _) in &raw.terms {
            if !rule.terms.iter().any(|term| term.name == name.text) {
                let known: Vec<&str> = rule.terms.iter().map(|term| &*term.name).collect();
                let help = Some(format!("`{}` has the terms {}", rule.id, known.join(", ")));
                self.problem(name.span, format!("the rule has no term `{}`", name.text), help);
                return None;
            }
        }
        let written = raw.terms.iter().flat_map(|(_, written)| written);
        let named: FxHashSet<ClaimIndex> = written.filter_map(|literal| ids.get(&*literal.text).copied()).collect();
        let mut bound = Vec::with_capacity(rule.terms.len());
        for term in &rule.terms {
            let Some((name, written)) = raw.terms.iter().find(|(name, _)| name.text == term.name) else {
                let help = Some(format!("add `{} = \"CLAIM-ID\"` to `terms`", term.name));
                self.problem(raw.header, format!("the check does not say its `{}`", term.name), help);
                return None;
            };
            let mut claims = Vec::with_capacity(written.len());
            for literal in written {
                let found = self.matching(literal, ids)?;
                let is_pattern = literal.text.contains('*');
                claims.extend(found.into_iter().filter(|claim| !is_pattern || !named.contains(claim)));
            }
            if !term.is_set && claims.len() != 1 {
                let message = format!("`{}` is one claim, here are {}", term.name, claims.len());
                self.problem(name.span, message, None);
                return None;
            }
            if claims.is_empty() {
                self.problem(name.span, format!("`{}` names no claim", term.name), None);
                return None;
            }
            bound.push(BoundTerm { name: term.name.clone(), is_set: term.is_set, claims });
        }
        Some(bound)
    }

    fn matching(&mut self, literal: &Literal, ids: &Ids<'_>) -> Option<Vec<ClaimIndex>> {
        let found = find(&literal.text, ids);
        if found.is_empty() {
            let help = match nearest(&literal.text, ids.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a check speaks of claims of its own file".to_owned(),
            };
            self.problem(literal.span, format!("no claim of this file is called `{}`", literal.text), Some(help));
            return None;
        }
        Some(found)
    }

    fn typed(&mut self, node: &Node, terms: &[BoundTerm], place: &Literal) -> Option<()> {
        let mut types = Vec::with_capacity(terms.len());
        for term in terms {
            let mut kinds = term.claims.iter().filter_map(|index| self.batch.claims.get(index.0 as usize));
            let Some(first) = kinds.next().map(|claim| claim_type(claim, self.rules)) else { continue };
            if let Some(other) = kinds.map(|claim| claim_type(claim, self.rules)).find(|kind| *kind != first) {
                let message = format!("`{}` holds {first} and {other}", term.name);
                self.problem(place.span, message, Some("the claims of one set have one dimension".to_owned()));
                return None;
            }
            types.push(TermType { element: first, is_set: term.is_set });
        }
        let units = &self.rules.vocabulary.units;
        if let Err(error) = typing::check(node, &types, units) {
            self.problem(place.span, error.message, error.help);
            return None;
        }
        let mut currencies = Vec::with_capacity(terms.len());
        for term in terms {
            let mut of_claims: Vec<_> = term
                .claims
                .iter()
                .filter_map(|index| self.batch.claims.get(index.0 as usize))
                .map(|claim| currency::of_unit(claim.value.unit(), units))
                .collect();
            of_claims.dedup();
            if let [first, second, ..] = of_claims.as_slice() {
                let message =
                    format!("`{}` mixes {} and {}", term.name, currency::print(first), currency::print(second));
                self.problem(place.span, message, Some(NO_RATE.to_owned()));
                return None;
            }
            currencies.push(of_claims.pop().unwrap_or_default());
        }
        match currency::check(node, &currencies, units) {
            Ok(_) => Some(()),
            Err((left, right)) => {
                let message = format!("{} meets {}", currency::print(&left), currency::print(&right));
                self.problem(place.span, message, Some(NO_RATE.to_owned()));
                None
            }
        }
    }
}

/// What a claim yields in an expression: its measure's dimension, a draft that of its value.
fn claim_type(claim: &Claim, rules: &RuleSet) -> Type {
    let vocabulary = &rules.vocabulary;
    Type::Value(match claim.key {
        Some(key) => vocabulary.measure(key.measure).dimension,
        None => claim.value.dimension(&vocabulary.units),
    })
}

/// Leaves out of patterns the claims that are terms by themselves: in `trade-total = sum(trade-*)`, `trade-total` is no part
/// of itself.
fn leave_out_named(terms: &mut [BoundTerm]) {
    let single = terms.iter().filter(|term| !term.is_set).flat_map(|term| term.claims.iter().copied());
    let named: FxHashSet<ClaimIndex> = single.collect();
    for term in terms.iter_mut().filter(|term| term.is_set) {
        term.claims.retain(|claim| !named.contains(claim));
    }
}

/// The claims of an id, or of a pattern with `*`, in the order of the file.
fn find(written: &str, ids: &Ids<'_>) -> Vec<ClaimIndex> {
    if !written.contains('*') {
        return ids.get(written).copied().into_iter().collect();
    }
    let mut found: Vec<ClaimIndex> = match written.split_once('*') {
        // one `*` is what nearly all patterns have, and needs no regular expression to be built
        Some((head, tail)) if !tail.contains('*') => {
            let rest = |id: &str| id.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail));
            ids.iter().filter(|(id, _)| rest(id)).map(|(_, index)| *index).collect()
        }
        _ => {
            let Some(pattern) = pattern(written) else { return Vec::new() };
            ids.iter().filter(|(id, _)| pattern.is_match(id)).map(|(_, index)| *index).collect()
        }
    };
    found.sort_unstable();
    found
}

/// The ids that a pattern means, in which `*` stands for any letters. A regular expression, since those never take
/// more than linear time, whatever somebody writes.
fn pattern(written: &str) -> Option<Regex> {
    let parts: Vec<String> = written.split('*').map(regex::escape).collect();
    Regex::new(&format!("^{}$", parts.join(".*"))).ok()
}

/// Claims of the file as names for an expression; each name becomes a term when it is first met.
struct ClaimNames<'a> {
    ids: &'a Ids<'a>,
    terms: Vec<BoundTerm>,
}

impl parse::Names for ClaimNames<'_> {
    fn term(&mut self, name: &str) -> Option<usize> {
        if let Some(index) = self.terms.iter().position(|term| &*term.name == name) {
            return Some(index);
        }
        let claims = find(name, self.ids);
        if claims.is_empty() {
            return None;
        }
        self.terms.push(BoundTerm { name: name.into(), is_set: name.contains('*'), claims });
        Some(self.terms.len() - 1)
    }

    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = self.ids.keys().map(|id| (*id).to_owned()).collect();
        known.sort_unstable();
        known
    }
}
