//! Text from outside as text in Markdown: nothing in it formats, links, pings, or renders.
//!
//! Markdown punctuation becomes character references, which never begin markup. What a forge looks for after Markdown
//! is done (mentions, references to issues, bare addresses, formulas, emoji) works on runs of text, so the character
//! that would start it is put in an element of its own. Right-to-left runs are put in an element with `dir="auto"`,
//! which isolates them; `bdi`, made for this, is taken out by the sanitisers of GitHub and GitLab.

use crate::report::visible::{is_right_to_left, visible};

/// A text for a cell or a paragraph.
pub fn text(raw: &str) -> String {
    let visible = visible(raw);
    let letters: Vec<char> = visible.chars().collect();
    let mut markdown = String::with_capacity(visible.len() + 16);
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let run = right_to_left_run(rest);
        if run > 0 {
            markdown.push_str("<span dir=\"auto\">");
            (at..at + run).for_each(|index| push(&mut markdown, &letters, index));
            markdown.push_str("</span>");
            at += run;
        } else {
            push(&mut markdown, &letters, at);
            at += 1;
        }
    }
    markdown
}

/// The characters from a right-to-left one up to the last before anything from left to right; figures and marks
/// between are part of it.
fn right_to_left_run(letters: &[char]) -> usize {
    if !letters.first().copied().is_some_and(is_right_to_left) {
        return 0;
    }
    let until = letters.iter().position(|letter| letter.is_alphabetic() && !is_right_to_left(*letter));
    let reach = letters.get(..until.unwrap_or(letters.len())).unwrap_or_default();
    reach.iter().rposition(|letter| is_right_to_left(*letter)).map_or(0, |last| last + 1)
}

fn push(markdown: &mut String, letters: &[char], at: usize) {
    let Some(letter) = letters.get(at).copied() else { return };
    let next = letters.get(at + 1).copied();
    let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
    match letter {
        '&' if !starts_a_word(next) => markdown.push_str("&amp;"),
        '&' => markdown.push_str("<span>&amp;</span>"),
        '<' => markdown.push_str("&lt;"),
        '>' => markdown.push_str("&gt;"),
        '@' | '$' => markdown.push_str(&format!("<span>{letter}</span>")),
        // `:smile:`, and `://` of a bare address
        ':' if next.is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '+' | '-')) => {
            markdown.push_str("<span>:</span>");
        }
        '#' | '!' | '%' | '^' if starts_a_word(next) => markdown.push_str(&format!("<span>{letter}</span>")),
        // `www.` begins an address
        '.' if before.is_some_and(|before| matches!(before, 'w' | 'W')) => markdown.push_str("<span>.</span>"),
        '"' | '\'' | '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '#' | '!' | '^' => {
            markdown.push_str(&format!("&#{};", u32::from(letter)));
        }
        '-' | '+' | '=' if before.is_none() => markdown.push_str(&format!("&#{};", u32::from(letter))),
        letter => markdown.push(letter),
    }
}

/// Whether what follows could make a reference of a mark.
fn starts_a_word(next: Option<char>) -> bool {
    next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '_'))
}

/// A name as code in a cell.
pub fn code(raw: &str) -> String {
    format!("<code>{}</code>", text(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_formats() {
        assert_eq!(text("a | b"), "a &#124; b");
        assert_eq!(text("<img src=x>"), "&lt;img src=x&gt;");
        assert_eq!(text("`*_[x](y)"), "&#96;&#42;&#95;&#91;x&#93;(y)");
        assert_eq!(text("- a"), "&#45; a");
    }

    #[test]
    fn nothing_refers() {
        assert_eq!(text("@all"), "<span>@</span>all");
        assert_eq!(text("#2 is not #3"), "<span>#</span>2 is not <span>#</span>3");
        assert_eq!(text("http://x"), "http<span>:</span>//x");
        assert_eq!(text("www.x"), "www<span>.</span>x");
        assert_eq!(text("rule: 20 % (25%)"), "rule: 20 % (25%)");
    }

    #[test]
    fn arabic_is_isolated_with_its_figures() {
        assert_eq!(
            text("says (6,467) كم و 5 كم, not 5 km"),
            "says (6,467) <span dir=\"auto\">كم و 5 كم</span>, not 5 km"
        );
    }
}
