//! What has a meaning in SARIF's own strings: braces and links in messages, and everything unusual in an address.

use super::log::Text;

/// A message: braces would be placeholders and are doubled (§3.11.5), and what would be a link is broken (§3.11.6).
pub(super) fn message(text: &str) -> Text {
    Text { text: text.replace('{', "{{").replace('}', "}}").replace("](", "\\]("), markdown: None }
}

/// A path as part of an address.
pub(super) fn path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_addresses() {
        assert_eq!(super::path("claims/a b%c:#?.toml"), "claims/a%20b%25c%3A%23%3F.toml");
        assert_eq!(super::path("نص.txt"), "%D9%86%D8%B5.txt");
    }

    #[test]
    fn messages_have_neither_placeholders_nor_links() {
        assert_eq!(super::message("{0} [a](http://b)").text, "{{0}} [a\\](http://b)");
    }
}
