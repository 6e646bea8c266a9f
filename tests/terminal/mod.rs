//! `kzcheck` as a user runs it: files written into a folder, the program run there, and what it printed.
#![allow(dead_code, reason = "each test binary uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::path::Path;
use std::process::Command as Process;

use assert_cmd::Command;

pub fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Replaces a part of a file that stands there once.
pub fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let text = read(folder, name);
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    write(folder, name, text.replace(from, to));
}

/// What a run printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// `severity rule` of every finding.
    pub fn findings(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap().iter();
        findings
            .map(|found| format!("{} {}", found["severity"].as_str().unwrap(), found["rule"].as_str().unwrap()))
            .collect()
    }

    pub fn problems(&self) -> Vec<String> {
        let json = self.json();
        let problems = json["problems"].as_array().unwrap().iter();
        problems
            .map(|found| {
                let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
                format!("{}:{}: {} ({})", text("file"), found["line"], text("message"), text("help"))
            })
            .collect()
    }
}

/// The program, to be run in a folder. Nothing of the environment decides what is printed.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("kzcheck").unwrap();
    for (name, _) in std::env::vars_os().filter(|(name, _)| name != "PATH") {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments);
    command
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command(folder, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// `kzcheck check --format json` with further arguments.
pub fn check(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["check", "--format", "json"], arguments].concat())
}

/// Runs git in a folder, as nobody in particular.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Process::new("git")
        .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Commits everything and gives the revision.
pub fn commit(folder: &Path) -> String {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet"]);
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "a state"]);
    git(folder, &["rev-parse", "HEAD"])
}
