//! The raw stage of rule files: what the TOML says, with the span of every name and value. Nothing is resolved here;
//! unknown keys are refused by serde. The doc comments below become the text of the JSON Schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A file of the `rules/` folder: vocabulary and rules. Every file may hold any of the tables.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Units beyond the shipped ones.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawUnit>")]
    pub unit: BTreeMap<Spanned<String>, RawUnit>,
    /// Qualifiers: the keys that tell facts of one measure apart. One qualifier means the same in every measure.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawQualifier>")]
    pub qualifier: BTreeMap<Spanned<String>, RawQualifier>,
    /// Facets: measures derived from others. `trade.goods` with the facet `share` gives `trade.goods.share`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawFacet>")]
    pub facet: BTreeMap<Spanned<String>, RawFacet>,
    /// What claims are about.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawSubject>")]
    pub subject: BTreeMap<Spanned<String>, RawSubject>,
    /// What is measured.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawMeasure>")]
    pub measure: BTreeMap<Spanned<String>, RawMeasure>,
    /// Words by which the notation rules read a figure as the text writes it.
    pub notation: Option<RawNotation>,
    /// Words by which a sentence says how its parts belong together, by what they do. Later files add to earlier ones.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Words>")]
    pub phrase: BTreeMap<Spanned<String>, Words>,
    /// Relations that facts must satisfy.
    #[serde(default)]
    #[schemars(with = "Vec<RawRule>")]
    pub rule: Vec<Spanned<RawRule>>,
}

/// Words and phrases by language: `en = ["exports"]`.
pub type Words = BTreeMap<String, Vec<String>>;

/// Words of a text that the notation rules know. Later files add to earlier ones.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNotation {
    /// Names of months in every language and tradition, with their number.
    #[serde(default)]
    pub months: BTreeMap<String, u8>,
    /// Signs and words that make a figure a percentage.
    #[serde(default)]
    pub percent: Vec<String>,
    /// Marks of a Hijri year.
    #[serde(default)]
    pub hijri: Vec<String>,
    /// Marks of a Gregorian year.
    #[serde(default)]
    pub gregorian: Vec<String>,
}

/// A unit of measurement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// The dimension: `length`, `area`, `volume`, `mass`, `duration`, `money`, `persons`, `count`, `ratio`, `points`.
    #[schemars(with = "String")]
    pub dimension: Spanned<String>,
    /// How many base units (metre, kilogram, day, one) make one of these; a decimal or a fraction `p/q`.
    #[schemars(with = "Option<String>")]
    pub factor: Option<Spanned<String>>,
    /// For calendar units in place of `factor`: how many calendar months.
    pub months: Option<u32>,
    /// Other spellings that claims may use.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A qualifier.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawQualifier {
    /// What its values are: `subject`, `period` or `qualifier`; left out, any word.
    #[schemars(with = "Option<String>")]
    pub of: Option<Spanned<String>>,
    /// All its values, where the vocabulary knows them; only then is a set of them ever complete.
    #[serde(default)]
    pub members: Vec<String>,
    /// The value that stands for all together; a claim that leaves the qualifier out means it.
    pub total: Option<String>,
    /// Leaving it out is an error.
    #[serde(default)]
    pub required: bool,
    /// All measures have it.
    #[serde(default)]
    pub every: bool,
    /// Words by which rules choose qualifiers (`$q is partition`).
    #[serde(default)]
    pub tags: Vec<String>,
    /// What texts call its values, by value and language: `muslim.en = ["Muslims"]`.
    #[serde(default)]
    pub names: BTreeMap<String, Words>,
    /// Its values may be subjects of these kinds too, which texts name: a place is a country or a city. Of a qualifier
    /// whose values are subjects, what they are.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The measure that a figure beside one of its values states, where nothing else is spoken of: `Muslims 97 %`.
    #[schemars(with = "Option<String>")]
    pub measure: Option<Spanned<String>>,
    /// What it says, for people.
    pub summary: Option<String>,
}

/// A derived kind of measure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFacet {
    /// Its dimension; a quotient such as `persons/area` is one too.
    #[schemars(with = "String")]
    pub dimension: Spanned<String>,
    /// Qualifiers beside those of its measure.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub qualifiers: Vec<Spanned<String>>,
    /// Tags beside none of its measure's.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The least value there can be, in the notation of claims or as a bare number of base units.
    #[schemars(with = "Option<String>")]
    pub min: Option<Spanned<RawBound>>,
    /// The greatest value there can be.
    #[schemars(with = "Option<String>")]
    pub max: Option<Spanned<RawBound>>,
    /// How its figures are rounded: `nearest` (the default) or `truncated`.
    #[schemars(with = "Option<String>")]
    pub rounding: Option<Spanned<String>>,
    /// A fact may have several values.
    #[serde(default)]
    pub many: bool,
    /// Words by which a text speaks of it, by language; `extract` finds the measure of a figure by them.
    #[serde(default)]
    pub cues: Words,
    /// What it says, for people.
    pub summary: Option<String>,
}

