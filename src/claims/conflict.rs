//! Files in which a merge has left its marks: said once and plainly, in place of a complaint for each line.

use crate::document::{Problem, Span};

/// Lines that git writes around the two sides of a conflict; between the last two may stand what both came from.
const OPENS: &str = "<<<<<<<";
const PARTS: &str = "=======";
const CLOSES: &str = ">>>>>>>";

/// The conflict that is left in a claim file, as a problem.
pub(super) fn unresolved(file: &str, text: &str) -> Option<Problem> {
    memchr::memmem::find(text.as_bytes(), OPENS.as_bytes())?;
    let mut conflicts: Vec<Conflict> = Vec::new();
    let mut open: Option<(usize, Span, bool)> = None;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let marks = |mark: &str| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
        };
        let span = Span::new(start, start + line.trim_end().len());
        match &mut open {
            _ if marks(OPENS) => open = Some((number + 1, span, false)),
            Some((_, _, is_parted)) if marks(PARTS) => *is_parted = true,
            Some((first, span, true)) if marks(CLOSES) => {
                conflicts.push(Conflict { first: *first, last: number + 1, span: *span });
                open = None;
            }
            _ => {}
        }
        start += line.len();
    }
    let first = conflicts.first()?;
    let more = match conflicts.len() - 1 {
        0 => String::new(),
        1 => " and one more below".to_owned(),
        more => format!(" and {more} more below"),
    };
    let message = format!("unresolved merge conflict on lines {} to {}{more}", first.first, first.last);
    let help = "keep what is right of the two sides and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`; \
                nothing of this file was read";
    Some(Problem::new(file, first.span, message).with_help(help))
}

struct Conflict {
    first: usize,
    last: usize,
    span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_marks_make_a_conflict() {
        let text =
            "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> other\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n";
        let problem = unresolved("claims/a.toml", text).unwrap();
        assert_eq!(problem.message, "unresolved merge conflict on lines 2 to 6 and one more below");
        assert_eq!(problem.span.unwrap().of(text), "<<<<<<< HEAD");
        for sound in ["", "a = '<<<<<<< HEAD'\n", "<<<<<<< HEAD\nb = 1\n", "# <<<<<<< a\n=======\n>>>>>>> b\n"] {
            assert_eq!(unresolved("a", sound), None, "{sound}");
        }
    }
}
