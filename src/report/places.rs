//! The places of a diagnostic, gathered by line, ready to be drawn or read out.
//!
//! Works with any [`Diagnostic`]: its own labels are the first file, and each related diagnostic with labels is a
//! further one. A span that lies nowhere is left out and never hides the others.

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::excerpt::Mark;

/// The places in one file, or in one text of a diagnostic.
#[derive(Debug, Default)]
pub struct Block {
    pub name: String,
    /// Of the first place, from 1; the column in characters.
    pub line: usize,
    pub column: usize,
    /// By line.
    pub lines: Vec<MarkedLine>,
    pub labels: Vec<Label>,
}

/// A line with places in it.
#[derive(Debug)]
pub struct MarkedLine {
    /// From 1.
    pub number: usize,
    pub text: String,
    /// Their labels are indexes into [`Block::labels`].
    pub marks: Vec<Mark>,
}

/// What is said about a place.
#[derive(Debug)]
pub struct Label {
    pub text: Option<String>,
    pub line: usize,
    pub column: usize,
    /// What stands there, up to the end of its line.
    pub word: String,
}

/// How much of a line is kept on either side of a place: far more than is ever shown.
const REACH: usize = 4096;

/// The places of a diagnostic, one block for each of its files.
pub fn blocks(diagnostic: &dyn Diagnostic) -> Vec<Block> {
    let mut blocks: Vec<Block> = block(diagnostic).into_iter().collect();
    blocks.extend(diagnostic.related().into_iter().flatten().filter_map(block));
    blocks
}

/// The related diagnostics that have no places.
pub fn notes(diagnostic: &dyn Diagnostic) -> impl Iterator<Item = &dyn Diagnostic> {
    diagnostic.related().into_iter().flatten().filter(|related| related.labels().is_none())
}

fn block(diagnostic: &dyn Diagnostic) -> Option<Block> {
    let source = diagnostic.source_code()?;
    let mut labels: Vec<LabeledSpan> = diagnostic.labels()?.collect();
    labels.sort_by_key(|label| (label.offset(), label.len()));
    let mut block = Block::default();
    for label in &labels {
        // a span beyond the text points to its end
        let _ = add(&mut block, source, label);
    }
    (!block.labels.is_empty()).then_some(block)
}

fn add(block: &mut Block, source: &dyn SourceCode, label: &LabeledSpan) -> Option<()> {
    let at = source.read_span(label.inner(), 0, 0).ok()?;
    let (line, column) = (at.line() + 1, at.column() + 1);
    if block.labels.is_empty() {
        block.name = at.name().unwrap_or_default().to_owned();
        (block.line, block.column) = (line, column);
    }
    let around = source.read_span(label.inner(), 1, 1).ok()?;
    let bytes = around.data();
    let start = label.offset().checked_sub(around.span().offset())?;
    let (before, after) = (bytes.get(..start)?, bytes.get(start..)?);
    // a line end farther away than a row can reach is not looked for
    let nearest = before.get(boundary(bytes, start.saturating_sub(REACH))..)?;
    let line_start = start - memchr::memrchr(b'\n', nearest).map_or(nearest.len(), |at| nearest.len() - at - 1);
    let following = after.get(..after.len().min(REACH))?;
    let line_end = boundary(bytes, start + memchr::memchr(b'\n', following).unwrap_or(following.len()));
    let is_whole = (line_start == 0 || bytes.get(line_start - 1) == Some(&b'\n'))
        && matches!(bytes.get(line_end), None | Some(&b'\n'));
    let end = (start + label.len()).min(line_end);
    let number = block.labels.len();
    let mark = Mark { start: start - line_start, end: end - line_start, label: number };
    let text = |from: usize, to: usize| String::from_utf8_lossy(bytes.get(from..to).unwrap_or_default()).into_owned();
    // places share a row only in a line that is kept whole
    match block.lines.last_mut().filter(|last| last.number == line && is_whole) {
        Some(last) => last.marks.push(mark),
        None => {
            let text = text(line_start, line_end).trim_end_matches('\r').to_owned();
            block.lines.push(MarkedLine { number: line, text, marks: vec![mark] });
        }
    }
    let word = text(start, end).trim_end_matches('\r').to_owned();
    block.labels.push(Label { text: label.label().map(str::to_owned), line, column, word });
    Some(())
}

/// The start of the character that holds this byte.
fn boundary(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| (0x80..0xc0).contains(byte)) && at > 0 {
        at -= 1;
    }
    at
}
