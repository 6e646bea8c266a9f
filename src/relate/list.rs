//! Lists with their total: a head with its enumeration, a labelled block, "of which", and a total behind a list.

use super::amount::{Sum, adds_up, is_percent, unit};
use super::cues::{Cue, Role, part_count};
use super::pieces::{Paragraph, What, is_bracketed, is_time};
use super::structure::Structure;
use crate::extract::{Kind, Mention};

/// Words that may stand between a whole and the sign that opens its list.
const LEAD: usize = 8;
/// Words of one item.
const ITEM: usize = 12;
/// Parts of one list.
const MOST: usize = 200;

/// How a list is opened, which says how sure it is that all parts follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// `total: 13,364 km`, with labels.
    Labelled,
    /// A colon or a bracket.
    Sign,
    /// Of which.
    OfWhich,
    /// Divided into.
    Divided,
}

/// A list that was read.
#[derive(Debug, Default)]
struct Items {
    /// Pieces.
    parts: Vec<usize>,
    /// Whether one is the rest.
    has_rest: bool,
    /// Whether the text says that these are some.
    is_open: bool,
    /// Whether an item between the parts has no figure.
    lacks: bool,
    /// The same, as long as it is not known whether another part follows.
    lacks_ahead: bool,
    /// How many items stand between semicolons, if any.
    by_semicolon: Option<usize>,
    /// Each part with the share that follows it in brackets.
    shares: Vec<(usize, usize)>,
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
    trailing_totals(paragraph, found);
    leading_totals(paragraph, found);
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
        Head::OfWhich => (items.has_rest || is_whole_family(paragraph, whole, last)) && !is_open,
        Head::Divided => !is_open && !items.lacks,
    };
    if let Some(count) = count {
        counted(paragraph, count, &items, found);
    }
    if head == Head::OfWhich && !items.shares.is_empty() {
        // parts that have their shares may overlap; the shares are taken by themselves
        return None;
    }
    if head != Head::OfWhich && (items.parts.len() < 2 || is_percent(mention)) {
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
        _ => parts,
    };
    let of_parts = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
    let of_whole = Sum::of(std::iter::once(mention));
    // a grouping that is far from its whole was guessed
    let (least, most) = match (closed, head) {
        (false, _) => (0, 200),
        (true, Head::Labelled) => (20, 500),
        (true, _) => (50, 200),
    };
    let is_plausible = of_parts.is_near(&of_whole, least, most);
    if !is_plausible {
        return None;
    }
    for (part, share) in &items.shares {
        if let (Some(part), Some(share)) = (index(part), index(share)) {
            found.push(Structure::ShareOf { share, part, whole: whole_index });
        }
    }
    // of those that are only some, others may overlap with the first
    let parts = if head == Head::OfWhich && is_open && !closed { parts[..1].to_vec() } else { parts };
    found.push(Structure::List { whole: whole_index, parts, closed });
    Some(last + 1)
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
                    && has_parts(paragraph, index + 1, depth + 1, mention) =>
            {
                let within = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.has(Cue::OfWhich));
                let head = if within { Head::OfWhich } else { Head::Sign };
                return Some((head, index + 1 + usize::from(within), depth + 1, count));
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

