//! What a text itself says about how its figures belong together: mentions in, [`Structure`]s out, and from them draft
//! claims and checks that the engine decides like any others.
//!
//! What ties figures is grammar and layout, never nearness alone: a head with its enumeration, a bracket, "of which",
//! "others", "up from … to". The words for it are data, in `[relation]` and `[role]` of the language packs. Where a text
//! leaves open what belongs together nothing is recognised, because a guessed grouping is worse than silence. What a
//! figure is *about* is not decided here.

mod again;
mod amount;
mod change;
mod columns;
mod cues;
mod digits;
pub mod drafts;
mod family;
mod lapse;
mod list;
mod names;
mod order;
mod pairs;
mod parting;
mod passage;
mod pieces;
mod proportion;
mod rate;
mod repeated;
mod share;
mod structure;
mod table;
pub(crate) mod value;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::document::Block;
use crate::extract::Extraction;
use crate::figure::Units;
pub use structure::{ChangeUnit, Sort, Structure};

use lapse::Lives;
use passage::{Recognised, passages};
use pieces::Paragraph;
use repeated::Sayings;
use table::Grid;

/// The structures that a document ties its figures into, in the order of the text. `blocks` are those of the document, of
/// which the figures were read.
pub fn structures(blocks: &[Block<'_>], read: &Extraction, units: &Units) -> Vec<Structure> {
    let passages: Vec<Recognised> =
        passages(blocks).par_iter().map(|passage| passage.recognise(blocks, &read.mentions, units)).collect();
    let (mut found, mut said, mut lives) = (Vec::new(), Sayings::default(), Lives::default());
    for passage in passages {
        found.extend(passage.structures);
        said.add(passage.said);
        lives.add(passage.lives);
    }
    repeated::repeated(&said, &mut found);
    let tables: Vec<_> = read.tables.iter().filter_map(|table| Some((table, Grid::of(table, read)?))).collect();
    let (tables, grids): (Vec<_>, Vec<_>) = tables.into_iter().unzip();
    pairs::pairs(blocks, read, &grids, &mut found);
    found.extend(lives.structure());
    for (table, grid) in tables.into_iter().zip(&grids) {
        table::tables(table, grid, &mut found);
    }
    without_weaker(found)
}

/// Leaves out what a share has to do with other shares where its whole is known: one mistake is told once.
fn without_weaker(mut found: Vec<Structure>) -> Vec<Structure> {
    let shares = found.iter().filter_map(|structure| match structure {
        Structure::ShareOf { share, .. } => Some(*share),
        _ => None,
    });
    let known: FxHashSet<usize> = shares.collect();
    found.retain(|structure| !matches!(structure, Structure::Proportion { share, .. } if known.contains(share)));
    found
}

fn recognise(paragraph: &Paragraph<'_>, units: &Units) -> Vec<Structure> {
    let mut found = Vec::new();
    again::again(paragraph, units, &mut found);
    list::lists(paragraph, &mut found);
    share::lists(paragraph, &mut found);
    share::families(paragraph, &mut found);
    share::parts(paragraph, &mut found);
    share::listed(paragraph, &mut found);
    share::itemized(paragraph, &mut found);
    share::indexes(paragraph, &mut found);
    share::implied(paragraph, &mut found);
    change::differences(paragraph, &mut found);
    change::changes(paragraph, &mut found);
    order::orders(paragraph, &mut found);
    lapse::lapses(paragraph, &mut found);
    rate::rates(paragraph, units, &mut found);
    family::families(paragraph, &mut found);
    parting::partings(paragraph, &mut found);
    found.sort_by_key(|structure| structure.figures().into_iter().min());
    // two ways may lead to one structure
    let mut known: Vec<Structure> = Vec::new();
    for structure in found {
        if !known.contains(&structure) && !share::is_cut_off(paragraph.mentions, &structure) {
            known.push(structure);
        }
    }
    known
}
