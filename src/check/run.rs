//! A whole run: from claims to findings, with a count of everything that was looked at.

use rayon::prelude::*;

use super::arithmetic::{self, ShownTerm};
use super::currencies::OtherCurrencies;
use super::decide::{self, TermClaims};
use super::domain::Domain;
use super::evaluate::{Evaluator, TermDomains};
use super::facts::{FactId, Facts, Reader};
use super::finding::{Arithmetic, Detail, Finding, Participant, Verdict};
use super::ground::{Check, Grounding};
use super::joint::{self, Alone, LookAt, Looked};
use super::readings::Readings;
use super::{allow, builtin};
use crate::claims::{CheckBody, ClaimIndex, Claims, LocalCheck};
use crate::figure::{Days, Interval, Reading, Rounding};
use crate::revise::Standings;
use crate::revise::unclaimed::TextFigures;
use crate::rules::expression::{Node, typing};
use crate::rules::rule::{Body, Hint, Rule};
use crate::rules::{Name, RuleSet, Severity, periods};

/// How to check.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub readings: Readings,
    pub rounding: Rounding,
    /// Keep every check that was made, not only what was found.
    pub keep_all: bool,
    /// Whether all claims of the project are here, so that an `allow` which nothing needs is worth a finding.
    pub is_whole_project: bool,
    /// Whether to look for claims that cannot be true together although each check holds.
    pub joint: bool,
    /// What has become of the figures of the claims in their texts, where those are at hand.
    pub standings: Option<&'a Standings>,
    /// Figures of the texts that claims are not about.
    pub figures: Option<&'a TextFigures>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            readings: Readings::default(),
            rounding: Rounding::default(),
            keep_all: false,
            is_whole_project: false,
            joint: true,
            standings: None,
            figures: None,
        }
    }
}

/// A check that was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub rule: Box<str>,
    pub check: Option<Box<str>>,
    pub verdict: Verdict,
    pub participants: Vec<Participant>,
    pub arithmetic: Vec<Arithmetic>,
    /// Where a fact's claims conflict and the check holds with one of them: that claim.
    pub fits_with: Vec<ClaimIndex>,
}

/// A finding that does not count, and why.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub finding: Finding,
    pub by: &'static str,
    pub reason: Box<str>,
}

/// A claim that took part in no check, and the qualifiers that it leaves unsaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untouched {
    pub claim: ClaimIndex,
    pub unsaid: Vec<Box<str>>,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Sorted by place, then rule.
    pub findings: Vec<Finding>,
    pub suppressed: Vec<Suppressed>,
    /// Only where asked for.
    pub checks: Vec<Made>,
    pub untouched: Vec<Untouched>,
    pub drafts: Vec<ClaimIndex>,
    pub facts: usize,
    pub checks_made: usize,
    pub joint: Looked,
    /// By component: the claims whose change would make everything consistent.
    pub look_at: Vec<LookAt>,
    /// How all figures were read to be rounded, where their measure does not say it.
    pub rounding: Rounding,
}

impl Outcome {
    /// Moves aside the findings that are given a reason for it; the others may be changed.
    pub fn hold_back(&mut self, by: &'static str, mut reason: impl FnMut(&mut Finding) -> Option<Box<str>>) {
        for mut finding in std::mem::take(&mut self.findings) {
            match reason(&mut finding) {
                Some(reason) => self.suppressed.push(Suppressed { finding, by, reason }),
                None => self.findings.push(finding),
            }
        }
    }
}

