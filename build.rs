//! Lists the files of `rules/` for the program to include, so that adding a rule file needs no change of code, and
//! prepares the language packs of `rules/languages/` as tables.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/extract/pack"]
mod pack {
    pub mod compile;
    pub mod fold;
    pub mod sense;
    pub mod words;
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = root.join("rules");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/extract/pack");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut list = String::from("[\n");
    for file in files {
        let name = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push(']');
    fs::write(out.join("shipped_rules.rs"), list)?;
    fs::write(out.join("language_packs.rs"), language_packs(&folder)?)
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

/// The tables of all packs; a mistake in a pack stops the build and says where it is.
fn language_packs(rules: &Path) -> io::Result<String> {
    let mut packs = pack::compile::Packs::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(rules.join("languages"))? {
        files.push(entry?.path());
    }
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "toml")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let id = name.split('.').next().unwrap_or_default();
        let broken = |message: String| io::Error::other(format!("{}: {message}", file.display()));
        packs.add_file(id, &fs::read_to_string(file)?).map_err(broken)?;
    }
    let currencies: toml::Table =
        fs::read_to_string(rules.join("currencies.toml"))?.parse().map_err(io::Error::other)?;
    let codes = currencies.get("unit").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    packs.add_codes(codes.map(String::as_str)).map_err(io::Error::other)?;
    Ok(packs.write())
}
