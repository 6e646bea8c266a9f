//! The words around a figure, as short hashes: enough to find the figure again after its text was edited.
//!
//! A claim keeps no prose of its text. Each of the few words before and behind the figure leaves a hash of 16 bits, so
//! that an edited word costs one hash and not the whole context. What a word is and how it is hashed stands in
//! [`crate::revise::words`]; here is only how hashes are written: two strings, before and behind, in the order of the
//! text, each hash in four hexadecimal digits (`["3f9a b210", "77c1"]`).

use std::fmt;

/// Words on either side. With four, a paragraph in which half of the words are new often keeps too few.
pub const REACH: usize = 6;

/// Hashes of the words on one side, in the order of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    hashes: [u16; REACH],
    count: u8,
}

impl Side {
    /// The hashes, of which only the first [`REACH`] are taken.
    pub fn new(hashes: impl IntoIterator<Item = u16>) -> Side {
        let mut side = Side::default();
        for (slot, hash) in side.hashes.iter_mut().zip(hashes) {
            *slot = hash;
            side.count += 1;
        }
        side
    }

    pub fn hashes(&self) -> &[u16] {
        self.hashes.get(..usize::from(self.count)).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Side> {
        let mut hashes = Vec::new();
        for word in text.split_ascii_whitespace() {
            // `from_str_radix` alone would take a sign
            let is_hash = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
            hashes.push(u16::from_str_radix(word, 16).ok().filter(|_| is_hash)?);
        }
        (hashes.len() <= REACH).then(|| Side::new(hashes))
    }
}

impl fmt::Display for Side {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, hash) in self.hashes().iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(formatter, "{gap}{hash:04x}")?;
        }
        Ok(())
    }
}

/// The words on both sides of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    pub before: Side,
    pub after: Side,
}

impl Context {
    /// From the two strings of a claim file; `None` where they are no hashes.
    pub fn parse(sides: &[impl AsRef<str>]) -> Option<Context> {
        let [before, after] = sides else { return None };
        Some(Context { before: Side::parse(before.as_ref())?, after: Side::parse(after.as_ref())? })
    }

    /// As claim files write it.
    pub fn print(&self) -> [String; 2] {
        [self.before.to_string(), self.after.to_string()]
    }

    pub fn is_empty(&self) -> bool {
        self.before.hashes().is_empty() && self.after.hashes().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_it_is_read() {
        let context = Context { before: Side::new([0x3f9a, 7]), after: Side::new([]) };
        assert_eq!(context.print(), ["3f9a 0007", ""]);
        assert_eq!(Context::parse(&context.print()), Some(context));
        for wrong in [&["3f9a"][..], &["3f9", ""], &["+f9a", ""], &["0 1", "2"], &["1 2 3 4 5 6 7", ""]] {
            assert_eq!(Context::parse(wrong), None, "{wrong:?}");
        }
    }
}
