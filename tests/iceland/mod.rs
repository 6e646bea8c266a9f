//! A small project about Icelandic fisheries, in a folder of its own: `kzcheck` is run in it as a user runs it.
#![allow(dead_code, reason = "each test binary uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use tempfile::TempDir;

#[path = "../terminal/mod.rs"]
mod terminal;
pub use terminal::*;

/// Measures and rules of the project.
pub const RULES: &str = r#"# Catches: what is landed, by species and port.
# Nothing else.

[qualifier.species]
total   = "all"
summary = "A species of fish"

[qualifier.season]
of = "period"

[qualifier.gear]
members = ["line", "net"]
total   = "all"

[measure."catch"]
dimension  = "mass"
qualifiers = ["species", "season", "gear"]
facets     = ["share"]
tags       = ["landed"]
min        = 0
summary    = "Fish landed, by weight"

[measure."quota"]
dimension  = "mass"
qualifiers = ["species", "season"]
min        = 0

[[rule]]
id          = "catch-within-quota"
summary     = "No more is caught than the quota allows"
severity    = "warning"
terms.quota = { measure = "quota", season = "$s" }
terms.catch = { measure = "catch", season = "$s" }
assert      = "catch <= quota"
why         = """
A quota holds for one species and season.
It is exceeded lawfully where part of it was carried over.

Then say so in the text."""
pass        = [{ catch = "212,400 t", quota = "222,300 t" }]
strained    = [{ catch = "222,400 t", quota = "222,000 t" }]
fail        = [{ catch = "232,400 t", quota = "222,300 t" }]

[[rule.hint]]
assert = "catch <= quota * 1.05"
say    = "It is within what may be carried over."

[[rule]]
id         = "catch-grows-each-season"
summary    = "The next season's catch is no smaller"
terms.new  = { measure = "$m", season = "$s", species = "total" }
terms.old  = { measure = "$m", season = "$s - 1 year", species = "total" }
where      = "$m is landed"
assert     = "new >= old"
pass       = [{ new = "1.2 million t", old = "1.1 million t" }]
fail       = [{ new = "1.1 million t", old = "1.3 million t" }]

[[rule]]
id          = "gear-makes-the-catch"
summary     = "What lines and nets bring in is the whole catch"
terms.parts = { measure = "catch", gear = "*" }
terms.whole = { measure = "catch", gear = "total" }
assert      = "sum(parts) = whole"
pass        = [{ parts = ["30 t", "70 t"], whole = "100 t" }]
fail        = [{ parts = ["31 t", "71 t"], whole = "119 t" }]

[[rule]]
id         = "landed-in-turn"
summary    = "Landings follow one another"
terms.days = { set = true }
terms.last = {}
assert     = "max(days) <= last"
pass       = [{ days = ["2019-03-01", "2019-03-05"], last = "2019-03" }]
fail       = [{ days = ["2019-03-01", "2019-04-05"], last = "2019-03" }]
"#;

/// Claims of the project.
pub const CLAIMS: &str = r#"[document]
id       = "arsskyrsla"
title    = "Ársskýrsla um fiskveiðar"
language = "is"

[subject.flotinn]
names.is = ["Flotinn"]

[[claim]]
id      = "þorskafli-2019"
subject = "flotinn"
measure = "catch"
species = "cod"
season  = "2019"
value   = "272,000 t"
source  = { line = 3, text = "272.000 tonn af þorski" }

[[claim]]
id      = "þorskkvóti-2019"
subject = "flotinn"
measure = "quota"
species = "cod"
season  = "2019"
value   = "264,437 t"
source  = { line = 4, text = "264.437 tonn" }

[[claim]]
id     = "fyrsti-dagur"
value  = "2019-09-01"

[[claim]]
id     = "síðasti-dagur"
value  = "2020-08-31"

[[check]]
id       = "seasons-ends"
assert   = "fyrsti-dagur <= síðasti-dagur"
severity = "note"
why      = "The season runs from September to August."

[[check]]
id    = "landings"
rule  = "landed-in-turn"
terms = { days = ["fyrsti-dagur"], last = "síðasti-dagur" }
"#;

/// A project with these rules and no claims.
pub fn with_rules(rules: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "rules/veiðar.toml", rules);
    folder
}

/// The whole project.
pub fn project() -> TempDir {
    let folder = with_rules(RULES);
    write(folder.path(), "claims/afli.toml", CLAIMS);
    folder
}
