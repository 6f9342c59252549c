/**
 * Instructions for one sign of the typical request, as Valgrind counts them in the crate with its portable SHA-256: the
 * same on a busy machine and on an idle one, so that a test can hold them to a ceiling.
 */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { missing } from "../tests/support/program.js";
import { programs, requestLine } from "./hosts/native.js";
import { typical } from "./work/typical.js";

const RECORD = fileURLToPath(new URL("../../../bench/native/instructions.json", import.meta.url));
/** How much more than the recorded number is borne: allocators and copies differ between C libraries. */
const HEADROOM = 1.03;
/** Below this part of the recorded number the record is out of date. */
const STALE = 0.9;
const RUNS = 1000;

/** The command that renews the record. */
export const RENEW = "cargo xtask bench --only instructions --write";

/** Why instructions cannot be counted here; `false` when they can. */
export function uncountable(): string | false {
  const here = `${process.platform} ${process.arch}`;
  return here === "linux x64"
    ? missing("valgrind", "--version")
    : `the record is of linux x64, this is ${here}`;
}

/** Counts: the second thousand of signs alone, so that neither start nor warming up counts. */
export function countInstructions(): number {
  return Math.round((collected(2 * RUNS) - collected(RUNS)) / RUNS);
}

function collected(runs: number): number {
  const input = Buffer.concat([requestLine(typical), Buffer.from(`time\t${runs}\n`)]);
  const program = programs["Rust, portable SHA-256"];
  const flags = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"];
  const output = execFileSync("valgrind", [...flags, program], { input, encoding: "utf8" });
  const [, count] = /Collected : (\d+)/.exec(output) ?? [];
  if (count === undefined) throw new Error(`valgrind counted nothing: ${output}`);
  return Number(count);
}

/** What is wrong with a count; `undefined` when it is within its bounds. */
export function complaint(counted: number, recorded = recordedInstructions()): string | undefined {
  if (counted > recorded * HEADROOM) {
    return `a sign takes ${counted} instructions, more than ${recorded} and ${Math.round((HEADROOM - 1) * 100)} %`;
  }
  return counted < recorded * STALE
    ? `a sign takes ${counted} instructions, well below ${recorded}: ${RENEW}`
    : undefined;
}

/** The record. */
export function recordedInstructions(): number {
  return JSON.parse(readFileSync(RECORD, "utf8")).sign;
}

/** Renews the record. */
export function recordInstructions(sign: number): void {
  writeFileSync(RECORD, `${JSON.stringify({ sign }, undefined, 2)}\n`);
}
