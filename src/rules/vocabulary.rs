//! The vocabulary: what can be claimed. Measures with their dimension, qualifiers and bounds; subjects; units.
//!
//! A vocabulary is built once by [`super::load`] and does not change while claims are read, so it is shared freely
//! between threads. How the TOML looks is in [`mod@super::file`].

use rustc_hash::FxHashMap;

use super::names::{Name, Names};
use crate::figure::{Dimension, Interval, Rounding, Units, nearest};

/// A measure, by its index in the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub u16);

/// A qualifier, by its index in the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifierId(pub u16);

/// What the values of a qualifier are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesOf {
    Word,
    Subject,
    Period,
    /// The name of another qualifier (`over`).
    Qualifier,
    /// One of these.
    Members(Vec<Name>),
}

/// A key that tells facts of one measure apart.
#[derive(Clone, Debug)]
pub struct Qualifier {
    pub id: Box<str>,
    pub of: ValuesOf,
    /// The value that stands for all together; facts keep it as "left out".
    pub total: Option<Name>,
    pub required: bool,
    pub every: bool,
    /// Words by which rules choose qualifiers (`$q is partition`).
    pub tags: Vec<Box<str>>,
    /// Values, and what texts call them.
    pub names: Vec<(Box<str>, Words)>,
    /// The kinds of subjects that its values may be.
    pub kinds: Vec<Box<str>>,
    /// The measure that a figure beside one of its values states, by name.
    pub measure: Option<Box<str>>,
    pub summary: Option<Box<str>>,
}

/// Words and phrases by language.
pub type Words = Vec<(Box<str>, Vec<Box<str>>)>;

/// Something that is measured.
#[derive(Clone, Debug)]
pub struct Measure {
    pub id: Box<str>,
    pub dimension: Dimension,
    /// Its own, sorted.
    pub qualifiers: Vec<QualifierId>,
    /// All that its claims may state, sorted: its own, those of every measure, and the currency.
    pub keys: Vec<QualifierId>,
    pub tags: Vec<Box<str>>,
    /// The values that there can be; `None` for all.
    pub bounds: Option<Interval>,
    pub rounding: Rounding,
    pub many: bool,
    /// The measure that this one is a facet of, and the facet's name.
    pub facet_of: Option<(MeasureId, Box<str>)>,
    /// Qualifiers without which no figure of a text is bound to it.
    pub needs: Vec<QualifierId>,
    /// The kinds of subjects that it is of; none for all.
    pub of: Vec<Box<str>>,
    /// The kinds of subjects beside which a date or period states it.
    pub bare: Vec<Box<str>>,
    /// How texts name its other side; none for by any preposition.
    pub other_side: Vec<Side>,
    /// Words by which a text speaks of it; those of a facet hold for every measure that has it.
    pub cues: Words,
    /// Words for what there was not before a date.
    pub absent: Words,
    /// What the other side is called where it is ranked.
    pub partners: Words,
    pub summary: Option<Box<str>>,
}

/// Kinds of subjects that measures are of which name none: what lasts and has people, land and money.
const OF_ANY: [&str; 7] = ["country", "state", "region", "union", "organisation", "city", "company"];

impl Measure {
    /// Whether it can be of a subject of this kind. A subject without a kind is nothing that a measure names.
    pub fn is_of(&self, kind: Option<&str>) -> bool {
        match kind {
            None => self.of.is_empty(),
            Some(kind) if self.of.is_empty() => OF_ANY.contains(&kind),
            Some(kind) => self.of.iter().any(|of| &**of == kind),
        }
    }
}

/// How a text names the other side of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    With,
    To,
    From,
    Adjective,
}

impl Side {
    /// Every one with its name in rule files.
    pub const ALL: &[(&str, Side)] =
        &[("with", Side::With), ("to", Side::To), ("from", Side::From), ("adjective", Side::Adjective)];
}

/// A subject of the vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    pub names: Words,
    /// Words for what belongs to it.
    pub adjectives: Words,
    pub code: Option<Box<str>>,
    /// What kind of thing it is, as measures name them.
    pub kind: Option<Box<str>>,
}

