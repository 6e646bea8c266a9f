//! From the TOML of the language packs to a draft of the tables. Runs when the program is built, and where a project has
//! packs of its own.
//!
//! A pack is a table of sections, each a table from a key to the phrases that mean it: `[unit] km = ["km", "kilometres"]`.
//! All packs become one trie over words: a node for each word, and one for each beginning of a phrase.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fold::{WordHash, fold};
use super::prefix;
use super::sense::{CUES, Sense, TRAITS, Trait};
use super::words::pieces;

/// Bits of the filter that turns most words away before the table is asked.
const FILTER_BITS: usize = 1 << 17;

/// Characters whose folding is looked up: all that UTF-8 writes in two bytes.
const FOLDED_AHEAD: u32 = 0x800;

/// How a language writes: what its pack says besides words.
#[derive(Debug, Default)]
pub struct DraftLanguage {
    pub id: String,
    pub script: String,
    pub decimal: Option<char>,
    /// Bits of the traits that it has, and of those that it says it has not.
    pub traits: u32,
    pub denied: u32,
    pub clitics: Vec<(String, u8)>,
    pub suffixes: Vec<String>,
}

/// A word, or the beginning of a phrase.
#[derive(Debug, Default)]
pub struct DraftNode {
    /// Each with the index of its language.
    pub senses: Vec<(usize, Sense)>,
    /// Word and whether it must follow without a blank, to the next node.
    pub children: BTreeMap<(usize, bool), usize>,
}

/// Packs, as they grow.
#[derive(Debug, Default)]
pub struct Draft {
    pub languages: Vec<DraftLanguage>,
    pub words: BTreeMap<String, usize>,
    pub nodes: Vec<DraftNode>,
    pub units: Vec<String>,
    /// Those of them that are currencies, by their codes.
    pub currencies: Vec<String>,
}

/// A mistake in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: String,
    /// Bytes of the pack, where the place is known.
    pub span: Option<std::ops::Range<usize>>,
}

impl Fault {
    /// A mistake of the pack as a whole.
    pub fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), span: None }
    }

    /// The same, at a key of a section.
    fn at(self, text: &str, section: &str, key: &str) -> Fault {
        let span = self.span.or_else(|| place_of(text, section, key));
        Fault { span, ..self }
    }
}

/// Where a section has a key, or where the section begins.
fn place_of(text: &str, section: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let (mut at, mut within, mut head) = (0, false, None);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.starts_with('[') {
            within = words.trim_start_matches('[').split(']').next().is_some_and(|name| name.trim() == section);
            head = head.or(within.then_some(at..at + words.len()));
        } else if within && words.split('=').next().is_some_and(|own| own.trim().trim_matches(['"', '\'']) == key) {
            let start = at + line.len() - line.trim_start().len();
            return Some(start..start + words.len());
        }
        at += line.len();
    }
    head
}

/// The first letters of clitics and what they say; bits of one number.
pub const CLITIC_AND: u8 = 1;
/// A preposition written as one word with its noun.
pub const CLITIC_PREPOSITION: u8 = 2;
/// An article written as one word with its noun.
pub const CLITIC_ARTICLE: u8 = 4;

impl Draft {
    /// No packs yet; node 0 stands for unknown words.
    pub fn new() -> Draft {
        Draft { nodes: vec![DraftNode::default()], ..Draft::default() }
    }

