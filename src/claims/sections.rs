//! Reads a claim file as a stream of its sections: `[document]`, `[subject.x]`, `[[claim]]`, `[[check]]`.
//!
//! It is for files that come by the thousand: every key and value keeps its place in the text, strings without
//! escapes are borrowed from it, and only one section is held at a time. It finds every error of a file, not only
//! the first, and says each in words for people who do not write programs.
//!
//! It is not a general TOML library. It knows nothing of what the sections mean, never builds the whole document,
//! and hands numbers and dates on as they were written: whether a figure fits into 64 bits, or a month has 31 days,
//! is for whoever reads it.
//!
//! The grammar itself is `toml_parser`'s (TOML 1.0, and what 1.1 adds). Here a file goes through five hands:
//!
//! * `plain` reads what is written as nearly everybody writes it, so that the parser is left with the rest;
//! * `chunks` cuts the tokens into pieces of one section each, and finds the way back after a quote, a bracket or
//!   a merge conflict that was left open;
//! * `collector` hears the parser's events and builds the values;
//! * `tables` and `names` put them under their keys, and refuse what is defined twice;
//! * `complaints` keeps one error for each line, worded by `diagnosis` and `spelling`.

mod chunks;
mod collector;
mod complaints;
mod diagnosis;
mod lines;
mod names;
mod plain;
mod scalars;
mod spelling;
mod tables;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;

use toml_parser::parser::parse_document;

use crate::document::Span;

use chunks::Chunks;
use collector::Collector;
use complaints::{Complaints, ParserErrors};
use plain::Plain;

/// How deep lists and tables may stand in each other. People write two or three levels; the limit keeps a broken
/// or hostile file from exhausting the stack.
pub const MAX_DEPTH: usize = 32;

/// Something read, and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// Where it stood, quotes or brackets included.
    pub span: Span,
    /// What was read.
    pub value: T,
}

/// A key as it is meant: without its quotes, escapes resolved.
pub type Key<'a> = Spanned<Cow<'a, str>>;

/// What a key may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A string in any of the four quotations, escapes resolved; borrowed unless it had some.
    Text(Cow<'a, str>),
    /// An integer, float or date exactly as it was written.
    Bare(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// `[…, …]`, or the tables under repeated `[[section.key]]` headers.
    List(Vec<Spanned<Value<'a>>>),
    /// `{ … }`, or what dotted keys or a `[section.key]` header make; then its span reaches from the first key or
    /// header to the last value, and keys of other tables may lie between. In the order of first mention.
    Table(Vec<Entry<'a>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The key; of a dotted key, one part.
    pub key: Key<'a>,
    /// What it holds.
    pub value: Spanned<Value<'a>>,
}

/// One top-level section: a header and all that stands below it, sub-tables that directly follow included.
///
/// A sub-table that stands elsewhere (`[claim.source]` below another section than its `[[claim]]`) comes as a
/// section of its own, with the longer path.
#[derive(Debug)]
pub struct Section<'s, 'a> {
    /// The header, from `[` to `]`; empty for what stands before the first header.
    pub header: Span,
    /// The parts of the header's name; none for what stands before the first header.
    pub path: &'s [Key<'a>],
    /// Whether the header has double brackets.
    pub is_array: bool,
    /// From the header's start to the end of the last value.
    pub span: Span,
    /// Its keys in the order of first mention. Of a key given twice, the first; a broken value is left out.
    pub entries: &'s [Entry<'a>],
    /// An error in it has been reported, so that keys may be missing here which the author did write.
    pub damaged: bool,
}

/// A place that is not TOML, in words for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong; empty where something is missing.
    pub span: Span,
    /// What is wrong or was expected, as one sentence without a full stop.
    pub message: String,
    /// A way out, where there is an obvious one.
    pub help: Option<String>,
    /// Where the other half stands: the key or header that this one repeats.
    pub earlier: Option<Span>,
}

/// Reads `text` and hands over its sections, in their order, and its errors, at most one for each line.
///
/// Entries before the first header come as a section with an empty path. After an error the rest of the file is
/// still read. A byte order mark and CRLF line ends are accepted.
///
/// An error in a section marks it as [`damaged`](Section::damaged); the error itself may come before or after it.
pub fn read<'a>(text: &'a str, on_section: impl FnMut(&Section<'_, 'a>), on_error: impl FnMut(SyntaxError)) {
    read_by(text, true, on_section, on_error);
}

/// [`read`], by way of `plain` where it can or always by way of the parser.
fn read_by<'a>(
    text: &'a str,
    may_be_plain: bool,
    mut on_section: impl FnMut(&Section<'_, 'a>),
    mut on_error: impl FnMut(SyntaxError),
) {
    let complaints = RefCell::new(Complaints::new(text));
    let mut chunks = Chunks::new(text);
    let mut plain = Plain::default();
    let mut collector = Collector::new(text, &complaints, &mut on_section);
    loop {
        let ahead = chunks.header_ahead().filter(|_| may_be_plain);
        if let Some(end) = ahead.and_then(|start| plain.read(text, start)) {
            collector.take_plain(&mut plain);
            chunks.go_on_at(end);
            complaints.borrow_mut().flush(&mut on_error);
            continue;
        }
        let Some(end) = chunks.advance() else { break };
        complaints.borrow_mut().mute(end.is_torn());
        let extent = chunks.extent(&end);
        collector.begin_chunk(extent);
        let mut parser_errors = ParserErrors::new(&complaints, extent);
        parse_document(chunks.tokens(), &mut collector, &mut parser_errors);
        collector.end_chunk();
        complaints.borrow_mut().mute(false);
        chunks.pass(&end, &complaints);
        complaints.borrow_mut().flush(&mut on_error);
    }
    collector.finish();
    complaints.borrow_mut().flush(&mut on_error);
}
