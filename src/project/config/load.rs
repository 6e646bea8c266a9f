//! Reads a configuration and those that it extends, and joins them: what is said nearer goes before what is said
//! further away. Every mistake is a problem with its place; whatever else the files say still holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::raw::{RawConfig, RawOverride};
use super::{Config, Level, Origin, Override, Pattern, Setting};
use crate::document::{LineIndex, Problem, Span, toml_problem};
use crate::project::place::Place;
use crate::rules::{Version, version};

/// How many configurations may extend each other.
const MOST_FILES: usize = 16;

/// Reads the configuration of a project, if it has one.
pub fn load(place: &Place, file: Option<&Path>, problems: &mut Vec<Problem>) -> Config {
    let mut loader = Loader { place, config: Config::default_in(&place.root), chain: Vec::new(), problems };
    if let Some(file) = file {
        loader.file(file, None);
    }
    loader.config
}

struct Loader<'a> {
    place: &'a Place,
    config: Config,
    /// The files that are being read, by their real paths: what extends before what is extended.
    chain: Vec<PathBuf>,
    problems: &'a mut Vec<Problem>,
}

/// A file that is being read.
struct Reading<'a> {
    shown: String,
    folder: &'a Path,
    text: &'a str,
    lines: LineIndex,
}

impl Reading<'_> {
    fn origin(&self, span: Span) -> Origin {
        let line = self.lines.place(self.text, span.start as usize).line;
        Origin::File { file: self.shown.clone(), span, line }
    }

    fn setting<T>(&self, value: T, span: std::ops::Range<usize>) -> Setting<T> {
        Setting { value, origin: self.origin(span.into()) }
    }

    fn take<T: Clone>(&self, slot: &mut Setting<T>, raw: Option<&Spanned<T>>) {
        if let Some(raw) = raw {
            *slot = self.setting(raw.get_ref().clone(), raw.span());
        }
    }

    fn folders(&self, slot: &mut Setting<Vec<PathBuf>>, raw: Option<&Spanned<Vec<String>>>) {
        if let Some(raw) = raw {
            let folders = raw.get_ref().iter().map(|folder| tidy(&self.folder.join(folder))).collect();
            *slot = self.setting(folders, raw.span());
        }
    }
}

