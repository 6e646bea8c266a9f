//! A paragraph as tokens: words, digit runs and marks, each with the place of its word in the language packs.
//!
//! It folds letter by letter into a hash, and most words end at the filter of the packs. Nothing is copied.

use super::pack::fold::{Folded, WordHash};
use super::pack::{self, Packs, Place};
use super::scan::{self, Scan};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    Digits,
    Mark,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    Blank,
    Line,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Small,
    First,
    All,
}

/// A word, a run of digits or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    /// Where the word starts behind a conjunction and a preposition that are written as one with it.
    pub stem_start: u32,
    pub class: Class,
    pub gap: Gap,
    pub case: Case,
    pub clitics: u8,
    /// The word as it stands, in the packs.
    pub place: Place,
    /// The word without its clitics.
    pub stem: Place,
    /// The mark, or the first letter as folded.
    pub letter: char,
    /// Folded letters, or digits.
    pub length: u32,
}

/// The tokens of a paragraph and what was noticed on the way.
#[derive(Debug)]
pub(super) struct Tokens<'p> {
    /// The packs that its words are looked up in.
    pub packs: &'p Packs,
    pub tokens: Vec<Token>,
    /// Letters of each script of [`SCRIPTS`].
    pub letters: [usize; SCRIPTS.len()],
    /// The tokens that a figure may be made of, by index: digits and words of number.
    pub candidates: Vec<u32>,
    /// Whether the paragraph has nothing but blanks.
    pub is_blank: bool,
    /// Runs of tokens that follow each other in the text, by their first and the one behind their last.
    runs: Vec<(usize, usize)>,
    scan: Scan,
    stretches: Vec<(usize, usize)>,
}

/// Scripts that languages are told apart by.
pub(super) const SCRIPTS: [&str; 3] = ["Latin", "Arabic", "Cyrillic"];

pub(super) fn script(letter: char) -> Option<usize> {
    match letter {
        'a'..='z' | '\u{c0}'..='\u{24f}' => Some(0),
        '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Some(1),
        '\u{400}'..='\u{52f}' => Some(2),
        _ => None,
    }
}

/// The name of the script of a folded letter, as the language packs write it.
pub(crate) fn script_name(letter: char) -> Option<&'static str> {
    script(letter).map(|script| SCRIPTS[script])
}

/// A cell so short may be a unit that counts one: `a kilogram`.
const SHORTEST: usize = 40;

