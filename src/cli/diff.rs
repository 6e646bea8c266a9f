//! `kzcheck diff`: what a revision does to the figures of a text, and what follows.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Exit, output};
use crate::document::Problem;
use crate::gate::git;
use crate::project::{Project, Repository};
use crate::report::revision::{Account, human, json, markdown};
use crate::report::terminal::{Colour, Look};
use crate::report::{self, Sources};
use crate::review::{Edition, Review};

/// Review what a revision does to the figures of a text
///
/// Compares two versions of a text: which figures changed, came, went and moved, which findings appear or are resolved
/// by it, which claims no longer say what the text says. With `--since` or `--from` and `--to`, versions of one file in
/// git. Exit code 0: no finding appears, 1: one does, 2: something could not be read.
#[derive(clap::Args)]
pub struct Arguments {
    /// The old and the new text; or one text, with `--since` or `--from`
    #[arg(required = true, num_args = 1..=2, value_names = ["OLD", "NEW"])]
    texts: Vec<PathBuf>,
    /// Compare the text with what it was when it branched off from this revision
    #[arg(long, value_name = "REV", conflicts_with_all = ["from", "to"])]
    since: Option<String>,
    /// Compare the text as it is in this revision …
    #[arg(long, value_name = "REV")]
    from: Option<String>,
    /// … with what it is in this one; otherwise with the file as it is
    #[arg(long, value_name = "REV", requires = "from")]
    to: Option<String>,
    /// The document of the claims that the texts are versions of, if it is not plain
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// How to print the review
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Look at each check by itself, not at claims that cannot be true together
    #[arg(long)]
    no_joint: bool,
    /// List everything, however long
    #[arg(long)]
    all: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal: one screen
    Human,
    /// One object with everything, for programs; a stable contract
    Json,
    /// For a comment on a merge request
    Markdown,
}

/// Compares, prints, and says how it went.
pub(super) fn run(arguments: &Arguments) -> Exit {
    let [old, new] = match editions(arguments) {
        Ok(editions) => editions,
        Err(problems) => {
            let text = report::human::problems(&problems, &Sources::default(), &Look::stderr(arguments.color));
            let _ = output::print(std::io::stderr().lock(), &text);
            return Exit::Trouble;
        }
    };
    let review = Review::new(Path::new("."), arguments.document.as_deref(), !arguments.no_joint, &old, &new);
    let shown = review.consequences.iter().flat_map(|consequences| {
        consequences.appeared.iter().chain(&consequences.resolved).flat_map(crate::check::Finding::claims)
    });
    let has_claims = review.consequences.as_ref().is_some_and(|consequences| !consequences.document.is_empty());
    let claims = review.consequences.as_ref().filter(|_| has_claims).map(|consequences| &consequences.new.claims);
    let mut sources = match claims {
        Some(claims) => Sources::load(&review.selection.claim_files, claims, shown, &review.problems),
        None => Sources::default(),
    };
    // figures of texts that are checked by themselves lie in the texts
    for edition in [&old, &new].into_iter().filter(|_| !has_claims) {
        sources.add(edition.name.clone(), edition.document.text.clone());
    }
    sources.complete(&review.project.root, &review.problems);
    let repository = Repository::of(&review.project);
    let account = Account::new(&review, [&old.name, &new.name], &sources, &repository);
    let troubles = report::human::problems(&review.problems, &sources, &Look::stderr(arguments.color));
    let text = match arguments.format {
        Format::Human => human::render(&account, &Look::stdout(arguments.color), arguments.all),
        Format::Json => json::render(&account),
        Format::Markdown => markdown::render(&account),
    };
    let _ = output::print(std::io::stderr().lock(), &troubles);
    let is_printed = output::print(std::io::stdout().lock(), &text).is_ok();
    let appeared = review.consequences.as_ref().is_some_and(|consequences| !consequences.appeared.is_empty());
    match (is_printed && review.problems.is_empty(), appeared) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    }
}

fn editions(arguments: &Arguments) -> Result<[Edition; 2], Vec<Problem>> {
    let read = |path: &Path| Edition::read(path);
    let named = arguments.since.as_deref().or(arguments.from.as_deref());
    match (arguments.texts.as_slice(), named) {
        ([old, new], None) => match (read(old), read(new)) {
            (Ok(old), Ok(new)) => Ok([old, new]),
            (old, new) => Err(old.err().into_iter().chain(new.err()).collect()),
        },
        ([text], Some(named)) => {
            let refused = |refusal: git::Refusal| vec![Problem::new("", None, refusal.message).with_help(refusal.help)];
            let absolute = std::path::absolute(text).unwrap_or_else(|_| text.clone());
            let at = |named: &str, since: bool| -> Result<Edition, Vec<Problem>> {
                let root = Project::find(Path::new("."), &mut Vec::new()).root;
                let folder = absolute.parent().filter(|folder| folder.is_dir()).unwrap_or(&root);
                let revision =
                    if since { git::Revision::ancestor(folder, named) } else { git::Revision::exact(folder, named) };
                let bytes = revision.and_then(|revision| revision.bytes(&absolute)).map_err(refused)?;
                let name = format!("{} ({named})", text.to_string_lossy().replace('\\', "/"));
                Edition::of_bytes(name, text, &bytes).map_err(|problem| vec![problem])
            };
            let old = at(named, arguments.since.is_some())?;
            let new = match &arguments.to {
                Some(to) => Edition { path: Some(text.clone()), ..at(to, false)? },
                None => read(text).map_err(|problem| vec![problem])?,
            };
            Ok([old, new])
        }
        ([_], None) => Err(vec![
            Problem::new("", None, "one text alone cannot be compared")
                .with_help("name the old and the new one, or a revision of it in git: `--since main`"),
        ]),
        (_, _) => Err(vec![
            Problem::new("", None, "two texts and a revision are too much")
                .with_help("with `--since` or `--from`, name the one text whose versions are compared"),
        ]),
    }
}
