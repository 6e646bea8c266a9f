//! A paragraph as pieces: its figures, the words between them with what they mean, and its marks.
//!
//! What recognises structures reads pieces and never text, so it is the same for all languages.

use super::cues::{self, Cue, Meaning, Role};
use crate::extract::pack::fold::Folded;
use crate::extract::pack::{self, CLITIC_AND, SHIPPED};
use crate::extract::{Kind, Mention, script_name};
use crate::figure::Number;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    /// A figure, by its index among the mentions.
    Figure(usize),
    Word(Meaning),
    Mark(char),
    /// The end of a sentence.
    Break,
}

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Bytes of the paragraph.
    pub start: usize,
    pub end: usize,
    /// How many brackets are open around it.
    pub depth: u8,
    pub what: What,
}

impl Piece {
    pub(super) fn has(&self, cue: Cue) -> bool {
        matches!(self.what, What::Word(meaning) if meaning.has(cue))
    }

    /// The families that a word belongs to, and what it stands for in each.
    pub(super) fn roles(&self) -> impl Iterator<Item = (u8, Role)> + use<> {
        let meaning = match self.what {
            What::Word(meaning) => meaning,
            _ => Meaning::default(),
        };
        meaning.roles()
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }

    /// Whether it parts the items of a list.
    pub(super) fn separates(&self) -> bool {
        matches!(self.what, What::Mark(',' | '،' | ';' | '؛' | '\n')) || self.has(Cue::And)
    }

    /// Whether a clause ends with it, so that what follows is another statement.
    pub(super) fn ends_clause(&self) -> bool {
        matches!(self.what, What::Break | What::Mark(';' | '؛' | '\n'))
    }

    /// Whether it is a word of a pack.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.what, What::Word(meaning) if meaning.is_some())
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.what, What::Word(_))
    }
}

/// A figure of a paragraph: its index among the mentions, and where it stands in the text of the paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub index: usize,
    pub start: usize,
    pub end: usize,
}

/// A paragraph of a document, in pieces.
pub(super) struct Paragraph<'a> {
    pub text: &'a str,
    pub mentions: &'a [Mention],
    pub pieces: Vec<Piece>,
}

impl<'a> Paragraph<'a> {
    /// The mention of a piece that is a figure.
    pub(super) fn mention(&self, piece: usize) -> Option<&'a Mention> {
        match self.pieces.get(piece)?.what {
            What::Figure(index) => self.mentions.get(index),
            _ => None,
        }
    }

    /// The index among all mentions of a piece that is a figure.
    pub(super) fn figure(&self, piece: usize) -> Option<usize> {
        match self.pieces.get(piece)?.what {
            What::Figure(index) => Some(index),
            _ => None,
        }
    }

    /// The pieces that are figures, in their order.
    pub(super) fn figures(&self) -> impl Iterator<Item = usize> + '_ {
        let is_figure = |(_, piece): &(usize, &Piece)| matches!(piece.what, What::Figure(_));
        self.pieces.iter().enumerate().filter(is_figure).map(|(index, _)| index)
    }

    /// Whether the first of some figures is made by the others and the one behind them: `42,865 voted, 41,806 validly and
    /// 1,059 not`.
    pub(super) fn first_is_whole_of(&self, pieces: &[usize]) -> bool {
        let Some((first, rest)) = pieces.split_first() else { return false };
        let last = rest.last().unwrap_or(first);
        // digits of a year are those of a number as well
        let nominal = |piece: usize| self.mention(piece).and_then(|mention| mention.figure.nominal.clone());
        let Some(next) = (last + 1..self.pieces.len()).find(|piece| nominal(*piece).is_some()) else { return false };
        let others = rest.iter().copied().chain([next]).filter_map(nominal);
        let sum = others.fold(Number::ZERO, |sum, other| &sum + &other);
        !rest.is_empty() && nominal(*first) == Some(sum)
    }

    /// The pieces between two.
    pub(super) fn between(&self, from: usize, to: usize) -> &[Piece] {
        self.pieces.get(from + 1..to).unwrap_or_default()
    }

    /// Splits a paragraph, in which these figures stand.
    pub(super) fn read(text: &'a str, mentions: &'a [Mention], figures: &[Placed]) -> Self {
        let mut splitter = Splitter { text, folded: String::new(), raw: Vec::new(), pieces: Vec::new(), depth: 0 };
        let mut at = 0;
        for figure in figures {
            if figure.start < at || figure.end > text.len() {
                continue;
            }
            splitter.gap(at, figure.start);
            splitter.push(figure.start, figure.end, What::Figure(figure.index));
            splitter.noun(figure);
            if ends_with_sentence(text, figure) {
                splitter.push(figure.end, figure.end, What::Break);
            }
            at = figure.end;
        }
        splitter.gap(at, text.len());
        splitter.votes();
        Paragraph { text, mentions, pieces: splitter.pieces }
    }
}

