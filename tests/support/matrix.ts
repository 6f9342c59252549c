import { appendFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A cell of a table of `docs/runtimes.md`, as a test found it. */
export interface Cell {
  readonly table: "runtime" | "bundler";
  /** The row: a runtime or a bundler. */
  readonly name: string;
  readonly version: string;
  /** Whether the version is the machine's, and not pinned by a lock file. */
  readonly ofMachine?: boolean;
  /** The column. */
  readonly case: string;
  readonly ok: boolean;
  /** How many checks it stands for. */
  readonly checks?: number;
  readonly ms: number;
  /** Why this cannot be run here, where nothing was run. */
  readonly reason?: string;
}

const folder = new URL("../../../matrix/", import.meta.url);

/** Hands a cell to `cargo xtask matrix`, which reads the files of `target/matrix`. @param suite the file's name */
export function recordCell(suite: string, cell: Cell): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(fileURLToPath(new URL(`${suite}.jsonl`, folder)), `${JSON.stringify(cell)}\n`);
}
