//! Where findings and problems lie, as the formats for other programs name it: a path in the repository, and a region
//! with its first and last place and the text between.

use super::Report;
use crate::check::Finding;
use crate::check::finding::Detail;
use crate::claims::ClaimIndex;
use crate::document::{LineIndex, Place, Problem, Span};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<'a> {
    /// Relative to the repository.
    pub path: String,
    /// Absent where the file as a whole is meant, or its text is not at hand.
    pub region: Option<Region<'a>>,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region<'a> {
    pub start: Place,
    /// Behind the last character.
    pub end: Place,
    pub span: Span,
    pub text: &'a str,
}

impl<'a> Region<'a> {
    fn of(text: &'a str, lines: &LineIndex, span: Span) -> Region<'a> {
        let start = text.floor_char_boundary(span.start as usize);
        let end = text.ceil_char_boundary((span.end as usize).max(start));
        Region {
            start: lines.place(text, start),
            end: lines.place(text, end),
            span: Span::new(start, end),
            text: text.get(start..end).unwrap_or_default(),
        }
    }
}

impl Located<'_> {
    /// Where it starts; the top of the file where that is all that is known.
    pub fn start(&self) -> Place {
        self.region.as_ref().map_or(Place { line: 1, column: 1 }, |region| region.start)
    }

    /// `claims/trade.toml:17`, or the path alone.
    pub fn written(&self) -> String {
        match &self.region {
            Some(region) => format!("{}:{}", self.path, region.start.line),
            None => self.path.clone(),
        }
    }
}

fn in_source<'a>(report: &Report<'a>, path: &str, span: Option<Span>) -> Located<'a> {
    let region =
        span.zip(report.sources.get(path)).map(|(span, source)| Region::of(source.text.as_str(), &source.lines, span));
    Located { path: report.repository.path(path), region }
}

/// What a finding points to in a claim: its value, or the `allow` that it is about.
pub fn span(report: &Report<'_>, finding: &Finding, index: ClaimIndex) -> Span {
    let claim = report.claims.get(index);
    let Detail::UnusedAllow { rule, .. } = &finding.detail else {
        // a claim that lists members has no literal
        return if claim.value_span == Span::default() { claim.span } else { claim.value_span };
    };
    let own = finding.check.as_ref().and_then(|id| report.claims.checks.iter().find(|check| check.id == *id));
    let extras = report.claims.extras(index).map_or(&[][..], |extras| &extras.allow);
    let mut allows = own.map_or(extras, |check| &check.allow).iter();
    allows.find(|allow| *allow.rule == **rule).map_or(claim.value_span, |allow| allow.span)
}

/// The same as a place.
pub fn claim<'a>(report: &Report<'a>, finding: &Finding, index: ClaimIndex) -> Located<'a> {
    let path = &report.claims.file(report.claims.get(index)).path;
    in_source(report, path, Some(span(report, finding, index)))
}

/// The figure of a claim in its document, where that is at hand.
pub fn figure<'a>(report: &Report<'a>, index: ClaimIndex) -> Option<Located<'a>> {
    let (document, span) = report.documents.place(report.claims, index)?;
    let region = Region::of(document.text(), document.lines(), span);
    Some(Located { path: report.repository.path(&document.shown), region: Some(region) })
}

/// Where a finding is shown first: the value of its first claim, or else the check that made it.
pub fn finding<'a>(report: &Report<'a>, finding: &Finding) -> Option<Located<'a>> {
    if let Some(first) = finding.claims().next() {
        return Some(claim(report, finding, first));
    }
    if let Some(place) = finding.own_place() {
        let file = report.claims.files.get(place.file as usize)?;
        return Some(in_source(report, &file.path, Some(place.span)));
    }
    let check = report.claims.checks.iter().find(|check| Some(&check.id) == finding.check.as_ref())?;
    let file = report.claims.files.get(check.file as usize)?;
    Some(in_source(report, &file.path, Some(check.span)))
}

/// Where a problem lies; `None` for one that is no file's.
pub fn problem<'a>(report: &Report<'a>, problem: &Problem) -> Option<Located<'a>> {
    (!problem.file.is_empty()).then(|| in_source(report, &problem.file, problem.span))
}
