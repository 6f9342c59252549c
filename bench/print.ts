/** Tables as text. */

import process from "node:process";

import { type Measurement, ratio } from "./measure.js";
import type { Load } from "./proxy/load.js";

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

/** One table of loads; ratios are to the first. */
export function printLoads(title: string, measured: readonly Load[]): void {
  const [first] = measured;
  process.stdout.write(`\n${title}\n`);
  for (const { name, throughput, p50, p99 } of measured) {
    const ratios =
      first === undefined || first.name === name
        ? ""
        : [throughput / first.throughput, p50 / first.p50, p99 / first.p99]
            .map((ratio) => `${ratio.toFixed(2)} ×`)
            .join("  ");
    const rate = `${throughput.toFixed(0).padStart(10)} calls/s`;
    const times = `p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
    process.stdout.write(`  ${name.padEnd(34)}${rate}  ${times.padEnd(30)}${ratios}\n`);
  }
}
