//! Reads keys and single values: strings, numbers, dates, `true` and `false`.
//!
//! Nearly all of them need no decoding at all. These are recognised here with a look at their bytes; the rest,
//! and everything that is wrong, goes to the parser's decoder.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ParseError, Raw};

use super::Value;

/// What the parser holds against a key or value, if it said it.
pub(super) type Refusal = Option<ParseError>;

/// Reads a key without its quotes, escapes resolved.
pub(super) fn key(raw: &str, encoding: Option<Encoding>) -> Result<Cow<'_, str>, Refusal> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if encoding.is_none() && !raw.is_empty() && raw.bytes().all(is_bare) {
        return Ok(Cow::Borrowed(raw));
    }
    if let Some(text) = plain_string(raw, encoding) {
        return Ok(Cow::Borrowed(text));
    }
    let mut text = Cow::Borrowed("");
    let mut refusal = None;
    with_encoding(raw, encoding).decode_key(&mut text, &mut refusal);
    if refusal.is_some() { Err(refusal) } else { Ok(text) }
}

/// Reads a value that is neither list nor table.
pub(super) fn value(raw: &str, encoding: Option<Encoding>) -> Result<Value<'_>, Refusal> {
    if let Some(text) = plain_string(raw, encoding) {
        return Ok(Value::Text(Cow::Borrowed(text)));
    }
    if encoding.is_none() && is_plain_integer(raw) {
        return Ok(Value::Bare(raw));
    }
    let mut text = Cow::Borrowed("");
    let mut refusal = None;
    let kind = with_encoding(raw, encoding).decode_scalar(&mut text, &mut refusal);
    if refusal.is_some() {
        return Err(refusal);
    }
    match kind {
        ScalarKind::String => Ok(Value::Text(text)),
        ScalarKind::Boolean(value) => Ok(Value::Boolean(value)),
        // The parser leaves it at the first digits and the mark after them: `10-20 million` passes for a date.
        ScalarKind::DateTime if !is_date(raw) => Err(None),
        ScalarKind::DateTime | ScalarKind::Float | ScalarKind::Integer(_) => Ok(Value::Bare(raw)),
    }
}

fn with_encoding(raw: &str, encoding: Option<Encoding>) -> Raw<'_> {
    // Spans from zero on: the decoder's errors count from the start of the value.
    Raw::new_unchecked(raw, encoding, toml_parser::Span::new_unchecked(0, raw.len()))
}

/// The inside of a string of one line, if it can be taken as it stands.
fn plain_string(raw: &str, encoding: Option<Encoding>) -> Option<&str> {
    let quote = match encoding? {
        Encoding::BasicString => '"',
        Encoding::LiteralString => '\'',
        Encoding::MlBasicString | Encoding::MlLiteralString => return None,
    };
    let text = raw.strip_prefix(quote)?.strip_suffix(quote)?;
    // Without an early way out, so that the compiler can look at many bytes at once.
    let is_plain = text
        .bytes()
        .fold(true, |is_plain, byte| is_plain & ((byte >= b' ') | (byte == b'\t')) & (byte != b'\\') & (byte != 0x7f));
    is_plain.then_some(text)
}

fn is_plain_integer(raw: &str) -> bool {
    let has_leading_zero = raw.len() > 1 && raw.starts_with('0');
    !raw.is_empty() && !has_leading_zero && raw.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `raw` has the shape of a date, a time, or both; the 99th of a month is a date here.
fn is_date(raw: &str) -> bool {
    match take_digits(raw, &["dddd-dd-dd"]) {
        Some("") => true,
        Some(rest) => rest.strip_prefix(['T', 't', ' ']).is_some_and(is_time_with_zone),
        None => take_time(raw) == Some(""),
    }
}

fn is_time_with_zone(raw: &str) -> bool {
    match take_time(raw) {
        Some("" | "Z" | "z") => true,
        Some(zone) => take_digits(zone, &["+dd:dd", "-dd:dd"]) == Some(""),
        None => false,
    }
}

/// `hh:mm`, with seconds, with a fraction of them; returns what follows.
fn take_time(raw: &str) -> Option<&str> {
    let minutes = take_digits(raw, &["dd:dd"])?;
    let Some(seconds) = take_digits(minutes, &[":dd"]) else {
        return Some(minutes);
    };
    match take_digits(seconds, &[".d"]) {
        Some(rest) => Some(rest.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => Some(seconds),
    }
}

/// What follows the first pattern that `raw` begins with, `d` being any digit.
fn take_digits<'a>(raw: &'a str, patterns: &[&str]) -> Option<&'a str> {
    let begins = |pattern: &&&str| {
        raw.len() >= pattern.len()
            && pattern
                .bytes()
                .zip(raw.bytes())
                .all(|(wanted, found)| wanted == found || wanted == b'd' && found.is_ascii_digit())
    };
    patterns.iter().find(begins).and_then(|pattern| raw.get(pattern.len()..))
}
