//! `kzcheck extract DOC -o FILE`: the figures of a text as a claim file, or as additions to one.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{complain, complain_of_damage, reason, shown};
use crate::bind::{self, Additions, Bound, Figures, Known, Lexicon, Target, additions};
use crate::claims::Claims;
use crate::claims::read::{ClaimText, Content, load, read as read_claims};
use crate::claims::text::TextClaims;
use crate::cli::{Exit, problems};
use crate::document::{Block, BlockKind, Format, Problem, Source};
use crate::extract::{Mention, Options, read_blocks};
use crate::layout::{Layout, lay_out};
use crate::project::documents::document_at;
use crate::project::write::write_whole;
use crate::project::{self, Project};
use crate::relate;
use crate::report::words::count;
use crate::rules::RuleSet;

/// What is written where.
pub(super) struct Job<'a> {
    pub document: &'a Path,
    pub output: &'a Path,
    pub format: Option<Format>,
    pub options: Options<'a>,
}

/// The project that the claim file belongs to, with what it says already.
struct Place {
    project: Project,
    rules: RuleSet,
    claims: Claims,
    /// The text of the claim file so far.
    old: String,
    /// The file as reports show it.
    shown: String,
}

/// What the document says.
struct Found<'a> {
    bound: Vec<Bound>,
    mentions: &'a [Mention],
    ties: TextClaims,
    /// The rules, with the subjects that the claim file declares.
    rules: &'a RuleSet,
}

/// Writes the claims of a document, and says how it went.
pub(super) fn write(job: &Job<'_>) -> Exit {
    let name = shown(job.document);
    let source = match open(job) {
        Ok(source) => source,
        Err(message) => {
            complain(&format!("{name}: {message}"));
            return Exit::Trouble;
        }
    };
    let mut found = Vec::new();
    let place = place(job, &mut found);
    if !found.is_empty() {
        problems::print(&place.project, &found);
        complain(&format!("nothing was written to {}", place.shown));
        return Exit::Trouble;
    }
    let blocks = source.blocks();
    let extraction = read_blocks(&source, &blocks, &job.options);
    let named = project::rules::load_with_subjects(&place.project, &place.old);
    let rules = named.as_ref().unwrap_or(&place.rules);
    let lexicon = Lexicon::new(&rules.vocabulary);
    let figures = Figures::of(&source, &blocks, extraction.mentions.clone());
    let bound = bind::bind(&figures, &lexicon, rules);
    let done = target(job, &place, &blocks).and_then(|target| {
        let structures = relate::structures(&blocks, &extraction, &place.rules.vocabulary.units);
        let ties = relate::drafts::drafts(&name, &extraction, &structures, rules);
        put(job, &place, &target, &Found { bound, mentions: &figures.mentions, ties, rules })
    });
    let damage = !source.damage.is_empty();
    if damage {
        complain_of_damage(&name, &source.damage);
    }
    match done {
        Ok(said) => {
            complain(&said);
            if damage { Exit::Trouble } else { Exit::Clean }
        }
        Err(problem) => {
            problems::print(&place.project, &[problem]);
            complain(&format!("nothing was written to {}", place.shown));
            Exit::Trouble
        }
    }
}

fn open(job: &Job<'_>) -> Result<Source, String> {
    let read = match (job.document == Path::new("-"), job.format) {
        (false, None) => Source::open(job.document),
        (false, Some(format)) => {
            fs::File::open(job.document).map_err(Into::into).and_then(|file| Source::read(file, format))
        }
        (true, format) => Source::read(io::stdin().lock(), format.unwrap_or(Format::Text)),
    };
    read.map_err(reason)
}

/// Whether the claims go to stdout.
fn is_printed(output: &Path) -> bool {
    output == Path::new("-")
}

