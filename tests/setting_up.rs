//! From an empty folder to a checked one: `init`, `fmt`, completions, manual pages, the version, `-v`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod harbour;

use harbour::{check, commit, git, read, run, write};

#[test]
fn init_sets_up_a_project_that_checks_clean() {
    let folder = tempfile::TempDir::new().unwrap();
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    let dry = run(root, &["init", "--dry-run"]);
    assert_eq!((dry.code, std::fs::read_dir(root).unwrap().count()), (0, 1));
    for shown in
        ["would write: kzcheck.toml\n", "would write: claims/first.toml\n", "would write: .git/hooks/pre-commit\n"]
    {
        assert!(dry.out.contains(shown), "{}", dry.out);
    }
    let ran = run(root, &["init"]);
    insta::assert_snapshot!("init", ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let checked = check(root, &[]);
    assert_eq!((checked.code, checked.problems(), checked.findings()), (0, vec![], vec![]));
    assert_eq!(run(root, &["fmt", "--check"]).code, 0, "the first file is laid out as fmt does it");
    write(root, "kzcheck.toml", "# mine\n");
    let again = run(root, &["init"]);
    assert!(again.out.contains("there already: kzcheck.toml\n") && again.out.contains("there already: claims\n"));
    assert_eq!(read(root, "kzcheck.toml"), "# mine\n");
}

#[test]
fn init_leaves_hooks_to_those_who_manage_them() {
    let folder = tempfile::TempDir::new().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    write(folder.path(), ".pre-commit-config.yaml", "repos: []\n");
    let ran = run(folder.path(), &["init"]);
    assert!(ran.out.contains("to do: add the hook of kzcheck to `.pre-commit-config.yaml`"), "{}", ran.out);
    assert!(!folder.path().join(".git/hooks/pre-commit").exists());
    let bare = tempfile::TempDir::new().unwrap();
    assert!(!run(bare.path(), &["init"]).out.contains("hook"));
    assert_eq!(run(bare.path(), &["init", "nowhere"]).code, 2);
}

#[cfg(unix)]
#[test]
fn the_hook_of_init_blocks_a_commit_that_breaks_a_sum() {
    let folder = harbour::sound();
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    run(root, &["init"]);
    let program = assert_cmd::cargo::cargo_bin("kzcheck");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let commits = || {
        git(root, &["add", "--all"]);
        let mut command = std::process::Command::new("git");
        command.current_dir(root).env("PATH", &path);
        command.args(["-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-q", "-m", "m"]);
        command.output().unwrap().status.success()
    };
    assert!(commits());
    harbour::edit(root, "claims/cargo.toml", "\"51 t\"", "\"58 t\"");
    assert!(!commits());
    harbour::edit(root, "claims/cargo.toml", "\"40 t\"", "\"33 t\"");
    assert!(commits());
}

#[test]
fn fmt_lays_out_what_differs_and_nothing_else() {
    let folder = harbour::sound();
    let root = folder.path();
    write(
        root,
        "claims/a.toml",
        "[subject.harbour]\nnames.en=[\"The harbour\"]\n[[claim]]\nvalue=\"1000 t\"\nid=\"a\"\n",
    );
    write(root, "claims/broken.toml", "[[claim]\n");
    let checked = run(root, &["fmt", "--check", "claims/a.toml"]);
    assert_eq!((checked.code, checked.out.as_str()), (1, "would change: claims/a.toml\n1 file, 1 would change\n"));
    let ran = run(root, &["fmt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "changed: claims/a.toml\n3 files, 1 changed\n"));
    assert!(ran.err.contains("problem: claims/broken.toml: "), "{}", ran.err);
    insta::assert_snapshot!("laid_out", read(root, "claims/a.toml"));
    assert_eq!(read(root, "claims/broken.toml"), "[[claim]\n");
    assert_eq!(run(root, &["fmt", "--check", "claims/a.toml", "claims/cargo.toml"]).code, 0);
    write(root, "kzcheck.toml", "exclude = [\"broken.toml\"]");
    assert_eq!(run(root, &["fmt", "--check"]).code, 0);
}

#[test]
fn completions_and_manual_pages_name_the_commands() {
    let folder = tempfile::TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("baseline"), "{shell}");
    }
    let page = run(folder.path(), &["man"]);
    assert!(page.out.contains(".TH kzcheck 1") && page.out.contains("kzcheck\\-baseline"), "{}", page.out);
    let page = run(folder.path(), &["man", "check"]);
    assert!(page.out.contains("\\-\\-since") && page.out.contains("kzcheck\\-check"), "{}", page.out);
    assert_eq!(run(folder.path(), &["man", "nothing"]).code, 2);
    assert!(run(folder.path(), &["--version"]).out.starts_with(&format!("kzcheck {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn verbose_tells_what_took_part() {
    let folder = harbour::broken();
    write(folder.path(), "kzcheck.toml", "exclude = [\"old.toml\"]");
    write(folder.path(), "claims/old.toml", "");
    commit(folder.path());
    let ran = check(folder.path(), &["-v"]);
    assert_eq!(ran.findings(), ["error claims-agree"]);
    for said in [
        "configuration: kzcheck.toml\n",
        "own rules: 1\n  rules/measures.toml\n",
        "claims: 2\n  claims/cargo.toml\n  claims/years.toml\n",
        "excluded: 1\n  claims/old.toml, by `old.toml` in kzcheck.toml:1\n",
        "  cargo-adds-up 1 check\n",
        "rules that never fired: ",
        "time: configuration ",
    ] {
        assert!(ran.err.contains(said), "{said} in {}", ran.err);
    }
    assert!(ran.json().get("checks").is_none());
}
