//! Totals that stand behind their list, or at the head of a sentence of parts.

use super::{ITEM, is_part, opens_value};
use crate::extract::Mention;
use crate::relate::amount::{Sum, adds_up};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, Piece, What, is_time};
use crate::relate::structure::Structure;

/// Lists that are followed by their total: `8 gold, 11 silver and 19 bronze, in total 38`.
pub(super) fn trailing(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    for (cue, piece) in paragraph.pieces.iter().enumerate() {
        // `home 23, away 22, total 45`
        let is_label = piece.has(Cue::Total) && cue > 0 && paragraph.pieces[cue - 1].separates();
        if !piece.has(Cue::TotalAfter) && !is_label {
            continue;
        }
        let ahead = paragraph.pieces.iter().enumerate().skip(cue + 1).take(3);
        let next = ahead.take_while(|(_, piece)| {
            piece.is_word() || matches!(piece.what, What::Figure(_) | What::Mark(':' | '—' | '–' | '-'))
        });
        let ahead = next.into_iter().find(|(_, piece)| matches!(piece.what, What::Figure(_))).map(|(whole, _)| whole);
        // `… and 10 tugs, 210 ships in all`
        let (whole, cue) = match ahead {
            Some(whole) => (whole, cue),
            None => match total_before(paragraph, cue) {
                Some(whole) => (whole, whole),
                None => continue,
            },
        };
        // `…, with 60 in all (21 gold …`: a total that opens a list of its own is that one's
        let opens = paragraph.pieces.get(whole + 1).is_some_and(|next| matches!(next.what, What::Mark('(' | ':')));
        let Some(mention) = paragraph.mention(whole).filter(|mention| adds_up(mention) && !opens) else { continue };
        let Some(parts) = parts_before(paragraph, cue, piece.depth, mention) else { continue };
        let Some(whole) = paragraph.figure(whole) else { continue };
        let of_parts = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
        if of_parts.is_near(&Sum::of(std::iter::once(mention)), 50, 200) {
            found.push(Structure::List { whole, parts, closed: true });
        }
    }
}

/// The figure of which a word behind it says that it is a total, with a comma or a word before it that parts it from the
/// list.
fn total_before(paragraph: &Paragraph<'_>, cue: usize) -> Option<usize> {
    let closes = paragraph.pieces.get(cue + 1).is_none_or(|next| matches!(next.what, What::Break | What::Mark(_)));
    let before =
        (0..cue).rev().take(3).take_while(|at| !matches!(paragraph.pieces[*at].what, What::Break | What::Mark(_)));
    let whole = before.into_iter().find(|at| matches!(paragraph.pieces[*at].what, What::Figure(_)))?;
    let lead = paragraph.pieces.get(whole.checked_sub(1)?)?;
    let is_parted = matches!(lead.what, What::Mark(',' | '،' | '—' | '–' | '-' | ':')) || lead.has(Cue::Ratio);
    (closes && is_parted).then_some(whole)
}

/// The parts of a list that ends before a piece.
fn parts_before(paragraph: &Paragraph<'_>, end: usize, depth: u8, whole: &Mention) -> Option<Vec<usize>> {
    let mut parts = Vec::new();
    let (mut words, mut parted) = (0, false);
    for index in (0..end).rev() {
        let piece = &paragraph.pieces[index];
        if piece.depth < depth || piece.what == What::Break {
            break;
        }
        if piece.depth > depth {
            continue;
        }
        let stops = [Cue::Each, Cue::Overlap, Cue::Compared, Cue::Up, Cue::Down, Cue::OfWhich, Cue::Open];
        if stops.iter().any(|cue| piece.has(*cue) && !piece.has(Cue::From) && !piece.has(Cue::And)) {
            return None;
        }
        parted |= piece.separates();
        match piece.what {
            What::Figure(figure) => {
                let mention = paragraph.mention(index)?;
                if is_time(mention) {
                    continue;
                }
                if !is_part(whole, mention) || words > ITEM || !parts.is_empty() && !parted {
                    return None;
                }
                parts.push(figure);
                (words, parted) = (0, false);
            }
            What::Word(_) => words += 1,
            _ => {}
        }
    }
    parts.reverse();
    (parts.len() >= 2).then_some(parts)
}

/// A total that heads a sentence of parts: `a total of 77 complaints was made, 51 were dropped, 20 are open and 6 led to
/// charges`. Every further figure of the sentence must be a part.
pub(super) fn leading(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let mut start = 0;
    for end in 0..=paragraph.pieces.len() {
        if !paragraph.pieces.get(end).is_none_or(|piece| piece.what == What::Break) {
            continue;
        }
        if let Some(structure) = leading_total(paragraph, start, end) {
            found.push(structure);
        }
        start = end + 1;
    }
}

fn leading_total(paragraph: &Paragraph<'_>, start: usize, end: usize) -> Option<Structure> {
    let pieces = paragraph.pieces.get(start..end)?;
    let stops = [Cue::Each, Cue::Overlap, Cue::Compared, Cue::Up, Cue::Down, Cue::OfWhich, Cue::Open, Cue::OutOf];
    let is_stop = |piece: &Piece| stops.iter().any(|cue| piece.has(*cue) && !piece.has(Cue::From));
    if !pieces.iter().any(|piece| piece.has(Cue::Total)) || pieces.iter().any(is_stop) {
        return None;
    }
    let mut figures = (start..end).filter(|piece| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention)));
    let whole = figures.next()?;
    let of = paragraph.mention(whole).filter(|mention| adds_up(mention))?;
    let is_total = paragraph.pieces[start..whole].iter().any(|piece| piece.has(Cue::Total));
    let parts: Vec<usize> = figures.collect();
    // in a block of labels the total has a label of its own
    if opens_value(paragraph, whole.saturating_sub(1)) || pieces.iter().any(|piece| piece.is_mark('\n')) {
        return None;
    }
    let depth = paragraph.pieces[whole].depth;
    let fits = |piece: &usize| {
        paragraph.pieces[*piece].depth == depth && paragraph.mention(*piece).is_some_and(|part| is_part(of, part))
    };
    let apart = |pair: &[usize]| paragraph.between(pair[0], pair[1]).iter().any(Piece::separates);
    if !is_total || parts.len() < 3 || !parts.iter().all(fits) || !parts.windows(2).all(apart) {
        return None;
    }
    let index = |piece: &usize| paragraph.figure(*piece);
    let parts: Vec<usize> = parts.iter().filter_map(index).collect();
    let sum = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
    let is_near = sum.is_near(&Sum::of(std::iter::once(of)), 80, 120);
    is_near.then_some(Structure::List { whole: index(&whole)?, parts, closed: true })
}
