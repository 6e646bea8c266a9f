//! What figures are bound to: each way of saying it in three languages, and beside each a sentence that is none.

#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::sync::{Arc, LazyLock};

use kzcheck::bind::{Figures, Lexicon, bind};
use kzcheck::document::{Format, Source};
use kzcheck::extract::{Options, read_blocks};
use kzcheck::rules::{self, RuleSet, RuleText};

/// What a project teaches: things with names, and of which kind they are.
const OWN: &str = r#"
[subject.salt-war]
kind     = "event"
names.ar = ["حرب الملح"]
names.en = ["Salt War"]
names.ru = ["Соляная война"]

[subject.river-pact]
kind     = "treaty"
names.ar = ["ميثاق النهر"]
names.en = ["River Pact"]
names.ru = ["Речной пакт"]

[subject.forest-pact]
kind     = "treaty"
names.ar = ["ميثاق الغابة"]
names.en = ["Forest Pact"]
names.ru = ["Лесной пакт"]

[subject.trade-league]
kind     = "organisation"
names.ar = ["الرابطة التجارية"]
names.en = ["Trade League"]
names.ru = ["Торговая лига"]

[subject.harbour-summit]
kind     = "conference"
names.ar = ["قمة الموانئ"]
names.en = ["Harbour Summit"]
names.ru = ["Портовый саммит"]

[subject.ada-lind]
kind     = "person"
names.ar = ["آدا ليند"]
names.en = ["Ada Lind"]
names.ru = ["Ада Линд"]

[subject.salt-book]
kind     = "work"
names.ar = ["كتاب الملح"]
names.en = ["The Book of Salt"]
names.ru = ["Книга о соли"]
"#;

static RULES: LazyLock<(RuleSet, Lexicon)> = LazyLock::new(|| {
    let own = [RuleText { file: Arc::from("own.toml"), text: OWN }];
    let (rules, problems) = rules::load(rules::shipped().chain(own));
    assert!(problems.is_empty(), "{problems:?}");
    let lexicon = Lexicon::new(&rules.vocabulary);
    (rules, lexicon)
});

/// The claims of a text, in its order: whose, what, with which qualifiers, how much.
fn claims(text: &str) -> Vec<String> {
    let (rules, lexicon) = &*RULES;
    let vocabulary = &rules.vocabulary;
    let source = Source::of_text(text.to_owned(), Format::Markdown);
    let blocks = source.blocks();
    let figures = Figures::of(&source, &blocks, read_blocks(&source, &blocks, &Options::default()).mentions);
    let bound = bind(&figures, lexicon, rules);
    let said = |claim: &kzcheck::bind::Bound| {
        let about = claim.about.as_ref().ok()?;
        let mut line = format!("{} {}", vocabulary.names.word(about.subject), vocabulary.measure(about.measure).id);
        for (id, value) in &about.qualifiers {
            line += &format!(" {}={value}", vocabulary.qualifier(*id).id);
        }
        Some(format!("{line}: {}", claim.value.print(&vocabulary.units)))
    };
    bound.iter().filter_map(said).collect()
}

/// Each text makes these claims, however it says so.
fn all_say(texts: &[&str], expected: &[&str]) {
    for text in texts {
        assert_eq!(claims(text), expected, "{text}");
    }
}

#[test]
fn a_date_beside_a_thing_is_its_own() {
    all_say(
        &[
            "Trade went on during the Salt War (1911).",
            "Торговля шла во время Соляной войны (1911).",
            "استمرت التجارة خلال حرب الملح (1911).",
            "The Salt War of 1911 was short.",
            "Соляная война 1911 года была короткой.",
            "كانت حرب الملح عام 1911 قصيرة.",
        ],
        &["salt-war event.date: 1911"],
    );
    all_say(
        &[
            "Ada Lind (1850-1920) wrote a lot.",
            "Ада Линд (1850—1920) много писала.",
            "كتبت آدا ليند (1850- 1920) كثيرا.",
        ],
        &["ada-lind lifetime: 1850/1920"],
    );
}

#[test]
fn a_date_after_a_thing_or_at_its_end_is_of_something_else() {
    all_say(
        &[
            "Trade resumed after the Salt War in 1912.",
            "Торговля возобновилась после Соляной войны в 1912 году.",
            "عادت التجارة بعد حرب الملح عام 1912.",
            "Trade stood still until the end of the Salt War in 1912.",
            "Торговля стояла до конца Соляной войны в 1912 году.",
            "توقفت التجارة حتى نهاية حرب الملح عام 1912.",
            "Norway broke the River Pact in 1901.",
            "Норвегия нарушила Речной пакт в 1901 году.",
            "خرقت النرويج ميثاق النهر عام 1901.",
        ],
        &[],
    );
}

