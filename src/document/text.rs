//! Plain text: paragraphs with empty lines between them, read a batch at a time so that memory does not grow with it.

use std::borrow::Cow;
use std::io::{self, Read};

use super::block::{Block, BlockKind, Origin};
use super::encoding::{Damage, mend};

/// Longer paragraphs are cut at a blank.
pub const LONGEST_PARAGRAPH: usize = 1 << 20;

/// Bytes that are read at once.
const BATCH: usize = 4 << 20;

/// The paragraphs of a text whose first byte is at `offset` of its part.
pub fn blocks<'d>(text: &'d str, offset: usize, found: &mut Vec<Block<'d>>) {
    let mut at = 0;
    while at < text.len() {
        let end = at + paragraph_end(&text.as_bytes()[at..]).unwrap_or(text.len() - at);
        found.push(Block {
            kind: BlockKind::Paragraph,
            text: Cow::Borrowed(text.get(at..end).unwrap_or_default()),
            origin: Origin::From(offset + at),
            part: 0,
            language: None,
        });
        at = end;
    }
}

/// Where the first paragraph ends, with the empty line behind it; none if it may go on beyond these bytes.
fn paragraph_end(bytes: &[u8]) -> Option<usize> {
    let mut line = 0;
    loop {
        let end = memchr::memchr(b'\n', &bytes[line..]).map(|newline| line + newline + 1);
        if end.unwrap_or(bytes.len()) > LONGEST_PARAGRAPH {
            return Some(cut(&bytes[..LONGEST_PARAGRAPH]));
        }
        let end = end?;
        if line > 0 && bytes[line..end].iter().all(u8::is_ascii_whitespace) {
            return Some(end);
        }
        line = end;
    }
}

/// Where too long a paragraph is cut: behind its last blank, or else at the last character.
fn cut(bytes: &[u8]) -> usize {
    if let Some(blank) = bytes.iter().rposition(u8::is_ascii_whitespace) {
        return blank + 1;
    }
    let tail = bytes.len().saturating_sub(4);
    let start = bytes[tail..].iter().rposition(|byte| *byte & 0xc0 != 0x80).map_or(bytes.len(), |last| tail + last);
    if start == 0 { bytes.len() } else { start }
}

/// A text of any length, some whole paragraphs at a time.
#[derive(Debug)]
pub struct Batches<R> {
    source: R,
    /// What was read and not yet handed out.
    bytes: Vec<u8>,
    /// How much of `bytes` was handed out last.
    handed: usize,
    is_at_end: bool,
    /// Offset and line of the first of `bytes`.
    offset: usize,
    line: usize,
    /// Where the text is no UTF-8: the first place of each line.
    pub damage: Vec<Damage>,
}

impl<R: Read> Batches<R> {
    pub fn new(source: R) -> Batches<R> {
        Batches { source, bytes: Vec::new(), handed: 0, is_at_end: false, offset: 0, line: 1, damage: Vec::new() }
    }

    /// The next whole paragraphs and the offset of the first; none at the end.
    ///
    /// # Errors
    /// Whatever reading fails with.
    pub fn next_batch(&mut self) -> io::Result<Option<(&str, usize)>> {
        self.line += memchr::memchr_iter(b'\n', &self.bytes[..self.handed]).count();
        self.offset += self.handed;
        self.bytes.drain(..self.handed);
        self.handed = 0;
        while self.handed == 0 && !self.is_at_end {
            let read = self.source.by_ref().take(BATCH as u64).read_to_end(&mut self.bytes)?;
            self.is_at_end = read < BATCH;
            self.handed = if self.is_at_end { self.bytes.len() } else { whole_paragraphs(&self.bytes) };
        }
        if self.handed == 0 {
            return Ok(None);
        }
        let batch = &mut self.bytes[..self.handed];
        if std::str::from_utf8(batch).is_err() {
            let (mut line, mut counted, mut last_line) = (self.line, 0, 0);
            let (damage, offset) = (&mut self.damage, self.offset);
            mend(batch, |before, start| {
                line += memchr::memchr_iter(b'\n', &before[counted..start]).count();
                counted = start;
                if line != last_line {
                    damage.push(Damage { start: offset + start, line });
                    last_line = line;
                }
            });
        }
        let text = std::str::from_utf8(&self.bytes[..self.handed]).unwrap_or_default();
        Ok(Some((text, self.offset)))
    }
}

/// How many of these bytes are paragraphs that have ended.
fn whole_paragraphs(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(length) = paragraph_end(&bytes[at..]) {
        at += length;
    }
    at
}
