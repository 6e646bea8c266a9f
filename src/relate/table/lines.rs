//! Tables that are written in lines of text: a label and its figures, parted by bars, tabs, wide gaps or blanks, or one below
//! the other. Lines of one form and one number of figures that follow each other are a table.

use std::ops::Range;

use super::grid::{Grid, Row};
use super::words;
use crate::document::{Block, BlockKind};
use crate::extract::Mention;
use crate::relate::passage::blocks_with_figures;
use crate::relate::pieces::is_time;

/// Rows that make a table.
const FEWEST: usize = 3;
/// Figures of a line beyond which it is data.
const MOST: usize = 40;
/// Letters of a label, at most.
const LABEL: usize = 90;
/// Rows of a table beyond which another begins.
const MOST_ROWS: usize = 2000;

/// How the figures of a line are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bars,
    Gaps,
    Blanks,
    /// Each on a line of its own, below the label.
    Below,
}

/// A line with what it holds.
struct Line<'a> {
    text: &'a str,
    /// Where it starts in its block.
    start: usize,
    block: usize,
    figures: Range<usize>,
}

/// A line that is a row.
struct Found<'a> {
    form: Form,
    block: usize,
    row: Row<'a>,
}

/// The tables in the lines of a document.
pub(super) fn grids<'a>(blocks: &'a [Block<'_>], mentions: &'a [Mention]) -> Vec<Grid<'a>> {
    let mut reader = Reader { mentions, grids: Vec::new(), open: Vec::new(), heads: Vec::new(), stack: None };
    for (index, block, figures) in blocks_with_figures(blocks, mentions) {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. }) {
            reader.block(block, index, figures);
        } else {
            reader.close();
        }
    }
    reader.close();
    reader.grids
}

struct Reader<'a> {
    mentions: &'a [Mention],
    grids: Vec<Grid<'a>>,
    open: Vec<Found<'a>>,
    /// The words of the line above the rows that are open.
    heads: Vec<&'a str>,
    /// A label with the figures below it.
    stack: Option<(&'a str, usize, Vec<usize>)>,
}

impl<'a> Reader<'a> {
    fn block(&mut self, block: &'a Block<'_>, index: usize, figures: Range<usize>) {
        // a long paragraph without a line end is prose
        let (mut start, mut at) = (0, figures.start);
        for text in block.text.split_inclusive('\n') {
            let end = start + text.len();
            let own = at + self.mentions[at..figures.end].partition_point(|mention| (mention.offset as usize) < end);
            self.line(&Line { text, start, block: index, figures: at..own });
            (start, at) = (end, own);
        }
    }

    fn line(&mut self, line: &Line<'a>) {
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        if self.is_figure_alone(line, text) {
            if let Some((_, _, below)) = &mut self.stack
                && below.len() < MOST
            {
                below.push(line.figures.start);
            }
            return;
        }
        self.unstack();
        match self.row(line) {
            Some(found) => self.add(found),
            None => self.words(line, text),
        }
    }

    /// A line that is no row: a line without figures may head the rows below it, or stand between them.
    fn words(&mut self, line: &Line<'a>, text: &'a str) {
        if text.chars().count() > LABEL || !(line.figures.is_empty() || self.are_times(line)) {
            self.close();
            return;
        }
        let cells: Vec<&str> = cells(text);
        let is_below = self.open.last().is_some_and(|last| last.form == Form::Below);
        let is_between = !self.open.is_empty() && (is_below || text.contains(['|', '\t']) || cells.len() < 2);
        if !is_between {
            self.close();
            self.heads = cells;
        }
        self.stack = Some((text, line.block, Vec::new()));
    }

    fn are_times(&self, line: &Line<'_>) -> bool {
        line.figures.clone().all(|index| self.mentions.get(index).is_some_and(is_time))
    }

    fn is_figure_alone(&self, line: &Line<'_>, text: &str) -> bool {
        let [mention] = self.mentions.get(line.figures.clone()).unwrap_or_default() else { return false };
        let rest = text.len().saturating_sub(mention.text.len());
        !is_time(mention) && rest <= 2 && !text.ends_with(':')
    }

    /// The row that a label with the figures below it is.
    fn unstack(&mut self) {
        let Some((label, block, below)) = self.stack.take() else { return };
        if below.len() < 2 {
            if !below.is_empty() {
                self.close();
            }
            return;
        }
        let row = Row { label, total: words::total(label), cells: below.into_iter().map(Some).collect() };
        self.add(Found { form: Form::Below, block, row });
    }

