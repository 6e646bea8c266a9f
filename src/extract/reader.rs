//! From a document to its figures: its blocks are read in parallel, in groups, and what comes of them is put in order.
//!
//! Plain text is read some paragraphs at a time, so that memory does not grow with it; other formats are held. The result
//! is the same for any number of threads.

use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::Options;
use super::figure::{Stated, figures};
use super::figure_table::{CellBlocks, FigureTable, Tables, cell_blocks};
use super::item::Paragraph;
use super::mention::{Kind, Mention};
use super::pack::Packs;
use super::settle::settle;
use super::token::{Class, Tokens, tokenise_near_figures};
use crate::document::format::{is_utf16, start_of};
use crate::document::text::{Batches, LONGEST_PARAGRAPH, blocks as paragraphs};
use crate::document::{Block, BlockKind, Damage, Format, Places, Source, Spot, Unreadable};
use crate::figure::Number;

/// What a document holds.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The figures, in the order of the text.
    pub mentions: Vec<Mention>,
    /// The tables that they stand in.
    pub tables: Vec<FigureTable>,
    pub(super) cells: CellBlocks,
    /// The parts of an archive that figures stand in, each with its first block.
    parts: Vec<(u32, Box<str>)>,
    /// Where the document is no UTF-8: the first place of each line.
    pub damage: Vec<Damage>,
    /// Bytes read.
    pub length: usize,
}

impl Extraction {
    /// Whether the document is an archive, in which paragraphs are counted and not lines.
    pub fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The part of an archive that a figure stands in: its offsets are bytes of that, not of the archive.
    pub fn part(&self, mention: &Mention) -> Option<&str> {
        let after = self.parts.partition_point(|(first, _)| *first <= mention.block);
        self.parts.get(after.checked_sub(1)?).map(|(_, name)| &**name)
    }
}

/// The figures of a text.
pub fn mentions(text: &str, options: &Options<'_>) -> Vec<Mention> {
    // reading from memory cannot fail
    read(text.as_bytes(), options).map(|extraction| extraction.mentions).unwrap_or_default()
}

/// The figures of a document: of this name, if it has one, and in this format, or else the one that it seems to be in.
///
/// # Errors
/// If reading fails, or the document is in a format that is not read.
pub fn read_document(
    mut from: impl Read,
    path: Option<&Path>,
    format: Option<Format>,
    options: &Options<'_>,
) -> Result<Extraction, Unreadable> {
    let start = start_of(&mut from)?;
    let format = match format {
        Some(format) => format,
        None => Format::of(path, &start)?,
    };
    let is_held = format != Format::Text || is_utf16(&start);
    let whole = start.chain(from);
    Ok(if is_held { read_source(&Source::read(whole, format)?, options) } else { read(whole, options)? })
}

/// The figures of a plain text, which may be of any length.
///
/// # Errors
/// Whatever reading `source` fails with.
pub fn read(source: impl Read, options: &Options<'_>) -> io::Result<Extraction> {
    let mut batches = Batches::new(source);
    let mut state = State::new(options);
    let mut spot = Spot::START;
    while let Some((text, offset)) = batches.next_batch()? {
        let mut blocks = Vec::new();
        paragraphs(text, offset, &mut blocks);
        let first = state.found.len();
        state.blocks(&blocks, Format::Text, &Tables::default());
        let mut places = Places::from(text, spot);
        for mention in &mut state.found[first..] {
            let spot = places.at(mention.start - offset);
            (mention.line, mention.column) = (spot.line, spot.column);
        }
        spot = places.at(text.len());
    }
    let mentions = state.finish();
    Ok(Extraction { mentions, damage: batches.damage, length: spot.offset, ..Extraction::default() })
}

/// The figures of a document in any format.
pub fn read_source(source: &Source, options: &Options<'_>) -> Extraction {
    read_blocks(source, &source.blocks(), options)
}

