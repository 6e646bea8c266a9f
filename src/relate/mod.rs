//! What a text itself says about how its figures belong together: mentions in, [`Structure`]s out, and from them draft
//! claims and checks that the engine decides like any others.
//!
//! What ties figures is grammar and layout, never nearness alone: a head with its enumeration, a bracket, "of which",
//! "others", "up from … to". The words for it are data, in `[relation]` and `[role]` of the language packs. Where a text
//! leaves open what belongs together nothing is recognised, because a guessed grouping is worse than silence. What a
//! figure is *about* is not decided here.

mod again;
mod amount;
mod balance;
mod change;
mod cues;
mod digits;
pub mod drafts;
mod exchange;
mod family;
mod kin;
mod lapse;
mod list;
mod names;
mod order;
mod parting;
mod passage;
mod pieces;
mod poll;
mod rate;
mod repeated;
mod share;
mod slip;
mod spread;
mod structure;
mod table;
mod ties;
pub(crate) mod value;
mod written_out;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::document::Block;
use crate::extract::{Extraction, Mention};
use crate::figure::Units;
pub use structure::{ChangeUnit, Sort, Structure};

use lapse::Lives;
use passage::{Recognised, passages};
use pieces::Paragraph;
use repeated::Sayings;

/// The structures that a document ties its figures into, in the order of the text. `blocks` are those of the document, of
/// which the figures were read.
pub fn structures(blocks: &[Block<'_>], read: &Extraction, units: &Units) -> Vec<Structure> {
    let passages: Vec<Recognised> =
        passages(blocks).par_iter().map(|passage| passage.recognise(blocks, &read.mentions, units)).collect();
    let (mut found, mut said, mut lives) = (Vec::new(), Sayings::default(), Lives::default());
    let (mut exchanged, mut ties, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for passage in passages {
        found.extend(passage.structures);
        said.add(passage.said);
        lives.add(passage.lives);
        exchanged.extend(passage.exchanged);
        ties.extend(passage.ties);
        amounts.extend(passage.amounts);
    }
    repeated::repeated(&said, &mut found);
    exchange::rates(&exchanged, &read.mentions, &mut found);
    kin::families(blocks, &read.mentions, &ties, &mut found);
    spread::lists(blocks, &read.mentions, &amounts, &mut found);
    found.extend(lives.structure());
    table::tables(blocks, read, &mut found);
    // a number that may be read backwards proves nothing
    let is_open = |figure: &usize| read.mentions.get(*figure).is_some_and(Mention::may_be_turned);
    found.retain(|structure| !structure.figures().iter().any(is_open));
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
    change::beside(paragraph, &mut found);
    order::orders(paragraph, &mut found);
    lapse::lapses(paragraph, &mut found);
    rate::rates(paragraph, units, &mut found);
    written_out::written_out(paragraph, units, &mut found);
    family::families(paragraph, &mut found);
    parting::partings(paragraph, &mut found);
    poll::polls(paragraph, &mut found);
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
