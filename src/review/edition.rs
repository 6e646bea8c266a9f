//! A version of a text as it is read for a review: from a file, or from the bytes that git has of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Format, Problem, Quotable, Source, Unreadable};
use crate::extract;
use crate::revise::compare::Version;

/// A version of a text, as it is named to people.
#[derive(Debug)]
pub struct Edition {
    pub name: String,
    /// Where it lies, if it is a file.
    pub path: Option<PathBuf>,
    pub document: Arc<Quotable>,
}

impl Edition {
    /// Reads a text.
    ///
    /// # Errors
    /// If there is none, or it is no text.
    pub fn read(path: &Path) -> Result<Edition, Problem> {
        let name = path.to_string_lossy().replace('\\', "/");
        let source = Source::open(path);
        Edition::of_source(name, Some(path.to_path_buf()), source)
    }

    /// A text by its bytes; the name of its file says in which format it is.
    ///
    /// # Errors
    /// If it is no text.
    pub fn of_bytes(name: String, file: &Path, bytes: &[u8]) -> Result<Edition, Problem> {
        let source = Format::of(Some(file), bytes).map_err(Unreadable::from);
        Edition::of_source(name, None, source.and_then(|format| Source::read(bytes, format)))
    }

    fn of_source(name: String, path: Option<PathBuf>, source: Result<Source, Unreadable>) -> Result<Edition, Problem> {
        let source = source.map_err(|unreadable| unreadable_problem(&name, unreadable))?;
        if let Some(damage) = source.damage.first() {
            let message = format!("the text is not UTF-8: see byte {} on line {}", damage.start, damage.line);
            return Err(Problem::new(&*name, None, message).with_help("save it as UTF-8"));
        }
        let document = Arc::new(Quotable::of(source));
        Ok(Edition { name, path, document })
    }

    pub(super) fn version(&self, options: &extract::Options<'_>) -> Version<'_> {
        Version::new(&self.document, options)
    }
}

/// Why a text cannot be read, and what to do.
fn unreadable_problem(name: &str, unreadable: Unreadable) -> Problem {
    match unreadable {
        Unreadable::Failed(error) => Problem::new(name, None, format!("the text cannot be read: {error}"))
            .with_help("check that it exists and may be read"),
        Unreadable::Refused(refusal) => Problem { help: refusal.help, ..Problem::new(name, None, refusal.message) },
    }
}
