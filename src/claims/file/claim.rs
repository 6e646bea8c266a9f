//! One `[[claim]]`: its keys resolved against the vocabulary.

use super::super::claim::{Claim, Extras, Source};
use super::super::context::Context;
use super::super::key::{FactKey, Qualified};
use super::super::sections::{Entry, Section, Spanned, Value as Toml};
use super::{FileReader, is_claim_id};
use crate::document::Span;
use crate::figure::{Dimension, Quantity, Value};
use crate::rules::vocabulary::{CURRENCY, OVER, PER_CURRENCY, THIS_DOCUMENT, ValuesOf};
use crate::rules::{MeasureId, Name, QualifierId};

/// Keys that every claim may have; any other must be a qualifier of its measure.
const RESERVED: [&str; 10] =
    ["id", "subject", "measure", "value", "members", "source", "allow", "called", "confidence", "trusted"];

/// The keys of one claim, sorted out but not yet resolved.
#[derive(Default)]
struct Keys<'s, 'a> {
    id: Option<&'s Entry<'a>>,
    subject: Option<&'s Entry<'a>>,
    measure: Option<&'s Entry<'a>>,
    value: Option<&'s Entry<'a>>,
    members: Option<&'s Entry<'a>>,
    source: Option<&'s Entry<'a>>,
    rare: Vec<&'s Entry<'a>>,
    qualifiers: Vec<&'s Entry<'a>>,
}

impl FileReader<'_, '_> {
    pub(super) fn claim(&mut self, section: &Section<'_, '_>, text: &str) {
        let mut keys = Keys::default();
        for entry in section.entries {
            match entry.key.value.as_ref() {
                "id" => keys.id = Some(entry),
                "subject" => keys.subject = Some(entry),
                "measure" => keys.measure = Some(entry),
                "value" => keys.value = Some(entry),
                "members" => keys.members = Some(entry),
                "source" => keys.source = Some(entry),
                "allow" | "called" | "confidence" | "trusted" => keys.rare.push(entry),
                _ => keys.qualifiers.push(entry),
            }
        }
        let problems = self.batch.problems.len();
        let claim = self.resolve(section, &keys, text);
        // a claim with a mistake in it would only raise false alarms
        if let Some((claim, extras)) = claim.filter(|_| self.batch.problems.len() == problems) {
            if let Some(extras) = extras {
                let index = u32::try_from(self.batch.claims.len()).unwrap_or(u32::MAX);
                self.batch.extras.push((index, extras));
            }
            self.batch.claims.push(claim);
        }
    }

    fn resolve(
        &mut self,
        section: &Section<'_, '_>,
        keys: &Keys<'_, '_>,
        text: &str,
    ) -> Option<(Claim, Option<Extras>)> {
        let id = self.id(section, keys.id);
        // every key is looked at before the first mistake ends it, so that an author meets all of them at once
        let is_draft = keys.measure.is_none();
        let measure = keys.measure.and_then(|entry| self.measure(entry));
        let subject = self.claim_subject(section, keys.subject, !is_draft);
        let mut extras = None;
        let value = self.claim_value(section, keys, measure, text, &mut extras);
        let qualifiers = match measure {
            None if !is_draft => None,
            _ => self.qualifiers(section, measure, &keys.qualifiers, value.as_ref().map(|(value, _)| value)),
        };
        let source = keys.source.map_or(Some(Source::default()), |entry| self.source(entry, &mut extras));
        for entry in &keys.rare {
            self.rare(entry, extras.get_or_insert_default());
        }
        let key = if is_draft {
            None
        } else {
            let qualifiers = self.batch.sets.intern(&qualifiers?);
            Some(FactKey { measure: measure?, subject: subject?, qualifiers })
        };
        let ((value, value_span), source) = (value?, source?);
        let id = self.batch.store(id?);
        Some((Claim { id, file: self.file, span: section.span, value_span, key, value, source }, extras))
    }

