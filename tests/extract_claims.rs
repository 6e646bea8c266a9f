//! `extract -o` as its user runs it: from a text to claims and a first check, in each language, and again after edits.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const ENGLISH: &str = "# Norway in figures

Norway has a population of 5.4 million people.

Exports reached 250 billion USD in 2022 and imports 107 billion USD in 2022. Norwegian exports to Sweden were \
12.5 billion USD in 2022. According to the OECD, inflation was 5.8 % in 2022.

Our reporter counted 14 boats.
";

const RUSSIAN: &str = "# Сербия

Население Сербии составило 6,7 млн человек в 2022 году.

Экспорт Сербии в 2022 году достиг 29,1 млрд долларов США, импорт — 41,2 млрд долларов США. Сербы составляют 81 % \
населения. По данным МВФ, инфляция в 2022 году составила 11,9 %.

В зале стояло 14 столов.
";

const ARABIC: &str = "# الأردن

بلغ عدد سكان الأردن 11 مليون نسمة في عام 2022.

بلغت صادرات الأردن 12.7 مليار دولار في عام 2022، وبلغت واردات الأردن 27.3 مليار دولار في عام 2022. يشكل المسلمون 97% من \
سكان الأردن. ووفقا لصندوق النقد الدولي بلغ معدل التضخم 4.2% في عام 2022.

كان في القاعة 14 طاولة.
";

