//! Time and memory of `kzcheck check`, beside only parsing the same files and beside DuckDB; see `README.md`.
//!
//! Every measurement is a whole process, from its start to its end, so that what a user waits for is what is counted:
//! `cargo bench --bench check -- [--sizes 1000,10000] [--runs 5]` prints the table as Markdown.
//! `cargo bench --bench check -- generate 100000 FOLDER` only writes the claims.
//! `cargo bench --bench check -- joint 100000 [--runs 5]` is what looking at all claims together costs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its table")]

mod generate;
mod network;
mod process;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use process::{Cost, measure};
use rayon::prelude::*;
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Threads of every contestant.
const THREADS: &str = "2";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["generate", claims, folder] => generate_into(claims.parse()?, Path::new(folder)),
        ["generate-network", claims, folder] => generate_network(claims.parse()?, Path::new(folder)),
        ["joint", claims, ..] => joint(claims.parse()?, &words),
        ["verify", folder] => verify(Path::new(folder)),
        ["parse-serde", folder] => {
            parse(folder, |text| toml::from_str::<ClaimFile>(text).map_or(0, |file| file.size()))
        }
        ["parse-events", folder] => parse(folder, count_events),
        _ => compare(&words),
    }
}

// ---------------------------------------------------------------- what is measured

/// The check with and without the look at all claims together, on claims in small groups and in large ones.
fn joint(claims: usize, words: &[&str]) -> Result<()> {
    let at = words.iter().position(|word| *word == "--runs");
    let runs: usize = at.and_then(|at| words.get(at + 1)).unwrap_or(&"5").parse()?;
    println!("| claims | alone | together |\n| --- | ---: | ---: |");
    for (mode, what) in [("generate", "in small groups"), ("generate-network", "in groups of nearly a thousand")] {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("joint-{mode}-{claims}"));
        run_self(&[mode, &claims.to_string(), &folder.to_string_lossy()])?;
        let alone = measure(runs, || {
            let mut command = kzcheck(&folder);
            command.arg("--no-joint");
            command
        })?;
        let together = measure(runs, || kzcheck(&folder))?;
        println!("| {claims} {what} | {alone} | {together} |");
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

fn generate_network(claims: usize, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder.join("claims"))?;
    fs::write(folder.join("kzcheck.toml"), "")?;
    let mut outcome = Ok(());
    network::generate(claims, |file| {
        if outcome.is_ok() {
            outcome = fs::write(folder.join(&file.path), file.text);
        }
    });
    Ok(outcome?)
}

fn compare(words: &[&str]) -> Result<()> {
    let option = |name: &str| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1)).copied();
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    // `cargo test --benches` only wants to see that it runs
    let (sizes, runs) = if is_bench { ("1000,10000,100000,1000000", "5") } else { ("1000", "1") };
    let runs: usize = option("--runs").unwrap_or(runs).parse()?;
    let mut rows = Vec::new();
    for size in option("--sizes").unwrap_or(sizes).split(',') {
        let size: usize = size.parse()?;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("claims-{size}"));
        // by other processes: the kernel counts the memory of this one into the peak of every child
        run_self(&["generate", &size.to_string(), &folder.to_string_lossy()])?;
        run_self(&["verify", &folder.to_string_lossy()])?;
        rows.push(contestants(size, &folder, runs)?);
        if option("--keep").is_none() {
            fs::remove_dir_all(&folder)?;
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let study = measure(runs.max(3) * 7, || kzcheck(root))?;
    print_table(&rows, &study, runs);
    Ok(())
}

/// The costs of all contestants on one folder.
struct Row {
    size: usize,
    bytes: u64,
    check: Cost,
    serde: Cost,
    events: Cost,
    duckdb: Option<(Cost, Duration)>,
}

fn contestants(size: usize, folder: &Path, runs: usize) -> Result<Row> {
    // small inputs vary more, and cost nothing
    let runs = if size <= 10_000 { runs * 4 } else { runs };
    eprintln!("{size} claims, {runs} runs each");
    let program = std::env::current_exe()?;
    let parse = |mode: &str| {
        let mut command = std::process::Command::new(&program);
        command.args([mode, &folder.to_string_lossy()]).env("RAYON_NUM_THREADS", THREADS);
        command
    };
    let planted = planted(folder)?;
    Ok(Row {
        size,
        bytes: fs::read_to_string(folder.join("bytes.txt"))?.trim().parse()?,
        check: measure(runs, || kzcheck(folder))?,
        serde: measure(runs, || parse("parse-serde"))?,
        events: measure(runs, || parse("parse-events"))?,
        duckdb: duckdb(folder, planted, runs)?,
    })
}

/// How many contradictions were planted.
fn planted(folder: &Path) -> Result<usize> {
    Ok(fs::read_to_string(folder.join("planted.txt"))?.lines().count())
}

/// A fast program that finds the wrong things would be no news.
fn verify(folder: &Path) -> Result<()> {
    let output = kzcheck(folder).output()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let found = report["findings"].as_array().map_or(0, Vec::len);
    let planted = planted(folder)?;
    if found == planted && report["summary"]["problems"] == 0 {
        return Ok(());
    }
    Err(format!("{planted} contradictions were planted and {found} found").into())
}

fn kzcheck(folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kzcheck"));
    command.args(["check", "--format", "json"]).current_dir(folder).env("RAYON_NUM_THREADS", THREADS);
    command
}

