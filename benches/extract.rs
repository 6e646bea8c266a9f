//! How fast figures are read: `cargo bench --bench extract -- [TEXT]`.
//!
//! Without a text, it makes one: paragraphs in Arabic, English and Russian, of which about every third sentence has a
//! figure. Beside it runs `rg --count-matches '\p{Nd}+'` where ripgrep is at hand, one thread against one. Times are of
//! the processor where the system tells them, since other jobs disturb the clock.
#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use kzcheck::extract::{Options, read};

const RUNS: usize = 5;

/// Sentences of the made text; the number of its paragraph takes the place of `{}`.
const SENTENCES: [&str; 9] = [
    "The harbour of the northern coast was widened in the years after the flood, and ships of every size found room there. ",
    "Its quays are {} metres long, more than twice what the old town had, and took 12.5 % of all trade in 2019. ",
    "Nobody who had seen the old landing would have known the place again, said those who came back from the sea. ",
    "Река разливается каждую весну, и жители низких берегов заранее уносят вещи на чердаки и холмы. ",
    "В 1998 году вода поднялась на {} сантиметров, и более двух тысяч человек ушли из своих домов. ",
    "С тех пор построили новую плотину, о которой долго спорили и в столице, и в самих деревнях. ",
    "تمتد الواحة على طول الوادي القديم، وتزرع فيها النخيل والحبوب منذ زمن لا يعرف أحد بدايته. ",
    "ويبلغ عدد سكانها نحو {} ألف نسمة، يعمل ثلثهم في الزراعة، وقد زادوا بنسبة 3.4% عام 2020. ",
    "ويقول أهلها إن الماء لم ينقطع عنها قط، حتى في السنوات التي جفت فيها الآبار من حولها. ",
];

fn made(megabytes: usize) -> String {
    let mut text = String::new();
    let mut number = 100;
    while text.len() < megabytes << 20 {
        number = number % 900 + 101;
        for language in SENTENCES.chunks(3) {
            for sentence in language {
                text.push_str(&sentence.replace("{}", &number.to_string()));
            }
            let _ = writeln!(text, "\n");
        }
    }
    text
}

/// Seconds of the processor that this process has used, all threads together.
fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(ticks as f64 / 100.0)
}

fn rate(bytes: usize, seconds: f64) -> String {
    format!("{:.0} MB/s", bytes as f64 / seconds / 1e6)
}

fn main() -> std::io::Result<()> {
    let given = std::env::args().skip(1).find(|argument| argument != "--bench").map(PathBuf::from);
    let made_path = std::env::temp_dir().join(format!("kzcheck-bench-{}.txt", std::process::id()));
    let path: &Path = given.as_deref().unwrap_or(&made_path);
    if given.is_none() {
        std::fs::write(path, made(32))?;
    }
    let text = std::fs::read(path)?;
    println!("{} MB\n\n| reader | clock, fastest | processor, mean |\n| --- | ---: | ---: |", text.len() / 1_000_000);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(std::io::Error::other)?;
        let (mut fastest, mut figures) = (f64::MAX, 0);
        let before = processor();
        for _ in 0..RUNS {
            let start = Instant::now();
            figures = pool.install(|| read(&text[..], &Options::default()))?.mentions.len();
            fastest = fastest.min(start.elapsed().as_secs_f64());
        }
        let used = before.zip(processor()).map(|(before, after)| (after - before) / RUNS as f64);
        let used = used.map_or_else(|| "–".to_owned(), |seconds| rate(text.len(), seconds));
        println!("| kzcheck, {threads} threads, {figures} figures | {} | {used} |", rate(text.len(), fastest));
    }
    let mut fastest = f64::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let ran = Command::new("rg")
            .args(["--threads", "1", "--count-matches", r"\p{Nd}+"])
            .arg(path)
            .stdout(Stdio::null())
            .status();
        if !ran.is_ok_and(|status| status.success()) {
            fastest = f64::MAX;
            break;
        }
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    if fastest < f64::MAX {
        println!("| rg --count-matches, 1 thread | {} | – |", rate(text.len(), fastest));
    }
    if given.is_none() {
        std::fs::remove_file(path)?;
    }
    Ok(())
}
