//! Reading a document a paragraph at a time, with bounded memory, wherever its bytes come from.
//!
//! A paragraph ends at an empty line, or at a blank once it is longer than [`LONGEST_PARAGRAPH`]. Bytes that are no UTF-8
//! are reported and count as unreadable marks, so that every offset stays that of the file.

use std::io::{self, BufRead};

use super::Options;
use super::figure::{Stated, figures};
use super::item::Paragraph;
use super::mention::Mention;
use super::settle::settle;
use super::token::{Tokens, tokenise};

/// Longer paragraphs are cut at a blank.
const LONGEST_PARAGRAPH: usize = 1 << 20;

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

/// What a document holds.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The figures, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Where the document is no UTF-8: the first place of each paragraph.
    pub damage: Vec<Damage>,
    /// Bytes read.
    pub length: usize,
}

/// The figures of a text.
pub fn mentions(text: &str, options: &Options) -> Vec<Mention> {
    // reading from memory cannot fail
    read(text.as_bytes(), options).map(|extraction| extraction.mentions).unwrap_or_default()
}

/// The figures of a document.
///
/// # Errors
/// Whatever reading `source` fails with.
pub fn read(mut source: impl BufRead, options: &Options) -> io::Result<Extraction> {
    let mut state = State::new(options);
    let mut paragraph: Vec<u8> = Vec::new();
    loop {
        let start = paragraph.len();
        let room = (LONGEST_PARAGRAPH + 1).saturating_sub(start).max(1);
        let taken = io::Read::take(&mut source, room as u64).read_until(b'\n', &mut paragraph)?;
        if taken == 0 {
            break;
        }
        let is_blank = paragraph[start..].iter().all(u8::is_ascii_whitespace) && paragraph.ends_with(b"\n");
        if is_blank && start > 0 {
            state.paragraph(&mut paragraph);
        } else if paragraph.len() > LONGEST_PARAGRAPH {
            let cut = paragraph.iter().rposition(u8::is_ascii_whitespace).map_or(paragraph.len(), |blank| blank + 1);
            // a character is never cut in two
            let cut = if cut == paragraph.len() { boundary(&paragraph) } else { cut };
            let rest = paragraph.split_off(cut);
            state.paragraph(&mut paragraph);
            paragraph = rest;
        }
    }
    state.paragraph(&mut paragraph);
    Ok(state.finish())
}

/// The last place at which bytes can be cut without cutting a character.
fn boundary(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(4);
    let start = bytes[tail..].iter().rposition(|byte| *byte & 0xc0 != 0x80).map_or(bytes.len(), |last| tail + last);
    if start == 0 { bytes.len() } else { start }
}

/// A document while it is read.
struct State<'o> {
    options: &'o Options,
    found: Extraction,
    tokens: Tokens,
    stated: Vec<Stated>,
    /// Line and column (in characters) at which the next paragraph starts, from 0.
    line: usize,
    column: usize,
    language: usize,
    paragraphs: usize,
    /// A number that stood alone in its paragraph, and so may be that of a page.
    alone: Vec<usize>,
}

impl<'o> State<'o> {
    fn new(options: &'o Options) -> State<'o> {
        let fallback = super::pack::language("en").unwrap_or(0);
        State {
            options,
            found: Extraction::default(),
            tokens: Tokens::default(),
            stated: Vec::new(),
            line: 0,
            column: 0,
            language: options.language.map_or(fallback, |choice| choice.0),
            paragraphs: 0,
            alone: Vec::new(),
        }
    }

    /// Reads a paragraph and empties it.
    fn paragraph(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let start = self.found.length;
        self.found.length += bytes.len();
        let mut text = std::mem::take(bytes);
        let text = match std::str::from_utf8(&text) {
            Ok(text) => text,
            Err(error) => {
                let damage = error.valid_up_to();
                let line = self.line + 1 + text[..damage].iter().filter(|byte| **byte == b'\n').count();
                self.found.damage.push(Damage { start: start + damage, line });
                replace_unreadable(&mut text);
                std::str::from_utf8(&text).unwrap_or_default()
            }
        };
        self.text(text, start);
    }

    fn text(&mut self, text: &str, start: usize) {
        tokenise(text, &mut self.tokens);
        self.paragraphs += usize::from(!self.tokens.tokens.is_empty());
        self.stated.clear();
        if !self.tokens.candidates.is_empty() {
            let forced = self.options.language.map(|choice| choice.0);
            let mut paragraph = Paragraph::new(text, &self.tokens, forced, self.language);
            self.language = paragraph.language;
            for stretch in self.tokens.stretches() {
                paragraph.read(stretch);
                figures(&paragraph, &mut self.stated);
            }
            let is_alone = self.tokens.tokens.len() == 1;
            if is_alone && self.stated.len() == 1 {
                self.alone.push(self.found.mentions.len());
            }
        }
        let (mut at, mut line, mut column) = (0, self.line, self.column);
        let mut advance = |to: usize| {
            let passed = &text[at..to];
            match memchr::memrchr(b'\n', passed.as_bytes()) {
                Some(last) => {
                    line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                    column = passed[last + 1..].chars().count();
                }
                None => column += passed.chars().count(),
            }
            at = to;
            (line, column)
        };
        for stated in self.stated.drain(..) {
            let (line, column) = advance(stated.start);
            self.found.mentions.push(Mention {
                start: start + stated.start,
                end: start + stated.end,
                line: line + 1,
                column: column + 1,
                text: text[stated.start..stated.end].into(),
                kind: stated.kind,
                figure: stated.figure,
                unit: stated.unit.map(Into::into),
                date: stated.date.map(Into::into),
                hedge: stated.hedge,
                alternatives: stated.other.into_iter().collect(),
                mark: stated.mark,
                is_scaled_far: stated.is_scaled_far,
            });
        }
        (self.line, self.column) = advance(text.len());
    }

    fn finish(mut self) -> Extraction {
        settle(&mut self.found.mentions);
        if self.paragraphs > 1 {
            // a lone number between paragraphs is that of a page
            let mut index = 0;
            let alone = &self.alone;
            self.found.mentions.retain(|mention| {
                let is_page = alone.binary_search(&index).is_ok() && mention.text.chars().count() <= 4;
                index += 1;
                !is_page
            });
        }
        self.found
    }
}

/// Puts a mark in the place of every byte that is no UTF-8.
fn replace_unreadable(bytes: &mut [u8]) {
    let mut at = 0;
    while let Err(error) = std::str::from_utf8(&bytes[at..]) {
        let bad = at + error.valid_up_to();
        let length = error.error_len().unwrap_or(bytes.len() - bad);
        bytes[bad..bad + length].fill(UNREADABLE);
        at = bad + length;
    }
}
