//! The forms of a word by which a text's words meet those of the vocabulary: without what a language writes as one with
//! it, and without the endings of case and number.
//!
//! Two words meet if they share a form. This is no grammar: it finds the same word in another case, not its relatives.

use crate::extract::{Folded, folded as fold};

/// Shorter stems say too little.
const SHORTEST: usize = 3;

/// Arabic words written as one with the next, the longest first.
const ARABIC_PREFIXES: [&str; 14] =
    ["وبال", "وكال", "فال", "وال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك"];
/// Pronouns and endings of number written as one with a noun.
const ARABIC_SUFFIXES: [&str; 8] = ["هما", "هم", "هن", "ها", "نا", "ون", "ين", "ه"];

/// Endings of Russian nouns; of the empty one there is always a form.
const NOUN_ENDINGS: [&str; 28] = [
    "ями", "ами", "ием", "иях", "иям", "ией", "ях", "ах", "ям", "ам", "ов", "ев", "ей", "ой", "ою", "ом", "ем", "ью",
    "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й",
];
/// Endings of Russian adjectives and participles.
const ADJECTIVE_ENDINGS: [&str; 24] = [
    "ыми", "ими", "ого", "его", "ому", "ему", "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ым", "им", "ом",
    "ем", "ую", "юю", "ых", "их", "ей",
];

/// The folded letters of a word; empty if it has none.
pub fn folded(word: &str) -> String {
    let letter = |letter: char| match fold(letter) {
        Folded::Letter(letter) => Some(letter),
        Folded::Digit(digit) => Some(char::from(b'0' + digit)),
        _ => None,
    };
    word.chars().filter_map(letter).collect()
}

/// The forms of a word of the vocabulary, which is folded.
pub fn of_vocabulary(word: &str, take: &mut impl FnMut(&str)) {
    take(word);
    match script(word) {
        Script::Arabic => {
            if let Some(bare) = word.strip_prefix("ال").filter(|bare| is_long(bare)) {
                take(bare);
            }
        }
        Script::Cyrillic => russian(word, take),
        Script::Other => english(word, take),
    }
}

/// The forms of a word of a text, which is folded.
pub fn of_text(word: &str, take: &mut impl FnMut(&str)) {
    take(word);
    match script(word) {
        Script::Arabic => arabic(word, take),
        Script::Cyrillic => russian(word, take),
        Script::Other => english(word, take),
    }
}

/// Whether two words of a text, which are folded, share a form.
pub fn meet(one: &str, other: &str) -> bool {
    let mut forms = Vec::new();
    of_text(one, &mut |form| forms.push(form.to_owned()));
    let mut found = false;
    of_text(other, &mut |form| found |= is_long(form) && forms.iter().any(|own| own == form));
    found
}

/// Whether a word has the Arabic article.
pub fn is_definite(word: &str) -> bool {
    ["ال", "وال", "بال", "كال", "فال", "لل", "ولل"].iter().any(|article| word.starts_with(article))
}

/// Whether a Russian name behind a preposition of place is where something goes and not where it is: `в Китай` and not
/// `в Китае`. A name in capitals has no endings.
pub fn is_goal(word: &str, folded: &str) -> bool {
    is_cyrillic(folded) && word.chars().any(char::is_lowercase) && !folded.ends_with(['е', 'и', 'х', 'о'])
}

/// Whether a folded word is in Cyrillic letters.
pub fn is_cyrillic(word: &str) -> bool {
    script(word) == Script::Cyrillic
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    Cyrillic,
    Other,
}

fn script(word: &str) -> Script {
    match word.chars().next() {
        Some('\u{600}'..='\u{6ff}') => Script::Arabic,
        Some('\u{400}'..='\u{4ff}') => Script::Cyrillic,
        _ => Script::Other,
    }
}

fn is_long(stem: &str) -> bool {
    stem.chars().count() >= SHORTEST
}

fn arabic(word: &str, take: &mut impl FnMut(&str)) {
    let mut bare = |stem: &str| {
        take(stem);
        for ending in ARABIC_SUFFIXES {
            let Some(short) = stem.strip_suffix(ending).filter(|short| is_long(short)) else { continue };
            take(short);
            // the feminine ending is written open before a pronoun
            if let Some(open) = short.strip_suffix('ت') {
                take(&format!("{open}ه"));
            }
        }
    };
    bare(word);
    // short words of grammar are joined with `and` too: `ومن`
    if let Some(short) = word.strip_prefix(['و', 'ف']).filter(|short| short.chars().count() == SHORTEST - 1) {
        bare(short);
    }
    for prefix in ARABIC_PREFIXES {
        if let Some(stem) = word.strip_prefix(prefix).filter(|stem| is_long(stem)) {
            bare(stem);
        }
    }
}

fn russian(word: &str, take: &mut impl FnMut(&str)) {
    if !is_long(word) || word.chars().count() == SHORTEST {
        return;
    }
    // what is marked so is a stem, and of which kind; no word ends in a digit
    let mut stems = |endings: &[&str], mark: char| {
        for stem in endings.iter().filter_map(|ending| word.strip_suffix(ending)).filter(|stem| is_long(stem)) {
            take(&format!("{stem}{mark}"));
        }
    };
    stems(&NOUN_ENDINGS, '1');
    stems(&ADJECTIVE_ENDINGS, '2');
    take(&format!("{word}1"));
}

fn english(word: &str, take: &mut impl FnMut(&str)) {
    if word.len() <= SHORTEST || !word.is_ascii() {
        return;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        take(&format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
        take(stem);
        if let Some(shorter) = stem.strip_suffix('e').filter(|shorter| shorter.ends_with(['s', 'x', 'z', 'h'])) {
            take(shorter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(vocabulary: &str, text: &str) -> bool {
        let mut forms = Vec::new();
        of_vocabulary(&folded(vocabulary), &mut |form| forms.push(form.to_owned()));
        let mut found = false;
        of_text(&folded(text), &mut |form| found |= forms.iter().any(|known| known == form));
        found
    }

    #[test]
    fn the_same_word_in_another_form_is_found() {
        let same = [
            ("exports", "export"),
            ("country", "countries"),
            ("صادرات", "وصادراتها"),
            ("مساحة", "مساحتها"),
            ("سكان", "السكان"),
            ("الصين", "للصين"),
            ("السعودية", "بالسعودية"),
            ("مسلم", "المسلمين"),
            ("население", "населения"),
            ("население", "населением"),
            ("Россия", "России"),
            ("Россия", "Россией"),
            ("Китай", "Китаем"),
            ("Казахстан", "Казахстаном"),
            ("российский", "российских"),
            ("Германия", "Германии"),
        ];
        for (vocabulary, text) in same {
            assert!(meet(vocabulary, text), "{vocabulary} {text}");
        }
    }

    #[test]
    fn its_relatives_are_other_words() {
        let others = [
            ("import", "importance"),
            ("население", "населённых"),
            ("экспорт", "экспортёры"),
            ("population", "popular"),
            ("США", "сша1"),
            ("Чад", "чадо"),
            ("port", "ports1"),
            ("صادرات", "صادر"),
        ];
        for (vocabulary, text) in others {
            assert!(!meet(vocabulary, text), "{vocabulary} {text}");
        }
    }
}
