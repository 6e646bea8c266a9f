//! Claims by the thousand, for measuring: consistent under rounding, with a known number of contradictions among them.
//!
//! Every true value is made first and then rounded, each figure by itself, as a text would round it. So whatever the
//! figures are, they can all be true, and only what is planted cannot. The same size gives the same bytes, always.
//!
//! A file has fifty claims: five trades (total, exports, imports), a people in eight shares, an economy in six parts,
//! two borders of which other files give the other side, three outputs with their growth, three populations stated
//! three times.

use std::fmt::Write as _;

/// Claims in one file.
pub const PER_FILE: usize = 50;
/// Files that share one document.
const PER_DOCUMENT: usize = 10;
/// Every so many files have a contradiction of each kind.
const PLANT_EVERY: usize = 97;

/// A file to write, below the folder of the project.
pub struct File {
    pub path: String,
    pub text: String,
    /// The same claims, read and parsed, one a line: see [`COLUMNS`].
    pub rows: String,
}

/// What is known of a claim in a table: keys as words, the value as the interval that it stands for.
pub const COLUMNS: &str = "id,measure,subject,partner,neighbour,ethnicity,sector,product,region,period,since,currency,\
                           check_id,role,low,high,precision,nominal";

/// A contradiction that was planted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    pub rule: &'static str,
    /// The `[[check]]` that finds it.
    pub check: Option<String>,
    /// The claims of the finding, sorted.
    pub claims: Vec<String>,
}

/// Makes the files of so many claims, rounded down to whole files, and says what was planted.
pub fn generate(claims: usize, mut emit: impl FnMut(File)) -> Vec<Planted> {
    let countries = countries();
    let files = claims / PER_FILE;
    let mut planted = Vec::new();
    for index in 0..files {
        let mut file = Writer::new(index, files, &countries);
        file.document();
        (0..5).for_each(|place| file.trade(place));
        file.shares();
        file.parts();
        file.borders();
        (0..3).for_each(|place| file.growth(place));
        (0..3).for_each(|place| file.duplicates(place));
        planted.append(&mut file.planted);
        let path = format!("claims/part-{:03}/text-{index:05}.toml", index / 100);
        emit(File { path, text: file.text, rows: file.rows });
    }
    planted.sort();
    planted
}

/// The countries that the vocabulary has, in their order.
pub fn countries() -> Vec<&'static str> {
    let ids = include_str!("../rules/countries.toml").lines().filter_map(|line| {
        let (id, rest) = line.strip_prefix("subject.")?.split_once('.')?;
        rest.starts_with("code").then_some(id)
    });
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids
}

/// Kinds of contradiction, by which files have one.
#[derive(Clone, Copy)]
enum Plant {
    Trade = 1,
    Shares = 4,
    Parts = 7,
    Border = 10,
    Growth = 13,
    Duplicates = 16,
}

/// The splitmix64 generator: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1cc7_95e1_d12a_9b05)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` up to and without `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low) as u64) as i64
    }
}

/// A figure as it is claimed and as its text writes it.
struct Figure {
    value: String,
    text: String,
    /// In base units: what it stands for, the width of its last digit, the number itself.
    low: f64,
    high: f64,
    precision: f64,
    nominal: f64,
}

impl Figure {
    /// `digits` with so many decimals; `step` is what the last digit stands for, in base units.
    fn new(digits: i64, decimals: usize, step: f64, unit: &str, text: impl Fn(&str) -> String) -> Figure {
        let number = number(digits, decimals);
        let nominal = digits as f64 * step;
        let half = step / 2.0;
        Figure {
            value: format!("{number} {unit}"),
            text: text(number.trim_start_matches('-')),
            low: nominal - half,
            high: nominal + half,
            precision: step,
            nominal,
        }
    }

    /// Money from millions: as billions with one to three decimals, or as millions where `coarse` allows.
    fn money(millions: i64, decimals: usize, currency: &str) -> Figure {
        let name = if currency == "EUR" { "يورو" } else { "دولار" };
        match decimals {
            0 => Figure::new(millions, 0, 1e6, &format!("million {currency}"), |n| format!("({n}) مليون {name}")),
            _ => {
                let step = 10_i64.pow(3 - decimals as u32);
                let unit = format!("billion {currency}");
                let digits = rounded(millions, step);
                Figure::new(digits, decimals, step as f64 * 1e6, &unit, |n| format!("({n}) مليار {name}"))
            }
        }
    }

    /// A percentage from tenths of a percent.
    fn percent(tenths: i64) -> Figure {
        Figure::new(tenths, 1, 0.001, "%", |n| format!("{n}%"))
    }

    /// A mass from thousands of tonnes.
    fn mass(thousands: i64) -> Figure {
        Figure::new(rounded(thousands, 10), 2, 1e7, "million t", |n| format!("({n}) مليون طن"))
    }

