//! Two texts of which one translates the other: which figures differ, and which only one of them has.
//!
//! No word of either language is compared. Figures mean the same in both, so the figures of the texts in their order are
//! two versions of one list. What stands in the same place of it with another number differs; word order may exchange
//! neighbours, so equal figures of a place cancel each other first.

use imara_diff::{Algorithm, Diff, InternedInput, Interner};
use rustc_hash::FxHashMap;

use crate::extract::{Kind, Mention};

/// What two texts do not share, by the indexes of mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unshared {
    /// Figures in one place that are not the same.
    pub differing: Vec<(usize, usize)>,
    pub only_original: Vec<usize>,
    pub only_translation: Vec<usize>,
}

/// What a mention says, in no language.
type Meaning = (String, Option<Box<str>>);

fn meaning(mention: &Mention) -> Meaning {
    let figure = &mention.figure;
    let number = |number: &Option<crate::figure::Number>| match number {
        Some(number) => number.exact_decimal().unwrap_or_else(|| number.with_decimals(9)),
        None => String::new(),
    };
    let says = match &mention.date {
        Some(date) => date.to_string(),
        None => format!("{} {} {}", number(&figure.nominal), number(&figure.from), number(&figure.to)),
    };
    (says, mention.unit.clone())
}

/// Whether a mention must be in a translation: figures in digits, not numbers in words, which languages use as they like.
fn is_expected(mention: &Mention) -> bool {
    let has_digits = mention.text.chars().any(char::is_numeric);
    has_digits && !matches!(mention.kind, Kind::Number | Kind::Rank)
}

/// Compares the figures of two texts.
pub fn compare(original: &[Mention], translation: &[Mention]) -> Unshared {
    let meanings = |mentions: &[Mention]| mentions.iter().map(meaning).collect::<Vec<Meaning>>();
    let (own, other) = (meanings(original), meanings(translation));
    let mut input = InternedInput { before: Vec::new(), after: Vec::new(), interner: Interner::new(own.len() + 1) };
    input.update_before(own.iter());
    input.update_after(other.iter());
    let diff = Diff::compute(Algorithm::Myers, &input);
    let mut unshared = Unshared::default();
    for hunk in diff.hunks() {
        let range = |range: std::ops::Range<u32>| (range.start as usize..range.end as usize).collect::<Vec<usize>>();
        let (mut here, mut there) = (range(hunk.before), range(hunk.after));
        cancel(&own, &other, &mut here, &mut there);
        pair(original, translation, &mut here, &mut there, &mut unshared.differing);
        unshared.only_original.extend(here);
        unshared.only_translation.extend(there);
    }
    // paragraphs may stand in another order
    cancel(&own, &other, &mut unshared.only_original, &mut unshared.only_translation);
    unshared.only_original.retain(|at| is_expected(&original[*at]));
    unshared.only_translation.retain(|at| is_expected(&translation[*at]));
    let before = |is_there: &dyn Fn(u32) -> bool, count: usize| -> Vec<usize> {
        let shared = (0..count as u32).map(|at| usize::from(!is_there(at)));
        shared.scan(0, |sum, one| Some(std::mem::replace(sum, *sum + one))).collect()
    };
    let places =
        [before(&|at| diff.is_removed(at), original.len()), before(&|at| diff.is_added(at), translation.len())];
    exchanged(original, translation, &places, &mut unshared);
    unshared
}

/// Shared figures that word order may put between two that belong together.
const NEAR: usize = 2;