/// Reads items; `None` where something in them is no list of parts.
fn items(paragraph: &Paragraph<'_>, start: usize, depth: u8, whole: &Mention, head: Head) -> Option<Items> {
    let mut items = Items::default();
    let mut item = Item::default();
    let (mut semicolons, mut parts_since) = (0, 0);
    let is_block = paragraph.pieces.get(start).is_some_and(|piece| piece.is_mark('\n'));
    for (index, piece) in paragraph.pieces.iter().enumerate().skip(start) {
        if piece.depth < depth || piece.what == What::Break || items.parts.len() > MOST {
            break;
        }
        if piece.depth > depth {
            continue;
        }
        if piece.separates() {
            // an item without its figure leaves the list incomplete
            items.lacks_ahead |= item.words > 0 && item.is_parted && !items.parts.is_empty() && !piece.has(Cue::And);
            item.is_parted = true;
            item.words = 0;
        }
        match piece.what {
            What::Mark(';' | '؛') if head == Head::OfWhich && !items.parts.is_empty() => break,
            // a list that began behind its colon goes on to the end of its line
            What::Mark('\n') if head == Head::Sign && !is_block => break,
            What::Mark(';' | '؛') => {
                semicolons += usize::from(parts_since > 0);
                parts_since = 0;
            }
            What::Mark(':') if head != Head::Labelled => return None,
            What::Mark(':') => item.is_labelled = item.words > 0,
            What::Mark('/' | '=' | '×') => return None,
            What::Word(_) => {
                if piece.has(Cue::Note) || piece.has(Cue::TotalAfter) && !items.parts.is_empty() {
                    break;
                }
                // several totals leave open which parts belong to which
                if head == Head::Labelled && piece.has(Cue::Total) && !items.parts.is_empty() {
                    return None;
                }
                if [Cue::Each, Cue::Overlap].iter().any(|cue| piece.has(*cue)) {
                    if head == Head::Labelled {
                        break;
                    }
                    return None;
                }
                let is_change = [Cue::Up, Cue::Down, Cue::OfWhich].iter().any(|cue| piece.has(*cue));
                item.is_other |= is_change || piece.has(Cue::Compared) && !piece.has(Cue::From);
                item.has_rest |= piece.has(Cue::Other);
                items.is_open |= piece.has(Cue::Open) && items.parts.is_empty();
                item.words += 1;
                item.labels += 1;
            }
            What::Figure(_) => {
                let mention = paragraph.mention(index)?;
                if is_time(mention) {
                    continue;
                }
                // `border countries (5):` counts the items
                let before_colon = paragraph.pieces.get(index + 1).is_some_and(|piece| piece.is_mark(':'));
                if is_bracketed(mention) && before_colon && matches!(mention.kind, Kind::Number | Kind::Count) {
                    continue;
                }
                if is_percent(mention) && !is_percent(whole) {
                    match items.parts.last() {
                        Some(part) if is_bracketed(mention) && item.labels == item.labels_at_part => {
                            items.shares.push((*part, index));
                        }
                        _ if is_bracketed(mention) => {}
                        _ if head == Head::Labelled => break,
                        _ => return None,
                    }
                    continue;
                }
                if head == Head::Labelled && repeats_label(paragraph, start, index) {
                    break;
                }
                if !is_part(whole, mention) || item.is_other {
                    if head == Head::Labelled {
                        // `969 km, 1.067 m gauge`: said of the part before
                        if !item.is_labelled && !items.parts.is_empty() {
                            continue;
                        }
                        break;
                    }
                    return None;
                }
                let has_words = item.labels > 0 || labelled_behind(paragraph, index);
                if head == Head::Labelled && !has_words {
                    return None;
                }
                let is_first = items.parts.is_empty();
                let is_apart = is_first && head != Head::Labelled || item.is_parted || item.is_labelled;
                let bare_needs_label = unit(whole).is_empty() && !has_words;
                // `110 of which are inhabited, and 500 …`: the part stands before
                let is_behind = is_first && head == Head::OfWhich && item.is_parted;
                if !is_apart || item.words > ITEM || bare_needs_label || is_behind {
                    return None;
                }
                items.lacks |= items.lacks_ahead;
                items.parts.push(index);
                items.has_rest |= item.has_rest;
                parts_since += 1;
                item = Item::default();
            }
            _ => {}
        }
    }
    // the rest may be named behind its figure
    items.has_rest |= item.has_rest && !item.is_parted;
    items.by_semicolon = (semicolons > 0).then_some(semicolons + usize::from(parts_since > 0));
    (!items.parts.is_empty()).then_some(items)
}

/// Whether the label of a part has a word of the label of the total, so that it is of another division: of `total ports`,
/// `ports with oil terminals`.
fn repeats_label(paragraph: &Paragraph<'_>, start: usize, part: usize) -> bool {
    let words = |before: usize| {
        let label = paragraph.pieces[..before].iter().rev().skip_while(|piece| piece.is_mark(':'));
        let own = label.take_while(|piece| piece.is_word() && !piece.has(Cue::And));
        own.filter(|piece| !piece.is_known()).map(|piece| &paragraph.text[piece.start..piece.end])
    };
    let of_part: Vec<&str> = words(part).collect();
    words(start - 1).any(|word| of_part.iter().any(|other| other.eq_ignore_ascii_case(word)))
}

/// Whether a word follows a figure directly: `5 women`.
fn labelled_behind(paragraph: &Paragraph<'_>, part: usize) -> bool {
    paragraph.pieces.get(part + 1).is_some_and(|piece| piece.is_word() && !piece.has(Cue::And))
}

