//! What `extract` finds, a rule of reading in each test, and what it prints.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use assert_cmd::Command;
use kzcheck::extract::{LanguageChoice, Mention, Options, SHIPPED, mentions};

/// The figures of a text in short: what the text has, `=`, what it means.
fn found(text: &str) -> Vec<String> {
    mentions(text, &Options::default()).iter().map(shown).collect()
}

fn shown(mention: &Mention) -> String {
    let figure = &mention.figure;
    let number = |number: &kzcheck::figure::Number| number.exact_decimal().unwrap_or_else(|| number.with_decimals(3));
    let value = match (&mention.date, &figure.nominal, &figure.from, &figure.to) {
        (Some(date), ..) => date.to_string(),
        (None, Some(nominal), ..) => number(nominal),
        (None, None, Some(from), Some(to)) => format!("{}..{}", number(from), number(to)),
        _ => String::new(),
    };
    let hedge = mention.hedge.map(|hedge| format!("{} ", hedge.sign())).unwrap_or_default();
    let unit = mention.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{} = {hedge}{value}{unit}", mention.text)
}

fn assert_found(text: &str, expected: &[&str]) {
    assert_eq!(found(text), expected, "in {text:?}");
}

#[test]
fn a_span_is_the_figure_with_its_unit_and_brackets() {
    assert_found("ويبلغ طول الطريق (1,250) كم.", &["(1,250) كم = 1250 km"]);
    assert_found("The lake covers (31,500) km².", &["(31,500) km² = 31500 km2"]);
    assert_found("Доля выросла до 12,5 %.", &["12,5 % = 12.5 %"]);
    let text = "قيمة الصفقة (14.5) مليار دولار";
    let mention = &mentions(text, &Options::default())[0];
    assert_eq!(&text[mention.start..mention.end], "(14.5) مليار دولار");
    assert_eq!((mention.line, mention.column), (1, 13));
}

#[test]
fn words_of_number_are_read_in_each_language() {
    assert_found("three hundred and twelve villages", &["three hundred and twelve = 312"]);
    assert_found("двести пятьдесят тысяч рублей", &["двести пятьдесят тысяч рублей = 250000 RUB"]);
    assert_found("خمسة وثلاثون ألف نسمة", &["خمسة وثلاثون ألف نسمة = 35000 persons"]);
    assert_found("مليون ونصف المليون دولار", &["مليون ونصف المليون دولار = 1500000 USD"]);
    assert_found("one and a half million euros", &["one and a half million euros = 1500000 EUR"]);
    assert_found("две целых три десятых", &["две целых три десятых = 2.3"]);
}

#[test]
fn the_dual_counts_itself() {
    assert_found("استغرق الأمر ساعتين", &["ساعتين = 2 hours"]);
    assert_found("بعد عامين ونصف", &["عامين ونصف = 2.5 years"]);
}

#[test]
fn words_that_limit_a_figure_stand_outside_it() {
    assert_found("more than 400 agreements", &["400 = > 400"]);
    assert_found("أقل من 20 مليون نسمة", &["20 مليون نسمة = < 20000000 persons"]);
    assert_found("не менее 30 дней", &["30 дней = >= 30 days"]);
    assert_found("some 12 km or so", &["12 km = ~ 12 km"]);
    assert_found("50 guests or more", &["50 = 50"]);
}

#[test]
fn ranges_have_two_ends_and_one_unit() {
    assert_found("between 5 and 6 km", &["5 and 6 km = 5..6 km"]);
    assert_found("من 18 إلى 21%", &["18 إلى 21% = 18..21 %"]);
    assert_found("18 to 20 million people", &["18 to 20 million people = 18000000..20000000 persons"]);
    assert_found("$10-$20", &["$10-$20 = 10..20 USD"]);
}

#[test]
fn dates_are_written_in_many_ways() {
    assert_found("26 ديسمبر (كانون الأول) 1991", &["26 ديسمبر (كانون الأول) 1991 = 1991-12-26"]);
    assert_found("on Friday, May 8, 2009", &["Friday, May 8, 2009 = Friday 2009-05-08"]);
    assert_found("в конце 1990-х годов", &["конце 1990-х годов = late 199X"]);
    assert_found("القرن السادس عشر الميلادي", &["القرن السادس عشر الميلادي = C16"]);
    assert_found("in the third quarter of 2018", &["the third quarter of 2018 = 2018-Q3"]);
    assert_found("حكم من عام 434م إلى عام 453م", &["عام 434م إلى عام 453م = 0434/0453"]);
    assert_found("عام 1443هـ", &["عام 1443هـ = hijri 1443"]);
    assert_found("XVIII век", &["XVIII век = C18"]);
    assert_found("от 10 до 22 августа 2012 года", &["10 до 22 августа 2012 года = 2012-08-10/2012-08-22"]);
}

#[test]
fn money_has_its_code() {
    assert_found("US$ 2.5bn and £3m", &["US$ 2.5bn = 2500000000 USD", "£3m = 3000000 GBP"]);
    assert_found("20 долларов 43 цента", &["20 долларов 43 цента = 20.43 USD"]);
    assert_found("75 USD million", &["75 USD million = 75000000 USD"]);
    assert_found("KZT 450,000", &["KZT 450,000 = 450000 KZT"]);
}

