//! What need not be told again: `kzcheck baseline`, and `check --since REV`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod harbour;

use harbour::{check, commit, edit, git, run, sound, write};

const BASELINE: &str = "kzcheck-baseline.toml";

fn held_back(ran: &harbour::Ran) -> u64 {
    ran.json()["summary"]["held_back"].as_u64().unwrap()
}

#[test]
fn known_findings_are_held_back_until_a_figure_changes() {
    let folder = harbour::broken();
    let root = folder.path();
    assert_eq!(check(root, &[]).code, 1);
    let ran = run(root, &["baseline"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "kzcheck-baseline.toml: 1 finding, 1 of them new; 0 gone\n"));
    insta::assert_snapshot!("baseline", harbour::read(root, BASELINE));
    let held = check(root, &["--all"]);
    assert_eq!((held.code, held_back(&held)), (0, 1));
    assert_eq!(held.json()["suppressed"][0]["by"], "baseline");
    assert_eq!(held.json()["suppressed"][0]["reason"], "known in kzcheck-baseline.toml");
    assert!(run(root, &["check"]).out.contains("1 held back"));
    // lines, names of files and the order of claims mean nothing
    edit(root, "claims/years.toml", "[subject.harbour]", "# a line more\n\n[subject.harbour]");
    std::fs::rename(root.join("claims/years.toml"), root.join("claims/a.toml")).unwrap();
    assert_eq!(check(root, &[]).code, 0);
    edit(root, "claims/a.toml", "\"80 t\"", "\"81 t\"");
    let ran = check(root, &[]);
    assert_eq!((ran.code, ran.findings()), (1, vec!["error claims-agree".to_owned()]));
    assert!(ran.err.contains("note: 1 known finding of kzcheck-baseline.toml no longer occurs"), "{}", ran.err);
    let again = run(root, &["baseline"]);
    assert_eq!(again.out, "kzcheck-baseline.toml: 1 finding, 1 of them new; 1 gone\n");
    // a part of the project does not say what no longer occurs
    write(root, "claims/a.toml", "");
    assert!(check(root, &["claims/cargo.toml"]).err.is_empty());
    assert!(check(root, &[]).err.contains("no longer occurs"));
}

#[test]
fn without_findings_no_baseline_is_written_and_dry_runs_write_nothing() {
    let folder = harbour::sound();
    assert_eq!(run(folder.path(), &["baseline"]).out, "nothing found, so no baseline is needed\n");
    let folder = harbour::broken();
    assert!(run(folder.path(), &["baseline", "--dry-run"]).out.contains("rule        = \"claims-agree\""));
    assert!(!folder.path().join(BASELINE).exists());
}