impl<'p> Tokens<'p> {
    /// No tokens yet.
    pub(super) fn new(packs: &'p Packs) -> Tokens<'p> {
        Tokens {
            packs,
            tokens: Vec::new(),
            letters: [0; SCRIPTS.len()],
            candidates: Vec::new(),
            is_blank: true,
            runs: Vec::new(),
            scan: Scan::default(),
            stretches: Vec::new(),
        }
    }

    /// Stretches of tokens around candidates; what lies between them says nothing of a figure.
    pub(super) fn stretches(&self) -> impl Iterator<Item = &[Token]> {
        self.runs.iter().filter_map(|(start, end)| self.tokens.get(*start..*end))
    }

    fn clear(&mut self) {
        self.tokens.clear();
        self.letters = [0; SCRIPTS.len()];
        self.candidates.clear();
        self.runs.clear();
    }
}

/// Splits a paragraph where figures may be; `found` is reused from one paragraph to the next.
pub(super) fn tokenise_near_figures(text: &str, found: &mut Tokens<'_>) {
    found.clear();
    let packs = found.packs;
    found.scan.read(text, packs);
    found.scan.candidates.retain(|at| is_of_number(text, *at, packs));
    found.is_blank = found.scan.is_blank;
    let mut stretches = std::mem::take(&mut found.stretches);
    scan::stretches(text, &found.scan.candidates, &mut stretches);
    if stretches.is_empty() && !found.is_blank && text.len() < SHORTEST {
        stretches.push((0, text.len()));
    }
    for (start, end) in &stretches {
        let (first, known) = (found.tokens.len(), found.candidates.len());
        tokenise_stretch(text, *start, *end, found);
        if found.candidates.len() == known && text.len() < SHORTEST && (2..=3).contains(&found.tokens.len()) {
            found.candidates.push(first as u32);
        }
        if found.candidates.len() > known {
            found.runs.push((first, found.tokens.len()));
        } else {
            found.tokens.truncate(first);
        }
    }
    found.stretches = stretches;
    found.letters = found.scan.letters;
}

/// Splits a whole paragraph; `found` is reused from one paragraph to the next.
pub(super) fn tokenise(text: &str, found: &mut Tokens<'_>) {
    found.clear();
    tokenise_stretch(text, 0, text.len(), found);
    found.is_blank = found.tokens.is_empty();
    found.runs.push((0, found.tokens.len()));
}

/// What stands before a place in a text.
fn gap_before(text: &str, at: usize) -> Gap {
    let before = &text[..at];
    let blanks = before.len() - before.trim_end().len();
    let has_line = before[before.len() - blanks..].contains('\n');
    match blanks {
        _ if at == blanks || has_line => Gap::Line,
        0 => Gap::Nothing,
        _ => Gap::Blank,
    }
}

/// Splits one stretch of a paragraph behind the tokens found so far.
fn tokenise_stretch(text: &str, start: usize, end: usize, found: &mut Tokens<'_>) {
    let mut run: Option<Run> = None;
    let mut gap = gap_before(text, start);
    let bytes = &text.as_bytes()[..end];
    let mut offset = start;
    while offset < bytes.len() {
        let (letter, size) = match bytes[offset] {
            byte if byte < 0x80 => (char::from(byte), 1),
            _ => match text[offset..].chars().next() {
                Some(letter) => (letter, letter.len_utf8()),
                None => break,
            },
        };
        let next = offset + size;
        let folded = pack::folded(letter);
        match (folded, &mut run) {
            (Folded::Nothing, Some(run)) => run.end = next,
            (Folded::Nothing, None) => {}
            (Folded::Letter(folded), Some(run)) if run.class == Class::Word => run.push(folded, letter, next),
            (Folded::Digit(digit), Some(run)) if run.class == Class::Digits => {
                run.push(char::from(b'0' + digit), letter, next);
            }
            _ => {
                if let Some(run) = run.take() {
                    found.finish(text, &run);
                    gap = Gap::Nothing;
                }
                match folded {
                    Folded::Letter(folded) => {
                        let mut word = Run::new(Class::Word, gap, offset, folded, letter, next);
                        offset = word.read_on(bytes, next);
                        run = Some(word);
                        continue;
                    }
                    Folded::Digit(digit) => {
                        run = Some(Run::new(Class::Digits, gap, offset, char::from(b'0' + digit), letter, next));
                    }
                    Folded::Blank(line) if line => gap = Gap::Line,
                    Folded::Blank(_) => gap = if gap == Gap::Line { gap } else { Gap::Blank },
                    Folded::Mark(mark) => {
                        found.mark(mark, gap, offset, next);
                        gap = Gap::Nothing;
                    }
                    Folded::Nothing => {}
                }
            }
        }
        offset = next;
    }
    if let Some(run) = run {
        found.finish(text, &run);
    }
}

/// A word or a run of digits while it is read.
struct Run {
    class: Class,
    gap: Gap,
    start: usize,
    end: usize,
    hash: WordHash,
    first: char,
    length: usize,
    capitals: usize,
    starts_capital: bool,
}

impl Run {
    fn new(class: Class, gap: Gap, start: usize, folded: char, letter: char, end: usize) -> Run {
        let mut run = Run {
            class,
            gap,
            start,
            end,
            hash: WordHash::EMPTY,
            first: folded,
            length: 0,
            capitals: 0,
            starts_capital: letter != folded && letter.is_uppercase(),
        };
        run.push(folded, letter, end);
        run
    }

