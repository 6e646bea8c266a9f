//! Two versions of a text, figure by figure: which are the same, changed, moved, gone, new.
//!
//! The words of both versions are compared first (imara-diff, which keeps its time on any input), and figures that share
//! words are pairs. What is left over was rewritten or moved: a figure's context says where it went, as it does for
//! claims. A pair of which too few words around it agree is no pair.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput, Interner};

use super::align;
use super::index::Index;
use super::standing::mentions;
use super::votes;
use super::words::{Word, context};
use crate::document::Quotable;
use crate::extract::{Folded, Mention, Options, folded};
use crate::figure::Number;

/// One version of a text with its figures.
pub struct Version<'t> {
    pub index: Index<'t>,
    /// Figures, and digits that the grammar takes for none, which are only told of where they change.
    pub mentions: Vec<Mention>,
    is_bare: Vec<bool>,
    /// The words of each mention.
    ranges: Vec<Range<usize>>,
}

impl<'t> Version<'t> {
    pub fn new(document: &'t Quotable, options: &Options<'_>) -> Version<'t> {
        let (index, mentions) = rayon::join(|| Index::new(document), || mentions(document, options));
        let (mentions, is_bare) = with_bare_numbers(&index, mentions);
        let ranges =
            mentions.iter().map(|mention| super::words::within(&index.words, mention.start..mention.end)).collect();
        Version { index, mentions, is_bare, ranges }
    }

    /// The mention that overlaps these bytes; of several, the first.
    pub fn mention_at(&self, bytes: Range<usize>) -> Option<usize> {
        let first = self.mentions.partition_point(|mention| mention.end <= bytes.start);
        self.mentions.get(first).filter(|mention| mention.start < bytes.end).map(|_| first)
    }

    /// Whether a mention is no figure by the grammar.
    pub fn is_bare(&self, mention: usize) -> bool {
        self.is_bare.get(mention).copied().unwrap_or(false)
    }

    /// The mention that a word belongs to.
    fn mention_of(&self, word: usize) -> Option<usize> {
        let first = self.ranges.partition_point(|range| range.end <= word);
        self.ranges.get(first).filter(|range| range.start <= word).map(|_| first)
    }
}

/// Adds the numbers that belong to no mention, but for those of addresses.
fn with_bare_numbers(index: &Index<'_>, mentions: Vec<Mention>) -> (Vec<Mention>, Vec<bool>) {
    let mut all = Vec::with_capacity(mentions.len());
    let mut is_bare = Vec::with_capacity(mentions.len());
    let mut found = mentions.into_iter().peekable();
    let mut last_end = 0;
    for word in index.words.iter().filter(|word| word.is_number) {
        let (start, end) = (word.start as usize, word.end as usize);
        while let Some(mention) = found.next_if(|mention| mention.start < end) {
            last_end = mention.end;
            all.push(mention);
            is_bare.push(false);
        }
        let Some(text) = index.text.get(start..end).filter(|_| start >= last_end && !is_in_address(index.text, start))
        else {
            continue;
        };
        all.push(Mention::bare(text, start, index.lines.place(index.text, start), plain_number(text)));
        is_bare.push(true);
    }
    all.extend(found);
    is_bare.resize(all.len(), false);
    (all, is_bare)
}

/// Bytes before a number in which an address would begin.
const ADDRESS: usize = 200;

/// Whether a place is in an address of the web: its digits are no figures.
fn is_in_address(text: &str, at: usize) -> bool {
    let near = text.get(text.floor_char_boundary(at.saturating_sub(ADDRESS))..at).unwrap_or_default();
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.") || word.contains('@')
}

/// The number of digits without marks.
fn plain_number(text: &str) -> Option<Number> {
    let digits: Option<String> = text
        .chars()
        .map(|letter| match folded(letter) {
            Folded::Digit(digit) => Some(char::from(b'0' + digit)),
            _ => None,
        })
        .collect();
    Number::from_digits(&digits?)
}

/// What a pair of figures has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Same,
    /// The same figure in another part of the text.
    Moved,
    Changed,
}

/// Two mentions that are one figure, by their indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub old: usize,
    pub new: usize,
    pub change: Change,
    /// Whether it is told of.
    pub is_shown: bool,
}

/// The figures of two versions.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// In the order of the old text.
    pub pairs: Vec<Pair>,
    pub removed: Vec<usize>,
    pub added: Vec<usize>,
    /// For each word of the old text, the same word of the new one.
    kept: Vec<u32>,
    /// The other way round.
    kept_back: Vec<u32>,
    /// For each mention of the new text, its pair.
    by_new: Vec<u32>,
}

