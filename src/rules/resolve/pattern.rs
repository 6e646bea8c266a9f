//! Patterns: which facts a rule's terms speak of, expanded over the vocabulary.
//!
//! A variable in place of a measure (`$m.share`) or of a qualifier's name (`"$q" = "$v"`) is replaced by everything
//! that fits. A key that a term does not mention becomes the variable of its own name, so terms meet in whatever
//! they leave unsaid. The result are [`Instance`]s without such generic parts, which the engine joins.

use crate::figure::date::CalendarUnit;
use crate::rules::rule::{Condition, Instance, Key, Pattern, Relation, Slot, Variable};
use crate::rules::vocabulary::{MeasureId, QualifierId, ValuesOf, Vocabulary};

/// A term's pattern as written, with blanks trimmed: key → value.
pub(super) struct RawPattern<'a> {
    pub measure: &'a str,
    pub keys: Vec<(&'a str, &'a str)>,
}

/// A `where` condition as written: one comparison, or `$m is tag`.
pub(super) enum RawCondition<'a> {
    Compare(&'a str, Relation, &'a str),
    Tagged(&'a str, &'a str),
}

/// Values of the generic variables in one expansion: one or two of each.
#[derive(Clone, Default)]
struct Choice<'a> {
    measures: Vec<(&'a str, MeasureId)>,
    qualifiers: Vec<(&'a str, QualifierId)>,
}

impl Choice<'_> {
    fn measure(&self, variable: &str) -> Option<MeasureId> {
        self.measures.iter().find(|(own, _)| *own == variable).map(|(_, id)| *id)
    }

    fn qualifier(&self, variable: &str) -> Option<QualifierId> {
        self.qualifiers.iter().find(|(own, _)| *own == variable).map(|(_, id)| *id)
    }
}

/// Reads a `where` text.
pub(super) fn conditions(text: &str) -> Result<Vec<RawCondition<'_>>, String> {
    text.split(" and ").map(|part| condition(part.trim())).collect()
}

fn condition(text: &str) -> Result<RawCondition<'_>, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [left, relation, right] = words[..] else {
        return Err(format!("`{text}` is no condition; write `$a < $b`, `$p within $q` or `$m is flow`"));
    };
    let variable = |word: &str| word.starts_with('$');
    if relation == "is" && variable(left) {
        return Ok(RawCondition::Tagged(&left[1..], right));
    }
    let relation = match relation {
        "=" => Relation::Same,
        "!=" => Relation::Different,
        "<" => Relation::Before,
        "within" => Relation::Within,
        other => return Err(format!("variables are compared by `=`, `!=`, `<` or `within`, not by `{other}`")),
    };
    if variable(left) && variable(right) {
        Ok(RawCondition::Compare(&left[1..], relation, &right[1..]))
    } else {
        Err(format!("both sides of `{text}` must be variables"))
    }
}

