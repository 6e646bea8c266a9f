//! Figures found again in texts that were edited at random: a small judge that knows where each went.
//!
//! It works on raw text and uses nothing of the product but its command line; `tests/oracle/edit_texts.py` does the same
//! with more kinds of edits on texts of any size. While a text is edited, each figure is one character of a private
//! area, so nothing has to be searched for afterwards.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

#[path = "terminal/mod.rs"]
mod terminal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use terminal::{check, run, write};

/// The first character that stands for a figure.
const PRIVATE: u32 = 0xf_0000;

/// A source of chance that is the same everywhere (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Parts of sentences: who, does what, of what, when. Their combinations make a text in which many words recur.
struct Language {
    name: &'static str,
    who: [&'static str; 8],
    does: [&'static str; 6],
    what: [&'static str; 8],
    when: [&'static str; 6],
    /// Sentences that are put in, with another figure.
    others: [&'static str; 4],
}

const LANGUAGES: [Language; 3] = [
    Language {
        name: "en",
        who: [
            "The harbour of Vigo",
            "Our cooperative",
            "The northern line",
            "A mill on the Dvina",
            "The city archive",
            "Their museum",
            "Each of the two ferries",
            "The salt works",
        ],
        does: ["handled", "counted nearly", "reported", "has lost", "stores", "paid for"],
        what: [
            "tonnes of grain and timber",
            "passengers on working days",
            "letters from emigrants",
            "metres of new track",
            "barrels of pickled fish",
            "visitors with a season ticket",
            "hours of daylight",
            "sheep of an old breed",
        ],
        when: [
            "in the year of the flood",
            "before the bridge was opened",
            "under the third director",
            "during a long winter",
            "as the almanac says",
            "since the reform",
        ],
        others: [
            "A later survey found {} such cases.",
            "Nobody has explained the remaining {} entries.",
            "Travellers spoke of {} lanterns along the quay.",
            "The committee asked for {} further copies.",
        ],
    },
    Language {
        name: "ru",
        who: [
            "Речной порт",
            "Местная артель",
            "Северная ветка",
            "Мельница у моста",
            "Городской архив",
            "Музей мореходов",
            "Каждый из паромов",
            "Старая солеварня",
        ],
        does: ["принял", "насчитала почти", "сообщил про", "потерял", "хранит", "оплатила"],
        what: [
            "тонн зерна и леса",
            "пассажиров по будням",
            "писем переселенцев",
            "метров нового пути",
            "бочек солёной рыбы",
            "гостей с абонементом",
            "часов дневного света",
            "овец старой породы",
        ],
        when: [
            "в год большого паводка",
            "до открытия моста",
            "при третьем директоре",
            "за долгую зиму",
            "как пишет календарь",
            "со времён реформы",
        ],
        others: [
            "Позднее нашли ещё {} подобных случаев.",
            "Никто не объяснил остальные {} записей.",
            "Путники говорили о {} фонарях вдоль набережной.",
            "Комиссия попросила прислать {} копий.",
        ],
    },
    Language {
        name: "ar",
        who: [
            "ميناء المدينة القديم",
            "جمعية المزارعين",
            "الخط الشمالي",
            "طاحونة النهر",
            "دار المحفوظات",
            "متحف البحّارة",
            "كل من العبّارتين",
            "مصنع الملح",
        ],
        does: ["استقبل", "أحصى قرابة", "سجّل", "فقد", "يحفظ", "دفع ثمن"],
        what: [
            "طنًّا من الحبوب والخشب",
            "راكبًا في أيام العمل",
            "رسالة من المغتربين",
            "مترًا من السكة الجديدة",
            "برميلًا من السمك المملّح",
            "زائرًا ببطاقة موسمية",
            "ساعة من ضوء النهار",
            "رأسًا من الغنم",
        ],
        when: [
            "في سنة الفيضان",
            "قبل افتتاح الجسر",
            "في عهد المدير الثالث",
            "خلال شتاء طويل",
            "كما يقول التقويم",
            "منذ الإصلاح",
        ],
        others: [
            "ووجدت دراسة لاحقة {} حالة مماثلة.",
            "ولم يفسّر أحد القيود الباقية وعددها {}.",
            "وتحدّث المسافرون عن {} فانوسًا على الرصيف.",
            "وطلبت اللجنة {} نسخة أخرى.",
        ],
    },
];

/// A text with its figures, which are edited beside it.
#[derive(Clone)]
struct Text {
    lines: Vec<String>,
    figures: Vec<String>,
    changed: BTreeSet<usize>,
}

/// Where a figure stands: bytes, line, as written.
type Written = (usize, usize, usize, String);

impl Text {
    fn sentence(&mut self, language: &Language, chance: &mut Chance) -> String {
        self.figures.push(match chance.below(4) {
            0 => format!("{}.{}", 10 + chance.below(90), 1 + chance.below(9)),
            1 => format!("{},{:03}", 1 + chance.below(99), chance.below(1000)),
            _ => (11 + chance.below(4000)).to_string(),
        });
        let figure = char::from_u32(PRIVATE + self.figures.len() as u32 - 1).unwrap();
        let part = |parts: &[&'static str], chance: &mut Chance| *chance.pick(parts);
        let (who, does) = (part(&language.who, chance), part(&language.does, chance));
        let (what, when) = (part(&language.what, chance), part(&language.when, chance));
        format!("{who} {does} {figure} {what} {when}.")
    }

    fn new(language: &Language, chance: &mut Chance) -> Text {
        let mut text = Text { lines: Vec::new(), figures: Vec::new(), changed: BTreeSet::new() };
        for _ in 0..60 {
            let sentences: Vec<String> = (0..1 + chance.below(4)).map(|_| text.sentence(language, chance)).collect();
            text.lines.extend([sentences.join(" "), String::new()]);
        }
        text
    }

    /// The text, and for each figure that is still there its place.
    fn written(&self) -> (String, BTreeMap<usize, Written>) {
        let (mut out, mut places, mut line) = (String::new(), BTreeMap::new(), 1);
        for letter in self.lines.join("\n").chars() {
            match (letter as u32).checked_sub(PRIVATE) {
                Some(number) => {
                    let figure = &self.figures[number as usize];
                    places.insert(number as usize, (out.len(), out.len() + figure.len(), line, figure.clone()));
                    out.push_str(figure);
                }
                None => {
                    line += usize::from(letter == '\n');
                    out.push(letter);
                }
            }
        }
        (out, places)
    }

    /// Edits about this share of the paragraphs, each in one way.
    fn edit(&mut self, percent: usize, language: &Language, chance: &mut Chance) {
        let (mut edited, mut moved): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for line in std::mem::take(&mut self.lines) {
            if line.is_empty() || chance.below(100) >= percent {
                edited.push(line);
                continue;
            }
            let mut sentences: Vec<String> = line.split_inclusive(". ").map(str::to_owned).collect();
            match chance.below(8) {
                0 => sentences.insert(chance.below(sentences.len() + 1), other_sentence(language, chance) + " "),
                1 => drop(sentences.remove(chance.below(sentences.len()))),
                2 => edited.extend([other_sentence(language, chance), String::new()]),
                3 => sentences.clear(),
                4 => moved.push(sentences.drain(..).collect()),
                5 => sentences = vec![respelled(&line, chance)],
                6 => self.change_a_figure(&line, chance),
                _ => sentences = vec![self.with_other_digits(&line)],
            }
            let line: String = sentences.concat();
            // some paragraphs are wrapped anew as well
            if chance.below(4) == 0 {
                edited.extend(line.split(". ").map(str::to_owned));
            } else {
                edited.push(line);
            }
        }
        for line in moved {
            edited.insert(chance.below(edited.len() + 1), line);
        }
        self.lines = edited;
    }

    fn change_a_figure(&mut self, line: &str, chance: &mut Chance) {
        let own: Vec<usize> = line
            .chars()
            .filter_map(|letter| (letter as u32).checked_sub(PRIVATE))
            .map(|number| number as usize)
            .collect();
        let number = *chance.pick(&own);
        let digits: Vec<char> = self.figures[number].chars().collect();
        let at = chance.below(digits.len());
        let new: String = match digits[at].to_digit(10) {
            Some(digit) => {
                let other = char::from_digit((digit + 1 + chance.below(8) as u32) % 10, 10).unwrap();
                let mut digits = digits;
                digits[at] = if at == 0 && other == '0' { '9' } else { other };
                digits.into_iter().collect()
            }
            // without its point it is another figure, without its comma the same
            None => digits.into_iter().filter(|letter| *letter != '.').collect(),
        };
        if new != self.figures[number] {
            self.figures[number] = new;
            self.changed.insert(number);
        }
    }

    /// Digits of another script, and no vowel marks.
    fn with_other_digits(&mut self, line: &str) -> String {
        for number in line.chars().filter_map(|letter| (letter as u32).checked_sub(PRIVATE)) {
            let figure = &mut self.figures[number as usize];
            let eastern = |letter: char| match letter {
                '0'..='9' => char::from_u32(0x660 + letter as u32 - '0' as u32).unwrap(),
                '.' => '٫',
                ',' => '٬',
                other => other,
            };
            *figure = figure.chars().map(eastern).collect();
        }
        line.chars().filter(|letter| !matches!(letter, '\u{64b}'..='\u{65f}')).collect()
    }
}

/// A sentence that says nothing of what the text is about.
fn other_sentence(language: &Language, chance: &mut Chance) -> String {
    let figure = (11 + chance.below(4000)).to_string();
    chance.pick(&language.others).replace("{}", &figure)
}

/// A letter less in one of the words.
fn respelled(line: &str, chance: &mut Chance) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let at = chance.below(words.len());
    let letters: Vec<char> = words[at].chars().collect();
    if letters.len() > 4 && letters.iter().all(|letter| (*letter as u32) < PRIVATE) {
        let gone = 1 + chance.below(letters.len() - 2);
        words[at] = letters.iter().enumerate().filter(|(index, _)| *index != gone).map(|(_, letter)| letter).collect();
    }
    words.join(" ")
}

fn claim_file(places: &BTreeMap<usize, Written>) -> String {
    let mut text = "[document]\nid = \"text\"\npath = \"../text.txt\"\n".to_owned();
    for (number, (_, _, line, figure)) in places {
        let value = figure.replace(',', "");
        text.push_str(&format!(
            "\n[[claim]]\nid = \"p{number}\"\nvalue = \"{value}\"\nsource = {{ line = {line}, text = \"{figure}\" }}\n"
        ));
    }
    text
}

/// What became of the judgement of some places.
#[derive(Debug, Default)]
struct Score {
    places: usize,
    right: usize,
    wrong: usize,
    not_found: usize,
    changed: usize,
    changed_said: usize,
}

fn judge(folder: &Path, text: &Text, old: &BTreeMap<usize, Written>, score: &mut Score) {
    let (new, places) = text.written();
    write(folder, "text.txt", new);
    let json = check(folder, &["--all"]).json();
    for one in json["standings"].as_array().unwrap() {
        let number: usize = one["claim"].as_str().unwrap()[1..].parse().unwrap();
        assert!(old.contains_key(&number));
        let standing = one["standing"].as_str().unwrap();
        let truth = places.get(&number);
        let there = one["place"].as_object().map(|place| {
            let byte = |key: &str| place[key].as_u64().unwrap() as usize;
            (byte("start"), byte("end"))
        });
        let is_there = there.zip(truth).is_some_and(|((start, end), (from, to, ..))| start < *to && *from < end);
        let is_changed = text.changed.contains(&number);
        score.places += 1;
        match (there, truth) {
            (None, None) => score.right += 1,
            (None, Some(_)) => score.not_found += 1,
            (Some(_), _) if is_there && (standing == "changed") == is_changed => score.right += 1,
            (Some(_), _) => score.wrong += 1,
        }
        if is_changed && truth.is_some() {
            score.changed += 1;
            score.changed_said += usize::from(is_there && standing == "changed");
        }
    }
}

#[test]
fn figures_are_found_again_and_never_mistaken() {
    for language in &LANGUAGES {
        for (percent, least_right) in [(5, 99), (20, 95), (50, 90)] {
            let mut score = Score::default();
            for seed in 1..=4 {
                let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (seed * 1000 + percent as u64));
                let folder = tempfile::tempdir().unwrap();
                let text = Text::new(language, &mut chance);
                let (old, places) = text.written();
                write(folder.path(), "text.txt", &old);
                write(folder.path(), "claims/all.toml", claim_file(&places));
                assert_eq!(run(folder.path(), &["sync"]).code, 0);
                for _ in 0..2 {
                    let mut edited = text.clone();
                    edited.edit(percent, language, &mut chance);
                    judge(folder.path(), &edited, &places, &mut score);
                }
            }
            let name = format!("{} at {percent} %: {score:?}", language.name);
            assert!(score.places > 1000, "{name}");
            // sentences made of few phrases are the worst case: many are nearly alike
            assert!(score.wrong * 1000 <= score.places * 3, "{name}");
            assert!(score.right * 100 >= score.places * least_right, "{name}");
            assert!(score.changed > 0 && score.changed_said * 100 >= score.changed * 90, "{name}");
        }
    }
}
