//! The figures of a document as the binding takes them: with the numbers of notes among them, and with paragraphs put
//! together again that the end of a page has cut.

use rustc_hash::FxHashMap;

use super::marks::{self, Mark};
use crate::document::{Block, Format, Source};
use crate::extract::Mention;

/// The figures of a document with the text that they stand in.
#[derive(Debug)]
pub struct Figures<'d> {
    /// The blocks of the document; one that goes on the one before stands there, and is empty itself.
    pub blocks: Vec<Block<'d>>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    marks: FxHashMap<usize, Mark>,
}

impl<'d> Figures<'d> {
    /// Prepares what was read in a document.
    pub fn of(source: &Source, blocks: &[Block<'d>], mentions: Vec<Mention>) -> Figures<'d> {
        let mut figures = Figures::with_marks(source, blocks, mentions);
        if source.format == Format::Text {
            figures.join();
        }
        figures
    }

    /// Adds the numbers of notes.
    fn with_marks(source: &Source, blocks: &[Block<'d>], mentions: Vec<Mention>) -> Figures<'d> {
        let found = match (source.format, source.parts()) {
            (Format::Text | Format::Markdown, [only]) => marks::numbers(&only.text, &mut only.places(), &mentions),
            _ => Vec::new(),
        };
        let mut figures = Figures { blocks: blocks.to_vec(), mentions, marks: FxHashMap::default() };
        if found.is_empty() {
            return figures;
        }
        let starts: Vec<usize> = blocks.iter().map(|block| block.origin.range(0..block.text.len()).start).collect();
        let is_mark = |mention: &Mention| {
            let next = found.partition_point(|(mark, ..)| mark.end <= mention.start);
            found.get(next).is_some_and(|(mark, ..)| mark.start < mention.end)
        };
        let mut all: Vec<(Mention, Option<Mark>)> =
            figures.mentions.into_iter().filter(|mention| !is_mark(mention)).map(|mention| (mention, None)).collect();
        all.extend(found.into_iter().map(|(mut mention, kind, offset)| {
            let block = starts.partition_point(|start| *start <= offset).saturating_sub(1);
            mention.block = u32::try_from(block).unwrap_or(u32::MAX);
            (mention, Some(kind))
        }));
        all.sort_by_key(|(mention, _)| (mention.block, mention.start));
        figures.marks = all.iter().enumerate().filter_map(|(at, (_, kind))| Some((at, (*kind)?))).collect();
        figures.mentions = all.into_iter().map(|(mention, _)| mention).collect();
        figures
    }

    /// Whether a mention is the number of a note, and where it stands.
    pub fn mark(&self, mention: usize) -> Option<Mark> {
        self.marks.get(&mention).copied()
    }

    /// The figures of a block that are no numbers of notes, with their indexes.
    pub(super) fn of_block(&self, block: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let first = self.mentions.partition_point(|mention| (mention.block as usize) < block);
        let here = self.mentions[first..].iter().take_while(move |mention| mention.block as usize == block);
        here.enumerate().map(move |(at, mention)| (first + at, mention)).filter(|(at, _)| self.mark(*at).is_none())
    }

    /// Puts together the paragraphs that a page break has cut: the first ends in the middle of a sentence, more than one
    /// empty line follows, and the next goes on.
    fn join(&mut self) {
        let filled: Vec<usize> =
            (0..self.blocks.len()).filter(|index| says_something(&self.blocks[*index].text)).collect();
        let Some(mut head) = filled.first().copied() else { return };
        let mut moved: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for pair in filled.windows(2) {
            let (last, next) = (pair[0], pair[1]);
            let is_apart =
                next > last + 1 || self.blocks[last].text.trim_end().len() + 2 < self.blocks[last].text.len();
            if !is_apart || !is_cut(&self.blocks[last].text) || !goes_on(&self.blocks[next].text) {
                head = next;
                continue;
            }
            let head_text = self.blocks[head].text.trim_end();
            let own = self.blocks[next].text.trim_start();
            let skipped = self.blocks[next].text.len() - own.len();
            let joined = format!("{head_text} {own}");
            moved.insert(next, (head, head_text.len() + 1 - skipped.min(head_text.len() + 1)));
            self.blocks[head].text = joined.into();
        }
        for mention in &mut self.mentions {
            if let Some((head, shift)) = moved.get(&(mention.block as usize)) {
                mention.block = u32::try_from(*head).unwrap_or(u32::MAX);
                mention.offset += u32::try_from(*shift).unwrap_or(0);
            }
        }
        for next in moved.keys() {
            self.blocks[*next].text = "".into();
        }
    }
}

/// Words of a paragraph that a page may have cut.
const LONG: usize = 8;

/// Whether a paragraph ends in the middle of a sentence, and is no caption or heading.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end();
    let has_parts = text.contains([',', '،', ';', '؛', ':']) || text.contains(". ");
    let is_open = text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ',' | '،'));
    is_open && has_parts && text.split_whitespace().nth(LONG).is_some() && !text.contains("://")
}

/// Whether a paragraph may begin in the middle of a sentence.
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    let starts = |first: char| !first.is_uppercase() && (first.is_alphanumeric() || first == '(');
    let is_numbered =
        text.split_whitespace().next().is_some_and(|first| first.ends_with(['.', ')']) && first.len() < 4);
    text.starts_with(starts) && !is_numbered && text.split_whitespace().nth(LONG).is_some()
}

/// Whether a paragraph is neither empty nor the number of a page.
fn says_something(text: &str) -> bool {
    text.trim().chars().any(|letter| !letter.is_numeric())
}
