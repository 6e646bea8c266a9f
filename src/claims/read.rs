//! Reading many claim files: in parallel, in batches, joined in the order of the files.
//!
//! Batches are read by several threads but merged one after the other, so every name and claim gets the same number
//! whatever the number of threads. A wave of batches is merged before the next is read: the batches' own copies of a
//! million claims never lie in memory together.

use std::borrow::Cow;
use std::path::PathBuf;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::claim::{Allow, Claim, ClaimIndex, Claims, Document, id_hash};
use super::conflict;
use super::file::{self, Batch};
use super::key::SetId;
use crate::document::{Problem, Span};
use crate::rules::{Name, RuleSet};

/// Files of one batch. Small enough that few files are spread over all threads.
const BATCH: usize = 32;
/// Batches read before any of them is merged.
const WAVE: usize = 16;

/// A claim file to read.
#[derive(Clone, Debug)]
pub struct ClaimText {
    /// As reports show it.
    pub shown: String,
    pub content: Content,
}

/// Where the text comes from.
#[derive(Clone, Debug)]
pub enum Content {
    File(PathBuf),
    Memory(String),
}

/// Reads all files, in this order.
pub fn read(files: &[ClaimText], rules: &RuleSet) -> Claims {
    let mut claims = Claims { names: crate::rules::Names::above(&rules.vocabulary.names), ..Claims::default() };
    let batch = BATCH.min(files.len().div_ceil(rayon::current_num_threads().max(1)).max(1));
    for wave in files.chunks(batch * WAVE) {
        let batches: Vec<Batch> = wave.par_chunks(batch).map(|files| read_batch(files, rules)).collect();
        for batch in batches {
            merge(&mut claims, batch);
        }
    }
    finish(&mut claims, rules);
    claims
}

fn read_batch(files: &[ClaimText], rules: &RuleSet) -> Batch {
    let mut batch = Batch::new(rules);
    for file in files {
        match load(file) {
            Ok(text) => file::read(&file.shown, &text, rules, &mut batch),
            Err(problem) => batch.problems.push(problem),
        }
    }
    batch
}

/// The text of a file, unless a merge has left a conflict in it.
pub(crate) fn load(file: &ClaimText) -> Result<Cow<'_, str>, Problem> {
    let text = text(file)?;
    match conflict::unresolved(&file.shown, &text) {
        Some(problem) => Err(problem),
        None => Ok(text),
    }
}

fn text(file: &ClaimText) -> Result<Cow<'_, str>, Problem> {
    let path = match &file.content {
        Content::Memory(text) => return Ok(Cow::Borrowed(text)),
        Content::File(path) => path,
    };
    let problem = |message: String, help: &str| Problem::new(&*file.shown, None, message).with_help(help);
    let bytes = std::fs::read(path).map_err(|error| {
        problem(format!("the file cannot be read: {error}"), "check that it exists and may be read")
    })?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(problem("the file has 4 GiB or more".to_owned(), "split it into several"));
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        let message = format!("the file is not UTF-8: byte {at} on line {line} belongs to no character");
        Problem::new(&*file.shown, Span::new(at, at + 1), message).with_help("save it as UTF-8")
    })
}

/// Takes a batch into the whole: its names and sets get their final numbers.
fn merge(claims: &mut Claims, batch: Batch) {
    let names: Vec<Name> = batch.names.iter().map(|word| claims.names.intern(word)).collect();
    let first_own = batch.names.first();
    let renamed = |name: Name| match name.0.checked_sub(first_own) {
        Some(own) => names.get(own as usize).copied().unwrap_or(name),
        None => name,
    };
    let mut renamed_set = Vec::new();
    let sets: Vec<SetId> = batch
        .sets
        .iter()
        .map(|content| {
            renamed_set.clear();
            renamed_set.extend(content.iter().map(|(id, name)| (*id, renamed(*name))));
            claims.sets.intern(&renamed_set)
        })
        .collect();
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let first_file = size(claims.files.len());
    let first_claim = size(claims.claims.len());
    let arena = size(claims.arenas.len());
    claims.arenas.push(batch.arena.into_boxed_str());
    claims.files.extend(batch.files.into_iter().map(|mut file| {
        file.arena = arena;
        file
    }));
    claims.claims.extend(batch.claims.into_iter().map(|mut claim: Claim| {
        claim.file += first_file;
        if let Some(key) = &mut claim.key {
            key.subject = renamed(key.subject);
            key.qualifiers = sets.get(key.qualifiers.0 as usize).copied().unwrap_or(SetId::EMPTY);
        }
        claim
    }));
    claims.extras.extend(batch.extras.into_iter().map(|(index, extras)| (ClaimIndex(first_claim + index), extras)));
    claims.checks.extend(batch.checks.into_iter().map(|mut check| {
        check.file += first_file;
        for index in check.terms.iter_mut().flat_map(|term| &mut term.claims) {
            index.0 += first_claim;
        }
        check
    }));
    claims.documents.extend(batch.documents.into_iter().map(|mut document| {
        document.file += first_file;
        document
    }));
    claims.problems.extend(batch.problems);
}

