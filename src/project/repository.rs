//! How paths look from the repository that holds the project.
//!
//! Reports name files relative to the project. What a forge reads (annotations, code scanning, code quality) must name
//! them relative to the repository, of which the project may be a folder.

use std::path::PathBuf;

use super::Project;

/// The way from the repository to the project. Without a repository, the project itself is the base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    root: Option<PathBuf>,
    /// From the repository's root to the project's, with `/` at the end; empty where they are one.
    prefix: String,
}

impl Repository {
    /// The repository around a project: the nearest folder upwards that holds `.git`.
    pub fn of(project: &Project) -> Repository {
        let Some(root) = project.root.ancestors().find(|folder| folder.join(".git").exists()) else {
            return Repository::default();
        };
        let inside = project.root.strip_prefix(root).unwrap_or(&project.root);
        let prefix = inside.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
        Repository { root: Some(root.to_path_buf()), prefix }
    }

    /// A path of a report, relative to the repository; one that lies outside of it stays as it is.
    pub fn path(&self, shown: &str) -> String {
        if !shown.starts_with('/') {
            return format!("{}{shown}", self.prefix);
        }
        let inside = self.root.as_deref().and_then(|root| shown.strip_prefix(root.to_str()?)?.strip_prefix('/'));
        inside.unwrap_or(shown).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;

    #[test]
    fn a_project_in_a_folder_of_a_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("studies/kz");
        std::fs::create_dir_all(&root).unwrap();
        let project = Project { root, config: Config::default() };
        assert_eq!(Repository::of(&project).path("claims/a.toml"), "claims/a.toml");
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        let repository = Repository::of(&project);
        assert_eq!(repository.path("claims/a.toml"), "studies/kz/claims/a.toml");
        let beside = folder.path().join("texts/a.txt").to_str().unwrap().to_owned();
        assert_eq!(repository.path(&beside), "texts/a.txt");
        assert_eq!(repository.path("/elsewhere/a.txt"), "/elsewhere/a.txt");
    }
}
