//! `kzcheck extract`: every figure of a text, in its place.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use rayon::prelude::*;

use super::Exit;
use crate::extract::{Extraction, LanguageChoice, Options, output, read};

/// Find every figure of a text
///
/// Reads plain text and Markdown and prints each figure with its place and what it says: numbers in digits and in words,
/// percentages, money, measures, dates, periods. `-` is the standard input. Exit code 0: read, 2: something could not be
/// read.
#[derive(clap::Args)]
pub struct Arguments {
    /// Texts to read
    #[arg(required = true, value_name = "DOC")]
    documents: Vec<PathBuf>,
    /// How to print the figures: a table, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The language of the texts; otherwise told for each paragraph
    #[arg(long, value_parser = language, value_name = "CODE")]
    language: Option<LanguageChoice>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

fn language(code: &str) -> Result<LanguageChoice, String> {
    let known = || LanguageChoice::codes().collect::<Vec<_>>().join(", ");
    LanguageChoice::named(code).ok_or_else(|| format!("there is no pack for `{code}`; there are {}", known()))
}

/// Extracts, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let options = Options { language: arguments.language };
    let progress = Progress::new(arguments.documents.len());
    let results: Vec<io::Result<Extraction>> = arguments
        .documents
        .par_iter()
        .map(|document| {
            let found = document_figures(document, &options);
            progress.one_more();
            found
        })
        .collect();
    progress.clear();
    let mut exit = Exit::Clean;
    let mut out = io::stdout().lock();
    for (document, result) in arguments.documents.iter().zip(results) {
        let name = shown(document);
        let found = match result {
            Ok(found) => found,
            Err(error) => {
                complain(&format!("{name}: cannot be read: {error}"));
                exit = Exit::Trouble;
                continue;
            }
        };
        for damage in &found.damage {
            complain(&format!("{name}:{}: no UTF-8 at byte {}; the rest was read", damage.line, damage.start));
            exit = Exit::Trouble;
        }
        let text = match arguments.format {
            Format::Table => output::table(&name, &found.mentions),
            Format::Json => match output::json(&name, &found.mentions) {
                Ok(text) => text,
                Err(error) => {
                    complain(&format!("{name}: {error}"));
                    return Exit::Trouble;
                }
            },
        };
        // a closed pipe is no error
        if out.write_all(text.as_bytes()).is_err() {
            break;
        }
    }
    let _ = out.flush();
    exit
}

fn document_figures(document: &Path, options: &Options) -> io::Result<Extraction> {
    const BUFFER: usize = 1 << 16;
    if document == Path::new("-") {
        return read(BufReader::with_capacity(BUFFER, io::stdin()), options);
    }
    read(BufReader::with_capacity(BUFFER, File::open(document)?), options)
}

/// A path as every system writes it.
fn shown(document: &Path) -> String {
    document.to_string_lossy().replace('\\', "/")
}

fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// How many documents are done, on a terminal and after a second.
struct Progress {
    total: usize,
    done: AtomicUsize,
    started: Instant,
    is_shown: bool,
}

impl Progress {
    fn new(total: usize) -> Progress {
        let is_shown = io::stderr().is_terminal() && total > 1;
        Progress { total, done: AtomicUsize::new(0), started: Instant::now(), is_shown }
    }

    fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && self.started.elapsed() > Duration::from_secs(1) {
            let _ = write!(io::stderr(), "\r{done} of {} documents", self.total);
        }
    }

    fn clear(&self) {
        if self.is_shown && self.started.elapsed() > Duration::from_secs(1) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