    fn id<'a>(&mut self, section: &Section<'_, '_>, entry: Option<&'a Entry<'_>>) -> Option<&'a str> {
        let Some(entry) = entry else {
            if !section.damaged {
                let help = Some("give it a name of its own: `id = \"border-with-china\"`".to_owned());
                self.problem(section.header, "the claim has no `id`", help);
            }
            return None;
        };
        let id = self.string(entry)?;
        if !is_claim_id(id) {
            let help = Some("write words in kebab case, first a letter: `border-with-china`".to_owned());
            self.problem(entry.value.span, format!("`{id}` is no id"), help);
        }
        Some(id)
    }

    fn measure(&mut self, entry: &Entry<'_>) -> Option<MeasureId> {
        let name = self.string(entry)?;
        let vocabulary = &self.rules.vocabulary;
        let found = vocabulary.measure_id(name);
        if found.is_none() {
            let help = match vocabulary.nearest_measure(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("declare it in `rules/`: `[measure.\"{name}\"]`; without a measure the claim is a draft")
                }
            };
            self.problem(entry.value.span, format!("no measure is called `{name}`"), Some(help));
        }
        found
    }

    fn claim_subject(&mut self, section: &Section<'_, '_>, entry: Option<&Entry<'_>>, needed: bool) -> Option<Name> {
        let Some(entry) = entry else {
            if needed && !section.damaged {
                let help = Some("say what the claim is about: `subject = \"kazakhstan\"`".to_owned());
                self.problem(section.header, "the claim has no `subject`", help);
            }
            return None;
        };
        let word = self.string(entry)?;
        self.subject_name(word, entry.value.span)
    }

    /// The name of a subject, declared by the vocabulary or by this file. Each document is one of its own, by its id.
    fn subject_name(&mut self, word: &str, span: Span) -> Option<Name> {
        if word == THIS_DOCUMENT {
            let Some(id) = self.batch.files.last().and_then(|file| file.document.clone()) else {
                let help = Some("say above it which one: `[document]` with an `id`".to_owned());
                self.problem(span, format!("`{THIS_DOCUMENT}` stands in a file that names no document"), help);
                return None;
            };
            return Some(self.batch.names_intern(&id, self.rules));
        }
        let vocabulary = &self.rules.vocabulary;
        if let Some(name) = vocabulary.names.find(word)
            && vocabulary.subject(name).is_some()
        {
            return Some(name);
        }
        if self.subjects.iter().any(|subject| &**subject == word) {
            return Some(self.batch.names_intern(word, self.rules));
        }
        let near = vocabulary.nearest_subject(word).map(str::to_owned);
        let near = near.or_else(|| {
            crate::figure::nearest(word, self.subjects.iter().map(|subject| &**subject)).map(str::to_owned)
        });
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it in this file or in `rules/`: `[subject.{word}]`"),
        };
        self.problem(span, format!("no subject is called `{word}`"), Some(help));
        None
    }

    /// The value, from `value` or as the number of `members`, and its place.
    fn claim_value(
        &mut self,
        section: &Section<'_, '_>,
        keys: &Keys<'_, '_>,
        measure: Option<MeasureId>,
        text: &str,
        extras: &mut Option<Extras>,
    ) -> Option<(Value, Span)> {
        match (keys.value, keys.members) {
            (Some(entry), None) => self.literal(entry, measure, text).map(|value| (value, entry.value.span)),
            (None, Some(entry)) => {
                let members = self.strings(entry);
                let count = members.len();
                extras.get_or_insert_default().members = members;
                Some((Value::Quantity(Quantity::counted(count)), entry.value.span))
            }
            (Some(_), Some(entry)) => {
                let help = "state the count as a claim of its own; `kzcheck` then compares the two".to_owned();
                self.problem(entry.key.span, "a claim has either `value` or `members`", Some(help));
                None
            }
            (None, None) => {
                if !section.damaged {
                    let help = "write `value = \"…\"`, or `members = [\"…\"]` for a list that is counted".to_owned();
                    self.problem(section.header, "the claim has neither `value` nor `members`", Some(help));
                }
                None
            }
        }
    }

    fn literal(&mut self, entry: &Entry<'_>, measure: Option<MeasureId>, text: &str) -> Option<Value> {
        let literal = match &entry.value.value {
            Toml::Text(literal) => literal,
            Toml::Bare(bare) => {
                let what = if bare.contains('-') && bare.len() >= 10 { "date" } else { "number" };
                let help = format!("write it in quotes: `value = \"{bare}\"`, so that its precision is kept");
                self.problem(entry.value.span, format!("a bare {what} stands where a string belongs"), Some(help));
                return None;
            }
            _ => {
                let help = "write `value = \"12.6 billion EUR\"`".to_owned();
                self.problem(entry.value.span, "`value` must be a string", Some(help));
                return None;
            }
        };
        let vocabulary = &self.rules.vocabulary;
        let expected: Option<Dimension> = measure.map(|measure| vocabulary.measure(measure).dimension);
        match Value::parse(literal, expected, &vocabulary.units) {
            Ok(value) => Some(value),
            Err(error) => {
                let whole = entry.value.span;
                // inside a plain string the place is exact; escapes would shift it
                let plain = text.get(whole.range()).is_some_and(|raw| raw.len() == literal.len() + 2);
                let span = if plain { whole.part(1 + error.start, 1 + error.end) } else { whole };
                self.problem(span, error.message, error.help);
                None
            }
        }
    }

    /// The qualifiers of a claim, sorted; those at their total are left out. `None` where one is wrong.
    fn qualifiers(
        &mut self,
        section: &Section<'_, '_>,
        measure: Option<MeasureId>,
        entries: &[&Entry<'_>],
        value: Option<&Value>,
    ) -> Option<Vec<Qualified>> {
        let Some(measure) = measure else {
            for entry in entries {
                let help = "a qualifier needs a `measure`; a claim without one is a draft".to_owned();
                self.problem(entry.key.span, format!("unknown key `{}`", entry.key.value), Some(help));
            }
            return Some(Vec::new());
        };
        let vocabulary = &self.rules.vocabulary;
        let mut stated = Vec::with_capacity(entries.len() + 1);
        let mut sound = true;
        for entry in entries {
            match self.qualifier(measure, entry) {
                Some((id, Some(name))) => stated.push((id, name)),
                Some((_, None)) => {}
                None => sound = false,
            }
        }
        for id in &vocabulary.measure(measure).qualifiers {
            let qualifier = vocabulary.qualifier(*id);
            if !qualifier.required || section.damaged {
                continue;
            }
            if !entries.iter().any(|entry| entry.key.value == *qualifier.id) {
                let help = Some(format!("add `{} = \"…\"`", qualifier.id));
                let message = format!("a claim of `{}` needs `{}`", vocabulary.measure(measure).id, qualifier.id);
                self.problem(section.header, message, help);
                sound = false;
            }
        }
        if let Some(value) = value {
            self.currency(measure, value, &mut stated);
        }
        stated.sort_unstable();
        sound &= self.over(section, measure, entries, &mut stated);
        sound.then_some(stated)
    }

    /// One qualifier with its value; without one where it stands at its total.
    fn qualifier(&mut self, measure: MeasureId, entry: &Entry<'_>) -> Option<(QualifierId, Option<Name>)> {
        let vocabulary = &self.rules.vocabulary;
        let key = entry.key.value.as_ref();
        let id = vocabulary.qualifier_id(key).filter(|id| vocabulary.has_qualifier(measure, *id));
        let Some(id) = id else {
            self.unknown_qualifier(measure, entry.key.span, key);
            return None;
        };
        let word = self.string(entry)?.trim();
        let qualifier = vocabulary.qualifier(id);
        if qualifier.total.is_some_and(|total| vocabulary.names.word(total) == word) {
            return Some((id, None));
        }
        let span = entry.value.span;
        let name = match &qualifier.of {
            ValuesOf::Word if word.is_empty() => {
                self.problem(span, format!("`{key}` is empty"), Some("leave the key out, or say its value".to_owned()));
                None
            }
            ValuesOf::Word => Some(self.batch.names_intern(word, self.rules)),
            ValuesOf::Subject => self.subject_name(word, span),
            ValuesOf::Period => self.period(word, span),
            ValuesOf::Qualifier => self.qualifier_name(measure, word, span),
            ValuesOf::Members(members) => {
                let found = members.iter().copied().find(|member| vocabulary.names.word(*member) == word);
                if found.is_none() {
                    let list: Vec<&str> = members.iter().map(|member| vocabulary.names.word(*member)).collect();
                    let help = Some(format!("it is one of {}", list.join(", ")));
                    self.problem(span, format!("`{key}` is never `{word}`"), help);
                }
                found
            }
        };
        name.map(|name| (id, Some(name)))
    }

    fn unknown_qualifier(&mut self, measure: MeasureId, span: Span, key: &str) {
        let vocabulary = &self.rules.vocabulary;
        let own: Vec<&str> =
            vocabulary.qualifiers_of(measure).iter().map(|id| &*vocabulary.qualifier(*id).id).collect();
        let candidates = own.iter().copied().chain(RESERVED);
        let help = match crate::figure::nearest(key, candidates) {
            _ if key == CURRENCY || key == PER_CURRENCY => "the currency is read from the value".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the qualifiers of `{}` are {}", vocabulary.measure(measure).id, own.join(", ")),
        };
        self.problem(span, format!("unknown key `{key}`"), Some(help));
    }

    fn qualifier_name(&mut self, measure: MeasureId, word: &str, span: Span) -> Option<Name> {
        let vocabulary = &self.rules.vocabulary;
        let known = vocabulary.qualifier_id(word).is_some_and(|id| vocabulary.has_qualifier(measure, id));
        if !known {
            let own: Vec<&str> =
                vocabulary.measure(measure).qualifiers.iter().map(|id| &*vocabulary.qualifier(*id).id).collect();
            let help = Some(format!("`{}` has {}", vocabulary.measure(measure).id, own.join(", ")));
            self.problem(span, format!("`{word}` is no qualifier of the measure"), help);
            return None;
        }
        vocabulary.names.find(word)
    }

    /// The currency of a sum of money is part of the fact.
    fn currency(&mut self, measure: MeasureId, value: &Value, stated: &mut Vec<Qualified>) {
        let vocabulary = &self.rules.vocabulary;
        let (above, below) = vocabulary.units.currencies(value.unit());
        for (key, code) in [(CURRENCY, above), (PER_CURRENCY, below)] {
            let Some(name) = code.and_then(|code| vocabulary.names.find(code)) else { continue };
            let id = vocabulary.qualifier_id(key).filter(|id| vocabulary.qualifiers_of(measure).contains(id));
            stated.extend(id.map(|id| (id, name)));
        }
    }

    /// A share is over one qualifier: the one that is named, or the only one that part and whole can differ in.
    fn over(
        &mut self,
        section: &Section<'_, '_>,
        measure: MeasureId,
        entries: &[&Entry<'_>],
        stated: &mut Vec<Qualified>,
    ) -> bool {
        let vocabulary = &self.rules.vocabulary;
        let Some(over) = vocabulary.qualifier_id(OVER).filter(|id| vocabulary.measure(measure).qualifiers.contains(id))
        else {
            return true;
        };
        if let Some((_, name)) = stated.iter().find(|(id, _)| *id == over) {
            let named = vocabulary.names.word(*name);
            let differs = stated.iter().any(|(id, _)| &*vocabulary.qualifier(*id).id == named);
            if !differs {
                let span = entries
                    .iter()
                    .find(|entry| entry.key.value == OVER)
                    .map_or(section.header, |entry| entry.value.span);
                let message = format!("the share is over `{named}`, but the claim does not say its `{named}`");
                self.problem(span, message, Some(format!("add `{named} = \"…\"`: the part that the share is of")));
            }
            return differs;
        }
        let plain: Vec<QualifierId> =
            stated.iter().map(|(id, _)| *id).filter(|id| vocabulary.qualifier(*id).total.is_some()).collect();
        match plain[..] {
            [only] => {
                let name = vocabulary.names.find(&vocabulary.qualifier(only).id);
                stated.extend(name.map(|name| (over, name)));
                stated.sort_unstable();
                true
            }
            [] => {
                let help = "say which part it is of (`partner = \"eu\"`) and `over = \"partner\"`".to_owned();
                self.problem(section.header, "of which whole this is a share is not plain", Some(help));
                false
            }
            _ => {
                let list: Vec<String> =
                    plain.iter().map(|id| format!("`over = \"{}\"`", vocabulary.qualifier(*id).id)).collect();
                let help = format!("say in which qualifier part and whole differ: {}", list.join(" or "));
                self.problem(section.header, "of which whole this is a share is not plain", Some(help));
                false
            }
        }
    }

    fn source(&mut self, entry: &Entry<'_>, extras: &mut Option<Extras>) -> Option<Source> {
        let Toml::Table(parts) = &entry.value.value else {
            let help = "write `source = { line = 24, text = \"(6,467) كم\" }`".to_owned();
            self.problem(entry.value.span, "`source` must be a table", Some(help));
            return None;
        };
        let mut source = Source::default();
        for part in parts {
            match part.key.value.as_ref() {
                "line" => source.line = self.line(&part.value)?,
                "text" => {
                    let text = self.string(part)?;
                    source.text = self.batch.store(text);
                }
                "context" => extras.get_or_insert_default().context = self.context(part),
                other => self.unknown_key(part.key.span, other, &["line", "text", "context"]),
            }
        }
        Some(source)
    }

    fn context(&mut self, entry: &Entry<'_>) -> Option<Context> {
        let problems = self.batch.problems.len();
        let sides = self.strings(entry);
        let context = Context::parse(&sides);
        if context.is_none() && self.batch.problems.len() == problems {
            let help = Some("leave it out; `kzcheck sync` writes it".to_owned());
            self.problem(entry.value.span, "`context` is two strings of hashes, before and behind the figure", help);
        }
        context
    }

    fn line(&mut self, value: &Spanned<Toml<'_>>) -> Option<u32> {
        if let Toml::Bare(number) = &value.value
            && let Some(line) = number.parse::<u32>().ok().filter(|line| *line > 0)
        {
            return Some(line);
        }
        let help = Some("lines count from 1: `line = 24`".to_owned());
        self.problem(value.span, "`line` must be the number of a line", help);
        None
    }

    fn rare(&mut self, entry: &Entry<'_>, extras: &mut Extras) {
        match entry.key.value.as_ref() {
            "allow" => extras.allow = self.allow(entry),
            "trusted" => extras.trusted = self.boolean(entry),
            "called" => {
                let Some(name) = self.string(entry) else { return };
                if Dimension::named(name).is_none() {
                    let near = crate::figure::nearest(name, Dimension::names());
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    self.problem(entry.value.span, format!("no dimension is called `{name}`"), help);
                }
                extras.called = Some(name.as_ref().into());
            }
            _ => {
                let Some(word) = self.string(entry) else { return };
                if !matches!(word.as_ref(), "sure" | "likely" | "guess") {
                    let help = Some("it is `sure`, `likely` or `guess`".to_owned());
                    self.problem(entry.value.span, format!("confidence is never `{word}`"), help);
                }
                extras.confidence = Some(word.as_ref().into());
            }
        }
    }
}
