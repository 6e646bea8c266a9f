//! What each of the parser's events means.

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Span as ParserSpan};

use super::super::tables::Growing;
use super::super::{Span, Spanned, scalars, spelling};
use super::{Collector, Content, OpenBracket};

impl EventReceiver for Collector<'_, '_> {
    fn std_table_open(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn std_table_close(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn array_table_open(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn array_table_close(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.close_header(span);
    }

    fn inline_table_open(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) -> bool {
        let scope = self.names.new_scope();
        self.open_bracket(span, Content::Table(Growing::new(scope)))
    }

    fn inline_table_close(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.close_bracket(span);
    }

    fn array_open(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) -> bool {
        self.open_bracket(span, Content::List(Vec::new()))
    }

    fn array_close(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.close_bracket(span);
    }

    fn simple_key(&mut self, span: ParserSpan, encoding: Option<Encoding>, _error: &mut dyn ErrorSink) {
        let span = self.extent.place(span);
        let raw = span.of(self.text);
        let value = scalars::key(raw, encoding).unwrap_or_else(|found| {
            self.header.is_sound = false;
            self.report(span, |span| spelling::key(span, raw, found.as_ref()));
            Cow::Borrowed(raw)
        });
        let key = Spanned { span, value };
        if self.header.is_open {
            self.header.path.push(key);
            return;
        }
        if !std::mem::take(&mut self.after_dot) {
            // A key before it that got no value has been complained of.
            self.keys.truncate(self.brackets.last().map_or(0, |bracket| bracket.keys_from));
        }
        self.keys.push(key);
    }

    fn key_sep(&mut self, _span: ParserSpan, _error: &mut dyn ErrorSink) {
        self.after_dot = !self.header.is_open;
    }

    fn scalar(&mut self, span: ParserSpan, encoding: Option<Encoding>, _error: &mut dyn ErrorSink) {
        let span = self.extent.place(span);
        let raw = span.of(self.text);
        let is_bare = encoding.is_none();
        match scalars::value(raw, encoding) {
            // `18,600` is no list: something follows that is neither line end nor note.
            Ok(_) if is_bare && self.brackets.is_empty() && !self.ends_line(span) => {
                self.refuse_value(span, raw, is_bare, None);
            }
            Ok(value) => self.place(Spanned { span, value }),
            Err(found) => self.refuse_value(span, raw, is_bare, found.as_ref()),
        }
    }

    fn comment(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        let span = self.extent.place(span);
        let comment = span.of(self.text);
        let is_stray = |c: char| c.is_ascii_control() && c != '\t';
        if let Some((at, found)) = comment.match_indices(is_stray).next() {
            let start = span.start as usize + at;
            let found = found.chars().next().unwrap_or_default();
            let place = Span::new(start, start + 1);
            self.report(place, |place| spelling::control_character(place, found, false));
        }
    }

    fn newline(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        let place = self.extent.place(span);
        if place.of(self.text) == "\r" {
            self.report(place, spelling::lone_carriage_return);
        }
        if self.header.is_open {
            self.complete_header();
        }
    }

    fn error(&mut self, span: ParserSpan, _error: &mut dyn ErrorSink) {
        if self.header.is_open {
            self.header.is_sound = false;
        }
        // Where a table wants a key and finds a bracket, the parser passes over what is in it, and reports the
        // closing bracket as if it had reported the opening one.
        let wants_key = matches!(self.brackets.last(), Some(OpenBracket { content: Content::Table(_), .. }));
        if wants_key && matches!(self.extent.place(span).of(self.text), "[" | "{") {
            self.is_skipping = true;
        }
    }
}