    /// Reads the common letters that follow, of one or two bytes; returns where it stopped.
    fn read_on(&mut self, bytes: &[u8], mut at: usize) -> usize {
        loop {
            match (bytes.get(at).copied(), bytes.get(at + 1).copied()) {
                (Some(letter @ b'a'..=b'z'), _) => {
                    self.hash = self.hash.with(char::from(letter));
                    at += 1;
                }
                (Some(lead @ 0xc2..=0xdf), Some(follower)) => {
                    let Some(folded) = pack::folded_letter(lead, follower) else { break };
                    self.hash = self.hash.with(folded);
                    // the alphabets that have capitals fold small letters to themselves
                    let code = u32::from(lead & 0x1f) << 6 | u32::from(follower & 0x3f);
                    let is_capital = code != folded as u32 && char::from_u32(code).is_some_and(char::is_uppercase);
                    self.capitals += usize::from(is_capital);
                    at += 2;
                }
                _ => break,
            }
            self.length += 1;
        }
        self.end = at;
        at
    }

    fn push(&mut self, folded: char, letter: char, end: usize) {
        self.hash = self.hash.with(folded);
        self.length += 1;
        self.capitals += usize::from(folded != letter && letter.is_uppercase());
        self.end = end;
    }
}

impl Tokens<'_> {
    fn mark(&mut self, mark: char, gap: Gap, start: usize, end: usize) {
        let hash = WordHash::EMPTY.with(mark).finish();
        if matches!(mark, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}') {
            self.candidates.push(self.tokens.len() as u32);
        }
        let place =
            if self.packs.may_know(hash) { self.packs.find(hash, |word| word.chars().eq([mark])) } else { Place::NONE };
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            stem_start: start as u32,
            class: Class::Mark,
            gap,
            case: Case::Small,
            clitics: 0,
            place,
            stem: Place::NONE,
            letter: mark,
            length: 1,
        });
    }

    fn finish(&mut self, text: &str, run: &Run) {
        let (token, is_candidate) = token_of(text, run, self.packs);
        if let Some(script) = script(run.first).filter(|_| run.class == Class::Word) {
            self.letters[script] += run.length;
        }
        if is_candidate {
            self.candidates.push(self.tokens.len() as u32);
        }
        self.tokens.push(token);
    }
}

/// A run with its place in the packs, and whether a figure may be made of it.
fn token_of(text: &str, run: &Run, packs: &Packs) -> (Token, bool) {
    let case = match run.capitals {
        0 => Case::Small,
        all if all == run.length => Case::All,
        _ if run.starts_capital => Case::First,
        _ => Case::Small,
    };
    let mut token = Token {
        start: run.start as u32,
        end: run.end as u32,
        stem_start: run.start as u32,
        class: run.class,
        gap: run.gap,
        case,
        clitics: 0,
        place: Place::NONE,
        stem: Place::NONE,
        letter: run.first,
        length: run.length as u32,
    };
    let hash = run.hash.finish();
    let is_short_digits = run.class == Class::Digits && run.length < 3;
    if (run.class == Class::Word || is_short_digits) && run.length <= MAX_WORD && packs.may_know(hash) {
        token.place = packs.find(hash, |word| word.chars().eq(letters(&text[run.start..run.end])));
    }
    let mut is_candidate = run.class == Class::Digits;
    if let Some(script) = script(run.first).filter(|_| !is_candidate) {
        is_candidate = packs.is_number(token.place);
        if !is_candidate && run.length <= MAX_WORD {
            strip_clitics(text, run, script, &mut token, packs);
            is_candidate = packs.is_number(token.stem);
        }
    }
    (token, is_candidate)
}

