//! What the words of the language packs mean: the small vocabulary that the one grammar of figures is written in.
//!
//! A word may have several senses (`second` is a place and a unit of time); the grammar asks for the one it needs. Senses
//! are plain data, so that the build script can write them into the program as tables.

/// One meaning of a word or phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A number below a thousand.
    Cardinal(u16),
    /// A number given in tenths: 15 is one and a half.
    Tenths(u16),
    /// A place below a thousand: `twenty-first` ends in `Ordinal(1)`.
    Ordinal(u16),
    /// Multiplies what stands before it by a hundred.
    Hundred,
    /// A fixed number of things: a dozen.
    Dozen(u16),
    /// A power of ten, `times` over: the Arabic dual of a thousand is 2 × 10³. None over is a plural (`thousands`),
    /// which says nothing without a number before it.
    Scale { exponent: u8, times: u8 },
    /// A power of ten as a place: the millionth.
    OrdinalScale(u8),
    /// One part of so many: a half is 2.
    Fraction(u16),
    /// Several parts in one word: the Arabic dual of a third is 2 of 3.
    Share { count: u8, parts: u8 },
    /// A unit. One of it is `many`/`parts` of the unit named: a cent is 1/100 of a dollar.
    Unit { unit: u16, many: u16, parts: u16 },
    /// A unit with its number in one word, counted in halves: the dual of `hour` is 4, `полчаса` is 1, and absolute zero
    /// is no kelvin.
    Counted { unit: u16, halves: u8 },
    /// An ISO 4217 code, valid in capitals only.
    Code(u16),
    /// Such a code behind a letter for a power of ten: `MUSD`.
    ScaledCode { unit: u16, exponent: u8 },
    /// A letter or two for a power of ten, only right behind a number: `5k`.
    ScaleSuffix(u8),
    /// A month of the Gregorian calendar.
    Month(u8),
    /// A month of the Hijri calendar.
    HijriMonth(u8),
    /// A day of the week, Monday is 1.
    Weekday(u8),
    /// Ten years named by a word: 90 is the nineties.
    Decade(u16),
    /// A season as EDTF numbers them: 21 is spring.
    Season(u8),
    /// What a word does in a sentence.
    Cue(Cue),
}

impl Sense {
    /// Whether a figure may be made of it: without one such word or digits, a text has none.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Sense::Cardinal(_)
                | Sense::Tenths(_)
                | Sense::Ordinal(_)
                | Sense::Hundred
                | Sense::Dozen(_)
                | Sense::Scale { .. }
                | Sense::OrdinalScale(_)
                | Sense::Fraction(_)
                | Sense::Share { .. }
                | Sense::Counted { .. }
                | Sense::Decade(_)
                | Sense::Cue(Cue::Century)
        )
    }
}

