//! All parts of a family side by side, with their whole before or behind them: `1,429 people, of them 689 men and 740
//! women`. What a word stands for is known from its gap: all words stand before their figures, or all behind them.

use super::amount::{Sum, adds_up, is_percent, unit};
use super::cues::{Cue, Role, part_count};
use super::pieces::{Paragraph, Piece, What, is_bracketed, is_time};
use super::share::is_said_of;
use super::structure::Structure;

/// Words between two figures that belong together.
const NEAR: usize = 10;
/// Words between the whole and its parts.
const LEAD: usize = 8;

/// The families of a paragraph whose parts stand side by side.
pub(super) fn partings(paragraph: &Paragraph<'_>, found: &mut Vec<Structure>) {
    let ends = |piece: &Piece| piece.what == What::Break || piece.is_mark('\n');
    let mut start = 0;
    for end in 0..=paragraph.pieces.len() {
        if paragraph.pieces.get(end).is_none_or(ends) {
            sentence(paragraph, start, end, found);
            start = end + 1;
        }
    }
}

fn sentence(paragraph: &Paragraph<'_>, start: usize, end: usize, found: &mut Vec<Structure>) {
    let pieces = paragraph.pieces.get(start..end).unwrap_or_default();
    let mut families: Vec<(u8, usize)> = pieces.iter().flat_map(Piece::roles).filter_map(of_part).collect();
    families.sort_unstable();
    families.dedup();
    let is_unsure = |piece: &Piece| piece.has(Cue::Each) || piece.has(Cue::Overlap);
    if families.is_empty() || pieces.iter().any(is_unsure) {
        return;
    }
    let is_amount =
        |piece: &usize| paragraph.mention(*piece).is_some_and(|mention| !is_time(mention) && adds_up(mention));
    let figures: Vec<usize> = (start..end).filter(is_amount).collect();
    let sentence = Sentence { paragraph, start, end, figures };
    for (family, count) in families {
        for at in 0..(sentence.figures.len() + 1).saturating_sub(count) {
            if sentence.are_parts(family, at, count) {
                sentence.structures(at, count, family, found);
            }
        }
    }
}

/// The family of a part, where it has several.
fn of_part((family, role): (u8, Role)) -> Option<(u8, usize)> {
    let count = part_count(family);
    (matches!(role, Role::Part(_)) && count > 1).then_some((family, count))
}

struct Sentence<'p, 'a> {
    paragraph: &'p Paragraph<'a>,
    start: usize,
    end: usize,
    /// The pieces of its amounts.
    figures: Vec<usize>,
}

impl Sentence<'_, '_> {
    /// The pieces before a figure, back to the one before it.
    fn gap(&self, at: usize) -> &[Piece] {
        let from = at.checked_sub(1).and_then(|at| self.figures.get(at)).map_or(self.start, |before| before + 1);
        let to = self.figures.get(at).copied().unwrap_or(self.end);
        self.paragraph.pieces.get(from..to).unwrap_or_default()
    }

    /// Whether so many figures from one on are those of all parts of a family.
    fn are_parts(&self, family: u8, at: usize, count: usize) -> bool {
        let all = || {
            (at..at + count).filter_map(|at| self.figures.get(at)).filter_map(|piece| self.paragraph.mention(*piece))
        };
        let mut units = all().map(unit);
        let first = units.next();
        let is_far = |gap: usize| words(self.gap(gap)) > NEAR;
        if units.any(|unit| Some(unit) != first) || all().any(|mention| mention.figure.nominal.is_none()) {
            return false;
        }
        if (at + 1..at + count).any(is_far) || self.is_broken(at..at + count) {
            return false;
        }
        let parts = |gap: usize| -> Vec<u8> {
            let roles = self.gap(gap).iter().flat_map(Piece::roles).filter(move |(of, _)| *of == family);
            roles.filter_map(|(_, role)| if let Role::Part(part) = role { Some(part) } else { None }).collect()
        };
        let is_whole = |mut parts: Vec<u8>| {
            parts.sort_unstable();
            parts.iter().copied().eq(1..=count as u8)
        };
        let before = (at..at + count).filter_map(|gap| parts(gap).last().copied()).collect();
        let behind = (at + 1..=at + count).filter_map(|gap| parts(gap).first().copied()).collect();
        // `689 men and women 740`
        is_whole(before) || is_whole(behind) || count == 2 && is_whole(parts(at + 1))
    }

    /// Whether a figure stands next to another with nothing but a comma between, so that one number may have been read as
    /// two.
    fn is_broken(&self, figures: std::ops::Range<usize>) -> bool {
        let is_nothing = |piece: &Piece| piece.has(Cue::And) || matches!(piece.what, What::Mark(',' | '،'));
        let next_to = |at: usize| at > 0 && at < self.figures.len() && self.gap(at).iter().all(is_nothing);
        figures.into_iter().any(|at| next_to(at) || next_to(at + 1))
    }

