//! What the words of `[relation]` and `[role]` in the language packs do.

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a word says about how figures belong together.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cue { $($(#[$doc])* $name,)* }

        /// Every cue with its name in the language packs.
        #[allow(dead_code, reason = "the build script reads the packs, the program does not")]
        pub const CUES: &[(&str, Cue)] = &[$(($word, Cue::$name),)*];
    };
}

cues! {
    /// The figure that it stands with is a total.
    Total = "total",
    /// Introduces the total of what was listed before it.
    TotalAfter = "total-after",
    /// What remains of a whole: it closes a list of parts.
    Other = "other",
    /// Opens parts of what was said before.
    OfWhich = "of-which",
    /// What is listed are only some.
    Open = "open",
    /// A figure is for each one, or in a given order: it adds up to nothing.
    Each = "each",
    /// Before a new value.
    To = "to",
    /// Before an old value, or a place that something is from.
    From = "from",
    /// Before an old value.
    Compared = "compared",
    /// Behind an old value: a year earlier.
    Earlier = "earlier",
    /// A verb that says that something grew.
    Rises = "rises",
    /// A verb that says that something shrank.
    Sinks = "sinks",
    /// Before the size of a change.
    By = "by",
    /// Something went on for a time.
    Lasts = "lasts",
    /// A time between two things, and not how long one went on.
    Apart = "apart",
    /// Before the day of a birth.
    Born = "born",
    /// A death.
    Died = "died",
    /// Before an age.
    Aged = "aged",
    /// Something grew.
    Up = "up",
    /// Something shrank.
    Down = "down",
    /// Between a part and its whole.
    Of = "of",
    /// Between a part and its whole, and nothing else.
    OutOf = "out-of",
    /// Joins the items of a list.
    And = "and",
    /// A word that may have the conjunction written as one with it; no pack has it.
    Joined = "joined",
    /// An amount is for each of several.
    Apiece = "apiece",
    /// Behind a percentage, before the old or planned value that it is of.
    Index = "index",
    /// The same figure again, in another unit.
    Same = "same",
    /// Before a share of what was just said.
    Ratio = "ratio",
    /// Before the parts into which a whole is divided, all of them.
    Divided = "divided",
    /// The parts overlap, so that they need not add up.
    Overlap = "overlap",
    /// Shares of one whole follow.
    Composition = "composition",
    /// What follows is a remark and no item.
    Note = "note",
    /// Beside the word of a family it makes no other quantity of it: *the* exports, *annual* exports.
    Plain = "plain",
    /// A phrase whose words do nothing here.
    Nothing = "nothing",
    /// What it heads are averages of the others.
    Mean = "mean",
}

/// What a word stands for in a family of figures that are bound by definition, such as exports, imports and trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(dead_code, reason = "the program uses it, the build script only writes its names")]
pub enum Role {
    /// All parts together.
    Whole,
    /// The part that comes in.
    Gain,
    /// The part that goes out.
    Loss,
    /// How much more comes in than goes out.
    Surplus,
    /// The part as a share of the whole.
    Share,
    /// How much more goes out than comes in.
    Deficit,
    /// By how much the two differ, whichever is more.
    Balance,
    /// One of several parts, counted from 1.
    Part(u8),
}