/// The figures of a document whose blocks are at hand: [`Mention::block`] is an index into `blocks`.
pub fn read_blocks(source: &Source, blocks: &[Block<'_>], options: &Options<'_>) -> Extraction {
    let mut state = State::new(options);
    let tables = Tables::of(blocks, options.packs);
    state.blocks(blocks, source.format, &tables);
    let mut mentions = state.finish();
    let (mut at, mut parts) = (0, Vec::new());
    for (index, part) in source.parts().iter().enumerate() {
        let first = blocks.partition_point(|block| usize::from(block.part) < index) as u32;
        parts.extend(part.name.clone().map(|name| (first, name)));
        let mut places = part.places();
        // the last place that was counted to in a block: offset and column
        let (mut counted, mut in_block) = ((0, 1), None);
        while let Some(mention) = mentions.get_mut(at)
            && let Some(block) = blocks.get(mention.block as usize)
            && usize::from(block.part) == index
        {
            let (start, end) = places.of(mention.start..mention.end);
            (mention.start, mention.end) = (start.offset, end);
            (mention.line, mention.column) = (start.line, start.column);
            if part.name.is_some() {
                // an archive has no lines, so its blocks are counted
                if in_block != Some(mention.block) {
                    (counted, in_block) = ((0, 1), Some(mention.block));
                }
                let offset = mention.offset as usize;
                let passed = block.text.get(counted.0..offset).unwrap_or_default();
                counted = (offset, counted.1 + passed.chars().count());
                (mention.line, mention.column) = (mention.block as usize + 1, counted.1);
            }
            at += 1;
        }
    }
    let length = source.parts().iter().map(|part| part.text.len()).sum();
    let cells = cell_blocks(&tables.tables, blocks, &mentions);
    Extraction { mentions, tables: tables.tables, cells, parts, damage: source.damage.clone(), length }
}

/// Bytes of text that are read in one go by one thread.
const GROUP: usize = 256 << 10;

/// A document while it is read.
struct State<'o> {
    options: &'o Options<'o>,
    found: Vec<Mention>,
    blocks: usize,
    /// The language of the last paragraph with letters.
    language: usize,
    /// Blocks with words or figures.
    filled: usize,
    /// Numbers that stood alone in their paragraph, and so may be those of pages.
    alone: Vec<usize>,
}

