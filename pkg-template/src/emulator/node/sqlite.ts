import { chmodSync, closeSync, openSync } from "node:fs";

import type { RowStorage } from "../rows.js";
import { type SqlDatabase, sqlRows } from "../sql-rows.js";

/** Rows in a file. */
export interface SqliteRows extends RowStorage, Disposable {
  /** Ends the use of the file, so that another emulator can have it; more calls are harmless. */
  close(): void;
}

/** What SQLite's header calls the application of a file: "tuya" in ASCII. */
const APPLICATION = 0x74757961;
/** The version of the file's layout. */
const LAYOUT = 1;

/**
 * Keeps a cloud's rows in an SQLite file, which is made when it is absent, for its owner alone (mode 0600): it holds
 * tokens. Rows are in the file, and the file is synchronised with the disk, when `save` returns. One emulator uses a
 * file at a time; what a process that was killed had saved is there for the next.
 *
 * @param file its path
 * @throws Error when this runtime has no `node:sqlite` (Node has it from 22.13), when the file is in use, was not made
 *   by an emulator or by a later version of it, or cannot be opened
 */
export function sqliteRows(file: string): SqliteRows {
  const { DatabaseSync } = sqliteModule();
  create(file);
  const database = new DatabaseSync(file);
  try {
    prepare(database, file);
    const rows = sqlRows(adapt(database));
    return { ...rows, close: () => close(database), [Symbol.dispose]: () => close(database) };
  } catch (cause) {
    database.close();
    throw named(file, cause);
  }
}

/** What is used of `node:sqlite`; the types of Node 20 do not know it. */
interface SqliteModule {
  readonly DatabaseSync: new (file: string) => Database;
}
interface Database {
  exec(statements: string): void;
  prepare(statement: string): Statement;
  close(): void;
}
interface Statement {
  run(...values: string[]): unknown;
  get(): Record<string, unknown> | undefined;
  all(): object[];
}

function sqliteModule(): SqliteModule {
  // An import would fail where the module is absent, and with it everything that imports this file.
  const found: unknown = process.getBuiltinModule?.("node:sqlite" as never);
  if (found === undefined) {
    throw new Error(
      `a file (--data) needs node:sqlite, which Node has from 22.13 on; this is Node ${process.version}. ` +
        "Without a file the emulator runs here too, and keeps what it holds in memory.",
    );
  }
  return found as SqliteModule;
}

/** Makes the file before SQLite does, which would let others read it. */
function create(file: string): void {
  try {
    // Only when it is new: to close a file that SQLite has open in this process would end SQLite's locks on it.
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Locks the file for this process, and checks that it is a new one or one of this layout. */
function prepare(database: Database, file: string): void {
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  const application = number(database, "PRAGMA application_id");
  const tables = number(database, "SELECT count(*) FROM sqlite_schema");
  if (application !== APPLICATION && (application !== 0 || tables > 0)) {
    throw new Error("it is not a file of the emulator");
  }
  const layout = number(database, "PRAGMA user_version");
  if (layout > LAYOUT) {
    throw new Error(`it was made by a later version of the emulator (layout ${layout}, known is ${LAYOUT})`);
  }
  chmodSync(file, 0o600);
  // The log is synchronised with each transaction, by macOS down to the medium as well.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
  database.exec(
    `BEGIN EXCLUSIVE; PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${LAYOUT}; COMMIT`,
  );
}

/** The one number that a query finds. */
function number(database: Database, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}

function adapt(database: Database): SqlDatabase {
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    run: (statement, ...values) => void prepared(statement).run(...values),
    all: (query) => prepared(query).all(),
    transaction(change) {
      database.exec("BEGIN IMMEDIATE");
      try {
        change();
        database.exec("COMMIT");
      } catch (error) {
        rollBack(database);
        throw error;
      }
    },
  };
}

/** A failed `COMMIT` may have ended the transaction by itself. */
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // What counts is the error before.
  }
}

function close(database: Database): void {
  try {
    database.close();
  } catch {
    // It was closed before.
  }
}

/** SQLite's codes of a file that somebody else has locked. */
const BUSY = [5, 6];

function named(file: string, cause: unknown): Error {
  const { errcode, message } = cause as Error & { errcode?: number };
  const why = BUSY.includes((errcode ?? 0) & 0xff) ? "another emulator uses it" : message;
  return new Error(`${file}: ${why}`, { cause });
}
