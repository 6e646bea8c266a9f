//! How characters compare: what a reader takes for the same letter is the same letter here.
//!
//! Vowel marks, tatweel and the invisible marks of direction vanish, the forms of alef, yeh and kaf become one, capitals
//! become small, digits of every script become their values. Nothing is ever replaced in the text itself, so offsets stay
//! those of the original. Superscripts are left alone: `10²` is not 102. The build script uses this module too, so that
//! the words of the language packs and the words of a text are folded alike.

/// What a character is to the reader of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// A letter, in the form by which words are compared.
    Letter(char),
    /// A decimal digit.
    Digit(u8),
    /// Part of whatever surrounds it, and of no meaning: vowel marks, bidi controls, soft hyphens.
    Nothing,
    /// A blank of any width; `true` where it ends a line.
    Blank(bool),
    /// Anything else: punctuation and signs.
    Mark(char),
}

impl Folded {
    /// In one number, as tables keep it.
    #[allow(dead_code, reason = "the build script writes the table, the program reads it")]
    pub fn packed(self) -> u32 {
        match self {
            Folded::Letter(letter) => letter as u32,
            Folded::Digit(digit) => 1 << 24 | u32::from(digit),
            Folded::Nothing => 2 << 24,
            Folded::Blank(line) => 3 << 24 | u32::from(line),
            Folded::Mark(mark) => 4 << 24 | mark as u32,
        }
    }

    /// From such a number.
    #[allow(dead_code, reason = "the program reads the table that the build script writes")]
    pub fn unpacked(packed: u32) -> Folded {
        let rest = packed & 0x00ff_ffff;
        let letter = char::from_u32(rest).unwrap_or('\0');
        match packed >> 24 {
            0 => Folded::Letter(letter),
            1 => Folded::Digit(rest as u8),
            2 => Folded::Nothing,
            3 => Folded::Blank(rest == 1),
            _ => Folded::Mark(letter),
        }
    }
}

/// Folds one character.
pub fn fold(letter: char) -> Folded {
    match letter {
        'a'..='z' => Folded::Letter(letter),
        'A'..='Z' => Folded::Letter(letter.to_ascii_lowercase()),
        '0'..='9' => Folded::Digit(letter as u8 - b'0'),
        ' ' | '\t' => Folded::Blank(false),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Folded::Blank(true),
        '\0'..='\u{7f}' => Folded::Mark(letter),
        _ => fold_beyond_ascii(letter),
    }
}

fn fold_beyond_ascii(letter: char) -> Folded {
    let code = letter as u32;
    match letter {
        '\u{660}'..='\u{669}' => Folded::Digit((code - 0x660) as u8),
        '\u{6f0}'..='\u{6f9}' => Folded::Digit((code - 0x6f0) as u8),
        '\u{ff10}'..='\u{ff19}' => Folded::Digit((code - 0xff10) as u8),
        'أ' | 'إ' | 'آ' | 'ٱ' => Folded::Letter('ا'),
        'ى' | 'ی' | 'ې' | 'ئ' => Folded::Letter('ي'),
        'ؤ' => Folded::Letter('و'),
        'ک' | 'ڪ' => Folded::Letter('ك'),
        'ة' | 'ۀ' | 'ہ' | 'ە' | 'ھ' => Folded::Letter('ه'),
        // vowel marks, the dagger alef, tatweel, marks of recitation
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' => {
            Folded::Nothing
        }
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => Folded::Nothing,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => Folded::Nothing,
        // combining accents, and the stress marks of dictionaries
        '\u{300}'..='\u{36f}' => Folded::Nothing,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Folded::Blank(false),
        'ё' | 'Ё' => Folded::Letter('е'),
        'а'..='я' | 'ء'..='ي' => Folded::Letter(letter),
        'А'..='Я' => Folded::Letter(char::from_u32(code + 32).unwrap_or(letter)),
        // the two dashes and the minus of mathematics read like their ASCII kin
        '\u{2010}' | '\u{2011}' => Folded::Mark('-'),
        '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Folded::Mark('−'),
        '٪' | '\u{ff05}' => Folded::Mark('%'),
        '\u{2019}' | '\u{2bc}' => Folded::Mark('\''),
        '٬' | '،' => Folded::Mark(letter),
        'µ' => Folded::Letter('μ'),
        _ if letter.is_alphabetic() && !is_raised(letter) => {
            Folded::Letter(letter.to_lowercase().next().unwrap_or(letter))
        }
        _ if letter.is_whitespace() => Folded::Blank(false),
        _ => Folded::Mark(letter),
    }
}

/// Small letters above the line, which Unicode counts among the letters.
fn is_raised(letter: char) -> bool {
    matches!(letter, 'ª' | 'º' | 'ⁿ' | 'ⁱ')
}

/// The hash by which words are found. It is fed one folded letter at a time, so that no folded copy is needed.
#[derive(Clone, Copy, Debug)]
pub struct WordHash(u32);

impl WordHash {
    /// The hash of no letters.
    pub const EMPTY: WordHash = WordHash(0x811c_9dc5);

    /// One letter more.
    pub fn with(self, letter: char) -> WordHash {
        WordHash((self.0 ^ letter as u32).wrapping_mul(0x0100_0193).rotate_left(5))
    }

    /// The hash, its bits well mixed.
    pub fn finish(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        mixed ^ (mixed >> 13)
    }
}