const NONE: u32 = u32::MAX;

/// Fewer figures prove nothing.
const FEW: usize = 5;

impl Comparison {
    /// What has become of a mention of the old text.
    pub fn of_old(&self, old: usize) -> Option<Pair> {
        let at = self.pairs.binary_search_by_key(&old, |pair| pair.old).ok()?;
        self.pairs.get(at).copied()
    }

    /// What a mention of the new text was.
    pub fn of_new(&self, new: usize) -> Option<Pair> {
        let at = self.by_new.get(new).copied().filter(|at| *at != NONE)?;
        self.pairs.get(at as usize).copied()
    }

    /// Where words of one version stand in the other, if all of them are there one after the other.
    pub fn kept(&self, words: Range<usize>, is_old: bool) -> Option<Range<usize>> {
        let places = if is_old { &self.kept } else { &self.kept_back };
        let kept = places.get(words).filter(|kept| !kept.is_empty() && kept.iter().all(|place| *place != NONE))?;
        let (first, last) = (*kept.first()? as usize, *kept.last()? as usize);
        (last + 1 - first == kept.len()).then_some(first..last + 1)
    }

    pub fn count(&self, change: Change) -> usize {
        self.pairs.iter().filter(|pair| pair.is_shown && pair.change == change).count()
    }

    /// How many figures are found again.
    pub fn found(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.is_shown).count()
    }

    /// Whether the two are no versions of one text: fewer than one figure of five is found again.
    pub fn is_another_text(&self) -> bool {
        let found = self.found();
        let all = found + self.removed.len();
        all >= FEW && found * 5 < all
    }
}

/// Hundredths of a context that must be there for a pair whose figures share words.
const SHARED: u32 = 15;
/// … for one that stands in the same place of the text.
const SAME_PLACE: u32 = 45;
/// … for one that stands beside another that was found.
const BESIDE: u32 = 30;
/// … for one that stands elsewhere.
const ELSEWHERE: u32 = 60;

/// Compares two versions.
pub fn compare(old: &Version<'_>, new: &Version<'_>) -> Comparison {
    let diff = diff(old, new);
    let hunks: Vec<Hunk> = diff.hunks().collect();
    let kept = kept_words(old.index.words.len(), &hunks);
    let mut matching =
        Matching { old, new, of_old: vec![None; old.mentions.len()], of_new: vec![None; new.mentions.len()] };
    matching.by_words(&kept);
    matching.by_context(&kept, &hunks);
    matching.by_neighbours();
    matching.finish(kept)
}

fn diff(old: &Version<'_>, new: &Version<'_>) -> Diff {
    let mut input =
        InternedInput { before: Vec::new(), after: Vec::new(), interner: Interner::new(old.index.words.len()) };
    input.update_before(old.index.words.iter().map(|word| word.hash));
    input.update_after(new.index.words.iter().map(|word| word.hash));
    Diff::compute(Algorithm::Histogram, &input)
}

fn kept_words(count: usize, hunks: &[Hunk]) -> Vec<u32> {
    let mut kept = vec![NONE; count];
    let (mut from, mut to) = (0_u32, 0_u32);
    let ends = hunks.iter().map(|hunk| (hunk.before.start, hunk.before.end, hunk.after.end));
    for (start, next, next_to) in ends.chain([(count as u32, count as u32, 0)]) {
        for word in from..start {
            kept[word as usize] = to + (word - from);
        }
        (from, to) = (next, next_to);
    }
    kept
}

struct Matching<'v, 't> {
    old: &'v Version<'t>,
    new: &'v Version<'t>,
    of_old: Vec<Option<(usize, bool)>>,
    of_new: Vec<Option<usize>>,
}

impl Matching<'_, '_> {
    fn pair(&mut self, old: usize, new: usize, is_elsewhere: bool) {
        self.of_old[old] = Some((new, is_elsewhere));
        self.of_new[new] = Some(old);
    }

    /// Figures that share a word which the comparison kept, numbers before others.
    fn by_words(&mut self, kept: &[u32]) {
        for wants_number in [true, false] {
            for at in 0..self.old.mentions.len() {
                if self.of_old[at].is_some() {
                    continue;
                }
                let range = self.old.ranges[at].clone();
                let partner = range
                    .filter(|word| self.old.index.words[*word].is_number == wants_number && kept[*word] != NONE)
                    .find_map(|word| self.new.mention_of(kept[word] as usize));
                if let Some(partner) = partner.filter(|partner| self.of_new[*partner].is_none())
                    && self.fit(at, partner) >= SHARED
                {
                    self.pair(at, partner, false);
                }
            }
        }
    }

