//! Random networks against an independent judge: a linear program in Python, where `scipy` is installed.
//!
//! `KZCHECK_ORACLE_PROJECTS` sets how many projects of forty networks are made; one by default.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test says what it skips")]

use std::process::Command;

#[test]
fn no_network_with_a_world_is_accused() {
    let has_judge = Command::new("python3").args(["-c", "import scipy"]).output().is_ok_and(|run| run.status.success());
    if !has_judge {
        eprintln!("skipped: python3 with scipy is not installed");
        return;
    }
    let projects = std::env::var("KZCHECK_ORACLE_PROJECTS").unwrap_or_else(|_| "1".to_owned());
    let output = Command::new("python3")
        .args(["tests/oracle/networks.py", env!("CARGO_BIN_EXE_kzcheck"), &projects, "5"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let counts: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"));
    assert_eq!(counts["false"], 0, "{counts:#}");
    assert_eq!(counts["conflicts that are none"], 0, "{counts:#}");
}
