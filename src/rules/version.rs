//! Versions of the program, as far as rules and configurations speak of them: `0.1`, `1.2.3`.

/// The version of this program.
pub const OWN: &str = env!("CARGO_PKG_VERSION");

/// A version; `0.1` is `0.1.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u32; 3]);

impl Version {
    /// Reads one to three numbers with points between them.
    pub fn parse(text: &str) -> Option<Version> {
        let mut numbers = [0; 3];
        let mut parts = text.trim().split('.');
        for (index, number) in numbers.iter_mut().enumerate() {
            match parts.next() {
                Some(part) if part.bytes().all(|byte| byte.is_ascii_digit()) => *number = part.parse().ok()?,
                None if index > 0 => {}
                _ => return None,
            }
        }
        parts.next().is_none().then_some(Version(numbers))
    }

    /// That of this program.
    pub fn own() -> Version {
        Version::parse(OWN).unwrap_or(Version([0; 3]))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [major, minor, patch] = self.0;
        if patch == 0 { write!(formatter, "{major}.{minor}") } else { write!(formatter, "{major}.{minor}.{patch}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_compare_by_number() {
        let version = |text| Version::parse(text).unwrap();
        assert!(
            version("0.9") < version("0.10") && version("1") == version("1.0.0") && version("1.2.3") > version("1.2")
        );
        for text in ["", "0.", "a", "1.2.3.4", "-1", "1.x", "99999999999"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        assert_eq!((version("0.1.0").to_string(), version("1.2.3").to_string()), ("0.1".into(), "1.2.3".into()));
    }
}
