//! Texts that nobody would write: no panic, no hang, and every span is one of the text.

use std::time::{Duration, Instant};

use kzcheck::extract::{Options, mentions};
use proptest::prelude::*;

/// Long enough for a slow machine, far too short for anything quadratic.
const PATIENCE: Duration = Duration::from_secs(60);

fn read(text: &str) -> usize {
    let started = Instant::now();
    let found = mentions(text, &Options::default());
    for mention in &found {
        assert_eq!(&text[mention.start..mention.end], &*mention.text);
    }
    assert!(started.elapsed() < PATIENCE, "{} bytes took {:?}", text.len(), started.elapsed());
    found.len()
}

#[test]
fn a_number_of_ten_thousand_digits_is_one_number() {
    assert_eq!(read(&format!("It has {} grains.", "7".repeat(10_000))), 1);
    assert_eq!(read(&format!("It has 1{} grains.", ",000".repeat(3_000))), 1);
    assert_eq!(read(&format!("0.{}", "3".repeat(10_000))), 1);
}

#[test]
fn a_paragraph_without_end_is_cut_at_a_blank() {
    let line = "10 km of road and nothing else that anybody would count ";
    assert_eq!(read(&line.repeat(40_000)), 40_000);
    assert_eq!(read(&"1".repeat(3_000_000)), 0);
    read(&"ألف".repeat(500_000));
}

#[test]
fn what_repeats_without_end_is_read_in_linear_time() {
    for part in [
        "1 point ",
        "one point ",
        "a ",
        "and ",
        "half of a ",
        "(",
        "[",
        "(1",
        "1-",
        "1/",
        "1.",
        "1,",
        "12:",
        "- ",
        "минус ",
        "و",
        "ثلاثة و",
        "خمس ",
        "million ",
        "two ",
        "of the ",
        "from 1 to ",
        "between 1 and ",
        "more than ",
        "1 km and ",
        "1 ft ",
        "january ",
        "early ",
        "in 1990 - ",
        "\u{200f}",
        "ـ",
        "'",
        "\"",
        "$",
        "$1",
        "1$",
        "1e",
        "1^",
        "²",
        "half ",
        "third ",
        "first ",
        "the ",
        "http://1",
        "1_",
        "one-",
        "twenty-",
        "1 hour ",
        "3 (",
    ] {
        read(&part.repeat(5_000));
    }
}

#[test]
fn invisible_marks_everywhere_change_nothing() {
    let text =
        "The border of 6,467 km was drawn on 18 January 2005; трижды по двадцать пять тысяч; خمسة وعشرون ألف دولار";
    let hidden: String = text.chars().flat_map(|letter| [letter, '\u{200b}', '\u{202e}', '\u{2069}']).collect();
    let plain = |text: &str| -> Vec<_> {
        mentions(text, &Options::default())
            .into_iter()
            .map(|mention| (mention.figure, mention.date, mention.unit))
            .collect()
    };
    assert_eq!(plain(text), plain(&hidden));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        read(&text);
    }

    #[test]
    fn any_order_of_words_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "1", "12", "1990", "2,5", "3/4", ".", ",", "-", "–", "(", ")", "%", "$", "km", "km²", "/", "and", "or", "to", "from", "between",
        "half", "a", "of", "the", "one", "twenty", "hundred", "million", "first", "third", "january", "early", "century", "bc", "s", "'",
        "مئة", "و", "خمسة", "عشرون", "ألف", "من", "إلى", "عام", "القرن", "نصف", "هـ", "%", "دولار", "المليون",
        "сто", "двадцать", "первый", "тысяч", "года", "века", "и", "в", "полтора", "целых", "\u{200f}", "\n", "\n\n", "more", "than", "or more",
        "ago", "q3", "2018-q3", "10/31/1974", "1e9", "^", "×", "[", "]", "²", "¾", "am", ":", "5:30", "http://a.b/1", "v2.0", "#5",
    ]), 0..40), blanks in prop::collection::vec(prop::bool::ANY, 40)) {
        let mut text = String::new();
        for (word, blank) in words.iter().zip(blanks) {
            text.push_str(word);
            if blank {
                text.push(' ');
            }
        }
        read(&text);
    }
}
