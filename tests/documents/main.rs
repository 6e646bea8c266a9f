//! One report in each format that is read: the same figures, each in its place in the file.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

mod command;
mod docx;
#[path = "../harbour/mod.rs"]
mod harbour;
mod hostile;
mod html;
mod markdown;
mod report;

use kzcheck::document::{BlockKind, Content, Format, Source};
use kzcheck::extract::{Extraction, FigureTable, Mention, Options, Total, read_blocks, read_source};

fn figures(text: &str, format: Format) -> Vec<(String, String)> {
    let source = Source::of_text(text, format);
    let found = read_source(&source, &Options::default());
    found
        .mentions
        .iter()
        .map(|mention| (mention.text.to_string(), text[mention.start..mention.end].to_owned()))
        .collect()
}

fn pair(seen: &str, written: &str) -> (String, String) {
    (seen.to_owned(), written.to_owned())
}

/// The figures under a head, in short: `value unit`.
fn under(head: &str, cell: &str) -> Vec<String> {
    let text = format!("| Name | {head} |\n|---|---|\n| Aland | {cell} |\n");
    let found = read_source(&Source::of_text(text, Format::Markdown), &Options::default());
    let number = |number: &kzcheck::figure::Number| number.exact_decimal().unwrap();
    let in_body = found.mentions.iter().filter(|mention| mention.line == 3);
    let shown = in_body.map(|mention| {
        let figure = &mention.figure;
        let value = match (&mention.date, &figure.nominal, &figure.from, &figure.to) {
            (Some(date), ..) => date.to_string(),
            (None, Some(nominal), ..) => number(nominal),
            (None, None, Some(from), Some(to)) => format!("{}..{}", number(from), number(to)),
            _ => String::new(),
        };
        format!("{value} {}", mention.unit.as_deref().unwrap_or("-"))
    });
    shown.collect()
}

#[test]
fn a_unit_in_the_head_holds_for_the_cells() {
    for (head, cell, expected) in [
        ("Area, km²", "1,553", "1553 km2"),
        ("Area (km²)", "1991", "1991 km2"),
        ("Exports, million USD", "12.6", "12600000 USD"),
        ("Exports in millions of dollars", "12.6", "12600000 USD"),
        ("Exports (US$ m)", "12.6", "12600000 USD"),
        ("Share, %", "18–21", "18..21 %"),
        ("% of total", "12.5", "12.5 %"),
        ("Population (thousands)", "18.7", "18700 -"),
        ("Population, thousand persons", "18.7", "18700 persons"),
        ("Экспорт, млн руб.", "12,6", "12600000 RUB"),
        ("Площадь, тыс. кв. км", "2,7", "2700 km2"),
        ("Доля, в % к итогу", "12,6", "12.6 %"),
        ("الصادرات بالمليون دولار", "12.6", "12600000 USD"),
        ("المساحة (كم²)", "1553", "1553 km2"),
        ("النسبة (%)", "12.6", "12.6 %"),
        ("Area, km²", "12 ha", "12 ha"),
        ("Exports, million USD", "1.2 billion", "1200000000 USD"),
        ("Years of school", "12.6", "12.6 -"),
        ("Year", "1991", "1991 -"),
        ("Hours worked", "40", "40 -"),
    ] {
        assert_eq!(under(head, cell), [expected], "{cell} under {head}");
    }
}

#[test]
fn what_only_names_rows_and_scales_is_no_figure() {
    let text = "№;Порт;Грузы, млн т\n1;А;12,5\n2;Б;7\n3;В;3\n;Итого;22,5\n";
    let found = read_source(&Source::of_text(text, Format::Csv), &Options::default());
    let values: Vec<String> = found
        .mentions
        .iter()
        .map(|mention| mention.figure.nominal.as_ref().unwrap().exact_decimal().unwrap())
        .collect();
    assert_eq!(values, ["12500000", "7000000", "3000000", "22500000"]);
    // words of number in a cell that is no head are figures all the same
    let text = "| What | Sure |\n|---|---|\n| six billion euros were spent | yes |\n";
    assert_eq!(figures(text, Format::Markdown).len(), 1);
}

#[test]
fn a_cell_without_a_figure_is_not_zero() {
    for cell in ["", ":", "..", "…", "–", "-", "n/a", "н/д", "x"] {
        assert_eq!(under("Area, km²", cell), [""; 0], "{cell}");
    }
}

#[test]
fn a_place_counts_what_the_file_has() {
    let text = "\u{feff}# طول\r\n\r\nIt is\r\n**12** km long.\r\n";
    let found = read_source(&Source::of_text(text, Format::Markdown), &Options::default());
    let mention = &found.mentions[0];
    assert_eq!((mention.line, mention.column), (4, 3));
    assert_eq!(&text[mention.start..mention.end], "12** km");
}

#[test]
fn two_bytes_a_character_are_read_with_their_own_offsets() {
    let text = "7 كم 😀 and 12 km";
    let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let source = Source::read(&bytes[..], Format::Text).unwrap();
    let found = read_source(&source, &Options::default());
    let written = |start: usize, end: usize| -> String {
        let units: Vec<u16> = bytes[start..end].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    let texts: Vec<String> = found.mentions.iter().map(|mention| written(mention.start, mention.end)).collect();
    assert_eq!(texts, ["7 كم", "12 km"]);
    assert_eq!(found.mentions[1].column, 12);
}
