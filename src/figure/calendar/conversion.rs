//! Days named in the Gregorian, Julian and Hijri calendars.
//!
//! This module turns dates into day numbers and back. The public functions check what they are
//! given; those visible to the date literals alone take dates already known to exist, and accept
//! years past the limit because widening a literal may reach over it.

use super::{Day, Days};

/// The largest year, and negated the smallest, that any calendar here accepts.
pub const YEAR_LIMIT: i64 = 9_999_999;

/// Days in the 400 years after which the Gregorian calendar repeats.
const GREGORIAN_CYCLE_DAYS: i64 = 146_097;
/// Days from 1 March of Gregorian year 0 to 1970-01-01.
const GREGORIAN_OFFSET: i64 = 719_468;
/// Days in the 4 years after which the Julian calendar repeats.
const JULIAN_CYCLE_DAYS: i64 = 1_461;
/// Days from 1 March of Julian year 0 to 1970-01-01.
const JULIAN_OFFSET: i64 = 719_470;
/// The day number of 1 Muharram of Hijri year 1: Friday 16 July 622 in the Julian calendar.
const HIJRI_EPOCH: i64 = -492_148;
/// How many days an observed Hijri date may lie before or after its tabular day.
const HIJRI_TOLERANCE: i64 = 2;

/// Whether the Gregorian year has a 29 February.
pub fn is_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// Whether the Julian year has a 29 February.
pub fn is_julian_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0
}

/// The length of a Gregorian month in days, or `None` if there is no such month.
pub fn days_in_month(year: i64, month: u8) -> Option<u8> {
    month_length(month, is_leap_year(year))
}

/// The length of a Julian month in days, or `None` if there is no such month.
pub fn days_in_julian_month(year: i64, month: u8) -> Option<u8> {
    month_length(month, is_julian_leap_year(year))
}

fn month_length(month: u8, leap: bool) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

/// The day of a date in the Gregorian calendar, extended without change to all years.
///
/// `None` if there is no such date or the year is beyond [`YEAR_LIMIT`].
pub fn from_gregorian(year: i64, month: u8, day: u8) -> Option<Day> {
    let length = days_in_month(year, month)?;
    (is_year(year) && (1..=length).contains(&day)).then(|| gregorian_day(year, month, day))
}

/// The day of a date in the Julian calendar, extended without change to all years.
///
/// `None` if there is no such date or the year is beyond [`YEAR_LIMIT`].
pub fn from_julian(year: i64, month: u8, day: u8) -> Option<Day> {
    let length = days_in_julian_month(year, month)?;
    (is_year(year) && (1..=length).contains(&day)).then(|| julian_day(year, month, day))
}

/// The days that a date in the Hijri calendar may mean.
///
/// A Hijri month begins with a sighting of the moon, or with a table that a country has chosen,
/// so a date names one day only where both are known. The days given are those within two days of
/// the date in the civil tabular calendar (whose epoch is 16 July 622, Julian). Computed sightings
/// for Cairo and the Umm al-Qura rule stay within that range in all but one month in ten thousand
/// of the years 1 to 1600. Day 30 is accepted in every month: which months have it depends on the
/// sighting, too.
///
/// `None` if the month is not 1 to 12, the day not 1 to 30, or the year not 1 to [`YEAR_LIMIT`].
pub fn from_hijri(year: i64, month: u8, day: u8) -> Option<Days> {
    let valid = is_hijri_year(year) && is_month(month) && (1..=30).contains(&day);
    let middle = valid.then(|| hijri_day(year, month, day))?;
    Some(interval(sighted(middle, middle)))
}

/// The days that may belong to a Hijri month; limits and uncertainty as in [`from_hijri`].
pub fn from_hijri_month(year: i64, month: u8) -> Option<Days> {
    let valid = is_hijri_year(year) && is_month(month);
    let first = valid.then(|| hijri_day(year, month, 1))?;
    Some(interval(sighted(first, hijri_day(year, month + 1, 1).plus(-1))))
}

/// The days that may belong to a Hijri year; limits and uncertainty as in [`from_hijri`].
pub fn from_hijri_year(year: i64) -> Option<Days> {
    let first = is_hijri_year(year).then(|| hijri_day(year, 1, 1))?;
    Some(interval(sighted(first, hijri_day(year + 1, 1, 1).plus(-1))))
}

/// The first and last day that sightings may make of the tabular Hijri days given.
pub(in super::super) fn sighted(first: Day, last: Day) -> (Day, Day) {
    (first.plus(-HIJRI_TOLERANCE), last.plus(HIJRI_TOLERANCE))
}

fn interval((first, last): (Day, Day)) -> Days {
    Days::new(first, last)
}

fn is_year(year: i64) -> bool {
    (-YEAR_LIMIT..=YEAR_LIMIT).contains(&year)
}

fn is_hijri_year(year: i64) -> bool {
    (1..=YEAR_LIMIT).contains(&year)
}

fn is_month(month: u8) -> bool {
    (1..=12).contains(&month)
}

