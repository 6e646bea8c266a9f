//! "Did you mean": the known word that is closest to one nobody knows.

/// Words longer than this are no slips of known ones.
const LONGEST: usize = 80;

/// The candidate that is nearest to `word` by edit distance, if one is near enough to be a slip of it.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // nothing that long is a slip of a known word, and the distance takes quadratic time
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_slips_and_nothing_else() {
        let known = ["area", "border.length", "population"];
        assert_eq!(nearest("popluation", known), Some("population"));
        assert_eq!(nearest("Area", known), Some("area"));
        assert_eq!(nearest("exports", known), None);
    }
}
