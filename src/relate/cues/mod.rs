//! The cue words of the language packs, prepared when the program was built.
//!
//! A phrase is looked up by its folded words. The packs are small, so the table is a sorted list.

mod sense;

pub use sense::{Cue, Role};

/// One meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// What the phrase does.
    Cue(Cue),
    /// A family, by its number, and what the phrase stands for in it.
    Role(u8, Role),
}

#[derive(Debug)]
struct Phrase {
    words: &'static [&'static str],
    sense: Sense,
}

mod tables {
    use super::{Cue, Phrase, Role, Sense};
    include!(concat!(env!("OUT_DIR"), "/relation_cues.rs"));
}

/// What a phrase means: all its cues, and its role in a family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    cues: u64,
    roles: [Option<(u8, Role)>; ROLES],
}

/// Families that one phrase can belong to.
const ROLES: usize = 3;

impl Meaning {
    /// What a word means that does one thing.
    pub fn of(cue: Cue) -> Meaning {
        Meaning { cues: 1 << cue as u64, ..Meaning::default() }
    }

    /// Whether the phrase does this.
    pub fn has(self, cue: Cue) -> bool {
        let bit = |cue: Cue| 1 << cue as u64;
        // a verb of rising says that something grew
        let bits = match cue {
            Cue::Up => bit(Cue::Up) | bit(Cue::Rises),
            Cue::Down => bit(Cue::Down) | bit(Cue::Sinks),
            other => bit(other),
        };
        self.cues & bits != 0
    }

    /// What is left of it where the word is part of a name: `Rose` rises nowhere.
    pub fn of_name(self) -> Meaning {
        let acts =
            [Cue::Up, Cue::Down, Cue::Rises, Cue::Sinks, Cue::From, Cue::To, Cue::Compared, Cue::Open, Cue::Each];
        Meaning { cues: acts.iter().fold(self.cues, |cues, cue| cues & !(1 << *cue as u64)), ..self }
    }

    /// Only what it stands for in families.
    pub fn only_roles(self) -> Meaning {
        Meaning { cues: 0, ..self }
    }

    /// The families that the phrase belongs to, and what it stands for in each.
    pub fn roles(self) -> impl Iterator<Item = (u8, Role)> {
        self.roles.into_iter().flatten()
    }

    /// Whether it means anything.
    pub fn is_some(self) -> bool {
        self.cues & !(1 << Cue::Joined as u64) != 0 || self.roles[0].is_some()
    }
}

/// How many numbered parts a family has.
pub fn part_count(family: u8) -> usize {
    tables::PARTS.get(usize::from(family)).copied().unwrap_or(0)
}

/// Whether a family has words for the share of its part in its whole.
pub fn has_share(family: u8) -> bool {
    tables::PHRASES.iter().any(|phrase| phrase.sense == Sense::Role(family, Role::Share))
}

/// Whether a folded word says nothing of what a figure is about: an article, a preposition, a scale word.
pub fn is_particle(word: &str) -> bool {
    tables::PARTICLES.binary_search(&word).is_ok()
}

/// Phrases of more words are in no pack.
pub const LONGEST: usize = 6;

/// The longest phrase that these words begin with: what it means, and how many words it has.
pub fn longest(words: &[&str]) -> Option<(Meaning, usize)> {
    let first = words.first()?;
    let start = tables::PHRASES.partition_point(|phrase| phrase.words[0] < *first);
    let mut found: Option<(Meaning, usize)> = None;
    for phrase in tables::PHRASES[start..].iter().take_while(|phrase| phrase.words[0] == *first) {
        let length = phrase.words.len();
        if words.len() < length || phrase.words != &words[..length] {
            continue;
        }
        if found.is_none_or(|(_, known)| known < length) {
            found = Some((Meaning::default(), length));
        }
        if let Some((meaning, known)) = &mut found
            && *known == length
        {
            match phrase.sense {
                Sense::Cue(cue) => meaning.cues |= 1 << cue as u64,
                Sense::Role(family, role) => {
                    if let Some(free) = meaning.roles.iter_mut().find(|known| known.is_none()) {
                        *free = Some((family, role));
                    }
                }
            }
        }
    }
    found
}
