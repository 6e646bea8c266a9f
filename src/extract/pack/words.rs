//! How text falls into words, digit runs and marks; shared by the reader of texts and by the preparation of packs.

use super::fold::{Folded, fold};

/// A piece of a phrase of a language pack: a folded word, a digit run, or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The folded letters, the digits in ASCII, or the mark.
    pub text: String,
    /// Whether a blank stands before it.
    pub after_blank: bool,
}

/// The pieces of a phrase.
pub fn pieces(phrase: &str) -> Vec<Piece> {
    #[derive(PartialEq)]
    enum Run {
        None,
        Word,
        Digits,
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut run = Run::None;
    let mut after_blank = false;
    for letter in phrase.chars() {
        let (kind, text) = match fold(letter) {
            Folded::Nothing => continue,
            Folded::Blank(_) => {
                run = Run::None;
                after_blank = true;
                continue;
            }
            Folded::Letter(letter) => (Run::Word, letter),
            Folded::Digit(digit) => (Run::Digits, char::from(b'0' + digit)),
            Folded::Mark(mark) => (Run::None, mark),
        };
        match pieces.last_mut() {
            Some(last) if kind != Run::None && kind == run => last.text.push(text),
            _ => pieces.push(Piece { text: text.to_string(), after_blank }),
        }
        run = kind;
        after_blank = false;
    }
    pieces
}
