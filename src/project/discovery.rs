//! Finding the project of a run and the files that it reads: one discovery for every command.

use std::path::{Path, PathBuf};

use super::config::{self, Config};
use super::place::Place;
use super::texts;
use super::walk::Walk;
use crate::claims::read::{ClaimText, Content};
use crate::document::Problem;

/// A project that was found.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub root: PathBuf,
    pub place: Place,
    pub config: Config,
    /// What its owner should know although nothing is wrong: a file that looks like a configuration and is none.
    pub remarks: Vec<String>,
}

/// A text that a path names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextFile {
    /// As reports show it.
    pub shown: String,
    pub path: PathBuf,
}

/// What a run reads.
#[derive(Debug, Default)]
pub struct Selection {
    /// Claim files, sorted by the path that reports show.
    pub claim_files: Vec<ClaimText>,
    /// Texts that are checked without claims, sorted likewise.
    pub texts: Vec<TextFile>,
    /// Whether these are all claim files of the project.
    pub is_whole_project: bool,
    /// Claim files that a pattern of the configuration excludes, with the pattern and where it stands.
    pub excluded: Vec<(String, String)>,
}

impl Project {
    /// The project that a path belongs to; where nothing marks one, the folder itself is it.
    pub fn find(from: &Path, problems: &mut Vec<Problem>) -> Project {
        // a path that does not exist belongs to the project of the current folder
        let from = if from.symlink_metadata().is_ok() { from } else { Path::new(".") };
        // a link is not followed to the project that it leads to: it belongs where it stands
        let start = std::path::absolute(from).unwrap_or_else(|_| from.to_path_buf());
        let folder = if start.is_dir() { start.as_path() } else { start.parent().unwrap_or(&start) };
        let folder = config::load::tidy(folder);
        let place = Place::of(&folder);
        let file = Some(place.root.join(config::FILE)).filter(|file| file.is_file());
        let config = config::load::load(&place, file.as_deref(), problems);
        let remark = |path: PathBuf| {
            format!("`{}` is not read; the configuration of kzcheck is called `{}`", place.shown(&path), config::FILE)
        };
        let remarks = place.near_misses().into_iter().map(remark).collect();
        Project { root: place.root.clone(), place, config, remarks }
    }

    /// A path as reports show it: relative to the root, with `/`, and with `..` where it leads out.
    pub fn shown(&self, path: &Path) -> String {
        self.place.shown(path)
    }

    /// The rule files of the project's own rule folders, sorted; language packs are not read here.
    pub fn rule_files(&self, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
        let mut files = Vec::new();
        for folder in &self.config.rules.value {
            if !folder.is_dir() {
                if self.config.rules.origin != config::Origin::Default {
                    problems.push(self.missing_folder(folder, &self.config.rules.origin));
                }
                continue;
            }
            let packs = folder.join("languages");
            let found = Walk { place: &self.place }.toml_files(folder, problems);
            files.extend(found.into_iter().filter(|path| !path.starts_with(&packs)));
        }
        files.sort();
        files.dedup();
        files.retain(|path| self.config.excluding(path).is_none());
        files.into_iter().map(|path| (self.shown(&path), path)).collect()
    }

    /// The language packs in the project's own rule folders, sorted.
    pub fn language_pack_files(&self, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
        let mut files = Vec::new();
        for folder in &self.config.rules.value {
            let packs = folder.join("languages");
            if packs.is_dir() {
                files.extend(Walk { place: &self.place }.toml_files(&packs, problems));
            }
        }
        files.sort();
        files.dedup();
        files.retain(|path| self.config.excluding(path).is_none());
        files.into_iter().map(|path| (self.shown(&path), path)).collect()
    }

    /// The claim files that the paths name, or all of the project. What the configuration excludes is left out even
    /// where a path names it, unless `no_exclude` is given.
    pub fn select(&self, paths: &[PathBuf], no_exclude: bool, problems: &mut Vec<Problem>) -> Selection {
        let mut selection = Selection { is_whole_project: paths.is_empty(), ..Selection::default() };
        let mut files = Vec::new();
        if paths.is_empty() {
            self.all_claims(&mut files, problems);
            selection.texts = self.configured_texts(problems);
        }
        for path in paths {
            self.named(path, &mut files, &mut selection, problems);
        }
        selection.texts.sort();
        selection.texts.dedup();
        files.sort();
        files.dedup();
        for path in files {
            match self.config.excluding(&path).filter(|_| !no_exclude) {
                Some(pattern) => {
                    let why = format!("`{}` in {}", pattern.value.text, pattern.origin);
                    selection.excluded.push((self.shown(&path), why));
                }
                None => {
                    let claims = ClaimText { shown: self.shown(&path), content: Content::File(path) };
                    selection.claim_files.push(claims);
                }
            }
        }
        selection
    }

