//! Finding the root of a project and the files that a run reads.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::config::{self, Config};
use crate::claims::read::{ClaimText, Content};
use crate::document::Problem;

/// The folders that a project has by their names.
const CLAIMS: &str = "claims";
const RULES: &str = "rules";

/// A project that was found.
#[derive(Debug)]
pub struct Project {
    pub root: PathBuf,
    pub config: Config,
}

/// What a run reads.
#[derive(Debug, Default)]
pub struct Selection {
    /// Claim files, sorted by the path that reports show.
    pub claim_files: Vec<ClaimText>,
    /// Whether these are all claim files of the project.
    pub is_whole_project: bool,
}

impl Project {
    /// The project that a path belongs to; where nothing marks one, the folder itself is it.
    pub fn find(from: &Path, problems: &mut Vec<Problem>) -> Project {
        let start = from.canonicalize().unwrap_or_else(|_| from.to_path_buf());
        let folder = if start.is_dir() { start.clone() } else { start.parent().unwrap_or(&start).to_path_buf() };
        let root = root_of(&folder).unwrap_or_else(|| folder.clone());
        let mut project = Project { root, config: Config::default() };
        let file = project.root.join(config::FILE);
        if file.is_file() {
            match std::fs::read_to_string(&file) {
                Ok(text) => project.config = config::parse(config::FILE, &text, problems),
                Err(error) => problems.push(Problem::new(config::FILE, None, format!("cannot be read: {error}"))),
            }
        }
        project
    }

    /// A path as reports show it: relative to the root, with `/`, and with `..` where it leads out.
    pub fn shown(&self, path: &Path) -> String {
        if !path.is_absolute() {
            return path.to_string_lossy().replace('\\', "/");
        }
        let common = self.root.components().zip(path.components()).take_while(|(own, other)| own == other).count();
        let up = self.root.components().skip(common).map(|_| "..".to_owned());
        let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// The rule files of the project's own `rules/` folder, sorted; language packs are not read here.
    pub fn rule_files(&self, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
        let folder = self.root.join(RULES);
        if !folder.is_dir() {
            return Vec::new();
        }
        let files = self.toml_files(&folder, problems);
        let packs = folder.join("languages");
        files.into_iter().filter(|path| !path.starts_with(&packs)).map(|path| (self.shown(&path), path)).collect()
    }

    /// The claim files that the paths name, or all of the project.
    pub fn select(&self, paths: &[PathBuf], problems: &mut Vec<Problem>) -> Selection {
        let mut selection = Selection { is_whole_project: paths.is_empty(), ..Selection::default() };
        let mut files = Vec::new();
        if paths.is_empty() {
            let folder = self.root.join(CLAIMS);
            if !folder.is_dir() {
                let message = "there is no `claims` folder here";
                let help = "run `kzcheck` in a project, or name a file or folder of claims";
                problems.push(Problem::new(self.shown(&folder), None, message).with_help(help));
                return selection;
            }
            files = self.claim_files(&folder, problems);
        }
        for path in paths {
            match path.canonicalize() {
                Ok(path) if path.is_dir() => {
                    selection.is_whole_project |= path == self.root || path == self.root.join(CLAIMS);
                    let folder = if path == self.root { path.join(CLAIMS) } else { path };
                    files.extend(self.claim_files(&folder, problems));
                }
                Ok(path) if path.extension().is_some_and(|extension| extension == "toml") => files.push(path),
                Ok(path) => {
                    let problem = Problem::new(self.shown(&path), None, "this is no claim file");
                    problems.push(problem.with_help("claim files end in `.toml`"));
                }
                Err(error) => {
                    let shown = path.to_string_lossy().replace('\\', "/");
                    problems.push(Problem::new(shown, None, format!("cannot be found: {error}")));
                }
            }
        }
        files.sort();
        files.dedup();
        let text = |path: PathBuf| ClaimText { shown: self.shown(&path), content: Content::File(path) };
        selection.claim_files = files.into_iter().map(text).collect();
        selection
    }

    fn claim_files(&self, folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let before = problems.len();
        let files = self.toml_files(folder, problems);
        if files.is_empty() && problems.len() == before {
            let problem = Problem::new(self.shown(folder), None, "the folder holds no claim files");
            problems.push(problem.with_help("claim files end in `.toml`"));
        }
        files
    }

    /// All TOML files below a folder. What cannot be entered is reported, and the rest is still read.
    fn toml_files(&self, folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let visible =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if entry.path().extension().is_some_and(|extension| extension == "toml") {
                        files.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(error) => problems.push(self.walk_problem(&error)),
            }
        }
        files
    }

    fn walk_problem(&self, error: &walkdir::Error) -> Problem {
        let shown = error.path().map(|path| self.shown(path)).unwrap_or_default();
        if error.loop_ancestor().is_some() {
            let problem = Problem::new(shown, None, "this link leads back into a folder that holds it");
            return problem.with_help("remove the link; what lies outside of the loop was read");
        }
        if error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return Problem::new(shown, None, "this link leads nowhere").with_help("remove it, or mend where it leads");
        }
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        Problem::new(shown, None, format!("cannot be read: {reason}")).with_help("check its permissions")
    }
}

/// The nearest folder upwards that is a project's root.
fn root_of(folder: &Path) -> Option<PathBuf> {
    let mut candidates = Vec::new();
    for ancestor in folder.ancestors() {
        candidates.push(ancestor);
        if ancestor.join(".git").exists() {
            break;
        }
    }
    let configured = candidates.iter().find(|ancestor| ancestor.join(config::FILE).is_file());
    let has_folders = |ancestor: &&&Path| ancestor.join(CLAIMS).is_dir() || ancestor.join(RULES).is_dir();
    configured.or_else(|| candidates.iter().find(has_folders)).map(|ancestor| ancestor.to_path_buf())
}
