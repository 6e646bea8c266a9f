//! Prints how well figures are bound to what they are about: `cargo run --release --example binding_scores`.
//!
//! It compares what `extract -o` would write for the study with the hand-made claims in `claims/kazakhstan/`, by line and
//! figure. With `--bound FILE…` it prints instead what is bound in other texts, for a reader to judge.
//!
//! Each is done twice: with the shipped measures alone, and with the subjects that the claim files of the study declare.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "it prints, and ends where something is missing")]

use std::path::Path;
use std::sync::Arc;

use kzcheck::bind::{Bound, Figures, Lexicon, bind};
use kzcheck::claims::read::{ClaimText, Content, read as read_claims};
use kzcheck::claims::{ClaimIndex, Claims};
use kzcheck::document::{Block, Format, Source};
use kzcheck::extract::{Mention, Options, read_blocks};
use kzcheck::rules::vocabulary::THIS_DOCUMENT;
use kzcheck::rules::{self, RuleSet, RuleText};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shipped = rules::load(rules::shipped()).0;
    if let Some(at) = arguments.iter().position(|argument| argument == "--bound") {
        let lexicon = Lexicon::new(&shipped.vocabulary);
        for path in arguments[at + 1..].iter().filter(|path| *path != "--drafts") {
            judge(Path::new(path), &shipped, &lexicon, arguments.iter().any(|argument| argument == "--drafts"));
        }
        return;
    }
    let study = root.join("../shared/study.ar.txt");
    let study = std::env::var("KZCHECK_CASES").map_or(study, |cases| Path::new(&cases).join("../study.ar.txt"));
    let Ok(text) = std::fs::read_to_string(&study) else {
        println!("no study beside the repository; name the folder of its cases in KZCHECK_CASES");
        return;
    };
    let shows = arguments.iter().any(|argument| argument == "--all");
    println!("vocabulary               claims  found  right  incomplete  wrong  drafts  other  bound");
    score("general measures", &text, &shipped, &root.join("claims/kazakhstan"), shows);
    let own = subjects(&root.join("claims/kazakhstan"));
    let with = [RuleText { file: Arc::from("subjects.toml"), text: &own }];
    let named = rules::load(rules::shipped().chain(with)).0;
    score("with its own subjects", &text, &named, &root.join("claims/kazakhstan"), shows);
}

/// The subjects that claim files declare, as a rule file.
fn subjects(folder: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = toml::Table::new();
    for file in files {
        let table: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        if let Some(toml::Value::Table(subjects)) = table.get("subject") {
            all.extend(subjects.clone());
        }
    }
    toml::Table::from_iter([("subject".to_owned(), toml::Value::Table(all))]).to_string()
}

fn figures<'s>(source: &'s Source, rules: &RuleSet, lexicon: &Lexicon) -> (Vec<Block<'s>>, Vec<Mention>, Vec<Bound>) {
    let blocks = source.blocks();
    let figures = Figures::of(source, &blocks, read_blocks(source, &blocks, &Options::default()).mentions);
    let bound = bind(&figures, lexicon, rules);
    (figures.blocks, figures.mentions, bound)
}

