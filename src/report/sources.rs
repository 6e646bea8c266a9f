//! The texts that a report points into: the claim files of findings and problems, read again.
//!
//! Claims keep spans and no text; when there is something to show, the few files that it lies in are read and
//! indexed by line, once each.

use std::collections::BTreeMap;
use std::path::Path;

use miette::{MietteError, SourceCode, SourceSpan, SpanContents};

use crate::claims::read::{ClaimText, load};
use crate::claims::{ClaimIndex, Claims};
use crate::document::{LineIndex, Place, Problem, Span};

/// A text with its lines.
#[derive(Debug)]
pub struct SourceText {
    pub text: String,
    pub lines: LineIndex,
}

/// A text that diagnostics point into: what miette asks for, answered from an index of lines instead of a scan of the
/// whole text, and with columns in characters.
#[derive(Clone, Copy, Debug)]
pub struct NamedText<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub lines: &'a LineIndex,
}

impl NamedText<'_> {
    /// A span that lies in the text, on whole characters, whatever it was before.
    pub fn fitted(&self, span: Span) -> SourceSpan {
        let start = self.text.floor_char_boundary((span.start as usize).min(self.text.len()));
        let end = self.text.ceil_char_boundary((span.end as usize).clamp(start, self.text.len()));
        (start, end - start).into()
    }
}

impl SourceCode for NamedText<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let place = self.lines.place(self.text, start);
        let (mut line, mut column) = (place.line - 1, place.column - 1);
        let (mut from, mut to) = (start, end);
        if lines_before > 0 {
            line = line.saturating_sub(lines_before);
            column = 0;
            from = self.lines.line_span(self.text, line).map_or(start, |(start, _)| start);
        }
        let last = self.lines.line_of(end);
        if lines_after > 0 {
            let shown = (last + lines_after).min(self.lines.line_count().saturating_sub(1));
            to = self.lines.line_span(self.text, shown).map_or(end, |(_, end)| end.max(to));
        }
        let data = self.text.as_bytes().get(from..to).unwrap_or_default();
        let line_count = last + 1 - line.min(last);
        Ok(Box::new(Lines { data, span: (from, to - from).into(), name: self.name, line, column, line_count }))
    }
}

/// A stretch of a text for miette.
struct Lines<'a> {
    data: &'a [u8],
    span: SourceSpan,
    name: &'a str,
    line: usize,
    column: usize,
    line_count: usize,
}

impl<'a> SpanContents<'a> for Lines<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.line_count
    }
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
        claims: &Claims,
        shown: impl IntoIterator<Item = ClaimIndex>,
        problems: &[Problem],
    ) -> Sources {
        let mut wanted: Vec<&str> = shown.into_iter().map(|index| &*claims.file(claims.get(index)).path).collect();
        wanted.extend(problems.iter().filter(|problem| problem.span.is_some()).map(|problem| problem.file.as_str()));
        wanted.sort_unstable();
        wanted.dedup();
        let mut sources = Sources::default();
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

    /// Reads what other files the problems lie in: rules and the configuration, with paths from the project's root.
    pub fn complete(&mut self, root: &Path, problems: &[Problem]) {
        for problem in problems.iter().filter(|problem| problem.span.is_some()) {
            if self.get(&problem.file).is_none()
                && let Ok(text) = std::fs::read_to_string(root.join(&problem.file))
            {
                self.add(problem.file.clone(), text);
            }
        }
    }

    pub fn add(&mut self, name: String, text: String) {
        let lines = LineIndex::new(&text);
        self.texts.insert(name, SourceText { text, lines });
    }

    pub fn get(&self, path: &str) -> Option<&SourceText> {
        self.texts.get(path)
    }

    /// A file as miette reads it.
    pub fn named(&self, path: &str) -> Option<NamedText<'_>> {
        let (name, source) = self.texts.get_key_value(path)?;
        Some(NamedText { name, text: &source.text, lines: &source.lines })
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
