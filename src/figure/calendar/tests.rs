#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;

fn day(year: i64, month: u8, day: u8) -> Day {
    from_gregorian(year, month, day).unwrap()
}

fn days(first: i64, last: i64) -> Days {
    Days::new(Day(first), Day(last))
}

/// The Gregorian date of a day, found by walking through the years and months from 1970.
fn walked_date(day: Day) -> (i64, u8, u8) {
    fn months(year: i64) -> [i64; 12] {
        let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }
    let (mut year, mut left) = (1970, day.0);
    while left < 0 {
        year -= 1;
        left += months(year).iter().sum::<i64>();
    }
    while left >= months(year).iter().sum() {
        left -= months(year).iter().sum::<i64>();
        year += 1;
    }
    let mut month = 0;
    while left >= months(year)[month] {
        left -= months(year)[month];
        month += 1;
    }
    (year, month as u8 + 1, left as u8 + 1)
}

#[test]
fn days_are_counted_from_1970() {
    assert_eq!(day(1970, 1, 1), Day(0));
    assert_eq!(day(1969, 12, 31), Day(-1));
    assert_eq!(day(2000, 3, 1), Day(11_017));
    assert_eq!(day(0, 3, 1), Day(-719_468));
}

#[test]
fn days_print_as_gregorian_dates() {
    assert_eq!(day(1993, 5, 17).to_string(), "1993-05-17");
    assert_eq!(day(-43, 3, 15).to_string(), "-0043-03-15");
    assert_eq!(day(12_000, 1, 1).to_string(), "Y12000-01-01");
    assert_eq!(day(-12_000, 1, 1).to_string(), "Y-12000-01-01");
}

#[test]
fn dates_that_do_not_exist_are_no_days() {
    assert_eq!(from_gregorian(2019, 2, 29), None);
    assert_eq!(from_gregorian(1900, 2, 29), None);
    assert!(from_gregorian(2000, 2, 29).is_some());
    assert!(from_gregorian(0, 2, 29).is_some(), "year 0 is a leap year");
    assert_eq!(from_gregorian(2019, 13, 1), None);
    assert_eq!(from_gregorian(2019, 0, 1), None);
    assert_eq!(from_gregorian(2019, 1, 0), None);
}

#[test]
fn years_have_seven_digits_at_most() {
    assert!(from_gregorian(YEAR_LIMIT, 12, 31).is_some());
    assert!(from_gregorian(-YEAR_LIMIT, 1, 1).is_some());
    for year in [YEAR_LIMIT + 1, -YEAR_LIMIT - 1, i64::MAX, i64::MIN] {
        assert_eq!(from_gregorian(year, 1, 1), None);
        assert_eq!(from_julian(year, 1, 1), None);
        assert_eq!(from_hijri(year, 1, 1), None);
        assert_eq!(from_hijri_month(year, 1), None);
        assert_eq!(from_hijri_year(year), None);
    }
}

#[test]
fn the_ends_of_the_range_do_not_overflow() {
    for day in [Day(i64::MIN), Day(i64::MAX)] {
        let (year, month, _) = to_gregorian(day);
        assert_eq!(year.signum(), day.0.signum());
        assert!((1..=12).contains(&month));
        to_julian(day);
        weekday(day);
        plus_months(day, i64::MAX);
        plus_months(day, i64::MIN);
        assert!(years_between(day, Day(0)).denominator > 0);
        assert!(months_between(Day(0), day).denominator > 0);
    }
    assert_eq!(Day(i64::MAX).plus(1), Day(i64::MAX));
}

#[test]
fn the_julian_calendar_keeps_every_fourth_leap_day() {
    assert_eq!(from_julian(1917, 10, 25), Some(day(1917, 11, 7)), "the October Revolution");
    assert_eq!(from_julian(1582, 10, 5), Some(day(1582, 10, 15)), "the day of the reform");
    assert_eq!(from_julian(1900, 2, 29), Some(day(1900, 3, 13)));
    assert_eq!(from_gregorian(1900, 2, 29), None);
    assert_eq!(from_julian(1901, 2, 29), None);
    // The calendars agree in the third century, and differ the other way before it.
    assert_eq!(from_julian(250, 6, 1), Some(day(250, 6, 1)));
    assert_eq!(from_julian(-43, 3, 15), Some(day(-43, 3, 13)), "the Ides of March");
    assert_eq!(to_julian(day(1917, 11, 7)), (1917, 10, 25));
}