/// A word, a run of digits or a mark, before phrases are joined.
struct Raw {
    start: usize,
    end: usize,
    /// Where its folded letters lie.
    folded: (usize, usize),
    is_word: bool,
}

struct Splitter<'a> {
    text: &'a str,
    folded: String,
    raw: Vec<Raw>,
    pieces: Vec<Piece>,
    depth: u8,
}

impl Splitter<'_> {
    /// A word that compares is followed by what it compares with; else it is a vote: `120 for, 80 against and 10 abstained`.
    fn votes(&mut self) {
        for at in 0..self.pieces.len() {
            let piece = self.pieces[at];
            let compares =
                piece.has(Cue::Compared) && !piece.has(Cue::From) && !piece.has(Cue::Up) && !piece.has(Cue::Down);
            let next = self.pieces.get(at + 1);
            let is_last =
                next.is_none_or(|next| next.has(Cue::And) || matches!(next.what, What::Break | What::Mark(_)));
            if compares && is_last {
                self.pieces[at].what = What::Word(Meaning::default());
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, what: What) {
        self.pieces.push(Piece { start, end, depth: self.depth, what });
    }

    /// The noun that was read as the unit of a figure may be a word of a family: `9.66 million women`.
    fn noun(&mut self, figure: &Placed) {
        let text = self.text.get(figure.start..figure.end).unwrap_or_default();
        let last = text.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let folded: String = last
            .chars()
            .filter_map(|letter| match pack::folded(letter) {
                Folded::Letter(letter) => Some(letter),
                _ => None,
            })
            .collect();
        if let Some((meaning, _)) =
            cues::longest(&[folded.as_str()]).filter(|(meaning, _)| meaning.roles().next().is_some())
        {
            self.push(figure.end, figure.end, What::Word(meaning.only_roles()));
        }
    }

    /// Reads what lies between two figures.
    fn gap(&mut self, from: usize, to: usize) {
        self.split(from, to);
        let raw = std::mem::take(&mut self.raw);
        let folded = std::mem::take(&mut self.folded);
        let words: Vec<&str> =
            raw.iter().map(|raw| folded.get(raw.folded.0..raw.folded.1).unwrap_or_default()).collect();
        let mut at = 0;
        while at < raw.len() {
            at += self.piece(&raw[at..], &words[at..], to);
        }
        self.raw = raw;
        self.folded = folded;
        self.raw.clear();
        self.folded.clear();
    }

    /// Puts the next piece, and says of how many raw ones it is made.
    fn piece(&mut self, raw: &[Raw], words: &[&str], to: usize) -> usize {
        let first = &raw[0];
        let ahead = &words[..words.len().min(cues::LONGEST)];
        if let Some((meaning, length)) = cues::longest(ahead) {
            let end = raw.get(length - 1).map_or(first.end, |last| last.end);
            let meaning = if self.is_name(first) { meaning.of_name() } else { meaning };
            self.push(first.start, end, What::Word(meaning));
            return length;
        }
        if first.is_word {
            return self.behind_clitic(raw, ahead);
        }
        let mark = words[0].chars().next().unwrap_or(' ');
        match mark {
            '(' | '[' => {
                self.push(first.start, first.end, What::Mark('('));
                self.depth = self.depth.saturating_add(1);
            }
            ')' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                self.push(first.start, first.end, What::Mark(')'));
            }
            '.' | '!' | '?' | '؟' | '…' if self.ends_sentence(first, to) => {
                self.depth = 0;
                self.push(first.start, first.end, What::Break);
            }
            mark => self.push(first.start, first.end, What::Mark(mark)),
        }
        1
    }

    /// Whether a word is capitalised within a sentence.
    fn is_name(&self, word: &Raw) -> bool {
        let starts = self.pieces.last().is_none_or(|last| !matches!(last.what, What::Word(_) | What::Mark(',')));
        !starts && self.text[word.start..].starts_with(char::is_uppercase)
    }

    /// A word that may have a conjunction or a preposition written as one with it.
    fn behind_clitic(&mut self, raw: &[Raw], words: &[&str]) -> usize {
        let (first, word) = (&raw[0], words[0]);
        let mut is_joined = false;
        let script = word.chars().next().and_then(script_name);
        let own = SHIPPED.languages().iter().filter(|language| script == Some(&*language.script));
        for (clitic, flags) in own.flat_map(|language| language.clitics.iter()) {
            let Some(rest) = word.strip_prefix(&**clitic).filter(|rest| rest.chars().count() > 1) else { continue };
            is_joined |= *flags == CLITIC_AND && rest.chars().count() > 2;
            let mut stripped: Vec<&str> = words.to_vec();
            stripped[0] = rest;
            if let Some((meaning, length)) = cues::longest(&stripped) {
                if flags & CLITIC_AND != 0 {
                    self.push(first.start, first.start, What::Word(Meaning::of(Cue::And)));
                }
                let end = raw.get(length - 1).map_or(first.end, |last| last.end);
                self.push(first.start, end, What::Word(meaning));
                return length;
            }
        }
        let meaning = if is_joined { Meaning::of(Cue::Joined) } else { Meaning::default() };
        self.push(first.start, first.end, What::Word(meaning));
        1
    }

    /// Whether a mark ends a sentence, and is not that of an abbreviation.
    fn ends_sentence(&self, mark: &Raw, to: usize) -> bool {
        let rest = &self.text[mark.end..];
        let before = self.text[..mark.start].trim_end_matches(char::is_alphabetic);
        let length = self.text[before.len()..mark.start].chars().count();
        // `£56m.` is no initial
        let is_unit = before.ends_with(char::is_numeric);
        let mut letters = rest.chars();
        let is_spaced =
            letters.next().is_none_or(|letter| letter.is_whitespace() || matches!(letter, '"' | '»' | '”' | ')'));
        // `(32.4 mln.)`: within brackets the mark is that of an abbreviation
        if !is_spaced || self.depth > 0 && rest.starts_with(')') {
            return false;
        }
        let next = rest.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '"' | '»' | '”' | '«' | '“' | '(' | ')')
        });
        let Some(next) = next.chars().next() else { return true };
        if length == 1 && !is_unit && mark.end < to {
            return false;
        }
        !(next.is_lowercase() || length < 5 && length > 0 && next.is_numeric())
    }

    /// Words, digits and marks.
    fn split(&mut self, from: usize, to: usize) {
        let mut run: Option<Raw> = None;
        for (offset, letter) in self.text[from..to].char_indices() {
            let (start, end) = (from + offset, from + offset + letter.len_utf8());
            match pack::folded(letter) {
                Folded::Letter(folded) => self.letter(&mut run, start, end, folded, true),
                Folded::Digit(digit) => self.letter(&mut run, start, end, char::from(b'0' + digit), false),
                Folded::Nothing => {}
                Folded::Blank(is_line) => {
                    self.raw.extend(run.take());
                    if is_line && begins_item(&self.text[end..]) {
                        self.mark(start, end, '\n');
                    }
                }
                Folded::Mark(mark) => {
                    self.raw.extend(run.take());
                    self.mark(start, end, mark);
                }
            }
        }
        self.raw.extend(run.take());
    }

    fn letter(&mut self, run: &mut Option<Raw>, start: usize, end: usize, folded: char, is_word: bool) {
        if run.as_ref().is_some_and(|run| run.is_word != is_word) {
            self.raw.extend(run.take());
        }
        let at = self.folded.len();
        self.folded.push(folded);
        let run = run.get_or_insert(Raw { start, end, folded: (at, at), is_word });
        run.end = end;
        run.folded.1 = self.folded.len();
    }

    fn mark(&mut self, start: usize, end: usize, mark: char) {
        let at = self.folded.len();
        self.folded.push(mark);
        self.raw.push(Raw { start, end, folded: (at, self.folded.len()), is_word: false });
    }
}

