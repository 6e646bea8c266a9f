//! What holds for every text: the `toml` crate reads the same from it, and nothing makes the reader stumble.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::*;

/// A value to be written down, and how.
#[derive(Clone, Debug)]
enum Tree {
    Text(String, Quotes),
    Bare(&'static str),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>, Spelling),
    Tables(Vec<Vec<(String, Tree)>>),
}

#[derive(Clone, Copy, Debug)]
enum Quotes {
    Basic,
    Escaped,
    LongBasic,
    LongLiteral,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Spelling {
    Braces,
    Dots,
    Header,
}

fn word() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &["", "a b", "قيمة", "a.b", "18.6 billion", "it's", "say \"x\"", "C:\\", "\t", "#"];
    prop_oneof!["[a-c]{1,2}", select(ODD).prop_map(str::to_owned)]
}

fn tree() -> impl Strategy<Value = Tree> {
    let quotes = select(vec![Quotes::Basic, Quotes::Escaped, Quotes::LongBasic, Quotes::LongLiteral]);
    const BARE: &[&str] = &["0", "-17", "1_000", "0x1F", "1.5", "6e-2", "true", "false", "2020-05-17", "07:32:00"];
    let leaf = prop_oneof![
        (word(), quotes).prop_map(|(text, quotes)| Tree::Text(text, quotes)),
        select(BARE).prop_map(Tree::Bare),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let spelling = select(vec![Spelling::Braces, Spelling::Dots, Spelling::Header]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Tree::List),
            (table(inner.clone()), spelling).prop_map(|(table, spelling)| Tree::Table(table, spelling)),
            vec(table(inner), 1..4).prop_map(Tree::Tables),
        ]
    })
}

fn table(inner: impl Strategy<Value = Tree>) -> impl Strategy<Value = Vec<(String, Tree)>> {
    vec((word(), inner), 0..6).prop_map(|mut pairs| {
        let mut seen = std::collections::HashSet::new();
        pairs.retain(|(key, _)| seen.insert(key.clone()));
        pairs
    })
}

fn document() -> impl Strategy<Value = String> {
    (table(tree()), any::<bool>()).prop_map(|(pairs, windows)| {
        let mut text = String::new();
        write_table(&mut text, "", &pairs);
        if windows { text.replace('\n', "\r\n") } else { text }
    })
}

fn write_key(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_bare { key.to_owned() } else { format!("\"{}\"", escape(key)) }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t")
}

fn write_inline(tree: &Tree) -> String {
    match tree {
        Tree::Text(text, Quotes::LongLiteral) if !text.contains('\'') => format!("'''\n{text}'''"),
        Tree::Text(text, Quotes::LongBasic) => format!("\"\"\"\\\n  {}\"\"\"", escape(text)),
        Tree::Text(text, Quotes::Escaped) => {
            let escaped = text.chars().map(|c| format!("\\U{:08X}", u32::from(c)));
            format!("\"{}\"", escaped.collect::<String>())
        }
        Tree::Text(text, _) => format!("\"{}\"", escape(text)),
        Tree::Bare(raw) => (*raw).to_owned(),
        Tree::List(elements) => {
            let elements: Vec<String> = elements.iter().map(write_inline).collect();
            format!("[{}]", elements.join(", # note\n"))
        }
        Tree::Table(pairs, _) => write_braces(pairs),
        Tree::Tables(tables) => {
            let tables: Vec<String> = tables.iter().map(|pairs| write_braces(pairs)).collect();
            format!("[ {} ]", tables.join(" , "))
        }
    }
}

fn write_braces(pairs: &[(String, Tree)]) -> String {
    let mut lines = Vec::new();
    for (key, value) in pairs {
        write_pair(&mut lines, &write_key(key), value);
    }
    format!("{{ {} }}", lines.join(", "))
}

/// One `key = value`, or several if the value is spelled with dots.
fn write_pair(lines: &mut Vec<String>, key: &str, value: &Tree) {
    match value {
        Tree::Table(pairs, Spelling::Dots) if !pairs.is_empty() => {
            for (inner, value) in pairs {
                write_pair(lines, &format!("{key}.{}", write_key(inner)), value);
            }
        }
        _ => lines.push(format!("{key} = {}", write_inline(value))),
    }
}

