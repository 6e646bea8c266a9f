//! Same input, same result: for any order of files and any number of threads.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::Options;
use project::check;

/// A folder with conflicts between files, so that order could show.
fn texts() -> Vec<String> {
    (0..40)
        .map(|file| {
            let mut text = String::from("[document]\nid = \"report\"\n");
            for claim in 0..10 {
                let year = 2000 + (file * 10 + claim) % 25;
                // each year is claimed many times over, with values that do not all agree
                let value = 100 + year % 7 + i32::from(file % 9 == 0);
                text.push_str(&format!(
                    "[[claim]]\nid = \"claim-{file}-{claim}\"\nsubject = \"france\"\nmeasure = \"population\"\nperiod = \"{year}\"\nvalue = \"{value}.0 million persons\"\n"
                ));
            }
            text
        })
        .collect()
}

fn described(order: &[usize], threads: usize) -> Vec<String> {
    let all = texts();
    let texts: Vec<&str> = order.iter().map(|index| all[*index].as_str()).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let checked = pool.install(|| check(&[], &texts, &Options { keep_all: true, ..Options::default() }));
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    checked.findings()
}

#[test]
fn any_number_of_threads_gives_the_same_findings_in_the_same_order() {
    let order: Vec<usize> = (0..40).collect();
    let one = described(&order, 1);
    assert_eq!(one.len(), 25);
    for threads in [2, 3, 8] {
        assert_eq!(described(&order, threads), one);
    }
}

#[test]
fn any_order_of_files_gives_the_same_findings() {
    let forward: Vec<usize> = (0..40).collect();
    let backward: Vec<usize> = (0..40).rev().collect();
    let sorted = |mut findings: Vec<String>| {
        for finding in &mut findings {
            // within a finding, claims come in the order of the files
            let (head, ids) = finding.split_once(": ").unwrap();
            let mut ids: Vec<&str> = ids.split(", ").collect();
            ids.sort_unstable();
            *finding = format!("{head}: {}", ids.join(", "));
        }
        findings.sort();
        findings
    };
    assert_eq!(sorted(described(&forward, 2)), sorted(described(&backward, 2)));
}
