//! Values within a line: lists and inline tables.

use toml_edit::{Array, InlineTable, Value};

/// Puts blanks where they belong, and the keys of tables into their order. A list of several lines, or one with
/// comments, keeps its lines.
pub(super) fn tidy(value: &mut Value, keys: &[&str]) {
    inner(value, keys);
    // a comment keeps its distance: authors put theirs in one column
    let comment = value.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().trim_end().to_owned();
    value.decor_mut().set_prefix(" ");
    value.decor_mut().set_suffix(comment);
}

fn inner(value: &mut Value, keys: &[&str]) {
    match value {
        Value::InlineTable(table) => self::table(table, keys),
        Value::Array(array) => list(array, keys),
        _ => {}
    }
}

fn table(table: &mut InlineTable, keys: &[&str]) {
    if has_lines(&table.to_string()) {
        return;
    }
    let rank = |key: &str| keys.iter().position(|known| *known == key).unwrap_or(usize::MAX);
    table.sort_values_by(|left, _, right, _| rank(left).cmp(&rank(right)));
    let last = table.len().saturating_sub(1);
    for (index, (mut key, value)) in table.iter_mut().enumerate() {
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        inner(value, &[]);
        value.decor_mut().set_prefix(" ");
        value.decor_mut().set_suffix(if index == last { " " } else { "" });
    }
}

fn list(array: &mut Array, keys: &[&str]) {
    if has_lines(&array.to_string()) {
        return;
    }
    for (index, value) in array.iter_mut().enumerate() {
        inner(value, keys);
        value.decor_mut().set_prefix(if index == 0 { "" } else { " " });
        value.decor_mut().set_suffix("");
    }
    array.set_trailing("");
    array.set_trailing_comma(false);
}

fn has_lines(text: &str) -> bool {
    text.trim().contains('\n')
}
