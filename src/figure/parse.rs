//! Reading the value language. The grammar stands in [`super::value`]; this file turns text into values and says,
//! where it cannot, what was expected and what to write. It reads canonical literals only: figures in running text,
//! in other digits or languages, are extraction's business.

use super::date::{Date, Period};
use super::number::Number;
use super::quantity::{Decimal, Hedge, Quantity, Scale};
use super::unit::{Dimension, UnitRef, Units};
use super::value::{LiteralError, Value};

/// Digits that a number may have. Nobody states more, and exact arithmetic on millions of them would take minutes.
const MOST_DIGITS: usize = 100;

/// Reads one literal; see [`Value::parse`].
pub(super) fn value(text: &str, expected: Option<Dimension>, units: &Units) -> Result<Value, LiteralError> {
    let start = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(error("the value is empty", 0, text.len(), Some("write a figure such as `12.6 billion EUR`")));
    }
    if !trimmed.is_ascii()
        && let Some(place) = trimmed.find(|letter: char| !letter.is_ascii())
    {
        return Err(not_ascii(trimmed, start, place));
    }
    let mut reader = Reader { text: trimmed, at: 0, offset: start };
    let exact = reader.word("exact");
    let hedge = if exact { None } else { reader.hedge() };
    if reader.rest().is_empty() {
        return Err(reader.error_here("a figure should follow", None));
    }
    if reader.rest().starts_with('#') {
        return rank(&mut reader, hedge, exact);
    }
    match kind_of(reader.rest(), expected) {
        Kind::Quantity => quantity(&mut reader, hedge, exact, expected, units),
        Kind::Date => date(&reader, hedge, exact),
        Kind::Period => period(&reader, hedge, exact),
    }
}

enum Kind {
    Quantity,
    Date,
    Period,
}

/// What a literal is, by its look; `expected` decides between a year and a number.
fn kind_of(rest: &str, expected: Option<Dimension>) -> Kind {
    let first = rest.as_bytes().first().copied().unwrap_or_default();
    if rest.starts_with("../") || rest.starts_with('/') {
        return Kind::Period;
    }
    let date_like = |rest: &str| if is_period(rest) { Kind::Period } else { Kind::Date };
    if first.is_ascii_alphabetic() {
        return date_like(rest);
    }
    let digits = rest.trim_start_matches(['-', '+']);
    let head = digits.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &digits[head..];
    let looks_like_year = head == 4 || (head >= 2 && tail.starts_with(['X', 'x']));
    if !looks_like_year {
        return Kind::Quantity;
    }
    let wants_date = expected.is_none_or(|dimension| matches!(dimension, Dimension::Date | Dimension::Period));
    let plain_year =
        tail.is_empty() || (tail.starts_with("..") && digits.len() == head * 2 + 2 && ends_in_digits(tail));
    if plain_year {
        return if wants_date { Kind::Date } else { Kind::Quantity };
    }
    let marks_a_date = tail.starts_with(['-', '/', 'X', 'x', '~', '?']) || tail == "s" || tail.starts_with("s/");
    if marks_a_date || (wants_date && tail.starts_with("..")) { date_like(rest) } else { Kind::Quantity }
}

fn ends_in_digits(tail: &str) -> bool {
    tail[2..].bytes().all(|byte| byte.is_ascii_digit())
}

/// A slash between two ends; `12/05/2020` has two and is left to the date's own error.
fn is_period(rest: &str) -> bool {
    rest.bytes().filter(|byte| *byte == b'/').count() == 1
}

/// The literal and how far it is read. Places in errors count from the start of the whole text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    offset: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.advance(rest.len() - rest.trim_start().len());
    }

    /// Takes a word that stands alone.
    fn word(&mut self, word: &str) -> bool {
        let found = self.rest().strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(' '));
        if found {
            self.advance(word.len());
            self.skip_blanks();
        }
        found
    }

    fn hedge(&mut self) -> Option<Hedge> {
        let signs = [Hedge::AtLeast, Hedge::AtMost, Hedge::Above, Hedge::Below, Hedge::About];
        let hedge = signs.into_iter().find(|hedge| self.rest().starts_with(hedge.sign()))?;
        self.advance(hedge.sign().len());
        self.skip_blanks();
        Some(hedge)
    }

    fn error_here(&self, message: &str, help: Option<&str>) -> LiteralError {
        error(message, self.offset + self.at, self.offset + self.text.len(), help)
    }
}

