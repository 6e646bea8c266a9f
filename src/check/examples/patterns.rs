//! Examples of rules with patterns: one claim for each value, with the keys that the patterns ask for.

use super::Failure;
use super::bound::values_of;
use super::text::{ClaimFileText, claim_id};
use super::words::Words;
use crate::figure::Value;
use crate::rules::rule::{Example, Instance, Key, Pattern, Rule, Slot};
use crate::rules::vocabulary::{CURRENCY, PER_CURRENCY, Vocabulary};

/// A claim file for an example, by one instance of its rule.
pub(super) fn text(
    rule: &Rule,
    instance: &Instance,
    example: &Example,
    vocabulary: &Vocabulary,
) -> Result<String, Failure> {
    let mut terms = Vec::with_capacity(rule.terms.len());
    for (term, pattern) in rule.terms.iter().zip(&instance.patterns) {
        let values = values_of(term, example)?;
        values.iter().try_for_each(|value| fits(value, pattern, vocabulary))?;
        terms.push((term, pattern, values));
    }
    // values of an example that are no term's name variables: the day on which an age is reached
    let given = example.values.iter().filter(|(name, _)| !rule.terms.iter().any(|term| term.name == *name));
    let given: Vec<(&str, &str)> =
        given.filter_map(|(name, values)| Some((&**name, values.first()?.as_ref()))).collect();
    let words = Words::choose(instance, vocabulary, &given).map_err(Failure::keys)?;
    let mut file = ClaimFileText::default();
    for (term, pattern, values) in terms {
        for (index, value) in values.iter().enumerate() {
            file.claim(&claim_id(&term.name, term.is_set.then_some(index)));
            file.key("measure", &vocabulary.measure(pattern.measure).id);
            keys(&mut file, pattern, &words, index, vocabulary).map_err(Failure::keys)?;
            file.key("value", value);
        }
    }
    Ok(file.finish())
}

fn fits(value: &str, pattern: &Pattern, vocabulary: &Vocabulary) -> Result<(), Failure> {
    let measure = vocabulary.measure(pattern.measure);
    match Value::parse(value, Some(measure.dimension), &vocabulary.units) {
        Ok(parsed) if parsed.fits(measure.dimension, &vocabulary.units) => Ok(()),
        Ok(parsed) => {
            let dimension = parsed.dimension(&vocabulary.units);
            let reason = format!("`{value}` is {dimension}, and `{}`, for one, is {}", measure.id, measure.dimension);
            Err(Failure::fit(reason))
        }
        Err(error) => Err(Failure::fit(format!("`{value}`: {error}"))),
    }
}

/// Writes the subject and the qualifiers of a claim, the `index`-th of its term.
fn keys(
    file: &mut ClaimFileText,
    pattern: &Pattern,
    words: &Words,
    index: usize,
    vocabulary: &Vocabulary,
) -> Result<(), String> {
    for (key, slot) in &pattern.keys {
        let word = match slot {
            Slot::Constant(name) => Some(vocabulary.names.word(*name).to_owned()),
            Slot::Absent => None,
            Slot::Variable { variable, .. } => words.of(*variable).map(str::to_owned),
            Slot::Shifted { variable, amount, unit } => Some(words.shifted(*variable, *amount, *unit)?),
            Slot::Each => Some(words.member(*key, index, vocabulary)?),
        };
        let Some(word) = word else { continue };
        let is_subject = match key {
            Key::Subject => true,
            Key::Qualifier(id) => vocabulary.qualifier(*id).of == crate::rules::vocabulary::ValuesOf::Subject,
        };
        if is_subject && !vocabulary.is_subject(&word) {
            file.subject(&word);
        }
        match key {
            Key::Subject => file.key("subject", &word),
            Key::Qualifier(id) => {
                let qualifier = &*vocabulary.qualifier(*id).id;
                // the unit of the value says these
                if !matches!(qualifier, CURRENCY | PER_CURRENCY) {
                    file.key(qualifier, &word);
                }
            }
        }
    }
    Ok(())
}
