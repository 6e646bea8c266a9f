//! What a claim or a check means, as one text: the same after every edit that changes no meaning (order, layout,
//! another line, another file), another after one that does.

use crate::claims::{Allow, CheckBody, ClaimIndex, Claims, LocalCheck};
use crate::rules::RuleSet;

/// Between the parts.
const SEPARATOR: &str = "\u{1f}";

/// The meaning of a claim.
pub fn of_claim(rules: &RuleSet, claims: &Claims, index: ClaimIndex) -> String {
    let vocabulary = &rules.vocabulary;
    let claim = claims.get(index);
    let mut parts = vec![
        claim.value.print(&vocabulary.units),
        claims.source_text(index).to_owned(),
        claims.file(claim).document.as_deref().unwrap_or_default().to_owned(),
    ];
    if let Some(key) = claim.key {
        let word = |name| claims.word(name, &vocabulary.names).to_owned();
        parts.push(vocabulary.measure(key.measure).id.to_string());
        parts.push(word(key.subject));
        let mut qualifiers: Vec<String> = claims
            .sets
            .content(key.qualifiers)
            .iter()
            .map(|(id, value)| format!("{}={}", vocabulary.qualifier(*id).id, word(*value)))
            .collect();
        qualifiers.sort();
        parts.extend(qualifiers);
    }
    if let Some(extras) = claims.extras(index) {
        parts.push(format!("{:?} {:?} {}", extras.members, extras.called, extras.trusted));
        parts.extend(extras.allow.iter().map(accepted));
    }
    parts.join(SEPARATOR)
}

/// The meaning of a check of a claim file.
pub fn of_check(claims: &Claims, check: &LocalCheck) -> String {
    let mut parts = vec![match &check.body {
        CheckBody::Own { text, .. } => text.split_whitespace().collect::<Vec<_>>().join(" "),
        CheckBody::Rule(rule) => format!("rule {rule}"),
    }];
    parts.push(check.severity.map_or_else(String::new, |severity| severity.name().to_owned()));
    for term in &check.terms {
        let ids: Vec<&str> = term.claims.iter().map(|index| claims.id(*index)).collect();
        parts.push(format!("{}={}", term.name, ids.join(",")));
    }
    parts.extend(check.allow.iter().map(accepted));
    parts.join(SEPARATOR)
}

fn accepted(allow: &Allow) -> String {
    format!("allow {} {:?}", allow.rule, allow.with)
}