#[test]
fn ages_ranks_and_multiples_are_told_apart() {
    let kind = |text: &str| mentions(text, &Options::default())[0].kind.name();
    assert_eq!(kind("a nine-year-old bridge"), "age");
    assert_eq!(kind("the 33rd partner"), "rank");
    assert_eq!(kind("المرتبة التاسعة"), "rank");
    assert_eq!(kind("five times as much"), "ratio");
    assert_eq!(kind("two thirds of the land"), "ratio");
    assert_eq!(kind("0.3 percentage points"), "quantity");
    assert_eq!(kind("17 countries"), "count");
}

#[test]
fn what_only_looks_like_a_figure_is_left_alone() {
    for text in [
        "see https://example.org/2019/report-42.html",
        "version 1.4.2 of the tool",
        "call +7 727 250-20-20 today",
        "at 16:45 sharp",
        "COVID-19 and the F-16",
        "won 3:1",
        "no one asked",
        "as shown in [12]",
    ] {
        assert_found(text, &[]);
    }
}

#[test]
fn marks_of_notes_are_no_part_of_a_figure() {
    assert_found("بنحو (18,776,707) نسمة ⁷.", &["(18,776,707) نسمة = ~ 18776707 persons"]);
    assert_found("بنهاية القرن السادس الميلادي1.", &["نهاية القرن السادس الميلادي = late C06"]);
}

#[test]
fn a_doubtful_mark_is_settled_by_the_document_or_kept() {
    let alone = mentions("exports of 14,030 units", &Options::default());
    assert_eq!(alone[0].alternatives.len(), 1);
    let settled = mentions("an area of 2,725,000 km² and 14,030 villages", &Options::default());
    assert!(settled[1].alternatives.is_empty());
    let scaled = mentions("2,725,000 km² and 14,030 billion USD", &Options::default());
    assert_eq!(shown(&scaled[1]), "14,030 billion USD = 14030000000 USD");
    assert_eq!(scaled[1].alternatives.len(), 1);
}

#[test]
fn invisible_marks_and_other_digits_do_not_break_a_figure() {
    assert_found("\u{202a}6\u{200f},467\u{202c} km", &["6\u{200f},467\u{202c} km = 6467 km"]);
    assert_found("٢٥٫٩٪", &["٢٥٫٩٪ = 25.9 %"]);
    assert_found("۱۲ یوماً", &["۱۲ یوماً = 12 days"]);
    assert_found("عشـــرون كيلومتراً", &["عشـــرون كيلومتراً = 20 km"]);
    assert_found("10\u{a0}467\u{a0}366 человек", &["10\u{a0}467\u{a0}366 человек = 10467366 persons"]);
}

#[test]
fn the_tight_reading_is_half_a_unit_of_the_last_digit() {
    let bounds = |text: &str| {
        let figure = &mentions(text, &Options::default())[0].figure;
        let text = |number: &Option<kzcheck::figure::Number>| number.as_ref().and_then(|number| number.exact_decimal());
        (text(&figure.low), text(&figure.high))
    };
    let pair = |low: &str, high: &str| (Some(low.to_owned()), Some(high.to_owned()));
    assert_eq!(bounds("6,467 km"), pair("6466.5", "6467.5"));
    assert_eq!(bounds("12.6 billion EUR"), pair("12550000000", "12650000000"));
    assert_eq!(bounds("130 villages"), pair("130", "130"));
    assert_eq!(bounds("about 1.5 million"), pair("1400000", "1600000"));
    assert_eq!(bounds("more than 19 %"), (Some("19".to_owned()), None));
}

#[test]
fn the_language_can_be_said() {
    let options = |code: &str| Options { language: LanguageChoice::named(code, &SHIPPED), ..Options::default() };
    assert_eq!(shown(&mentions("2,725", &options("ru"))[0]), "2,725 = 2.725");
    assert_eq!(shown(&mentions("2,725", &options("en"))[0]), "2,725 = 2725");
    assert_eq!(LanguageChoice::named("xx", &SHIPPED), None);
    assert_eq!(LanguageChoice::codes(&SHIPPED).collect::<Vec<_>>(), ["ar", "en", "ru"]);
}

fn extract(folder: &std::path::Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("kzcheck").unwrap().current_dir(folder).arg("extract").args(arguments).assert()
}

#[test]
fn the_machine_format_is_one_object_a_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Trade\ngrew to (6,467) km.\n").unwrap();
    let output = extract(folder.path(), &["--format", "json", "a.txt"]).success();
    let line: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let expected = serde_json::json!({
        "document": "a.txt", "start": 14, "end": 24, "line": 2, "column": 9, "text": "(6,467) km", "kind": "quantity",
        "low": "6466.5", "high": "6467.5", "nominal": "6467", "from": null, "to": null, "unit": "km", "date": null,
        "hedge": null,
        "alternatives": [{"low": "6.4665", "high": "6.4675", "nominal": "6.467", "from": null, "to": null, "date": null}],
    });
    assert_eq!(line, expected);
}

#[test]
fn a_table_shows_each_figure_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# Report\n\nIt has 12 % of\n5 million people.\n").unwrap();
    let output = extract(folder.path(), &["a.md"]).success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert_eq!(
        text,
        "a.md: 2 figures\n  3:8  percent  12 %               12 %\n  4:1  count    5,000,000 persons  5 million people\n"
    );
}

#[test]
fn bytes_that_are_no_text_are_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), b"one line\n\xff\xfe 12 km\n").unwrap();
    let output = extract(folder.path(), &["a.txt"]).code(2);
    assert!(String::from_utf8_lossy(&output.get_output().stderr).contains("a.txt:2: no UTF-8 at byte 9"));
    assert!(String::from_utf8_lossy(&output.get_output().stdout).contains("12 km"));
    extract(folder.path(), &["missing.txt"]).code(2);
}
