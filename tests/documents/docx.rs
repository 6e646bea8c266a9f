//! DOCX: what a reader of the document sees, and where it stands in the part.

use std::io::{Cursor, Write as _};

use super::*;

/// A document with this body, and with these footnotes.
pub fn docx(body: &str, notes: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n";
    let name_space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let styles = "<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>";
    for (name, text) in [
        ("word/document.xml", format!("{head}<w:document {name_space}><w:body>{body}</w:body></w:document>")),
        ("word/footnotes.xml", format!("{head}<w:footnotes {name_space}>{notes}</w:footnotes>")),
        ("word/styles.xml", format!("{head}<w:styles {name_space}>{styles}</w:styles>")),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A paragraph of runs.
fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|run| format!("<w:r><w:t xml:space=\"preserve\">{run}</w:t></w:r>")).collect();
    format!("<w:p>{runs}</w:p>")
}

fn of(body: &str, notes: &str) -> Vec<(String, String)> {
    let source = Source::read(&docx(body, notes)[..], Format::Docx).unwrap();
    let found = read_source(&source, &Options::default());
    let text = |mention: &Mention| {
        let part = source.parts().iter().find(|part| part.name.as_deref() == found.part(mention)).unwrap();
        part.text[mention.start..mention.end].to_owned()
    };
    found.mentions.iter().map(|mention| (mention.text.to_string(), text(mention))).collect()
}

#[test]
fn runs_are_joined() {
    let written = "12</w:t></w:r><w:r><w:t xml:space=\"preserve\">.6 %";
    assert_eq!(of(&paragraph(&["It has 12", ".6 % of"]), ""), [pair("12.6 %", written)]);
    assert_eq!(
        of(&paragraph(&["нас. 12 &#1090;&#1099;&#1089;. км &amp;"]), ""),
        [pair("12 тыс. км", "12 &#1090;&#1099;&#1089;. км")]
    );
}

#[test]
fn raised_digits_deleted_and_hidden_text() {
    let raised =
        |text: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!("<w:p><w:r><w:t>12 km</w:t></w:r>{}</w:p>", raised("2"));
    assert_eq!(of(&body, "")[0].0, "12 km²");
    let body = "<w:p><w:r><w:t>12 km</w:t></w:r><w:del><w:r><w:delText>13 km</w:delText></w:r></w:del>
        <w:moveFrom><w:r><w:t>14 km</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>15 km</w:t></w:r>
        <w:r><w:instrText>PAGE 16</w:instrText></w:r></w:p>";
    assert_eq!(of(body, ""), [pair("12 km", "12 km")]);
}

#[test]
fn notes_are_a_part_of_their_own() {
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>1 km</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id=\"2\"><w:p><w:r><w:t>in 2020 it had 13 km</w:t></w:r></w:p></w:footnote>";
    let source = Source::read(&docx(&paragraph(&["12 km"]), notes)[..], Format::Docx).unwrap();
    let found = read_source(&source, &Options::default());
    let places: Vec<_> =
        found.mentions.iter().map(|mention| (found.part(mention).unwrap(), mention.line, mention.column)).collect();
    assert_eq!(places, [("word/document.xml", 1, 1), ("word/footnotes.xml", 2, 4), ("word/footnotes.xml", 2, 16)]);
    assert_eq!(source.blocks()[1].kind, BlockKind::Note);
}

#[test]
fn a_long_paragraph_is_counted_once() {
    let body = paragraph(&["12 km and "])
        .replace("12 km and ", &"12 km and ".repeat(100_000))
        .replace("</w:t>", "</w:t><w:br/><w:t>7 EUR</w:t>");
    let source = Source::read(&docx(&body, "")[..], Format::Docx).unwrap();
    let found = read_source(&source, &Options::default());
    let last = found.mentions.last().unwrap();
    assert_eq!((found.mentions.len(), last.line, last.column), (100_001, 1, 1_000_002), "a line end is a character");
}

#[test]
fn headings_lists_and_tables() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(&[text]));
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>Trade</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("", "Country"),
        cell("", "Area, km²"),
        cell("<w:vMerge w:val=\"restart\"/>", "Aland"),
        cell("", "1,553"),
        cell("<w:vMerge/>", ""),
        cell("", "2"),
    );
    let source = Source::read(&docx(&body, "")[..], Format::Docx).unwrap();
    let blocks = source.blocks();
    let kinds: Vec<_> = blocks.iter().map(|block| block.kind).take(2).collect();
    assert_eq!(kinds, [BlockKind::Heading { level: 1 }, BlockKind::ListItem { list: 1, depth: 2 }]);
    let found = read_blocks(&source, &blocks, &Options::default());
    let table = &found.tables[0].table;
    assert_eq!((table.rows, table.columns, table.head_rows), (3, 2, 1));
    assert_eq!((table.row_head(2), table.row_head(3)), (Some("Aland"), Some("Aland")));
    assert_eq!(
        found.mentions.iter().map(|mention| mention.unit.as_deref().unwrap()).collect::<Vec<_>>(),
        ["km2", "km2"]
    );
}
