//! The language packs of `rules/languages/`, as tables that were prepared when the program was built.
//!
//! Nothing is parsed or allocated at start-up. A word is looked up by a hash of its folded letters; a filter of one bit
//! a word turns nearly all others away. Which senses count depends on the language of the paragraph, so each sense says
//! which pack it is from.

pub mod fold;
pub mod prefix;
mod sense;

pub use sense::{Cue, Sense, Trait};

/// Bits of a clitic, as the build script writes them.
pub const CLITIC_AND: u8 = 1;
/// A preposition written as one word with its noun.
pub const CLITIC_PREPOSITION: u8 = 2;
/// An article written as one word with its noun.
pub const CLITIC_ARTICLE: u8 = 4;

/// How a language writes figures.
#[derive(Debug)]
pub struct Language {
    /// The code by which documents name it: `ar`.
    pub id: &'static str,
    /// The script that it is written in; empty for the signs that all share.
    pub script: &'static str,
    /// The mark before decimals where both are possible.
    pub decimal: char,
    /// Bits of its traits.
    traits: u32,
    /// Words written as one with the next, with their bits, the shortest first.
    pub clitics: &'static [(&'static str, u8)],
}

impl Language {
    /// Whether it writes figures so.
    pub fn has(&self, own: Trait) -> bool {
        self.traits & 1 << own as u32 != 0
    }
}

/// A sense and the language that gives it.
#[derive(Debug)]
pub struct Entry {
    language: u8,
    sense: Sense,
}

#[derive(Debug)]
struct Node {
    /// Whether a figure may be made of it.
    begins: bool,
    senses: (u32, u16),
    children: (u32, u16),
}

#[derive(Debug)]
struct Child {
    word: u32,
    glued: bool,
    node: u32,
}

#[allow(clippy::unreadable_literal)]
mod tables {
    use super::{Child, Cue, Entry, Language, Node, Sense};
    include!(concat!(env!("OUT_DIR"), "/language_packs.rs"));
}

pub use tables::{LANGUAGES, UNITS};

/// A word or the beginning of a phrase; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    /// No word of any pack.
    pub const NONE: Place = Place(0);

    /// Whether it is a word at all.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    fn node(self) -> &'static Node {
        &tables::NODES[self.0 as usize]
    }

    /// The senses of what ends here.
    pub fn entries(self) -> &'static [Entry] {
        let (start, length) = self.node().senses;
        &tables::ENTRIES[start as usize..start as usize + length as usize]
    }

    /// The phrase with this word more.
    pub fn followed_by(self, word: Place, glued: bool) -> Place {
        let (start, length) = self.node().children;
        let children = &tables::CHILDREN[start as usize..start as usize + length as usize];
        let found = children.iter().find(|child| child.word == word.0 && (!child.glued || glued));
        found.map_or(Place::NONE, |child| Place(child.node))
    }

    /// Whether a figure may be made of it.
    pub fn is_number(self) -> bool {
        self.node().begins
    }

    /// Whether a longer phrase begins so.
    pub fn continues(self) -> bool {
        self.node().children.1 > 0
    }
}

impl Entry {
    /// The sense, where it belongs to one of the languages in use (bits by index).
    pub fn sense_in(&self, languages: u32) -> Option<Sense> {
        (languages & (1 << self.language) != 0).then_some(self.sense)
    }

    /// The language that gives the sense.
    pub fn language(&self) -> usize {
        usize::from(self.language)
    }
}

/// Whether a word of this hash may be in the table.
pub fn may_know(hash: u32) -> bool {
    let bit = hash as usize % (tables::FILTER.len() * 64);
    tables::FILTER[bit / 64] & (1 << (bit % 64)) != 0
}

/// Whether a word whose prefix has this bit may be one of number, perhaps behind what is written as one with it.
pub fn may_begin_number(bit: usize) -> bool {
    tables::PREFIXES[bit / 64] & (1 << (bit % 64)) != 0
}

/// What a character of two bytes is to the scan; see [`prefix::index`].
pub fn index_of_two(lead: u8, follower: u8) -> u8 {
    tables::INDICES[usize::from(lead & 0x1f) << 6 | usize::from(follower & 0x3f)]
}

/// What a character counts as, from a table where there is one.
pub fn folded(letter: char) -> fold::Folded {
    match tables::FOLDS.get(letter as usize) {
        Some(packed) => fold::Folded::unpacked(*packed),
        None => fold::fold(letter),
    }
}

/// The letter that two bytes of UTF-8 fold to; `None` if they are no letter. The bytes must be a lead byte and its follower.
pub fn folded_letter(lead: u8, follower: u8) -> Option<char> {
    let code = usize::from(lead & 0x1f) << 6 | usize::from(follower & 0x3f);
    match tables::FOLDS[code] {
        packed if packed < 1 << 24 => char::from_u32(packed),
        _ => None,
    }
}

/// Looks a word up by its hash and, where that is known, by its folded letters.
pub fn find(hash: u32, is_word: impl Fn(&str) -> bool) -> Place {
    let mut slot = hash as usize % tables::SLOTS.len();
    loop {
        let (own, node) = tables::SLOTS[slot];
        if node == 0 {
            return Place::NONE;
        }
        if own == hash && is_word(tables::WORDS[node as usize]) {
            return Place(node);
        }
        slot = (slot + 1) % tables::SLOTS.len();
    }
}

/// The index of a language by its code.
pub fn language(id: &str) -> Option<usize> {
    LANGUAGES.iter().position(|language| language.id == id && !language.script.is_empty())
}

/// A unit by its id, where a pack has it.
pub fn unit_named(id: &str) -> Option<&'static str> {
    UNITS.iter().copied().find(|unit| *unit == id)
}
