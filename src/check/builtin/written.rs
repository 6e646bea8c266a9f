//! Reading the digits of a figure as a text writes it: just enough to hold them against a value.
//!
//! This is no extraction. It finds runs of digits with the marks inside them, in Arabic, Persian or European digits,
//! and says which marks there are; what they mean is for the rules that ask.

/// A run of digits with marks inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The digits alone, as 0 to 9.
    pub digits: String,
    /// The marks between them: the sign, and how many digits stand before and after it.
    pub marks: Vec<(char, usize, usize)>,
}

impl Run {
    /// The number of digits after the last mark.
    pub fn after_last_mark(&self) -> Option<(char, usize)> {
        self.marks.last().map(|(mark, _, after)| (*mark, *after))
    }

    /// The digits without zeros at either end, by which figures in different scales are compared.
    pub fn significant(&self) -> &str {
        significant(&self.digits)
    }
}

/// Digits without leading and trailing zeros; `0` for nothing else.
pub(super) fn significant(digits: &str) -> &str {
    let trimmed = digits.trim_start_matches('0').trim_end_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

/// The runs of a text.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut letters = text.chars().filter(|letter| !is_invisible(*letter)).peekable();
    while let Some(letter) = letters.next() {
        let Some(first) = digit(letter) else { continue };
        let mut run = Run { digits: first.to_string(), marks: Vec::new() };
        let mut before = 1;
        while let Some(next) = letters.peek().copied() {
            if let Some(digit) = digit(next) {
                run.digits.push(digit);
                before += 1;
                letters.next();
                continue;
            }
            let mut ahead = letters.clone();
            ahead.next();
            let following = ahead.clone().take_while(|letter| digit(*letter).is_some()).count();
            // a plain blank parts thousands only before a whole group of them
            let is_mark = if next == ' ' { following == 3 } else { following > 0 && is_mark(next) };
            if !is_mark {
                break;
            }
            run.marks.push((next, before, 0));
            before = 0;
            letters.next();
        }
        fill_after(&mut run);
        runs.push(run);
    }
    runs
}

/// How many digits follow each mark.
fn fill_after(run: &mut Run) {
    let total = run.digits.chars().count();
    let mut seen = 0;
    for index in 0..run.marks.len() {
        seen += run.marks[index].1;
        let next = run.marks.get(index + 1).map_or(total - seen, |(_, before, _)| *before);
        run.marks[index].2 = next;
    }
}

fn digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => letter as u32 - '0' as u32,
        '٠'..='٩' => letter as u32 - '٠' as u32,
        '۰'..='۹' => letter as u32 - '۰' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Marks that stand inside a number: point, commas, the Arabic marks, a letter that looks like one, blanks.
fn is_mark(letter: char) -> bool {
    matches!(letter, '.' | ',' | '٫' | '٬' | '،' | 'ر' | '\u{a0}' | '\u{202f}' | '\'' | '’')
}

/// Marks of direction and width that may stand anywhere, and the tatweel.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | 'ـ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_digits_of_every_script_with_their_marks() {
        let found = runs("(14,030) مليار، ٢٥٫٩٪ و۱۲");
        let digits: Vec<&str> = found.iter().map(|run| run.digits.as_str()).collect();
        assert_eq!(digits, ["14030", "259", "12"]);
        assert_eq!(found[0].marks, [(',', 2, 3)]);
        assert_eq!(found[1].after_last_mark(), Some(('٫', 1)));
        assert_eq!(runs("2,725,000")[0].marks, [(',', 1, 3), (',', 3, 3)]);
        assert_eq!(runs("\u{202a}6\u{200f},467")[0].digits, "6467");
        assert_eq!(runs("10 467 366 человек")[0].digits, "10467366");
        assert_eq!(runs("12 стран 2020 2021").len(), 3);
        assert_eq!(significant("0002725000"), "2725");
    }
}
