//! Whether a share, its part and its whole fit, or would if one slip of the hand were mended: what misses by more was no
//! share of that whole.

use crate::extract::Mention;
use crate::figure::Number;
use crate::relate::digits::Digits;
use crate::relate::slip::Ends;

/// How a share stands to its part and its whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Holds,
    /// One slip in one of the three explains what is missing.
    Slipped,
    Else,
}

/// The ends of a figure that is stated without reservation.
pub(super) fn ends(mention: &Mention) -> Option<Ends> {
    Ends::of(mention).filter(|ends| ends.low.is_positive())
}

fn of_exactly(nominal: Number, like: &Ends) -> Ends {
    let half = &(&like.high - &like.low) * &Number::fraction(1, 2).unwrap_or(Number::ONE);
    Ends { low: &nominal - &half, high: &nominal + &half, nominal }
}

/// Whether hundredths of a whole can be its part.
pub(in crate::relate) fn is_share(share: &Ends, part: &Ends, whole: &Ends) -> bool {
    let hundred = Number::from(100);
    &share.low * &whole.low <= &part.high * &hundred && &part.low * &hundred <= &share.high * &whole.high
}

/// How a share stands to its part and its whole.
pub(super) fn fit(share: &Mention, part: &Mention, whole: &Mention) -> Option<Fit> {
    let (of_share, of_part, of_whole) = (ends(share)?, ends(part)?, ends(whole)?);
    if is_share(&of_share, &of_part, &of_whole) {
        return Some(Fit::Holds);
    }
    let mends = |mention: &Mention, ends: &Ends, fits: &dyn Fn(&Ends) -> bool| {
        let digits = Digits::of(mention).filter(|digits| digits.digits.len() > 1);
        digits.is_some_and(|digits| {
            digits.slips().map(|slip| of_exactly(slip, ends)).any(|slip| slip.low.is_positive() && fits(&slip))
        })
    };
    let is_mended = mends(share, &of_share, &|slip| is_share(slip, &of_part, &of_whole))
        || mends(part, &of_part, &|slip| is_share(&of_share, slip, &of_whole))
        || mends(whole, &of_whole, &|slip| is_share(&of_share, &of_part, slip));
    Some(if is_mended { Fit::Slipped } else { Fit::Else })
}
