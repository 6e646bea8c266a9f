//! Families of figures over several sentences and paragraphs: exports in one, imports in the next, the balance in a third.
//!
//! Where each role of a family has one figure and nothing narrows them apart, they are held against each other. Where a
//! role has several, or a word narrows it, only the figures can say which belong together: those that fit by more digits
//! than chance explains, and those that one slip of the hand keeps from it.

use rustc_hash::FxHashSet;

use super::amount::{Sum, unit};
use super::cues::{Role, part_count};
use super::hand::{Balance, Fit};
use super::structure::Structure;
use super::ties::Tie;
use crate::document::{Block, BlockKind};
use crate::extract::Mention;

/// Blocks between two figures of one family.
const FAR: usize = 4;
/// Figures of one role that are tried.
const MOST: usize = 6;
/// Ways to choose one of each role.
const MOST_WAYS: usize = 200;
/// How seldom chance may bring figures together, for each way to choose them.
const SELDOM: i64 = 12;

/// The families of a document, from its ties in their order.
pub(super) fn families(blocks: &[Block<'_>], mentions: &[Mention], ties: &[Tie], found: &mut Vec<Structure>) {
    let known: FxHashSet<Vec<usize>> = found.iter().map(sorted).collect();
    let mut numbers: Vec<u8> = ties.iter().map(|tie| tie.family).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut fresh = Vec::new();
    for family in numbers {
        let own: Vec<&Tie> = ties.iter().filter(|tie| tie.family == family).collect();
        for stretch in own.chunk_by(|one, next| !is_far(blocks, one.passage, next.passage)) {
            Stretch { mentions, family, ties: stretch }.structures(&mut fresh);
        }
    }
    found.extend(fresh.into_iter().filter(|structure| !known.contains(&sorted(structure))));
}

pub(super) fn sorted(structure: &Structure) -> Vec<usize> {
    let mut figures = structure.figures();
    figures.sort_unstable();
    figures
}

pub(super) fn is_far(blocks: &[Block<'_>], one: usize, next: usize) -> bool {
    let heading = |block: &Block<'_>| matches!(block.kind, BlockKind::Heading { .. });
    next > one + FAR || blocks.get(one + 1..=next).is_some_and(|between| between.iter().any(heading))
}

/// The ties of one family that stand near each other.
struct Stretch<'t> {
    mentions: &'t [Mention],
    family: u8,
    ties: &'t [&'t Tie],
}

/// A whole with its parts, by their roles.
type Relation = (Role, Vec<Role>);

/// What figures must have in common: whether they are those of before, their unit, and their year, if one is asked for.
type Group<'t> = (bool, &'t str, Option<u64>);

/// One figure of each role of a relation, the whole first.
struct Way {
    figures: Vec<usize>,
    /// Nothing narrows the figures apart from each other.
    is_plain: bool,
    fit: Fit,
    /// How seldom chance brings figures as near as that.
    odds: i64,
}

/// The ways to fill the roles of a relation from figures of one unit and time.
#[derive(Default)]
struct Tried {
    ways: Vec<Way>,
    /// Each role has one figure, or the roles come again and again in one order.
    is_sure: bool,
}

impl Tried {
    /// How much what fits bears out that the words were read rightly.
    fn odds(&self) -> i64 {
        let holding = self.ways.iter().filter(|way| way.fit == Fit::Holds);
        holding.map(|way| way.odds.max(1)).fold(1, i64::saturating_mul)
    }
}

