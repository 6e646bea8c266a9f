//! The fingerprint of a finding: the same after unrelated edits, another after a changed figure.
//!
//! It is FNV-1a in 64 bits (Fowler, Noll, Vo; offset basis and prime as published) over the rule, the check, and for
//! every claim, sorted by id, the id and its value in canonical notation; the parts are separated by a zero byte. The
//! figures of a text without claims have their order in the finding, in three digits, in place of ids.
//! Lines and files take no part. Written as 16 hexadecimal digits.

use super::Report;
use crate::check::Finding;
use crate::check::finding::Detail;
use crate::claims::Claims;
use crate::document::Problem;
use crate::rules::RuleSet;

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The fingerprint of a finding.
pub fn of(report: &Report<'_>, finding: &Finding) -> String {
    of_finding(report.rules, report.claims, finding)
}

/// The fingerprint of a finding, before there is a report.
pub fn of_finding(rules: &RuleSet, claims: &Claims, finding: &Finding) -> String {
    let parts = claim_parts(rules, claims, finding);
    let parts = parts.iter().map(|(id, value)| (id.as_str(), value.clone()));
    of_parts(&finding.rule, finding.check.as_deref(), parts.collect())
}

/// The claims of a finding by their ids, with their values; of a comment that accepts nothing, the rule that it names.
pub fn claim_parts(rules: &RuleSet, claims: &Claims, finding: &Finding) -> Vec<(String, String)> {
    if let (Detail::UnusedAllow { rule, .. }, Some(place)) = (&finding.detail, finding.own_place()) {
        let file = claims.files.get(place.file as usize).map(|file| file.path.to_string());
        return vec![(rule.clone(), file.unwrap_or_default())];
    }
    let value = |index| claims.get(index).value.print(&rules.vocabulary.units);
    claim_ids(claims, finding).into_iter().zip(finding.claims().map(value)).collect()
}

/// The ids of the claims of a finding; the figures of a text have none, and are numbered in their order.
fn claim_ids(claims: &Claims, finding: &Finding) -> Vec<String> {
    let id = |(number, index)| {
        if claims.is_in_text(index) { format!("{:03}", number + 1) } else { claims.id(index).to_owned() }
    };
    finding.claims().enumerate().map(id).collect()
}

/// The fingerprint of a finding that is known by its parts: the claims by their ids, with their values.
pub fn of_parts(rule: &str, check: Option<&str>, mut claims: Vec<(&str, String)>) -> String {
    claims.sort();
    claims.dedup();
    let mut parts = vec![rule.to_owned(), check.unwrap_or_default().to_owned()];
    parts.extend(claims.into_iter().flat_map(|(id, value)| [id.to_owned(), value]));
    format!("{:016x}", fnv1a(parts.join("\0").as_bytes()))
}

/// The fingerprint of a problem: of its file and what it says.
pub fn of_problem(problem: &Problem) -> String {
    format!("{:016x}", fnv1a(format!("{}\0{}", problem.file, problem.message).as_bytes()))
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_the_published_hash() {
        assert_eq!(super::fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(super::fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
