//! One report in each format that is read: the same figures, each in its place in the file.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use kzcheck::document::{BlockKind, Format, Source};
use kzcheck::extract::{Extraction, FigureTable, Options, Total, read_blocks, read_source};

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

mod markdown {
    use super::*;

    fn of(text: &str) -> Vec<(String, String)> {
        figures(text, Format::Markdown)
    }

    #[test]
    fn emphasis_and_links_do_not_break_a_figure() {
        assert_eq!(of("It has **12** % of *all*."), [pair("12 %", "12** %")]);
        assert_eq!(of("[6,467](https://a.example/2019) km"), [pair("6,467 km", "6,467](https://a.example/2019) km")]);
        assert_eq!(of("ويبلغ **70.2**% من السكان"), [pair("70.2%", "70.2**%")]);
        assert_eq!(of("12&nbsp;км"), [pair("12\u{a0}км", "12&nbsp;км")]);
    }

    #[test]
    fn code_addresses_and_marks_of_notes_are_no_figures() {
        assert_eq!(of("Run `head -n 20` on <https://a.example/2019>.\n\n```\n1 km\n```\n"), []);
        assert_eq!(of("18,776,707[^7] people\n\n[^7]: a note of 12 km\n").len(), 2);
        assert_eq!(of("an area of 12 km<sup>2</sup>"), [pair("12 km²", "12 km<sup>2")]);
    }

    #[test]
    fn blocks_say_what_they_are() {
        let text = "# Two\n\nthree\nfour\n\n1. five\n   - six\n\n[^a]: seven\n";
        let source = Source::of_text(text, Format::Markdown);
        let found: Vec<_> = source.blocks().into_iter().map(|block| (block.kind, block.text.into_owned())).collect();
        let expected = [
            (BlockKind::Heading { level: 1 }, "Two"),
            (BlockKind::Paragraph, "three\nfour"),
            (BlockKind::ListItem { list: 1, depth: 1 }, "five"),
            (BlockKind::ListItem { list: 2, depth: 2 }, "six"),
            (BlockKind::Note, "seven"),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn cells_know_the_heads_of_their_row_and_column() {
        let text = "| Country | Area, km² | 2020 |\n|---|--:|--:|\n| Aland | 1,553 | |\n| Total | 2,000 | .. |\n";
        let source = Source::of_text(text, Format::Markdown);
        let blocks = source.blocks();
        let found: Extraction = read_blocks(&source, &blocks, &Options::default());
        let [FigureTable { table, total_rows, .. }] = found.tables.as_slice() else { panic!("{:?}", found.tables) };
        assert_eq!((table.rows, table.columns, table.head_rows), (3, 3, 1));
        assert_eq!(table.row_head(2), Some("Aland"));
        assert_eq!(table.column_head(2), Some("Area, km²"));
        assert_eq!(table.column_head(3), Some("2020"));
        assert_eq!(total_rows, &[(3, Total::Alone)]);
        let texts: Vec<&str> = found.mentions.iter().map(|mention| &*mention.text).collect();
        assert_eq!(texts, ["2020", "1,553", "2,000"]);
        let units: Vec<_> = found.mentions.iter().map(|mention| mention.unit.as_deref()).collect();
        assert_eq!(units, [None, Some("km2"), Some("km2")]);
    }
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
