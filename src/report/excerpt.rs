//! The part of a line that is worth showing: cut around the marked places, with everything unsafe made visible.
//!
//! Lines of a text can be thousands of characters long, and of a hostile file hundreds of megabytes, so nothing here
//! looks at more of a line than it shows. A line becomes one row or, where many places lie far apart, several.

use super::visible::{is_right_to_left, push_visible, width, width_of};

/// Between two parts of a line that are shown in one row, and at a cut end.
pub const CUT: &str = "…";
/// Columns of text that each side of a mark gets at least.
const LEAST_CONTEXT: usize = 12;
/// How wide a tab stop is.
const TAB: usize = 4;

/// A marked place in a line: bytes from its start, and which label it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub label: usize,
}

/// A stretch of a row: plain, or marked for a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub label: Option<usize>,
}

/// One row of output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub pieces: Vec<Piece>,
    /// Label, first column and the column after, in the order of the columns.
    pub marks: Vec<(usize, usize, usize)>,
    /// Whether a terminal may show the row in another order, so that no column of it can be pointed at.
    pub is_right_to_left: bool,
    columns: usize,
}

/// Cuts a line around its marks into rows of at most `columns`; marks lie where they may, also beyond the line.
pub fn rows(line: &str, marks: &[Mark], columns: usize) -> Vec<Row> {
    let mut marks: Vec<Mark> = marks.iter().map(|mark| fitted(line, *mark, columns)).collect();
    marks.sort_by_key(|mark| (mark.start, mark.end, mark.label));
    let mut rows: Vec<Row> = Vec::new();
    let mut shown_to = None;
    for (start, end) in fragments(line, &marks, columns) {
        let inside = || marks.iter().copied().filter(|mark| start <= mark.start && mark.start <= end);
        let own: Vec<Mark> = inside().filter(|mark| mark.end <= end && shown_to != Some(mark.start)).collect();
        let wide = width(line.get(start..end).unwrap_or_default());
        let fits = rows.last().is_some_and(|row| row.columns + wide + 5 <= columns);
        if !fits {
            rows.push(Row::default());
        }
        if let Some(row) = rows.last_mut() {
            let follows = shown_to == Some(start);
            if start > 0 && !(follows && fits) {
                row.push_plain(if fits { " … " } else { "… " });
            }
            row.push(line, start, end, &own);
        }
        shown_to = Some(end);
    }
    let last = rows.len().saturating_sub(1);
    for (index, row) in rows.iter_mut().enumerate() {
        if index < last || shown_to.is_some_and(|end| end < line.len()) {
            row.push_plain(" …");
        }
    }
    rows
}

impl Row {
    fn push_plain(&mut self, text: &str) {
        self.columns += width(text);
        self.add(text, None);
    }

    fn add(&mut self, text: &str, label: Option<usize>) {
        match self.pieces.last_mut() {
            Some(last) if last.label == label => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Piece { text: text.to_owned(), label }),
        }
    }

    /// Adds `start..end` of the line.
    fn push(&mut self, line: &str, start: usize, end: usize, marks: &[Mark]) {
        let mut columns: Vec<(usize, usize)> = vec![(self.columns, self.columns); marks.len()];
        let mut shown = String::new();
        for (at, letter) in line.get(start..end).unwrap_or_default().char_indices() {
            let at = start + at;
            let label = marks.iter().find(|mark| mark.start <= at && at < mark.end).map(|mark| mark.label);
            for (mark, column) in marks.iter().zip(&mut columns).filter(|(mark, _)| mark.start == at) {
                *column = (self.columns, self.columns + usize::from(mark.end == mark.start));
            }
            shown.clear();
            if letter == '\t' {
                let stop = TAB - self.columns % TAB;
                shown.extend(std::iter::repeat_n(' ', stop));
            } else {
                push_visible(&mut shown, letter);
            }
            self.is_right_to_left |= is_right_to_left(letter);
            self.columns += width(&shown);
            self.add(&shown, label);
            let next = at + letter.len_utf8();
            for (_, column) in marks.iter().zip(&mut columns).filter(|(mark, _)| mark.start < next && next <= mark.end)
            {
                column.1 = self.columns;
            }
        }
        for (mark, (first, after)) in marks.iter().zip(columns) {
            // a mark at the very end of the line, or of something without width, still takes a column
            let first = if mark.start == end { self.columns } else { first };
            self.marks.push((mark.label, first, after.max(first + 1)));
        }
    }
}

