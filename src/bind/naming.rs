//! Ids of claims: readable, and the same whenever the same text is read.

use super::{About, Bound};
use crate::extract::Mention;
use crate::figure::{Units, Value};
use crate::rules::Vocabulary;
use rustc_hash::FxHashSet;

/// The words of an id are at most so long.
const LONGEST: usize = 48;

/// An id that is not `taken` yet, which then it is.
pub fn id(bound: &Bound, mention: &Mention, vocabulary: &Vocabulary, taken: &mut FxHashSet<String>) -> String {
    let base = match &bound.about {
        Ok(about) => of_claim(about, &bound.value, vocabulary),
        Err(_) => of_draft(bound, mention, &vocabulary.units),
    };
    free(&base, taken)
}

/// The id, or if it is taken, the same with a number.
pub fn free(base: &str, taken: &mut FxHashSet<String>) -> String {
    let mut id = base.to_owned();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{base}-{number}");
        number += 1;
    }
    id
}

/// `kazakhstan-exports-russia-2020`: whose, what, and what tells it apart.
fn of_claim(about: &About, value: &Value, vocabulary: &Vocabulary) -> String {
    let measure = &vocabulary.measure(about.measure).id;
    if vocabulary.measure(about.measure).tags.iter().any(|tag| &**tag == "mark") {
        // numbers in a row are told apart by themselves
        return kebab(&format!("{measure}-{}", value.print(&vocabulary.units)));
    }
    let mut parts: Vec<&str> = vec![vocabulary.names.word(about.subject)];
    // a facet says little without its measure
    let count = measure.split('.').count();
    parts.extend(measure.split('.').skip(count.saturating_sub(2)));
    let told =
        about.qualifiers.iter().filter(|(id, _)| !matches!(&*vocabulary.qualifier(*id).id, "over" | "according_to"));
    parts.extend(told.map(|(_, value)| &**value));
    kebab(&parts.join("-"))
}

/// `figure-6-467-km`: what is written.
fn of_draft(bound: &Bound, mention: &Mention, units: &Units) -> String {
    let kind = if mention.date.is_some() { "date" } else { "figure" };
    kebab(&format!("{kind}-{}", bound.value.print(units)))
}

fn kebab(text: &str) -> String {
    let text = text.replace('%', "percent");
    let mut id = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            id.push(letter);
        } else if !id.is_empty() && !id.ends_with('-') && letter != ',' {
            id.push('-');
        }
    }
    if id.len() > LONGEST {
        let cut = id[..LONGEST].rfind('-').unwrap_or(LONGEST);
        id.truncate(cut);
    }
    id.trim_end_matches('-').to_owned()
}
