//! Hears the parser's events and builds sections of them.

mod events;

use std::cell::RefCell;

use toml_parser::{ParseError, Span as ParserSpan};

use super::chunks::Extent;
use super::complaints::Complaints;
use super::names::{Conflict, Names, Opened, ROOT};
use super::plain::Plain;
use super::tables::{Growing, SubTable};
use super::{Entry, Key, MAX_DEPTH, Section, Span, Spanned, SyntaxError, Value};
use super::{diagnosis, spelling};

/// Builds one section after the other and delivers it when the next begins.
pub(super) struct Collector<'c, 'a> {
    text: &'a str,
    extent: Extent,
    complaints: &'c RefCell<Complaints<'a>>,
    deliver: &'c mut dyn FnMut(&Section<'_, 'a>),
    names: Names<'a>,
    section: OpenSection<'a>,
    header: Header<'a>,
    /// The parts of the keys whose values are awaited, of the outermost table first.
    keys: Vec<Key<'a>>,
    /// The dot after a part of a key: the next part belongs to the same key.
    after_dot: bool,
    brackets: Vec<OpenBracket<'a>>,
    /// The parser is passing over something in brackets, and will report the closing one.
    is_skipping: bool,
}

/// A header while it is being read; its path is kept to be used again.
#[derive(Default)]
struct Header<'a> {
    is_open: bool,
    is_array: bool,
    /// It has its closing brackets, and nothing unexpected.
    is_sound: bool,
    is_closed: bool,
    span: Span,
    path: Vec<Key<'a>>,
}

impl Header<'_> {
    fn begins_with(&self, path: &[Key<'_>]) -> bool {
        self.path.len() >= path.len() && self.path.iter().zip(path).all(|(own, other)| own.value == other.value)
    }
}

struct OpenSection<'a> {
    header: Span,
    path: Vec<Key<'a>>,
    is_array: bool,
    damaged: bool,
    end: u32,
    table: Growing<'a>,
    target: Target,
}

/// Where the keys go that stand on lines of their own.
enum Target {
    Section,
    Below(SubTable),
    /// The header was refused, and the table it names has its keys from elsewhere.
    Nowhere,
}

/// A list or table in brackets while it is being read.
struct OpenBracket<'a> {
    start: u32,
    /// Where among the awaited keys its own begin.
    keys_from: usize,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Spanned<Value<'a>>>),
    Table(Growing<'a>),
}

impl<'c, 'a> Collector<'c, 'a> {
    pub(super) fn new(
        text: &'a str,
        complaints: &'c RefCell<Complaints<'a>>,
        deliver: &'c mut dyn FnMut(&Section<'_, 'a>),
    ) -> Self {
        let mut names = Names::default();
        names.begin_section();
        Self {
            text,
            extent: Extent::default(),
            complaints,
            deliver,
            names,
            section: OpenSection {
                header: Span::default(),
                path: Vec::new(),
                is_array: false,
                damaged: false,
                end: 0,
                table: Growing::new(ROOT),
                target: Target::Section,
            },
            header: Header::default(),
            keys: Vec::new(),
            after_dot: false,
            brackets: Vec::new(),
            is_skipping: false,
        }
    }

    /// Prepares for the events of one chunk. Nothing that was left open reaches into it.
    pub(super) fn begin_chunk(&mut self, extent: Extent) {
        self.extent = extent;
        self.keys.clear();
        self.after_dot = false;
        self.brackets.clear();
        self.is_skipping = false;
    }

    /// Takes a section that was read without the parser, as if it had come event by event.
    pub(super) fn take_plain(&mut self, plain: &mut Plain<'a>) {
        self.begin_chunk(Extent::default());
        self.note_damage();
        std::mem::swap(&mut self.header.path, &mut plain.path);
        self.header.span = plain.header;
        self.header.is_array = plain.is_array;
        self.header.is_closed = true;
        self.header.is_sound = true;
        self.complete_header();
        let end = plain.entries.last().map_or(0, |entry| entry.value.span.end);
        if matches!(self.section.target, Target::Section) && self.section.table.take_all(&mut plain.entries) {
            self.section.end = self.section.end.max(end);
            return;
        }
        for Entry { key, value } in plain.entries.drain(..) {
            self.keys.clear();
            self.keys.push(key);
            self.place(value);
        }
    }

