//! `kzcheck schema`: JSON Schemas for editors.

use clap::ValueEnum;

use super::{Exit, problems};
use crate::project::schema::{Kind, schema};
use crate::project::{self, Project};

/// Print the JSON Schema of a kind of file
///
/// Prints a JSON Schema (draft 2020-12) that lets an editor complete and check the files of a project. The schema of
/// claim files knows the measures, qualifiers, subjects and rules of the project as well as those that come with the
/// program, so print it anew when they change.
#[derive(clap::Args)]
#[command(after_long_help = HOW_TO_USE)]
pub struct Arguments {
    /// Which file
    #[arg(value_enum)]
    name: Name,
}

const HOW_TO_USE: &str = "\
Use with Even Better TOML (VS Code) or any editor with Taplo:

  kzcheck schema claim > claims/claim.schema.json

and as the first line of a claim file beside it:

  #:schema ./claim.schema.json

or once for all files, in `.taplo.toml`:

  [[rule]]
  include = [\"claims/**/*.toml\"]
  schema.path = \"./claims/claim.schema.json\"";

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// A claim file, in `claims/`
    Claim,
    /// A file of rules and vocabulary, in `rules/`
    #[value(alias = "vocabulary")]
    Rule,
    /// `kzcheck.toml`
    Config,
}

/// Prints the schema, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = Vec::new();
    let project = Project::find(".".as_ref(), &mut found);
    let rules = project::rules::load(&project, &mut found);
    let kind = match arguments.name {
        Name::Claim => Kind::Claim,
        Name::Rule => Kind::Rule,
        Name::Config => Kind::Config,
    };
    let mut text = serde_json::to_string_pretty(&schema(kind, &rules)).unwrap_or_default();
    text.push('\n');
    problems::print(&project, &found);
    super::print(&text);
    if found.is_empty() { Exit::Clean } else { Exit::Trouble }
}
