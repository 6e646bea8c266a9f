//! Claims as the text of a claim file: what is to be added to one, given what is there already.
//!
//! Nothing that stands in a file is ever changed: new sections go behind the last one, so that every comment and every
//! edit stays as it is. What is there already, and what was and has been deleted, is told by [`super::known`].

use rustc_hash::FxHashSet;

use super::known::{Known, matched, remembered, squeezed};
use super::relations::{Drafted, check, relations};
use super::{Bound, naming};
use crate::claims::text::TextClaims;
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

/// What is to be added.
#[derive(Clone, Debug)]
pub struct Additions {
    /// Sections of TOML; empty where there is nothing to add.
    pub text: String,
    /// A comment that stands behind them in a file: what was written.
    pub note: String,
    /// The claims that it holds.
    pub added: Vec<Bound>,
    /// How many are there already.
    pub known: usize,
    /// How many relations it holds.
    pub checks: usize,
}

/// The sections that a claim file lacks: claims, and the relations that the text itself states between them. `ids` are
/// those of the project. A relation is written with the first of its claims, and then no more.
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
    let mut claims: Vec<Drafted> = matched(bound, mentions, known)
        .into_iter()
        .zip(bound)
        .map(|(known, bound)| Drafted { bound: bound.clone(), known })
        .collect();
    let relations = relations(&mut claims, mentions, ties, known);
    let mut named: Vec<String> = Vec::with_capacity(claims.len());
    let mut sections = if target.is_stated { String::new() } else { document(target) };
    let (mut added, mut written) = (Vec::new(), Vec::new());
    for Drafted { bound, known: place } in &claims {
        let Some(place) = place else {
            let mention = &mentions[bound.mention];
            let id = naming::id(bound, mention, &rules.vocabulary, &mut taken);
            sections.push_str(&claim(&id, bound, mention, rules));
            written.push((u32::try_from(mention.line).unwrap_or(u32::MAX), squeezed(&mention.text)));
            added.push(bound.clone());
            named.push(id);
            continue;
        };
        named.push(known[*place].claim.as_ref().map(|(id, _)| id.clone()).unwrap_or_default());
    }
    for relation in &relations {
        sections.push_str(&check(relation, &named, &mut taken));
    }
    let known = claims.len() - added.len();
    let checks = relations.len();
    let text = if added.is_empty() { String::new() } else { sections };
    Additions { text, note: remembered(&written), added, known, checks }
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
pub(super) fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    toml_edit::Value::from(text).to_string().trim().to_owned()
}
