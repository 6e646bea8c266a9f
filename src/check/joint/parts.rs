//! The parts of the network: which facts and checks hang together, and each as components of variables and constraints.
//!
//! Which facts hang together is found before anything is built for them, since most checks meet no other; then each part
//! is built when it is asked for. A part is one component, or several where a fact whose claims conflict does not tie
//! what local checks say of each of them.

use std::sync::Arc;

use super::super::facts::FactId;
use super::super::finding::Verdict;
use super::super::ground::Check;
use super::super::run::Runner;
use super::Alone;
use super::network::{Builder, Component, Constraint, Forest, Given, Term};
use super::screen::Form;
use super::unstated::AllFacts;
use crate::claims::{CheckBody, ClaimIndex, LocalCheck};
use crate::figure::{Days, Interval};
use crate::rules::{Severity, periods};

/// Everything that is checked, by what hangs together.
pub struct Network<'r, 'a> {
    runner: &'r Runner<'a>,
    checks: &'r [Check],
    alone: &'r [Alone],
    all: &'r AllFacts<'a>,
    /// The assertions of the rules in floats.
    forms: Vec<Option<Arc<Form>>>,
    /// In the order of their first fact.
    pub parts: Vec<Part>,
}

/// How many checks make a part worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    OneCheck = 1,
    TwoChecks = 2,
}

/// Facts and checks that hang together.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// In the order of their keys.
    facts: Vec<FactId>,
    checks: Vec<PartCheck>,
}

/// A check by its place: among those of claimed facts, of facts that nobody states, or of claim files.
#[derive(Clone, Copy, Debug)]
enum PartCheck {
    Claimed(u32),
    Unstated(u32),
    Local(u32),
}

impl<'r, 'a> Network<'r, 'a> {
    pub fn of(
        runner: &'r Runner<'a>,
        checks: &'r [Check],
        alone: &'r [Alone],
        all: &'r AllFacts<'a>,
        least: Least,
    ) -> Network<'r, 'a> {
        let units = &runner.rules.vocabulary.units;
        let form = |rule: &crate::rules::rule::Rule| Form::of(rule.assert.as_ref()?, units).map(Arc::new);
        let forms = runner.rules.rules.iter().map(form).collect();
        let mut network = Network { runner, checks, alone, all, forms, parts: Vec::new() };
        network.parts = network.parted(least);
        network
    }

    /// What hangs together and is worth a look; a check that fails counts as two.
    fn parted(&self, least: Least) -> Vec<Part> {
        let facts = self.all.facts.len();
        let local = &self.runner.claims.checks;
        let mut node_of_claim: Vec<usize> = (facts..facts + self.runner.claims.claims.len()).collect();
        for id in self.all.facts.ids() {
            self.all.facts.claims(id).iter().for_each(|claim| node_of_claim[claim.0 as usize] = id.0 as usize);
        }
        let node = |fact: FactId| fact.0 as usize;
        let of_local = |check: &LocalCheck| -> Vec<usize> {
            let claims = check.terms.iter().flat_map(|term| &term.claims);
            claims.map(|claim| node_of_claim[claim.0 as usize]).collect()
        };
        let mut forest = Forest::of(facts + node_of_claim.len());
        self.checks.iter().for_each(|check| forest.join_all(self.all.moved(check).map(node)));
        self.all.checks.iter().for_each(|check| forest.join_all(check.facts().iter().copied().map(node)));
        local.iter().for_each(|check| forest.join_all(of_local(check).into_iter()));
        // checks are counted in 32 bits
        let claimed = self.checks.iter().enumerate().map(|(index, check)| {
            (PartCheck::Claimed(index as u32), self.all.moved(check).next().map(node), self.alone(index))
        });
        let unstated = self.all.checks.iter().enumerate().map(|(index, check)| {
            (PartCheck::Unstated(index as u32), check.facts().first().copied().map(node), Verdict::Holds)
        });
        let local = local.iter().enumerate().map(|(index, check)| {
            (PartCheck::Local(index as u32), of_local(check).first().copied(), self.alone(self.checks.len() + index))
        });
        let placed: Vec<(PartCheck, usize, Verdict)> = claimed
            .chain(unstated)
            .chain(local)
            .filter_map(|(check, first, verdict)| Some((check, forest.root(first?), verdict)))
            .collect();
        let mut weights = vec![0_u32; facts + node_of_claim.len()];
        for (_, root, verdict) in &placed {
            weights[*root] += if *verdict == Verdict::Holds { 1 } else { 2 };
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut part_of: Vec<Option<u32>> = vec![None; weights.len()];
        for index in 0..weights.len() {
            let root = forest.root(index);
            if weights[root] < least as u32 {
                continue;
            }
            let part = *part_of[root].get_or_insert_with(|| {
                parts.push(Part::default());
                parts.len() as u32 - 1
            });
            if index < facts {
                parts[part as usize].facts.push(FactId(index as u32));
            }
        }
        for (check, root, _) in placed {
            if let Some(part) = part_of[root] {
                parts[part as usize].checks.push(check);
            }
        }
        parts
    }

    fn alone(&self, index: usize) -> Verdict {
        self.alone.get(index).map_or(Verdict::Holds, |alone| alone.verdict)
    }

    /// A part as components.
    pub fn components(&self, part: &Part) -> Vec<Component<'a>> {
        let mut builder = Builder::new(self.runner.reader);
        for fact in &part.facts {
            builder.fact(self.all.facts.key(*fact), self.all.facts.claims(*fact));
        }
        // variables come in the order of the keys of their facts
        let variable = |fact: &FactId| part.facts.binary_search(fact).ok();
        for check in &part.checks {
            let constraint = match *check {
                PartCheck::Claimed(index) => {
                    let check = &self.checks[index as usize];
                    let facts: Option<Vec<usize>> = self.all.moved(check).map(|fact| variable(&fact)).collect();
                    facts.and_then(|facts| self.grounded(check, &facts, self.alone.get(index as usize)))
                }
                PartCheck::Unstated(index) => {
                    let check = &self.all.checks[index as usize];
                    let facts: Option<Vec<usize>> = check.facts().iter().map(variable).collect();
                    facts.and_then(|facts| self.grounded(check, &facts, None))
                }
                PartCheck::Local(index) => {
                    let place = self.checks.len() + index as usize;
                    let fact_of = |claim: ClaimIndex| self.fact_of(part, claim);
                    self.local(&self.runner.claims.checks[index as usize], &mut builder, fact_of, self.alone.get(place))
                }
            };
            builder.constrain(constraint);
        }
        builder.components()
    }

