//! One report in Arabic, English and Russian, as text, Markdown, HTML and DOCX: the same figures in each, each in its
//! place. The files lie in `report/`; the DOCX is made of the text.

use super::docx::docx;
use super::*;

const TEXT: &str = include_str!("report/report.txt");

/// What a figure says, whatever the language.
fn said(mention: &Mention) -> String {
    let nominal = mention.figure.nominal.as_ref().map(|nominal| nominal.exact_decimal().unwrap());
    let value = mention.date.as_deref().map(str::to_owned).or(nominal).unwrap();
    format!("{value} {}", mention.unit.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn assert_report(found: &Extraction) {
    let one = ["2024", "1250 m", "12600000 t", "18.9 %", "2023", "4500000 EUR", "312 persons"];
    let found: Vec<String> = found.mentions.iter().map(said).collect();
    assert_eq!(found, [one, one, one].concat());
}

/// The place that people count to is the place of the bytes.
fn assert_places(text: &str, found: &Extraction) {
    for mention in &found.mentions {
        let line = text.lines().nth(mention.line - 1).unwrap();
        let at: usize = line.chars().take(mention.column - 1).map(char::len_utf8).sum();
        let written = &text[mention.start..mention.end];
        let first = written.lines().next().unwrap();
        assert!(line[at..].starts_with(first), "{}:{} of {written:?} is {line:?}", mention.line, mention.column);
        assert!(written.starts_with(mention.text.chars().next().unwrap()), "{written:?} and {:?}", mention.text);
    }
}

#[test]
fn as_text() {
    let found = kzcheck::extract::read(TEXT.as_bytes(), &Options::default()).unwrap();
    assert_report(&found);
    assert_places(TEXT, &found);
}

#[test]
fn as_markdown() {
    let text = include_str!("report/report.md");
    let found = read_source(&Source::of_text(text, Format::Markdown), &Options::default());
    assert_report(&found);
    assert_places(text, &found);
}

#[test]
fn as_html() {
    let text = include_str!("report/report.html");
    let found = read_source(&Source::of_text(text, Format::Html), &Options::default());
    assert_report(&found);
    assert_places(text, &found);
}

#[test]
fn as_docx() {
    // every other word in a run of its own, as word processors leave a text that was often changed
    let paragraph = |line: &str| {
        let words: Vec<&str> = line.split_inclusive(' ').collect();
        let runs = words.chunks(2).map(|run| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", run.concat()));
        format!("<w:p>{}</w:p>", runs.collect::<String>())
    };
    let body: String = TEXT.lines().filter(|line| !line.is_empty()).map(paragraph).collect();
    let source = Source::read(&docx(&body, "")[..], Format::Docx).unwrap();
    let found = read_source(&source, &Options::default());
    assert_report(&found);
    // lines are paragraphs
    let paragraphs: Vec<&str> = TEXT.lines().filter(|line| !line.is_empty()).collect();
    for mention in &found.mentions {
        let from = paragraphs[mention.line - 1].chars().skip(mention.column - 1).collect::<String>();
        assert!(from.starts_with(&*mention.text), "{} in {from:?}", mention.text);
        let part = &source.parts()[0].text[mention.start..mention.end];
        assert!(part.starts_with(mention.text.split(' ').next().unwrap()), "{part:?}");
    }
}

#[test]
fn the_table_as_csv() {
    let text = include_str!("report/table.csv");
    let found = read_source(&Source::of_text(text, Format::Csv), &Options::default());
    assert_places(text, &found);
    let shown = |mention: &Mention| {
        let (table, cell) = found.cell(mention)?;
        let heads = (table.table.row_head(cell.place.row)?, table.table.column_head(cell.place.column)?);
        Some(format!("{} | {} = {}", heads.0, heads.1, said(mention)))
    };
    let expected = [
        "Sandvik | Goods, million tonnes = 12600000 t",
        "Sandvik | Fees (EUR thousand) = 4500000 EUR",
        "Sandvik | Share, % = 63 %",
        "Nordvik; old town | Goods, million tonnes = 7400000 t",
        "Nordvik; old town | Fees (EUR thousand) = 2750000 EUR",
        "Nordvik; old town | Share, % = 37 %",
        "Total | Goods, million tonnes = 20000000 t",
        "Total | Fees (EUR thousand) = 7250000 EUR",
        "Total | Share, % = 100 %",
    ];
    assert_eq!(found.mentions.iter().filter_map(shown).collect::<Vec<_>>(), expected);
    assert_eq!(found.tables[0].total_rows, [(6, Total::Alone)]);
}
