/** Tables as text. */

import process from "node:process";

import { type Measurement, ratio } from "./measure.js";
import type { Load } from "./proxy/load.js";
import { type LoadRow, loadRows } from "./report/loads.js";
import { type Outcome, outcomeText } from "./report/targets.js";

/** One table of times; ratios are the first candidate's time in parts of each other's. */
export function printTable(
  title: string,
  rows: readonly Measurement[],
  absent: Readonly<Record<string, string>> = {},
): void {
  const [first] = rows;
  process.stdout.write(`\n${title}\n`);
  for (const row of rows) {
    const { name, median, quartiles, times } = row;
    const compared = first === undefined || first === row ? "" : `${ratio(first, row).toFixed(2)} ×`;
    const [low, high] = quartiles.map((time) => time.toFixed(2));
    const time = `${median.toFixed(2).padStart(10)} µs  (${low} to ${high}, least ${Math.min(...times).toFixed(2)})`;
    process.stdout.write(`  ${name.padEnd(34)}${time.padEnd(54)}${compared}\n`);
  }
  for (const [name, reason] of Object.entries(absent))
    process.stdout.write(`  ${name.padEnd(34)}${reason}\n`);
}

/** One table of loads; ratios are to the first. @param measured or why it was not */
export function printLoads(title: string, measured: readonly Load[] | string): void {
  const lines = typeof measured === "string" ? [measured] : loadRows(measured).map(loadLine);
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join("")}`);
}

function loadLine({ name, cells }: LoadRow): string {
  const shown = cells.map(({ figure, ratio }) => `${figure.padStart(14)}  ${ratio}`.padEnd(25));
  return `${name.padEnd(34)}${shown.join("")}`.trimEnd();
}

/** What came of the promises that something was measured for. */
export function printOutcomes(all: readonly Outcome[]): void {
  const judged = all.filter(({ measured }) => measured !== undefined);
  if (judged.length > 0) process.stdout.write("\ntargets\n");
  for (const outcome of judged) {
    const { target, runtime } = outcome;
    const promise = `${target.what} ≤ ${target.most} ${target.unit}`;
    process.stdout.write(`  ${runtime.padEnd(22)}${promise.padEnd(72)}${outcomeText(outcome)}\n`);
  }
}
