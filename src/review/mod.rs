//! What a revision does: two versions of a text compared, the claims brought to each, both checked, and the findings
//! held against each other.
//!
//! Claims are read once, as they are now. Where they stand best is their own version; from there the comparison of the
//! two versions says what each claim is in the other. A claim whose figure one version lacks takes no part in the checks
//! of that version.

mod edition;
mod texts;

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{self, Finding, Options, Outcome, Verdict};
use crate::claims::{self, ClaimIndex, Claims, Restated};
use crate::document::{Problem, Span};
use crate::extract;
use crate::figure::Value;
use crate::project::{self, Documents, Project, Selection, severities};
use crate::revise::compare::{Change, Comparison, Version, compare};
use crate::revise::standing::{self, Standing, Standings};
use crate::revise::value::revised;
use crate::rules::{RuleSet, Vocabulary};
pub use edition::Edition;

/// What a claim is in one version.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub value: Value,
    /// Whether the value is that of the figure, and not only what the claim said before.
    pub is_known: bool,
    pub span: Span,
    /// The figure among the mentions of the version.
    pub mention: Option<usize>,
}

/// What a claim is in both; `None` where its figure is not there.
#[derive(Clone, Debug)]
pub struct Fate {
    pub claim: ClaimIndex,
    pub old: Option<State>,
    pub new: Option<State>,
}

/// The claims of one version and what came of checking them.
#[derive(Debug)]
pub struct Checked {
    pub claims: Claims,
    pub outcome: Outcome,
    pub documents: Documents,
}

/// What follows for the claims.
#[derive(Debug)]
pub struct Consequences {
    /// The document of the claims; empty where the texts are checked by themselves.
    pub document: Box<str>,
    pub fates: Vec<Fate>,
    /// Claims whose figure was found in the version that they fit better, of all that ask for one.
    pub found: usize,
    pub asked: usize,
    pub old: Checked,
    pub new: Checked,
    /// Findings of the new version that the old one has not.
    pub appeared: Vec<Finding>,
    /// Findings of the old version that the new one has not.
    pub resolved: Vec<Finding>,
    /// Findings that both have.
    pub remaining: usize,
    /// Checks of changed figures that hold in both versions.
    pub holding: usize,
    /// Claims that no longer say what the new version says.
    pub stale: Vec<ClaimIndex>,
}

/// A revision with all that is to be said of it.
pub struct Review<'t> {
    pub project: Project,
    pub rules: RuleSet,
    pub selection: Selection,
    pub old: Version<'t>,
    pub new: Version<'t>,
    pub comparison: Comparison,
    pub consequences: Option<Consequences>,
    pub problems: Vec<Problem>,
}

impl<'t> Review<'t> {
    /// Compares two versions, with the claims of the project at `from` if any are about this text. `document` names it;
    /// otherwise it is told from the paths, or from where the claims fit. With `joint`, claims are also checked together.
    pub fn new(from: &Path, document: Option<&str>, joint: bool, old: &'t Edition, new: &'t Edition) -> Review<'t> {
        let mut problems = Vec::new();
        let project = Project::find(from, &mut problems);
        let rules = project::rules::load_to_check(&project, &mut problems);
        // a text may well be reviewed where there are no claims
        let has_claims = project.config.claims.value.iter().any(|folder| folder.is_dir());
        let selection = if has_claims { project.select(&[], false, &mut problems) } else { Selection::default() };
        let mut claims = claims::read(&selection.claim_files, &rules);
        problems.append(&mut claims.problems);
        let chosen = choose(&project, &claims, &rules.vocabulary, document, [old, new], &mut problems);
        let language = chosen.as_deref().and_then(|id| claims.document(id)).and_then(|found| found.language.as_deref());
        let packs = project::packs::load(&project, &mut problems);
        let options = extract::Options::of(language, &packs);
        let (old_version, new_version) = rayon::join(|| old.version(&options), || new.version(&options));
        let comparison = compare(&old_version, &new_version);
        let consequences = match chosen {
            Some(id) => {
                let texts =
                    Both { old, new, old_version: &old_version, new_version: &new_version, comparison: &comparison };
                Some(consequences(&project, &rules, &claims, (&id, &options), joint, &texts))
            }
            None => texts::consequences(&project, &rules, [old, new], [&old_version, &new_version], &comparison),
        };
        problems.sort();
        Review { project, rules, selection, old: old_version, new: new_version, comparison, consequences, problems }
    }
}

