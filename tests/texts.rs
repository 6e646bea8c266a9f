//! A text without claims, as a user checks it: what it ties together holds, one figure breaks it, and what it does not tie
//! together is left alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

mod terminal;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use tempfile::TempDir;
use terminal::{check, read, run, write};

/// Passages by language: the text, what to replace, and by what.
#[derive(Deserialize)]
struct Case {
    name: String,
    rule: String,
    en: Option<[String; 3]>,
    ru: Option<[String; 3]>,
    ar: Option<[String; 3]>,
}

/// Passages that say less than they seem to.
#[derive(Deserialize)]
struct Trap {
    name: String,
    texts: Vec<String>,
}

/// A file of passages in `tests/texts`, one for each way in which texts tie figures.
#[derive(Deserialize)]
struct Passages {
    #[serde(default)]
    case: Vec<Case>,
    #[serde(default)]
    trap: Vec<Trap>,
}

/// All passages, in the order of their files.
fn passages() -> Passages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Passages { case: Vec::new(), trap: Vec::new() };
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let read: Result<Passages, _> = toml::from_str(&text);
        assert!(read.is_ok(), "{}: {:?}", file.display(), read.err());
        let read = read.unwrap();
        all.case.extend(read.case);
        all.trap.extend(read.trap);
    }
    all
}

/// Checks many texts in one run; the rules that held and those that found something, by file.
fn checked(texts: &BTreeMap<String, String>) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let folder = TempDir::new().unwrap();
    texts.iter().for_each(|(name, text)| write(folder.path(), name, text));
    let mut arguments = vec!["--all"];
    arguments.extend(texts.keys().map(String::as_str));
    let ran = check(folder.path(), &arguments);
    assert!(ran.problems().is_empty(), "{:?}", ran.problems());
    let json = ran.json();
    let mut found: BTreeMap<String, (Vec<String>, Vec<String>)> =
        texts.keys().map(|name| (name.clone(), Default::default())).collect();
    for finding in json["findings"].as_array().unwrap() {
        assert_eq!(finding["claims"].as_array().unwrap().len(), 0, "a text has only places");
        let file = finding["places"][0]["file"].as_str().unwrap();
        found.get_mut(file).unwrap().1.push(finding["rule"].as_str().unwrap().to_owned());
    }
    for made in json["checks"].as_array().unwrap() {
        let file = made["places"][0]["file"].as_str().unwrap();
        if made["verdict"] == "holds" {
            found.get_mut(file).unwrap().0.push(made["rule"].as_str().unwrap().to_owned());
        }
    }
    found
}

fn cases() -> Vec<(String, String, [String; 3])> {
    let mut all = Vec::new();
    for case in passages().case {
        for (language, text) in [("en", case.en), ("ru", case.ru), ("ar", case.ar)] {
            if let Some(text) = text {
                all.push((format!("{language}: {}", case.name), case.rule.clone(), text));
            }
        }
    }
    all
}

#[test]
fn what_a_text_ties_together_holds_or_is_told() {
    let cases = cases();
    let mut texts = BTreeMap::new();
    for (index, (name, _, [text, from, to])) in cases.iter().enumerate() {
        assert_eq!(text.matches(from.as_str()).count(), 1, "{name}: {from}");
        texts.insert(format!("{index:03}-good.md"), text.clone());
        texts.insert(format!("{index:03}-wrong.md"), text.replace(from, to));
    }
    let found = checked(&texts);
    let mut complaints = Vec::new();
    for (index, (name, rule, _)) in cases.iter().enumerate() {
        let (holding, told) = &found[&format!("{index:03}-good.md")];
        // a year that is the same in both calendars, a day that exists, a number with no scale word are no check that is listed
        let is_listed = !matches!(rule.as_str(), "dual-dates-agree" | "day-of-month" | "scale-word-again");
        if !told.is_empty() || is_listed && !holding.contains(rule) {
            complaints.push(format!("{name}: holds {holding:?}, told {told:?}, expected {rule} to hold"));
        }
        let (holding, told) = &found[&format!("{index:03}-wrong.md")];
        if !told.contains(rule) {
            complaints.push(format!("{name}: broken, holds {holding:?}, told {told:?}, expected {rule} to be told"));
        }
    }
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), 2 * cases.len(), complaints.join("\n"));
}

