//! Cuts the tokens of a file into chunks of one section each.
//!
//! The parser wants all tokens of what it parses in one slice. Section by section they stay in the cache, and a
//! bracket left open in one claim cannot swallow the claims after it: lists and tables may span lines, so to the
//! parser alone everything up to the end of the file would belong to it.

use std::cell::RefCell;

use toml_parser::Source;
use toml_parser::lexer::{Lexer, Token, TokenKind};

use super::Span;
use super::complaints::Complaints;
use super::lines::{find_line, is_conflict_marker, is_header, is_pair, next_line};
use super::{diagnosis, spelling};

/// The part of the text that a chunk covers.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    /// What the offsets of its tokens count from.
    pub(super) base: usize,
    /// Where it ends, even if its last token claims more.
    pub(super) end: usize,
}

impl Extent {
    /// The parser's span, as one of the text.
    pub(super) fn place(self, span: toml_parser::Span) -> Span {
        let within = |offset| self.end.min(self.base + offset);
        Span::new(within(span.start()), within(span.end()))
    }
}

/// The tokens of a file, chunk by chunk.
pub(super) struct Chunks<'a> {
    text: &'a str,
    /// Where in the text the lexer was last started; its offsets count from here.
    base: usize,
    lexer: Lexer<'a>,
    tokens: Vec<Token>,
    /// The token that ended the last chunk and begins the next.
    carried: Option<Token>,
    /// Where the next chunk begins, if the lexer has not come there yet.
    ahead: Option<usize>,
    line: Line,
    open: OpenBrackets,
    at_end: bool,
    /// Set when a search for the end of a merge conflict ran to the end of the text, so that it is not repeated.
    no_conflict_ends: bool,
}

/// What is known of the line being read.
#[derive(Default)]
struct Line {
    /// Something other than blanks has been seen.
    begun: bool,
    is_header: bool,
    /// A quote was opened and not closed.
    has_open_quote: bool,
}

/// Why a chunk ends.
pub(super) enum ChunkEnd {
    /// A new section begins, or the text is over.
    Regular,
    /// A quotation of several lines was never closed; reading goes on at `resume`.
    OpenQuotation { resume: usize },
    /// A merge conflict; reading goes on at `resume`.
    Conflict { marked: Span, resume: usize, inside_brackets: bool },
}

impl ChunkEnd {
    /// Whether the chunk breaks off inside a value, so that the parser's complaints about its end are noise.
    pub(super) fn is_torn(&self) -> bool {
        matches!(self, Self::Conflict { inside_brackets: true, .. })
    }
}

enum LineStart {
    Ordinary,
    NewChunk,
    Conflict(ChunkEnd),
}

