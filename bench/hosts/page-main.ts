/** The tables in a page, which is asked under these names. */

import { stage } from "../work/candidate.js";
import { tables } from "../work/everywhere.js";

const { open, repeat } = stage(tables);

/** What the page offers to the browser's driver. */
export const bench = {
  open,
  /** How long it took, in ms. */
  async time(table: string, candidate: string, runs: number): Promise<number> {
    const begin = performance.now();
    await repeat(table, candidate, runs);
    return performance.now() - begin;
  },
};

Object.assign(globalThis, { bench });
