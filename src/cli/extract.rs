//! `kzcheck extract`: every figure of a text, in its place.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use rayon::prelude::*;

use super::Exit;
use crate::document::{Damage, Format, Refusal, Unreadable};
use crate::extract::{Extraction, LanguageChoice, Options, output, read_document};

/// Find every figure of a text
///
/// Reads plain text, Markdown, HTML, CSV and DOCX, and prints each figure with its place and what it says: numbers in digits
/// and in words, percentages, money, measures, dates, periods. `-` is the standard input. Exit code 0: read, 2: something
/// could not be read.
#[derive(clap::Args)]
pub struct Arguments {
    /// Texts to read
    #[arg(required = true, value_name = "DOC")]
    documents: Vec<PathBuf>,
    /// How to print the figures: a table, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Output::Table)]
    format: Output,
    /// The language of the texts; otherwise told for each paragraph
    #[arg(long, value_parser = language, value_name = "CODE")]
    language: Option<LanguageChoice>,
    /// The format of the texts: text, markdown, html, csv or docx; otherwise told from the name and the first bytes
    #[arg(long, value_parser = input_format, value_name = "FORMAT")]
    input_format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

fn language(code: &str) -> Result<LanguageChoice, String> {
    let known = || LanguageChoice::codes().collect::<Vec<_>>().join(", ");
    LanguageChoice::named(code).ok_or_else(|| format!("there is no pack for `{code}`; there are {}", known()))
}

fn input_format(name: &str) -> Result<Format, String> {
    let known = || Format::NAMED.map(|(name, _)| name).join(", ");
    let found = Format::NAMED.iter().find(|(known, _)| *known == name);
    found.map(|(_, format)| *format).ok_or_else(|| format!("`{name}` is no format; there are {}", known()))
}

/// Extracts, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let options = Options { language: arguments.language };
    let progress = Progress::new(arguments.documents.len());
    let results: Vec<Result<Extraction, Unreadable>> = arguments
        .documents
        .par_iter()
        .map(|document| {
            let found = document_figures(document, arguments.input_format, &options);
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
            Err(unreadable) => {
                complain(&format!("{name}: {}", reason(unreadable)));
                exit = Exit::Trouble;
                continue;
            }
        };
        if !found.damage.is_empty() {
            complain_of_damage(&name, &found.damage);
            exit = Exit::Trouble;
        }
        let text = match arguments.format {
            Output::Table => output::table(&name, &found),
            Output::Json => match output::json(&name, &found) {
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

fn document_figures(document: &Path, format: Option<Format>, options: &Options) -> Result<Extraction, Unreadable> {
    if document == Path::new("-") {
        return read_document(io::stdin().lock(), None, format, options);
    }
    read_document(File::open(document)?, Some(document), format, options)
}

fn reason(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Failed(error) => format!("cannot be read: {error}"),
        Unreadable::Refused(Refusal { message, help: Some(help) }) => format!("{message}; {help}"),
        Unreadable::Refused(refusal) => refusal.message,
    }
}

/// Says where a document is no UTF-8: a few places, and how many more there are.
fn complain_of_damage(name: &str, damage: &[Damage]) {
    const SHOWN: usize = 3;
    for Damage { line, start } in damage.iter().take(SHOWN) {
        complain(&format!("{name}:{line}: no UTF-8 at byte {start}; the rest was read"));
    }
    if let Some(more) = damage.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let lines = if more == 1 { "line is" } else { "lines are" };
        let help = "if it is in another encoding, convert it: `iconv -f WINDOWS-1256 -t UTF-8`";
        complain(&format!("{name}: {more} more {lines} no UTF-8; {help}"));
    }
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