    /// A header in the very last line has no line end to complete it.
    pub(super) fn end_chunk(&mut self) {
        if self.header.is_open {
            self.complete_header();
        }
    }

    /// Delivers the last section.
    pub(super) fn finish(&mut self) {
        self.note_damage();
        self.deliver_section();
    }

    fn report(&self, span: Span, word: impl FnOnce(Span) -> SyntaxError) {
        self.complaints.borrow_mut().report(span, word);
    }

    fn note_damage(&mut self) {
        self.section.damaged |= self.complaints.borrow_mut().take_news();
    }

    fn open_header(&mut self, span: ParserSpan, is_array: bool) {
        self.note_damage();
        self.header.path.clear();
        self.header.span = self.extent.place(span);
        self.header.is_array = is_array;
        self.header.is_closed = false;
        self.header.is_sound = true;
        self.header.is_open = true;
    }

    fn close_header(&mut self, span: ParserSpan) {
        self.header.span.end = self.extent.place(span).end;
        self.header.is_closed = true;
    }

    fn complete_header(&mut self) {
        self.header.is_open = false;
        let (own, path) = (self.section.path.len(), &self.header.path);
        let continues = own > 0 && own < path.len() && self.header.begins_with(&self.section.path);
        if path.len() > MAX_DEPTH {
            self.header.is_sound = false;
            self.report(self.header.span, diagnosis::too_deep);
        }
        if continues {
            self.open_below(own);
        } else {
            self.open_section();
        }
        self.section.end = self.section.end.max(self.header.span.end);
    }

    /// Begins a table below the section that is being read.
    fn open_below(&mut self, own: usize) {
        let Header { path, span, is_array, .. } = &self.header;
        let path = path.get(own..).unwrap_or_default();
        self.section.target = Target::Nowhere;
        if !self.header.is_sound && path.len() > MAX_DEPTH {
            return;
        }
        match self.section.table.open(&mut self.names, path, *is_array, *span) {
            Ok(below) => self.section.target = Target::Below(below),
            Err(conflict) => self.report_conflict(&conflict),
        }
    }

    fn open_section(&mut self) {
        let is_one_more = self.header.is_array
            && self.section.is_array
            && self.header.path.len() == self.section.path.len()
            && self.header.begins_with(&self.section.path);
        if !is_one_more {
            // From here on, headers could try to add to it. Nothing can add to the last element of a list but one.
            self.section.table.enter(&mut self.names);
        }
        let news = self.complaints.borrow_mut().take_news();
        self.deliver_section();
        self.names.begin_section();
        std::mem::swap(&mut self.section.path, &mut self.header.path);
        self.section.header = self.header.span;
        self.section.is_array = self.header.is_array;
        self.section.damaged = news || !self.header.is_closed;
        self.section.end = self.header.span.end;
        self.section.target = Target::Section;
        let opened = self.name_section();
        self.section.table.start_over(opened.scope, !opened.is_new);
    }

    /// Enters the header of a new section among the names.
    fn name_section(&mut self) -> Opened {
        // What a broken header really names is not known, so that later ones cannot contradict it.
        if self.header.is_sound && self.header.is_closed {
            match self.names.open_section(&self.section.path, self.section.is_array) {
                Ok(opened) => return opened,
                Err(conflict) => self.report_conflict(&conflict),
            }
        }
        Opened { scope: self.names.new_scope(), is_new: true }
    }

