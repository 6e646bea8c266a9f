//! The documents that claims point into: which are at hand, and where a claim's figure stands in them.
//!
//! Documents are read in every format that figures are extracted from. A document is found through `kzcheck.toml` (which may lead out of the project) or through the `path` that a claim
//! file gives (which may not, because claim files come from anybody). A missing document fails nothing, unless the
//! configuration wants it to.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::Project;
use super::config::load::tidy;
use super::config::{MissingDocument, Origin};
use crate::claims::{ClaimIndex, Claims, Document};
use crate::document::{LineIndex, Problem, Quotable, Source, Span, Unreadable};
use crate::extract::Packs;
use crate::revise::Standings;
use crate::rules::Vocabulary;

/// A document whose text is at hand.
#[derive(Debug)]
pub struct DocumentText {
    /// The path as reports show it.
    pub shown: String,
    content: Arc<Quotable>,
}

impl DocumentText {
    /// The text as reports show it.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    pub fn lines(&self) -> &LineIndex {
        &self.content.lines
    }

    /// The text for finding figures in it.
    pub fn content(&self) -> &Quotable {
        &self.content
    }
}

/// The documents of a run.
#[derive(Debug, Default)]
pub struct Documents {
    by_id: BTreeMap<Box<str>, DocumentText>,
    /// How many documents the claims name.
    pub named: usize,
    /// Documents whose path is known but where nothing is.
    pub missing: Vec<String>,
    standings: Standings,
}

impl Documents {
    /// Reads the documents that the claims name and whose path is known.
    pub fn load(project: &Project, claims: &Claims, problems: &mut Vec<Problem>) -> Documents {
        let mut documents = Documents { named: claims.documents.len(), ..Documents::default() };
        for document in &claims.documents {
            let Some(path) = path_of(project, claims, document, problems) else { continue };
            let shown = project.shown(&path);
            match Source::open(&path) {
                Ok(source) if source.damage.is_empty() => {
                    let content = Arc::new(Quotable::of(source));
                    documents.by_id.insert(document.id.clone(), DocumentText { shown, content });
                }
                Ok(_) => {
                    problems.push(Problem::new(shown, None, "the document is not UTF-8").with_help("save it as UTF-8"))
                }
                Err(Unreadable::Refused(refusal)) => {
                    let problem = Problem::new(shown, None, refusal.message);
                    problems.push(Problem { help: refusal.help, ..problem });
                }
                Err(Unreadable::Failed(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                    if project.config.missing_document.value == MissingDocument::Problem {
                        problems.push(missing(project, claims, document, &shown));
                    }
                    documents.missing.push(shown);
                }
                Err(Unreadable::Failed(error)) => {
                    problems.push(Problem::new(shown, None, format!("the document cannot be read: {error}")))
                }
            }
        }
        documents
    }

    pub fn get(&self, id: &str) -> Option<&DocumentText> {
        self.by_id.get(id)
    }

    /// Where the documents lie whose path is known, by id; whatever is wrong with a path is said when it is read.
    pub fn paths(project: &Project, claims: &Claims) -> Vec<(Box<str>, PathBuf)> {
        let path = |document: &Document| path_of(project, claims, document, &mut Vec::new());
        claims.documents.iter().filter_map(|document| Some((document.id.clone(), path(document)?))).collect()
    }

    /// One text alone, with the places of some claims in it.
    pub fn of_one(id: &str, shown: String, content: Arc<Quotable>, standings: Standings) -> Documents {
        let by_id = BTreeMap::from([(Box::from(id), DocumentText { shown, content })]);
        Documents { by_id, named: 1, missing: Vec::new(), standings }
    }

    /// Finds the figures of the claims in the texts as they are now.
    pub fn find_figures(&mut self, claims: &Claims, vocabulary: &Vocabulary, packs: &Packs) {
        self.standings = Standings::of(claims, vocabulary, packs, |id| Some(&*self.get(id)?.content));
    }

    /// What has become of the figures of the claims.
    pub fn standings(&self) -> &Standings {
        &self.standings
    }

    /// The document of a claim and where its figure stands in it, or what stands in its place.
    pub fn place(&self, claims: &Claims, index: ClaimIndex) -> Option<(&DocumentText, Span)> {
        let span = self.standings.get(index)?.span()?;
        let document = self.get(claims.file(claims.get(index)).document.as_deref()?)?;
        Some((document, span))
    }
}

fn path_of(project: &Project, claims: &Claims, document: &Document, problems: &mut Vec<Problem>) -> Option<PathBuf> {
    if let Some(path) = project.config.documents.get(&*document.id) {
        return Some(path.value.clone());
    }
    let written = document.path.as_deref()?;
    let file = &claims.files.get(document.file as usize)?.path;
    let folder = project.root.join(&**file);
    let path = tidy(&folder.parent().unwrap_or(&project.root).join(written));
    // a link may lead out as well, so the real path decides
    let real = path.canonicalize().unwrap_or_else(|_| path.clone());
    if real.starts_with(&project.root) {
        return Some(path);
    }
    let message = format!("the document `{}` lies outside the project", document.id);
    let help = format!("allow it in kzcheck.toml: `[documents]` with `{} = \"…\"`", document.id);
    problems.push(Problem::new(&**file, document.path_span, message).with_help(help));
    None
}

/// A document that is not there, in a project that wants all of them.
fn missing(project: &Project, claims: &Claims, document: &Document, shown: &str) -> Problem {
    let message = format!("the document `{}` is not there: {shown}", document.id);
    let problem = match project.config.documents.get(&*document.id).map(|path| &path.origin) {
        Some(Origin::File { file, span, .. }) => Problem::new(file.as_str(), *span, message),
        _ => {
            let file = claims.files.get(document.file as usize).map_or("", |file| &file.path);
            Problem::new(file, document.path_span, message)
        }
    };
    problem.with_help("fetch it, or write `missing-document = \"note\"` in kzcheck.toml")
}
