//! Words the errors inside keys and values: missing quotes, odd characters, broken escapes.

use toml_parser::ParseError;

use super::diagnosis::{advice, error, short};
use super::{Span, SyntaxError};

/// Whether a quoted string is closed: it ends with its opening quotes, not escaped.
pub(super) fn is_closed(raw: &str) -> bool {
    let quotes = opening_quotes(raw);
    let Some(inner) = raw.strip_prefix(quotes).and_then(|rest| rest.strip_suffix(quotes)) else {
        return false;
    };
    let backslashes = inner.bytes().rev().take_while(|&byte| byte == b'\\').count();
    quotes.starts_with('\'') || backslashes % 2 == 0
}

/// The quotes with which a string begins: one or three.
fn opening_quotes(raw: &str) -> &'static str {
    ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| raw.starts_with(quotes)).unwrap_or_default()
}

/// The first `length` bytes of a span.
fn beginning(span: Span, length: usize) -> Span {
    let start = span.start as usize;
    Span::new(start, start + length)
}

/// A line that ends with the carriage return alone, as on computers of the last century.
pub(super) fn lone_carriage_return(span: Span) -> SyntaxError {
    let help = "save the file with line ends of Unix (LF) or Windows (CRLF)";
    error(span, "a carriage return without a line feed after it", advice(help))
}

/// A character that does nothing visible, where it may not stand. `escape` says whether it could be escaped here.
pub(super) fn control_character(span: Span, found: char, escape: bool) -> SyntaxError {
    if found == '\r' {
        return lone_carriage_return(span);
    }
    let code = u32::from(found);
    let help =
        if escape { format!("delete it, or write `\\u{code:04X}` if it is meant") } else { "delete it".to_owned() };
    error(span, format!("invisible control character U+{code:04X}"), help)
}

/// A value that the parser refused; `raw` is what it stands for. `whole` is the rest of the line it began, where
/// that belongs to no bracket.
pub(super) fn value(
    span: Span,
    raw: &str,
    whole: Option<&str>,
    key: Option<&str>,
    found: Option<&ParseError>,
) -> SyntaxError {
    if raw.is_empty() {
        let key = key.map(short);
        let message =
            key.as_deref().map_or("a value is missing here".to_owned(), |key| format!("`{key}` has no value"));
        return error(span, message, key.map(|key| format!("write `{key} = \"…\"`, or delete it")));
    }
    if !opening_quotes(raw).is_empty() {
        return string(span, raw, found);
    }
    let raw = whole.unwrap_or(raw);
    let span = beginning(span, raw.len());
    if let Some(complaint) = odd_character(span, raw) {
        return complaint;
    }
    if raw.ends_with(['"', '\'']) {
        return error(span, "the opening quote is missing", assignment(key, raw.trim_matches(['"', '\''])));
    }
    let lower = raw.to_ascii_lowercase();
    if matches!(lower.as_str(), "true" | "false") {
        return error(span, format!("`{lower}` has only small letters"), Some(format!("write `{lower}`")));
    }
    error(span, format!("`{}` must stand in quotes", short(raw)), assignment(key, raw))
}

/// The line as it may have been meant.
fn assignment(key: Option<&str>, text: &str) -> Option<String> {
    let text = short(text);
    let quoted = if text.contains(['"', '\\']) { format!("'{text}'") } else { format!("\"{text}\"") };
    Some(match key {
        Some(key) => format!("write `{} = {quoted}`", short(key)),
        None => format!("write `{quoted}`"),
    })
}

/// A quoted string that the parser refused.
pub(super) fn string(span: Span, raw: &str, found: Option<&ParseError>) -> SyntaxError {
    let quotes = opening_quotes(raw);
    if !is_closed(raw) && quotes.len() == 3 {
        let span = beginning(span, quotes.len());
        return error(span, "these quotes are not closed", Some(format!("put `{quotes}` where the text ends")));
    }
    if !is_closed(raw) {
        let span = beginning(span, raw.trim_end().len());
        return error(span, "the closing quote is missing", Some(format!("put `{quotes}` where the text ends")));
    }
    let is_basic = quotes.starts_with('"');
    let is_stray = |(at, c): &(usize, char)| {
        let is_line_end =
            quotes.len() == 3 && (*c == '\n' || raw.get(*at..).is_some_and(|rest| rest.starts_with("\r\n")));
        c.is_ascii_control() && *c != '\t' && !is_line_end
    };
    if let Some((at, c)) = raw.char_indices().find(is_stray) {
        let start = span.start as usize + at;
        return control_character(Span::new(start, start + 1), c, is_basic);
    }
    let help = "write `\\\\` for a backslash that is meant, or single quotes around the text";
    error(escape_in(span, raw, found), "this backslash does not begin a known escape", advice(help))
}

/// The escape of which the parser complains: from its backslash.
fn escape_in(span: Span, raw: &str, found: Option<&ParseError>) -> Span {
    let at = found.and_then(ParseError::unexpected).map_or(0, |at| at.start());
    let Some(backslash) = raw.get(..at).and_then(|before| before.rfind('\\')) else {
        return span;
    };
    let escaped = raw.get(backslash + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let start = span.start as usize + backslash;
    Span::new(start, start + 1 + escaped)
}

/// A key that the parser refused.
pub(super) fn key(span: Span, raw: &str, found: Option<&ParseError>) -> SyntaxError {
    if raw.is_empty() {
        return error(span, "a name is missing here", advice("a line is `key = \"value\"`, a header `[name]`"));
    }
    if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        return error(span, "a key cannot have several lines", advice("write it in single quotes"));
    }
    if !opening_quotes(raw).is_empty() {
        return string(span, raw, found);
    }
    if let Some((name, _)) = raw.split_once(':').filter(|(name, _)| !name.is_empty()) {
        let start = span.start as usize + name.len();
        let help = format!("write `{} = …`", short(name));
        return error(Span::new(start, start + 1), "expected `=` after the key, not a colon", help);
    }
    if let Some(complaint) = odd_character(span, raw) {
        return complaint;
    }
    let help = "a key without quotes has only the letters a to z, digits, - and _";
    let message = format!("the key `{}` must stand in quotes", short(raw));
    error(span, message, advice(help))
}

/// A character outside of quotes that looks like another, or like nothing.
fn odd_character(span: Span, raw: &str) -> Option<SyntaxError> {
    let (at, found) =
        raw.char_indices().find(|(_, c)| c.is_control() || invisible(*c).is_some() || is_typographic_quote(*c))?;
    let start = span.start as usize + at;
    let place = Span::new(start, start + found.len_utf8());
    if is_typographic_quote(found) {
        let message = format!("`{found}` is a typographic quote, which TOML does not take for one");
        let help = "write the straight quote `\"` before and after the text";
        return Some(error(place, message, advice(help)));
    }
    let Some(name) = invisible(found) else {
        return Some(control_character(place, found, false));
    };
    let message = format!("invisible character U+{:04X} ({name})", u32::from(found));
    Some(error(place, message, advice("delete it, or put it inside the quotes if it is meant")))
}

fn is_typographic_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '＂')
}

/// The name of a character that shows nothing, or only a blank.
fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' | '\u{202f}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' | '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' | '\u{61c}' => "right-to-left mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "text direction",
        '\u{feff}' => "byte order mark",
        '\u{2000}'..='\u{200a}' | '\u{3000}' => "typographic space",
        _ => return None,
    })
}
