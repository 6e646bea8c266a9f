//! A text as words, for comparing it with what it was: folded and hashed, with figures kept whole.
//!
//! Letters compare as readers take them (capitals, vowel marks, tatweel, the forms of alef and yeh do not count), digits
//! of every script by their values. A number is one word with the marks inside it, so that `12.6` and `126` differ; the
//! signs that change what a figure means (`%`, a currency, a minus) are words of their own. Punctuation and line ends
//! are no words: a text that is wrapped anew is the same text.
//!
//! The hash is FNV-1a in 32 bits over the folded characters, each as four bytes; contexts in claim files keep its two
//! halves laid over each other. Both stand in files, so they never change.

use std::ops::Range;

use crate::claims::context::{Context, REACH, Side};
use crate::extract::{Folded, folded};

const OFFSET_BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub hash: u32,
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
    /// Whether it is written in digits.
    pub is_number: bool,
}

impl Word {
    /// The hash that contexts keep.
    pub fn short(&self) -> u16 {
        short(self.hash)
    }
}

/// Two halves laid over each other.
pub fn short(hash: u32) -> u16 {
    (hash ^ (hash >> 16)) as u16
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut run: Option<Word> = None;
    let mut letters = text.char_indices().peekable();
    let mut previous = Folded::Blank(true);
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let folded_letter = folded(letter);
        match (folded_letter, &mut run) {
            // a vowel mark or a tatweel is part of whatever it stands in; a mark of direction behind a word is not
            (Folded::Nothing, Some(word)) if !is_control(letter) => word.end = end as u32,
            (Folded::Nothing, _) => continue,
            (Folded::Letter(letter), Some(word)) if !word.is_number => word.push(letter, end),
            (Folded::Digit(digit), Some(word)) if word.is_number => word.push(char::from(b'0' + digit), end),
            (folded_letter, _) => {
                let is_inside = run.is_some_and(|word| word.is_number)
                    && letters.peek().is_some_and(|(_, next)| matches!(folded(*next), Folded::Digit(_)));
                let mark = match folded_letter {
                    Folded::Mark(mark) if is_inside => inner_mark(mark),
                    _ => None,
                };
                if let (Some(mark), Some(word)) = (mark, &mut run) {
                    word.push(mark, end);
                    previous = folded_letter;
                    continue;
                }
                words.extend(run.take());
                run = match folded_letter {
                    Folded::Letter(letter) => Some(Word::begin(letter, at, end, false)),
                    Folded::Digit(digit) => Some(Word::begin(char::from(b'0' + digit), at, end, true)),
                    Folded::Mark(mark) => {
                        let before_digit =
                            letters.peek().is_some_and(|(_, next)| matches!(folded(*next), Folded::Digit(_)));
                        let is_free = matches!(previous, Folded::Blank(_) | Folded::Mark('('));
                        if let Some(sign) = sign(mark, is_free && before_digit) {
                            words.push(Word::begin(sign, at, end, false));
                        }
                        None
                    }
                    _ => None,
                };
            }
        }
        previous = folded_letter;
    }
    words.extend(run);
    words
}

/// Marks of direction and of width, and soft hyphens.
fn is_control(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A mark that stands inside numbers, whichever way it is written.
fn inner_mark(mark: char) -> Option<char> {
    match mark {
        '.' | '٫' => Some('.'),
        ',' | '٬' | '،' => Some(','),
        '\'' => Some('\''),
        _ => None,
    }
}

/// A sign that is part of what a figure means.
fn sign(mark: char, leads_a_number: bool) -> Option<char> {
    match mark {
        '-' | '−' | '–' if leads_a_number => Some('−'),
        '%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '₽' | '₸' => Some(mark),
        // powers of units, and the marks of notes
        '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' => Some(mark),
        _ => None,
    }
}

impl Word {
    fn begin(letter: char, start: usize, end: usize, is_number: bool) -> Word {
        let mut word = Word { hash: OFFSET_BASIS, start: start as u32, end: end as u32, is_number };
        word.push(letter, end);
        word
    }

    fn push(&mut self, letter: char, end: usize) {
        for byte in u32::from(letter).to_le_bytes() {
            self.hash = (self.hash ^ u32::from(byte)).wrapping_mul(PRIME);
        }
        self.end = end as u32;
    }
}

/// The words of a text that overlap these bytes, by index.
pub fn within(words: &[Word], bytes: Range<usize>) -> Range<usize> {
    let first = words.partition_point(|word| word.end as usize <= bytes.start);
    let last = words.partition_point(|word| (word.start as usize) < bytes.end);
    first..last.max(first)
}

/// The words around a figure, as claim files keep them.
pub fn context(words: &[Word], figure: Range<usize>) -> Context {
    let first = figure.start.saturating_sub(REACH);
    let last = (figure.end + REACH).min(words.len());
    let side = |range: Range<usize>| Side::new(words.get(range).unwrap_or_default().iter().map(Word::short));
    Context { before: side(first..figure.start), after: side(figure.end..last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| &text[word.start as usize..word.end as usize]).collect()
    }

    fn hashes(text: &str) -> Vec<u32> {
        words(text).iter().map(|word| word.hash).collect()
    }

    #[test]
    fn numbers_are_whole_and_signs_are_words() {
        assert_eq!(
            shown("It is (6,467) km, −0.14% of 1990-1995."),
            ["It", "is", "6,467", "km", "−", "0.14", "%", "of", "1990", "1995"]
        );
        assert_eq!(shown("بلغ ٢٥٫٩٪ عام 2020م."), ["بلغ", "٢٥٫٩", "٪", "عام", "2020", "م"]);
        assert_eq!(shown("10 467 366 человек"), ["10", "467", "366", "человек"]);
    }

    #[test]
    fn what_readers_take_for_the_same_is_the_same() {
        for (left, right) in [
            ("طولُ الحدود ٦٬٤٦٧ كم", "طول الحدود 6,467 كم"),
            ("الـــقوى أكبر", "القوى اكبر"),
            ("Всё — ЕЩЁ", "все, еще"),
            ("one\ntwo", "One two"),
        ] {
            assert_eq!(hashes(left), hashes(right), "{left}");
        }
        assert_ne!(hashes("12.6"), hashes("126"));
        assert_ne!(hashes("12.6"), hashes("12,6"));
    }

    #[test]
    fn hashes_stay_what_they_are() {
        // claim files keep them
        assert_eq!(hashes("a"), [0xf5e1_d3e4]);
    }
}
