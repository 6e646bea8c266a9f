//! The command line: one file for each command. Arguments are read here, the work is done elsewhere.

mod check;
mod explain;
mod infer;
mod output;
mod problems;
mod schema;
mod test;
mod why;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds figures that cannot all be true, and shows the arithmetic.
#[derive(Parser)]
#[command(name = "kzcheck", version, about, long_about = None, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Explain(explain::Arguments),
    Infer(infer::Arguments),
    Why(why::Arguments),
    Test(test::Arguments),
    Schema(schema::Arguments),
}

/// What a command comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing at or above the failing severity.
    Clean,
    /// Something was found.
    Findings,
    /// It could not run, or not read everything.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
        })
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Infer(arguments) => infer::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    exit.into()
}

/// Prints to stdout; a closed pipe is no error.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
