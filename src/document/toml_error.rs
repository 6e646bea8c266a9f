//! Errors of the `toml` crate as problems, with the key that was probably meant.

use super::{Problem, Span};
use crate::figure::nearest;

/// How much of an error's text is kept.
const LONGEST: usize = 300;

/// What is wrong with a TOML file. `schema` is what `kzcheck schema` calls its kind.
pub fn toml_problem(file: &str, error: &toml::de::Error, schema: &str) -> Problem {
    let text = error.message().trim();
    let (mut message, help) = match unknown(text) {
        Some((what, word, known)) => {
            let near = nearest(word, known.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            (format!("unknown {what} `{word}`"), Some(help))
        }
        None => (text.to_owned(), None),
    };
    message.truncate(message.floor_char_boundary(LONGEST));
    let help = help.unwrap_or_else(|| format!("`kzcheck schema {schema}` describes the file"));
    Problem::new(file, error.span().map(Span::from), message).with_help(help)
}

/// The parts of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown(text: &str) -> Option<(&'static str, &str, Vec<&str>)> {
    let (what, rest) = match text.strip_prefix("unknown field `") {
        Some(rest) => ("key", rest),
        None => ("value", text.strip_prefix("unknown variant `")?),
    };
    let (word, rest) = rest.split_once("`, expected ")?;
    let known = rest.split('`').skip(1).step_by(2).collect();
    Some((what, word, known))
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn serdes_words_are_taken_apart() {
        let text = "unknown field `exclud`, expected one of `extend`, `exclude`";
        assert_eq!(unknown(text), Some(("key", "exclud", vec!["extend", "exclude"])));
        assert_eq!(unknown("unknown variant `x`, expected `y` or `z`"), Some(("value", "x", vec!["y", "z"])));
        assert_eq!(unknown("invalid type"), None);
    }
}
