//! How paths look from the repository that holds the project.
//!
//! Reports name files relative to the project. What a forge reads (annotations, code scanning, code quality) must name
//! them relative to the repository, of which the project may be a folder.

use super::Project;

/// The way from the repository to the project. Without a repository, the project itself is the base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// The folders from the repository's root to the project's.
    way: Vec<String>,
}

impl Repository {
    /// The repository around a project: the nearest folder upwards that holds `.git`.
    pub fn of(project: &Project) -> Repository {
        let root = project.root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&project.root);
        let way = project.root.strip_prefix(root).unwrap_or(root).components();
        Repository { way: way.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect() }
    }

    /// A path of a report, relative to the repository. One that leads out of the repository begins with `..`; an
    /// absolute one stays.
    pub fn path(&self, shown: &str) -> String {
        if shown.starts_with('/') {
            return shown.to_owned();
        }
        let mut parts: Vec<&str> = self.way.iter().map(String::as_str).collect();
        for part in shown.split('/') {
            match part {
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                "." => {}
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_in_a_folder_of_a_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("studies/kz");
        std::fs::create_dir_all(&root).unwrap();
        let project = Project { root, ..Project::default() };
        // unless the machine's temporary folder lies in a repository
        assert!(Repository::of(&project).path("claims/a.toml").ends_with("claims/a.toml"));
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        let repository = Repository::of(&project);
        assert_eq!(repository.path("claims/a.toml"), "studies/kz/claims/a.toml");
        assert_eq!(repository.path("../../texts/a.txt"), "texts/a.txt");
        assert_eq!(repository.path("../../../../a.txt"), "../../a.txt");
        assert_eq!(repository.path("/elsewhere/a.txt"), "/elsewhere/a.txt");
    }
}
