//! Which JavaScript files import which, by relative specifiers.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;

/// The places of the relative specifiers in a module's text, without their quotes.
pub fn specifiers(text: &str) -> Vec<Range<usize>> {
    text.match_indices(['"', '\'']).filter_map(|(open, quote)| specifier(text, open, quote)).collect()
}

/// The relative specifier whose opening quote is at `open`, if one is. No specifier goes beyond its line.
fn specifier(text: &str, open: usize, quote: &str) -> Option<Range<usize>> {
    let before = text.get(..open)?.trim_end();
    let imported = ["from", "import", "import("].iter().any(|word| before.ends_with(word));
    let start = open + quote.len();
    let line = text.get(start..)?.lines().next()?;
    let length = line.find(quote)?;
    (imported && line.starts_with('.')).then_some(start..start + length)
}

/// The files that a module imports directly.
pub fn imports(file: &Path) -> Result<Vec<PathBuf>> {
    let text = files::read_text(file)?;
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    Ok(specifiers(&text).into_iter().filter_map(|place| text.get(place)).map(|name| resolve(folder, name)).collect())
}

/// A module and all JavaScript that it reaches.
pub fn reach(file: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![file.to_path_buf()];
    while let Some(file) = waiting.pop() {
        if file.extension().is_some_and(|extension| extension == "js") && reached.insert(file.clone()) {
            waiting.extend(imports(&file)?);
        }
    }
    Ok(reached)
}

fn resolve(folder: &Path, specifier: &str) -> PathBuf {
    specifier.split('/').fold(folder.to_path_buf(), |path, part| match part {
        "." => path,
        ".." => path.parent().map(Path::to_path_buf).unwrap_or_default(),
        part => path.join(part),
    })
}

#[cfg(test)]
mod tests {
    use super::{resolve, specifiers};
    use std::path::Path;

    fn found(text: &str) -> Vec<&str> {
        specifiers(text).into_iter().filter_map(|place| text.get(place)).collect()
    }

    #[test]
    fn finds_every_form_of_import() {
        let text =
            "import { a } from \"./a.js\";\nimport './b.js';\nexport * from \"../c.js\";\nawait import(\"./d.js\");";
        assert_eq!(found(text), ["./a.js", "./b.js", "../c.js", "./d.js"]);
    }

    #[test]
    fn leaves_other_strings_alone() {
        let text = "// it's not one\nimport x from \"esbuild\";\nconst y = \"./y.js\";\nimport z from \"./z.js\";";
        assert_eq!(found(text), ["./z.js"]);
    }

    #[test]
    fn resolves_against_the_folder() {
        assert_eq!(resolve(Path::new("dist/handler"), "../errors.js"), Path::new("dist/errors.js"));
        assert_eq!(resolve(Path::new("dist"), "./a/b.js"), Path::new("dist/a/b.js"));
    }
}
