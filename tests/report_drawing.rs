//! Diagnostics drawn in each look, and texts handed to miette's own handler.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use kzcheck::document::{LineIndex, Span};
use kzcheck::report::graphical::Graphical;
use kzcheck::report::narrated::Narrated;
use kzcheck::report::notice::{Notice, Part};
use kzcheck::report::sources::NamedText;
use kzcheck::report::terminal::Look;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity};

/// A diagnostic with labels on these spans.
fn notice<'a>(text: &'a str, lines: &'a LineIndex, labels: &[(usize, usize, Option<&str>)]) -> Notice<'a> {
    let source = NamedText { name: "text.txt", text, lines };
    let label = |(start, end, note): &(usize, usize, Option<&str>)| {
        LabeledSpan::new_with_span(note.map(str::to_owned), source.fitted(Span::new(*start, *end)))
    };
    Notice {
        code: Some("a-rule"),
        severity: Some(Severity::Error),
        headline: "two figures cannot both be right".to_owned(),
        sources: vec![Part { source: Some(source), labels: labels.iter().map(label).collect(), ..Part::default() }],
        notes: vec![Part::note(
            "a note that is long enough to be broken into several lines where a terminal is narrow",
        )],
        help: Some("look again".to_owned()),
    }
}

fn drawn(notice: &Notice<'_>, look: Look) -> String {
    let mut text = String::new();
    Graphical { look }.draw(&mut text, notice).unwrap();
    text
}

fn piped() -> Look {
    Look::new(false, true, 100, false)
}

#[test]
fn notes_hang_where_they_do_not_fit() {
    let text = "one 5 and 6 and then 7 in the end\n";
    let lines = LineIndex::new(text);
    let labels = [
        (4, 5, Some("[1] this note is rather long")),
        (10, 11, Some("[2] and so is this one")),
        (10, 11, Some("[3] the same place again")),
        (21, 22, Some("[4] the last")),
    ];
    insta::assert_snapshot!(drawn(&notice(text, &lines, &labels), piped()));
}

#[test]
fn a_narrow_terminal_without_unicode() {
    let text =
        "Exports were 6.1 million dollars and imports, by another count than the one used above, 12.6 million.\n";
    let lines = LineIndex::new(text);
    let imports = text.find("12.6").unwrap();
    let labels = [
        (13, 24, Some("[1] exports of goods and of services, as the central bank counts them")),
        (imports, imports + 12, Some("[2] imports")),
    ];
    insta::assert_snapshot!(drawn(&notice(text, &lines, &labels), Look::new(false, false, 50, true)));
}

#[test]
fn odd_places_never_panic() {
    let texts = [
        "",
        "\u{feff}a\r\nb",
        "\n\n",
        "لا\u{64e} 5 👨\u{200d}👩\u{200d}👧 e\u{301}\tx",
        "no line end",
        "\r",
        "a\u{2028}b\0",
    ];
    for text in texts {
        let lines = LineIndex::new(text);
        for start in 0..text.len() + 2 {
            for end in [start, start + 1, start + 3, text.len() + 9] {
                let notice = notice(text, &lines, &[(start, end, Some("note")), (0, 1, None)]);
                for look in [piped(), Look::new(true, false, 10, true)] {
                    let drawn = drawn(&notice, look);
                    assert!(drawn.contains("note"), "{text:?} {start}..{end}\n{drawn}");
                }
                let mut told = String::new();
                Narrated.tell(&mut told, &notice).unwrap();
                assert!(told.contains("note"), "{text:?} {start}..{end}\n{told}");
            }
        }
    }
}

#[test]
fn a_span_that_lies_nowhere_hides_nothing() {
    let text = "five\n";
    let lines = LineIndex::new(text);
    let mut notice = notice(text, &lines, &[(0, 4, Some("here"))]);
    notice.sources[0].labels.push(LabeledSpan::new(Some("nowhere".to_owned()), 400, 3));
    assert!(drawn(&notice, piped()).contains("──── here"));
}

#[test]
fn miette_itself_reads_the_same_columns() {
    let text = "كم\nطول الحدود 25% هنا\nلا شيء\n";
    let lines = LineIndex::new(text);
    let figure = text.find("25%").unwrap();
    let notice = notice(text, &lines, &[(figure, figure + 3, Some("here"))]);
    let mut theirs = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    handler.render_report(&mut theirs, &notice).unwrap();
    assert!(theirs.contains("[text.txt:2:12]"), "{theirs}");
    assert!(theirs.contains("╰── here"), "{theirs}");
    assert!(drawn(&notice, piped()).contains("[text.txt:2:12]"));
}

#[test]
fn a_long_line_is_cut_on_both_sides() {
    let text = format!("{}the figure 42 stands here{}\n", "before ".repeat(400), " after".repeat(400));
    let lines = LineIndex::new(&text);
    let figure = text.find("42").unwrap();
    let text = drawn(&notice(&text, &lines, &[(figure, figure + 2, Some("this figure"))]), piped());
    assert!(text.lines().all(|line| line.chars().count() <= 104), "{text}");
    assert!(text.contains("the figure 42 stands here"), "{text}");
    let (above, below) = text
        .split_once("42 stands")
        .map(|(above, _)| above.lines().last().unwrap())
        .zip(text.lines().find(|line| line.contains("── this figure")))
        .unwrap();
    assert_eq!(above.chars().count(), below.chars().take_while(|letter| *letter != '─').count());
}