/// Pairs figures that word order has parted: the only ones of their kind and unit on either side of a few shared ones.
/// `places` say how many shared figures stand before each.
fn exchanged(original: &[Mention], translation: &[Mention], places: &[Vec<usize>; 2], unshared: &mut Unshared) {
    let is_kin = |own: usize, other: usize| {
        let (a, b) = (&original[own], &translation[other]);
        a.kind == b.kind && a.unit == b.unit && places[0][own].abs_diff(places[1][other]) <= NEAR
    };
    let (here, there) = (&unshared.only_original, &unshared.only_translation);
    let only = |list: &[usize], place: usize, side: usize, fits: &dyn Fn(usize) -> bool| -> Option<usize> {
        // both lists are in the order of their texts, so that those near lie together
        let first = list.partition_point(|at| places[side][*at] + NEAR < place);
        let near = list[first..].iter().take_while(|at| places[side][**at] <= place + NEAR);
        let mut found = near.copied().filter(|at| fits(*at));
        found.next().filter(|_| found.next().is_none())
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for own in here {
        let other = only(there, places[0][*own], 1, &|other| is_kin(*own, other));
        let back = other.and_then(|other| only(here, places[1][other], 0, &|own| is_kin(own, other)));
        pairs.extend(other.filter(|_| back == Some(*own)).map(|other| (*own, other)));
    }
    unshared.only_original.retain(|own| pairs.iter().all(|(paired, _)| paired != own));
    unshared.only_translation.retain(|other| pairs.iter().all(|(_, paired)| paired != other));
    unshared.differing.extend(pairs);
    unshared.differing.sort_unstable();
}

/// Takes out figures that both lists have.
fn cancel(own: &[Meaning], other: &[Meaning], here: &mut Vec<usize>, there: &mut Vec<usize>) {
    let mut known: FxHashMap<&Meaning, usize> = FxHashMap::default();
    for at in there.iter() {
        *known.entry(&other[*at]).or_default() += 1;
    }
    let mut taken: FxHashMap<&Meaning, usize> = FxHashMap::default();
    here.retain(|at| match known.get_mut(&own[*at]) {
        Some(count) if *count > 0 => {
            *count -= 1;
            *taken.entry(&own[*at]).or_default() += 1;
            false
        }
        _ => true,
    });
    there.retain(|at| match taken.get_mut(&other[*at]) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
}

/// Pairs figures of one kind and unit, where both places have as many of them.
fn pair(
    original: &[Mention],
    translation: &[Mention],
    here: &mut Vec<usize>,
    there: &mut Vec<usize>,
    differing: &mut Vec<(usize, usize)>,
) {
    let sort = |mention: &Mention| (mention.kind, mention.unit.clone());
    let sorts: Vec<_> = here.iter().map(|at| sort(&original[*at])).collect();
    for wanted in sorts {
        let own: Vec<usize> = here.iter().copied().filter(|at| sort(&original[*at]) == wanted).collect();
        let other: Vec<usize> = there.iter().copied().filter(|at| sort(&translation[*at]) == wanted).collect();
        let is_plain = own.len() == other.len() && own.iter().all(|at| is_expected(&original[*at]));
        if is_plain && !own.is_empty() && other.iter().all(|at| is_expected(&translation[*at])) {
            differing.extend(own.iter().copied().zip(other.iter().copied()));
            here.retain(|at| !own.contains(at));
            there.retain(|at| !other.contains(at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Options, mentions};

    #[test]
    fn figures_are_compared_across_languages() {
        let english = "Exports came to 63.6 billion euros in 2021, 12 % more. The border is 1,214 km long.";
        let russian = "В 2021 году экспорт составил 66,3 млрд евро, на 12 % больше. Граница длиной 1214 км. Ещё 7 %.";
        let (own, other) = (mentions(english, &Options::default()), mentions(russian, &Options::default()));
        let found = compare(&own, &other);
        let differing: Vec<(&str, &str)> =
            found.differing.iter().map(|(a, b)| (&*own[*a].text, &*other[*b].text)).collect();
        assert_eq!(differing, [("63.6 billion euros", "66,3 млрд евро")]);
        assert!(found.only_original.is_empty());
        let only: Vec<&str> = found.only_translation.iter().map(|at| &*other[*at].text).collect();
        assert_eq!(only, ["7 %"]);
    }
}
