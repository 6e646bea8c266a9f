//! From the TOML of the language packs to the tables of the program. Runs when the program is built.
//!
//! A pack is a table of sections, each a table from a key to the phrases that mean it: `[unit] km = ["km", "kilometres"]`.
//! All packs become one trie over words: a node for each word, and one for each beginning of a phrase.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fold::{WordHash, fold};
use super::sense::{CUES, Sense};
use super::words::pieces;

/// Bits of the filter that turns most words away before the table is asked.
const FILTER_BITS: usize = 1 << 17;

/// Characters whose folding is looked up: all that UTF-8 writes in two bytes.
const FOLDED_AHEAD: u32 = 0x800;

/// How a language writes: what its pack says besides words.
#[derive(Debug, Default)]
struct Language {
    id: String,
    script: String,
    decimal: String,
    month_first: bool,
    units_before_tens: bool,
    joins_after_hundred: bool,
    clitics: Vec<(String, u8)>,
}

#[derive(Debug, Default)]
struct Node {
    senses: Vec<(usize, Sense)>,
    /// Word and whether it must follow without a blank, to the next node.
    children: BTreeMap<(usize, bool), usize>,
}

/// All packs, as they grow.
#[derive(Debug, Default)]
pub struct Packs {
    languages: Vec<Language>,
    words: BTreeMap<String, usize>,
    nodes: Vec<Node>,
    units: Vec<String>,
}

/// The first letters of clitics and what they say; bits of one number.
pub const CLITIC_AND: u8 = 1;
/// A preposition written as one word with its noun.
pub const CLITIC_PREPOSITION: u8 = 2;
/// An article written as one word with its noun.
pub const CLITIC_ARTICLE: u8 = 4;

impl Packs {
    /// No packs yet; node 0 stands for unknown words.
    pub fn new() -> Packs {
        Packs { nodes: vec![Node::default()], ..Packs::default() }
    }

    /// Adds the codes of currencies, which every language uses.
    pub fn add_codes<'a>(&mut self, codes: impl Iterator<Item = &'a str>) -> Result<(), String> {
        let language = self.language("signs");
        for code in codes {
            let unit = self.unit(code);
            self.add(language, code, Sense::Code(unit))?;
        }
        Ok(())
    }

    /// Adds one file. `id` is the name of the file up to its first point; `others` are sections that are not for figures.
    pub fn add_file(&mut self, id: &str, text: &str, others: &[&str]) -> Result<(), String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let language = self.language(id);
        for (section, entries) in &table {
            let entries = entries.as_table().ok_or_else(|| format!("`{section}` is no table"))?;
            if section == "language" {
                self.describe(language, entries)?;
                continue;
            }
            if others.contains(&section.as_str()) {
                continue;
            }
            for (key, phrases) in entries {
                let sense = self.sense(section, key).ok_or_else(|| format!("[{section}] has no `{key}`"))?;
                let phrases = phrases.as_array().ok_or_else(|| format!("[{section}] `{key}` is no list"))?;
                for phrase in phrases {
                    let phrase = phrase.as_str().ok_or_else(|| format!("[{section}] `{key}`: not a word"))?;
                    self.add(language, phrase, sense)?;
                }
            }
        }
        Ok(())
    }

    fn language(&mut self, id: &str) -> usize {
        if let Some(index) = self.languages.iter().position(|language| language.id == id) {
            return index;
        }
        self.languages.push(Language { id: id.to_owned(), decimal: ".".to_owned(), ..Language::default() });
        self.languages.len() - 1
    }

    fn describe(&mut self, index: usize, entries: &toml::Table) -> Result<(), String> {
        let mut clitics: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let language = &mut self.languages[index];
        for (key, value) in entries {
            let text = || value.as_str().map(str::to_owned).ok_or_else(|| format!("[language] `{key}` is no string"));
            let flag = || value.as_bool().ok_or_else(|| format!("[language] `{key}` is neither true nor false"));
            match key.as_str() {
                "name" => drop(text()?),
                "script" => language.script = text()?,
                "decimal" => language.decimal = text()?,
                "month-first" => language.month_first = flag()?,
                "units-before-tens" => language.units_before_tens = flag()?,
                "joins-after-hundred" => language.joins_after_hundred = flag()?,
                "clitic-and" | "clitic-preposition" | "clitic-article" | "clitic-merged" => {
                    let list = value.as_array().ok_or_else(|| format!("[language] `{key}` is no list"))?;
                    clitics.insert(key, list.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect());
                }
                _ => return Err(format!("[language] has no `{key}`")),
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
            "unit" => Sense::Unit { unit: self.unit(key), many: 1, parts: 1 },
            "dual" => Sense::Counted { unit: self.unit(key), halves: 4 },
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
                    self.nodes.push(Node::default());
                    self.words.insert(piece.text, self.nodes.len() - 1);
                    self.nodes.len() - 1
                }
            };
            at = Some(match at {
                None => word,
                Some(node) => {
                    let key = (word, !piece.after_blank && index > 0);
                    let next = self.nodes.len();
                    let node: &mut Node = &mut self.nodes[node];
                    let child = *node.children.entry(key).or_insert(next);
                    if child == next {
                        self.nodes.push(Node::default());
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
            let Language { id, script, decimal, month_first, units_before_tens, joins_after_hundred, clitics } =
                language;
            let decimal = decimal.chars().next().unwrap_or('.');
            let _ = writeln!(
                out,
                "Language {{ id: {id:?}, script: {script:?}, decimal: {decimal:?}, month_first: {month_first}, \
                 units_before_tens: {units_before_tens}, joins_after_hundred: {joins_after_hundred}, clitics: &{clitics:?} }},"
            );
        }
        let _ = writeln!(out, "];\npub static UNITS: &[&str] = &{:?};", self.units);
        let folds: Vec<u32> =
            (0..FOLDED_AHEAD).map(|code| char::from_u32(code).map_or(0, |letter| fold(letter).packed())).collect();
        let _ = writeln!(out, "pub static FOLDS: [u32; {}] = {folds:?};", folds.len());
        self.write_words(&mut out);
        self.write_nodes(&mut out);
        out
    }

    fn write_words(&self, out: &mut String) {
        let size = (self.words.len() * 3).next_power_of_two();
        let mut slots = vec![0_usize; size];
        let mut filter = vec![0_u64; FILTER_BITS / 64];
        let mut names = vec![""; self.nodes.len()];
        for (word, node) in &self.words {
            names[*node] = word;
            let hash = word.chars().fold(WordHash::EMPTY, WordHash::with).finish() as usize;
            let bit = hash % FILTER_BITS;
            filter[bit / 64] |= 1 << (bit % 64);
            let mut slot = hash % size;
            while slots[slot] != 0 {
                slot = (slot + 1) % size;
            }
            slots[slot] = *node;
        }
        let _ = writeln!(out, "pub static FILTER: [u64; {}] = {filter:?};", filter.len());
        let _ = writeln!(out, "pub static SLOTS: [u32; {size}] = {slots:?};");
        let _ = writeln!(out, "pub static WORDS: [&str; {}] = {names:?};", names.len());
    }

    /// Whether the word, or a phrase that begins with it, is one of number.
    fn leads_to_number(&self, node: &Node) -> bool {
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
