//! The one layout of claim files: what `kzcheck fmt` writes.
//!
//! Keys stand in a fixed order, their values in one column, value literals in canonical notation, one empty line between
//! sections. Comments stay with what they stand beside. Sections keep their order: it is the author's.
//!
//! A file is laid out only if what comes out says the same as what went in; else it is left as it is.

mod inline;
mod order;

use toml_edit::{ArrayOfTables, DocumentMut, Item, RawString, Table, Value};

use crate::figure;
use crate::rules::RuleSet;
use order::Kind;

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// It is as it should be.
    Same,
    Changed(String),
}

/// Lays out the text of a claim file.
///
/// # Errors
/// If the text is no TOML, or cannot be laid out without changing what it says: why.
pub fn lay_out(text: &str, rules: &RuleSet) -> Result<Layout, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let before = said(text, rules)?;
    let writer = Writer { rules };
    writer.document(&mut document);
    let mut new = document.to_string();
    new = tidy_lines(&new);
    if said(&new, rules).ok().as_ref() != Some(&before) {
        return Err("it cannot be laid out without changing what it says".to_owned());
    }
    Ok(if new == text { Layout::Same } else { Layout::Changed(new) })
}

/// What a text says, whatever its layout.
fn said(text: &str, rules: &RuleSet) -> Result<toml::Table, String> {
    let mut table: toml::Table = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let claims = table.get_mut("claim").and_then(toml::Value::as_array_mut);
    for claim in claims.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
        let measure = claim.get("measure").and_then(toml::Value::as_str).map(str::to_owned);
        if let Some(toml::Value::String(value)) = claim.get_mut("value") {
            *value = canonical(value, measure.as_deref(), rules).unwrap_or_else(|| value.clone());
        }
    }
    Ok(table)
}

/// A value literal in canonical notation; `None` where it is no literal.
fn canonical(text: &str, measure: Option<&str>, rules: &RuleSet) -> Option<String> {
    let vocabulary = &rules.vocabulary;
    let dimension = match measure {
        Some(measure) => Some(vocabulary.measure(vocabulary.measure_id(measure)?).dimension),
        None => None,
    };
    let units = &vocabulary.units;
    let value = figure::Value::parse(text, dimension, units).ok()?;
    let printed = value.print(units);
    (figure::Value::parse(&printed, dimension, units).as_ref() == Ok(&value)).then_some(printed)
}

struct Writer<'a> {
    rules: &'a RuleSet,
}

impl Writer<'_> {
    fn document(&self, document: &mut DocumentMut) {
        for (name, item) in document.as_table_mut().iter_mut() {
            let kind = Kind::of(name.get());
            match item {
                Item::Table(table) if kind == Kind::Subject => {
                    for (_, item) in table.iter_mut() {
                        if let Item::Table(table) = item {
                            self.table(table, kind);
                        }
                    }
                }
                Item::Table(table) => self.table(table, kind),
                Item::ArrayOfTables(tables) => self.tables(tables, kind),
                _ => {}
            }
        }
    }

    fn tables(&self, tables: &mut ArrayOfTables, kind: Kind) {
        for table in tables.iter_mut() {
            if kind == Kind::Claim {
                self.literal(table);
            }
            self.table(table, kind);
        }
    }

    /// Puts the value of a claim into canonical notation.
    fn literal(&self, claim: &mut Table) {
        let measure = claim.get("measure").and_then(Item::as_str).map(str::to_owned);
        let Some(Item::Value(Value::String(value))) = claim.get_mut("value") else { return };
        if let Some(printed) =
            canonical(value.value(), measure.as_deref(), self.rules).filter(|new| new != value.value())
        {
            let decor = value.decor().clone();
            *value = toml_edit::Formatted::new(printed);
            *value.decor_mut() = decor;
        }
    }

    fn table(&self, table: &mut Table, kind: Kind) {
        let qualifiers = self.qualifiers(table);
        table.sort_values_by(|left, _, right, _| {
            order::rank(kind, left, &qualifiers).cmp(&order::rank(kind, right, &qualifiers))
        });
        let is_plain = |item: &Item| item.is_value();
        let widest = table.iter().filter(|(_, item)| is_plain(item)).map(|(key, _)| width(key)).max().unwrap_or(0);
        for (key, item) in table.iter_mut() {
            let name = key.get().to_owned();
            if let Item::Value(value) = item {
                align(key, &name, widest);
                inline::tidy(value, order::inner(&name));
            }
        }
    }

    /// The qualifiers of the measure of a claim, in its order.
    fn qualifiers(&self, table: &Table) -> Vec<&str> {
        let vocabulary = &self.rules.vocabulary;
        let measure = table.get("measure").and_then(Item::as_str);
        let Some(measure) = measure.and_then(|measure| vocabulary.measure_id(measure)) else { return Vec::new() };
        vocabulary.qualifiers_of(measure).iter().map(|id| &*vocabulary.qualifier(*id).id).collect()
    }
}

/// Pads a key so that the values of its table stand in one column.
fn align(mut key: toml_edit::KeyMut<'_>, name: &str, widest: usize) {
    let pad = " ".repeat(widest.saturating_sub(width(name)) + 1);
    let decor = key.leaf_decor_mut();
    let above = decor.prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    // comments above a key stay, empty lines and indents do not
    let comments: Vec<&str> = above.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut above = comments.join("\n");
    if !above.is_empty() {
        above.push('\n');
    }
    decor.set_prefix(above);
    decor.set_suffix(pad);
}

fn width(key: &str) -> usize {
    let is_bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    key.chars().count() + if is_bare && !key.is_empty() { 0 } else { 2 }
}

/// One empty line between sections at most, none at the start, no blanks at the ends of lines, one line end at the end.
/// Strings of several lines are left as they are.
fn tidy_lines(text: &str) -> String {
    if text.contains("\"\"\"") || text.contains("'''") {
        return text.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        let is_header = line.starts_with('[');
        let last = lines.last().map(String::as_str);
        if line.is_empty() && last.is_none_or(str::is_empty) {
            continue;
        }
        if is_header && last.is_some_and(|last| !last.is_empty() && !last.starts_with('#')) {
            lines.push(String::new());
        }
        lines.push(line.to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
