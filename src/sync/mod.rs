//! Claim files brought up to date with their texts: what would change in each, and its new text.
//!
//! Only places are written unasked: the line, the quote, the context. A value is taken over only where somebody said so.
//! Files are edited as text that somebody wrote, so that comments and order stay (`toml_edit`).

use toml_edit::{Array, DocumentMut, Item, TableLike, Value as Toml};

use crate::claims::read::load;
use crate::claims::{ClaimIndex, ClaimText, Claims, Context};
use crate::document::{Problem, Quotable, Span};
use crate::gate::Run;
use crate::report::terminal::Look;
use crate::report::visible::visible;
use crate::revise::Standing;
use crate::revise::index::words_of;
use crate::revise::words::{Word, context, within};

/// Whose values are taken over.
#[derive(Clone, Copy, Debug)]
pub enum Taken<'a> {
    All,
    Named(&'a [String]),
}

impl Taken<'_> {
    fn has(&self, id: &str) -> bool {
        match self {
            Taken::All => true,
            Taken::Named(ids) => ids.iter().any(|own| own == id),
        }
    }
}

/// What changes in a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: String,
    pub line: Option<(u32, usize)>,
    pub text: Option<(String, String)>,
    pub value: Option<(String, String)>,
    pub has_new_context: bool,
}

/// A claim that needs a person, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub id: String,
    pub why: String,
}

/// What becomes of a claim file.
#[derive(Debug)]
pub struct Plan {
    pub file: ClaimText,
    pub before: String,
    pub after: String,
    pub changes: Vec<Change>,
    pub open: Vec<Open>,
    pub problems: Vec<Problem>,
}

/// The plans for all claim files that have claims in texts at hand.
pub fn plan(run: &Run, taken: Taken<'_>) -> Vec<Plan> {
    let standings = run.documents.standings();
    let mut by_file: Vec<Vec<ClaimIndex>> = vec![Vec::new(); run.claims.files.len()];
    for (index, claim) in run.claims.iter() {
        if standings.get(index).is_some()
            && let Some(list) = by_file.get_mut(claim.file as usize)
        {
            list.push(index);
        }
    }
    let mut plans = Vec::new();
    // the words of a text are the same for all files that point into it
    let mut known: Option<(String, Vec<Word>)> = None;
    for (file, list) in run.claims.files.iter().zip(by_file).filter(|(_, list)| !list.is_empty()) {
        let position = run.selection.claim_files.binary_search_by(|own| own.shown.as_str().cmp(&file.path)).ok();
        let text = position.and_then(|at| run.selection.claim_files.get(at));
        let document = file.document.as_deref().and_then(|id| Some((id, run.documents.get(id)?)));
        let (Some(text), Some((id, document))) = (text, document) else { continue };
        if standings.another_text(id).is_some() {
            let problem =
                Problem::new(&*file.path, None, format!("the text of `{id}` is another one: {}", document.shown));
            plans.push(Plan {
                file: text.clone(),
                before: String::new(),
                after: String::new(),
                changes: Vec::new(),
                open: Vec::new(),
                problems: vec![
                    problem.with_help("`kzcheck check` says how few of the figures it has; nothing is written"),
                ],
            });
            continue;
        }
        if known.as_ref().is_none_or(|(own, _)| own != id) {
            known = Some((id.to_owned(), words_of(document.content())));
        }
        let words = known.as_ref().map_or(&[][..], |(_, words)| words);
        let reader = Reader { run, words, document: document.content(), taken };
        plans.push(reader.plan(text, &list));
    }
    plans
}

struct Reader<'r> {
    run: &'r Run,
    words: &'r [Word],
    document: &'r Quotable,
    taken: Taken<'r>,
}

/// What a claim should say.
struct Wanted {
    line: usize,
    text: String,
    context: Context,
    value: Option<String>,
}