fn has_header(value: &Tree) -> bool {
    matches!(value, Tree::Tables(_) | Tree::Table(_, Spelling::Header))
}

fn write_table(text: &mut String, path: &str, pairs: &[(String, Tree)]) {
    let mut lines = Vec::new();
    for (key, value) in pairs.iter().filter(|(_, value)| !has_header(value)) {
        write_pair(&mut lines, &write_key(key), value);
    }
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    for (key, value) in pairs.iter().filter(|(_, value)| has_header(value)) {
        let path = format!("{path}{}", write_key(key));
        match value {
            Tree::Table(pairs, _) => {
                // A table with headers below it needs none of its own.
                if !pairs.iter().any(|(_, value)| has_header(value))
                    || pairs.iter().any(|(_, value)| !has_header(value))
                {
                    let _ = writeln!(text, "[{path}]");
                }
                write_table(text, &format!("{path}."), pairs);
            }
            Tree::Tables(tables) => {
                for pairs in tables {
                    let _ = writeln!(text, "[[ {path} ]]");
                    write_table(text, &format!("{path}."), pairs);
                }
            }
            _ => {}
        }
    }
}

/// What `read` says, put together as a document.
fn assemble(text: &str) -> (toml::Table, Vec<SyntaxError>) {
    let mut root = toml::Table::new();
    let mut errors = Vec::new();
    read(text, |section| add_section(&mut root, section), |error| errors.push(error));
    (root, errors)
}

fn add_section(root: &mut toml::Table, section: &Section<'_, '_>) {
    let mut table = root;
    for (at, key) in section.path.iter().enumerate() {
        let is_list = section.is_array && at + 1 == section.path.len();
        let made = || {
            if is_list { toml::Value::Array(Vec::new()) } else { toml::Table::new().into() }
        };
        let mut value = table.entry(key.value.clone()).or_insert_with(made);
        if let toml::Value::Array(elements) = value {
            if is_list {
                elements.push(toml::Table::new().into());
            }
            let Some(last) = elements.last_mut() else {
                return;
            };
            value = last;
        }
        let toml::Value::Table(inner) = value else {
            return;
        };
        table = inner;
    }
    add_entries(table, section.entries);
}

fn add_entries(table: &mut toml::Table, entries: &[Entry<'_>]) {
    for entry in entries {
        match (table.get_mut(entry.key.value.as_ref()), &entry.value.value) {
            (Some(toml::Value::Table(known)), Value::Table(entries)) => add_entries(known, entries),
            (Some(toml::Value::Array(known)), Value::List(elements)) => {
                known.extend(elements.iter().map(|element| convert(&element.value)));
            }
            (_, value) => {
                table.insert(entry.key.value.to_string(), convert(value));
            }
        }
    }
}

fn convert(value: &Value<'_>) -> toml::Value {
    match value {
        Value::Text(text) => text.to_string().into(),
        Value::Boolean(value) => (*value).into(),
        Value::Bare(raw) => {
            let parsed: Option<toml::Table> = format!("x = {raw}").parse().ok();
            parsed.and_then(|mut table| table.remove("x")).unwrap_or_else(|| "unreadable".into())
        }
        Value::List(elements) => toml::Value::Array(elements.iter().map(|element| convert(&element.value)).collect()),
        Value::Table(entries) => {
            let mut table = toml::Table::new();
            add_entries(&mut table, entries);
            table.into()
        }
    }
}

/// Comparable although NaN is not equal to itself.
fn show(table: &toml::Table) -> String {
    format!("{table:?}")
}

fn check_span(text: &str, span: Span) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{span:?} in {text:?}");
}

fn check_value(text: &str, value: &Spanned<Value<'_>>) {
    check_span(text, value.span);
    match &value.value {
        Value::List(elements) => elements.iter().for_each(|element| check_value(text, element)),
        Value::Table(entries) => check_entries(text, entries),
        Value::Bare(raw) => assert_eq!(value.span.of(text), *raw),
        Value::Text(_) | Value::Boolean(_) => {}
    }
}

