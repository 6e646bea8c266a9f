//! Patterns and conditions in words: which facts a term speaks of.

use super::written::{Written, WrittenTerm};
use crate::rules::Vocabulary;

/// What a term stands for, in one sentence without a full stop.
pub(super) fn term(term: &WrittenTerm, vocabulary: &Vocabulary) -> String {
    let Some(measure) = &term.measure else {
        return if term.is_set { "a list of claims".to_owned() } else { "one claim".to_owned() };
    };
    let keys: Vec<String> = term.keys.iter().map(|(name, value)| key(name, value)).collect();
    let mut words = self::measure(measure, vocabulary);
    for part in keys {
        words.push_str("; ");
        words.push_str(&part);
    }
    words
}

fn measure(written: &str, vocabulary: &Vocabulary) -> String {
    match written.strip_prefix('$').map(|variable| variable.split_once('.')) {
        Some(None) => format!("any measure `{written}`"),
        Some(Some((variable, facet))) => format!("the `{facet}` of any measure `${variable}`"),
        None => {
            let summary = vocabulary.measure_id(written).and_then(|id| vocabulary.measure(id).summary.as_deref());
            match summary {
                Some(summary) => format!("`{written}` ({})", lowered(summary)),
                None => format!("`{written}`"),
            }
        }
    }
}

/// `partner` = `"*"` and the like.
fn key(name: &str, value: &str) -> String {
    if name.starts_with('$') && !matches!(value, "*" | "total" | "unstated") {
        return format!("any qualifier `{name}` is {}", quoted(value));
    }
    match value {
        "*" => format!("every `{name}` that is stated, as a set"),
        "total" => format!("all of `{name}` together"),
        "unstated" => format!("`{name}` is left unsaid"),
        _ => match value.strip_prefix('$').and_then(|variable| variable.split_once(' ')) {
            Some((variable, shift)) => format!("`{name}` is {}", shifted(variable, shift)),
            None => format!("`{name}` is {}", quoted(value)),
        },
    }
}

fn quoted(value: &str) -> String {
    format!("`{value}`")
}

/// `- 1 year` in words.
fn shifted(variable: &str, shift: &str) -> String {
    let (sign, amount) = shift.trim().split_at(1);
    let relation = if sign == "-" { "before" } else { "after" };
    format!("{} {relation} `${variable}`", amount.trim())
}

/// A `where` condition in words, one sentence for each part.
pub(super) fn conditions(written: &Written) -> Vec<String> {
    let Some(text) = &written.conditions else { return Vec::new() };
    text.split(" and ").map(|part| condition(part.trim())).collect()
}

fn condition(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [left, relation, right] = words[..] else { return format!("`{text}`") };
    match relation {
        "is" => format!("`{left}` is tagged `{right}`"),
        "=" => format!("`{left}` and `{right}` are the same"),
        "!=" => format!("`{left}` and `{right}` differ"),
        "<" => format!("of two mirrored matches only the one with `{left}` before `{right}` is taken"),
        "within" => format!("the period `{left}` lies within `{right}`"),
        _ => format!("`{text}`"),
    }
}

/// A summary in the middle of a sentence.
fn lowered(summary: &str) -> String {
    let mut letters = summary.chars();
    let second_is_capital = summary.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_capital => first.to_lowercase().chain(letters).collect(),
        _ => summary.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_conditions_read_as_sentences() {
        assert_eq!(key("partner", "*"), "every `partner` that is stated, as a set");
        assert_eq!(key("$q", "total"), "all of `$q` together");
        assert_eq!(key("$q", "$v"), "any qualifier `$q` is `$v`");
        assert_eq!(key("period", "$y - 1 year"), "`period` is 1 year before `$y`");
        assert_eq!(key("period", "$y + 2 quarters"), "`period` is 2 quarters after `$y`");
        assert_eq!(condition("$m is flow"), "`$m` is tagged `flow`");
        assert_eq!(condition("$p within $q"), "the period `$p` lies within `$q`");
    }
}
