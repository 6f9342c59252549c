//! Where the package runs: the tables runtime × part and bundler × case of `docs/runtimes.md`, out of real runs.
//!
//! The suites of `tests/conformance` and `tests/consumers` write a line for each cell; these are read here.

mod cells;
mod table;

use anyhow::{Result, bail};

use crate::{files, marked};
use cells::Cell;

/// The compiled suites whose tests write cells.
pub const SUITES: [&str; 2] = ["target/ts/tests/conformance", "target/ts/tests/consumers"];

const DOCUMENT: &str = "docs/runtimes.md";

/// The tables by the name that cells give, which is also their mark in the document.
const TABLES: [&str; 2] = ["runtime", "bundler"];

/// Forgets the cells of earlier runs.
///
/// # Errors
/// They cannot be removed.
pub fn clear() -> Result<()> {
    files::remove_folder(cells::FOLDER)
}

/// Prints both tables, and writes them into the document.
///
/// # Errors
/// A cell failed, or there is none, or a row is absent on this machine; the document is left alone then.
pub fn write() -> Result<()> {
    let cells = cells::read()?;
    for name in TABLES {
        println!("\n{}", table::render(&of(&cells, name), ""));
    }
    check(&cells)?;
    if let Some(absent) = cells.iter().find(|cell| cell.version.is_empty()) {
        bail!("{DOCUMENT} is written where nothing is absent, but {} is: see its reason above", absent.name);
    }
    for name in TABLES {
        marked::write(DOCUMENT, name, &table::render(&of(&cells, name), ""))?;
    }
    Ok(())
}

/// Compares the document with the cells. Of the machine's own runtimes the version may differ, and what cannot run on
/// this machine is not compared.
///
/// # Errors
/// A cell failed, or the document says something else.
pub fn compare() -> Result<()> {
    let cells = cells::read()?;
    check(&cells)?;
    for name in TABLES {
        let known = marked::read(DOCUMENT, name)?;
        let found = table::render(&of(&cells, name), &known);
        if known != found {
            bail!("{DOCUMENT} is out of date, its table {name}\nby hand: cargo xtask matrix\nfound:\n{found}");
        }
    }
    Ok(())
}

fn of<'a>(cells: &'a [Cell], table: &str) -> Vec<&'a Cell> {
    cells.iter().filter(|cell| cell.table == table).collect()
}

fn check(cells: &[Cell]) -> Result<()> {
    for name in TABLES {
        if of(cells, name).is_empty() {
            bail!("no test wrote a cell of the table {name} of {DOCUMENT}");
        }
    }
    let failed: Vec<String> =
        cells.iter().filter(|cell| !cell.ok).map(|cell| format!("{}, {}", cell.name, cell.case)).collect();
    if !failed.is_empty() {
        bail!("cells of {DOCUMENT} that failed: {}", failed.join("; "));
    }
    Ok(())
}
