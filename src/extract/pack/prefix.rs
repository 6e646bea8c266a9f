//! The first letters of words, in a number: by them nearly all words of a text are passed over without being read.
//!
//! Four letters fit; a letter that no alphabet here has counts as any other such letter. The build script uses this module
//! too, so that the words of the packs and those of a text have the same prefixes.

use super::fold::{Folded, fold};

/// What a character of two bytes is to the scan, beside the indices of letters.
pub const MARK: u8 = 0;
/// A decimal digit.
pub const DIGIT: u8 = 62;
/// Part of whatever surrounds it.
pub const NOTHING: u8 = 63;
/// Letters of a prefix.
pub const LETTERS: u32 = 4;
/// Bits of the filter of prefixes, as a power of two.
pub const FILTER_POWER: u32 = 17;

/// The first letters of a word while it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prefix {
    key: u32,
    count: u32,
}

impl Prefix {
    /// One letter more, by its index; those beyond the fourth change nothing.
    pub fn push(&mut self, index: u8) {
        if self.count < LETTERS {
            self.key = self.key << 6 | u32::from(index);
            self.count += 1;
        }
    }

    /// Whether another letter would change nothing.
    #[allow(dead_code, reason = "the build script does not ask")]
    pub fn is_full(self) -> bool {
        self.count == LETTERS
    }

    /// Its bit in the filter.
    pub fn bit(self, script: u8) -> usize {
        let key = self.key | u32::from(script) << 24;
        (key.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_POWER)) as usize
    }
}

/// The place of a folded letter in its alphabet, from 1, and the number of the alphabet.
pub fn letter(folded: char) -> (u8, u8) {
    let code = folded as u32;
    match folded {
        'a'..='z' => (code as u8 & 0x1f, 0),
        '\u{aa}'..='\u{24f}' => (27, 0),
        'а'..='я' => ((code - 0x42f) as u8, 1),
        '\u{400}'..='\u{52f}' => (33, 1),
        '\u{621}'..='\u{64a}' => ((code - 0x620) as u8, 2),
        '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => (43, 2),
        _ => (44 + (code % 16) as u8, 3),
    }
}

/// What a character counts as for the scan: a letter by its index, or one of the constants above.
#[allow(dead_code, reason = "the build script writes the table, the program reads it")]
pub fn index(letter_as_written: char) -> u8 {
    match fold(letter_as_written) {
        Folded::Letter(folded) => letter(folded).0,
        Folded::Digit(_) => DIGIT,
        Folded::Nothing => NOTHING,
        Folded::Blank(_) | Folded::Mark(_) => MARK,
    }
}

/// The prefix of a word, and its alphabet.
#[allow(dead_code, reason = "the program makes prefixes as it reads")]
pub fn of_word(word: &str) -> (Prefix, u8) {
    let mut prefix = Prefix::default();
    let mut script = 0;
    for (position, folded) in word.chars().enumerate() {
        let (index, own) = letter(folded);
        prefix.push(index);
        if position == 0 {
            script = own;
        }
    }
    (prefix, script)
}
