//! A review for a terminal: one screen that somebody reads who has never seen a claim file.
//!
//! Figures are shown in the notation of claims, from left to right; what the text itself says stands on a line of its
//! own, so that a terminal which reorders Arabic reorders nothing else.

use owo_colors::{OwoColorize, Style};

use super::{Account, Line};
use crate::check::Finding;
use crate::report::human::plain_characters;
use crate::report::terminal::Look;
use crate::report::visible::visible;
use crate::report::words::{self, count};
use crate::review::{Checked, Consequences};
use crate::revise::compare::Change;
use crate::rules::Severity;

/// Figures of a list that are shown, unless all are asked for.
const MOST: usize = 12;
/// Ids that are named.
const MOST_IDS: usize = 12;

/// The whole review.
pub fn render(account: &Account<'_>, look: &Look, all: bool) -> String {
    let mut page = Page { look, all, text: String::new() };
    let [old, new] = account.names;
    page.strong(&format!("{} → {}", visible(old), visible(new)));
    page.line(&account.headline());
    if !account.review.comparison.is_another_text() || all {
        page.figures(account);
    }
    if account.review.comparison.is_another_text() && !all {
        return plain_characters(page.text, look);
    }
    match &account.review.consequences {
        None => page.line("\nNo claims are about this text, so nothing is said of what follows."),
        Some(consequences) if consequences.document.is_empty() => {
            page.consequences(account, consequences);
            page.line("  No claims are about this text; this is what it asserts by itself.");
        }
        Some(consequences) => page.consequences(account, consequences),
    }
    plain_characters(page.text, look)
}

struct Page<'l> {
    look: &'l Look,
    all: bool,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn strong(&mut self, line: &str) {
        let painted = self.painted(line, Style::new().bold());
        self.line(&painted);
    }

    fn painted(&self, text: &str, style: Style) -> String {
        if self.look.has_colour { text.style(style).to_string() } else { text.to_owned() }
    }

    fn figures(&mut self, account: &Account<'_>) {
        let review = account.review;
        let pairs = |change| account.pairs(change).filter_map(|pair| account.pair(pair)).collect::<Vec<_>>();
        let singles = |list: &[usize], is_new: bool| -> Vec<Line> {
            let version = if is_new { &review.new } else { &review.old };
            list.iter().filter_map(|at| account.single(version, *at, is_new)).collect()
        };
        self.list("Changed", &pairs(Change::Changed));
        self.list("Added", &singles(&review.comparison.added, true));
        self.list("Removed", &singles(&review.comparison.removed, false));
        self.list("Moved", &account.moved());
    }

    fn list(&mut self, title: &str, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.text.push('\n');
        self.strong(title);
        let most = if self.all { usize::MAX } else { MOST };
        let shown = lines.get(..most.min(lines.len())).unwrap_or_default();
        let width = shown.iter().map(|line| line.place.chars().count()).max().unwrap_or(0);
        for line in shown {
            self.figure(line, width);
        }
        if lines.len() > shown.len() {
            self.line(&format!("  and {} more; `--all` shows them", lines.len() - shown.len()));
        }
    }

    fn figure(&mut self, line: &Line, width: usize) {
        let mut first = format!("  {:<width$}  {}", line.place, self.painted(&line.says, Style::new().bold()));
        if let Some(difference) = &line.difference {
            let relative = difference.relative.as_ref().map(|relative| format!(", {relative}")).unwrap_or_default();
            first.push_str(&format!("  ({}{relative})", difference.absolute));
        }
        if let Some(slip) = line.slip {
            let slip = format!("  a slip? {slip}");
            first.push_str(&self.painted(&slip, self.look.theme.styles.warning));
        }
        self.line(&first);
        let indent = " ".repeat(width + 4);
        for about in &line.about {
            self.line(&format!("{indent}{about}"));
        }
        if !line.excerpt.is_empty() {
            let excerpt = self.painted(&line.excerpt, self.look.theme.styles.linum);
            self.line(&format!("{indent}{excerpt}"));
        }
    }

    fn consequences(&mut self, account: &Account<'_>, consequences: &Consequences) {
        self.text.push('\n');
        self.strong("What follows");
        for finding in &consequences.appeared {
            self.finding(account, &consequences.new, finding, true);
        }
        for finding in &consequences.resolved {
            self.finding(account, &consequences.old, finding, false);
        }
        if consequences.appeared.is_empty() && consequences.resolved.is_empty() {
            self.line("  No finding appears, none is resolved.");
        }
        if consequences.holding > 0 {
            let checks = count(consequences.holding, "check");
            let verb = if consequences.holding == 1 { "holds" } else { "hold" };
            self.line(&format!("  {checks} of changed figures still {verb}."));
        }
        if consequences.remaining > 0 {
            self.line(&format!("  {} in both versions.", is_or_are(consequences.remaining)));
        }
        self.stale(account);
    }

    fn finding(&mut self, account: &Account<'_>, checked: &Checked, finding: &Finding, is_new: bool) {
        let styles = &self.look.theme.styles;
        let severity = finding.severity.name();
        let (mark, what, style) = match (is_new, finding.severity) {
            (true, Severity::Error) => ("×", format!("new {severity}"), styles.error),
            (true, _) => ("!", format!("new {severity}"), styles.warning),
            (false, _) => ("✓", "resolved".to_owned(), Style::new().green()),
        };
        let head = self.painted(&format!("{mark} {what}"), style);
        let lines = account.finding(checked, finding, is_new);
        let mut lines = lines.iter();
        let first = lines.next().map_or("", String::as_str);
        self.line(&format!("  {head} [{}]: {first}", finding.rule));
        for line in lines.filter(|line| !line.is_empty()) {
            self.line(&format!("      {line}"));
        }
    }

    fn stale(&mut self, account: &Account<'_>) {
        let [values, by_hand, gone] = account.stale();
        if !values.is_empty() {
            let line = format!(
                "{} to update, by `kzcheck sync --accept`: {}",
                count(values.len(), "claim"),
                self.ids(&values)
            );
            self.line(&format!("  {line}"));
        }
        if !by_hand.is_empty() {
            self.line(&format!("  {} to update by hand: {}", count(by_hand.len(), "claim"), self.ids(&by_hand)));
        }
        if !gone.is_empty() {
            self.line(&format!("  {} without a figure now: {}", count(gone.len(), "claim"), self.ids(&gone)));
        }
    }

    fn ids(&self, ids: &[&str]) -> String {
        let most = if self.all { ids.len() } else { MOST_IDS.min(ids.len()) };
        let mut shown: Vec<String> = ids.iter().take(most).map(|id| visible(id).into_owned()).collect();
        if ids.len() > most {
            shown.push(count(ids.len() - most, "other"));
        }
        words::and(&shown)
    }
}

fn is_or_are(findings: usize) -> String {
    let verb = if findings == 1 { "is" } else { "are" };
    format!("{} {verb}", count(findings, "finding"))
}