    fn add(&mut self, found: Found<'a>) {
        let fits = self.open.last().is_none_or(|last| {
            last.form == found.form && last.row.cells.len() == found.row.cells.len() && last.block <= found.block
        });
        if !fits || self.open.len() >= MOST_ROWS {
            self.close();
        }
        self.open.push(found);
    }

    /// Ends the table that is open.
    fn close(&mut self) {
        self.stack = None;
        let open = std::mem::take(&mut self.open);
        let heads = std::mem::take(&mut self.heads);
        let Some(first) = open.first().filter(|_| open.len() >= FEWEST) else { return };
        let columns = first.row.cells.len();
        let block = first.block;
        // the label has a head of its own, or none
        let labels: Vec<&str> = match heads.len().checked_sub(columns) {
            Some(beside @ (0 | 1)) => heads[beside..].to_vec(),
            _ => vec![""; columns],
        };
        let rows = open.into_iter().map(|found| found.row).collect();
        self.grids.push(Grid::of_rows(self.mentions, block, labels, rows));
    }

    fn row(&self, line: &Line<'a>) -> Option<Found<'a>> {
        if line.figures.is_empty() || line.figures.len() > MOST {
            return None;
        }
        let form = if line.text.contains('|') {
            Form::Bars
        } else if has_gaps(line.text) {
            Form::Gaps
        } else {
            Form::Blanks
        };
        let (label, cells) = match form {
            Form::Bars | Form::Gaps => self.parted(line)?,
            _ => self.in_blanks(line)?,
        };
        let is_label = label.chars().count() <= LABEL && label.contains(char::is_alphabetic);
        let row = Row { label, total: words::total(label), cells };
        is_label.then_some(Found { form, block: line.block, row })
    }

    /// The label and the cells of a line that has them parted by bars or wide gaps.
    fn parted(&self, line: &Line<'a>) -> Option<(&'a str, Vec<Option<usize>>)> {
        let mut cells = parted(line.text).into_iter();
        let label = cells.next()?;
        let own = |cell: &str| {
            let from = line.start + (cell.as_ptr() as usize - line.text.as_ptr() as usize);
            let within = |index: &usize| {
                let at = self.mentions[*index].offset as usize;
                from <= at && at < from + cell.len()
            };
            let mut inside = line.figures.clone().filter(within);
            (inside.next(), inside.next())
        };
        // a year or a number may belong to the label
        if !label.trim_start().starts_with(char::is_alphabetic) && own(label).0.is_some() {
            return None;
        }
        // signs have cells of their own where tables were torn apart
        let is_sign =
            |cell: &str| !cell.is_empty() && cell.chars().all(|letter| matches!(letter, '%' | '$' | '€' | '£'));
        let cells: Vec<Option<usize>> = cells
            .filter(|cell| !is_sign(cell))
            .map(|cell| match own(cell) {
                (Some(only), None) => Some(only),
                _ => None,
            })
            .collect();
        (cells.len() > 1 && cells.iter().flatten().count() > 1).then_some((label, cells))
    }

    /// The label and the figures of a line that is nothing else.
    fn in_blanks(&self, line: &Line<'a>) -> Option<(&'a str, Vec<Option<usize>>)> {
        let of = |index: usize| {
            let mention = self.mentions.get(index)?;
            let start = mention.offset as usize - line.start;
            Some((start, start + mention.text.len()))
        };
        let mut from = line.figures.end;
        let mut next = line.text.trim_end().trim_end_matches(['.', ';']).len();
        // from the end, as long as nothing but blanks stands between
        for index in line.figures.clone().rev() {
            let (start, end) = of(index)?;
            if line.text.get(end..next).is_none_or(|between| !between.trim().is_empty()) {
                break;
            }
            (from, next) = (index, start);
        }
        let cells: Vec<Option<usize>> = (from..line.figures.end).map(Some).collect();
        let label = line.text.get(..next)?.trim().trim_end_matches([':', '-', '–', '—', '.']).trim();
        (cells.len() > 1 && !label.is_empty()).then_some((label, cells))
    }
}

fn has_gaps(text: &str) -> bool {
    let text = text.trim();
    text.contains('\t') || text.contains("   ")
}

/// The cells of a line, as it is parted.
fn parted(text: &str) -> Vec<&str> {
    if text.contains('|') {
        let text = text.trim();
        let text = text.strip_prefix('|').unwrap_or(text);
        let text = text.strip_suffix('|').unwrap_or(text);
        return text.split('|').map(str::trim).collect();
    }
    let parts = text.trim().split('\t').flat_map(|part| part.split("  "));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The words that may head the columns below them.
fn cells(text: &str) -> Vec<&str> {
    if text.contains('|') || has_gaps(text) { parted(text) } else { text.split_whitespace().collect() }
}
