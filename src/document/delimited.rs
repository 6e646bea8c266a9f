//! CSV and its kin: a record for each row, cut into fields by `csv-core`. What stands between the fields is told from the
//! text: a comma, a semicolon (where commas are decimal marks), a tab or a stroke.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::block::{Block, BlockKind, Composer};
use super::grid::Grid;

/// What may stand between fields; the first of two that fit equally well is taken.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// The cells of a delimited text. Lines of one field before the first with more are captions.
pub(super) fn blocks<'d>(text: &'d str, found: &mut Vec<Block<'d>>) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (start, delimiter) = match said_delimiter(&text[start..]) {
        Some((delimiter, length)) => (start + length, delimiter),
        None => (start, delimiter(&text[start..])),
    };
    let mut fields = Fields::new(text, start, delimiter);
    let mut grid = Grid::new(1);
    let mut composer = Composer::new(text);
    let mut record: Vec<Range<usize>> = Vec::new();
    let mut is_in_table = false;
    loop {
        let next = fields.next_field();
        let is_end = match &next {
            Some((range, is_last)) => {
                record.push(range.clone());
                *is_last
            }
            None => !record.is_empty(),
        };
        if is_end {
            grid.next_row();
            let filled = record.iter().filter(|field| !text[field.start..field.end].trim().is_empty()).count();
            is_in_table |= filled > 1;
            let is_caption = !is_in_table && filled == 1 && fields.goes_on();
            for field in record.drain(..) {
                let cell = grid.next_cell(1, 1, false);
                let here = field.start;
                content(text, field, &mut composer);
                let (words, origin) = composer.take(here);
                let kind = if is_caption { BlockKind::Caption { table: 1 } } else { BlockKind::Cell(cell) };
                if !is_caption || !words.trim().is_empty() {
                    found.push(Block { kind, text: words, origin, part: 0, language: None });
                }
            }
        }
        if next.is_none() {
            return;
        }
    }
}

/// What a field says, without its quotes.
fn content(text: &str, field: Range<usize>, composer: &mut Composer<'_>) {
    let written = &text[field.clone()];
    let Some(inner) = written.strip_prefix('"') else {
        composer.same(field);
        return;
    };
    let end = inner.rfind('"').unwrap_or(inner.len());
    let base = field.start + 1;
    let mut at = 0;
    // a quote within is written twice
    while let Some(quote) = inner[at..end].find("\"\"") {
        composer.same(base + at..base + at + quote + 1);
        at += quote + 2;
    }
    composer.same(base + at..base + end);
}

/// The fields of a text, each with the bytes that it was written in.
struct Fields<'d> {
    text: &'d str,
    reader: Reader,
    delimiter: u8,
    at: usize,
    is_over: bool,
    /// Where `csv-core` puts the text of a field, which is of no use here.
    unused: Vec<u8>,
}

impl<'d> Fields<'d> {
    fn new(text: &'d str, at: usize, delimiter: u8) -> Fields<'d> {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Fields { text, reader, delimiter, at, is_over: false, unused: vec![0; 1 << 16] }
    }

    /// Whether there is more text.
    fn goes_on(&self) -> bool {
        self.at < self.text.len()
    }

    /// The bytes of the next field and whether it is the last of its record.
    fn next_field(&mut self) -> Option<(Range<usize>, bool)> {
        if self.is_over {
            return None;
        }
        let start = self.at;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let (result, read, _) = self.reader.read_field(rest, &mut self.unused);
            self.at += read;
            match result {
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::InputEmpty if self.at < self.text.len() => {}
                ReadFieldResult::InputEmpty => {
                    // an empty input says that there is no more
                    let (result, _, _) = self.reader.read_field(&[], &mut self.unused);
                    self.is_over = true;
                    let is_field = matches!(result, ReadFieldResult::Field { .. });
                    return is_field.then(|| (self.trimmed(start), true));
                }
                ReadFieldResult::Field { record_end } => return Some((self.trimmed(start), record_end)),
                ReadFieldResult::End => {
                    self.is_over = true;
                    return None;
                }
            }
        }
    }

