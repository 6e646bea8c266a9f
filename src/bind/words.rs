//! A text as words, with the marks between them that divide sentences and clauses.

use super::forms;

/// A word of a text.
#[derive(Clone, Debug)]
pub struct Word<'t> {
    pub text: &'t str,
    /// Its letters as words are compared.
    pub folded: String,
    pub start: usize,
    pub end: usize,
    /// Whether it begins with a capital.
    pub is_capital: bool,
    /// Whether a mark stands between it and the word before it.
    pub is_after_mark: bool,
    /// Whether a stroke alone does: another name of the same thing.
    pub is_after_slash: bool,
    /// Counted from the start of the text.
    pub sentence: u32,
    /// Counted from the start of the text.
    pub clause: u32,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let (mut sentence, mut clause, mut is_after_mark, mut is_after_slash) = (0, 0, false, false);
    // a point that may end a sentence; the next word says whether it does
    let mut stop = false;
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if !is_of_word(letter) {
            let is_initial = letter == '.'
                && found
                    .last()
                    .is_some_and(|word| word.is_capital && word.end == start && word.text.chars().count() == 1);
            is_after_mark |= !letter.is_whitespace()
                && !is_initial
                && letter != '-'
                && letter != '\u{2010}'
                && letter != '\u{2011}'
                && !is_quote(letter);
            is_after_slash = letter == '/';
            let next = letters.peek().map(|(_, next)| *next);
            match letter {
                // an initial or a letter of an abbreviation: `J. Smith`, `U.S. exports`
                '.' if is_initial => {}
                '.' if next.is_none_or(char::is_whitespace) => stop = true,
                '!' | '?' | '؟' | '…' => (sentence, clause) = (sentence + 1, clause + 1),
                ';' | '؛' => clause += 1,
                ',' | '،' if next.is_none_or(|next| !next.is_numeric()) => clause += 1,
                _ => {}
            }
            continue;
        }
        let mut end = start + letter.len_utf8();
        while let Some((at, next)) = letters.peek().copied() {
            // `US-led` is one word, and not the US
            let joins =
                next == '-' && text[at + 1..].starts_with(char::is_alphabetic) && !word_is_figure(&text[start..end]);
            if !is_of_word(next) && !joins {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        let word = &text[start..end];
        if stop {
            let has_case = letter.is_uppercase() || letter.is_lowercase();
            if !has_case || letter.is_uppercase() {
                (sentence, clause) = (sentence + 1, clause + 1);
            }
            stop = false;
        }
        let is_capital = letter.is_uppercase();
        found.push(Word {
            text: word,
            folded: forms::folded(word),
            start,
            end,
            is_capital,
            is_after_mark,
            is_after_slash,
            sentence,
            clause,
        });
        is_after_mark = false;
        is_after_slash = false;
    }
    found.retain(|word| !word.folded.is_empty());
    found
}

fn word_is_figure(word: &str) -> bool {
    word.starts_with(|first: char| first.is_numeric())
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}' | '\u{301}')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '«' | '»' | '\u{201c}' | '\u{201d}' | '\'' | '\u{2019}')
}