/// Whether the mark of an abbreviation that ends a figure also ends the sentence: `it was 272.5 thsd. Deaths rose`.
fn ends_with_sentence(text: &str, figure: &Placed) -> bool {
    let is_marked = text.get(..figure.end).is_some_and(|before| before.ends_with('.'));
    let mut ahead = text.get(figure.end..).unwrap_or_default().chars();
    is_marked && ahead.next().is_some_and(char::is_whitespace) && ahead.next().is_some_and(char::is_uppercase)
}

/// Whether a line is an item of a list or has a label of its own, so that its start parts it from the line before.
fn begins_item(rest: &str) -> bool {
    const LONGEST_LABEL: usize = 60;
    let line = rest.lines().next().unwrap_or_default().trim_start();
    if line.is_empty() || line.starts_with(['-', '*', '•', '–', '—', '|', '#', '+']) {
        return true;
    }
    match line.find(':') {
        Some(colon) => line[..colon].chars().count() <= LONGEST_LABEL,
        None => false,
    }
}

/// Whether a figure is a point or stretch of time or a place in an order, which lists and changes look through.
pub(super) fn is_time(mention: &Mention) -> bool {
    matches!(mention.kind, Kind::Date | Kind::Year | Kind::Century | Kind::Period | Kind::Rank)
}

/// Whether a figure is written within brackets of its own.
pub(super) fn is_bracketed(mention: &Mention) -> bool {
    mention.text.starts_with('(') && mention.text.ends_with(')')
}
