//! A project's own language packs, as its owner sees them: `rules/languages/*.toml` beside the claims.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod harbour;

use harbour::{run, write};

/// What `extract` prints of a text in a project with these packs, without the places.
fn extracted(packs: &[(&str, &str)], text: &str, arguments: &[&str]) -> (i32, Vec<String>, String) {
    let folder = tempfile::TempDir::new().unwrap();
    let root = folder.path();
    for (name, pack) in packs {
        write(root, &format!("rules/languages/{name}"), pack);
    }
    write(root, "text.txt", text);
    let all: Vec<&str> = ["extract", "text.txt"].into_iter().chain(arguments.iter().copied()).collect();
    let ran = run(root, &all);
    let rows = ran.out.lines().skip(1).map(|row| {
        let (_, row) = row.trim_start().split_once(' ').unwrap();
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    (ran.code, rows.collect(), ran.err)
}

#[test]
fn a_unit_a_month_or_a_number_word_is_one_line() {
    let pack = "[unit]\n\"yurt\" = [\"юрта\", \"юрты\", \"юрт\"]\n\n[month]\n7 = [\"сенокос\"]\n\n[cardinal]\n60 = [\"копа\"]\n";
    let (code, rows, _) = extracted(&[("ru.toml", pack)], "Поставили 25 юрт и копа юрт 5 сенокос 2020 года.", &[]);
    assert_eq!(code, 0);
    assert_eq!(rows, ["quantity 25 yurt 25 юрт", "quantity 60 yurt копа юрт", "date 2020-07-05 5 сенокос 2020 года"]);
}

#[test]
fn what_the_project_means_by_a_word_takes_the_place_of_what_is_shipped() {
    let text = "السعر 300 ليرة و500 دولار.";
    assert_eq!(extracted(&[], text, &[]).1[0], "money 300 LBP 300 ليرة");
    let pack = "[unit]\nSYP = [\"ليرة\", \"ليرات\"]\n";
    let rows = extracted(&[("ar.money.toml", pack)], text, &[]).1;
    assert_eq!(rows, ["money 300 SYP 300 ليرة", "money 500 USD 500 دولار"]);
}

#[test]
fn a_phrase_goes_on_where_a_shipped_one_ends() {
    let rows = extracted(
        &[("en.toml", "[unit]\nTEU = [\"dollar box\", \"dollar boxes\"]\n")],
        "5 dollar boxes, 5 dollars, 5 dollar bills",
        &[],
    )
    .1;
    assert_eq!(rows, ["quantity 5 TEU 5 dollar boxes", "money 5 USD 5 dollars", "money 5 USD 5 dollar bills"]);
}

#[test]
fn a_new_language_is_a_new_file() {
    let pack = "[language]\nname = \"Ukrainian\"\nscript = \"Cyrillic\"\ndecimal = \",\"\n\n[cardinal]\n5 = [\"пять\", \"п'ять\"]\n20 = [\"двадцять\"]\n\n\
                [scale]\n3 = [\"тисяч\"]\n\n[unit]\nUAH = [\"гривень\"]\n";
    let (_, rows, _) = extracted(&[("uk.toml", pack)], "Ціна двадцять пять тисяч гривень", &["--language", "uk"]);
    assert_eq!(rows, ["money 25,000 UAH двадцять пять тисяч гривень"]);
    let (code, _, error) = extracted(&[("uk.toml", pack)], "Ціна", &["--language", "fr"]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no pack for `fr`; there are ar, en, ru, uk"), "{error}");
}

#[test]
fn a_mistake_in_a_pack_is_shown_in_its_place() {
    for (pack, message, line) in [
        ("[unit]\nkm = [\"verst\"\n", "unclosed array", "ru.toml:2:"),
        ("[units]\nkm = [\"verst\"]\n", "[units] has no `km`", "ru.toml:2:1"),
        ("[month]\n\n13 = [\"smarch\"]\n", "[month] has no `13`", "ru.toml:3:1"),
        ("[unit]\nkm = \"verst\"\n", "[unit] `km` is no list", "ru.toml:2:1"),
        ("[language]\nmonth-first = 1\n", "[language] `month-first` is neither true nor false", "ru.toml:2:1"),
    ] {
        let (code, rows, error) = extracted(&[("ru.toml", pack)], "5 km", &[]);
        assert_eq!((code, rows.len()), (2, 0), "{pack}");
        assert!(error.contains(message) && error.contains(line), "{pack}: {error}");
        assert!(error.contains("sections and keys are those of the packs"), "{error}");
    }
}
