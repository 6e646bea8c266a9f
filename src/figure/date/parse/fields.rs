//! The fields of a date: year, decade, century, and what may follow a year.

use super::super::calendar::{self, YEAR_LIMIT, YearText};
use super::super::shift::year_in_range;
use super::super::span::{Calendar, Division, Part, Span};
use super::super::{LiteralError, mistake};
use super::Fragment;

/// Reads the fields of a date in the calendar given; a day does not have a part.
pub(super) fn span(body: Fragment<'_>, calendar: Calendar, part: Part) -> Result<Span, LiteralError> {
    if body.text.is_empty() {
        return Err(body.error("a date is missing"));
    }
    if let Some(help) = mistake::year_first(body.text) {
        let message = "a date is year, month and day, joined by `-`, in 4, 2 and 2 digits";
        return Err(body.error_with_help(message, help));
    }
    if body.text.ends_with(['~', '?', '%']) {
        let message = "a mark for approximate or uncertain dates is not possible here";
        return Err(body.error_with_help(message, "write the interval that is meant"));
    }
    if let Some(more) = body.text.strip_prefix("XXXX-").or_else(|| body.text.strip_prefix("xxxx-")) {
        return yearly(body.ending(more), calendar, part);
    }
    let span = match body.text.strip_prefix(['C', 'c']) {
        Some(number) => century(body, body.ending(number), part)?,
        None if body.text.ends_with('s') => named_decade(body, part)?,
        None => year_and_more(body, calendar, part)?,
    };
    match span {
        Span::Day { .. } | Span::Yearly { .. } | Span::Month { .. } | Span::Year { .. } => Ok(span),
        _ if calendar == Calendar::Gregorian => Ok(span),
        _ => Err(body.error("a julian or hijri date is a year, a month or a day")),
    }
}

/// Reads the month and day of a year that is not said.
fn yearly(more: Fragment<'_>, calendar: Calendar, part: Part) -> Result<Span, LiteralError> {
    if part != Part::Whole {
        return Err(more.error("early, mid and late need a year"));
    }
    // a leap year has every day that there is
    const LEAP_YEAR: i32 = 2000;
    match more.split("-") {
        Some((month, day)) => match day_of_month(calendar, LEAP_YEAR, month, day)? {
            Span::Day { month, day, .. } => Ok(Span::Yearly { calendar, month, day }),
            other => Ok(other),
        },
        None => match two_digits(more, "month")? {
            month @ 1..=12 => Ok(Span::Yearly { calendar, month, day: 0 }),
            other => Err(more.error(format!("there is no month {other}"))),
        },
    }
}

fn century(body: Fragment<'_>, number: Fragment<'_>, part: Part) -> Result<Span, LiteralError> {
    let digits = number.text.strip_prefix('-');
    let before_common_era = digits.is_some();
    let digits = digits.unwrap_or(number.text);
    let Some(number) = digits_value(digits) else {
        let help = "`C06` is the 6th century, 501 to 600; `C-01` the first BCE";
        return Err(body.error_with_help("a century is `C` and its number", help));
    };
    if number == 0 {
        return Err(body.error_with_help("there is no century 0", "the first is `C01` or `C-01`"));
    }
    if number > YEAR_LIMIT / 100 {
        return Err(year_out_of_range(body));
    }
    let index = if before_common_era { -number } else { number - 1 };
    let index = i32::try_from(index).map_err(|_| year_out_of_range(body))?;
    Ok(Span::Century { part, index })
}

/// Reads `1990s`. Of `1900s` it is not known whether ten or a hundred years are meant.
fn named_decade(body: Fragment<'_>, part: Part) -> Result<Span, LiteralError> {
    let digits = body.text.strip_suffix("0s").filter(|digits| digits.len() == 3);
    let Some(leading) = digits.and_then(digits_value).and_then(|value| value.try_into().ok()) else {
        let help = "write `199X` or `1990s`";
        return Err(body.error_with_help("a decade is its first three digits and `X`", help));
    };
    if leading % 10 == 0 {
        let help = format!("write `{leading:03}X` for ten years, `{:02}XX` for 100", leading / 10);
        return Err(body.error_with_help("this may be a decade or a century", help));
    }
    Ok(Span::Decade { part, leading })
}

