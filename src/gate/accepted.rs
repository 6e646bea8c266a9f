//! Findings that the author of a text has looked at and accepted, in a comment before the paragraph or within it:
//!
//! ```text
//! <!-- kzcheck: allow parts-of-a-whole: two parts were rounded up -->
//! ```
//!
//! It says which rule and why, as `allow` does in a claim file, and holds for one paragraph, one table or one list.

use std::ops::Range;

use crate::claims::Allow;
use crate::document::{Block, BlockKind, Comment, Problem, Source, Span};
use crate::rules::RuleSet;

/// What to write.
const FORM: &str = "write `<!-- kzcheck: allow RULE: REASON -->`";

/// What a text accepts, each with the stretch of the text for which that holds.
pub(super) fn accepted(
    source: &Source,
    blocks: &[Block<'_>],
    rules: &RuleSet,
    file: &str,
    problems: &mut Vec<Problem>,
) -> Vec<(Allow, Span)> {
    let mut found = Vec::new();
    let text = source.parts().first().map_or("", |part| &*part.text);
    for comment in source.comments() {
        let Some(said) = comment.text.trim().strip_prefix("kzcheck:") else { continue };
        let span = Span::new(comment.range.start, comment.range.end);
        match read(said, rules) {
            Ok((rule, reason)) => {
                let allow = Allow { rule: rule.into(), reason: reason.into(), with: Vec::new(), span };
                let scope = scope(&comment, blocks, text);
                found.push((allow, Span::new(scope.start, scope.end)));
            }
            Err((message, help)) => problems.push(Problem::new(file, span, message).with_help(help)),
        }
    }
    found
}

/// The rule and the reason of `allow RULE: REASON`, or what is wrong and what to do.
fn read(said: &str, rules: &RuleSet) -> Result<(String, String), (String, String)> {
    let mut words = said.split_whitespace();
    let verb = words.next().unwrap_or_default();
    if verb != "allow" {
        return Err((format!("`{verb}` says nothing to kzcheck"), FORM.to_owned()));
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    let (rule, reason) = rest.split_once(':').unwrap_or((&rest, ""));
    let (rule, reason) = (rule.trim(), reason.trim());
    if rules.rule(rule).is_none() {
        return Err(rules.unknown_rule(rule));
    }
    if reason.is_empty() {
        return Err((format!("`{rule}` is accepted without a reason"), FORM.to_owned()));
    }
    Ok((rule.to_owned(), reason.to_owned()))
}

/// The stretch of the text that a comment is about: the block that it stands in, or the next one; of a table or a list
/// all of it.
fn scope(comment: &Comment<'_>, blocks: &[Block<'_>], text: &str) -> Range<usize> {
    let extent = |block: &Block<'_>| block.origin.range(0..block.text.trim_end().len());
    let is_meant = |block: &&Block<'_>| {
        let extent = extent(block);
        // in plain text a comment by itself is a paragraph
        let is_itself = text.get(comment.range.clone()) == Some(block.text.trim());
        // behind the last word of a paragraph it still belongs to it
        let between = text.get(extent.end..comment.range.start);
        let ends_its_line = between.is_some_and(|between| between.trim().is_empty() && !between.contains('\n'));
        (extent.end > comment.range.start || ends_its_line) && !is_itself
    };
    let first = blocks.iter().position(|block| is_meant(&block));
    let Some((first, block)) = first.and_then(|at| Some((at, blocks.get(at)?))) else {
        return comment.range.clone();
    };
    let goes_on = |other: &&Block<'_>| match (block.kind, other.kind) {
        (BlockKind::Cell(one), BlockKind::Cell(other)) => one.table == other.table,
        (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }) => true,
        _ => false,
    };
    let last = blocks[first + 1..].iter().take_while(goes_on).last().unwrap_or(block);
    extent(block).start.min(comment.range.start)..extent(last).end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::rules;

    fn of(text: &str, format: Format) -> (Vec<(String, String, String)>, Vec<String>) {
        let source = Source::of_text(text, format);
        let mut problems = Vec::new();
        let found = accepted(&source, &source.blocks(), &rules::load(rules::shipped()).0, "a", &mut problems);
        let of = |(allow, scope): &(Allow, Span)| {
            (allow.rule.to_string(), allow.reason.to_string(), scope.of(text).to_owned())
        };
        (found.iter().map(of).collect(), problems.into_iter().map(|problem| problem.message).collect())
    }

    fn scope(text: &str, format: Format) -> String {
        of(text, format).0.remove(0).2.trim_end().to_owned()
    }

    #[test]
    fn holds_for_the_paragraph_in_which_it_stands_or_the_next() {
        let comment = "<!-- kzcheck: allow difference: so it was printed -->";
        let (found, problems) = of(&format!("One.\n\n{comment}\n\nTwo.\n\nThree.\n"), Format::Markdown);
        assert!(problems.is_empty());
        assert_eq!(found[0].0, "difference");
        assert_eq!(found[0].1, "so it was printed");
        assert!(found[0].2.ends_with("Two."), "{found:?}");
        assert!(scope(&format!("One. {comment} More.\n\nTwo."), Format::Markdown).ends_with("More."));
        assert!(scope(&format!("One.\n\nTwo. {comment}\n\nThree."), Format::Markdown).starts_with("Two."));
        assert_eq!(scope(&format!("One.\n\n{comment}\n\nTwo.\n\nThree."), Format::Text), format!("{comment}\n\nTwo."));
        assert!(scope(&format!("One.\n{comment}\nMore.\n\nTwo."), Format::Text).ends_with("More."));
        assert_eq!(scope(&format!("One.\n\n{comment}\n"), Format::Text), comment);
    }

    #[test]
    fn holds_for_the_whole_table_or_list() {
        let comment = "<!-- kzcheck: allow difference: so it was printed -->";
        let text = format!("{comment}\n\n|a|b|\n|-|-|\n|1|2|\n|3|4|\n\nTwo.");
        assert!(scope(&text, Format::Markdown).trim_end_matches(['|', '\n']).ends_with('4'));
        assert!(scope(&format!("{comment}\n\n- 1\n- 2\n\nTwo."), Format::Markdown).ends_with("- 2"));
    }

    #[test]
    fn says_what_is_wrong() {
        let text = "<!-- kzcheck: allow diference: x -->\n<!-- kzcheck: allow difference -->\n<!-- kzcheck: off -->\n<!-- x -->";
        let (found, problems) = of(text, Format::Markdown);
        assert!(found.is_empty());
        assert_eq!(
            problems,
            [
                "no rule is called `diference`",
                "`difference` is accepted without a reason",
                "`off` says nothing to kzcheck"
            ]
        );
    }
}
