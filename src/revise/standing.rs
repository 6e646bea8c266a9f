//! What has become of the figures of claims: for each claim whose text is at hand, where its figure stands now.

use rayon::prelude::*;

use super::anchor::{self, Anchor, Place};
use super::index::Index;
use super::value::{agrees, revised};
use super::words::words;
use crate::claims::{ClaimIndex, Claims};
use crate::document::{Block, Format, Quotable, Source, Span};
use crate::extract::{self, Mention, Options, Packs};
use crate::figure::Value;
use crate::rules::Vocabulary;

/// The figures of a document, with their places in the text that reports show.
pub fn mentions(document: &Quotable, options: &Options<'_>) -> Vec<Mention> {
    match document.format {
        Format::Text => extract::mentions(&document.text, options),
        // the text has the paragraphs of the archive, each on a line
        Format::Docx => {
            let lines =
                (0..document.lines.line_count()).filter_map(|line| document.lines.line_span(&document.text, line));
            let blocks: Vec<Block<'_>> = lines
                .filter_map(|(start, end)| Some(Block::paragraph(document.text.get(start..end)?, start)))
                .collect();
            extract::read_blocks(&Source::of_text(&*document.text, Format::Text), &blocks, options).mentions
        }
        format => extract::read_source(&Source::of_text(&*document.text, format), options).mentions,
    }
}

/// What has become of a claim's figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It stands on the line that the claim says, as the claim quotes it.
    Kept(Span),
    /// It stands on another line, or is written with other digits or letters.
    Moved(Span),
    /// Another figure stands in its place.
    Changed(Box<Changed>),
    /// It may stand at any of several places; on these lines.
    Ambiguous(Vec<usize>),
    Missing,
}

/// The figure that stands in the place of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    pub span: Span,
    /// As the text writes it.
    pub text: Box<str>,
    /// Whether it says what the claim says, only in other words.
    pub agrees: bool,
    /// What the claim would say; `None` where a person must decide.
    pub value: Option<Value>,
}

impl Standing {
    /// Where the figure stands, or what stands in its place.
    pub fn span(&self) -> Option<Span> {
        match self {
            Standing::Kept(span) | Standing::Moved(span) => Some(*span),
            Standing::Changed(changed) => Some(changed.span),
            Standing::Ambiguous(_) | Standing::Missing => None,
        }
    }

    /// The word for it in machine formats.
    pub fn name(&self) -> &'static str {
        match self {
            Standing::Kept(_) => "kept",
            Standing::Moved(_) => "moved",
            // the same figure in other words has only been written otherwise
            Standing::Changed(changed) if changed.agrees => "moved",
            Standing::Changed(_) => "changed",
            Standing::Ambiguous(_) => "ambiguous",
            Standing::Missing => "missing",
        }
    }

    pub fn is_found(&self) -> bool {
        self.span().is_some()
    }
}

/// The standings of all claims.
#[derive(Clone, Debug, Default)]
pub struct Standings {
    /// By claim; empty where no text is at hand.
    by_claim: Vec<Option<Standing>>,
    /// For each text: its document's id, how many claims ask for a place in it, how many have found one.
    pub texts: Vec<Found>,
}

/// How many figures a text has of those that claims say it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub document: Box<str>,
    pub found: usize,
    pub asked: usize,
}

/// Claims of which so few are found that the text must be another: less than one of five.
const ANOTHER_TEXT: usize = 5;
/// Fewer claims than this prove nothing.
const FEW: usize = 5;

impl Found {
    /// Whether the text is another one altogether.
    pub fn is_another_text(&self) -> bool {
        self.asked >= FEW && self.found * ANOTHER_TEXT < self.asked
    }
}

impl Standings {
    /// What has become of the figures of these claims; `text` gives the texts that are at hand.
    pub fn of<'t>(
        claims: &Claims,
        vocabulary: &Vocabulary,
        packs: &Packs,
        text: impl Fn(&str) -> Option<&'t Quotable>,
    ) -> Standings {
        let mut standings = Standings::default();
        let mut by_document: Vec<Vec<ClaimIndex>> = vec![Vec::new(); claims.documents.len()];
        let position = |id: &str| claims.documents.binary_search_by(|document| (*document.id).cmp(id)).ok();
        let of_file: Vec<Option<usize>> =
            claims.files.iter().map(|file| file.document.as_deref().and_then(position)).collect();
        for (index, claim) in claims.iter() {
            let document = of_file.get(claim.file as usize).copied().flatten();
            if let Some(list) = document.and_then(|document| by_document.get_mut(document))
                && claim.source.text.is_some()
            {
                list.push(index);
            }
        }
        for (document, list) in claims.documents.iter().zip(by_document) {
            let Some(text) = text(&document.id) else { continue };
            if standings.by_claim.is_empty() {
                standings.by_claim = vec![None; claims.claims.len()];
            }
            let options = Options::of(document.language.as_deref(), packs);
            let found = in_text(claims, vocabulary, &list, text, &options);
            standings.texts.push(Found {
                document: document.id.clone(),
                found: found.iter().filter(|standing| standing.is_found()).count(),
                asked: list.len(),
            });
            for (index, standing) in list.into_iter().zip(found) {
                standings.by_claim[index.0 as usize] = Some(standing);
            }
        }
        standings
    }

    /// Of some of so many claims it is known where they stand.
    pub fn kept(claims: usize, places: Vec<(ClaimIndex, Span)>) -> Standings {
        let mut standings = Standings { by_claim: vec![None; claims], texts: Vec::new() };
        for (claim, span) in places {
            if let Some(slot) = standings.by_claim.get_mut(claim.0 as usize) {
                *slot = Some(Standing::Kept(span));
            }
        }
        standings
    }

    /// What has become of a claim's figure; `None` where its text is not at hand, or the claim has no figure.
    pub fn get(&self, index: ClaimIndex) -> Option<&Standing> {
        self.by_claim.get(index.0 as usize)?.as_ref()
    }

    /// The text of a document, if it is another text altogether.
    pub fn another_text(&self, document: &str) -> Option<&Found> {
        self.texts.iter().find(|found| *found.document == *document && found.is_another_text())
    }
}