/// Finds the project and reads its claims; a claim file that cannot be read whole is a problem.
fn place(job: &Job<'_>, found: &mut Vec<Problem>) -> Place {
    let folder = if is_printed(job.output) { Path::new(".") } else { existing(job.output) };
    let project = Project::find(folder, found);
    let rules = project::rules::load(&project, found);
    let mut files = project.select(&[], true, &mut Vec::new()).claim_files;
    let (mut old, mut own) = (String::new(), None);
    if !is_printed(job.output) && job.output.exists() {
        let path = job.output.canonicalize().unwrap_or_else(|_| job.output.to_path_buf());
        let file = ClaimText { shown: project.shown(&path), content: Content::File(path) };
        match load(&file) {
            Ok(text) => old = text.into_owned(),
            Err(problem) => found.push(problem),
        }
        own = Some(file.shown.clone());
        if !files.iter().any(|other| other.shown == file.shown) {
            files.push(file);
            files.sort_by(|one, other| one.shown.cmp(&other.shown));
        }
    }
    let claims = read_claims(&files, &rules);
    found.extend(claims.problems.iter().filter(|problem| Some(&problem.file) == own.as_ref()).cloned());
    let shown = own.unwrap_or_else(|| shown(job.output));
    Place { project, rules, claims, old, shown }
}

/// The nearest folder above a file that is there.
fn existing(file: &Path) -> &Path {
    let above = file.ancestors().skip(1).find(|folder| folder.is_dir());
    above.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the claim file names the document.
fn target(job: &Job<'_>, place: &Place, blocks: &[Block<'_>]) -> Result<Target, Problem> {
    let stated =
        place.claims.files.iter().find(|file| *file.path == *place.shown).and_then(|file| file.document.clone());
    let real = job.document.canonicalize().ok();
    let known = real.as_deref().and_then(|real| document_at(&place.project, &place.claims, real));
    let bare = |id: String, is_stated: bool| Target { id, title: None, language: None, path: None, is_stated };
    match (stated, known) {
        (Some(stated), Some(known)) if *stated == *known.id => return Ok(bare(stated.into(), true)),
        // a document without a path may be this one
        (Some(stated), None) if place.claims.document(&stated).is_none_or(|document| document.path.is_none()) => {
            return Ok(bare(stated.into(), true));
        }
        (Some(stated), _) => {
            let message = format!("its claims point into the document `{stated}`, not into {}", shown(job.document));
            return Err(Problem::new(&*place.shown, None, message)
                .with_help("write to another file: one has claims of one document"));
        }
        (None, Some(known)) => return Ok(bare(known.id.to_string(), false)),
        (None, None) => {}
    }
    let stem = job.document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let id = free_id(&stem, place);
    let title = blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let title = title.map(|block| block.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let language = job
        .options
        .language
        .and_then(|language| language.code(job.options.packs))
        .or_else(|| language(blocks))
        .map(str::to_owned);
    let path = real.and_then(|real| relative(job, place, &real));
    if path.is_none() && job.document != Path::new("-") && !is_printed(job.output) {
        let lies = "lies outside the project, so the claims do not name its path";
        complain(&format!(
            "{} {lies}; name it in kzcheck.toml: `[documents]` with `{id} = \"…\"`",
            shown(job.document)
        ));
    }
    Ok(Target { id, title: title.filter(|title| !title.is_empty()), language, path, is_stated: false })
}

/// The path of the document from the folder of the claim file, where it lies in the project.
fn relative(job: &Job<'_>, place: &Place, real: &Path) -> Option<String> {
    let root = &place.project.root;
    let folder = if is_printed(job.output) { PathBuf::from(".") } else { job.output.parent()?.to_path_buf() };
    let base = existing(&folder.join("file")).canonicalize().ok()?;
    // folders that are still to be made
    let missing = folder.strip_prefix(existing(&folder.join("file"))).unwrap_or(Path::new("")).components().count();
    let missing = if folder.is_dir() { 0 } else { missing.max(1) };
    let inside = real.strip_prefix(root).ok()?;
    let up = base.strip_prefix(root).ok()?.components();
    let common = if missing > 0 {
        0
    } else {
        inside.components().zip(up.clone()).take_while(|(one, other)| one == other).count()
    };
    let steps = (up.count() - common) + missing;
    let down = inside.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(std::iter::repeat_n("..".to_owned(), steps).chain(down).collect::<Vec<_>>().join("/"))
}

/// An id for a document that no other has.
fn free_id(stem: &str, place: &Place) -> String {
    let letters =
        stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
    let word: String =
        letters.collect::<String>().split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let base = if word.starts_with(|first: char| first.is_ascii_lowercase()) { word } else { format!("text-{word}") };
    let base = base.trim_end_matches('-').to_owned();
    let mut ids = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}-{number}")));
    ids.find(|id| place.claims.document(id).is_none()).unwrap_or(base)
}

