//! The order of keys in each kind of section.

/// A kind of section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Subject,
    Claim,
    Check,
    Other,
}

impl Kind {
    pub(super) fn of(name: &str) -> Kind {
        match name {
            "document" => Kind::Document,
            "subject" => Kind::Subject,
            "claim" => Kind::Claim,
            "check" => Kind::Check,
            _ => Kind::Other,
        }
    }

    fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Kind::Document => (&["id", "title", "language", "path", "translation_of"], &[]),
            Kind::Subject => (&["names", "kind", "code", "summary"], &[]),
            // the qualifiers stand between what is measured and its value
            Kind::Claim => (
                &["id", "subject", "measure"],
                &["value", "members", "called", "source", "confidence", "trusted", "allow"],
            ),
            Kind::Check => (&["id", "rule", "assert", "terms", "severity", "why", "allow"], &[]),
            Kind::Other => (&[], &[]),
        }
    }
}

/// Where a key stands: known keys first, then qualifiers in the order of the measure, then known keys again. What
/// nobody knows keeps its place among its like, since sorting is stable.
pub(super) fn rank(kind: Kind, key: &str, qualifiers: &[&str]) -> (usize, usize) {
    let (first, last) = kind.keys();
    if let Some(place) = first.iter().position(|known| *known == key) {
        return (0, place);
    }
    if let Some(place) = last.iter().position(|known| *known == key) {
        return (2, place);
    }
    (1, qualifiers.iter().position(|known| *known == key).unwrap_or(usize::MAX))
}

/// The order of keys in the tables that a key holds.
pub(super) fn inner(key: &str) -> &'static [&'static str] {
    match key {
        "source" => &["line", "text", "context"],
        "allow" => &["rule", "with", "reason"],
        _ => &[],
    }
}