    /// The whole of parts: before them and opened by a cue, or behind them and called so.
    fn whole(&self, family: u8, at: usize, count: usize) -> Option<usize> {
        let first = self.paragraph.mention(*self.figures.get(at)?)?;
        let fits = |piece: usize| {
            let mention = self.paragraph.mention(piece)?;
            (unit(mention) == unit(first) && mention.figure.nominal.is_some()).then_some(piece)
        };
        let says = |gap: &[Piece]| {
            let is_cue = |piece: &Piece| piece.has(Cue::OfWhich) || piece.has(Cue::Divided) || piece.is_mark(':');
            words(gap) <= LEAD && gap.iter().any(is_cue)
        };
        let of_whole = |piece: &Piece| piece.roles().any(|role| role == (family, Role::Whole));
        let fits = |at: usize| self.figures.get(at).copied().filter(|_| !self.is_broken(at..at + 1)).and_then(fits);
        let before = at.checked_sub(1).and_then(fits);
        if let Some(before) = before.filter(|_| says(self.gap(at))) {
            return Some(before);
        }
        // `a population of 210,340, with 105,120 men and 105,220 women`
        let is_named = |at: usize| self.gap(at).iter().any(of_whole) && words(self.gap(at + 1)) <= 1;
        // `1,250 patients, 812 women and 438 men`
        let is_apposed = || {
            words(self.gap(at)) <= 1
                && self.gap(at).last().is_some_and(|piece| matches!(piece.what, What::Mark(',' | '،')))
        };
        let is_close = || is_apposed() && self.is_sum(at, count, (90, 111));
        if let Some(before) =
            before.filter(|_| at > 0 && (is_named(at - 1) && self.is_sum(at, count, (80, 125)) || is_close()))
        {
            return Some(before);
        }
        let behind = fits(at + count)?;
        // parts in brackets are those of what the brackets explain
        let depth = |piece: usize| self.paragraph.pieces.get(piece).map(|piece| piece.depth);
        if depth(*self.figures.get(at)?) > depth(behind) {
            return None;
        }
        let gap = self.gap(at + count);
        let is_total = |piece: &Piece| piece.has(Cue::Total) || piece.has(Cue::TotalAfter) || of_whole(piece);
        let named = gap.iter().skip_while(|piece| !piece.is_word()).skip(1).any(is_total);
        let parted =
            gap.iter().any(|piece| piece.has(Cue::OfWhich) || piece.has(Cue::Compared) && !piece.has(Cue::From));
        (named && !parted && words(gap) <= LEAD).then_some(behind)
    }

    /// Whether another part follows, which is none of the family: `18 men, 33 women and four children`.
    fn goes_on(&self, at: usize, count: usize) -> bool {
        let [.., last] = self.figures.get(at..at + count).unwrap_or_default() else { return false };
        let next = self.figures.get(at + count);
        let mentions = (self.paragraph.mention(*last), next.and_then(|next| self.paragraph.mention(*next)));
        let (Some(of_last), Some(of_next)) = mentions else { return false };
        let gap = self.gap(at + count);
        let depth =
            |piece: Option<&usize>| piece.and_then(|piece| self.paragraph.pieces.get(*piece)).map(|piece| piece.depth);
        depth(Some(last)) == depth(next)
            && unit(of_last) == unit(of_next)
            && gap.last().is_some_and(|piece| piece.has(Cue::And))
            && words(gap) <= 3
    }

    /// Whether parts make about the figure before them.
    fn is_sum(&self, at: usize, count: usize, (least, most): (i64, i64)) -> bool {
        let all = self.figures.get(at - 1..at + count).unwrap_or_default();
        let mut mentions = all.iter().filter_map(|piece| self.paragraph.mention(*piece));
        let Some(whole) = mentions.next() else { return false };
        Sum::of(mentions).is_near(&Sum::of(std::iter::once(whole)), least, most)
    }

    fn structures(&self, at: usize, count: usize, family: u8, found: &mut Vec<Structure>) {
        let paragraph = self.paragraph;
        let pieces = self.figures.get(at..at + count).unwrap_or_default();
        let parts: Vec<usize> = pieces.iter().filter_map(|piece| paragraph.figure(*piece)).collect();
        let whole = self.whole(family, at, count).filter(|_| !self.goes_on(at, count));
        let whole = whole.and_then(|whole| paragraph.figure(whole));
        let shares: Vec<Option<usize>> = pieces.iter().map(|piece| self.share(*piece)).collect();
        let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| paragraph.mentions.get(*index)));
        if let Some(whole) = whole.filter(|_| !paragraph.first_is_whole_of(pieces))
            && sum(&parts).is_near(&sum(&[whole]), 50, 200)
        {
            found.push(Structure::List { whole, parts: parts.clone(), closed: true });
            for (part, share) in parts.iter().zip(&shares) {
                found.extend(share.map(|share| Structure::ShareOf { share, part: *part, whole }));
            }
        }
        if let Some(shares) = shares.into_iter().collect::<Option<Vec<usize>>>() {
            let hundred = sum(&shares).is_near(&Sum::hundred(), 90, 110);
            if hundred {
                for (part, share) in parts.iter().zip(&shares) {
                    found.push(Structure::ShareOfListed { share: *share, part: *part, parts: parts.clone() });
                }
                found.push(Structure::Shares { shares });
            }
        }
    }

    /// The share that is said of a figure.
    fn share(&self, piece: usize) -> Option<usize> {
        let next = (piece + 1..self.end).find(|piece| self.paragraph.mention(*piece).is_some())?;
        let share = self.paragraph.mention(next).filter(|mention| is_percent(mention))?;
        let is_beside = words(self.paragraph.between(piece, next)) <= 2 && is_bracketed(share);
        (is_beside || is_said_of(self.paragraph, piece, next)).then(|| self.paragraph.figure(next))?
    }
}

fn words(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.is_word() && piece.start < piece.end).count()
}
