pub mod check;
pub mod claims;
pub mod cli;
pub mod document;
pub mod figure;
pub mod project;
pub mod report;
pub mod rules;
