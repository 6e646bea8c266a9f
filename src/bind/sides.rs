//! Whose a figure is and who stands on the other side of it, as far as the words of its sentence show it.

use super::decide::{Binder, Candidate, Part, Reach};
use super::lexicon::Hit;
use super::named::{Named, Role};
use super::{Confidence, Doubt, subject};
use crate::figure::Dimension;
use crate::rules::vocabulary::{Phrase, Side, ValuesOf};
use crate::rules::{MeasureId, Name, QualifierId};

/// So many words behind an owner's name another name belongs to what follows.
const FAR: usize = 4;

/// Who is named near a figure.
#[derive(Debug)]
pub(super) struct Sides {
    /// All that a measure can be of or between, with the part that each has in it.
    pub named: Vec<Named>,
    /// Beside the figure as the other side.
    pub others: Vec<Named>,
    /// Beside the figure as anything else.
    pub rest: Vec<Named>,
    /// The owner, where both sides are named together.
    pub owner: Option<Name>,
}

impl Binder<'_> {
    /// The qualifier that names the other side, where a measure has one.
    pub(super) fn other_side(&self, measure: MeasureId) -> Option<QualifierId> {
        let mut sides = self.vocabulary.measure(measure).qualifiers.iter().copied();
        sides.find(|id| self.vocabulary.qualifier(*id).of == ValuesOf::Subject)
    }

    /// Who is named that a measure can be of or between, with the part that each has in it: of exports what follows `to`
    /// is the other side, and of imports what follows `from`.
    fn cast(&self, candidate: &Candidate) -> Vec<Named> {
        let measure = candidate.base;
        let ways = &self.vocabulary.measure(measure).other_side;
        let side = self.other_side(measure);
        let is_by = |way: Side| side.is_some() && ways.is_empty() && way != Side::Adjective || ways.contains(&way);
        let cast = |named: &Named| {
            let is_fit = named.role == Role::Speaker
                || self.is_of(measure, named.name)
                || side.is_some_and(|side| self.is_value(side, named.name));
            // whose investment it is has made it
            let is_agent = ways.contains(&Side::Adjective)
                && matches!(named.role, Role::Bare | Role::Owner)
                && !self.passage.is_place(named)
                && (named.end == candidate.cue.start || named.start == candidate.cue.end)
                && self.passage.joined(named.start, candidate.cue.start);
            let role = match named.role {
                Role::With if is_by(Side::With) => Role::Other,
                Role::To if is_by(Side::To) => Role::Other,
                Role::From if is_by(Side::From) => Role::Other,
                Role::With | Role::To | Role::From
                    if side.is_some() && self.passage.together(named.start, candidate.cue.start) =>
                {
                    Role::Owner
                }
                // of the time before or after it; who is no land goes nowhere
                Role::With | Role::To | Role::From if !self.is_land(named.name) => Role::Bare,
                Role::Adjective if ways.contains(&Side::Adjective) => Role::Other,
                _ if is_agent => Role::Other,
                role => role,
            };
            is_fit.then_some(Named { role, ..*named })
        };
        self.passage.named.iter().filter_map(cast).collect()
    }

    /// Who stands beside the figure as the other side, and who else.
    pub(super) fn sides(&self, figure: usize, candidate: &Candidate, reach: Reach) -> Result<Sides, Doubt> {
        let named = self.cast(candidate);
        let spot = self.passage.figures[figure];
        let (from, to) = self.passage.own(figure);
        let cue = &candidate.cue;
        let reaches = |named: &&Named| {
            let is_own = named.start >= from && named.end <= to && self.passage.joined(named.start, self.place(figure));
            let is_of_cue =
                named.start >= cue.start && named.end <= spot.first && self.passage.joined(named.start, cue.start);
            let between = named.start >= cue.end && named.end <= spot.first;
            named.role != Role::Speaker
                && !self.is_beyond(figure, named.start)
                && (is_own || reach != Reach::Sentence && (between || is_of_cue))
        };
        let near: Vec<Named> = named.iter().filter(reaches).copied().collect();
        let Some(side) = self.other_side(candidate.base) else {
            return Ok(Sides { named, others: Vec::new(), rest: near, owner: None });
        };
        let is_required = self.vocabulary.qualifier(side).required;
        if let Some((first, second)) = self.between(cue, &named).or_else(|| self.both(figure, cue, &named)) {
            let is_pair = |named: &Named| named.name == first.name || named.name == second.name;
            let rest = near.iter().filter(|named| !is_pair(named)).copied().collect();
            return Ok(Sides { named, others: vec![second], rest, owner: Some(first.name) });
        }
        let mut others: Vec<Named> = near.iter().filter(|named| named.role == Role::Other).copied().collect();
        // the last one named before the figure, of those that are not the owner
        if others.is_empty() && (is_required || reach == Reach::Sentence) {
            let is_behind_cue = |named: &&Named| reach == Reach::Sentence || named.start >= cue.end;
            others.extend(
                near.iter().filter(is_behind_cue).filter(|named| matches!(named.role, Role::Bare | Role::Owner)),
            );
        }
        others.dedup_by_key(|named| named.name);
        if others.len() > 1 {
            return Err(Doubt::Subjects);
        }
        let is_other = |named: &Named| others.iter().any(|other| other.name == named.name);
        let rest = near.iter().filter(|named| !is_other(named)).copied().collect();
        Ok(Sides { named, others, rest, owner: None })
    }

    /// The two sides between which something is, where a cue is followed by `between A and B`.
    fn between(&self, cue: &Hit, named: &[Named]) -> Option<(Named, Named)> {
        let is_between =
            |word: &usize| self.passage.does(*word, Phrase::Between) && !self.passage.does(*word, Phrase::Both);
        let opens = (cue.end..cue.end + 3).find(is_between)?;
        if self.passage.unknown(cue.end, opens) > 0 {
            return None;
        }
        let mut sides = named.iter().filter(|named| named.start > opens && self.passage.joined(named.start, opens));
        let (first, second) = (sides.next()?, sides.next()?);
        (first.start <= opens + 2 && second.start - first.end <= 2 && first.name != second.name)
            .then_some((*first, *second))
    }

    /// The two sides that words like `both countries` stand for beside a cue: those that the sentence has named before,
    /// or else the subjects of the section and of the document.
    fn both(&self, figure: usize, cue: &Hit, named: &[Named]) -> Option<(Named, Named)> {
        let start = self.passage.sentence_start(cue.start);
        let end = self.passage.figures[figure].first.max(cue.end);
        let near = cue.start.saturating_sub(2)..(cue.end + 4).min(end);
        let word = near
            .into_iter()
            .find(|word| self.passage.does(*word, Phrase::Both) && self.passage.joined(*word, cue.start))?;
        let is_country = |named: &&Named| {
            self.kind(named.name) == Some("country") && !matches!(named.role, Role::Speaker | Role::Part)
        };
        let listed = |start: usize, end: usize| {
            let mut pair: Vec<Named> = Vec::new();
            for named in named.iter().filter(|named| named.start >= start && named.end <= end).filter(is_country) {
                if pair.iter().all(|known| known.name != named.name) {
                    pair.push(*named);
                }
            }
            pair
        };
        let mut pair = listed(start, word);
        if pair.is_empty() && start > 0 {
            pair = listed(self.passage.sentence_start(start - 1), start);
        }
        // `which` takes up the two that are named right before it
        let clause = self.passage.clause_start(word);
        if self.passage.is_done(clause, (clause + 2).min(word), Phrase::Which) && pair.len() > 2 {
            let last = pair.split_off(pair.len() - 2);
            let is_beside = last[1].start <= last[0].end + 1 && clause - last[1].end <= 1;
            pair = if is_beside { last } else { Vec::new() };
        }
        match pair[..] {
            // what the section is about comes first
            [first, second] if self.topic.section() == Some(second.name) => Some((second, first)),
            [first, second] => Some((first, second)),
            [] | [_] => {
                let (section, document) = (self.topic.section()?, self.topic.document()?);
                let place = |name| Named { name, start: word, end: word + 1, role: Role::Bare };
                let is_one = pair.iter().all(|named| named.name == section || named.name == document);
                (section != document && is_one).then(|| (place(section), place(document)))
            }
            _ => None,
        }
    }

    /// The owner; of a list that goes on, whom the figure names itself.
    pub(super) fn owner(
        &self,
        figure: usize,
        candidate: &Candidate,
        reach: Reach,
        sides: &Sides,
    ) -> Result<subject::Owner, Doubt> {
        if let Some(name) = sides.owner {
            return Ok(subject::Owner { name, confidence: Confidence::Likely, place: None });
        }
        let rest = &sides.rest;
        let free: Vec<&Named> = rest.iter().filter(|named| matches!(named.role, Role::Bare | Role::Owner)).collect();
        if reach == Reach::Sentence
            && let [only] = free[..]
        {
            return Ok(subject::Owner { name: only.name, confidence: Confidence::Likely, place: Some(only.start) });
        }
        let side = self.other_side(candidate.base);
        let has_other = side.is_some_and(|side| self.vocabulary.qualifier(side).required);
        let scene = subject::Scene {
            passage: self.passage,
            named: &sides.named,
            topic: self.topic,
            is_fit: &|name| self.is_of(candidate.measure, name),
        };
        let list = subject::List { goes_on: reach == Reach::Sentence, has_other };
        let owner = subject::owner(&scene, &candidate.cue, figure, &sides.others, list);
        let owner = owner.or_else(|doubt| {
            let going_on = self.whose_before(figure, candidate).filter(|_| sides.others.is_empty() && rest.is_empty());
            going_on.or_else(|| self.whose_section(candidate, sides)).ok_or(doubt)
        })?;
        if !self.is_of(candidate.measure, owner.name) {
            return Err(Doubt::Subjects);
        }
        // nobody stands beside the figure without a part in it; far behind the owner's name is not beside it
        let last = self.passage.figures[figure].end.max(candidate.cue.end);
        let is_far = |named: &Named| {
            owner.confidence == Confidence::Sure
                && owner.place.is_some_and(|place| named.start > place + FAR && named.start > last)
        };
        let is_idle = |named: &Named| named.name != owner.name && !self.is_in_share(figure, candidate, named);
        if rest.iter().any(|named| is_idle(named) && !is_far(named)) {
            return Err(Doubt::Subjects);
        }
        // who is named behind a place in an order has that order: `third in the trade of Portugal`
        let is_behind = owner.place.is_some_and(|place| place >= self.passage.figures[figure].end);
        if self.facet(candidate.measure) == Some("rank") && is_behind {
            return Err(Doubt::Subjects);
        }
        let is_counted = self.vocabulary.measure(candidate.measure).dimension == Dimension::COUNT;
        if is_counted && owner.place.is_none() && owner.confidence == Confidence::Guess {
            return Err(Doubt::Subjects);
        }
        Ok(owner)
    }

    /// Where nobody is named since a figure of the same family, in its sentence or the one before, it is of the same subject:
    /// `The trade of Norway was 9 billion. Exports reached 5 billion`.
    fn whose_before(&self, figure: usize, candidate: &Candidate) -> Option<subject::Owner> {
        let family = |measure: MeasureId| {
            let id = &*self.vocabulary.measure(self.base(measure)).id;
            id.split_once('.').map_or(id, |(family, _)| family)
        };
        let last = self.before.last().filter(|last| family(last.about.measure) == family(candidate.base))?;
        let (from, at) = (self.passage.figures[last.figure].end, self.place(figure));
        let gap = self.passage.words[at].sentence - self.passage.words[self.place(last.figure)].sentence;
        let name = last.about.subject;
        let (_, to) = self.passage.own(figure);
        let is_other = |named: &Named| named.start >= from && named.end <= to && named.name != name;
        let is_strange = (from..to).any(|word| self.passage.is_unknown_name(word));
        let is_so = gap <= 1 && !is_strange && !self.passage.named.iter().any(is_other);
        is_so.then_some(subject::Owner { name, confidence: Confidence::Likely, place: None })
    }

    /// Whether a measure follows `with` and what has it is not named: `towns with a population of 10,000`.
    pub(super) fn is_had_by_unknown(&self, candidate: &Candidate) -> bool {
        let cue = &candidate.cue;
        let with = (cue.start.saturating_sub(2)..cue.start).find(|word| self.passage.does(*word, Phrase::With));
        let Some(with) = with.filter(|with| self.passage.joined(*with, cue.start)) else { return false };
        let is_land = self.vocabulary.measure(candidate.base).dimension == Dimension::PERSONS;
        is_land && !self.passage.named.iter().any(|named| named.end == with && named.role != Role::Adjective)
    }

    /// In a section on one side the other side of what is that side's is whom the document speaks of: `Chinese investments`
    /// in the section on China of a text on Norway.
    fn whose_section(&self, candidate: &Candidate, sides: &Sides) -> Option<subject::Owner> {
        let [other] = &sides.others[..] else { return None };
        let name = self.topic.document().filter(|name| *name != other.name)?;
        let is_so =
            self.topic.section() == Some(other.name) && self.is_of(candidate.measure, name) && sides.rest.is_empty();
        is_so.then_some(subject::Owner { name, confidence: Confidence::Guess, place: None })
    }

    /// Whether a figure is of the whole world, of which nobody's share is a part of himself. A place in the world is one's
    /// own.
    pub(super) fn is_of_world(&self, figure: usize, candidate: &Candidate) -> bool {
        let cue = &candidate.cue;
        match self.facet(candidate.measure) {
            Some("rank") => false,
            Some("share") => {
                let (_, to) = self.passage.own(figure);
                let is_said =
                    |word: usize| self.passage.does(word, Phrase::World) && self.passage.joined(word, cue.start);
                let is_other_side = |word: usize| word > 0 && self.passage.does(word - 1, Phrase::With);
                (cue.start.saturating_sub(2)..to).any(|word| is_said(word) && !is_other_side(word))
            }
            _ => {
                let near = cue.start.saturating_sub(1)..cue.end + 2;
                near.into_iter().any(|word| {
                    let is_beside = word < cue.start || word <= cue.end || self.passage.does(word - 1, Phrase::Within);
                    is_beside && self.passage.does(word, Phrase::World) && self.passage.joined(word, cue.start)
                })
            }
        }
    }

    /// Whether a name stands before a share as the part that has it: `Spain made up 4 % of the trade of Portugal`.
    fn is_in_share(&self, figure: usize, candidate: &Candidate, named: &Named) -> bool {
        self.facet(candidate.measure) == Some("share")
            && named.end <= self.passage.figures[figure].first
            && self.other_side(candidate.base).is_some()
    }

    /// The part of a share that has no other: who is named before the figure, of whom it says how much of the whole of
    /// somebody else he is.
    pub(super) fn side_of_share(&self, figure: usize, candidate: &Candidate, owner: Name) -> Option<Part> {
        let side = self.other_side(candidate.base)?;
        let at = self.place(figure);
        let start = self.passage.sentence_start(at);
        let is_part = |named: &&Named| {
            named.start >= start
                && named.end <= at
                && named.name != owner
                && matches!(named.role, Role::Bare | Role::Owner)
                && self.is_value(side, named.name)
        };
        let mut parts = self.passage.named.iter().filter(is_part);
        let first = parts.next()?;
        let is_one = parts.all(|other| other.name == first.name);
        is_one.then(|| (side, self.word(first.name)))
    }

    /// The region that a share is of: `20 % of its area lies in Europe`.
    pub(super) fn region(&self, figure: usize, candidate: &Candidate) -> Option<(Part, Name)> {
        let (from, to) = self.passage.own(figure);
        let at = self.place(figure);
        let mut takes = self.vocabulary.measure(candidate.base).qualifiers.iter().filter(|id| {
            let qualifier = self.vocabulary.qualifier(**id);
            qualifier.of == ValuesOf::Word && qualifier.kinds.iter().any(|kind| &**kind == "region")
        });
        let qualifier = *takes.next()?;
        let mut regions = self.passage.named.iter().filter(|named| {
            named.start >= from
                && named.end <= to
                && self.passage.joined(named.start, at)
                && self.passage.is_place(named)
                && self.kind(named.name) == Some("region")
        });
        let (region, None) = (regions.next()?, regions.next()) else { return None };
        Some(((qualifier, self.word(region.name)), region.name))
    }

    /// Who says what the sentence of a figure says.
    pub(super) fn speaker(&self, figure: usize) -> Option<Name> {
        let at = self.place(figure);
        let speakers = self
            .passage
            .named
            .iter()
            .filter(|named| named.role == Role::Speaker && self.passage.together(named.start, at))
            .filter(|named| {
                !matches!(self.kind(named.name), Some("event" | "treaty" | "conference" | "dynasty" | "custom"))
            });
        let mut names: Vec<Name> = speakers.map(|named| named.name).collect();
        names.dedup();
        match names[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}
