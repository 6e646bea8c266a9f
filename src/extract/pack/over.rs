//! A project's own packs, laid over the shipped ones.
//!
//! Only what the project adds is built here. Each word and phrase of it is a node that knows the shipped node of the same
//! words, so that one lookup gives what both mean.

use std::borrow::Cow;
use std::mem::discriminant;

use rustc_hash::FxHashMap;

use super::compile::{Draft, DraftLanguage, DraftNode, Fault};
use super::fold::WordHash;
use super::sense::Sense;
use super::{Child, Entry, Language, Place, prefix, shipped_child, shipped_word, tables};

/// Senses carry the index of their language in a word of bits.
const MOST_LANGUAGES: usize = 32;

/// Sections of a pack that say how a text ties figures together; of these only the shipped ones are read.
const NOT_FOR_FIGURES: [&str; 3] = ["relation", "role", "particle"];

/// What is laid over the shipped tables.
#[derive(Debug)]
pub(super) struct Over {
    pub languages: Vec<Language>,
    /// Units that no shipped pack has.
    units: Vec<String>,
    nodes: Vec<Node>,
    words: FxHashMap<u32, Vec<(Box<str>, Place)>>,
    /// The shipped filters and the project's words.
    pub filter: Vec<u64>,
    pub prefixes: Vec<u64>,
}

#[derive(Debug, Default)]
struct Node {
    /// The shipped node of the same words.
    base: Place,
    begins: bool,
    senses: Vec<Entry>,
    children: Vec<Child>,
}

impl Over {
    pub(super) fn new(own: &[(&str, &str)]) -> Result<Over, (usize, Fault)> {
        let mut draft = Draft::new();
        for (index, (id, text)) in own.iter().enumerate() {
            draft.add_file(id, text, &NOT_FOR_FIGURES).map_err(|fault| (index, fault))?;
            let count = tables::LANGUAGES.len() + draft.languages.len();
            if count > MOST_LANGUAGES {
                return Err((index, Fault::new(format!("there are more than {MOST_LANGUAGES} languages"))));
            }
        }
        let whole = |message: String| (own.len().saturating_sub(1), Fault::new(message));
        draft.join_tens_and_units().map_err(whole)?;
        let mut over = Over {
            languages: tables::LANGUAGES.to_vec(),
            units: Vec::new(),
            nodes: Vec::new(),
            words: FxHashMap::default(),
            filter: tables::FILTER.to_vec(),
            prefixes: tables::PREFIXES.to_vec(),
        };
        let languages: Vec<u8> = draft.languages.iter().map(|language| over.add_language(language)).collect();
        let units: Vec<u16> = draft.units.iter().map(|unit| over.add_unit(unit)).collect();
        let mut places = vec![Place::NONE; draft.nodes.len()];
        for (word, node) in &draft.words {
            places[*node] = over.add_word(word);
        }
        let builder = Builder { draft: &draft, languages, units, places };
        for (word, node) in &draft.words {
            let place = builder.places[*node];
            builder.fill(&mut over, place, &draft.nodes[*node]);
            over.filter_word(word, place);
        }
        Ok(over)
    }

    fn add_language(&mut self, own: &DraftLanguage) -> u8 {
        let index = self.languages.iter().position(|language| language.id == own.id.as_str()).unwrap_or_else(|| {
            self.languages.push(Language {
                id: Cow::Owned(own.id.clone()),
                script: Cow::Borrowed(""),
                decimal: '.',
                traits: 0,
                clitics: Cow::Borrowed(&[]),
                suffixes: Cow::Borrowed(&[]),
            });
            self.languages.len() - 1
        });
        let language = &mut self.languages[index];
        if !own.script.is_empty() {
            language.script = Cow::Owned(own.script.clone());
        }
        if let Some(decimal) = own.decimal {
            language.decimal = decimal;
        }
        language.traits = language.traits & !own.denied | own.traits;
        if !own.clitics.is_empty() {
            language.clitics = own.clitics.iter().map(|(clitic, bits)| (Cow::Owned(clitic.clone()), *bits)).collect();
        }
        if !own.suffixes.is_empty() {
            language.suffixes = own.suffixes.iter().map(|suffix| Cow::Owned(suffix.clone())).collect();
        }
        index as u8
    }

