//! One test for every bug that was found, named by what went wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod project;

use kzcheck::check::Options;
use project::check;

fn findings(own_rules: &[&str], claims: &str) -> Vec<String> {
    let checked = check(own_rules, &[claims], &Options::default());
    assert!(checked.problems.is_empty(), "{:?}", checked.problem_messages());
    checked.findings()
}

fn claim(id: &str, rest: &str) -> String {
    format!("[[claim]]\nid = \"{id}\"\n{rest}\n")
}

/// Values and ranks of different subjects were paired by their place in the list.
#[test]
fn ranks_are_held_against_the_values_of_their_own_subjects() {
    let area = |subject: &str, value: &str| {
        claim(&format!("area-{subject}"), &format!("subject = \"{subject}\"\nmeasure = \"area\"\nvalue = \"{value}\""))
    };
    let rank = |subject: &str, value: &str| {
        claim(
            &format!("rank-{subject}"),
            &format!("subject = \"{subject}\"\nmeasure = \"area.rank\"\nvalue = \"{value}\""),
        )
    };
    let areas = [area("iceland", "900 km2"), area("malta", "500 km2"), area("cyprus", "700 km2")].concat();
    let right = [areas.clone(), rank("malta", "#3"), rank("cyprus", "#2")].concat();
    assert!(findings(&[], &right).is_empty());
    let wrong = [areas, rank("malta", "#2"), rank("cyprus", "#3")].concat();
    assert_eq!(findings(&[], &wrong).len(), 1);
}

/// A letter that marks the Gregorian year also begins or ends other words, and the first one met was taken.
#[test]
fn the_mark_of_a_year_is_the_one_that_follows_a_number() {
    let text = |hijri: &str| {
        let source = format!("source = {{ text = \"عام {hijri} هـ، الموافق 2020 م\" }}");
        claim("founding", &format!("subject = \"jordan\"\nmeasure = \"founded\"\nvalue = \"2020\"\n{source}"))
    };
    assert!(findings(&[], &text("1441")).is_empty());
    assert_eq!(findings(&[], &text("1424")), ["dual-dates-agree impossible: founding"]);
}

/// A price times a count of things is money.
#[test]
fn a_count_of_things_is_a_bare_factor_beside_another_dimension() {
    let claims = [
        claim("price", "value = \"3 USD\""),
        claim("number", "value = \"20\""),
        claim("total", "value = \"93 USD\""),
        "[[check]]\nid = \"sold\"\nassert = \"total = price * number\"\n".to_owned(),
    ]
    .concat();
    assert_eq!(findings(&[], &claims), ["sold impossible: total, price, number"]);
}

/// Bounds of a duration are days, and were compared with months.
#[test]
fn an_age_of_eighty_one_years_is_within_the_bounds_of_ages() {
    let age = |value: &str| {
        claim("age", &format!("subject = \"portugal\"\nmeasure = \"age\"\nat = \"2020\"\nvalue = \"{value}\""))
    };
    assert!(findings(&[], &age("81 years")).is_empty());
    assert_eq!(findings(&[], &age("218 years")), ["within-bounds impossible: age"]);
}

/// The arithmetic of two figures in conflict was left out when their comparison failed.
#[test]
fn a_disagreement_says_by_how_much() {
    let population = |id: &str, value: &str| {
        claim(id, &format!("subject = \"portugal\"\nmeasure = \"population\"\nvalue = \"{value}\""))
    };
    let claims = [population("rounded", "10.3 million persons"), population("counted", "10,467,366 persons")].concat();
    let checked = check(&[], &[&claims], &Options::default());
    let line = &checked.outcome.findings[0].arithmetic[0];
    assert_eq!(line.miss.as_deref(), Some("0.117366 million persons"));
}

/// A chain of four thousand operators made a tree that deep.
#[test]
fn a_long_chain_of_operators_is_refused_and_the_rest_is_checked() {
    let chain = vec!["area"; 5_000].join(" + ");
    let text =
        format!("{}[[check]]\nid = \"chain\"\nassert = \"area = {chain}\"\n", claim("area", "value = \"80 km2\""));
    let checked = check(&[], &[&text], &Options::default());
    assert_eq!(checked.problem_messages(), ["claims/0.toml: the expression is too long"]);
}

/// Every month that a text names was held against the value's, whatever it belonged to.
#[test]
fn months_that_belong_to_another_date_or_to_none_are_left_alone() {
    let dated = |value: &str, text: &str| {
        let rest = format!(
            "subject = \"jordan\"\nmeasure = \"founded\"\nvalue = \"{value}\"\nsource = {{ text = \"{text}\" }}"
        );
        findings(&[], &claim("founding", &rest))
    };
    for (value, text) in [
        ("julian 1917-10-25", "25 October 1917"),
        ("1917-11-07", "25 October (7 November) 1917"),
        ("1900-03-01", "17 февраля (1 марта) 1900"),
        ("1991-12-16", "16 December 1991, after the August coup"),
        ("1991-12-16", "it may have been signed on 16 December 1991"),
        ("1991-12", "the march to independence, December 1991"),
        ("1991-12-26", "26 ديسمبر (كانون الأول) 1991"),
    ] {
        assert!(dated(value, text).is_empty(), "{value}: {text}");
    }
    assert_eq!(dated("1991-12-26", "26 ديسمبر (كانون الثاني) 1991"), ["month-names-agree impossible: founding"]);
    assert_eq!(dated("1991-12-16", "16 November 1991"), ["month-names-agree impossible: founding"]);
}

