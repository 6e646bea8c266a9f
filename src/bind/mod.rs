//! From mentions to claims: what each figure of a document is about, as far as its words make that clear.
//!
//! A sentence gives evidence: words of a measure, names of subjects and of the values of qualifiers, dates. Where they
//! agree with the dimension of the figure and with each other, the figure is bound, with a [`Confidence`]; where two
//! measures compete, or something stands there that the vocabulary does not know, it stays a draft. A draft is honest, a
//! wrong binding costs trust. Whether the claims can all be true is not asked here.

mod absent;
mod dates;
mod decide;
mod earlier;
mod figures;
mod file;
mod follow;
mod forms;
mod holder;
mod implied;
mod lexicon;
mod marks;
mod measure;
mod named;
mod naming;
mod parts;
mod passage;
mod period;
mod ranks;
mod settle;
mod sides;
mod subject;
mod topic;
mod value;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::figure::Value;
use crate::rules::vocabulary::THIS_DOCUMENT;
use crate::rules::{MeasureId, Name, QualifierId, RuleSet, Vocabulary};

pub use figures::Figures;
pub use file::{Additions, Known, Target, additions};
pub use lexicon::Lexicon;
pub use marks::Mark;

use passage::Passage;
use topic::Topic;

/// How clear the text makes what a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The text as a whole makes it probable.
    Guess,
    /// The words around it make it probable.
    Likely,
    /// Its own clause says it.
    Sure,
}

impl Confidence {
    /// The word for it in claim files.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Guess => "guess",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub subject: Name,
    pub measure: MeasureId,
    /// Sorted by qualifier; a period as claims write it.
    pub qualifiers: Vec<(QualifierId, Box<str>)>,
    pub confidence: Confidence,
}

/// A figure as a claim: bound, or a draft.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Among the mentions of the document.
    pub mention: usize,
    pub value: Value,
    /// Why it is a draft, otherwise.
    pub about: Result<About, Doubt>,
}

/// Why a figure is left a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Nothing near it speaks of a measure of its dimension.
    NoMeasure,
    /// Two measures compete.
    Measures,
    /// Words that the vocabulary does not know stand between measure and figure, or beside the measure.
    UnknownWords,
    /// Nobody is named whose figure it could be.
    NoSubject,
    /// Several are named, or somebody whom the vocabulary does not know.
    Subjects,
    /// The part that a share is of, or a qualifier that the measure needs, is not clear.
    Qualifiers,
    /// Another figure of the document contradicts it as long as nobody says for when they hold.
    Contradicted,
}

impl Doubt {
    /// What is not clear, for a person who completes the claim.
    pub fn words(self) -> &'static str {
        match self {
            Doubt::NoMeasure => "no measure of this kind is spoken of near it",
            Doubt::Measures => "two measures compete for it",
            Doubt::UnknownWords => "words beside the measure are not known and may change it",
            Doubt::NoSubject => "no subject is named",
            Doubt::Subjects => "several subjects are named, or one that is not known",
            Doubt::Qualifiers => "it is not clear which part or which other side it is of",
            Doubt::Contradicted => "another figure says otherwise, and neither says for when",
        }
    }
}

/// The claims that the figures of a document make, in the order of the text. A figure that says for when another one
/// holds is no claim of its own, and one that claims cannot state is left out.
pub fn bind(figures: &Figures<'_>, lexicon: &Lexicon, rules: &RuleSet) -> Vec<Bound> {
    let blocks = &figures.blocks;
    let vocabulary = &rules.vocabulary;
    let mentions = &figures.mentions;
    let mut topic = Topic::of(blocks, figures, lexicon);
    let mut found: Vec<Bound> = Vec::new();
    let mut periods: FxHashSet<usize> = FxHashSet::default();
    for (index, block) in blocks.iter().enumerate() {
        if figures.of_block(index).next().is_some() {
            let passage = Passage::read(&block.text, figures.of_block(index), lexicon);
            topic.enter(index);
            decide::passage(&passage, mentions, &topic, lexicon, vocabulary, &mut found, &mut periods);
        }
    }
    found.retain(|bound| bound.about.is_ok() || !periods.contains(&bound.mention));
    settle::settle(&mut found, vocabulary);
    found.extend(numbers_of_notes(figures, vocabulary));
    found.sort_by_key(|bound| bound.mention);
    found
}

/// The numbers of the notes, which say something of the document itself.
fn numbers_of_notes(figures: &Figures<'_>, vocabulary: &Vocabulary) -> Vec<Bound> {
    let Some(subject) = vocabulary.names.find(THIS_DOCUMENT) else { return Vec::new() };
    let numbered = |(mention, kind): (usize, Mark)| {
        let measure = vocabulary.measure_id(match kind {
            Mark::InText => "note.mark",
            Mark::OpensNote => "note.number",
        })?;
        let value = value::value(figures.mentions.get(mention)?, &vocabulary.units)?;
        let about = About { subject, measure, qualifiers: Vec::new(), confidence: Confidence::Likely };
        Some(Bound { mention, value, about: Ok(about) })
    };
    let all = (0..figures.mentions.len()).filter_map(|mention| Some((mention, figures.mark(mention)?)));
    all.filter_map(numbered).collect()
}

/// How many claims there are of each confidence, from sure to guess, and how many drafts.
pub fn count(bound: &[Bound]) -> ([usize; 3], usize) {
    let mut counts: FxHashMap<Option<Confidence>, usize> = FxHashMap::default();
    for claim in bound {
        *counts.entry(claim.about.as_ref().ok().map(|about| about.confidence)).or_default() += 1;
    }
    let of = |confidence| counts.get(&confidence).copied().unwrap_or(0);
    ([of(Some(Confidence::Sure)), of(Some(Confidence::Likely)), of(Some(Confidence::Guess))], of(None))
}
