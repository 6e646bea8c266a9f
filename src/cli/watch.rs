//! `kzcheck watch`: checks again whenever a file changes.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Exit, check, tell};
use crate::project::Project;

/// Check again whenever a claim file, a rule, a document or the configuration changes
///
/// Takes what `kzcheck check` takes. Each run begins a new screen; Ctrl-C ends it.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    check: check::Arguments,
}

/// How long nothing must happen before a change is taken for complete: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// Erases the screen and what can be scrolled to, and begins at its top.
const NEW_SCREEN: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Checks until it is ended.
pub(super) fn run(arguments: &Arguments) -> Exit {
    loop {
        if std::io::stdout().is_terminal() {
            super::print(NEW_SCREEN);
        }
        let (sender, changes) = channel();
        // made anew before each run: what changes while it is checked is seen, and a folder that was replaced is found
        let watcher = match watcher(arguments.check.from(), sender) {
            Ok(watcher) => watcher,
            Err(error) => return trouble(&error),
        };
        drop(check::once(&arguments.check));
        tell("watching; Ctrl-C ends it");
        let is_watched = wait(&changes);
        drop(watcher);
        if !is_watched {
            return Exit::Trouble;
        }
    }
}

/// Watches everything that a run reads.
fn watcher(from: &Path, sender: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| matters(&event)) {
            // whoever listened is gone only when the next run has begun
            let _ = sender.send(());
        }
    })?;
    let project = Project::find(from, &mut Vec::new());
    let config = &project.config;
    let deep = config.claims.value.iter().chain(&config.rules.value).map(|folder| (folder.as_path(), true));
    let files = config.files.iter().chain(config.documents.values().map(|path| &path.value));
    let flat = files.filter_map(|file| file.parent()).chain([project.root.as_path()]).map(|folder| (folder, false));
    let folders: BTreeMap<&Path, bool> = flat.chain(deep).filter(|(folder, _)| folder.is_dir()).collect();
    for (folder, is_deep) in folders {
        let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(folder, mode)?;
    }
    Ok(watcher)
}

fn trouble(error: &notify::Error) -> Exit {
    tell(&format!("files cannot be watched: {error}"));
    Exit::Trouble
}

/// Waits for a change and for the end of it.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    while changes.recv_timeout(QUIET).is_ok() {}
    true
}

/// Whether an event may change what is found.
fn matters(event: &Event) -> bool {
    // reports that a run writes, and what an editor keeps beside a file, are neither
    let matters = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        matches!(extension, "toml" | "txt" | "md" | "") && !path.components().any(|part| part.as_os_str() == ".git")
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(matters)
}
