//! When the text changes under the claims: `diff`, `sync` and `check`, as an editor uses them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod revision;

use revision::{CLAIMS, NEW, OLD, commit, edit, git, project, read, run, write};
use serde_json::Value;

fn diff(folder: &std::path::Path, arguments: &[&str]) -> Value {
    let ran = run(folder, &[&["diff", "--format", "json"], arguments].concat());
    assert!(ran.code < 2, "{}", ran.err);
    ran.json()
}

/// How often each standing occurs, and the claims that are not where they were.
fn standings(folder: &std::path::Path) -> Vec<String> {
    let json = revision::check(folder, &["--all"]).json();
    let found = json["standings"].as_array().unwrap().iter();
    found.map(|one| format!("{} {}", one["claim"].as_str().unwrap(), one["standing"].as_str().unwrap())).collect()
}

/// A report without the number of rules, which grows with every new one.
fn whatever_the_rules(report: &str) -> String {
    let Some((before, rest)) = report.split_once(" checks by ") else { return report.to_owned() };
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("{before} checks by all{rest}")
}

#[test]
fn a_review_tells_the_whole_story() {
    let folder = project();
    let ran = run(folder.path(), &["diff", "texts/glance.md", "glance-2.md"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!("human", ran.out);
    let ran = run(folder.path(), &["diff", "texts/glance.md", "glance-2.md", "--format", "markdown"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("markdown", ran.out);
}

#[test]
fn the_machine_format_keeps_its_contract() {
    let folder = project();
    let json = diff(folder.path(), &["texts/glance.md", "glance-2.md"]);
    assert_eq!(json["version"], 1);
    let text = |value: &Value| value["text"].as_str().unwrap().to_owned();
    let changed: Vec<(String, String)> =
        json["changed"].as_array().unwrap().iter().map(|pair| (text(&pair["old"]), text(&pair["new"]))).collect();
    assert!(changed.contains(&("(63.6) مليار يورو".into(), "(66.3) مليار يورو".into())), "{changed:?}");
    assert!(changed.contains(&("3.8 %".into(), "2.8 %".into())), "{changed:?}");
    assert_eq!(changed.len(), 2);
    let texts = |key: &str| -> Vec<String> { json[key].as_array().unwrap().iter().map(text).collect() };
    assert_eq!(texts("added"), ["one", "(9.6) مليون"]);
    assert_eq!(texts("removed"), ["5 October 1910"]);
    let rules = |key: &str| -> Vec<String> {
        json[key].as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules("appeared"), ["trade-balance"]);
    assert_eq!(rules("resolved"), ["shares-of-a-whole"]);
    assert_eq!(json["stale"], serde_json::json!(["exports-2021", "farming", "republic"]));
    // findings have the fields of `check`, with the values of the version that they are about
    let exports = json["appeared"][0]["claims"].as_array().unwrap().iter();
    let written: Vec<&str> = exports.map(|claim| claim["written"].as_str().unwrap()).collect();
    assert!(written.contains(&"66.3 billion EUR"), "{written:?}");
}

#[test]
fn a_synchronised_project_checks_as_expected() {
    let folder = project();
    let path = folder.path();
    // before the revision: contexts only
    let ran = run(path, &["sync"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    insta::assert_snapshot!("sync_first", ran.out);
    let with_contexts = read(path, "claims/portugal.toml");
    assert!(with_contexts.contains("# the only one") && with_contexts.contains("# trade"));
    assert_eq!(run(path, &["sync", "--dry-run"]).code, 0);
    // the revision comes
    write(path, "texts/glance.md", NEW);
    let found = standings(path);
    assert_eq!(
        found,
        [
            "border-spain moved",
            "trade-2021 moved",
            "exports-2021 changed",
            "imports-2021 moved",
            "residents moved",
            "services moved",
            "industry moved",
            "farming changed",
            "republic missing",
        ]
    );
    let ran = run(path, &["check"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("check_after_the_revision", whatever_the_rules(&ran.out));
    // shown first, and nothing is written
    let ran = run(path, &["sync", "--dry-run"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("sync_dry_run", ran.out);
    assert_eq!(read(path, "claims/portugal.toml"), with_contexts);
    // places always, values only where named
    let ran = run(path, &["sync", "farming"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let claims = read(path, "claims/portugal.toml");
    assert!(claims.contains("\"2.8 %\"") && claims.contains("\"63.6 billion EUR\""), "{claims}");
    let ran = run(path, &["sync", "--accept"]);
    assert_eq!(ran.code, 1);
    let claims = read(path, "claims/portugal.toml");
    assert!(
        claims.contains("\"66.3 billion EUR\"") && claims.contains("line = 17, text = \"(66.3) مليار يورو\""),
        "{claims}"
    );
    assert!(claims.contains("id        = \"border-spain\"           # the only one"), "{claims}");
    // what is left is what the review foretold, and the claim without a figure
    let found: Vec<String> = revision::check(path, &[]).findings();
    assert_eq!(found, ["error trade-balance", "warning figure-in-text"]);
}

#[test]
fn claims_that_were_synchronised_already_are_reviewed_alike() {
    let folder = project();
    let path = folder.path();
    assert_eq!(run(path, &["sync"]).code, 0);
    write(path, "glance-1.md", OLD);
    write(path, "texts/glance.md", NEW);
    assert_eq!(run(path, &["sync", "--accept"]).code, 1);
    let json = diff(path, &["glance-1.md", "texts/glance.md"]);
    assert_eq!(json["summary"]["appeared"], 1);
    assert_eq!(json["summary"]["resolved"], 1);
    // whose figure is gone stays stale until somebody removes the claim
    assert_eq!(json["stale"], serde_json::json!(["republic"]));
}

#[test]
fn versions_come_from_git_as_well() {
    let folder = project();
    let path = folder.path();
    std::fs::remove_file(path.join("glance-2.md")).unwrap();
    let first = commit(path);
    git(path, &["mv", "texts/glance.md", "texts/portugal.md"]);
    edit(path, "claims/portugal.toml", "glance.md", "portugal.md");
    edit(path, "texts/portugal.md", "(63.6)", "(66.3)");
    commit(path);
    // the name that the file had then is found
    for arguments in
        [&["texts/portugal.md", "--since", &first][..], &["texts/portugal.md", "--from", &first, "--to", "HEAD"]]
    {
        let json = diff(path, arguments);
        assert_eq!(json["summary"]["changed"], 1, "{arguments:?}");
        assert_eq!(json["changed"][0]["difference"], "+2.7 billion EUR");
    }
    for (arguments, said) in [
        (&["texts/portugal.md", "--since", "nowhere"][..], "git knows no revision `nowhere`"),
        (&["texts/none.md", "--from", "HEAD"], "texts/none.md is not in revision"),
        (&["texts/portugal.md"], "one text alone cannot be compared"),
        (&["a", "b", "--from", "HEAD"], "two texts and a revision are too much"),
    ] {
        let ran = run(path, &[&["diff"], arguments].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn works_without_claims_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "old.txt", OLD);
    write(path, "new.txt", NEW);
    let ran = run(path, &["diff", "old.txt", "new.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("63.6 billion EUR → 66.3 billion EUR"), "{}", ran.out);
    assert!(ran.out.contains("No claims are about this text"), "{}", ran.out);
    // the same text with Windows line ends and a byte order mark is the same text
    write(path, "new.txt", format!("\u{feff}{}", OLD.replace('\n', "\r\n")));
    let ran = run(path, &["diff", "old.txt", "new.txt"]);
    assert!(ran.out.contains("none has changed"), "{}", ran.out);
}

#[test]
fn another_text_is_said_to_be_one_at_once() {
    let folder = project();
    let path = folder.path();
    let other = "In 1998 the club had 14 members, of whom 3 were over 60. It met 12 times.\n".repeat(3);
    write(path, "other.md", &other);
    let ran = run(path, &["diff", "texts/glance.md", "other.md"]);
    assert!(
        ran.out.contains("This is a different text: 0 of 12 figures are found again; 0 of 9 claims are found in both."),
        "{}",
        ran.out
    );
    write(path, "texts/glance.md", &other);
    let ran = run(path, &["check"]);
    assert!(ran.out.contains("the text of `glance` is another one: 0 of 9 figures found in it"), "{}", ran.out);
    assert_eq!(ran.out.matches("figure-in-text").count(), 2, "{}", ran.out);
    // nothing of it gets into the claims
    let ran = run(path, &["sync", "--accept"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the text of `glance` is another one"), "{}", ran.err);
    assert_eq!(read(path, "claims/portugal.toml"), CLAIMS);
}

#[test]
fn bad_texts_are_said_to_be_bad() {
    let folder = project();
    let path = folder.path();
    // two bytes a character are read as well
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(OLD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    write(path, "utf16.md", utf16);
    let ran = run(path, &["diff", "texts/glance.md", "utf16.md"]);
    assert!(ran.out.contains("12 figures and none has changed."), "{}", ran.out);
    for (name, bytes, said) in [
        ("binary.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "it is no text: it has zero bytes near its start"),
        ("latin.md", b"Caf\xe9 5 %\n".to_vec(), "the text is not UTF-8: see byte 3 on line 1"),
    ] {
        write(path, name, bytes);
        let ran = run(path, &["diff", "texts/glance.md", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let ran = run(path, &["diff", "texts/glance.md", "nowhere.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere.md: the text cannot be read"), "{}", ran.err);
    write(path, "empty.md", "");
    let ran = run(path, &["diff", "empty.md", "empty.md"]);
    assert!(ran.out.contains("Neither text has a figure."), "{}", ran.out);
    let ran = run(path, &["diff", "texts/glance.md", "empty.md"]);
    assert!(ran.out.contains("This is a different text: 0 of 12"), "{}", ran.out);
}

#[test]
fn two_claims_on_one_figure_go_with_it() {
    let folder = project();
    let path = folder.path();
    let twice = CLAIMS.to_owned()
        + "\n[[claim]]\nid = \"industry-again\"\nvalue = \"24.8 %\"\nsource = { line = 17, text = \"24.8\" }\n";
    write(path, "claims/portugal.toml", twice);
    assert_eq!(run(path, &["sync"]).code, 0);
    write(path, "texts/glance.md", NEW.replace("24.8", "25.8"));
    let found = standings(path);
    assert!(
        found.contains(&"industry changed".to_owned()) && found.contains(&"industry-again changed".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_figure_that_stands_forty_times_is_told_apart_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let same = "The fee is 40 euros a year.\n\n".repeat(40);
    write(path, "texts/fees.md", &same);
    let claims = "[document]\nid = \"fees\"\npath = \"../texts/fees.md\"\n\n[[claim]]\nid = \"fee\"\nvalue = \"40 EUR\"\nsource = { line = 41, text = \"40 euros\" }\n";
    write(path, "claims/fees.toml", claims);
    assert_eq!(run(path, &["sync"]).code, 0);
    assert_eq!(standings(path), ["fee kept"]);
    // a line more at the top: which of the forty it was nobody can tell
    write(path, "texts/fees.md", format!("# Fees\n{same}"));
    assert_eq!(standings(path), ["fee ambiguous"]);
    let ran = run(path, &["check"]);
    assert!(ran.out.contains("which 40 euros is meant is not plain"), "{}", ran.out);
    assert_eq!(run(path, &["sync"]).code, 1);
    // one of them has words of its own
    write(path, "texts/fees.md", same.replacen("The fee", "For students of the evening school the fee", 21));
    let words = read(path, "texts/fees.md").replacen("For students of the evening school the fee", "The fee", 20);
    write(path, "texts/fees.md", &words);
    write(path, "claims/fees.toml", claims);
    assert_eq!(run(path, &["sync"]).code, 0);
    write(path, "texts/fees.md", format!("# Fees\n\n{words}"));
    assert_eq!(standings(path), ["fee moved"]);
}

#[test]
fn sync_refuses_what_it_did_not_read() {
    let folder = project();
    let path = folder.path();
    write(path, "claims/broken.toml", "[[claim]\n");
    let ran = run(path, &["sync"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("Nothing was written."), "{}", ran.out);
    assert_eq!(read(path, "claims/portugal.toml"), CLAIMS);
    let ran = run(project().path(), &["sync", "farmin"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("no claim is called `farmin`") && ran.err.contains("did you mean `farming`?"),
        "{}",
        ran.err
    );
}

#[test]
fn merge_conflicts_are_said_plainly() {
    let folder = project();
    let path = folder.path();
    let conflict = CLAIMS.replace(
        "value   = \"63.6 billion EUR\"",
        "<<<<<<< HEAD\nvalue   = \"63.6 billion EUR\"\n=======\nvalue   = \"66.3 billion EUR\"\n>>>>>>> spring",
    );
    write(path, "claims/portugal.toml", conflict);
    for command in [&["check"][..], &["sync"], &["fmt"]] {
        let ran = run(path, command);
        assert_eq!(ran.code, 2, "{command:?}");
        assert_eq!(ran.err.matches("unresolved merge conflict on lines 30 to 34").count(), 1, "{}", ran.err);
        assert_eq!(ran.err.matches("problem: ").count(), 1, "{command:?}: {}", ran.err);
    }
}

#[test]
fn coverage_counts_by_section() {
    let folder = project();
    let ran = run(folder.path(), &["check", "--coverage"]);
    insta::assert_snapshot!("coverage", whatever_the_rules(&ran.out));
    let json = revision::check(folder.path(), &["--coverage"]).json();
    assert_eq!(
        (json["coverage"][0]["covered"].as_u64(), json["coverage"][0]["uncovered"].as_u64()),
        (Some(9), Some(3))
    );
}

#[test]
fn translations_state_the_same_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "texts/en.md", "The dam holds 4.2 billion m3 and is 168 m high.\n\nIt was opened on 3 May 1971.\n");
    write(
        path,
        "texts/ar.md",
        "يحجز السد 4.2 مليار متر مكعب ويبلغ ارتفاعه 186 مترًا.\n\nوافتُتح في 3 مايو 1971، وبلغت كلفته 12 مليون دولار.\n",
    );
    write(
        path,
        "claims/dam.toml",
        "[document]\nid = \"english\"\nlanguage = \"en\"\npath = \"../texts/en.md\"\n\n\
         [[claim]]\nid = \"height\"\nvalue = \"168 m\"\nsource = { line = 1, text = \"168 m\" }\n",
    );
    write(
        path,
        "claims/translation.toml",
        "[document]\nid = \"arabic\"\nlanguage = \"ar\"\npath = \"../texts/ar.md\"\ntranslation_of = \"english\"\n",
    );
    let ran = run(path, &["check"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    insta::assert_snapshot!("translations", whatever_the_rules(&ran.out));
    let json = revision::check(path, &[]).json();
    let places: Vec<String> = json["findings"][0]["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| {
            format!("{}:{} {}", place["file"].as_str().unwrap(), place["line"], place["text"].as_str().unwrap())
        })
        .collect();
    assert_eq!(places, ["texts/en.md:1 168 m", "texts/ar.md:1 186 مترًا"]);
}

#[test]
fn figures_without_a_claim_are_told_of_where_that_is_wanted() {
    let folder = project();
    assert!(!revision::check(folder.path(), &[]).out.contains("figures-claimed"));
    write(folder.path(), "kzcheck.toml", "[severity]\nfigures-claimed = \"warning\"\n");
    let found = revision::check(folder.path(), &[]).findings();
    assert_eq!(found.iter().filter(|found| *found == "warning figures-claimed").count(), 3);
}

#[test]
fn texts_alone_are_checked_in_a_review() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = "The mill produced 300 tonnes: 120 tonnes of flour, 100 tonnes of bran and 80 tonnes of meal.\n";
    write(path, "old.txt", text);
    write(path, "new.txt", text.replace("100 tonnes", "190 tonnes"));
    let ran = run(path, &["diff", "old.txt", "new.txt"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    insta::assert_snapshot!("texts_alone", ran.out);
}
