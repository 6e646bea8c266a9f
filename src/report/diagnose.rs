//! From a finding or a problem to a diagnostic: which places to show, what to say beside each, which notes below.
//!
//! A finding of a few claims shows each with its value in the claim file and its figure in the document, and the
//! two are tied by a number. One of many claims has one line for each, and only painted figures in the document.

use miette::{LabeledSpan, Severity as Level};
use rustc_hash::FxHashMap;

use super::Sources;
use super::graphical::DENSE;
use super::notice::{Notice, Part};
use super::sources::NamedText;
use super::visible::is_right_to_left;
use super::{Report, arithmetic, located, together, words};
use crate::check::Finding;
use crate::check::allow::UNUSED_ALLOW;
use crate::check::finding::Detail;
use crate::claims::{CheckBody, ClaimIndex, LocalCheck};
use crate::document::{Problem, Span};
use crate::project::DocumentText;
use crate::rules::Severity;

/// Makes diagnostics of what a report holds.
pub struct Diagnoser<'a> {
    report: &'a Report<'a>,
    checks: FxHashMap<&'a str, &'a LocalCheck>,
}

/// A claim of a finding, where it stands in it.
struct Shown<'a> {
    index: ClaimIndex,
    role: &'a str,
    /// From 1.
    number: usize,
    /// Where its figure stands in its document, if that is at hand.
    place: Option<(&'a DocumentText, Span)>,
}

