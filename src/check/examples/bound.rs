//! Examples of rules that are bound by name: claims without a measure, and a `[[check]]` over them.

use super::Failure;
use super::text::{ClaimFileText, claim_id};
use crate::rules::rule::{Example, Rule, Term};

/// A claim file for an example.
pub(super) fn text(rule: &Rule, example: &Example) -> Result<String, Failure> {
    let mut file = ClaimFileText::default();
    let mut terms = Vec::with_capacity(rule.terms.len());
    for term in &rule.terms {
        let values = values_of(term, example)?;
        let ids: Vec<String> =
            (0..values.len()).map(|index| claim_id(&term.name, term.is_set.then_some(index))).collect();
        for (id, value) in ids.iter().zip(values) {
            file.claim(id);
            file.key("value", value);
        }
        terms.push((&*term.name, ids));
    }
    file.check(&rule.id, &terms);
    Ok(file.finish())
}

/// The values that an example gives a term: one, or several for a set.
pub(super) fn values_of<'e>(term: &Term, example: &'e Example) -> Result<&'e [Box<str>], Failure> {
    let found = example.values.iter().find(|(name, _)| *name == term.name);
    let Some((_, values)) = found.filter(|(_, values)| !values.is_empty()) else {
        return Err(Failure::fit(format!("the example gives `{}` no value", term.name)));
    };
    if !term.is_set && values.len() > 1 {
        return Err(Failure::fit(format!("`{}` is one value, the example gives {}", term.name, values.len())));
    }
    Ok(values)
}