impl Sense {
    /// Whether a figure may begin with it, with its number behind: a currency, a month, `the year`.
    #[allow(dead_code, reason = "the build script does not ask")]
    pub fn may_stand_before_number(self) -> bool {
        matches!(
            self,
            Sense::Code(_)
                | Sense::ScaledCode { .. }
                | Sense::Month(_)
                | Sense::HijriMonth(_)
                | Sense::Weekday(_)
                | Sense::Season(_)
                | Sense::Cue(
                    Cue::Minus
                        | Cue::Year
                        | Cue::Years
                        | Cue::Quarter
                        | Cue::HalfYear
                        | Cue::Early
                        | Cue::Mid
                        | Cue::Late
                        | Cue::Rank
                        | Cue::PercentOf
                )
        )
    }
}

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What sets one language's way of writing figures apart from another's. A pack says so by `name = true`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Trait { $($(#[$doc])* $name,)* }

        /// Every trait with its name in the language packs.
        #[allow(dead_code, reason = "the build script reads the packs")]
        pub const TRAITS: &[(&str, Trait)] = &[$(($word, Trait::$name),)*];
    };
}

traits! {
    /// `1/2/2020` is the second of January.
    MonthFirst = "month-first",
    /// A day may stand behind its month: `May 4`.
    DayBehindMonth = "day-behind-month",
    /// A day in words is a place in an order, unless a year follows: `the fourth of May`, but `one may ask`.
    DayIsPlace = "day-is-place",
    /// 25 is `five and twenty`.
    UnitsBeforeTens = "units-before-tens",
    /// Its `and` stands within a number only behind a hundred or a scale word.
    JoinsAfterHundred = "joins-after-hundred",
    /// A year is said in two halves: nineteen ninety-six.
    YearInHalves = "year-in-halves",
    /// Behind the word for a year stand no years of three digits: `in year 500` counts something.
    YearIsLong = "year-is-long",
    /// The letters of an era are capitals.
    EraInCapitals = "era-in-capitals",
    /// A decade by its name needs a word for years: `девяностые годы`.
    DecadeNeedsYears = "decade-needs-years",
    /// Tens and units may be written as one word: `twentyone`, `thirtyfirst`.
    TensAndUnitsJoin = "tens-and-units-join",
    /// One may stand behind what it counts, which is a word by itself: `شهر واحد`.
    OneBehind = "one-behind",
    /// `one` that ends a phrase is a pronoun: `a big one.`
    OneIsPronoun = "one-is-pronoun",
    /// Its word for a thousand is another word, too, where nothing is counted.
    ThousandIsWord = "thousand-is-word",
    /// A noun that a place agrees with has the article or a suffix; without, it is a name: `رمسيس الثاني`.
    NameHasNoArticle = "name-has-no-article",
    /// The word for a rank belongs to the figure: `المرتبة الثالثة`.
    RankHasWord = "rank-has-word",
}

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a word does for the figures around it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cue { $($(#[$doc])* $name,)* }

        /// Every cue with its name in the language packs.
        #[allow(dead_code, reason = "the build script reads the packs, the program does not")]
        pub const CUES: &[(&str, Cue)] = &[$(($word, Cue::$name),)*];
    };
}

cues! {
    /// Joins parts of one number, or two figures.
    And = "and",
    /// Joins a second choice: or.
    Or = "or",
    /// An indefinite article, which counts as one.
    An = "an",
    /// A definite article standing by itself.
    The = "the",
    /// Between a figure and what it is of.
    Of = "of",
    /// Makes a number negative.
    Minus = "minus",
    /// Makes a number before it negative: below zero.
    MinusAfter = "minus-after",
    /// Makes a number positive, which it is anyway.
    Plus = "plus",
    /// Between the whole and the decimal digits.
    Point = "point",
    /// Between the whole and its fraction: `две целых три десятых`.
    Whole = "whole",
    /// More than what follows.
    Above = "above",
    /// At least what follows.
    AtLeast = "at-least",
    /// Less than what follows.
    Below = "below",
    /// At most what follows.
    AtMost = "at-most",
    /// Roughly what follows.
    About = "about",
    /// A figure before it is a lower bound, not included.
    AboveAfter = "above-after",
    /// A figure before it is a lower bound.
    AtLeastAfter = "at-least-after",
    /// A figure before it is an upper bound.
    AtMostAfter = "at-most-after",
    /// A figure before it is rough.
    AboutAfter = "about-after",
    /// Exactly what follows.
    Equal = "equal",
    /// A date before it, as a bound: before 1991.
    Before = "before",
    /// A date after it, as a bound: after 1991.
    After = "after",
    /// Opens a range that `and` closes.
    Between = "between",
    /// Opens a range that `to` closes.
    From = "from",
    /// Stands between the ends of a range.
    To = "to",
    /// A year follows or stands before it.
    Year = "year",
    /// A mark behind a year.
    YearAfter = "year-after",
    /// Years in the plural, before or behind two of them or a decade.
    Years = "years",
    /// A century.
    Century = "century",
    /// A decade, with its number.
    Decade = "decade",
    /// What follows a decade in digits: the `s` of `1990s`.
    DecadeAfter = "decade-after",
    /// A quarter of a year, with its number.
    Quarter = "quarter",
    /// A half of a year, with its number.
    HalfYear = "half-year",
    /// The month as a word, with its number.
    MonthWord = "month-word",
    /// The first part of a time.
    Early = "early",
    /// The middle of a time.
    Mid = "mid",
    /// The last part of a time.
    Late = "late",
    /// Years before the common era.
    BeforeEra = "before-era",
    /// Years of the common era.
    Era = "era",
    /// Years of the Hijra.
    Hijri = "hijri",
    /// An age follows.
    Age = "age",
    /// A duration before it is an age.
    AgeAfter = "age-after",
    /// A rank follows: in place …
    Rank = "rank",
    /// Makes a cardinal before it a rank: ordinal endings behind digits.
    OrdinalSuffix = "ordinal-suffix",
    /// A percentage follows that has no sign: `percent of`, `نسبة`.
    PercentOf = "percent-of",
    /// Between the parts and the whole of a ratio: `one in five`, `ثلاثة من كل عشرة`.
    InEvery = "in-every",
    /// Joins two bounds as `and` does: `more than ten but less than twenty`.
    But = "but",
    /// What follows says how much something is: a figure in brackets behind it is negative, as accounts write it.
    Is = "is",
    /// A number before it is a multiple of something.
    Times = "times",
    /// Between a quantity and the unit that it is per.
    Per = "per",
    /// Stands before what is a point of time: in, since, until.
    When = "when",
    /// What follows is a name of something: a version, a page, a telephone number.
    Identifier = "identifier",
    /// A place before it names something: `10th Street`.
    IdentifierAfter = "identifier-after",
    /// A scale word behind it says no amount: `a few hundred`.
    Vague = "vague",
    /// A number that counts what stands right behind it, and alone is another word.
    NeedsNoun = "needs-noun",
    /// What follows is somebody's: `in his fifties` is an age and no decade.
    Whose = "whose",
    /// A time of day stands before it.
    ClockAfter = "clock-after",
    /// A time of day follows.
    Clock = "clock",
    /// Before `one` and `first`, these are no figures.
    NoCount = "no-count",
    /// Behind `one`, it is a pronoun.
    Pronoun = "pronoun",
    /// A unit of one letter that may stand behind a blank: `5 m`, where `5 p` is no pence.
    SpacedUnit = "spaced-unit",
    /// Between a number and its unit without changing either: `2 more minutes`.
    Filler = "filler",
    /// A word that looks like a figure and is none.
    Never = "never",
    /// The head of a row or column that is all the others together.
    Total = "total",
}