/// What a bound figure says, on a line.
fn said(bound: &Bound, rules: &RuleSet) -> String {
    let vocabulary = &rules.vocabulary;
    let about = match &bound.about {
        Ok(about) => about,
        Err(doubt) => return format!("draft {}: {}", bound.value.print(&vocabulary.units), doubt.words()),
    };
    let qualifiers: Vec<String> =
        about.qualifiers.iter().map(|(id, value)| format!("{}={value}", vocabulary.qualifier(*id).id)).collect();
    format!(
        "{} {} [{}] = {} ({})",
        vocabulary.names.word(about.subject),
        vocabulary.measure(about.measure).id,
        qualifiers.join(" "),
        bound.value.print(&vocabulary.units),
        about.confidence.word()
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    Right,
    Incomplete,
    Wrong,
    Draft,
    /// The figure says for when another holds, or is not found.
    Unfound,
}

/// Claims that are not bound, by what they are of that sentences do not state.
#[derive(Debug, Default)]
struct Unfound {
    marks: usize,
    notes: usize,
    addresses: usize,
    second: usize,
    words: usize,
}

fn score(name: &str, text: &str, rules: &RuleSet, folder: &Path, shows: bool) {
    let lexicon = Lexicon::new(&rules.vocabulary);
    let source = Source::of_text(text.to_owned(), Format::Text);
    let (_, mentions, bound) = figures(&source, rules, &lexicon);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts: Vec<ClaimText> = files
        .into_iter()
        .map(|path| ClaimText { shown: path.display().to_string(), content: Content::File(path) })
        .collect();
    let claims = read_claims(&texts, rules);
    // a claim may fit several figures of its line, and each figure serves one claim: the best pairs first
    let stated: Vec<(ClaimIndex, Vec<usize>)> = claims
        .iter()
        .filter(|(_, claim)| claim.key.is_some() && claim.source.line > 0)
        .map(|(index, claim)| {
            let written = claims.source_text(index);
            let is_there = |at: &usize| {
                let mention = &mentions[bound[*at].mention];
                mention.line == claim.source.line as usize
                    && (written.contains(&*mention.text) || mention.text.contains(written))
            };
            (index, (0..bound.len()).filter(is_there).collect())
        })
        .collect();
    let mut taken = vec![false; bound.len()];
    let mut best: Vec<Option<usize>> = vec![None; stated.len()];
    for level in [Judgement::Right, Judgement::Incomplete, Judgement::Wrong, Judgement::Draft] {
        for (place, (index, at)) in
            stated.iter().enumerate().filter(|(place, _)| best[*place].is_none()).collect::<Vec<_>>()
        {
            let is_so = |at: &&usize| !taken[**at] && judgement(&claims, *index, &bound[**at], rules) == level;
            if let Some(found) = at.iter().find(is_so) {
                taken[*found] = true;
                best[place] = Some(*found);
            }
        }
    }
    let mut counts = [0_usize; 5];
    let mut unfound = Unfound::default();
    for (place, (index, at)) in stated.iter().enumerate() {
        let judgement = best[place].map_or(Judgement::Unfound, |best| judgement(&claims, *index, &bound[best], rules));
        counts[judgement as usize] += 1;
        let claim = claims.get(*index);
        let measure = claim.key.map(|key| &*rules.vocabulary.measure(key.measure).id).unwrap_or_default();
        match (judgement, measure) {
            (Judgement::Right | Judgement::Incomplete | Judgement::Wrong, _) => {}
            (_, "note.mark") => unfound.marks += 1,
            (Judgement::Unfound, measure) if measure.starts_with("work.") => unfound.addresses += 1,
            (Judgement::Draft, measure) if measure.starts_with("work.") => unfound.notes += 1,
            (Judgement::Unfound, _) if !at.is_empty() => unfound.second += 1,
            (Judgement::Unfound, _) => unfound.words += 1,
            _ => {}
        }
        if shows {
            let ours = best[place].map_or(String::new(), |best| said(&bound[best], rules));
            println!(
                "  {judgement:?}: {} line {} {} | {ours}",
                claims.id(*index),
                claim.source.line,
                claims.source_text(*index)
            );
        }
    }
    let total = stated.len();
    let mut others = 0;
    for (index, bound) in bound.iter().enumerate().filter(|(index, bound)| !taken[*index] && bound.about.is_ok()) {
        let _ = index;
        others += 1;
        if shows {
            println!(
                "  other: line {} {} | {}",
                mentions[bound.mention].line,
                mentions[bound.mention].text,
                said(bound, rules)
            );
        }
    }
    let [right, incomplete, wrong, drafts, _] = counts;
    let all = bound.iter().filter(|bound| bound.about.is_ok()).count();
    let found = right + incomplete + wrong + drafts;
    println!(
        "{name:<24} {total:>6} {found:>6} {right:>6} {incomplete:>11} {wrong:>6} {drafts:>7} {others:>6} {all:>6}"
    );
    let Unfound { marks, notes, addresses, second, words } = unfound;
    println!(
        "  of those not bound: {marks} numbers of notes, {notes} dates of notes and {addresses} dates or pages in their \
         addresses, {second} second claims of one figure, {words} that state no figure of the text"
    );
}

fn judgement(claims: &Claims, index: ClaimIndex, bound: &Bound, rules: &RuleSet) -> Judgement {
    let claim = claims.get(index);
    let vocabulary = &rules.vocabulary;
    let (Some(key), Ok(about)) = (claim.key, &bound.about) else { return Judgement::Draft };
    let word = |name| claims.word(name, &vocabulary.names).to_owned();
    // the claims of a document name it by its id
    let of_document = claims.file(claim).document.as_deref();
    let subject = vocabulary.names.word(about.subject);
    let subject = of_document.filter(|_| subject == THIS_DOCUMENT).unwrap_or(subject);
    if key.measure != about.measure || word(key.subject) != subject {
        return Judgement::Wrong;
    }
    let is_told = |id: &str| !matches!(id, "currency" | "per-currency" | "according_to" | "over" | "among");
    let theirs: Vec<(String, String)> = claims
        .sets
        .content(key.qualifiers)
        .iter()
        .map(|(id, name)| (vocabulary.qualifier(*id).id.to_string(), word(*name)))
        .filter(|(id, _)| is_told(id))
        .collect();
    let ours: Vec<(String, String)> = about
        .qualifiers
        .iter()
        .map(|(id, value)| (vocabulary.qualifier(*id).id.to_string(), of_days(value, rules)))
        .filter(|(id, _)| is_told(id))
        .collect();
    let same_value = claim.value.print(&vocabulary.units) == bound.value.print(&vocabulary.units);
    if !ours.iter().all(|pair| theirs.contains(pair)) || !same_value {
        return Judgement::Wrong;
    }
    if ours.len() < theirs.len() { Judgement::Incomplete } else { Judgement::Right }
}

/// A period by its days, as the reader of claim files keeps it.
fn of_days(value: &str, rules: &RuleSet) -> String {
    use kzcheck::figure::{Dimension, Value};
    let parsed = Value::parse(value, Some(Dimension::Period), &rules.vocabulary.units);
    parsed
        .ok()
        .and_then(|value| kzcheck::rules::periods::days_of(&value))
        .map_or(value.to_owned(), kzcheck::rules::periods::name)
}

/// Prints what is bound in a text, with the words around it.
fn judge(path: &Path, rules: &RuleSet, lexicon: &Lexicon, with_drafts: bool) {
    let Ok(source) = Source::open(path) else {
        println!("{}: cannot be read", path.display());
        return;
    };
    let (blocks, mentions, bound) = figures(&source, rules, lexicon);
    let mut drafts = 0;
    for bound in &bound {
        let mention = &mentions[bound.mention];
        drafts += usize::from(bound.about.is_err());
        if bound.about.is_err() && !with_drafts {
            continue;
        }
        let text = &blocks[mention.block as usize].text;
        let at = mention.offset as usize;
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (boundary(at.saturating_sub(160)), boundary((at + mention.text.len() + 100).min(text.len())));
        let around = text[from..to].replace('\n', " ");
        println!("{}:{} {} | {}\n    {around}", path.display(), mention.line, mention.text, said(bound, rules));
    }
    println!("{}: {} bound, {drafts} drafts", path.display(), bound.len() - drafts);
}
