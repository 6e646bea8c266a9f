//! The reader's manual: what it makes of a file, one behaviour each. Properties are in `tests/properties`.

use super::*;

mod properties;

/// A file's sections, one line each, and its errors, each with the text it points at.
struct Outcome {
    sections: Vec<String>,
    errors: Vec<String>,
    helps: Vec<String>,
}

fn outcome(text: &str) -> Outcome {
    let mut sections = Vec::new();
    let mut found = Vec::new();
    read(text, |section| sections.push(show_section(section)), |error| found.push(error));
    let show = |error: &SyntaxError| {
        let earlier = error.earlier.map(|span| format!(" (first: {})", span.of(text)));
        format!("{:?}: {}{}", error.span.of(text), error.message, earlier.unwrap_or_default())
    };
    Outcome {
        sections,
        errors: found.iter().map(show).collect(),
        helps: found.iter().filter_map(|error| error.help.clone()).collect(),
    }
}

fn show_section(section: &Section<'_, '_>) -> String {
    let path: Vec<&str> = section.path.iter().map(|key| key.value.as_ref()).collect();
    let damaged = if section.damaged { " damaged" } else { "" };
    let array = if section.is_array { "*" } else { "" };
    format!("{}{array}{damaged} {}", path.join("."), show_table(section.entries))
}

fn show_table(entries: &[Entry<'_>]) -> String {
    let shown = entries.iter().map(|entry| format!("{}={}", entry.key.value, show(&entry.value.value)));
    format!("{{{}}}", shown.collect::<Vec<_>>().join(" "))
}

fn show(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Bare(raw) => (*raw).to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::List(elements) => {
            let shown = elements.iter().map(|element| show(&element.value));
            format!("[{}]", shown.collect::<Vec<_>>().join(" "))
        }
        Value::Table(entries) => show_table(entries),
    }
}

/// The sections of a text without errors.
fn sections(text: &str) -> Vec<String> {
    let outcome = outcome(text);
    assert_eq!(outcome.errors, Vec::<String>::new(), "in {text}");
    outcome.sections
}

fn errors(text: &str) -> Vec<String> {
    outcome(text).errors
}

fn helps(text: &str) -> Vec<String> {
    outcome(text).helps
}

#[test]
fn sections_come_one_by_one_in_their_order() {
    let text = "[document]\nid = \"study\"\n\n[subject.eu-summit]\nkind = \"event\"\n\n\
                [[claim]]\nid = \"a\"\n[[claim]]\nid = \"b\"\n[[check]]\nassert = \"a = b\"\n";
    let expected = [
        "document {id=\"study\"}",
        "subject.eu-summit {kind=\"event\"}",
        "claim* {id=\"a\"}",
        "claim* {id=\"b\"}",
        "check* {assert=\"a = b\"}",
    ];
    assert_eq!(sections(text), expected);
}

#[test]
fn what_stands_before_the_first_header_is_a_section_without_a_name() {
    assert_eq!(sections("a = 1\n[b]\n"), [" {a=1}", "b {}"]);
    assert_eq!(sections("# only a note\n[b]\n"), ["b {}"]);
    assert_eq!(sections(""), Vec::<String>::new());
}

#[test]
fn values_of_every_kind() {
    let text = "a = 'raw \\'\nb = \"tab\\t\"\nc = '''\nmany\nlines'''\nd = -1_000\ne = 1.5e3\n\
                f = 2020-05-17\ng = true\nh = [1, [2], { x = 3 }]\ni = { y.z = 4 }\n\
                j = 2020-05-17 07:32:00Z\nk = 0xff\nl = 07:32\n";
    let expected = " {a=\"raw \\\\\" b=\"tab\\t\" c=\"many\\nlines\" d=-1_000 e=1.5e3 f=2020-05-17 g=true \
                    h=[1 [2] {x=3}] i={y={z=4}} j=2020-05-17 07:32:00Z k=0xff l=07:32}";
    assert_eq!(sections(text), [expected]);
}

#[test]
fn every_part_has_its_span() {
    let text = "[[claim]] # note\nsource.line = 5\n\"the value\" = [ \"x\" ]\n";
    let mut seen = Vec::new();
    read(
        text,
        |section| {
            let mut note = |span: Span| seen.push(span.of(text).to_owned());
            note(section.header);
            note(section.path[0].span);
            note(section.span);
            for entry in section.entries {
                note(entry.key.span);
                note(entry.value.span);
            }
        },
        |error| panic!("{error:?}"),
    );
    let whole = "[[claim]] # note\nsource.line = 5\n\"the value\" = [ \"x\" ]";
    let expected = ["[[claim]]", "claim", whole, "source", "source.line = 5", "\"the value\"", "[ \"x\" ]"];
    assert_eq!(seen, expected);
}

