//! Lists with their total: a head with its enumeration, a labelled block, "of which", and a total behind a list.

mod items;
mod nested;
mod totals;

use super::amount::{Sum, adds_up, is_percent, unit};
use super::cues::{Cue, Role, part_count};
use super::pieces::{Paragraph, What, is_bracketed, is_time};
use super::structure::Structure;
use crate::extract::{Kind, Mention};
use items::{Items, items};
use nested::without_nested;
pub(super) use nested::{flattened, without_inner};

/// Words that may stand between a whole and the sign that opens its list.
const LEAD: usize = 8;
/// Words of one item.
const ITEM: usize = 12;
/// How a list is opened, which says how sure it is that all parts follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// `total: 13,364 km`, with labels.
    Labelled,
    /// A colon or a bracket.
    Sign,
    /// Of which.
    OfWhich,
    /// `Of the 40 …`: the whole stands behind its cue.
    Lead,
    /// Divided into.
    Divided,
}

/// The lists of a paragraph.
pub(super) fn lists(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let figures: Vec<usize> = paragraph.figures().collect();
    let mut done = 0;
    for whole in figures {
        let Some(mention) = paragraph.mention(whole) else { continue };
        if whole < done || !(adds_up(mention) || is_percent(mention)) {
            continue;
        }
        if let Some(end) = with_head(paragraph, whole, mention, found) {
            done = end;
        }
    }
    totals::trailing(paragraph, found);
    totals::leading(paragraph, found);
}

/// The list whose whole this figure is; returns where it ends.
fn with_head(paragraph: &Paragraph<'_>, whole: usize, mention: &Mention, found: &mut Vec<Structure>) -> Option<usize> {
    let (head, start, depth, count) = head(paragraph, whole, mention)?;
    let items = items(paragraph, start, depth, mention, head)?;
    let last = *items.parts.last()?;
    let is_open = items.is_open || opens(paragraph, whole, start);
    let closed = match head {
        Head::Labelled => true,
        Head::Sign => !is_open && !items.lacks,
        Head::OfWhich | Head::Lead => (items.has_rest || is_whole_family(paragraph, whole, last)) && !is_open,
        Head::Divided => !is_open && !items.lacks,
    };
    if let Some(count) = count {
        counted(paragraph, count, &items, found);
    }
    let is_of_which = matches!(head, Head::OfWhich | Head::Lead);
    if is_of_which && !items.shares.is_empty() {
        // parts that have their shares may overlap; the shares are taken by themselves
        return None;
    }
    if !is_of_which && (items.parts.len() < 2 || is_percent(mention)) {
        return None;
    }
    if years_differ(paragraph, whole, last) {
        return None;
    }
    let index = |piece: &usize| paragraph.figure(*piece);
    let parts: Vec<usize> = items.parts.iter().filter_map(index).collect();
    let whole_index = paragraph.figure(whole)?;
    let parts = match head {
        Head::Labelled | Head::Sign => without_nested(paragraph.mentions, whole_index, parts),
        Head::OfWhich if !closed => parts_of(paragraph.mentions, mention, parts),
        _ => parts,
    };
    // `four of these six`: what is less is the part
    if head == Head::OfWhich
        && start == whole + 2
        && parts.iter().any(|part| is_more(paragraph.mentions, *part, mention))
    {
        return None;
    }
    let of_parts = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
    let of_whole = Sum::of(std::iter::once(mention));
    // a family that is whole may be that of one of the parts: `111,789 may vote, of them 42,865 did, 41,806 validly`
    let closed = closed && (!is_of_which || items.has_rest || !paragraph.first_is_whole_of(&items.parts));
    // a grouping that is far from its whole was guessed
    let (least, most) = match (closed, head) {
        (false, _) => (0, 200),
        (true, Head::Labelled) => (20, 500),
        (true, _) => (50, 200),
    };
    let is_plausible = of_parts.is_near(&of_whole, least, most) || closed && of_parts.is_one_digit_off(&of_whole);
    if !is_plausible {
        return None;
    }
    for (part, share) in &items.shares {
        if let (Some(part), Some(share)) = (index(part), index(share)) {
            found.push(Structure::ShareOf { share, part, whole: whole_index });
        }
    }
    // of those that are only some, others may overlap with the first
    let parts = if is_of_which && is_open && !closed { parts[..1].to_vec() } else { parts };
    found.push(Structure::List { whole: whole_index, parts, closed });
    Some(last + 1)
}

