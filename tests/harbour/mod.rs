//! A small project about a harbour, in a folder of its own: `kzcheck` is run in it as a user runs it.
#![allow(dead_code, reason = "each test binary uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use tempfile::TempDir;

#[path = "../terminal/mod.rs"]
mod terminal;
pub use terminal::*;

pub const RULES: &str = r#"
[measure."turnover"]
dimension  = "mass"
qualifiers = ["cargo", "period"]
min        = 0

[qualifier.cargo]
total = "all"
"#;

/// Three figures of a report, whose sum is right.
pub const CARGO: &str = r#"[document]
id = "report"

[subject.harbour]
names.en = ["The harbour"]

[[claim]]
id      = "turnover-2023"
subject = "harbour"
measure = "turnover"
period  = "2023"
value   = "91 t"
source  = { line = 2, text = "91 t" }

[[claim]]
id      = "bulk-2023"
subject = "harbour"
measure = "turnover"
cargo   = "bulk"
period  = "2023"
value   = "40 t"

[[claim]]
id      = "containers-2023"
subject = "harbour"
measure = "turnover"
cargo   = "containers"
period  = "2023"
value   = "51 t"

[[check]]
id     = "cargo-adds-up"
assert = "turnover-2023 = bulk-2023 + containers-2023"
"#;

/// The same figure twice, and not the same.
pub const YEARS: &str = r#"[subject.harbour]
names.en = ["The harbour"]

[[claim]]
id      = "turnover-2021"
subject = "harbour"
measure = "turnover"
period  = "2021"
value   = "88 t"

[[claim]]
id      = "turnover-2021-again"
subject = "harbour"
measure = "turnover"
period  = "2021"
value   = "80 t"
"#;

/// A project in which nothing is wrong.
pub fn sound() -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "rules/measures.toml", RULES);
    write(folder.path(), "claims/cargo.toml", CARGO);
    folder
}

/// The same with one finding.
pub fn broken() -> TempDir {
    let folder = sound();
    write(folder.path(), "claims/years.toml", YEARS);
    folder
}
