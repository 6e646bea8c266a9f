//! The command line: one file for each command. Arguments are read here, the work is done elsewhere.

mod baseline;
mod check;
mod completions;
mod config;
mod diff;
mod explain;
mod extract;
mod fmt;
mod infer;
mod init;
mod output;
mod problems;
mod remarks;
mod schema;
mod sync;
mod test;
mod verbose;
mod watch;
mod why;
mod why_line;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds figures that cannot all be true, and shows the arithmetic.
#[derive(Parser)]
#[command(name = "kzcheck", version = VERSION, about, long_about = None, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Whether `extract` can write claims to a file.
fn extract_writes_claims() -> bool {
    let extract = <Arguments as clap::CommandFactory>::command();
    let extract = extract.find_subcommand("extract");
    extract.is_some_and(|command| command.get_arguments().any(|argument| argument.get_short() == Some('o')))
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Extract(extract::Arguments),
    Diff(diff::Arguments),
    Sync(sync::Arguments),
    Baseline(baseline::Arguments),
    Config(config::Arguments),
    Explain(explain::Arguments),
    Infer(infer::Arguments),
    Why(why::Arguments),
    Test(test::Arguments),
    Fmt(fmt::Arguments),
    Schema(schema::Arguments),
    Init(init::Arguments),
    Watch(watch::Arguments),
    Completions(completions::Arguments),
    Man(completions::ManArguments),
}

/// The version, and the commit of a release build.
const VERSION: &str = env!("KZCHECK_VERSION");

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
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Sync(arguments) => sync::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Infer(arguments) => infer::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    exit.into()
}

/// Prints to stdout; a closed pipe is no error.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Says something on stderr, for people.
fn tell(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(format!("kzcheck: {text}\n").as_bytes());
}