#[test]
fn texts_without_escapes_are_borrowed() {
    let text = "\"a key\" = \"plain\"\nb = 'plain'\nc = \"\"\"plain\"\"\"\nd = \"with \\\"\"\n";
    let mut borrowed = Vec::new();
    let is_borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
    read(
        text,
        |section| {
            assert!(section.entries.iter().all(|entry| is_borrowed(&entry.key.value)));
            for entry in section.entries {
                if let Value::Text(text) = &entry.value.value {
                    borrowed.push(is_borrowed(text));
                }
            }
        },
        |error| panic!("{error:?}"),
    );
    assert_eq!(borrowed, [true, true, true, false]);
}

#[test]
fn dotted_keys_become_tables_and_join_their_siblings() {
    let text = "[[claim]]\nsource.line = 5\nvalue = \"1\"\nsource.at.page = 2\n'source'.text = \"x\"\n";
    let expected = ["claim* {source={line=5 at={page=2} text=\"x\"} value=\"1\"}"];
    assert_eq!(sections(text), expected);
}

#[test]
fn tables_below_a_section_become_part_of_it() {
    let text = "[[claim]]\nid = \"a\"\n[claim.source]\nline = 5\n[claim.source.at]\npage = 1\n\
                [[claim]]\nid = \"b\"\n[claim.source]\nline = 6\n\
                [subject.x]\n[subject.x.names]\nar = \"س\"\n[subject.y]\n";
    let expected = [
        "claim* {id=\"a\" source={line=5 at={page=1}}}",
        "claim* {id=\"b\" source={line=6}}",
        "subject.x {names={ar=\"س\"}}",
        "subject.y {}",
    ];
    assert_eq!(sections(text), expected);
}

#[test]
fn lists_below_a_section_become_part_of_it() {
    let text = "[[claim]]\n[[claim.allow]]\nrule = \"a\"\n[claim.allow.with]\nid = 1\n\
                [[claim.allow]]\nrule = \"b\"\n[[claim]]\n[[claim.allow]]\nrule = \"c\"\n";
    let expected = ["claim* {allow=[{rule=\"a\" with={id=1}} {rule=\"b\"}]}", "claim* {allow=[{rule=\"c\"}]}"];
    assert_eq!(sections(text), expected);
}

