//! Patterns of files, relative to the configuration that holds them.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// A pattern of files and folders.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub text: String,
    base: PathBuf,
    set: GlobSet,
}

impl Pattern {
    /// # Errors
    /// Where the text is no pattern: why.
    pub fn new(text: &str, base: &Path) -> Result<Pattern, String> {
        let trimmed = text.trim_start_matches("./").trim_end_matches('/');
        let anchored = trimmed.strip_prefix('/').unwrap_or(trimmed);
        // a bare name fits in any folder, as in a .gitignore
        let pattern = if trimmed.contains('/') { anchored.to_owned() } else { format!("**/{trimmed}") };
        let mut set = GlobSetBuilder::new();
        for pattern in [pattern.clone(), format!("{pattern}/**")] {
            let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
            set.add(glob.map_err(|error| error.kind().to_string())?);
        }
        let set = set.build().map_err(|error| error.kind().to_string())?;
        Ok(Pattern { text: text.to_owned(), base: base.to_path_buf(), set })
    }

    /// The folder below which everything lies that can fit.
    pub fn folder(&self) -> PathBuf {
        let trimmed = self.text.trim_start_matches("./").trim_end_matches('/');
        let mut folder = self.base.clone();
        if let Some((above, _)) = trimmed.rsplit_once('/') {
            let plain = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
            folder.extend(above.split('/').filter(|part| !part.is_empty()).take_while(plain));
        }
        folder
    }

    /// Whether a file lies under the pattern. The path is absolute; one outside the pattern's folder never fits.
    pub fn fits(&self, path: &Path) -> bool {
        path.strip_prefix(&self.base).is_ok_and(|inside| self.set.is_match(inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern, Path::new("/p")).unwrap().fits(&Path::new("/p").join(path))
    }

    #[test]
    fn names_fit_anywhere_and_paths_from_the_file_on() {
        assert!(fits("*.draft.toml", "claims/kz/a.draft.toml"));
        assert!(!fits("*.draft.toml", "claims/a.toml"));
        assert!(fits("claims/old", "claims/old/deep/a.toml") && fits("claims/old/", "claims/old/a.toml"));
        assert!(!fits("claims/old", "claims/older/a.toml"));
        assert!(!fits("old/a.toml", "claims/old/a.toml"));
        assert!(fits("claims/*/a.toml", "claims/kz/a.toml") && !fits("claims/*.toml", "claims/kz/a.toml"));
        assert!(fits("claims/**/a.toml", "claims/kz/deep/a.toml"));
        assert!(!Pattern::new("a", Path::new("/p")).unwrap().fits(Path::new("/q/a")));
        let folder = |pattern: &str| Pattern::new(pattern, Path::new("/p")).unwrap().folder();
        assert_eq!(folder("*.md"), Path::new("/p"));
        assert_eq!(folder("texts/a/*.md"), Path::new("/p/texts/a"));
        assert_eq!(folder("texts/**/a.md"), Path::new("/p/texts"));
        assert!(Pattern::new("a/{b", Path::new("/p")).is_err());
    }
}