impl Reader<'_> {
    fn plan(&self, file: &ClaimText, list: &[ClaimIndex]) -> Plan {
        let mut plan = Plan {
            file: file.clone(),
            before: String::new(),
            after: String::new(),
            changes: Vec::new(),
            open: Vec::new(),
            problems: Vec::new(),
        };
        match load(file) {
            Ok(text) => plan.before = text.into_owned(),
            Err(problem) => {
                plan.problems.push(problem);
                return plan;
            }
        }
        let mut document: DocumentMut = match plan.before.parse() {
            Ok(document) => document,
            Err(error) => {
                let error: toml_edit::TomlError = error;
                plan.problems.push(Problem::new(
                    &*file.shown,
                    error.span().map(Span::from),
                    error.message().to_owned(),
                ));
                return plan;
            }
        };
        for claim in list {
            match self.wanted(*claim) {
                Ok(Some(wanted)) => {
                    let change = self.edit(&mut document, *claim, &wanted);
                    plan.changes.extend(change);
                }
                Ok(None) => {}
                Err(why) => plan.open.push(Open { id: self.run.claims.id(*claim).to_owned(), why }),
            }
        }
        plan.after = document.to_string();
        plan
    }

    /// What a claim should say, nothing where it cannot be told, or why a person is needed.
    fn wanted(&self, index: ClaimIndex) -> Result<Option<Wanted>, String> {
        let claims = &self.run.claims;
        let Some(standing) = self.run.documents.standings().get(index) else { return Ok(None) };
        let mut value = None;
        let span = match standing {
            Standing::Kept(span) | Standing::Moved(span) => *span,
            Standing::Changed(changed) => {
                let units = &self.run.rules.vocabulary.units;
                if !changed.agrees {
                    let says = claims.get(index).value.print(units);
                    let Some(new) = &changed.value else {
                        return Err(format!("says {says}; the text says {}; write the value by hand", changed.text));
                    };
                    let new = new.print(units);
                    if !self.taken.has(claims.id(index)) {
                        return Err(format!(
                            "says {says}; the text says {new}; name the claim or `--accept` to take it over"
                        ));
                    }
                    value = Some(new);
                }
                changed.span
            }
            Standing::Ambiguous(lines) => {
                let lines: Vec<String> = lines.iter().take(6).map(usize::to_string).collect();
                return Err(format!("its figure may stand on lines {}", lines.join(", ")));
            }
            Standing::Missing => return Err("its figure is no longer in the text".to_owned()),
        };
        let text = self.document.seen(span.range());
        let document = claims.file(claims.get(index)).document.as_deref().and_then(|id| self.run.documents.get(id));
        let line = document.map_or(0, |document| document.lines().line_of(span.start as usize) + 1);
        let context = context(self.words, within(self.words, span.range()));
        Ok(Some(Wanted { line, text, context, value }))
    }

    fn edit(&self, document: &mut DocumentMut, index: ClaimIndex, wanted: &Wanted) -> Option<Change> {
        let claims: &Claims = &self.run.claims;
        let id = claims.id(index);
        let tables = document.get_mut("claim")?.as_array_of_tables_mut()?;
        let table = tables.iter_mut().find(|table| table.get("id").and_then(Item::as_str) == Some(id))?;
        let mut change = Change { id: id.to_owned(), line: None, text: None, value: None, has_new_context: false };
        if let Some(new) = &wanted.value {
            let old = table.get("value").and_then(Item::as_str)?.to_owned();
            set(table, "value", Toml::from(new.as_str()));
            change.value = Some((old, new.clone()));
        }
        let source = table.get_mut("source")?.as_table_like_mut()?;
        let old_line = claims.get(index).source.line;
        if old_line as usize != wanted.line {
            set(source, "line", Toml::from(wanted.line as i64));
            change.line = Some((old_line, wanted.line));
        }
        let old_text = claims.source_text(index);
        if old_text != wanted.text {
            set(source, "text", Toml::from(wanted.text.as_str()));
            change.text = Some((old_text.to_owned(), wanted.text.clone()));
        }
        let old_context = claims.extras(index).and_then(|extras| extras.context);
        if old_context != Some(wanted.context) && !wanted.context.is_empty() {
            set(source, "context", Toml::from(wanted.context.print().iter().map(String::as_str).collect::<Array>()));
            change.has_new_context = true;
        }
        let is_changed =
            change.line.is_some() || change.text.is_some() || change.value.is_some() || change.has_new_context;
        is_changed.then_some(change)
    }
}

/// Replaces a value and keeps what stands around it, or adds it at the end.
fn set(table: &mut dyn TableLike, key: &str, mut new: Toml) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

impl Plan {
    /// What changes, for people: a line for each claim with what it says now, and those that need a person.
    pub fn shown(&self, look: &Look) -> String {
        let mut text = String::new();
        let has_more =
            self.changes.iter().any(|change| change.line.is_some() || change.text.is_some() || change.value.is_some());
        let contexts = self.changes.iter().filter(|change| change.has_new_context).count();
        if !has_more && contexts == 0 && self.open.is_empty() {
            return text;
        }
        text.push_str(&format!("{}\n", visible(&self.file.shown)));
        let arrow = if look.is_unicode { "→" } else { "->" };
        for change in &self.changes {
            let mut parts = Vec::new();
            parts.extend(change.line.map(|(old, new)| format!("line {old} {arrow} {new}")));
            parts.extend(
                change.value.as_ref().map(|(old, new)| format!("value {} {arrow} {}", visible(old), visible(new))),
            );
            // last, where a terminal may reorder what it likes
            parts.extend(
                change.text.as_ref().map(|(old, new)| format!("text {} {arrow} {}", visible(old), visible(new))),
            );
            if !parts.is_empty() {
                text.push_str(&format!("  {}: {}\n", visible(&change.id), parts.join(", ")));
            }
        }
        if contexts > 0 {
            let what = if contexts == 1 {
                "claim gets the context of its figure"
            } else {
                "claims get the contexts of their figures"
            };
            text.push_str(&format!("  {contexts} {what}\n"));
        }
        for open in &self.open {
            text.push_str(&format!("  {}: {}\n", visible(&open.id), visible(&open.why)));
        }
        text
    }
}
