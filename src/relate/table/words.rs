//! The words of a head or a label, in the form by which words are compared.

use crate::extract::Total;
use crate::extract::pack;
use crate::extract::pack::fold::Folded;
use crate::relate::cues::{self, Cue};

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