    /// The variable of the fact of a claim.
    fn fact_of(&self, part: &Part, claim: ClaimIndex) -> Option<usize> {
        let key = self.runner.claims.get(claim).key?;
        // several values of one key are facts of their own, side by side
        let first = part.facts.partition_point(|fact| self.all.facts.key(*fact) < key);
        let same = part.facts[first..].iter().take_while(|fact| self.all.facts.key(**fact) == key);
        same.enumerate().find(|(_, fact)| self.all.facts.claims(**fact).contains(&claim)).map(|(at, _)| first + at)
    }

    /// A grounded check with the variables of its facts.
    fn grounded(&self, check: &Check, variables: &[usize], alone: Option<&Alone>) -> Option<Constraint<'a>> {
        let Runner { rules, claims, .. } = *self.runner;
        let rule = rules.rules.get(check.rule as usize)?;
        let mut rest = variables;
        let mut terms = Vec::with_capacity(rule.terms.len());
        for (index, term) in rule.terms.iter().enumerate() {
            let (own, others) = rest.split_at_checked(check.term(index).len())?;
            rest = others;
            terms.push(if term.is_set { Term::Set(own.to_vec()) } else { Term::One(*own.first()?) });
        }
        for name in check.periods() {
            let word = claims.word(*name, &rules.vocabulary.names);
            let days = periods::days(word).unwrap_or(Days::ALL);
            terms.push(Term::Given(Box::new(Given { word: word.into(), days: Interval::of_days(days) })));
        }
        Some(Constraint {
            rule: &rule.id,
            check: None,
            severity: rule.severity,
            form: self.forms.get(check.rule as usize).cloned().flatten(),
            assert: rule.assert.as_ref()?,
            terms,
            alone: alone.map_or(Verdict::Holds, |alone| alone.verdict),
            finding: alone.and_then(|alone| alone.finding),
        })
    }

    /// A check of a claim file with the variables of its claims.
    fn local(
        &self,
        check: &'a LocalCheck,
        builder: &mut Builder<'a>,
        fact_of: impl Fn(ClaimIndex) -> Option<usize>,
        alone: Option<&Alone>,
    ) -> Option<Constraint<'a>> {
        let (assert, rule, severity) = match &check.body {
            CheckBody::Own { assert, .. } => (assert, &*check.id, Severity::Error),
            CheckBody::Rule(id) => {
                let rule = self.runner.rules.rule(id)?;
                (rule.assert.as_ref()?, &*rule.id, rule.severity)
            }
        };
        let terms = check.terms.iter().map(|term| {
            let variables: Vec<usize> =
                term.claims.iter().map(|claim| builder.claim(*claim, fact_of(*claim))).collect();
            if term.is_set { Some(Term::Set(variables)) } else { variables.first().copied().map(Term::One) }
        });
        Some(Constraint {
            rule,
            check: Some(&check.id),
            severity: check.severity.unwrap_or(severity),
            form: Form::of(assert, &self.runner.rules.vocabulary.units).map(Arc::new),
            assert,
            terms: terms.collect::<Option<Vec<Term>>>()?,
            alone: alone.map_or(Verdict::Holds, |alone| alone.verdict),
            finding: alone.and_then(|alone| alone.finding),
        })
    }
}