/// The same checks in SQL, where a Python with the package `duckdb` is at hand (`KZCHECK_PYTHON`, else `python3`).
fn duckdb(folder: &Path, planted: usize, runs: usize) -> Result<Option<(Cost, Duration)>> {
    let python = std::env::var("KZCHECK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/duckdb_checks.py");
    let command = |what: &str| {
        let mut command = std::process::Command::new(&python);
        command.arg(&script).arg(what).arg(folder).arg(THREADS);
        command
    };
    if !command("prepare").output().is_ok_and(|output| output.status.success()) {
        eprintln!("without DuckDB: {python} has no package `duckdb`");
        return Ok(None);
    }
    let mut queries = Vec::new();
    for _ in 0..runs {
        let output = String::from_utf8(command("check").output()?.stdout)?;
        let (found, seconds) = output.trim().split_once(' ').ok_or("DuckDB printed no result")?;
        if found.parse() != Ok(planted) {
            return Err(format!("{planted} contradictions were planted and DuckDB found {found}").into());
        }
        queries.push(Duration::from_secs_f64(seconds.parse()?));
    }
    queries.sort();
    Ok(Some((measure(runs, || command("check"))?, queries[queries.len() / 2])))
}

fn run_self(arguments: &[&str]) -> Result<()> {
    let status = std::process::Command::new(std::env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("{arguments:?} failed").into()) }
}

// ---------------------------------------------------------------- the table

fn print_table(rows: &[Row], study: &Cost, runs: usize) {
    println!("Median of {runs} runs or more (the fastest; processor time), peak memory; {THREADS} threads.\n");
    println!(
        "| claims | TOML | kzcheck check | toml + serde | toml_parser events | DuckDB, queries only | DuckDB, process |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in rows {
        let (process, queries) = match &row.duckdb {
            Some((cost, queries)) => (cost.to_string(), milliseconds(*queries)),
            None => ("–".to_owned(), "–".to_owned()),
        };
        println!(
            "| {} | {:.1} MB | **{}** | {} | {} | {queries} | {process} |",
            row.size,
            row.bytes as f64 / 1e6,
            row.check,
            row.serde,
            row.events,
        );
    }
    println!("\nThe claims of this repository, from the start of the program to its verdict: {study}.");
    let _ = std::io::stdout().flush();
}

/// With three digits.
fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    let decimals = if milliseconds < 10.0 { 2 } else { usize::from(milliseconds < 100.0) };
    format!("{milliseconds:.decimals$} ms")
}

// ---------------------------------------------------------------- the claims

/// Writes the claims, and beside them what was planted and the same claims as a table.
fn generate_into(claims: usize, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("kzcheck.toml"), "")?;
    let mut rows = std::io::BufWriter::new(fs::File::create(folder.join("claims.csv"))?);
    writeln!(rows, "{}", generate::COLUMNS)?;
    let mut bytes = 0;
    let mut outcome: Result<()> = Ok(());
    let planted = generate::generate(claims, |file| {
        let write = || -> Result<()> {
            let path = folder.join(&file.path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            rows.write_all(file.rows.as_bytes())?;
            bytes += file.text.len();
            Ok(fs::write(path, file.text)?)
        };
        if outcome.is_ok() {
            outcome = write();
        }
    });
    outcome?;
    rows.flush()?;
    fs::write(folder.join("bytes.txt"), bytes.to_string())?;
    let list = planted.iter().map(|planted| {
        let check = planted.check.as_deref().unwrap_or("-");
        format!("{} {check} {}\n", planted.rule, planted.claims.join(" "))
    });
    Ok(fs::write(folder.join("planted.txt"), list.collect::<String>())?)
}

// ---------------------------------------------------------------- only parsing

/// Reads every claim file, two threads at a time, and adds up what `read` says of each.
fn parse(folder: &str, read: impl Fn(&str) -> usize + Sync) -> Result<()> {
    let mut files: Vec<PathBuf> = Vec::new();
    for part in fs::read_dir(Path::new(folder).join("claims"))? {
        for file in fs::read_dir(part?.path())? {
            files.push(file?.path());
        }
    }
    files.sort();
    let size: usize = files.par_iter().map(|file| fs::read_to_string(file).map_or(0, |text| read(&text))).sum();
    println!("{size}");
    Ok(())
}

/// A claim file as serde would have it: what every user of `toml` writes first.
#[derive(Deserialize)]
struct ClaimFile {
    #[serde(default)]
    claim: Vec<Claim>,
    #[serde(default)]
    check: Vec<toml::Table>,
}

#[derive(Deserialize)]
struct Claim {
    id: String,
    subject: String,
    measure: String,
    value: String,
    source: Source,
    #[serde(flatten)]
    qualifiers: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Source {
    line: u32,
    text: String,
}

impl ClaimFile {
    fn size(&self) -> usize {
        let claim = |claim: &Claim| {
            let words = [&claim.id, &claim.subject, &claim.measure, &claim.value, &claim.source.text];
            words.iter().map(|word| word.len()).sum::<usize>() + claim.qualifiers.len() + claim.source.line as usize
        };
        self.claim.iter().map(claim).sum::<usize>() + self.check.len()
    }
}

fn count_events(text: &str) -> usize {
    let source = toml_parser::Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events = 0;
    let mut receiver = |_: toml_parser::parser::Event| events += 1;
    toml_parser::parser::parse_document(&tokens, &mut receiver, &mut ());
    events
}
