/** The command line of the benchmark. */

import { parseArgs } from "node:util";

import { runtimes } from "./runtimes.js";

export interface Options {
  /** The parts and tables whose ids begin with one of these. */
  readonly only: readonly string[];
  readonly runtimes: readonly string[];
  /** How often the candidates take turns, at most: slow ones have fewer. */
  readonly rounds: number;
  /** Takes no times: every candidate runs once, and is seen to give what the others give. */
  readonly quick: boolean;
  /** Renews the documents and records that hold what was measured. */
  readonly write: boolean;
}

/** @throws TypeError for what is no option, and for a runtime that is not known */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      runtime: { type: "string", default: Object.keys(runtimes).join(",") },
      rounds: { type: "string", default: "100" },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const { quick, write } = values;
  const names = values.runtime.split(",");
  for (const name of names) if (!(name in runtimes)) throw new TypeError(`no runtime ${name}`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new TypeError("--rounds is no positive number");
  // Ids have commas of their own.
  return { only: values.only.split(";"), runtimes: names, rounds, quick, write };
}

/** Whether a part or table was asked for. */
export function wanted({ only }: Options, id: string): boolean {
  return only.some((prefix) => id.startsWith(prefix));
}
