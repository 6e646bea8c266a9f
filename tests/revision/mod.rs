//! A short text about a country's trade, mostly in Arabic, with its claims, and a revision of it.
#![allow(dead_code, reason = "each test binary uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use tempfile::TempDir;

#[path = "../terminal/mod.rs"]
mod terminal;
pub use terminal::*;

/// The text as the claims were read from it. The share of tourism in the total is wrong in it; the revision mends that.
pub const OLD: &str = "\
# Portugal at a glance

The mainland borders Spain alone, along a line of 1,214 km that has hardly moved since the treaty of Alcañices.

## التجارة

بلغ إجمالي التجارة السلعية للبرتغال (146.8) مليار يورو في عام 2021، بحسب هيئة الإحصاء.

وبلغت قيمة الصادرات (63.6) مليار يورو، ومعظمها من السيارات والأحذية والفلين.

أما الواردات فبلغت (83.2) مليار يورو، وتأتي في مقدمتها الطاقة والآلات.

## People

The census counted 10,343,066 residents in April 2021, fewer than ten years before.

Of those who work, 72.4 % are in services, 24.8 % in industry and 3.8 % in farming.

The republic was proclaimed on 5 October 1910 in Lisbon.
";

/// Harmless edits, edits that break a sum, and one that mends one.
pub const NEW: &str = "\
# Portugal at a glance

Prepared for the spring edition by the desk for southern Europe.

The mainland has one neighbour, Spain, along a line of 1,214 km that has hardly moved since the treaty of Alcañices.

## People

The census counted 10,343,066 residents in April 2021, fewer than ten years earlier.

Of those who work, 72.4 % are in services, 24.8 % in industry and 2.8 % in farming.

## التجارة

بلغ إجمالي التجارة السلعية للبرتغال (١٤٦٫٨) مليار يورو في عام 2021، بحسب هيئة الإحصاء.

وبلغت قيمة الصـادرات (66.3) مليار يورو، ومعظمها من السيارات والأحذية والفلين.

أما الواردات فبلغت (83.2) مليار يورو، وتأتي في مقدمتها الطاقة والآلات.

وزار البلاد (9.6) مليون سائح في العام نفسه.
";

pub const CLAIMS: &str = r#"# Claims about Portugal.

[document]
id       = "glance"
path     = "../texts/glance.md"

[[claim]]
id        = "border-spain"           # the only one
subject   = "portugal"
measure   = "border.length"
neighbour = "spain"
value     = "1,214 km"
source    = { line = 3, text = "1,214 km" }

# trade

[[claim]]
id      = "trade-2021"
subject = "portugal"
measure = "trade.goods"
period  = "2021"
value   = "146.8 billion EUR"
source  = { line = 7, text = "(146.8) مليار يورو" }

[[claim]]
id      = "exports-2021"
subject = "portugal"
measure = "trade.goods.exports"
period  = "2021"
value   = "63.6 billion EUR"
source  = { line = 9, text = "(63.6) مليار يورو" }

[[claim]]
id      = "imports-2021"
subject = "portugal"
measure = "trade.goods.imports"
period  = "2021"
value   = "83.2 billion EUR"
source  = { line = 11, text = "(83.2) مليار يورو" }

[[claim]]
id      = "residents"
subject = "portugal"
measure = "population"
period  = "2021"
value   = "10,343,066 persons"
source  = { line = 15, text = "10,343,066" }

[[claim]]
id     = "services"
value  = "72.4 %"
source = { line = 17, text = "72.4 %" }

[[claim]]
id     = "industry"
value  = "24.8 %"
source = { line = 17, text = "24.8 %" }

[[claim]]
id     = "farming"
value  = "3.8 %"
source = { line = 17, text = "3.8 %" }

[[claim]]
id     = "republic"
value  = "1910-10-05"
source = { line = 19, text = "5 October 1910" }

[[check]]
id    = "those-who-work"
rule  = "shares-of-a-whole"
terms = { shares = ["services", "industry", "farming"] }
"#;

/// The project with the old text in its place, and the new one beside it.
pub fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "kzcheck.toml", "");
    write(folder.path(), "claims/portugal.toml", CLAIMS);
    write(folder.path(), "texts/glance.md", OLD);
    write(folder.path(), "glance-2.md", NEW);
    folder
}
