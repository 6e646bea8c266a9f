//! What is taken out of the archive, and how much of it at most.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::format::Refusal;
use super::super::source::{Part, Unreadable};
use super::{Style, Styles};

/// All parts together may unpack to so many bytes: what people write is smaller, what is made to fill memory is not.
const MOST_UNPACKED: u64 = 128 << 20;

/// What is read of a document.
#[derive(Debug)]
pub struct Package {
    /// The text first, then its notes.
    pub parts: Vec<Part>,
    pub styles: Styles,
}

/// Takes the text of a document out of its archive.
pub fn open(bytes: &[u8]) -> Result<Package, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let is_document = |name: &&String| name.starts_with("word/document") && name.ends_with(".xml");
    let Some(document) = names.iter().find(is_document).cloned() else {
        let help = "if it is another archive, unpack it; if it is another document, convert it to .docx";
        return Err(Refusal::new("an archive without word/document.xml is no .docx").with_help(help).into());
    };
    let mut room = MOST_UNPACKED;
    let mut parts = Vec::new();
    for name in [document.as_str(), "word/footnotes.xml", "word/endnotes.xml"] {
        let Some(text) = unpacked(&mut archive, name, &mut room)? else { continue };
        check(name, &text)?;
        parts.push(Part::of_archive(name, text));
    }
    let styles = unpacked(&mut archive, "word/styles.xml", &mut room)?;
    Ok(Package { parts, styles: styles.map(|text| styles_of(&text)).unwrap_or_default() })
}

/// The text of a part; none if the archive has no such part.
fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, room: &mut u64) -> Result<Option<String>, Unreadable> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(refusal(&error).into()),
    };
    let mut bytes = Vec::new();
    let broken = |error: std::io::Error| Refusal::new(format!("{name} cannot be unpacked: {error}"));
    file.take(*room + 1).read_to_end(&mut bytes).map_err(broken)?;
    let length = bytes.len() as u64;
    if length > *room {
        let message = format!("{name} unpacks to more than {} MB, which no text does", MOST_UNPACKED >> 20);
        return Err(Refusal::new(message).with_help("if it is a real document, save it as text").into());
    }
    *room -= length;
    let (part, damage) = Part::of_bytes(Some(name.into()), bytes);
    match damage.first() {
        Some(damage) => Err(Refusal::new(format!("{name}: no UTF-8 at byte {}", damage.start)).into()),
        None => Ok(Some(part.text)),
    }
}

fn refusal(error: &ZipError) -> Refusal {
    let message = match error {
        ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => format!("the archive is not read: {error}"),
        _ => format!("the archive is broken: {error}"),
    };
    Refusal::new(message).with_help("open it in a word processor and save it anew")
}

/// Refuses what is no XML, before anything is read of it.
fn check(name: &str, text: &str) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => {
                let message = format!("{name} is no XML at byte {}: {error}", reader.error_position());
                return Err(Refusal::new(message).with_help("open it in a word processor and save it anew"));
            }
        }
    }
}

/// The styles that `word/styles.xml` calls headings and list items, whatever their ids are in its language.
fn styles_of(text: &str) -> Styles {
    let mut reader = Reader::from_str(text);
    let mut found = Styles::new();
    let mut id: Option<String> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) if tag.local_name().as_ref() == b"style" => id = attribute(&tag, b"styleId"),
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == b"name" => {
                let name = attribute(&tag, b"val").unwrap_or_default().to_lowercase();
                if let (Some(id), Some(style)) = (&id, style_named(&name)) {
                    found.push((id.as_str().into(), style));
                }
            }
            _ => {}
        }
    }
    found
}

fn style_named(name: &str) -> Option<Style> {
    if name == "title" {
        return Some(Style::Heading { level: 1 });
    }
    match name.strip_prefix("heading ") {
        Some(level) => level.parse().ok().filter(|level| (1..=9).contains(level)).map(|level| Style::Heading { level }),
        // a "list paragraph" is one only by its numbering
        None => (name.starts_with("list bullet") || name.starts_with("list number")).then_some(Style::ListItem),
    }
}

/// The value of an attribute, whatever prefix its name has.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}