impl Loader<'_> {
    fn file(&mut self, path: &Path, named: Option<(&str, Span)>) {
        let shown = self.place.shown(path);
        let text = match self.text(path) {
            Ok(text) => text,
            Err(message) => {
                let problem = match named {
                    Some((file, span)) => Problem::new(file, span, format!("`{shown}` {message}")),
                    None => Problem::new(shown, None, message),
                };
                return self.problems.push(problem);
            }
        };
        self.config.files.push(path.to_path_buf());
        let raw: RawConfig = match toml::from_str(&text) {
            Ok(raw) => raw,
            Err(error) => return self.problems.push(toml_problem(&shown, &error, "config")),
        };
        let folder = path.parent().unwrap_or(&self.place.root).to_path_buf();
        let reading = Reading { shown, folder: &folder, text: &text, lines: LineIndex::new(&text) };
        if let Some(extend) = &raw.extend {
            self.extend(extend, &reading);
        }
        self.join(&raw, &reading);
    }

    /// The text of a configuration, or why it cannot be had. A link must not lead out of the repository: what is no
    /// configuration would be shown in a message.
    fn text(&self, path: &Path) -> Result<String, String> {
        if path.exists() && self.place.link_leads_out(path) {
            return Err("is a link that leads out of the repository".to_owned());
        }
        let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
        String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
    }

    fn extend(&mut self, extend: &Spanned<String>, reading: &Reading<'_>) {
        let span = Span::from(extend.span());
        let path = tidy(&reading.folder.join(extend.get_ref()));
        let mut problem = |message: String, help: &str| {
            self.problems.push(Problem::new(&*reading.shown, span, message).with_help(help));
        };
        if path.extension().is_none_or(|extension| extension != "toml") {
            return problem(format!("`{}` is no configuration", extend.get_ref()), "name a file that ends in `.toml`");
        }
        let own = real(&reading.folder.join(Path::new(&reading.shown).file_name().unwrap_or_default()));
        self.chain.push(own);
        let is_cycle = self.chain.contains(&real(&path));
        if is_cycle || self.chain.len() > MOST_FILES {
            let message = if is_cycle { "extends itself in the end" } else { "extends too many files" };
            self.problems.push(
                Problem::new(&*reading.shown, span, format!("this configuration {message}"))
                    .with_help("remove one `extend` of the circle"),
            );
        } else {
            self.file(&path, Some((&reading.shown, span)));
        }
        self.chain.pop();
    }

    fn join(&mut self, raw: &RawConfig, reading: &Reading<'_>) {
        reading.folders(&mut self.config.claims, raw.claims.as_ref());
        reading.folders(&mut self.config.rules, raw.rules.as_ref());
        reading.take(&mut self.config.fail_on, raw.fail_on.as_ref());
        reading.take(&mut self.config.reading, raw.reading.as_ref());
        reading.take(&mut self.config.missing_document, raw.missing_document.as_ref());
        for (id, path) in &raw.documents {
            let target = tidy(&reading.folder.join(path.get_ref()));
            self.config.documents.insert(id.clone(), reading.setting(target, path.span()));
        }
        let exclude = self.patterns(&raw.exclude, reading);
        self.config.exclude.extend(exclude);
        let texts = self.patterns(&raw.texts, reading);
        self.config.texts.extend(texts);
        if let Some(raw) = &raw.rules_version {
            self.rules_version(raw, reading);
        }
        self.config.severity.extend(severities(&raw.severity, reading));
        for raw in &raw.overrides {
            self.overriding(raw, reading);
        }
    }

    fn patterns(&mut self, raw: &[Spanned<String>], reading: &Reading<'_>) -> Vec<Setting<Pattern>> {
        let patterns = raw.iter().filter_map(|text| {
            let pattern = self.pattern(text.get_ref(), text.span(), reading)?;
            Some(reading.setting(pattern, text.span()))
        });
        patterns.collect()
    }

    fn pattern(&mut self, text: &str, span: std::ops::Range<usize>, reading: &Reading<'_>) -> Option<Pattern> {
        Pattern::new(text, reading.folder)
            .map_err(|reason| {
                let problem =
                    Problem::new(&*reading.shown, Span::from(span), format!("`{text}` is no pattern: {reason}"));
                self.problems.push(problem.with_help("write `claims/old/**` or `*.draft.toml`"));
            })
            .ok()
    }

    fn overriding(&mut self, raw: &RawOverride, reading: &Reading<'_>) {
        let span = raw.files.span();
        let files = raw.files.get_ref().iter();
        let files: Vec<Pattern> = files.filter_map(|text| self.pattern(text, span.clone(), reading)).collect();
        let severity = severities(&raw.severity, reading).collect();
        self.config.overrides.push(Override { files, severity, origin: reading.origin(span.into()) });
    }

    fn rules_version(&mut self, raw: &Spanned<String>, reading: &Reading<'_>) {
        let written = raw.get_ref();
        let own = version::OWN;
        let (message, help) = match Version::parse(written) {
            Some(version) if version <= Version::own() => {
                self.config.rules_version = Some(reading.setting(version, raw.span()));
                return;
            }
            Some(_) => {
                (format!("the rules of {written} are newer than this kzcheck, {own}"), "upgrade kzcheck".to_owned())
            }
            None => (format!("`{written}` is no version"), format!("write `rules-version = \"{own}\"`")),
        };
        self.problems.push(Problem::new(&*reading.shown, Span::from(raw.span()), message).with_help(help));
    }
}

fn severities<'a>(
    raw: &'a BTreeMap<Spanned<String>, Spanned<Level>>,
    reading: &'a Reading<'_>,
) -> impl Iterator<Item = (String, Setting<Level>)> + 'a {
    raw.iter().map(|(id, level)| (id.get_ref().clone(), reading.setting(*level.get_ref(), id.span())))
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A path without `.` and `..`, as far as that can be told without looking.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            std::path::Component::CurDir => {}
            other => tidy.push(other),
        }
    }
    tidy
}
