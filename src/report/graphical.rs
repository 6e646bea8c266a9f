//! Diagnostics drawn for a terminal: miette's protocol and theme, with a drawing of our own.
//!
//! miette's own handler points at a wrong word below a line that a terminal reorders (Arabic, Hebrew), passes control
//! characters on, never cuts a line, and takes five lines for a place. Here the words themselves are painted, since
//! colour and underline travel with the text; lines without right-to-left letters get carets as well, and the others
//! a note each on a line of its own, in which only the last word may be right-to-left.

use std::fmt::{self, Write};

use miette::{Diagnostic, ReportHandler, Severity};
use owo_colors::{OwoColorize, Style};

use super::excerpt::{Row, rows};
use super::places::{Block, Label, MarkedLine, blocks, notes};
use super::terminal::Look;
use super::visible::{is_right_to_left, visible, width, wrap};

/// With more places than this in one file, each gets one line.
pub const DENSE: usize = 4;

/// Columns that a note beside its place is broken into at least.
const LEAST_NOTE: usize = 24;

/// Draws diagnostics.
#[derive(Clone, Debug)]
pub struct Graphical {
    pub look: Look,
}

impl ReportHandler for Graphical {
    fn debug(&self, diagnostic: &dyn Diagnostic, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draw(formatter, diagnostic)
    }
}

