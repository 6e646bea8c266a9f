//! Whose figure it is: the subject of a claim, the other side, and who says it.

use super::lexicon::{Hit, Lexicon};
use super::passage::{Named, Passage, Role};
use super::{Confidence, Doubt};
use crate::document::{Block, BlockKind};
use crate::extract::Mention;
use crate::rules::Name;

/// What a document and its sections speak of, where a sentence does not say.
#[derive(Debug, Default)]
pub struct Topic {
    /// What its first heading names.
    title: Option<Name>,
    /// Headings that name one subject, and those that name none or several, by block.
    headings: Vec<(usize, Option<Name>)>,
    heading: Option<Name>,
}

impl Topic {
    /// The topic of a document: what its headings name. How often a text names somebody says little about whose a figure is.
    pub fn of(blocks: &[Block<'_>], mentions: &[Mention], lexicon: &Lexicon) -> Topic {
        let mut topic = Topic::default();
        let mut at = 0;
        for (index, block) in blocks.iter().enumerate() {
            let count = mentions[at..].iter().take_while(|mention| mention.block as usize == index).count();
            let passage =
                Passage::read(&block.text, mentions[at..at + count].iter().map(|mention| (0, mention)), lexicon);
            at += count;
            let is_named = |named: &&Named| named.role != Role::Speaker;
            let mut named: Vec<Name> = passage.named.iter().filter(is_named).map(|named| named.name).collect();
            if matches!(block.kind, BlockKind::Heading { .. }) {
                named.sort_unstable();
                named.dedup();
                let is_clear = (0..passage.words.len()).all(|word| !passage.is_unknown_name(word));
                topic
                    .headings
                    .push((index, if let [only] = named[..] { Some(only).filter(|_| is_clear) } else { None }));
            }
        }
        topic.title = topic.headings.first().and_then(|(_, name)| *name);
        topic
    }

    /// Goes on to a block.
    pub fn enter(&mut self, block: usize) {
        let passed = self.headings.partition_point(|(heading, _)| *heading <= block);
        self.heading = passed.checked_sub(1).and_then(|last| self.headings[last].1);
    }
}

/// What kind of statement a figure is part of.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// It goes on a list whose head spoke of the measure.
    pub goes_on: bool,
    /// The measure must have another side, so that who is named is one of two.
    pub has_other: bool,
}

/// The subject of a claim, and by what right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    pub name: Name,
    pub confidence: Confidence,
    /// Where it is named, if in the sentence.
    pub place: Option<usize>,
}

