//! What a document and its sections speak of, where a sentence does not say whose its figures are.

use rustc_hash::FxHashSet;

use super::Confidence;
use super::figures::Figures;
use super::lexicon::Lexicon;
use super::named::{Named, Role};
use super::passage::Passage;
use crate::document::{Block, BlockKind};
use crate::rules::Name;

/// A plain text marks no headings; a block of at most so many words without a figure is one.
const HEADING: usize = 5;
/// And one of so many before anything else is its title.
const TITLE: usize = 12;
/// Words before the name that the first sentence of a text is about.
const OPENING: usize = 2;

/// What a document and its sections speak of.
#[derive(Debug, Default)]
pub struct Topic {
    /// What its first heading that names something names.
    title: Option<Name>,
    /// What its first sentence opens with.
    opening: Option<Name>,
    /// Headings that name one subject, and those that name none or several, by block.
    headings: Vec<(usize, Option<Name>)>,
    heading: Option<Name>,
    countries: FxHashSet<Name>,
}

impl Topic {
    /// The topic of a document: what its headings name, or its first sentence opens with. How often a text names somebody
    /// says little about whose a figure is.
    pub fn of(blocks: &[Block<'_>], figures: &Figures<'_>, lexicon: &Lexicon) -> Topic {
        let mut topic = Topic { countries: lexicon.countries.clone(), ..Topic::default() };
        let is_marked = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }));
        // of a plain text a title stands before all else
        let mut is_first = true;
        for (index, block) in blocks.iter().enumerate() {
            let is_heading = matches!(block.kind, BlockKind::Heading { .. });
            let may_be = !is_marked
                && block.kind == BlockKind::Paragraph
                && figures.of_block(index).next().is_none()
                && is_short(&block.text, if is_first { TITLE } else { HEADING });
            if !is_heading && !may_be && !is_first {
                continue;
            }
            let passage = Passage::read(&block.text, figures.of_block(index), lexicon);
            let is_named = |named: &&Named| named.role != Role::Speaker;
            let mut named: Vec<Name> = passage.named.iter().filter(is_named).map(|named| named.name).collect();
            named.sort_unstable();
            named.dedup();
            let only = if let [only] = named[..] { Some(only) } else { None };
            if is_heading {
                let is_clear = (0..passage.words.len()).all(|word| !passage.is_unknown_name(word));
                topic.headings.push((index, only.filter(|_| is_clear)));
            } else if may_be && !passage.words.is_empty() {
                // any of them ends a section, and only one that is nothing but a name begins a section about it
                let is_name = passage.unknown(0, passage.words.len()) == 0 && !block.text.contains(':');
                topic.headings.push((index, only.filter(|name| is_name && lexicon.divides(*name))));
                if is_first {
                    topic.title = topic.title.or(only);
                }
            } else if is_first && !passage.words.is_empty() {
                is_first = false;
                let opens = |named: &&Named| {
                    named.start <= OPENING && named.role == Role::Bare && passage.unknown(0, named.start) == 0
                };
                topic.opening = passage.named.iter().find(opens).map(|named| named.name);
            }
        }
        if is_marked {
            topic.title = topic.headings.first().and_then(|(_, name)| *name);
        }
        topic
    }

    /// Goes on to a block.
    pub fn enter(&mut self, block: usize) {
        let passed = self.headings.partition_point(|(heading, _)| *heading <= block);
        self.heading = passed.checked_sub(1).and_then(|last| self.headings[last].1);
    }

    /// Whose figures are that a sentence leaves open: of the subjects of the section, the document, its first sentence the
    /// first that fits.
    pub fn owner(&self, is_fit: &dyn Fn(Name) -> bool) -> Option<(Name, Confidence)> {
        let fit = |name: Option<Name>| name.filter(|name| is_fit(*name));
        let named = fit(self.heading).or_else(|| fit(self.title)).map(|name| (name, Confidence::Likely));
        named.or_else(|| fit(self.opening).map(|name| (name, Confidence::Guess)))
    }

    /// What the section speaks of.
    pub fn section(&self) -> Option<Name> {
        self.heading
    }

    /// What the document speaks of.
    pub fn document(&self) -> Option<Name> {
        self.title.or(self.opening)
    }

    pub fn is_country(&self, name: Name) -> bool {
        self.countries.contains(&name)
    }

    /// The country that the document speaks of.
    pub fn country(&self) -> Option<Name> {
        self.document().filter(|name| self.is_country(*name))
    }
}

fn is_short(text: &str, most: usize) -> bool {
    let is_open = !text.trim_end().ends_with(['.', ':', ';', '!', '?', '؟', '،', ',']);
    is_open && text.split_whitespace().take(most + 1).count() <= most
}
