//! What a date is of: a word of an event near it, or the thing itself that stands beside it.
//!
//! `signed the treaty in 1992` has a cue, `the war (1992)` has none, but a thing whose kind says what a date beside it
//! means. A date that only says when something else was is bound to nothing here.

use super::decide::{Binder, Claims};
use super::lexicon::{Hit, Sense};
use super::named::{Named, Role};
use super::{About, Confidence, Doubt};
use crate::extract::Kind;
use crate::figure::{Dimension, Value};
use crate::rules::MeasureId;
use crate::rules::vocabulary::{Measure, Phrase};

/// Words of grammar between a thing and its date.
const NEAR: usize = 4;
/// And between it and the dates in a bracket.
const NEAR_BRACKET: usize = 7;
/// Words between a cue and a date before it: `In 1945 Egypt joined`.
const BEHIND: usize = 4;

/// Words before the title of a work in its note: its number, who wrote it.
const TITLE: usize = 6;

impl Binder<'_> {
    /// What a date or period states.
    pub(super) fn date(&self, figure: usize, value: &Value) -> Result<Claims, Doubt> {
        let at = self.place(figure);
        let clause = self.passage.clause_start(at)..self.passage.clause_end(at);
        if let Some(claims) = self.absent(figure, value) {
            return Ok(claims);
        }
        if self.passage.is_done(clause.start, at, Phrase::Not) {
            return Err(Doubt::UnknownWords);
        }
        if self.is_in_title(figure) {
            return Err(Doubt::NoMeasure);
        }
        if let Some(thing) = self.thing_beside(figure)
            && let Some(claim) = self.of_thing(figure, &thing, value)
        {
            return Ok(vec![claim]);
        }
        if let Some(claim) = self.of_work(figure, value) {
            return Ok(vec![claim]);
        }
        self.of_cue(figure, value).map(|claim| vec![claim])
    }

    /// Whether a date is part of a title: in the quotation marks that a name opens, or within a name.
    fn is_in_title(&self, figure: usize) -> bool {
        let spot = self.passage.figures[figure];
        let Some(mention) = self.mentions.get(spot.mention) else { return false };
        let before = self.passage.text.get(..mention.offset as usize).unwrap_or_default();
        let quote = before.rfind(['«', '»', '“', '”']).filter(|at| before[*at..].starts_with(['«', '“']));
        self.passage.named.iter().any(|named| {
            let start = self.passage.words[named.start].start;
            let between = |at: usize| before.get(at..start).unwrap_or_default();
            let is_quoted = quote.is_some_and(|at| at < start && between(at).trim().chars().count() == 1);
            let is_within = named.start < spot.first && named.end >= spot.end && spot.end > spot.first;
            is_quoted && named.start < spot.first || is_within
        })
    }

    /// The thing that a date stands beside: right behind its names, in a bracket, or right before them.
    fn thing_beside(&self, figure: usize) -> Option<Named> {
        let spot = self.passage.figures[figure];
        let at = self.place(figure);
        let bracket = self.in_bracket(figure);
        let is_thing = |named: &&Named| !matches!(named.role, Role::Speaker | Role::Part | Role::Adjective);
        let before = self.passage.named.iter().rev().filter(is_thing).find(|named| {
            let end = self.passage.behind_names(named);
            named.start < spot.first
                && end <= spot.first.max(named.end)
                && (spot.first.saturating_sub(end)) <= if bracket { NEAR_BRACKET } else { NEAR }
                && self.passage.joined(named.end - 1, at)
                && (end >= spot.first || self.passage.is_slight(end, spot.first))
        });
        if let Some(named) = before {
            return Some(*named);
        }
        let is_behind = |named: &&Named| {
            named.start == spot.end
                && self.passage.joined(at, named.start)
                && !self.passage.words[named.start].is_after_mark
                && self.passage.words[named.start].folded.is_ascii()
        };
        self.passage.named.iter().filter(is_thing).find(is_behind).copied()
    }

    /// What a date says of the thing beside it: what a cue before it in the sentence says of things of its kind, or what
    /// dates beside such things mean.
    fn of_thing(&self, figure: usize, thing: &Named, value: &Value) -> Option<(Value, About)> {
        let kind = self.mentions.get(self.passage.figures[figure].mention)?.kind;
        let is_exact = match value {
            Value::Date { .. } => matches!(kind, Kind::Year | Kind::Date),
            _ => kind == Kind::Period,
        };
        if !is_exact {
            return None;
        }
        let fits = |measure: MeasureId| {
            let own = self.vocabulary.measure(measure);
            states(value, own.dimension)
                && !own.is_of(Some("country"))
                && !own.of.is_empty()
                && self.is_of(measure, thing.name)
        };
        let start = self.passage.sentence_start(thing.start);
        let own = self.passage.clause_start(thing.start);
        let is_modified = thing.start > own && self.passage.is_unknown(thing.start - 1);
        let cue = self.passage.hits.iter().rev().filter(|hit| hit.start >= start && hit.end <= thing.start);
        let cue = cue.filter_map(|hit| match hit.sense {
            Sense::Measure(measure) if self.is_event(measure) => Some((*hit, measure)),
            _ => None,
        });
        let mut cue = cue.peekable();
        let nearest = cue.peek().map(|(hit, _)| hit.start);
        let cue = cue.take_while(|(hit, _)| Some(hit.start) == nearest).find(|(_, measure)| fits(*measure));
        if let Some((hit, measure)) = cue {
            // in a list that goes on the thing opens its clause
            let from = if hit.start >= own { hit.end } else { own };
            let is_clear = self.passage.unknown(from, thing.start) == 0 && !is_modified;
            let is_other = self.kinds_between(hit.end, thing.start, measure);
            if is_clear && !is_other && (hit.start >= own || self.is_listed(hit.end, own)) {
                return self.claim(figure, thing.name, measure, &hit, value, Confidence::Likely);
            }
        }
        let bracket = self.in_bracket(figure);
        let is_event = self.kind(thing.name) == Some("event");
        // what is told of it is not that it was; of a treaty, somewhere before in the sentence
        let is_told = self.passage.hits.iter().any(|hit| {
            let is_near = self.passage.joined(hit.start, thing.start)
                || !is_event && hit.start >= start && hit.end <= thing.start;
            matches!(hit.sense, Sense::Measure(measure) if self.is_event(measure))
                && is_near
                && !(hit.start >= thing.start && hit.end <= thing.end)
        });
        let is_relative = self.passage.is_done(thing.start.saturating_sub(3).max(own), thing.start, Phrase::After);
        let is_late = self.passage.is_done(thing.start.saturating_sub(3).max(own), thing.start, Phrase::End);
        if is_late || !bracket && (is_told || is_relative) {
            return None;
        }
        let is_bare = |measure: &Measure| measure.bare.iter().any(|kind| Some(&**kind) == self.kind(thing.name));
        let mut bare = self.vocabulary.measures().filter(|(id, measure)| is_bare(measure) && fits(*id));
        let ((measure, _), None) = (bare.next()?, bare.next()) else { return None };
        // `the Third Cold War` is no Cold War
        let is_firm = is_event || bracket && self.kind(thing.name) == Some("person");
        let is_other = is_modified && (!is_firm || self.passage.words[thing.start - 1].is_capital);
        if is_other && thing.role != Role::Owner || !is_event && !bracket && self.passage.unknown(own, thing.start) > 0
        {
            return None;
        }
        let cue = Hit { start: thing.start, end: thing.end, sense: Sense::Subject(thing.name) };
        let confidence = if bracket { Confidence::Likely } else { Confidence::Guess };
        self.claim(figure, thing.name, measure, &cue, value, confidence)
    }

    /// The date of a note that opens with a known work.
    fn of_work(&self, figure: usize, value: &Value) -> Option<(Value, About)> {
        let is_work =
            |measure: &Measure| measure.bare.iter().any(|kind| &**kind == "work") && states(value, measure.dimension);
        let (measure, _) = self.vocabulary.measures().find(|(_, measure)| is_work(measure))?;
        let spot = self.passage.figures[figure];
        let place = self.passage.words.get(self.place(figure))?.start;
        let text = self.passage.text;
        let from = text.get(..place)?.rfind('\n').map_or(0, |at| at + 1);
        let to = text.get(place..)?.find('\n').map_or(text.len(), |at| place + at);
        let first = self.passage.words.partition_point(|word| word.start < from);
        let last = self.passage.words.partition_point(|word| word.start < to);
        let work = self.passage.named.iter().find(|named| named.start >= first && self.is_of(measure, named.name))?;
        let is_only = self.passage.figures.iter().enumerate().all(|(other, date)| {
            let is_here = date.is_date && date.first >= work.end && date.first < last;
            other == figure || !is_here || self.is_address(other)
        });
        if work.start > first + TITLE || work.end > spot.first || self.is_address(figure) || !is_only {
            return None;
        }
        let about = About { subject: work.name, measure, qualifiers: Vec::new(), confidence: Confidence::Likely };
        Some((value.clone(), about))
    }

    /// Whether a figure is part of an address of the web.
    fn is_address(&self, figure: usize) -> bool {
        let Some(word) = self.passage.words.get(self.place(figure)) else { return false };
        let before = self.passage.text.get(..word.start).unwrap_or_default();
        before.rsplit(char::is_whitespace).next().is_some_and(|part| part.contains("://"))
    }

    /// What a date says by the cue nearest to it in its clause.
    fn of_cue(&self, figure: usize, value: &Value) -> Result<(Value, About), Doubt> {
        let spot = self.passage.figures[figure];
        let at = self.place(figure);
        let start = self.passage.clause_start(at);
        let event = |hit: &Hit| match hit.sense {
            Sense::Measure(measure) if self.is_event(measure) && self.passage.joined(hit.start, at) => Some(measure),
            _ => None,
        };
        let before = self
            .passage
            .hits
            .iter()
            .filter(|hit| hit.end <= spot.first && event(hit).is_some())
            .map(|hit| hit.start)
            .max();
        let behind = self
            .passage
            .hits
            .iter()
            .filter(|hit| hit.start >= spot.end && event(hit).is_some())
            .map(|hit| hit.start)
            .min();
        let opens = self.passage.is_slight(start, spot.first);
        let place = match (before, behind) {
            (Some(before), _) => before,
            (None, Some(behind)) if opens && behind - spot.end <= BEHIND => behind,
            _ => return Err(Doubt::NoMeasure),
        };
        let mut found = Vec::new();
        let mut doubt = Doubt::NoMeasure;
        for hit in self.passage.hits.iter().filter(|hit| hit.start == place) {
            let Some(measure) = event(hit) else { continue };
            if !states(value, self.vocabulary.measure(measure).dimension) {
                continue;
            }
            let (from, to) = if hit.end <= spot.first { (hit.end, spot.first) } else { (spot.end, hit.start) };
            if self.passage.unknown(from, to) > 0 || self.is_modified_event(hit) {
                doubt = Doubt::UnknownWords;
                continue;
            }
            // a second date behind one cue says something else
            let is_second = self.passage.figures[..figure].iter().any(|date| date.is_date && date.first >= hit.end);
            if is_second && !self.vocabulary.measure(measure).many {
                doubt = Doubt::Measures;
                continue;
            }
            match self.holder(hit, measure, at) {
                Ok(holder) => match self.claim(figure, holder.name, measure, hit, value, holder.confidence) {
                    Some(claim) if !found.contains(&claim) => found.push(claim),
                    Some(_) => {}
                    None => doubt = Doubt::Qualifiers,
                },
                Err(why) => doubt = why,
            }
        }
        match found.len() {
            1 => found.pop().ok_or(doubt),
            0 => Err(doubt),
            _ => Err(Doubt::Measures),
        }
    }

    /// Whether an unknown word right beside a cue makes something else of it.
    fn is_modified_event(&self, cue: &Hit) -> bool {
        let is_unknown = |word: usize| self.passage.is_unknown(word) && self.passage.joined(word, cue.start);
        is_unknown(cue.end) && !self.passage.words[cue.end].is_after_mark
    }

    /// Whether a measure is of a day or a stretch of time of something.
    pub(super) fn is_event(&self, measure: MeasureId) -> bool {
        matches!(self.vocabulary.measure(measure).dimension, Dimension::Date | Dimension::Period)
    }

    /// Whether anything between two places is of the measure's kind too, so that the cue may be its.
    fn kinds_between(&self, from: usize, to: usize, measure: MeasureId) -> bool {
        let listed =
            self.passage.figures.iter().any(|figure| figure.is_date && figure.first >= from && figure.end <= to);
        let between = self.passage.named.iter().filter(|named| named.start >= from && named.end <= to);
        !listed && between.filter(|named| self.is_of(measure, named.name)).count() > 0
    }

    /// Whether a list stands between a cue and a clause that goes on it: no other verb that anybody knows.
    fn is_listed(&self, from: usize, to: usize) -> bool {
        let is_verb = |hit: &Hit| {
            matches!(hit.sense, Sense::Measure(measure) if self.is_event(measure)) && hit.start >= from && hit.end <= to
        };
        !self.passage.hits.iter().any(is_verb)
    }

    /// Whether a date stands in a bracket of its own, or with other dates only.
    fn in_bracket(&self, figure: usize) -> bool {
        let spot = self.passage.figures[figure];
        let Some(mention) = self.mentions.get(spot.mention) else { return false };
        let text = self.passage.text;
        let (start, end) = (mention.offset as usize, mention.offset as usize + mention.text.len());
        let inside = |start: usize| text.get(..start).and_then(|before| before.rfind(['(', ')']));
        let opens = match mention.text.starts_with('(') {
            true => Some(start),
            false => inside(start).filter(|at| text[*at..].starts_with('(')),
        };
        let closes = mention.text.ends_with(')')
            || text.get(end..).is_some_and(|rest| rest.find(['(', ')']).is_some_and(|at| rest[at..].starts_with(')')));
        let Some(opens) = opens.filter(|_| closes) else { return false };
        let first = self.passage.words.partition_point(|word| word.end <= opens);
        self.passage.is_slight(first, spot.first)
    }
}

/// Whether a date is of a day, and a stretch of time of an extent.
fn states(value: &Value, dimension: Dimension) -> bool {
    match value {
        Value::Date { .. } => dimension == Dimension::Date,
        Value::Period(_) => dimension == Dimension::Period,
        _ => false,
    }
}
