//! Lines of a claim file by their looks, for finding the way back after an error.

/// Whether `line` is one of the lines that Git leaves around two versions.
pub(super) fn is_conflict_marker(line: &str) -> bool {
    let after = |marker| line.strip_prefix(marker);
    match after("<<<<<<<").or_else(|| after(">>>>>>>")) {
        Some(rest) => rest.is_empty() || rest.starts_with([' ', '\r', '\n']),
        None => after("=======").is_some_and(ends_line),
    }
}

/// Whether a line reads `[name]`, `[name.name]` or `[[name]]` without quotes: inside brackets no value does, so
/// that there it is a header before which a bracket was not closed.
pub(super) fn is_header(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let (inner, closing) = match (line.strip_prefix("[["), line.strip_prefix('[')) {
        (Some(inner), _) => (inner, "]]"),
        (None, Some(inner)) => (inner, "]"),
        (None, None) => return false,
    };
    let (name, rest) = bare_name(inner);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(name, "true" | "false" | "inf" | "nan")
        && rest.strip_prefix(closing).is_some_and(ends_line)
}

/// Whether a line begins `name =` or `name.name =`, without quotes.
pub(super) fn is_pair(line: &str) -> bool {
    let (name, rest) = bare_name(line.trim_start_matches([' ', '\t']));
    !name.is_empty() && rest.trim_start_matches([' ', '\t']).starts_with('=')
}

fn bare_name(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with(['\r', '\n', '#'])
}

/// Where the line after the one at `from` begins.
pub(super) fn next_line(text: &str, from: usize) -> usize {
    let line_end = text.get(from..).and_then(|rest| rest.find('\n'));
    line_end.map_or(text.len(), |offset| from + offset + 1)
}

/// The first line at or after `from` that is wanted, or else the end of the text.
pub(super) fn find_line(text: &str, mut from: usize, is_wanted: impl Fn(&str) -> bool) -> usize {
    while from < text.len() && !is_wanted(text.get(from..).unwrap_or_default()) {
        from = next_line(text, from);
    }
    from
}
