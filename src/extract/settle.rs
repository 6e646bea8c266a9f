//! What only the whole document can settle: whether `14,030` is fourteen thousand.
//!
//! Every number whose marks leave no doubt says how the document writes thousands and decimals. Where all of them agree,
//! the doubtful ones follow; where they do not, or where there are none, the other reading stays beside the first.

use super::mention::Mention;
use super::pack::Packs;

/// How often a mark was surely one thing or the other.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    decimal: usize,
    thousands: usize,
}

/// What one text says of its marks: the comma, the point, the Arabic comma.
type Marks = [Evidence; 3];

/// Settles the doubtful numbers of one document. A text in two languages may write them in two ways, so a number goes by
/// what stands in its own language, and where that is silent by what stands in others that have the same decimal mark.
pub(super) fn settle(mentions: &mut [Mention], packs: &Packs) {
    let languages = packs.languages();
    let mut of_alike: [Marks; 2] = Default::default();
    let alike = |language: usize| usize::from(languages[language].decimal == ',');
    let mut of_language: Vec<Marks> = vec![Marks::default(); languages.len()];
    for mention in mentions.iter() {
        let Some(mark) = mention.mark.filter(|mark| mark.is_certain) else { continue };
        let Some(index) = index(mark.letter) else { continue };
        let language = usize::from(mention.language);
        for marks in [&mut of_alike[alike(language)], &mut of_language[language]] {
            let own = &mut marks[index];
            *(if mark.is_decimal { &mut own.decimal } else { &mut own.thousands }) += 1;
        }
    }
    turn(mentions);
    for mention in mentions.iter_mut() {
        let Some(mark) = mention.mark.filter(|mark| !mark.is_certain) else { continue };
        if mention.alternatives.is_empty() {
            continue;
        }
        let language = usize::from(mention.language);
        let own = said(&of_language[language], mark.letter);
        let says_decimal = own.or_else(|| said(&of_alike[alike(language)], mark.letter));
        // thousands of milliards are written out by nobody
        let is_decimal = mention.is_scaled_far || says_decimal.unwrap_or(mark.is_decimal);
        if is_decimal != mark.is_decimal
            && let Some(first) = mention.alternatives.first_mut()
        {
            std::mem::swap(&mut first.figure, &mut mention.figure);
        }
        if says_decimal == Some(is_decimal) {
            mention.alternatives.clear();
        }
    }
}

/// Settles on which side of the letter `ر` the decimals stand: `2ر30` for 30.2, or `30ر2`. Decimals are mostly fewer than the
/// digits before them, and one text writes all its numbers in one way.
fn turn(mentions: &mut [Mention]) {
    let sides = |mention: &Mention| {
        mention.mark.filter(|mark| mark.letter == DECIMAL_LETTER)?;
        match *mention.digit_groups() {
            [left, right] => Some((left, right)),
            // of the groups of thousands the first is the short one
            [first, .., last] => Some((last, first)),
            _ => None,
        }
    };
    let (mut turned, mut plain) = (0, 0);
    for (left, right) in mentions.iter().filter_map(sides) {
        turned += usize::from(left < right);
        plain += usize::from(left > right);
    }
    if (turned > 0) == (plain > 0) {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| sides(mention).is_some()) {
        if turned > 0
            && let Some(first) = mention.alternatives.first_mut()
        {
            std::mem::swap(&mut first.figure, &mut mention.figure);
        }
        mention.alternatives.clear();
    }
}

/// The letter that some typesetters write for the Arabic decimal comma.
pub(super) const DECIMAL_LETTER: char = 'ر';

/// Whether a mark stands before decimals, as far as the evidence goes.
fn said(evidence: &Marks, mark: char) -> Option<bool> {
    // a mark that is certainly the one thing makes the other mark the other thing
    let [comma, point, arabic] = *evidence;
    let (own, rival) = match mark {
        ',' => (comma, point),
        '.' => (point, comma),
        _ => (arabic, Evidence::default()),
    };
    let says_decimal = own.decimal > 0 || (own.thousands == 0 && rival.thousands > 0 && rival.decimal == 0);
    let says_thousands = own.thousands > 0 || (own.decimal == 0 && rival.decimal > 0 && rival.thousands == 0);
    (says_decimal != says_thousands).then_some(says_decimal)
}

fn index(mark: char) -> Option<usize> {
    match mark {
        ',' => Some(0),
        '.' => Some(1),
        '،' => Some(2),
        _ => None,
    }
}
