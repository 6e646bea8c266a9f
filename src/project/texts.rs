//! Which texts a run checks without claims, where no path names them one by one.

use std::path::{Path, PathBuf};

use super::config::Origin;
use super::discovery::{Project, TextFile};
use super::walk::Walk;
use crate::document::{Format, Problem};

/// Whether a file is called as texts are called.
pub(super) fn has_known_ending(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| Format::named(&extension).is_some())
}

impl Project {
    /// A text as reports show it.
    pub(super) fn text(&self, path: PathBuf) -> TextFile {
        TextFile { shown: self.shown(&path), path }
    }

    /// The texts that the configuration names. A pattern that fits nothing is a problem.
    pub(super) fn configured_texts(&self, problems: &mut Vec<Problem>) -> Vec<TextFile> {
        let mut texts = Vec::new();
        for pattern in &self.config.texts {
            let folder = pattern.value.folder();
            let fits = |path: &Path| pattern.value.fits(path);
            let found = if folder.is_dir() { self.texts_in(&folder, fits, problems) } else { Vec::new() };
            if found.is_empty()
                && let Origin::File { file, span, .. } = &pattern.origin
            {
                let problem = Problem::new(file, *span, format!("no text fits `{}`", pattern.value.text));
                problems.push(problem.with_help("patterns are relative to this file; `**` stands for any folders"));
            }
            texts.extend(found);
        }
        texts
    }

    /// The texts in a folder that are wanted and that the configuration does not exclude.
    pub(super) fn texts_in(
        &self,
        folder: &Path,
        is_wanted: impl Fn(&Path) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Vec<TextFile> {
        let is_text = |path: &Path| {
            let is_claims = path.extension().is_some_and(|extension| extension == "toml");
            !is_claims && is_wanted(path) && self.config.excluding(path).is_none()
        };
        let found = Walk { place: &self.place }.files(folder, is_text, problems);
        found.into_iter().map(|path| self.text(path)).collect()
    }
}
