//! Claims as the text of a claim file: what is to be added to one, given what is there already.
//!
//! Nothing that stands in a file is ever changed: new sections go behind the last one, so that every comment and every
//! edit stays as it is. A claim is there already if one of the same document has the same figure at the same line, or,
//! where the text has moved, the same figure whose words around it are the same.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Bound, naming};
use crate::claims::text::TextClaims;
use crate::document::Span;
use crate::extract::Mention;
use crate::rules::RuleSet;

/// The document that claims point into, as the file names it.
#[derive(Clone, Debug)]
pub struct Target {
    pub id: String,
    pub title: Option<String>,
    pub language: Option<String>,
    /// Relative to the claim file.
    pub path: Option<String>,
    /// Whether the file says so already.
    pub is_stated: bool,
}

/// A claim that there is already: its line and its figure as the document writes it.
#[derive(Clone, Debug)]
pub struct Known {
    pub line: u32,
    pub text: String,
}

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Additions {
    /// Sections of TOML; empty where there is nothing to add.
    pub text: String,
    /// Indexes of the claims that it holds.
    pub added: Vec<usize>,
    /// How many are there already.
    pub known: usize,
    /// How many relations it holds.
    pub checks: usize,
}

/// A rule and, for each of its terms, the name, whether it is a set, and its claims.
struct Relation<'t> {
    rule: &'t str,
    terms: Vec<(&'t str, bool, Vec<usize>)>,
}

/// The relations between claims that are new. A draft takes the value that its relation needs (a fall is below zero, a
/// number of things has no unit); a bound claim has its own.
fn relations<'t>(
    bound: &mut [Bound],
    mentions: &[Mention],
    ties: &'t TextClaims,
    is_known: &[bool],
) -> Vec<Relation<'t>> {
    let mut places: FxHashMap<Span, Vec<usize>> = FxHashMap::default();
    for (index, claim) in bound.iter().enumerate().filter(|(index, _)| !is_known[*index]) {
        let mention = &mentions[claim.mention];
        places.entry(Span::new(mention.start, mention.end)).or_default().push(index);
    }
    let mut settled: FxHashSet<usize> = FxHashSet::default();
    let mut found = Vec::new();
    'ties: for tie in &ties.ties {
        let mut terms = Vec::with_capacity(tie.terms.len());
        let mut changed = Vec::new();
        let mut taken: FxHashSet<usize> = FxHashSet::default();
        for (name, is_set, figures) in &tie.terms {
            let mut claims = Vec::with_capacity(figures.len());
            for figure in figures.iter().filter_map(|figure| ties.figures.get(*figure)) {
                let Some([claim]) = places.get(&figure.span).map(Vec::as_slice) else {
                    continue 'ties;
                };
                // the two ends of a range are one claim, which cannot be both
                if !taken.insert(*claim) {
                    continue 'ties;
                }
                if bound[*claim].value != figure.value {
                    if bound[*claim].about.is_ok() || settled.contains(claim) {
                        continue 'ties;
                    }
                    changed.push((*claim, figure.value.clone()));
                }
                claims.push(*claim);
            }
            terms.push((*name, *is_set, claims));
        }
        settled.extend(terms.iter().flat_map(|(.., claims)| claims.iter().copied()));
        for (claim, value) in changed {
            bound[claim].value = value;
        }
        found.push(Relation { rule: &tie.rule, terms });
    }
    found
}

fn check(relation: &Relation<'_>, named: &[String], taken: &mut FxHashSet<String>) -> String {
    let ids = |claims: &[usize]| claims.iter().map(|claim| quoted(&named[*claim])).collect::<Vec<_>>().join(", ");
    let terms = relation.terms.iter().map(|(name, is_set, claims)| match is_set {
        true => format!("{name} = [{}]", ids(claims)),
        false => format!("{name} = {}", ids(claims)),
    });
    let first = relation.terms.iter().flat_map(|(.., claims)| claims).map(|claim| named[*claim].as_str()).next();
    let id = naming::free(&format!("{}-{}", first.unwrap_or("figures"), relation.rule), taken);
    let terms: Vec<String> = terms.collect();
    format!("[[check]]\nid = {}\nrule = {}\nterms = {{ {} }}\n\n", quoted(&id), quoted(relation.rule), terms.join(", "))
}

