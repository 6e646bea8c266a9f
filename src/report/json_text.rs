//! JSON as text in which nothing is obeyed, whoever prints it.
//!
//! What serde writes is right, but a bidi override or a control character of the upper half stands in it as it is, and
//! reaches the terminal of whoever looks at it. JSON can write each as an escape that means the same.

use serde::Serialize;

use super::visible::is_unsafe;

/// A value as indented JSON with a line end.
pub fn pretty(value: &impl Serialize) -> String {
    // own structs with keys that are strings cannot fail
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        // outside of strings there is nothing but ASCII, and inside no raw line end
        if letter != '\n' && is_unsafe(letter) {
            let mut units = [0; 2];
            letter.encode_utf16(&mut units).iter().for_each(|unit| safe.push_str(&format!("\\u{unit:04x}")));
        } else {
            safe.push(letter);
        }
    }
    safe.push('\n');
    safe
}

#[cfg(test)]
mod tests {
    #[test]
    fn means_the_same_and_shows_nothing_raw() {
        let text = "كم\u{202e}x\u{7f}\u{9b}\u{1b}[31m\u{e0041}\n\u{feff}\"";
        let json = super::pretty(&[text]);
        assert!(json.chars().all(|letter| letter == '\n' || !super::is_unsafe(letter)), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
    }
}
