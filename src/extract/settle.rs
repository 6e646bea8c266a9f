//! What only the whole document can settle: whether `14,030` is fourteen thousand.
//!
//! Every number whose marks leave no doubt says how the document writes thousands and decimals. Where all of them agree,
//! the doubtful ones follow; where they do not, or where there are none, the other reading stays beside the first.

use super::mention::Mention;

/// How often a mark was surely one thing or the other.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    decimal: usize,
    thousands: usize,
}

/// Settles the doubtful numbers of one document.
pub(super) fn settle(mentions: &mut [Mention]) {
    let mut evidence = [Evidence::default(); 3];
    for mark in mentions.iter().filter_map(|mention| mention.mark).filter(|mark| mark.is_certain) {
        let Some(index) = index(mark.letter) else { continue };
        let own = &mut evidence[index];
        *(if mark.is_decimal { &mut own.decimal } else { &mut own.thousands }) += 1;
    }
    // a mark that is certainly the one thing makes the other mark the other thing
    let (comma, point) = (evidence[0], evidence[1]);
    for mention in mentions.iter_mut() {
        let Some(mark) = mention.mark.filter(|mark| !mark.is_certain) else { continue };
        if mention.alternatives.is_empty() {
            continue;
        }
        let (own, rival) = match mark.letter {
            ',' => (comma, point),
            '.' => (point, comma),
            _ => (evidence[2], Evidence::default()),
        };
        let says_decimal = own.decimal > 0 || (own.thousands == 0 && rival.thousands > 0 && rival.decimal == 0);
        let says_thousands = own.thousands > 0 || (own.decimal == 0 && rival.decimal > 0 && rival.thousands == 0);
        // thousands of milliards are written out by nobody
        let is_decimal = if mention.is_scaled_far {
            true
        } else if says_decimal != says_thousands {
            says_decimal
        } else {
            mark.is_decimal
        };
        if is_decimal != mark.is_decimal
            && let Some(first) = mention.alternatives.first_mut()
        {
            std::mem::swap(&mut first.figure, &mut mention.figure);
        }
        if says_decimal != says_thousands && says_decimal == is_decimal {
            mention.alternatives.clear();
        }
    }
}

fn index(mark: char) -> Option<usize> {
    match mark {
        ',' => Some(0),
        '.' => Some(1),
        '،' => Some(2),
        _ => None,
    }
}
