//! Which figures of a text have a claim and which have none, by section.
//!
//! A section begins at a heading: a line that Markdown marks as one, or in plain text a short line by itself that ends
//! in no full stop.

use super::standing::Standings;
use crate::claims::ClaimIndex;
use crate::document::LineIndex;
use crate::extract::Mention;

/// A text's figures.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    pub sections: Vec<Section>,
}

/// A stretch of a text with its figures.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its heading; empty for what stands before the first one.
    pub title: String,
    /// From 1.
    pub first_line: usize,
    pub last_line: usize,
    pub covered: usize,
    pub uncovered: Vec<Mention>,
}

/// Characters of a heading.
const LONGEST_HEADING: usize = 90;

/// Counts the figures of a text; `claims` are those that point into it.
pub fn coverage(
    text: &str,
    lines: &LineIndex,
    mentions: Vec<Mention>,
    claims: &[ClaimIndex],
    standings: &Standings,
) -> Coverage {
    let mut spans: Vec<(usize, usize)> = claims
        .iter()
        .filter_map(|claim| standings.get(*claim)?.span())
        .map(|span| (span.start as usize, span.end as usize))
        .collect();
    spans.sort_unstable();
    // the farthest end of all spans up to each, so that one look is enough
    let mut farthest = 0;
    for span in &mut spans {
        farthest = farthest.max(span.1);
        span.1 = farthest;
    }
    let is_covered = |mention: &Mention| {
        let before = spans.partition_point(|(start, _)| *start < mention.end);
        before.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|(_, end)| *end > mention.start)
    };
    let mut coverage = Coverage { sections: sections(text, lines) };
    for mention in mentions {
        let at = coverage.sections.partition_point(|section| section.first_line <= mention.line);
        let Some(section) = at.checked_sub(1).and_then(|at| coverage.sections.get_mut(at)) else { continue };
        if is_covered(&mention) {
            section.covered += 1;
        } else {
            section.uncovered.push(mention);
        }
    }
    coverage.sections.retain(|section| section.covered + section.uncovered.len() > 0);
    coverage
}

fn sections(text: &str, lines: &LineIndex) -> Vec<Section> {
    let all: Vec<&str> = (0..lines.line_count())
        .map(|line| {
            lines.line_span(text, line).and_then(|(start, end)| text.get(start..end)).unwrap_or_default().trim()
        })
        .collect();
    let is_empty = |at: Option<usize>| at.and_then(|at| all.get(at)).is_none_or(|line| line.is_empty());
    let begin = |title: &str, line: usize| Section {
        title: title.to_owned(),
        first_line: line,
        last_line: line,
        covered: 0,
        uncovered: Vec::new(),
    };
    let mut sections = vec![begin("", 1)];
    for (at, line) in all.iter().enumerate() {
        let marked =
            line.strip_prefix('#').map(|rest| rest.trim_start_matches('#')).filter(|rest| rest.starts_with(' '));
        let is_alone = is_empty(at.checked_sub(1)) && is_empty(Some(at + 1));
        let title = match marked {
            Some(title) => Some(title.trim()),
            None if is_alone && is_heading(line) => Some(*line),
            None => None,
        };
        if let Some(title) = title {
            sections.push(begin(title, at + 1));
        }
        if let (Some(last), false) = (sections.last_mut(), line.is_empty()) {
            last.last_line = at + 1;
        }
    }
    sections
}

/// Whether a line by itself reads like a heading: short, of words, and no sentence.
fn is_heading(line: &str) -> bool {
    line.chars().count() <= LONGEST_HEADING
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', '!', ';', ',', ':', '،', '؛', '…'])
        && !line.starts_with(['-', '*', '|', '>', '•'])
}

impl Coverage {
    pub fn covered(&self) -> usize {
        self.sections.iter().map(|section| section.covered).sum()
    }

    pub fn uncovered(&self) -> usize {
        self.sections.iter().map(|section| section.uncovered.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Options, mentions};

    #[test]
    fn figures_are_counted_by_heading() {
        let text = "Total 5 km.\n\n# Trade\n\nIt was 12 % in 2020.\n\nMining\n\nAbout 7 % of 300 mines.\n";
        let lines = LineIndex::new(text);
        let found = coverage(text, &lines, mentions(text, &Options::default()), &[], &Standings::default());
        let shown: Vec<(&str, usize, usize)> = found
            .sections
            .iter()
            .map(|section| (&*section.title, section.first_line, section.uncovered.len()))
            .collect();
        assert_eq!(shown, [("", 1, 1), ("Trade", 3, 2), ("Mining", 7, 2)]);
        assert_eq!((found.covered(), found.uncovered()), (0, 5));
    }
}
