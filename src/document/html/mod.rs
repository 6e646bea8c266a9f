//! HTML, as browsers cut it into tags and text (by `html5gum`), and the blocks that a reader of the page sees.
//!
//! No tree is built: what is open is kept on a stack, so that a page of any depth costs what its length costs. Scripts,
//! styles, code and what is hidden are no prose. Line ends and blanks count as browsers count them.

mod element;
mod page;

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};

use self::element::Attribute;
use self::page::Page;
use super::block::Block;

/// The blocks of a page.
pub(super) fn blocks<'d>(text: &'d str, found: &mut Vec<Block<'d>>) {
    fragment(text, 0..text.len(), &mut 0, &mut 0, found);
}

/// The blocks of a part of a text that is HTML; lists and tables are counted on from those before.
pub(super) fn fragment<'d>(
    text: &'d str,
    range: Range<usize>,
    lists: &mut u32,
    tables: &mut u32,
    found: &mut Vec<Block<'d>>,
) {
    let Some(part) = text.get(range.clone()) else { return };
    let events =
        Events { page: Page::new(text, *lists, *tables, found), base: range.start, attribute: None, text: 0..0 };
    let mut callbacks = CallbackEmitter::new(events);
    callbacks.naively_switch_states(true);
    let mut reader = Tokens { callbacks, source: part, position: 0, seen: 0 };
    // reading from memory cannot fail
    for _ in Tokenizer::new_with_emitter(part, &mut reader) {}
    let events = reader.callbacks.callback_mut();
    events.flush();
    let page = &mut events.page;
    page.finish(range.end);
    (*lists, *tables) = page.counts();
}

/// Passes everything on, and text with the place that it comes from: `html5gum` joins it and resolves entities.
struct Tokens<'d, 'f> {
    callbacks: CallbackEmitter<Events<'d, 'f>, Infallible, usize>,
    source: &'d str,
    position: usize,
    /// How far the source has become text or tags.
    seen: usize,
}

impl<'d, 'f> ForwardingEmitter for &mut Tokens<'d, 'f> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.callbacks
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
        self.callbacks.move_position(offset);
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position.min(self.source.len());
        let same = end.checked_sub(text.len()).filter(|start| self.source.as_bytes().get(*start..end) == Some(text));
        let events = self.callbacks.callback_mut();
        let base = events.base;
        match same {
            Some(start) => events.same(base + start..base + end),
            None => {
                events.flush();
                // an entity: from its `&` on
                let before = self.source.as_bytes().get(self.seen.min(end)..end).unwrap_or_default();
                let start = before.iter().rposition(|byte| *byte == b'&').map_or(self.seen, |at| self.seen + at);
                let text = String::from_utf8_lossy(text);
                events.page.instead(&text, base + start..base + end);
            }
        }
        self.seen = end;
    }
}

/// What the tags of a page do.
struct Events<'d, 'f> {
    page: Page<'d, 'f>,
    base: usize,
    attribute: Option<Attribute>,
    /// Text not yet passed on: it comes in bytes, and a character is never cut.
    text: Range<usize>,
}

impl Events<'_, '_> {
    fn same(&mut self, range: Range<usize>) {
        if self.text.end == range.start {
            self.text.end = range.end;
        } else {
            self.flush();
            self.text = range;
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.page.same(text);
        }
    }
}

impl Callback<Infallible, usize> for Events<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        self.flush();
        let range = self.base + span.start..self.base + span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => self.page.open(name, range),
            CallbackEvent::AttributeName { name } => {
                self.attribute = Attribute::named(name);
                if let Some(attribute) = self.attribute {
                    self.page.attribute(attribute, b"");
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.attribute {
                    self.page.attribute(attribute, value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.page.opened(range.end),
            CallbackEvent::EndTag { name } => self.page.close(name, range),
            CallbackEvent::String { .. }
            | CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }
}
