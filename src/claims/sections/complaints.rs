//! Collects the errors of a file: the first of each line, as one slip mostly breaks the rest of its line too.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use toml_parser::{ErrorSink, ParseError};

use super::chunks::Extent;
use super::diagnosis;
use super::{Span, SyntaxError};

/// The errors found and not yet handed over.
pub(super) struct Complaints<'a> {
    text: &'a str,
    found: Vec<SyntaxError>,
    /// The line of the last error, its line end included.
    last_line: Option<RangeInclusive<usize>>,
    /// The end of the last line of which an error was handed over.
    told_to: Option<usize>,
    has_news: bool,
    is_muted: bool,
}

impl<'a> Complaints<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new(), last_line: None, told_to: None, has_news: false, is_muted: false }
    }

    /// While muted, errors count as news but are not kept.
    pub(super) fn mute(&mut self, is_muted: bool) {
        self.is_muted = is_muted;
    }

    /// Reports an error at `span`, unless its line has one already. A file that is not TOML at all may have
    /// millions, therefore they are worded only when they are kept.
    pub(super) fn report(&mut self, span: Span, word: impl FnOnce(Span) -> SyntaxError) {
        self.has_news = true;
        let is_repeated = |line: &RangeInclusive<usize>| line.contains(&(span.start as usize));
        if self.is_muted || self.last_line.as_ref().is_some_and(is_repeated) {
            return;
        }
        let error = word(span);
        self.last_line = Some(line_at(self.text, error.span.start as usize));
        self.found.push(error);
    }

    /// Whether there was an error since this was last asked.
    pub(super) fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.has_news)
    }

    /// Hands over what was found, in the order of the text.
    pub(super) fn flush(&mut self, on_error: &mut impl FnMut(SyntaxError)) {
        if self.found.is_empty() {
            return;
        }
        // The parser finds out about open brackets only at the end of a section. The sort is stable: of errors
        // at one place the first found, which is the most particular, comes first.
        self.found.sort_by_key(|error| error.span.start);
        for error in self.found.drain(..) {
            let start = error.span.start as usize;
            if self.told_to.is_none_or(|end| start > end) {
                self.told_to = Some(*line_at(self.text, start).end());
                on_error(error);
            }
        }
    }
}

/// The line around `offset`: from after the line end before it to its own, that included.
fn line_at(text: &str, offset: usize) -> RangeInclusive<usize> {
    let bytes = text.as_bytes();
    let (before, after) = bytes.split_at(offset.min(bytes.len()));
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let length = after.iter().position(|&byte| byte == b'\n').unwrap_or(after.len());
    start..=offset + length
}

/// Takes the parser's errors about one chunk.
pub(super) struct ParserErrors<'c, 'a> {
    complaints: &'c RefCell<Complaints<'a>>,
    extent: Extent,
    has_open_bracket: bool,
}

impl<'c, 'a> ParserErrors<'c, 'a> {
    pub(super) fn new(complaints: &'c RefCell<Complaints<'a>>, extent: Extent) -> Self {
        Self { complaints, extent, has_open_bracket: false }
    }
}

impl ErrorSink for ParserErrors<'_, '_> {
    fn report_error(&mut self, error: ParseError) {
        // At the end of a chunk all brackets that are open are complained of, from the innermost outwards.
        if diagnosis::is_open_bracket(&error) && std::mem::replace(&mut self.has_open_bracket, true) {
            return;
        }
        let mut complaints = self.complaints.borrow_mut();
        let text = complaints.text;
        let span = diagnosis::place(text, &error, self.extent);
        complaints.report(span, |span| diagnosis::grammar(text, &error, span));
    }
}
