//! The short way for sections without anything unusual: a header, and below it lines of `key = value`.
//!
//! Nearly every section of a claim file is written like this, and then a look at each byte is all it takes. Whatever
//! is not understood here at first sight (escapes, dotted keys, values over several lines, any mistake) is left to
//! the parser, which reads the whole section anew: so there is nothing here that complains, and nothing that the
//! parser would read differently.

use std::borrow::Cow;

use super::{Entry, Key, Span, Spanned, Value};

/// How deep brackets may stand in each other here.
const DEPTH: usize = 4;
/// More keys in braces than this are compared with each other by the parser.
const KEYS: usize = 16;

/// What a byte may be part of.
const BARE: u8 = 1;
const TEXT: u8 = 2;
const NOTE: u8 = 4;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_control = (byte < 0x20 && byte != 0x09) || byte == 0x7f;
        if !is_control {
            classes[byte] |= NOTE;
            if byte != b'"' as usize && byte != b'\\' as usize {
                classes[byte] |= TEXT;
            }
        }
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() || letter == b'_' || letter == b'-' {
            classes[byte] |= BARE;
        }
        byte += 1;
    }
    classes
};

/// A section that was read the short way. It is kept to be used again.
#[derive(Default)]
pub(super) struct Plain<'a> {
    pub(super) header: Span,
    pub(super) path: Vec<Key<'a>>,
    pub(super) is_array: bool,
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Plain<'a> {
    /// Reads the section whose header is the next thing after blank lines and notes; says where the next one begins,
    /// or `None` if the parser must read it.
    pub(super) fn read(&mut self, text: &'a str, start: usize) -> Option<usize> {
        let mut cursor = Cursor { text, bytes: text.as_bytes(), at: start };
        self.path.clear();
        self.entries.clear();
        cursor.blank_lines()?;
        self.read_header(&mut cursor)?;
        cursor.line_end()?;
        loop {
            cursor.blank_lines()?;
            if matches!(cursor.peek(), None | Some(b'[')) {
                return Some(cursor.at);
            }
            let key = cursor.key()?;
            cursor.assign()?;
            let value = cursor.value(0)?;
            cursor.line_end()?;
            self.entries.push(Entry { key, value });
        }
    }

    fn read_header(&mut self, cursor: &mut Cursor<'a>) -> Option<()> {
        let start = cursor.at;
        cursor.take(b'[')?;
        self.is_array = cursor.take(b'[').is_some();
        self.path.push(cursor.key()?);
        while cursor.take(b'.').is_some() {
            self.path.push(cursor.key()?);
        }
        cursor.take(b']')?;
        if self.is_array {
            cursor.take(b']')?;
        }
        self.header = Span::new(start, cursor.at);
        Some(())
    }
}

struct Cursor<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek() == Some(wanted)).then(|| self.at += 1)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes over bytes of a class.
    #[inline]
    fn skip(&mut self, class: u8) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| CLASSES[usize::from(*byte)] & class == 0).unwrap_or(rest.len());
    }

    /// The rest of a line in which nothing more but a note may stand.
    fn line_end(&mut self) -> Option<()> {
        self.skip_blanks();
        if self.take(b'#').is_some() {
            self.skip(NOTE);
        }
        if self.at == self.bytes.len() {
            return Some(());
        }
        let _ = self.take(b'\r');
        self.take(b'\n')
    }

    fn blank_lines(&mut self) -> Option<()> {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b'\n' | b'\r' | b'#') => self.line_end()?,
                _ => return Some(()),
            }
        }
    }

    fn key(&mut self) -> Option<Key<'a>> {
        let start = self.at;
        self.skip(BARE);
        let value = self.text.get(start..self.at).filter(|name| !name.is_empty())?;
        Some(Spanned { span: Span::new(start, self.at), value: Cow::Borrowed(value) })
    }

    fn assign(&mut self) -> Option<()> {
        self.skip_blanks();
        self.take(b'=')?;
        self.skip_blanks();
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Spanned<Value<'a>>> {
        let start = self.at;
        let value = match self.peek()? {
            b'"' => Value::Text(Cow::Borrowed(self.string()?)),
            b'[' if depth < DEPTH => Value::List(self.list(depth)?),
            b'{' if depth < DEPTH => Value::Table(self.table(depth)?),
            _ => self.bare()?,
        };
        Some(Spanned { span: Span::new(start, self.at), value })
    }

    fn string(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        self.skip(TEXT);
        let text = self.text.get(start..self.at)?;
        self.take(b'"')?;
        // three quotes begin a text of several lines
        (self.peek() != Some(b'"')).then_some(text)
    }

    /// A whole number without a sign, `true` or `false`.
    fn bare(&mut self) -> Option<Value<'a>> {
        let start = self.at;
        self.skip(BARE);
        let raw = self.text.get(start..self.at)?;
        match raw {
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            _ => {
                let has_leading_zero = raw.len() > 1 && raw.starts_with('0');
                let is_whole = !raw.is_empty() && !has_leading_zero && raw.bytes().all(|byte| byte.is_ascii_digit());
                // `1.5` and `07:30` go on behind the digits, `2020-05-17 07:30` behind a blank
                is_whole.then_some(Value::Bare(raw))
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Spanned<Value<'a>>>> {
        self.take(b'[')?;
        self.skip_blanks();
        let mut elements = Vec::new();
        if self.take(b']').is_some() {
            return Some(elements);
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.skip_blanks();
            if self.take(b']').is_some() {
                return Some(elements);
            }
            self.take(b',')?;
            self.skip_blanks();
        }
    }

    fn table(&mut self, depth: usize) -> Option<Vec<Entry<'a>>> {
        self.take(b'{')?;
        self.skip_blanks();
        let mut entries: Vec<Entry<'a>> = Vec::with_capacity(2);
        if self.take(b'}').is_some() {
            return Some(entries);
        }
        loop {
            let key = self.key()?;
            if entries.len() == KEYS || entries.iter().any(|entry| entry.key.value == key.value) {
                return None;
            }
            self.assign()?;
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, value });
            self.skip_blanks();
            if self.take(b'}').is_some() {
                return Some(entries);
            }
            self.take(b',')?;
            self.skip_blanks();
        }
    }
}
