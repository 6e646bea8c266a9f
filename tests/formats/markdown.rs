//! The table, read by a reader of GitHub's Markdown.

use kzcheck::report::visible::visible;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::scratch::{Scratch, broken, clean, hostile, is_obeyed, many};

/// Elements that are ours; nothing from a claim may be one.
const ELEMENTS: &[&str] = &["<br>", "<code>", "</code>", "<span>", "</span>", "<span dir=\"auto\">"];

#[allow(clippy::panic, reason = "anything else in the page is a failure")]
/// The cells of each row of all tables, with line breaks; links, images and emphasis of a claim's would fail here.
fn rows(page: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut strong = 0;
    let mut is_in_table = false;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            Event::Start(Tag::Strong) => strong += 1,
            Event::Start(Tag::Table(_)) => is_in_table = true,
            Event::End(TagEnd::Table) => is_in_table = false,
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::TableHead) | Event::End(_) => {}
            Event::Start(tag) => panic!("{tag:?}"),
            Event::Text(text) => {
                if is_in_table && let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(element) => {
                assert!(ELEMENTS.contains(&&*element), "{element}");
                if is_in_table
                    && &*element == "<br>"
                    && let Some(cell) = rows.last_mut().and_then(|row| row.last_mut())
                {
                    cell.push('\n');
                }
            }
            Event::SoftBreak => {}
            event => panic!("{event:?}"),
        }
    }
    assert!(strong >= 1);
    rows
}

fn page(scratch: &Scratch, arguments: &[&str]) -> String {
    let page = scratch.run(&[&["--format", "markdown"], arguments].concat()).out;
    assert!(!is_obeyed(&page), "{page}");
    page
}

fn sorted(json: &Value) -> Vec<&Value> {
    let mut findings: Vec<&Value> = json["findings"].as_array().unwrap().iter().collect();
    findings.sort_by_key(|finding| match finding["severity"].as_str().unwrap() {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
    findings
}

#[test]
fn rows_say_what_json_says_worst_first() {
    for scratch in [clean(), many(40), hostile()] {
        let json = scratch.json();
        let findings = sorted(&json);
        let rows = rows(&page(&scratch, &[]));
        assert_eq!(rows.len(), findings.len());
        for (row, finding) in rows.iter().zip(findings) {
            assert_eq!(row[0], finding["severity"].as_str().unwrap());
            assert_eq!(row[1], finding["rule"].as_str().unwrap());
            assert_eq!(row[3].lines().next().unwrap(), visible(finding["message"].as_str().unwrap()));
            for claim in finding["claims"].as_array().unwrap() {
                let place = format!("{}:{}", claim["file"].as_str().unwrap(), claim["value"]["line"]);
                assert!(row[2].lines().any(|line| line.ends_with(&place)), "{place} in {}", row[2]);
            }
            for place in finding["places"].as_array().unwrap() {
                let place = format!("{}:{}", place["file"].as_str().unwrap(), place["line"]);
                assert!(row[2].lines().any(|line| line.ends_with(&place)), "{place} in {}", row[2]);
            }
        }
    }
}

#[test]
fn what_is_accepted_is_listed_with_its_reason_on_demand() {
    let rows = rows(&page(&hostile(), &["--all"]));
    let accepted: Vec<&Vec<String>> = rows.iter().filter(|row| row.len() == 5).collect();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0][4], "no | <b>reason</b> \\u{202e}::error::");
}

#[test]
fn problems_are_rows() {
    let scratch = broken();
    let json = scratch.json();
    let problems = json["problems"].as_array().unwrap();
    let rows = rows(&page(&scratch, &[]));
    assert_eq!(rows.len(), problems.len());
    for (row, problem) in rows.iter().zip(problems) {
        assert_eq!(row[1].lines().next().unwrap(), visible(problem["message"].as_str().unwrap()));
    }
}

#[test]
fn the_page_stays_below_what_forges_take() {
    let page = page(&many(4000), &[]);
    assert!(page.len() < 1_000_000, "{}", page.len());
    let rows = rows(&page);
    let left_out = page.lines().find(|line| line.contains("left out")).unwrap();
    let number: usize = left_out.split(' ').next().unwrap().parse().unwrap();
    assert_eq!(rows.len() + number, 4000);
    assert!(page.contains("4000 errors"));
}