/// Checks the claims.
pub fn run(rules: &RuleSet, claims: &Claims, options: &Options<'_>) -> Outcome {
    let facts = Facts::of(claims, &rules.vocabulary);
    let reader = Reader { claims, vocabulary: &rules.vocabulary, rounding: options.rounding };
    let runner = Runner { rules, claims, facts: &facts, reader, options };
    let grounding = Grounding::of(rules, claims);
    let checks = grounding.checks(&claims.sets, &facts);
    let mut touched = Touched::none_of(claims);
    let mut outcome = Outcome { facts: facts.len(), rounding: options.rounding, ..Outcome::default() };
    for check in &checks {
        check.facts().iter().for_each(|fact| touched.extend(facts.claims(*fact)));
    }
    let mut decided: Vec<Decided> = checks
        .par_iter()
        .map(|check| runner.grounded(check))
        .chain(claims.checks.par_iter().map(|check| runner.local(check)))
        .collect();
    let fails = |at: usize| decided[at].shown.as_ref().is_some_and(|shown| shown.finding.is_some());
    for at in OtherCurrencies::new(claims, &facts, &rules.vocabulary).settled(&checks, fails) {
        // it stays one that does not hold, so that the joint check leaves it out as well
        decided[at].shown = None;
    }
    outcome.checks_made = checks.len() + claims.checks.len();
    touched.extend(claims.checks.iter().flat_map(|check| &check.terms).flat_map(|term| &term.claims));
    let mut alone = Vec::with_capacity(decided.len());
    for decided in decided {
        let has_finding = decided.shown.as_ref().is_some_and(|shown| shown.finding.is_some());
        alone.push(Alone { verdict: decided.verdict, finding: has_finding.then_some(outcome.findings.len()) });
        if let Some(shown) = decided.shown {
            outcome.findings.extend(shown.finding);
            outcome.checks.extend(shown.made);
        }
    }
    builtin::run(&runner, &mut outcome, &mut touched);
    if options.joint {
        joint::run(&runner, &grounding, &checks, &alone, &mut outcome);
    }
    runner.untouched(&touched, &mut outcome);
    allow::apply(&runner, &mut outcome);
    sort(claims, &mut outcome);
    outcome
}

/// The claims that took part in some check: a flag for each claim.
pub(super) struct Touched(Vec<bool>);

impl Touched {
    fn none_of(claims: &Claims) -> Touched {
        Touched(vec![false; claims.claims.len()])
    }

    fn contains(&self, claim: ClaimIndex) -> bool {
        self.0.get(claim.0 as usize).copied().unwrap_or(false)
    }
}

impl<'a> Extend<&'a ClaimIndex> for Touched {
    fn extend<T: IntoIterator<Item = &'a ClaimIndex>>(&mut self, claims: T) {
        for claim in claims {
            if let Some(flag) = self.0.get_mut(claim.0 as usize) {
                *flag = true;
            }
        }
    }
}

/// Grounds and decides every check of these claims, for questions that are not about findings.
pub(super) fn prepared<T>(
    rules: &RuleSet,
    claims: &Claims,
    options: &Options,
    look: impl FnOnce(&Runner<'_>, &Grounding<'_>, &[Check], &[Alone]) -> T,
) -> T {
    let facts = Facts::of(claims, &rules.vocabulary);
    let reader = Reader { claims, vocabulary: &rules.vocabulary, rounding: options.rounding };
    let runner = Runner { rules, claims, facts: &facts, reader, options };
    let grounding = Grounding::of(rules, claims);
    let checks = grounding.checks(&claims.sets, &facts);
    let decided = checks.par_iter().map(|check| runner.grounded(check).verdict);
    let local = claims.checks.par_iter().map(|check| runner.local(check).verdict);
    let alone: Vec<Alone> = decided.chain(local).map(|verdict| Alone { verdict, finding: None }).collect();
    look(&runner, &grounding, &checks, &alone)
}

/// What a run works with.
pub(super) struct Runner<'a> {
    pub rules: &'a RuleSet,
    pub claims: &'a Claims,
    pub facts: &'a Facts,
    pub reader: Reader<'a>,
    pub options: &'a Options<'a>,
}

/// A check with its verdict.
struct Decided {
    verdict: Verdict,
    /// Nothing for most checks: they hold.
    shown: Option<Box<Shown>>,
}

#[derive(Default)]
struct Shown {
    finding: Option<Finding>,
    made: Option<Made>,
}

impl Decided {
    /// A check with nothing to show: it holds, or cannot be made.
    const NONE: Decided = Decided { verdict: Verdict::Holds, shown: None };
}

/// A relation with the claims of its terms, from a rule or from a claim file.
struct Relation<'a> {
    rule: &'a str,
    check: Option<&'a str>,
    severity: Severity,
    assert: &'a Node,
    names: Vec<&'a str>,
    terms: Vec<TermClaims>,
    hints: &'a [Hint],
}