/// A mark on whole characters of the line, no wider than a row.
fn fitted(line: &str, mark: Mark, columns: usize) -> Mark {
    let start = line.floor_char_boundary(mark.start.min(line.len()));
    let end = line.ceil_char_boundary(mark.end.clamp(start, line.len()));
    let room = columns.saturating_sub(8).max(1);
    let end = forward(line, start, room).min(end);
    Mark { start, end, ..mark }
}

/// The parts of the line to show, in order and apart.
fn fragments(line: &str, marks: &[Mark], columns: usize) -> Vec<(usize, usize)> {
    // a character takes at most four bytes for one column, so a longer line need not be measured
    if line.len() <= columns * 4 && width(line) <= columns {
        return vec![(0, line.len())];
    }
    let mut spans: Vec<(usize, usize)> = marks.iter().map(|mark| (mark.start, mark.end)).collect();
    spans.dedup();
    let widths = || spans.iter().map(|(start, end)| width(&line[*start..*end]));
    let (marked, widest) = (widths().sum::<usize>(), widths().max().unwrap_or(0));
    let shares = spans.len().max(1) * 2;
    let context = columns.saturating_sub(marked + 3 * shares / 2 + 1) / shares;
    let context = context.max(LEAST_CONTEXT.min(columns.saturating_sub(widest + 4) / 2));
    let mut fragments: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans.iter().copied() {
        let (mut from, mut to) = (cut_before(line, start, context), cut_after(line, end, context));
        if spans.len() == 1 {
            // what one side has no use for is the other's
            let left = |shown: usize| columns.saturating_sub(marked + shown + 4).max(context);
            if to == line.len() {
                from = cut_before(line, start, left(width(&line[end..])));
            } else if from == 0 {
                to = cut_after(line, end, left(width(&line[..start])));
            }
        }
        match fragments.last_mut() {
            Some(last) if from <= last.1 + 3 => {
                if width(&line[last.0..to.max(last.1)]) + 4 <= columns {
                    last.1 = to.max(last.1);
                } else if start >= last.1 {
                    fragments.push((from.max(fragments.last().map_or(0, |last| last.1)), to));
                } else {
                    // the two touch: the row ends where the second place begins, or takes both where they overlap
                    let overlaps = marks.iter().any(|mark| mark.start < start && start < mark.end);
                    if overlaps {
                        last.1 = end.max(last.1);
                    } else {
                        last.1 = start;
                        fragments.push((start, to));
                    }
                }
            }
            _ => fragments.push((from, to)),
        }
    }
    if fragments.is_empty() {
        fragments.push((0, forward(line, 0, columns.saturating_sub(2))));
    }
    fragments
}

/// The offset after as many characters as fit into so many columns.
fn forward(line: &str, start: usize, columns: usize) -> usize {
    let mut used = 0;
    let mut letters = line.get(start..).unwrap_or_default().char_indices();
    // characters without width are counted at some point too, or a line of them would never end
    let past = letters.by_ref().enumerate().find(|(count, (_, letter))| {
        used += width_of(*letter);
        used > columns || *count > columns * 8
    });
    past.map_or(line.len(), |(_, (at, _))| start + at)
}

/// Where the context before a place begins: after a blank, if one is near.
fn cut_before(line: &str, place: usize, columns: usize) -> usize {
    let before = line.get(..place).unwrap_or_default();
    let mut used = 0;
    let mut start = place;
    for (count, (at, letter)) in before.char_indices().rev().enumerate() {
        used += width_of(letter);
        if used > columns || count > columns * 8 {
            // nothing is gained by cutting as much as the sign of the cut takes
            if line.get(..start).is_some_and(|left| left.len() < 8 && left.chars().count() < 3) {
                return 0;
            }
            let slack = start + (place - start) / 2;
            let blank = line.get(start..line.floor_char_boundary(slack)).and_then(|part| part.find(' '));
            return blank.map_or(start, |blank| start + blank + 1);
        }
        // a combining mark stays with its letter
        if width_of(letter) > 0 {
            start = at;
        }
    }
    0
}