fn error(message: &str, start: usize, end: usize, help: Option<&str>) -> LiteralError {
    LiteralError { message: message.to_owned(), start, end: end.max(start), help: help.map(str::to_owned) }
}

fn not_ascii(text: &str, start: usize, place: usize) -> LiteralError {
    let letter = text[place..].chars().next().unwrap_or_default();
    let help = match letter {
        '٠'..='٩' | '۰'..='۹' => "write the digits as 0 to 9; `source.text` keeps them as the text has them",
        '−' | '–' | '—' => "write `-` for minus and `..` between the ends of a range",
        '٪' => "write `%`",
        '≥' => "write `>=`",
        '≤' => "write `<=`",
        '≈' => "write `~`",
        _ => "a value is written in English notation; `source.text` keeps the words of the text",
    };
    let message = format!("`{letter}` cannot stand in a value");
    error(&message, start + place, start + place + letter.len_utf8(), Some(help))
}

fn rank(reader: &mut Reader<'_>, hedge: Option<Hedge>, exact: bool) -> Result<Value, LiteralError> {
    let digits = &reader.rest()[1..];
    let place = digits.parse::<u32>().ok().filter(|place| *place > 0 && !exact);
    match place {
        Some(place) => Ok(Value::Rank { hedge, place }),
        None => Err(reader
            .error_here("this is not a rank", Some("write `#1` for the first, `<= #10` for one of the first ten"))),
    }
}

fn date(reader: &Reader<'_>, hedge: Option<Hedge>, exact: bool) -> Result<Value, LiteralError> {
    if exact {
        return Err(reader.error_here("a date is never `exact`", Some("write the date as precisely as it is known")));
    }
    let (date, approximate) = Date::parse_with_qualifier(reader.rest()).map_err(|error| moved(error, reader))?;
    let hedge = hedge.or(if approximate { Some(Hedge::About) } else { None });
    Ok(Value::Date { hedge, date })
}

fn period(reader: &Reader<'_>, hedge: Option<Hedge>, exact: bool) -> Result<Value, LiteralError> {
    if exact || hedge.is_some() {
        let help = "put the doubt into the ends: `1990..1992/2001`, `early 1990/..`";
        return Err(reader.error_here("a period takes no hedge", Some(help)));
    }
    Period::parse(reader.rest()).map(|period| Value::Period(Box::new(period))).map_err(|error| moved(error, reader))
}

/// An error of a part, at its place in the whole literal.
fn moved(part: LiteralError, reader: &Reader<'_>) -> LiteralError {
    let by = reader.offset + reader.at;
    LiteralError { start: part.start + by, end: part.end + by, ..part }
}

fn quantity(
    reader: &mut Reader<'_>,
    hedge: Option<Hedge>,
    exact: bool,
    expected: Option<Dimension>,
    units: &Units,
) -> Result<Value, LiteralError> {
    let first_at = reader.at;
    let lower = number(reader)?;
    let mut upper = None;
    if reader.rest().starts_with("..") {
        reader.advance(2);
        upper = Some(number(reader)?);
        if matches!(hedge, Some(Hedge::Above | Hedge::AtLeast | Hedge::Below | Hedge::AtMost)) {
            let help = "write one bound (`> 18 %`) or the range (`18..21 %`)";
            return Err(error(
                "a range cannot be a bound as well",
                reader.offset,
                reader.offset + reader.at,
                Some(help),
            ));
        }
    }
    reader.skip_blanks();
    let scale = scale_word(reader);
    let unit = unit(reader, expected, units)?;
    let number = Decimal::new(lower.0, lower.1, scale);
    let upper = upper.map(|(significand, decimals)| Box::new(Decimal::new(significand, decimals, scale)));
    if upper.as_ref().is_some_and(|upper| upper.nominal() < number.nominal()) {
        let place = (reader.offset + first_at, reader.offset + reader.text.len());
        return Err(error("the range ends below its start", place.0, place.1, Some("write the lower number first")));
    }
    Ok(Value::Quantity(Quantity { hedge, exact, number, upper, unit }))
}