/// The first parts, up to one that is as much as the whole, which begins another.
fn parts_of(mentions: &[Mention], whole: &Mention, mut parts: Vec<usize>) -> Vec<usize> {
    let is_whole = |part: &usize| mentions.get(*part).is_some_and(|part| part.figure.nominal == whole.figure.nominal);
    let end = parts.iter().skip(1).position(is_whole).map_or(parts.len(), |at| at + 1);
    parts.truncate(end);
    parts
}

fn is_more(mentions: &[Mention], part: usize, whole: &Mention) -> bool {
    let nominal = |mention: &Mention| mention.figure.nominal.clone();
    mentions.get(part).and_then(nominal).zip(nominal(whole)).is_some_and(|(part, whole)| part > whole)
}

/// How the list of a whole is opened: where its items start, within how many brackets, and the number of items if the
/// head says it.
fn head(paragraph: &Paragraph<'_>, whole: usize, mention: &Mention) -> Option<(Head, usize, u8, Option<usize>)> {
    let depth = paragraph.pieces[whole].depth;
    let is_labelled = adds_up(mention) && is_labelled_total(paragraph, whole);
    // a value with a label, one in brackets and a bare number of nothing are followed by labels of their own
    let has_label = whole > 0 && opens_value(paragraph, whole - 1);
    let is_bare = unit(mention).is_empty() && mention.kind == Kind::Number;
    let may_lead = !has_label && depth == 0 && !is_bracketed(mention) && !is_bare;
    if depth == 0 && leads(paragraph, whole) {
        return Some((Head::Lead, whole + 1, depth, None));
    }
    let (mut words, mut since, mut is_parted, mut count) = (0, 0, false, None);
    for (index, piece) in paragraph.pieces.iter().enumerate().skip(whole + 1) {
        is_parted |= piece.depth == depth && piece.separates();
        match piece.what {
            What::Break => break,
            What::Figure(_) => {
                let other = paragraph.mention(index)?;
                let is_count = matches!(other.kind, Kind::Number | Kind::Count) && is_bracketed(other);
                let before_colon = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.is_mark(':'));
                if is_count && before_colon {
                    count = Some(index);
                } else if piece.depth == depth && (!is_time(other) || other.kind == Kind::Rank) {
                    break;
                }
            }
            What::Mark(':') if piece.depth == depth && words <= LEAD && !is_labelled && !is_parted && may_lead => {
                return Some((Head::Sign, index + 1, depth, count));
            }
            What::Mark('(')
                if piece.depth == depth
                    && words <= LEAD
                    && !is_labelled
                    && !is_parted
                    && !is_bracketed(mention)
                    && has_parts(paragraph, index + 1, depth.saturating_add(1), mention) =>
            {
                let within = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.has(Cue::OfWhich));
                let head = if within { Head::OfWhich } else { Head::Sign };
                return Some((head, index + 1 + usize::from(within), depth.saturating_add(1), count));
            }
            What::Mark(';' | '؛' | '\n') if !is_labelled => break,
            What::Word(_) if piece.depth == depth => {
                if piece.has(Cue::Note) {
                    break;
                }
                // behind a comma it speaks of the whole only where nothing comes between
                let is_near = words <= LEAD + 2 && !(is_parted && since > 0);
                if piece.has(Cue::Divided) && !is_labelled && is_near {
                    let colon = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.is_mark(':'));
                    return Some((Head::Divided, index + 1 + usize::from(colon), depth, count));
                }
                if piece.has(Cue::OfWhich) && !is_labelled && is_near {
                    return Some((Head::OfWhich, index + 1, depth, count));
                }
                words += 1;
                since += usize::from(is_parted && !piece.has(Cue::And));
            }
            _ => {}
        }
    }
    is_labelled.then_some((Head::Labelled, whole + 1, depth, count))
}

