//! Which figures of a document have claims already, or had one that a person has deleted.
//!
//! A claim is there already if one of the same document has the same figure at the same line, or, where the text has
//! moved, the same figure. What was written once is noted in a comment at the end of the claim file, so that a claim that
//! somebody deletes does not come back; whoever wants it back deletes the comment too.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Bound;
use crate::extract::Mention;
use crate::figure::Value;

/// A figure that has a claim, or had one: its line and how the document writes it.
#[derive(Clone, Debug)]
pub struct Known {
    pub line: u32,
    pub text: String,
    /// The id of its claim in the same file and what it states; none where it stands in another, or was deleted.
    pub claim: Option<(String, Value)>,
}

/// What opens a comment that notes what was written.
const NOTED: &str = "# extracted, and not again if you delete it: ";
/// Between two of them.
const BETWEEN: &str = " | ";
/// Bytes of such a comment.
const WIDEST: usize = 120;

/// The comments that note what is written.
pub(super) fn remembered(written: &[(u32, String)]) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for (at, figure) in written {
        let entry = format!("{at} {}", figure.replace(BETWEEN, " "));
        if !line.is_empty() && line.len() + entry.len() > WIDEST {
            text.push_str(&format!("{NOTED}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push_str(BETWEEN);
        }
        line.push_str(&entry);
    }
    if !line.is_empty() {
        text.push_str(&format!("{NOTED}{line}\n"));
    }
    text
}

/// Adds to the claims of a document the figures that a claim file notes as written and that have no claim any more.
pub fn with_deleted(mut known: Vec<Known>, file: &str) -> Vec<Known> {
    let mut claims: FxHashMap<String, usize> = FxHashMap::default();
    let mut lines: FxHashSet<(u32, String)> = FxHashSet::default();
    for claim in &known {
        *claims.entry(squeezed(&claim.text)).or_default() += 1;
        lines.insert((claim.line, squeezed(&claim.text)));
    }
    let noted = file.lines().filter_map(|line| line.strip_prefix(NOTED)).flat_map(|line| line.split(BETWEEN));
    let mut noted: Vec<(u32, String)> = noted
        .filter_map(|entry| {
            let (line, text) = entry.split_once(' ')?;
            Some((line.parse().ok()?, squeezed(text)))
        })
        .collect();
    // those that stand where a claim does are its own, the others are left for what was deleted
    noted.sort_by_key(|place| !lines.contains(place));
    for (line, text) in noted {
        match claims.get_mut(&text).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => known.push(Known { line, text, claim: None }),
        }
    }
    known
}

/// For each claim the known one that it is, by index.
pub(super) fn matched(bound: &[Bound], mentions: &[Mention], known: &[Known]) -> Vec<Option<usize>> {
    let mut left = Left::new(known);
    // first those whose place is right, so that none of them is taken for another that has moved
    let mut found: Vec<Option<usize>> = vec![None; bound.len()];
    for take in [Left::take_at, Left::take_part] {
        for (bound, found) in bound.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = take(&mut left, &mentions[bound.mention]);
        }
    }
    // a range whose ends have each a claim is one figure
    left.leave_found();
    for (bound, found) in bound.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        *found = left.take_moved(&mentions[bound.mention]);
    }
    found
}

/// The claims that no mention has been found for yet.
struct Left {
    at: FxHashMap<(u32, String), Vec<usize>>,
    moved: FxHashMap<String, Vec<usize>>,
    is_taken: Vec<bool>,
    /// Where one was found.
    found: FxHashSet<(u32, String)>,
}

impl Left {
    fn new(known: &[Known]) -> Left {
        let (mut at, mut moved): (FxHashMap<_, Vec<usize>>, FxHashMap<_, Vec<usize>>) =
            (FxHashMap::default(), FxHashMap::default());
        // the first to be taken stands last
        for (index, claim) in known.iter().enumerate().rev() {
            let text = squeezed(&claim.text);
            at.entry((claim.line, text.clone())).or_default().push(index);
            moved.entry(text).or_default().push(index);
        }
        Left { at, moved, is_taken: vec![false; known.len()], found: FxHashSet::default() }
    }

    /// The same figure on the same line.
    fn take_at(&mut self, mention: &Mention) -> Option<usize> {
        self.take((line_of(mention), squeezed(&mention.text)))
    }

    fn take(&mut self, key: (u32, String)) -> Option<usize> {
        let index = next(self.at.get_mut(&key)?, &mut self.is_taken)?;
        self.found.insert(key);
        Some(index)
    }

    /// More or less of it: a person may have written other words with the figure than are read with it.
    fn take_part(&mut self, mention: &Mention) -> Option<usize> {
        let text = squeezed(&mention.text);
        let line = line_of(mention);
        let is_left = |claims: &[usize]| claims.iter().any(|index| !self.is_taken[*index]);
        let known = self
            .at
            .iter()
            .filter(|((known, written), claims)| *known == line && is_left(claims) && is_part(written, &text));
        // the one that is most like it, whatever the order of the table
        let near = known.map(|(key, _)| key).min_by_key(|(_, known)| (known.len().abs_diff(text.len()), known.clone()));
        let key = near.cloned()?;
        self.take(key)
    }

    fn take_moved(&mut self, mention: &Mention) -> Option<usize> {
        next(self.moved.get_mut(&squeezed(&mention.text))?, &mut self.is_taken)
    }

    /// Leaves out what else has a claim where one was found.
    fn leave_found(&mut self) {
        for key in &self.found {
            for index in self.at.get(key).into_iter().flatten() {
                self.is_taken[*index] = true;
            }
        }
    }
}

fn next(claims: &mut Vec<usize>, is_taken: &mut [bool]) -> Option<usize> {
    while let Some(index) = claims.pop() {
        if !std::mem::replace(&mut is_taken[index], true) {
            return Some(index);
        }
    }
    None
}

fn line_of(mention: &Mention) -> u32 {
    u32::try_from(mention.line).unwrap_or(u32::MAX)
}

pub(super) fn squeezed(text: &str) -> String {
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
