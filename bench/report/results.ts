/** What one run of the benchmark found. */

import type { Measurement } from "../measure.js";
import type { Machine } from "./machine.js";

/** One table on one runtime. */
export interface Filled {
  /** Such as `Node 20.20.2`. */
  readonly runtime: string;
  /** The table's id, such as `verify`. */
  readonly table: string;
  readonly rows: readonly Measurement[];
  /** Candidates that do not run there, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
}

export interface Results {
  readonly machine: Machine;
  readonly tables: readonly Filled[];
}

/** The id of the table on first uses, which each take a process or page of their own. */
export const FIRST_USE = "first use";

/** The tables of an id, one for each runtime. */
export function tablesOf({ tables }: Results, id: string): readonly Filled[] {
  return tables.filter(({ table }) => table === id);
}

/** A candidate's row. */
export function rowOf({ rows }: Filled, name: string): Measurement | undefined {
  return rows.find((row) => row.name === name);
}