/// Something that is measured.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMeasure {
    /// Its dimension: length, area, volume, mass, duration, money, persons, count, ratio, points, date, period, rank,
    /// or a quotient such as `persons/km2`.
    #[schemars(with = "String")]
    pub dimension: Spanned<String>,
    /// The qualifiers that its claims may have.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub qualifiers: Vec<Spanned<String>>,
    /// The facets that derive further measures from it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub facets: Vec<Spanned<String>>,
    /// Words by which rules choose measures (`$m is flow`).
    #[serde(default)]
    pub tags: Vec<String>,
    /// The least value there can be, in the notation of claims or as a bare number of base units.
    #[schemars(with = "Option<String>")]
    pub min: Option<Spanned<RawBound>>,
    /// The greatest value there can be.
    #[schemars(with = "Option<String>")]
    pub max: Option<Spanned<RawBound>>,
    /// How its figures are rounded: `nearest` (the default) or `truncated`.
    #[schemars(with = "Option<String>")]
    pub rounding: Option<Spanned<String>>,
    /// A fact may have several values.
    #[serde(default)]
    pub many: bool,
    /// Qualifiers of its own without which `extract` binds no figure to it: a price is of something.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub needs: Vec<Spanned<String>>,
    /// The kinds of subjects that it is of, for `extract`; without any, of all.
    #[serde(default)]
    pub of: Vec<String>,
    /// The kinds of subjects beside which a date or period alone states it, where nothing else is spoken of.
    #[serde(default)]
    pub bare: Vec<String>,
    /// How a text names its other side: `with`, `to`, `from`, `adjective`. Without any, by the first three.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub other_side: Vec<Spanned<String>>,
    /// Words by which a text speaks of it, by language; `extract` finds the measure of a figure by them.
    #[serde(default)]
    pub cues: Words,
    /// Of a date: words that say what there was not before it, as in `no state before 1991`.
    #[serde(default)]
    pub absent: Words,
    /// What the other side is called where its place in the order is told: `the second largest trading partner of`.
    #[serde(default)]
    pub partners: Words,
    /// What it says, for people.
    pub summary: Option<String>,
}

/// A bound, as a literal or a whole number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawBound {
    Number(i64),
    Text(String),
}

/// Something that claims are about.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSubject {
    /// Its names in each language, the first one for display.
    #[serde(default)]
    pub names: Words,
    /// Words for what belongs to it, in each language: `Russian`.
    #[serde(default)]
    pub adjectives: Words,
    /// A code such as ISO 3166.
    pub code: Option<String>,
    /// What kind of thing it is, as measures name them: `country`, `treaty`, `person`.
    pub kind: Option<String>,
    /// What it is, for people.
    pub summary: Option<String>,
}

/// A relation that facts must satisfy.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    /// Words in kebab case that read well after "allow".
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What it asserts, in one line.
    pub summary: String,
    /// `error` (the default), `warning` or `note`.
    #[schemars(with = "Option<String>")]
    pub severity: Option<Spanned<String>>,
    /// The version of kzcheck in which the rule came (`"0.2"`). A project that is for an older one (`rules-version`)
    /// gets notes from it.
    #[schemars(with = "Option<String>")]
    pub since: Option<Spanned<String>>,
    /// Which facts it speaks of. `{ measure = "…", KEY = VALUE }` matches facts; `{}` and `{ set = true }` are bound by
    /// a `[[check]]` in a claim file.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, RawTermValue>>")]
    pub terms: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<RawTermValue>>>,
    /// Conditions on the variables, joined by `and`.
    #[serde(rename = "where")]
    #[schemars(with = "Option<String>")]
    pub conditions: Option<Spanned<String>>,
    /// What must hold between the terms.
    #[schemars(with = "Option<String>")]
    pub assert: Option<Spanned<String>>,
    /// For what TOML cannot express: the name of a check in the program, in place of `terms` and `assert`.
    #[schemars(with = "Option<String>")]
    pub builtin: Option<Spanned<String>>,
    /// Why it matters and when it is wrong, for `kzcheck explain`.
    pub why: Option<String>,
    /// Rules that see the same mistake: a finding of theirs about these claims, more of them or fewer, is held back.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub instead_of: Vec<Spanned<String>>,
    /// What probably happened, where another relation holds in place of the asserted one.
    #[serde(default)]
    pub hint: Vec<RawHint>,
    /// Values for the terms with which the rule holds.
    #[serde(default)]
    #[schemars(with = "Vec<BTreeMap<String, RawExampleValue>>")]
    pub pass: Vec<Spanned<BTreeMap<String, RawExampleValue>>>,
    /// Values with which it holds only if a figure was rounded coarsely.
    #[serde(default)]
    #[schemars(with = "Vec<BTreeMap<String, RawExampleValue>>")]
    pub strained: Vec<Spanned<BTreeMap<String, RawExampleValue>>>,
    /// Values with which it fails.
    #[serde(default)]
    #[schemars(with = "Vec<BTreeMap<String, RawExampleValue>>")]
    pub fail: Vec<Spanned<BTreeMap<String, RawExampleValue>>>,
}

/// The value of a key of a term.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawTermValue {
    Flag(bool),
    Text(String),
}

/// An explanation for a finding.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHint {
    /// A relation between the same terms.
    #[schemars(with = "String")]
    pub assert: Spanned<String>,
    /// What it would mean if that relation held.
    pub say: String,
}

/// A value, or the values of a set.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawExampleValue {
    One(String),
    Several(Vec<String>),
}
