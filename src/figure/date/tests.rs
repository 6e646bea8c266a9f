#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;
use Reading::{Loose, Tight};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The days of a date, as `first..last`.
fn days(text: &str) -> String {
    date(text).days(Tight).to_string()
}

fn loose_days(text: &str) -> String {
    date(text).days(Loose).to_string()
}

fn widened(text: &str) -> String {
    date(text).widened(Tight).to_string()
}

fn shifted(text: &str, amount: i64, unit: CalendarUnit) -> Option<String> {
    date(text).shifted(amount, unit).map(|date| date.to_string())
}

/// What is wrong with a literal, the text at fault, and the help.
fn fault<T: std::fmt::Debug>(parse: fn(&str) -> Result<T, LiteralError>, text: &str) -> (String, &str, String) {
    let error = parse(text).expect_err(text);
    (error.message, &text[error.start..error.end], error.help.unwrap_or_default())
}

fn message(text: &str) -> String {
    fault(Date::parse, text).0
}

fn help(text: &str) -> String {
    fault(Date::parse, text).2
}

#[test]
fn a_day_a_month_a_year() {
    assert_eq!(days("1993-05-17"), "1993-05-17..1993-05-17");
    assert_eq!(days("1993-05"), "1993-05-01..1993-05-31");
    assert_eq!(days("1993"), "1993-01-01..1993-12-31");
    assert_eq!(days("2020-02"), "2020-02-01..2020-02-29");
}

#[test]
fn years_before_the_common_era_and_long_years() {
    assert_eq!(days("-0043-03"), "-0043-03-01..-0043-03-31");
    assert_eq!(days("0000"), "0000-01-01..0000-12-31");
    assert_eq!(days("Y12000"), "Y12000-01-01..Y12000-12-31");
    assert_eq!(days("Y-9999999-01-01"), "Y-9999999-01-01..Y-9999999-01-01");
}

#[test]
fn quarters_halves_and_seasons() {
    assert_eq!(days("2018-Q3"), "2018-07-01..2018-09-30");
    assert_eq!(days("2018-H1"), "2018-01-01..2018-06-30");
    assert_eq!(days("2018-21"), "2018-03-01..2018-05-31");
    assert_eq!(days("2018-22"), "2018-06-01..2018-08-31");
    assert_eq!(days("2018-23"), "2018-09-01..2018-11-30");
    assert_eq!(days("2018-24"), "2018-12-01..2019-02-28");
}

#[test]
fn decades_hundreds_and_centuries() {
    assert_eq!(days("199X"), "1990-01-01..1999-12-31");
    assert_eq!(days("19XX"), "1900-01-01..1999-12-31");
    assert_eq!(days("C06"), "0501-01-01..0600-12-31");
    assert_eq!(days("C20"), "1901-01-01..2000-12-31");
    assert_eq!(days("C01"), "0001-01-01..0100-12-31");
    assert_eq!(days("C-01"), "-0099-01-01..0000-12-31");
    assert_eq!(days("-004X"), "-0049-01-01..-0040-12-31");
    assert_eq!(days("-02XX"), "-0299-01-01..-0200-12-31");
    assert_eq!(days("000X"), "0000-01-01..0009-12-31");
    assert_eq!(days("Y1200X"), "Y12000-01-01..Y12009-12-31");
}

#[test]
fn early_mid_and_late_are_thirds_or_loosely_halves() {
    assert_eq!(days("early 1993"), "1993-01-01..1993-04-30");
    assert_eq!(days("mid 1993"), "1993-05-01..1993-08-31");
    assert_eq!(days("late 1993"), "1993-09-01..1993-12-31");
    assert_eq!(loose_days("early 1993"), "1993-01-01..1993-06-30");
    assert_eq!(loose_days("mid 1993"), "1993-04-01..1993-09-30");
    assert_eq!(loose_days("late 1993"), "1993-07-01..1993-12-31");
}