    /// A length from tenths of a kilometre, in one of three ways.
    fn length(tenths: i64, way: i64) -> Figure {
        match way {
            0 => Figure::new(rounded(tenths, 10), 0, 1000.0, "km", |n| format!("({n}) كم")),
            1 => Figure::new(tenths, 1, 100.0, "km", |n| format!("({n}) كم")),
            _ => Figure::new(rounded(tenths * 100_000, 1_609_344), 0, 1609.344, "mi", |n| format!("({n}) ميل")),
        }
    }

    /// People, in one of three ways. A count is exactly what it says.
    fn persons(persons: i64, way: usize) -> Figure {
        match way {
            0 => {
                let mut figure = Figure::new(persons, 0, 1.0, "persons", |n| format!("{n} نسمة"));
                (figure.low, figure.high) = (figure.nominal, figure.nominal);
                figure
            }
            1 => Figure::new(rounded(persons, 100_000), 1, 1e5, "million persons", |n| format!("{n} مليون نسمة")),
            _ => Figure::new(rounded(persons, 10_000), 2, 1e4, "million persons", |n| format!("{n} مليون نسمة")),
        }
    }
}

/// A whole number over another, to the nearest.
fn rounded(number: i64, step: i64) -> i64 {
    if number < 0 { -rounded(-number, step) } else { (number + step / 2) / step }
}

/// `-1,234.56`
fn number(digits: i64, decimals: usize) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let all = format!("{:0>width$}", digits.abs(), width = decimals + 1);
    let (whole, fraction) = all.split_at(all.len() - decimals);
    let mut text = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Keys of a claim beside subject and measure, in the order in which they are written.
type Keys<'k> = &'k [(&'k str, &'k str)];

struct Writer<'c> {
    index: usize,
    files: usize,
    countries: &'c [&'static str],
    random: Random,
    line: usize,
    text: String,
    rows: String,
    planted: Vec<Planted>,
}

const YEARS: usize = 25;
const FIRST_YEAR: usize = 2000;
const PEOPLES: [&str; 8] = ["kazakh", "russian", "uzbek", "ukrainian", "uyghur", "tatar", "german", "other"];
const SECTORS: [&str; 6] = ["agriculture", "industry", "construction", "trade", "transport", "services"];
const PRODUCTS: [&str; 40] = [
    "wheat",
    "barley",
    "oats",
    "rye",
    "maize",
    "rice",
    "millet",
    "cotton",
    "sugar-beet",
    "potatoes",
    "tomatoes",
    "onions",
    "apples",
    "grapes",
    "melons",
    "milk",
    "butter",
    "cheese",
    "beef",
    "mutton",
    "poultry",
    "wool",
    "hides",
    "oil",
    "gas",
    "coal",
    "uranium",
    "iron-ore",
    "copper",
    "zinc",
    "lead",
    "chromium",
    "gold",
    "silver",
    "steel",
    "cement",
    "glass",
    "paper",
    "fertiliser",
    "salt",
];