    fn all_claims(&self, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
        let configured = &self.config.claims;
        for folder in &configured.value {
            if folder.is_dir() {
                files.extend(self.claim_files(folder, problems));
            } else if configured.origin == config::Origin::Default {
                if !self.config.texts.is_empty() {
                    continue;
                }
                let message = "there is no `claims` folder here";
                let help =
                    "run `kzcheck init` to make one, run `kzcheck` in a project, or name a file or folder of claims";
                problems.push(Problem::new(self.shown(folder), None, message).with_help(help));
            } else {
                problems.push(self.missing_folder(folder, &configured.origin));
            }
        }
    }

    /// What a path on the command line names.
    fn named(&self, path: &Path, files: &mut Vec<PathBuf>, selection: &mut Selection, problems: &mut Vec<Problem>) {
        let shown = || path.to_string_lossy().replace('\\', "/");
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => return problems.push(Problem::new(shown(), None, format!("cannot be found: {error}"))),
        };
        let written = std::path::absolute(path).map_or_else(|_| real.clone(), |path| config::load::tidy(&path));
        if self.place.leads_out(&written, &real) {
            let problem = Problem::new(shown(), None, "this link leads out of the repository");
            return problems.push(problem.with_help("name the file that it leads to"));
        }
        if real.is_dir() {
            let is_root = real == self.root;
            selection.is_whole_project |= is_root || *self.config.claims.value == [real.clone()];
            if is_root && self.is_unmarked() {
                // no project at all, but a folder of texts
                selection.texts.extend(self.texts_in(&real, texts::has_known_ending, problems));
                if selection.texts.is_empty() {
                    self.all_claims(files, problems);
                }
            } else if is_root {
                self.all_claims(files, problems);
                selection.texts.extend(self.configured_texts(problems));
            } else {
                self.folder(&real, files, selection, problems);
            }
        } else if real.extension().is_some_and(|extension| extension == "toml") {
            files.push(real);
        } else {
            selection.texts.push(self.text(real));
        }
    }

    /// Whether nothing makes the root a project.
    fn is_unmarked(&self) -> bool {
        let has_claims = self.config.claims.value.iter().any(|folder| folder.is_dir());
        self.config.files.is_empty() && !has_claims
    }

    /// What a folder holds: claims, texts that the configuration names, or else whatever texts there are.
    fn folder(&self, folder: &Path, files: &mut Vec<PathBuf>, selection: &mut Selection, problems: &mut Vec<Problem>) {
        let before = problems.len();
        let found = Walk { place: &self.place }.toml_files(folder, problems);
        let mut texts = self.texts_in(folder, |path| self.config.is_text(path), problems);
        if found.is_empty() && texts.is_empty() {
            texts = self.texts_in(folder, texts::has_known_ending, problems);
        }
        if found.is_empty() && texts.is_empty() && problems.len() == before {
            let problem = Problem::new(self.shown(folder), None, "the folder holds no claim files and no texts");
            problems.push(
                problem.with_help("claim files end in `.toml`, texts in `.md`, `.txt`, `.html`, `.csv`, `.docx`"),
            );
        }
        files.extend(found);
        selection.texts.extend(texts);
    }

    fn claim_files(&self, folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let before = problems.len();
        let files = Walk { place: &self.place }.toml_files(folder, problems);
        if files.is_empty() && problems.len() == before {
            let problem = Problem::new(self.shown(folder), None, "the folder holds no claim files");
            problems.push(problem.with_help("claim files end in `.toml`"));
        }
        files
    }

    fn missing_folder(&self, folder: &Path, origin: &config::Origin) -> Problem {
        let message = format!("there is no folder `{}`", self.shown(folder));
        match origin {
            config::Origin::File { file, span, .. } => Problem::new(file.as_str(), *span, message),
            _ => Problem::new("", None, message),
        }
    }
}
