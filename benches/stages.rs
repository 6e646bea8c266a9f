//! Where the time and the memory of `kzcheck check` go: each stage in turn, within one process.
//!
//! `cargo bench --bench stages -- FOLDER`, for a project folder, for instance one that
//! `cargo bench --bench check -- generate 100000 FOLDER` has made.
#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::path::Path;
use std::time::Instant;

use kzcheck::check::facts::Facts;
use kzcheck::check::ground::ground;
use kzcheck::check::{Options, Readings};
use kzcheck::figure::Rounding;
use kzcheck::project::{self, Project};

fn main() {
    let folder = std::env::args().skip(1).find(|argument| argument != "--bench").unwrap_or_else(|| ".".to_owned());
    let mut problems = Vec::new();
    println!("| stage | time | resident after | peak so far |\n| --- | ---: | ---: | ---: |");
    let project = stage("find the project", || Project::find(Path::new(&folder), &mut problems));
    let rules = stage("load the rules", || project::rules::load(&project, &mut problems));
    let selection = stage("find the files", || project.select(&[], false, &mut problems));
    let claims = stage("read the claims", || kzcheck::claims::read(&selection.claim_files, &rules));
    let facts = stage("facts", || Facts::of(&claims, &rules.vocabulary));
    let checks = stage("ground", || ground(&rules, &claims, &facts));
    let counts = (claims.claims.len(), facts.len(), checks.len());
    drop((facts, checks));
    let options = Options {
        readings: Readings::Both,
        rounding: Rounding::Nearest,
        keep_all: false,
        is_whole_project: selection.is_whole_project,
        standings: None,
        figures: None,
        joint: false,
    };
    let outcome = stage("run (facts and ground again)", || kzcheck::check::run(&rules, &claims, &options));
    stage("drop it all", || drop((claims, rules)));
    let (claims, facts, checks) = counts;
    println!("\n{claims} claims, {facts} facts, {checks} grounded checks, {} findings.", outcome.findings.len());
    println!(
        "Bytes: Claim {}, Value {}, Check {}, Name {}.",
        size_of::<kzcheck::claims::Claim>(),
        size_of::<kzcheck::figure::Value>(),
        size_of::<kzcheck::check::ground::Check>(),
        size_of::<kzcheck::rules::Name>()
    );
}

fn stage<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let time = start.elapsed().as_secs_f64() * 1e3;
    println!("| {name} | {time:.1} ms | {} | {} |", memory("VmRSS:"), memory("VmHWM:"));
    result
}

/// Of this process, in megabytes, where the system says so.
fn memory(key: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    line.map_or_else(|| "–".to_owned(), |kilobytes| format!("{} MB", kilobytes * 1024 / 1_000_000))
}