/// As [`from_gregorian`] for a date known to exist, with no limit on the year.
///
/// The method is that of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
/// (`days_from_civil`): with years that begin in March, the leap day comes last and the lengths of
/// the months follow one linear formula.
pub(in super::super) fn gregorian_day(year: i64, month: u8, day: u8) -> Day {
    let (march_year, day_of_year) = march_based(year, month, day);
    let (cycle, year_of_cycle) = (march_year.div_euclid(400), march_year.rem_euclid(400));
    let leap_days = year_of_cycle / 4 - year_of_cycle / 100;
    let day_of_cycle = year_of_cycle * 365 + leap_days + day_of_year;
    Day(cycle.saturating_mul(GREGORIAN_CYCLE_DAYS)).plus(day_of_cycle - GREGORIAN_OFFSET)
}

/// The Gregorian year, month and day of a day.
pub fn to_gregorian(day: Day) -> (i64, u8, u8) {
    // The offset is added to the remainder, not to the day number, which it could overflow.
    let shifted = day.0.rem_euclid(GREGORIAN_CYCLE_DAYS) + GREGORIAN_OFFSET;
    let cycle = day.0.div_euclid(GREGORIAN_CYCLE_DAYS) + shifted.div_euclid(GREGORIAN_CYCLE_DAYS);
    let day_of_cycle = shifted.rem_euclid(GREGORIAN_CYCLE_DAYS);
    let common_days =
        day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / (GREGORIAN_CYCLE_DAYS - 1);
    let year_of_cycle = common_days / 365;
    let leap_days = year_of_cycle / 4 - year_of_cycle / 100;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + leap_days);
    from_march_based(cycle * 400 + year_of_cycle, day_of_year)
}

/// As [`from_julian`] for a date known to exist, with no limit on the year; see [`gregorian_day`].
pub(in super::super) fn julian_day(year: i64, month: u8, day: u8) -> Day {
    let (march_year, day_of_year) = march_based(year, month, day);
    let (cycle, year_of_cycle) = (march_year.div_euclid(4), march_year.rem_euclid(4));
    let day_of_cycle = year_of_cycle * 365 + day_of_year;
    Day(cycle.saturating_mul(JULIAN_CYCLE_DAYS)).plus(day_of_cycle - JULIAN_OFFSET)
}

/// The Julian year, month and day of a day.
pub fn to_julian(day: Day) -> (i64, u8, u8) {
    let shifted = day.0.rem_euclid(JULIAN_CYCLE_DAYS) + JULIAN_OFFSET;
    let cycle = day.0.div_euclid(JULIAN_CYCLE_DAYS) + shifted.div_euclid(JULIAN_CYCLE_DAYS);
    let day_of_cycle = shifted.rem_euclid(JULIAN_CYCLE_DAYS);
    let year_of_cycle = (day_of_cycle - day_of_cycle / (JULIAN_CYCLE_DAYS - 1)) / 365;
    from_march_based(cycle * 4 + year_of_cycle, day_of_cycle - 365 * year_of_cycle)
}

/// A date as a year that begins on 1 March and a day of that year counted from 0.
fn march_based(year: i64, month: u8, day: u8) -> (i64, i64) {
    let march_year = if month <= 2 { year.saturating_sub(1) } else { year };
    let months_since_march = (i64::from(month) + 9) % 12;
    (march_year, (153 * months_since_march + 2) / 5 + i64::from(day) - 1)
}

/// The inverse of [`march_based`]; `day_of_year` is from 0 to 365.
fn from_march_based(march_year: i64, day_of_year: i64) -> (i64, u8, u8) {
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month = (months_since_march + 2) % 12 + 1;
    // Both are at most 31.
    (march_year + i64::from(month <= 2), month as u8, day as u8)
}

/// The day of a date in the civil tabular Hijri calendar, also for the months that follow the
/// twelfth or days that follow the thirtieth.
///
/// Months have 30 and 29 days by turns; in 11 of 30 years (2, 5, 7, 10, 13, 16, 18, 21, 24, 26
/// and 29 of each cycle) the twelfth has 30 as well. The formula is that of Reingold and
/// Dershowitz, "Calendrical Calculations", `fixed-from-islamic`.
pub(in super::super) fn hijri_day(year: i64, month: u8, day: u8) -> Day {
    let common_days = year.saturating_sub(1).saturating_mul(354);
    let leap_days = year.saturating_mul(11).saturating_add(3).div_euclid(30);
    let month = i64::from(month);
    let day_of_year = 29 * (month - 1) + month / 2 + i64::from(day) - 1;
    Day(HIJRI_EPOCH).plus(common_days).plus(leap_days).plus(day_of_year)
}

/// The year and month that lie `months` months after January of year 0.
pub(in super::super) fn year_and_month(months: i64) -> (i64, u8) {
    (months.div_euclid(12), months.rem_euclid(12) as u8 + 1)
}

/// The English name of a month of the Gregorian and Julian calendars; `None` past the twelfth.
pub fn month_name(month: u8) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).checked_sub(1)?).copied()
}
