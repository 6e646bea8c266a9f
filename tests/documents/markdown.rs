//! Markdown: what a reader of the page sees, and where it stands in the file.

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
    let found = read_blocks(&source, &blocks, &Options::default());
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
