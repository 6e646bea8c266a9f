//! The texts that a report points into: the claim files of findings and problems, read again.
//!
//! Claims keep spans and no text; when there is something to show, the few files that it lies in are read and
//! indexed by line, once each.

use std::collections::BTreeMap;

use crate::claims::read::{ClaimText, load};
use crate::claims::{ClaimIndex, Claims};
use crate::document::{LineIndex, Place, Problem, Span};

/// A text with its lines.
#[derive(Debug)]
pub struct SourceText {
    pub text: String,
    pub lines: LineIndex,
}

/// Claim files, rule files and whatever else problems point into, by the path that reports show.
#[derive(Debug, Default)]
pub struct Sources {
    texts: BTreeMap<String, SourceText>,
}

impl Sources {
    /// Reads the files in which the claims of findings and the problems lie. Files that cannot be read are left out.
    pub fn load(
        files: &[ClaimText],
        others: impl IntoIterator<Item = (String, String)>,
        claims: &Claims,
        shown: impl IntoIterator<Item = ClaimIndex>,
        problems: &[Problem],
    ) -> Sources {
        let mut wanted: Vec<&str> = shown.into_iter().map(|index| &*claims.file(claims.get(index)).path).collect();
        wanted.extend(problems.iter().filter(|problem| problem.span.is_some()).map(|problem| problem.file.as_str()));
        wanted.sort_unstable();
        wanted.dedup();
        let mut sources = Sources::default();
        for (name, text) in others {
            if wanted.binary_search(&name.as_str()).is_ok() {
                sources.add(name, text);
            }
        }
        for path in wanted {
            let file =
                files.binary_search_by(|file| file.shown.as_str().cmp(path)).ok().and_then(|index| files.get(index));
            if let Some(file) = file {
                let text = match load(file) {
                    Ok(text) => text.into_owned(),
                    // a file that is not UTF-8 is shown as far as it can be
                    Err(_) => match &file.content {
                        crate::claims::read::Content::File(path) => match std::fs::read(path) {
                            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                            Err(_) => continue,
                        },
                        crate::claims::read::Content::Memory(text) => text.clone(),
                    },
                };
                sources.add(path.to_owned(), text);
            }
        }
        sources
    }

    pub fn add(&mut self, name: String, text: String) {
        let lines = LineIndex::new(&text);
        self.texts.insert(name, SourceText { text, lines });
    }

    pub fn get(&self, path: &str) -> Option<&SourceText> {
        self.texts.get(path)
    }

    /// The place of an offset in a file; the start of the file where it is not at hand.
    pub fn place(&self, path: &str, offset: u32) -> Place {
        match self.get(path) {
            Some(source) => source.lines.place(&source.text, offset as usize),
            None => Place { line: 1, column: 1 },
        }
    }

    pub fn text(&self, path: &str, span: Span) -> &str {
        self.get(path).map_or("", |source| span.of(&source.text))
    }
}
