//! `kzcheck extract` and `check` on documents, as a user runs them.

use super::docx::docx;
use super::harbour::{command, run, write};

const MARKDOWN: &str = "\
# Trade of Sandvik

Exports grew by **12.6** % in 2023[^1].

| Partner | Exports, million EUR | Share, % |
|---------|---------------------:|---------:|
| Norvik  |                12.6  |     63.0 |
| Westvik |                 7.4  |          |
| Total   |                20.0  |    100.0 |

[^1]: Without `fish 2023`.
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "report.md", MARKDOWN);
    write(folder.path(), "table.csv", include_str!("report/table.csv"));
    write(folder.path(), "page.html", "<p>يبلغ طول الرصيف <b>1,250</b>&nbsp;مترا.<p>Доля 12&#44;6&nbsp;%\n");
    write(folder.path(), "letter.docx", docx("<w:p><w:r><w:t>It has 1</w:t></w:r><w:r><w:t>2 %</w:t></w:r></w:p>", ""));
    folder
}

#[test]
fn every_figure_of_a_report_in_its_place() {
    let ran = run(folder().path(), &["extract", "report.md", "table.csv", "page.html", "letter.docx"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn the_place_in_a_table_and_in_an_archive() {
    let folder = folder();
    let lines = |name: &str| -> Vec<serde_json::Value> {
        let ran = run(folder.path(), &["extract", "--format", "json", name]);
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let cell = lines("report.md").into_iter().find(|line| line["text"] == "7.4").unwrap();
    assert_eq!((&cell["nominal"], &cell["unit"]), (&"7400000".into(), &"EUR".into()));
    let expected = serde_json::json!({
        "table": 1, "row": 3, "column": 2, "row_head": "Westvik", "column_head": "Exports, million EUR", "is_head": false,
    });
    assert_eq!(cell["cell"], expected);
    let letter = &lines("letter.docx")[0];
    assert_eq!(
        (&letter["part"], &letter["line"], &letter["column"]),
        (&"word/document.xml".into(), &1.into(), &8.into())
    );
}

#[test]
fn the_format_is_told_from_the_content_or_said() {
    let folder = folder();
    let piped = |text: &str, arguments: &[&str]| {
        let mut command = command(folder.path(), &[&["extract", "-"], arguments].concat());
        String::from_utf8(command.write_stdin(text).output().unwrap().stdout).unwrap()
    };
    assert!(piped("<!doctype html><script>1 km</script>", &[]).starts_with("-: 0 figures"));
    assert!(piped("`1 km` and 2 km", &[]).starts_with("-: 2 figures"));
    assert!(piped("`1 km` and 2 km", &["--input-format", "markdown"]).starts_with("-: 1 figure\n"));
    assert!(piped("Area, km²;Name\n7;a\n", &["--input-format", "csv"]).contains("7 km2"));
    let ran = run(folder.path(), &["extract", "--input-format", "word", "a"]);
    assert!(ran.code == 2 && ran.err.contains("there are text, markdown, html, csv, docx"), "{}", ran.err);
}

#[test]
fn what_is_not_read_says_how_to_convert_it_and_the_rest_is_read() {
    let folder = folder();
    write(folder.path(), "paper.pdf", "%PDF-1.7\n\0");
    write(folder.path(), "old.doc", b"\xd0\xcf\x11\xe0\0\0");
    write(folder.path(), "picture.txt", b"\x89PNG\r\n\x1a\n\0\0");
    write(folder.path(), "broken.docx", "PK\u{3}\u{4}");
    let ran = run(folder.path(), &["extract", "paper.pdf", "old.doc", "picture.txt", "broken.docx", "letter.docx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.starts_with("letter.docx: 1 figure"));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn an_old_encoding_is_named_in_few_lines() {
    let folder = folder();
    let line: &[u8] = b"\xd8\xe6\xe1 12 \xdf\xe3\n";
    write(folder.path(), "old.txt", line.repeat(500));
    let ran = run(folder.path(), &["extract", "old.txt"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn the_same_output_for_any_number_of_threads() {
    let folder = folder();
    // long enough for many groups, some of which begin without a word
    let paragraph =
        "Доля 12,5 % и 14,030 км.\n\n2,725\n\n12,5 and 3\n\nIt grew by 2,725 km, a rise of 12.5 %.\n\n7,5\n\n";
    write(folder.path(), "long.txt", paragraph.repeat(6_000));
    write(folder.path(), "long.md", paragraph.repeat(1_000));
    let outputs = ["1", "2", "3"].map(|threads| {
        let mut command = command(folder.path(), &["extract", "--format", "json", "long.txt", "long.md"]);
        command.env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
    });
    assert!(outputs[0].len() > 1 << 20);
    assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2]);
}

#[test]
fn a_claim_is_found_in_a_page_and_in_a_letter() {
    const RULES: &str = "
[measure.use]
dimension  = \"ratio\"
qualifiers = [\"quay\"]

[qualifier.quay]

[subject.harbour]
names.en = [\"The harbour\"]
";
    let folder = folder();
    let body =
        "<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>It has 1</w:t></w:r><w:r><w:t>2.6 %</w:t></w:r></w:p>";
    write(folder.path(), "letter.docx", docx(body, ""));
    write(folder.path(), "rules/measures.toml", RULES);
    for (quay, path, line, text) in [
        ("north", "page.html", 1, "12,6\u{a0}%"),
        ("south", "letter.docx", 2, "12.6 %"),
        ("west", "report.md", 3, "12.6 %"),
        ("east", "report.md", 7, "63.0"),
    ] {
        let claim = |id: &str, value: &str, source: &str| {
            format!(
                "[[claim]]\nid = \"{id}-{quay}\"\nsubject = \"harbour\"\nmeasure = \"use\"\nquay = \"{quay}\"\nvalue = \"{value}\"\n{source}\n"
            )
        };
        let source = format!("source = {{ line = {line}, text = \"{text}\" }}\n");
        let head = format!("[document]\nid = \"{quay}\"\npath = \"../{path}\"\n\n");
        let value = if text == "63.0" { "63.0 %" } else { "12.6 %" };
        let text = head + &claim("use", value, &source) + &claim("again", "99.9 %", "");
        write(folder.path(), &format!("claims/{quay}.toml"), text);
    }
    let ran = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(ran.problems(), [""; 0]);
    let json = ran.json();
    let places = json["findings"].as_array().unwrap().iter().flat_map(|finding| finding["places"].as_array().unwrap());
    let mut found: Vec<String> = places
        .map(|place| format!("{}:{}:{} {}", place["file"], place["line"], place["column"], place["text"]))
        .collect();
    found.sort();
    found.dedup();
    let expected = [
        r#""letter.docx":2:8 "12.6 %""#,
        r#""page.html":1:51 "12&#44;6&nbsp;%""#,
        r#""report.md":3:19 "12.6** %""#,
        r#""report.md":7:40 "63.0""#,
    ];
    assert_eq!(found, expected);
}