/// The sections that a claim file lacks: claims, and the relations that the text itself states between them. `ids` are
/// those of the project. A relation is written together with its claims, or not at all.
pub fn additions(
    bound: &[Bound],
    mentions: &[Mention],
    ties: &TextClaims,
    target: &Target,
    known: &[Known],
    ids: impl Iterator<Item = String>,
    rules: &RuleSet,
) -> Additions {
    let mut taken: FxHashSet<String> = ids.collect();
    let mut left = Left::new(known);
    // first those whose place is right, so that none of them is taken for another that has moved
    let mut is_known = vec![false; bound.len()];
    for take in [Left::take_at, Left::take_part, Left::take_moved] {
        for (bound, is_known) in bound.iter().zip(&mut is_known).filter(|(_, is_known)| !**is_known) {
            *is_known = take(&mut left, &mentions[bound.mention]);
        }
    }
    let bound = &mut bound.to_vec()[..];
    let relations = relations(bound, mentions, ties, &is_known);
    let mut named: Vec<String> = Vec::with_capacity(bound.len());
    let mut sections = if target.is_stated { String::new() } else { document(target) };
    let mut added = Vec::new();
    for (index, bound) in bound.iter().enumerate() {
        named.push(String::new());
        if !is_known[index] {
            let id = naming::id(bound, &mentions[bound.mention], &rules.vocabulary, &mut taken);
            sections.push_str(&claim(&id, bound, &mentions[bound.mention], rules));
            added.push(index);
            named[index] = id;
        }
    }
    for relation in &relations {
        sections.push_str(&check(relation, &named, &mut taken));
    }
    let known = bound.len() - added.len();
    let checks = relations.len();
    Additions { text: if added.is_empty() { String::new() } else { sections }, added, known, checks }
}

/// The claims that no mention has been found for yet.
struct Left {
    at: FxHashMap<(u32, String), usize>,
    moved: FxHashMap<String, usize>,
}

impl Left {
    fn new(known: &[Known]) -> Left {
        let (mut at, mut moved): (FxHashMap<_, usize>, FxHashMap<_, usize>) =
            (FxHashMap::default(), FxHashMap::default());
        for claim in known {
            let text = squeezed(&claim.text);
            *at.entry((claim.line, text.clone())).or_default() += 1;
            *moved.entry(text).or_default() += 1;
        }
        Left { at, moved }
    }

    /// The same figure on the same line.
    fn take_at(&mut self, mention: &Mention) -> bool {
        let line = u32::try_from(mention.line).unwrap_or(u32::MAX);
        let key = (line, squeezed(&mention.text));
        take(&mut self.at, &key) && take(&mut self.moved, &key.1)
    }

    /// More or less of it: a person may have written other words with the figure than are read with it.
    fn take_part(&mut self, mention: &Mention) -> bool {
        let text = squeezed(&mention.text);
        let line = u32::try_from(mention.line).unwrap_or(u32::MAX);
        let known = self.at.keys().filter(|(known, text_known)| *known == line && is_part(text_known, &text));
        // the one that is most like it, whatever the order of the table
        let key = known.min_by_key(|(_, known)| (known.len().abs_diff(text.len()), known.clone())).cloned();
        let Some(key) = key else { return false };
        take(&mut self.at, &key) && take(&mut self.moved, &key.1)
    }

    fn take_moved(&mut self, mention: &Mention) -> bool {
        take(&mut self.moved, &squeezed(&mention.text))
    }
}

fn take<K: Eq + std::hash::Hash + Clone>(counts: &mut FxHashMap<K, usize>, key: &K) -> bool {
    let Some(count) = counts.get_mut(key) else { return false };
    *count -= 1;
    if *count == 0 {
        counts.remove(key);
    }
    true
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a figure is part of what a claim has as its text, or the other way round.
fn is_part(known: &str, text: &str) -> bool {
    let (long, short) = if known.len() > text.len() { (known, text) } else { (text, known) };
    let Some(at) = long.find(short) else { return false };
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_numeric());
    let (before, behind) = (long[..at].chars().next_back(), long[at + short.len()..].chars().next());
    // a figure is no part of a longer number
    let is_cut =
        is_digit(before) && is_digit(short.chars().next()) || is_digit(behind) && is_digit(short.chars().next_back());
    !short.is_empty() && !is_cut
}

fn document(target: &Target) -> String {
    let mut text = String::from("[document]\n");
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {}\n", quoted(value)));
        }
    };
    line("id", Some(&target.id));
    line("title", target.title.as_deref());
    line("language", target.language.as_deref());
    line("path", target.path.as_deref());
    text.push('\n');
    text
}

fn claim(id: &str, bound: &Bound, mention: &Mention, rules: &RuleSet) -> String {
    let vocabulary = &rules.vocabulary;
    let mut text = format!("[[claim]]\nid = {}\n", quoted(id));
    let mut line = |key: &str, value: &str| text.push_str(&format!("{key} = {}\n", quoted(value)));
    if let Ok(about) = &bound.about {
        line("subject", vocabulary.names.word(about.subject));
        line("measure", &vocabulary.measure(about.measure).id);
        for (qualifier, value) in &about.qualifiers {
            line(&vocabulary.qualifier(*qualifier).id, value);
        }
    }
    line("value", &bound.value.print(&vocabulary.units));
    let source = format!("source = {{ line = {}, text = {} }}\n", mention.line, quoted(&squeezed(&mention.text)));
    let confidence = bound.about.as_ref().ok().map(|about| format!("confidence = \"{}\"\n", about.confidence.word()));
    text.push_str(&source);
    text.push_str(&confidence.unwrap_or_default());
    text.push('\n');
    text
}

/// A string as TOML writes it, on one line.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    toml_edit::Value::from(text).to_string().trim().to_owned()
}
