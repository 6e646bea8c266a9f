//! `--output`, `--exit-zero`, `--max-findings`: what is written where, and what the exit code is.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::scratch::{broken, clean, hostile, many, single};

const FORMATS: &[&str] = &["human", "narrated", "json", "sarif", "github", "gitlab", "junit", "markdown"];

#[test]
fn the_format_never_changes_the_exit_code() {
    for format in FORMATS {
        for (scratch, code, code_zero) in [(clean(), 0, 0), (single(), 1, 0), (broken(), 2, 2)] {
            assert_eq!(scratch.run(&["--format", format]).code, code, "{format}");
            assert_eq!(scratch.run(&["--format", format, "--exit-zero"]).code, code_zero, "{format}");
        }
    }
}

#[test]
fn every_format_can_be_written_beside_another() {
    let scratch = hostile();
    let outputs: Vec<String> = FORMATS.iter().map(|format| format!("--output={format}=out.{format}")).collect();
    let mut arguments = vec!["--format", "json"];
    arguments.extend(outputs.iter().map(String::as_str));
    let ran = scratch.run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for format in FORMATS {
        let written = scratch.read(&format!("out.{format}"));
        assert_eq!(written, scratch.run(&["--format", format]).out, "{format}");
    }
    let names: Vec<String> = std::fs::read_dir(scratch.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn what_cannot_be_written_is_a_problem_and_the_rest_is_written() {
    let scratch = single();
    scratch.write("kept.md", "old");
    let mut permissions = std::fs::metadata(scratch.root().join("kept.md")).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(scratch.root().join("kept.md"), permissions).unwrap();
    let arguments = [
        "--format=json",
        "--exit-zero",
        "--output=markdown=kept.md",
        "--output=sarif=missing/a.sarif",
        "--output=junit=a.xml",
        "--output=json=a.xml",
        "--output=github=claims",
    ];
    let ran = scratch.run(&arguments);
    assert_eq!(ran.code, 2);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let files: Vec<&str> =
        json["problems"].as_array().unwrap().iter().map(|problem| problem["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["kept.md", "missing/a.sarif", "a.xml", "claims"]);
    assert_eq!(json["summary"]["problems"], 4);
    assert!(ran.err.contains("read-only"), "{}", ran.err);
    assert_eq!(scratch.read("kept.md"), "old");
    assert!(scratch.read("a.xml").starts_with("<?xml"));
}

#[test]
fn a_wrong_output_is_bad_usage() {
    for output in ["--output=xml=a", "--output=sarif", "--output=sarif=", "--output=sarif=-", "--max-findings=x"] {
        assert_eq!(single().run(&[output]).code, 2, "{output}");
    }
}

#[test]
fn a_cap_shows_fewer_and_counts_all() {
    let scratch = many(30);
    for format in FORMATS {
        let ran = scratch.run(&["--format", format, "--max-findings", "7"]);
        assert_eq!(ran.code, 1, "{format}");
        // a claim stands in one finding only
        let shown = (0..30).filter(|number| ran.out.contains(&format!("length-{number}-a"))).count();
        let shown =
            if *format == "markdown" || *format == "gitlab" { ran.out.matches("claims-agree").count() } else { shown };
        assert_eq!(shown, 7, "{format}: {}", ran.out);
        if *format != "gitlab" {
            assert!(ran.out.contains("23"), "{format}: {}", ran.out);
        }
        assert_eq!(scratch.run(&["--format", format, "--max-findings", "0"]).code, 1, "{format}");
    }
    let json: Value = serde_json::from_str(&scratch.run(&["--format=json", "--max-findings=7"]).out).unwrap();
    assert_eq!(json["summary"]["errors"], 30);
    assert_eq!(json["summary"]["not_shown"], 23);
}

#[test]
fn a_cap_keeps_the_worst() {
    let json: Value = serde_json::from_str(&hostile().run(&["--format=json", "--max-findings=1"]).out).unwrap();
    assert_eq!(json["findings"][0]["severity"], "error");
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let scratch = many(300);
    for format in FORMATS {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("kzcheck"))
            .current_dir(scratch.root())
            .args(["check", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert!(output.stderr.is_empty(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    }
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("kzcheck"));
        let output =
            command.current_dir(scratch.root()).args(["check", "--format=json"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be printed"));
    }
}