/// Claims of a document that must be found in a text for it to be that document, in hundredths.
const ENOUGH: usize = 50;

/// The document that two versions are of.
fn choose(
    project: &Project,
    claims: &Claims,
    vocabulary: &Vocabulary,
    named: Option<&str>,
    editions: [&Edition; 2],
    problems: &mut Vec<Problem>,
) -> Option<Box<str>> {
    if let Some(named) = named {
        let found = claims.document(named).map(|document| document.id.clone());
        if found.is_none() {
            let ids: Vec<&str> = claims.documents.iter().map(|document| &*document.id).collect();
            let help = match crate::figure::nearest(named, ids.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the documents of the claims are {}", ids.join(", ")),
            };
            problems.push(Problem::new("", None, format!("no document is called `{named}`")).with_help(help));
        }
        return found;
    }
    let paths = Documents::paths(project, claims);
    let real = |path: &Path| path.canonicalize().ok();
    let own: Vec<PathBuf> = editions.iter().filter_map(|edition| real(edition.path.as_deref()?)).collect();
    let by_path = paths.iter().find(|(_, path)| real(path).is_some_and(|path| own.contains(&path)));
    if let Some((id, _)) = by_path {
        return Some(id.clone());
    }
    let share = |id: &str| {
        let list = claims_of(claims, id);
        let found = editions.iter().map(|edition| {
            let standings =
                standing::in_text(claims, vocabulary, &list, &edition.document, &extract::Options::default());
            standings.iter().filter(|standing| matches!(standing, Standing::Kept(_) | Standing::Moved(_))).count()
        });
        let found = found.max().unwrap_or(0);
        (found * 100 >= list.len() * ENOUGH && found > 0).then_some(found)
    };
    let best = claims.documents.iter().filter_map(|document| Some((share(&document.id)?, document.id.clone())));
    best.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, id)| id)
}

/// The claims that say a figure of a document.
pub fn claims_of(claims: &Claims, document: &str) -> Vec<ClaimIndex> {
    let is_of = |index: &ClaimIndex| {
        let claim = claims.get(*index);
        claim.source.text.is_some() && claims.file(claim).document.as_deref() == Some(document)
    };
    claims.iter().map(|(index, _)| index).filter(is_of).collect()
}

/// Both versions and how they compare.
struct Both<'a, 't> {
    old: &'a Edition,
    new: &'a Edition,
    old_version: &'a Version<'t>,
    new_version: &'a Version<'t>,
    comparison: &'a Comparison,
}

