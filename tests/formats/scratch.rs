//! Projects to check: a folder `studies/kz` of a repository, with file names and texts that try to break out.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

#[path = "../terminal/mod.rs"]
mod terminal;
use terminal::Ran;

/// From the repository to the project.
pub const PREFIX: &str = "studies/kz/";

/// A repository with a project in it.
pub struct Scratch {
    pub folder: TempDir,
}

impl Scratch {
    pub fn new(files: &[(&str, &str)]) -> Scratch {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        let scratch = Scratch { folder };
        for (name, text) in files {
            scratch.write(name, text);
        }
        scratch
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join(PREFIX)
    }

    pub fn write(&self, name: &str, text: &str) {
        terminal::write(&self.root(), name, text);
    }

    pub fn read(&self, name: &str) -> String {
        terminal::read(&self.root(), name)
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        terminal::run(&self.root(), &[&["check"], arguments].concat())
    }

    /// What `--format json` says, which the other formats are held against.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.run(&["--format", "json", "--all"]).out).unwrap()
    }
}

/// Nothing to find.
pub fn clean() -> Scratch {
    Scratch::new(&[("claims/one.toml", &share("one", "20 %", "20 %"))])
}

/// One thing to find.
pub fn single() -> Scratch {
    Scratch::new(&[("claims/one.toml", &(share("one", "20 %", "20 %") + &share("two", "25.9 %", "25.9 %")))])
}

/// So many conflicts of two claims each.
pub fn many(count: usize) -> Scratch {
    let mut text = String::new();
    for number in 0..count {
        for (id, value) in [("a", "1,201 km"), ("b", "1,302 km")] {
            text.push_str(&format!(
                "[[claim]]\nid = \"length-{number}-{id}\"\nsubject = \"france\"\nmeasure = \"population\"\nperiod = \"{}\"\nvalue = \"{}\"\n",
                1000 + number,
                value.replace("km", "persons")
            ));
        }
    }
    Scratch::new(&[("claims/many.toml", &text)])
}

/// What a source may say to break out of a format.
pub const HOSTILE: &str = "61 | `x` <img src=x onerror=alert(1)> [a](http://evil) www.evil.org @all #1 !2 $x$ :smile: *b* ::error::\n::stop-commands::y\r\u{1b}[31m\u{1b}]8;;http://evil\u{7}\u{202e}\u{2066}\u{9b}{0} ]]> &amp; &lt; ##[group] \u{fffe}\\\"'";

/// Findings in two languages and scripts, with names, texts and reasons that try to break out.
pub fn hostile() -> Scratch {
    let arabic = share("share-a", "20 %", "25 في \u{200f}المئة").replace("line = 1", "line = 2");
    let russian = share("share-b", "25.9 %", "Доля \"25,9 %\"").replace("line = 1", "line = 3");
    let hostile = share("share-c", "60 %", HOSTILE).replace("russian", "kazakh");
    let accepted = share("share-d", "30 %", "31 %").replace("russian", "ukrainian")
        + "allow = [{ rule = \"figure-as-written\", reason = \"no | <b>reason</b> \\u202e::error::\" }]\n";
    Scratch::new(&[
        (
            "texts/نص.txt",
            "\u{feff}عنوان\r\nبلغت النسبة 25 في \u{200f}المئة و \"(20) ٪\" من 👨\u{200d}👩\u{200d}👧 السكان\r\nДоля \"25,9 %\" населения\n",
        ),
        ("claims/a,b:c%0A=&.toml", &(document("path = \"../texts/نص.txt\"\n") + &arabic + &accepted)),
        (
            "claims/сведения | <b>.toml",
            &(document("") + "# 👨\u{200d}👩\u{200d}👧 и كم\n" + &russian + &hostile + CHECK),
        ),
    ])
}

/// A check that does not hold.
const CHECK: &str =
    "\n[[check]]\nid = \"смесь\"\nassert = \"share-c <= share-b\"\nwhy = \"<img> | {0} [a](b) @all \\u202e\"\n";

/// Nothing that could be read as a whole: an unknown key that tries to break out, and broken TOML.
pub fn broken() -> Scratch {
    let text = share("one", "20 %", "20 %") + "\"x::error::\\u001b[31m\\u202e|<b>%0A{0}\" = 1\n";
    Scratch::new(&[("claims/bad,name.toml", &text), ("claims/worse.toml", "[[claim\n")])
}

fn document(more: &str) -> String {
    format!("[document]\nid = \"text\"\n{more}")
}

fn share(id: &str, value: &str, written: &str) -> String {
    // JSON strings are TOML strings, but for characters that JSON leaves as they are
    let written: String = serde_json::to_string(written)
        .unwrap()
        .chars()
        .flat_map(|letter| match letter {
            '\u{7f}' => "\\u007f".chars().collect::<Vec<_>>(),
            letter => vec![letter],
        })
        .collect();
    format!(
        "\n[[claim]]\nid = \"{id}\"\nsubject = \"kazakhstan\"\nmeasure = \"population.share\"\nethnicity = \"russian\"\nvalue = \"{value}\"\nsource = {{ line = 1, text = {written} }}\n"
    )
}

/// A stretch of a text by lines and columns in characters, as an editor finds it.
pub fn stretch(text: &str, start: (usize, usize), end: (usize, usize)) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let from = |line: usize, column: usize| lines[line - 1].chars().skip(column - 1).collect::<String>();
    if start.0 == end.0 {
        return lines[start.0 - 1].chars().skip(start.1 - 1).take(end.1 - start.1).collect();
    }
    let mut parts = vec![from(start.0, start.1)];
    parts.extend(lines[start.0..end.0 - 1].iter().map(|line| (*line).to_owned()));
    parts.push(lines[end.0 - 1].chars().take(end.1 - 1).collect());
    parts.join("\n")
}

/// Whether a terminal would obey something in it.
pub fn is_obeyed(text: &str) -> bool {
    text.chars().any(|letter| letter != '\n' && kzcheck::report::visible::is_unsafe(letter))
}
