//! Documents: texts in several formats as blocks, the places in them, and what went wrong where.
//!
//! Whatever a document is written in, what comes out are [`Block`]s, each with its text and the way back to the bytes of
//! the file. Nothing here knows what a figure means or what a claim is.

mod block;
mod comment;
mod delimited;
mod docx;
mod encoding;
pub mod format;
mod grid;
mod html;
pub mod lines;
mod markdown;
pub mod problem;
mod quote;
mod source;
mod table;
pub mod text;
pub mod toml_error;

pub use block::{Block, BlockKind, Cell, Origin, Piece};
pub use comment::Comment;
pub use encoding::Damage;
pub use format::{Format, Refusal};
pub use lines::{LineIndex, Place};
pub use problem::{Problem, Span};
pub use quote::Quotable;
pub use source::{Part, Places, Source, Spot, Unreadable};
pub use table::{Content, Table, TableCell};
pub use toml_error::toml_problem;

/// Digits and signs as they are written above the line (`²` for 2); none if there is another letter in the text.
fn superscript(text: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raised = |letter: char| match letter {
        '0'..='9' => RAISED.get(letter as usize - '0' as usize).copied(),
        '-' | '−' => Some('⁻'),
        '+' => Some('⁺'),
        // what notes have around and between their marks
        '[' | ']' | '(' | ')' | ',' | ' ' | '*' => Some(letter),
        _ => None,
    };
    text.chars().map(raised).collect()
}
