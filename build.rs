//! Lists the files of `rules/` for the program to include, so that adding a rule file needs no change of code.
//!
//! Each file is listed twice: as it is, and with what only `explain` and `test` need made blank, which takes a third
//! of the time to read. Every place in a file stays where it is.
//!
//! It also puts the commit into the version of a release.
//!
//! And it prepares the language packs of `rules/languages/` as tables.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

#[path = "src/extract/pack"]
mod pack {
    pub mod compile;
    pub mod fold;
    pub mod prefix;
    pub mod sense;
    pub mod words;
}

#[path = "src/relate/cues"]
#[allow(dead_code, reason = "the program uses the rest")]
mod cues {
    pub mod compile;
    pub mod sense;
}

/// Keys that a check does not use.
const UNUSED: [&str; 7] = ["why", "pass", "strained", "fail", "names.ar", "names.en", "names.ru"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rustc-env=KZCHECK_VERSION={}", version(&root));
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let folder = root.join("rules");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/extract/pack");
    println!("cargo::rerun-if-changed=src/relate/cues");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut lists = [String::from("[\n"), String::from("[\n")];
    for (index, file) in files.iter().enumerate() {
        let name = file.strip_prefix(&folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let brief = out.join(format!("brief-{index}.toml"));
        fs::write(&brief, without_unused(&fs::read_to_string(file)?))?;
        for (list, path) in lists.iter_mut().zip([file, &brief]) {
            let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string());
        }
    }
    for (list, name) in lists.iter().zip(["shipped_rules.rs", "brief_rules.rs"]) {
        fs::write(out.join(name), format!("{list}]"))?;
    }
    let (packs, relations) = language_packs(&folder)?;
    fs::write(out.join("language_packs.rs"), packs)?;
    fs::write(out.join("relation_cues.rs"), relations)
}

/// The version, with the commit where this is a release built in the repository. A debug build goes without, so that a
/// commit does not compile everything anew.
fn version(root: &Path) -> String {
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    if env::var("PROFILE").as_deref() != Ok("release") {
        return version;
    }
    // unpacked into another repository, its commit would say nothing
    let is_own = git(&["rev-parse", "--show-toplevel"])
        .is_some_and(|top| Path::new(&top).canonicalize().ok() == root.canonicalize().ok());
    if !is_own {
        return version;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={}", root.join(log).display());
    }
    match git(&["rev-parse", "--short=10", "HEAD"]) {
        Some(commit) => format!("{version} ({commit})"),
        None => version,
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // language packs are for extraction, which prepares them by itself
        if path.is_dir() && path.file_name().is_some_and(|name| name != "languages") {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

/// The tables of all packs, and of what ties figures together; a mistake in a pack stops the build and says where it is.
fn language_packs(rules: &Path) -> io::Result<(String, String)> {
    let mut packs = pack::compile::Draft::new();
    let mut phrases = cues::compile::Phrases::default();
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(rules.join("languages"))? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "toml")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let id = name.split('.').next().unwrap_or_default();
        let broken = |message: &str| io::Error::other(format!("{}: {message}", file.display()));
        let text = fs::read_to_string(file)?;
        packs.add_file(id, &text, &cues::compile::SECTIONS).map_err(|fault| broken(&fault.message))?;
        phrases.add_file(&text).map_err(|message| broken(&message))?;
    }
    let currencies: toml::Table =
        fs::read_to_string(rules.join("currencies.toml"))?.parse().map_err(io::Error::other)?;
    let codes = currencies.get("unit").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    packs.add_codes(codes.map(String::as_str)).map_err(io::Error::other)?;
    packs.join_tens_and_units().map_err(io::Error::other)?;
    Ok((packs.write(), phrases.write().map_err(io::Error::other)?))
}

/// The text with blanks in place of the unused keys and their values.
fn without_unused(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let line = &text[at..];
        let key = line.split(['=', '\n']).next().unwrap_or_default();
        if UNUSED.contains(&key.trim_end()) && line[key.len()..].starts_with('=') {
            let end = at + key.len() + 1 + value_length(&line[key.len() + 1..]);
            bytes[at..end].fill(b' ');
            at = end;
        }
        at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How far a value reaches: to the first line end outside of brackets and quotes.
fn value_length(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if let Some(quotes) = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| rest.starts_with(quotes)) {
            at += quotes.len();
            while at < text.len() && !text[at..].starts_with(quotes) {
                at += if quotes.starts_with('"') && text[at..].starts_with('\\') { 2 } else { 1 };
                while !text.is_char_boundary(at) {
                    at += 1;
                }
            }
            at += quotes.len();
            continue;
        }
        match rest.as_bytes()[0] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'\n' if depth == 0 => return at,
            _ => {}
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    text.len()
}
