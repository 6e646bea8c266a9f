//! Words for the variables of a rule: subjects, periods, members and qualifiers such that the patterns of an instance
//! meet and its conditions hold.

use crate::figure::date::CalendarUnit;
use crate::rules::periods;
use crate::rules::rule::{Instance, Key, Pattern, Relation, Slot, Variable};
use crate::rules::vocabulary::{OVER, QualifierId, ValuesOf, Vocabulary};

/// A word for each variable that must be said; the others are left out of the claims.
#[derive(Debug)]
pub(super) struct Words(Vec<Option<String>>);

/// What the words of a key are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Subject,
    /// A period, and how many others lie nested within it.
    Period(usize),
    /// One of these.
    Listed(Vec<String>),
}

/// The year of the first period; further ones follow it.
const FIRST_YEAR: usize = 2015;

impl Words {
    /// Words for the variables of an instance; `given` are those that the example itself gives.
    pub fn choose(instance: &Instance, vocabulary: &Vocabulary, given: &[(&str, &str)]) -> Result<Words, String> {
        let mut words = Words(vec![None; instance.variables.len()]);
        let mut same: Vec<Variable> = (0..instance.variables.len()).collect();
        for condition in instance.conditions.iter().filter(|condition| condition.relation == Relation::Same) {
            let (kept, replaced) = (same[condition.left], same[condition.right]);
            same.iter_mut().filter(|variable| **variable == replaced).for_each(|variable| *variable = kept);
        }
        for (name, word) in given {
            let known = instance.variables.iter().position(|variable| **variable == **name);
            let variable = known.ok_or_else(|| format!("the rule has no term and no variable `{name}`"))?;
            words.0[same[variable]] = Some((*word).to_owned());
        }
        let mut needed: Vec<Variable> =
            needed(instance, vocabulary).into_iter().map(|variable| same[variable]).collect();
        needed.sort_unstable();
        needed.dedup();
        needed.retain(|variable| words.0[*variable].is_none());
        in_order(&mut needed, instance, &same);
        for (place, variable) in needed.iter().enumerate() {
            let kind = kind_of(*variable, instance, vocabulary, &same);
            let earlier =
                needed[..place].iter().filter(|other| kind_of(**other, instance, vocabulary, &same) == kind).count();
            words.0[*variable] = Some(word(&kind, earlier)?);
        }
        words.0 = same.iter().map(|kept| words.0[*kept].clone()).collect();
        for pattern in &instance.patterns {
            words.say_whole(pattern, vocabulary);
        }
        Ok(words)
    }

    /// The word of a variable; `None` where the claims leave it out.
    pub fn of(&self, variable: Variable) -> Option<&str> {
        self.0.get(variable).and_then(Option::as_deref)
    }

    /// The period so much later than that of a variable.
    pub fn shifted(&self, variable: Variable, amount: i64, unit: CalendarUnit) -> Result<String, String> {
        let word = self.of(variable).ok_or("a shifted period is left out")?;
        periods::shifted(word, amount, unit).ok_or_else(|| format!("`{word}` cannot be shifted"))
    }

    /// The word of the `index`-th member of a set over a key. Sets over one key go through the same words.
    pub fn member(&self, key: Key, index: usize, vocabulary: &Vocabulary) -> Result<String, String> {
        match kind_of_key(key, vocabulary) {
            Kind::Word => Ok(format!("part-{}", letter(index))),
            Kind::Subject => Ok(format!("member-{}", letter(index))),
            other => word(&other, index),
        }
    }

    /// A share must say its whole: over the qualifier that it is taken of, whose value is said too.
    fn say_whole(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) {
        let Some(over) = vocabulary.qualifier_id(OVER) else { return };
        let slot =
            |id: QualifierId| pattern.keys.iter().find(|(key, _)| *key == Key::Qualifier(id)).map(|(_, slot)| slot);
        let named = match slot(over) {
            Some(Slot::Constant(name)) => vocabulary.qualifier_id(vocabulary.names.word(*name)),
            Some(Slot::Variable { variable, .. }) => match self.of(*variable) {
                Some(word) => vocabulary.qualifier_id(word),
                None => {
                    let free = |(key, slot): &(Key, Slot)| match (key, slot) {
                        (Key::Qualifier(id), Slot::Variable { .. }) => {
                            vocabulary.qualifier(*id).total.is_some().then_some(*id)
                        }
                        _ => None,
                    };
                    let first = pattern.keys.iter().find_map(free);
                    self.0[*variable] = first.map(|id| vocabulary.qualifier(id).id.to_string());
                    first
                }
            },
            _ => None,
        };
        let Some(named) = named else { return };
        if let Some(Slot::Variable { variable, .. }) = slot(named)
            && self.of(*variable).is_none()
        {
            self.0[*variable] = word(&kind_of_key(Key::Qualifier(named), vocabulary), 0).ok();
        }
    }
}