#[test]
fn parts_of_months_decades_and_centuries() {
    assert_eq!(days("early 1993-05"), "1993-05-01..1993-05-10");
    assert_eq!(days("mid 1993-05"), "1993-05-11..1993-05-20");
    assert_eq!(days("late 1993-05"), "1993-05-21..1993-05-31");
    assert_eq!(loose_days("early 1993-05"), "1993-05-01..1993-05-16");
    assert_eq!(loose_days("mid 1993-05"), "1993-05-08..1993-05-24");
    assert_eq!(loose_days("late 1993-05"), "1993-05-16..1993-05-31");
    assert_eq!(days("early 199X"), "1990-01-01..1993-04-30");
    assert_eq!(loose_days("late 199X"), "1995-01-01..1999-12-31");
    assert_eq!(days("late C06"), "0567-09-01..0600-12-31");
    assert_eq!(days("mid 2018-Q3"), "2018-08-01..2018-08-31");
    assert_eq!(loose_days("early 2018-Q3"), "2018-07-01..2018-08-15");
}

#[test]
fn an_interval_reaches_from_the_first_day_to_the_last() {
    assert_eq!(days("1990..1995"), "1990-01-01..1995-12-31");
    assert_eq!(days("1990-05..late 199X"), "1990-05-01..1999-12-31");
    assert_eq!(loose_days("late 1990..early 1991"), "1990-07-01..1991-06-30");
    assert_eq!(days("julian 1917-10-25..1917-11-08"), "1917-11-07..1917-11-08");
    assert_eq!(date("1990 .. 1995"), date("1990..1995"));
}

#[test]
fn other_calendars() {
    assert_eq!(days("julian 1917-10-25"), "1917-11-07..1917-11-07");
    assert_eq!(days("julian 1900-02"), "1900-02-13..1900-03-13");
    assert_eq!(days("julian 1917"), "1917-01-14..1918-01-13");
    assert_eq!(days("hijri 1447-09-01"), "2026-02-16..2026-02-20");
    let year = calendar::from_hijri_year(1446).unwrap();
    let month = calendar::from_hijri_month(1446, 5).unwrap();
    assert_eq!(date("hijri 1446").days(Tight), year);
    assert_eq!(date("hijri 1446-05").days(Tight), month);
    assert_eq!(days("early julian 1917"), "1917-01-14..1917-05-13");
}

#[test]
fn a_weekday_is_kept_but_narrows_nothing() {
    let right = date("Saturday 2022-01-08");
    assert_eq!(right.weekday(), Some(Weekday::Saturday));
    assert_eq!(right.days(Tight), date("2022-01-08").days(Tight));
    assert_eq!(date("Sunday 2022-01-08").days(Tight), right.days(Tight));
    assert_eq!(date("Wed julian 1917-10-25").to_string(), "Wednesday julian 1917-10-25");
    assert_eq!(date("2022-01-08").weekday(), None);
}

#[test]
fn dates_print_canonically() {
    for text in [
        "1993-05-17",
        "1993-05",
        "1993",
        "-0043",
        "0000",
        "Y12000",
        "Y-12000-01",
        "2018-Q3",
        "2018-H1",
        "2001-24",
        "199X",
        "19XX",
        "-004X",
        "Y120XX",
        "C06",
        "C-01",
        "C120",
        "early 199X",
        "mid C06",
        "late 1993-05",
        "1990..1995",
        "early 1990..late C20",
        "julian 1917-10-25",
        "hijri 1446",
        "early hijri 1446-05",
        "Saturday 2022-01-08",
    ] {
        assert_eq!(date(text).to_string(), text);
    }
    for (text, canonical) in [
        ("1990s", "199X"),
        ("199x", "199X"),
        ("c6", "C06"),
        ("y12000", "Y12000"),
        ("2018-33", "2018-Q1"),
        ("2018-36", "2018-Q4"),
        ("2018-40", "2018-H1"),
        ("2018-41", "2018-H2"),
        ("2018-q3", "2018-Q3"),
        ("  Early   JULIAN 1917 ", "early julian 1917"),
        ("sat 2022-01-08", "Saturday 2022-01-08"),
    ] {
        assert_eq!(date(text).to_string(), canonical);
    }
}

#[test]
fn precision_is_that_of_the_writing() {
    for (text, precision) in [
        ("1993-05-17", Precision::Day),
        ("hijri 1446-05", Precision::Month),
        ("2018-21", Precision::Season),
        ("2018-Q1", Precision::Quarter),
        ("2018-H1", Precision::Half),
        ("1993", Precision::Year),
        ("199X", Precision::Decade),
        ("19XX", Precision::Century),
        ("C20", Precision::Century),
        ("early 1993", Precision::Part),
        ("1990..1995", Precision::Interval),
    ] {
        assert_eq!(date(text).precision(), precision, "{text}");
    }
}