fn year_and_more(body: Fragment<'_>, calendar: Calendar, part: Part) -> Result<Span, LiteralError> {
    let (year_field, more) = split_year(body);
    let (year, masked_digits) = year(year_field)?;
    if masked_digits > 0 {
        return match more {
            Some(more) => Err(more.error("nothing can follow a decade or century")),
            None if masked_digits == 1 => Ok(Span::Decade { part, leading: year }),
            None => Ok(Span::Hundred { part, leading: year }),
        };
    }
    if year_in_range(calendar, year.into()).is_none() {
        return Err(year_field.error("hijri years are counted from 1"));
    }
    match more {
        None => Ok(Span::Year { calendar, part, year }),
        Some(more) => match more.split("-") {
            Some((month, day)) => day_of_month(calendar, year, month, day),
            None => part_of_year(calendar, part, year, more),
        },
    }
}

/// Splits a year, with the hyphen that may be its sign, from what follows.
fn split_year(body: Fragment<'_>) -> (Fragment<'_>, Option<Fragment<'_>>) {
    let unmarked = body.text.strip_prefix(['Y', 'y']).unwrap_or(body.text);
    let unsigned = unmarked.strip_prefix('-').unwrap_or(unmarked);
    let Some((digits, more)) = unsigned.split_once('-') else {
        return (body, None);
    };
    let length = body.text.len() - unsigned.len() + digits.len();
    let year = Fragment { text: body.text.get(..length).unwrap_or(body.text), ..body };
    (year, Some(body.ending(more)))
}

/// Reads a year whose last one or two digits may be masked by `X`: the digits before the mask,
/// with their sign, and the length of the mask.
fn year(field: Fragment<'_>) -> Result<(i32, usize), LiteralError> {
    let unmarked = field.text.strip_prefix(['Y', 'y']);
    let is_long = unmarked.is_some();
    let unmarked = unmarked.unwrap_or(field.text);
    let unsigned = unmarked.strip_prefix('-').unwrap_or(unmarked);
    let sign = if unsigned.len() < unmarked.len() { "-" } else { "" };
    let digits = unsigned.trim_end_matches(['X', 'x']);
    let masked_digits = unsigned.len() - digits.len();
    if !is_number(digits) || masked_digits > 2 {
        let message = format!("`{}` is not a year", field.text);
        let help = "write years as `1993`, `0862` or `-0043`, decades as `199X`";
        return Err(field.error_with_help(message, help));
    }
    check_year_length(field, sign, unsigned, is_long)?;
    let leading: i32 = digits.parse().map_err(|_| year_out_of_range(field))?;
    match (leading, sign, masked_digits) {
        (0, "-", 0) => Err(field.error_with_help("year 0 has no sign", "write `0000` for 1 BCE")),
        (0, "-", _) => {
            let earliest = unsigned.replace(['X', 'x'], "9");
            let help = format!("write `-{earliest}..0000`");
            Err(field.error_with_help("the years before 0 are not named like this", help))
        }
        (_, "-", _) => Ok((-leading, masked_digits)),
        _ => Ok((leading, masked_digits)),
    }
}

/// Checks that a year has four digits, or more after a `Y`, counting the masked ones.
fn check_year_length(field: Fragment<'_>, sign: &str, digits: &str, is_long: bool) -> Result<(), LiteralError> {
    match (digits.len(), is_long) {
        (4, false) => Ok(()),
        (5..=7, true) if !digits.starts_with('0') => Ok(()),
        (0..=3, false) => {
            let help = format!("if that is the year, write `{sign}{digits:0>4}`");
            Err(field.error_with_help("a year has four digits", help))
        }
        (0..=4, true) => {
            let help = format!("write `{sign}{digits:0>4}`");
            Err(field.error_with_help("`Y` is for years of more than four digits", help))
        }
        (5..=7, false) if !digits.starts_with('0') => {
            let help = format!("write `Y{sign}{digits}`");
            Err(field.error_with_help("a year of more than four digits begins with `Y`", help))
        }
        (5..=7, _) => Err(field.error("a year of more than four digits does not begin with 0")),
        _ => Err(year_out_of_range(field)),
    }
}