    fn add_unit(&mut self, id: &str) -> u16 {
        let known = tables::UNITS.iter().position(|unit| *unit == id);
        let index = known.unwrap_or_else(|| {
            self.units.push(id.to_owned());
            tables::UNITS.len() + self.units.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn add_node(&mut self, base: Place) -> Place {
        self.nodes.push(Node { base, ..Node::default() });
        Place((tables::NODES.len() + self.nodes.len() - 1) as u32)
    }

    fn add_word(&mut self, word: &str) -> Place {
        let hash = hash(word);
        let base = shipped_word(hash, |shipped| shipped == word);
        let place = self.add_node(base);
        self.words.entry(hash).or_default().push((word.into(), place));
        place
    }

    /// Lets a word through the filters.
    fn filter_word(&mut self, word: &str, place: Place) {
        let bit = hash(word) as usize % (self.filter.len() * 64);
        self.filter[bit / 64] |= 1 << (bit % 64);
        if !self.is_number(place) {
            return;
        }
        let clitics = self.languages.iter().flat_map(|language| language.clitics.iter());
        let with_clitics = clitics.map(|(clitic, _)| format!("{clitic}{word}")).chain([word.to_owned()]);
        for word in with_clitics {
            let (found, script) = prefix::of_word(&word);
            let bit = found.bit(script);
            self.prefixes[bit / 64] |= 1 << (bit % 64);
        }
    }

    fn node(&self, place: Place) -> Option<&Node> {
        self.nodes.get((place.0 as usize).checked_sub(tables::NODES.len())?)
    }

    fn node_mut(&mut self, place: Place) -> Option<&mut Node> {
        self.nodes.get_mut((place.0 as usize).checked_sub(tables::NODES.len())?)
    }

    /// The shipped place of the same words, or itself where there is none.
    fn as_shipped(&self, place: Place) -> Place {
        self.node(place).map(|node| node.base).filter(|base| base.is_known()).unwrap_or(place)
    }

    pub(super) fn entries(&self, place: Place) -> &[Entry] {
        self.node(place).map_or(&[], |node| &node.senses)
    }

    pub(super) fn is_number(&self, place: Place) -> bool {
        self.node(place).is_some_and(|node| node.begins)
    }

    pub(super) fn continues(&self, place: Place) -> bool {
        self.node(place).is_some_and(|node| {
            !node.children.is_empty() || tables::NODES.get(node.base.0 as usize).is_some_and(|base| base.children.1 > 0)
        })
    }

    pub(super) fn unit(&self, unit: u16) -> Option<&str> {
        self.units.get(usize::from(unit).checked_sub(tables::UNITS.len())?).map(String::as_str)
    }

    pub(super) fn find(&self, hash: u32, is_word: &impl Fn(&str) -> bool) -> Option<Place> {
        self.words.get(&hash)?.iter().find(|(word, _)| is_word(word)).map(|(_, place)| *place)
    }

    pub(super) fn followed_by(&self, place: Place, word: Place, glued: bool) -> Place {
        let word = self.as_shipped(word);
        let Some(node) = self.node(place) else { return shipped_child(place, word, glued) };
        let own = node.children.iter().find(|child| child.word == word.0 && (!child.glued || glued));
        own.map_or_else(|| shipped_child(node.base, word, glued), |child| Place(child.node))
    }
}

/// From the nodes of a draft to those of the tables.
struct Builder<'d> {
    draft: &'d Draft,
    /// The indices of the draft's languages and units.
    languages: Vec<u8>,
    units: Vec<u16>,
    /// The places of the draft's words.
    places: Vec<Place>,
}

impl Builder<'_> {
    /// Gives a node its senses and children; phrases are short, so it may call itself.
    fn fill(&self, over: &mut Over, place: Place, draft: &DraftNode) {
        let base = over.node(place).map_or(Place::NONE, |node| node.base);
        let own: Vec<Entry> = draft.senses.iter().map(|(language, sense)| self.entry(*language, *sense)).collect();
        let is_replaced = |entry: &Entry| own.iter().any(|own| replaces(own, entry));
        let mut senses: Vec<Entry> =
            super::SHIPPED.entries(base).iter().copied().filter(|entry| !is_replaced(entry)).collect();
        senses.extend(own);
        let mut begins = senses.iter().any(|entry| entry.sense.is_number()) || super::SHIPPED.is_number(base);
        let mut children = Vec::new();
        for ((word, glued), next) in &draft.children {
            let word = over.as_shipped(self.places[*word]);
            let child = over.add_node(shipped_child(base, word, *glued));
            self.fill(over, child, &self.draft.nodes[*next]);
            begins |= over.is_number(child);
            children.push(Child { word: word.0, glued: *glued, node: child.0 });
        }
        if let Some(node) = over.node_mut(place) {
            (node.senses, node.begins, node.children) = (senses, begins, children);
        }
    }

    fn entry(&self, language: usize, sense: Sense) -> Entry {
        let unit = |unit: u16| self.units[usize::from(unit)];
        let sense = match sense {
            Sense::Unit { unit: own, many, parts } => Sense::Unit { unit: unit(own), many, parts },
            Sense::Counted { unit: own, halves } => Sense::Counted { unit: unit(own), halves },
            Sense::Code(own) => Sense::Code(unit(own)),
            Sense::ScaledCode { unit: own, exponent } => Sense::ScaledCode { unit: unit(own), exponent },
            other => other,
        };
        Entry { language: self.languages[language], sense }
    }
}

/// Whether a project's sense takes the place of a shipped one: the same sort of sense in the same language. What a word
/// does in a sentence may be several things, so cues are only added.
fn replaces(own: &Entry, shipped: &Entry) -> bool {
    let is_cue = matches!(own.sense, Sense::Cue(_));
    own.language == shipped.language && !is_cue && discriminant(&own.sense) == discriminant(&shipped.sense)
}

fn hash(word: &str) -> u32 {
    word.chars().fold(WordHash::EMPTY, WordHash::with).finish()
}