#[test]
fn a_hijri_date_is_known_to_within_two_days() {
    let epoch = from_hijri(1, 1, 1).unwrap();
    assert!(epoch.contains(from_julian(622, 7, 16).unwrap()));
    let ramadan = from_hijri(1447, 9, 1).unwrap();
    assert!(ramadan.contains(day(2026, 2, 18)), "1 Ramadan 1447 in the Umm al-Qura calendar");
    let new_year = from_hijri(1446, 1, 1).unwrap();
    assert_eq!(new_year, Days::new(day(2024, 7, 6), day(2024, 7, 10)));
    assert!(new_year.contains(day(2024, 7, 7)) && new_year.contains(day(2024, 7, 8)));
}

#[test]
fn hijri_months_and_years_widen_by_the_same_two_days() {
    let month = from_hijri_month(1446, 1).unwrap();
    assert_eq!(month, Days::new(day(2024, 7, 6), day(2024, 8, 8)));
    let year = from_hijri_year(1446).unwrap();
    assert_eq!(year, Days::new(day(2024, 7, 6), day(2025, 6, 28)));
    assert!(from_hijri_month(1446, 12).unwrap().within(&year));
}

#[test]
fn hijri_dates_need_a_month_of_twelve_and_a_day_of_thirty() {
    assert!(from_hijri(1446, 2, 30).is_some(), "a sighting may give Safar 30 days");
    assert_eq!(from_hijri(1446, 1, 31), None);
    assert_eq!(from_hijri(1446, 13, 1), None);
    assert_eq!(from_hijri(1446, 0, 1), None);
    assert_eq!(from_hijri(1446, 1, 0), None);
    assert_eq!(from_hijri(0, 1, 1), None);
    assert_eq!(from_hijri_month(1446, 0), None);
}

#[test]
fn thirty_hijri_years_have_eleven_leap_days() {
    let starts: Vec<i64> = (1..=31).map(|year| hijri_day(year, 1, 1).0).collect();
    assert_eq!(starts[30] - starts[0], 30 * 354 + 11);
    let leap_years: Vec<usize> =
        (0..30).filter(|&index| starts[index + 1] - starts[index] == 355).map(|i| i + 1).collect();
    assert_eq!(leap_years, [2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29]);
}

#[test]
fn weekdays() {
    assert_eq!(weekday(day(1970, 1, 1)), Weekday::Thursday);
    assert_eq!(weekday(day(2022, 1, 8)), Weekday::Saturday);
    assert_eq!(weekday(day(1969, 7, 20)), Weekday::Sunday);
    assert_eq!(weekday(from_julian(622, 7, 16).unwrap()), Weekday::Friday);
    for (offset, expected) in (0..).zip(Weekday::ALL) {
        assert_eq!(weekday(day(2024, 1, 1).plus(offset)), expected);
    }
}

#[test]
fn weekdays_are_read_in_full_or_by_three_letters() {
    for weekday in Weekday::ALL {
        assert_eq!(weekday.to_string().parse(), Ok(weekday));
        assert_eq!(weekday.name()[..3].to_lowercase().parse(), Ok(weekday));
    }
    for text in ["", "Sa", "Satu", "Samstag", "السبت"] {
        assert_eq!(text.parse::<Weekday>(), Err(UnknownWeekday));
    }
}

#[test]
fn intervals_of_days() {
    let (early, late, both) = (days(1, 5), days(7, 9), days(1, 9));
    assert_eq!(early.hull(&late), both);
    assert_eq!(early.intersection(&late), None);
    assert_eq!(both.intersection(&late), Some(late));
    assert!(early.within(&both) && !both.within(&early));
    assert!(early.overlaps(&days(5, 7)) && !early.overlaps(&days(6, 7)));
    assert!(early.contains(Day(1)) && early.contains(Day(5)) && !early.contains(Day(6)));
    assert_eq!(days(5, 1), early, "the ends are put in order");
}

#[test]
fn open_ends_have_no_bound() {
    let from_five = Days { first: Some(Day(5)), last: None };
    let to_nine = Days { first: None, last: Some(Day(9)) };
    assert_eq!(from_five.intersection(&to_nine), Some(days(5, 9)));
    assert_eq!(from_five.hull(&to_nine), Days::ALL);
    assert!(from_five.contains(Day(i64::MAX)) && !from_five.contains(Day(4)));
    assert!(days(5, 9).within(&from_five) && !from_five.within(&days(5, 9)));
    assert!(!Days::ALL.within(&to_nine) && to_nine.within(&Days::ALL));
    assert_eq!(from_five.to_string(), "1970-01-06..");
    assert_eq!(days(0, 1).to_string(), "1970-01-01..1970-01-02");
}

