//! What git knows of the files of a project, asked of the git command.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A revision of the repository around a project.
#[derive(Debug)]
pub struct Revision {
    /// The top folder of the work tree.
    pub top: PathBuf,
    /// The common ancestor of the revision that was named and the present one.
    base: String,
}

/// Why git could not answer, and a way out.
#[derive(Debug)]
pub struct Refusal {
    pub message: String,
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: &str) -> Refusal {
        Refusal { message: message.into(), help: help.to_owned() }
    }
}

impl Revision {
    /// Finds the common ancestor of a revision and the present one, as a pull request sees it.
    ///
    /// # Errors
    /// If there is no git, no repository, no such revision, or no common ancestor at hand.
    pub fn ancestor(root: &Path, named: &str) -> Result<Revision, Refusal> {
        let top = run(root, &["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']).to_owned());
        let top = top.canonicalize().unwrap_or(top);
        let unknown = || {
            let help =
                if is_shallow(&top) { SHALLOW } else { "name a commit, a branch or a tag: `--since origin/main`" };
            Refusal::new(format!("git knows no revision `{named}`"), help)
        };
        // git must not take it for an option
        if named.is_empty() || named.starts_with('-') {
            return Err(unknown());
        }
        let commit = format!("{named}^{{commit}}");
        let commit = run(&top, &["rev-parse", "--verify", "--quiet", &commit]).map_err(|_| unknown())?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let base = run(&top, &["merge-base", &commit, "HEAD"]).map_err(|_| {
            let help = if is_shallow(&top) { SHALLOW } else { "name a revision of this history" };
            Refusal::new(format!("`{named}` and the present revision have no common ancestor here"), help)
        })?;
        Ok(Revision { top, base: String::from_utf8_lossy(&base).trim().to_owned() })
    }

    /// The files that the work tree has otherwise than the revision, removed ones included. Files that git does not
    /// track are not among them.
    ///
    /// # Errors
    /// If git fails.
    pub fn changed(&self) -> Result<Vec<PathBuf>, Refusal> {
        let options = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules", "-z"];
        self.paths(&[&options[..], &[&self.base, "--"]].concat())
    }

    /// The TOML files that the revision has.
    ///
    /// # Errors
    /// If git fails.
    pub fn files(&self) -> Result<Vec<PathBuf>, Refusal> {
        let mut files = self.paths(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.base])?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        Ok(files)
    }

    /// What a file held; `None` where there was none.
    pub fn text(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.top).ok()?.to_str()?.replace('\\', "/");
        let blob = run(&self.top, &["cat-file", "blob", &format!("{}:{inside}", self.base)]).ok()?;
        Some(String::from_utf8_lossy(&blob).into_owned())
    }

    fn paths(&self, arguments: &[&str]) -> Result<Vec<PathBuf>, Refusal> {
        let listed = run(&self.top, arguments)?;
        let names = listed.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| self.top.join(String::from_utf8_lossy(name).as_ref())).collect())
    }
}

/// A way out of a history that was cut off.
const SHALLOW: &str =
    "this clone is shallow: fetch the history, with `git fetch --unshallow` or `fetch-depth: 0` of actions/checkout";

fn is_shallow(top: &Path) -> bool {
    run(top, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
}

fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Result<Vec<u8>, Refusal> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        // messages are passed on, and nothing waits for an answer or a lock
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Refusal::new("git is not installed", "`--since` needs the git command"),
            _ => Refusal::new(format!("git cannot be run: {error}"), "`--since` needs the git command"),
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why").trim();
    Err(Refusal::new(format!("git: {said}"), "`--since` needs a git repository with a commit"))
}