#[test]
fn a_table_apart_from_its_section_comes_by_itself() {
    let text = "[[claim]]\nid = \"a\"\n[document]\n[claim.source]\nline = 5\n";
    assert_eq!(sections(text), ["claim* {id=\"a\"}", "document {}", "claim.source {line=5}"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = "\u{feff}[claim]\r\nid = \"a\"\r\n# note\r\nt = [\r\n 1,\r\n]\r\n";
    assert_eq!(sections(text), ["claim {id=\"a\" t=[1]}"]);
    assert_eq!(errors("\u{feff}a = x\r\n"), ["\"x\": `x` must stand in quotes"]);
}

#[test]
fn a_key_given_twice_keeps_its_first_value() {
    let outcome = outcome("[[claim]]\nvalue = \"1\"\nvalue = \"2\"\n");
    assert_eq!(outcome.sections, ["claim* damaged {value=\"1\"}"]);
    assert_eq!(outcome.errors, ["\"value\": `value` is given twice in this table (first: value)"]);
    assert_eq!(outcome.helps, ["remove one of the two; until then the first counts"]);
    assert_eq!(errors("a = { b = 1, b = 2 }"), ["\"b\": `b` is given twice in this table (first: b)"]);
    assert_eq!(errors("a.b = 1\na.b = 2"), ["\"b\": `b` is given twice in this table (first: b)"]);
}

#[test]
fn a_key_given_twice_is_found_among_many() {
    let mut text: String = (0..100).map(|n| format!("key{n} = {n}\n")).collect();
    text.push_str("key7 = 0\n");
    assert_eq!(errors(&text), ["\"key7\": `key7` is given twice in this table (first: key7)"]);
}

#[test]
fn a_value_is_no_table() {
    let twice = "`source` has a value already, so that";
    for (text, rest) in [
        ("source = 1\nsource.line = 2\n", "nothing can be added to it with a dot"),
        ("source = { a = 1 }\nsource.line = 2\n", "nothing can be added to it with a dot"),
        ("[c]\nsource = 1\n[c.source]\n", "no header can be made of it"),
        ("[c]\nsource.a = 1\n[c.source]\n", "no header can be made of it"),
        ("[c]\nsource = 1\n[document]\n[c.source]\n", "no header can be made of it"),
        ("[[c]]\nsource = 1\n[document]\n[c.source.at]\n", "no header can be made of it"),
    ] {
        assert_eq!(errors(text), [format!("\"source\": {twice} {rest} (first: source)")], "{text}");
    }
    let table = ["\"b\": `b` is a table already (first: b)"];
    assert_eq!(errors("[a.b]\n[a]\nb = 1\n"), table);
    assert_eq!(errors("a.b.c = 1\na.b = 1\n"), table);
}

#[test]
fn a_table_has_one_header() {
    let outcome = outcome("[document]\na = 1\n[document]\na = 2\n[document]\n");
    let expected = ["document {a=1}", "document damaged {a=2}", "document damaged {}"];
    assert_eq!(outcome.sections, expected);
    // Said once: the third is the same mistake again.
    let expected = ["\"document\": the header `[document]` is given twice (first: document)"];
    assert_eq!(outcome.errors, expected);
    assert_eq!(sections("[a.b]\n[a]\n[a.c]\n").len(), 2);
}

#[test]
fn a_list_is_no_table() {
    let list = "`claim` is a list above, with double brackets, but not here";
    assert_eq!(errors("[[claim]]\n[claim]\n"), [format!("\"claim\": {list} (first: claim)")]);
    let table = "`claim` is a list here, with double brackets, but not above";
    let text = "[claim]\n[[claim]]\n[[claim]]\n";
    assert_eq!(errors(text), [format!("\"claim\": {table} (first: claim)")]);
    assert_eq!(helps(text), ["if there may be several, write each header `[[claim]]`"]);
}

#[test]
fn after_an_error_the_rest_is_read() {
    let text = "[[claim]]\nid = \"a\"\nvalue = 18.6 billion\nnot toml\n[[claim]]\nid = \"b\"\n\
                [[claim]\nid = \"c\"\n[[claim]]\nid = \"d\"\n";
    let outcome = outcome(text);
    let expected = ["claim* damaged {id=\"a\"}", "claim* {id=\"b\"}", "claim* damaged {id=\"c\"}", "claim* {id=\"d\"}"];
    assert_eq!(outcome.sections, expected);
    let expected = [
        "\"18.6 billion\": `18.6 billion` must stand in quotes",
        "\"toml\": expected `=` and a value after the key",
        "\"\": the header is not closed",
    ];
    assert_eq!(outcome.errors, expected);
}

#[test]
fn text_without_quotes() {
    let cases = [
        ("value = 18.6 billion # note", "18.6 billion"),
        ("value = 18,600,000 EUR", "18,600,000 EUR"),
        ("value = 5%", "5%"),
        ("value = 10-20", "10-20"),
        ("value = >= 5", ">= 5"),
        ("value = ~5 %", "~5 %"),
        ("value = مليار", "مليار"),
    ];
    for (text, value) in cases {
        assert_eq!(errors(text), [format!("{value:?}: `{value}` must stand in quotes")]);
        assert_eq!(helps(text), [format!("write `value = \"{value}\"`")]);
    }
    assert_eq!(errors("a = { b = 5% }"), ["\"5%\": `5%` must stand in quotes"]);
    assert_eq!(helps("a = True"), ["write `true`"]);
}

#[test]
fn a_missing_quote() {
    let closing = "the closing quote is missing";
    assert_eq!(errors("a = \"18 EUR\nb = 1\n"), [format!("\"\\\"18 EUR\": {closing}")]);
    assert_eq!(errors("a = 'x\r\n"), [format!("\"'x\": {closing}")]);
    assert_eq!(errors("a = 18 EUR\""), ["\"18 EUR\\\"\": the opening quote is missing"]);
    assert_eq!(helps("a = 18 EUR\""), ["write `a = \"18 EUR\"`"]);
}

#[test]
fn a_missing_quote_in_brackets_costs_its_line_only() {
    let text = "[[claim]]\nsource = { line = 5, text = \"abc }\nid = \"a\"\n\
                names = [\"x\", \"y]\nvalue = \"1\"\n[[claim]]\nid = \"b\"\n";
    let outcome = outcome(text);
    assert_eq!(outcome.errors.len(), 2, "{:?}", outcome.errors);
    assert_eq!(outcome.errors[0], "\"\\\"abc }\": the closing quote is missing");
    assert_eq!(outcome.errors[1], "\"\\\"y]\": the closing quote is missing");
    let first = "claim* damaged {source={line=5} id=\"a\" names=[\"x\"] value=\"1\"}";
    assert_eq!(outcome.sections, [first, "claim* {id=\"b\"}"]);
}

#[test]
fn a_missing_bracket_ends_where_the_next_key_or_header_begins() {
    let text = "[[claim]]\nnames = [ \"x\",\n \"y\"\nid = \"a\"\nsource = { line = 5\nvalue = \"1\"\n\
                list = [\n[[claim]]\nid = \"b\"\n";
    let outcome = outcome(text);
    let expected = ["\"[\": this `[` is not closed", "\"{\": this `{` is not closed", "\"[\": this `[` is not closed"];
    assert_eq!(outcome.errors, expected);
    let first = "claim* damaged {names=[\"x\" \"y\"] id=\"a\" source={line=5} value=\"1\" list=[]}";
    assert_eq!(outcome.sections, [first, "claim* {id=\"b\"}"]);
}

#[test]
fn lists_and_tables_may_span_lines() {
    let text = "a = [\n[1, 2],\n[true],\n['x'],\n]\nb = {\n c = 1,\n d = 2,\n}\n";
    assert_eq!(sections(text), [" {a=[[1 2] [true] [\"x\"]] b={c=1 d=2}}"]);
}

#[test]
fn a_long_quotation_left_open_ends_at_the_next_header() {
    let text = "[document]\ntitle = \"\"\"\nMany lines\n[[claim]]\nid = \"a\"\n";
    let outcome = outcome(text);
    assert_eq!(outcome.errors, ["\"\\\"\\\"\\\"\": these quotes are not closed"]);
    assert_eq!(outcome.sections, ["document damaged {}", "claim* {id=\"a\"}"]);
}

#[test]
fn a_merge_conflict_is_one_error() {
    let conflict = "<<<<<<< HEAD\nvalue = \"1\"\n=======\nvalue = \"2\"\n>>>>>>> theirs";
    let text = format!("[[claim]]\nid = \"a\"\n{conflict}\nsource = 1\n[[claim]]\nid = \"b\"\n");
    let outcome = outcome(&text);
    assert_eq!(outcome.errors, [format!("{conflict:?}: unresolved merge conflict")]);
    assert_eq!(outcome.sections, ["claim* damaged {id=\"a\" source=1}", "claim* {id=\"b\"}"]);
}

#[test]
fn after_a_merge_conflict_over_several_sections_the_next_header_counts() {
    let text = "[[claim]]\nid = \"a\"\n<<<<<<< HEAD\n[[claim]]\nid = \"b\"\n=======\n>>>>>>> theirs\n\
                value = \"of which?\"\n[[claim]]\nid = \"c\"\n";
    let outcome = outcome(text);
    assert_eq!(outcome.errors.len(), 1);
    assert_eq!(outcome.sections, ["claim* damaged {id=\"a\"}", "claim* {id=\"c\"}"]);
}

#[test]
fn a_merge_conflict_inside_a_list_is_one_error() {
    let text = "[[claim]]\nids = [\n<<<<<<< HEAD\n \"a\",\n=======\n \"b\",\n>>>>>>> theirs\n \"c\",\n]\n\
                value = \"1\"\n[[claim]]\n";
    let outcome = outcome(text);
    assert_eq!(outcome.errors.len(), 1, "{:?}", outcome.errors);
    assert_eq!(outcome.sections, ["claim* damaged {ids=[] value=\"1\"}", "claim* {}"]);
}

#[test]
fn parts_of_a_merge_conflict_are_told_too() {
    assert_eq!(errors("a = 1\n=======\nb = 2\n"), ["\"=======\": unresolved merge conflict"]);
    assert_eq!(errors("<<<<<<< HEAD\nb = 2\n"), ["\"<<<<<<< HEAD\": unresolved merge conflict"]);
    assert_eq!(errors(">>>>>>> x\nb = 2\n"), ["\">>>>>>> x\": unresolved merge conflict"]);
}

#[test]
fn characters_that_cannot_be_seen() {
    let bell = "\"\\u{7}\": invisible control character U+0007";
    assert_eq!(errors("a = \"x\u{7}\"\n"), [bell]);
    assert_eq!(errors("# x\u{7}\n"), [bell]);
    assert_eq!(errors("a\u{7} = 1\n"), [bell]);
    assert_eq!(helps("a = \"x\u{7}\"\n"), ["delete it, or write `\\u0007` if it is meant"]);
    let mark = "\"\\u{200f}\": invisible character U+200F (right-to-left mark)";
    assert_eq!(errors("a = \u{200f}\"x\"\n"), [mark]);
    assert_eq!(errors("a = \"\u{200f}x\"\n"), Vec::<String>::new());
}

#[test]
fn a_carriage_return_alone() {
    let message = "\"\\r\": a carriage return without a line feed after it";
    assert_eq!(errors("a = 1\rb = 2\rc = 3\r"), [message]);
    assert_eq!(errors("a = \"x\ry\"\n"), [message]);
}

#[test]
fn typographic_quotes() {
    let message = "\"“\": `“` is a typographic quote, which TOML does not take for one";
    assert_eq!(errors("value = “18.6 billion, EUR”\n"), [message]);
    assert_eq!(errors("value = { text = “18.6” }\n"), [message]);
    assert_eq!(sections("value = \"“x”\"\n"), [" {value=\"“x”\"}"]);
}

#[test]
fn slips_around_keys() {
    let cases = [
        ("value: \"5\"\n", "\":\": expected `=` after the key, not a colon"),
        ("value \"5\"\n", "\"\\\"5\\\"\": expected `=` and a value after the key"),
        ("value =\n", "\"\": `value` has no value"),
        ("value = # note\n", "\"\": `value` has no value"),
        ("a = { value }\n", "\"\": `value` has no value"),
        ("قيمة = \"5\"\n", "\"قيمة\": the key `قيمة` must stand in quotes"),
        ("= 5\n", "\"\": a name is missing here"),
        ("[]\n", "\"\": a name is missing here"),
        ("a = = 5\n", "\"=\": `=` stands twice"),
        ("value = \"5\" EUR\n", "\"EUR\": nothing more may stand on this line after the value"),
        ("a = [1 \"x\"]\n", "\"\\\"x\\\"\": expected a comma before this"),
        ("a = \"C:\\dir\"\n", "\"\\\\d\": this backslash does not begin a known escape"),
        ("a = 007\n", "\"007\": `007` must stand in quotes"),
    ];
    for (text, expected) in cases {
        assert_eq!(errors(text), [expected], "{text}");
    }
}

#[test]
fn a_line_has_one_error() {
    assert_eq!(errors("a = [ , , 5%, = ] ] }\nb = 5%\n").len(), 2);
}

#[test]
fn an_error_after_a_bracket_left_open_shares_its_line() {
    // To the reader of the errors, a carriage return alone ends no line.
    let text = "a = [1,\n2, # note\r[a.b] x\n";
    assert_eq!(errors(text).len(), 2);
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("a = {}{}\nb = 1\n", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(errors(&nested(MAX_DEPTH)), Vec::<String>::new());
    let too_deep = ["\"[\": more than 32 levels inside each other"];
    assert_eq!(errors(&nested(MAX_DEPTH + 1)), too_deep);
    assert_eq!(outcome(&nested(100_000)).sections.len(), 1);
    assert_eq!(errors(&format!("a = {}", "[".repeat(100_000))).len(), 1);
    assert_eq!(errors(&format!("a = {}", "{a=".repeat(100_000))).len(), 1);
    assert_eq!(errors(&"[".repeat(100_000)).len(), 1);
    assert_eq!(errors(&format!("{}b = 1\n", "a.".repeat(100_000))).len(), 1);
    assert_eq!(errors(&format!("[{}b]\n", "a.".repeat(100_000))).len(), 1);
}

#[test]
fn size_is_no_trouble() {
    let keys: String = (0..100_000).map(|n| format!("a.k{n}=1,")).collect();
    assert_eq!(sections(&format!("t = {{ {keys} }}\n")).len(), 1);
    assert_eq!(errors(&format!("a = [{}]", ",".repeat(1_000_000))).len(), 1);
    assert_eq!(errors(&format!("a = {}", "x ".repeat(1_000_000))).len(), 1);
    assert_eq!(errors(&"<<<<<<<\n".repeat(100_000)).len(), 100_000);
    assert_eq!(errors(&"a = [\n".repeat(100_000)).len(), 100_000);
}