impl<'c> Writer<'c> {
    fn new(index: usize, files: usize, countries: &'c [&'static str]) -> Writer<'c> {
        let random = Random::new(index as u64);
        let (text, rows) = (String::with_capacity(13_000), String::new());
        Writer { index, files, countries, random, line: 0, text, rows, planted: Vec::new() }
    }

    fn is_planted(&self, plant: Plant) -> bool {
        self.index % PLANT_EVERY == plant as usize
    }

    fn plant(&mut self, rule: &'static str, check: Option<String>, claims: impl IntoIterator<Item = String>) {
        let mut claims: Vec<String> = claims.into_iter().collect();
        claims.sort();
        self.planted.push(Planted { rule, check, claims });
    }

    fn document(&mut self) {
        let document = self.index / PER_DOCUMENT;
        let _ = writeln!(self.text, "# Figures of text {}.\n\n[document]\nid = \"text-{document:05}\"", self.index);
        if self.index.is_multiple_of(PER_DOCUMENT) {
            let _ = writeln!(self.text, "title = \"Text {document}\"\nlanguage = \"ar\"");
        }
    }

    fn claim(&mut self, id: &str, subject: &str, measure: &str, keys: Keys<'_>, bound: (&str, &str), figure: &Figure) {
        self.line += self.random.between(0, 3) as usize;
        let text = &mut self.text;
        let _ = write!(text, "\n[[claim]]\nid      = \"{id}\"\nsubject = \"{subject}\"\nmeasure = \"{measure}\"\n");
        for (key, value) in keys {
            let _ = writeln!(text, "{key:<7} = \"{value}\"");
        }
        let line = 1 + (self.index % PER_DOCUMENT) * 200 + self.line;
        let _ = writeln!(text, "value   = \"{}\"", figure.value);
        let _ = writeln!(text, "source  = {{ line = {line}, text = \"{}\" }}", figure.text);
        let rows = &mut self.rows;
        let _ = write!(rows, "{id},{measure},{subject}");
        for column in ["partner", "neighbour", "ethnicity", "sector", "product", "region", "period", "since"] {
            let value = keys.iter().find(|(key, _)| *key == column).map_or("", |(_, value)| value);
            let _ = write!(rows, ",{value}");
        }
        let currency = ["EUR", "USD"].into_iter().find(|code| figure.value.ends_with(code)).unwrap_or_default();
        let Figure { low, high, precision, nominal, .. } = figure;
        let (check, role) = bound;
        let _ = writeln!(rows, ",{currency},{check},{role},{low},{high},{precision},{nominal}");
    }

    /// Country and year of the `index`th of something: all years of a country come first.
    fn place(&self, index: usize) -> (&'static str, usize, usize) {
        let country = index / YEARS;
        let count = self.countries.len();
        (self.countries[country % count], FIRST_YEAR + index % YEARS, 1 + country / count)
    }

    /// The `index`th pair of countries, in the order of their names.
    fn pair(&self, index: usize) -> (&'static str, &'static str) {
        let count = self.countries.len();
        let mut left = index % (count * (count - 1) / 2);
        let mut first = 0;
        while left >= count - 1 - first {
            left -= count - 1 - first;
            first += 1;
        }
        (self.countries[first], self.countries[first + 1 + left])
    }

    fn trade(&mut self, place: usize) {
        let index = self.index * 5 + place;
        let (subject, partner) = self.pair(index / YEARS);
        let year = (FIRST_YEAR + index % YEARS).to_string();
        let planted = place == 2 && self.is_planted(Plant::Trade);
        let exports = self.random.between(1_000, 40_000);
        let imports = self.random.between(1_000, 40_000);
        let mut total = exports + imports;
        if planted {
            total += total / 4 + 2_000;
        }
        let currency = if self.random.between(0, 2) == 0 { "EUR" } else { "USD" };
        let decimals = |random: &mut Random| if planted { 1 } else { random.between(0, 4) as usize };
        let keys: Keys<'_> = &[("partner", partner), ("period", &year)];
        let ids = ["total", "exports", "imports"].map(|role| format!("trade-{index}-{role}"));
        let measures = ["trade.goods", "trade.goods.exports", "trade.goods.imports"];
        for ((id, measure), amount) in ids.iter().zip(measures).zip([total, exports, imports]) {
            let figure = Figure::money(amount, decimals(&mut self.random), currency);
            self.claim(id, subject, measure, keys, ("", ""), &figure);
        }
        if planted {
            self.plant("trade-balance", None, ids);
        }
    }

    fn shares(&mut self) {
        let index = self.index;
        let (subject, year, region) = self.place(index);
        let (year, region) = (year.to_string(), format!("region-{region}"));
        // hundredths of a percent, which make 100 % before they are rounded
        let mut shares = [0; PEOPLES.len()];
        let mut left = 10_000;
        for (place, share) in shares.iter_mut().enumerate().take(PEOPLES.len() - 1) {
            let others = 100 * (PEOPLES.len() - 1 - place) as i64;
            let most = if place == 0 { left * 7 / 10 } else { (left - others) / 2 + 101 };
            *share = self.random.between(if place == 0 { 2_000 } else { 100 }, most);
            left -= *share;
        }
        shares[PEOPLES.len() - 1] = left;
        let planted = self.is_planted(Plant::Shares);
        if planted {
            shares[0] -= self.random.between(200, 500);
        }
        let check = format!("peoples-{index}");
        let ids = PEOPLES.map(|people| format!("share-{index}-{people}"));
        for ((id, people), share) in ids.iter().zip(PEOPLES).zip(shares) {
            let keys: Keys<'_> =
                &[("ethnicity", people), ("over", "ethnicity"), ("region", &region), ("period", &year)];
            let figure = Figure::percent(rounded(share, 10));
            self.claim(id, subject, "population.share", keys, (&check, "shares"), &figure);
        }
        let list: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        let _ = write!(
            self.text,
            "\n[[check]]\nid    = \"{check}\"\nrule  = \"shares-of-a-whole\"\nterms = {{ shares = [{}] }}\n",
            list.join(", ")
        );
        if planted {
            self.plant("shares-of-a-whole", Some(check), ids);
        }
    }

    fn parts(&mut self) {
        let index = self.index;
        let (subject, year, region) = self.place(index);
        let (year, region) = (year.to_string(), format!("region-{region}"));
        let parts = SECTORS.map(|_| self.random.between(500, 20_000));
        let planted = self.is_planted(Plant::Parts);
        let mut whole: i64 = parts.iter().sum();
        if planted {
            whole += whole / 5 + 1_000;
        }
        let check = format!("economy-{index}");
        let whole_id = format!("whole-gdp-{index}");
        let ids = SECTORS.map(|sector| format!("gdp-{index}-{sector}"));
        let keys: Keys<'_> = &[("region", &region), ("period", &year)];
        self.claim(&whole_id, subject, "gdp", keys, (&check, "whole"), &Figure::money(whole, 1, "USD"));
        for ((id, sector), part) in ids.iter().zip(SECTORS).zip(parts) {
            let keys: Keys<'_> = &[("sector", sector), ("region", &region), ("period", &year)];
            let figure = Figure::money(part, 1 + self.random.between(0, 2) as usize, "USD");
            self.claim(id, subject, "gdp", keys, (&check, "parts"), &figure);
        }
        let _ = write!(
            self.text,
            "\n[[check]]\nid    = \"{check}\"\nrule  = \"parts-of-a-whole\"\n\
             terms = {{ whole = \"{whole_id}\", parts = [\"gdp-{index}-*\"] }}\n"
        );
        if planted {
            self.plant("parts-of-a-whole", Some(check), ids.into_iter().chain([whole_id]));
        }
    }

    /// One side of the border of this file, and the other side of the border of the next.
    fn borders(&mut self) {
        let sides = [(self.index, true), ((self.index + 1) % self.files, false)];
        for (index, is_here) in sides {
            let planted = index % PLANT_EVERY == Plant::Border as usize;
            let (first, second) = self.pair(index);
            // both sides must know the length without asking the other file
            let mut random = Random::new(0x00b0_7de7 + index as u64);
            let mut tenths = random.between(1_000, 70_000);
            let ways = [random.between(0, 3), random.between(0, 3)];
            let way = if planted { 1 } else { ways[usize::from(is_here)] };
            if planted && !is_here {
                tenths += tenths / 12 + 130;
            }
            let (subject, neighbour) = if is_here { (first, second) } else { (second, first) };
            let ids = ["here", "there"].map(|side| format!("border-{index}-{side}"));
            let id = if is_here { &ids[0] } else { &ids[1] };
            let keys: Keys<'_> = &[("neighbour", neighbour)];
            self.claim(id, subject, "border.length", keys, ("", ""), &Figure::length(tenths, way));
            if planted && is_here {
                self.plant("border-from-both-sides", None, ids);
            }
        }
    }

    fn growth(&mut self, place: usize) {
        let index = self.index * 3 + place;
        let pairs = YEARS / 2;
        let (series, pair) = (index / pairs, index % pairs);
        let product = PRODUCTS[series % PRODUCTS.len()];
        let subject = self.countries[series / PRODUCTS.len() % self.countries.len()];
        let old_year = (FIRST_YEAR + 2 * pair).to_string();
        let new_year = (FIRST_YEAR + 2 * pair + 1).to_string();
        let planted = place == 1 && self.is_planted(Plant::Growth);
        let old = self.random.between(1_000, 30_000);
        let new = old + old * self.random.between(-300, 600) / 1_000;
        let mut growth = rounded((new - old) * 1_000, old);
        if planted {
            growth += 300;
        }
        let ids = ["old", "new", "growth"].map(|role| format!("output-{index}-{role}"));
        let figures = [Figure::mass(old), Figure::mass(new), Figure::percent(growth)];
        let periods = [&old_year, &new_year, &new_year];
        for ((place, id), figure) in ids.iter().enumerate().zip(figures) {
            let keys: Keys<'_> = &[("product", product), ("period", periods[place]), ("since", &old_year)];
            let (measure, keys) = if place == 2 { ("production.growth", keys) } else { ("production", &keys[..2]) };
            self.claim(id, subject, measure, keys, ("", ""), &figure);
        }
        if planted {
            self.plant("growth-from-values", None, ids);
        }
    }

    fn duplicates(&mut self, place: usize) {
        let index = self.index * 3 + place;
        let (subject, year, region) = self.place(index);
        let (year, region) = (year.to_string(), format!("region-{region}"));
        let planted = place == 0 && self.is_planted(Plant::Duplicates);
        let persons = self.random.between(10_000, 5_000_000) * 10 + 7;
        let ids = ["census", "rounded", "again"].map(|role| format!("people-{index}-{role}"));
        for (way, id) in ids.iter().enumerate() {
            let persons = if planted && way == 2 { persons + 1_000_000 } else { persons };
            let keys: Keys<'_> = &[("region", &region), ("period", &year)];
            self.claim(id, subject, "population", keys, ("", ""), &Figure::persons(persons, way));
        }
        if planted {
            self.plant("claims-agree", None, ids);
        }
    }
}