/// An accepted finding about two claims went on to accept whatever a third one brought.
#[test]
fn a_narrowed_allow_covers_only_the_claims_that_it_names() {
    let price = |id: &str, value: &str, more: &str| {
        claim(id, &format!("subject = \"jordan\"\nmeasure = \"gdp\"\nperiod = \"2020\"\nvalue = \"{value}\"\n{more}"))
    };
    let allow = "allow = [{ rule = \"claims-agree\", with = [\"second\"], reason = \"an older source\" }]";
    let two = [price("first", "5.0 billion USD", allow), price("second", "6.0 billion USD", "")].concat();
    assert!(findings(&[], &two).is_empty());
    let three = [two, price("third", "90.0 billion USD", "")].concat();
    assert_eq!(findings(&[], &three), ["claims-agree impossible: first, second, third"]);
}

/// Bounds of an age were compared as if a birthday ended the year before it.
#[test]
fn an_age_lasts_until_the_next_birthday() {
    let aged = |at: &str, value: &str| {
        let birth = claim("born", "subject = \"jordan\"\nmeasure = \"birth\"\nvalue = \"1940-07-06\"");
        let age = claim("age", &format!("subject = \"jordan\"\nmeasure = \"age\"\nat = \"{at}\"\nvalue = \"{value}\""));
        findings(&[], &[birth, age].concat())
    };
    for value in ["81 years", "<= 81 years", "exact 81 years", "> 80 years"] {
        assert!(aged("2022-01-06", value).is_empty(), "{value}");
    }
    for value in ["82 years", "< 81 years", "> 81 years", "<= 80 years"] {
        assert_eq!(aged("2022-01-06", value).len(), 1, "{value}");
    }
    // in the year of a birthday both ages are true
    assert!(aged("2022", "81 years").is_empty() && aged("2022", "82 years").is_empty());
}

/// A figure that is hedged by "about" lays no claim to its zeros.
#[test]
fn about_two_thousand_three_hundred_is_no_figure_of_four_digits() {
    let area =
        |id: &str, value: &str| claim(id, &format!("subject = \"jordan\"\nmeasure = \"area\"\nvalue = \"{value}\""));
    assert!(findings(&[], &[area("about", "~ 2,300 km2"), area("measured", "2,330 km2")].concat()).is_empty());
}

/// A check in a claim file added dollars to euros.
#[test]
fn currencies_meet_only_by_a_rate() {
    let sums = |assert: &str| {
        let claims = [
            claim("dollars", "value = \"80 USD\""),
            claim("euros", "value = \"65 EUR\""),
            claim("total", "value = \"145 EUR\""),
            claim("rate", "value = \"0.8125 EUR/USD\""),
        ]
        .concat();
        let text = format!("{claims}[[check]]\nid = \"sum\"\n{assert}\n");
        let checked = check(&[], &[&text], &Options::default());
        (checked.problem_messages(), checked.findings())
    };
    assert_eq!(sums("assert = \"total = dollars + euros\"").0, ["claims/0.toml: USD meets EUR"]);
    assert_eq!(
        sums("rule = \"at-most\"\nterms = { less = \"euros\", more = \"dollars\" }").0,
        ["claims/0.toml: EUR meets USD"]
    );
    assert_eq!(sums("assert = \"euros = dollars / rate\"").0.len(), 1);
    assert_eq!(sums("assert = \"euros = dollars * rate\""), (vec![], vec![]));
}

/// A check with its own assertion was reported, allowed and configured under the name of a shipped rule.
#[test]
fn a_check_is_not_called_like_a_rule() {
    let claims = [
        claim("total", "value = \"5 t\""),
        claim("part", "value = \"6 t\""),
        "[[check]]\nid = \"trade-balance\"\nassert = \"total = part\"\n".to_owned(),
    ];
    let checked = check(&[], &[&claims.concat()], &Options::default());
    assert_eq!(checked.problem_messages(), ["claims/0.toml: a rule is called `trade-balance`"]);
}

/// Growth that fits the values in dollars was accused by those in euros.
#[test]
fn growth_without_a_currency_is_of_any_that_fits() {
    let exports = |id: &str, year: &str, value: &str| {
        let rest = format!(
            "subject = \"iceland\"\nmeasure = \"trade.goods.exports\"\nperiod = \"{year}\"\nvalue = \"{value}\""
        );
        claim(id, &rest)
    };
    let growth = |value: &str| {
        let measure = "measure = \"trade.goods.exports.growth\"\nperiod = \"2021\"\nsince = \"2020\"";
        claim("growth", &format!("subject = \"iceland\"\n{measure}\nvalue = \"{value}\""))
    };
    let dollars = [exports("a", "2020", "4.61 billion USD"), exports("b", "2021", "6.02 billion USD")].concat();
    let euros = [exports("c", "2020", "4.04 billion EUR"), exports("d", "2021", "5.09 billion EUR")].concat();
    assert!(findings(&[], &[dollars.clone(), growth("30.6 %")].concat()).is_empty());
    assert!(findings(&[], &[dollars.clone(), euros.clone(), growth("30.6 %")].concat()).is_empty());
    assert!(findings(&[], &[dollars.clone(), euros.clone(), growth("26.0 %")].concat()).is_empty());
    assert!(!findings(&[], &[dollars, euros, growth("36.0 %")].concat()).is_empty());
}
