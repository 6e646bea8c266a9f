//! The valid stage of rule files: raw tables become a vocabulary and rules in which every reference is resolved.
//!
//! All files are merged by id first (a project's own tables override shipped ones), then the vocabulary is built,
//! because rules are typed against it. Mistakes are collected, never thrown: what is sound stays usable.

mod pattern;
mod rule;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml::Spanned;

use super::file::{RawFacet, RawMeasure, RawNotation, RawQualifier, RawRule, RawSubject, RawUnit, RuleFile, Words};
use super::{Rule, RuleSet};
use crate::document::{Problem, Span};
use crate::figure::nearest;

/// A raw table with the file that it stands in and the span of its name.
struct Entry<'a, T> {
    file: &'a Arc<str>,
    span: Span,
    raw: &'a T,
}

/// All tables of one kind by id, the last definition of each.
type Tables<'a, T> = BTreeMap<&'a str, Entry<'a, T>>;

/// The tables of all files.
#[derive(Default)]
struct Merged<'a> {
    units: Tables<'a, RawUnit>,
    qualifiers: Tables<'a, RawQualifier>,
    facets: Tables<'a, RawFacet>,
    subjects: Tables<'a, RawSubject>,
    measures: Tables<'a, RawMeasure>,
    rules: Tables<'a, RawRule>,
    notations: Vec<&'a RawNotation>,
    phrases: Vec<(&'a Arc<str>, &'a Spanned<String>, &'a Words)>,
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    Span::from(spanned.span())
}

/// Resolves raw files into a rule set; `problems` takes the mistakes.
pub fn resolve(files: &[(Arc<str>, RuleFile)], problems: &mut Vec<Problem>) -> RuleSet {
    let merged = merge(files, problems);
    let vocabulary = vocabulary::vocabulary(&merged, problems);
    let entries: Vec<&Entry<'_, RawRule>> = merged.rules.values().collect();
    let resolved: Vec<(Option<Rule>, Vec<Problem>)> = entries
        .par_iter()
        .map(|entry| {
            let mut problems = Vec::new();
            (rule::rule(entry, &vocabulary, &mut problems), problems)
        })
        .collect();
    let mut rules = Vec::with_capacity(resolved.len());
    for (rule, found) in resolved {
        rules.extend(rule);
        problems.extend(found);
    }
    entries.iter().for_each(|entry| others_exist(entry, &merged.rules, problems));
    // ids of shipped rules stay findable by binary search
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    RuleSet { vocabulary, rules }
}

/// Reports rules that are named in `instead_of` and do not exist.
fn others_exist(entry: &Entry<'_, RawRule>, rules: &Tables<'_, RawRule>, problems: &mut Vec<Problem>) {
    for other in entry.raw.instead_of.iter().filter(|other| !rules.contains_key(other.get_ref().as_str())) {
        let help = nearest(other.get_ref(), rules.keys().copied()).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no rule `{}`", other.get_ref());
        problems.push(Problem { file: entry.file.to_string(), span: Some(span_of(other)), message, help });
    }
}

fn merge<'a>(files: &'a [(Arc<str>, RuleFile)], problems: &mut Vec<Problem>) -> Merged<'a> {
    let mut merged = Merged::default();
    for (file, raw) in files {
        take(&mut merged.units, file, &raw.unit);
        take(&mut merged.qualifiers, file, &raw.qualifier);
        take(&mut merged.facets, file, &raw.facet);
        take(&mut merged.subjects, file, &raw.subject);
        take(&mut merged.measures, file, &raw.measure);
        merged.notations.extend(&raw.notation);
        merged.phrases.extend(raw.phrase.iter().map(|(id, words)| (file, id, words)));
        for rule in &raw.rule {
            let raw = rule.get_ref();
            let entry = Entry { file, span: span_of(&raw.id), raw };
            let id = raw.id.get_ref().as_str();
            if merged.rules.get(id).is_some_and(|earlier| Arc::ptr_eq(earlier.file, file)) {
                let message = format!("two rules of this file are called `{id}`");
                problems.push(Problem::new(&**file, entry.span, message).with_help("rename one of them"));
                continue;
            }
            merged.rules.insert(id, entry);
        }
    }
    merged
}

fn take<'a, T>(tables: &mut Tables<'a, T>, file: &'a Arc<str>, raw: &'a BTreeMap<Spanned<String>, T>) {
    for (id, raw) in raw {
        tables.insert(id.get_ref(), Entry { file, span: span_of(id), raw });
    }
}

/// Whether an id is written as the contract asks: words in kebab case, first a letter, parts joined by points.
fn is_id(id: &str) -> bool {
    id.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && !part.ends_with('-')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
    })
}