#[test]
fn widening_adds_a_unit_on_both_sides() {
    assert_eq!(widened("1991"), "1990-01-01..1992-12-31");
    assert_eq!(widened("1991-01"), "1990-12-01..1991-02-28");
    assert_eq!(widened("1991-01-01"), "1990-12-31..1991-01-02");
    assert_eq!(widened("2018-Q1"), "2017-10-01..2018-06-30");
    assert_eq!(widened("199X"), "1980-01-01..2009-12-31");
    assert_eq!(widened("C06"), "0401-01-01..0700-12-31");
    assert_eq!(widened("early 1991"), "1990-09-01..1991-08-31");
    assert_eq!(widened("1990..1995-06"), "1989-01-01..1995-07-31");
    assert_eq!(widened("Y9999999"), "Y9999998-01-01..Y10000000-12-31");
}

#[test]
fn the_extent_of_a_date_is_all_of_it() {
    let (first, last) = date("2020").extent(Tight);
    assert_eq!((first.to_string(), last.to_string()), ("2020-01-01".into(), "2020-12-31".into()));
}

#[test]
fn marks_of_doubt_are_read_apart() {
    assert_eq!(Date::parse_with_qualifier("1991~"), Ok((date("1991"), true)));
    assert_eq!(Date::parse_with_qualifier("1991-05?"), Ok((date("1991-05"), true)));
    assert_eq!(Date::parse_with_qualifier("1991"), Ok((date("1991"), false)));
    assert!(message("1991~").contains("not possible here"));
    let (message, place, _) = fault(Date::parse_with_qualifier, " 1990..1991?");
    assert_eq!((message.as_str(), place), ("`?` would qualify only one end of the interval", "?"));
}

#[test]
fn a_day_becomes_a_date() {
    assert_eq!(Date::from_day(Day(0)), Some(date("1970-01-01")));
    assert_eq!(Date::from_day(Day(i64::MAX)), None);
}