fn consequences(
    project: &Project,
    rules: &RuleSet,
    claims: &Claims,
    (document, options): (&str, &extract::Options<'_>),
    joint: bool,
    texts: &Both<'_, '_>,
) -> Consequences {
    let list = claims_of(claims, document);
    let in_text = |edition: &Edition| standing::in_text(claims, &rules.vocabulary, &list, &edition.document, options);
    let (in_old, in_new) = rayon::join(|| in_text(texts.old), || in_text(texts.new));
    let kept = |standings: &[Standing]| {
        standings.iter().filter(|standing| matches!(standing, Standing::Kept(_) | Standing::Moved(_))).count()
    };
    let is_old_base = kept(&in_old) >= kept(&in_new);
    let (base, other) = if is_old_base { (&in_old, &in_new) } else { (&in_new, &in_old) };
    let map = Mapping { rules, claims, texts, is_old_base };
    let fates: Vec<Fate> =
        list.iter().zip(base.iter().zip(other)).map(|(claim, (base, other))| map.fate(*claim, base, other)).collect();
    let value = |state: &Option<State>| state.as_ref().map(|state| state.value.clone());
    // where no figure has changed, what was together possible still is
    let joint = joint && fates.iter().any(|fate| value(&fate.old) != value(&fate.new));
    let checked = |edition: &Edition, is_new: bool| {
        let states = fates.iter().map(|fate| (fate.claim, if is_new { fate.new.as_ref() } else { fate.old.as_ref() }));
        checked(project, rules, claims, (document, joint), edition, states)
    };
    let (old, new) = rayon::join(|| checked(texts.old, false), || checked(texts.new, true));
    let stale: Vec<ClaimIndex> = fates
        .iter()
        .filter(|fate| match &fate.new {
            Some(state) => !state.is_known || state.value != claims.get(fate.claim).value,
            None => fate.old.is_some(),
        })
        .map(|fate| fate.claim)
        .collect();
    let (appeared, resolved, remaining) = held_against(&old, &new);
    let holding = holding(&old, &new, &fates);
    Consequences {
        document: document.into(),
        found: base.iter().filter(|standing| standing.is_found()).count(),
        asked: list.len(),
        fates,
        old,
        new,
        appeared,
        resolved,
        remaining,
        holding,
        stale,
    }
}

/// From what a claim is in the version that it fits to what it is in the other.
struct Mapping<'a, 't> {
    rules: &'a RuleSet,
    claims: &'a Claims,
    texts: &'a Both<'a, 't>,
    is_old_base: bool,
}

impl Mapping<'_, '_> {
    fn fate(&self, claim: ClaimIndex, base: &Standing, other: &Standing) -> Fate {
        let version = if self.is_old_base { self.texts.old_version } else { self.texts.new_version };
        let base = self.state(claim, base, version);
        let other = match &base {
            Some(state) => self.carried(claim, state, other),
            // found in neither, or only in the version that the claims fit less
            None => self.state(claim, other, self.other()),
        };
        let (old, new) = if self.is_old_base { (base, other) } else { (other, base) };
        Fate { claim, old, new }
    }

    /// A figure whose words the other version has kept.
    fn kept(&self, state: &State) -> Option<State> {
        let base = if self.is_old_base { self.texts.old_version } else { self.texts.new_version };
        let (words, other) = (base.index.words_of(state.span), self.other());
        let quote = base.index.document.seen(state.span.range());
        let span = other.index.span(self.texts.comparison.kept(words, self.is_old_base)?, &quote);
        Some(State { span, mention: other.mention_at(span.range()), ..state.clone() })
    }

    fn other(&self) -> &Version<'_> {
        if self.is_old_base { self.texts.new_version } else { self.texts.old_version }
    }

    /// What a claim is in a version by its anchor alone.
    fn state(&self, claim: ClaimIndex, standing: &Standing, version: &Version<'_>) -> Option<State> {
        let span = standing.span()?;
        let own = &self.claims.get(claim).value;
        let (value, is_known) = match standing {
            Standing::Changed(changed) if !changed.agrees => match &changed.value {
                Some(value) => (value.clone(), true),
                None => (own.clone(), false),
            },
            _ => (own.clone(), true),
        };
        Some(State { value, is_known, span, mention: version.mention_at(span.range()) })
    }

    /// What a claim is in the other version: as the figure there has become.
    fn carried(&self, claim: ClaimIndex, state: &State, standing: &Standing) -> Option<State> {
        let other = self.other();
        let pair = state.mention.and_then(|own| match self.is_old_base {
            true => self.texts.comparison.of_old(own),
            false => self.texts.comparison.of_new(own),
        });
        let Some((own, pair)) = state.mention.zip(pair) else {
            // a figure in words, the mark of a note: its words where they were kept, or else its anchor
            return self.kept(state).or_else(|| {
                let is_plain = state.mention.is_none() || matches!(standing, Standing::Kept(_) | Standing::Moved(_));
                self.state(claim, standing, other).filter(|_| is_plain)
            });
        };
        let partner = if self.is_old_base { pair.new } else { pair.old };
        let mention = other.mentions.get(partner)?;
        let span = Span::new(mention.start, mention.end);
        if pair.change != Change::Changed {
            return Some(State { span, mention: Some(partner), ..state.clone() });
        }
        let vocabulary = &self.rules.vocabulary;
        let expected = self.claims.get(claim).key.map(|key| vocabulary.measure(key.measure).dimension);
        let base = if self.is_old_base { self.texts.old_version } else { self.texts.new_version };
        let value = revised(&state.value, base.mentions.get(own)?, mention, expected, &vocabulary.units);
        let is_known = value.is_some();
        Some(State { value: value.unwrap_or_else(|| state.value.clone()), is_known, span, mention: Some(partner) })
    }
}