/// What a run printed on stdout and stderr, and its exit code.
struct Ran {
    out: String,
    err: String,
    code: i32,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::cargo_bin("kzcheck").unwrap().args(arguments).current_dir(folder).output().unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

fn project(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.md"), text).unwrap();
    folder
}

fn extract(folder: &Path) -> Ran {
    run(folder, &["extract", "report.md", "-o", "claims/report.toml"])
}

fn claims(folder: &Path) -> String {
    fs::read_to_string(folder.join("claims/report.toml")).unwrap()
}

#[test]
fn two_commands_lead_from_a_text_to_a_check_in_each_language() {
    for (name, text) in [("english", ENGLISH), ("russian", RUSSIAN), ("arabic", ARABIC)] {
        let folder = project(text);
        let written = extract(folder.path());
        assert_eq!(written.code, 0, "{}", written.err);
        insta::assert_snapshot!(format!("claims_{name}"), format!("{}\n{}", written.err, claims(folder.path())));
        let check = run(folder.path(), &["check"]);
        assert_eq!(check.code, 0, "{}{}", check.out, check.err);
        assert!(!check.err.contains("problem"), "{}", check.err);
        assert_eq!(run(folder.path(), &["fmt", "--check"]).code, 0);
    }
}

#[test]
fn a_second_run_adds_nothing() {
    for text in [ENGLISH, RUSSIAN, ARABIC] {
        let folder = project(text);
        extract(folder.path());
        let first = claims(folder.path());
        let again = extract(folder.path());
        assert_eq!(claims(folder.path()), first);
        assert!(again.err.contains("0 claims added"), "{}", again.err);
        assert!(again.err.contains("there already"), "{}", again.err);
    }
}

#[test]
fn what_a_person_edited_and_commented_stays() {
    let folder = project(ENGLISH);
    extract(folder.path());
    let path = folder.path().join("claims/report.toml");
    // confirmed, corrected, commented; and the text goes on, so that lines move
    let edited = claims(folder.path()).replacen("confidence = \"likely\"\n", "# looked at twice\n", 1).replacen(
        "measure    = \"inflation\"\n",
        "measure    = \"interest-rate\"\n",
        1,
    );
    fs::write(&path, &edited).unwrap();
    let text =
        ENGLISH.replace("# Norway in figures\n", "# Norway in figures\n\nA new paragraph.\n\nWages rose by 3 %.\n");
    fs::write(folder.path().join("report.md"), text).unwrap();
    let again = extract(folder.path());
    assert_eq!(again.code, 0, "{}", again.err);
    let after = claims(folder.path());
    assert!(after.starts_with(&edited), "nothing before the end has changed");
    let added = &after[edited.len()..];
    assert_eq!(added.matches("[[claim]]").count(), 1, "{added}");
    assert!(added.contains("\"3 %\""), "{added}");
}

#[test]
fn what_somebody_deleted_does_not_come_back() {
    let folder = project(ENGLISH);
    extract(folder.path());
    let path = folder.path().join("claims/report.toml");
    let draft = "[[claim]]\nid     = \"figure-14\"\nvalue  = \"14\"\nsource = { line = 7, text = \"14\" }\n\n";
    let without = claims(folder.path()).replace(draft, "");
    assert_ne!(without, claims(folder.path()));
    fs::write(&path, &without).unwrap();
    let again = extract(folder.path());
    assert_eq!(claims(folder.path()), without, "{}", again.err);
    // the same number of something else is another figure
    fs::write(folder.path().join("report.md"), format!("{ENGLISH}\nA ship has 14 cabins.\n")).unwrap();
    extract(folder.path());
    let added = claims(folder.path());
    let added = added.strip_prefix(&without).unwrap();
    assert_eq!(added.matches("[[claim]]").count(), 1, "{added}");
    assert!(added.contains("line = 9"), "{added}");
    // whoever deletes the note too gets it back
    let forgotten: Vec<&str> = without.lines().filter(|line| !line.starts_with("# extracted")).collect();
    fs::write(&path, forgotten.join("\n")).unwrap();
    extract(folder.path());
    assert!(claims(folder.path()).contains("line = 7"), "{}", claims(folder.path()));
}

#[test]
fn a_relation_may_take_claims_that_are_there() {
    let text = "# Tram\n\nThe line has 40 km of track.\n";
    let folder = project(text);
    extract(folder.path());
    assert!(!claims(folder.path()).contains("[[check]]"));
    let longer = text.replace("of track.", "of track, of which 15 km are in tunnels.");
    fs::write(folder.path().join("report.md"), longer).unwrap();
    extract(folder.path());
    let written = claims(folder.path());
    assert!(written.contains("terms = { part = \"figure-15-km\", whole = \"figure-40-km\" }"), "{written}");
    // without the check, which somebody has deleted, nothing is new
    let without = written.split("[[check]]").next().unwrap().to_owned();
    let note: String = written.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let kept = format!("{without}{note}");
    fs::write(folder.path().join("claims/report.toml"), &kept).unwrap();
    extract(folder.path());
    assert_eq!(claims(folder.path()), kept);
}

#[test]
fn the_ends_of_a_range_are_two_drafts_where_a_relation_needs_both() {
    let folder = project("# Tram\n\nThe fare rose by 27 % from 41 to 52 NOK.\n");
    extract(folder.path());
    let written = claims(folder.path());
    assert!(written.contains("new = \"figure-52-nok\", old = \"figure-41-nok\""), "{written}");
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    extract(folder.path());
    assert_eq!(claims(folder.path()), written);
    let wrong = project("# Tram\n\nThe fare rose by 47 % from 41 to 52 NOK.\n");
    extract(wrong.path());
    let check = run(wrong.path(), &["check"]);
    assert_eq!(check.code, 1, "{}{}", check.out, check.err);
    assert!(check.out.contains("change-between"), "{}", check.out);
}

#[test]
fn marks_of_notes_are_claims_and_a_lost_one_is_found() {
    let notes: String = (1..=6).map(|note| format!("[{note}] Lind, Boats, part {note}\n\n")).collect();
    let text = |marks: &[u32]| {
        let marked: String = marks.iter().map(|mark| format!("They sail on[{mark}]. ")).collect();
        format!("# Boats\n\n{marked}\n\n{notes}")
    };
    let folder = project(&text(&[1, 2, 3, 4, 5, 6]));
    extract(folder.path());
    let written = claims(folder.path());
    for (claim, count) in
        [("measure    = \"note.mark\"", 6), ("measure    = \"note.number\"", 6), ("this-document\"", 12)]
    {
        assert_eq!(written.matches(claim).count(), count, "{written}");
    }
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    assert_eq!(run(folder.path(), &["fmt", "--check"]).code, 0);

    let lost = project(&text(&[1, 2, 4, 5, 6]));
    extract(lost.path());
    let check = run(lost.path(), &["check"]);
    assert!(check.out.contains("mark 4 follows 2: 3 is missing"), "{}{}", check.out, claims(lost.path()));

    // where numbers come back they name works and count nothing
    let cited = project(&text(&[2, 1, 2, 4, 1, 6]));
    let ran = extract(cited.path());
    assert!(ran.err.contains("0 claims added"), "{}", ran.err);
}

#[test]
fn a_claim_file_calls_its_document_by_one_name() {
    let folder = project("# Boats\n\nNothing.\n");
    fs::create_dir(folder.path().join("claims")).unwrap();
    let claim =
        "[[claim]]\nid = \"one\"\nsubject = \"this-document\"\nmeasure = \"work.published\"\nvalue = \"2020\"\n";
    fs::write(folder.path().join("claims/a.toml"), claim).unwrap();
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 2);
    assert!(format!("{}{}", check.out, check.err).contains("names no document"), "{}{}", check.out, check.err);
    // two documents are two subjects
    for (file, id, year) in [("a", "one", "2020"), ("b", "two", "2021")] {
        let claim = claim.replace("\"one\"", &format!("\"{id}\"")).replace("2020", year);
        fs::write(folder.path().join(format!("claims/{file}.toml")), format!("[document]\nid = \"{id}\"\n\n{claim}"))
            .unwrap();
    }
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
}

