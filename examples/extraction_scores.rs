//! Prints how well figures are found in the cases of other projects: `cargo run --release --example extraction_scores`.
//! With `--wrong [LANGUAGE [KIND]]` also each case that is wrong.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/extract_cases/left_out.rs"]
mod left_out;
#[path = "../tests/extract_cases/scoring.rs"]
mod scoring;
#[path = "../tests/extract_cases/times.rs"]
mod times;
#[path = "../tests/extract_cases/units.rs"]
mod units;

fn main() {
    let Some(folder) = scoring::cases() else {
        println!("no cases beside the repository; name their folder in KZCHECK_CASES");
        return;
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows = arguments.first().is_some_and(|first| first == "--wrong");
    let wants = |index: usize, value: &str| arguments.get(index).is_none_or(|wanted| wanted == value);
    println!("language kind        cases  right  expected  found  valued  false   right %  precision  recall");
    let print = |language: &str, kind: &str, score: &scoring::Score| {
        let percent = |part: usize, whole: usize| if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 };
        println!(
            "{language:<8} {kind:<10} {:>6} {:>6} {:>9} {:>6} {:>7} {:>6} {:>8.1} {:>9.1} {:>8.1}",
            score.cases,
            score.right,
            score.expected,
            score.found,
            score.valued,
            score.false_mentions,
            percent(score.right, score.cases),
            percent(score.valued, score.found + score.false_mentions),
            percent(score.valued, score.expected),
        );
    };
    let scores = scoring::score(&scoring::records(&folder.join("figures.jsonl")));
    for ((language, kind), score) in &scores {
        print(language, kind, score);
        if shows && wants(1, language) && wants(2, kind) {
            score.wrong.iter().for_each(|wrong| println!("    {wrong}"));
        }
    }
    let mut left_out: std::collections::BTreeMap<&str, Vec<String>> = Default::default();
    for case in scoring::records(&folder.join("figures.jsonl")) {
        if let Some(reason) = left_out::is_left_out(&case) {
            left_out.entry(reason).or_default().push(scoring::text(&case, "text").unwrap_or_default().to_owned());
        }
    }
    for (reason, cases) in &left_out {
        println!("left out: {} cases: {reason}", cases.len());
        if shows && wants(1, "left-out") {
            cases.iter().for_each(|case| println!("    {case:?}"));
        }
    }
    if let Ok(study) = std::fs::read_to_string(folder.join("../study.ar.txt")) {
        let score = scoring::score_study(&study, &scoring::records(&folder.join("study-figures.jsonl")));
        print("ar", "study", &score);
        if shows && wants(1, "study") {
            score.wrong.iter().for_each(|wrong| println!("    {wrong}"));
        }
    }
}