/// The language of most of the letters.
fn language(blocks: &[Block<'_>]) -> Option<&'static str> {
    let mut counts = [("ar", 0_usize), ("en", 0), ("ru", 0)];
    for letter in blocks.iter().flat_map(|block| block.text.chars()) {
        match letter {
            '\u{620}'..='\u{64a}' => counts[0].1 += 1,
            'a'..='z' => counts[1].1 += 1,
            '\u{430}'..='\u{44f}' => counts[2].1 += 1,
            _ => {}
        }
    }
    counts.iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map(|(code, _)| *code)
}

/// Writes what is to be added, and says what that is.
fn put(job: &Job<'_>, place: &Place, target: &Target, found: &Found<'_>) -> Result<String, Problem> {
    let claims = &place.claims;
    let is_own = |claim: &crate::claims::Claim| claims.file(claim).document.as_deref() == Some(&*target.id);
    let own = claims.iter().filter(|(_, claim)| is_own(claim) && claim.source.line > 0);
    let known: Vec<Known> = own
        .map(|(index, claim)| Known { line: claim.source.line, text: claims.source_text(index).to_owned() })
        .collect();
    let checks = claims.checks.iter().map(|check| check.id.to_string());
    let ids = claims.iter().map(|(index, _)| claims.id(index).to_owned()).chain(checks);
    let additions = additions(&found.bound, found.mentions, &found.ties, target, &known, ids, found.rules);
    let problem = |message: String| Problem::new(&*place.shown, None, message);
    let added = match lay_out(&additions.text, &place.rules).map_err(problem)? {
        Layout::Same => additions.text.clone(),
        Layout::Changed(text) => text,
    };
    let text = joined(&place.old, &added);
    // what would be a problem of the next check is none of its own making
    let check = ClaimText { shown: place.shown.clone(), content: Content::Memory(text.clone()) };
    if let Some(problem) = read_claims(&[check], &place.rules).problems.into_iter().next() {
        return Err(problem.with_help("this is a mistake of kzcheck; please report it with the text"));
    }
    if is_printed(job.output) {
        let mut out = io::stdout().lock();
        // a closed pipe is no error
        let _ = out.write_all(added.as_bytes()).and_then(|()| out.flush());
    } else if !added.is_empty() {
        if let Some(folder) = job.output.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| problem(format!("its folder cannot be made: {error}")))?;
        }
        write_whole(job.output, &text).map_err(|error| problem(format!("cannot be written: {error}")))?;
    }
    let new: Vec<Bound> = additions.added.iter().map(|index| found.bound[*index].clone()).collect();
    Ok(summary(&place.shown, &new, &additions))
}

/// The old text with the new sections behind it.
fn joined(old: &str, added: &str) -> String {
    if old.trim().is_empty() || added.is_empty() {
        return format!("{old}{added}");
    }
    let end = if old.ends_with('\n') { "\n" } else { "\n\n" };
    format!("{old}{end}{added}")
}

/// `claims/report.toml: 12 claims (8 sure, 3 likely, 1 guess), 5 drafts; 0 were there already`.
fn summary(file: &str, new: &[Bound], additions: &Additions) -> String {
    let ([sure, likely, guess], drafts) = bind::count(new);
    let file = if file == "-" { String::new() } else { format!("{file}: ") };
    let claims = count(sure + likely + guess, "claim");
    let mut said =
        format!("{file}{claims} added ({sure} sure, {likely} likely, {guess} guess), {}", count(drafts, "draft"));
    if additions.checks > 0 {
        said.push_str(&format!(", {}", count(additions.checks, "check")));
    }
    if additions.known > 0 {
        said.push_str(&format!("; {} there already", additions.known));
    }
    said
}
