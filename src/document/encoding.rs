//! From bytes to text: UTF-8, and UTF-16 where a mark says so. What is neither is named, and the rest is read.

use super::format::is_utf16;

/// What stands in for a byte that is no UTF-8.
const UNREADABLE: u8 = 0x1a;

/// Bytes that are no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first of them, from the start of the document.
    pub start: usize,
    /// The line, from 1.
    pub line: usize,
}

/// How a file writes its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// Two bytes a unit, behind a mark of two bytes.
    Utf16,
}

impl Encoding {
    /// Bytes of the file that no text stands for.
    pub(super) fn mark_length(self) -> usize {
        if self == Encoding::Utf8 { 0 } else { 2 }
    }

    /// The bytes that the file has for this text.
    pub(super) fn length_of(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(|letter| letter.len_utf16() * 2).sum(),
        }
    }
}

/// The text of a file, with a mark for each byte that is none.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Encoding, Vec<Damage>) {
    if is_utf16(&bytes) {
        let (text, damage) = decode_utf16(&bytes);
        return (text, Encoding::Utf16, damage);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8, Vec::new()),
        Err(error) => {
            let mut bytes = error.into_bytes();
            let mut damage = Vec::new();
            let (mut line, mut counted, mut last_line) = (1, 0, 0);
            mend(&mut bytes, |before, start| {
                line += memchr::memchr_iter(b'\n', &before[counted..start]).count();
                counted = start;
                if line != last_line {
                    damage.push(Damage { start, line });
                    last_line = line;
                }
            });
            (String::from_utf8(bytes).unwrap_or_default(), Encoding::Utf8, damage)
        }
    }
}

/// Puts a mark in the place of every byte that is no UTF-8, and tells of each run of them.
pub(super) fn mend(bytes: &mut [u8], mut tell: impl FnMut(&[u8], usize)) {
    let mut at = 0;
    while let Err(error) = std::str::from_utf8(&bytes[at..]) {
        let bad = at + error.valid_up_to();
        let length = error.error_len().unwrap_or(bytes.len() - bad);
        tell(bytes, bad);
        bytes[bad..bad + length].fill(UNREADABLE);
        at = bad + length;
    }
}

fn decode_utf16(bytes: &[u8]) -> (String, Vec<Damage>) {
    let is_little = bytes.starts_with(b"\xff\xfe");
    let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
    let mut damage = Vec::new();
    let is_cut = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| {
        let pair = [pair[0], pair[1]];
        if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    let (mut at, mut line) = (2, 1);
    for letter in char::decode_utf16(units) {
        let letter = letter.unwrap_or_else(|_| {
            damage.push(Damage { start: at, line });
            char::from(UNREADABLE)
        });
        at += letter.len_utf16() * 2;
        line += usize::from(letter == '\n');
        text.push(letter);
    }
    if is_cut {
        damage.push(Damage { start: at, line });
    }
    (text, damage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_keep_their_place() {
        let (text, _, damage) = decode(b"one\n\xff\xfe 12 km \xff\n\xd8".to_vec());
        assert_eq!(text, "one\n\u{1a}\u{1a} 12 km \u{1a}\n\u{1a}");
        assert_eq!(damage, [Damage { start: 4, line: 2 }, Damage { start: 15, line: 3 }]);
    }

    #[test]
    fn both_orders_of_two_bytes_are_read() {
        let little: Vec<u8> = "\u{feff}7 كم 😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}7 كم 😀".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let length = bytes.len();
            let (text, encoding, damage) = decode(bytes);
            assert_eq!((text.as_str(), damage.len()), ("7 كم 😀", 0));
            assert_eq!(encoding.length_of(&text) + encoding.mark_length(), length);
        }
        let (text, _, damage) = decode(b"\xff\xfe1\0\0\xd82".to_vec());
        assert_eq!(text, "1\u{1a}");
        assert_eq!(damage.iter().map(|damage| damage.start).collect::<Vec<_>>(), [4, 6]);
    }
}
