//! Mentions for programs (JSON Lines) and for people (a table).

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::mention::{Figure, Mention, Reading};
use super::{Extraction, FigureTable};
use crate::document::{Cell as Place, TableCell};
use crate::figure::{Hedge, Number};

/// Decimals of a number whose expansion does not end.
const DECIMALS: i32 = 15;

/// A mention as one line of JSON says it.
#[derive(Serialize)]
pub struct Line<'a> {
    document: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
    kind: &'a str,
    #[serde(flatten)]
    figure: Numbers,
    unit: Option<&'a str>,
    date: Option<&'a str>,
    hedge: Option<&'a str>,
    alternatives: Vec<Other<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Cell<'a>>,
}

/// Where in a table a mention stands, counted from 1.
#[derive(Serialize)]
struct Cell<'a> {
    table: u32,
    row: u32,
    column: u32,
    row_head: Option<&'a str>,
    column_head: Option<&'a str>,
    is_head: bool,
}

impl<'a> Cell<'a> {
    fn of(table: &'a FigureTable, cell: &TableCell) -> Cell<'a> {
        let table = &table.table;
        let Place { row, column, .. } = cell.place;
        let is_head = table.is_head(cell);
        // a head says nothing of itself
        let row_head = table.row_head(row).filter(|_| !is_head);
        let column_head = table.column_head(column).filter(|_| !is_head);
        Cell { table: table.number, row, column, row_head, column_head, is_head }
    }
}

impl<'a> Line<'a> {
    /// A mention of a document.
    pub fn new(document: &'a str, mention: &'a Mention) -> Line<'a> {
        Line {
            document,
            start: mention.start,
            end: mention.end,
            line: mention.line,
            column: mention.column,
            text: &mention.text,
            kind: mention.kind.name(),
            figure: Numbers::of(&mention.figure),
            unit: mention.unit.as_deref(),
            date: mention.date.as_deref(),
            hedge: mention.hedge.map(Hedge::sign),
            alternatives: mention.alternatives.iter().map(Other::of).collect(),
            part: None,
            cell: None,
        }
    }
}

/// The numbers of a reading as decimal strings.
#[derive(Serialize)]
struct Numbers {
    low: Option<String>,
    high: Option<String>,
    nominal: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Numbers {
    fn of(figure: &Figure) -> Numbers {
        let text = |number: &Option<Number>| number.as_ref().map(decimal);
        Numbers {
            low: text(&figure.low),
            high: text(&figure.high),
            nominal: text(&figure.nominal),
            from: text(&figure.from),
            to: text(&figure.to),
        }
    }
}

/// Another reading, in the same fields.
#[derive(Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    figure: Numbers,
    date: Option<&'a str>,
}

impl Other<'_> {
    fn of(reading: &Reading) -> Other<'_> {
        Other { figure: Numbers::of(&reading.figure), date: reading.date.as_deref() }
    }
}

/// A number as decimal text; one that does not end is cut off.
fn decimal(number: &Number) -> String {
    number.exact_decimal().unwrap_or_else(|| number.with_decimals(DECIMALS))
}

/// One line of JSON for each mention.
///
/// # Errors
/// Whatever writing fails with.
pub fn json(out: &mut impl io::Write, document: &str, found: &Extraction) -> io::Result<()> {
    for mention in &found.mentions {
        let line = Line {
            part: found.part(mention),
            cell: found.cell(mention).map(|(table, cell)| Cell::of(table, cell)),
            ..Line::new(document, mention)
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A line for each mention: its place, what it says, how the text writes it, and last the heads of its row and column.
///
/// # Errors
/// Whatever writing fails with.
pub fn table(out: &mut impl io::Write, document: &str, found: &Extraction) -> io::Result<()> {
    const WIDEST: usize = 48;
    let mentions = &found.mentions;
    let columns = |mention: &Mention| {
        [format!("{}:{}", mention.line, mention.column), mention.kind.name().to_owned(), meaning(mention)]
    };
    let mut widths = [0; 3];
    for mention in mentions {
        for (width, text) in widths.iter_mut().zip(columns(mention)) {
            *width = text.chars().count().max(*width).min(WIDEST);
        }
    }
    let figures = if mentions.len() == 1 { "figure" } else { "figures" };
    let of_what = if found.has_parts() { " (paragraph:column)" } else { "" };
    writeln!(out, "{document}: {} {figures}{of_what}", mentions.len())?;
    let [a, b, c] = widths;
    for mention in mentions {
        let [place, kind, meaning] = columns(mention);
        write!(out, "  {place:<a$}  {kind:<b$}  {meaning:<c$}  {}", printable(&mention.text))?;
        if let Some(heads) = heads(found, mention) {
            write!(out, "  [{heads}]")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The heads of the row and column of a figure in a table.
fn heads(found: &Extraction, mention: &Mention) -> Option<String> {
    let (FigureTable { table, .. }, cell) = found.cell(mention).filter(|(table, cell)| !table.table.is_head(cell))?;
    let heads = [table.row_head(cell.place.row), table.column_head(cell.place.column)];
    let heads: Vec<String> = heads.into_iter().flatten().map(printable).collect();
    (!heads.is_empty()).then(|| heads.join(" | "))
}

/// What a mention says, in the notation of claims.
pub fn meaning(mention: &Mention) -> String {
    let mut text = String::new();
    if let Some(hedge) = mention.hedge {
        let _ = write!(text, "{} ", hedge.sign());
    }
    if let Some(date) = &mention.date {
        text.push_str(date);
        for other in mention.alternatives.iter().filter_map(|other| other.date.as_ref()) {
            let _ = write!(text, "  (or {other})");
        }
        return text;
    }
    let figure = &mention.figure;
    let shown = |number: &Number| shortened(&crate::figure::value::print_rounded(number, 6));
    match (&figure.nominal, &figure.from, &figure.to) {
        (Some(nominal), _, _) if mention.kind == super::Kind::Rank => {
            let _ = write!(text, "#{}", shown(nominal));
        }
        (Some(nominal), _, _) => text.push_str(&shown(nominal)),
        (None, Some(from), Some(to)) => {
            let _ = write!(text, "{}..{}", shown(from), shown(to));
        }
        _ => {}
    }
    if let Some(unit) = &mention.unit {
        let _ = write!(text, " {unit}");
    }
    for other in &mention.alternatives {
        if let Some(nominal) = &other.figure.nominal {
            let _ = write!(text, "  (or {})", shown(nominal));
        }
    }
    text
}

/// A number of thousands of digits is not printed in full.
fn shortened(number: &str) -> String {
    const LONGEST: usize = 40;
    if number.len() <= LONGEST {
        return number.to_owned();
    }
    format!("{}… ({} digits)", &number[..16], number.bytes().filter(u8::is_ascii_digit).count())
}

/// Text without anything that could move a terminal's cursor or turn its direction.
fn printable(text: &str) -> String {
    const LONGEST: usize = 80;
    let is_control = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
    };
    let mut shown: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !is_control(*letter))
        .take(LONGEST)
        .collect();
    if text.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}
