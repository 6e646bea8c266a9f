//! Where a project lies: its root, the repository around it, and how paths look from it.

use std::path::{Path, PathBuf};

use super::config;

/// Names that somebody who meant `kzcheck.toml` may have given the file.
const NEAR_MISSES: [&str; 10] = [
    ".kzcheck.toml",
    "kzcheck.yml",
    "kzcheck.yaml",
    ".kzcheck.yml",
    ".kzcheck.yaml",
    "kzcheck.json",
    ".kzcheck.json",
    "kzcheck.conf",
    "kzcheck.cfg",
    "kzcheckrc",
];

/// The root of a project and what surrounds it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The folder of the project, with all links resolved.
    pub root: PathBuf,
    /// The folder that holds `.git`, or else the root: links in the project must not lead out of it.
    pub boundary: PathBuf,
    /// The boundary as the command line spells it, with the links that lead there.
    written: PathBuf,
}

impl Place {
    /// The place of the project that a folder belongs to; where nothing marks one, the folder itself is it. The folder
    /// is absolute and may contain links: it belongs where it stands, not where they lead.
    pub fn of(folder: &Path) -> Place {
        let mut candidates = Vec::new();
        let mut boundary = None;
        for ancestor in folder.ancestors() {
            candidates.push(ancestor);
            if ancestor.join(".git").exists() {
                boundary = Some(ancestor.to_path_buf());
                break;
            }
        }
        let configured = candidates.iter().find(|ancestor| ancestor.join(config::FILE).is_file());
        let has_folders = |ancestor: &&&Path| ancestor.join("claims").is_dir() || ancestor.join("rules").is_dir();
        let root = configured.or_else(|| candidates.iter().find(has_folders)).copied().unwrap_or(folder).to_path_buf();
        let written = boundary.unwrap_or_else(|| root.clone());
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Place { root: real(&root), boundary: real(&written), written }
    }

    /// The place of a folder that is a project whatever it holds.
    pub fn at(root: PathBuf) -> Place {
        Place { boundary: root.clone(), written: root.clone(), root }
    }

    /// Whether a path of the command line stands in the repository and leads out of it.
    pub fn leads_out(&self, written: &Path, real: &Path) -> bool {
        written.starts_with(&self.written) && !self.encloses(real)
    }

    /// Whether a path without links lies in the repository.
    pub fn encloses(&self, real: &Path) -> bool {
        real.starts_with(&self.boundary)
    }

    /// Whether a file is a link that leads out of the repository, or nowhere: what it leads to is not read or written.
    pub fn link_leads_out(&self, path: &Path) -> bool {
        path.is_symlink() && !path.canonicalize().is_ok_and(|real| self.encloses(&real))
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

    /// Files where the configuration belongs that look as if they were meant to be it.
    pub fn near_misses(&self) -> Vec<PathBuf> {
        NEAR_MISSES.iter().map(|name| self.root.join(name)).filter(|path| path.is_file()).collect()
    }
}
