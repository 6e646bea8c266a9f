//! Whose figure it is, where a cue speaks of its measure: the subject of a claim.

use super::lexicon::Hit;
use super::named::{Named, Role};
use super::passage::Passage;
use super::topic::Topic;
use super::{Confidence, Doubt};
use crate::rules::Name;
use crate::rules::vocabulary::Phrase;

/// Where an owner is looked for.
pub struct Scene<'a> {
    pub passage: &'a Passage<'a>,
    /// Who is named in it that the measure has to do with.
    pub named: &'a [Named],
    pub topic: &'a Topic,
    /// Whether the measure can be of a subject.
    pub is_fit: &'a dyn Fn(Name) -> bool,
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
pub fn owner(scene: &Scene<'_>, cue: &Hit, figure: usize, others: &[Named], list: List) -> Result<Owner, Doubt> {
    let Scene { passage, named: all, topic, is_fit } = *scene;
    let is_other = |named: &Named| others.iter().any(|other| other.name == named.name) || named.role == Role::Speaker;
    let sure = |named: &Named| Owner { name: named.name, confidence: Confidence::Sure, place: Some(named.start) };
    let is_owner = |named: &&Named| !is_other(named) && is_fit(named.name) && is_beside(passage, cue, named, list);
    if let Some(named) = all.iter().find(is_owner) {
        return Ok(sure(named));
    }
    // `of the country`: the only one that the sentence names, or else the document's
    if let Some(word) = (cue.end..cue.end + 3).find(|word| passage.does(*word, Phrase::Country))
        && passage.joined(word, cue.start)
        && passage.unknown(cue.end, word) == 0
    {
        let in_sentence = |named: &&Named| passage.together(named.start, word) && !matches!(named.role, Role::Speaker);
        let mut fit = all.iter().filter(in_sentence).filter(|named| topic.is_country(named.name));
        let name = match (fit.next(), fit.next()) {
            (Some(only), None) => Some(only.name),
            (None, _) => topic.country(),
            _ => None,
        };
        if let Some(name) = name {
            return Ok(Owner { name, confidence: Confidence::Likely, place: None });
        }
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
        let end = passage.figures[figure].end.max(cue.end);
        let is_behind = !list.goes_on
            && named.role == Role::Owner
            && passage.joined(named.start, place)
            && (named.start < end || passage.unknown(end, named.start) == 0 && !passage.is_told(end, named.start));
        !is_other(named) && matches!(named.role, Role::Bare | Role::Owner) && (is_before || is_behind)
    };
    let mut in_sentence: Vec<&Named> =
        all.iter().filter(|named| named.start >= start && named.end <= end).filter(stands_free).collect();
    in_sentence.dedup_by_key(|named| named.name);
    match in_sentence[..] {
        [only] => {
            let is_close = passage.joined(only.start, cue.start) && only.start < cue.start;
            let confidence = if is_close { Confidence::Sure } else { Confidence::Likely };
            return Ok(Owner { confidence, ..sure(only) });
        }
        [] => {}
        // of several, only one that the clause of the cue itself begins with, or the only one that is no place
        _ => {
            let mut before =
                in_sentence.iter().filter(|named| named.start < cue.start && passage.joined(named.start, cue.start));
            return match (before.next(), before.next()) {
                (Some(only), None) => Ok(Owner { confidence: Confidence::Likely, ..sure(only) }),
                (None, _) => {
                    let is_free = |named: &&&Named| named.role == Role::Bare && !passage.is_place(named);
                    let mut bare = in_sentence.iter().filter(is_free);
                    match (bare.next(), bare.next()) {
                        (Some(only), None) if only.start < cue.start => {
                            Ok(Owner { confidence: Confidence::Likely, ..sure(only) })
                        }
                        _ => Err(Doubt::Subjects),
                    }
                }
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
    let earlier = all.iter().rev().filter(|named| named.end <= start && !is_other(named));
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
        [_, _, ..] => of_text(opening(scene, start), Confidence::Guess).or(Err(Doubt::Subjects)),
        [] => topic
            .owner(is_fit)
            .map(|(name, confidence)| Owner { name, confidence, place: None })
            .ok_or(Doubt::NoSubject),
    }
}

/// Whom the sentence before this word opens with.
fn opening(scene: &Scene<'_>, start: usize) -> Option<Name> {
    let Scene { passage, named: all, .. } = *scene;
    const NEAR: usize = 3;
    let first = passage.sentence_start(start.checked_sub(1)?);
    let opens = |named: &&Named| named.start >= first && named.start < first + NEAR && named.role == Role::Bare;
    let named = all.iter().find(opens)?;
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
        Role::Bare | Role::Adjective => {
            between == 0 && passage.joined(cue.start, named.start) && !passage.words[named.start].is_after_mark
        }
        Role::Owner => {
            between <= 2 && passage.unknown(cue.end, named.start) == 0 && passage.joined(cue.start, named.start)
        }
        _ => false,
    }
}

/// Whether a cue is followed, or preceded, by the name of something that nobody knows.
fn is_of_somebody_unknown(passage: &Passage<'_>, cue: &Hit) -> bool {
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
