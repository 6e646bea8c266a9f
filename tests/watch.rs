//! `kzcheck watch`: a change is checked at once, and so is a change of the configuration.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod harbour;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use harbour::{edit, write};

/// Waits for a line of the output.
fn wait_for(lines: &Receiver<String>, what: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    let mut seen = Vec::new();
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        if line.contains(what) {
            return;
        }
        seen.push(line);
    }
    panic!("`{what}` is not in {seen:?}");
}

#[test]
fn changes_are_checked_as_they_come() {
    let folder = harbour::sound();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("kzcheck"))
        .arg("watch")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (sender, lines) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    wait_for(&lines, "nothing found");
    edit(folder.path(), "claims/cargo.toml", "\"51 t\"", "\"58 t\"");
    wait_for(&lines, "1 error");
    write(folder.path(), "kzcheck.toml", "[severity]\ncargo-adds-up = \"note\"");
    wait_for(&lines, "1 note");
    edit(folder.path(), "claims/cargo.toml", "\"58 t\"", "\"51 t\"");
    wait_for(&lines, "nothing found");
    child.kill().unwrap();
    child.wait().unwrap();
}
