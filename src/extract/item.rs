//! A paragraph as items: tokens with phrases joined, and the senses of each in the languages in use.
//!
//! The grammar reads items by index. Each item knows what stands before it (a blank, a line end, nothing) and which
//! words are written as one with it.

use std::cell::RefCell;
use std::ops::Range;

use super::heads::Given;
use super::number::Numeral;
use super::pack::{CLITIC_AND, CLITIC_ARTICLE, Cue, Entry, Language, Packs, Place, Sense};
use super::token::{Case, Class, Gap, SCRIPTS, Token, Tokens};

/// One item of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
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
    entries: &'a [Entry],
}

/// A paragraph ready for the grammar.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    pub text: &'a str,
    pub items: Vec<Item<'a>>,
    pub packs: &'a Packs,
    /// The language of most of its letters.
    pub language: usize,
    /// What holds for figures without a unit.
    pub given: Option<Given>,
    /// Bits of the languages whose words count here.
    languages: u32,
    numbers: RefCell<Numbers>,
    present: Present,
}

/// Which senses the items of a stretch have at all: most parts of the grammar need one that most stretches lack, and give
/// up at once.
#[derive(Clone, Copy, Debug, Default)]
struct Present {
    /// Bits of the cues.
    cues: u128,
    has_month: bool,
    has_decade: bool,
    has_season: bool,
}

impl Present {
    fn add(&mut self, sense: Sense) {
        match sense {
            Sense::Cue(cue) => self.cues |= 1 << cue as u32,
            Sense::Month(_) | Sense::HijriMonth(_) => self.has_month = true,
            Sense::Decade(_) => self.has_decade = true,
            Sense::Season(_) => self.has_season = true,
            _ => {}
        }
    }
}

/// The numbers that were read so far, so that each is read once, however many parts of the grammar ask for it.
#[derive(Debug, Default)]
struct Numbers {
    /// For each item: not asked for yet, none, or the place of the number in the list.
    states: Vec<u32>,
    found: Vec<Numeral>,
}

const NOT_ASKED: u32 = 0;
const NO_NUMBER: u32 = 1;

