//! A review as Markdown, for a comment on a merge request or the summary of a job.

use super::{Account, Line};
use crate::check::Finding;
use crate::report::markdown::escape::{code, text};
use crate::report::markdown::table;
use crate::report::words::count;
use crate::review::Checked;
use crate::revise::compare::Change;

/// The whole review.
pub fn render(account: &Account<'_>) -> String {
    let review = account.review;
    let [old, new] = account.names;
    let mut page = format!("### {} → {}\n\n**{}**\n", text(old), text(new), text(&account.headline()));
    let pairs = |change| account.pairs(change).filter_map(|pair| account.pair(pair)).collect::<Vec<_>>();
    let singles = |list: &[usize], is_new: bool| -> Vec<Line> {
        let version = if is_new { &review.new } else { &review.old };
        list.iter().filter_map(|at| account.single(version, *at, is_new)).collect()
    };
    if !review.comparison.is_another_text() {
        table(&mut page, &["changed", "figure", "by", "where"], pairs(Change::Changed).iter().map(changed).collect());
        for (title, lines) in [
            ("added", singles(&review.comparison.added, true)),
            ("removed", singles(&review.comparison.removed, false)),
            ("moved", account.moved()),
        ] {
            table(&mut page, &[title, "figure", "where"], lines.iter().map(plain).collect());
        }
    }
    let consequences = review.consequences.as_ref().filter(|_| !review.comparison.is_another_text());
    let Some(consequences) = consequences else { return page };
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.extend(consequences.appeared.iter().map(|found| finding(account, &consequences.new, found, "new")));
    rows.extend(consequences.resolved.iter().map(|found| finding(account, &consequences.old, found, "resolved")));
    table(&mut page, &["finding", "rule", "what"], rows);
    let mut rest = Vec::new();
    if consequences.appeared.is_empty() && consequences.resolved.is_empty() {
        rest.push("No finding appears, none is resolved.".to_owned());
    }
    if consequences.holding > 0 {
        let verb = if consequences.holding == 1 { "holds" } else { "hold" };
        rest.push(format!("{} of changed figures still {verb}.", count(consequences.holding, "check")));
    }
    if consequences.remaining > 0 {
        rest.push(format!("{} in both versions.", count(consequences.remaining, "finding")));
    }
    let [values, by_hand, gone] = account.stale();
    for (ids, what) in [(values, "to update"), (by_hand, "to update by hand"), (gone, "without a figure now")] {
        if !ids.is_empty() {
            let list: Vec<String> = ids.iter().map(|id| code(id)).collect();
            rest.push(format!("{} {what}: {}", count(ids.len(), "claim"), list.join(", ")));
        }
    }
    page.push_str(&format!("\n{}\n", rest.join("<br>\n")));
    page
}

fn changed(line: &Line) -> Vec<String> {
    let mut by: Vec<String> = Vec::new();
    if let Some(difference) = &line.difference {
        by.push(text(&difference.absolute));
        by.extend(difference.relative.as_deref().map(text));
    }
    by.extend(line.slip.map(|slip| format!("**a slip?** {}", text(slip))));
    let mut cells = plain(line);
    cells.insert(2, by.join("<br>"));
    cells
}

fn plain(line: &Line) -> Vec<String> {
    let mut place: Vec<String> = line.about.iter().map(|about| text(about)).collect();
    place.extend((!line.excerpt.is_empty()).then(|| text(&line.excerpt)));
    vec![text(&line.place), format!("**{}**", text(&line.says)), place.join("<br>")]
}

fn finding(account: &Account<'_>, checked: &Checked, found: &Finding, what: &str) -> Vec<String> {
    let head = if what == "new" { format!("**{what} {}**", found.severity.name()) } else { what.to_owned() };
    let lines: Vec<String> = account.finding(checked, found, what == "new").iter().map(|line| text(line)).collect();
    vec![head, code(&found.rule), lines.join("<br>")]
}
