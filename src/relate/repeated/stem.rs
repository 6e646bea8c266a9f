//! Words as they are compared: folded, and cut to what inflection leaves alone.

use crate::extract::pack;
use crate::extract::pack::fold::Folded;
use crate::relate::cues;
use crate::relate::digits::hash;

/// Letters that are compared of a word, and that a word must have.
const KEPT: usize = 5;
const LETTERS: usize = 4;
/// Letters of a word in a script without capitals, where a word has fewer.
const SHORT: usize = 3;

/// The stems of the words of a text that say something.
pub(super) fn stems(text: &str) -> Vec<u64> {
    text.split(|letter: char| !matches!(pack::folded(letter), Folded::Letter(_) | Folded::Nothing))
        .filter_map(stem)
        .collect()
}

fn stem(word: &str) -> Option<u64> {
    let letters = word.chars().filter_map(|letter| match pack::folded(letter) {
        Folded::Letter(letter) => Some(letter),
        _ => None,
    });
    let folded: String = letters.collect();
    let count = folded.chars().count();
    if cues::is_particle(&folded) {
        return None;
    }
    if is_arabic(&folded) {
        let bare = bare(&folded);
        return (bare.chars().count() >= SHORT && !cues::is_particle(bare)).then(|| hash(bare));
    }
    // `GDP`, `ВВП`
    let is_short = (2..LETTERS).contains(&count) && word.chars().all(char::is_uppercase);
    let kept: String = folded.chars().take(KEPT).collect();
    (count >= LETTERS || is_short).then(|| hash(kept.as_str()))
}

fn is_arabic(word: &str) -> bool {
    word.starts_with(|letter| ('\u{600}'..='\u{6ff}').contains(&letter))
}

/// An Arabic word without its article, conjunction, preposition and the commonest endings.
fn bare(word: &str) -> &str {
    const LEADS: [&str; 12] = ["وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ب", "ل", "ف", "ك"];
    const ENDS: [&str; 12] = ["ها", "هم", "ات", "ون", "ين", "ان", "يه", "ية", "ة", "ه", "ا", "ي"];
    let long = |rest: &&str| rest.chars().count() >= SHORT;
    let word = LEADS.iter().find_map(|lead| word.strip_prefix(lead).filter(long)).unwrap_or(word);
    ENDS.iter().find_map(|end| word.strip_suffix(end).filter(long)).unwrap_or(word)
}