fn check_entries(text: &str, entries: &[Entry<'_>]) {
    let mut keys = std::collections::HashSet::new();
    for entry in entries {
        assert!(keys.insert(&entry.key.value), "{} twice in {text:?}", entry.key.value);
        check_span(text, entry.key.span);
        check_value(text, &entry.value);
    }
}

/// What holds for any text, TOML or not.
/// Whether the short way changes anything.
fn check_short_way(text: &str) {
    let collected = |may_be_plain| {
        let (sections, errors) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let on_section = |section: &Section<'_, '_>| sections.borrow_mut().push(format!("{section:?}"));
        read_by(text, may_be_plain, on_section, |error| errors.borrow_mut().push(error));
        (sections.into_inner(), errors.into_inner())
    };
    assert_eq!(collected(true), collected(false));
}

fn check_any(text: &str) {
    check_short_way(text);
    let mut last_line = None;
    let mut end = 0;
    let on_section = |section: &Section<'_, '_>| {
        assert!(section.span.start >= end, "sections overlap in {text:?}");
        end = section.span.end;
        check_span(text, section.span);
        check_span(text, section.header);
        section.path.iter().for_each(|key| check_span(text, key.span));
        check_entries(text, section.entries);
    };
    read(text, on_section, |error| {
        check_span(text, error.span);
        error.earlier.into_iter().for_each(|span| check_span(text, span));
        let line = text[..error.span.start as usize].matches('\n').count();
        assert!(Some(line) > last_line, "two errors in line {line} of {text:?}");
        last_line = Some(line);
    });
    let (ours, errors) = assemble(text);
    match text.parse::<toml::Table>() {
        Ok(theirs) => {
            assert_eq!(errors, [], "in {text:?}");
            assert_eq!(show(&ours), show(&theirs), "in {text:?}");
        }
        Err(error) => {
            let is_left_to_others = ["date", "time", "number", "offset", "minute", "hour", "float"]
                .iter()
                .any(|word| error.message().contains(word));
            assert!(is_left_to_others || !errors.is_empty(), "accepted {text:?}: {error}");
        }
    }
}

const FRAGMENTS: &[&str] = &[
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "\n",
    "\r",
    "\r\n",
    " ",
    "#",
    "\\",
    "\\u12",
    "a",
    "b = 1\n",
    "[a]\n",
    "[[a]]\n",
    "[a.b]\n",
    "a.b = 1\n",
    "\n<<<<<<< x\n",
    "\n=======\n",
    "\n>>>>>>> x\n",
    "“",
    "”",
    "\u{feff}",
    "\u{7}",
    "ق",
    "5%",
    "1_0",
    "-",
    "2020-01-01",
    "true",
    "{ a = 1",
    "[1, ",
    "\n[b]\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_document_reads_as_the_toml_crate_reads_it(text in document()) {
        let theirs: toml::Table = text.parse().map_err(|error| {
            TestCaseError::fail(format!("the test wrote a bad document: {error}\n{text}"))
        })?;
        let (ours, errors) = assemble(&text);
        prop_assert_eq!(errors, []);
        prop_assert_eq!(show(&ours), show(&theirs), "{}", text);
        check_any(&text);
    }

    #[test]
    fn a_spoiled_document_is_read_without_stumbling(
        text in document(),
        changes in vec((any::<Index>(), 0usize..4, select(FRAGMENTS)), 1..5),
    ) {
        let mut text: Vec<char> = text.chars().collect();
        for (at, length, new) in changes {
            let start = at.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, new.chars());
        }
        check_any(&text.into_iter().collect::<String>());
    }

    #[test]
    fn fragments_are_read_without_stumbling(parts in vec(select(FRAGMENTS), 0..40)) {
        check_any(&parts.concat());
    }

    #[test]
    fn any_text_is_read_without_stumbling(text in any::<String>()) {
        check_any(&text);
    }
}
