//! What figures are bound to: each way of saying it in three languages, and beside each a sentence that is none.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::sync::{Arc, LazyLock};

use kzcheck::bind::{Lexicon, bind};
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
    let mentions = read_blocks(&source, &blocks, &Options::default()).mentions;
    let bound = bind(&blocks, &mentions, lexicon, rules);
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

#[test]
fn show() {
    let texts = [
        // dates beside things
        "Trade went on during the Salt War (1911).",
        "Торговля шла во время Соляной войны (1911).",
        "استمرت التجارة خلال حرب الملح (1911).",
        "The Salt War of 1911 was short.",
        "Соляная война 1911 года была короткой.",
        "كانت حرب الملح عام 1911 قصيرة.",
        "Trade resumed after the Salt War in 1912.",
        "Торговля возобновилась после Соляной войны в 1912 году.",
        "عادت التجارة بعد حرب الملح عام 1912.",
        "Trade stood still until the end of the Salt War in 1912.",
        "Торговля стояла до конца Соляной войны в 1912 году.",
        "توقفت التجارة حتى نهاية حرب الملح عام 1912.",
        "Norway signed the River Pact in 1901 and the Forest Pact in 1905.",
        "Норвегия подписала Речной пакт в 1901 году, Лесной пакт в 1905 году.",
        "وقعت النرويج على ميثاق النهر عام 1901، وميثاق الغابة عام 1905.",
        "Norway broke the River Pact in 1901.",
        "Норвегия нарушила Речной пакт в 1901 году.",
        "خرقت النرويج ميثاق النهر عام 1901.",
        "The Trade League, which was founded in 1950, grew.",
        "Торговая лига, которая была основана в 1950 году, росла.",
        "نمت الرابطة التجارية، التي تأسست عام 1950.",
        "The Trade League's newspaper was founded in 1950.",
        "Газета Торговой лиги была основана в 1950 году.",
        "تأسست صحيفة الرابطة التجارية عام 1950.",
        "The Trade League was not founded in 1950.",
        "Торговая лига не была основана в 1950 году.",
        "لم تتأسس الرابطة التجارية عام 1950.",
        "In 1960 Norway joined the Trade League.",
        "В 1960 году Норвегия вступила в Торговую лигу.",
        "في عام 1960 انضمت النرويج إلى الرابطة التجارية.",
        "Harbour Summits were held in London (1970 and 1980).",
        "Портовый саммит в Лондоне (1970 и 1980).",
        "قمة الموانئ في لندن (1970 و1980).",
        "Ada Lind (1850-1920) wrote a lot.",
        "Ада Линд (1850—1920) много писала.",
        "كتبت آدا ليند (1850- 1920) كثيرا.",
        "The first president, Ada Lind, stayed.",
        "Первый президент Ада Линд осталась.",
        "بقيت الرئيسة الأولى. الرئيس الأول آدا ليند بقي.",
        "1. The Book of Salt - Example Press - 3 May 2019, https://example.org/2020/05/salt",
        "1. Книга о соли - Пример - 3 мая 2019, https://example.org/2020/05/salt",
        // sides
        "Exports from Norway to Sweden reached 5 billion USD in 2020.",
        "Экспорт из Норвегии в Швецию достиг 5 млрд долларов США в 2020 году.",
        "بلغت الصادرات من النرويج إلى السويد 5 مليارات دولار في عام 2020.",
        "Imports of Norway from Sweden reached 5 billion USD in 2020.",
        "Импорт Норвегии из Швеции достиг 5 млрд долларов США в 2020 году.",
        "بلغت واردات النرويج من السويد 5 مليارات دولار في عام 2020.",
        "American investment in Norway reached 5 billion USD in 2020.",
        "Американские инвестиции в Норвегии достигли 5 млрд долларов США в 2020 году.",
        "بلغت الاستثمارات الأمريكية في النرويج 5 مليارات دولار في عام 2020.",
        "Sweden is a neighbour of Norway. The border between both countries is 1,600 km.",
        "# Norway\n\n## Sweden\n\nThe border between the two countries is 1,600 km long.",
        "# Норвегия\n\n## Швеция\n\nГраница между двумя странами составляет 1600 км.",
        "# النرويج\n\n## السويد\n\nتبلغ الحدود بين البلدين 1600 كم.",
        "Sweden made up 12 % of Norway's trade in 2020.",
        "На Швецию пришлось 12 % торговли Норвегии в 2020 году.",
        "مثلت السويد 12% من تجارة النرويج عام 2020.",
        "Trade between the European Union and Norway was 50 billion EUR in 2020. Imports of the Union were 30 billion EUR, consisting mainly of oil (20 billion EUR, 66.7 %).",
        "Торговля между Европейским союзом и Норвегией составила 50 млрд евро в 2020 году. Импорт союза составил 30 млрд евро, в основном нефть (20 млрд евро, 66,7 %).",
        "بلغت التجارة بين الاتحاد الأوروبي والنرويج 50 مليار يورو عام 2020. وبلغت واردات الاتحاد 30 مليار يورو، تتكون أساسا من النفط (20 مليار يورو، بنسبة 66.7%).",
        "In 2020 exports of Norway to Sweden were 5 billion USD (- 3 % against 2019).",
        "В 2020 году экспорт Норвегии в Швецию составил 5 млрд долларов США (-3 % по сравнению с 2019 годом).",
        "في عام 2020 بلغت صادرات النرويج إلى السويد 5 مليارات دولار (- 3% عن عام 2019).",
        "# Norway\n\nKazakhs (12 %), Russians (8 %) and other Christians (3 %) live here.",
        "# Норвегия\n\nКазахи (12 %), русские (8 %).",
        "# النرويج\n\nالكازاخ (12%)، الروس (8%).",
        "About 1.5 million Kazakhs live in China.",
        "Около 1,5 млн казахов проживает в Китае.",
        "يعيش في الصين نحو 1.5 مليون كازاخي.",
        "Kuwait is rich: 10 % of the world's oil reserves lie there.",
        "There are 27 subscriptions per 100 inhabitants in Norway.",
        "20 % of the area of Norway lies in Europe.",
    ];
    for text in texts {
        println!("{}\n    {}", text, claims(text).join("\n    "));
    }
}
