//! What kept `kzcheck` from reading or understanding something: broken TOML, an unknown key, a broken rule.
//!
//! A problem is not a finding. A finding says that claims contradict each other; a problem says that something could
//! not be checked at all, and makes the exit code 2. It always says where, what was expected, and a way out.

/// A range of bytes of a file. Files of 4 GiB and more are not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What stands there in the text; nothing where the text is shorter.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// A part of this span, given by offsets within it.
    pub fn part(self, start: usize, end: usize) -> Span {
        let base = self.start as usize;
        Span::new((base + start).min(self.end as usize), (base + end).min(self.end as usize))
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// Something that could not be read or understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path as reports show it; empty where the problem is no file's (a bad argument).
    pub file: String,
    /// The place in the file; `None` where the file as a whole is meant.
    pub span: Option<Span>,
    pub message: String,
    /// A way out.
    pub help: Option<String>,
}

impl Problem {
    pub fn new(file: impl Into<String>, span: impl Into<Option<Span>>, message: impl Into<String>) -> Problem {
        Problem { file: file.into(), span: span.into(), message: message.into(), help: None }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}
