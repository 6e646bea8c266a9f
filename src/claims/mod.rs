//! Claim files: what people state, in TOML, with the place of every key and value.
//!
//! Two stages. [`sections`] reads what the TOML says, section by section, without knowing what it means. [`mod@file`]
//! gives it meaning against the vocabulary and collects every mistake. [`mod@read`] does that for thousands of files in
//! parallel and joins the results in the order of the files, so that nothing depends on the number of threads.
//!
//! The text of the files is not kept, because a million claims are 250 MB of TOML: claims keep figures, keys and
//! spans, and reports read the few files again that findings point into.

pub mod claim;
mod conflict;
pub mod context;
pub mod file;
pub mod key;
pub mod read;
pub mod sections;
pub mod text;

pub use claim::{
    AcceptedInText, Allow, BoundTerm, CheckBody, Claim, ClaimFile, ClaimIndex, Claims, Document, Extras, LocalCheck,
    Restated, Source,
};
pub use context::Context;
pub use key::{FactKey, QualifierSets, SetId};
pub use read::{ClaimText, read};
