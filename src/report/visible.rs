//! Text from outside on its way to a terminal: nothing in it is obeyed, and its width is known.
//!
//! Claims, paths, documents and messages come from anybody. A control character moves the cursor or opens a link, a
//! bidi override shows another order than the one that is there, an invisible character hides a difference. Each is
//! shown as something that can be seen. What a script needs (joiners, combining marks, direction marks) is left alone.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// How a text reads once every character that a terminal would obey has been made visible.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    text.chars().for_each(|letter| push_visible(&mut shown, letter));
    Cow::Owned(shown)
}

/// Adds a character, or what stands for it.
pub fn push_visible(shown: &mut String, letter: char) {
    match letter {
        '\t' => shown.push(' '),
        '\u{7f}' => shown.push('\u{2421}'),
        // the control pictures stand in the order of the controls
        '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + u32::from(letter))),
        '\u{80}'..='\u{9f}' => shown.push('\u{fffd}'),
        letter if is_unsafe(letter) => shown.extend(letter.escape_unicode()),
        letter => shown.push(letter),
    }
}

/// Whether a character is obeyed, or hides something.
pub fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{202a}'..='\u{202e}' // embeddings and overrides
            | '\u{2066}'..='\u{206f}' // isolates; deprecated format characters
            | '\u{2028}' | '\u{2029}' // line and paragraph separator
            | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}' // invisible
            | '\u{fff9}'..='\u{fffb}' // annotations
            | '\u{fffe}' | '\u{ffff}' // no characters at all; XML cannot hold them
            | '\u{fe00}'..='\u{fe0d}' // variation selectors that no emoji uses
            | '\u{e0000}'..='\u{e0fff}' // tags and further selectors
        )
}

/// Whether a character makes a terminal with bidi reorder its line.
pub fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' // Hebrew, Arabic, Syriac, Thaana, N'Ko and their extensions
        | '\u{200f}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' // presentation forms
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

/// Columns of a text as terminals count them: character by character.
pub fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

pub fn width_of(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// Breaks a text at blanks so that each line fits; a word wider than a line stays whole.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let wide = width(word);
        if used > 0 && used + 1 + wide > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(visible("a\x1b[31mb\u{7f}\u{9b}c\nd\0"), "a␛[31mb␡\u{fffd}c␊d␀");
        assert_eq!(visible("x\u{202e}y\u{2066}z\u{200b}"), "x\\u{202e}y\\u{2066}z\\u{200b}");
    }

    #[test]
    fn scripts_keep_what_they_need() {
        for text in ["كم\u{200c}ها", "e\u{301}", "👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}", "لا", "a\u{200f}b"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn wraps_at_blanks_only() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 3), ["unbreakable"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