/// Checks the claims as they are in one version.
fn checked<'f>(
    project: &Project,
    rules: &RuleSet,
    claims: &Claims,
    (document, joint): (&str, bool),
    edition: &Edition,
    states: impl Iterator<Item = (ClaimIndex, Option<&'f State>)>,
) -> Checked {
    let mut absent: FxHashSet<ClaimIndex> = FxHashSet::default();
    let mut changes = Vec::new();
    let mut spans = Vec::new();
    for (claim, state) in states {
        match state {
            None => drop(absent.insert(claim)),
            Some(state) => {
                spans.push((claim, state.span));
                if state.value != claims.get(claim).value {
                    changes.push(Restated {
                        claim,
                        value: state.value.clone(),
                        text: edition.document.seen(state.span.range()).into(),
                        line: edition.document.lines.line_of(state.span.start as usize) + 1,
                    });
                }
            }
        }
    }
    let mut restated = claims.restated(&changes);
    restated
        .checks
        .retain(|check| check.terms.iter().flat_map(|term| &term.claims).all(|claim| !absent.contains(claim)));
    for claim in &absent {
        restated.leave_out(*claim);
    }
    let options = Options { keep_all: true, joint, ..Options::default() };
    let mut outcome = check::run(rules, &restated, &options);
    severities::apply(&project.config, &restated, &mut outcome);
    outcome.findings.retain(|finding| !finding.claims().any(|claim| absent.contains(&claim)));
    let documents = Documents::of_one(
        document,
        edition.name.clone(),
        edition.document.clone(),
        Standings::kept(claims.claims.len(), spans),
    );
    Checked { claims: restated, outcome, documents }
}

/// What a finding is about, whatever its figures.
fn topic(finding: &Finding) -> (&str, Option<&str>, Vec<ClaimIndex>) {
    let mut claims: Vec<ClaimIndex> = finding.claims().collect();
    claims.sort_unstable();
    (&finding.rule, finding.check.as_deref(), claims)
}

/// Findings that appeared, those that were resolved, and how many are in both.
fn held_against(old: &Checked, new: &Checked) -> (Vec<Finding>, Vec<Finding>, usize) {
    let worst = |checked: &Checked| {
        let mut worst: FxHashMap<(String, Option<String>, Vec<ClaimIndex>), Option<Verdict>> = FxHashMap::default();
        for finding in &checked.outcome.findings {
            let (rule, check, claims) = topic(finding);
            let known = worst.entry((rule.to_owned(), check.map(str::to_owned), claims)).or_insert(finding.verdict);
            *known = (*known).max(finding.verdict);
        }
        worst
    };
    let (before, after) = (worst(old), worst(new));
    let key = |finding: &Finding| {
        let (rule, check, claims) = topic(finding);
        (rule.to_owned(), check.map(str::to_owned), claims)
    };
    // one that has become worse has appeared as what it is now
    let appeared: Vec<Finding> = new
        .outcome
        .findings
        .iter()
        .filter(|finding| before.get(&key(finding)).is_none_or(|verdict| *verdict < finding.verdict))
        .cloned()
        .collect();
    let resolved: Vec<Finding> =
        old.outcome.findings.iter().filter(|finding| !after.contains_key(&key(finding))).cloned().collect();
    let remaining = new.outcome.findings.len() - appeared.len();
    (appeared, resolved, remaining)
}

/// Checks in which a changed claim takes part and which hold before and after.
fn holding(old: &Checked, new: &Checked, fates: &[Fate]) -> usize {
    let changed: FxHashSet<ClaimIndex> = fates
        .iter()
        .filter(|fate| match (&fate.old, &fate.new) {
            (Some(old), Some(new)) => old.value != new.value,
            _ => false,
        })
        .map(|fate| fate.claim)
        .collect();
    let held = |checked: &Checked| -> FxHashSet<(String, Option<String>, Vec<ClaimIndex>)> {
        let made = checked.outcome.checks.iter().filter(|made| made.verdict == Verdict::Holds);
        made.filter(|made| made.participants.iter().any(|participant| changed.contains(&participant.claim)))
            .filter(|made| made.participants.len() > 1)
            .map(|made| {
                let claims = made.participants.iter().map(|participant| participant.claim).collect();
                (made.rule.to_string(), made.check.as_deref().map(str::to_owned), claims)
            })
            .collect()
    };
    held(old).intersection(&held(new)).count()
}
