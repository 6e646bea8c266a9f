//! The language packs of `rules/languages/`, as tables that were prepared when the program was built, and what a project
//! lays over them.
//!
//! Nothing of the shipped packs is parsed or allocated at start-up. A word is looked up by a hash of its folded letters; a
//! filter of one bit a word turns nearly all others away. Which senses count depends on the language of the paragraph, so
//! each sense says which pack it is from. The words of a project are looked up first, and know what the shipped ones mean.

use std::borrow::Cow;

#[allow(dead_code, reason = "the build script writes tables with it, the program lays packs over them")]
mod compile;
pub mod fold;
mod over;
pub mod prefix;
mod sense;
mod words;

pub use compile::Fault;
pub use sense::{Cue, Sense, Trait};

/// Bits of a clitic, as the build script writes them.
pub use compile::{CLITIC_AND, CLITIC_ARTICLE, CLITIC_PREPOSITION};

/// How a language writes figures.
#[derive(Clone, Debug)]
pub struct Language {
    /// The code by which documents name it: `ar`.
    pub id: Cow<'static, str>,
    /// The script that it is written in; empty for the signs that all share.
    pub script: Cow<'static, str>,
    /// The mark before decimals where both are possible.
    pub decimal: char,
    /// Bits of its traits.
    traits: u32,
    /// Words written as one with the next, with their bits, the shortest first.
    pub clitics: Cow<'static, [(Cow<'static, str>, u8)]>,
    /// Endings of nouns that make them definite, as a possessive pronoun does.
    pub suffixes: Cow<'static, [Cow<'static, str>]>,
}

impl Language {
    /// Whether it writes figures so.
    pub fn has(&self, own: Trait) -> bool {
        self.traits & 1 << own as u32 != 0
    }
}

/// A sense and the language that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    use std::borrow::Cow;

    use super::{Child, Cue, Entry, Language, Node, Sense};
    include!(concat!(env!("OUT_DIR"), "/language_packs.rs"));
}

/// A word or the beginning of a phrase; 0 is none, and those of a project come behind the shipped ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    /// No word of any pack.
    pub const NONE: Place = Place(0);

    /// Whether it is a word at all.
    pub fn is_known(self) -> bool {
        self.0 != 0
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

/// The language packs that a text is read with: the shipped ones, and perhaps those of a project over them.
#[derive(Debug, Default)]
pub struct Packs {
    over: Option<Box<over::Over>>,
}

/// The packs of the program.
pub static SHIPPED: Packs = Packs { over: None };

impl Packs {
    /// The shipped packs with those of a project over them: pairs of a code (`ru`) and the TOML of its pack.
    ///
    /// A pack of a new code is a new language. One of a known code adds its words to that language; where a word is a
    /// number, a unit, a month or the like there already, the project's meaning takes the place of the shipped one.
    ///
    /// # Errors
    /// The first mistake, with the index of its pack.
    pub fn with(own: &[(&str, &str)]) -> Result<Packs, (usize, Fault)> {
        over::Over::new(own).map(|over| Packs { over: Some(Box::new(over)) })
    }

    /// All languages, by index.
    pub fn languages(&self) -> &[Language] {
        self.over.as_ref().map_or(tables::LANGUAGES, |over| &over.languages)
    }

    /// The index of a language by its code.
    pub fn language(&self, id: &str) -> Option<usize> {
        self.languages().iter().position(|language| language.id == id && !language.script.is_empty())
    }

    /// The id of a unit by its index.
    pub fn unit(&self, unit: u16) -> &str {
        match tables::UNITS.get(usize::from(unit)) {
            Some(id) => id,
            None => self.over.as_ref().and_then(|over| over.unit(unit)).unwrap_or_default(),
        }
    }

    /// Whether a unit is a currency: its id is an ISO 4217 code.
    pub fn is_currency(&self, id: &str) -> bool {
        tables::CURRENCIES.binary_search(&id).is_ok()
    }

    /// A unit by its id, where a pack has it.
    pub fn unit_named(&self, id: &str) -> Option<&'static str> {
        tables::UNITS.iter().copied().find(|unit| *unit == id)
    }

    /// The senses of what ends at a place.
    pub fn entries(&self, place: Place) -> &[Entry] {
        match tables::NODES.get(place.0 as usize) {
            Some(node) => &tables::ENTRIES[node.senses.0 as usize..node.senses.0 as usize + usize::from(node.senses.1)],
            None => self.over.as_ref().map_or(&[], |over| over.entries(place)),
        }
    }

    /// The phrase with this word more.
    pub fn followed_by(&self, place: Place, word: Place, glued: bool) -> Place {
        match &self.over {
            Some(over) => over.followed_by(place, word, glued),
            None => shipped_child(place, word, glued),
        }
    }

    /// Whether a figure may be made of it.
    pub fn is_number(&self, place: Place) -> bool {
        match tables::NODES.get(place.0 as usize) {
            Some(node) => node.begins,
            None => self.over.as_ref().is_some_and(|over| over.is_number(place)),
        }
    }

    /// Whether a longer phrase begins so.
    pub fn continues(&self, place: Place) -> bool {
        match tables::NODES.get(place.0 as usize) {
            Some(node) => node.children.1 > 0,
            None => self.over.as_ref().is_some_and(|over| over.continues(place)),
        }
    }

    /// Whether a word of this hash may be in the table.
    pub fn may_know(&self, hash: u32) -> bool {
        let filter = self.over.as_ref().map_or(&tables::FILTER[..], |over| &over.filter);
        let bit = hash as usize % (tables::FILTER.len() * 64);
        filter[bit / 64] & (1 << (bit % 64)) != 0
    }

    /// Looks a word up by its hash and, where that is known, by its folded letters.
    pub fn find(&self, hash: u32, is_word: impl Fn(&str) -> bool) -> Place {
        if let Some(place) = self.over.as_ref().and_then(|over| over.find(hash, &is_word)) {
            return place;
        }
        shipped_word(hash, is_word)
    }

    /// Whether a word whose prefix has this bit may be one of number, perhaps behind what is written as one with it.
    pub fn may_begin_number(&self, bit: usize) -> bool {
        let filter = self.over.as_ref().map_or(&tables::PREFIXES[..], |over| &over.prefixes);
        filter[bit / 64] & (1 << (bit % 64)) != 0
    }
}

fn shipped_child(place: Place, word: Place, glued: bool) -> Place {
    let Some(node) = tables::NODES.get(place.0 as usize) else { return Place::NONE };
    let (start, length) = node.children;
    let children = &tables::CHILDREN[start as usize..start as usize + length as usize];
    let found = children.iter().find(|child| child.word == word.0 && (!child.glued || glued));
    found.map_or(Place::NONE, |child| Place(child.node))
}

fn shipped_word(hash: u32, is_word: impl Fn(&str) -> bool) -> Place {
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
