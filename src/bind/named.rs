//! Who is named in a passage and how: as the owner, as the other side, as where something comes from, as part of a
//! longer name. Whether that is the subject of a claim is decided elsewhere.

use super::forms;
use super::lexicon::{Hit, Lexicon, Sense};
use super::passage::Passage;
use crate::rules::Name;
use crate::rules::vocabulary::Phrase;

/// A subject that is named, and how.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    pub name: Name,
    pub start: usize,
    pub end: usize,
    pub role: Role,
}

/// How a named subject stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Without anything that says how.
    Bare,
    /// As the place that has it, or whose it is.
    Owner,
    /// With a word that says `with`.
    With,
    /// As where something goes.
    To,
    /// As where something comes from.
    From,
    /// As the other side of a measure; only where the measure is known.
    Other,
    /// As an adjective.
    Adjective,
    /// As the name of a part of it: `metropolitan France`.
    Part,
    /// As who says it.
    Speaker,
}

impl Passage<'_> {
    pub(super) fn named_at(&self, hit: &Hit) -> Option<Named> {
        // `долларов США` names no country
        if self.in_figure[hit.start] {
            return None;
        }
        let (name, role) = match hit.sense {
            Sense::Subject(name) => (name, self.role(hit)),
            Sense::Adjective(name) => (name, if self.is_of_land(hit) { Role::Owner } else { Role::Adjective }),
            _ => return None,
        };
        Some(Named { name, start: hit.start, end: hit.end, role })
    }

    /// Whether an adjective says whose economy or territory is meant.
    fn is_of_land(&self, hit: &Hit) -> bool {
        let before = hit.start.checked_sub(1).filter(|_| !self.words[hit.start].is_after_mark);
        let is_land = |word: usize| self.does(word, Phrase::Land) && self.joined(word, hit.start);
        // adjectives stand behind their nouns where no capital shows what is a name
        let has_case = self.words[hit.start].folded.chars().all(|letter| letter.is_lowercase());
        let is_behind = has_case && self.words.get(hit.end).is_some_and(|next| !next.is_after_mark) && is_land(hit.end);
        is_behind || !has_case && before.is_some_and(is_land)
    }

    fn role(&self, hit: &Hit) -> Role {
        // `said` directly behind, or a word that names a source shortly before
        if (hit.end..hit.end + 2).any(|at| self.joined(hit.end, at) && self.does(at, Phrase::Said)) {
            return Role::Speaker;
        }
        let before = hit.start.saturating_sub(3)..hit.start;
        if before.clone().any(|at| self.joined(at, hit.start) && self.does(at, Phrase::AccordingTo)) {
            return Role::Speaker;
        }
        // `Panama City` is no Panama, but `President of France Emma Lind` is of France
        let is_latin = self.words[hit.start].is_capital && self.words[hit.start].folded.is_ascii();
        let is_name = |next: usize| {
            let is_member = self.hits_at(next).any(|hit| matches!(hit.sense, Sense::Member(..)));
            (self.is_unknown(next) || is_member) && self.words[next].is_capital && !self.words[next].is_after_mark
        };
        let is_of = hit.start.checked_sub(1).is_some_and(|last| self.does(last, Phrase::Of));
        if is_latin && !is_of && is_name(hit.end) {
            return Role::Part;
        }
        // `Egypt's party` is of Egypt
        if is_latin && self.words.get(hit.end).is_some_and(|next| next.folded == "s" && !next.is_after_mark) {
            return Role::Owner;
        }
        let Some(last) = hit.start.checked_sub(1).filter(|last| self.joined(*last, hit.start)) else {
            return self.prefix_role(hit).unwrap_or(Role::Bare);
        };
        if let Some(role) = self.prefix_role(hit) {
            return role;
        }
        // what stands before a name may change it where adjectives stand before their nouns
        let has_case = self.words[hit.start].is_capital;
        if has_case && self.is_unknown(last) && !self.words[hit.start].is_after_mark {
            return Role::Part;
        }
        // an article between
        let last = match self.words[last].folded.as_str() {
            "the" => last.saturating_sub(1),
            _ => last,
        };
        let end = &self.words[hit.end - 1];
        if self.does(last, Phrase::Within) && forms::is_goal(end.text, &end.folded) {
            Role::To
        } else if self.does(last, Phrase::Of) || self.does(last, Phrase::Within) {
            Role::Owner
        } else if self.does(last, Phrase::With) {
            Role::With
        } else if self.does(last, Phrase::To) {
            Role::To
        } else if self.does(last, Phrase::From) {
            Role::From
        } else {
            Role::Bare
        }
    }

    /// What was named in full is named by one word of its name after that: `the Union`, `الاتحاد`, `союз`.
    pub(super) fn add_short_names(&mut self, lexicon: &Lexicon) {
        let mut full: Vec<Named> = Vec::new();
        let mut short: Vec<Named> = Vec::new();
        let mut hits = self.hits.iter().peekable();
        for word in 0..self.words.len() {
            while let Some(hit) = hits.next_if(|hit| hit.start <= word) {
                if let Sense::Subject(name) = hit.sense
                    && hit.end > hit.start + 1
                    && lexicon.has_short_name(name)
                {
                    full.push(Named { name, start: hit.start, end: hit.end, role: Role::Bare });
                }
            }
            if !self.is_unknown(word) {
                continue;
            }
            let is_short = |named: &&Named| {
                let own = &self.words[word];
                let ends = [named.start, named.end - 1];
                named.end <= word
                    && ends.iter().any(|end| forms::meet(&self.words[*end].folded, &own.folded))
                    && (own.is_capital || forms::is_definite(own.text) || forms::is_cyrillic(&own.folded))
            };
            if let Some(meant) = full.iter().rev().find(is_short) {
                let hit = Hit { start: word, end: word + 1, sense: Sense::Subject(meant.name) };
                let role = self.role(&hit);
                short.push(Named { name: meant.name, start: word, end: word + 1, role });
            }
        }
        for named in &short {
            self.known[named.start] = true;
        }
        self.named.extend(short);
        self.named.sort_by_key(|named| named.start);
    }

    /// What an Arabic preposition written as one with the name says.
    fn prefix_role(&self, hit: &Hit) -> Option<Role> {
        self.prefixed.contains(&hit.start).then_some(Role::Owner)
    }

    /// Whether a name stands as the place of something.
    pub fn is_place(&self, named: &Named) -> bool {
        // `In 1960 Norway` says nothing of a place
        let is_open = |word: usize| !(word..named.start).any(|between| self.in_figure[between]);
        (named.start.saturating_sub(2)..named.start)
            .any(|word| self.does(word, Phrase::Within) && self.joined(word, named.start) && is_open(word))
    }

    /// Whether unknown words beside a name may make it part of another: `Bank of Egypt`, `جمهورية مصر الاشتراكية`.
    pub fn is_part_of_name(&self, named: &Named) -> bool {
        let before = named.start.checked_sub(1).is_some_and(|before| {
            self.is_unknown(before) && self.joined(before, named.start) && !self.words[named.start].is_after_mark
        });
        // adjectives stand behind their nouns where no capital shows what is a name
        let has_case = self.words[named.start]
            .text
            .chars()
            .next()
            .is_some_and(|first| first.is_uppercase() || first.is_lowercase());
        let is_behind = !has_case
            && self.is_unknown(named.end)
            && !self.words[named.end].is_after_mark
            && self.joined(named.start, named.end);
        before || is_behind
    }

    /// Where the names of a subject end that stand here side by side: `the Union (EU)`, `Karabakh/Artsakh`.
    pub fn behind_names(&self, named: &Named) -> usize {
        let mut end = named.end;
        let is_short = |word: &super::words::Word<'_>, at: usize| {
            word.is_after_mark
                && !self.in_figure[at]
                && word.text.len() > 1
                && word.text.chars().all(char::is_uppercase)
        };
        while let Some(word) = self.words.get(end) {
            let is_same =
                |other: &&Named| other.start == end && (other.name == named.name || other.role == Role::Adjective);
            if let Some(other) = self.named.iter().find(is_same) {
                end = other.end;
            } else if is_short(word, end) || word.is_after_slash && self.is_unknown(end) {
                end += 1;
            } else {
                break;
            }
        }
        end
    }
}

/// Whether an Arabic word begins with `ل` or `ب` as a preposition: without it the vocabulary knows the word, with it not.
pub(super) fn is_prefixed(word: &str, lexicon: &Lexicon) -> bool {
    let word = word.strip_prefix('و').filter(|_| !lexicon.knows(word)).unwrap_or(word);
    word.starts_with(['ل', 'ب']) && !lexicon.knows(word)
}