#[test]
fn shifting_keeps_the_kind_of_date_where_it_can() {
    use CalendarUnit::*;
    for (text, amount, unit, expected) in [
        ("2020", -1, Year, "2019"),
        ("2020-H1", -1, Year, "2019-H1"),
        ("2020-Q1", -1, Quarter, "2019-Q4"),
        ("2020-24", 3, Month, "2021-21"),
        ("2020-03", -1, Month, "2020-02"),
        ("2020-01-31", 1, Month, "2020-02-29"),
        ("2020-02-29", -1, Year, "2019-02-28"),
        ("2020-02-28", 2, Day, "2020-03-01"),
        ("2020-02-28", -1, Week, "2020-02-21"),
        ("199X", 1, Decade, "200X"),
        ("19XX", 1, Century, "20XX"),
        ("C01", -1, Century, "C-01"),
        ("C-01", 100, Year, "C01"),
        ("-001X", -10, Year, "-002X"),
        ("early 1990", 12, Month, "early 1991"),
        ("1990..1995", 1, Year, "1991..1996"),
        ("julian 1900-02-28", 1, Day, "julian 1900-02-29"),
        ("hijri 1446-12", 1, Month, "hijri 1447-01"),
        ("Saturday 2022-01-08", 1, Week, "2022-01-15"),
    ] {
        assert_eq!(shifted(text, amount, unit).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn shifting_makes_an_interval_of_what_loses_its_name() {
    use CalendarUnit::*;
    for (text, amount, unit, expected) in [
        ("199X", -1, Year, "1989..1998"),
        ("000X", -1, Decade, "-0010..-0001"),
        ("-001X", 1, Decade, "-0009..0000"),
        ("C20", 1, Month, "1901-02..2001-01"),
        ("2020", -1, Month, "2019-12..2020-11"),
        ("2020-Q1", 1, Month, "2020-02..2020-04"),
        ("2020-03", -1, Day, "2020-02-29..2020-03-30"),
        ("199X..2005", 1, Year, "1991..2006"),
    ] {
        assert_eq!(shifted(text, amount, unit).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn some_dates_cannot_be_shifted() {
    use CalendarUnit::*;
    assert_eq!(shifted("early 1990", 1, Month), None);
    assert_eq!(shifted("hijri 1446-05-14", 1, Day), None);
    assert_eq!(shifted("hijri 0001", -1, Year), None);
    assert_eq!(shifted("Y9999999", 1, Year), None);
    assert_eq!(shifted("C99999", 1, Century), None);
    assert_eq!(shifted("Y-9999999-01-01", -1, Day), None);
    for amount in [i64::MIN, i64::MAX] {
        for unit in [Century, Decade, Year, Quarter, Month, Week, Day] {
            for text in ["1990-05-17", "1990-05", "1990", "2018-24", "199X", "19XX", "C20"] {
                assert_eq!(shifted(text, amount, unit), None);
            }
        }
    }
}

#[test]
fn periods_have_a_start_or_an_end_or_both() {
    let reigns = period("1456/1847");
    assert_eq!(reigns.start_days(Tight), date("1456").days(Tight));
    assert_eq!(reigns.end_days(Tight), date("1847").days(Tight));
    assert_eq!(reigns.days(Tight).unwrap().to_string(), "1456-01-01..1847-12-31");
    let open = period("1991/..");
    assert_eq!((open.start(), open.end()), (Some(date("1991")), None));
    assert_eq!(open.end_days(Tight), Days::ALL);
    assert_eq!(open.days(Tight).unwrap().to_string(), "1991-01-01..");
    assert_eq!(period("../1991").start_days(Loose), Days::ALL);
    assert_eq!(Period::new(None, None), None);
}

#[test]
fn periods_print_canonically() {
    for text in ["1456/1847", "1991/..", "../1991", "early C06/1990..1995", "hijri 1446/2024-12"] {
        assert_eq!(period(text).to_string(), text);
    }
    assert_eq!(period("1991/").to_string(), "1991/..");
    assert_eq!(period("/1991").to_string(), "../1991");
    assert_eq!(period(" 1990 / 1991 ").to_string(), "1990/1991");
}

#[test]
fn a_period_may_end_before_it_starts() {
    let backwards = period("1995/1990");
    assert_eq!(backwards.to_string(), "1995/1990");
    assert_eq!(backwards.days(Tight), None);
}

#[test]
fn periods_are_shifted_at_both_ends() {
    let before = |text| period(text).shifted(-1, CalendarUnit::Year).map(|p| p.to_string());
    assert_eq!(before("2019/2020").as_deref(), Some("2018/2019"));
    assert_eq!(before("1991/..").as_deref(), Some("1990/.."));
    assert_eq!(before("hijri 0001/.."), None);
}

#[test]
fn impossible_days_are_explained() {
    let explained = |text| {
        let (message, place, _) = fault(Date::parse, text);
        format!("{message} @ {place}")
    };
    assert_eq!(explained("2019-02-30"), "February 2019 has 28 days @ 30");
    assert_eq!(explained("2019-04-31"), "April 2019 has 30 days @ 31");
    assert_eq!(explained("2019-04-00"), "there is no day 0 @ 00");
    assert_eq!(explained("julian 1901-02-29"), "February 1901 has 28 days in the Julian calendar @ 29");
    assert_eq!(explained("hijri 1446-01-31"), "a Hijri month has at most 30 days @ 31");
    assert_eq!(explained("1990..2019-02-29"), "February 2019 has 28 days @ 29");
}

#[test]
fn impossible_months_may_be_days() {
    let (message, place, help) = fault(Date::parse, "2019-13-05");
    assert_eq!((message.as_str(), place), ("there is no month 13", "13"));
    assert_eq!(help, "if day and month are swapped, write `2019-05-13`");
    assert_eq!(fault(Date::parse, "2019-31-02").2, "", "there is no 31 February either");
    assert_eq!(fault(Date::parse, "2019-21-05").0, "there is no month 21");
    assert_eq!(fault(Date::parse, "2019-00").0, "there is no month 0");
    assert_eq!(fault(Date::parse, "2019-25").0, "there is no month 25");
    assert_eq!(fault(Date::parse, "2019-Q5").0, "quarters go from `Q1` to `Q4`");
    assert_eq!(fault(Date::parse, "2019-H0").0, "the halves of a year are `H1` and `H2`");
}

#[test]
fn other_orders_and_separators_are_translated() {
    let both = "write `2020-05-12` or `2020-12-05`";
    assert_eq!(help("12/05/2020"), both);
    assert_eq!(fault(Period::parse, "12/05/2020").2, both);
    assert_eq!(help("12.05.2020"), both);
    assert_eq!(help("12-05-2020"), both);
    assert_eq!(help("05/05/2020"), "write `2020-05-05`");
    assert_eq!(help("25/12/2020"), "write `2020-12-25`");
    assert_eq!(help("2020/12/25"), "write `2020-12-25`");
    assert_eq!(help("20201225"), "write `2020-12-25`");
    assert_eq!(help("2020-1-5"), "write `2020-01-05`");
    assert_eq!(help("2020-1"), "write `01`");
    assert_eq!(message("1990/1995"), "this is a period, not a date");
}

#[test]
fn only_ascii_is_read() {
    let (message, place, help) = fault(Date::parse, "١٩٩٣");
    assert_eq!(message, "dates are written in ASCII digits, not `١`");
    assert_eq!((place, help.as_str()), ("١", "write `1`"));
    assert_eq!(fault(Date::parse, "۱۹۹۳").2, "write `1`");
    let (_, place, help) = fault(Period::parse, "1990–1995");
    assert_eq!(place, "–");
    assert!(help.contains("`/` for a period"));
}

#[test]
fn years_need_four_digits() {
    assert_eq!(help("862"), "if that is the year, write `0862`");
    assert_eq!(help("-43"), "if that is the year, write `-0043`");
    assert_eq!(help("12000"), "write `Y12000`");
    assert_eq!(help("Y1993"), "write `1993`");
    assert_eq!(message("Y01993"), "a year of more than four digits does not begin with 0");
    assert_eq!(message("Y10000000"), "years reach from -9999999 to 9999999");
    assert_eq!(message("Y99999999999999999999"), "years reach from -9999999 to 9999999");
    assert_eq!(message("C100000"), "years reach from -9999999 to 9999999");
    assert_eq!(help("-0000"), "write `0000` for 1 BCE");
    assert_eq!(message("hijri 0000"), "hijri years are counted from 1");
    assert_eq!(help("1XXX"), "write years as `1993`, `0862` or `-0043`, decades as `199X`");
}

#[test]
fn decades_and_centuries_must_be_clear() {
    assert_eq!(help("1900s"), "write `190X` for ten years, `19XX` for 100");
    assert_eq!(help("90s"), "write `199X` or `1990s`");
    assert_eq!(help("1995s"), "write `199X` or `1990s`");
    assert_eq!(help("-000X"), "write `-0009..0000`");
    assert_eq!(message("C00"), "there is no century 0");
    assert_eq!(message("Century 6"), "`Century` does not begin a date");
    assert_eq!(message("199X-05"), "nothing can follow a decade or century");
    assert_eq!(message("hijri 144X"), "a julian or hijri date is a year, a month or a day");
}

#[test]
fn words_must_fit_the_date() {
    assert_eq!(message("early 1993-05-17"), "`early` needs something longer than a day");
    assert_eq!(message("Saturday 2022-01"), "a weekday goes only before a single day");
    assert_eq!(message("Saturday"), "a date is missing");
    assert_eq!(message("Sat 2022-01-08..2022-01-09"), "the ends of an interval have no weekday");
    assert_eq!(help("julian early 1917"), "write `early julian 1917`");
    assert_eq!(message("circa 1917"), "`circa` does not begin a date");
    assert_eq!(help("44 BC"), "years before year 0, which is 1 BCE, are negative: 44 BCE is `-0043`");
    assert_eq!(help("1446 AH"), "write `hijri 1446`");
    assert_eq!(message("17 May 1993"), "`May 1993` does not belong in a date");
}

#[test]
fn intervals_and_periods_must_be_complete() {
    assert_eq!(help("1995..1990"), "write `1990..1995`");
    assert_eq!(message("1990.."), "an interval has a date at both ends");
    assert_eq!(message("1990..1991..1992"), "an interval is two dates with two dots between");
    assert_eq!(message("1990...1992"), "an interval is two dates with two dots between");
    assert_eq!(message(""), "a date is missing");
    assert_eq!(message("   "), "a date is missing");
    let period = |text| fault(Period::parse, text).0;
    assert_eq!(period("1990"), "a period is two dates with a `/` between");
    assert_eq!(period("../.."), "a period has a start or an end, or both");
    assert_eq!(period("/"), "a period has a start or an end, or both");
    assert_eq!(period("1990/05"), "a year has four digits");
    assert_eq!(period("1/2/3"), "slashes do not join the parts of a date");
}

#[test]
fn a_date_is_small() {
    assert!(size_of::<Date>() <= 24);
    assert!(size_of::<Period>() <= 48);
}

fn year() -> impl Strategy<Value = String> {
    prop_oneof![0..10_000i64, -9_999..0i64, -9_999_999..10_000_000i64].prop_map(year_text)
}

fn year_text(year: i64) -> String {
    calendar::YearText(year).to_string()
}

/// Everything longer than a day that is counted in the Gregorian calendar.
fn gregorian_text() -> impl Strategy<Value = String> {
    prop_oneof![
        year(),
        (year(), 1..=12u8).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (year(), 21..=24u8).prop_map(|(year, season)| format!("{year}-{season}")),
        (year(), 1..=4u8).prop_map(|(year, quarter)| format!("{year}-Q{quarter}")),
        (year(), 1..=2u8).prop_map(|(year, half)| format!("{year}-H{half}")),
        (0..1_000u16).prop_map(|digits| format!("{digits:03}X")),
        (1..1_000u16).prop_map(|digits| format!("-{digits:03}X")),
        (0..100u8).prop_map(|digits| format!("{digits:02}XX")),
        (1_000..999_999u32).prop_map(|digits| format!("Y{digits}X")),
        (1..=99_999u32).prop_map(|number| format!("C{number:02}")),
        (1..=99_999u32).prop_map(|number| format!("C-{number:02}")),
    ]
}

fn day_text() -> impl Strategy<Value = String> {
    (year(), 1..=12u8, 1..=28u8).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn hijri_text() -> impl Strategy<Value = String> {
    let year = || (1..10_000_000i64).prop_map(year_text);
    prop_oneof![year(), (year(), 1..=12u8).prop_map(|(year, month)| format!("{year}-{month:02}")),]
        .prop_map(|text| format!("hijri {text}"))
}

fn julian_text() -> impl Strategy<Value = String> {
    prop_oneof![year(), (year(), 1..=12u8).prop_map(|(year, month)| format!("{year}-{month:02}")),]
        .prop_map(|text| format!("julian {text}"))
}

/// What may be one end of an interval.
fn span_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![Just(""), Just("early "), Just("mid "), Just("late ")];
    let long = prop_oneof![gregorian_text(), julian_text(), hijri_text()];
    prop_oneof![
        (part, long).prop_map(|(part, text)| format!("{part}{text}")),
        day_text(),
        day_text().prop_map(|text| format!("julian {text}")),
        (1..10_000_000i64, 1..=12u8, 1..=30u8)
            .prop_map(|(year, month, day)| { format!("hijri {}-{month:02}-{day:02}", year_text(year)) }),
    ]
}

fn date_text() -> impl Strategy<Value = String> {
    let interval = (span_text(), span_text()).prop_map(|(one, other)| {
        let forwards = format!("{one}..{other}");
        if Date::parse(&forwards).is_ok() { forwards } else { format!("{other}..{one}") }
    });
    let with_weekday = (prop::sample::select(Weekday::ALL.to_vec()), day_text())
        .prop_map(|(weekday, text)| format!("{weekday} {text}"));
    prop_oneof![4 => span_text(), 2 => interval, 1 => with_weekday]
}

fn unit() -> impl Strategy<Value = CalendarUnit> {
    use CalendarUnit::*;
    prop::sample::select(vec![Century, Decade, Year, Quarter, Month, Week, Day])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn dates_print_as_they_were_written(text in date_text()) {
        prop_assert_eq!(date(&text).to_string(), text);
    }

    #[test]
    fn periods_print_as_they_were_written(start in date_text(), end in date_text()) {
        for text in [format!("{start}/{end}"), format!("{start}/.."), format!("../{end}")] {
            prop_assert_eq!(period(&text).to_string(), text);
        }
    }

    #[test]
    fn the_loose_and_the_widened_days_hold_the_tight_ones(text in date_text()) {
        let date = date(&text);
        let tight = date.days(Tight);
        prop_assert!(tight.first <= tight.last && tight.first.is_some());
        prop_assert!(tight.within(&date.days(Loose)));
        prop_assert!(tight.within(&date.widened(Tight)));
        prop_assert!(date.days(Loose).within(&date.widened(Loose)));
    }

    #[test]
    fn the_thirds_of_a_span_fill_it_without_sharing_days(text in gregorian_text()) {
        let part = |word| date(&format!("{word} {text}")).extent(Tight);
        let (early, mid, late) = (part("early"), part("mid"), part("late"));
        prop_assert_eq!(date(&text).extent(Tight), (early.0, late.1));
        prop_assert_eq!((early.1.plus(1), mid.1.plus(1)), (mid.0, late.0));
    }

    #[test]
    fn a_date_shifted_is_still_a_date(
        text in date_text(),
        amount in -2_000..2_000i64,
        unit in unit(),
    ) {
        if let Some(shifted) = date(&text).shifted(amount, unit) {
            prop_assert_eq!(Date::parse(&shifted.to_string()), Ok(shifted));
            let (before, after) = (date(&text).extent(Tight), shifted.extent(Tight));
            if amount >= 0 {
                prop_assert!(before.0 <= after.0 && before.1 <= after.1);
            } else {
                prop_assert!(before.0 >= after.0 && before.1 >= after.1);
            }
        }
    }

    #[test]
    fn days_shifted_move_by_as_many_days(text in day_text(), amount in -99_999..99_999i64) {
        if let Some(shifted) = date(&text).shifted(amount, CalendarUnit::Day) {
            prop_assert_eq!(date(&text).extent(Tight).0.plus(amount), shifted.extent(Tight).0);
            prop_assert_eq!(shifted.shifted(-amount, CalendarUnit::Day), Some(date(&text)));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_in_it(text in any_text()) {
        let qualified = Date::parse_with_qualifier(&text).err();
        let errors = [Date::parse(&text).err(), Period::parse(&text).err(), qualified];
        for error in errors.into_iter().flatten() {
            prop_assert!(text.get(error.start..error.end).is_some(), "{error:?}");
        }
    }

    #[test]
    fn what_is_read_prints_as_something_read_the_same(text in any_text()) {
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        }
    }
}

/// Texts made of the pieces that dates are made of, and of others.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "early ", "mid ", "julian ", "hijri ", "Sat ", "1993", "2018", "-", "-", "..", "/", "12", "05", "31", "Q1",
        "H2", "24", "X", "Y", "C", "s", "~", " ", ".", "0", "9", "é", "٣",
    ];
    let made = prop::collection::vec(prop::sample::select(pieces), 0..8);
    prop_oneof![made.prop_map(|pieces| pieces.concat()), any::<String>()]
}

#[test]
fn a_day_of_some_year_may_be_any_day() {
    for text in ["XXXX-05-04", "XXXX-02-29", "XXXX-05", "hijri XXXX-09-30", "hijri XXXX-09"] {
        assert_eq!(date(text).to_string(), text);
    }
    let (first, last) = date("XXXX-05-04").extent(Tight);
    assert!(first < date("-9999").extent(Tight).0 && date("9999").extent(Tight).1 < last);
    assert_eq!(date("XXXX-05-04").precision(), Precision::Day);
    assert_eq!(date("XXXX-05").precision(), Precision::Month);
    assert_eq!(shifted("XXXX-05-04", 3, CalendarUnit::Year).as_deref(), Some("XXXX-05-04"));
    assert_eq!(shifted("XXXX-05-04", 1, CalendarUnit::Month), None);
    assert_eq!(shifted("XXXX-05-04", 1, CalendarUnit::Day), None);
    assert_eq!(message("XXXX-04-31"), message("2000-04-31"));
    assert_eq!(message("XXXX-13"), "there is no month 13");
    assert_eq!(message("early XXXX-05"), "early, mid and late need a year");
}
