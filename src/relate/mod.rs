//! What a text itself says about how its figures belong together: mentions in, [`Structure`]s out, and from them draft
//! claims and checks that the engine decides like any others.
//!
//! What ties figures is grammar and layout, never nearness alone: a head with its enumeration, a bracket, "of which",
//! "others", "up from … to". The words for it are data, in `[relation]` and `[role]` of the language packs. Where a text
//! leaves open what belongs together nothing is recognised, because a guessed grouping is worse than silence. What a
//! figure is *about* is not decided here.

mod again;
mod amount;
mod change;
mod cues;
pub mod drafts;
mod family;
mod list;
mod pieces;
mod share;
mod structure;
mod value;

use crate::extract::Mention;
use crate::figure::Units;
pub use structure::{ChangeUnit, Sort, Structure};

use pieces::Paragraph;

/// Figures of one paragraph beyond which it is a table or a list of numbers, and not read for structures.
const MOST_FIGURES: usize = 4000;

/// The structures that a text ties its figures into, in the order of the text. `mentions` are those of the text.
pub fn structures(text: &str, mentions: &[Mention], units: &Units) -> Vec<Structure> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < mentions.len() {
        let (start, end) = paragraph_around(text, mentions[first].start);
        let count = mentions[first..].iter().take_while(|mention| mention.start < end).count().max(1);
        if count <= MOST_FIGURES {
            let paragraph = Paragraph::read(text, mentions, first..first + count, start..end);
            recognise(&paragraph, units, &mut found);
        }
        first += count;
    }
    found
}

fn recognise(paragraph: &Paragraph<'_>, units: &Units, found: &mut Vec<Structure>) {
    let first = found.len();
    again::again(paragraph, units, found);
    list::lists(paragraph, found);
    share::lists(paragraph, found);
    share::families(paragraph, found);
    share::parts(paragraph, found);
    change::changes(paragraph, found);
    family::families(paragraph, found);
    let own = &mut found[first..];
    own.sort_by_key(|structure| structure.figures().into_iter().min());
    // two ways may lead to one structure
    let mut known: Vec<Structure> = Vec::new();
    let kept: Vec<Structure> = found.drain(first..).collect();
    for structure in kept {
        if !known.contains(&structure) {
            known.push(structure);
        }
    }
    found.append(&mut known);
}

/// The paragraph around a byte: what lies between empty lines.
fn paragraph_around(text: &str, at: usize) -> (usize, usize) {
    let start = empty_line_before(&text[..at]);
    let end = empty_line_behind(&text[at..]).map_or(text.len(), |end| at + end);
    (start, end)
}

fn empty_line_before(text: &str) -> usize {
    let mut line_end = text.len();
    while let Some(newline) = memchr::memrchr(b'\n', &text.as_bytes()[..line_end]) {
        let line = &text[newline + 1..line_end];
        if line_end < text.len() && line.trim().is_empty() {
            return line_end;
        }
        line_end = newline;
    }
    0
}

fn empty_line_behind(text: &str) -> Option<usize> {
    let mut at = memchr::memchr(b'\n', text.as_bytes())? + 1;
    loop {
        let rest = text.get(at..)?;
        let length = memchr::memchr(b'\n', rest.as_bytes())? + 1;
        if rest[..length].trim().is_empty() {
            return Some(at);
        }
        at += length;
    }
}
