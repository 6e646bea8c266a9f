//! Accepted findings: an `allow` on one of their claims, or on the check that made them, with its reason.

use rustc_hash::{FxHashMap, FxHashSet};

use super::finding::{Detail, Finding, InText};
use super::run::{Outcome, Runner};
use crate::claims::{Allow, ClaimIndex, Claims};
use crate::rules::Severity;

/// The id under which an unused `allow` is reported.
pub const UNUSED_ALLOW: &str = "unused-allow";

/// Moves accepted findings aside, and reports what was accepted without need.
pub(super) fn apply(runner: &Runner<'_>, outcome: &mut Outcome) {
    let claims = runner.claims;
    // the place of an `allow`: a claim or a check, and which of its list
    let mut used: FxHashSet<(Owner, usize)> = FxHashSet::default();
    let checks: FxHashMap<&str, usize> =
        claims.checks.iter().enumerate().rev().map(|(position, check)| (&*check.id, position)).collect();
    let in_texts = InTexts::of(claims);
    outcome.hold_back("allow", |finding| {
        let accepted = accepting(runner, &checks, finding).or_else(|| in_texts.accepting(claims, finding));
        let (owner, index, reason) = accepted?;
        used.insert((owner, index));
        Some(reason)
    });
    // a text is always checked as a whole
    for (position, accepted) in claims.accepted.iter().enumerate() {
        if !used.contains(&(Owner::Text(position), 0)) {
            let comment = InText { file: accepted.file, span: accepted.allow.span };
            outcome.findings.push(unused(&accepted.allow, Some(comment)));
        }
    }
    if !runner.options.is_whole_project {
        return;
    }
    let mut owners: Vec<ClaimIndex> = claims.extras.keys().copied().collect();
    owners.sort_unstable();
    for owner in owners {
        let allows = claims.extras(owner).map_or(&[][..], |extras| &extras.allow);
        for (index, allow) in allows.iter().enumerate() {
            if !used.contains(&(Owner::Claim(owner), index)) {
                outcome.findings.push(unused(allow, None).with([owner]));
            }
        }
    }
    for (position, check) in claims.checks.iter().enumerate() {
        for (index, allow) in check.allow.iter().enumerate() {
            if !used.contains(&(Owner::Check(position), index)) {
                let mut finding =
                    unused(allow, None).with(check.terms.iter().flat_map(|term| term.claims.iter().copied()));
                finding.check = Some(check.id.clone());
                outcome.findings.push(finding);
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Owner {
    Claim(ClaimIndex),
    Check(usize),
    /// A comment of a text, by its place among all.
    Text(usize),
}

fn unused(allow: &Allow, comment: Option<InText>) -> Finding {
    let detail = Detail::UnusedAllow { rule: allow.rule.to_string(), comment };
    Finding::new(UNUSED_ALLOW, Severity::Warning, None, detail)
}

/// What texts accept, by file.
struct InTexts(FxHashMap<u32, Vec<usize>>);

impl InTexts {
    fn of(claims: &Claims) -> InTexts {
        let mut files: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (position, accepted) in claims.accepted.iter().enumerate() {
            files.entry(accepted.file).or_default().push(position);
        }
        InTexts(files)
    }

    /// The first comment that accepts a finding: one of its figures stands where the comment holds.
    fn accepting(&self, claims: &Claims, finding: &Finding) -> Option<(Owner, usize, Box<str>)> {
        if self.0.is_empty() {
            return None;
        }
        let own = finding.claims().map(|index| claims.get(index)).filter_map(|claim| {
            let inside = |position: &&usize| {
                let accepted = &claims.accepted[**position];
                let scope = accepted.scope;
                accepted.allow.rule == finding.rule && (scope.start..scope.end).contains(&claim.value_span.start)
            };
            self.0.get(&claim.file)?.iter().find(inside).copied()
        });
        let position = own.min()?;
        Some((Owner::Text(position), 0, claims.accepted[position].allow.reason.clone()))
    }
}

/// The first `allow` that accepts a finding.
fn accepting(
    runner: &Runner<'_>,
    checks: &FxHashMap<&str, usize>,
    finding: &Finding,
) -> Option<(Owner, usize, Box<str>)> {
    let claims = runner.claims;
    // `with` names all the others: an `allow` for a and b does not cover a finding in which c has joined them
    let names_it = |allow: &Allow, owner: Option<ClaimIndex>| {
        let is_named = |claim: ClaimIndex| allow.with.iter().any(|id| claims.id(claim) == &**id);
        let all_there = allow.with.iter().all(|id| finding.claims().any(|claim| claims.id(claim) == &**id));
        let no_others = || finding.claims().all(|claim| Some(claim) == owner || is_named(claim));
        (allow.rule == finding.rule || finding.check.as_ref() == Some(&allow.rule))
            && (allow.with.is_empty() || (all_there && no_others()))
    };
    for claim in finding.claims() {
        let allows = claims.extras(claim).map_or(&[][..], |extras| &extras.allow);
        if let Some(index) = allows.iter().position(|allow| names_it(allow, Some(claim))) {
            return Some((Owner::Claim(claim), index, allows[index].reason.clone()));
        }
    }
    let position = *checks.get(&**finding.check.as_ref()?)?;
    let allows = &claims.checks[position].allow;
    let index = allows.iter().position(|allow| names_it(allow, None))?;
    Some((Owner::Check(position), index, allows[index].reason.clone()))
}
