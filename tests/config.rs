//! `kzcheck.toml`: what it decides, how its mistakes are told, and which of several holds.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod harbour;

use harbour::{check, run, write};

#[test]
fn without_a_configuration_the_defaults_hold() {
    let folder = harbour::broken();
    assert_eq!(check(folder.path(), &[]).findings(), ["error claims-agree"]);
    let shown = run(folder.path(), &["config"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    let lines: Vec<&str> = shown.out.lines().skip(1).collect();
    insta::assert_snapshot!("defaults", lines.join("\n"));
}

#[test]
fn each_value_is_shown_with_its_origin_and_what_is_shown_says_the_same() {
    let folder = harbour::broken();
    write(folder.path(), "house.toml", "fail-on = \"warning\"\nreading = \"loose\"\nexclude = [\"*.draft.toml\"]\n");
    let own = "extend = \"house.toml\"\nreading = \"tight\"\nrules-version = \"0.1\"\nclaims = [\"claims\"]\n\n[documents]\n\
        report = \"../texts/report.txt\"\n\n[severity]\nclaims-agree = \"note\"\n\n[[override]]\nfiles = [\"claims/old/**\"]\n\
        severity = { claims-agree = \"off\" }\n";
    write(folder.path(), "kzcheck.toml", own);
    let shown = run(folder.path(), &["config", "claims/years.toml"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    let text = shown.out.lines().skip(1).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("origins", text);
    write(folder.path(), "kzcheck.toml", &text);
    let again = run(folder.path(), &["config"]).out;
    let values = |text: &str| text.parse::<toml::Table>().unwrap();
    assert_eq!(values(&again), values(&text));
}

#[test]
fn severities_by_rule_and_by_file() {
    let folder = harbour::broken();
    let says = |text: &str| {
        write(folder.path(), "kzcheck.toml", text);
        let ran = check(folder.path(), &[]);
        assert_eq!(ran.problems(), [""; 0]);
        (ran.code, ran.findings())
    };
    assert_eq!(says("[severity]\nclaims-agree = \"warning\""), (0, vec!["warning claims-agree".to_owned()]));
    assert_eq!(says("fail-on = \"warning\"\n[severity]\nclaims-agree = \"warning\"").0, 1);
    assert_eq!(says("[severity]\nclaims-agree = \"off\""), (0, vec![]));
    let in_files = |glob: &str| format!("[[override]]\nfiles = [\"{glob}\"]\nseverity = {{ claims-agree = \"note\" }}");
    assert_eq!(says(&in_files("claims/years.toml")), (0, vec!["note claims-agree".to_owned()]));
    assert_eq!(says(&in_files("cargo.toml")), (1, vec!["error claims-agree".to_owned()]));
}

#[test]
fn what_is_off_is_counted_and_listed() {
    let folder = harbour::broken();
    write(folder.path(), "kzcheck.toml", "[severity]\nclaims-agree = \"off\"");
    let json = check(folder.path(), &["--all"]).json();
    assert_eq!(json["summary"]["held_back"], 1);
    assert_eq!(json["suppressed"][0]["by"], "configuration");
    assert_eq!(json["suppressed"][0]["reason"], "off in kzcheck.toml:2");
}

#[test]
fn a_check_of_a_claim_file_has_its_severity_too() {
    let folder = harbour::sound();
    harbour::edit(folder.path(), "claims/cargo.toml", "\"51 t\"", "\"58 t\"");
    assert_eq!(check(folder.path(), &[]).findings(), ["error cargo-adds-up"]);
    write(folder.path(), "kzcheck.toml", "[severity]\ncargo-adds-up = \"note\"");
    assert_eq!(check(folder.path(), &[]).findings(), ["note cargo-adds-up"]);
}

#[test]
fn rules_newer_than_the_project_report_notes() {
    let folder = harbour::sound();
    let rule = |since: &str| {
        format!(
            "[[rule]]\nid = \"little\"\nsummary = \"Little is moved\"\nsince = \"{since}\"\n\
             terms.all = {{ measure = \"turnover\" }}\nassert = \"all < 50 t\"\n"
        )
    };
    write(folder.path(), "kzcheck.toml", "rules-version = \"0.0.9\"");
    write(folder.path(), "rules/own.toml", rule("0.1"));
    let found = check(folder.path(), &[]);
    assert_eq!((found.code, found.findings()), (0, vec!["note little".to_owned(); 2]));
    write(folder.path(), "rules/own.toml", rule("0.0.9"));
    assert_eq!(check(folder.path(), &[]).code, 1);
    write(folder.path(), "rules/own.toml", rule("new"));
    assert_eq!(
        check(folder.path(), &[]).problems(),
        ["rules/own.toml:4: `new` is no version (write the version of kzcheck: `since = \"0.1\"`)"]
    );
}

#[test]
fn excludes_hold_for_files_that_are_named() {
    let folder = harbour::broken();
    write(folder.path(), "kzcheck.toml", "exclude = [\"claims/years.toml\"]");
    assert_eq!(check(folder.path(), &[]).findings(), [""; 0]);
    let named = check(folder.path(), &["claims/years.toml"]);
    assert_eq!((named.code, named.json()["summary"]["files"].as_u64()), (0, Some(0)));
    assert_eq!(
        named.err,
        "note: `claims/years.toml` is excluded by `claims/years.toml` in kzcheck.toml:1; `--no-exclude` checks it all the same\n"
    );
    assert_eq!(check(folder.path(), &["--no-exclude", "claims/years.toml"]).findings(), ["error claims-agree"]);
}

#[test]
fn folders_are_where_the_configuration_says() {
    let folder = harbour::broken();
    std::fs::rename(folder.path().join("claims"), folder.path().join("figures")).unwrap();
    std::fs::rename(folder.path().join("rules"), folder.path().join("knowledge")).unwrap();
    write(folder.path(), "kzcheck.toml", "claims = [\"figures\"]\nrules = [\"knowledge\"]");
    assert_eq!(check(folder.path(), &[]).findings(), ["error claims-agree"]);
    write(folder.path(), "kzcheck.toml", "claims = [\"figures\", \"gone\"]\nrules = [\"knowledge\"]");
    let ran = check(folder.path(), &[]);
    assert_eq!((ran.code, ran.problems()), (2, vec!["kzcheck.toml:1: there is no folder `gone` ()".to_owned()]));
    assert_eq!(ran.findings(), ["error claims-agree"]);
}

#[test]
fn the_nearest_configuration_holds_and_the_command_line_goes_before_it() {
    let folder = harbour::broken();
    write(folder.path(), "kzcheck.toml", "[severity]\nclaims-agree = \"note\"");
    let inner = folder.path().join("inner");
    std::fs::create_dir_all(inner.join("claims")).unwrap();
    write(&inner, "kzcheck.toml", "fail-on = \"note\"");
    write(&inner, "rules/measures.toml", harbour::RULES);
    write(&inner, "claims/years.toml", harbour::YEARS);
    assert_eq!(check(&inner, &[]).findings(), ["error claims-agree"]);
    assert_eq!(check(folder.path(), &["--fail-on", "note"]).code, 1);
    assert_eq!(check(&inner, &["--fail-on", "error"]).code, 1);
}

#[test]
fn a_missing_document_can_be_a_problem() {
    let folder = harbour::sound();
    write(folder.path(), "kzcheck.toml", "[documents]\nreport = \"../report.txt\"");
    assert_eq!(check(folder.path(), &[]).code, 0);
    write(folder.path(), "kzcheck.toml", "missing-document = \"problem\"\n[documents]\nreport = \"gone/report.txt\"");
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.problems(),
        [
            "kzcheck.toml:3: the document `report` is not there: gone/report.txt (fetch it, or write `missing-document = \"note\"` in kzcheck.toml)"
        ]
    );
}

#[test]
fn mistakes_are_told_with_their_place() {
    let folder = harbour::sound();
    let mut told = String::new();
    for text in [
        "exclud = []",
        "[severity]\nclaims-agre = \"note\"",
        "[severity]\nclaims-agree = \"fatal\"",
        "exclude = [\"a/{b\"]",
        "rules-version = \"9.1\"",
        "rules-version = \"new\"",
        "extend = \"kzcheck.toml\"",
        "extend = \"gone.toml\"",
        "extend = \"/etc/passwd\"",
        "fail-on = 3",
        "[documents]\nreport = ",
    ] {
        write(folder.path(), "kzcheck.toml", text);
        let ran = check(folder.path(), &[]);
        assert_eq!(ran.code, 2, "{text}");
        told.push_str(&format!("{text}\n    {}\n", ran.problems().join("\n    ")));
    }
    insta::assert_snapshot!("mistakes", told);
}

#[test]
fn configurations_that_extend_each_other_in_a_circle_are_told() {
    let folder = harbour::sound();
    write(folder.path(), "kzcheck.toml", "extend = \"shared/a.toml\"");
    write(folder.path(), "shared/a.toml", "extend = \"b.toml\"\nfail-on = \"note\"");
    write(folder.path(), "shared/b.toml", "extend = \"../kzcheck.toml\"");
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.problems(),
        ["shared/b.toml:1: this configuration extends itself in the end (remove one `extend` of the circle)"]
    );
}

#[test]
fn what_looks_like_a_configuration_and_is_none_is_pointed_out() {
    let folder = harbour::sound();
    write(folder.path(), ".kzcheck.toml", "fail-on = \"note\"");
    write(folder.path(), "kzcheck.yml", "");
    let note =
        |name: &str| format!("note: `{name}` is not read; the configuration of kzcheck is called `kzcheck.toml`\n");
    let ran = check(folder.path(), &[]);
    assert_eq!((ran.code, ran.err), (0, note(".kzcheck.toml") + &note("kzcheck.yml")));
    assert!(run(folder.path(), &["config"]).err.contains("`.kzcheck.toml` is not read"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = harbour::sound();
    let outside = tempfile::TempDir::new().unwrap();
    write(outside.path(), "secret.toml", "token = \"very secret\"\n");
    symlink(outside.path().join("secret.toml"), folder.path().join("claims/linked.toml")).unwrap();
    symlink(outside.path(), folder.path().join("claims/folder")).unwrap();
    symlink(outside.path().join("secret.toml"), folder.path().join("rules/linked.toml")).unwrap();
    for arguments in [&[][..], &["claims/linked.toml"], &["claims/folder"]] {
        let ran = check(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.problems().iter().any(|problem| problem.contains("this link leads out of the repository")));
        assert!(!ran.out.contains("very secret") && !ran.err.contains("very secret"), "{}", ran.out);
    }
    symlink(outside.path().join("secret.toml"), folder.path().join("kzcheck.toml")).unwrap();
    let ran = run(folder.path(), &["check"]);
    assert!(ran.code == 2 && !ran.err.contains("very secret"), "{}", ran.err);
}

/// The ends in the machine format are those that decided.
#[test]
fn figures_that_are_cut_off_are_shown_so() {
    let folder = harbour::broken();
    let ends = |arguments: &[&str]| {
        let json = check(folder.path(), arguments).json();
        let claim = &json["findings"][0]["claims"][0];
        (claim["written"].to_string(), claim["low"].to_string(), claim["high"].to_string())
    };
    let all = |parts: [&str; 3]| (format!("{:?}", parts[0]), format!("{:?}", parts[1]), format!("{:?}", parts[2]));
    assert_eq!(ends(&[]), all(["88 t", "87.5", "88.5"]));
    assert_eq!(ends(&["--reading", "truncated"]), all(["88 t", "88", "89"]));
}