/// What was seen since the last part.
#[derive(Debug, Default)]
struct Item {
    words: usize,
    labels: usize,
    labels_at_part: usize,
    is_parted: bool,
    is_labelled: bool,
    has_rest: bool,
    /// Its figure is no part: an old value, a change.
    is_other: bool,
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

/// Leaves out parts that are themselves parts of the part before them, where the sums say so: a list and a list within
/// it may be written alike. Such a grouping is only ever believed where it makes the whole.
pub(super) fn without_nested(mentions: &[Mention], whole: usize, parts: Vec<usize>) -> Vec<usize> {
    let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| mentions.get(*index)));
    let total = sum(&[whole]);
    // a list that holds another has too much
    let exceeds = |sum: &Sum| sum.low.as_ref().zip(total.high.as_ref()).is_some_and(|(low, high)| low > high);
    if !exceeds(&sum(&parts)) {
        return parts;
    }
    if let Some(outer) = flattened(&parts, &sum).filter(|outer| sum(outer).meets(&total)) {
        return outer;
    }
    if let Some(outer) = without_inner(&parts, &sum, &total) {
        return outer;
    }
    // what follows the parts may be of another kind
    let complete = (2..parts.len()).rev().find(|end| sum(&parts[..*end]).meets(&total));
    complete.map_or(parts.clone(), |end| parts[..end].to_vec())
}

/// The outer list, if parts stand in it that are themselves followed by theirs.
pub(super) fn flattened(parts: &[usize], sum: &dyn Fn(&[usize]) -> Sum) -> Option<Vec<usize>> {
    let mut outer = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        outer.push(parts[at]);
        let own = sum(&parts[at..=at]);
        let longest = (at + 3..=parts.len()).rev().find(|end| sum(&parts[at + 1..*end]).meets(&own));
        at = longest.unwrap_or(at + 1);
    }
    (outer.len() < parts.len()).then_some(outer)
}

/// The list without a run of parts that can be those of the part before them, if that makes the total: the inner ones need
/// not be complete, or may be rounded otherwise.
pub(super) fn without_inner(parts: &[usize], sum: &dyn Fn(&[usize]) -> Sum, total: &Sum) -> Option<Vec<usize>> {
    const LONGEST: usize = 40;
    if parts.len() > LONGEST {
        return None;
    }
    for at in 0..parts.len() {
        for end in at + 3..=parts.len() {
            let inner = sum(&parts[at + 1..end]);
            let outer: Vec<usize> = parts[..=at].iter().chain(&parts[end..]).copied().collect();
            if outer.len() > 1 && inner.is_near(&sum(&parts[at..=at]), 0, 105) && sum(&outer).meets(total) {
                return Some(outer);
            }
        }
    }
    None
}

/// Lists that are followed by their total: `8 gold, 11 silver and 19 bronze, in total 38`.
fn trailing_totals(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    for (cue, piece) in paragraph.pieces.iter().enumerate() {
        if !piece.has(Cue::TotalAfter) {
            continue;
        }
        let ahead = paragraph.pieces.iter().enumerate().skip(cue + 1).take(3);
        let next = ahead.take_while(|(_, piece)| piece.is_word() || matches!(piece.what, What::Figure(_)));
        let Some((whole, _)) = next.into_iter().find(|(_, piece)| matches!(piece.what, What::Figure(_))) else {
            continue;
        };
        let Some(mention) = paragraph.mention(whole).filter(|mention| adds_up(mention)) else { continue };
        let Some(parts) = parts_before(paragraph, cue, piece.depth, mention) else { continue };
        let Some(whole) = paragraph.figure(whole) else { continue };
        let of_parts = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
        if of_parts.is_near(&Sum::of(std::iter::once(mention)), 50, 200) {
            found.push(Structure::List { whole, parts, closed: true });
        }
    }
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
fn leading_totals(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
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
    let is_stop = |piece: &super::pieces::Piece| stops.iter().any(|cue| piece.has(*cue) && !piece.has(Cue::From));
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
    let apart = |pair: &[usize]| paragraph.between(pair[0], pair[1]).iter().any(super::pieces::Piece::separates);
    if !is_total || parts.len() < 3 || !parts.iter().all(fits) || !parts.windows(2).all(apart) {
        return None;
    }
    let index = |piece: &usize| paragraph.figure(*piece);
    let parts: Vec<usize> = parts.iter().filter_map(index).collect();
    let sum = Sum::of(parts.iter().filter_map(|part| paragraph.mentions.get(*part)));
    let is_near = sum.is_near(&Sum::of(std::iter::once(of)), 80, 120);
    is_near.then_some(Structure::List { whole: index(&whole)?, parts, closed: true })
}