/// Whether what starts at a place that the scan has found is digits or a word of number indeed.
fn is_of_number(text: &str, start: usize, packs: &Packs) -> bool {
    let Some(first) = text.get(start..).and_then(|rest| rest.chars().next()) else { return false };
    let Folded::Letter(folded) = pack::folded(first) else { return true };
    let bytes = text.as_bytes();
    let next = start + first.len_utf8();
    let mut word = Run::new(Class::Word, Gap::Blank, start, folded, first, next);
    let mut at = word.read_on(bytes, next);
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        at += letter.len_utf8();
        match pack::folded(letter) {
            Folded::Letter(folded) => word.push(folded, letter, at),
            Folded::Nothing => word.end = at,
            _ => break,
        }
    }
    token_of(text, &word, packs).1
}

/// No word of a pack is longer.
const MAX_WORD: usize = 40;

/// The folded letters and digits of a text.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(|letter| match pack::folded(letter) {
        Folded::Letter(letter) => Some(letter),
        Folded::Digit(digit) => Some(char::from(b'0' + digit)),
        _ => None,
    })
}

/// The folded letters of a run, with where each begins.
struct Letters {
    letters: [char; MAX_WORD],
    starts: [u32; MAX_WORD],
    length: usize,
}

impl Letters {
    fn of(text: &str, run: &Run) -> Letters {
        let mut found = Letters { letters: ['\0'; MAX_WORD], starts: [0; MAX_WORD], length: 0 };
        for (offset, letter) in text[run.start..run.end].char_indices() {
            let letter = match pack::folded(letter) {
                Folded::Letter(letter) => letter,
                Folded::Digit(digit) => char::from(b'0' + digit),
                _ => continue,
            };
            if found.length < MAX_WORD {
                found.letters[found.length] = letter;
                found.starts[found.length] = (run.start + offset) as u32;
                found.length += 1;
            }
        }
        found
    }

    fn from(&self, index: usize) -> &[char] {
        &self.letters[index..self.length]
    }
}

/// Looks for a known word behind conjunctions, prepositions and articles that are written as one with it.
fn strip_clitics(text: &str, run: &Run, script: usize, token: &mut Token, packs: &Packs) {
    let language = packs.languages().iter().find(|language| language.script == SCRIPTS[script]);
    let clitics = language.map_or(&[][..], |language| &language.clitics);
    if clitics.is_empty() || !clitics.iter().any(|(clitic, _)| clitic.starts_with(run.first)) {
        return;
    }
    let letters = Letters::of(text, run);
    // a word that is known as it stands may still be `and` with another: `وأكثر من`
    let is_known = !packs.entries(token.place).is_empty();
    for (clitic, flags) in clitics.iter().filter(|(clitic, _)| clitic.starts_with(run.first)) {
        let count = clitic.chars().count();
        if is_known && (*flags != pack::CLITIC_AND || letters.length < count + 3) {
            continue;
        }
        // two letters before so short a word are part of it
        if count > 1 && flags & pack::CLITIC_ARTICLE == 0 && letters.length < count + 4 {
            continue;
        }
        if count >= letters.length || !clitic.chars().eq(letters.from(0).iter().copied().take(count)) {
            continue;
        }
        let rest = letters.from(count);
        let hash = rest.iter().fold(WordHash::EMPTY, |hash, letter| hash.with(*letter)).finish();
        if !packs.may_know(hash) {
            continue;
        }
        let place = packs.find(hash, |word| word.chars().eq(rest.iter().copied()));
        if place.is_known() && (!packs.entries(place).is_empty() || packs.continues(place)) {
            token.stem = place;
            token.clitics = *flags;
            let article = usize::from(flags & pack::CLITIC_ARTICLE != 0 && flags & !pack::CLITIC_ARTICLE != 0)
                * article_length(clitic);
            token.stem_start = letters.starts[count - article.min(count)];
            if *flags == pack::CLITIC_ARTICLE {
                token.stem_start = token.start;
            }
            if !packs.entries(place).is_empty() {
                return;
            }
        }
    }
}

/// Letters of the article at the end of a clitic: `وال` has two, `لل` but one.
fn article_length(clitic: &str) -> usize {
    if clitic.ends_with("ال") { 2 } else { 1 }
}
