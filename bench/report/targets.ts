/** What was promised, and what came of it on each runtime. */

import { type Measurement, ratio } from "../measure.js";
import { OURS, OURS_GIVEN } from "../work/candidate.js";
import { short } from "./format.js";
import { FIRST_USE, type Filled, type Results, rowOf, tablesOf } from "./results.js";

/** One promise. */
export interface Target {
  readonly what: string;
  /** The most that is good: a ratio, or ms. */
  readonly most: number;
  readonly unit: "×" | "ms";
  /** What was measured on a runtime; `undefined` where it has none of it. */
  readonly measured: (results: Results, runtime: string) => number | undefined;
  /** The same of the crate alone, where WebAssembly cannot be expected to be faster. */
  readonly limit?: Target["measured"];
}

/** One promise on one runtime. */
export interface Outcome {
  readonly target: Target;
  readonly runtime: string;
  /** `undefined` where the runtime has nothing to compare with. */
  readonly measured: number | undefined;
  /** What the crate alone came to, where it misses the promise too. */
  readonly limit?: number;
}

const CRATE = "Rust, portable SHA-256";

const TYPICAL = "sign, nonce given, empty";

/** Our row against another, in a table. */
const beside =
  (table: string, name: string, own = OURS): Target["measured"] =>
  (results, runtime) => {
    const [one, other] = pair(find(results, table, runtime), own, name);
    return one && other && ratio(one, other);
  };

const signing = (name: string, most: number, table = TYPICAL): Target => ({
  what: `${table === TYPICAL ? "sign" : table}, in parts of ${name}`,
  most,
  unit: "×",
  measured: beside(table, name),
  ...(name === CRATE ? {} : { limit: beside(table, name, CRATE) }),
});

export const targets: readonly Target[] = [
  signing("node:crypto, the plain way", 0.4),
  signing("node:crypto, tuned by hand", 0.6),
  signing("@noble/hashes", 0.12),
  signing("crypto-js", 0.07),
  signing("WebCrypto, key cached", 0.05),
  signing(CRATE, 2),
  signing("hash-wasm", 1, "sign, nonce given, 1 MiB"),
  signing("hash-wasm", 1, "sign, nonce given, 1 MiB, bytes"),
  {
    what: "a generated nonce, in parts of a given one",
    most: 1.15,
    unit: "×",
    measured: beside("sign, nonce generated, empty", OURS_GIVEN),
  },
  {
    what: "first use, in parts of importing the official node client",
    most: 0.15,
    unit: "×",
    measured: (results, runtime) => {
      const table = find(results, FIRST_USE, runtime);
      const [ours, official] = [OURS, "official node client, imported only"].map((name) =>
        medianOf(table, name),
      );
      // Where the time is taken from outside, what nothing takes is not theirs.
      const nothing = medianOf(table, "nothing") ?? 0;
      return ours && official && (ours - nothing) / (official - nothing);
    },
  },
  ...["simple request", "rich request"].map(
    (request): Target => ({
      what: `diagnose, all combinations, ${request}`,
      most: 20,
      unit: "ms",
      measured: (results, runtime) => {
        const median = medianOf(find(results, `diagnose, ${request}`, runtime), OURS);
        return median && median / 1000;
      },
    }),
  ),
];

/** What came of each promise on each runtime that was measured. */
export function outcomes(results: Results): Outcome[] {
  const runtimes = [...new Set(results.tables.map(({ runtime }) => runtime))];
  return targets.flatMap((target) =>
    runtimes.map((runtime) => {
      const limit = target.limit?.(results, runtime) ?? 0;
      const missedToo = limit > target.most ? { limit } : {};
      return { target, runtime, measured: target.measured(results, runtime), ...missedToo };
    }),
  );
}

/** `0.35 ×, met`, `24 ms, missed`, `0.38 ×, missed (Rust 0.17 ×)` or a dash. */
export function outcomeText({ target: { most, unit }, measured, limit }: Outcome): string {
  if (measured === undefined) return "—";
  const figure = `${short(measured)} ${unit}`;
  if (measured <= most) return `${figure}, met`;
  return `${figure}, missed${limit === undefined ? "" : ` (Rust ${short(limit)} ${unit})`}`;
}

function find(results: Results, table: string, runtime: string): Filled | undefined {
  return tablesOf(results, table).find((filled) => filled.runtime === runtime);
}

function pair(table: Filled | undefined, one: string, other: string): (Measurement | undefined)[] {
  return table === undefined ? [] : [rowOf(table, one), rowOf(table, other)];
}

function medianOf(table: Filled | undefined, name: string): number | undefined {
  return table && rowOf(table, name)?.median;
}