#[test]
fn a_list_of_treaties_goes_on_with_who_signed_them() {
    all_say(
        &[
            "Norway signed the River Pact in 1901 and the Forest Pact in 1905.",
            "Норвегия подписала Речной пакт в 1901 году, Лесной пакт в 1905 году.",
            "وقعت النرويج على ميثاق النهر عام 1901، وميثاق الغابة عام 1905.",
        ],
        &["river-pact treaty.signed signatory=norway: 1901", "forest-pact treaty.signed signatory=norway: 1905"],
    );
}

#[test]
fn what_was_founded_is_named_before_or_taken_up() {
    all_say(
        &[
            "The Trade League was founded in 1950.",
            "Торговая лига была основана в 1950 году.",
            "تأسست الرابطة التجارية عام 1950.",
            "The Trade League, which was founded in 1950, grew.",
            "Торговая лига, которая была основана в 1950 году, росла.",
            "نمت الرابطة التجارية، التي تأسست عام 1950.",
        ],
        &["trade-league founded: 1950"],
    );
    all_say(
        &[
            "The Trade League's newspaper was founded in 1950.",
            "Газета Торговой лиги была основана в 1950 году.",
            "تأسست صحيفة الرابطة التجارية عام 1950.",
            "The Trade League was not founded in 1950.",
            "Торговая лига не была основана в 1950 году.",
            "لم تتأسس الرابطة التجارية عام 1950.",
        ],
        &[],
    );
}

#[test]
fn who_joined_what_and_where_a_body_met() {
    all_say(
        &[
            "In 1960 Norway joined the Trade League.",
            "В 1960 году Норвегия вступила в Торговую лигу.",
            "في عام 1960 انضمت النرويج إلى الرابطة التجارية.",
        ],
        &["norway membership.start organisation=trade-league: 1960"],
    );
    all_say(
        &[
            "Harbour Summits were held in London (1970 and 1980).",
            "Портовый саммит в Лондоне (1970 и 1980).",
            "قمة الموانئ في لندن (1970 و1980).",
        ],
        &["harbour-summit conference.held place=london: 1970", "harbour-summit conference.held place=london: 1980"],
    );
    all_say(
        &["The first president, Ada Lind, stayed.", "Первый президент Ада Линд осталась.", "بقي الرئيس الأول آدا ليند."],
        &["ada-lind office.order office=president: #1"],
    );
}

#[test]
fn a_note_that_names_a_work_dates_it() {
    all_say(
        &[
            "1. The Book of Salt - Example Press - 3 May 2019, https://example.org/2020/05/salt",
            "1. Книга о соли - Пример - 3 мая 2019, https://example.org/2020/05/salt",
            "1. كتاب الملح - 3 مايو 2019، https://example.org/2020/05/salt",
        ],
        &["salt-book work.published: 2019-05-03"],
    );
}

#[test]
fn the_other_side_is_where_the_measure_has_it() {
    all_say(
        &[
            "Exports from Norway to Sweden reached 5 billion USD in 2020.",
            "Экспорт из Норвегии в Швецию достиг 5 млрд долларов США в 2020 году.",
            "بلغت الصادرات من النرويج إلى السويد 5 مليارات دولار في عام 2020.",
        ],
        &["norway trade.goods.exports partner=sweden period=2020: 5 billion USD"],
    );
    all_say(
        &[
            "Imports of Norway from Sweden reached 5 billion USD in 2020.",
            "Импорт Норвегии из Швеции достиг 5 млрд долларов США в 2020 году.",
            "بلغت واردات النرويج من السويد 5 مليارات دولار في عام 2020.",
        ],
        &["norway trade.goods.imports partner=sweden period=2020: 5 billion USD"],
    );
    all_say(
        &[
            "American investment in Norway reached 5 billion USD in 2020.",
            "Американские инвестиции в Норвегии достигли 5 млрд долларов США в 2020 году.",
            "بلغت الاستثمارات الأمريكية في النرويج 5 مليارات دولار في عام 2020.",
        ],
        &["norway investment partner=united-states period=2020: 5 billion USD"],
    );
}

#[test]
fn both_countries_are_those_of_the_sentence_or_of_the_headings() {
    all_say(
        &[
            "# Norway\n\n## Sweden\n\nThe border between the two countries is 1,600 km long.",
            "# Норвегия\n\n## Швеция\n\nГраница между двумя странами составляет 1600 км.",
            "# النرويج\n\n## السويد\n\nتبلغ الحدود بين البلدين 1600 كم.",
        ],
        &["sweden border.length neighbour=norway: 1,600 km"],
    );
    all_say(
        &[
            "The border between the two countries is 1,600 km long.",
            "Граница между двумя странами составляет 1600 км.",
            "تبلغ الحدود بين البلدين 1600 كم.",
        ],
        &[],
    );
}

