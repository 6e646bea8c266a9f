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
        let (top, commit) = Revision::find(root, named)?;
        let base = run(&top, &["merge-base", &commit, "HEAD"]).map_err(|_| {
            let help = if is_shallow(&top) { SHALLOW } else { "name a revision of this history" };
            Refusal::new(format!("`{named}` and the present revision have no common ancestor here"), help)
        })?;
        Ok(Revision { top, base: String::from_utf8_lossy(&base).trim().to_owned() })
    }

    /// The top folder of the repository around a folder, and the commit that a revision names.
    fn find(root: &Path, named: &str) -> Result<(PathBuf, String), Refusal> {
        let top = run(root, &["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']).to_owned());
        let top = top.canonicalize().unwrap_or(top);
        let unknown = || {
            let help =
                if is_shallow(&top) { SHALLOW } else { "name a commit, a branch or a tag, such as `origin/main`" };
            Refusal::new(format!("git knows no revision `{named}`"), help)
        };
        // git must not take it for an option
        if named.is_empty() || named.starts_with('-') {
            return Err(unknown());
        }
        let commit = format!("{named}^{{commit}}");
        let commit = run(&top, &["rev-parse", "--verify", "--quiet", &commit]).map_err(|_| unknown())?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        Ok((top, commit))
    }

    /// A revision itself.
    ///
    /// # Errors
    /// If there is no git, no repository, or no such revision.
    pub fn exact(root: &Path, named: &str) -> Result<Revision, Refusal> {
        let (top, commit) = Revision::find(root, named)?;
        Ok(Revision { top, base: commit })
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

    /// What a file held, also if it had another name then.
    ///
    /// # Errors
    /// If there was no such file.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        let real = path.parent().and_then(|folder| folder.canonicalize().ok());
        let path = match (real, path.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => path.to_path_buf(),
        };
        let inside = path.strip_prefix(&self.top).ok().and_then(Path::to_str).map(|inside| inside.replace('\\', "/"));
        let Some(inside) = inside else {
            return Err(Refusal::new(format!("{} is not in the repository", path.display()), "name a file of it"));
        };
        let blob = |inside: &str| run(&self.top, &["cat-file", "blob", &format!("{}:{inside}", self.base)]);
        blob(&inside).or_else(|_| {
            let missing = || {
                let message = format!("{inside} is not in revision {}", self.base.get(..10).unwrap_or(&self.base));
                Refusal::new(message, "name a revision that has it")
            };
            let earlier = self.earlier_name(&inside).ok_or_else(missing)?;
            blob(&earlier).map_err(|_| missing())
        })
    }

    /// The name that a file had in the revision, if it was renamed since.
    fn earlier_name(&self, inside: &str) -> Option<String> {
        let options = ["diff", "--find-renames", "--diff-filter=R", "--name-status", "--no-ext-diff", "-z", &self.base];
        let listed = run(&self.top, &options).ok()?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let fields: Vec<&str> = listed.split('\0').collect();
        fields.chunks(3).find_map(|row| match row {
            [_, old, new] if *new == inside => Some((*old).to_owned()),
            _ => None,
        })
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
            std::io::ErrorKind::NotFound => {
                Refusal::new("git is not installed", "install it; revisions are read with the git command")
            }
            _ => Refusal::new(
                format!("git cannot be run: {error}"),
                "install it; revisions are read with the git command",
            ),
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why").trim();
    Err(Refusal::new(format!("git: {said}"), "revisions need a git repository with a commit"))
}
