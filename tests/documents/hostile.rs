//! Documents that nobody would write: no panic, no hang, and memory has a bound that the refusal names.

use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use kzcheck::document::Unreadable;
use proptest::prelude::*;

use super::docx::docx;
use super::*;

/// Long enough for a slow machine, far too short for anything quadratic.
const PATIENCE: Duration = Duration::from_secs(60);

fn read(text: &str, format: Format) -> Extraction {
    let started = Instant::now();
    let source = Source::of_text(text, format);
    let found = read_source(&source, &Options::default());
    for mention in &found.mentions {
        assert!(mention.start < mention.end && mention.end <= text.len(), "{mention:?}");
        assert!(text.is_char_boundary(mention.start) && text.is_char_boundary(mention.end), "{mention:?}");
    }
    assert!(started.elapsed() < PATIENCE, "{} bytes of {format:?} took {:?}", text.len(), started.elapsed());
    found
}

fn refused(bytes: &[u8], format: Format) -> String {
    match Source::read(bytes, format).unwrap_err() {
        Unreadable::Refused(refusal) => format!("{}; {}", refusal.message, refusal.help.unwrap_or_default()),
        Unreadable::Failed(error) => format!("reading failed: {error}"),
    }
}

#[test]
fn a_nest_of_a_hundred_thousand_elements() {
    for name in ["div", "b", "ul", "li", "p", "sup", "span lang=ar", "blockquote"] {
        assert_eq!(read(&format!("{}12 km", format!("<{name}>").repeat(100_000)), Format::Html).mentions.len(), 1);
    }
    for name in
        ["table", "td", "tr", "table><tr><td", "th colspan=1000 rowspan=1000", "table><tr><td colspan=1000 rowspan=9"]
    {
        read(&format!("<table>{}12 km", format!("<{name}>").repeat(100_000)), Format::Html);
    }
    let (open, close) = ("<b>".repeat(50_000), "</i>".repeat(50_000));
    assert_eq!(read(&format!("{open}12 km{close}"), Format::Html).mentions.len(), 1);
    for part in ["> ", "- ", "1. ", "* > ", "[", "**", "<b>", "| a ", "`", "![", "[^1]: ", "<div>\n"] {
        read(&format!("{} 12 km", part.repeat(20_000)), Format::Markdown);
    }
}

#[test]
fn tags_that_never_end() {
    for text in [
        "<p>12 km",
        "<p 12 km",
        "<table><tr><td>12 km",
        "<!-- 12 km",
        "<p>12 km</",
        "12 km &",
        "12 km &#x",
        "<script>12 km",
        "</p>12 km",
        "<a href=\"12 km",
    ] {
        read(text, Format::Html);
        read(text, Format::Markdown);
    }
    assert_eq!(read("<td>12 km</table></tr></td><li></ul>13 km", Format::Html).mentions.len(), 2);
}

#[test]
fn a_table_of_a_hundred_thousand_columns() {
    let heads = "Area, km²,".repeat(50_000);
    let cells = "12,".repeat(100_000);
    let found = read(&format!("{heads}\n{cells}\n{cells}"), Format::Csv);
    assert_eq!(found.mentions.len(), 200_000);
    assert_eq!(found.tables[0].table.columns, 100_001);
    let found = read(
        &format!("|{}\n|{}\n|{}\n", "a|".repeat(10_000), "-|".repeat(10_000), "1|".repeat(10_000)),
        Format::Markdown,
    );
    assert_eq!(found.mentions.len(), 10_000);
}

#[test]
fn quotes_that_never_close_and_zero_bytes() {
    read("a,\"b\n1,2\n3,4", Format::Csv);
    read(&"\"".repeat(100_000), Format::Csv);
    read(&"\"\",".repeat(100_000), Format::Csv);
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Csv] {
        assert_eq!(read("a\0b 12 km\0 13 km\0", format).mentions.len(), 2, "{format:?}");
    }
}

#[test]
fn bytes_that_are_no_text_keep_all_offsets() {
    for (bytes, format) in [
        (&b"\xff <b>12</b> km \xfe"[..], Format::Html),
        (b"\xff **12** km \xfe", Format::Markdown),
        (b"a,b\n\xff,12 km\n", Format::Csv),
        (b"\xff 12 km", Format::Text),
    ] {
        let source = Source::read(bytes, format).unwrap();
        let found = read_source(&source, &Options::default());
        assert!(!found.damage.is_empty());
        let mention = &found.mentions[0];
        assert!(bytes[mention.start..mention.end].starts_with(b"12"), "{format:?}");
    }
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..200 {
        zip.write_all(&blanks).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "a bomb is small");
    assert!(refused(&bytes, Format::Docx).contains("word/document.xml unpacks to more than 128 MB"));
}

#[test]
fn archives_that_are_no_document() {
    let good = docx("<w:p><w:r><w:t>12 km</w:t></w:r></w:p>", "");
    assert!(refused(&good[..good.len() / 2], Format::Docx).contains("the archive is broken"));
    assert!(refused(b"PK\x03\x04", Format::Docx).contains("the archive is broken"));
    assert!(refused(&docx("<w:p>", ""), Format::Docx).contains("word/document.xml is no XML at byte"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("other.xml", zip::write::SimpleFileOptions::default()).unwrap();
    assert!(refused(&zip.finish().unwrap().into_inner(), Format::Docx).contains("no .docx"));
    let nest = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(30_000), "</w:tc></w:tr></w:tbl>".repeat(30_000));
    let started = Instant::now();
    let source = Source::read(&docx(&nest, "")[..], Format::Docx).unwrap();
    read_source(&source, &Options::default());
    assert!(started.elapsed() < PATIENCE);
}

/// Parts of documents in all formats, so that they come to stand in any order.
const PARTS: [&str; 46] = [
    "12",
    " ",
    "km",
    "%",
    ",",
    ";",
    "\n",
    "\n\n",
    "\t",
    "|",
    "|-|-|\n",
    "\"",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "# ",
    "- ",
    "> ",
    "[",
    "](u)",
    "[^1]",
    "[^1]: ",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "<th rowspan=2>",
    "</table>",
    "<sup>2</sup>",
    "<br>",
    "&nbsp;",
    "&amp",
    "&#1;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "كم",
    "тыс.",
    "<",
    "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_order_of_parts_is_read(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..60)) {
        let text = parts.concat();
        for format in [Format::Text, Format::Markdown, Format::Html, Format::Csv] {
            let source = Source::of_text(text.as_str(), format);
            for block in source.blocks() {
                // every place in a block leads to a place in the file, in the same order
                let mut last = 0;
                for (at, letter) in block.text.char_indices() {
                    let range = block.origin.range(at..at + letter.len_utf8());
                    prop_assert!(range.start >= last && range.end >= range.start && range.end <= text.len(), "{block:?}");
                    prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{block:?}");
                    if !text[range.clone()].starts_with(letter) {
                        prop_assert!(!letter.is_alphanumeric() || text[range.clone()].starts_with(['&', '2']), "{block:?}");
                    }
                    last = range.start;
                }
            }
            read(&text, format);
        }
    }
}
