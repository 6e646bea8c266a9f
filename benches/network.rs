//! Claims that hang together, for measuring the joint check: the trade of a country with its partners over the years, in
//! amounts, totals, shares and growth, so that nearly a thousand claims are one component full of cycles.
//!
//! True values first, each rounded by itself, as in [`super::generate`]: all of it can be true.

use std::fmt::Write as _;

use super::generate::{File, Random, countries};

const PARTNERS: usize = 18;
const YEARS: usize = 8;
/// Claims of one country.
pub const PER_COMPONENT: usize = YEARS * (3 + 5 * PARTNERS) + (YEARS - 1) * PARTNERS;

/// Makes the files of so many claims, rounded down to whole components.
pub fn generate(claims: usize, mut emit: impl FnMut(File)) {
    let countries = countries();
    // partners come later in the alphabet, so that no country is tied to another
    let first = countries.len() - PARTNERS;
    for index in 0..claims / PER_COMPONENT {
        let year = 1000 + index / first * (YEARS + 1);
        let mut writer = Writer {
            index,
            subject: countries[index % first],
            random: Random::new(index as u64),
            count: 0,
            text: String::new(),
        };
        let _ = writeln!(writer.text, "[document]\nid = \"trade-{index}\"");
        writer.country(year, &countries[index % first + 1..]);
        emit(File { path: format!("claims/trade-{index:05}.toml"), text: writer.text, rows: String::new() });
    }
}

struct Writer {
    index: usize,
    subject: &'static str,
    random: Random,
    count: usize,
    text: String,
}

impl Writer {
    fn country(&mut self, first_year: usize, partners: &[&str]) {
        let mut before: Vec<i64> = Vec::new();
        for year in first_year..first_year + YEARS {
            let flows: Vec<(i64, i64)> =
                (0..PARTNERS).map(|_| (self.random.between(500, 40_000), self.random.between(500, 40_000))).collect();
            let exports = flows.iter().map(|flow| flow.0).sum::<i64>() + self.random.between(1_000, 50_000);
            let imports = flows.iter().map(|flow| flow.1).sum::<i64>() + self.random.between(1_000, 50_000);
            self.money("trade.goods.exports", "", year, exports);
            self.money("trade.goods.imports", "", year, imports);
            self.money("trade.goods", "", year, exports + imports);
            for (place, (out, back)) in flows.iter().enumerate() {
                let partner = format!("partner = \"{}\"\n", partners[place]);
                let over = format!("{partner}over = \"partner\"\n");
                self.money("trade.goods.exports", &partner, year, *out);
                self.money("trade.goods.imports", &partner, year, *back);
                self.money("trade.goods", &partner, year, out + back);
                self.percent("trade.goods.share", &over, year, out + back, exports + imports);
                self.percent("trade.goods.exports.share", &over, year, *out, exports);
                if let Some(old) = before.get(place) {
                    let since = format!("{partner}since = \"{}\"\n", year - 1);
                    self.percent("trade.goods.growth", &since, year, out + back - old, *old);
                }
            }
            before = flows.iter().map(|(out, back)| out + back).collect();
        }
    }

    /// An amount from millions, with one to three decimals.
    fn money(&mut self, measure: &str, keys: &str, year: usize, millions: i64) {
        let decimals = self.random.between(1, 4) as usize;
        let value = format!("{:.decimals$} billion USD", millions as f64 / 1000.0);
        self.claim(measure, keys, year, &value);
    }

    fn percent(&mut self, measure: &str, keys: &str, year: usize, part: i64, whole: i64) {
        self.claim(measure, keys, year, &format!("{:.1} %", part as f64 * 100.0 / whole as f64));
    }

    fn claim(&mut self, measure: &str, keys: &str, year: usize, value: &str) {
        self.count += 1;
        let (index, count, subject) = (self.index, self.count, self.subject);
        let _ = write!(
            self.text,
            "\n[[claim]]\nid = \"c{index}-{count}\"\nsubject = \"{subject}\"\nmeasure = \"{measure}\"\n{keys}period = \
             \"{year}\"\nvalue = \"{value}\"\nsource = {{ line = {count} }}\n"
        );
    }
}