#[test]
fn what_a_text_does_not_tie_together_is_left_alone() {
    let traps = passages().trap;
    let mut texts = BTreeMap::new();
    for (number, trap) in traps.iter().enumerate() {
        for (index, text) in trap.texts.iter().enumerate() {
            texts.insert(format!("{number:03}-{index}.md"), text.clone());
        }
    }
    let mut complaints = Vec::new();
    for (file, (_, told)) in checked(&texts) {
        if !told.is_empty() {
            let name = &traps[file[..3].parse::<usize>().unwrap()].name;
            complaints.push(format!("{name}: {told:?} in {}", texts[&file]));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn findings_are_drawn_in_the_text() {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        "report.md",
        "The border measures 13,364 km in all: 7,644 km with Russia, 2,330 km with Uzbekistan, 1,865 km with China,\n\
         1,212 km with Kyrgyzstan and 413 km with Turkmenistan. Exports rose by 20 percent to $12.0 billion from $10.0 billion.\n",
    );
    write(folder.path(), "report.ru.md", "Экспорт снизился на 6,9 % до 5,034 млрд долларов с 5,571 млрд долларов.\n");
    write(
        folder.path(),
        "report.ar.md",
        "يبلغ عدد مكاتب التصويت 778 مكتبا، منها 532 مكتبا بالوسط الحضري و255 مكتبا بالوسط القروي.\n",
    );
    let ran = run(folder.path(), &["check", "report.md", "report.ru.md", "report.ar.md"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out);
    insta::assert_snapshot!(run(folder.path(), &["check", "--all", "report.md"]).out);
}

#[test]
fn places_are_bytes_of_the_text_and_the_fingerprint_survives_other_edits() {
    let folder = TempDir::new().unwrap();
    let text = "صوت 12 من أصل 40 (35%) ضد القرار.\n";
    write(folder.path(), "a.md", text);
    let first = check(folder.path(), &["a.md"]).json();
    let finding = &first["findings"][0];
    assert_eq!((&finding["check"], &finding["claims"]), (&serde_json::Value::Null, &serde_json::json!([])));
    for place in finding["places"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at("start")..at("end")], place["text"].as_str().unwrap());
        assert_eq!((place["line"].as_u64(), place["file"].as_str()), (Some(1), Some("a.md")));
    }
    write(folder.path(), "a.md", format!("# عنوان\n\n{text}"));
    let moved = check(folder.path(), &["a.md"]).json();
    assert_eq!(moved["findings"][0]["fingerprint"], finding["fingerprint"]);
    write(folder.path(), "a.md", text.replace("35", "36"));
    let changed = check(folder.path(), &["a.md"]).json();
    assert_ne!(changed["findings"][0]["fingerprint"], finding["fingerprint"]);
}

#[test]
fn a_finding_on_a_text_is_explained_and_goes_into_every_format() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "kzcheck.toml", "");
    write(folder.path(), "a.md", "Of the members, 12 out of 40 (35 percent) voted against.\n");
    let explained = run(folder.path(), &["explain", "share-of-total"]);
    assert_eq!((explained.code, explained.out.contains("Bind it where the text")), (0, true));
    let text = run(folder.path(), &["check", "--format", "sarif", "a.md"]).out;
    assert!(text.contains("share-of-total") && text.contains("a.md"), "{text}");
    let missing = check(folder.path(), &["b.md"]);
    assert_eq!(missing.code, 2);
}

#[test]
fn what_was_recognised_on_a_line_can_be_traced() {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        "report.md",
        "# A heading\n\nIn 2019, 12 out of 40 (35 percent) voted against.\nIt has 7 rooms.\n",
    );
    let ran = run(folder.path(), &["why", "report.md:3"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out);
    let json = run(folder.path(), &["why", "report.md:4", "--format", "json"]).json();
    assert_eq!(
        (json["figures"][0]["text"].as_str(), json["figures"][0]["tied"].as_array().map(Vec::len)),
        (Some("7"), Some(0))
    );
    assert_eq!(run(folder.path(), &["why", "report.md:1"]).out, "report.md, line 1\n  no figure\n");
}

