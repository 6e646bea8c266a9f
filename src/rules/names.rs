//! Words as numbers: subjects, qualifier values and whatever else is compared often and printed seldom.
//!
//! The vocabulary interns its words when it is loaded. Claim files are read in parallel, each batch with a
//! [`Names`] of its own on top; merging them in the order of the files gives every word the same number whatever
//! the number of threads.

use rustc_hash::FxHashMap;

/// An interned word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub u32);

/// A table of words, each with its number.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by_word: FxHashMap<Box<str>, Name>,
    words: Vec<Box<str>>,
    /// The number of the first word of this table; smaller numbers belong to the table below.
    first: u32,
}

impl Names {
    /// An empty table whose numbers go on after `below`.
    pub fn above(below: &Names) -> Names {
        Names { first: below.end(), ..Names::default() }
    }

    /// The number of the first word of this table.
    pub fn first(&self) -> u32 {
        self.first
    }

    fn end(&self) -> u32 {
        self.first + u32::try_from(self.words.len()).unwrap_or(u32::MAX - self.first)
    }

    pub fn find(&self, word: &str) -> Option<Name> {
        self.by_word.get(word).copied()
    }

    pub fn intern(&mut self, word: &str) -> Name {
        if let Some(name) = self.find(word) {
            return name;
        }
        let name = Name(self.end());
        self.words.push(word.into());
        self.by_word.insert(word.into(), name);
        name
    }

    /// The word of a name of this table; empty for one of another.
    pub fn word(&self, name: Name) -> &str {
        let index = name.0.checked_sub(self.first).map(|index| index as usize);
        index.and_then(|index| self.words.get(index)).map_or("", |word| word)
    }

    /// Whether a name is of this table and not of the one below.
    pub fn owns(&self, name: Name) -> bool {
        name.0 >= self.first
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &**word)
    }
}