impl<'o> State<'o> {
    fn new(options: &'o Options<'o>) -> State<'o> {
        let fallback = options.packs.language("en").unwrap_or(0);
        State {
            options,
            found: Vec::new(),
            blocks: 0,
            language: options.language.map_or(fallback, |choice| choice.0),
            filled: 0,
            alone: Vec::new(),
        }
    }

    /// Reads the next blocks of the document.
    fn blocks(&mut self, blocks: &[Block<'_>], format: Format, tables: &Tables) {
        let mut groups: Vec<&[Block<'_>]> = Vec::new();
        let (mut from, mut size) = (0, 0);
        for (index, block) in blocks.iter().enumerate() {
            size += block.text.len();
            if size >= GROUP || index + 1 == blocks.len() {
                groups.push(&blocks[from..=index]);
                (from, size) = (index + 1, 0);
            }
        }
        let assumed = self.language;
        let options = self.options;
        let read = |group: &[Block<'_>], language: usize| Group::read(group, format, tables, options, language);
        let results: Vec<Group> = match groups.as_slice() {
            [only] => vec![read(only, assumed)],
            many => many.par_iter().map(|group| read(group, assumed)).collect(),
        };
        for (group, mut result) in groups.into_iter().zip(results) {
            // what has no letters is in the language of what stands before it, which only now is known
            if result.leans_back && self.language != assumed {
                result = read(group, self.language);
            }
            let (first, block) = (self.found.len(), self.blocks as u32);
            self.language = result.language;
            self.filled += result.filled;
            self.alone.extend(result.alone.into_iter().map(|index| index + first));
            self.found.extend(result.mentions.into_iter().map(|mut mention| {
                mention.block += block;
                mention
            }));
            self.blocks += group.len();
        }
    }

    fn finish(mut self) -> Vec<Mention> {
        settle(&mut self.found, self.options.packs);
        if self.filled > 1 {
            // a lone number between paragraphs is that of a page
            let mut index = 0;
            let alone = &self.alone;
            self.found.retain(|mention| {
                let is_page = alone.binary_search(&index).is_ok() && mention.text.chars().count() <= 4;
                index += 1;
                !is_page
            });
        }
        self.found
    }
}

/// What came of some blocks that follow each other.
struct Group {
    mentions: Vec<Mention>,
    alone: Vec<usize>,
    filled: usize,
    /// The language of its last block with letters, or else the one assumed.
    language: usize,
    /// Whether a figure stands before its first letters.
    leans_back: bool,
}

impl Group {
    fn read(blocks: &[Block<'_>], format: Format, tables: &Tables, options: &Options<'_>, language: usize) -> Group {
        let mut group = Group { mentions: Vec::new(), alone: Vec::new(), filled: 0, language, leans_back: false };
        let (mut tokens, mut stated) = (Tokens::new(options.packs), Vec::new());
        let mut has_letters = false;
        for (index, block) in blocks.iter().enumerate() {
            if tables.is_row_number(block.kind) {
                continue;
            }
            for (offset, text) in stretches(&block.text) {
                tokenise_near_figures(text, &mut tokens);
                group.filled += usize::from(!tokens.is_blank);
                if tokens.candidates.is_empty() {
                    continue;
                }
                has_letters |= tokens.letters.iter().any(|count| *count > 0);
                group.leans_back |= !has_letters;
                let forced = options.language.map(|choice| choice.0);
                let named = block.language.as_deref().and_then(|tag| named_language(tag, options.packs));
                let mut paragraph = Paragraph::new(text, &tokens, forced, named.unwrap_or(group.language));
                group.language = paragraph.language;
                if let BlockKind::Cell(place) = &block.kind
                    && words(&tokens) <= MOST_WORDS
                {
                    paragraph.given = tables.given(place);
                }
                for stretch in tokens.stretches() {
                    paragraph.read(stretch);
                    figures(&paragraph, &mut stated);
                }
                if tables.is_head(block.kind) {
                    stated.retain(|stated| !is_scale(stated));
                }
                let may_be_page =
                    block.kind == BlockKind::Paragraph && matches!(format, Format::Text | Format::Markdown);
                if may_be_page && tokens.tokens.len() == 1 && stated.len() == 1 {
                    group.alone.push(group.mentions.len());
                }
                let language = paragraph.language as u8;
                let found = stated.drain(..).map(|stated| mention(block, index, offset, text, language, stated));
                group.mentions.extend(found);
            }
        }
        group
    }
}

/// The pack for a BCP 47 tag: `ar-EG` is Arabic.
fn named_language(tag: &str, packs: &Packs) -> Option<usize> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    packs.language(&primary.to_ascii_lowercase())
}

/// Whether a figure in a head is no figure but a scale for others: `million USD`, `1,000 tonnes`.
fn is_scale(stated: &Stated) -> bool {
    let is_amount = !matches!(stated.kind, Kind::Year | Kind::Date | Kind::Period | Kind::Century | Kind::Rank);
    let is_power = |value: &Number| [2, 3, 6, 9, 12].iter().any(|power| *value == Number::power_of_ten(*power));
    is_amount && stated.figure.nominal.as_ref().is_some_and(is_power)
}

/// A cell with more words is a sentence, of which the head says nothing.
const MOST_WORDS: usize = 2;

fn words(tokens: &Tokens<'_>) -> usize {
    tokens.tokens.iter().filter(|token| token.class == Class::Word).count()
}

/// A text in stretches of bearable length, each with its offset.
fn stretches(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let mut end = rest.len();
        if end > LONGEST_PARAGRAPH {
            let most = rest.floor_char_boundary(LONGEST_PARAGRAPH);
            end = rest[..most].rfind(|letter: char| letter.is_ascii_whitespace()).map_or(most, |blank| blank + 1);
        }
        let start = at;
        at += end;
        Some((start, &rest[..end]))
    })
}

/// A figure with its place; line and column are found later, by the text of the file.
fn mention(block: &Block<'_>, index: usize, offset: usize, text: &str, language: u8, stated: Stated) -> Mention {
    let range = block.origin.range(offset + stated.start..offset + stated.end);
    Mention {
        start: range.start,
        end: range.end,
        line: 0,
        column: 0,
        block: index as u32,
        offset: (offset + stated.start) as u32,
        text: text[stated.start..stated.end].into(),
        kind: stated.kind,
        figure: stated.figure,
        unit: stated.unit.map(Into::into),
        date: stated.date.map(Into::into),
        hedge: stated.hedge,
        alternatives: stated.other.into_iter().collect(),
        language,
        mark: stated.mark,
        is_scaled_far: stated.is_scaled_far,
    }
}
