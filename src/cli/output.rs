//! Where reports go: to stdout, and to files beside it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::document::Problem;
use crate::project::write::write_whole;
use crate::report::Report;
use crate::report::format::{FORMATS, Format};

/// A file and how it is written.
#[derive(Clone, Debug)]
pub(super) struct Target {
    format: Format,
    path: PathBuf,
}

/// Takes the names of formats.
pub(super) fn format() -> impl TypedValueParser<Value = Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

/// Takes `FORMAT=FILE`.
pub(super) fn target(text: &str) -> Result<Target, String> {
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let (name, path) = text.split_once('=').ok_or("it is written FORMAT=FILE, as in sarif=findings.sarif")?;
    let format = Format::named(name).ok_or_else(|| format!("`{name}` is no format; there are {}", names()))?;
    match path {
        "" => Err("the file has no name".to_owned()),
        "-" => Err(format!("a file is named here; for stdout there is `--format {name}`")),
        path => Ok(Target { format, path: PathBuf::from(path) }),
    }
}

/// Writes a report to each of the files; what cannot be written is a problem, and the others are written.
pub(super) fn write(targets: &[Target], report: &Report<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (position, target) in targets.iter().enumerate() {
        let shown = target.path.to_string_lossy().into_owned();
        if targets.iter().take(position).any(|earlier| earlier.path == target.path) {
            let problem = Problem::new(shown, None, "two reports are to be written to this file");
            problems.push(problem.with_help("give each `--output` a file of its own"));
            continue;
        }
        if let Err(error) = write_whole(&target.path, &(target.format.render)(report)) {
            let message = format!("the report `{}` cannot be written: {error}", target.format.name);
            problems.push(Problem::new(shown, None, message).with_help("the folder must be there and be writable"));
        }
    }
    problems
}

/// Prints; a pipe that is closed is no error, since whoever reads has seen enough.
pub(super) fn print(mut out: impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_name_a_format_and_a_file() {
        let target = super::target("sarif=a=b.sarif").unwrap();
        assert_eq!((target.format.name, target.path), ("sarif", PathBuf::from("a=b.sarif")));
        for wrong in ["sarif", "sarif=", "json=-", "xml=a", "=a"] {
            assert!(super::target(wrong).is_err(), "{wrong}");
        }
    }
}
