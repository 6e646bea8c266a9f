//! A paragraph as items: tokens with phrases joined, and the senses of each in the languages in use.
//!
//! The grammar reads items by index. Each item knows what stands before it (a blank, a line end, nothing) and which
//! words are written as one with it.

use std::ops::Range;

use super::heads::Given;
use super::pack::{CLITIC_AND, Cue, Entry, LANGUAGES, Language, Place, Sense};
use super::token::{Case, Class, Gap, SCRIPTS, Token, Tokens};

/// One item of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub start: u32,
    pub end: u32,
    pub class: Class,
    pub gap: Gap,
    pub case: Case,
    pub clitics: u8,
    pub letter: char,
    pub length: u32,
    /// How many tokens it is made of.
    pub tokens: u8,
    entries: &'static [Entry],
}

/// A paragraph ready for the grammar.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    pub text: &'a str,
    pub items: Vec<Item>,
    /// The language of most of its letters.
    pub language: usize,
    /// What holds for figures without a unit.
    pub given: Option<Given>,
    /// Bits of the languages whose words count here.
    languages: u32,
}

impl Item {
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.class == Class::Mark && self.letter == mark
    }

    pub(super) fn is_digits(&self) -> bool {
        self.class == Class::Digits
    }

    pub(super) fn is_glued(&self) -> bool {
        self.gap == Gap::Nothing
    }

    pub(super) fn joins(&self) -> bool {
        self.clitics & CLITIC_AND != 0
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is_unknown_word(&self) -> bool {
        self.class == Class::Word && self.entries.is_empty()
    }
}

/// Longest phrase in tokens.
const LONGEST_PHRASE: usize = 10;

impl<'a> Paragraph<'a> {
    /// Joins phrases and settles the language, which `forced` may give.
    pub(super) fn new(text: &'a str, found: &Tokens, forced: Option<usize>, fallback: usize) -> Paragraph<'a> {
        let (mut languages, mut language, mut most) = (0_u32, fallback, 0);
        for (index, known) in LANGUAGES.iter().enumerate() {
            let Some(script) = SCRIPTS.iter().position(|script| *script == known.script) else {
                languages |= u32::from(known.script.is_empty()) << index;
                continue;
            };
            let rival = LANGUAGES.iter().position(|other| other.script == known.script);
            let is_forced = forced.is_some_and(|forced| LANGUAGES[forced].script == known.script);
            if if is_forced { forced == Some(index) } else { rival == Some(index) } {
                languages |= 1 << index;
                if found.letters[script] > most {
                    most = found.letters[script];
                    language = index;
                }
            }
        }
        Paragraph { text, items: Vec::new(), language: forced.unwrap_or(language), given: None, languages }
    }

    /// Reads a stretch of its tokens in place of the one before.
    pub(super) fn read(&mut self, tokens: &[Token]) {
        self.items.clear();
        let mut at = 0;
        while at < tokens.len() {
            let item = item_at(&tokens[at..], self.languages);
            at += usize::from(item.tokens);
            self.items.push(item);
        }
    }

    pub(super) fn item(&self, index: usize) -> Option<&Item> {
        self.items.get(index)
    }

    /// The senses of an item; none beyond the paragraph.
    pub(super) fn senses(&self, index: usize) -> impl Iterator<Item = Sense> + '_ {
        let entries = self.item(index).map_or(&[][..], |item| item.entries);
        entries.iter().filter_map(|entry| entry.sense_in(self.languages))
    }

    /// The language that gives the item its meaning.
    pub(super) fn language_of(&self, index: usize) -> &'static Language {
        let entry = self.item(index).and_then(|item| item.entries.first());
        let language = entry.map(Entry::language).filter(|language| !LANGUAGES[*language].script.is_empty());
        &LANGUAGES[language.unwrap_or(self.language)]
    }

    pub(super) fn find<T>(&self, index: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.senses(index).find_map(pick)
    }

    pub(super) fn has_cue(&self, index: usize, cue: Cue) -> bool {
        self.senses(index).any(|sense| sense == Sense::Cue(cue))
    }

    pub(super) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.item(index).is_some_and(|item| item.is_mark(mark))
    }

    /// Whether an item follows its predecessor without a blank.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        self.item(index).is_some_and(Item::is_glued)
    }

    pub(super) fn slice(&self, index: usize) -> &'a str {
        self.item(index).map_or("", |item| &self.text[item.range()])
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.item(index).is_some_and(|item| item.class == Class::Word)
    }
}

/// The longest phrase that starts with these tokens, or the first token by itself.
fn item_at(tokens: &[Token], languages: u32) -> Item {
    let first = &tokens[0];
    let is_meant = |place: Place| place.entries().iter().any(|entry| entry.sense_in(languages).is_some());
    let (mut best, mut count, mut clitics) = (Place::NONE, 1, 0);
    for (start, flags) in [(first.place, 0), (first.stem, first.clitics)] {
        if !start.is_known() || (first.class == Class::Digits && !start.continues()) {
            continue;
        }
        if first.class != Class::Digits && is_meant(start) && !best.is_known() {
            (best, clitics) = (start, flags);
        }
        let (mut place, mut at) = (start, 0);
        while place.continues() && at < LONGEST_PHRASE {
            let Some(next) = tokens.get(at + 1) else { break };
            let mut step = 1;
            let mut follower = place.followed_by(next.place, next.gap == Gap::Nothing);
            let is_hyphen = next.class == Class::Mark && next.letter == '-' && next.gap == Gap::Nothing;
            if !follower.is_known()
                && is_hyphen
                && let Some(beyond) = tokens.get(at + 2)
                && beyond.gap == Gap::Nothing
            {
                // a hyphen where the pack writes a blank
                follower = place.followed_by(beyond.place, false);
                step = 2;
            }
            if !follower.is_known() {
                break;
            }
            (place, at) = (follower, at + step);
            if at + 1 > count && is_meant(place) {
                (best, count, clitics) = (place, at + 1, flags);
            }
        }
    }
    let last = &tokens[count - 1];
    let start = if clitics == 0 { first.start } else { first.stem_start };
    Item {
        start,
        end: last.end,
        class: first.class,
        gap: first.gap,
        case: if count == 1 { first.case } else { Case::Small },
        clitics,
        letter: first.letter,
        length: first.length,
        tokens: count as u8,
        entries: best.entries(),
    }
}
