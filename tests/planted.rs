//! Of twenty thousand claims, exactly the planted contradictions are found.

#[path = "../benches/generate.rs"]
#[expect(dead_code, reason = "the benchmark uses the rest")]
mod generate;

use std::fs;
use std::process::Command;

use generate::generate;

#[test]
fn every_planted_contradiction_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("kzcheck.toml"), "").expect("written");
    let planted = generate(20_000, |file| {
        let path = folder.path().join(file.path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, file.text).expect("written");
    });
    let output = Command::new(env!("CARGO_BIN_EXE_kzcheck"))
        .args(["check", "--format", "json"])
        .current_dir(folder.path())
        .output()
        .expect("runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["problems"], serde_json::json!([]));
    assert_eq!(report["summary"]["claims"], 20_000);
    let word = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let mut found: Vec<(String, Option<String>, Vec<String>)> = Vec::new();
    for finding in report["findings"].as_array().expect("findings") {
        let mut claims: Vec<String> =
            finding["claims"].as_array().expect("claims").iter().filter_map(|claim| word(&claim["id"])).collect();
        claims.sort();
        assert_eq!(finding["verdict"], "impossible", "{finding:#}");
        found.push((word(&finding["rule"]).expect("a rule"), word(&finding["check"]), claims));
    }
    found.sort();
    let expected: Vec<(String, Option<String>, Vec<String>)> =
        planted.into_iter().map(|planted| (planted.rule.to_owned(), planted.check, planted.claims)).collect();
    assert_eq!(expected.len(), 28, "the plan of the generator has changed");
    let missing: Vec<_> = expected.iter().filter(|planted| !found.contains(planted)).collect();
    let noise: Vec<_> = found.iter().filter(|finding| !expected.contains(finding)).take(10).collect();
    assert!(missing.is_empty() && noise.is_empty(), "missing: {missing:#?}, noise (at most ten): {noise:#?}");
    assert_eq!(found.len(), expected.len(), "something is reported twice");
    assert_eq!(output.status.code(), Some(1));
}
