//! What the sentences of a document say of their figures: the words around each, the times and names of its sentence, and
//! whether it is an old value or the size of a change.

use std::ops::Range;

use super::stem::stems;
use crate::document::{Block, BlockKind};
use crate::extract::Kind;
use crate::relate::amount::unit;
use crate::relate::cues::Cue;
use crate::relate::digits::{Digits, hash};
use crate::relate::pieces::{Paragraph, Piece, What, is_time};

/// Words before and behind a figure that name it.
const BEFORE: usize = 10;
const BEHIND: usize = 7;
/// Words of a headline.
const HEADLINE: usize = 24;
/// Words between a figure and what makes it a change or an old value.
const NEAR: usize = 3;
/// Pieces of a line before the colon that makes them its label.
const LABEL: usize = 10;

/// What a figure is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Value,
    /// The value before, or of something else that is compared.
    Old,
    /// The size of a change.
    Change,
}

/// A figure with what is said of it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Among the mentions.
    pub index: usize,
    pub digits: Digits,
    /// Hash of its unit and kind.
    pub unit: u64,
    pub has_unit: bool,
    pub part: Part,
    /// Stems near it, sorted.
    pub near: Vec<u64>,
    /// Stems of the noun right behind it.
    pub behind: Vec<u64>,
    /// Names near it, sorted.
    pub names: Vec<u64>,
    /// Whether its line begins with it, as an item of a list does.
    pub leads: bool,
    /// The sentence that it stands in, by index among the sentences.
    pub sentence: usize,
}

/// A sentence with figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Stems of all its words, sorted.
    pub words: Vec<u64>,
    pub names: Vec<u64>,
    pub years: Vec<u64>,
    pub months: Vec<u64>,
    pub is_headline: bool,
    pub passage: usize,
}

/// The sentences of a passage and their figures.
#[derive(Clone, Debug, Default)]
pub(in crate::relate) struct Sayings {
    pub(super) sentences: Vec<Sentence>,
    pub(super) said: Vec<Said>,
    /// The heading of a part that is about a year, with its level.
    head: Option<(u8, Vec<u64>)>,
}

impl Sayings {
    /// Reads a paragraph, which is the passage of this number and begins with this block.
    pub(in crate::relate) fn read(paragraph: &Paragraph<'_>, passage: usize, first: Option<&Block<'_>>) -> Sayings {
        let mut all = Sayings { head: head(paragraph, first), ..Sayings::default() };
        let lines = line_ends(paragraph.text);
        let mut start = 0;
        for end in 0..=paragraph.pieces.len() {
            if end < paragraph.pieces.len() && !ends_sentence(paragraph, &lines, end) {
                continue;
            }
            let is_break = paragraph.pieces.get(end).is_some_and(|piece| piece.what == What::Break);
            // a line that ends without a mark ends behind its last piece
            let own = start..if is_break { end } else { (end + 1).min(paragraph.pieces.len()) };
            all.sentence(paragraph, own, passage, first, is_break);
            start = end + 1;
        }
        all
    }

    /// Adds what another passage says.
    pub(in crate::relate) fn add(&mut self, other: Sayings) {
        let base = self.sentences.len();
        if let Some((level, years)) = other.head
            && self.head.as_ref().is_none_or(|(of, _)| level <= *of || !years.is_empty())
        {
            self.head = Some((level, years));
        }
        let years = self.head.as_ref().map_or(&[][..], |(_, years)| years);
        self.sentences.extend(other.sentences.into_iter().map(|mut sentence| {
            if sentence.years.is_empty() {
                sentence.years.extend(years);
            }
            sentence
        }));
        self.said.extend(other.said.into_iter().map(|said| Said { sentence: said.sentence + base, ..said }));
    }

