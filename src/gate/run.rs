//! A run: from the paths of a command line to findings that count.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::baseline::{Baseline, Entry};
use super::figures;
use super::since::Changes;
use super::texts::{self, ReadText};
use crate::check::{self, Options, Outcome, Readings};
use crate::claims::{self, Claims};
use crate::document::Problem;
use crate::extract::{self, Packs};
use crate::figure::Rounding;
use crate::project::config::{Failing, Level, ReadingMode};
use crate::project::{self, Documents, Project, Selection, severities};
use crate::report::coverage::TextCoverage;
use crate::review::claims_of;
use crate::revise::coverage::coverage;
use crate::revise::standing;
use crate::rules::{RuleSet, Severity};

/// The rule that asks for a claim on every figure; off unless the configuration gives it a severity.
const UNCOVERED: &str = "figures-claimed";

/// What a command line asks for. What it leaves open, the configuration says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Claim files or folders; none stands for the whole project.
    pub paths: Vec<PathBuf>,
    /// Read also what the configuration excludes.
    pub no_exclude: bool,
    /// Keep every check that was made, not only what was found.
    pub keep_all: bool,
    pub reading: Option<ReadingMode>,
    pub fail_on: Option<Failing>,
    /// Tell all findings, also those that the baseline knows.
    pub no_baseline: bool,
    /// Tell only of what has changed since this revision.
    pub since: Option<String>,
    /// Do not look for claims that cannot be true together although each check holds.
    pub no_joint: bool,
}

/// Everything that came of a run.
#[derive(Debug)]
pub struct Run {
    pub project: Project,
    pub rules: RuleSet,
    /// What figures are read with.
    pub packs: Packs,
    pub selection: Selection,
    pub claims: Claims,
    pub documents: Documents,
    /// Texts that were checked without claims.
    pub texts: Vec<ReadText>,
    pub outcome: Outcome,
    /// Entries of the baseline that found nothing, where the whole project was checked.
    pub stale: Vec<Entry>,
    pub problems: Vec<Problem>,
    /// How long each step took, in their order.
    pub times: Vec<(&'static str, Duration)>,
}

impl Run {
    /// Reads and checks.
    pub fn new(settings: &Settings) -> Run {
        let mut clock = Clock::new();
        let mut problems = Vec::new();
        let from = settings.paths.first().map_or(Path::new("."), PathBuf::as_path);
        let mut project = Project::find(from, &mut problems);
        project.config.reading.overridden(settings.reading);
        project.config.fail_on.overridden(settings.fail_on);
        clock.lap("configuration");
        let rules = project::rules::load_to_check(&project, &mut problems);
        let packs = project::packs::load(&project, &mut problems);
        clock.lap("rules");
        let selection = project.select(&settings.paths, settings.no_exclude, &mut problems);
        clock.lap("finding files");
        let mut claims = claims::read(&selection.claim_files, &rules);
        problems.append(&mut claims.problems);
        clock.lap("claims");
        let texts = texts::read(&selection.texts, &rules, &packs, &mut claims, &mut problems);
        clock.lap("texts");
        let mut documents = Documents::load(&project, &claims, &mut problems);
        documents.find_figures(&claims, &rules.vocabulary, &packs);
        clock.lap("documents");
        let options = options(project.config.reading.value, settings, &selection);
        let with_uncovered = project.config.severity.get(UNCOVERED).is_some_and(|level| level.value != Level::Off);
        let figures = figures::read(&rules, &packs, &mut claims, &documents, with_uncovered);
        let options = Options { standings: Some(documents.standings()), figures: Some(&figures), ..options };
        let mut outcome = check::run(&rules, &claims, &options);
        texts::hold_back_reservations(&rules, &claims, &texts, &mut outcome);
        clock.lap("checks");
        severities::apply(&project.config, &claims, &mut outcome);
        check::instead::apply(&rules, &mut outcome);
        if selection.is_whole_project && problems.is_empty() {
            severities::unknown(&project.config, project::config::FILE, &rules, &claims, &mut problems);
        }
        let mut stale = Vec::new();
        if !settings.no_baseline {
            let baseline = Baseline::load(&project, &mut problems);
            stale = baseline.apply(&rules, &claims, &mut outcome);
        }
        // what was not read may still have them
        if !selection.is_whole_project || !problems.is_empty() {
            stale.clear();
        }
        if let Some(named) = &settings.since {
            match Changes::since(named, &project, &rules, &claims) {
                Ok(changes) => changes.apply(&claims, &mut outcome),
                Err(refusal) => problems.push(Problem::new("", None, refusal.message).with_help(refusal.help)),
            }
        }
        clock.lap("holding back");
        problems.sort();
        Run { project, rules, packs, selection, claims, documents, texts, outcome, stale, problems, times: clock.laps }
    }

    /// Which figures of the texts at hand have claims.
    pub fn coverage(&self) -> Vec<TextCoverage> {
        let texts =
            self.claims.documents.iter().filter_map(|document| Some((document, self.documents.get(&document.id)?)));
        texts
            .map(|(document, text)| {
                let options = extract::Options::of(document.language.as_deref(), &self.packs);
                let mentions = standing::mentions(text.content(), &options);
                let claims = claims_of(&self.claims, &document.id);
                let coverage = coverage(text.text(), text.lines(), mentions, &claims, self.documents.standings());
                TextCoverage { document: document.id.clone(), shown: text.shown.clone(), coverage }
            })
            .collect()
    }

    /// The severity from which on a finding makes the run fail.
    pub fn failing(&self) -> Severity {
        self.project.config.fail_on.value.severity()
    }

    /// Whether a finding makes the run fail.
    pub fn fails(&self) -> bool {
        self.outcome.findings.iter().any(|finding| finding.severity >= self.failing())
    }
}

fn options(reading: ReadingMode, settings: &Settings, selection: &Selection) -> Options<'static> {
    Options {
        readings: match reading {
            ReadingMode::Both | ReadingMode::Truncated => Readings::Both,
            ReadingMode::Tight => Readings::Tight,
            ReadingMode::Loose => Readings::Loose,
        },
        rounding: if reading == ReadingMode::Truncated { Rounding::Truncated } else { Rounding::Nearest },
        keep_all: settings.keep_all,
        // an excluded claim may be what an `allow` is for
        is_whole_project: selection.is_whole_project,
        standings: None,
        figures: None,
        joint: !settings.no_joint,
    }
}

/// Tells how long each step took.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn new() -> Clock {
        Clock { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }
}
