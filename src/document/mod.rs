//! Texts and the places in them: lines, columns, offsets, and what went wrong where.
//!
//! Nothing here knows what a figure means or what a claim is. Files are read by `project`; this module is handed
//! text and answers questions about places in it.

pub mod lines;
pub mod problem;
pub mod toml_error;

pub use lines::{LineIndex, Place};
pub use problem::{Problem, Span};
pub use toml_error::toml_problem;
