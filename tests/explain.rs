//! `kzcheck explain`: rules and checks of claim files, explained for people, as Markdown and as JSON.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod iceland;

use iceland::run;
use kzcheck::project::Project;
use kzcheck::rulebook::{Explanation, Rulebook};

#[test]
fn a_rule_with_patterns() {
    let folder = iceland::project();
    let ran = run(folder.path(), &["explain", "catch-within-quota"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!("patterns_human", ran.out);
    let page = run(folder.path(), &["explain", "catch-within-quota", "--format", "markdown"]);
    insta::assert_snapshot!("patterns_markdown", page.out);
    let json = run(folder.path(), &["explain", "catch-within-quota", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    insta::assert_json_snapshot!("patterns_json", value);
}

#[test]
fn a_rule_for_any_measure_says_which_it_fits() {
    let ran = run(iceland::project().path(), &["explain", "catch-grows-each-season"]);
    insta::assert_snapshot!("generic_human", ran.out);
}

#[test]
fn a_rule_that_is_bound_by_name_says_how() {
    let folder = iceland::project();
    let ran = run(folder.path(), &["explain", "landed-in-turn"]);
    insta::assert_snapshot!("bound_human", ran.out);
    let page = run(folder.path(), &["explain", "landed-in-turn", "--format", "markdown"]);
    insta::assert_snapshot!("bound_markdown", page.out);
}

#[test]
fn checks_of_claim_files_are_explained_too() {
    let folder = iceland::project();
    let own = run(folder.path(), &["explain", "seasons-ends"]);
    assert_eq!((own.code, own.err.as_str()), (0, ""));
    insta::assert_snapshot!("check_human", own.out);
    let bound = run(folder.path(), &["explain", "landings", "--format", "markdown"]);
    insta::assert_snapshot!("check_markdown", bound.out);
}

#[test]
fn without_a_rule_all_are_listed_by_theme() {
    let folder = iceland::project();
    let ran = run(folder.path(), &["explain"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    // the project's own come first; what the shipped ones say is theirs
    let own: String = ran.out.split("\n\n").next().unwrap().to_owned();
    insta::assert_snapshot!("list_human", own);
    let markdown = run(folder.path(), &["explain", "--format", "markdown"]).out;
    assert!(
        markdown
            .contains("| [landed-in-turn](landed-in-turn.md) | error | Landings follow one another (bound by name) |")
    );
    let json: serde_json::Value =
        serde_json::from_str(&run(folder.path(), &["explain", "--format", "json"]).out).unwrap();
    insta::assert_json_snapshot!("list_json", json["themes"][0]);
}

#[test]
fn an_unknown_id_is_trouble_and_the_nearest_is_named() {
    let folder = iceland::project();
    for (id, near) in
        [("landed-in-trun", "landed-in-turn"), ("season-ends", "seasons-ends"), ("quota", "catch-within-quota")]
    {
        let ran = run(folder.path(), &["explain", id]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{id}");
        assert_eq!(ran.err, format!("problem: no rule is called `{id}`\n  help: did you mean `{near}`?\n\n"));
    }
    let ran = run(folder.path(), &["explain", "xyzzy"]);
    assert_eq!(ran.err, "problem: no rule is called `xyzzy`\n  help: `kzcheck explain` lists the rules\n\n");
}

#[test]
fn outside_of_any_project_the_shipped_rules_are_explained() {
    let folder = tempfile::TempDir::new().unwrap();
    let ran = run(folder.path(), &["explain", "claims-agree"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Defined in rules/agreement.toml, which comes with kzcheck, line"), "{}", ran.out);
}

#[test]
fn what_would_disturb_a_terminal_is_written_out() {
    let rule = "[[rule]]\nid = \"x\"\nsummary = \"A \\u001b[31m red \\u202e one\"\nterms.a = {}\nterms.b = {}\nassert = \"a = b\"\n";
    let ran = run(iceland::with_rules(rule).path(), &["explain", "x"]);
    assert!(ran.out.contains(r"A ␛[31m red \u{202e} one"), "{}", ran.out);
}

#[test]
fn every_shipped_rule_can_be_explained() {
    let folder = tempfile::TempDir::new().unwrap();
    let project = Project::find(folder.path(), &mut Vec::new());
    let rules = kzcheck::project::rules::load(&project, &mut Vec::new());
    let book = Rulebook::open(&project, &rules);
    for rule in &rules.rules {
        let explanation = Explanation::new(&book, rule);
        assert_eq!(explanation.terms.len(), rule.terms.len(), "{}", rule.id);
        assert_eq!(explanation.hints.len(), rule.hints.len(), "{}", rule.id);
        assert!(!explanation.why.is_empty(), "{} does not say why", rule.id);
        let (human, page) = (explanation.human(), explanation.markdown());
        assert!(human.lines().all(|line| line.chars().count() <= 160), "{human}");
        assert!(page.starts_with(&format!("# {}\n", rule.id)) && page.matches("```").count() % 2 == 0, "{page}");
        assert!(!page.contains("\n\n\n"), "{page}");
    }
}
