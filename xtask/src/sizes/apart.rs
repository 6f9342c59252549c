//! What must not be in an entry's bundle: a page gets nothing of the server's half, and neither gets the debugger or the
//! cloud. Which WebAssembly module an entry reaches is checked before anything is bundled (`build/checks.rs`).

use anyhow::{Context, Result, ensure};

use super::measure::Measured;

/// A part of the package that only some entries may hold.
struct Part {
    /// An entry that holds it: what is sought there must be found, so that no check looks for what no longer exists.
    home: &'static str,
    /// The entries that must not.
    away: &'static [&'static str],
    /// How the paths of its compiled files begin.
    files: &'static [&'static str],
    /// Texts of its bundle, or of a module in hexadecimal.
    texts: &'static [&'static str],
}

const PARTS: [Part; 4] = [
    Part {
        home: "tuya-auth/server",
        away: &["tuya-auth"],
        files: &["signer", "client", "token", "memory-store", "sealing/"],
        // A header of signed calls.
        texts: &["sign_method"],
    },
    Part {
        home: "core.wasm",
        away: &["page.wasm"],
        files: &["generated/core.wasm"],
        // The first of SHA-256's constants.
        texts: &["982f8a42"],
    },
    Part {
        home: "tuya-auth/debug",
        away: &["tuya-auth", "tuya-auth/server"],
        files: &["debug/"],
        // A mistake of the catalogue.
        texts: &["legacy_algorithm"],
    },
    Part {
        home: "tuya-auth/emulator",
        away: &["tuya-auth", "tuya-auth/server"],
        files: &["emulator/", "generated/seed"],
        // An account of the documented seed.
        texts: &["ann@example.com"],
    },
];

/// # Errors
/// An entry holds a file or a text that it must not, or the part's home no longer does.
pub fn check(measured: &[Measured]) -> Result<()> {
    let entry = |name: &str| measured.iter().find(|row| row.name == name).with_context(|| format!("no entry {name}"));
    for part in PARTS {
        let home = entry(part.home)?;
        let away = part.away.iter().map(|name| entry(name)).collect::<Result<Vec<_>>>()?;
        for sought in part.files {
            ensure!(file(home, sought).is_some(), "{} holds no file `{sought}…` any more (sizes/apart.rs)", home.name);
            for entry in &away {
                let found = file(entry, sought);
                ensure!(found.is_none(), "{} holds {}, of {}", entry.name, found.unwrap_or_default(), home.name);
            }
        }
        for sought in part.texts {
            ensure!(home.text.contains(sought), "{} holds no `{sought}` any more (sizes/apart.rs)", home.name);
            for entry in &away {
                ensure!(!entry.text.contains(sought), "{} holds `{sought}`, of {}", entry.name, home.name);
            }
        }
    }
    Ok(())
}

/// A file of the bundle whose path begins so.
fn file<'a>(row: &'a Measured, beginning: &str) -> Option<&'a str> {
    row.inputs.iter().map(String::as_str).find(|path| path.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::{PARTS, check};
    use crate::sizes::measure::Measured;

    /// Bundles that hold what they must, and nothing else.
    fn bundles() -> Vec<Measured> {
        let homes = PARTS.map(|part| bundle(part.home, part.files, &part.texts.join(" ")));
        let pages = [bundle("tuya-auth", &["errors.js"], ""), bundle("page.wasm", &["generated/page.wasm"], "")];
        homes.into_iter().chain(pages).collect()
    }

    fn bundle(name: &str, files: &[&str], text: &str) -> Measured {
        let inputs = files.iter().map(|file| (*file).to_owned()).collect();
        Measured { name: name.into(), budget: None, minified: 0, gzip: 0, brotli: None, inputs, text: text.into() }
    }

    /// What is said once the bundle of this name has been changed.
    fn complaint(name: &str, change: impl Fn(&mut Measured)) -> String {
        let mut bundles = bundles();
        bundles.iter_mut().filter(|row| row.name == name).for_each(change);
        check(&bundles).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn parts_that_stay_at_home_pass() {
        assert_eq!(complaint("tuya-auth", |_| ()), "");
    }

    #[test]
    fn every_file_and_text_is_found_where_it_must_not_be() {
        for part in PARTS {
            for away in part.away {
                for sought in part.files {
                    let said = complaint(away, |row| row.inputs.push(format!("{sought}.js")));
                    assert!(said.starts_with(&format!("{away} holds {sought}")), "{said}");
                }
                for sought in part.texts {
                    let said = complaint(away, |row| row.text.push_str(sought));
                    assert!(said.starts_with(&format!("{away} holds `{sought}`")), "{said}");
                }
            }
        }
    }

    #[test]
    fn a_part_that_lost_its_marks_is_told() {
        for part in PARTS {
            assert!(complaint(part.home, |row| row.text.clear()).contains("any more"));
            assert!(complaint(part.home, |row| row.inputs.clear()).contains("any more"));
        }
    }
}
