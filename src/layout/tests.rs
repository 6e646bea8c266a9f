//! Files as people write them, laid out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use super::{Layout, lay_out};
use crate::rules;

fn laid_out(text: &str) -> String {
    let (rules, problems) = rules::load(rules::shipped());
    assert!(problems.is_empty());
    let once = match lay_out(text, &rules).unwrap() {
        Layout::Same => text.to_owned(),
        Layout::Changed(new) => new,
    };
    assert_eq!(lay_out(&once, &rules), Ok(Layout::Same), "twice is as once: {once}");
    once
}

#[test]
fn keys_values_and_comments() {
    let text = "# What the file is.\n\n\n[document]\nlanguage='ar'\nid = \"study\"\n[[claim]]\n  value=\"6467 km\"  # as printed\n\
                neighbour = \"russia\"\n# about the measure\nmeasure = \"border.length\"\nsource = {text=\"(6,467)\",line=24}\n\
                id = \"a\"\nsubject = \"kazakhstan\"\nallow=[{reason=\"r\",rule=\"claims-agree\"},]\n\n\n\n\n# the other side\n[[claim]]\n\
                id = \"b\"\nvalue = \"1.50 million persons\"\n[[check]]\nterms={whole=\"a\",parts=[\"b\",\"c\"]}\n\
                rule=\"parts-of-a-whole\"\nid=\"c\"\n# the end\n\n";
    assert_eq!(
        laid_out(text),
        "# What the file is.\n\n[document]\nid       = \"study\"\nlanguage = 'ar'\n\n[[claim]]\nid        = \"a\"\n\
         subject   = \"kazakhstan\"\n# about the measure\nmeasure   = \"border.length\"\nneighbour = \"russia\"\n\
         value     = \"6,467 km\"  # as printed\nsource    = { line = 24, text = \"(6,467)\" }\n\
         allow     = [{ rule = \"claims-agree\", reason = \"r\" }]\n\n# the other side\n[[claim]]\nid    = \"b\"\n\
         value = \"1.50 million persons\"\n\n[[check]]\nid    = \"c\"\nrule  = \"parts-of-a-whole\"\n\
         terms = { whole = \"a\", parts = [\"b\", \"c\"] }\n# the end\n"
    );
}

#[test]
fn what_is_written_over_several_lines_stays_so() {
    let text = "[[check]]\nid    = \"c\"\nrule  = \"x\"\nterms = { a = [\n    \"one\", # first\n    \"two\",\n] }\nwhy   = \"\"\"\nWords  \n\n\nMore.\"\"\"\n";
    assert_eq!(laid_out(text), text);
}

#[test]
fn what_is_no_toml_is_refused_and_what_is_no_literal_is_kept() {
    let (rules, _) = rules::load(rules::shipped());
    assert!(lay_out("[[claim]\n", &rules).is_err());
    let text = "[[claim]]\nid    = \"a\"\nvalue = \"much\"\n";
    assert_eq!(laid_out(text), text);
    assert_eq!(laid_out(""), "");
}