#[test]
fn html_and_csv_take_part() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "a.html", "<p>The herd has 641 animals (411&nbsp;<b>sheep</b>, 150 goats and 90 horses).</p>");
    write(folder.path(), "b.csv", "Sex,2020,2021\nMen,4512,4360\nWomen,4733,4811\nTotal,9245,9441\n");
    let ran = check(folder.path(), &["a.html", "b.csv"]);
    assert_eq!(ran.findings(), ["warning parts-of-a-whole", "error parts-of-a-whole"]);
    let json = ran.json();
    let texts = |finding: usize| {
        let places = json["findings"][finding]["places"].as_array().unwrap().clone();
        places.iter().map(|place| place["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(0), ["411", "150", "90", "641"]);
    assert_eq!(texts(1), ["4360", "4811", "9441"]);
}

/// A finding that the author of a text has accepted in the text is counted and not told, in each language.
#[test]
fn a_finding_is_accepted_where_it_stands() {
    let texts = [
        "<!-- kzcheck: allow parts-of-a-whole: two ships are counted twice -->\n\n\
         The harbour has 123 ships: 71 tankers, 32 ferries and 47 trawlers.\n",
        "В порту 123 судна: 71 танкер, 32 парома и 47 траулеров. <!-- kzcheck: allow parts-of-a-whole: так напечатано -->\n",
        "<!-- kzcheck: allow parts-of-a-whole: هكذا طُبع -->\n\nفي الميناء 123 سفينة: 71 ناقلة، و32 عبّارة، و47 قارب صيد.\n",
    ];
    for text in texts {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "a.md", text);
        let ran = check(folder.path(), &["--all", "a.md"]);
        assert_eq!((ran.code, ran.findings()), (0, Vec::new()), "{}", ran.out);
        assert_eq!(ran.json()["suppressed"][0]["by"], "allow", "{}", ran.out);
        let bare = text.lines().map(|line| line.split("<!--").next().unwrap()).collect::<Vec<_>>().join("\n");
        write(folder.path(), "a.md", bare);
        assert_eq!(check(folder.path(), &["a.md"]).findings(), ["error parts-of-a-whole"]);
    }
}

#[test]
fn a_comment_that_accepts_nothing_is_told_and_one_that_says_nothing_is_a_problem() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "a.md", "<!-- kzcheck: allow parts-of-a-whole: mended since -->\n\nThere are 12 ships.\n");
    let ran = check(folder.path(), &["a.md"]);
    assert_eq!((ran.code, ran.findings()), (0, vec!["warning unused-allow".to_owned()]));
    assert_eq!(ran.json()["findings"][0]["places"][0]["line"], 1);
    write(folder.path(), "a.md", "<!-- kzcheck: allow parts-of-whole -->\n\nThere are 12 ships.\n");
    let ran = check(folder.path(), &["a.md"]);
    assert_eq!(ran.code, 2);
    let problem = "a.md:1: no rule is called `parts-of-whole` (did you mean `parts-of-a-whole`?)";
    assert_eq!(ran.problems(), [problem]);
}

/// Texts that the configuration names belong to the project: checked without being named, known to the baseline.
#[test]
fn texts_of_a_project_are_checked_with_it() {
    let folder = TempDir::new().unwrap();
    let wrong = "The harbour has 123 ships: 71 tankers, 32 ferries and 47 trawlers.\n";
    write(folder.path(), "kzcheck.toml", "texts = [\"reports/**/*.md\"]\n");
    write(folder.path(), "reports/2024/a.md", wrong);
    write(folder.path(), "reports/2024/a.rst", wrong);
    write(folder.path(), "other.md", wrong);
    let ran = check(folder.path(), &[]);
    assert_eq!((ran.code, ran.findings()), (1, vec!["error parts-of-a-whole".to_owned()]));
    assert_eq!(ran.json()["findings"][0]["places"][0]["file"], "reports/2024/a.md");
    // what is known of one text stays known when another is added
    assert!(run(folder.path(), &["baseline"]).out.contains("1 finding, 1 of them new; 0 gone"));
    write(folder.path(), "other.md", wrong.replace("47", "57"));
    let ran = run(folder.path(), &["baseline", "other.md"]);
    assert!(ran.out.contains("2 findings, 1 of them new; 0 gone"), "{}", ran.out);
    assert_eq!(check(folder.path(), &[]).code, 0);
    assert_eq!(check(folder.path(), &["other.md"]).code, 0);
    write(folder.path(), "reports/2024/a.md", wrong.replace("47", "46"));
    assert_eq!(check(folder.path(), &[]).code, 1);
    write(folder.path(), "kzcheck.toml", "texts = [\"news/*.md\"]\n");
    assert_eq!(
        check(folder.path(), &[]).problems(),
        ["kzcheck.toml:1: no text fits `news/*.md` (patterns are relative to this file; `**` stands for any folders)"]
    );
}

/// A folder without claims stands for the texts in it.
#[test]
fn a_folder_of_texts_is_checked_as_its_texts() {
    let folder = TempDir::new().unwrap();
    let wrong = "The harbour has 123 ships: 71 tankers, 32 ferries and 47 trawlers.\n";
    for name in ["texts/a.md", "texts/deep/b.txt", "texts/c.py", "texts/.hidden/d.md"] {
        write(folder.path(), name, wrong);
    }
    write(folder.path(), "kzcheck.toml", "");
    let ran = check(folder.path(), &["texts"]);
    let json = ran.json();
    let files = json["findings"].as_array().unwrap().iter().map(|found| found["places"][0]["file"].as_str().unwrap());
    assert_eq!(files.collect::<Vec<_>>(), ["texts/a.md", "texts/deep/b.txt"]);
    std::fs::remove_file(folder.path().join("kzcheck.toml")).unwrap();
    assert_eq!(check(folder.path(), &["texts"]).findings().len(), 2);
}

