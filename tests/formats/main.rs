//! The formats of `kzcheck check`, read back by other readers than those that wrote them: the same findings, places and
//! characters come out, whatever the claims hold.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod github;
mod gitlab;
mod junit;
mod markdown;
mod outputs;
mod sarif;
mod scratch;