fn scale_word(reader: &mut Reader<'_>) -> Scale {
    let word: &str = reader.rest().split(' ').next().unwrap_or_default();
    match Scale::named(word) {
        Some(scale) => {
            reader.advance(word.len());
            reader.skip_blanks();
            scale
        }
        None => Scale::One,
    }
}

/// The unit that the rest names. A bare number of a ratio is a multiple: `3` stands for `3 times`.
fn unit(reader: &Reader<'_>, expected: Option<Dimension>, units: &Units) -> Result<UnitRef, LiteralError> {
    let name = reader.rest();
    if name.is_empty() {
        let times = if expected == Some(Dimension::RATIO) { units.find("times") } else { None };
        return Ok(times.unwrap_or(UnitRef::NONE));
    }
    if let Some(unit) = units.find(name) {
        return Ok(unit);
    }
    if name.starts_with("..")
        || name.starts_with(',')
        || name.starts_with('.')
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        return Err(
            reader.error_here("the figure should end here", Some("one value holds one figure, `18..21 %` a range"))
        );
    }
    let help = suggestion(name, units);
    Err(reader.error_here(&format!("no unit is called `{name}`"), Some(&help)))
}

/// What to write in place of a unit that nobody knows.
fn suggestion(name: &str, units: &Units) -> String {
    let lower = name.to_lowercase();
    if let Some(scale) = match lower.split(' ').next().unwrap_or_default() {
        "milliard" | "milliards" | "bn" | "billions" => Some("billion"),
        "mln" | "mn" | "m." | "millions" => Some("million"),
        "thousands" | "k" => Some("thousand"),
        _ => None,
    } {
        return format!("the scale word is `{scale}`");
    }
    match crate::figure::nearest(name, units.names().chain(Scale::WORDS.iter().map(|(_, word)| *word))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "units are defined in `rules/`; a bare number counts things".to_owned(),
    }
}

/// The digits of one number and how many of them follow the point.
fn number(reader: &mut Reader<'_>) -> Result<(Number, u16), LiteralError> {
    let rest = reader.rest();
    let sign = usize::from(rest.starts_with(['-', '+']));
    let body = &rest[sign..];
    let whole_length = body.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    let whole = &body[..whole_length];
    if !whole.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(reader.error_here("a number should stand here", Some("write digits: `2,300 km`, `0.5 %`")));
    }
    let after = &body[whole_length..];
    let has_fraction = after.starts_with('.') && after.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let fraction =
        if has_fraction { &after[1..=after[1..].bytes().take_while(u8::is_ascii_digit).count()] } else { "" };
    let end = sign + whole_length + if has_fraction { 1 + fraction.len() } else { 0 };
    if whole.len() + fraction.len() > MOST_DIGITS {
        let start = reader.offset + reader.at;
        let message = format!("no figure has more than {MOST_DIGITS} digits");
        return Err(error(&message, start, start + end, Some("use a scale word: `12.6 billion`")));
    }
    if !well_grouped(whole) {
        let help = "the comma stands only between thousands; the decimal mark is the point";
        let start = reader.offset + reader.at;
        return Err(error("the commas do not separate thousands", start, start + end, Some(help)));
    }
    let too_long = || reader.error_here("this number is too long", None);
    let decimals = u16::try_from(fraction.len()).map_err(|_| too_long())?;
    let digits = whole.bytes().filter(|digit| *digit != b',').chain(fraction.bytes());
    let size = if whole.len() + fraction.len() <= LONGEST_SMALL {
        Number::from(digits.fold(0, |number: i64, digit| number * 10 + i64::from(digit - b'0')))
    } else {
        Number::from_digits(&digits.map(char::from).collect::<String>()).ok_or_else(too_long)?
    };
    let significand = if rest.starts_with('-') { -&size } else { size };
    reader.advance(end);
    Ok((significand, decimals))
}

/// So many digits always fit into 64 bits.
const LONGEST_SMALL: usize = 18;

/// Whether commas, if any, stand before groups of three digits.
fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    if rest.peek().is_none() {
        return true;
    }
    (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3)
}