impl Stretch<'_> {
    fn structures(&self, found: &mut Vec<Structure>) {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for tie in self.ties {
            let (is_old, unit) = self.group(tie);
            groups.push((is_old, unit, None));
            groups.extend((tie.time.year != 0).then_some((is_old, unit, Some(tie.time.year))));
        }
        groups.sort_unstable();
        groups.dedup();
        for relation in relations(self.family) {
            let all: Vec<Tried> = groups.iter().map(|group| self.tried(&relation, *group)).collect();
            // years only choose among what is tried without them
            let whole = all.iter().zip(&groups).filter(|(_, (.., year))| year.is_none()).map(|(tried, _)| tried.odds());
            let odds = whole.fold(1, i64::saturating_mul);
            for tried in &all {
                let ways = tried.ways.iter().filter(|way| self.is_told(tried, way, odds));
                for told in ways.filter_map(|way| structure(&relation, &way.figures)) {
                    if !found.contains(&told) {
                        found.push(told);
                    }
                }
            }
        }
    }

    /// Whether the figures of a way are held against each other; `odds`: how sure what fits makes the reading of the rest.
    fn is_told(&self, tried: &Tried, way: &Way, odds: i64) -> bool {
        let is_sure = tried.is_sure && (way.is_plain || odds >= SELDOM);
        let ways = if tried.is_sure { 1 } else { i64::try_from(tried.ways.len()).unwrap_or(i64::MAX) };
        let is_witness = way.odds.saturating_mul(odds) >= SELDOM.saturating_mul(ways);
        match way.fit {
            Fit::Holds => is_sure || is_witness,
            Fit::Slip if tried.is_sure => {
                is_witness && self.is_near(&way.figures, 10, 1000) || is_sure && self.is_near(&way.figures, 50, 200)
            }
            Fit::Apart if tried.is_sure => is_sure && self.is_near(&way.figures, 50, 200),
            Fit::Slip => {
                let is_only = tried.ways.iter().all(|other| std::ptr::eq(other, way) || other.fit == Fit::Apart);
                is_only && way.odds >= SELDOM.saturating_mul(ways)
            }
            Fit::Apart => false,
        }
    }

    fn group(&self, tie: &Tie) -> (bool, &str) {
        (tie.is_old, self.mentions.get(tie.figure).map_or("", unit))
    }

    /// The ways to fill the roles of a relation from a group.
    fn tried(&self, (whole, parts): &Relation, group: Group<'_>) -> Tried {
        let roles: Vec<Role> = std::iter::once(*whole).chain(parts.iter().copied()).collect();
        let own: Vec<Vec<&Tie>> = roles.iter().map(|role| self.candidates(*role, group)).collect();
        let is_single = own.iter().all(|own| own.len() == 1);
        if let Some(rounds) = rounds(&own).filter(|_| !is_single) {
            return Tried { ways: rounds.iter().filter_map(|round| self.way(*whole, round)).collect(), is_sure: true };
        }
        let mut ways: Vec<Vec<&Tie>> = vec![Vec::new()];
        for own in &own {
            if own.len() > MOST || ways.len() * own.len() > MOST_WAYS {
                return Tried::default();
            }
            ways = ways.iter().flat_map(|way| own.iter().map(|tie| [way.as_slice(), &[*tie]].concat())).collect();
        }
        Tried { ways: ways.iter().filter_map(|way| self.way(*whole, way)).collect(), is_sure: is_single }
    }

    fn way(&self, whole: Role, ties: &[&Tie]) -> Option<Way> {
        let mut figures: Vec<usize> = ties.iter().map(|tie| tie.figure).collect();
        let nominal = |index: usize| self.mentions.get(index).and_then(|mention| mention.figure.nominal.as_ref());
        // a balance is of whichever is more
        if whole == Role::Balance {
            if nominal(figures[0])?.is_negative() {
                return None;
            }
            let (balance, one, other) = (figures[0], figures[1], figures[2]);
            let is_first = nominal(one)? > nominal(other)?;
            figures = if is_first { vec![one, other, balance] } else { vec![other, one, balance] };
        }
        let mut mentions = figures.iter().filter_map(|index| self.mentions.get(*index));
        let balance = Balance::of(mentions.next()?, mentions)?;
        if balance.repeats() {
            return None;
        }
        Some(Way { figures, is_plain: is_plain(ties), fit: balance.fit(), odds: balance.odds() })
    }

    fn candidates(&self, role: Role, (is_old, unit, year): Group<'_>) -> Vec<&Tie> {
        let mut own: Vec<&Tie> = Vec::new();
        let nominal = |tie: &Tie| self.mentions.get(tie.figure).and_then(|mention| mention.figure.nominal.as_ref());
        let is_own = |tie: &&&Tie| {
            tie.role == role && self.group(tie) == (is_old, unit) && year.is_none_or(|year| year == tie.time.year)
        };
        for tie in self.ties.iter().filter(is_own) {
            if !own.iter().any(|other| nominal(other) == nominal(tie)) {
                own.push(tie);
            }
        }
        // what nothing narrows is meant, if there is such
        if own.iter().any(|tie| tie.narrowed == 0) {
            own.retain(|tie| tie.narrowed == 0);
        }
        own
    }

    /// Whether the parts make a whole within so many hundredths of it.
    fn is_near(&self, figures: &[usize], least: i64, most: i64) -> bool {
        let sum = |of: &[usize]| Sum::of(of.iter().filter_map(|index| self.mentions.get(*index)));
        let Some((whole, parts)) = figures.split_first() else { return false };
        sum(parts).is_near(&sum(&[*whole]), least, most)
    }
}

/// The figures of all roles again and again, in one order.
fn rounds<'t>(own: &[Vec<&'t Tie>]) -> Option<Vec<Vec<&'t Tie>>> {
    let count = own.first().map(Vec::len).filter(|count| *count > 1)?;
    if own.iter().any(|own| own.len() != count) {
        return None;
    }
    let rounds: Vec<Vec<&Tie>> = (0..count).map(|at| own.iter().map(|own| own[at]).collect()).collect();
    let last = |round: &[&Tie]| round.iter().map(|tie| tie.figure).max();
    let first = |round: &[&Tie]| round.iter().map(|tie| tie.figure).min();
    rounds.windows(2).all(|pair| last(&pair[0]) < first(&pair[1])).then_some(rounds)
}

/// Whether nothing narrows ties apart from each other: the same modifiers or none, and one time.
fn is_plain(ties: &[&Tie]) -> bool {
    let first = ties.first().map_or(0, |tie| tie.narrowed);
    let is_one_time =
        ties.iter().enumerate().all(|(at, tie)| ties[at + 1..].iter().all(|next| tie.time.may_be(next.time)));
    is_one_time && ties.iter().all(|tie| tie.narrowed == first && !tie.is_time_unsure)
}

/// The relations between the roles of a family.
fn relations(family: u8) -> Vec<Relation> {
    let parts = part_count(family);
    if parts > 1 {
        let all = (1..=parts).filter_map(|part| u8::try_from(part).ok()).map(Role::Part).collect();
        return vec![(Role::Whole, all)];
    }
    vec![
        (Role::Whole, vec![Role::Gain, Role::Loss]),
        (Role::Gain, vec![Role::Loss, Role::Surplus]),
        (Role::Loss, vec![Role::Gain, Role::Deficit]),
        (Role::Balance, vec![Role::Gain, Role::Loss]),
    ]
}

fn structure((whole, parts): &Relation, figures: &[usize]) -> Option<Structure> {
    let (first, rest) = figures.split_first()?;
    let is_difference =
        *whole == Role::Balance || parts.iter().any(|part| matches!(part, Role::Surplus | Role::Deficit));
    match rest {
        [smaller, difference] if is_difference => {
            Some(Structure::Difference { difference: *difference, larger: *first, smaller: *smaller })
        }
        _ => Some(Structure::List { whole: *first, parts: rest.to_vec(), closed: true }),
    }
}