    /// How many hundredths of the words around a figure stand around another.
    fn fit(&self, old: usize, new: usize) -> u32 {
        let own = context(&self.old.index.words, self.old.ranges[old].clone());
        let there = &self.new.ranges[new];
        let fit = align::fit(&self.new.index, &own, there.start, there.end);
        // a figure alone in its text
        (fit.found * 100).checked_div(fit.total).unwrap_or(100)
    }

    /// Figures that are left over, by the words around them: in the same place of the text, or elsewhere.
    fn by_context(&mut self, kept: &[u32], hunks: &[Hunk]) {
        let mut edges: Vec<(u32, bool, usize, usize)> = Vec::new();
        for at in 0..self.old.mentions.len() {
            if self.of_old[at].is_some() {
                continue;
            }
            for (partner, is_elsewhere) in self.candidates(at, kept, hunks) {
                let fit = self.fit(at, partner);
                let is_kin = super::standing::is_of_a_kind(&self.old.mentions[at], &self.new.mentions[partner]);
                let enough = if is_elsewhere { ELSEWHERE } else { SAME_PLACE };
                if fit >= enough && (is_kin || fit >= ELSEWHERE) {
                    edges.push((
                        fit * 4 + u32::from(!is_elsewhere) * 40 + u32::from(is_kin) * 20,
                        is_elsewhere,
                        at,
                        partner,
                    ));
                }
            }
        }
        edges.sort_unstable_by_key(|(fit, _, old, new)| (std::cmp::Reverse(*fit), *old, *new));
        for (_, is_elsewhere, old, new) in edges {
            if self.of_old[old].is_none() && self.of_new[new].is_none() {
                self.pair(old, new, is_elsewhere);
            }
        }
    }

    /// The first and the last figure of what moved have strange words on one side; the figure beside them says where
    /// they went.
    fn by_neighbours(&mut self) {
        let count = self.old.mentions.len();
        for at in (0..count).chain((0..count).rev()) {
            if self.of_old[at].is_some() {
                continue;
            }
            let beside = [at.checked_sub(1).map(|before| (before, true)), Some((at + 1, false))];
            for (neighbour, is_before) in beside.into_iter().flatten() {
                let Some((place, is_elsewhere)) = self.of_old.get(neighbour).copied().flatten() else { continue };
                let partner = if is_before { Some(place + 1) } else { place.checked_sub(1) };
                let is_free = |partner: &usize| self.of_new.get(*partner).is_some_and(Option::is_none);
                if let Some(partner) = partner.filter(is_free)
                    && self.is_same(at, partner)
                    && self.fit(at, partner) >= BESIDE
                {
                    self.pair(at, partner, is_elsewhere);
                    break;
                }
            }
        }
    }

    /// The figures that one may have become: those in the part of the text that replaced its own, and those where its
    /// context points to.
    fn candidates(&self, at: usize, kept: &[u32], hunks: &[Hunk]) -> Vec<(usize, bool)> {
        let range = self.old.ranges[at].clone();
        let mut found: Vec<(usize, bool)> = Vec::new();
        let place = expected(kept, hunks, range.start);
        let near = self.new.ranges.partition_point(|range| range.end <= place.start);
        let hunk_end = self.new.ranges.partition_point(|range| range.start < place.end);
        for partner in near.saturating_sub(1)..hunk_end.min(near + NEAR).max(near + 1).min(self.new.mentions.len()) {
            found.push((partner, false));
        }
        let own = context(&self.old.index.words, range.clone());
        for place in votes::places(&self.new.index, &own, range.len()) {
            let first = self.new.ranges.partition_point(|range| range.end + votes::REACH <= place);
            let close = self.new.ranges.iter().skip(first).take_while(|range| range.start <= place + votes::REACH);
            for partner in first..first + close.count() {
                if found.iter().all(|(known, _)| *known != partner) {
                    found.push((partner, true));
                }
            }
        }
        found.retain(|(partner, _)| self.of_new[*partner].is_none());
        found
    }