    fn deliver_section(&mut self) {
        let section = &self.section;
        if section.path.is_empty() && section.table.entries.is_empty() {
            return;
        }
        let first = section.table.entries.first().map_or(0, |entry| entry.key.span.start);
        let start = if section.path.is_empty() { first } else { section.header.start };
        let header = if section.path.is_empty() { Span { start, end: start } } else { section.header };
        (self.deliver)(&Section {
            header,
            path: &section.path,
            is_array: section.is_array,
            span: Span { start, end: section.end },
            entries: &section.table.entries,
            damaged: section.damaged,
        });
    }

    fn report_conflict(&mut self, conflict: &Conflict<'a>) {
        self.section.damaged = true;
        if !conflict.is_repeated {
            self.report(conflict.key.span, |_| diagnosis::conflict(conflict));
        }
    }

    /// Adds a value to the innermost list or table that is open.
    #[inline]
    fn place(&mut self, value: Spanned<Value<'a>>) {
        let keys_from = self.brackets.last().map_or(0, |bracket| bracket.keys_from);
        let content = self.brackets.last_mut().map(|bracket| &mut bracket.content);
        if let Some(Content::List(elements)) = content {
            elements.push(value);
            return;
        }
        if self.keys.len() <= keys_from {
            return;
        }
        if self.keys.len() > keys_from + MAX_DEPTH {
            let span = value.span;
            self.report(span, diagnosis::too_deep);
            return;
        }
        let (names, keys) = (&mut self.names, &mut self.keys);
        let put = match (content, &self.section.target) {
            (Some(Content::Table(table)), _) => table.put(names, keys, keys_from, value),
            (_, target) => {
                self.section.end = self.section.end.max(value.span.end);
                let table = &mut self.section.table;
                match target {
                    Target::Section => table.put(names, keys, keys_from, value),
                    Target::Below(below) => table.put_in(below, names, keys, keys_from, value),
                    Target::Nowhere => Ok(()),
                }
            }
        };
        if let Err(conflict) = put {
            self.report_conflict(&conflict);
        }
    }

    /// Says whether the parser shall read what is in the bracket. The parser's own guard would ask here first and
    /// refuse afterwards, and costs a call for each event.
    fn open_bracket(&mut self, span: ParserSpan, content: Content<'a>) -> bool {
        let span = self.extent.place(span);
        if self.brackets.len() >= MAX_DEPTH {
            self.report(span, diagnosis::too_deep);
            self.is_skipping = true;
            return false;
        }
        let keys_from = self.keys.len();
        self.brackets.push(OpenBracket { start: span.start, keys_from, content });
        true
    }

    fn close_bracket(&mut self, span: ParserSpan) {
        if std::mem::take(&mut self.is_skipping) {
            return;
        }
        let Some(bracket) = self.brackets.pop() else {
            return;
        };
        self.keys.truncate(bracket.keys_from);
        let end = self.extent.place(span).end;
        let value = match bracket.content {
            Content::List(elements) => Value::List(elements),
            Content::Table(table) => Value::Table(table.entries),
        };
        self.place(Spanned { span: Span { start: bracket.start, end }, value });
    }

    fn ends_line(&self, span: Span) -> bool {
        let rest = self.text.get(span.end as usize..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with(['\n', '\r', '#'])
    }

    #[cold]
    fn refuse_value(&mut self, span: Span, raw: &str, is_bare: bool, found: Option<&ParseError>) {
        let from = self.brackets.last().map_or(0, |bracket| bracket.keys_from);
        let key = self.keys.get(from..).and_then(<[_]>::last).map(|key| key.value.as_ref());
        let is_on_own_line = is_bare && self.brackets.is_empty();
        let whole = is_on_own_line.then(|| rest_of_line(self.text, span.start as usize));
        self.report(span, |span| spelling::value(span, raw, whole, key, found));
    }
}

/// The text from `start` to the end of its line, without a note and blanks at the end.
fn rest_of_line(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(['\n', '#']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_end()
}