impl Item<'_> {
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

    /// Whether the word begins with an article that is written as one with it.
    pub(super) fn has_article(&self, paragraph: &Paragraph<'_>) -> bool {
        let clitics = &paragraph.language_of(usize::MAX).clitics;
        let articles = clitics.iter().filter(|(_, bits)| bits & CLITIC_ARTICLE != 0);
        self.clitics & CLITIC_ARTICLE != 0
            || articles.into_iter().any(|(article, _)| paragraph.text[self.range()].starts_with(&**article))
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
    pub(super) fn new(text: &'a str, found: &Tokens<'a>, forced: Option<usize>, fallback: usize) -> Paragraph<'a> {
        let (mut languages, mut language, mut most) = (0_u32, fallback, 0);
        let all = found.packs.languages();
        for (index, known) in all.iter().enumerate() {
            let Some(script) = SCRIPTS.iter().position(|script| *script == known.script) else {
                languages |= u32::from(known.script.is_empty()) << index;
                continue;
            };
            let rival = all.iter().position(|other| other.script == known.script);
            let is_forced = forced.is_some_and(|forced| all[forced].script == known.script);
            if if is_forced { forced == Some(index) } else { rival == Some(index) } {
                languages |= 1 << index;
                if found.letters[script] > most {
                    most = found.letters[script];
                    language = index;
                }
            }
        }
        Paragraph {
            text,
            items: Vec::new(),
            packs: found.packs,
            language: forced.unwrap_or(language),
            given: None,
            languages,
            numbers: RefCell::default(),
            present: Present::default(),
        }
    }

    /// Reads a stretch of its tokens in place of the one before.
    pub(super) fn read(&mut self, tokens: &[Token]) {
        self.items.clear();
        let mut at = 0;
        while at < tokens.len() {
            let item = item_at(&tokens[at..], self.languages, self.packs);
            at += usize::from(item.tokens);
            self.items.push(item);
        }
        self.present = Present::default();
        let entries = self.items.iter().flat_map(|item| item.entries);
        for sense in entries.filter_map(|entry| entry.sense_in(self.languages)) {
            self.present.add(sense);
        }
        let numbers = self.numbers.get_mut();
        numbers.states.clear();
        numbers.states.resize(self.items.len(), NOT_ASKED);
        numbers.found.clear();
    }

    /// The number that starts at an item, read by `read` where nobody has asked for it yet.
    pub(super) fn number(&self, index: usize, read: impl FnOnce() -> Option<Numeral>) -> Option<Numeral> {
        let state = self.numbers.borrow().states.get(index).copied()?;
        if state > NO_NUMBER {
            return self.numbers.borrow().found.get((state - NO_NUMBER - 1) as usize).cloned();
        }
        if state == NO_NUMBER {
            return None;
        }
        let number = read();
        let mut numbers = self.numbers.borrow_mut();
        let state = match &number {
            None => NO_NUMBER,
            Some(number) => {
                numbers.found.push(number.clone());
                numbers.found.len() as u32 + NO_NUMBER
            }
        };
        numbers.states[index] = state;
        number
    }

    pub(super) fn item(&self, index: usize) -> Option<&Item<'a>> {
        self.items.get(index)
    }

    /// The senses of an item; none beyond the paragraph.
    pub(super) fn senses(&self, index: usize) -> impl Iterator<Item = Sense> + '_ {
        let entries = self.item(index).map_or(&[][..], |item| item.entries);
        entries.iter().filter_map(|entry| entry.sense_in(self.languages))
    }

    /// The language that gives the item its meaning.
    pub(super) fn language_of(&self, index: usize) -> &'a Language {
        let all = self.packs.languages();
        let entry = self.item(index).and_then(|item| item.entries.first());
        let language = entry.map(Entry::language).filter(|language| !all[*language].script.is_empty());
        &all[language.unwrap_or(self.language)]
    }

    /// Whether any item has one of these cues.
    pub(super) fn knows(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.present.cues & 1 << *cue as u32 != 0)
    }

    /// Whether any item names a month, a decade, a season.
    pub(super) fn knows_month(&self) -> bool {
        self.present.has_month
    }

    pub(super) fn knows_decade(&self) -> bool {
        self.present.has_decade
    }

    pub(super) fn knows_season(&self) -> bool {
        self.present.has_season
    }

    /// The id of a unit.
    pub(super) fn unit_id(&self, unit: u16) -> &'a str {
        self.packs.unit(unit)
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

    /// Whether nothing but these items stands in the paragraph: a cell of a table, an item of a list.
    pub(super) fn is_all(&self, start: usize, end: usize) -> bool {
        let (Some(first), Some(last)) = (self.item(start), end.checked_sub(1).and_then(|last| self.item(last))) else {
            return false;
        };
        let is_blank = |text: &str| text.chars().all(char::is_whitespace);
        is_blank(&self.text[..first.start as usize]) && is_blank(&self.text[last.end as usize..])
    }

    /// Whether a word is written in another script than the paragraph.
    pub(super) fn is_foreign(&self, index: usize) -> bool {
        let script = |letter: char| super::token::script(letter.to_lowercase().next().unwrap_or(letter));
        let own = SCRIPTS.iter().position(|script| *script == self.packs.languages()[self.language].script);
        self.item(index).is_some_and(|item| script(item.letter).is_some_and(|script| Some(script) != own))
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
fn item_at<'a>(tokens: &[Token], languages: u32, packs: &'a Packs) -> Item<'a> {
    let first = &tokens[0];
    let is_meant = |place: Place| packs.entries(place).iter().any(|entry| entry.sense_in(languages).is_some());
    let (mut best, mut count, mut clitics) = (Place::NONE, 1, 0);
    for (start, flags) in [(first.place, 0), (first.stem, first.clitics)] {
        if !start.is_known() || (first.class == Class::Digits && !packs.continues(start)) {
            continue;
        }
        if first.class != Class::Digits && is_meant(start) && !best.is_known() {
            (best, clitics) = (start, flags);
        }
        let (mut place, mut at) = (start, 0);
        while packs.continues(place) && at < LONGEST_PHRASE {
            let Some(next) = tokens.get(at + 1) else { break };
            let mut step = 1;
            let mut follower = packs.followed_by(place, next.place, next.gap == Gap::Nothing);
            let is_hyphen = next.class == Class::Mark && next.letter == '-' && next.gap == Gap::Nothing;
            if !follower.is_known()
                && is_hyphen
                && let Some(beyond) = tokens.get(at + 2)
                && beyond.gap == Gap::Nothing
            {
                // a hyphen where the pack writes a blank
                follower = packs.followed_by(place, beyond.place, false);
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
        entries: packs.entries(best),
    }
}
