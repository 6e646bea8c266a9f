//! The pages of `docs/rules/` are what the rules' own TOML says. `KZCHECK_UPDATE_PAGES=1 cargo test --test rule_pages`
//! writes them anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::collections::BTreeMap;
use std::path::Path;

use kzcheck::project::{self, Project};
use kzcheck::rulebook::{Explanation, Index, Rulebook};

/// The pages by their names, of the rules that come with the program.
fn pages() -> BTreeMap<String, String> {
    let folder = tempfile::TempDir::new().unwrap();
    let mut problems = Vec::new();
    let project = Project::find(folder.path(), &mut problems);
    let rules = project::rules::load(&project, &mut problems);
    assert!(problems.is_empty());
    let book = Rulebook::open(&project, &rules);
    let page = |rule| {
        let page = Explanation::new(&book, rule);
        (format!("{}.md", page.rule), page.markdown())
    };
    let index = ("README.md".to_owned(), Index::new(&book).markdown());
    rules.rules.iter().map(page).chain([index]).collect()
}

#[test]
fn the_pages_are_those_of_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let pages = pages();
    if std::env::var_os("KZCHECK_UPDATE_PAGES").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        pages.iter().for_each(|(name, page)| std::fs::write(folder.join(name), page).unwrap());
    }
    let kept = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
    let kept: BTreeMap<String, String> = kept
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let stale: Vec<&String> =
        pages.keys().chain(kept.keys()).filter(|name| pages.get(*name) != kept.get(*name)).collect();
    assert!(stale.is_empty(), "KZCHECK_UPDATE_PAGES=1 cargo test --test rule_pages writes them anew: {stale:?}");
}
