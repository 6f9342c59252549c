//! The part of a document that a command writes: what stands between `<!-- NAME … -->` and `<!-- /NAME -->`.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files;

/// The marked part of a document.
///
/// # Errors
/// The document has no such part.
pub fn read(document: &str, name: &str) -> Result<String> {
    let text = files::read_text(document)?;
    let part = find(&text, name).and_then(|place| text.get(place).map(str::to_string));
    part.with_context(|| format!("{document} has no part marked {name}"))
}

/// Writes the marked part, and leaves the rest of the document alone.
///
/// # Errors
/// The document has no such part.
pub fn write(document: &str, name: &str, part: &str) -> Result<()> {
    let mut text = files::read_text(document)?;
    let place = find(&text, name).with_context(|| format!("{document} has no part marked {name}"))?;
    text.replace_range(place, part);
    files::write(Path::new(document), text)
}

/// The place between the two marks: the lines after the first, up to the second.
fn find(text: &str, name: &str) -> Option<Range<usize>> {
    let mark = text.find(&format!("<!-- {name}"))?;
    let begin = mark + text.get(mark..)?.find('\n')? + 1;
    let end = begin + text.get(begin..)?.find(&format!("<!-- /{name} -->"))?;
    Some(begin..end)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_stands_between_the_marks() {
        let text = "before\n<!-- sizes, by a command -->\na\nb\n<!-- /sizes -->\nafter\n";
        assert_eq!(find(text, "sizes").and_then(|place| text.get(place)), Some("a\nb\n"));
    }

    #[test]
    fn finds_nothing_without_both_marks_in_order() {
        assert_eq!(find("<!-- sizes -->\na\n", "sizes"), None);
        assert_eq!(find("<!-- /sizes -->\n<!-- sizes -->\n", "sizes"), None);
    }
}