#[test]
fn who_is_a_share_of_whom() {
    all_say(
        &[
            "Sweden made up 12 % of Norway's trade in 2020.",
            "На Швецию пришлось 12 % торговли Норвегии в 2020 году.",
            "مثلت السويد 12% من تجارة النرويج عام 2020.",
        ],
        &["norway trade.goods.share over=partner partner=sweden period=2020: 12 %"],
    );
    all_say(&["20 % of the area of Norway lies in Europe."], &["norway area.share over=region region=europe: 20 %"]);
    all_say(
        &[
            "Kuwait is rich: 10 % of the world's oil reserves lie there.",
            "В Кувейте находится 10 % мировых запасов нефти.",
            "في الكويت 10% من احتياطي النفط في العالم.",
        ],
        &[],
    );
}

#[test]
fn a_sentence_goes_on_about_the_same_trade() {
    all_say(
        &[
            "Trade between the European Union and Norway was 50 billion EUR in 2020. Imports of the Union were 30 billion EUR, consisting mainly of oil (20 billion EUR, 66.7 %).",
            "Торговля между Европейским союзом и Норвегией составила 50 млрд евро в 2020 году. Импорт союза составил 30 млрд евро, в основном нефть (20 млрд евро, 66,7 %).",
            "بلغت التجارة بين الاتحاد الأوروبي والنرويج 50 مليار يورو عام 2020. وبلغت واردات الاتحاد 30 مليار يورو، تتكون أساسا من النفط (20 مليار يورو، بنسبة 66.7%).",
        ],
        &[
            "eu trade.goods partner=norway period=2020: 50 billion EUR",
            "eu trade.goods.imports partner=norway period=2020: 30 billion EUR",
            "eu trade.goods.imports partner=norway period=2020 product=oil: 20 billion EUR",
            "eu trade.goods.imports.share over=product partner=norway period=2020 product=oil: 66.7 %",
        ],
    );
    all_say(
        &[
            "Trade between the European Union and Norway was 50 billion EUR in 2020. Imports of the Union were 900 billion EUR.",
        ],
        &["eu trade.goods partner=norway period=2020: 50 billion EUR", "eu trade.goods.imports: 900 billion EUR"],
    );
    all_say(
        &[
            "In 2020 exports of Norway to Sweden were 5 billion USD (- 3 % against 2019).",
            "В 2020 году экспорт Норвегии в Швецию составил 5 млрд долларов США (-3 % по сравнению с 2019 годом).",
            "في عام 2020 بلغت صادرات النرويج إلى السويد 5 مليارات دولار (- 3% عن عام 2019).",
        ],
        &[
            "norway trade.goods.exports partner=sweden period=2020: 5 billion USD",
            "norway trade.goods.exports.growth partner=sweden period=2020 since=2019: -3 %",
        ],
    );
}

#[test]
fn a_value_may_speak_for_its_measure() {
    all_say(
        &[
            "# Norway\n\nKazakhs (12 %), Russians (8 %) and other Christians (3 %) live here.",
            "# Норвегия\n\nКазахи (12 %), русские (8 %).",
            "# النرويج\n\nالكازاخ (12%)، الروس (8%).",
        ],
        &[
            "norway population.share ethnicity=kazakh over=ethnicity: 12 %",
            "norway population.share ethnicity=russian over=ethnicity: 8 %",
        ],
    );
    all_say(
        &[
            "About 1.5 million Kazakhs live in China.",
            "Около 1,5 млн казахов проживает в Китае.",
            "يعيش في الصين نحو 1.5 مليون كازاخي.",
        ],
        &["china population ethnicity=kazakh: ~ 1.5 million persons"],
    );
    all_say(
        &["# Norway\n\nKazakhs (12 %) came.", "# Норвегия\n\nКазахи (12 %) пришли.", "# النرويج\n\nجاء الكازاخ (12%)."],
        &[],
    );
}

#[test]
fn what_only_looks_like_a_measure_is_none() {
    all_say(
        &[
            "There are 27 subscriptions per 100 inhabitants in Norway.",
            "Panama City had a population of 2 million.",
            "# Norway\n\nLand borders: total: 4,477 km; border countries (2): Sweden; Finland",
            "The elections in Bulgaria (except by post) came; Croatia followed in 2013.",
            "عدد سكان بلدة مجهولة في بريطانيا 2000 نسمة.",
            "The coalition ruled Sweden until its dissolution in 2019.",
            "Hurghada has 0.3 million Cairo 10 million inhabitants.",
        ],
        &[],
    );
}