/// Words by which the notation rules read a figure as the text writes it.
#[derive(Clone, Debug, Default)]
pub struct Notation {
    /// Names of months with their number, the longest first.
    pub months: Vec<(Box<str>, u8)>,
    pub percent: Vec<Box<str>>,
    pub hijri: Vec<Box<str>>,
    pub gregorian: Vec<Box<str>>,
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a word or phrase does in a sentence about figures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Phrase { $($(#[$doc])* $name,)* }

        impl Phrase {
            /// Every one with its name in rule files.
            pub const ALL: &[(&str, Phrase)] = &[$(($word, Phrase::$name),)*];
        }
    };
}

phrases! {
    /// A speaker or source follows: according to.
    AccordingTo = "according-to",
    /// A speaker stands before it: said.
    Said = "said",
    /// What somebody says follows: that.
    That = "that",
    /// The other side follows: with.
    With = "with",
    /// Where something goes to follows.
    To = "to",
    /// Where something comes from follows.
    From = "from",
    /// The place that has it follows: in.
    Within = "within",
    /// Two sides follow.
    Between = "between",
    /// What has it follows: of.
    Of = "of",
    /// A change is a fall.
    Fall = "fall",
    /// A balance is below zero.
    Deficit = "deficit",
    /// What something is compared with follows: than, compared with.
    Against = "against",
    /// What follows or stands before is counted once for each.
    Each = "each",
    /// Stands for what was named shortly before: which, التي.
    Which = "which",
    /// Stands for the two sides that a text speaks of: both countries.
    Both = "both",
    /// Stands for the country that a text speaks of: the country.
    Country = "country",
    /// What follows is not when it was, but what it was after or before: after, since.
    After = "after",
    /// Stands for all countries together.
    World = "world",
    /// What follows came to its end, or had gone on for long: end, height.
    End = "end",
    /// Stands before what belongs to somebody named before: its.
    Its = "its",
    /// What follows did not happen.
    Not = "not",
    /// Somebody lives there.
    Lives = "lives",
    /// Of so many, of which a number follows, a part: out of.
    OutOf = "out-of",
    /// Says that a figure is of the same time a year before.
    YearBefore = "year-before",
    /// What an adjective beside it names as a whole: the Norwegian economy, territory.
    Land = "land",
    /// Those with the first places: the top, largest.
    First = "first",
    /// One of several follows.
    Among = "among",
    /// Leaves two things to choose from: or.
    Either = "either",
    /// Another statement follows: and, but, while.
    Joins = "joins",
    /// What one of is counted against follows: per.
    Per = "per",
    /// Says nothing about what is measured.
    Neutral = "neutral",
}

/// The qualifier that the unit of a sum of money names; every measure of money has it.
pub const CURRENCY: &str = "currency";
/// The currency below the line of a rate such as `USD/EUR`.
pub const PER_CURRENCY: &str = "per-currency";
/// The subject that is the document which the claims of a file point into.
pub const THIS_DOCUMENT: &str = "this-document";
/// Which qualifier a share is taken over.
pub const OVER: &str = "over";

/// Everything that can be claimed.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub units: Units,
    pub names: Names,
    pub notation: Notation,
    /// Words by which a sentence says how its parts belong together, by what they do.
    pub phrases: Vec<(Phrase, Words)>,
    qualifiers: Vec<Qualifier>,
    qualifier_ids: FxHashMap<Box<str>, QualifierId>,
    measures: Vec<Measure>,
    measure_ids: FxHashMap<Box<str>, MeasureId>,
    /// For each measure, those whose name is its own with more parts, by these parts: rules ask for them often.
    below: Vec<Vec<(Box<str>, MeasureId)>>,
    subjects: FxHashMap<Name, Subject>,
}

impl Vocabulary {
    pub fn measure_id(&self, name: &str) -> Option<MeasureId> {
        self.measure_ids.get(name).copied()
    }

    pub fn measure(&self, id: MeasureId) -> &Measure {
        &self.measures[id.0 as usize]
    }

    pub fn measures(&self) -> impl Iterator<Item = (MeasureId, &Measure)> {
        // at most 65,535 measures are ever defined
        self.measures.iter().enumerate().map(|(index, measure)| (MeasureId(index as u16), measure))
    }

    pub fn qualifier_id(&self, name: &str) -> Option<QualifierId> {
        self.qualifier_ids.get(name).copied()
    }