/// All expansions of a rule that fit the vocabulary, and why the others did not (the first reason). Those whose
/// measures are not `wanted` are not looked at.
pub(super) fn expand(
    patterns: &[RawPattern<'_>],
    conditions: &[RawCondition<'_>],
    vocabulary: &Vocabulary,
    wanted: impl Fn(&[MeasureId]) -> bool,
) -> (Vec<Instance>, Option<String>) {
    let mut reason = None;
    let mut instances = Vec::new();
    for choice in choices(patterns, conditions, vocabulary) {
        let measures = patterns.iter().map(|pattern| measure_of(pattern.measure, &choice, vocabulary));
        if measures.collect::<Option<Vec<_>>>().is_some_and(|measures| !wanted(&measures)) {
            continue;
        }
        match (Expansion { vocabulary, choice: &choice, variables: Vec::new() }).instance(patterns, conditions) {
            Ok(instance) => instances.push(instance),
            Err(why) => {
                reason.get_or_insert(why);
            }
        }
    }
    (instances, reason)
}

/// Every assignment of measures and qualifiers to the generic variables that can fit.
fn choices<'a>(
    patterns: &[RawPattern<'a>],
    conditions: &[RawCondition<'_>],
    vocabulary: &Vocabulary,
) -> Vec<Choice<'a>> {
    let mut choices = vec![Choice::default()];
    let mut measures: Vec<&'a str> = patterns.iter().filter_map(|pattern| generic_measure(pattern.measure)).collect();
    measures.dedup();
    let exists = |pattern: &RawPattern<'_>| {
        generic_measure(pattern.measure).is_some() || vocabulary.measure_id(pattern.measure).is_some()
    };
    if !measures.is_empty() && !patterns.iter().all(exists) {
        return Vec::new();
    }
    for variable in measures {
        if choices.first().is_some_and(|choice| choice.measure(variable).is_some()) {
            continue;
        }
        let fitting: Vec<MeasureId> = vocabulary
            .measures()
            .filter(|(_, measure)| has_tags(variable, &measure.tags, conditions))
            .map(|(id, _)| id)
            .collect();
        // a measure is left out at once where it lacks a facet, so that the product of choices stays small
        let fits = |id: &MeasureId| {
            let mut own = patterns.iter().filter(|pattern| generic_measure(pattern.measure) == Some(variable));
            own.all(|pattern| facet_of(*id, pattern.measure, variable, vocabulary).is_some())
        };
        let fitting: Vec<MeasureId> = fitting.into_iter().filter(fits).collect();
        let with = |choice: &Choice<'a>, id: MeasureId| {
            let mut next = choice.clone();
            next.measures.push((variable, id));
            next
        };
        choices = choices.iter().flat_map(|choice| fitting.iter().map(|id| with(choice, *id))).collect();
    }
    let mut qualifiers: Vec<&'a str> =
        patterns.iter().flat_map(|pattern| &pattern.keys).filter_map(|(key, _)| key.strip_prefix('$')).collect();
    qualifiers.sort_unstable();
    qualifiers.dedup();
    for variable in qualifiers {
        choices = choices
            .iter()
            .flat_map(|choice| {
                shared_qualifiers(variable, choice, patterns, vocabulary)
                    .into_iter()
                    .filter(|id| has_tags(variable, &vocabulary.qualifier(*id).tags, conditions))
                    .map(|id| {
                        let mut next = choice.clone();
                        next.qualifiers.push((variable, id));
                        next
                    })
            })
            .collect();
    }
    choices
}