#[test]
fn elapsed_years_are_counted_between_anniversaries() {
    let years = |from, to| {
        let Elapsed { whole, numerator, denominator } = years_between(from, to);
        (whole, numerator, denominator)
    };
    assert_eq!(years(day(1990, 6, 15), day(2020, 6, 15)), (30, 0, 365));
    assert_eq!(years(day(1990, 6, 15), day(2020, 6, 14)), (29, 365, 366));
    assert_eq!(years(day(2019, 1, 1), day(2019, 7, 1)), (0, 181, 365));
    assert_eq!(years(day(2019, 7, 1), day(2019, 1, 1)), (0, -181, 365));
    assert_eq!(years(day(-1, 1, 1), day(1, 1, 1)), (2, 0, 365), "year 0 counts");
}

#[test]
fn the_anniversary_of_a_leap_day_is_28_february() {
    let born = day(2000, 2, 29);
    assert_eq!(years_between(born, day(2001, 2, 27)).whole, 0);
    assert_eq!(years_between(born, day(2001, 2, 28)).whole, 1);
    assert_eq!(years_between(born, day(2004, 2, 28)).whole, 3);
    assert_eq!(years_between(born, day(2004, 2, 29)).whole, 4);
}

#[test]
fn elapsed_months_end_with_short_months() {
    let months = |to| months_between(day(2021, 1, 31), to);
    assert_eq!(months(day(2021, 2, 27)).whole, 0);
    assert_eq!(months(day(2021, 2, 28)), Elapsed { whole: 1, numerator: 0, denominator: 31 });
    assert_eq!(months(day(2021, 3, 30)).whole, 1);
    assert_eq!(months(day(2021, 3, 31)).whole, 2);
}

#[test]
fn month_names() {
    assert_eq!(month_name(1), Some("January"));
    assert_eq!(month_name(12), Some("December"));
    assert_eq!(month_name(0), None);
    assert_eq!(month_name(13), None);
}

/// Whether one length is at most another, compared as fractions.
fn at_most(one: Elapsed, other: Elapsed) -> bool {
    let numerator =
        |length: Elapsed| i128::from(length.whole) * i128::from(length.denominator) + i128::from(length.numerator);
    numerator(one) * i128::from(other.denominator) <= numerator(other) * i128::from(one.denominator)
}

/// Days that lie close enough together to meet all the special cases of a month's end.
fn near_days() -> impl Strategy<Value = (Day, Day)> {
    (-1_000_000..1_000_000i64, -1_500..1_500i64).prop_map(|(one, gap)| (Day(one), Day(one + gap)))
}

proptest! {
    #[test]
    fn gregorian_dates_agree_with_a_walk_through_the_years(number in -1_500_000..1_500_000i64) {
        let (year, month, date) = walked_date(Day(number));
        prop_assert_eq!(to_gregorian(Day(number)), (year, month, date));
        prop_assert_eq!(from_gregorian(year, month, date), Some(Day(number)));
    }

    #[test]
    fn gregorian_days_survive_the_round_trip(number in -3_650_000_000..3_650_000_000i64) {
        let (year, month, date) = to_gregorian(Day(number));
        prop_assert_eq!(from_gregorian(year, month, date), Some(Day(number)));
    }

    #[test]
    fn julian_days_survive_the_round_trip(number in -3_650_000_000..3_650_000_000i64) {
        let (year, month, date) = to_julian(Day(number));
        prop_assert_eq!(from_julian(year, month, date), Some(Day(number)));
    }

    #[test]
    fn weekdays_repeat_every_seven_days(number in any::<i32>()) {
        let day = Day(number.into());
        prop_assert_eq!(weekday(day), weekday(day.plus(7)));
        prop_assert_ne!(weekday(day), weekday(day.plus(1)));
    }

    #[test]
    fn elapsed_time_does_not_fall_when_its_end_grows((from, to) in near_days()) {
        let later = to.plus(1);
        prop_assert!(at_most(years_between(from, to), years_between(from, later)));
        prop_assert!(at_most(months_between(from, to), months_between(from, later)));
    }

    #[test]
    fn elapsed_time_does_not_rise_when_its_start_grows((from, to) in near_days()) {
        let later = from.plus(1);
        prop_assert!(at_most(years_between(later, to), years_between(from, to)));
        prop_assert!(at_most(months_between(later, to), months_between(from, to)));
    }

    #[test]
    fn elapsed_fractions_are_proper((from, to) in near_days()) {
        for length in [years_between(from, to), months_between(from, to)] {
            prop_assert!(length.numerator.abs() < length.denominator);
            prop_assert!(length.whole.signum() * length.numerator.signum() >= 0);
            let swapped = -length;
            prop_assert_eq!(-swapped, length);
        }
        prop_assert_eq!(years_between(to, from), -years_between(from, to));
    }
}