    fn finish(self, kept: Vec<u32>) -> Comparison {
        let by_new = vec![NONE; self.of_new.len()];
        let mut kept_back = vec![NONE; self.new.index.words.len()];
        for (old, new) in kept.iter().enumerate() {
            if let Some(slot) = kept_back.get_mut(*new as usize) {
                *slot = old as u32;
            }
        }
        let mut comparison = Comparison { kept, kept_back, by_new, ..Comparison::default() };
        for (old, partner) in self.of_old.iter().enumerate() {
            match partner {
                None if self.old.is_bare(old) => {}
                None => comparison.removed.push(old),
                Some((new, is_elsewhere)) => {
                    let change = match (self.is_same(old, *new), is_elsewhere) {
                        (true, false) => Change::Same,
                        (true, true) => Change::Moved,
                        (false, _) => Change::Changed,
                    };
                    // digits that are no figures are only told of where they change
                    let is_shown = change == Change::Changed || !(self.old.is_bare(old) && self.new.is_bare(*new));
                    comparison.by_new[*new] = comparison.pairs.len() as u32;
                    comparison.pairs.push(Pair { old, new: *new, change, is_shown });
                }
            }
        }
        let is_added = |new: &usize| self.of_new[*new].is_none() && !self.new.is_bare(*new);
        comparison.added = (0..self.of_new.len()).filter(is_added).collect();
        comparison
    }

    /// Whether two figures say the same: in the same words, or in others.
    fn is_same(&self, old: usize, new: usize) -> bool {
        let (a, b) = (&self.old.mentions[old], &self.new.mentions[new]);
        if a.hedge != b.hedge {
            return false;
        }
        let words = |version: &Version<'_>, range: &Range<usize>| -> Vec<u32> {
            version.index.words.get(range.clone()).unwrap_or_default().iter().map(|word| word.hash).collect()
        };
        let says_same = a.figure == b.figure && a.unit == b.unit && a.date == b.date;
        let (own, there) = (&self.old.ranges[old], &self.new.ranges[new]);
        says_same
            || words(self.old, own) == words(self.new, there)
            // only the spelling of a unit or a month is lost, or mended
            || respelled((self.old, own), (self.new, there))
            || respelled((self.new, there), (self.old, own))
    }
}

/// Figures of a replaced part that are looked at.
const NEAR: usize = 12;

/// The words of the new text that stand where a word of the old one stood.
fn expected(kept: &[u32], hunks: &[Hunk], word: usize) -> Range<usize> {
    let at = hunks.partition_point(|hunk| hunk.before.end as usize <= word);
    match hunks.get(at).filter(|hunk| hunk.before.start as usize <= word) {
        // the same distance from the start of what was replaced
        Some(hunk) => {
            let into = word - hunk.before.start as usize;
            let first = (hunk.after.start as usize + into.saturating_sub(REACH)).min(hunk.after.end as usize);
            first..(hunk.after.start as usize + into + REACH).min(hunk.after.end as usize).max(first)
        }
        None => {
            let place = kept.get(word).copied().filter(|place| *place != NONE).unwrap_or(0) as usize;
            place..place + 1
        }
    }
}

/// Words by which a figure may have shifted within a part that was replaced.
const REACH: usize = 40;

/// Letters by which a word may differ and be the same word with a slip in it.
const SLIPS: usize = 2;

/// Whether the words of a figure stand in another version around the figure there, spelled a little otherwise.
fn respelled(whole: (&Version<'_>, &Range<usize>), part: (&Version<'_>, &Range<usize>)) -> bool {
    let (whole_version, whole_range) = whole;
    let (part_version, part_range) = part;
    let words = |version: &Version<'_>, range: Range<usize>| version.index.words.get(range).map(<[_]>::to_vec);
    let Some(own) = words(whole_version, whole_range.clone()) else { return false };
    let Some(there) = words(part_version, part_range.clone()) else { return false };
    // the first number that both have says how far the other's words lie
    let shared = own.iter().enumerate().filter(|(_, word)| word.is_number).find_map(|(at, word)| {
        let other = there.iter().position(|other| other.hash == word.hash)?;
        (part_range.start + other).checked_sub(at)
    });
    let Some(first) = shared else { return false };
    let Some(around) = words(part_version, first..first + own.len()) else { return false };
    own.iter().zip(&around).all(|(a, b)| {
        a.hash == b.hash || (!a.is_number && !b.is_number && is_similar(whole_version, a, part_version, b))
    })
}

fn is_similar(one: &Version<'_>, a: &Word, other: &Version<'_>, b: &Word) -> bool {
    let text = |version: &Version<'_>, word: &Word| {
        version.index.text.get(word.start as usize..word.end as usize).unwrap_or_default().to_lowercase()
    };
    let (a, b) = (text(one, a), text(other, b));
    let length = a.chars().count().min(b.chars().count());
    // a short word with two other letters is another word
    let allowed = if length < 4 { 1 } else { SLIPS };
    length > 2 && strsim::damerau_levenshtein(&a, &b) <= allowed
}
