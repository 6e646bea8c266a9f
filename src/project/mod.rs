//! The project of a run: its root, its configuration, which files belong to it. One discovery for every command.
//!
//! The root is the nearest folder upwards that holds `kzcheck.toml`, or else `claims/` or `rules/`, never above the
//! folder that holds `.git`. Paths in reports are relative to it, with `/`.

pub mod config;
pub mod discovery;
pub mod documents;
pub mod packs;
pub mod place;
pub mod repository;
pub mod rules;
pub mod schema;
pub mod severities;
mod texts;
mod walk;
pub mod write;

pub use config::Config;
pub use discovery::{Project, Selection, TextFile};
pub use documents::{DocumentText, Documents};
pub use repository::Repository;
