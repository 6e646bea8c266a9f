//! Periods as qualifier values: two ways to write the same days are one period.

use super::FileReader;
use crate::document::Span;
use crate::figure::{Dimension, Value};
use crate::rules::Name;
use crate::rules::periods;

impl FileReader<'_, '_> {
    /// The name of a period, by its days: `2018-Q1` and `2018-01/2018-03` are one.
    pub(super) fn period(&mut self, word: &str, span: Span) -> Option<Name> {
        if let Some(name) = self.batch.periods.get(word) {
            return Some(*name);
        }
        let parsed = Value::parse(word, Some(Dimension::Period), &self.rules.vocabulary.units);
        let days = match &parsed {
            Ok(value) => periods::days_of(value),
            Err(error) => {
                self.problem(span.part(1 + error.start, 1 + error.end), error.message.clone(), error.help.clone());
                return None;
            }
        };
        let Some(days) = days else {
            let help = Some("write a year, a part of one or two ends: `2020`, `2018-H1`, `2005/2018-07`".to_owned());
            self.problem(span, format!("`{word}` is no period"), help);
            return None;
        };
        let name = self.batch.names_intern(&periods::name(days), self.rules);
        self.batch.periods.insert(word.into(), name);
        Some(name)
    }
}
