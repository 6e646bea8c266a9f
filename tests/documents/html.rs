//! HTML: what a reader of the page sees, and where it stands in the file.

use super::*;

fn of(text: &str) -> Vec<(String, String)> {
    figures(text, Format::Html)
}

fn seen(text: &str) -> Vec<(BlockKind, String)> {
    let source = Source::of_text(text, Format::Html);
    source.blocks().into_iter().map(|block| (block.kind, block.text.into_owned())).collect()
}

#[test]
fn entities_and_tags_do_not_break_a_figure() {
    assert_eq!(of("<p>It has <b>12</b>&nbsp;% of"), [pair("12\u{a0}%", "12</b>&nbsp;%")]);
    assert_eq!(of("<p>6&#44;467 km &amp; more"), [pair("6,467 km", "6&#44;467 km")]);
    assert_eq!(of("<p dir=rtl>ويبلغ <em>70.2</em>٪ من"), [pair("70.2٪", "70.2</em>٪")]);
    assert_eq!(of("<p>около 12\r\n   тыс. км"), [pair("12 тыс. км", "12\r\n   тыс. км")]);
}

#[test]
fn raised_digits_are_powers_or_marks_of_notes() {
    assert_eq!(of("<p>an area of 12 km<sup>2</sup> in"), [pair("12 km²", "12 km<sup>2")]);
    assert_eq!(of("<p>مساحة 12 كم<sup>2</sup> في"), [pair("12 كم²", "12 كم<sup>2")]);
    assert_eq!(of("<p>18,776,707<sup><a href=#n7>7</a></sup> people live"), [pair("18,776,707", "18,776,707")]);
    assert_eq!(of("<p>12 km<sup>[7]</sup> long"), [pair("12 km", "12 km")]);
    assert_eq!(of("<p>the 19<sup>th</sup> century"), [pair("the 19th century", "the 19<sup>th</sup> century")]);
}

#[test]
fn scripts_styles_code_and_what_is_hidden_are_no_prose() {
    let text = "<title>2019</title><style>a { width: 12px }</style><script>let a = '<p>13 km';</script>
        <p>See <code>14 km</code>.<!-- 15 km --><span style='display: none'>16 km</span><p hidden>17 km<p>18 km<del>19 km</del>";
    assert_eq!(of(text), [pair("18 km", "18 km")]);
}

#[test]
fn blocks_say_what_they_are() {
    let text =
        "<h2>One</h2>two<p>three<p>four<ul><li>five<ul><li>six</ul><li>seven</ul><div>eight<div>nine</div>ten</div>";
    let expected = [
        (BlockKind::Heading { level: 2 }, "One"),
        (BlockKind::Paragraph, "two"),
        (BlockKind::Paragraph, "three"),
        (BlockKind::Paragraph, "four"),
        (BlockKind::ListItem { list: 1, depth: 1 }, "five"),
        (BlockKind::ListItem { list: 2, depth: 2 }, "six"),
        (BlockKind::ListItem { list: 1, depth: 1 }, "seven"),
        (BlockKind::Paragraph, "eight"),
        (BlockKind::Paragraph, "nine"),
        (BlockKind::Paragraph, "ten"),
    ];
    assert_eq!(seen(text), expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn the_language_that_a_page_names_is_kept() {
    let source = Source::of_text("<html lang=ar><p>a<p lang=ru>b<p>c", Format::Html);
    let languages: Vec<_> = source.blocks().iter().map(|block| block.language.clone().unwrap().to_string()).collect();
    assert_eq!(languages, ["ar", "ru", "ar"]);
}

#[test]
fn cells_stretch_over_rows_and_columns() {
    let text = "<table><caption>Trade, million USD</caption>
        <thead><tr><th rowspan=2>Year<th colspan=2>Goods<tr><th>Out<th>In</thead>
        <tr><th>2019<td>1.5<td>2.5<tr><td>Total<td>3<td></table>";
    let source = Source::of_text(text, Format::Html);
    let blocks = source.blocks();
    let found = read_blocks(&source, &blocks, &Options::default());
    let table = &found.tables[0].table;
    assert_eq!((table.rows, table.columns, table.head_rows), (4, 3, 2));
    assert_eq!(table.column_head(3), Some("Goods, In"));
    assert_eq!(table.column_head(1), Some("Year"));
    assert_eq!(table.row_head(3), Some("2019"));
    assert_eq!(found.tables[0].total_rows, [(4, Total::Alone)]);
    let money: Vec<_> = found.mentions.iter().filter(|mention| mention.unit.as_deref() == Some("USD")).collect();
    assert_eq!(money.iter().map(|mention| &*mention.text).collect::<Vec<_>>(), ["1.5", "2.5", "3"]);
    let (_, cell) = found.cell(money[1]).unwrap();
    assert_eq!((cell.place.row, cell.place.column), (3, 3));
    assert_eq!(table.cell(4, 3).unwrap().content, Content::Empty);
}
