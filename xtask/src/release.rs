//! Whether a tag may be released.

use anyhow::{Result, bail};

use crate::files;

/// The workspace's version, and so the npm package's and the crate's.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// # Errors
/// The tag is not this version's, or the changelog has no dated entry for it.
pub fn check(tag: &str) -> Result<()> {
    let complaints = complaints(tag, VERSION, &files::read_text("CHANGELOG.md")?);
    if !complaints.is_empty() {
        bail!("{tag} cannot be released:\n{}", complaints.join("\n"));
    }
    println!("{tag} can be released");
    Ok(())
}

fn complaints(tag: &str, version: &str, changelog: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if tag.strip_prefix('v') != Some(version) {
        complaints.push(format!("  Cargo.toml has version {version}, whose tag is v{version}"));
    }
    let beginning = format!("## [{version}] - ");
    let heading = changelog.lines().find_map(|line| line.strip_prefix(&beginning));
    if !heading.is_some_and(is_date) {
        complaints.push(format!("  CHANGELOG.md has no heading `{beginning}YYYY-MM-DD`"));
    }
    complaints
}

fn is_date(text: &str) -> bool {
    let form = |(place, byte): (usize, u8)| if [4, 7].contains(&place) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

#[cfg(test)]
mod tests {
    use super::complaints;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-22\n\n## [1.2.2] - soon\n";

    #[test]
    fn the_tag_of_a_version_with_a_dated_entry_passes() {
        assert!(complaints("v1.2.3", "1.2.3", CHANGELOG).is_empty());
    }

    #[test]
    fn another_tag_is_refused() {
        for tag in ["1.2.3", "v1.2.4", "v1.2.3-rc.1", "vv1.2.3", ""] {
            assert_eq!(complaints(tag, "1.2.3", CHANGELOG).len(), 1, "{tag}");
        }
    }

    #[test]
    fn a_version_without_a_dated_entry_is_refused() {
        for version in ["1.2.2", "1.2.4", "1.2"] {
            assert_eq!(complaints(&format!("v{version}"), version, CHANGELOG).len(), 1, "{version}");
        }
    }
}
