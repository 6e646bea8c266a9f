//! `kzcheck init`: from an empty folder to a project that is checked.

use std::path::{Path, PathBuf};

use super::{Exit, tell};
use crate::project::config;
use crate::project::write::write_whole;

/// Set up a project: configuration, a first claim file, a hook for git
///
/// Writes `kzcheck.toml`, `claims/first.toml` with two claims to replace, and, in a git repository that has no hook yet,
/// one that checks before each commit. What is there already is never changed.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Set up no hook
    #[arg(long)]
    no_hook: bool,
}

const CONFIG: &str = include_str!("init/kzcheck.toml");
const CLAIMS: &str = include_str!("init/first.toml");
const HOOK: &str = include_str!("init/pre-commit");

/// Configurations of tools that own the hooks of a repository, and what to do there.
const MANAGERS: [(&str, &str); 5] = [
    (".pre-commit-config.yaml", "add the hook of kzcheck to `.pre-commit-config.yaml`: see its README"),
    ("lefthook.yml", "add `run: kzcheck check` to the pre-commit commands of `lefthook.yml`"),
    ("lefthook.yaml", "add `run: kzcheck check` to the pre-commit commands of `lefthook.yaml`"),
    (".lefthook.yml", "add `run: kzcheck check` to the pre-commit commands of `.lefthook.yml`"),
    (".husky", "add `kzcheck check` to `.husky/pre-commit`"),
];

/// Something to write.
struct Planned {
    path: PathBuf,
    text: &'static str,
    is_program: bool,
}

/// Writes what is not there, and says so.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        tell(&format!("there is no folder `{}`", folder.display().to_string().escape_debug()));
        return Exit::Trouble;
    }
    let mut planned = vec![Planned { path: folder.join(config::FILE), text: CONFIG, is_program: false }];
    let mut said = String::new();
    if folder.join("claims").exists() {
        said.push_str("there already: claims\n");
    } else {
        planned.push(Planned { path: folder.join("claims/first.toml"), text: CLAIMS, is_program: false });
    }
    match hook(folder).filter(|_| !arguments.no_hook) {
        Some(Ok(path)) => planned.push(Planned { path, text: HOOK, is_program: true }),
        Some(Err(advice)) => said.push_str(&format!("to do: {advice}\n")),
        None => {}
    }
    for planned in &planned {
        let shown = planned.path.strip_prefix(folder).unwrap_or(&planned.path).display().to_string();
        if planned.path.symlink_metadata().is_ok() {
            said.push_str(&format!("there already: {shown}\n"));
        } else if arguments.dry_run {
            let indented: Vec<String> =
                planned.text.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
            said.push_str(&format!("would write: {shown}\n{}\n", indented.join("\n")));
        } else if let Err(error) = write(planned) {
            super::print(&said);
            tell(&format!("{shown} cannot be written: {error}"));
            return Exit::Trouble;
        } else {
            said.push_str(&format!("wrote: {shown}\n"));
        }
    }
    if !arguments.dry_run {
        said.push_str("next: `kzcheck check`; `kzcheck explain` lists what is checked\n");
    }
    super::print(&said);
    Exit::Clean
}

/// Where the hook of the repository goes, or what to do in its place; `None` outside of a repository.
fn hook(folder: &Path) -> Option<Result<PathBuf, String>> {
    let real = folder.canonicalize().ok()?;
    let top = real.ancestors().find(|ancestor| ancestor.join(".git").exists())?;
    if let Some((_, advice)) = MANAGERS.iter().find(|(name, _)| top.join(name).exists()) {
        return Some(Err((*advice).to_owned()));
    }
    let by_hand = || Err("run `kzcheck check` in the pre-commit hook of the repository".to_owned());
    // in a work tree of its own `.git` is a file, and the hooks lie elsewhere; a hook would not find a project below
    let hooks = top.join(".git/hooks");
    if !hooks.is_dir() || top != real {
        return Some(by_hand());
    }
    let path = folder.join(".git/hooks/pre-commit");
    Some(Ok(path))
}

fn write(planned: &Planned) -> std::io::Result<()> {
    if let Some(folder) = planned.path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write_whole(&planned.path, planned.text)?;
    #[cfg(unix)]
    if planned.is_program {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&planned.path, std::fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
