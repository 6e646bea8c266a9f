//! The few ways in which a text ties figures together. They are the same in all languages, and each is bound to a rule.

use crate::document::Span;

/// What a text asserts about some of its figures, which are indexes among its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structure {
    /// Parts and the whole that they make. `closed`: these are all parts; otherwise they are some.
    List { whole: usize, parts: Vec<usize>, closed: bool },
    /// Shares that divide one whole among them.
    Shares { shares: Vec<usize> },
    /// A share with its part and its whole.
    ShareOf { share: usize, part: usize, whole: usize },
    /// A share with its part, where all parts are listed and make the whole together.
    ShareOfListed { share: usize, part: usize, parts: Vec<usize> },
    /// Two shares with their parts, of one whole that nobody states.
    Proportion { share: usize, part: usize, of_share: usize, of_part: usize },
    /// A change with the value before and after it; a fall is below zero.
    Change { change: usize, old: usize, new: usize, falls: bool, unit: ChangeUnit },
    /// A change along a range, from its first end to its last: `from 607 to 709 million, an increase of 16.8 %`.
    ChangeAlong { change: usize, range: usize, unit: ChangeUnit },
    /// A change in percent and as an amount, with the value after it; a fall is below zero.
    ChangeBy { change: usize, by: usize, new: usize, falls: bool },
    /// What rose or fell: one figure lies below another.
    Order { less: usize, more: usize },
    /// What rose or fell along a range, from its first end to its last.
    OrderAlong { range: usize, falls: bool },
    /// How long a stretch of time lasts.
    Lasting { duration: usize, extent: usize },
    /// An age on a day, with the birth.
    Age { age: usize, birth: usize, day: usize },
    /// So many things at so much each.
    Product { product: usize, factor: usize, by: usize },
    /// How many people there are to an area.
    Density { density: usize, population: usize, area: usize },
    /// An age at the end of a life that is given by its dates.
    AgeAlong { age: usize, life: usize },
    /// A day that its month may not have.
    DayOf { day: usize, month: usize },
    /// A figure that is more than there can be of its kind, as its digits say all that its scale word says again.
    WrittenOut { figure: usize, most: i64 },
    /// By how much one figure exceeds another.
    Difference { difference: usize, larger: usize, smaller: usize },
    /// One figure twice, in two units or in words and digits.
    SameAgain { one: usize, also: usize },
    /// A figure of the text that a table has in a cell, which may leave thousands or millions to its head: `shift` is their
    /// power of ten.
    InCell { cell: usize, said: usize, shift: i32 },
    /// The average of figures.
    Mean { mean: usize, values: Vec<usize> },
    /// An amount in two currencies, at the rate of another amount in the same two.
    Exchange { amount: usize, again: usize, like: usize, like_again: usize },
    /// A number of things and the things, listed.
    Count { count: usize, items: Vec<usize> },
    /// A number of things and their names, listed, by their places in the text.
    Named { count: usize, names: Vec<Span> },
    /// A date that says more than needed: its weekday, its month by two names, or its year again in another calendar.
    Dated { date: usize, again: Option<usize> },
}

/// What a change is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeUnit {
    /// Hundredths of the old value.
    Percent,
    /// Hundredths of the whole, between two shares.
    Points,
    /// How many times the old value.
    Times,
}

/// What structures are counted as for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    List,
    Share,
    Change,
    Difference,
    SameAgain,
    Count,
    Order,
    Product,
    Duration,
    Date,
    Notation,
}

impl Sort {
    /// The word for one of them.
    pub fn word(self) -> &'static str {
        match self {
            Sort::List => "list",
            Sort::Share => "share",
            Sort::Change => "change",
            Sort::Difference => "difference",
            Sort::SameAgain => "figure given twice",
            Sort::Count => "count",
            Sort::Order => "order",
            Sort::Product => "product",
            Sort::Duration => "duration",
            Sort::Date => "date",
            Sort::Notation => "notation",
        }
    }
}

impl Structure {
    /// What it is counted as.
    pub fn sort(&self) -> Sort {
        match self {
            Structure::List { .. } => Sort::List,
            Structure::Shares { .. }
            | Structure::ShareOf { .. }
            | Structure::ShareOfListed { .. }
            | Structure::Proportion { .. } => Sort::Share,
            Structure::Change { .. } | Structure::ChangeAlong { .. } | Structure::ChangeBy { .. } => Sort::Change,
            Structure::Order { .. } | Structure::OrderAlong { .. } => Sort::Order,
            Structure::Lasting { .. } | Structure::Age { .. } | Structure::AgeAlong { .. } => Sort::Duration,
            Structure::Product { .. } | Structure::Density { .. } | Structure::Mean { .. } => Sort::Product,
            Structure::Difference { .. } => Sort::Difference,
            Structure::SameAgain { .. } | Structure::InCell { .. } | Structure::Exchange { .. } => Sort::SameAgain,
            Structure::Count { .. } | Structure::Named { .. } => Sort::Count,
            Structure::Dated { .. } | Structure::DayOf { .. } => Sort::Date,
            Structure::WrittenOut { .. } => Sort::Notation,
        }
    }

    /// The share, or the change in percent, that it ties to what it is of.
    pub(super) fn tied_share(&self) -> Option<usize> {
        match self {
            Structure::ShareOf { share, .. } | Structure::Change { change: share, .. } => Some(*share),
            _ => None,
        }
    }

    /// The mentions that take part.
    pub fn figures(&self) -> Vec<usize> {
        match self {
            Structure::List { whole, parts, .. } => std::iter::once(*whole).chain(parts.iter().copied()).collect(),
            Structure::Shares { shares } => shares.clone(),
            Structure::ShareOf { share, part, whole } => vec![*share, *part, *whole],
            Structure::ShareOfListed { share, part, parts } => {
                [*share, *part].into_iter().chain(parts.iter().copied()).collect()
            }
            Structure::Proportion { share, part, of_share, of_part } => vec![*share, *part, *of_share, *of_part],
            Structure::Change { change, old, new, .. } => vec![*change, *old, *new],
            Structure::ChangeAlong { change, range, .. } => vec![*change, *range],
            Structure::ChangeBy { change, by, new, .. } => vec![*change, *by, *new],
            Structure::Order { less, more } => vec![*less, *more],
            Structure::OrderAlong { range, .. } => vec![*range],
            Structure::Lasting { duration, extent } => vec![*duration, *extent],
            Structure::Product { product, factor, by } => vec![*product, *factor, *by],
            Structure::Mean { mean, values } => std::iter::once(*mean).chain(values.iter().copied()).collect(),
            Structure::Density { density, population, area } => vec![*density, *population, *area],
            Structure::AgeAlong { age, life } => vec![*age, *life],
            Structure::DayOf { day, month } => vec![*day, *month],
            Structure::Age { age, birth, day } => vec![*age, *birth, *day],
            Structure::Difference { difference, larger, smaller } => vec![*difference, *larger, *smaller],
            Structure::SameAgain { one, also } => vec![*one, *also],
            Structure::InCell { cell, said, .. } => vec![*cell, *said],
            Structure::Exchange { amount, again, like, like_again } => vec![*amount, *again, *like, *like_again],
            Structure::Count { count, .. } | Structure::Named { count, .. } => vec![*count],
            Structure::Dated { date, .. } => vec![*date],
            Structure::WrittenOut { figure, .. } => vec![*figure],
        }
    }
}
