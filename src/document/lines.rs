//! From byte offsets to lines and columns, and back.
//!
//! An index is built once for each text that is reported on, because scanning from the start for each finding makes
//! a report of thousands of them quadratic. Columns count characters, as editors do.

/// A place as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// In lines longer than [`STRIDE`], every so many bytes: an offset, and the characters of its line before it.
    /// Else each column of a line of megabytes would be counted from its start.
    counted: Vec<(usize, usize)>,
}

/// Bytes within which characters are counted one by one.
const STRIDE: usize = 4096;

impl LineIndex {
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1));
        let mut counted = Vec::new();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for (start, end) in starts.iter().copied().zip(ends).filter(|(start, end)| end - start > STRIDE) {
            let (mut offset, mut characters) = (start, 0);
            while offset + STRIDE < end {
                let next = text.floor_char_boundary(offset + STRIDE);
                characters += text[offset..next].chars().count();
                offset = next;
                counted.push((offset, characters));
            }
        }
        LineIndex { starts, counted }
    }

    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The index of the line that holds this byte, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where line `index` (from 0) starts and ends, without its line end; nothing beyond the last line.
    pub fn line_span(&self, text: &str, index: usize) -> Option<(usize, usize)> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end)?;
        Some((start, start + line.trim_end_matches(['\n', '\r']).len()))
    }

    /// The place of a byte offset; an offset inside a character counts as its start, one beyond the text as its end.
    pub fn place(&self, text: &str, offset: usize) -> Place {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or(0).min(offset);
        let known = self.counted.partition_point(|(known, _)| *known <= offset).checked_sub(1);
        let known = known.and_then(|index| self.counted.get(index)).filter(|(known, _)| *known >= start);
        let (from, characters) = known.copied().unwrap_or((start, 0));
        Place { line: line + 1, column: characters + text[from..offset].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_either_way() {
        let text = "ab\r\nطول (6,467) كم\n";
        let index = LineIndex::new(text);
        let figure = text.find("6,467").unwrap();
        assert_eq!(index.place(text, figure), Place { line: 2, column: 6 });
        assert_eq!(index.place(text, text.len() + 9), Place { line: 3, column: 1 });
        let (start, end) = index.line_span(text, 0).unwrap();
        assert_eq!(&text[start..end], "ab");
        assert_eq!(index.line_span(text, 7), None);
        let inside_a_letter = text.find('ط').unwrap() + 1;
        assert_eq!(index.place(text, inside_a_letter), Place { line: 2, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_the_same() {
        let long = format!("ab\n{}\nend", "كم ".repeat(5000));
        let index = LineIndex::new(&long);
        for offset in [0, 3, 4098, 4099, 4100, 9000, 24_999, long.len()] {
            let before = &long[..long.floor_char_boundary(offset)];
            let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
            assert_eq!(index.place(&long, offset).column, column, "{offset}");
        }
    }
}
