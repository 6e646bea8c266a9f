//! What people read: findings and problems as they are drawn, told and summed up. The texts and figures are invented.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod terminal;

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// An Arabic text with a border that is given twice, in a line that is too long for a row.
const ARABIC: &str = "مقدمة قصيرة عن الجزيرة.\nتشترك فريدونيا وسلفانيا في حدود طويلة تمر بالجبال والأودية والأنهار \
    الصغيرة ويبلغ طولها (1,467) كم بحسب الخرائط القديمة، ويقال في كتب أخرى إن طول هذه الحدود الجبلية هو (1,520) كم \
    كما ورد في تقرير الحدود الأخير الذي صدر في العاصمة قبل سنوات كثيرة.\n";

/// A Russian text with shares that make too little.
const RUSSIAN: &str = "Население острова пёстрое.\nГорцев 41,2 %, степняков 30,1 %, рыбаков 12,4 %, ткачей 6,2 %, \
    кузнецов 4,1 %, прочих 5,3 %.\n";

/// An English text with a sum that needs a coarse figure.
const ENGLISH: &str = "Trade reached 20 million dollars in 2021.\nExports were 6.1 million dollars and imports 12.6 \
    million dollars.\n";

const CLAIMS_ARABIC: &str = r#"[document]
id = "atlas"
language = "ar"
path = "../texts/atlas.txt"

[subject.freedonia]
[subject.sylvania]

[[claim]]
id = "border"
subject = "freedonia"
measure = "border.length"
neighbour = "sylvania"
value = "1,467 km"
source = { line = 2, text = "(1,467) كم" }

[[claim]]
id = "border-again"
subject = "freedonia"
measure = "border.length"
neighbour = "sylvania"
value = "1,520 km"
source = { line = 2, text = "(1,520) كم" }

[[claim]]
id = "border-by-sylvania"
subject = "sylvania"
measure = "border.length"
neighbour = "freedonia"
value = "1,467 km"
source = { line = 7, text = "نحو ألف" }
"#;

const CLAIMS_RUSSIAN: &str = r#"[document]
id = "otchet"
language = "ru"
path = "../texts/otchet.txt"

[[claim]]
id = "highlanders"
value = "41.2 %"
source = { line = 2, text = "41,2 %" }

[[claim]]
id = "herders"
value = "30.1 %"
source = { line = 2, text = "30,1 %" }

[[claim]]
id = "fishers"
value = "12.4 %"
source = { line = 2, text = "12,4 %" }

[[claim]]
id = "weavers"
value = "6.2 %"
source = { line = 2, text = "6,2 %" }

[[claim]]
id = "smiths"
value = "4.1 %"
source = { line = 2, text = "4,1 %" }

[[claim]]
id = "others"
value = "5.3 %"
source = { line = 2, text = "5,3 %" }

[[check]]
id = "peoples-of-the-island"
rule = "shares-of-a-whole"
terms = { shares = ["highlanders", "herders", "fishers", "weavers", "smiths", "others"] }
"#;

const CLAIMS_ENGLISH: &str = r#"[document]
id = "yearbook"
language = "en"
path = "../texts/yearbook.txt"

[subject.freedonia]

[[claim]]
id = "trade"
subject = "freedonia"
measure = "trade.goods"
period = "2021"
value = "20 million USD"
source = { line = 1, text = "20 million dollars" }

[[claim]]
id = "exports"
subject = "freedonia"
measure = "trade.goods.exports"
period = "2021"
value = "6.1 million USD"
source = { line = 2, text = "6.1 million dollars" }

[[claim]]
id = "imports"
subject = "freedonia"
measure = "trade.goods.imports"
period = "2021"
value = "12.6 million USD"
source = { line = 2, text = "12.6 million dollars" }
"#;

/// A project in a folder of its own.
struct Project(TempDir);

impl Project {
    fn new(files: &[(&str, &str)]) -> Project {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            terminal::write(folder.path(), name, text);
        }
        terminal::write(folder.path(), "kzcheck.toml", "");
        Project(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        terminal::command(self.path(), &[&["check"], arguments].concat())
    }

    /// What a run prints to stdout and to stderr; the number of shipped rules may grow.
    fn run(&self, arguments: &[&str]) -> (String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            regex::Regex::new(r"by \d+ rules").unwrap().replace_all(&text, "by N rules").into_owned()
        };
        (text(output.stdout), text(output.stderr))
    }
}

fn arabic() -> Project {
    Project::new(&[("claims/atlas.toml", CLAIMS_ARABIC), ("texts/atlas.txt", ARABIC)])
}

fn island() -> Project {
    Project::new(&[
        ("claims/atlas.toml", CLAIMS_ARABIC),
        ("texts/atlas.txt", ARABIC),
        ("claims/otchet.toml", CLAIMS_RUSSIAN),
        ("texts/otchet.txt", RUSSIAN),
        ("claims/yearbook.toml", CLAIMS_ENGLISH),
    ])
}