    /// A field without what ends it and without the ends of empty lines before it.
    fn trimmed(&self, start: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let (mut from, mut to) = (start, self.at);
        while from < to && matches!(bytes[from], b'\n' | b'\r') {
            from += 1;
        }
        match bytes[from..to].last() {
            Some(last) if *last == self.delimiter => to -= 1,
            _ => {
                while to > from && matches!(bytes[to - 1], b'\n' | b'\r') {
                    to -= 1;
                }
            }
        }
        from..to
    }
}

/// What stands between the fields, if the first line says it as Excel understands it (`sep=;`), and how long that line is.
fn said_delimiter(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix("sep=")?;
    let delimiter = *rest.as_bytes().first().filter(|byte| byte.is_ascii_punctuation() || **byte == b'\t')?;
    let end = rest[1..].strip_prefix('\r').unwrap_or(&rest[1..]).strip_prefix('\n')?;
    Some((delimiter, text.len() - end.len()))
}

/// What stands between the fields: the mark that most lines have equally often.
fn delimiter(text: &str) -> u8 {
    const LINES: usize = 50;
    let mut counts: Vec<[usize; DELIMITERS.len()]> = Vec::new();
    let (mut is_quoted, mut line) = (false, [0; DELIMITERS.len()]);
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => {
                counts.push(std::mem::take(&mut line));
                if counts.len() == LINES {
                    break;
                }
            }
            _ if is_quoted => {}
            _ => {
                if let Some(index) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    line[index] += 1;
                }
            }
        }
    }
    counts.push(line);
    let alike = |index: usize| {
        let mut of_lines: Vec<usize> = counts.iter().map(|line| line[index]).filter(|count| *count > 0).collect();
        of_lines.sort_unstable();
        of_lines.chunk_by(|one, other| one == other).map(<[usize]>::len).max().unwrap_or(0)
    };
    let mut best = (0, b',');
    for (index, delimiter) in DELIMITERS.into_iter().enumerate() {
        let lines = alike(index);
        if lines > best.0 {
            best = (lines, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        let mut found = Vec::new();
        blocks(text, &mut found);
        for block in &found {
            if !block.text.contains('"') {
                assert_eq!(text[block.origin.range(0..block.text.len())], block.text, "leads back");
            }
        }
        let cell = |block: &Block<'_>| match block.kind {
            BlockKind::Cell(cell) => (cell.row, cell.column, block.text.to_string()),
            _ => (0, 0, block.text.to_string()),
        };
        found.iter().map(cell).collect()
    }

    fn cell(row: u32, column: u32, text: &str) -> (u32, u32, String) {
        (row, column, text.to_owned())
    }

    #[test]
    fn fields_are_cells_with_their_place() {
        let text = "a,b\r\n\"1,5\",\"say \"\"x\"\"\"\r\n\r\n,2";
        let expected = [
            cell(1, 1, "a"),
            cell(1, 2, "b"),
            cell(2, 1, "1,5"),
            cell(2, 2, "say \"x\""),
            cell(3, 1, ""),
            cell(3, 2, "2"),
        ];
        assert_eq!(cells(text), expected);
        assert_eq!(cells("\u{feff}a\tb\n"), [cell(1, 1, "a"), cell(1, 2, "b")]);
        assert_eq!(cells("sep=;\r\na;b,c\r\n"), [cell(1, 1, "a"), cell(1, 2, "b,c")]);
        assert_eq!(cells(""), []);
    }

    #[test]
    fn the_delimiter_is_told_from_the_text() {
        for (text, expected) in [
            ("a,b\n1,2\n", b','),
            ("Область;2019\nА;1,5\nБ;2,5\n", b';'),
            ("a\tb, c\n1\t2,5\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("12 km", b','),
            ("\"a;b\",c\n\"d;e\",f\n", b','),
        ] {
            assert_eq!(delimiter(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_above_a_table_are_its_caption() {
        let found = cells("Trade\nin million USD,\nyear,exports\n2019,5\n");
        assert_eq!(found[0], cell(0, 0, "Trade"));
        assert_eq!(found[1], cell(0, 0, "in million USD"));
        assert_eq!(found[2], cell(3, 1, "year"));
    }
}
