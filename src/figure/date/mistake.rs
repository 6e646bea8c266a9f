//! Advice on common ways of writing dates that are not read, because they are ambiguous or prose.

use super::calendar;

/// What to write instead of a date with its fields in another order, joined otherwise, or without
/// their zeros: both readings of `12/05/2020`, the one reading of `20200512`, `2020/5/12` and
/// `17.05.1993`. `None` if the text is not like that.
pub(super) fn year_first(text: &str) -> Option<String> {
    let dates = match fields(text)? {
        [year, month, day] if year.len() == 4 => vec![iso_date(year, month, day)],
        [one, other, year] if year.len() == 4 => {
            vec![iso_date(year, other, one), iso_date(year, one, other)]
        }
        _ => return None,
    };
    let mut dates: Vec<String> = dates.into_iter().flatten().collect();
    dates.dedup();
    (!dates.is_empty()).then(|| format!("write {}", dates.join(" or ")))
}

/// The three numbers of a date that is not in the form `2020-05-12`.
fn fields(text: &str) -> Option<[&str; 3]> {
    let is_number = |field: &str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    if text.len() == 8 && is_number(text) {
        return Some([text.get(..4)?, text.get(4..6)?, text.get(6..)?]);
    }
    ['/', '.', '-'].into_iter().find_map(|separator| {
        let fields: Vec<&str> = text.split(separator).map(str::trim).collect();
        let fields: [&str; 3] = fields.try_into().ok()?;
        let canonical = separator == '-' && fields.map(str::len) == [4, 2, 2];
        (!canonical && fields.into_iter().all(is_number)).then_some(fields)
    })
}

/// The date as it should be written, if it exists.
fn iso_date(year: &str, month: &str, day: &str) -> Option<String> {
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let exists = calendar::from_gregorian(year.parse().ok()?, month, day).is_some();
    exists.then(|| format!("`{year}-{month:02}-{day:02}`"))
}

/// What to write instead of a word that follows a year.
pub(super) fn era(word: &str) -> Option<&'static str> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is("BC") || is("BCE") {
        Some("years before year 0, which is 1 BCE, are negative: 44 BCE is `-0043`")
    } else if is("AD") || is("CE") {
        Some("write the year alone, in four digits")
    } else if is("AH") {
        Some("write `hijri 1446`")
    } else {
        None
    }
}

/// What is wrong with a character that is not ASCII, and what to write instead.
pub(super) fn foreign_character(character: char) -> (String, Option<String>) {
    if let Some(digit) = arabic_digit(character) {
        let message = format!("dates are written in ASCII digits, not `{character}`");
        return (message, Some(format!("write `{digit}`")));
    }
    let help = match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => {
            Some("write `-` within a date, `..` for an unknown day between two, `/` for a period")
        }
        '\u{2026}' => Some("write two dots: `..`"),
        _ => None,
    };
    let message = format!("dates are written in ASCII, without `{}`", character.escape_debug());
    (message, help.map(str::to_owned))
}

/// The value of a digit as written in Arabic (`٣`) or Persian and Urdu (`۳`).
fn arabic_digit(character: char) -> Option<u32> {
    let zero = match character {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        _ => return None,
    };
    Some(u32::from(character) - zero)
}