impl Runner<'_> {
    fn grounded(&self, check: &Check) -> Decided {
        let Some(rule) = self.rules.rules.get(check.rule as usize) else { return Decided::NONE };
        let Some(assert) = &rule.assert else { return Decided::NONE };
        if !self.options.keep_all && self.holds_at_once(rule, assert, check) {
            return Decided::NONE;
        }
        let terms = rule.terms.iter().enumerate().map(|(index, term)| TermClaims {
            is_set: term.is_set,
            facts: check.term(index).iter().map(|fact| self.facts.claims(*fact).to_vec()).collect(),
            given: None,
        });
        let given = check.periods().iter().map(|name| {
            let (word, days) = self.period(*name);
            TermClaims { given: Some((word.into(), days)), ..TermClaims::default() }
        });
        self.decide(&Relation {
            rule: &rule.id,
            check: None,
            severity: rule.severity,
            assert,
            names: rule.terms.iter().map(|term| &*term.name).collect(),
            terms: terms.chain(given).collect(),
            hints: &rule.hints,
        })
    }

    /// Whether a check holds in the first reading that decides, with no choice among claims: what most checks come to,
    /// without writing down what only a finding needs.
    fn holds_at_once(&self, rule: &Rule, assert: &Node, check: &Check) -> bool {
        let reading = self.options.readings.shown(Verdict::Holds);
        let one = |fact: &FactId| match self.facts.claims(*fact) {
            [only] => Some(self.reader.claim(*only, reading)),
            several => self.reader.shared(several, reading),
        };
        let mut domains = Vec::with_capacity(rule.terms.len() + check.periods().len());
        for (index, term) in rule.terms.iter().enumerate() {
            let facts = check.term(index);
            let domain = match facts {
                [fact] if !term.is_set => one(fact).map(TermDomains::One),
                _ => facts.iter().map(one).collect::<Option<Vec<_>>>().map(TermDomains::Set),
            };
            let Some(domain) = domain else { return false };
            domains.push(domain);
        }
        domains.extend(check.periods().iter().map(|name| TermDomains::One(self.period(*name).1)));
        Evaluator { terms: &domains, units: &self.rules.vocabulary.units }.truth(assert).can_hold
    }

    /// A period as a term: its word and its days.
    fn period(&self, name: Name) -> (&str, Domain) {
        let word = self.claims.word(name, &self.rules.vocabulary.names);
        (word, Domain::Days(Interval::of_days(periods::days(word).unwrap_or(Days::ALL))))
    }

    fn local(&self, check: &LocalCheck) -> Decided {
        // each claim by itself, whatever other claims of its fact say
        let terms: Vec<TermClaims> = check
            .terms
            .iter()
            .map(|term| TermClaims {
                is_set: term.is_set,
                facts: term.claims.iter().map(|claim| vec![*claim]).collect(),
                given: None,
            })
            .collect();
        let names = check.terms.iter().map(|term| &*term.name).collect();
        let rule: Option<&Rule> = match &check.body {
            CheckBody::Rule(id) => self.rules.rule(id),
            CheckBody::Own { .. } => None,
        };
        let (assert, id, severity, hints) = match (&check.body, rule) {
            (CheckBody::Own { assert, .. }, _) => (assert, &*check.id, Severity::Error, &[][..]),
            (CheckBody::Rule(_), Some(Rule { assert: Some(assert), id, severity, hints, .. })) => {
                (assert, &**id, *severity, hints.as_slice())
            }
            _ => return Decided::NONE,
        };
        let severity = check.severity.unwrap_or(severity);
        // what a text ties has no id that somebody could name
        let in_text = self.claims.files.get(check.file as usize).is_some_and(|file| file.read.is_some());
        let check = (!in_text).then_some(&*check.id);
        self.decide(&Relation { rule: id, check, severity, assert, names, terms, hints })
    }

    fn decide(&self, relation: &Relation<'_>) -> Decided {
        let verdict = self.verdict(relation, &relation.terms);
        let mut shown = Shown::default();
        if verdict != Verdict::Holds {
            shown.finding = Some(self.finding(relation, verdict));
        }
        if self.options.keep_all {
            shown.made = Some(self.made(relation, verdict));
        }
        let is_silent = shown.finding.is_none() && shown.made.is_none();
        Decided { verdict, shown: (!is_silent).then(|| Box::new(shown)) }
    }

    fn verdict(&self, relation: &Relation<'_>, terms: &[TermClaims]) -> Verdict {
        self.options.readings.verdict(|reading| decide::can_hold(relation.assert, terms, self.reader, reading))
    }

    fn finding(&self, relation: &Relation<'_>, verdict: Verdict) -> Finding {
        let shown = self.representatives(relation, verdict);
        // the tight ends are what a reader takes the figures for; the loose ones show why even they do not help
        let reading = self.options.readings.shown(verdict);
        let options = decide::options(&shown, self.reader, |_| reading);
        let choice = vec![0; options.len()];
        let domains = decide::choose(&shown, &options, &choice);
        let arithmetic = arithmetic::arithmetic(relation.assert, &shown_terms(&shown), &domains, self.reader, true);
        let severity = if verdict == Verdict::Strained { relation.severity.milder() } else { relation.severity };
        // a hint may be meant for other dimensions than those at hand
        let types = arithmetic::types(&shown_terms(&shown), self.reader);
        let units = &self.rules.vocabulary.units;
        let hints = relation.hints.iter().filter(|hint| {
            typing::check(&hint.assert, &types, units).is_ok()
                && decide::can_hold(&hint.assert, &shown, self.reader, Reading::Tight)
        });
        Finding {
            rule: relation.rule.into(),
            check: relation.check.map(Into::into),
            severity,
            verdict: Some(verdict),
            detail: Detail::Relation,
            participants: participants(relation, &shown),
            arithmetic,
            depends_on: if verdict == Verdict::Strained { self.depends_on(relation, &shown) } else { Vec::new() },
            hints: hints.map(|hint| hint.say.clone()).collect(),
            derivation: None,
            resolutions: Vec::new(),
            repairs: Vec::new(),
        }
    }

    /// One claim for each fact, where that is enough to show the verdict: the most precise. A fact whose claims
    /// conflict keeps all of them.
    fn representatives(&self, relation: &Relation<'_>, verdict: Verdict) -> Vec<TermClaims> {
        let narrowed: Vec<TermClaims> = relation
            .terms
            .iter()
            .map(|term| TermClaims {
                is_set: term.is_set,
                facts: term.facts.iter().map(|claims| self.representative(claims)).collect(),
                given: term.given.clone(),
            })
            .collect();
        let same = self.verdict(relation, &narrowed) == verdict;
        if same { narrowed } else { relation.terms.clone() }
    }

    fn representative(&self, claims: &[ClaimIndex]) -> Vec<ClaimIndex> {
        if claims.len() < 2 || self.reader.shared(claims, Reading::Tight).is_none() {
            return claims.to_vec();
        }
        let narrowest = claims.iter().copied().reduce(|best, next| {
            let (a, b) = (self.reader.claim(best, Reading::Tight), self.reader.claim(next, Reading::Tight));
            if b.interval().is_within(a.interval()) && !a.interval().is_within(b.interval()) { next } else { best }
        });
        narrowest.into_iter().collect()
    }

    /// The claims whose coarse rounding a strained check needs: one, if one alone would do.
    fn depends_on(&self, relation: &Relation<'_>, terms: &[TermClaims]) -> Vec<ClaimIndex> {
        let facts: Vec<&Vec<ClaimIndex>> = terms.iter().flat_map(|term| &term.facts).collect();
        let coarse: Vec<usize> = (0..facts.len())
            .filter(|place| {
                self.reader.fact(facts[*place], Reading::Tight) != self.reader.fact(facts[*place], Reading::Loose)
            })
            .collect();
        let alone = coarse.iter().copied().find(|only| {
            let reading = |place: usize| if place == *only { Reading::Loose } else { Reading::Tight };
            let options = decide::options(terms, self.reader, reading);
            decide::holding_choice(relation.assert, terms, &options, self.reader).is_some()
        });
        let needed = alone.map_or(coarse, |only| vec![only]);
        needed.into_iter().flat_map(|place| facts[place].iter().copied()).collect()
    }

    fn made(&self, relation: &Relation<'_>, verdict: Verdict) -> Made {
        // a strained check is shown in the tight reading, in which it fails
        let reading = self.options.readings.shown(verdict);
        let shown =
            if verdict == Verdict::Holds { relation.terms.clone() } else { self.representatives(relation, verdict) };
        let options = decide::options(&shown, self.reader, |_| reading);
        let choice = decide::holding_choice(relation.assert, &shown, &options, self.reader)
            .unwrap_or_else(|| vec![0; options.len()]);
        let domains = decide::choose(&shown, &options, &choice);
        let chosen = self.chosen(&shown, &options, &choice);
        let conflicting =
            shown.iter().flat_map(|term| &term.facts).zip(&options).filter(|(_, options)| options.len() > 1);
        let fits_with = if verdict == Verdict::Holds {
            conflicting.zip(&choice).filter_map(|((claims, _), choice)| claims.get(*choice).copied()).collect()
        } else {
            Vec::new()
        };
        Made {
            rule: relation.rule.into(),
            check: relation.check.map(Into::into),
            verdict,
            participants: participants(relation, &chosen),
            arithmetic: arithmetic::arithmetic(
                relation.assert,
                &shown_terms(&chosen),
                &domains,
                self.reader,
                verdict != Verdict::Holds,
            ),
            fits_with,
        }
    }

    /// For each fact the claim that stands for it under a choice: of conflicting ones the chosen, else the most precise.
    fn chosen(&self, terms: &[TermClaims], options: &[Vec<Domain>], choice: &[usize]) -> Vec<TermClaims> {
        let mut place = 0;
        terms
            .iter()
            .map(|term| {
                let facts = term.facts.iter().map(|claims| {
                    let index = choice.get(place).copied().unwrap_or(0);
                    let conflicting = options.get(place).is_some_and(|options| options.len() > 1);
                    place += 1;
                    if conflicting {
                        claims.get(index).copied().into_iter().collect()
                    } else {
                        self.representative(claims)
                    }
                });
                TermClaims { is_set: term.is_set, facts: facts.collect(), given: term.given.clone() }
            })
            .collect()
    }

    fn untouched(&self, touched: &Touched, outcome: &mut Outcome) {
        for (index, claim) in self.claims.iter() {
            match claim.key {
                None if self.claims.is_in_text(index) => {}
                None => outcome.drafts.push(index),
                Some(_) if touched.contains(index) => {}
                Some(key) => {
                    let vocabulary = &self.rules.vocabulary;
                    let unsaid = vocabulary.measure(key.measure).qualifiers.iter().filter(|id| {
                        vocabulary.qualifier(**id).total.is_none()
                            && self.claims.sets.value(key.qualifiers, **id).is_none()
                    });
                    let unsaid = unsaid.map(|id| vocabulary.qualifier(*id).id.clone()).collect();
                    outcome.untouched.push(Untouched { claim: index, unsaid });
                }
            }
        }
    }
}