    fn sentence(
        &mut self,
        paragraph: &Paragraph<'_>,
        own: Range<usize>,
        passage: usize,
        first: Option<&Block<'_>>,
        is_ended: bool,
    ) {
        if !own.clone().any(|piece| paragraph.mention(piece).is_some_and(|mention| !is_time(mention))) {
            return;
        }
        let mut sentence = Sentence { passage, ..Sentence::default() };
        for piece in own.clone() {
            sentence.words.extend(words(paragraph, piece));
            sentence.names.extend(name(paragraph, piece, own.start));
            if let Some(date) =
                paragraph.mention(piece).filter(|mention| is_time(mention)).and_then(|time| time.date.as_deref())
            {
                times(date, &mut sentence);
            }
        }
        let count = own.clone().filter(|piece| paragraph.pieces[*piece].is_word()).count();
        let is_heading = first.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let is_top = passage == 0 && own.start == 0 && !is_ended;
        sentence.is_headline = (is_heading || is_top) && count <= HEADLINE;
        for list in [&mut sentence.words, &mut sentence.names, &mut sentence.years, &mut sentence.months] {
            list.sort_unstable();
            list.dedup();
        }
        let number = self.sentences.len();
        self.sentences.push(sentence);
        self.said.extend(own.clone().filter_map(|piece| one(paragraph, own.clone(), piece, number)));
    }
}

/// The level of a heading, and the years that it names.
fn head(paragraph: &Paragraph<'_>, first: Option<&Block<'_>>) -> Option<(u8, Vec<u64>)> {
    const DIGITS: usize = 4;
    let (level, text) = match first?.kind {
        BlockKind::Heading { level } => (level, paragraph.text),
        // the headings of a wiki: `== 2010 census ==`
        _ => {
            let line = paragraph.text.lines().find(|line| line.starts_with("=="))?;
            (line.bytes().take_while(|byte| *byte == b'=').count().min(9) as u8, line)
        }
    };
    let runs = text.split(|letter: char| !letter.is_ascii_digit()).filter(|run| run.len() == DIGITS);
    let mut years: Vec<u64> = runs.map(hash).collect();
    years.sort_unstable();
    Some((level, years))
}

fn one(paragraph: &Paragraph<'_>, own: Range<usize>, piece: usize, sentence: usize) -> Option<Said> {
    let mention = paragraph.mention(piece)?;
    let is_amount = matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Count | Kind::Number | Kind::Percent);
    let is_bare = mention.kind == Kind::Number && unit(mention).is_empty();
    if !is_amount || is_bare && !mention.alternatives.is_empty() {
        return None;
    }
    let digits = Digits::of(mention)?;
    // a single digit may be a name: `Turbine 1`
    if digits.digits.len() == 1 && (is_bare || digits.digits == b"1") {
        return None;
    }
    // only what stands near names a figure, up to the next one
    let ends = |index: &usize| {
        let piece = &paragraph.pieces[*index];
        matches!(piece.what, What::Mark(';' | '؛'))
            || paragraph.mention(*index).is_some_and(|mention| !is_time(mention))
    };
    // a label is said of many things: `highest point: Kekes 1,014 m`
    let label = |index: &usize| paragraph.pieces[*index].is_mark(':');
    let mut before = (own.start..piece).rev().take_while(|index| !ends(index)).take(BEFORE);
    if before.any(|index| label(&index)) || (own.start..piece).take(LABEL).any(|index| label(&index)) {
        return None;
    }
    let mut near: Vec<u64> = words(paragraph, piece);
    let mut names = Vec::new();
    let before = (own.start..piece).rev().take_while(|index| !ends(index)).take(BEFORE);
    for index in before.chain((piece + 1..own.end).take_while(|index| !ends(index)).take(BEHIND)) {
        near.extend(words(paragraph, index));
        names.extend(name(paragraph, index, own.start));
    }
    for list in [&mut near, &mut names] {
        list.sort_unstable();
        list.dedup();
    }
    let mut behind = words(paragraph, piece);
    if behind.is_empty() {
        let next = (piece + 1..own.end).take(NEAR).take_while(|index| paragraph.pieces[*index].is_word());
        behind.extend(next.map(|index| words(paragraph, index)).find(|words| !words.is_empty()).into_iter().flatten());
    }
    let unit = unit(mention);
    Some(Said {
        index: paragraph.figure(piece)?,
        digits,
        unit: hash(&(unit, mention.kind == Kind::Percent)),
        has_unit: !unit.is_empty() || mention.kind == Kind::Percent,
        part: part(paragraph, piece),
        near,
        behind,
        names,
        leads: leads(paragraph, piece),
        sentence,
    })
}