#[test]
fn a_claim_of_another_file_of_the_project_is_there_already() {
    let folder = project(ENGLISH);
    extract(folder.path());
    let moved = folder.path().join("claims/moved.toml");
    fs::rename(folder.path().join("claims/report.toml"), moved).unwrap();
    let again = extract(folder.path());
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.err.contains("0 claims added"), "{}", again.err);
    assert!(!folder.path().join("claims/report.toml").exists());
}

#[test]
fn a_broken_claim_file_is_told_and_left_alone() {
    for broken in ["[[claim]\nid = \"a\"\n", "[[claim]]\nid = \"a\"\nmeasure = \"no-such\"\nvalue = \"1\"\n"] {
        let folder = project(ENGLISH);
        fs::create_dir(folder.path().join("claims")).unwrap();
        fs::write(folder.path().join("claims/report.toml"), broken).unwrap();
        let ran = extract(folder.path());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("claims/report.toml"), "{}", ran.err);
        assert!(ran.err.contains("nothing was written"), "{}", ran.err);
        assert_eq!(claims(folder.path()), broken);
        assert_eq!(fs::read_dir(folder.path().join("claims")).unwrap().count(), 1, "no temporary file is left");
    }
}

#[test]
fn a_file_with_claims_of_another_document_is_left_alone() {
    let folder = project(ENGLISH);
    extract(folder.path());
    let first = claims(folder.path());
    fs::write(folder.path().join("other.md"), RUSSIAN).unwrap();
    let ran = run(folder.path(), &["extract", "other.md", "-o", "claims/report.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("one has claims of one document"), "{}", ran.err);
    assert_eq!(claims(folder.path()), first);
}

#[test]
fn a_dash_prints_the_claims_and_writes_nothing() {
    let folder = project(ENGLISH);
    let ran = run(folder.path(), &["extract", "report.md", "-o", "-"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("[document]\nid       = \"report\"\n"), "{}", ran.out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn one_claim_file_takes_one_text() {
    let folder = project(ENGLISH);
    let ran = run(folder.path(), &["extract", "report.md", "report.md", "-o", "claims/report.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("one text"), "{}", ran.err);
}

#[test]
fn a_text_that_is_not_there_is_told() {
    let folder = project(ENGLISH);
    let ran = run(folder.path(), &["extract", "missing.md", "-o", "claims/report.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("missing.md"), "{}", ran.err);
    assert!(!folder.path().join("claims").exists());
}

#[test]
fn a_project_teaches_its_own_measures() {
    let folder = project("# Sweden\n\nIn 2022, the number of reindeer was 240,000.\n");
    fs::create_dir(folder.path().join("rules")).unwrap();
    let rules =
        "[measure.reindeer]\ndimension = \"count\"\nqualifiers = [\"period\"]\ncues.en = [\"number of reindeer\"]\n";
    fs::write(folder.path().join("rules/measures.toml"), rules).unwrap();
    let ran = extract(folder.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(claims(folder.path()).contains("measure    = \"reindeer\""), "{}", claims(folder.path()));
}

#[test]
fn relations_of_the_text_become_checks_by_name() {
    let folder = project("# Tram\n\nThe line has 40 km of track, of which 15 km are in tunnels.\n");
    extract(folder.path());
    let written = claims(folder.path());
    assert!(written.contains("rule  = \"of-which\""), "{written}");
    let check = run(folder.path(), &["check", "--all"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    assert!(check.out.contains("of-which"), "{}", check.out);
}

#[test]
fn what_leaves_doubt_is_a_draft() {
    let doubtful = [
        "Two measures: exports and imports were 5 billion USD.",
        "A name nobody knows: the population of Xanadu is 3 million people.",
        "Another unit: the population is 40 km.",
        "A modifier nobody knows: zorbian exports were 5 billion USD.",
    ];
    for text in doubtful {
        let folder = project(&format!("# Norway\n\n{text}\n"));
        extract(folder.path());
        let written = claims(folder.path());
        assert!(written.contains("[[claim]]"), "{text}");
        assert!(!written.contains("measure "), "{text}\n{written}");
    }
}

#[test]
fn one_sentence_in_three_languages_is_one_claim() {
    let said = [
        "بلغت صادرات الأردن 12.7 مليار دولار في عام 2022.",
        "Экспорт Иордании в 2022 году достиг 12,7 млрд долларов.",
        "In 2022, Jordanian exports reached 12.7 billion USD.",
    ];
    for text in said {
        let ran = run(project(text).path(), &["extract", "report.md", "-o", "-"]);
        let claim: Vec<&str> = ran
            .out
            .lines()
            .filter(|line| !line.starts_with("source"))
            .skip_while(|line| *line != "[[claim]]")
            .collect();
        let expected = [
            "[[claim]]",
            "id         = \"jordan-goods-exports-2022\"",
            "subject    = \"jordan\"",
            "measure    = \"trade.goods.exports\"",
            "period     = \"2022\"",
            "value      = \"12.7 billion USD\"",
            "confidence = \"sure\"",
        ];
        assert_eq!(claim, expected, "{text}");
    }
}
