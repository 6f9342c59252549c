//! Cells as a Markdown table, the same text whatever the order in which they were written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::cells::Cell;

/// One row's cells by column.
type Row<'a> = BTreeMap<&'a str, &'a Cell>;

/// The table, and a line for each cell in which nothing can run. `known` is the text to compare with: of a row that is
/// absent here its lines are taken, and of the machine's own runtimes the version.
pub fn render(cells: &[&Cell], known: &str) -> String {
    let columns: BTreeSet<&str> = cells.iter().map(|cell| cell.case.as_str()).collect();
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for cell in cells {
        // Without case, as a reader looks for a name.
        rows.entry(cell.name.to_lowercase()).or_default().insert(&cell.case, cell);
    }

    let headings: Vec<&str> = columns.iter().copied().collect();
    let rule = "---|".repeat(columns.len());
    let mut text = format!("| | version | {} |\n|---|---|{rule}\n", headings.join(" | "));
    let mut notes = String::new();
    for row in rows.values() {
        let Some(first) = row.values().next() else { continue };
        let name = &first.name;
        let (line, remarks) = (format!("| {name} |"), format!("- {name} · "));
        if first.version.is_empty() && known.contains(&line) {
            text += &lines(known, &line);
            notes += &lines(known, &remarks);
            continue;
        }
        let known_version = known.lines().find_map(|one| one.strip_prefix(&line)?.split('|').next());
        let version = known_version.map(str::trim).filter(|_| first.of_machine).unwrap_or(&first.version);
        // Writing to a string cannot fail.
        let _ = write!(text, "{line} {version} |");
        for column in &columns {
            let cell = row.get(column);
            let _ = write!(text, " {} |", cell.map(|cell| mark(cell)).unwrap_or_default());
            if let Some(reason) = cell.and_then(|cell| cell.reason.as_ref()) {
                let _ = writeln!(notes, "{remarks}{column}: {reason}");
            }
        }
        text.push('\n');
    }
    if notes.is_empty() { text } else { format!("{text}\n{notes}") }
}

/// The lines that begin so.
fn lines(text: &str, beginning: &str) -> String {
    text.split_inclusive('\n').filter(|line| line.starts_with(beginning)).collect()
}

fn mark(cell: &Cell) -> String {
    match (cell.ok, &cell.reason, cell.checks) {
        (false, ..) => "✗".into(),
        (true, Some(_), _) => "–".into(),
        (true, None, Some(checks)) => format!("✓ {checks}"),
        (true, None, None) => "✓".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::matrix::cells::Cell;

    fn cell(name: &str, version: &str, case: &str, reason: Option<&str>) -> Cell {
        Cell {
            table: "runtime".into(),
            name: name.into(),
            version: version.into(),
            of_machine: name == "Firefox",
            case: case.into(),
            ok: true,
            checks: Some(3),
            reason: reason.map(str::to_string),
        }
    }

    const TABLE: &str = "\
| | version | client | handler |
|---|---|---|---|
| Bun | 1.4.5 | ✓ 3 | ✓ 3 |
| Firefox | 153.0 | ✓ 3 | – |

- Firefox · handler: a page drops it
";

    fn found(version: &str) -> [Cell; 4] {
        [
            cell("Firefox", version, "handler", Some("a page drops it")),
            cell("Firefox", version, "client", None),
            cell("Bun", "1.4.5", "handler", None),
            cell("Bun", "1.4.5", "client", None),
        ]
    }

    #[test]
    fn sorts_rows_and_columns_and_gives_reasons() {
        assert_eq!(render(&found("153.0").iter().collect::<Vec<_>>(), ""), TABLE);
    }

    #[test]
    fn lets_the_machines_own_version_differ_and_no_other() {
        assert_eq!(render(&found("154.0").iter().collect::<Vec<_>>(), TABLE), TABLE);
        let mut cells = found("153.0");
        cells[2].version = "1.4.6".into();
        cells[3].version = "1.4.6".into();
        assert_ne!(render(&cells.iter().collect::<Vec<_>>(), TABLE), TABLE);
    }

    #[test]
    fn takes_what_is_known_of_a_row_that_is_absent_here() {
        let absent = ["handler", "client"].map(|case| cell("Firefox", "", case, Some("not installed")));
        let [_, _, one, other] = found("");
        let cells = [&absent[0], &absent[1], &one, &other];
        assert_eq!(render(&cells, TABLE), TABLE);
        assert!(render(&cells, "").contains("- Firefox · client: not installed\n"));
    }

    #[test]
    fn shows_what_failed() {
        let mut cells = found("153.0");
        cells[3].ok = false;
        assert!(render(&cells.iter().collect::<Vec<_>>(), TABLE).contains("| Bun | 1.4.5 | ✗ | ✓ 3 |"));
    }
}
