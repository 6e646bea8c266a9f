//! In which format a document is written: told by the first bytes where they are telling, else by the ending of its name.

use std::io::{self, Read};
use std::path::Path;

/// A format that documents are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, in paragraphs with empty lines between them.
    Text,
    Markdown,
    Html,
    /// A table with a line for each row: commas, semicolons, tabs or strokes between the cells.
    Csv,
    /// What Word writes.
    Docx,
}

/// Why a document is not read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Refusal {
        self.help = Some(help.into());
        self
    }
}

/// The bytes at the start of a document that tell what it is.
///
/// # Errors
/// Whatever reading fails with.
pub fn start_of(mut from: impl Read) -> io::Result<Vec<u8>> {
    const TELLING: u64 = 8192;
    let mut start = Vec::new();
    from.by_ref().take(TELLING).read_to_end(&mut start)?;
    Ok(start)
}

const TEXT_BOMS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];

impl Format {
    /// Every format and its name.
    pub const NAMED: [(&str, Format); 5] = [
        ("text", Format::Text),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("csv", Format::Csv),
        ("docx", Format::Docx),
    ];

    /// The format of a document with this name (if it has one) that starts with these bytes.
    ///
    /// # Errors
    /// If it is in a format that is not read; the refusal says how to convert it.
    pub fn of(path: Option<&Path>, start: &[u8]) -> Result<Format, Refusal> {
        let extension = path.and_then(Path::extension).map(|extension| extension.to_string_lossy().to_lowercase());
        let extension = extension.as_deref().unwrap_or_default();
        refused(extension, start)?;
        if start.starts_with(b"PK\x03\x04") {
            return Ok(Format::Docx);
        }
        Ok(match Format::named(extension) {
            Some(Format::Text) | None if is_html(start) => Format::Html,
            named => named.unwrap_or(Format::Text),
        })
    }

    /// The format that the ending of a name stands for, in small letters and without its dot.
    pub fn named(extension: &str) -> Option<Format> {
        Some(match extension {
            "txt" | "text" => Format::Text,
            "md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" => Format::Markdown,
            "html" | "htm" | "xhtml" | "xht" => Format::Html,
            "csv" | "tsv" | "tab" => Format::Csv,
            "docx" | "docm" | "dotx" => Format::Docx,
            _ => return None,
        })
    }
}

/// Whether text is written in two bytes a character, with a mark that says so.
pub fn is_utf16(start: &[u8]) -> bool {
    start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff")
}

fn refused(extension: &str, start: &[u8]) -> Result<(), Refusal> {
    if start.starts_with(b"%PDF-") {
        let help = "turn it into text first: `pdftotext -layout FILE.pdf FILE.txt`";
        return Err(Refusal::new(".pdf files are not read: they hold letters in places, and no text").with_help(help));
    }
    let convert = |to: &str| format!("convert it first: `soffice --headless --convert-to {to} FILE`");
    let is_old_office = start.starts_with(b"\xd0\xcf\x11\xe0");
    let is_archive = start.starts_with(b"PK\x03\x04");
    match extension {
        "doc" | "ppt" | "xls" if is_old_office => {
            let to = if extension == "xls" { "csv" } else { "docx" };
            return Err(Refusal::new(format!(".{extension} files are not read")).with_help(convert(to)));
        }
        _ if is_old_office => {
            let message = "it is a document of an old office program, or protected by a password";
            return Err(Refusal::new(message).with_help("open it there and save it as .docx, without a password"));
        }
        "xlsx" | "xlsm" | "ods" if is_archive => {
            return Err(Refusal::new(format!(".{extension} files are not read")).with_help(convert("csv")));
        }
        "odt" | "pptx" | "odp" | "epub" if is_archive => {
            return Err(Refusal::new(format!(".{extension} files are not read")).with_help(convert("docx")));
        }
        "rtf" => return Err(Refusal::new(".rtf files are not read").with_help(convert("docx"))),
        _ => {}
    }
    let is_text = TEXT_BOMS.iter().any(|mark| start.starts_with(mark)) || is_archive;
    if !is_text && start.contains(&0) {
        let help = "if it is text in UTF-16 or UTF-32, save it as UTF-8";
        return Err(Refusal::new("it is no text: it has zero bytes near its start").with_help(help));
    }
    Ok(())
}

fn is_html(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|first| first.eq_ignore_ascii_case(with.as_bytes()));
    begins("<!doctype html") || begins("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, start: &[u8]) -> Result<Format, Refusal> {
        Format::of(Some(Path::new(name)), start)
    }

    #[test]
    fn the_name_tells_and_the_content_where_it_is_telling() {
        assert_eq!(of("a.txt", b"12 km"), Ok(Format::Text));
        assert_eq!(of("A.MD", b"# A"), Ok(Format::Markdown));
        assert_eq!(of("a.csv", b"a,b"), Ok(Format::Csv));
        assert_eq!(of("a", b"\n<!DOCTYPE html><p>"), Ok(Format::Html));
        assert_eq!(of("report.bin", b"PK\x03\x04"), Ok(Format::Docx));
        assert_eq!(Format::of(None, b"12 km"), Ok(Format::Text));
    }

    #[test]
    fn what_is_not_read_says_how_to_convert_it() {
        let help = |name: &str, start: &[u8]| of(name, start).unwrap_err().help.unwrap();
        assert!(help("a.txt", b"%PDF-1.7").contains("pdftotext -layout"));
        assert!(help("a.doc", b"\xd0\xcf\x11\xe0").contains("--convert-to docx"));
        assert!(help("a.xlsx", b"PK\x03\x04").contains("--convert-to csv"));
        assert!(of("a.txt", b"MZ\0\0").unwrap_err().message.contains("no text"));
        assert_eq!(of("a.txt", b"\xff\xfe1\0"), Ok(Format::Text));
    }
}