impl<'a> Chunks<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            base: 0,
            lexer: Source::new(text).lex(),
            tokens: Vec::new(),
            carried: None,
            ahead: Some(0),
            line: Line::default(),
            open: OpenBrackets::default(),
            at_end: false,
            no_conflict_ends: false,
        }
    }

    /// What the tokens of a chunk with this end cover.
    pub(super) fn extent(&self, end: &ChunkEnd) -> Extent {
        let end = match *end {
            ChunkEnd::OpenQuotation { resume } if resume < self.text.len() => resume.saturating_sub(1),
            _ => self.text.len(),
        };
        Extent { base: self.base, end }
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Where the next chunk begins, if nothing of it has been read but the bracket of its header.
    pub(super) fn header_ahead(&self) -> Option<usize> {
        let carried = self.carried.filter(|token| token.kind() == TokenKind::LeftSquareBracket);
        self.ahead.or_else(|| carried.map(|token| self.base + token.span().start()))
    }

    /// Leaves out what has been read without the tokens.
    pub(super) fn go_on_at(&mut self, start: usize) {
        self.carried = None;
        self.ahead = Some(start);
    }

    /// Reads the next chunk; `None` after the last.
    pub(super) fn advance(&mut self) -> Option<ChunkEnd> {
        if self.at_end {
            return None;
        }
        self.tokens.clear();
        if let Some(start) = self.ahead.take()
            && start > 0
        {
            self.restart(start);
        }
        if let Some(token) = self.carried.take() {
            self.tokens.push(token);
            self.take_note(token);
        }
        while let Some(token) = self.lexer.next() {
            if !self.line.begun && !is_blank(token.kind()) {
                match self.begin_line(token) {
                    LineStart::Ordinary => {}
                    LineStart::NewChunk => {
                        self.carried = Some(token);
                        return Some(ChunkEnd::Regular);
                    }
                    LineStart::Conflict(end) => return Some(end),
                }
            }
            self.tokens.push(token);
            if is_notable(token.kind())
                && let Some(end) = self.take_note(token)
            {
                return Some(end);
            }
        }
        self.at_end = true;
        Some(ChunkEnd::Regular)
    }

    /// Goes on behind the end of a chunk, once the chunk has been parsed.
    pub(super) fn pass(&mut self, end: &ChunkEnd, complaints: &RefCell<Complaints<'a>>) {
        match *end {
            ChunkEnd::Regular => {}
            ChunkEnd::OpenQuotation { resume } => self.restart(resume),
            ChunkEnd::Conflict { marked, resume, .. } => {
                complaints.borrow_mut().report(marked, diagnosis::merge_conflict);
                self.restart(resume);
            }
        }
    }

    fn restart(&mut self, resume: usize) {
        self.base = resume;
        self.lexer = Source::new(self.text.get(resume..).unwrap_or_default()).lex();
        self.line = Line::default();
        self.open = OpenBrackets::default();
    }

    /// Looks at the first token of a line.
    fn begin_line(&mut self, token: Token) -> LineStart {
        self.line.begun = true;
        let start = self.base + token.span().start();
        let rest = self.text.get(start..).unwrap_or_default();
        if matches!(token.kind(), TokenKind::Atom | TokenKind::Equals) && is_conflict_marker(rest) {
            return LineStart::Conflict(self.conflict(start));
        }
        let starts_section = match self.open.innermost() {
            None => token.kind() == TokenKind::LeftSquareBracket,
            Some(_) => is_header(rest),
        };
        self.line.is_header = starts_section;
        let is_misplaced = match self.open.innermost() {
            None => false,
            Some(Bracket::Square) => is_pair(rest),
            Some(Bracket::Curly) => is_pair(rest) && !self.awaits_pair(),
        };
        if is_misplaced || starts_section {
            self.open = OpenBrackets::default();
            LineStart::NewChunk
        } else {
            LineStart::Ordinary
        }
    }

    /// Whether another key may come in the open inline table: after its `{` or a comma.
    fn awaits_pair(&self) -> bool {
        let last = self.tokens.iter().rev().find(|token| !is_blank(token.kind()));
        last.is_some_and(|token| matches!(token.kind(), TokenKind::Comma | TokenKind::LeftCurlyBracket))
    }

    /// Follows brackets and lines; says when the chunk cannot go on behind this token.
    fn take_note(&mut self, token: Token) -> Option<ChunkEnd> {
        match token.kind() {
            TokenKind::LeftSquareBracket => self.open.push(Bracket::Square),
            TokenKind::LeftCurlyBracket => self.open.push(Bracket::Curly),
            TokenKind::RightSquareBracket => self.open.pop(Bracket::Square),
            TokenKind::RightCurlyBracket => self.open.pop(Bracket::Curly),
            TokenKind::BasicString | TokenKind::LiteralString if self.open.innermost().is_some() => {
                self.line.has_open_quote |= !spelling::is_closed(self.text_of(token));
            }
            TokenKind::MlBasicString | TokenKind::MlLiteralString => {
                return self.open_quotation(token);
            }
            TokenKind::Newline => {
                let line = std::mem::take(&mut self.line);
                let gives_up = line.has_open_quote && self.open.innermost().is_some();
                if line.is_header || gives_up {
                    self.open = OpenBrackets::default();
                }
                // What the quote swallowed most likely held the brackets that are missing now.
                return gives_up.then_some(ChunkEnd::Regular);
            }
            _ => {}
        }
        None
    }

    /// A quotation of several lines that runs to the end of the text was not meant to: the next header ends it.
    fn open_quotation(&self, token: Token) -> Option<ChunkEnd> {
        let end = self.base + token.span().end();
        if end < self.text.len() || spelling::is_closed(self.text_of(token)) {
            return None;
        }
        let from = next_line(self.text, self.base + token.span().start());
        Some(ChunkEnd::OpenQuotation { resume: find_line(self.text, from, is_header) })
    }

    /// The extent of a merge conflict whose first marker is at `start`.
    ///
    /// Neither side is read: whichever it is, the other was meant too. What follows is read on where it is clear
    /// again to which section it belongs.
    fn conflict(&mut self, start: usize) -> ChunkEnd {
        let text = self.text;
        let rest = text.get(start..).unwrap_or_default();
        let last_marker = if rest.starts_with("<<<<<<<") && !self.no_conflict_ends {
            let found = rest.find("\n>>>>>>>").map(|offset| start + offset + 1);
            self.no_conflict_ends = found.is_none();
            found.unwrap_or(start)
        } else {
            start
        };
        let after = next_line(text, last_marker);
        let marked = text.get(start..after).unwrap_or_default().trim_end();
        let inside_brackets = self.open.innermost().is_some();
        let resume = if marked.lines().any(is_header) {
            find_line(text, after, is_header)
        } else if inside_brackets {
            find_line(text, after, |line| is_header(line) || is_pair(line))
        } else {
            after
        };
        let marked = Span::new(start, start + marked.len());
        ChunkEnd::Conflict { marked, resume, inside_brackets }
    }

    fn text_of(&self, token: Token) -> &'a str {
        let start = self.base + token.span().start();
        self.text.get(start..start + token.span().len()).unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    Square,
    Curly,
}

/// The brackets that are open, as far as anybody nests them: one bit each, the innermost lowest.
#[derive(Default)]
struct OpenBrackets {
    depth: usize,
    curly: u64,
}

impl OpenBrackets {
    fn push(&mut self, bracket: Bracket) {
        self.depth += 1;
        self.curly = self.curly << 1 | u64::from(bracket == Bracket::Curly);
    }

    /// Closes the innermost bracket; one of the other kind is passed over, as by the parser.
    fn pop(&mut self, bracket: Bracket) {
        if self.innermost() == Some(bracket) {
            self.depth -= 1;
            self.curly >>= 1;
        }
    }

    fn innermost(&self) -> Option<Bracket> {
        let bracket = if self.curly & 1 == 1 { Bracket::Curly } else { Bracket::Square };
        (self.depth > 0).then_some(bracket)
    }
}

fn is_blank(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment | TokenKind::Eof)
}

/// Whether a token can change what brackets and lines are open. Most cannot.
fn is_notable(kind: TokenKind) -> bool {
    !matches!(
        kind,
        TokenKind::Atom
            | TokenKind::Whitespace
            | TokenKind::Equals
            | TokenKind::Dot
            | TokenKind::Comma
            | TokenKind::Comment
            | TokenKind::Eof
    )
}
