//! The words of a head or a label, in the form by which words are compared.

use crate::extract::Total;
use crate::extract::pack;
use crate::extract::pack::fold::Folded;
use crate::relate::cues::{self, Cue};
use crate::relate::digits::hash;

/// The words of a text, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        match pack::folded(letter) {
            Folded::Letter(letter) => word.push(letter),
            Folded::Digit(digit) => word.push(char::from(b'0' + digit)),
            Folded::Nothing => {}
            Folded::Blank(_) | Folded::Mark(_) => {
                if !word.is_empty() {
                    found.push(std::mem::take(&mut word));
                }
            }
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// Whether a label says that it is a total, and only that.
pub(super) fn total(label: &str) -> Option<Total> {
    let words = words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (meaning, length) = cues::longest(&words[..words.len().min(cues::LONGEST)])?;
    meaning.has(Cue::Total).then_some(if length == words.len() { Total::Alone } else { Total::Of })
}

/// Whether one of the words of a label does this.
pub(super) fn has(label: &str, cue: Cue) -> bool {
    let words = words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (0..words.len()).any(|at| {
        let ahead = &words[at..words.len().min(at + cues::LONGEST)];
        cues::longest(ahead).is_some_and(|(meaning, _)| meaning.has(cue))
    })
}

/// Whether a label begins with a word that does this.
pub(super) fn begins(label: &str, cue: Cue) -> bool {
    let words = words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    cues::longest(&words[..words.len().min(cues::LONGEST)]).is_some_and(|(meaning, _)| meaning.has(cue))
}

/// A word of a text, and where it ends.
pub(super) struct Placed {
    pub stem: u64,
    pub end: usize,
}

/// The words of a text by their stems, with their places. A stem is what is left of a word when the endings of cases and
/// numbers are cut off; it is only good for comparing.
pub(super) fn placed(text: &str) -> Vec<Placed> {
    let mut found = Vec::new();
    let (mut word, mut end) = (String::new(), 0);
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match pack::folded(letter) {
            Folded::Letter(letter) => {
                word.push(letter);
                end = at + letter.len_utf8();
            }
            Folded::Nothing => {}
            _ if word.is_empty() => {}
            _ => {
                found.push(Placed { stem: stem(&word), end });
                word.clear();
            }
        }
    }
    found
}

/// Letters that may be written as one with an Arabic word.
const JOINED: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

fn stem(word: &str) -> u64 {
    let letters = word.chars().count();
    let is_cyrillic = |letter: char| ('\u{400}'..='\u{4ff}').contains(&letter);
    let is_arabic = |letter: char| ('\u{600}'..='\u{6ff}').contains(&letter);
    let mut own: String = word.to_lowercase();
    if word.chars().all(is_cyrillic) && letters >= 5 {
        for _ in 0..if letters > 5 { 2 } else { 1 } {
            own.pop();
        }
    } else if word.chars().all(is_arabic) {
        for particle in JOINED {
            match own.strip_prefix(particle) {
                Some(rest) if rest.starts_with("ال") || rest.starts_with('ل') && particle == 'ل' => {
                    own = rest.to_owned();
                    break;
                }
                _ => {}
            }
        }
        let bare = own.strip_prefix("ال").or_else(|| own.strip_prefix('ل')).filter(|rest| rest.chars().count() > 2);
        own = bare.unwrap_or(&own).to_owned();
    } else if letters > 3 && own.ends_with('s') {
        own.pop();
    }
    hash(&own)
}

/// The stems of a label without what it says in brackets; none where they name nothing.
pub(super) fn name(label: &str) -> Option<Vec<u64>> {
    const LONGEST: usize = 6;
    let label = label.split(['(', '[', ',', '،', ':', '*']).find(|part| part.contains(char::is_alphabetic))?;
    let words = words(label);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // `Total` and `Other` head many rows
    let is_name = cues::longest(&words[..words.len().min(cues::LONGEST)])
        .is_none_or(|(meaning, length)| !meaning.is_some() || length < words.len());
    let letters = label.chars().filter(|letter| letter.is_alphabetic()).count();
    let stems: Vec<u64> = placed(label).into_iter().map(|word| word.stem).collect();
    (is_name && letters > 2 && stems.len() == words.len() && stems.len() <= LONGEST).then_some(stems)
}

/// The years that a head names.
pub(super) fn years(label: &str) -> Vec<String> {
    let is_year = |word: &String| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words(label).into_iter().filter(is_year).collect()
}