/// What only the whole folder shows.
fn finish(claims: &mut Claims, rules: &RuleSet) {
    index_ids(claims);
    check_ids(claims);
    join_documents(claims);
    check_allows(claims, rules);
    claims.problems.sort();
}

/// Sorts the claims by the hash of their ids, and reports ids that occur twice.
fn index_ids(claims: &mut Claims) {
    let mut by_id: Vec<(u64, ClaimIndex)> = claims
        .claims
        .par_iter()
        .enumerate()
        .map(|(index, claim)| {
            (id_hash(claims.text(claim, claim.id)), ClaimIndex(u32::try_from(index).unwrap_or(u32::MAX)))
        })
        .collect();
    by_id.par_sort_unstable();
    let mut problems = Vec::new();
    for pair in by_id.windows(2) {
        let [(first_hash, first), (second_hash, second)] = pair else { continue };
        if first_hash != second_hash {
            continue;
        }
        let id = claims.id(*second);
        if claims.id(*first) == id {
            let (earlier, later) = (claims.get(*first), claims.get(*second));
            let message = format!("another claim is called `{id}`");
            let help =
                format!("ids are unique in the folder; the other is in {}; rename one", claims.file(earlier).path);
            problems.push(Problem::new(&*claims.file(later).path, later.span, message).with_help(help));
        }
    }
    claims.by_id = by_id.into_iter().map(|(_, index)| index).collect::<Vec<_>>();
    claims.by_id.shrink_to_fit();
    claims.problems.extend(problems);
}

/// Checks with one id would be told apart nowhere.
fn check_ids(claims: &mut Claims) {
    let mut seen: Vec<(&str, usize)> =
        claims.checks.iter().enumerate().map(|(index, check)| (&*check.id, index)).collect();
    seen.sort_unstable();
    let mut problems = Vec::new();
    for pair in seen.windows(2) {
        if pair[0].0 == pair[1].0 {
            let (earlier, later) = (&claims.checks[pair[0].1], &claims.checks[pair[1].1]);
            let path = |file: u32| &*claims.files[file as usize].path;
            let message = format!("another check is called `{}`", later.id);
            let help = format!("the other is in {}; rename one", path(earlier.file));
            problems.push(Problem::new(path(later.file), later.span, message).with_help(help));
        }
    }
    claims.problems.extend(problems);
}

/// One description for each document; the other files give only its id.
fn join_documents(claims: &mut Claims) {
    let mut all = std::mem::take(&mut claims.documents);
    all.sort_by(|a, b| a.id.cmp(&b.id).then(b.is_description().cmp(&a.is_description())).then(a.file.cmp(&b.file)));
    let mut joined: Vec<Document> = Vec::new();
    for document in all {
        match joined.last() {
            Some(known) if known.id == document.id => {
                if document.is_description() && known.is_description() {
                    let path = |file: u32| claims.files[file as usize].path.to_string();
                    let message = format!("the document `{}` is described twice", document.id);
                    let help = format!("keep the description in {} and give only the `id` here", path(known.file));
                    claims.problems.push(Problem::new(path(document.file), document.span, message).with_help(help));
                }
            }
            _ => joined.push(document),
        }
    }
    claims.documents = joined;
}

/// An `allow` must name a rule or a check that exists, and claims that exist.
fn check_allows(claims: &mut Claims, rules: &RuleSet) {
    let mut problems = Vec::new();
    let checks: FxHashSet<&str> = claims.checks.iter().map(|check| &*check.id).collect();
    let known_check = |id: &str| checks.contains(id);
    let mut look = |file: &str, allow: &Allow| {
        if rules.rule(&allow.rule).is_none() && !known_check(&allow.rule) {
            let (message, help) = rules.unknown_rule(&allow.rule);
            problems.push(Problem::new(file, allow.span, message).with_help(help));
        }
        for id in &allow.with {
            if claims.find(id).is_none() {
                let problem = Problem::new(file, allow.span, format!("no claim is called `{id}`"));
                problems.push(problem.with_help("`with` names the claims that take part in the finding"));
            }
        }
    };
    for (index, extras) in &claims.extras {
        let file = &claims.file(claims.get(*index)).path;
        extras.allow.iter().for_each(|allow| look(file, allow));
    }
    for check in &claims.checks {
        let file = &claims.files[check.file as usize].path;
        check.allow.iter().for_each(|allow| look(file, allow));
    }
    claims.problems.extend(problems);
}
