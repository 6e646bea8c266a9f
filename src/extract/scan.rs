//! The pass over all of a text: where figures may be.
//!
//! Digits are candidates, and words whose first letters are those of a word of number. Everything else costs one look at a
//! table for each byte; only around candidates is a text read as tokens.

use super::pack::{self, Packs, fold::Folded, prefix};
use super::token::SCRIPTS;

/// What the pass has found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Where digits and words that may be of number start, in order.
    pub candidates: Vec<usize>,
    /// Letters of each script of [`SCRIPTS`], about.
    pub letters: [usize; SCRIPTS.len()],
    /// Whether there is nothing but blanks.
    pub is_blank: bool,
}

/// What the first byte of a character says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// A mark or a blank in ASCII, or a byte within a character.
    Other,
    Letter,
    Digit,
    /// The first of two bytes.
    Two,
    /// The first of three or four bytes.
    More,
}

const LEADS: [Lead; 256] = {
    let mut leads = [Lead::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        leads[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Lead::Letter,
            b'0'..=b'9' => Lead::Digit,
            0xc2..=0xdf => Lead::Two,
            0xe0..=0xf4 => Lead::More,
            _ => Lead::Other,
        };
        byte += 1;
    }
    leads
};

impl Scan {
    /// Looks through a text.
    pub(super) fn read(&mut self, text: &str, packs: &Packs) {
        self.candidates.clear();
        self.letters = [0; SCRIPTS.len()];
        self.is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at = match LEADS[usize::from(*byte)] {
                Lead::Other => at + 1,
                Lead::Digit => self.digits(bytes, at),
                Lead::Letter => self.word(text, at, packs),
                Lead::Two => match two(bytes, at) {
                    prefix::MARK => {
                        // one of the fractions ¼ ½ ¾
                        if *byte == 0xc2 && matches!(bytes.get(at + 1), Some(0xbc..=0xbe)) {
                            self.candidates.push(at);
                        }
                        at + 2
                    }
                    prefix::NOTHING => at + 2,
                    prefix::DIGIT => self.digits(bytes, at),
                    _ => self.word(text, at, packs),
                },
                Lead::More => self.more(text, at, packs),
            };
        }
    }

    /// Digits of ASCII and of the Arabic script; returns where they end.
    fn digits(&mut self, bytes: &[u8], mut at: usize) -> usize {
        self.candidates.push(at);
        loop {
            at += match bytes.get(at).map(|byte| LEADS[usize::from(*byte)]) {
                Some(Lead::Digit) => 1,
                Some(Lead::Two) if two(bytes, at) == prefix::DIGIT => 2,
                _ => return at,
            };
        }
    }

    /// A word from its first letter; returns where it ends.
    fn word(&mut self, text: &str, start: usize, packs: &Packs) -> usize {
        let bytes = text.as_bytes();
        let mut found = prefix::Prefix::default();
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            if found.is_full() {
                at = end_of_word(text, at);
                break;
            }
            match LEADS[usize::from(*byte)] {
                Lead::Letter => {
                    found.push(byte & 0x1f);
                    at += 1;
                }
                Lead::Two => match two(bytes, at) {
                    prefix::MARK | prefix::DIGIT => break,
                    prefix::NOTHING => at += 2,
                    index => {
                        found.push(index);
                        at += 2;
                    }
                },
                Lead::More => match wide(text, at) {
                    (prefix::NOTHING, size) => at += size,
                    (prefix::MARK | prefix::DIGIT, _) => break,
                    (index, size) => {
                        found.push(index);
                        at += size;
                    }
                },
                Lead::Other | Lead::Digit => break,
            }
        }
        let script = match bytes[start] {
            0xd0..=0xd4 => 1,
            0xd8..=0xdd => 2,
            0..=0xc9 => 0,
            _ => 3,
        };
        if let Some(own) = [0, 2, 1].get(usize::from(script)) {
            // letters of the other scripts take two bytes
            self.letters[*own] += (at - start) >> usize::from(script != 0);
        }
        if packs.may_begin_number(found.bit(script)) {
            self.candidates.push(start);
        }
        at
    }

    /// A character of three bytes or more.
    fn more(&mut self, text: &str, at: usize, packs: &Packs) -> usize {
        let bytes = text.as_bytes();
        match wide(text, at) {
            (prefix::MARK, size) => {
                // the other fractions of one character
                if bytes[at] == 0xe2 && bytes.get(at + 1) == Some(&0x85) {
                    self.candidates.push(at);
                }
                at + size
            }
            (prefix::NOTHING, size) => at + size,
            (prefix::DIGIT, size) => {
                self.candidates.push(at);
                at + size
            }
            _ => self.word(text, at, packs),
        }
    }
}

/// Where a word ends, from within it.
fn end_of_word(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        at += match bytes.get(at).map(|byte| LEADS[usize::from(*byte)]) {
            Some(Lead::Letter) => 1,
            Some(Lead::Two) if !matches!(two(bytes, at), prefix::MARK | prefix::DIGIT) => 2,
            Some(Lead::More) => match wide(text, at) {
                (prefix::MARK | prefix::DIGIT, _) => return at,
                (_, size) => size,
            },
            _ => return at,
        };
    }
}