fn year_out_of_range(field: Fragment<'_>) -> LiteralError {
    field.error(format!("years reach from -{YEAR_LIMIT} to {YEAR_LIMIT}"))
}

/// Reads what follows a year if it is the last field: `Q3`, `H1`, or two digits that mean a month
/// or, in EDTF, a season, quarter or half.
fn part_of_year(calendar: Calendar, part: Part, year: i32, field: Fragment<'_>) -> Result<Span, LiteralError> {
    let divided = |division, number| Span::Divided { division, part, year, number };
    if let Some(number) = field.text.strip_prefix(['Q', 'q']) {
        let number = division_number(number, Division::Quarter);
        return number
            .map(|number| divided(Division::Quarter, number))
            .ok_or_else(|| field.error("quarters go from `Q1` to `Q4`"));
    }
    if let Some(number) = field.text.strip_prefix(['H', 'h']) {
        let number = division_number(number, Division::Half);
        return number
            .map(|number| divided(Division::Half, number))
            .ok_or_else(|| field.error("the halves of a year are `H1` and `H2`"));
    }
    match two_digits(field, "month")? {
        month @ 1..=12 => Ok(Span::Month { calendar, part, year, month }),
        code @ 21..=24 => Ok(divided(Division::Season, code - 20)),
        code @ 33..=36 => Ok(divided(Division::Quarter, code - 32)),
        code @ 40..=41 => Ok(divided(Division::Half, code - 39)),
        other => Err(field.error(format!("there is no month {other}"))),
    }
}

fn division_number(text: &str, division: Division) -> Option<u8> {
    let number: u8 = text.parse().ok().filter(|_| text.len() == 1)?;
    (1..=division.count()).contains(&number).then_some(number)
}

fn day_of_month(
    calendar: Calendar,
    year: i32,
    month_field: Fragment<'_>,
    day_field: Fragment<'_>,
) -> Result<Span, LiteralError> {
    let month = two_digits(month_field, "month")?;
    let day = two_digits(day_field, "day")?;
    let Some(length) = calendar.days_in_month(year.into(), month) else {
        let mut error = month_field.error(format!("there is no month {month}"));
        if calendar.days_in_month(year.into(), day).is_some_and(|length| month <= length) {
            let swapped = Span::Day { calendar, year, month: day, day: month };
            error.help = Some(format!("if day and month are swapped, write `{swapped}`"));
        }
        return Err(error);
    };
    if day == 0 {
        return Err(day_field.error("there is no day 0"));
    }
    if day > length {
        return Err(day_field.error(length_of_month(calendar, year, month, length)));
    }
    Ok(Span::Day { calendar, year, month, day })
}

/// How long a month is, for a day that lies past its end.
fn length_of_month(calendar: Calendar, year: i32, month: u8, length: u8) -> String {
    let name = calendar::month_name(month).unwrap_or("the month");
    let year = YearText(year.into());
    match calendar {
        Calendar::Gregorian => format!("{name} {year} has {length} days"),
        Calendar::Julian => format!("{name} {year} has {length} days in the Julian calendar"),
        Calendar::Hijri => format!("a Hijri month has at most {length} days"),
    }
}

/// Reads a month or day.
fn two_digits(field: Fragment<'_>, name: &str) -> Result<u8, LiteralError> {
    let value = field.text.parse().ok().filter(|_| is_number(field.text));
    match (field.text.len(), value) {
        (2, Some(value)) => Ok(value),
        (1, Some(value)) => {
            let value: u8 = value;
            let help = format!("write `{value:02}`");
            Err(field.error_with_help(format!("a {name} has two digits"), help))
        }
        _ => Err(field.error(format!("`{}` is not a {name} of two digits", field.text))),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that the text writes, if it is made of digits alone and not absurdly long.
fn digits_value(text: &str) -> Option<i64> {
    text.parse().ok().filter(|_| is_number(text))
}