/// Where the context after a place ends: before a blank, if one is near.
fn cut_after(line: &str, place: usize, columns: usize) -> usize {
    let end = forward(line, place, columns);
    let rest = line.get(end..).unwrap_or_default();
    if rest.len() < 8 && rest.chars().count() < 3 {
        return line.len();
    }
    let slack = line.ceil_char_boundary(place + (end - place) / 2);
    let blank = line.get(slack..end).and_then(|part| part.rfind(' '));
    blank.map_or(end, |blank| slack + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: &Row) -> String {
        let piece = |piece: &Piece| match piece.label {
            Some(label) => format!("⟦{}⟧{label}", piece.text),
            None => piece.text.clone(),
        };
        row.pieces.iter().map(piece).collect()
    }

    fn shown(line: &str, marks: &[(usize, usize)], columns: usize) -> Vec<String> {
        let marks: Vec<Mark> =
            marks.iter().enumerate().map(|(label, (start, end))| Mark { start: *start, end: *end, label }).collect();
        rows(line, &marks, columns).iter().map(text).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(shown("value = \"5 %\"", &[(8, 13)], 40), ["value = ⟦\"5 %\"⟧0"]);
        assert_eq!(rows("a\tb", &[Mark { start: 2, end: 3, label: 0 }], 40)[0].marks, [(0, 4, 5)]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let line = format!("{}THE FIGURE{}", "word ".repeat(1000), " word".repeat(1000));
        let at = line.find("THE").unwrap();
        let rows = shown(&line, &[(at, at + 10)], 40);
        assert_eq!(rows, ["… word word ⟦THE FIGURE⟧0 word word …"]);
    }

    #[test]
    fn far_places_share_a_row_or_get_their_own() {
        let line = format!("first{}second{}third", " x".repeat(200), " y".repeat(200));
        let second = line.find("second").unwrap();
        let third = line.find("third").unwrap();
        let marks = [(0, 5), (second, second + 6), (third, third + 5)];
        assert_eq!(shown(&line, &marks, 100).len(), 1);
        for row in
            rows(&line, &[Mark { start: 0, end: 5, label: 0 }, Mark { start: second, end: second + 6, label: 1 }], 44)
        {
            assert!(row.columns <= 46, "{row:?}");
        }
        assert_eq!(shown(&line, &marks, 44).len(), 3);
    }

    #[test]
    fn odd_marks_do_no_harm() {
        let line = "ab ك\u{64e}م e\u{301} 👨\u{200d}👩 z";
        for start in 0..line.len() + 3 {
            for end in 0..line.len() + 3 {
                for columns in [1, 8, 40] {
                    let rows = rows(line, &[Mark { start, end, label: 0 }], columns);
                    assert!(rows.iter().any(|row| !row.marks.is_empty()), "{start}..{end} in {columns}");
                }
            }
        }
        assert_eq!(shown("", &[(0, 0)], 10), [""]);
        assert_eq!(rows("", &[Mark { start: 5, end: 9, label: 0 }], 10)[0].marks, [(0, 0, 1)]);
        let same = [Mark { start: 0, end: 2, label: 0 }, Mark { start: 0, end: 2, label: 1 }];
        assert_eq!(rows("ab", &same, 10)[0].marks, [(0, 0, 2), (1, 0, 2)]);
    }

    #[test]
    fn a_hundred_megabytes_cost_nothing() {
        let line = "م".repeat(50_000_000);
        let start = std::time::Instant::now();
        let middle = line.len() / 2;
        let rows = rows(&line, &[Mark { start: middle, end: line.len(), label: 0 }], 80);
        assert!(rows.iter().all(|row| row.columns <= 84 && row.is_right_to_left));
        assert!(start.elapsed().as_millis() < 100);
    }
}
