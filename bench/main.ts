/** `cargo xtask bench`: medians of interleaved rounds, as ratios to the first candidate of each table. */

import { cpus } from "node:os";
import process from "node:process";

import { diagnosing } from "./diagnose.js";
import { type Candidate, measure } from "./measure.js";
import { signing } from "./sign.js";

const [cpu] = cpus();
process.stdout.write(`Node ${process.version}, ${cpu?.model ?? "unknown processor"}\n`);
table("sign one business request, nonce given, empty body", signing());
table("diagnose a sign that has no known cause", diagnosing());

function table(title: string, candidates: readonly Candidate[]): void {
  const measurements = measure(candidates);
  const [first] = measurements;
  process.stdout.write(`\n${title}\n`);
  for (const { name, median, quartiles } of measurements) {
    const ratio = first === undefined || first.name === name ? "" : `${(first.median / median).toFixed(2)} ×`;
    const [low, high] = quartiles.map((time) => time.toFixed(2));
    const time = `${median.toFixed(2).padStart(10)} µs  (${low} to ${high})`;
    process.stdout.write(`  ${name.padEnd(32)}${time.padEnd(34)}${ratio}\n`);
  }
}