impl<'a> Diagnoser<'a> {
    pub fn new(report: &'a Report<'a>) -> Diagnoser<'a> {
        let checks = report.claims.checks.iter().map(|check| (&*check.id, check)).collect();
        Diagnoser { report, checks }
    }

    /// A finding as a diagnostic.
    pub fn finding(&self, finding: &'a Finding) -> Notice<'a> {
        let level = match finding.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Advice,
        };
        let mut shown = self.shown(finding);
        let count = shown.len();
        let mut notes = self.notes(finding, &shown, level);
        // a line more at the top of a text moves every figure of it
        if finding.detail == Detail::Moved && count > DENSE {
            shown.truncate(DENSE);
            notes.push(Part::note(format!("and {} more; `--format json` lists them", count - DENSE)));
        }
        let mut sources = self.claim_files(finding, &shown);
        sources.extend(self.own_place(finding));
        if &*finding.rule != UNUSED_ALLOW {
            sources.extend(self.documents(&shown));
        }
        Notice {
            code: Some(&finding.rule),
            severity: Some(level),
            headline: words::message(self.report, finding),
            sources,
            notes,
            help: self.help(finding),
        }
    }

    /// A problem as a diagnostic.
    pub fn problem(sources: &'a Sources, problem: &'a Problem) -> Notice<'a> {
        let source = sources.named(&problem.file);
        let place = source.zip(problem.span).map(|(source, span)| Part {
            source: Some(source),
            labels: vec![LabeledSpan::new_with_span(None, source.fitted(span))],
            ..Part::default()
        });
        let headline = match (&place, problem.file.as_str()) {
            (None, file) if !file.is_empty() => format!("{file}: {}", problem.message),
            _ => problem.message.clone(),
        };
        Notice { headline, sources: place.into_iter().collect(), help: problem.help.clone(), ..Notice::default() }
    }

    /// The claims of a finding, each once, in the order in which they are shown.
    fn shown(&self, finding: &'a Finding) -> Vec<Shown<'a>> {
        let claims = self.report.claims;
        let mut files: FxHashMap<u32, usize> = FxHashMap::default();
        let mut shown: Vec<Shown<'a>> = Vec::new();
        for participant in &finding.participants {
            let next = files.len();
            files.entry(claims.get(participant.claim).file).or_insert(next);
            shown.push(Shown { index: participant.claim, role: &participant.role, number: 0, place: None });
        }
        shown.sort_by_key(|shown| {
            let claim = claims.get(shown.index);
            (files.get(&claim.file).copied(), claim.value_span.start)
        });
        shown.dedup_by_key(|shown| shown.index);
        for (index, one) in shown.iter_mut().enumerate() {
            one.number = index + 1;
            one.place = self.report.documents.place(claims, one.index);
        }
        shown
    }

    /// The place of a finding that is of no claim.
    fn own_place(&self, finding: &Finding) -> Option<Part<'a>> {
        let place = finding.own_place()?;
        let file = self.report.claims.files.get(place.file as usize)?;
        let source = self.report.sources.named(&file.path)?;
        let labels = vec![LabeledSpan::new_with_span(None, source.fitted(place.span))];
        Some(Part { source: Some(source), labels, ..Part::default() })
    }

    /// The values in the claim files.
    fn claim_files(&self, finding: &Finding, shown: &[Shown<'a>]) -> Vec<Part<'a>> {
        let claims = self.report.claims;
        let mut parts: Vec<Part<'a>> = Vec::new();
        for one in shown {
            let claim = claims.get(one.index);
            let Some(source) = self.report.sources.named(&claims.file(claim).path) else { continue };
            let text = self.claim_label(finding, one, shown.len());
            let label =
                LabeledSpan::new_with_span(Some(text), source.fitted(located::span(self.report, finding, one.index)));
            add(&mut parts, source, label);
        }
        parts
    }

    fn claim_label(&self, finding: &Finding, one: &Shown<'_>, count: usize) -> String {
        let claims = self.report.claims;
        let id = claims.id(one.index);
        let mut text = if count > 1 { format!("[{}] ", one.number) } else { String::new() };
        if claims.is_in_text(one.index) {
            // the figure itself is seen beside it
            text.push_str(if one.role.is_empty() { "this figure" } else { one.role });
            return text;
        }
        // a set's role is the same for all, and a check of its own names its claims
        if !one.role.is_empty() && one.role != id && count <= DENSE {
            text.push_str(&format!("{}: ", one.role));
        }
        text.push_str(id);
        let in_headline = matches!(
            finding.detail,
            Detail::Disagreement
                | Detail::SamePrecision
                | Detail::OutOfBounds { .. }
                | Detail::WrongDimension { .. }
                | Detail::Unstated { .. }
                | Detail::Marks { .. }
        );
        if count <= DENSE && !in_headline && claims.get(one.index).key.is_some() {
            text.push_str(&format!(" ({})", words::fact(self.report, one.index)));
        }
        match one.place {
            Some((document, span)) if count > DENSE => {
                let at = document.lines().place(document.text(), span.start as usize);
                let written = span.of(document.text());
                text.push_str(&format!("; text line {}, column {}: {written}", at.line, at.column));
            }
            Some(_) => {}
            None => text.push_str(&self.read_from(one.index)),
        }
        text
    }

    /// Where a claim was read, as far as it says: the text is not at hand, or does not say so any more.
    fn read_from(&self, index: ClaimIndex) -> String {
        let claims = self.report.claims;
        let claim = claims.get(index);
        let written = claims.source_text(index);
        let mut text = String::new();
        let document = claims.file(claim).document.as_deref();
        if let Some(document) = document.filter(|_| claim.source.line > 0 || !written.is_empty()) {
            text.push_str(&format!("; {document}"));
        }
        if claim.source.line > 0 {
            text.push_str(&format!("{} line {}", if text.is_empty() { ";" } else { "," }, claim.source.line));
        }
        let is_at_hand = document.is_some_and(|document| self.report.documents.get(document).is_some());
        if is_at_hand && claim.source.line > 0 {
            text.push_str(", where it is not found");
        }
        if !written.is_empty() {
            text.push_str(&format!(": {written}"));
        }
        text
    }

    /// The figures in the documents.
    fn documents(&self, shown: &[Shown<'a>]) -> Vec<Part<'a>> {
        let report = self.report;
        let mut parts: Vec<Part<'a>> = Vec::new();
        for one in shown {
            let Some((document, span)) = one.place else { continue };
            let source = NamedText { name: &document.shown, text: document.text(), lines: document.lines() };
            let name = if one.role.is_empty() { report.claims.id(one.index) } else { one.role };
            let text = match shown.len() {
                1 => Some("this figure".to_owned()),
                2..=DENSE => Some(format!("[{}] {name}", one.number)),
                _ => None,
            };
            add(&mut parts, source, LabeledSpan::new_with_span(text, source.fitted(span)));
        }
        parts
    }

    fn notes(&self, finding: &Finding, shown: &[Shown<'_>], level: Level) -> Vec<Part<'a>> {
        let mut notes = Vec::new();
        for line in &finding.arithmetic {
            let (left, right) = match finding.detail {
                Detail::Disagreement | Detail::SamePrecision => arithmetic::apart(line),
                _ => arithmetic::on_paper(line),
            };
            if !left.is_empty() {
                notes.push(Part::note(left));
            }
            notes.push(Part::strong_note(right, level));
        }
        notes.extend(together::derivation(self.report, finding).into_iter().map(Part::note));
        if let Some(reservation) = words::reservation(self.report, finding) {
            notes.push(Part::note(format!("reservation: {reservation}")));
        }
        notes.extend(finding.hints.iter().map(|hint| Part::note(format!("hint: {hint}"))));
        notes.extend(together::resolutions(self.report, finding).into_iter().map(Part::note));
        notes.extend(
            together::repairs(self.report, finding).into_iter().map(|repair| Part::note(format!("perhaps {repair}"))),
        );
        let check = finding.check.as_deref().and_then(|check| self.checks.get(check));
        if let Some(why) = check.and_then(|check| check.why.as_deref()) {
            notes.push(Part::note(format!("why: {}", shortened(why))));
        }
        notes.extend(self.suspects(shown).map(|suspects| Part::note(format!("look at: {suspects}"))));
        notes
    }

    /// The claims that may be blamed, where others may not.
    fn suspects(&self, shown: &[Shown<'_>]) -> Option<String> {
        let claims = self.report.claims;
        let trusted = |one: &&Shown<'_>| claims.extras(one.index).is_some_and(|extras| extras.trusted);
        let (good, other): (Vec<&Shown<'_>>, Vec<&Shown<'_>>) = shown.iter().partition(trusted);
        if good.is_empty() || other.is_empty() {
            return None;
        }
        let name = |one: &&Shown<'_>| format!("[{}] {}", one.number, claims.id(one.index));
        let verb = if good.len() == 1 { "is" } else { "are" };
        let good: Vec<String> = good.iter().map(|one| format!("[{}]", one.number)).collect();
        let other: Vec<String> = other.iter().map(name).collect();
        Some(format!("{}; {} {verb} trusted", words::and(&other), words::and(&good)))
    }

    /// Where to read on.
    fn help(&self, finding: &Finding) -> Option<String> {
        if &*finding.rule == UNUSED_ALLOW {
            return Some("remove it, if what it accepted has been mended".to_owned());
        }
        let check = finding.check.as_deref().and_then(|check| self.checks.get(check));
        let place = check.and_then(|check| {
            let path = &self.report.claims.files.get(check.file as usize)?.path;
            let line = self.report.sources.place(path, check.span.start).line;
            Some((check, format!("line {line} of {path}")))
        });
        Some(match place {
            Some((check, place)) if matches!(check.body, CheckBody::Own { .. }) => {
                format!("the check stands on {place}")
            }
            Some((check, place)) => format!("kzcheck explain {}; check `{}` on {place}", finding.rule, check.id),
            None => format!("kzcheck explain {}", finding.rule),
        })
    }
}

fn add<'a>(parts: &mut Vec<Part<'a>>, source: NamedText<'a>, label: LabeledSpan) {
    let same = |part: &&mut Part<'a>| part.source.is_some_and(|known| known.name == source.name);
    match parts.iter_mut().find(same) {
        Some(part) => part.labels.push(label),
        None => parts.push(Part { source: Some(source), labels: vec![label], ..Part::default() }),
    }
}

/// The first paragraph of an explanation, on one line.
fn shortened(why: &str) -> String {
    let words: Vec<&str> = why.trim().lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST_WHY) {
        Some((end, _)) if !text.contains(is_right_to_left) => format!("{}…", text[..end].trim_end()),
        _ => text,
    }
}

/// Characters of an explanation that a finding repeats.
const LONGEST_WHY: usize = 240;