#[test]
fn a_place_in_an_arabic_text() {
    insta::assert_snapshot!(arabic().run(&[]).0);
}

#[test]
fn a_place_in_an_arabic_text_in_colour() {
    let text = arabic().run(&["--color", "always"]).0;
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn a_figure_that_is_not_where_it_was() {
    let stale = ARABIC.replace("(1,520)", "(1,530)");
    let project = Project::new(&[("claims/atlas.toml", CLAIMS_ARABIC), ("texts/atlas.txt", &stale)]);
    let absent = Project::new(&[("claims/atlas.toml", CLAIMS_ARABIC)]);
    insta::assert_snapshot!(format!("{}---\n{}", project.run(&[]).0, absent.run(&[]).0));
}

#[test]
fn a_sum_of_many_shares() {
    let project = Project::new(&[("claims/otchet.toml", CLAIMS_RUSSIAN), ("texts/otchet.txt", RUSSIAN)]);
    insta::assert_snapshot!(project.run(&[]).0);
}

#[test]
fn a_strained_sum() {
    let project = Project::new(&[("claims/yearbook.toml", CLAIMS_ENGLISH), ("texts/yearbook.txt", ENGLISH)]);
    insta::assert_snapshot!(project.run(&[]).0);
}

#[test]
fn told_for_screen_readers() {
    let text = island().run(&["--format", "narrated", "--all"]).0;
    assert!(!text.contains(['│', '─', '╭', '·', '\u{1b}']));
    insta::assert_snapshot!(text);
}

#[test]
fn everything_that_was_checked() {
    insta::assert_snapshot!(island().run(&["--all"]).0);
}

#[test]
fn problems_with_their_places() {
    let broken = "[[claim]]\nid = \"x\"\nsubject = \"freedonia\"\nmeasure = \"populaton\"\nvalue = \"5 %\"\n";
    let arabic = "[[claim]]\nid = \"طول الحدود\"\nvalue = \"5 %\"\n";
    let project = Project::new(&[
        ("claims/a.toml", broken),
        ("claims/b.toml", arabic),
        ("claims/c.toml", "[[claim]\nid = 3\n"),
        ("claims/d.toml", "\u{feff}[[claim]]\r\nid = \"ends"),
        ("claims/e.toml", ""),
    ]);
    let (out, err) = project.run(&["claims", "nowhere.toml"]);
    insta::assert_snapshot!(format!("{err}---\n{out}"));
    project.command(&[]).assert().code(2);
    let (_, told) = project.run(&["--format", "narrated"]);
    insta::assert_snapshot!("problems_told", told);
}

#[test]
fn hostile_input_is_shown_and_not_obeyed() {
    // what is between the figures would colour, link, reorder and clear
    let text =
        "five \u{1b}[31mred\u{1b}]8;;http://x\u{7} 5 million\u{202e} people \u{2066}and 7 million\u{9b}1m\tmore\r\n";
    let claims = r#"[document]
id = "d"
path = "../texts/d.txt"
[subject.freedonia]
[[claim]]
id = "a"
subject = "freedonia"
measure = "population"
period = "2020"
value = "5 million persons"
source = { line = 1, text = "5 million" }
[[claim]]
id = "b"
subject = "freedonia"
measure = "population"
period = "2020"
value = "7 million persons" # OVERRIDE comment
source = { line = 1, text = "7 million" }
allow = [{ rule = "percent-sign", reason = "nothing" }]
[[claim]]
id = "accepted"
subject = "freedonia"
measure = "population"
period = "2019"
value = "5 million persons"
source = { line = 1, text = "a\u001b[1m" }
allow = [{ rule = "claims-agree", reason = "\u001b[2J\u202e" }]
[[claim]]
id = "conflicting"
subject = "freedonia"
measure = "population"
period = "2019"
value = "7 million persons"
[[claim]]
id = "c"
"ke\u001b[31my" = "x"
value = "9 m\u202eillion"
"#;
    let claims = &claims.replace("OVERRIDE", "\u{202e}");
    let project = Project::new(&[("claims/a.toml", claims), ("texts/d.txt", text)]);
    for arguments in [&["--all"][..], &["--all", "--format", "narrated"]] {
        let (out, err) = project.run(arguments);
        for text in [&out, &err] {
            let raw = |letter: char| (letter.is_control() && letter != '\n') || "\u{202e}\u{2066}".contains(letter);
            assert!(!text.contains(raw), "{text:?}");
        }
        insta::assert_snapshot!(format!("{err}---\n{out}"));
    }
}

#[test]
fn colour_follows_the_stream_and_the_environment() {
    let project = arabic();
    let coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = project.command(arguments);
        command.envs(variables.iter().copied());
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(coloured(&[("FORCE_COLOR", "1")], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "0")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "0")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "1")], &["--color", "never"]));
    assert!(!coloured(&[("FORCE_COLOR", "1")], &["--format", "narrated"]));
}
