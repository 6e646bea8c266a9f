//! Walking through the folders of a project. Whoever proposes a change to a repository can put links into it, so a link
//! that leads out of the repository is not followed: what is no claim file would be shown in messages.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::place::Place;
use crate::document::Problem;

/// A walk in a project.
pub(super) struct Walk<'a> {
    pub place: &'a Place,
}

impl Walk<'_> {
    /// All TOML files below a folder.
    pub(super) fn toml_files(&self, folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        self.files(folder, |path| path.extension().is_some_and(|extension| extension == "toml"), problems)
    }

    /// All files below a folder that are wanted. What cannot be entered is reported, and the rest is still read.
    pub(super) fn files(
        &self,
        folder: &Path,
        is_wanted: impl Fn(&Path) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let visible =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if !visible(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.depth() > 0 && entry.path_is_symlink() && self.leads_out(entry.path(), folder) => {
                    let problem =
                        Problem::new(self.place.shown(entry.path()), None, "this link leads out of the repository");
                    problems.push(problem.with_help("copy what it leads to, or remove the link"));
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() => {
                    if is_wanted(entry.path()) {
                        files.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(error) => problems.push(self.problem(&error)),
            }
        }
        files
    }

    /// Whether a link leads out of the repository, and out of the folder that the walk began in.
    fn leads_out(&self, link: &Path, folder: &Path) -> bool {
        let within = |real: &Path| self.place.encloses(real) || real.starts_with(folder);
        link.canonicalize().is_ok_and(|real| !within(&real))
    }

    fn problem(&self, error: &walkdir::Error) -> Problem {
        let shown = error.path().map(|path| self.place.shown(path)).unwrap_or_default();
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