#[test]
fn a_baseline_is_not_written_when_something_is_broken() {
    let folder = harbour::broken();
    write(folder.path(), "claims/bad.toml", "[[claim]\n");
    let ran = run(folder.path(), &["baseline"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nothing was written") && !folder.path().join(BASELINE).exists(), "{}", ran.err);
}

#[test]
fn broken_baselines_are_problems() {
    let folder = harbour::broken();
    run(folder.path(), &["baseline"]);
    let good = harbour::read(folder.path(), BASELINE);
    let mut told = String::new();
    for text in [
        good.replace("version = 1", "version = 7\nnew-key = 1"),
        good.replace("80 t", "81 t"),
        good.replace("rule  ", "rul   "),
        format!("{good}<<<<<<< HEAD\n"),
        "version = 0".to_owned(),
        String::new(),
    ] {
        write(folder.path(), BASELINE, &text);
        let ran = check(folder.path(), &[]);
        assert_eq!(ran.code, 2, "{text}");
        told.push_str(&ran.problems().join("\n"));
        told.push('\n');
    }
    insta::assert_snapshot!("broken_baselines", told);
}

#[test]
fn since_a_revision_only_what_changed_is_told() {
    let folder = harbour::broken();
    let root = folder.path();
    commit(root);
    let ran = check(root, &["--since", "HEAD", "--all"]);
    assert_eq!((ran.code, held_back(&ran)), (0, 1));
    assert_eq!(ran.json()["suppressed"][0]["reason"], "untouched since HEAD");
    // layout, lines, another file: no other meaning
    edit(root, "claims/years.toml", "value   = \"80 t\"", "value = \"80 t\" # as printed");
    std::fs::rename(root.join("claims/years.toml"), root.join("claims/moved.toml")).unwrap();
    assert_eq!(check(root, &["--since", "HEAD"]).code, 0);
    // a changed figure elsewhere tells its own finding only
    edit(root, "claims/cargo.toml", "\"51 t\"", "\"58 t\"");
    assert_eq!(check(root, &["--since", "HEAD"]).findings(), ["error cargo-adds-up"]);
    git(root, &["checkout", "--quiet", "--", "claims/cargo.toml"]);
    edit(root, "claims/moved.toml", "\"80 t\"", "\"81 t\"");
    assert_eq!(check(root, &["--since", "HEAD"]).findings(), ["error claims-agree"]);
}

#[test]
fn since_the_common_ancestor_as_a_pull_request_sees_it() {
    let folder = harbour::sound();
    let root = folder.path();
    commit(root);
    git(root, &["branch", "--quiet", "-M", "main"]);
    git(root, &["checkout", "--quiet", "-b", "work"]);
    write(root, "claims/note.toml", "[[claim]]\nid = \"draft\"\nvalue = \"1 t\"\n");
    commit(root);
    git(root, &["checkout", "--quiet", "main"]);
    // what main has since is not ours
    write(root, "claims/years.toml", harbour::YEARS);
    commit(root);
    git(root, &["checkout", "--quiet", "work"]);
    git(root, &["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(check(root, &[]).code, 1);
    assert_eq!(check(root, &["--since", "main"]).code, 0);
}

#[test]
fn changed_rules_and_vocabulary_count_for_all_they_touch() {
    let folder = harbour::broken();
    let root = folder.path();
    commit(root);
    write(root, "rules/measures.toml", format!("{}\n# a comment\n", harbour::RULES));
    assert_eq!(check(root, &["--since", "HEAD"]).code, 0);
    write(root, "rules/measures.toml", harbour::RULES.replace("min        = 0", "min        = 1"));
    assert_eq!(check(root, &["--since", "HEAD"]).findings(), ["error claims-agree"]);
    git(root, &["checkout", "--quiet", "--", "."]);
    let rule =
        "[[rule]]\nid = \"little\"\nsummary = \"s\"\nterms.all = { measure = \"turnover\" }\nassert = \"all < 50 t\"\n";
    write(root, "rules/own.toml", rule);
    assert_eq!(check(root, &["--since", "HEAD"]).findings(), ["error little"; 3]);
    commit(root);
    assert_eq!(check(root, &["--since", "HEAD"]).code, 0);
    write(root, "kzcheck.toml", "[severity]\nlittle = \"note\"");
    assert_eq!(check(root, &["--since", "HEAD"]).findings().len(), 4);
}

#[test]
fn where_git_cannot_tell_it_is_trouble() {
    let folder = harbour::broken();
    let root = folder.path();
    let ran = check(root, &["--since", "HEAD"]);
    assert_eq!(ran.code, 2);
    assert!(ran.problems()[0].contains("git: fatal: not a git repository"), "{:?}", ran.problems());
    // everything is told all the same
    assert_eq!(ran.findings(), ["error claims-agree"]);
    commit(root);
    for named in ["nowhere", "--output=x", ""] {
        let ran = check(root, &[&format!("--since={named}")]);
        assert_eq!(ran.code, 2, "{named}");
        assert!(ran.problems()[0].contains(&format!("git knows no revision `{named}`")), "{:?}", ran.problems());
    }
    let first = commit(root);
    commit(root);
    let shallow = tempfile::TempDir::new().unwrap();
    let url = format!("file://{}", root.display());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &url, "copy"]);
    let ran = check(&shallow.path().join("copy"), &["--since", &first]);
    assert_eq!(ran.code, 2);
    assert!(ran.problems()[0].contains("this clone is shallow"), "{:?}", ran.problems());
}

#[test]
fn without_git_it_is_trouble() {
    let folder = harbour::broken();
    let mut command = assert_cmd::Command::cargo_bin("kzcheck").unwrap();
    let output =
        command.current_dir(folder.path()).env("PATH", "").args(["check", "--since", "HEAD"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("git is not installed"));
}

#[test]
fn a_project_in_a_folder_of_a_repository() {
    let folder = tempfile::TempDir::new().unwrap();
    let root = folder.path().join("studies/harbour");
    write(&root, "rules/measures.toml", harbour::RULES);
    write(&root, "claims/years.toml", harbour::YEARS);
    commit(folder.path());
    assert_eq!(check(&root, &["--since", "HEAD"]).code, 0);
    edit(&root, "claims/years.toml", "\"80 t\"", "\"81 t\"");
    assert_eq!(check(&root, &["--since", "HEAD"]).code, 1);
}

/// A part above its whole makes the sum of the parts too large as well.
const PARTS: &str = r#"
[subject.harbour]

[[claim]]
id      = "turnover-2024"
subject = "harbour"
measure = "turnover"
period  = "2024"
value   = "50 t"

[[claim]]
id      = "bulk-2024"
subject = "harbour"
measure = "turnover"
cargo   = "bulk"
period  = "2024"
value   = "63 t"

[[claim]]
id      = "containers-2024"
subject = "harbour"
measure = "turnover"
cargo   = "containers"
period  = "2024"
value   = "21 t"
"#;

const PARTITION: &str = r#"
[qualifier.cargo]
total = "all"
tags  = ["partition"]

[measure."turnover"]
dimension  = "mass"
qualifiers = ["cargo", "period"]
tags       = ["amount"]
min        = 0
"#;

#[test]
fn one_mistake_is_told_once() {
    let folder = sound();
    write(folder.path(), "rules/measures.toml", PARTITION);
    write(folder.path(), "claims/parts.toml", PARTS);
    let ran = check(folder.path(), &["--all"]);
    assert_eq!(ran.findings(), ["error part-at-most-whole"], "{}", ran.err);
    let held_back = &ran.json()["suppressed"][0];
    assert_eq!(held_back["rule"], "stated-parts-within-whole");
    assert_eq!((&held_back["by"], &held_back["reason"]), (&"rule".into(), &"told by part-at-most-whole".into()));
    // a rule that is off speaks for none
    write(folder.path(), "kzcheck.toml", "[severity]\npart-at-most-whole = \"off\"\n");
    assert_eq!(check(folder.path(), &[]).findings(), ["error stated-parts-within-whole"]);
}

#[test]
fn a_rule_that_is_spoken_for_exists() {
    let folder = sound();
    let rule = "[[rule]]\nid = \"own\"\nsummary = \"Own\"\nterms.a = {}\nassert = \"a = 1 t\"\ninstead_of = [\"trade-balanse\"]\n";
    write(folder.path(), "rules/own.toml", rule);
    assert_eq!(
        check(folder.path(), &[]).problems(),
        ["rules/own.toml:6: there is no rule `trade-balanse` (did you mean `trade-balance`?)"]
    );
}
