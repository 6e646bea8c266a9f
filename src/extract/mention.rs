//! A mention: a span of a document that states a figure, and what the figure says.

use crate::figure::{Hedge, Number};

/// What a figure is of. The names are those of the machine format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A share in hundredths.
    Percent,
    /// A length, an area, a mass, a temperature … and percentage points.
    Quantity,
    /// An amount of money.
    Money,
    /// A number of things or people.
    Count,
    /// A day or a month.
    Date,
    /// A year.
    Year,
    /// A century.
    Century,
    /// A stretch of time with two ends, or one with a name: a decade, a quarter.
    Period,
    /// An amount of time.
    Duration,
    /// A place in an order.
    Rank,
    /// A fraction or a multiple.
    Ratio,
    /// How old something is.
    Age,
    /// A number of which the text does not say what it is of.
    Number,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Percent => "percent",
            Kind::Quantity => "quantity",
            Kind::Money => "money",
            Kind::Count => "count",
            Kind::Date => "date",
            Kind::Year => "year",
            Kind::Century => "century",
            Kind::Period => "period",
            Kind::Duration => "duration",
            Kind::Rank => "rank",
            Kind::Ratio => "ratio",
            Kind::Age => "age",
            Kind::Number => "number",
        }
    }
}

/// The numbers of a figure in one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number written, after its scale word; none for a range.
    pub nominal: Option<Number>,
    /// The least number that it stands for; none where there is no end.
    pub low: Option<Number>,
    /// The greatest.
    pub high: Option<Number>,
    /// The lower end of a range, as written.
    pub from: Option<Number>,
    /// The upper end of a range.
    pub to: Option<Number>,
}

/// Another reading of a mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its numbers.
    pub figure: Figure,
    /// Its date.
    pub date: Option<Box<str>>,
}

/// A figure in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the document, or of the part of an archive.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The block that it stands in, by index in the document.
    pub block: u32,
    /// Where it starts in the text of the block.
    pub offset: u32,
    /// The figure with its unit, as a reader of the document sees it.
    pub text: Box<str>,
    /// What it is of.
    pub kind: Kind,
    /// Its numbers.
    pub figure: Figure,
    /// `%`, `points`, a currency's ISO 4217 code, or the id of a unit.
    pub unit: Option<Box<str>>,
    /// A date or period, in the notation of [`crate::figure::date`].
    pub date: Option<Box<str>>,
    /// What the words around it make of it.
    pub hedge: Option<Hedge>,
    /// Other readings that the document does not exclude.
    pub alternatives: Vec<Reading>,
    /// The language of its paragraph, by index among the packs.
    pub(super) language: u8,
    /// The mark in its number, as evidence for the rest of the document.
    pub(super) mark: Option<super::number::Mark>,
    /// Whether a scale word of milliards or more follows, before which thousands are seldom written out.
    pub(super) is_scaled_far: bool,
}

impl Mention {
    /// Whether its number has a letter for a decimal mark and nothing says on which side the decimals stand.
    pub(crate) fn may_be_turned(&self) -> bool {
        self.mark.is_some_and(|mark| mark.letter == super::settle::DECIMAL_LETTER) && !self.alternatives.is_empty()
    }

    /// How many digits stand together in each group of its number as it is written: 2, 3, 3 for `27.136.977`.
    pub(crate) fn digit_groups(&self) -> Vec<usize> {
        let groups = self.text.split(|letter: char| !letter.is_numeric());
        groups.filter(|group| !group.is_empty()).map(|group| group.chars().count()).collect()
    }

    /// Digits that the grammar takes for no figure (the mark of a note, a number in a name), as a plain number.
    pub fn bare(text: &str, start: usize, place: crate::document::Place, nominal: Option<Number>) -> Mention {
        Mention {
            start,
            end: start + text.len(),
            line: place.line,
            column: place.column,
            block: 0,
            offset: 0,
            language: 0,
            text: text.into(),
            kind: Kind::Number,
            figure: Figure { low: nominal.clone(), high: nominal.clone(), nominal, ..Figure::default() },
            unit: None,
            date: None,
            hedge: None,
            alternatives: Vec::new(),
            mark: None,
            is_scaled_far: false,
        }
    }
}
