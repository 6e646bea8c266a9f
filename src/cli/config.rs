//! `kzcheck config`: what holds here, and who says so.

use std::path::PathBuf;

use super::{Exit, problems};
use crate::project::Project;
use crate::project::config::show;

/// Show the configuration that holds here, and where each value comes from
///
/// The configuration is the nearest `kzcheck.toml`, from the path upwards, never above the folder that holds `.git`. It
/// is optional. What is printed is a configuration that says the same; the comments name the file and line of each
/// value. `kzcheck schema config` describes all keys.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file or folder: shows what holds for it
    #[arg(default_value = ".")]
    path: PathBuf,
}

/// Prints the configuration, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let project = Project::find(&arguments.path, &mut found);
    problems::print(&project, &found);
    super::print(&show::show(&project));
    if found.is_empty() { Exit::Clean } else { Exit::Trouble }
}