fn shown_terms(terms: &[TermClaims]) -> Vec<ShownTerm> {
    terms
        .iter()
        .map(|term| ShownTerm {
            is_set: term.is_set,
            claims: term.facts.iter().filter_map(|claims| claims.first().copied()).collect(),
            word: term.given.as_ref().map(|(word, _)| word.clone()),
        })
        .collect()
}

fn participants(relation: &Relation<'_>, terms: &[TermClaims]) -> Vec<Participant> {
    let mut participants = Vec::new();
    for (name, term) in relation.names.iter().zip(terms) {
        for claim in term.facts.iter().flatten() {
            participants.push(Participant { claim: *claim, role: (*name).into() });
        }
    }
    participants
}

/// Findings by the place of their first claim, then by rule and claims: the same bytes for the same input.
fn sort(claims: &Claims, outcome: &mut Outcome) {
    let place = |participants: &[Participant]| participants.iter().map(|participant| participant.claim).min();
    let key = |finding: &Finding| {
        let all: Vec<ClaimIndex> = finding.claims().collect();
        (place(&finding.participants), finding.rule.clone(), finding.check.clone(), all)
    };
    outcome.findings.sort_by_cached_key(key);
    outcome.suppressed.sort_by_cached_key(|suppressed| key(&suppressed.finding));
    outcome.checks.sort_by_cached_key(|made| {
        let all: Vec<ClaimIndex> = made.participants.iter().map(|participant| participant.claim).collect();
        (place(&made.participants), made.rule.clone(), made.check.clone(), all)
    });
    debug_assert!(outcome.drafts.iter().all(|draft| (draft.0 as usize) < claims.claims.len()));
}

/// The rules that are part of the program, by name of the builtin.
pub(super) fn builtin_rules<'r>(rules: &'r RuleSet, name: &str) -> Option<&'r Rule> {
    rules.rules.iter().find(|rule| matches!(&rule.body, Body::Builtin(builtin) if &**builtin == name))
}
