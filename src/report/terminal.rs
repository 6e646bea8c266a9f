//! What the stream that is written to can show: colour, line-drawing characters, how wide a line may be.
//!
//! Decided once for each stream, from that stream: findings go to stdout and problems to stderr, and one may be a
//! terminal while the other is a file.

use anstream::AutoStream;
use anstream::stream::RawStream;
use miette::{GraphicalTheme, ThemeCharacters, ThemeStyles};
use owo_colors::Style;

/// How wide a source line may be where no terminal says.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this nothing is readable, however narrow the terminal.
const LEAST_WIDTH: usize = 40;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless the environment says otherwise (`NO_COLOR`, `FORCE_COLOR`, `CLICOLOR`, `TERM`)
    #[default]
    Auto,
    Always,
    Never,
}

/// How to draw on a stream.
#[derive(Clone, Debug)]
pub struct Look {
    pub theme: GraphicalTheme,
    pub has_colour: bool,
    pub is_unicode: bool,
    /// Columns that a line of a text may take.
    pub columns: usize,
    /// Whether sentences are broken to fit: only on a terminal, since what reads a pipe breaks lines itself.
    pub wraps: bool,
}

impl Look {
    /// For stdout.
    pub fn stdout(colour: Colour) -> Look {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        Look::of(&std::io::stdout(), supports_unicode::Stream::Stdout, colour, size)
    }

    /// For stderr.
    pub fn stderr(colour: Colour) -> Look {
        let size = terminal_size::terminal_size_of(std::io::stderr());
        Look::of(&std::io::stderr(), supports_unicode::Stream::Stderr, colour, size)
    }

    fn of<S: RawStream>(
        stream: &S,
        which: supports_unicode::Stream,
        colour: Colour,
        size: Option<(terminal_size::Width, terminal_size::Height)>,
    ) -> Look {
        let has_colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let forced = set("FORCE_COLOR") && std::env::var_os("FORCE_COLOR").is_some_and(|value| value != "0");
                !set("NO_COLOR") && (forced || AutoStream::choice(stream) != anstream::ColorChoice::Never)
            }
        };
        let columns = size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(LEAST_WIDTH));
        Look::new(has_colour, supports_unicode::on(which), columns, stream.is_terminal())
    }

    /// A given look, whatever the streams are.
    pub fn new(has_colour: bool, is_unicode: bool, columns: usize, wraps: bool) -> Look {
        let characters = if is_unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let styles = if has_colour { styles() } else { ThemeStyles::none() };
        Look { theme: GraphicalTheme { characters, styles }, has_colour, is_unicode, columns, wraps }
    }
}

/// Of the sixteen colours, which every terminal theme fits to its own ground, those that are readable on black and on
/// white: no yellow.
fn styles() -> ThemeStyles {
    ThemeStyles {
        error: Style::new().red().bold(),
        warning: Style::new().magenta().bold(),
        advice: Style::new().cyan().bold(),
        help: Style::new().cyan(),
        link: Style::new().bold(),
        linum: Style::new().dimmed(),
        highlights: vec![Style::new().bright_blue(), Style::new().green(), Style::new().magenta(), Style::new().cyan()],
    }
}
