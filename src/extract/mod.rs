//! Figures in texts: a document in, its [`Mention`]s out.
//!
//! One grammar reads Arabic, English and Russian; the words are data, in `rules/languages/`. A text is read a paragraph
//! at a time, so that memory does not grow with it, and what only the whole can settle is settled over the mentions.
//! What a figure is *about* is not decided here.
//!
//! ```
//! use kzcheck::extract::{Options, mentions};
//!
//! let found = mentions("The border is 6,467 km long.", &Options::default());
//! assert_eq!(&*found[0].text, "6,467 km");
//! assert_eq!(found[0].unit.as_deref(), Some("km"));
//! ```

mod amount;
mod bounds;
mod cited;
mod compound;
mod date;
mod exclude;
mod figure;
mod figure_table;
mod heads;
mod hedge;
mod item;
mod mention;
mod number;
pub mod output;
pub(crate) mod pack;
mod range;
mod reader;
mod scan;
mod settle;
mod sort;
mod token;
mod unit;

pub use figure_table::FigureTable;
pub use heads::Total;
pub use mention::{Figure, Kind, Mention, Reading};
pub(crate) use pack::fold::Folded;
pub(crate) use pack::folded;
pub use pack::{Fault, Packs, SHIPPED};
pub use reader::{Extraction, mentions, read, read_blocks, read_document, read_source};
pub(crate) use token::script_name;

/// How to read a document.
#[derive(Clone, Copy, Debug)]
pub struct Options<'p> {
    /// The language of the document; otherwise that of each paragraph is told from its letters.
    pub language: Option<LanguageChoice>,
    /// The words of figures.
    pub packs: &'p Packs,
}

impl<'p> Options<'p> {
    /// For a document that says its language, by a code such as `ar`, or leaves it to be told.
    pub fn of(language: Option<&str>, packs: &'p Packs) -> Options<'p> {
        Options { language: language.and_then(|code| LanguageChoice::named(code, packs)), packs }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { language: None, packs: &pack::SHIPPED }
    }
}

/// A language that there is a pack for, by its index in the packs that it was asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageChoice(usize);

impl LanguageChoice {
    /// The language with this code (`ar`), or `None` if there is no pack for it.
    pub fn named(id: &str, packs: &Packs) -> Option<LanguageChoice> {
        packs.language(id).map(LanguageChoice)
    }

    /// Its code, in the packs that it was asked of.
    pub fn code(self, packs: &Packs) -> Option<&str> {
        packs.languages().get(self.0).map(|language| &*language.id)
    }

    /// The codes of all languages that there are packs for.
    pub fn codes(packs: &Packs) -> impl Iterator<Item = &str> {
        packs.languages().iter().filter(|language| !language.script.is_empty()).map(|language| &*language.id)
    }
}