/// The variables without which the claims cannot be made: those that the rule writes, subjects, and required keys.
fn needed(instance: &Instance, vocabulary: &Vocabulary) -> Vec<Variable> {
    let mut needed: Vec<Variable> =
        instance.conditions.iter().flat_map(|condition| [condition.left, condition.right]).collect();
    for (key, slot) in instance.patterns.iter().flat_map(|pattern| &pattern.keys) {
        let is_required = match key {
            Key::Subject => true,
            Key::Qualifier(id) => vocabulary.qualifier(*id).required,
        };
        match slot {
            Slot::Variable { variable, stated } if *stated || is_required => needed.push(*variable),
            Slot::Shifted { variable, .. } => needed.push(*variable),
            _ => {}
        }
    }
    needed
}

/// Sorts variables so that the left of a fixed order comes before the right. Words are then given in rising order.
fn in_order(variables: &mut [Variable], instance: &Instance, same: &[Variable]) {
    let before = instance.conditions.iter().filter(|condition| condition.relation == Relation::Before);
    let pairs: Vec<(Variable, Variable)> =
        before.map(|condition| (same[condition.left], same[condition.right])).collect();
    // as many passes as variables settle any order that can be settled
    for _ in 0..variables.len() {
        for (left, right) in &pairs {
            let place = |wanted: Variable| variables.iter().position(|variable| *variable == wanted);
            if let (Some(left), Some(right)) = (place(*left), place(*right))
                && left > right
            {
                variables.swap(left, right);
            }
        }
    }
}

fn kind_of_key(key: Key, vocabulary: &Vocabulary) -> Kind {
    let Key::Qualifier(id) = key else { return Kind::Subject };
    match &vocabulary.qualifier(id).of {
        ValuesOf::Word => Kind::Word,
        ValuesOf::Subject => Kind::Subject,
        ValuesOf::Period => Kind::Period(0),
        ValuesOf::Qualifier => {
            Kind::Listed(vocabulary.qualifiers().map(|(_, qualifier)| qualifier.id.to_string()).collect())
        }
        ValuesOf::Members(members) => {
            let mut members: Vec<String> =
                members.iter().map(|member| vocabulary.names.word(*member).to_owned()).collect();
            members.sort();
            Kind::Listed(members)
        }
    }
}

/// What the words of a variable are; where its keys differ, the narrowest.
fn kind_of(variable: Variable, instance: &Instance, vocabulary: &Vocabulary, same: &[Variable]) -> Kind {
    let mut kind = Kind::Word;
    for (key, slot) in instance.patterns.iter().flat_map(|pattern| &pattern.keys) {
        if let Slot::Variable { variable: own, .. } | Slot::Shifted { variable: own, .. } = slot
            && same[*own] == variable
        {
            kind = narrower(kind, kind_of_key(*key, vocabulary));
        }
    }
    match kind {
        Kind::Period(_) => Kind::Period(nested(variable, instance, same, instance.conditions.len())),
        other => other,
    }
}

fn narrower(a: Kind, b: Kind) -> Kind {
    let rank = |kind: &Kind| match kind {
        Kind::Word => 0,
        Kind::Subject => 1,
        Kind::Period(_) => 2,
        Kind::Listed(_) => 3,
    };
    if rank(&b) > rank(&a) { b } else { a }
}

/// How many periods must lie nested within that of a variable. `depth` ends a circle.
fn nested(variable: Variable, instance: &Instance, same: &[Variable], depth: usize) -> usize {
    if depth == 0 {
        return 0;
    }
    let within = instance.conditions.iter().filter(|condition| condition.relation == Relation::Within);
    let inner = within.filter(|condition| same[condition.right] == variable).map(|condition| same[condition.left]);
    inner.map(|inner| 1 + nested(inner, instance, same, depth - 1)).max().unwrap_or(0)
}

/// The word of a kind that follows so many others of it.
fn word(kind: &Kind, earlier: usize) -> Result<String, String> {
    match kind {
        Kind::Word => Ok(format!("kind-{}", letter(earlier))),
        Kind::Subject => Ok(format!("example-{}", letter(earlier))),
        Kind::Period(0) => Ok((FIRST_YEAR + earlier).to_string()),
        // each level reaches beyond the one within it
        Kind::Period(level) => {
            let reach = 10 * level + earlier;
            Ok(format!("{}/{}", FIRST_YEAR - reach, FIRST_YEAR + 10 + reach))
        }
        Kind::Listed(members) => {
            members.get(earlier).cloned().ok_or_else(|| format!("there are only {} members", members.len()))
        }
    }
}

/// `a`, `b`, … `z`, `za`, …: words in rising order.
fn letter(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    format!("{}{last}", "z".repeat(index / 26))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_rise_and_periods_nest() {
        let words: Vec<String> = (0..60).map(letter).collect();
        assert!(words.is_sorted());
        let days = |kind: &Kind, index| periods::days(&word(kind, index).unwrap()).unwrap();
        for index in 0..5 {
            assert!(days(&Kind::Period(0), index).within(&days(&Kind::Period(1), 0)));
            assert!(days(&Kind::Period(1), index).within(&days(&Kind::Period(2), 0)));
        }
    }
}