/// Whether something has every tag that the conditions ask of its variable.
fn has_tags(variable: &str, tags: &[Box<str>], conditions: &[RawCondition<'_>]) -> bool {
    conditions.iter().all(|condition| match condition {
        RawCondition::Tagged(own, tag) if *own == variable => tags.iter().any(|known| &**known == *tag),
        _ => true,
    })
}

/// The qualifiers that every term has which names one by this variable.
fn shared_qualifiers(
    variable: &str,
    choice: &Choice<'_>,
    patterns: &[RawPattern<'_>],
    vocabulary: &Vocabulary,
) -> Vec<QualifierId> {
    let uses = |pattern: &&RawPattern<'_>| pattern.keys.iter().any(|(key, _)| key.strip_prefix('$') == Some(variable));
    let mut shared: Option<Vec<QualifierId>> = None;
    for pattern in patterns.iter().filter(uses) {
        let Some(measure) = measure_of(pattern.measure, choice, vocabulary) else { return Vec::new() };
        let own = vocabulary.qualifiers_of(measure);
        shared = Some(match shared {
            None => own.to_vec(),
            Some(known) => known.into_iter().filter(|id| own.contains(id)).collect(),
        });
    }
    shared.unwrap_or_default()
}

/// The variable of `$m` or `$m.share`.
fn generic_measure(measure: &str) -> Option<&str> {
    measure.strip_prefix('$').map(|rest| rest.split('.').next().unwrap_or(rest))
}

fn measure_of(written: &str, choice: &Choice<'_>, vocabulary: &Vocabulary) -> Option<MeasureId> {
    let Some(variable) = generic_measure(written) else { return vocabulary.measure_id(written) };
    facet_of(choice.measure(variable)?, written, variable, vocabulary)
}

/// The measure that `$m` or `$m.share` stands for where the variable is `base`.
fn facet_of(base: MeasureId, written: &str, variable: &str, vocabulary: &Vocabulary) -> Option<MeasureId> {
    match written[1 + variable.len()..].strip_prefix('.') {
        Some(facet) => vocabulary.facet(base, facet),
        None => Some(base),
    }
}

/// One expansion in the making.
struct Expansion<'v, 'c> {
    vocabulary: &'v Vocabulary,
    choice: &'c Choice<'c>,
    variables: Vec<Box<str>>,
}

impl Expansion<'_, '_> {
    fn instance(mut self, patterns: &[RawPattern<'_>], conditions: &[RawCondition<'_>]) -> Result<Instance, String> {
        let patterns = patterns.iter().map(|pattern| self.pattern(pattern)).collect::<Result<Vec<_>, _>>()?;
        let conditions = self.conditions(conditions)?;
        for pattern in &patterns {
            for (_, slot) in &pattern.keys {
                if let Slot::Shifted { variable, .. } = slot
                    && !patterns.iter().any(|other| binds(other, *variable))
                {
                    let name = &self.variables[*variable];
                    return Err(format!("`${name}` is only ever shifted; some term must have it as it is"));
                }
            }
        }
        Ok(Instance { patterns, conditions, variables: self.variables, used: Vec::new() })
    }

    fn variable(&mut self, name: &str) -> Variable {
        if let Some(index) = self.variables.iter().position(|known| &**known == name) {
            return index;
        }
        self.variables.push(name.into());
        self.variables.len() - 1
    }

    fn pattern(&mut self, raw: &RawPattern<'_>) -> Result<Pattern, String> {
        let vocabulary = self.vocabulary;
        let measure = measure_of(raw.measure, self.choice, vocabulary).ok_or_else(|| {
            match vocabulary.nearest_measure(raw.measure) {
                Some(near) => format!("no measure is called `{}`; did you mean `{near}`?", raw.measure),
                None => format!("no measure is called `{}`", raw.measure),
            }
        })?;
        let mut keys: Vec<(Key, Slot)> = Vec::with_capacity(1 + vocabulary.qualifiers_of(measure).len());
        for (key, value) in &raw.keys {
            let key = self.key(measure, key)?;
            let slot = self.slot(key, value)?;
            if keys.iter().any(|(other, _)| *other == key) {
                return Err("one key is given twice".to_owned());
            }
            keys.push((key, slot));
        }
        let own =
            std::iter::once(Key::Subject).chain(vocabulary.qualifiers_of(measure).iter().copied().map(Key::Qualifier));
        for key in own {
            if !keys.iter().any(|(known, _)| *known == key) {
                let name = match key {
                    Key::Subject => "subject",
                    Key::Qualifier(id) => &*vocabulary.qualifier(id).id,
                };
                keys.push((key, Slot::Variable { variable: self.variable(name), stated: false }));
            }
        }
        keys.sort_by_key(|(key, _)| *key);
        if keys.iter().filter(|(_, slot)| *slot == Slot::Each).count() > 1 {
            return Err("a term is a set over one key only".to_owned());
        }
        Ok(Pattern { measure, keys })
    }

    fn key(&self, measure: MeasureId, written: &str) -> Result<Key, String> {
        if written == "subject" {
            return Ok(Key::Subject);
        }
        let id = match written.strip_prefix('$') {
            Some(variable) => self.choice.qualifier(variable),
            None => self.vocabulary.qualifier_id(written),
        };
        let id = id.ok_or_else(|| format!("no qualifier is called `{written}`"))?;
        if self.vocabulary.qualifiers_of(measure).contains(&id) {
            return Ok(Key::Qualifier(id));
        }
        let (measure, qualifier) = (&self.vocabulary.measure(measure).id, &self.vocabulary.qualifier(id).id);
        Err(format!("`{measure}` has no qualifier `{qualifier}`"))
    }

    fn slot(&mut self, key: Key, written: &str) -> Result<Slot, String> {
        let qualifier = match key {
            Key::Subject => None,
            Key::Qualifier(id) => Some(self.vocabulary.qualifier(id)),
        };
        if written == "*" {
            return Ok(Slot::Each);
        }
        if written == "total" {
            return match qualifier {
                Some(qualifier) if qualifier.total.is_some() => Ok(Slot::Absent),
                Some(qualifier) => Err(format!("the qualifier `{}` has no total", qualifier.id)),
                None => Err("a subject has no total".to_owned()),
            };
        }
        if written == "unstated" {
            return match qualifier {
                Some(qualifier) if qualifier.total.is_none() => Ok(Slot::Absent),
                Some(qualifier) => Err(format!("leaving out `{}` means its total; write `total`", qualifier.id)),
                None => Err("every fact has a subject".to_owned()),
            };
        }
        let Some(variable) = written.strip_prefix('$') else { return self.constant(qualifier, written) };
        if qualifier.is_some_and(|qualifier| qualifier.of == ValuesOf::Qualifier)
            && let Some(id) = self.choice.qualifier(variable)
        {
            let name = &self.vocabulary.qualifier(id).id;
            return self.constant(qualifier, name);
        }
        match variable.split_once(' ') {
            None => Ok(Slot::Variable { variable: self.variable(variable), stated: true }),
            Some((variable, shift)) => {
                let (amount, unit) =
                    parse_shift(shift).ok_or_else(|| format!("`{written}` is no shift; write `$y - 1 year`"))?;
                Ok(Slot::Shifted { variable: self.variable(variable), amount, unit })
            }
        }
    }

    fn constant(&self, qualifier: Option<&crate::rules::vocabulary::Qualifier>, written: &str) -> Result<Slot, String> {
        if qualifier
            .is_some_and(|qualifier| qualifier.total.is_some_and(|total| self.vocabulary.names.word(total) == written))
        {
            return Ok(Slot::Absent);
        }
        match self.vocabulary.names.find(written) {
            Some(name) => Ok(Slot::Constant(name)),
            None => Err(format!("`{written}` is no word of the vocabulary")),
        }
    }

    fn conditions(&mut self, raw: &[RawCondition<'_>]) -> Result<Vec<Condition>, String> {
        let mut conditions = Vec::new();
        for condition in raw {
            if let RawCondition::Compare(left, relation, right) = condition {
                let find = |name: &str| {
                    let index = self.variables.iter().position(|known| &**known == name);
                    index.ok_or_else(|| format!("no term has the variable `${name}`"))
                };
                conditions.push(Condition { left: find(left)?, relation: *relation, right: find(right)? });
            }
        }
        Ok(conditions)
    }
}

fn binds(pattern: &Pattern, variable: Variable) -> bool {
    pattern.keys.iter().any(|(_, slot)| matches!(slot, Slot::Variable { variable: own, .. } if *own == variable))
}

/// `- 1 year`, `+ 2 quarters`.
fn parse_shift(text: &str) -> Option<(i64, CalendarUnit)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [sign, amount, unit] = words[..] else { return None };
    let amount: i64 = amount.parse::<u16>().ok()?.into();
    let (unit, months) = match unit.trim_end_matches('s') {
        "day" => (CalendarUnit::Day, 1),
        "month" => (CalendarUnit::Month, 1),
        "quarter" => (CalendarUnit::Month, 3),
        "half" => (CalendarUnit::Month, 6),
        "year" => (CalendarUnit::Year, 1),
        _ => return None,
    };
    match sign {
        "-" => Some((-amount * months, unit)),
        "+" => Some((amount * months, unit)),
        _ => None,
    }
}
