//! The items of a list, from the sign that opens it to where it ends.

use super::{Head, ITEM, is_part};
use crate::extract::{Kind, Mention};
use crate::relate::amount::{is_percent, unit};
use crate::relate::cues::Cue;
use crate::relate::pieces::{Paragraph, What, is_bracketed, is_time};

/// Parts of one list.
const MOST: usize = 200;

/// A list that was read.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// Pieces.
    pub parts: Vec<usize>,
    /// Whether one is the rest.
    pub has_rest: bool,
    /// Whether the text says that these are some.
    pub is_open: bool,
    /// Whether an item between the parts has no figure.
    pub lacks: bool,
    /// The same, as long as it is not known whether another part follows.
    pub lacks_ahead: bool,
    /// How many items stand between semicolons, if any.
    pub by_semicolon: Option<usize>,
    /// Each part with the share that follows it in brackets.
    pub shares: Vec<(usize, usize)>,
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

/// Reads items; `None` where something in them is no list of parts.
pub(super) fn items(paragraph: &Paragraph<'_>, start: usize, depth: u8, whole: &Mention, head: Head) -> Option<Items> {
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
            What::Mark(';' | '؛') if matches!(head, Head::OfWhich | Head::Lead) && !items.parts.is_empty() => break,
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
                // `7 local banks and 8 foreign ones, at 7 from the north and one from the south`: the parts are told by themselves
                let before_figure =
                    matches!(paragraph.pieces.get(index + 1).map(|next| next.what), Some(What::Figure(_)));
                if head == Head::Divided && piece.has(Cue::By) && before_figure && items.parts.len() > 1 {
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