/// Whether a sentence begins with a figure that its parts follow: `of the 1,250 patients …`.
fn leads(paragraph: &Paragraph<'_>, whole: usize) -> bool {
    let lead = paragraph.pieces[..whole].iter().rev().take_while(|piece| piece.is_word()).count();
    let opens = whole.checked_sub(lead + 1).is_none_or(|before| paragraph.pieces[before].what == What::Break);
    let own = paragraph.pieces.get(whole - lead..whole).unwrap_or_default();
    opens && lead <= 2 && own.iter().any(|piece| piece.has(Cue::OutOf) || piece.has(Cue::Of))
}

/// Whether a whole and its parts say in brackets that they are of different years.
fn years_differ(paragraph: &Paragraph<'_>, whole: usize, last: usize) -> bool {
    let depth = paragraph.pieces[whole].depth;
    // behind the last part its own bracket may follow
    let end = (last + 4).min(paragraph.pieces.len());
    let year = |piece: usize| {
        let mention = paragraph.mention(piece).filter(|mention| mention.kind == Kind::Year)?;
        let is_aside = paragraph.pieces[piece].depth > depth || is_bracketed(mention);
        mention.date.as_deref().filter(|_| is_aside)
    };
    let mut years = (whole..end).filter_map(year);
    years.next().is_some_and(|first| years.any(|other| other != first))
}

/// Whether the words between two pieces name every part of a family: women and men, town and country.
fn is_whole_family(paragraph: &Paragraph<'_>, from: usize, to: usize) -> bool {
    let behind =
        paragraph.pieces[to..].iter().take_while(|piece| piece.what != What::Break && !piece.separates()).count();
    let named: Vec<(u8, Role)> =
        paragraph.pieces[from..to + behind].iter().flat_map(super::pieces::Piece::roles).collect();
    let Some((family, _)) = named.iter().find(|(_, role)| matches!(role, Role::Part(_))) else { return false };
    let count = part_count(*family) as u8;
    count > 1 && (1..=count).all(|part| named.contains(&(*family, Role::Part(part))))
}

/// Whether brackets hold two figures or more of the unit.
fn has_parts(paragraph: &Paragraph<'_>, start: usize, depth: u8, whole: &Mention) -> bool {
    let inside = paragraph.pieces.iter().enumerate().skip(start).take_while(|(_, piece)| piece.depth >= depth);
    inside.filter(|(index, _)| paragraph.mention(*index).is_some_and(|part| is_part(whole, part))).nth(1).is_some()
}

/// Whether the label of a figure, between a separator and a colon, says that it is a total.
fn is_labelled_total(paragraph: &Paragraph<'_>, whole: usize) -> bool {
    if whole == 0 || !opens_value(paragraph, whole - 1) {
        return false;
    }
    let before = paragraph.pieces[..whole - 1].iter().rev();
    let label = before.take_while(|piece| piece.is_word() && !piece.has(Cue::And) || piece.is_mark('-'));
    label.take(4).any(|piece| piece.has(Cue::Total))
}

/// Whether a piece stands between a label and its value: a colon, or a dash for one.
fn opens_value(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    matches!(paragraph.pieces[piece].what, What::Mark(':' | '-' | '–' | '—'))
}

/// Whether a figure can be a part of such a whole.
fn is_part(whole: &Mention, part: &Mention) -> bool {
    let amounts = adds_up(whole) && adds_up(part) || is_percent(whole) && is_percent(part);
    amounts && unit(whole) == unit(part)
}

/// Whether the words before a list say that it holds only some.
fn opens(paragraph: &Paragraph<'_>, whole: usize, start: usize) -> bool {
    paragraph.between(whole, start).iter().any(|piece| piece.has(Cue::Open) || piece.has(Cue::Overlap))
}

/// The number that a head gives and the items that follow.
fn counted(paragraph: &Paragraph<'_>, count: usize, items: &Items, found: &mut Vec<Structure>) {
    let Some(index) = paragraph.figure(count) else { return };
    if items.by_semicolon.is_some_and(|number| number != items.parts.len()) {
        return;
    }
    let parts = items.parts.iter().filter_map(|part| paragraph.figure(*part));
    found.push(Structure::Count { count: index, items: parts.collect() });
}