/// The owner of what a cue at these words speaks of; not where nobody is named, somebody unknown is, or two are.
pub fn owner(
    passage: &Passage<'_>,
    cue: &Hit,
    figure: usize,
    others: &[Named],
    topic: &Topic,
    list: List,
) -> Result<Owner, Doubt> {
    let is_other = |named: &Named| others.iter().any(|other| other.start == named.start) || named.role == Role::Speaker;
    let sure = |named: &Named| Owner { name: named.name, confidence: Confidence::Sure, place: Some(named.start) };
    if let Some(named) = passage.named.iter().find(|named| !is_other(named) && is_beside(passage, cue, named, list)) {
        return Ok(sure(named));
    }
    if is_of_somebody_unknown(passage, cue) {
        return Err(Doubt::Subjects);
    }
    let place = passage.figures[figure].first.min(passage.words.len().saturating_sub(1));
    let start = passage.sentence_start(place);
    let end = passage.sentence_end(place);
    if (start..end).any(|word| passage.is_unknown_name(word)) {
        return Err(Doubt::Subjects);
    }
    let stands_free = |named: &&Named| {
        // of a list, what stands behind its head belongs to its items
        let is_before = named.start < if list.goes_on { cue.start } else { place };
        let is_behind = !list.goes_on && named.role == Role::Owner && passage.joined(named.start, place);
        !is_other(named) && matches!(named.role, Role::Bare | Role::Owner) && (is_before || is_behind)
    };
    let mut in_sentence: Vec<&Named> =
        passage.named.iter().filter(|named| named.start >= start && named.end <= end).filter(stands_free).collect();
    in_sentence.dedup_by_key(|named| named.name);
    match in_sentence[..] {
        [only] => {
            let is_close = passage.joined(only.start, cue.start) && only.start < cue.start;
            let confidence = if is_close { Confidence::Sure } else { Confidence::Likely };
            return Ok(Owner { confidence, ..sure(only) });
        }
        [] => {}
        // of several, only one that the clause of the cue itself begins with
        _ => {
            let mut before =
                in_sentence.iter().filter(|named| named.start < cue.start && passage.joined(named.start, cue.start));
            return match (before.next(), before.next()) {
                (Some(only), None) => Ok(Owner { confidence: Confidence::Likely, ..sure(only) }),
                _ => Err(Doubt::Subjects),
            };
        }
    }
    // what the sentence before speaks of, if it speaks of one
    if let Some(last) = start.checked_sub(1)
        && (passage.sentence_start(last)..start).any(|word| passage.is_unknown_name(word))
    {
        return Err(Doubt::Subjects);
    }
    let earlier = passage.named.iter().rev().filter(|named| named.end <= start && named.role != Role::Speaker);
    let mut sentence = start.checked_sub(1).map(|last| passage.words[last].sentence);
    let mut names: Vec<Name> = Vec::new();
    for named in earlier {
        let own = passage.words[named.start].sentence;
        if *sentence.get_or_insert(own) != own {
            break;
        }
        if matches!(named.role, Role::Bare | Role::Owner) {
            names.push(named.name);
        }
    }
    names.sort_unstable();
    names.dedup();
    let of_text = |name: Option<Name>, confidence| {
        name.map(|name| Owner { name, confidence, place: None }).ok_or(Doubt::NoSubject)
    };
    match names[..] {
        [only] => of_text(Some(only), Confidence::Likely),
        [_, _, ..] => of_text(opening(passage, start), Confidence::Guess).or(Err(Doubt::Subjects)),
        [] => of_text(topic.heading, Confidence::Likely).or_else(|_| of_text(topic.title, Confidence::Likely)),
    }
}

/// Whom the sentence before this word opens with.
fn opening(passage: &Passage<'_>, start: usize) -> Option<Name> {
    const NEAR: usize = 3;
    let first = passage.sentence_start(start.checked_sub(1)?);
    let opens = |named: &&Named| named.start >= first && named.start < first + NEAR && named.role == Role::Bare;
    let named = passage.named.iter().find(opens)?;
    (passage.unknown(first, named.start) == 0).then_some(named.name)
}

/// Whether a name stands beside a cue as its owner: `Kazakhstan's exports`, `exports of Kazakhstan`, `صادرات كازاخستان`.
fn is_beside(passage: &Passage<'_>, cue: &Hit, named: &Named, list: List) -> bool {
    if named.end <= cue.start {
        let is_owned = matches!(named.role, Role::Bare | Role::Adjective | Role::Owner);
        // the `s` of a genitive stands between
        let between = (named.end..cue.start).filter(|word| passage.words[*word].folded != "s").count();
        return is_owned && between == 0 && passage.joined(named.start, cue.start);
    }
    if named.start < cue.end {
        return false;
    }
    let between = named.start - cue.end;
    match named.role {
        // `borders France`: what must have another side names it so
        Role::Bare if list.has_other => false,
        Role::Bare | Role::Adjective => between == 0 && passage.joined(cue.start, named.start),
        Role::Owner => {
            between <= 2 && passage.unknown(cue.end, named.start) == 0 && passage.joined(cue.start, named.start)
        }
        Role::Other | Role::Part | Role::Speaker => false,
    }
}

/// Whether a cue is followed, or preceded, by the name of something that nobody knows.
fn is_of_somebody_unknown(passage: &Passage<'_>, cue: &Hit) -> bool {
    use crate::rules::vocabulary::Phrase;
    let mut at = cue.end;
    let mut is_of = false;
    while at < cue.end + 2
        && (passage.does(at, Phrase::Of)
            || passage.does(at, Phrase::Within)
            || passage.words.get(at).is_some_and(|word| word.folded == "the"))
    {
        is_of = true;
        at += 1;
    }
    let is_unknown = |word: usize| passage.is_unknown(word) && passage.joined(cue.start, word);
    is_unknown(at) && (is_of || at == cue.end) || cue.start > 0 && is_unknown(cue.start - 1)
}
