//! Words the errors: what is wrong, and a way out, for people who know TOML from a page of examples.

use std::borrow::Cow;

use toml_parser::ParseError;

use super::chunks::Extent;
use super::names::{Conflict, Kind};
use super::{Key, MAX_DEPTH, Span, SyntaxError};

pub(super) fn error(span: Span, message: impl Into<String>, help: impl Into<Option<String>>) -> SyntaxError {
    SyntaxError { span, message: message.into(), help: help.into(), earlier: None }
}

pub(super) fn advice(help: &str) -> Option<String> {
    Some(help.to_owned())
}

/// A text as it can stand in a message: the span shows the rest.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// What Git left behind when two people changed the same lines.
pub(super) fn merge_conflict(span: Span) -> SyntaxError {
    let help = "choose between the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>";
    error(span, "unresolved merge conflict", advice(help))
}

/// Lists, tables or dotted names that stand in each other beyond any use.
pub(super) fn too_deep(span: Span) -> SyntaxError {
    let message = format!("more than {MAX_DEPTH} levels inside each other");
    error(span, message, advice("a bracket may be missing before this place"))
}

/// An error of the grammar outside of keys and values: the parser's own, in other words.
pub(super) fn grammar(text: &str, found: &ParseError, span: Span) -> SyntaxError {
    let description = found.description();
    match on_a_line(description).or_else(|| in_brackets(description)) {
        Some((message, help)) => error(span, message, advice(help)),
        None => {
            let message = format!("`{}` is not TOML here: {description}", short(span.of(text)));
            error(span, message, None)
        }
    }
}

/// Message and help for what can go wrong with a line, by the parser's description.
fn on_a_line(description: &str) -> Option<(&'static str, &'static str)> {
    Some(match description {
        "key with no value" | "missing value for key" => {
            ("expected `=` and a value after the key", "a line is `key = \"value\"`; a note begins with #")
        }
        "unexpected key or value" | "unexpected content" => (
            "nothing more may stand on this line after the value",
            "text belongs inside the quotes, another key on a line of its own, a note behind #",
        ),
        "unclosed table" => ("the header is not closed", "put `]` at its end"),
        "unclosed array table" => ("the header is not closed", "put `]]` at its end"),
        "invalid key-value pair" | "missing table open" => {
            ("a line cannot begin with this", "a list or table may have been closed too early above")
        }
        "extra `=`" => ("`=` stands twice", "delete one of them"),
        _ => return None,
    })
}

/// The same for lists and tables in brackets.
fn in_brackets(description: &str) -> Option<(&'static str, &'static str)> {
    const PAIR: &str = "inside braces stands `key = \"value\"`";
    Some(match description {
        "missing inline table opening" => ("this `}` closes nothing", "delete it, or put `{` before"),
        "missing array opening" => ("this `]` closes nothing", "delete it, or put `[` before"),
        "unclosed array" => ("this `[` is not closed", "put `]` where the list ends"),
        "unclosed inline table" => ("this `{` is not closed", "put `}` where the table ends"),
        "extra comma in array" | "extra comma in inline table" => ("nothing stands before this comma", "delete it"),
        "unexpected `=` in array" => {
            ("`=` cannot stand in a list", "close the list with `]`, or put the pair in braces: `{ key = \"value\" }`")
        }
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("expected a comma before this", "put a comma between the two, or quotes around both")
        }
        "extra assignment between key-value pairs" => {
            ("this `=` is one too many", "put a comma before the next key, or the value in quotes")
        }
        "missing assignment between key-value pairs" => ("expected `=` after the key", PAIR),
        "missing key for inline table element" | "invalid inline table element" => ("expected a key here", PAIR),
        _ => return None,
    })
}

/// Whether the parser complains that a list or table is open at the end.
pub(super) fn is_open_bracket(found: &ParseError) -> bool {
    matches!(found.description(), "unclosed array" | "unclosed inline table")
}

/// Where in the text to show one of the parser's errors.
pub(super) fn place(text: &str, found: &ParseError, extent: Extent) -> Span {
    let unexpected = found.unexpected().or(found.context()).unwrap_or_default();
    if is_open_bracket(found) {
        return extent.place(found.context().unwrap_or(unexpected));
    }
    let unexpected = extent.place(unexpected);
    let start = unexpected.start as usize;
    let rest = text.get(start..extent.end).unwrap_or_default();
    let is_break = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | '#');
    let word = rest.find(is_break).unwrap_or(rest.len());
    // The parser mostly points before the first character that it did not expect.
    let length = match word.max((unexpected.end - unexpected.start) as usize) {
        0 => rest.chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8),
        length => length,
    };
    Span::new(start, start + length)
}

/// A key for which the table has a value already.
pub(super) fn given_twice(key: &Key<'_>, earlier: Span) -> SyntaxError {
    let message = format!("`{}` is given twice in this table", short(&key.value));
    let help = "remove one of the two; until then the first counts";
    SyntaxError { earlier: Some(earlier), ..error(key.span, message, advice(help)) }
}

/// A part of a dotted key or header that cannot be a table, or not once more.
pub(super) fn conflict(found: &Conflict<'_>) -> SyntaxError {
    let key = &found.key;
    let name = short(&key.value);
    let (message, help) = match (found.header, found.known) {
        (None, Kind::Value) if !found.is_last => (
            format!("`{name}` has a value already, so that nothing can be added to it with a dot"),
            format!("write all parts of `{name}` with dots, or all of them inside the braces"),
        ),
        (None, Kind::Value) => return given_twice(key, found.earlier),
        (None, _) => (format!("`{name}` is a table already"), format!("put all keys of `{name}` in one place")),
        (Some(_), Kind::Value | Kind::Dotted) => (
            format!("`{name}` has a value already, so that no header can be made of it"),
            format!("give `{name}` in one place, in one of the two spellings"),
        ),
        (Some(true), _) => (
            format!("`{name}` is a list here, with double brackets, but not above"),
            format!("if there may be several, write each header `[[{name}]]`"),
        ),
        (Some(false), Kind::List) => (
            format!("`{name}` is a list above, with double brackets, but not here"),
            format!("if it is one more of the list, write `[[{name}]]`"),
        ),
        (Some(false), _) => {
            (format!("the header `[{name}]` is given twice"), "put all of its keys below one of the two".to_owned())
        }
    };
    SyntaxError { earlier: Some(found.earlier), ..error(key.span, message, help) }
}