    /// Adds the codes of currencies, which every language uses.
    pub fn add_codes<'a>(&mut self, codes: impl Iterator<Item = &'a str>) -> Result<(), String> {
        let language = self.language("signs");
        for code in codes {
            let unit = self.unit(code);
            self.currencies.push(code.to_owned());
            self.add(language, code, Sense::Code(unit))?;
            for (letter, exponent) in [("K", 3), ("M", 6), ("B", 9)] {
                self.add(language, &format!("{letter}{code}"), Sense::ScaledCode { unit, exponent })?;
            }
        }
        Ok(())
    }

    /// Writes tens and units as one word where a language does: `twentyone`, `thirtyfirst`.
    pub fn join_tens_and_units(&mut self) -> Result<(), String> {
        for language in 0..self.languages.len() {
            if self.languages[language].traits & 1 << Trait::TensAndUnitsJoin as u32 == 0 {
                continue;
            }
            let senses = |word: &String| {
                let node = &self.nodes[self.words[word]];
                node.senses.iter().filter(move |(own, _)| *own == language).map(|(_, sense)| *sense).collect::<Vec<_>>()
            };
            let mut joined = Vec::new();
            for tens in self.words.keys() {
                let Some(value) = senses(tens).into_iter().find_map(|sense| match sense {
                    Sense::Cardinal(value) if (20..100).contains(&value) && value % 10 == 0 => Some(value),
                    _ => None,
                }) else {
                    continue;
                };
                for units in self.words.keys() {
                    joined.extend(
                        senses(units)
                            .into_iter()
                            .filter_map(|sense| match sense {
                                Sense::Cardinal(units_value @ 1..=9) => Some(Sense::Cardinal(value + units_value)),
                                Sense::Ordinal(units_value @ 1..=9) => Some(Sense::Ordinal(value + units_value)),
                                _ => None,
                            })
                            .map(|sense| (format!("{tens}{units}"), sense)),
                    );
                }
            }
            for (word, sense) in joined {
                self.add(language, &word, sense)?;
            }
        }
        Ok(())
    }

    /// Adds one file. `id` is the name of the file up to its first point; `others` are sections that are not for figures.
    pub fn add_file(&mut self, id: &str, text: &str, others: &[&str]) -> Result<(), Fault> {
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| Fault { message: error.message().to_owned(), span: error.span() })?;
        let language = self.language(id);
        for (section, entries) in &table {
            let at = |message: String, key: &str| Fault::new(message).at(text, section, key);
            let entries = entries.as_table().ok_or_else(|| at(format!("`{section}` is no table"), ""))?;
            if section == "language" {
                self.describe(language, entries).map_err(|(key, message)| at(message, &key))?;
                continue;
            }
            if others.contains(&section.as_str()) {
                continue;
            }
            for (key, phrases) in entries {
                let sense = self.sense(section, key).ok_or_else(|| at(format!("[{section}] has no `{key}`"), key))?;
                let phrases = phrases.as_array().ok_or_else(|| at(format!("[{section}] `{key}` is no list"), key))?;
                for phrase in phrases {
                    let phrase = phrase.as_str().ok_or_else(|| at(format!("[{section}] `{key}`: not a word"), key))?;
                    self.add(language, phrase, sense).map_err(|message| at(message, key))?;
                }
            }
        }
        Ok(())
    }

    fn language(&mut self, id: &str) -> usize {
        if let Some(index) = self.languages.iter().position(|language| language.id == id) {
            return index;
        }
        self.languages.push(DraftLanguage { id: id.to_owned(), ..DraftLanguage::default() });
        self.languages.len() - 1
    }

    /// Reads what a pack says of its language; a mistake comes with its key.
    fn describe(&mut self, index: usize, entries: &toml::Table) -> Result<(), (String, String)> {
        let mut clitics: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let language = &mut self.languages[index];
        for (key, value) in entries {
            let wrong = |what: &str| (key.clone(), format!("[language] `{key}` {what}"));
            let text = || value.as_str().map(str::to_owned).ok_or_else(|| wrong("is no string"));
            match key.as_str() {
                "name" => drop(text()?),
                "script" => language.script = text()?,
                "decimal" => language.decimal = text()?.chars().next(),
                "clitic-and" | "clitic-preposition" | "clitic-article" | "clitic-merged" => {
                    let list = value.as_array().ok_or_else(|| wrong("is no list"))?;
                    clitics.insert(key, list.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect());
                }
                "suffixes" => {
                    let list = value.as_array().ok_or_else(|| wrong("is no list"))?;
                    language.suffixes = list.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect();
                }
                _ => {
                    let (_, own) = TRAITS.iter().find(|(name, _)| name == key).ok_or_else(|| wrong("is unknown"))?;
                    let bit = 1 << *own as u32;
                    let has = value.as_bool().ok_or_else(|| wrong("is neither true nor false"))?;
                    *(if has { &mut language.traits } else { &mut language.denied }) |= bit;
                }
            }
        }
        let with_none = |key: &str, flag: u8| {
            let some = clitics.get(key).into_iter().flatten().map(move |word| (word.clone(), flag));
            std::iter::once((String::new(), 0)).chain(some).collect::<Vec<_>>()
        };
        for (first, and) in with_none("clitic-and", CLITIC_AND) {
            for (second, preposition) in with_none("clitic-preposition", CLITIC_PREPOSITION) {
                for (third, article) in with_none("clitic-article", CLITIC_ARTICLE) {
                    language.clitics.push((format!("{first}{second}{third}"), and | preposition | article));
                }
            }
            for merged in clitics.get("clitic-merged").into_iter().flatten() {
                language.clitics.push((format!("{first}{merged}"), and | CLITIC_PREPOSITION | CLITIC_ARTICLE));
            }
        }
        language.clitics.retain(|(clitic, _)| !clitic.is_empty());
        language.clitics.sort_by_key(|(clitic, _)| clitic.chars().count());
        Ok(())
    }

    fn unit(&mut self, id: &str) -> u16 {
        let index = self.units.iter().position(|unit| unit == id).unwrap_or_else(|| {
            self.units.push(id.to_owned());
            self.units.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn sense(&mut self, section: &str, key: &str) -> Option<Sense> {
        Some(match section {
            "cardinal" => Sense::Cardinal(key.parse().ok().filter(|value| *value < 1000)?),
            "decimal" => {
                let (whole, tenth) = key.split_once('.')?;
                Sense::Tenths(whole.parse::<u16>().ok()? * 10 + tenth.parse::<u16>().ok().filter(|tenth| *tenth < 10)?)
            }
            "ordinal" => Sense::Ordinal(key.parse().ok().filter(|value| *value < 1000)?),
            "multiplier" if key == "100" => Sense::Hundred,
            "multiplier" => Sense::Dozen(key.parse().ok()?),
            "scale" => Sense::Scale { exponent: key.parse().ok()?, times: 1 },
            "dual-scale" => Sense::Scale { exponent: key.parse().ok()?, times: 2 },
            "plural-scale" => Sense::Scale { exponent: key.parse().ok()?, times: 0 },
            "ordinal-scale" => Sense::OrdinalScale(key.parse().ok()?),
            "scale-suffix" => Sense::ScaleSuffix(key.parse().ok()?),
            "fraction" => Sense::Fraction(key.parse().ok().filter(|parts| *parts > 1)?),
            "share" => {
                let (count, parts) = key.split_once('/')?;
                Sense::Share { count: count.parse().ok()?, parts: parts.parse().ok().filter(|parts| *parts > 1)? }
            }
            "unit" => Sense::Unit { unit: self.unit(key), many: 1, parts: 1 },
            "dual" => Sense::Counted { unit: self.unit(key), halves: 4 },
            "zero" => Sense::Counted { unit: self.unit(key), halves: 0 },
            "half" => Sense::Counted { unit: self.unit(key), halves: 1 },
            "minor" => {
                let (unit, number) = key.split_once(['/', '*'])?;
                let number = number.parse().ok().filter(|number| *number > 0)?;
                let (many, parts) = if key.contains('/') { (1, number) } else { (number, 1) };
                Sense::Unit { unit: self.unit(unit), many, parts }
            }
            "month" => Sense::Month(key.parse().ok().filter(|month| (1..=12).contains(month))?),
            "hijri-month" => Sense::HijriMonth(key.parse().ok().filter(|month| (1..=12).contains(month))?),
            "weekday" => Sense::Weekday(key.parse().ok().filter(|day| (1..=7).contains(day))?),
            "decade" => Sense::Decade(key.parse().ok().filter(|decade| decade % 10 == 0)?),
            "season" => Sense::Season(key.parse().ok().filter(|season| (21..=24).contains(season))?),
            "cue" => Sense::Cue(CUES.iter().find(|(name, _)| *name == key)?.1),
            _ => return None,
        })
    }

    fn add(&mut self, language: usize, phrase: &str, sense: Sense) -> Result<(), String> {
        let mut at = None;
        for (index, piece) in pieces(phrase).into_iter().enumerate() {
            let word = match self.words.get(&piece.text) {
                Some(word) => *word,
                None => {
                    self.nodes.push(DraftNode::default());
                    self.words.insert(piece.text, self.nodes.len() - 1);
                    self.nodes.len() - 1
                }
            };
            at = Some(match at {
                None => word,
                Some(node) => {
                    let key = (word, !piece.after_blank && index > 0);
                    let next = self.nodes.len();
                    let node: &mut DraftNode = &mut self.nodes[node];
                    let child = *node.children.entry(key).or_insert(next);
                    if child == next {
                        self.nodes.push(DraftNode::default());
                    }
                    child
                }
            });
        }
        let node = at.ok_or_else(|| format!("`{phrase}` has no letters"))?;
        let senses = &mut self.nodes[node].senses;
        if !senses.contains(&(language, sense)) {
            senses.push((language, sense));
        }
        Ok(())
    }

    /// The tables, as Rust.
    pub fn write(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "pub static LANGUAGES: &[Language] = &[");
        for language in &self.languages {
            let DraftLanguage { id, script, decimal, traits, clitics, suffixes, .. } = language;
            let decimal = decimal.unwrap_or('.');
            let suffixes: String = suffixes.iter().map(|suffix| format!("Cow::Borrowed({suffix:?}), ")).collect();
            let clitics: String =
                clitics.iter().map(|(clitic, bits)| format!("(Cow::Borrowed({clitic:?}), {bits}), ")).collect();
            let _ = writeln!(
                out,
                "Language {{ id: Cow::Borrowed({id:?}), script: Cow::Borrowed({script:?}), decimal: {decimal:?}, traits: {traits}, \
                 clitics: Cow::Borrowed(&[{clitics}]), suffixes: Cow::Borrowed(&[{suffixes}]) }},"
            );
        }
        let _ = writeln!(out, "];\npub static UNITS: &[&str] = &{:?};", self.units);
        let mut currencies = self.currencies.clone();
        currencies.sort();
        let _ = writeln!(out, "pub static CURRENCIES: &[&str] = &{currencies:?};");
        let folds: Vec<u32> =
            (0..FOLDED_AHEAD).map(|code| char::from_u32(code).map_or(0, |letter| fold(letter).packed())).collect();
        let _ = writeln!(out, "pub static FOLDS: [u32; {}] = {folds:?};", folds.len());
        let indices: Vec<u8> =
            (0..FOLDED_AHEAD).map(|code| char::from_u32(code).map_or(prefix::MARK, prefix::index)).collect();
        let _ = writeln!(out, "pub static INDICES: [u8; {}] = {indices:?};", indices.len());
        let prefixes = self.prefixes();
        let _ = writeln!(out, "pub static PREFIXES: [u64; {}] = {prefixes:?};", prefixes.len());
        self.write_words(&mut out);
        self.write_nodes(&mut out);
        out
    }

    fn write_words(&self, out: &mut String) {
        let size = (self.words.len() * 3).next_power_of_two();
        let mut slots = vec![(0_u32, 0_usize); size];
        let mut filter = vec![0_u64; FILTER_BITS / 64];
        let mut names = vec![""; self.nodes.len()];
        for (word, node) in &self.words {
            names[*node] = word;
            let full = word.chars().fold(WordHash::EMPTY, WordHash::with).finish();
            let hash = full as usize;
            let bit = hash % FILTER_BITS;
            filter[bit / 64] |= 1 << (bit % 64);
            let mut slot = hash % size;
            while slots[slot].1 != 0 {
                slot = (slot + 1) % size;
            }
            slots[slot] = (full, *node);
        }
        let _ = writeln!(out, "pub static FILTER: [u64; {}] = {filter:?};", filter.len());
        let _ = writeln!(out, "pub static SLOTS: [(u32, u32); {size}] = {slots:?};");
        let _ = writeln!(out, "pub static WORDS: [&str; {}] = {names:?};", names.len());
    }

    /// The filter of the prefixes of all words of number, with whatever may be written as one with them.
    fn prefixes(&self) -> Vec<u64> {
        let mut filter = vec![0_u64; (1 << prefix::FILTER_POWER) / 64];
        let mut mark = |word: &str| {
            let (found, script) = prefix::of_word(word);
            let bit = found.bit(script);
            filter[bit / 64] |= 1 << (bit % 64);
        };
        for (word, node) in &self.words {
            if !self.leads_to_number(&self.nodes[*node]) || !word.chars().all(char::is_alphabetic) {
                continue;
            }
            mark(word);
            for (clitic, _) in self.languages.iter().flat_map(|language| &language.clitics) {
                mark(&format!("{clitic}{word}"));
            }
        }
        filter
    }

    /// Whether the word, or a phrase that begins with it, is one of number.
    fn leads_to_number(&self, node: &DraftNode) -> bool {
        node.senses.iter().any(|(_, sense)| sense.is_number())
            || node.children.values().any(|child| self.leads_to_number(&self.nodes[*child]))
    }

    fn write_nodes(&self, out: &mut String) {
        let (mut nodes, mut senses, mut children) = (String::new(), String::new(), String::new());
        let (mut sense_count, mut child_count) = (0, 0);
        for node in &self.nodes {
            let _ = writeln!(
                nodes,
                "Node {{ begins: {}, senses: ({sense_count}, {}), children: ({child_count}, {}) }},",
                self.leads_to_number(node),
                node.senses.len(),
                node.children.len()
            );
            sense_count += node.senses.len();
            child_count += node.children.len();
            for (language, sense) in &node.senses {
                let cue = if let Sense::Cue(cue) = sense { format!("Cue(Cue::{cue:?})") } else { format!("{sense:?}") };
                let _ = writeln!(senses, "Entry {{ language: {language}, sense: Sense::{cue} }},");
            }
            for ((word, glued), next) in &node.children {
                let _ = writeln!(children, "Child {{ word: {word}, glued: {glued}, node: {next} }},");
            }
        }
        let _ = writeln!(out, "pub static NODES: [Node; {}] = [{nodes}];", self.nodes.len());
        let _ = writeln!(out, "pub static ENTRIES: [Entry; {sense_count}] = [{senses}];");
        let _ = writeln!(out, "pub static CHILDREN: [Child; {child_count}] = [{children}];");
    }
}