impl Graphical {
    /// Writes a diagnostic, with a line end.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn draw(&self, out: &mut dyn Write, diagnostic: &dyn Diagnostic) -> fmt::Result {
        let blocks = blocks(diagnostic);
        self.header(out, diagnostic)?;
        let lines = blocks.iter().flat_map(|block| &block.lines);
        let gutter = lines.map(|line| line.number.to_string().len()).max().unwrap_or(0).max(2) + 1;
        // the same claim has the same colour in every file
        for (index, block) in blocks.iter().enumerate() {
            self.block(out, block, gutter, index == 0)?;
        }
        if !blocks.is_empty() {
            let characters = &self.look.theme.characters;
            let corner = format!("{}{}", characters.lbot, characters.hbar.to_string().repeat(2));
            writeln!(out, "{:gutter$} {}", "", self.paint(&corner, self.look.theme.styles.linum))?;
        }
        for note in notes(diagnostic) {
            let style = note.severity().map_or(Style::new(), |_| self.style(diagnostic.severity()).bold());
            self.sentence(out, "", &note.to_string(), style)?;
        }
        if let Some(help) = diagnostic.help() {
            self.sentence(out, "help: ", &help.to_string(), Style::new())?;
        }
        Ok(())
    }

    fn header(&self, out: &mut dyn Write, diagnostic: &dyn Diagnostic) -> fmt::Result {
        let word = match (diagnostic.severity(), diagnostic.code().is_some()) {
            (None, false) => "problem",
            (None | Some(Severity::Error), _) => "error",
            (Some(Severity::Warning), _) => "warning",
            (Some(Severity::Advice), _) => "note",
        };
        let code = diagnostic.code().map(|code| format!("[{}]", visible(&code.to_string()))).unwrap_or_default();
        let lead = format!("{word}{code}: ");
        let headline = diagnostic.to_string();
        let bold = if self.look.has_colour { Style::new().bold() } else { Style::new() };
        for (index, line) in self.broken(&visible(&headline), width(&lead)).iter().enumerate() {
            if index == 0 {
                write!(out, "{}", self.paint(&lead, self.style(diagnostic.severity())))?;
            } else {
                write!(out, "  ")?;
            }
            writeln!(out, "{}", self.paint(line, bold))?;
        }
        Ok(())
    }

    /// A note below the places, with a key before it.
    fn sentence(&self, out: &mut dyn Write, key: &str, text: &str, style: Style) -> fmt::Result {
        let style = if self.look.has_colour { style } else { Style::new() };
        let shown = visible(text);
        // a key that the note brings along (`hint: …`) is painted like one
        let (key, text) = match shown.split_once(": ") {
            Some((word, rest)) if key.is_empty() && KEYS.contains(&word) => (format!("{word}: "), rest),
            _ => (key.to_owned(), &*shown),
        };
        for (index, line) in self.broken(text, width(&key) + 2).iter().enumerate() {
            let lead = if index == 0 { key.as_str() } else { "  " };
            writeln!(out, "  {}{}", self.paint(lead, self.look.theme.styles.help), self.paint(line, style))?;
        }
        Ok(())
    }

    /// The lines of a sentence: one, unless a terminal is narrower.
    fn broken(&self, text: &str, lead: usize) -> Vec<String> {
        if self.look.wraps && width(text) + lead > self.look.columns {
            wrap(text, self.look.columns.saturating_sub(lead.min(self.look.columns / 2)).max(20))
        } else {
            vec![text.to_owned()]
        }
    }

    fn block(&self, out: &mut dyn Write, block: &Block, gutter: usize, is_first: bool) -> fmt::Result {
        let characters = &self.look.theme.characters;
        let corner = if is_first { characters.ltop } else { characters.lcross };
        let linum = self.look.theme.styles.linum;
        let name = visible(&block.name);
        let place = self.paint(&format!("{name}:{}:{}", block.line, block.column), self.look.theme.styles.link);
        let frame = |text: &str| self.paint(text, linum);
        let (open, close) = (frame(&format!("{corner}{}[", characters.hbar)), frame("]"));
        writeln!(out, "{:gutter$} {open}{place}{close}", "")?;
        let dense = block.labels.len() > DENSE;
        let columns = self.look.columns.saturating_sub(gutter + 4).max(20);
        let widest = if dense { block.lines.iter().map(|line| width(&line.text)).max().unwrap_or(0) } else { 0 };
        for line in &block.lines {
            self.line(out, block, line, gutter, columns, dense.then_some(widest))?;
        }
        Ok(())
    }

    fn line(
        &self,
        out: &mut dyn Write,
        block: &Block,
        line: &MarkedLine,
        gutter: usize,
        columns: usize,
        dense: Option<usize>,
    ) -> fmt::Result {
        let bar = self.look.theme.characters.vbar;
        for (index, row) in rows(&line.text, &line.marks, columns).iter().enumerate() {
            let number = if index == 0 { line.number.to_string() } else { String::new() };
            let lead = self.paint(&format!("{number:>gutter$} {bar} "), self.look.theme.styles.linum);
            write!(out, "{lead}")?;
            let mut used = 0;
            for piece in &row.pieces {
                used += width(&piece.text);
                match piece.label {
                    Some(label) => {
                        let style =
                            if self.look.has_colour { self.highlight(block, label).underline() } else { Style::new() };
                        write!(out, "{}", self.paint(&piece.text, style))?;
                    }
                    None => write!(out, "{}", piece.text)?,
                }
            }
            let labels: Vec<&(usize, usize, usize)> =
                row.marks.iter().filter(|(label, ..)| labelled(block, *label).is_some()).collect();
            // one place in a line with nothing around it: the note stands beside it
            let beside = dense.filter(|widest| used <= *widest && widest * 2 <= columns && !row.is_right_to_left);
            if let (Some(widest), [(label, ..)]) = (beside, labels.as_slice()) {
                self.beside(out, block, *label, gutter, columns, (used, widest))?;
                continue;
            }
            writeln!(out)?;
            if row.is_right_to_left {
                self.notes(out, block, row, gutter, columns)?;
            } else {
                self.carets(out, block, row, gutter, columns)?;
            }
        }
        Ok(())
    }

    /// Beside a line, in one column with the notes of other lines: what its only place is.
    fn beside(
        &self,
        out: &mut dyn Write,
        block: &Block,
        label: usize,
        gutter: usize,
        columns: usize,
        (used, widest): (usize, usize),
    ) -> fmt::Result {
        let text = labelled(block, label).unwrap_or_default();
        let room = if self.look.wraps { columns.saturating_sub(widest + 2) } else { usize::MAX };
        for (part, text) in wrap(&visible(text), room).iter().enumerate() {
            let note = self.labelling(block, label, text);
            match part {
                0 => writeln!(out, "{:1$}  {note}", "", widest - used)?,
                _ => writeln!(out, "{} {:2$}  {note}", self.margin(gutter), "", widest)?,
            }
        }
        Ok(())
    }

    /// Below a line that may be reordered: where each place is and what stands there, the word last.
    fn notes(&self, out: &mut dyn Write, block: &Block, row: &Row, gutter: usize, columns: usize) -> fmt::Result {
        for (index, ..) in &row.marks {
            let Some(label) = block.labels.get(*index) else { continue };
            let text = match &label.text {
                Some(text) => text,
                // a problem's only place has no note but where it is
                None if block.labels.len() == 1 => "here",
                None => continue,
            };
            let (lead, word) = note(text, label);
            let margin = self.margin(gutter);
            // a word that the terminal would break stands on a line of its own
            let breaks = self.look.wraps && width(&lead) + width(&word) + 1 > columns;
            let between = if breaks { format!("\n{margin}     ") } else { " ".to_owned() };
            writeln!(out, "{margin} {}{between}{word}", self.labelling(block, *index, &lead))?;
        }
        Ok(())
    }

    /// Below a line whose columns can be trusted: underlines, with each note beside or below its own.
    fn carets(&self, out: &mut dyn Write, block: &Block, row: &Row, gutter: usize, columns: usize) -> fmt::Result {
        let characters = &self.look.theme.characters;
        if row.marks.is_empty() {
            return Ok(());
        }
        let mut line = self.margin(gutter);
        let mut at = 0;
        let mut hanging: Vec<(usize, usize, &str)> = Vec::new();
        for (index, (label, first, after)) in row.marks.iter().enumerate() {
            let note = labelled(block, *label);
            // two notes on one place, or on places that overlap, hang below each other
            let shown = visible(note.unwrap_or_default());
            let wide = width(&shown);
            if *first >= at {
                let mark = characters.underline.to_string().repeat(after - first);
                // a place at the end of a row has its note before it, if there is room
                if row.marks.len() == 1 && wide > 0 && after + 1 + wide > columns && wide < *first {
                    let note = self.labelling(block, *label, &shown);
                    let mark = self.paint(&mark, self.highlight(block, *label));
                    return writeln!(out, "{line} {:1$}{note} {mark}", "", first - wide - 1);
                }
                let gap = " ".repeat(first - at + usize::from(at == 0));
                write!(line, "{gap}{}", self.paint(&mark, self.highlight(block, *label)))?;
                at = *after;
            } else if *after <= at {
                hanging.extend(note.map(|note| (*label, *first, note)));
                continue;
            }
            if let Some(note) = note {
                let room = match row.marks.get(index + 1) {
                    Some((_, next, _)) => next.saturating_sub(at + 1),
                    None => columns.saturating_sub(at),
                };
                let is_last = index + 1 == row.marks.len();
                if wide < room {
                    write!(line, " {}", self.labelling(block, *label, &shown))?;
                    at += 1 + wide;
                } else if is_last && hanging.is_empty() && (room >= LEAST_NOTE || row.marks.len() == 1) {
                    // a long note goes on below itself
                    let parts = if self.look.wraps {
                        wrap(&shown, room.saturating_sub(1).max(LEAST_NOTE))
                    } else {
                        vec![shown.into_owned()]
                    };
                    for (part, text) in parts.iter().enumerate() {
                        if part > 0 {
                            write!(line, "\n{}{:2$}", self.margin(gutter), "", at + 1)?;
                        }
                        write!(line, " {}", self.labelling(block, *label, text))?;
                    }
                } else {
                    hanging.push((*label, *first, note));
                }
            }
        }
        writeln!(out, "{line}")?;
        hanging.sort_by_key(|(_, first, _)| *first);
        while let Some((label, first, note)) = hanging.pop() {
            let mut line = self.margin(gutter);
            let mut at = 0;
            let mut before = hanging.clone();
            before.dedup_by_key(|(_, first, _)| *first);
            for (other, column, _) in before.iter().filter(|(_, column, _)| *column < first) {
                let bar = self.paint(&characters.vbar.to_string(), self.highlight(block, *other));
                write!(line, "{}{bar}", " ".repeat(column - at + usize::from(at == 0)))?;
                at = column + 1;
            }
            let hook = self.paint(&format!("{}{}", characters.lbot, characters.hbar), self.highlight(block, label));
            let note = self.labelling(block, label, &visible(note));
            write!(line, "{}{hook} {note}", " ".repeat(first - at + usize::from(at == 0)))?;
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// A note, with its number in the colour of its place.
    fn labelling(&self, block: &Block, label: usize, text: &str) -> String {
        match text.split_once("] ").filter(|_| text.starts_with('[')) {
            Some((number, rest)) => {
                format!("{} {rest}", self.paint(&format!("{number}]"), self.highlight(block, label)))
            }
            None => text.to_owned(),
        }
    }

    fn margin(&self, gutter: usize) -> String {
        let bar = self.look.theme.characters.vbar_break;
        self.paint(&format!("{:gutter$} {bar}", ""), self.look.theme.styles.linum)
    }

    fn style(&self, severity: Option<Severity>) -> Style {
        let styles = &self.look.theme.styles;
        match severity {
            None | Some(Severity::Error) => styles.error,
            Some(Severity::Warning) => styles.warning,
            Some(Severity::Advice) => styles.advice,
        }
    }

    /// The colour of a place: by the number that its note begins with, so that a claim has one colour in every file.
    fn highlight(&self, block: &Block, label: usize) -> Style {
        let styles = &self.look.theme.styles.highlights;
        let number = labelled(block, label).and_then(|text| text.strip_prefix('[')?.split_once(']')?.0.parse().ok());
        let index = number.map_or(label, |number: usize| number.saturating_sub(1));
        styles.get(index % styles.len().max(1)).copied().unwrap_or_default()
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if !self.look.has_colour || text.is_empty() || style == Style::new() {
            return text.to_owned();
        }
        text.style(style).to_string()
    }
}

/// Words that may lead a note.
const KEYS: [&str; 4] = ["hint", "why", "reservation", "look at"];

fn labelled(block: &Block, label: usize) -> Option<&str> {
    block.labels.get(label)?.text.as_deref()
}

/// `[1] completed, line 268, column 238:` and the word, which alone may be right-to-left.
pub fn note(text: &str, label: &Label) -> (String, String) {
    let mut word: String = label.word.chars().take(LONGEST_WORD).collect();
    if word.len() < label.word.len() {
        word.push('…');
    }
    let text = visible(text);
    let place = format!("line {}, column {}", label.line, label.column);
    // a note that has right-to-left words itself goes last, and says the word already
    if text.contains(is_right_to_left) {
        (format!("{place}:"), text.into_owned())
    } else {
        (format!("{text}, {place}:"), visible(&word).into_owned())
    }
}

/// How much of a marked place a note repeats.
const LONGEST_WORD: usize = 60;