    pub fn qualifier(&self, id: QualifierId) -> &Qualifier {
        &self.qualifiers[id.0 as usize]
    }

    pub fn qualifiers(&self) -> impl Iterator<Item = (QualifierId, &Qualifier)> {
        self.qualifiers.iter().enumerate().map(|(index, qualifier)| (QualifierId(index as u16), qualifier))
    }

    pub fn subject(&self, name: Name) -> Option<&Subject> {
        self.subjects.get(&name)
    }

    pub fn is_subject(&self, word: &str) -> bool {
        self.names.find(word).is_some_and(|name| self.subjects.contains_key(&name))
    }

    /// The ids of all subjects, sorted.
    pub fn subject_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.subjects.keys().map(|name| self.names.word(*name)).collect();
        ids.sort_unstable();
        ids
    }

    /// All qualifiers that claims of a measure may state, sorted.
    pub fn qualifiers_of(&self, id: MeasureId) -> &[QualifierId] {
        &self.measure(id).keys
    }

    pub fn has_qualifier(&self, measure: MeasureId, qualifier: QualifierId) -> bool {
        self.measure(measure).qualifiers.contains(&qualifier) || self.qualifier(qualifier).every
    }

    /// The measure that is this facet of another.
    pub fn facet(&self, base: MeasureId, facet: &str) -> Option<MeasureId> {
        let below = self.below.get(usize::from(base.0))?;
        below.iter().find(|(name, _)| &**name == facet).map(|(_, id)| *id)
    }

    /// "Did you mean": the nearest measure.
    pub fn nearest_measure(&self, word: &str) -> Option<&str> {
        let last = |id: &str| id.rsplit('.').next().map(str::to_owned);
        nearest(word, self.measures.iter().map(|measure| &*measure.id)).or_else(|| {
            // the last part alone often says what was meant: `exports` for `trade.goods.exports`
            let found = self.measures.iter().find(|measure| last(&measure.id).as_deref() == Some(word));
            found.map(|measure| &*measure.id)
        })
    }

    pub fn nearest_subject(&self, word: &str) -> Option<&str> {
        nearest(word, self.subject_ids())
    }

    pub(super) fn add_qualifier(&mut self, qualifier: Qualifier) -> Option<QualifierId> {
        if let Some(&id) = self.qualifier_ids.get(&qualifier.id) {
            self.qualifiers[id.0 as usize] = qualifier;
            return Some(id);
        }
        let id = QualifierId(u16::try_from(self.qualifiers.len()).ok()?);
        self.qualifier_ids.insert(qualifier.id.clone(), id);
        self.qualifiers.push(qualifier);
        Some(id)
    }

    pub(super) fn add_measure(&mut self, mut measure: Measure) -> Option<MeasureId> {
        measure.keys = self.keys(&measure);
        if let Some(&id) = self.measure_ids.get(&measure.id) {
            self.measures[id.0 as usize] = measure;
            return Some(id);
        }
        let id = MeasureId(u16::try_from(self.measures.len()).ok()?);
        self.measure_ids.insert(measure.id.clone(), id);
        for (dot, _) in measure.id.match_indices('.') {
            if let Some(base) = self.measure_id(&measure.id[..dot]) {
                self.below[usize::from(base.0)].push((measure.id[dot + 1..].into(), id));
            }
        }
        let part = |other: &Measure| other.id.strip_prefix(&*measure.id)?.strip_prefix('.').map(Box::from);
        self.below.push(self.measures().filter_map(|(below, other)| Some((part(other)?, below))).collect());
        self.measures.push(measure);
        Some(id)
    }

    fn keys(&self, measure: &Measure) -> Vec<QualifierId> {
        let mut keys = measure.qualifiers.clone();
        keys.extend(self.qualifiers().filter(|(_, qualifier)| qualifier.every).map(|(id, _)| id));
        if measure.dimension.has_currency() {
            keys.extend(self.qualifier_id(CURRENCY));
            keys.extend(self.qualifier_id(PER_CURRENCY));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    pub(super) fn add_subject(&mut self, id: &str, subject: Subject) {
        let name = self.names.intern(id);
        self.subjects.insert(name, subject);
    }
}
