//! Passages: the blocks of a document that are read together. A paragraph is one; a list belongs to the line that introduces
//! it, and its items to each other.

use std::ops::Range;

use super::exchange::{self, Exchanged};
use super::lapse::Lives;
use super::names;
use super::pieces::{Paragraph, Placed};
use super::repeated::Sayings;
use super::structure::Structure;
use super::ties::{self, Amount, Tie};
use crate::document::{Block, BlockKind, Span};
use crate::extract::Mention;
use crate::figure::Units;

/// Figures of one passage beyond which it is a list of numbers and no text.
const MOST_FIGURES: usize = 4000;

/// What stands between the blocks of a passage: an item that begins on a line of its own.
const BETWEEN: &str = "\n• ";

/// Blocks that are read together.
#[derive(Clone, Debug)]
pub(super) struct Passage(Range<usize>);

/// The blocks of a document by their index, each with its figures as a range of the mentions.
pub(super) fn blocks_with_figures<'b, 't>(
    blocks: &'b [Block<'t>],
    mentions: &'b [Mention],
) -> impl Iterator<Item = (usize, &'b Block<'t>, Range<usize>)> {
    let mut start = 0;
    blocks.iter().enumerate().map(move |(index, block)| {
        start += mentions[start..].partition_point(|mention| (mention.block as usize) < index);
        let end = start + mentions[start..].partition_point(|mention| mention.block as usize == index);
        let own = start..end;
        start = end;
        (index, block, own)
    })
}

/// The passages of a document.
pub(super) fn passages(blocks: &[Block<'_>]) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let list = |block: &Block<'_>| match block.kind {
            BlockKind::ListItem { list, .. } => Some(list),
            _ => None,
        };
        if matches!(block.kind, BlockKind::Cell(_)) {
            continue;
        }
        if let (Some(own), Some(last)) = (list(block), found.last_mut())
            && last.0.end == index
            && let Some(before) = blocks.get(index - 1)
        {
            let introduces = matches!(before.kind, BlockKind::Paragraph) && before.text.trim_end().ends_with(':');
            if list(before) == Some(own) || introduces {
                last.0.end = index + 1;
                continue;
            }
        }
        found.push(Passage(index..index + 1));
    }
    found
}

/// What a passage says: what it ties together itself, and what only the whole document can.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    pub structures: Vec<Structure>,
    pub said: Sayings,
    pub lives: Lives,
    pub exchanged: Vec<Exchanged>,
    pub ties: Vec<Tie>,
    pub amounts: Vec<Amount>,
}

impl Passage {
    /// What a passage says, if it has figures enough to say anything.
    pub(super) fn recognise(&self, blocks: &[Block<'_>], mentions: &[Mention], units: &Units) -> Recognised {
        let at = |block: usize| mentions.partition_point(|mention| (mention.block as usize) < block);
        let inside = at(self.0.start)..at(self.0.end);
        if inside.is_empty() || inside.len() > MOST_FIGURES {
            return Recognised::default();
        }
        let own = blocks.get(self.0.clone()).unwrap_or_default();
        let mut joined = String::new();
        let mut starts = Vec::with_capacity(own.len());
        // most passages are one block and need no text of their own
        let text: &str = if let [only] = own {
            starts.push(0);
            &only.text
        } else {
            for block in own {
                if !joined.is_empty() {
                    joined.push_str(BETWEEN);
                }
                starts.push(joined.len());
                joined.push_str(&block.text);
            }
            &joined
        };
        let base = |index: usize| {
            let block = (mentions.get(index)?.block as usize).checked_sub(self.0.start)?;
            starts.get(block).copied()
        };
        let figures: Vec<Placed> = inside.filter_map(|index| placed(mentions, index, base(index)?)).collect();
        let paragraph = Paragraph::read(text, mentions, &figures);
        let mut found = Recognised { structures: super::recognise(&paragraph, units), ..Recognised::default() };
        found.said = Sayings::read(&paragraph, self.0.start, own.first());
        found.lives.read(&paragraph);
        found.exchanged = exchange::exchanged(&paragraph);
        ties::ties(&paragraph, self.0.start, &mut found.ties);
        ties::amounts(&paragraph, self.0.start, &mut found.amounts);
        for listed in names::named(&paragraph) {
            let place = |(start, end): (usize, usize)| {
                let own = starts.partition_point(|from| *from <= start).checked_sub(1)?;
                let from = starts.get(own)?;
                span(blocks, mentions, self.0.start + own, start - from..end - from)
            };
            let names: Option<Vec<Span>> = listed.names.into_iter().map(place).collect();
            found.structures.extend(names.map(|names| Structure::Named { count: listed.count, names }));
        }
        found.structures.extend(self.items(blocks, &paragraph));
        found
    }

    /// The items of a list, where the line before it says how many there are.
    fn items(&self, blocks: &[Block<'_>], paragraph: &Paragraph<'_>) -> Option<Structure> {
        let [lead, items @ ..] = blocks.get(self.0.clone())? else { return None };
        let BlockKind::Paragraph = lead.kind else { return None };
        let in_lead = |piece: &usize| paragraph.pieces[*piece].end <= lead.text.len();
        let count = paragraph.figures().filter(in_lead).last()?;
        let sign = names::opened(paragraph, count)?;
        // the colon ends the line
        if lead.text.trim_end().len() != paragraph.pieces.get(sign)?.end {
            return None;
        }
        let first = |block: &Block<'_>| match block.kind {
            BlockKind::ListItem { list, depth } => Some((list, depth)),
            _ => None,
        };
        let of = items.first().and_then(first)?;
        let mut names = Vec::new();
        for (at, block) in items.iter().enumerate() {
            if first(block)? == of {
                names.push(span(blocks, paragraph.mentions, self.0.start + 1 + at, 0..block.text.len())?);
            }
        }
        (names.len() > 1).then_some(Structure::Named { count: paragraph.figure(count)?, names })
    }
}

/// Where a part of a block stands in the text that its figures have their places in: the file, or for an archive, its
/// blocks each on a line.
fn span(blocks: &[Block<'_>], mentions: &[Mention], block: usize, part: Range<usize>) -> Option<Span> {
    let known = mentions.first()?;
    let offset = known.offset as usize;
    let in_file = blocks.get(known.block as usize)?.origin.range(offset..offset + known.text.len());
    if (in_file.start, in_file.end) == (known.start, known.end) {
        let range = blocks.get(block)?.origin.range(part);
        return Some(Span::new(range.start, range.end));
    }
    let before: usize = blocks.get(..block)?.iter().map(|block| block.text.len() + 1).sum();
    Some(Span::new(before + part.start, before + part.end))
}

/// Where a mention stands in the text of its passage.
fn placed(mentions: &[Mention], index: usize, base: usize) -> Option<Placed> {
    let mention = mentions.get(index)?;
    let start = base + mention.offset as usize;
    Some(Placed { index, start, end: start + mention.text.len() })
}
