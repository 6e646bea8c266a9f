//! Passages: the blocks of a document that are read together. A paragraph is one; a list belongs to the line that introduces
//! it, and its items to each other.

use std::ops::Range;

use super::pieces::{Paragraph, Placed};
use super::structure::Structure;
use crate::document::{Block, BlockKind};
use crate::extract::Mention;
use crate::figure::Units;

/// Figures of one passage beyond which it is a list of numbers and no text.
const MOST_FIGURES: usize = 4000;

/// What stands between the blocks of a passage: an item that begins on a line of its own.
const BETWEEN: &str = "\n• ";

/// Blocks that are read together.
#[derive(Clone, Debug)]
pub(super) struct Passage(Range<usize>);

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

impl Passage {
    /// The structures of a passage, if it has figures enough for one.
    pub(super) fn recognise(
        &self,
        blocks: &[Block<'_>],
        mentions: &[Mention],
        units: &Units,
        found: &mut Vec<Structure>,
    ) {
        let at = |block: usize| mentions.partition_point(|mention| (mention.block as usize) < block);
        let inside = at(self.0.start)..at(self.0.end);
        if inside.is_empty() || inside.len() > MOST_FIGURES {
            return;
        }
        let own = blocks.get(self.0.clone()).unwrap_or_default();
        if let [only] = own {
            let figures: Vec<Placed> = inside.filter_map(|index| placed(mentions, index, 0)).collect();
            let paragraph = Paragraph::read(&only.text, mentions, &figures);
            return found.append(&mut super::recognise(&paragraph, units));
        }
        let mut text = String::new();
        let mut starts = Vec::with_capacity(own.len());
        for block in own {
            if !text.is_empty() {
                text.push_str(BETWEEN);
            }
            starts.push(text.len());
            text.push_str(&block.text);
        }
        let base = |index: usize| {
            let block = (mentions.get(index)?.block as usize).checked_sub(self.0.start)?;
            starts.get(block).copied()
        };
        let figures: Vec<Placed> = inside.filter_map(|index| placed(mentions, index, base(index)?)).collect();
        let paragraph = Paragraph::read(&text, mentions, &figures);
        found.append(&mut super::recognise(&paragraph, units));
    }
}

/// Where a mention stands in the text of its passage.
fn placed(mentions: &[Mention], index: usize, base: usize) -> Option<Placed> {
    let mention = mentions.get(index)?;
    let start = base + mention.offset as usize;
    Some(Placed { index, start, end: start + mention.text.len() })
}
