//! `kzcheck extract`: every figure of a text, in its place.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::Exit;
use crate::document::{Damage, Format, Refusal, Unreadable};
use crate::extract::{Extraction, LanguageChoice, Options, Packs, output, read_document};
use crate::project::{self, Project};

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
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The format of the texts: text, markdown, html, csv or docx; otherwise told from the name and the first bytes
    #[arg(long, value_parser = input_format, value_name = "FORMAT")]
    input_format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

fn language(code: &str, packs: &Packs) -> Result<LanguageChoice, String> {
    let known = || LanguageChoice::codes(packs).collect::<Vec<_>>().join(", ");
    LanguageChoice::named(code, packs).ok_or_else(|| format!("there is no pack for `{code}`; there are {}", known()))
}

fn input_format(name: &str) -> Result<Format, String> {
    let known = || Format::NAMED.map(|(name, _)| name).join(", ");
    let found = Format::NAMED.iter().find(|(known, _)| *known == name);
    found.map(|(_, format)| *format).ok_or_else(|| format!("`{name}` is no format; there are {}", known()))
}

/// Documents that are read before what came of them is printed.
const AT_ONCE: usize = 32;

/// Extracts, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut problems = Vec::new();
    // the project of the first document; the standard input belongs to the current folder
    let first = arguments.documents.first().filter(|first| first.as_path() != Path::new("-"));
    let project = Project::find(first.map_or(Path::new("."), PathBuf::as_path), &mut problems);
    let packs = project::packs::load(&project, &mut problems);
    if !problems.is_empty() {
        super::problems::print(&project, &problems);
        return Exit::Trouble;
    }
    let language = match arguments.language.as_deref().map(|code| language(code, &packs)).transpose() {
        Ok(language) => language,
        Err(message) => {
            complain(&message);
            return Exit::Trouble;
        }
    };
    let options = Options { language, packs: &packs };
    let progress = Progress::new(&arguments.documents);
    let mut exit = Exit::Clean;
    for documents in arguments.documents.chunks(AT_ONCE) {
        let results: Vec<Result<Extraction, Unreadable>> = documents
            .par_iter()
            .map(|document| document_figures(document, arguments.input_format, &options, &progress))
            .collect();
        let printed = progress.aside(|| print_all(documents, results, arguments.format));
        match printed {
            Ok(Exit::Clean) => {}
            Ok(worse) => exit = worse,
            // a closed pipe is no error: whoever reads has seen enough
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => {
                complain(&format!("the figures cannot be printed: {error}"));
                return Exit::Trouble;
            }
        }
    }
    progress.finish();
    exit
}

fn print_all(documents: &[PathBuf], results: Vec<Result<Extraction, Unreadable>>, format: Output) -> io::Result<Exit> {
    let mut exit = Exit::Clean;
    let mut out = BufWriter::new(io::stdout().lock());
    for (document, result) in documents.iter().zip(results) {
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
        match format {
            Output::Table => output::table(&mut out, &name, &found)?,
            Output::Json => output::json(&mut out, &name, &found)?,
        }
    }
    out.flush()?;
    Ok(exit)
}

fn document_figures(
    document: &Path,
    format: Option<Format>,
    options: &Options,
    progress: &Progress,
) -> Result<Extraction, Unreadable> {
    if document == Path::new("-") {
        return read_document(progress.count(io::stdin().lock()), None, format, options);
    }
    read_document(progress.count(File::open(document)?), Some(document), format, options)
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
        let help = "if it is in an older encoding, convert it: `iconv -f ENCODING -t UTF-8`, where ENCODING is \
                    WINDOWS-1256 for Arabic and WINDOWS-1251 for Russian";
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

/// How much of the documents is read: a bar on a terminal, once it takes longer than a second.
struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_shown: AtomicBool,
}

impl Progress {
    fn new(documents: &[PathBuf]) -> Progress {
        let sizes = documents.iter().map(|document| std::fs::metadata(document).map(|data| data.len()));
        let total: io::Result<u64> = sizes.sum();
        // how much the standard input holds is not known
        let bar = ProgressBar::with_draw_target(total.ok(), ProgressDrawTarget::hidden());
        let template = "{bar:30} {bytes} of {total_bytes}, {binary_bytes_per_sec}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar, started: Instant::now(), is_shown: AtomicBool::new(false) }
    }

    fn passed(&self, bytes: usize) {
        self.bar.inc(bytes as u64);
        let is_long = self.started.elapsed() > Duration::from_secs(1);
        if is_long && !self.is_shown.swap(true, Ordering::Relaxed) {
            // nothing is drawn where stderr is no terminal
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Counts what is read from a source.
    fn count<R: Read>(&self, source: R) -> Counted<'_, R> {
        Counted { source, progress: self }
    }

    /// Prints without the bar in its way.
    fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

struct Counted<'p, R> {
    source: R,
    progress: &'p Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.progress.passed(read);
        Ok(read)
    }
}
