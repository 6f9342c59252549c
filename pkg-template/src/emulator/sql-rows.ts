import type { Row, RowStorage } from "./rows.js";

/** The part of an SQLite database that rows need. */
export interface SqlDatabase {
  /** Runs one statement with these values. */
  run(statement: string, ...values: string[]): void;
  /** What a query finds. */
  all(query: string): readonly object[];
  /** Makes all changes of `change`, or none when it throws; on disk when it returns or, at the latest, before an answer leaves. */
  transaction(change: () => void): void;
}

/** Rows in a table of their own, which is made when it is absent. */
export function sqlRows(database: SqlDatabase): RowStorage {
  database.run(
    "CREATE TABLE IF NOT EXISTS cloud_row (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  );
  return {
    load: () => database.all("SELECT key, value FROM cloud_row") as readonly Row[],
    save(rows) {
      const [first, ...others] = rows;
      // One statement is a transaction of its own.
      if (first !== undefined && others.length === 0) write(database, first);
      else
        database.transaction(() => {
          for (const row of rows) write(database, row);
        });
    },
  };
}

function write(database: SqlDatabase, { key, value }: Row): void {
  if (value === null) {
    database.run("DELETE FROM cloud_row WHERE key = ?", key);
  } else {
    database.run(
      "INSERT INTO cloud_row (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }
}