/// What a character of two bytes is.
fn two(bytes: &[u8], at: usize) -> u8 {
    let follower = bytes.get(at + 1).copied().unwrap_or(0x80);
    pack::index_of_two(bytes[at], follower)
}

/// What a longer character is, and its length. Dashes and quotation marks, which are frequent, cost nothing.
fn wide(text: &str, at: usize) -> (u8, usize) {
    let bytes = text.as_bytes();
    if bytes[at] == 0xe2 && matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90..=0xa7])) {
        return (prefix::MARK, 3);
    }
    let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { return (prefix::MARK, 1) };
    let index = match pack::folded(letter) {
        Folded::Letter(folded) => prefix::letter(folded).0,
        Folded::Digit(_) => prefix::DIGIT,
        Folded::Nothing => prefix::NOTHING,
        Folded::Blank(_) | Folded::Mark(_) => prefix::MARK,
    };
    (index, letter.len_utf8())
}

/// Blanks before a candidate, up to which words may say something about it.
const BEFORE: usize = 8;
/// Blanks behind one.
const BEHIND: usize = 10;
/// Bytes that a word may have before it is cut in two.
const LONGEST_RUN: usize = 1000;

/// The stretches of a text around its candidates, in bytes, each from the start of a word to the end of one.
pub(super) fn stretches(text: &str, candidates: &[usize], found: &mut Vec<(usize, usize)>) {
    found.clear();
    let bytes = text.as_bytes();
    for candidate in candidates {
        let end = forward(text, *candidate);
        if let Some(last) = found.last_mut()
            && (*candidate < last.1 || back(text, *candidate) <= last.1)
        {
            last.1 = end.max(last.1);
        } else {
            found.push((back(text, *candidate), end));
        }
    }
    debug_assert!(found.iter().all(|(start, end)| start < end && *end <= bytes.len()));
}

/// The start of the word that stands so many blanks before a place.
fn back(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut blanks, mut run) = (from, 0, 0);
    while at > 0 {
        if bytes[at - 1].is_ascii_whitespace() {
            blanks += 1;
            run = 0;
            if blanks == BEFORE {
                return at;
            }
        } else if run == LONGEST_RUN {
            return text.ceil_char_boundary(at);
        }
        run += 1;
        at -= 1;
    }
    0
}

/// A number is never cut in two: its first part would be another number.
fn is_digit(bytes: &[u8], at: usize) -> bool {
    match LEADS[usize::from(bytes[at])] {
        Lead::Digit => true,
        Lead::Two => two(bytes, at) == prefix::DIGIT,
        _ => false,
    }
}

/// The end of the word that stands so many blanks behind a place.
fn forward(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut blanks, mut run) = (from, 0, 0);
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            blanks += 1;
            run = 0;
            if blanks == BEHIND {
                return at;
            }
        } else if run == LONGEST_RUN && text.is_char_boundary(at) && !is_digit(bytes, at) {
            return at;
        }
        run = (run + 1).min(LONGEST_RUN);
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::figure::figures;
    use super::super::item::Paragraph;
    use super::super::pack::SHIPPED;
    use super::super::token::{Tokens, tokenise, tokenise_near_figures};
    use super::Scan;

    /// The figures of a text, read around candidates or as a whole.
    fn found(text: &str, split: fn(&str, &mut Tokens<'_>)) -> Vec<String> {
        let (mut tokens, mut stated) = (Tokens::new(&SHIPPED), Vec::new());
        split(text, &mut tokens);
        // letters are counted roughly in the pass, and where two scripts are level their count decides the language
        let mut scan = Scan::default();
        scan.read(text, &SHIPPED);
        tokens.letters = scan.letters;
        let mut paragraph = Paragraph::new(text, &tokens, None, 0);
        for stretch in tokens.stretches() {
            paragraph.read(stretch);
            figures(&paragraph, &mut stated);
        }
        stated
            .iter()
            .map(|figure| format!("{} {:?} {:?}", &text[figure.start..figure.end], figure.kind, figure.unit))
            .collect()
    }

    const WORDS: &[&str] = &[
        "river",
        "and",
        "of",
        "in",
        "more",
        "than",
        "twenty",
        "three",
        "million",
        "1,250",
        "km",
        "7",
        "percent",
        "May",
        "1999",
        "–",
        "(",
        ")",
        ".",
        ",",
        "half",
        "a",
        "the",
        "between",
        "15",
        "dollars",
        "https://a.b/2020/x",
        "нового",
        "двадцати",
        "тысяч",
        "рублей",
        "5-летний",
        "в",
        "году",
        "года",
        "от",
        "до",
        "من",
        "عام",
        "ثلاثة",
        "وخمسين",
        "بثلاثمئة",
        "ألف",
        "دولار",
        "نحو",
        "والعشرين",
        "ث\u{64e}لاثة",
        "ل\u{640}لثلث",
        "٢٥",
        "٪",
        "½",
        "\n",
        "القرن",
        "التاسع",
        "عشر",
    ];

    proptest! {
        #[test]
        fn reading_around_candidates_finds_what_reading_everything_finds(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
            let text = words.join(" ");
            prop_assert_eq!(found(&text, tokenise_near_figures), found(&text, tokenise));
        }
    }
}