/// The standings of claims in one text, in the order of the claims.
pub fn in_text(
    claims: &Claims,
    vocabulary: &Vocabulary,
    list: &[ClaimIndex],
    text: &Quotable,
    options: &Options<'_>,
) -> Vec<Standing> {
    let index = Index::new(text);
    let anchors: Vec<Anchor<'_>> = list
        .iter()
        .map(|claim| Anchor {
            line: claims.get(*claim).source.line,
            text: claims.source_text(*claim),
            context: claims.extras(*claim).and_then(|extras| extras.context),
        })
        .collect();
    let places = anchor::find(&index, &anchors);
    let is_replaced = |place: &Place| matches!(place, Place::Replaced(_));
    // read only where a figure has changed
    let found = if places.iter().any(is_replaced) { mentions(text, options) } else { Vec::new() };
    list.par_iter()
        .zip(anchors.par_iter().zip(places))
        .map(|(claim, (anchor, place))| match place {
            Place::Found(range) => {
                let span = index.span(range.clone(), anchor.text);
                let is_on_line = index.line(range.start) == anchor.line as usize;
                // a quote has plain blanks
                let is_quoted = |written: &str| {
                    written == anchor.text || written.split_whitespace().eq(anchor.text.split_whitespace())
                };
                let is_kept = is_on_line && (is_quoted(span.of(&text.text)) || is_quoted(&text.seen(span.range())));
                if is_kept { Standing::Kept(span) } else { Standing::Moved(span) }
            }
            Place::Replaced(range) => {
                let was_number = words(anchor.text).iter().any(|word| word.is_number);
                let span = index.span(range, if was_number { anchor.text } else { "" });
                let own = Claimed { claims, vocabulary, claim: *claim, text: anchor.text, options };
                match own.changed(span, &found) {
                    // digits that are no figure by the grammar, as the mark of a note: they have changed all the same
                    Standing::Missing if was_number => Standing::Changed(Box::new(Changed {
                        span,
                        text: text.seen(span.range()).into(),
                        agrees: false,
                        value: None,
                    })),
                    standing => standing,
                }
            }
            Place::Ambiguous(places) => {
                let mut lines: Vec<usize> = places.into_iter().map(|place| index.line(place)).collect();
                lines.dedup();
                Standing::Ambiguous(lines)
            }
            Place::Missing => Standing::Missing,
        })
        .collect()
}

/// A claim whose figure is no longer as it was.
struct Claimed<'a> {
    claims: &'a Claims,
    vocabulary: &'a Vocabulary,
    claim: ClaimIndex,
    text: &'a str,
    options: &'a Options<'a>,
}

impl Claimed<'_> {
    /// The figure that overlaps the place where the old one stood.
    fn changed(&self, span: Span, mentions: &[Mention]) -> Standing {
        let first = mentions.partition_point(|mention| mention.end <= span.start as usize);
        let there: Vec<&Mention> =
            mentions[first..].iter().take_while(|mention| mention.start < span.end as usize).collect();
        let old = extract::mentions(self.text, self.options);
        let value = &self.claims.get(self.claim).value;
        let units = &self.vocabulary.units;
        let old = match old.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|mention| agrees(value, mention, units)),
        };
        let new = match there.as_slice() {
            [] => return Standing::Missing,
            [only] => *only,
            several => match old.map(|old| several.iter().filter(|new| is_of_a_kind(old, new)).collect::<Vec<_>>()) {
                Some(kin) if kin.len() == 1 => kin[0],
                _ => {
                    let lines = several.iter().map(|mention| mention.line).collect();
                    return Standing::Ambiguous(lines);
                }
            },
        };
        let key = self.claims.get(self.claim).key;
        let expected = key.map(|key| self.vocabulary.measure(key.measure).dimension);
        Standing::Changed(Box::new(Changed {
            span: Span::new(new.start, new.end),
            text: new.text.clone(),
            agrees: agrees(value, new, units),
            value: old.and_then(|old| revised(value, old, new, expected, units)),
        }))
    }
}

/// Whether one figure may have become the other: it is of the same things.
pub(super) fn is_of_a_kind(old: &Mention, new: &Mention) -> bool {
    old.kind == new.kind && old.unit == new.unit
}
