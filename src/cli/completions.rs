//! `kzcheck completions` and `kzcheck man`: what shells and `man` want to know, from the definition of the command line.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Exit, tell};

/// Print completions for a shell
///
/// For bash: kzcheck completions bash > ~/.local/share/bash-completion/completions/kzcheck
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "kzcheck", &mut script);
    super::print(&String::from_utf8_lossy(&script));
    Exit::Clean
}

/// Print the manual page of kzcheck, or of one of its commands
///
/// To read one: kzcheck man check | man -l -
#[derive(clap::Args)]
pub struct ManArguments {
    /// The command; without it, the page of kzcheck
    command: Option<String>,
}

/// Prints the page in roff.
pub(super) fn man(arguments: &ManArguments) -> Exit {
    let mut root = super::Arguments::command();
    // so that pages know each other's names
    root.build();
    let command = match &arguments.command {
        None => root,
        Some(name) => match root.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                tell(&format!("there is no command `{}`; `kzcheck --help` lists them", name.escape_default()));
                return Exit::Trouble;
            }
        },
    };
    let mut page = Vec::new();
    let title = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    match clap_mangen::Man::new(command).title(title).render(&mut page) {
        Ok(()) => {
            super::print(&String::from_utf8_lossy(&page));
            Exit::Clean
        }
        Err(error) => {
            tell(&format!("the page cannot be written: {error}"));
            Exit::Trouble
        }
    }
}