/// What `extract` writes is what the check of notation reads, and a second run finds all of it again.
#[test]
fn what_was_written_is_found_again_and_read_as_it_stands() {
    let texts = [
        (
            "ar",
            "بلغ عدد السكان 3 ملايين و555 ألفا و560 نسمة، منهم مليون و782 ألفا و178 من الذكور.\n\n\
                يبدأ الموسم في 20 نوفمبر (تشرين الثاني) من كل عام، وتبلغ النسبة 8/8.\n",
        ),
        ("ru", "Сезон открывают 9 июля. Доля выросла с 27,7\u{a0}% до 28,6\u{a0}%, готово 4/5 работ.\n"),
        ("en", "The season opens on 9 July. Of 120/120 files 98 were read, 3-1 was the score and 10–8 % was meant.\n"),
    ];
    for (language, text) in texts {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "text.md", text);
        std::fs::create_dir(folder.path().join("claims")).unwrap();
        let ran = run(folder.path(), &["extract", "text.md", "-o", "claims/text.toml"]);
        assert_eq!(ran.code, 0, "{language}: {}", ran.err);
        let first = read(folder.path(), "claims/text.toml");
        let again = run(folder.path(), &["extract", "text.md", "-o", "claims/text.toml"]);
        assert!(again.err.contains("0 drafts;"), "{language}: {}", again.err);
        assert_eq!(read(folder.path(), "claims/text.toml"), first, "{language}");
        let checked = check(folder.path(), &[]);
        assert_eq!((checked.code, checked.findings()), (0, Vec::new()), "{language}: {}", checked.out);
    }
}

/// The names of subjects that a claim file declares are names by which the text may call them.
#[test]
fn a_text_is_bound_by_the_subjects_of_its_claim_file() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "text.md", "The Treaty of Ravenholm was signed in 1911.\n");
    let subject = "[document]\nid = \"text\"\npath = \"../text.md\"\n\n\
                   [subject.ravenholm-treaty]\nkind = \"treaty\"\nnames.en = [\"Treaty of Ravenholm\"]\n";
    write(folder.path(), "claims/text.toml", subject);
    let ran = run(folder.path(), &["extract", "text.md", "-o", "claims/text.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let written = read(folder.path(), "claims/text.toml");
    assert!(written.starts_with(subject), "{written}");
    assert!(
        written.contains("subject = \"ravenholm-treaty\"") || written.contains("subject    = \"ravenholm-treaty\""),
        "{written}"
    );
    assert!(written.contains("treaty.signed") && written.contains("1911"), "{written}");
}

/// A share in a table is held against the whole that stands before it, and not once more against the other shares.
#[test]
fn one_wrong_share_of_a_known_whole_is_told_once() {
    let folder = TempDir::new().unwrap();
    let rows = "| Novels | 2,310 | 48.0 % |\n| History | 1,204 | 35.0 % |\n| Maps | 118 | 2.5 % |\n| Travel | 612 | 12.7 % |\n";
    let text = format!(
        "The library lent 4,812 books.\n\n| Kind | Books | Share |\n|---|---|---|\n{rows}| Art | 568 | 11.8 % |\n"
    );
    write(folder.path(), "a.md", text);
    assert_eq!(check(folder.path(), &["a.md"]).findings(), ["error share-of-total"]);
}

/// The two ends of a range were written as one claim, which then contradicted itself.
#[test]
fn a_change_along_a_range_is_no_check_of_one_claim() {
    let texts = [
        "Revenue rose from 40.2 to 50.3 million euros, by 25.1%.\n",
        "Выручка выросла с 40,2 до 50,3 млн евро, на 25,1 %.\n",
        "ارتفعت الإيرادات من 40.2 إلى 50.3 مليون يورو، بنسبة 25.1%.\n",
    ];
    for text in texts {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "text.md", text);
        std::fs::create_dir(folder.path().join("claims")).unwrap();
        let ran = run(folder.path(), &["extract", "text.md", "-o", "claims/text.toml"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let written = read(folder.path(), "claims/text.toml");
        assert!(written.contains("40.2") && written.contains("50.3"), "{written}");
        let checked = check(folder.path(), &[]);
        assert_eq!((checked.code, checked.findings()), (0, Vec::new()), "{}", checked.out);
    }
}