/// Whether a line begins with a figure, behind no more than the sign of an item.
fn leads(paragraph: &Paragraph<'_>, piece: usize) -> bool {
    let before = paragraph.text.get(..paragraph.pieces[piece].start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '•', '-', '–', '—', '*', '(']);
    before.is_empty() || before.ends_with('\n')
}

/// What a figure is in its sentence, by the words right beside it.
fn part(paragraph: &Paragraph<'_>, piece: usize) -> Part {
    let before = paragraph.pieces[..piece].iter().rev();
    let lead = before.take_while(|piece| piece.is_word() || piece.is_mark('(')).take(NEAR);
    for piece in lead {
        if piece.has(Cue::By) {
            return Part::Change;
        }
        if piece.has(Cue::Compared) || piece.has(Cue::From) || piece.has(Cue::Earlier) {
            return Part::Old;
        }
        if piece.has(Cue::To) {
            return Part::Value;
        }
        if piece.has(Cue::Up) || piece.has(Cue::Down) {
            return Part::Change;
        }
    }
    let behind = paragraph.pieces.get(piece + 1..).unwrap_or_default();
    for piece in behind.iter().take_while(|piece| piece.is_word()).take(2) {
        if piece.has(Cue::Up) || piece.has(Cue::Down) {
            return Part::Change;
        }
        if piece.has(Cue::Earlier) {
            return Part::Old;
        }
    }
    Part::Value
}

/// The stems of a piece that say what something is about.
fn words(paragraph: &Paragraph<'_>, index: usize) -> Vec<u64> {
    let piece = &paragraph.pieces[index];
    let says = |piece: &Piece| {
        let means = [Cue::Total, Cue::Other, Cue::Born, Cue::Died, Cue::Up, Cue::Down];
        !piece.is_known() || piece.roles().next().is_some() || means.iter().any(|cue| piece.has(*cue))
    };
    let is_said = match piece.what {
        What::Word(_) => says(piece),
        What::Figure(_) => paragraph.mention(index).is_some_and(|mention| !is_time(mention)),
        _ => false,
    };
    if is_said { stems(&paragraph.text[piece.start..piece.end]) } else { Vec::new() }
}

/// A name: a word with a capital that does not begin its sentence.
fn name(paragraph: &Paragraph<'_>, index: usize, start: usize) -> Option<u64> {
    let piece = &paragraph.pieces[index];
    let text = &paragraph.text[piece.start..piece.end];
    let is_name = piece.is_word() && index != start && text.starts_with(char::is_uppercase);
    is_name.then(|| stems(text).first().copied()).flatten()
}

/// Keeps the years and the months of a date or a stretch of time.
fn times(date: &str, sentence: &mut Sentence) {
    for part in date.split('/') {
        let mut parts = part.split('-');
        if let Some(year) =
            parts.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
        {
            sentence.years.push(hash(year));
        }
        if let Some(month) = parts.next().filter(|month| month.len() == 2) {
            sentence.months.push(hash(month));
        }
    }
}

/// Whether a sentence ends with a piece: with its mark, or where a line ends before the next piece.
fn ends_sentence(paragraph: &Paragraph<'_>, lines: &[usize], index: usize) -> bool {
    let piece = &paragraph.pieces[index];
    if piece.what == What::Break || piece.is_mark('\n') {
        return true;
    }
    let Some(next) = paragraph.pieces.get(index + 1) else { return true };
    let line = lines.partition_point(|line| *line < piece.end);
    lines.get(line).is_some_and(|line| *line < next.start)
}

/// Where lines end that were ended on purpose: the next word would have had room.
fn line_ends(text: &str) -> Vec<usize> {
    if !text.contains('\n') {
        return Vec::new();
    }
    let longest = text.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    let mut ends = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let next = text[at..].split_whitespace().next().map_or(0, |word| word.chars().count());
        if line.ends_with('\n') && line.trim_end().chars().count() + 1 + next <= longest {
            ends.push(at - 1);
        }
    }
    ends
}
